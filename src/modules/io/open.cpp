// The module _io: open() and the classes.
#include "modules/io/open.h"

#include "modules/io/io.h"
#include "modules/module.h"
#include "runtime/fs_text.h"
#include "types/module.h"
#include "runtime/config.h"

namespace taipan::io {
namespace {

struct OpenMode {
  bool create = false, read = false, write = false, append = false, update = false, text = false, binary = false;
};

Result<OpenMode> parse_mode(std::string_view mode) {
  OpenMode m;
  for (size_t i = 0; i < mode.size(); i++) {
    bool* flag = nullptr;
    switch (mode[i]) {
      case 'x': flag = &m.create; break;
      case 'r': flag = &m.read; break;
      case 'w': flag = &m.write; break;
      case 'a': flag = &m.append; break;
      case '+': flag = &m.update; break;
      case 't': flag = &m.text; break;
      case 'b': flag = &m.binary; break;
    }
    if (!flag || *flag) return raise(PyExc_ValueError, "invalid mode: '{}'", mode);
    *flag = true;
  }
  if (m.text && m.binary) return raise(PyExc_ValueError, "can't have text and binary mode at once");
  if (m.create + m.read + m.write + m.append > 1)
    return raise(PyExc_ValueError, "must have exactly one of create/read/write/append mode");
  return m;
}

Status check_options(const OpenMode& m, PyObject* encoding, PyObject* errors, PyObject* newline) {
  if (!m.binary) return {};
  if (encoding != Py_None) return raise(PyExc_ValueError, "binary mode doesn't take an encoding argument");
  if (errors != Py_None) return raise(PyExc_ValueError, "binary mode doesn't take an errors argument");
  if (newline != Py_None) return raise(PyExc_ValueError, "binary mode doesn't take a newline argument");
  return {};
}
Status check_text_argument(PyObject* o, const char* name) {
  if (o == Py_None || PyUnicode_Check(o)) return {};
  return raise(PyExc_TypeError, "open() argument '{}' must be str or None, not {}", name, type_name(o));
}

static constexpr char open_doc[] =
    "open($module, /, file, mode='r', buffering=-1, encoding=None,\n     errors=None, newline=None, closefd=True, opener=None)\n--\n\n"
    "Open a file and return a file object: text by default, bytes with 'b' in the mode.";
Ref<> open_function(PyObject*, PyObject* file, std::string_view mode, int buffering, PyObject* encoding, PyObject* errors,
                    PyObject* newline, bool closefd, PyObject* opener) {
  Ref<> path = is_index(file) ? share(file) : TRY(fs_path(file));  // the name that the file objects show
  file = path.get();
  TRY(check_text_argument(encoding, "encoding"));
  TRY(check_text_argument(errors, "errors"));
  TRY(check_text_argument(newline, "newline"));
  OpenMode m = TRY(parse_mode(mode));
  TRY(check_options(m, encoding, errors, newline));
  if (m.binary && buffering == 1)
    TRY(warn(PyExc_RuntimeWarning, 1,
             "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used"));
  TextBuffer raw_mode;
  if (m.create) raw_mode.append('x');
  if (m.read) raw_mode.append('r');
  if (m.write) raw_mode.append('w');
  if (m.append) raw_mode.append('a');
  if (m.update) raw_mode.append('+');
  Ref<> raw_mode_text = TRY(new_str(raw_mode.view()));
  Ref<> raw = TRY(call(object(&FileIO_Type), file, raw_mode_text.get(), closefd ? Py_True : Py_False, opener));

  // From here on a failure closes the file, by the outermost object made so far.
  Ref<> outermost = raw.copy();
  auto build = [&]() -> Ref<> {
    Ref<> tty_answer = TRY(call_method(raw.get(), "isatty"_name));
    bool tty = TRY(is_true(tty_answer.get()));
    bool line_buffering = !m.binary && (buffering == 1 || (buffering < 0 && tty));
    Py_ssize_t size = buffering;
    if (buffering == 1 || buffering < 0) {
      Ref<> block = TRY(get_attr(raw.get(), "_blksize"_name));
      size = TRY(to_ssize(block.get(), PyExc_OverflowError));
    }
    if (size == 0) {
      if (!m.binary) return raise(PyExc_ValueError, "can't have unbuffered text I/O");
      return raw.copy();
    }
    PyTypeObject* kind = m.update ? &BufferedRandom_Type : m.create || m.write || m.append ? &BufferedWriter_Type
                         : m.read ? &BufferedReader_Type : nullptr;
    if (!kind) return raise(PyExc_ValueError, "unknown mode: '{}'", mode);
    Ref<> size_object = TRY(new_int(size));
    Ref<> buffer = TRY(call(object(kind), raw.get(), size_object.get()));
    outermost = buffer.copy();
    if (m.binary) return buffer;
    Ref<> wrapper = TRY(call(object(&TextIOWrapper_Type), buffer.get(), encoding, errors, newline, line_buffering ? Py_True : Py_False));
    Ref<> mode_object = TRY(new_str(mode));
    outermost = wrapper.copy();
    TRY(set_attr(wrapper.get(), "mode"_name, mode_object.get()));
    return wrapper;
  };
  Ref<> result = build();
  if (result) return result;
  PendingError pending = PendingError::take();
  Ref<> closed = call_method(outermost.get(), "close"_name);
  if (closed) std::move(pending).restore();
  else chain_context(std::move(pending));
  return Raised{};
}

static constexpr char open_code_doc[] = "open_code($module, /, path)\n--\n\nOpen a file whose content will be run as code, for reading bytes.";
Ref<> open_code(PyObject*, Str& path) { return open_file(object(path), "rb"); }

static constexpr char text_encoding_doc[] =
    "text_encoding($module, encoding, stacklevel=2, /)\n--\n\nAn encoding argument as it is; None becomes 'locale', or 'utf-8' in UTF-8 mode.";
Ref<> text_encoding(PyObject*, PyObject* encoding, int level) {
  if (encoding && encoding != Py_None) return share(encoding);
  if (config.warn_default_encoding) TRY(warn(PyExc_EncodingWarning, level, "'encoding' argument not specified"));
  return new_str(config.utf8_mode ? "utf-8" : "locale");
}

constexpr char module_doc[] = "Raw, buffered and text files.";
constinit PyMethodDef functions[] = {method<open_doc, open_function>, method<text_encoding_doc, text_encoding>,
                                     method<open_code_doc, open_code>, {}};

Status fill(PyObject* module) {
  TRY(add_int_to_module(module, "DEFAULT_BUFFER_SIZE", kDefaultBufferSize));
  if (!unsupported_operation()) return Raised{};
  TRY(add_to_module(module, "UnsupportedOperation", unsupported_operation()));
  TRY(add_to_module(module, "BlockingIOError", PyExc_BlockingIOError));
  TRY(ready_type(&_PyBytesIOBuffer_Type));
  for (PyTypeObject* type : {&IOBase_Type, &RawIOBase_Type, &BufferedIOBase_Type, &TextIOBase_Type, &FileIO_Type, &BytesIO_Type,
                             &StringIO_Type, &BufferedReader_Type, &BufferedWriter_Type, &BufferedRWPair_Type,
                             &BufferedRandom_Type, &TextIOWrapper_Type, &IncrementalNewlineDecoder_Type})
    TRY(add_type(module, type));
  return {};
}

}  // namespace
}  // namespace taipan::io

namespace taipan {

Ref<> open_file(PyObject* file, const char* mode, int buffering, const char* encoding, const char* errors, const char* newline,
                bool closefd, PyObject* opener) {
  auto text = [](const char* s) { return s ? new_str(s) : none(); };
  Ref<> e = TRY(text(encoding)), r = TRY(text(errors)), n = TRY(text(newline));
  return io::open_function(nullptr, file, mode, buffering, e.get(), r.get(), n.get(), closefd, opener ? opener : Py_None);
}

}  // namespace taipan

using namespace taipan;

PyObject* init_io() { return define_module<"_io", io::module_doc, io::fill, io::functions>(); }
