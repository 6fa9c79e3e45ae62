// BytesIO: a file in memory. getbuffer() shows its memory; while shown, its size is fixed.
#include "modules/io/io.h"
#include "object/alloc.h"
#include "types/buffer.h"
#include "types/rows.h"

namespace taipan::io {
namespace {

struct BytesIO : IOBase {
  char* data;
  Py_ssize_t size, capacity, position;
  Py_ssize_t exports;
  bool closed;
};
struct BytesIOBuffer {
  PyObject_HEAD
  PyObject* source;
};
BytesIO& self_of(PyObject* o) { return *reinterpret_cast<BytesIO*>(o); }

Status check_open(BytesIO& b) {
  if (b.closed) return raise(PyExc_ValueError, "I/O operation on closed file.");
  return {};
}
Status check_exports(BytesIO& b) {
  if (b.exports > 0) return raise(PyExc_BufferError, "Existing exports of data: object cannot be re-sized");
  return {};
}
Status reserve(BytesIO& b, Py_ssize_t wanted) {
  if (wanted <= b.capacity) return {};
  Py_ssize_t grown = wanted < PY_SSIZE_T_MAX / 2 ? wanted + wanted / 8 + 64 : wanted;
  auto* data = static_cast<char*>(raw_reallocate(b.data, static_cast<size_t>(grown)));
  if (!data) return raise_no_memory();
  b.data = data;
  b.capacity = grown;
  return {};
}
Result<Py_ssize_t> write_at_position(BytesIO& b, PyObject* source) {
  TRY(check_open(b));
  TRY(check_exports(b));
  BufferView view;
  TRY(view.acquire_readable(source));
  if (!view.size()) return 0;
  if (b.position > PY_SSIZE_T_MAX - view.size()) return raise(PyExc_OverflowError, "new buffer size too large");
  Py_ssize_t end = b.position + view.size();
  TRY(reserve(b, end));
  if (b.position > b.size) memset(b.data + b.size, 0, static_cast<size_t>(b.position - b.size));
  memcpy(b.data + b.position, view.data(), static_cast<size_t>(view.size()));
  b.position = end;
  b.size = std::max(b.size, end);
  return view.size();
}

static constexpr char init_doc[] = "BytesIO(initial_bytes=b'')\n--\n\nA binary file in memory.";
Status bytes_init(PyObject* self, PyObject* initial) {
  BytesIO& b = self_of(self);
  TRY(check_exports(b));
  b.size = b.position = 0;
  b.closed = false;
  if (initial && initial != Py_None) {
    Py_ssize_t n = TRY(write_at_position(b, initial));
    (void)n;
    b.position = 0;
  }
  return {};
}

/// How much there is to read, at most `wanted` (negative: all).
Py_ssize_t available(BytesIO& b, Py_ssize_t wanted) {
  Py_ssize_t n = std::max<Py_ssize_t>(0, b.size - b.position);
  return wanted < 0 || wanted > n ? n : wanted;
}
Ref<> take(BytesIO& b, Py_ssize_t n) {
  const char* from = n ? b.data + b.position : "";
  b.position += n;
  return new_bytes({from, static_cast<size_t>(n)});
}
static constexpr char read_doc[] = "read($self, size=-1, /)\n--\n\nUp to size bytes; everything if size is negative or None.";
static constexpr char read1_doc[] = "read1($self, size=-1, /)\n--\n\nThe same as read.";
Ref<> bytes_read(PyObject* self, PyObject* size) {
  BytesIO& b = self_of(self);
  TRY(check_open(b));
  return take(b, available(b, size ? TRY(read_size(size)) : -1));
}
Py_ssize_t line_length(BytesIO& b) {
  Py_ssize_t n = available(b, -1);
  if (!n) return 0;
  auto* end = static_cast<const char*>(memchr(b.data + b.position, '\n', static_cast<size_t>(n)));
  return end ? end + 1 - (b.data + b.position) : n;
}
static constexpr char readline_doc[] = "readline($self, size=-1, /)\n--\n\nA line with its line break.";
Ref<> bytes_readline(PyObject* self, PyObject* size) {
  BytesIO& b = self_of(self);
  TRY(check_open(b));
  Py_ssize_t limit = size ? TRY(read_size(size)) : -1;
  Py_ssize_t n = line_length(b);
  return take(b, limit >= 0 && n > limit ? limit : n);
}
Result<Ref<>> bytes_next(PyObject* self) {
  BytesIO& b = self_of(self);
  TRY(check_open(b));
  Py_ssize_t n = line_length(b);
  if (!n) return Ref<>();
  return TRY(take(b, n));
}
static constexpr char readlines_doc[] = "readlines($self, size=None, /)\n--\n\nA list of lines; no more once size bytes are reached.";
Ref<> bytes_readlines(PyObject* self, PyObject* size) {
  BytesIO& b = self_of(self);
  TRY(check_open(b));
  Py_ssize_t limit = TRY(read_size(size)), total = 0;
  Ref<List> lines = TRY(new_list());
  while (Py_ssize_t n = line_length(b)) {
    Ref<> line = TRY(take(b, n));
    TRY(list_append(object(lines.get()), line.get()));
    total += n;
    if (limit > 0 && total >= limit) break;
  }
  return lines;
}
static constexpr char readinto_doc[] = "readinto($self, buffer, /)\n--\n\nRead into a writable buffer; the number of bytes.";
Ref<> bytes_readinto(PyObject* self, PyObject* buffer) {
  BytesIO& b = self_of(self);
  TRY(check_open(b));
  BufferView view;
  TRY(view.acquire_writable(buffer));
  Py_ssize_t n = available(b, view.size());
  if (n) memcpy(view.data(), b.data + b.position, static_cast<size_t>(n));
  b.position += n;
  return new_int(n);
}
static constexpr char write_doc[] = "write($self, b, /)\n--\n\nWrite bytes; how many there were.";
Ref<> bytes_write(PyObject* self, PyObject* data) { return new_int(TRY(write_at_position(self_of(self), data))); }
static constexpr char writelines_doc[] = "writelines($self, lines, /)\n--\n\nWrite each bytes object of an iterable.";
Status bytes_writelines(PyObject* self, PyObject* lines) {
  TRY(check_open(self_of(self)));
  return for_each(lines, [&](PyObject* line) -> Status {
    Py_ssize_t n = TRY(write_at_position(self_of(self), line));
    (void)n;
    return {};
  });
}
static constexpr char seek_doc[] = "seek($self, pos, whence=0, /)\n--\n\nMove to a position: from the start (0), from here (1), from the end (2).";
Ref<> bytes_seek(PyObject* self, Py_ssize_t position, int whence) {
  BytesIO& b = self_of(self);
  TRY(check_open(b));
  if (position < 0 && whence == 0) return raise(PyExc_ValueError, "negative seek value {}", position);
  if (whence < 0 || whence > 2) return raise(PyExc_ValueError, "invalid whence ({}, should be 0, 1 or 2)", whence);
  Py_ssize_t from = whence == 0 ? 0 : whence == 1 ? b.position : b.size;
  if (position > PY_SSIZE_T_MAX - from) return raise(PyExc_OverflowError, "new position too large");
  b.position = std::max<Py_ssize_t>(0, from + position);
  return new_int(b.position);
}
static constexpr char tell_doc[] = "tell($self, /)\n--\n\nThe current position.";
Ref<> bytes_tell(PyObject* self) {
  TRY(check_open(self_of(self)));
  return new_int(self_of(self).position);
}
static constexpr char truncate_doc[] = "truncate($self, size=None, /)\n--\n\nCut the data, at the current position by default.";
Ref<> bytes_truncate(PyObject* self, PyObject* size) {
  BytesIO& b = self_of(self);
  TRY(check_open(b));
  TRY(check_exports(b));
  Py_ssize_t n = size == Py_None ? b.position : TRY(to_ssize(size, PyExc_OverflowError));
  if (n < 0) return raise(PyExc_ValueError, "negative size value {}", n);
  b.size = std::min(b.size, n);
  return new_int(n);
}
static constexpr char getvalue_doc[] = "getvalue($self, /)\n--\n\nAll bytes.";
Ref<> bytes_getvalue(PyObject* self) {
  BytesIO& b = self_of(self);
  TRY(check_open(b));
  return new_bytes({b.size ? b.data : "", static_cast<size_t>(b.size)});
}
static constexpr char getbuffer_doc[] = "getbuffer($self, /)\n--\n\nA memoryview of the data itself.";
Ref<> bytes_getbuffer(PyObject* self) {
  TRY(check_open(self_of(self)));
  Ref<BytesIOBuffer> buffer = TRY(allocate<BytesIOBuffer>(&_PyBytesIOBuffer_Type));
  buffer->source = Py_NewRef(self);
  gc_track(object(buffer.get()));
  return call(object(&PyMemoryView_Type), object(buffer.get()));
}
static constexpr char close_doc[] = "close($self, /)\n--\n\nGive the memory back.";
Status bytes_close(PyObject* self) {
  BytesIO& b = self_of(self);
  TRY(check_exports(b));
  b.closed = true;
  b.size = b.capacity = b.position = 0;
  if (b.data) raw_free(std::exchange(b.data, nullptr));
  return {};
}
Ref<> answer_open(PyObject* self) {
  TRY(check_open(self_of(self)));
  return boolean(true);
}
static constexpr char readable_doc[] = "readable($self, /)\n--\n\nTrue.";
static constexpr char writable_doc[] = "writable($self, /)\n--\n\nTrue.";
static constexpr char seekable_doc[] = "seekable($self, /)\n--\n\nTrue.";
static constexpr char isatty_doc[] = "isatty($self, /)\n--\n\nFalse.";
Ref<> bytes_isatty(PyObject* self) {
  TRY(check_open(self_of(self)));
  return boolean(false);
}
static constexpr char flush_doc[] = "flush($self, /)\n--\n\nNothing to do.";
Ref<> bytes_flush(PyObject* self) {
  TRY(check_open(self_of(self)));
  return none();
}
Ref<> get_closed(PyObject* self, void*) { return boolean(self_of(self).closed); }

Ref<> bytes_getstate(PyObject* self) {
  Ref<> value = TRY(bytes_getvalue(self));
  Ref<> position = TRY(new_int(self_of(self).position));
  Ref<> dict = self_of(self).dict ? Ref<>(dict_copy(self_of(self).dict)) : none();
  if (!dict) return Raised{};
  return tuple_of({value.get(), position.get(), dict.get()});
}
Ref<> bytes_setstate(PyObject* self, PyObject* state) {
  if (!PyTuple_Check(state) || tuple_size(state) < 3)
    return raise(PyExc_TypeError, "{}.__setstate__ argument should be 3-tuple, got {}", clip(type_name(self), 200), clip(type_name(state), 200));
  TRY(check_exports(self_of(self)));
  TRY(bytes_init(self, item(state, 0)));
  if (!PyLong_Check(item(state, 1)))
    return raise(PyExc_TypeError, "second item of state must be an integer, got {}", clip(type_name(item(state, 1)), 200));
  Py_ssize_t position = TRY(to_ssize(item(state, 1), PyExc_OverflowError));
  if (position < 0) return raise(PyExc_ValueError, "position value cannot be negative");
  self_of(self).position = position;
  if (item(state, 2) != Py_None) {
    if (!PyDict_Check(item(state, 2)))
      return raise(PyExc_TypeError, "third item of state should be a dict, got a {}", clip(type_name(item(state, 2)), 200));
    Ref<> dict = TRY(get_instance_dict(self));
    TRY(dict_merge(dict.get(), item(state, 2), 1));
  }
  return none();
}
static constexpr char getstate_doc[] = "__getstate__($self, /)\n--\n\nData, position and attributes.";
static constexpr char setstate_doc[] = "__setstate__($self, state, /)\n--\n\nTake over a state.";

void bytes_dealloc(PyObject* o) {
  gc_untrack(o);
  BytesIO& b = self_of(o);
  clear_weakrefs(o);
  if (b.data) raw_free(b.data);
  clear_field(b.dict);
  Py_TYPE(o)->tp_free(o);
}
int bytes_traverse(PyObject* o, visitproc visit, void* arg) { return visit_base(&self_of(o), visit, arg); }
int bytes_clear(PyObject* o) {
  clear_field(self_of(o).dict);
  return 0;
}

constinit PyMethodDef methods[] = {
    method<readable_doc, answer_open>, method<writable_doc, answer_open>, method<seekable_doc, answer_open>,
    method<close_doc, bytes_close>, method<flush_doc, bytes_flush>, method<isatty_doc, bytes_isatty>,
    method<tell_doc, bytes_tell>, method<write_doc, bytes_write>, method<writelines_doc, bytes_writelines>,
    method<read1_doc, bytes_read>, method<readinto_doc, bytes_readinto>, method<readline_doc, bytes_readline>,
    method<readlines_doc, bytes_readlines>, method<read_doc, bytes_read>, method<getbuffer_doc, bytes_getbuffer>,
    method<getvalue_doc, bytes_getvalue>, method<seek_doc, bytes_seek>, method<truncate_doc, bytes_truncate>,
    method<getstate_doc, bytes_getstate>, method<setstate_doc, bytes_setstate>, {}};
constinit PyGetSetDef getset[] = {{"closed", slot<get_closed>, nullptr, "True if the file is closed.", nullptr}, {}};

// -- the object behind getbuffer() --

int buffer_get(PyObject* o, Py_buffer* view, int flags) {
  BytesIO& b = self_of(reinterpret_cast<BytesIOBuffer*>(o)->source);
  if (!fill_buffer(view, o, b.data ? b.data : const_cast<char*>(""), b.size, false, flags)) return -1;
  b.exports++;
  return 0;
}
void buffer_release(PyObject* o, Py_buffer*) { self_of(reinterpret_cast<BytesIOBuffer*>(o)->source).exports--; }
void buffer_dealloc(PyObject* o) {
  gc_untrack(o);
  Py_XDECREF(reinterpret_cast<BytesIOBuffer*>(o)->source);
  deallocate(reinterpret_cast<BytesIOBuffer*>(o));
}
int buffer_traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(reinterpret_cast<BytesIOBuffer*>(o)->source);
  return 0;
}
constinit PyBufferProcs buffer_procs = {buffer_get, buffer_release};

}  // namespace

constinit PyTypeObject BytesIO_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_io.BytesIO",
    .tp_basicsize = sizeof(BytesIO),
    .tp_dealloc = bytes_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = init_doc,
    .tp_traverse = bytes_traverse,
    .tp_clear = bytes_clear,
    .tp_weaklistoffset = offsetof(IOBase, weaklist),
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = slot<bytes_next>,
    .tp_methods = methods,
    .tp_getset = getset,
    .tp_base = &BufferedIOBase_Type,
    .tp_dictoffset = offsetof(IOBase, dict),
    .tp_init = initializer<init_doc, bytes_init>::tp_init,
    .tp_new = generic_new,
};
extern "C" {
constinit PyTypeObject _PyBytesIOBuffer_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_io._BytesIOBuffer",
    .tp_basicsize = sizeof(BytesIOBuffer),
    .tp_dealloc = buffer_dealloc,
    .tp_as_buffer = &buffer_procs,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = buffer_traverse,
};
}

}  // namespace taipan::io
