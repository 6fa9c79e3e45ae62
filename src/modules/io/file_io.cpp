// FileIO: a file descriptor. Every system call that may block gives up the GIL and is repeated after a signal.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "modules/io/io.h"
#include "runtime/audit.h"
#include "runtime/warnings.h"
#include "runtime/gil.h"
#include "runtime/pending.h"
#include "types/buffer.h"
#include "types/codecs.h"
#include "types/rows.h"

namespace taipan::io {
namespace {

struct FileIO : IOBase {
  int fd;
  bool created, readable, writable, appending, closefd, finalizing;
  signed char seekable;  // -1: not known yet
  Py_ssize_t blksize;
};
FileIO& file(PyObject* o) { return *reinterpret_cast<FileIO*>(o); }

Status check_open(FileIO& f) {
  if (f.fd < 0) return raise(PyExc_ValueError, "I/O operation on closed file");
  return {};
}
Raised raise_mode(const char* action) {
  TextBuffer text;
  format(text, "File not open for {}", action);
  return raise_unsupported(text.c_str());
}

// -- opening --

struct Mode {
  bool created = false, readable = false, writable = false, appending = false;
  int flags = 0;
};
Result<Mode> parse_mode(std::string_view text) {
  Mode m;
  bool main_seen = false, plus = false;
  auto bad = [] { return raise(PyExc_ValueError, "Must have exactly one of create/read/write/append mode and at most one plus"); };
  for (char c : text) {
    switch (c) {
      case 'x':
      case 'r':
      case 'w':
      case 'a':
        if (main_seen) return bad();
        main_seen = true;
        if (c == 'r') m.readable = true;
        else m.writable = true;
        if (c == 'x') m.created = true, m.flags |= O_EXCL | O_CREAT;
        if (c == 'w') m.flags |= O_CREAT | O_TRUNC;
        if (c == 'a') m.appending = true, m.flags |= O_APPEND | O_CREAT;
        break;
      case 'b': break;
      case '+':
        if (plus) return bad();
        m.readable = m.writable = plus = true;
        break;
      default: return raise(PyExc_ValueError, "invalid mode: {}", clip(text, 200));
    }
  }
  if (!main_seen) return bad();
  m.flags |= m.readable && m.writable ? O_RDWR : m.readable ? O_RDONLY : O_WRONLY;
  return m;
}

/// The path of a str, bytes or os.PathLike as the system wants it.
Ref<> path_bytes(PyObject* name) {
  Ref<> path = share(name);
  if (!PyUnicode_Check(name) && !PyBytes_Check(name)) {
    Ref<> method = TRY(lookup_special(name, "__fspath__"_name));
    if (!method)
      return raise(PyExc_TypeError, "expected str, bytes or os.PathLike object, not {}", clip(type_name(name), 200));
    path = TRY(call(method.get()));
    if (!PyUnicode_Check(path.get()) && !PyBytes_Check(path.get()))
      return raise(PyExc_TypeError, "expected {}.__fspath__() to return str or bytes, not {}", clip(type_name(name), 200),
                   clip(type_name(path.get()), 200));
  }
  Ref<> bytes = PyUnicode_Check(path.get()) ? encode_fs(path.get()) : path.copy();
  if (!bytes) return Raised{};
  if (bytes_view(bytes.get()).find('\0') != std::string_view::npos) return raise(PyExc_ValueError, "embedded null byte");
  return bytes;
}

int close_descriptor(int fd) {
  WithoutGil unlocked;
  return close(fd);
}

Result<int> open_path(PyObject* name, int flags) {
  Ref<> path = TRY(path_bytes(name));
  for (;;) {
    int fd;
    {
      WithoutGil unlocked;
      fd = open(PyBytes_AS_STRING(path.get()), flags, 0666);
    }
    if (fd >= 0) return fd;
    if (errno != EINTR) return raise_os_error(errno, name);
    TRY(run_signal_handlers());
  }
}

/// Directories are refused; the block size is kept for buffering.
Status inspect(FileIO& f, PyObject* name) {
  struct stat st;
  int r;
  {
    WithoutGil unlocked;
    r = fstat(f.fd, &st);
  }
  if (r < 0) {
    if (errno == EBADF) return raise_os_error(errno);
    return {};
  }
  if (S_ISDIR(st.st_mode)) return raise_os_error(EISDIR, name);
  if (st.st_blksize > 1) f.blksize = st.st_blksize;
  return {};
}

Status open_file(FileIO& f, PyObject* name, std::string_view mode_text, bool closefd, PyObject* opener) {
  int fd = -1;
  if (is_index(name)) {
    Py_ssize_t n = TRY(to_ssize(name, PyExc_OverflowError));
    if (n < 0) return raise(PyExc_ValueError, "negative file descriptor");
    if (n > INT32_MAX) return raise(PyExc_OverflowError, "Python int too large to convert to C int");
    fd = static_cast<int>(n);
  }
  Mode m = TRY(parse_mode(mode_text));
  f.created = m.created, f.readable = m.readable, f.writable = m.writable, f.appending = m.appending;
  f.closefd = closefd;
  int flags = m.flags | O_CLOEXEC;
  bool opened = false;
  if (has_audit_hooks()) {
    Ref<> mode_object = TRY(new_str(mode_text)), flag_object = TRY(new_int(flags));
    TRY(audit("open", {name, mode_object.get(), flag_object.get()}));
  }
  if (fd >= 0) {
    f.fd = fd;
  } else {
    f.closefd = true;
    if (!closefd) return raise(PyExc_ValueError, "Cannot use closefd=False with file name");
    if (opener == Py_None) {
      f.fd = TRY(open_path(name, flags));
    } else {
      Ref<> flag_object = TRY(new_int(flags));
      Ref<> result = TRY(call(opener, name, flag_object.get()));
      if (!PyLong_Check(result.get())) return raise(PyExc_TypeError, "expected integer from opener");
      Py_ssize_t n = TRY(to_ssize(result.get(), PyExc_OverflowError));
      if (n < 0) return raise(PyExc_ValueError, "opener returned {}", n);
      f.fd = static_cast<int>(n);
      fcntl(f.fd, F_SETFD, FD_CLOEXEC);
    }
    opened = true;
  }
  f.blksize = kDefaultBufferSize;
  Status ok = inspect(f, name);
  if (ok) ok = set_attr(object(f), "name"_name, name);
  if (ok && f.appending) {
    WithoutGil unlocked;
    lseek(f.fd, 0, SEEK_END);
  }
  if (!ok) {
    if (opened) close_descriptor(f.fd);
    f.fd = -1;
  }
  return ok;
}

static constexpr char init_doc[] =
    "FileIO(file, mode='r', closefd=True, opener=None)\n--\n\n"
    "A file without buffering: a path or a descriptor, opened for 'r', 'w', 'x' or 'a', with '+' for both.";
Status file_init(PyObject* self, PyObject* name, std::string_view mode, bool closefd, PyObject* opener) {
  FileIO& f = file(self);
  if (f.fd >= 0) {
    if (f.closefd) close_descriptor(f.fd);
    f.fd = -1;
  }
  return open_file(f, name, mode, closefd, opener);
}
PyObject* file_new(PyTypeObject* type, PyObject*, PyObject*) {
  PyObject* o = type->tp_alloc(type, 0);
  if (!o) return nullptr;
  file(o).fd = -1;
  file(o).seekable = -1;
  file(o).closefd = true;
  return o;
}

// -- closing --

Ref<> dealloc_warn(PyObject* self, PyObject* source) {
  FileIO& f = file(self);
  if (f.fd >= 0 && f.closefd) {
    PendingError pending = PendingError::take();
    Ref<> text = format_str("unclosed file {}", as_repr(source));
    if (!text || !warn_message(PyExc_ResourceWarning, text.get(), 1, source)) {
      if (pending_matches(PyExc_Warning)) write_unraisable(self);
      else clear_error();
    }
    std::move(pending).restore();
  }
  return none();
}
static constexpr char dealloc_warn_doc[] = "_dealloc_warn($self, source, /)\n--\n\nWarn that source was never closed.";

static constexpr char close_doc[] = "close($self, /)\n--\n\nClose the descriptor (unless it was given with closefd=False).";
Ref<> file_close(PyObject* self) {
  FileIO& f = file(self);
  PyObject* args[] = {self};
  Ref<> base_close = TRY(get_attr(object(&RawIOBase_Type), "close"_name));
  Ref<> based = vectorcall(base_close.get(), args, 1);
  PendingError pending = PendingError::take();
  if (!f.closefd) {
    f.fd = -1;
    if (!based) {
      std::move(pending).restore();
      return Raised{};
    }
    return based;
  }
  if (f.finalizing) Ref<> warned = dealloc_warn(self, self);
  bool failed = false;
  if (f.fd >= 0) {
    int fd = f.fd;
    f.fd = -1;
    failed = close_descriptor(fd) < 0 && errno != EINTR;
    if (failed) raise_os_error(errno);
  }
  if (!based) {
    if (failed) chain_context(std::move(pending));
    else std::move(pending).restore();
    return Raised{};
  }
  if (failed) return Raised{};
  return none();
}

// -- reading and writing --

static constexpr char read_doc[] = "read($self, size=-1, /)\n--\n\nUp to size bytes by one system call; all there are if size is negative. None if it would block.";
static constexpr char readall_doc[] = "readall($self, /)\n--\n\nEverything until the end. None if it would block.";
Ref<> file_readall(PyObject* self) {
  FileIO& f = file(self);
  TRY(check_open(f));
  Py_ssize_t room = kDefaultBufferSize;
  struct stat st;
  off_t here = lseek(f.fd, 0, SEEK_CUR);
  if (here >= 0 && fstat(f.fd, &st) == 0 && st.st_size > here && st.st_size - here < (1 << 30))
    room = st.st_size - here + 1;  // one more, to see the end without a further allocation
  PyObject* all = TRY(allocate_bytes(room)).release();
  Py_ssize_t size = 0;
  for (;;) {
    if (size == room) {
      room += std::max<Py_ssize_t>(kDefaultBufferSize, std::min<Py_ssize_t>(size, 1 << 20));
      TRY(resize_bytes(&all, room));
    }
    Py_ssize_t n = read_some(f.fd, bytes_data(all) + size, room - size);
    if (n == -1 || (n == -2 && !size)) {
      Py_DECREF(all);
      if (n == -1) return Raised{};
      return none();
    }
    if (n <= 0) break;
    size += n;
  }
  TRY(resize_bytes(&all, size));
  return adopt(all);
}
Ref<> file_read(PyObject* self, PyObject* size_argument) {
  FileIO& f = file(self);
  TRY(check_open(f));
  if (!f.readable) return raise_mode("reading");
  Py_ssize_t size = size_argument ? TRY(read_size(size_argument)) : -1;
  if (size < 0) return file_readall(self);
  TextBuffer data;
  char* to = data.reserve(static_cast<size_t>(std::min<Py_ssize_t>(size, PY_SSIZE_T_MAX / 4)) + 1);
  if (!to) return raise_no_memory();
  Py_ssize_t n = read_some(f.fd, to, size);
  if (n == -1) return Raised{};
  if (n == -2) return none();
  return new_bytes({to, static_cast<size_t>(n)});
}
static constexpr char readinto_doc[] = "readinto($self, buffer, /)\n--\n\nRead into a writable buffer; the number of bytes.";
Ref<> file_readinto(PyObject* self, PyObject* buffer) {
  FileIO& f = file(self);
  TRY(check_open(f));
  if (!f.readable) return raise_mode("reading");
  BufferView view;
  TRY(view.acquire_writable(buffer));
  Py_ssize_t n = read_some(f.fd, view.data(), view.size());
  if (n == -1) return Raised{};
  if (n == -2) return none();
  return new_int(n);
}
static constexpr char write_doc[] = "write($self, b, /)\n--\n\nWrite bytes by one system call; how many were written, None if it would block.";
Ref<> file_write(PyObject* self, PyObject* data) {
  FileIO& f = file(self);
  TRY(check_open(f));
  if (!f.writable) return raise_mode("writing");
  BufferView view;
  TRY(view.acquire_readable(data));
  Py_ssize_t n = write_all_or_some(f.fd, view.data(), view.size());
  if (n == -1) return Raised{};
  if (n == -2) return none();
  return new_int(n);
}

// -- position --

Ref<> move(FileIO& f, int64_t offset, int whence) {
  off_t at;
  {
    WithoutGil unlocked;
    at = lseek(f.fd, offset, whence);
  }
  if (f.seekable < 0) f.seekable = at >= 0;
  if (at < 0) return raise_os_error(errno);
  return new_int(at);
}
static constexpr char seek_doc[] = "seek($self, pos, whence=0, /)\n--\n\nMove to a position: from the start (0), from here (1), from the end (2).";
Ref<> file_seek(PyObject* self, PyObject* position, int whence) {
  FileIO& f = file(self);
  TRY(check_open(f));
  return move(f, TRY(to_offset(position)), whence);
}
static constexpr char tell_doc[] = "tell($self, /)\n--\n\nThe current position.";
Ref<> file_tell(PyObject* self) {
  TRY(check_open(file(self)));
  return move(file(self), 0, SEEK_CUR);
}
static constexpr char truncate_doc[] = "truncate($self, size=None, /)\n--\n\nCut or extend the file, at the current position by default.";
Ref<> file_truncate(PyObject* self, PyObject* size) {
  FileIO& f = file(self);
  TRY(check_open(f));
  if (!f.writable) return raise_mode("writing");
  Ref<> at = size == Py_None ? move(f, 0, SEEK_CUR) : share(size);
  if (!at) return Raised{};
  int64_t n = TRY(to_offset(at.get()));
  int r;
  {
    WithoutGil unlocked;
    r = ftruncate(f.fd, n);
  }
  if (r < 0) return raise_os_error(errno);
  return at;
}

// -- questions --

static constexpr char seekable_doc[] = "seekable($self, /)\n--\n\nCan the position be moved?";
Ref<> file_seekable(PyObject* self) {
  FileIO& f = file(self);
  TRY(check_open(f));
  if (f.seekable < 0) {
    Ref<> at = move(f, 0, SEEK_CUR);
    if (!at) clear_error();
  }
  return boolean(f.seekable > 0);
}
static constexpr char readable_doc[] = "readable($self, /)\n--\n\nOpened for reading?";
Ref<> file_readable(PyObject* self) {
  TRY(check_open(file(self)));
  return boolean(file(self).readable);
}
static constexpr char writable_doc[] = "writable($self, /)\n--\n\nOpened for writing?";
Ref<> file_writable(PyObject* self) {
  TRY(check_open(file(self)));
  return boolean(file(self).writable);
}
static constexpr char fileno_doc[] = "fileno($self, /)\n--\n\nThe file descriptor.";
Ref<> file_fileno(PyObject* self) {
  TRY(check_open(file(self)));
  return new_int(file(self).fd);
}
static constexpr char isatty_doc[] = "isatty($self, /)\n--\n\nIs it a terminal?";
Ref<> file_isatty(PyObject* self) {
  TRY(check_open(file(self)));
  return boolean(isatty(file(self).fd));
}
const char* mode_text(FileIO& f) {
  if (f.created) return f.readable ? "xb+" : "xb";
  if (f.appending) return f.readable ? "ab+" : "ab";
  if (f.readable) return f.writable ? "rb+" : "rb";
  return "wb";
}
Ref<> get_mode(PyObject* self, void*) { return new_str(mode_text(file(self))); }
Ref<> get_closed(PyObject* self, void*) { return boolean(file(self).fd < 0); }
Ref<> get_closefd(PyObject* self, void*) { return boolean(file(self).closefd); }

Ref<> file_repr(PyObject* self) {
  FileIO& f = file(self);
  const char* type = Py_TYPE(self)->tp_name;
  if (f.fd < 0) return format_str("<{} [closed]>", type);
  Ref<> name = TRY(find_attr(self, "name"_name));
  const char* closefd = f.closefd ? "True" : "False";
  if (!name) return format_str("<{} fd={} mode='{}' closefd={}>", type, f.fd, mode_text(f), closefd);
  ReprGuard guard(self);
  if (!guard) return pending_error() ? Raised{} : raise(PyExc_RuntimeError, "reentrant call inside {}.__repr__", type);
  return format_str("<{} name={} mode='{}' closefd={}>", type, as_repr(name.get()), mode_text(f), closefd);
}

Ref<> refuse_pickle(PyObject* self) { return raise(PyExc_TypeError, "cannot pickle '{}' object", type_name(self)); }
static constexpr char getstate_doc[] = "__getstate__($self, /)\n--\n\nFiles cannot be pickled.";

void file_dealloc(PyObject* o) {
  FileIO& f = file(o);
  f.finalizing = true;
  if (call_finalizer_from_dealloc(o)) return;
  gc_untrack(o);
  clear_weakrefs(o);
  clear_field(f.dict);
  Py_TYPE(o)->tp_free(o);
}
int file_traverse(PyObject* o, visitproc visit, void* arg) { return visit_base(&file(o), visit, arg); }
int file_clear(PyObject* o) {
  clear_field(file(o).dict);
  return 0;
}

constinit PyMethodDef methods[] = {
    method<read_doc, file_read>, method<readall_doc, file_readall>, method<readinto_doc, file_readinto>,
    method<write_doc, file_write>, method<seek_doc, file_seek>, method<tell_doc, file_tell>,
    method<truncate_doc, file_truncate>, method<close_doc, file_close>, method<seekable_doc, file_seekable>,
    method<readable_doc, file_readable>, method<writable_doc, file_writable>, method<fileno_doc, file_fileno>,
    method<isatty_doc, file_isatty>, method<dealloc_warn_doc, dealloc_warn>, method<getstate_doc, refuse_pickle>, {}};
constinit PyGetSetDef getset[] = {{"closed", slot<get_closed>, nullptr, "True if the file is closed", nullptr},
                                  {"closefd", slot<get_closefd>, nullptr, "True if closing closes the descriptor", nullptr},
                                  {"mode", slot<get_mode>, nullptr, "the mode as text", nullptr},
                                  {}};
constinit PyMemberDef members[] = {{"_blksize", T_PYSSIZET, offsetof(FileIO, blksize), 0, nullptr},
                                   {"_finalizing", T_BOOL, offsetof(FileIO, finalizing), 0, nullptr},
                                   {}};

}  // namespace

Py_ssize_t read_some(int fd, char* to, Py_ssize_t n) {
  for (;;) {
    ssize_t got;
    {
      WithoutGil unlocked;
      got = read(fd, to, static_cast<size_t>(n));
    }
    if (got >= 0) return got;
    if (errno == EAGAIN) return -2;
    if (errno != EINTR) {
      raise_os_error(errno);
      return -1;
    }
    if (!run_signal_handlers()) return -1;
  }
}
Py_ssize_t write_all_or_some(int fd, const char* data, Py_ssize_t n) {
  for (;;) {
    ssize_t put;
    {
      WithoutGil unlocked;
      put = write(fd, data, static_cast<size_t>(std::min<Py_ssize_t>(n, 0x7ffff000)));
    }
    if (put >= 0) return put;
    if (errno == EAGAIN) return -2;
    if (errno != EINTR) {
      raise_os_error(errno);
      return -1;
    }
    if (!run_signal_handlers()) return -1;
  }
}

BufferView::~BufferView() { release_buffer(&view_); }
Status BufferView::acquire_readable(PyObject* o) { return acquire_buffer(o, &view_, PyBUF_SIMPLE); }
Status BufferView::acquire_writable(PyObject* o) {
  if (acquire_buffer(o, &view_, PyBUF_WRITABLE)) return {};
  if (!clear_error_if(PyExc_BufferError) && !clear_error_if(PyExc_TypeError)) return Raised{};
  return raise(PyExc_TypeError, "read-write bytes-like object expected, not {}", type_name(o));
}

constinit PyTypeObject FileIO_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_io.FileIO",
    .tp_basicsize = sizeof(FileIO),
    .tp_dealloc = file_dealloc,
    .tp_repr = slot<file_repr>,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = init_doc,
    .tp_traverse = file_traverse,
    .tp_clear = file_clear,
    .tp_weaklistoffset = offsetof(IOBase, weaklist),
    .tp_methods = methods,
    .tp_members = members,
    .tp_getset = getset,
    .tp_base = &RawIOBase_Type,
    .tp_dictoffset = offsetof(IOBase, dict),
    .tp_init = initializer<init_doc, file_init>::tp_init,
    .tp_new = file_new,
};

}  // namespace taipan::io
