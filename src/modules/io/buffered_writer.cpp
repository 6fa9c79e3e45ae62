// The writing half of buffered files, and BufferedRWPair, which joins a reader and a writer.
#include <cerrno>

#include "modules/io/buffered.h"
#include "runtime/pending.h"

namespace taipan::io {
namespace {

Raised raise_blocked(Py_ssize_t written) {
  Ref<> code = TRY(new_int(EAGAIN)), text = TRY(new_str("write could not complete without blocking")), count = TRY(new_int(written));
  Ref<> args = TRY(tuple_of({code.get(), text.get(), count.get()}));
  return raise_value(PyExc_BlockingIOError, args.get());
}

/// The buffer is full and the raw file would block: keep what still fits, report how much was accepted.
Result<Py_ssize_t> keep_what_fits(Buffered& b, const char* data, Py_ssize_t n, Py_ssize_t accepted) {
  Py_ssize_t room = b.capacity - b.write_end;
  Py_ssize_t kept = std::min(room, n);
  memcpy(b.buffer + b.write_end, data, static_cast<size_t>(kept));
  b.write_end += kept;
  if (kept == n) return accepted + n;
  return raise_blocked(accepted + kept);
}

Result<Py_ssize_t> write(Buffered& b, const char* data, Py_ssize_t n) {
  if (b.readable) TRY(drop_read_ahead(b));
  if (n <= b.capacity - b.write_end) {
    memcpy(b.buffer + b.write_end, data, static_cast<size_t>(n));
    b.write_end += n;
    return n;
  }
  if (!flush_writes(b)) {
    if (!clear_error_if(PyExc_BlockingIOError)) return Raised{};
    return keep_what_fits(b, data, n, 0);
  }
  Py_ssize_t done = 0;
  while (n - done > b.capacity) {
    Py_ssize_t put = TRY(write_raw(b, data + done, n - done));
    if (put == -2) return keep_what_fits(b, data + done, n - done, done);
    done += put;
    TRY(run_signal_handlers());
  }
  memcpy(b.buffer, data + done, static_cast<size_t>(n - done));
  b.write_end = n - done;
  return n;
}

}  // namespace

Ref<> buffered_write(PyObject* self, PyObject* data) {
  Buffered& b = buffered(self);
  TRY(check_usable(b));
  BufferView view;
  TRY(view.acquire_readable(data));
  Entered inside(b);
  if (!inside) return Raised{};
  // Asked for inside, since another thread may just have closed the file.
  TRY(check_not_closed(b, "write to closed file"));
  return new_int(TRY(write(b, view.data(), view.size())));
}

// -- BufferedRWPair --

namespace {

struct Pair : IOBase {
  PyObject* reader;
  PyObject* writer;
};
Pair& pair(PyObject* o) { return *reinterpret_cast<Pair*>(o); }

static constexpr char pair_init_doc[] =
    "BufferedRWPair(reader, writer, buffer_size=8192, /)\n--\n\nA readable and a writable raw file as one (a socket, two pipes).";
Status pair_init(PyObject* self, PyObject* reader, PyObject* writer, Py_ssize_t size) {
  TRY(check_capability(reader, "readable"_name, "File or stream is not readable."));
  TRY(check_capability(writer, "writable"_name, "File or stream is not writable."));
  Ref<> n = TRY(new_int(size));
  Ref<> r = TRY(call(object(&BufferedReader_Type), reader, n.get()));
  Ref<> w = TRY(call(object(&BufferedWriter_Type), writer, n.get()));
  replace_field(pair(self).reader, std::move(r));
  replace_field(pair(self).writer, std::move(w));
  return {};
}
Ref<> forward(PyObject* to, PyObject* name, const Arguments& a) {
  if (!to) return raise(PyExc_ValueError, "I/O operation on uninitialized object");
  Ref<> function = TRY(get_attr(to, name));
  return vectorcall(function.get(), a.items, static_cast<size_t>(a.count));
}
template <NameLiteral Name>
Ref<> to_reader(PyObject* self, const Arguments& a) { return forward(pair(self).reader, reinterpret_cast<PyObject*>(&name_object<Name>), a); }
template <NameLiteral Name>
Ref<> to_writer(PyObject* self, const Arguments& a) { return forward(pair(self).writer, reinterpret_cast<PyObject*>(&name_object<Name>), a); }
Ref<> pair_close(PyObject* self, const Arguments& a) {
  Ref<> written = to_writer<"close">(self, a);
  PendingError pending = PendingError::take();
  Ref<> read = to_reader<"close">(self, a);
  if (written) return read;
  if (read) std::move(pending).restore();
  else chain_context(std::move(pending));
  return Raised{};
}
Ref<> pair_isatty(PyObject* self, const Arguments& a) {
  Ref<> answer = TRY(to_writer<"isatty">(self, a));
  if (answer.get() != Py_False) return answer;
  return to_reader<"isatty">(self, a);
}
Ref<> pair_closed(PyObject* self, void*) {
  if (!pair(self).writer) return raise(PyExc_RuntimeError, "the BufferedRWPair object is being garbage-collected");
  return get_attr(pair(self).writer, "closed"_name);
}
void pair_dealloc(PyObject* o) {
  if (call_finalizer_from_dealloc(o)) return;
  gc_untrack(o);
  clear_weakrefs(o);
  clear_field(pair(o).reader);
  clear_field(pair(o).writer);
  clear_field(pair(o).dict);
  Py_TYPE(o)->tp_free(o);
}
int pair_traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(pair(o).reader);
  Py_VISIT(pair(o).writer);
  return visit_base(&pair(o), visit, arg);
}
int pair_clear(PyObject* o) {
  clear_field(pair(o).reader);
  clear_field(pair(o).writer);
  clear_field(pair(o).dict);
  return 0;
}
constinit PyMethodDef pair_methods[] = {
    positional_varargs<to_reader<"read">>("read", "Read from the reader."),
    positional_varargs<to_reader<"peek">>("peek", "Look ahead in the reader."),
    positional_varargs<to_reader<"read1">>("read1", "Read from the reader with at most one raw read."),
    positional_varargs<to_reader<"readinto">>("readinto", "Read from the reader into a buffer."),
    positional_varargs<to_reader<"readinto1">>("readinto1", "The same with at most one raw read."),
    positional_varargs<to_writer<"write">>("write", "Write to the writer."),
    positional_varargs<to_writer<"flush">>("flush", "Flush the writer."),
    positional_varargs<to_reader<"readable">>("readable", "Is the reader readable?"),
    positional_varargs<to_writer<"writable">>("writable", "Is the writer writable?"),
    positional_varargs<pair_close>("close", "Close both."),
    positional_varargs<pair_isatty>("isatty", "Is one of them a terminal?"),
    {}};
constinit PyGetSetDef pair_getset[] = {{"closed", slot<pair_closed>, nullptr, nullptr, nullptr}, {}};

}  // namespace

constinit PyTypeObject BufferedRWPair_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_io.BufferedRWPair",
    .tp_basicsize = sizeof(Pair),
    .tp_dealloc = pair_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = pair_init_doc,
    .tp_traverse = pair_traverse,
    .tp_clear = pair_clear,
    .tp_weaklistoffset = offsetof(IOBase, weaklist),
    .tp_methods = pair_methods,
    .tp_getset = pair_getset,
    .tp_base = &BufferedIOBase_Type,
    .tp_dictoffset = offsetof(IOBase, dict),
    .tp_init = initializer<pair_init_doc, pair_init>::tp_init,
    .tp_new = generic_new,
};

}  // namespace taipan::io
