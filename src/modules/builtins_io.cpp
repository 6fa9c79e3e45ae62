// print and input.
#include "modules/builtins_code.h"
#include "object/call.h"
#include "object/int.h"
#include "object/str.h"
#include "runtime/audit.h"
#include "runtime/line_input.h"
#include "runtime/lifecycle.h"

namespace taipan::builtins {

static Status check_text_option(PyObject*& o, const char* name) {
  if (o == Py_None) o = nullptr;
  if (o && !PyUnicode_Check(o))
    return raise(PyExc_TypeError, "{} must be None or a string, not {}", name,
                 clip(type_name(o), 200));
  return {};
}

Ref<> print(PyObject*, VarArgs values, PyObject* sep, PyObject* end, PyObject* file, bool flush) {
  Ref<> stream;
  if (file && file != Py_None) {
    stream = share(file);
  } else {
    PyObject* out = sys_get("stdout"_name);
    if (!out) return raise(PyExc_RuntimeError, "lost sys.stdout");
    if (out == Py_None) return none();
    stream = share(out);
  }
  TRY(check_text_option(sep, "sep"));
  TRY(check_text_option(end, "end"));
  Ref<> write;
  auto put = [&](PyObject* text) -> Status {
    if (!write) write = TRY(get_attr(stream.get(), "write"_name));
    return done(call(write.get(), text));
  };
  for (Py_ssize_t i = 0; i < values.count; i++) {
    if (i) TRY(put(sep ? sep : " "_name));
    Ref<> text = TRY(to_str(values.items[i]));
    TRY(put(text.get()));
  }
  TRY(put(end ? end : "\n"_name));
  if (flush) TRY(done(call_method(stream.get(), "flush"_name)));
  return none();
}

/// sys.NAME, which input() cannot do without.
static Ref<> standard_stream(PyObject* name) {
  PyObject* stream = sys_get(name);
  if (stream && stream != Py_None) return share(stream);
  return raise(PyExc_RuntimeError, "input(): lost sys.{}", as_str(name));
}

static void flush_quietly(PyObject* stream) {
  if (!call_method(stream, "flush"_name)) clear_error();
}

/// Is the stream that file descriptor's?
static Result<bool> has_descriptor(PyObject* stream, int64_t wanted) {
  Ref<> number = call_method(stream, "fileno"_name);
  int64_t fd = -1;
  if (!number || !PyLong_Check(number.get()) || int_to_int64(number.get(), &fd)) {
    clear_error();
    return false;
  }
  return fd == wanted;
}

/// The line as input() gives it; nothing at all is the end.
static Ref<> without_newline(Ref<> line) {
  Py_ssize_t n = str_length(line.get());
  if (!n) return raise(PyExc_EOFError, "EOF when reading a line");
  Ref<> text = char_at(line.get(), n - 1) == '\n' ? TRY(str_slice(line.get(), 0, n - 1)) : std::move(line);
  TRY(audit("builtins.input/result", {text.get()}));
  return text;
}

Ref<> input(PyObject*, PyObject* prompt) {
  Ref<> in = TRY(standard_stream("stdin"_name));
  Ref<> out = TRY(standard_stream("stdout"_name));
  Ref<> err = TRY(standard_stream("stderr"_name));
  TRY(audit("builtins.input", {prompt ? prompt : Py_None}));
  flush_quietly(err.get());
  if (can_edit_lines() && TRY(has_descriptor(in.get(), 0)) && TRY(has_descriptor(out.get(), 1))) {
    Ref<> text = prompt ? TRY(to_str(prompt)) : share(empty_str());
    flush_quietly(out.get());
    return without_newline(TRY(edit_line(text.get())));
  }
  if (prompt) {
    Ref<> text = TRY(to_str(prompt));
    TRY(done(call_method(out.get(), "write"_name, text.get())));
  }
  flush_quietly(out.get());
  Ref<> line = TRY(call_method(in.get(), "readline"_name));
  if (!PyUnicode_Check(line.get()))
    return raise(PyExc_TypeError, "object.readline() returned non-string");
  return without_newline(std::move(line));
}

}  // namespace taipan::builtins
