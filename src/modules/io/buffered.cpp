// What the buffered files share: their state, the raw file below, position, flushing and closing.
#include "modules/io/buffered.h"
#include "runtime/pending.h"

#include <cerrno>

#include "object/alloc.h"
#include "runtime/gil.h"
#include "types/rows.h"

namespace taipan::io {

Entered::Entered(Buffered& b) : b_(b) {
  unsigned long me = current_thread()->thread_id;
  if (b.owner == me && me) {
    raise(PyExc_RuntimeError, "reentrant call inside {}", as_repr(object(b)));
    return;
  }
  if (pthread_mutex_trylock(&b.lock) != 0) {
    WithoutGil unlocked;
    pthread_mutex_lock(&b.lock);
  }
  b.owner = me;
  ok_ = true;
}
Entered::~Entered() {
  if (!ok_) return;
  b_.owner = 0;
  pthread_mutex_unlock(&b_.lock);
}

Status check_usable(Buffered& b) {
  if (b.detached) return raise(PyExc_ValueError, "raw stream has been detached");
  if (!b.initialized) return raise(PyExc_ValueError, "I/O operation on uninitialized object");
  return {};
}
Status check_not_closed(Buffered& b, const char* message) {
  TRY(check_usable(b));
  if (TRY(is_closed(b.raw))) return raise(PyExc_ValueError, "{}", message);
  return {};
}

Result<Py_ssize_t> read_raw(Buffered& b, char* to, Py_ssize_t n) {
  Ref<> wanted = TRY(new_int(n));
  Ref<> array = TRY(call(object(&PyByteArray_Type), wanted.get()));
  Ref<> got = TRY(call_method(b.raw, "readinto"_name, array.get()));
  if (got.get() == Py_None) return -2;
  Py_ssize_t count = TRY(to_ssize(got.get(), PyExc_ValueError));
  auto* a = reinterpret_cast<ByteArray*>(array.get());
  if (count < 0 || count > n)
    return raise(PyExc_OSError, "raw readinto() returned invalid length {} (should have been between 0 and {})", count, n);
  memcpy(to, a->ob_start, static_cast<size_t>(count));
  if (count > 0 && b.raw_position >= 0) b.raw_position += count;
  return count;
}
Result<Py_ssize_t> write_raw(Buffered& b, const char* data, Py_ssize_t n) {
  Ref<> bytes = TRY(new_bytes({data, static_cast<size_t>(n)}));
  Ref<> put = TRY(call_method(b.raw, "write"_name, bytes.get()));
  if (put.get() == Py_None) return -2;
  Py_ssize_t count = TRY(to_ssize(put.get(), PyExc_ValueError));
  if (count < 0 || count > n)
    return raise(PyExc_OSError, "raw write() returned invalid length {} (should have been between 0 and {})", count, n);
  if (count > 0 && b.raw_position >= 0) b.raw_position += count;
  return count;
}

Status flush_writes(Buffered& b) {
  while (b.write_end > 0) {
    Py_ssize_t n = TRY(write_raw(b, b.buffer, b.write_end));
    if (n == -2) {
      Ref<> code = TRY(new_int(EAGAIN)), text = TRY(new_str("write could not complete without blocking")), zero = share(object(small_int(0)));
      Ref<> args = TRY(tuple_of({code.get(), text.get(), zero.get()}));
      return raise_value(PyExc_BlockingIOError, args.get());
    }
    memmove(b.buffer, b.buffer + n, static_cast<size_t>(b.write_end - n));
    b.write_end -= n;
    TRY(run_signal_handlers());  // what ended a short write may be a signal; the next one might wait for ever
  }
  return {};
}

namespace {
Result<int64_t> seek_raw(Buffered& b, int64_t offset, int whence) {
  Ref<> to = TRY(new_int(offset)), how = TRY(new_int(whence));
  Ref<> at = TRY(call_method(b.raw, "seek"_name, to.get(), how.get()));
  int64_t n = TRY(to_offset(at.get()));
  if (n < 0) return raise(PyExc_OSError, "Raw stream returned invalid position {}", n);
  b.raw_position = n;
  return n;
}
Result<int64_t> tell_raw(Buffered& b) {
  Ref<> at = TRY(call_method(b.raw, "tell"_name));
  int64_t n = TRY(to_offset(at.get()));
  if (n < 0) return raise(PyExc_OSError, "Raw stream returned invalid position {}", n);
  b.raw_position = n;
  return n;
}
}  // namespace

Status drop_read_ahead(Buffered& b) {
  Py_ssize_t n = ahead(b);
  b.read_at = b.read_end = 0;
  if (n > 0) {
    int64_t at = TRY(seek_raw(b, -static_cast<int64_t>(n), 1));
    (void)at;
  }
  return {};
}
Result<Py_ssize_t> fill(Buffered& b) {
  if (b.read_at == b.read_end) b.read_at = b.read_end = 0;
  if (b.read_end == b.capacity) {
    memmove(b.buffer, b.buffer + b.read_at, static_cast<size_t>(ahead(b)));
    b.read_end -= b.read_at;
    b.read_at = 0;
  }
  Py_ssize_t n = TRY(read_raw(b, b.buffer + b.read_end, b.capacity - b.read_end));
  if (n > 0) b.read_end += n;
  return n;
}
Result<int64_t> logical_position(Buffered& b) {
  int64_t at = TRY(tell_raw(b));
  return at - ahead(b) + b.write_end;
}

namespace {

// -- questions to the raw file --

static constexpr char seekable_doc[] = "seekable($self, /)\n--\n\nCan the position be moved?";
static constexpr char readable_doc[] = "readable($self, /)\n--\n\nCan the file be read?";
static constexpr char writable_doc[] = "writable($self, /)\n--\n\nCan the file be written?";
static constexpr char fileno_doc[] = "fileno($self, /)\n--\n\nThe file descriptor.";
static constexpr char isatty_doc[] = "isatty($self, /)\n--\n\nIs it a terminal?";
template <NameLiteral Name>
Ref<> ask_raw(PyObject* self) {
  TRY(check_usable(buffered(self)));
  return call_method(buffered(self).raw, reinterpret_cast<PyObject*>(&name_object<Name>));
}
template <NameLiteral Name>
Ref<> get_of_raw(PyObject* self, void*) {
  TRY(check_usable(buffered(self)));
  return get_attr(buffered(self).raw, reinterpret_cast<PyObject*>(&name_object<Name>));
}

static constexpr char dealloc_warn_doc[] = "_dealloc_warn($self, source, /)\n--\n\nWarn that source was never closed.";
Ref<> dealloc_warn(PyObject* self, PyObject* source) {
  Buffered& b = buffered(self);
  if (b.initialized && !b.detached && b.raw) {
    Ref<> done = call_method(b.raw, "_dealloc_warn"_name, source);
    if (!done) clear_error();
  }
  return none();
}

// -- flush, close, detach --

static constexpr char flush_doc[] = "flush($self, /)\n--\n\nWrite out what is held back.";
Ref<> buffered_flush(PyObject* self) {
  Buffered& b = buffered(self);
  TRY(check_not_closed(b, "flush of closed file"));
  if (!b.writable) return call_method(b.raw, "flush"_name);
  Entered inside(b);
  if (!inside) return Raised{};
  TRY(flush_writes(b));
  if (b.readable) TRY(drop_read_ahead(b));
  return none();
}

static constexpr char close_doc[] = "close($self, /)\n--\n\nFlush and close the raw file.";
Ref<> buffered_close(PyObject* self) {
  Buffered& b = buffered(self);
  TRY(check_usable(b));
  if (TRY(is_closed(b.raw))) return none();
  if (b.finalizing && b.raw) {
    Ref<> warned = dealloc_warn(self, self);
  }
  Ref<> flushed = call_method(self, "flush"_name);
  PendingError pending = PendingError::take();
  Ref<> closed = call_method(b.raw, "close"_name);
  if (b.buffer) raw_free(std::exchange(b.buffer, nullptr));
  b.read_at = b.read_end = b.write_end = 0;
  if (!flushed) {
    if (closed) std::move(pending).restore();
    else chain_context(std::move(pending));
    return Raised{};
  }
  return closed;
}

static constexpr char detach_doc[] = "detach($self, /)\n--\n\nFlush, then separate the raw file and return it.";
Ref<> buffered_detach(PyObject* self) {
  Buffered& b = buffered(self);
  TRY(check_usable(b));
  Ref<> flushed = TRY(call_method(self, "flush"_name));
  Ref<> raw = adopt(std::exchange(b.raw, nullptr));
  b.detached = true;
  b.initialized = false;
  return raw;
}

// -- position --

static constexpr char tell_doc[] = "tell($self, /)\n--\n\nThe current position.";
Ref<> buffered_tell(PyObject* self) {
  TRY(check_usable(buffered(self)));
  return new_int(TRY(logical_position(buffered(self))));
}
static constexpr char seek_doc[] = "seek($self, target, whence=0, /)\n--\n\nMove to a position: from the start (0), from here (1), from the end (2).";
Ref<> buffered_seek(PyObject* self, PyObject* target, int whence) {
  Buffered& b = buffered(self);
  TRY(check_usable(b));
  if (whence < 0 || whence > 4) return raise(PyExc_ValueError, "whence value {} unsupported", whence);
  TRY(check_not_closed(b, "seek of closed file"));
  TRY(check_capability(b.raw, "seekable"_name, "File or stream is not seekable."));
  int64_t offset = TRY(to_offset(target));
  Entered inside(b);
  if (!inside) return Raised{};
  // A move within what was read ahead needs no system call.
  if (whence != 2 && b.readable && ahead(b) > 0) {
    int64_t here = b.raw_position >= 0 ? b.raw_position : TRY(tell_raw(b));
    int64_t delta = whence == 0 ? offset - (here - ahead(b)) : offset;
    if (whence <= 1 && delta >= -b.read_at && delta <= ahead(b)) {
      b.read_at += delta;
      return new_int(here - ahead(b));
    }
  }
  TRY(flush_writes(b));
  if (whence == 1) offset -= ahead(b);
  int64_t at = TRY(seek_raw(b, offset, whence));
  b.read_at = b.read_end = 0;
  return new_int(at);
}
static constexpr char truncate_doc[] = "truncate($self, pos=None, /)\n--\n\nCut or extend the file, at the current position by default.";
Ref<> buffered_truncate(PyObject* self, PyObject* position) {
  Buffered& b = buffered(self);
  TRY(check_usable(b));
  if (!b.writable) return raise_unsupported("truncate");
  TRY(check_not_closed(b, "truncate of closed file"));
  Entered inside(b);
  if (!inside) return Raised{};
  TRY(flush_writes(b));
  Ref<> at = share(position);
  if (position == Py_None) at = TRY(new_int(TRY(logical_position(b))));
  TRY(drop_read_ahead(b));
  return call_method(b.raw, "truncate"_name, at.get());
}

Ref<> get_closed(PyObject* self, void*) {
  TRY(check_usable(buffered(self)));
  return get_attr(buffered(self).raw, "closed"_name);
}
Ref<> get_raw(PyObject* self, void*) { return share(buffered(self).raw ? buffered(self).raw : Py_None); }

Ref<> buffered_repr(PyObject* self) {
  Ref<> name = find_attr(self, "name"_name).take();
  if (!name) {
    if (pending_error() && !clear_error_if(PyExc_ValueError)) return Raised{};
    return format_str("<{}>", Py_TYPE(self)->tp_name);
  }
  ReprGuard guard(self);
  if (!guard) return pending_error() ? Raised{} : raise(PyExc_RuntimeError, "reentrant call inside {}.__repr__", Py_TYPE(self)->tp_name);
  return format_str("<{} name={}>", Py_TYPE(self)->tp_name, as_repr(name.get()));
}
static constexpr char sizeof_doc[] = "__sizeof__($self, /)\n--\n\nSize in memory, the buffer included.";
Ref<> buffered_sizeof(PyObject* self) { return new_int(Py_TYPE(self)->tp_basicsize + (buffered(self).buffer ? buffered(self).capacity : 0)); }
static constexpr char getstate_doc[] = "__getstate__($self, /)\n--\n\nFiles cannot be pickled.";
Ref<> refuse_pickle(PyObject* self) { return raise(PyExc_TypeError, "cannot pickle '{}' object", type_name(self)); }

// -- life --

Status start(Buffered& b, PyObject* raw, Py_ssize_t size, bool readable, bool writable) {
  b.initialized = b.detached = false;
  if (size <= 0) return raise(PyExc_ValueError, "buffer size must be strictly positive");
  replace_field(b.raw, share(raw));
  b.readable = readable;
  b.writable = writable;
  if (b.buffer) raw_free(b.buffer);
  b.buffer = static_cast<char*>(raw_allocate(static_cast<size_t>(size)));
  if (!b.buffer) return raise_no_memory();
  b.capacity = size;
  b.read_at = b.read_end = b.write_end = 0;
  b.raw_position = -1;
  if (!b.lock_made) pthread_mutex_init(&b.lock, nullptr);
  b.lock_made = true;
  auto at = tell_raw(b);
  if (!at) {
    // Pipes have no position.
    if (!pending_matches(PyExc_Exception)) return Raised{};
    clear_error();
  }
  b.initialized = true;
  return {};
}
static constexpr char reader_init_doc[] = "BufferedReader(raw, buffer_size=8192)\n--\n\nA readable raw file with read-ahead.";
Status reader_init(PyObject* self, PyObject* raw, Py_ssize_t size) {
  buffered(self).initialized = buffered(self).detached = false;
  TRY(check_capability(raw, "readable"_name, "File or stream is not readable."));
  return start(buffered(self), raw, size, true, false);
}
static constexpr char writer_init_doc[] = "BufferedWriter(raw, buffer_size=8192)\n--\n\nA writable raw file whose writes are collected.";
Status writer_init(PyObject* self, PyObject* raw, Py_ssize_t size) {
  buffered(self).initialized = buffered(self).detached = false;
  TRY(check_capability(raw, "writable"_name, "File or stream is not writable."));
  return start(buffered(self), raw, size, false, true);
}
static constexpr char random_init_doc[] = "BufferedRandom(raw, buffer_size=8192)\n--\n\nA raw file that can be read, written and moved in, with a buffer.";
Status random_init(PyObject* self, PyObject* raw, Py_ssize_t size) {
  buffered(self).initialized = buffered(self).detached = false;
  TRY(check_capability(raw, "seekable"_name, "File or stream is not seekable."));
  TRY(check_capability(raw, "readable"_name, "File or stream is not readable."));
  TRY(check_capability(raw, "writable"_name, "File or stream is not writable."));
  return start(buffered(self), raw, size, true, true);
}

void buffered_dealloc(PyObject* o) {
  Buffered& b = buffered(o);
  b.finalizing = true;
  if (call_finalizer_from_dealloc(o)) return;
  gc_untrack(o);
  TrashGuard trash(o);
  if (!trash) return;
  b.initialized = false;
  clear_weakrefs(o);
  if (b.buffer) raw_free(std::exchange(b.buffer, nullptr));
  if (b.lock_made) pthread_mutex_destroy(&b.lock);
  clear_field(b.raw);
  clear_field(b.dict);
  Py_TYPE(o)->tp_free(o);
}
int buffered_traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(buffered(o).raw);
  return visit_base(&buffered(o), visit, arg);
}
int buffered_clear(PyObject* o) {
  buffered(o).initialized = false;
  clear_field(buffered(o).raw);
  clear_field(buffered(o).dict);
  return 0;
}

static constexpr char read_doc[] = "read($self, size=-1, /)\n--\n\nUp to size bytes, reading as often as needed; everything if size is negative or None.";
static constexpr char read1_doc[] = "read1($self, size=-1, /)\n--\n\nWhat is there already, or the result of one raw read.";
static constexpr char peek_doc[] = "peek($self, size=0, /)\n--\n\nBytes ahead, without moving; at most one raw read.";
static constexpr char readinto_doc[] = "readinto($self, buffer, /)\n--\n\nRead into a writable buffer; the number of bytes.";
static constexpr char readinto1_doc[] = "readinto1($self, buffer, /)\n--\n\nThe same with at most one raw read.";
static constexpr char readline_doc[] = "readline($self, size=-1, /)\n--\n\nA line with its line break.";
static constexpr char write_doc[] = "write($self, buffer, /)\n--\n\nWrite bytes; how many there were.";

#define SHARED_ROWS                                                                                             \
  method<detach_doc, buffered_detach>, method<flush_doc, buffered_flush>, method<close_doc, buffered_close>,     \
      method<seekable_doc, ask_raw<"seekable">>, method<fileno_doc, ask_raw<"fileno">>,                          \
      method<isatty_doc, ask_raw<"isatty">>, method<dealloc_warn_doc, dealloc_warn>, method<tell_doc, buffered_tell>, \
      method<seek_doc, buffered_seek>, method<truncate_doc, buffered_truncate>, method<sizeof_doc, buffered_sizeof>,  \
      method<getstate_doc, refuse_pickle>
#define READING_ROWS                                                                                             \
  method<readable_doc, ask_raw<"readable">>, method<read_doc, buffered_read>, method<read1_doc, buffered_read1>,  \
      method<peek_doc, buffered_peek>, method<readinto_doc, buffered_readinto>,                                   \
      method<readinto1_doc, buffered_readinto1>, method<readline_doc, buffered_readline>
#define WRITING_ROWS method<writable_doc, ask_raw<"writable">>, method<write_doc, buffered_write>
constinit PyMethodDef reader_methods[] = {SHARED_ROWS, READING_ROWS, {}};
constinit PyMethodDef writer_methods[] = {SHARED_ROWS, WRITING_ROWS, {}};
constinit PyMethodDef random_methods[] = {SHARED_ROWS, READING_ROWS, WRITING_ROWS, {}};
constinit PyGetSetDef getset[] = {{"closed", slot<get_closed>, nullptr, nullptr, nullptr},
                                  {"name", slot<get_of_raw<"name">>, nullptr, nullptr, nullptr},
                                  {"mode", slot<get_of_raw<"mode">>, nullptr, nullptr, nullptr},
                                  {"raw", slot<get_raw>, nullptr, nullptr, nullptr},
                                  {}};
constinit PyMemberDef members[] = {{"_finalizing", T_BOOL, offsetof(Buffered, finalizing), 0, nullptr}, {}};

}  // namespace

#define BUFFERED_TYPE(name, text, doc, own_methods, init, next)                                        \
  constinit PyTypeObject name = {                                                                       \
      .ob_base = kStaticTypeHead, .tp_name = text, .tp_basicsize = sizeof(Buffered), .tp_dealloc = buffered_dealloc, \
      .tp_repr = slot<buffered_repr>, .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,     \
      .tp_doc = doc, .tp_traverse = buffered_traverse, .tp_clear = buffered_clear,                       \
      .tp_weaklistoffset = offsetof(IOBase, weaklist), .tp_iternext = next, .tp_methods = own_methods,    \
      .tp_members = members, .tp_getset = getset, .tp_base = &BufferedIOBase_Type,                        \
      .tp_dictoffset = offsetof(IOBase, dict), .tp_init = initializer<doc, init>::tp_init, .tp_new = generic_new}
BUFFERED_TYPE(BufferedReader_Type, "_io.BufferedReader", reader_init_doc, reader_methods, reader_init, slot<buffered_next>);
BUFFERED_TYPE(BufferedWriter_Type, "_io.BufferedWriter", writer_init_doc, writer_methods, writer_init, nullptr);
BUFFERED_TYPE(BufferedRandom_Type, "_io.BufferedRandom", random_init_doc, random_methods, random_init, slot<buffered_next>);

}  // namespace taipan::io
