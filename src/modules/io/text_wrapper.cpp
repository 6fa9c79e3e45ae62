// TextIOWrapper: text over a binary file. Life, settings and the methods that ask the buffer below.
#include "modules/io/text_wrapper.h"

#include <langinfo.h>

#include "types/codecs.h"
#include "types/rows.h"
#include "runtime/config.h"

namespace taipan::io {

Status check_usable(TextWrapper& t) {
  if (t.detached) return raise(PyExc_ValueError, "underlying buffer has been detached");
  if (!t.initialized) return raise(PyExc_ValueError, "I/O operation on uninitialized object");
  return {};
}
Status check_open(TextWrapper& t) {
  TRY(check_usable(t));
  if (TRY(is_closed(t.buffer))) return raise_closed();
  return {};
}

namespace {

/// The locale's encoding; the C locale counts as UTF-8 (PEP 538).
Ref<> locale_encoding() {
  std::string_view name = nl_langinfo(CODESET);
  return new_str(name.empty() || name == "ANSI_X3.4-1968" ? std::string_view("UTF-8") : name);
}

static constexpr char init_doc[] =
    "TextIOWrapper(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)\n--\n\n"
    "Text over a binary file. newline: None translates all line breaks to '\\n' when reading, '' keeps them, others are taken as they are.";
Status text_init(PyObject* self, PyObject* buffer, PyObject* encoding, PyObject* errors, PyObject* newline, bool line_buffering,
                 bool write_through) {
  TextWrapper& t = text(self);
  t.initialized = t.detached = false;
  if (encoding != Py_None && !PyUnicode_Check(encoding))
    return raise(PyExc_TypeError, "TextIOWrapper() argument 'encoding' must be str or None, not {}", type_name(encoding));
  if (errors != Py_None && !PyUnicode_Check(errors))
    return raise(PyExc_TypeError, "TextIOWrapper() argument 'errors' must be str or None, not {}", type_name(errors));
  if (encoding == Py_None && config.warn_default_encoding)
    TRY(warn(PyExc_EncodingWarning, 1, "'encoding' argument not specified"));
  Ref<> name = encoding == Py_None || str_equal(encoding, "locale") ? locale_encoding() : share(encoding);
  if (!name) return Raised{};
  auto utf8 = TRY(to_utf8(name.get()));
  if (utf8.find('\0') != utf8.npos) return raise(PyExc_ValueError, "embedded null character");
  replace_field(t.buffer, share(buffer));
  Ref<> readable = TRY(call_method(buffer, "readable"_name)), writable = TRY(call_method(buffer, "writable"_name)),
        seekable = TRY(call_method(buffer, "seekable"_name));
  t.readable = TRY(is_true(readable.get()));
  t.writable = TRY(is_true(writable.get()));
  t.seekable = t.telling = TRY(is_true(seekable.get()));
  t.has_read1 = TRY(has_attr(buffer, "read1"_name));
  t.chunk_size = kDefaultBufferSize;
  drop_decoded(t);
  clear_field(t.carry);
  clear_field(t.pending);
  TRY(set_codec(t, name.get(), errors == Py_None ? "strict"_name : errors));
  TRY(set_newline(t, newline));
  t.line_buffering = line_buffering;
  t.write_through = write_through;
  t.initialized = true;
  if (t.encoder && t.seekable && t.writable) {  // behind the start there is no byte order mark
    Ref<> at = TRY(call_method(buffer, "tell"_name));
    if (TRY(is_true(at.get()))) Ref<> done = TRY(call_method(t.encoder, "setstate"_name, small_int(0)));
  }
  return {};
}

static constexpr char reconfigure_doc[] =
    "reconfigure($self, /, *, encoding=None, errors=None, newline=<unrepresentable>, line_buffering=None, write_through=None)\n--\n\n"
    "Change settings; nothing may have been read if encoding or newline change.";
Ref<> text_reconfigure(PyObject* self, PyObject* encoding, PyObject* errors, PyObject* newline, PyObject* line_buffering,
                       PyObject* write_through) {
  TextWrapper& t = text(self);
  if (t.decoded && (encoding != Py_None || errors != Py_None || newline))
    return raise_unsupported("It is not possible to set the encoding or newline of stream after the first read");
  bool lines = line_buffering == Py_None ? t.line_buffering : TRY(is_true(line_buffering));
  bool through = write_through == Py_None ? t.write_through : TRY(is_true(write_through));
  Ref<> flushed = TRY(call_method(self, "flush"_name));
  if (encoding != Py_None || errors != Py_None) {
    Ref<> name = encoding == Py_None ? share(t.encoding) : str_equal(encoding, "locale") ? locale_encoding() : share(encoding);
    PyObject* handler = errors != Py_None ? errors : encoding == Py_None ? t.errors : "strict"_name;
    TRY(set_codec(t, name.get(), handler));
  }
  if (newline) TRY(set_newline(t, newline));
  t.line_buffering = lines;
  t.write_through = through;
  return none();
}

static constexpr char read_doc[] = "read($self, size=-1, /)\n--\n\nUp to size characters; everything if size is negative or None.";
static constexpr char readline_doc[] = "readline($self, size=-1, /)\n--\n\nA line with its line break; at most size characters.";
static constexpr char write_doc[] = "write($self, text, /)\n--\n\nWrite text; how many characters it had.";
static constexpr char tell_doc[] = "tell($self, /)\n--\n\nThe current position, for seek only.";
static constexpr char seek_doc[] = "seek($self, cookie, whence=0, /)\n--\n\nGo to a position that tell gave, to the start or to the end.";

static constexpr char flush_doc[] = "flush($self, /)\n--\n\nWrite out what is held back.";
Ref<> text_flush(PyObject* self) {
  TextWrapper& t = text(self);
  TRY(check_open(t));
  t.telling = t.seekable;
  TRY(write_pending(t));
  return call_method(t.buffer, "flush"_name);
}
static constexpr char close_doc[] = "close($self, /)\n--\n\nFlush and close the file below.";
Ref<> text_close(PyObject* self) {
  TextWrapper& t = text(self);
  TRY(check_usable(t));
  if (TRY(is_closed(t.buffer))) return none();
  if (t.finalizing) {
    Ref<> warned = call_method(t.buffer, "_dealloc_warn"_name, self);
    if (!warned) clear_error();
  }
  Ref<> flushed = call_method(self, "flush"_name);
  PendingError pending = PendingError::take();
  Ref<> closed = call_method(t.buffer, "close"_name);
  if (flushed) return closed;
  if (closed) std::move(pending).restore();
  else chain_context(std::move(pending));
  return Raised{};
}
static constexpr char detach_doc[] = "detach($self, /)\n--\n\nFlush, then separate the buffer and return it.";
Ref<> text_detach(PyObject* self) {
  TextWrapper& t = text(self);
  TRY(check_usable(t));
  Ref<> flushed = TRY(call_method(self, "flush"_name));
  t.detached = true;
  t.initialized = false;
  return adopt(std::exchange(t.buffer, nullptr));
}
static constexpr char truncate_doc[] = "truncate($self, pos=None, /)\n--\n\nCut the file at a position, the current one by default.";
Ref<> text_truncate(PyObject* self, PyObject* position) {
  TRY(check_usable(text(self)));
  Ref<> flushed = TRY(call_method(self, "flush"_name));
  return call_method(text(self).buffer, "truncate"_name, position);
}

static constexpr char seekable_doc[] = "seekable($self, /)\n--\n\nCan the position be moved?";
static constexpr char readable_doc[] = "readable($self, /)\n--\n\nCan the file be read?";
static constexpr char writable_doc[] = "writable($self, /)\n--\n\nCan the file be written?";
static constexpr char fileno_doc[] = "fileno($self, /)\n--\n\nThe file descriptor.";
static constexpr char isatty_doc[] = "isatty($self, /)\n--\n\nIs it a terminal?";
template <NameLiteral Name>
Ref<> ask_buffer(PyObject* self) {
  TRY(check_usable(text(self)));
  return call_method(text(self).buffer, reinterpret_cast<PyObject*>(&name_object<Name>));
}
template <NameLiteral Name>
Ref<> get_of_buffer(PyObject* self, void*) {
  TRY(check_usable(text(self)));
  return get_attr(text(self).buffer, reinterpret_cast<PyObject*>(&name_object<Name>));
}
Ref<> get_newlines(PyObject* self, void*) {
  TRY(check_usable(text(self)));
  if (!text(self).newline_decoder) return none();
  return get_attr(text(self).newline_decoder, "newlines"_name);
}
Ref<> get_chunk_size(PyObject* self, void*) {
  TRY(check_usable(text(self)));
  return new_int(text(self).chunk_size);
}
Status set_chunk_size(PyObject* self, PyObject* value, void*) {
  TRY(check_usable(text(self)));
  if (!value) return raise(PyExc_AttributeError, "cannot delete attribute");
  Py_ssize_t n = TRY(to_ssize(value, PyExc_ValueError));
  if (n <= 0) return raise(PyExc_ValueError, "a strictly positive integer is required");
  text(self).chunk_size = n;
  return {};
}

Ref<> text_repr(PyObject* self) {
  TextWrapper& t = text(self);
  TRY(check_usable(t));
  ReprGuard guard(self);
  if (!guard) return pending_error() ? Raised{} : raise(PyExc_RuntimeError, "reentrant call inside {}.__repr__", Py_TYPE(self)->tp_name);
  StrBuilder out;
  if (!out.add("<_io.TextIOWrapper")) return Raised{};
  auto part = [&](PyObject* attribute, std::string_view label) -> Status {
    auto found = find_attr(self, attribute);
    if (!found) {
      if (!clear_error_if(PyExc_ValueError)) return Raised{};
      return {};
    }
    Ref<> value = found.take();
    if (!value) return {};
    Ref<> shown = TRY(repr(value.get()));
    if (!out.add(label) || !out.add(shown.get())) return Raised{};
    return {};
  };
  TRY(part("name"_name, " name="));
  TRY(part("mode"_name, " mode="));
  Ref<> encoding = TRY(repr(t.encoding));
  if (!out.add(" encoding=") || !out.add(encoding.get()) || !out.add(">")) return Raised{};
  return out.finish();
}
static constexpr char getstate_doc[] = "__getstate__($self, /)\n--\n\nFiles cannot be pickled.";
Ref<> refuse_pickle(PyObject* self) { return raise(PyExc_TypeError, "cannot pickle '{}' object", type_name(self)); }

void clear_all(TextWrapper& t) {
  clear_field(t.buffer);
  clear_field(t.encoding);
  clear_field(t.errors);
  clear_field(t.codec);
  clear_field(t.encoder);
  clear_field(t.decoder);
  clear_field(t.newline_decoder);
  clear_field(t.newline);
  clear_field(t.carry);
  clear_field(t.decoded);
  clear_field(t.chunk);
  clear_field(t.pending);
  clear_field(t.dict);
}
void text_dealloc(PyObject* o) {
  text(o).finalizing = true;
  if (call_finalizer_from_dealloc(o)) return;
  gc_untrack(o);
  TrashGuard trash(o);
  if (!trash) return;
  text(o).initialized = false;
  clear_weakrefs(o);
  clear_all(text(o));
  Py_TYPE(o)->tp_free(o);
}
int text_traverse(PyObject* o, visitproc visit, void* arg) {
  TextWrapper& t = text(o);
  Py_VISIT(t.buffer);
  Py_VISIT(t.codec);
  Py_VISIT(t.encoder);
  Py_VISIT(t.decoder);
  Py_VISIT(t.newline_decoder);
  return visit_base(&t, visit, arg);
}
int text_clear(PyObject* o) {
  text(o).initialized = false;
  clear_all(text(o));
  return 0;
}

constinit PyMethodDef methods[] = {
    method<detach_doc, text_detach>, method<reconfigure_doc, text_reconfigure>, method<write_doc, text_write>,
    method<read_doc, text_read>, method<readline_doc, text_readline>, method<flush_doc, text_flush>,
    method<close_doc, text_close>, method<fileno_doc, ask_buffer<"fileno">>, method<seekable_doc, ask_buffer<"seekable">>,
    method<readable_doc, ask_buffer<"readable">>, method<writable_doc, ask_buffer<"writable">>,
    method<isatty_doc, ask_buffer<"isatty">>, method<seek_doc, text_seek>, method<tell_doc, text_tell>,
    method<truncate_doc, text_truncate>, method<getstate_doc, refuse_pickle>, {}};
constinit PyGetSetDef getset[] = {{"name", slot<get_of_buffer<"name">>, nullptr, nullptr, nullptr},
                                  {"closed", slot<get_of_buffer<"closed">>, nullptr, nullptr, nullptr},
                                  {"newlines", slot<get_newlines>, nullptr, nullptr, nullptr},
                                  {"_CHUNK_SIZE", slot<get_chunk_size>, slot<set_chunk_size>, nullptr, nullptr},
                                  {}};
constinit PyMemberDef members[] = {{"encoding", T_OBJECT_EX, offsetof(TextWrapper, encoding), READONLY, nullptr},
                                   {"errors", T_OBJECT_EX, offsetof(TextWrapper, errors), READONLY, nullptr},
                                   {"buffer", T_OBJECT_EX, offsetof(TextWrapper, buffer), READONLY, nullptr},
                                   {"line_buffering", T_BOOL, offsetof(TextWrapper, line_buffering), READONLY, nullptr},
                                   {"write_through", T_BOOL, offsetof(TextWrapper, write_through), READONLY, nullptr},
                                   {"_finalizing", T_BOOL, offsetof(TextWrapper, finalizing), 0, nullptr},
                                   {}};

}  // namespace

constinit PyTypeObject TextIOWrapper_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_io.TextIOWrapper",
    .tp_basicsize = sizeof(TextWrapper),
    .tp_dealloc = text_dealloc,
    .tp_repr = slot<text_repr>,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = init_doc,
    .tp_traverse = text_traverse,
    .tp_clear = text_clear,
    .tp_weaklistoffset = offsetof(IOBase, weaklist),
    .tp_iternext = slot<text_next>,
    .tp_methods = methods,
    .tp_members = members,
    .tp_getset = getset,
    .tp_base = &TextIOBase_Type,
    .tp_dictoffset = offsetof(IOBase, dict),
    .tp_init = initializer<init_doc, text_init>::tp_init,
    .tp_new = generic_new,
};

}  // namespace taipan::io
