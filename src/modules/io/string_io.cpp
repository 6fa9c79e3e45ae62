// StringIO: a text file in memory, kept as code points.
#include "modules/io/io.h"
#include "object/alloc.h"
#include "types/rows.h"

namespace taipan::io {
namespace {

struct StringIO : IOBase {
  Py_UCS4* data;
  Py_ssize_t size, capacity, position;
  bool initialized, closed;
  LineEnd line_end;
  bool translate_write;   // '\n' becomes `newline` when written
  PyObject* newline;      // the argument; null for None
  PyObject* decoder;      // translates what is written; null: nothing to translate
};
StringIO& self_of(PyObject* o) { return *reinterpret_cast<StringIO*>(o); }

Status check_open(StringIO& s) {
  if (!s.initialized) return raise(PyExc_ValueError, "I/O operation on uninitialized object");
  if (s.closed) return raise(PyExc_ValueError, "I/O operation on closed file");
  return {};
}

Status reserve(StringIO& s, Py_ssize_t wanted) {
  if (wanted <= s.capacity) return {};
  if (wanted > PY_SSIZE_T_MAX / 8) return raise(PyExc_OverflowError, "new buffer size too large");
  Py_ssize_t grown = wanted + wanted / 8 + 32;
  auto* data = static_cast<Py_UCS4*>(raw_reallocate(s.data, static_cast<size_t>(grown) * sizeof(Py_UCS4)));
  if (!data) return raise_no_memory();
  s.data = data;
  s.capacity = grown;
  return {};
}

Ref<> replace_newlines(PyObject* text, PyObject* newline) {
  StrBuilder out;
  Py_ssize_t from = 0, n = str_length(text);
  for (Py_ssize_t i = 0; i < n; i++) {
    if (char_at(text, i) != '\n') continue;
    if (!out.add(text, from, i) || !out.add(newline)) return Raised{};
    from = i + 1;
  }
  if (!out.add(text, from, n)) return Raised{};
  return out.finish();
}

Status write_text(StringIO& s, PyObject* text) {
  Ref<> decoded = s.decoder ? newline_decode(s.decoder, text, true) : share(text);
  if (!decoded) return Raised{};
  if (s.translate_write && s.newline) decoded = TRY(replace_newlines(decoded.get(), s.newline));
  PyObject* t = decoded.get();
  Py_ssize_t n = str_length(t);
  if (s.position > PY_SSIZE_T_MAX - n) return raise(PyExc_OverflowError, "new position too large");
  TRY(reserve(s, s.position + n));
  for (Py_ssize_t i = s.size; i < s.position; i++) s.data[i] = 0;
  int kind = PyUnicode_KIND(t);
  const void* data = PyUnicode_DATA(t);
  for (Py_ssize_t i = 0; i < n; i++) s.data[s.position + i] = PyUnicode_READ(kind, data, i);
  s.position += n;
  s.size = std::max(s.size, s.position);
  return {};
}

Status set_newline(StringIO& s, PyObject* newline) {
  if (newline != Py_None && !PyUnicode_Check(newline))
    return raise(PyExc_TypeError, "newline must be str or None, not {}", clip(type_name(newline), 200));
  bool absent = newline == Py_None;
  if (!absent && str_length(newline) && !str_equal(newline, "\n") && !str_equal(newline, "\r") && !str_equal(newline, "\r\n"))
    return raise(PyExc_ValueError, "illegal newline value: {}", as_repr(newline));
  clear_field(s.newline);
  clear_field(s.decoder);
  if (!absent) s.newline = Py_NewRef(newline);
  bool universal = absent || str_length(newline) == 0;
  bool translate = absent;
  s.line_end = {.translated = translate, .universal = universal && !translate, .terminator = universal ? nullptr : s.newline};
  s.translate_write = !absent && str_length(newline) > 0 && char_at(newline, 0) == '\r';
  if (universal) s.decoder = TRY(new_newline_decoder(Py_None, translate)).release();
  return {};
}

static constexpr char init_doc[] =
    "StringIO(initial_value='', newline='\\n')\n--\n\nA text file in memory; newline works as in open().";
Status string_init(PyObject* self, PyObject* initial, PyObject* newline) {
  StringIO& s = self_of(self);
  s.initialized = false;
  if (initial && initial != Py_None && !PyUnicode_Check(initial))
    return raise(PyExc_TypeError, "initial_value must be str or None, not {}", clip(type_name(initial), 200));
  Ref<> default_newline = TRY(new_str("\n"));
  TRY(set_newline(s, newline ? newline : default_newline.get()));
  s.size = s.position = 0;
  s.closed = false;
  s.initialized = true;
  if (initial && initial != Py_None) {
    TRY(write_text(s, initial));
    s.position = 0;
  }
  return {};
}

Ref<> piece(StringIO& s, Py_ssize_t from, Py_ssize_t to) {
  return new_str_from_kind(PyUnicode_4BYTE_KIND, s.data + from, to - from);
}
Ref<> take(StringIO& s, Py_ssize_t n) {
  if (n <= 0) return share(empty_str());
  Ref<> text = TRY(piece(s, s.position, s.position + n));
  s.position += n;
  return text;
}
Py_ssize_t available(StringIO& s) { return std::max<Py_ssize_t>(0, s.size - s.position); }

static constexpr char read_doc[] = "read($self, size=-1, /)\n--\n\nUp to size characters; everything if size is negative or None.";
Ref<> string_read(PyObject* self, PyObject* size) {
  StringIO& s = self_of(self);
  TRY(check_open(s));
  Py_ssize_t wanted = size ? TRY(read_size(size)) : -1, n = available(s);
  return take(s, wanted < 0 || wanted > n ? n : wanted);
}
Py_ssize_t line_length(StringIO& s) {
  Py_ssize_t n = available(s);
  const Py_UCS4* d = s.data + s.position;
  for (Py_ssize_t i = 0; i < n; i++) {
    if (s.line_end.universal) {
      if (d[i] == '\n') return i + 1;
      if (d[i] == '\r') return i + 1 < n && d[i + 1] == '\n' ? i + 2 : i + 1;
    } else if (s.line_end.terminator) {
      Py_ssize_t length = str_length(s.line_end.terminator);
      if (d[i] != char_at(s.line_end.terminator, 0)) continue;
      if (length == 1) return i + 1;
      if (i + 1 < n && d[i + 1] == char_at(s.line_end.terminator, 1)) return i + 2;
    } else if (d[i] == '\n') {
      return i + 1;
    }
  }
  return n;
}
static constexpr char readline_doc[] = "readline($self, size=-1, /)\n--\n\nA line with its line break.";
Ref<> string_readline(PyObject* self, PyObject* size) {
  StringIO& s = self_of(self);
  TRY(check_open(s));
  Py_ssize_t limit = size ? TRY(read_size(size)) : -1, n = line_length(s);
  return take(s, limit >= 0 && n > limit ? limit : n);
}
Result<Ref<>> string_next(PyObject* self) {
  StringIO& s = self_of(self);
  TRY(check_open(s));
  Ref<> line;
  if (Py_TYPE(self) == &StringIO_Type) {
    line = TRY(take(s, line_length(s)));
  } else {
    line = TRY(call_method(self, "readline"_name));
    if (!PyUnicode_Check(line.get()))
      return raise(PyExc_OSError, "readline() should have returned a str object, not '{}'", clip(type_name(line.get()), 200));
  }
  if (!str_length(line.get())) return Ref<>();
  return line;
}
static constexpr char write_doc[] = "write($self, s, /)\n--\n\nWrite text; how many characters it had.";
Ref<> string_write(PyObject* self, PyObject* text) {
  StringIO& s = self_of(self);
  if (!s.initialized) TRY(check_open(s));
  if (!PyUnicode_Check(text)) return raise(PyExc_TypeError, "string argument expected, got '{}'", clip(type_name(text), 200));
  TRY(check_open(s));
  Py_ssize_t n = str_length(text);
  if (n) TRY(write_text(s, text));
  return new_int(n);
}
static constexpr char seek_doc[] = "seek($self, pos, whence=0, /)\n--\n\nMove to a position; relative moves only by zero.";
Ref<> string_seek(PyObject* self, Py_ssize_t position, int whence) {
  StringIO& s = self_of(self);
  TRY(check_open(s));
  if (whence < 0 || whence > 2) return raise(PyExc_ValueError, "Invalid whence ({}, should be 0, 1 or 2)", whence);
  if (position < 0 && whence == 0) return raise(PyExc_ValueError, "Negative seek position {}", position);
  if (whence != 0 && position != 0) return raise(PyExc_OSError, "Can't do nonzero cur-relative seeks");
  s.position = whence == 0 ? position : whence == 1 ? s.position : s.size;
  return new_int(s.position);
}
static constexpr char tell_doc[] = "tell($self, /)\n--\n\nThe current position.";
Ref<> string_tell(PyObject* self) {
  TRY(check_open(self_of(self)));
  return new_int(self_of(self).position);
}
static constexpr char truncate_doc[] = "truncate($self, pos=None, /)\n--\n\nCut the text, at the current position by default.";
Ref<> string_truncate(PyObject* self, PyObject* size) {
  StringIO& s = self_of(self);
  TRY(check_open(s));
  Py_ssize_t n = size == Py_None ? s.position : TRY(to_ssize(size, PyExc_OverflowError));
  if (n < 0) return raise(PyExc_ValueError, "Negative size value {}", n);
  s.size = std::min(s.size, n);
  return new_int(n);
}
static constexpr char getvalue_doc[] = "getvalue($self, /)\n--\n\nThe whole text.";
Ref<> string_getvalue(PyObject* self) {
  TRY(check_open(self_of(self)));
  StringIO& s = self_of(self);
  return s.size ? piece(s, 0, s.size) : share(empty_str());
}
static constexpr char close_doc[] = "close($self, /)\n--\n\nGive the memory back.";
Status string_close(PyObject* self) {
  StringIO& s = self_of(self);
  s.closed = true;
  s.size = s.capacity = 0;
  if (s.data) raw_free(std::exchange(s.data, nullptr));
  return {};
}
Ref<> answer_open(PyObject* self) {
  TRY(check_open(self_of(self)));
  return boolean(true);
}
static constexpr char readable_doc[] = "readable($self, /)\n--\n\nTrue.";
static constexpr char writable_doc[] = "writable($self, /)\n--\n\nTrue.";
static constexpr char seekable_doc[] = "seekable($self, /)\n--\n\nTrue.";
Ref<> get_closed(PyObject* self, void*) { return boolean(self_of(self).closed); }
Ref<> get_line_buffering(PyObject* self, void*) {
  TRY(check_open(self_of(self)));
  return boolean(false);
}
Ref<> get_newlines(PyObject* self, void*) {
  TRY(check_open(self_of(self)));
  if (!self_of(self).decoder) return none();
  return get_attr(self_of(self).decoder, "newlines"_name);
}
Ref<> string_getstate(PyObject* self) {
  StringIO& s = self_of(self);
  Ref<> value = TRY(string_getvalue(self));
  Ref<> newline = s.newline ? share(s.newline) : none();
  Ref<> position = TRY(new_int(s.position));
  Ref<> dict = s.dict ? Ref<>(dict_copy(s.dict)) : none();
  if (!dict) return Raised{};
  return tuple_of({value.get(), newline.get(), position.get(), dict.get()});
}
Ref<> string_setstate(PyObject* self, PyObject* state) {
  if (!PyTuple_Check(state) || tuple_size(state) < 4)
    return raise(PyExc_TypeError, "{}.__setstate__ argument should be 4-tuple, got {}", clip(type_name(self), 200), clip(type_name(state), 200));
  TRY(string_init(self, Py_None, item(state, 1)));
  StringIO& s = self_of(self);
  // The value went through newline translation when it was written: it is taken over as it is.
  PyObject* value = item(state, 0);
  if (!PyUnicode_Check(value)) return raise(PyExc_TypeError, "initial_value must be str or None, not {}", clip(type_name(value), 200));
  TRY(reserve(s, str_length(value)));
  for (Py_ssize_t i = 0; i < str_length(value); i++) s.data[i] = char_at(value, i);
  s.size = str_length(value);
  if (!PyLong_Check(item(state, 2)))
    return raise(PyExc_TypeError, "third item of state must be an integer, got {}", clip(type_name(item(state, 2)), 200));
  Py_ssize_t position = TRY(to_ssize(item(state, 2), PyExc_OverflowError));
  if (position < 0) return raise(PyExc_ValueError, "position value cannot be negative");
  s.position = position;
  if (item(state, 3) != Py_None) {
    if (!PyDict_Check(item(state, 3)))
      return raise(PyExc_TypeError, "fourth item of state should be a dict, got a {}", clip(type_name(item(state, 3)), 200));
    Ref<> dict = TRY(get_instance_dict(self));
    TRY(dict_merge(dict.get(), item(state, 3), 1));
  }
  return none();
}
static constexpr char getstate_doc[] = "__getstate__($self, /)\n--\n\nText, newline, position and attributes.";
static constexpr char setstate_doc[] = "__setstate__($self, state, /)\n--\n\nTake over a state.";

void string_dealloc(PyObject* o) {
  gc_untrack(o);
  StringIO& s = self_of(o);
  clear_weakrefs(o);
  if (s.data) raw_free(s.data);
  clear_field(s.newline);
  clear_field(s.decoder);
  clear_field(s.dict);
  Py_TYPE(o)->tp_free(o);
}
int string_traverse(PyObject* o, visitproc visit, void* arg) { return visit_base(&self_of(o), visit, arg); }
int string_clear(PyObject* o) {
  clear_field(self_of(o).dict);
  return 0;
}

constinit PyMethodDef methods[] = {
    method<close_doc, string_close>, method<getvalue_doc, string_getvalue>, method<read_doc, string_read>,
    method<readline_doc, string_readline>, method<tell_doc, string_tell>, method<truncate_doc, string_truncate>,
    method<seek_doc, string_seek>, method<write_doc, string_write>, method<seekable_doc, answer_open>,
    method<readable_doc, answer_open>, method<writable_doc, answer_open>, method<getstate_doc, string_getstate>,
    method<setstate_doc, string_setstate>, {}};
constinit PyGetSetDef getset[] = {{"closed", slot<get_closed>, nullptr, nullptr, nullptr},
                                  {"newlines", slot<get_newlines>, nullptr, nullptr, nullptr},
                                  {"line_buffering", slot<get_line_buffering>, nullptr, nullptr, nullptr},
                                  {}};

}  // namespace

constinit PyTypeObject StringIO_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_io.StringIO",
    .tp_basicsize = sizeof(StringIO),
    .tp_dealloc = string_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = init_doc,
    .tp_traverse = string_traverse,
    .tp_clear = string_clear,
    .tp_weaklistoffset = offsetof(IOBase, weaklist),
    .tp_iternext = slot<string_next>,
    .tp_methods = methods,
    .tp_getset = getset,
    .tp_base = &TextIOBase_Type,
    .tp_dictoffset = offsetof(IOBase, dict),
    .tp_init = initializer<init_doc, string_init>::tp_init,
    .tp_new = generic_new,
};

}  // namespace taipan::io
