// posix: what is done with descriptors.
#include <fcntl.h>
#include <pty.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/sendfile.h>
#include <sys/uio.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#include "base/vector.h"
#include "modules/posix/posix.h"
#include "object/int.h"
#include "object/str.h"
#include "object/tuple.h"
#include "runtime/audit.h"
#include "types/buffer.h"

namespace taipan::posix {
namespace {

// Python's descriptors are not inherited unless somebody asks for it (PEP 446).

constexpr char open_doc[] =
    "open($module, /, path, flags, mode=511, *, dir_fd=None)\n--\n\n"
    "Opens a file; returns its descriptor. A relative path starts at the directory dir_fd.";
Result<int> open_file(PyObject*, PyObject* path, int flags, int mode, PyObject* dir_fd) {
  Path p;
  TRY(p.parse(path, "open", "path", kPathOnly));
  int at = TRY(directory_descriptor(dir_fd));
  if (has_audit_hooks()) {
    Ref<> f = TRY(new_int(flags));
    TRY(audit("open", {path, Py_None, f.get()}));
  }
  int fd = retry([&] { return openat(at, p.text(), flags | O_CLOEXEC, mode); });
  if (fd >= 0) return fd;
  if (pending_error()) return Raised{};
  return p.raise_errno();
}

constexpr char close_doc[] = "close($module, /, fd)\n--\n\nCloses a descriptor.";
Status close_file(PyObject*, int fd) {
  int r = unlocked([&] { return close(fd); });
  if (r < 0 && errno != EINTR) return raise_errno();
  return {};
}

constexpr char closerange_doc[] =
    "closerange($module, fd_low, fd_high, /)\n--\n\nCloses all descriptors from fd_low to below "
    "fd_high; errors are ignored.";
void closerange(PyObject*, int low, int high) {
  WithoutGil without;
  for (int fd = low < 0 ? 0 : low; fd < high; fd++) close(fd);
}

constexpr char dup_doc[] = "dup($module, fd, /)\n--\n\nAnother descriptor of the same open file.";
Result<int> dup_file(PyObject*, int fd) {
  int r = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  TRY(check(r));
  return r;
}
constexpr char dup2_doc[] =
    "dup2($module, /, fd, fd2, inheritable=True)\n--\n\nMakes fd2 another descriptor of the open "
    "file fd.";
Result<int> dup2_file(PyObject*, int fd, int fd2, bool inheritable) {
  if (fd < 0 || fd2 < 0) {
    errno = EBADF;
    return raise_errno();
  }
  int r = unlocked([&] { return inheritable ? dup2(fd, fd2) : dup3(fd, fd2, O_CLOEXEC); });
  TRY(check(r));
  return r;
}

constexpr char read_doc[] =
    "read($module, fd, length, /)\n--\n\nReads so many bytes at most; b'' at the end.";
Ref<> read_file_bytes(PyObject*, int fd, Py_ssize_t length) {
  if (length < 0) {
    errno = EINVAL;
    return raise_errno();
  }
  Ref<> buffer = TRY(allocate_bytes(length));
  ssize_t n =
      retry([&] { return read(fd, bytes_data(buffer.get()), static_cast<size_t>(length)); });
  TRY(check(n));
  if (n == length) return buffer;
  PyObject* raw = buffer.release();
  if (!resize_bytes(&raw, n)) return {};
  return adopt(raw);
}

constexpr char pread_doc[] =
    "pread($module, fd, length, offset, /)\n--\n\nReads at a position; the file's own stays.";
Ref<> pread_bytes(PyObject*, int fd, int length, long long offset) {
  if (length < 0) {
    errno = EINVAL;
    return raise_errno();
  }
  Ref<> buffer = TRY(allocate_bytes(length));
  ssize_t n = retry(
      [&] { return pread(fd, bytes_data(buffer.get()), static_cast<size_t>(length), offset); });
  TRY(check(n));
  if (n == length) return buffer;
  PyObject* raw = buffer.release();
  if (!resize_bytes(&raw, n)) return {};
  return adopt(raw);
}

/// A bytes-like argument for the length of a call.
struct Data {
  Py_buffer view{};
  bool ok;
  Data(PyObject* o, int flags) : ok(bool(acquire_buffer(o, &view, flags))) {}
  ~Data() {
    if (ok) release_buffer(&view);
  }
};

constexpr char write_doc[] =
    "write($module, fd, data, /)\n--\n\nWrites bytes; returns how many were taken.";
Result<Py_ssize_t> write_bytes(PyObject*, int fd, PyObject* data) {
  Data d(data, PyBUF_SIMPLE);
  if (!d.ok) return Raised{};
  ssize_t n = retry([&] { return write(fd, d.view.buf, static_cast<size_t>(d.view.len)); });
  TRY(check(n));
  return n;
}
constexpr char pwrite_doc[] =
    "pwrite($module, fd, buffer, offset, /)\n--\n\nWrites at a position; the file's own stays.";
Result<Py_ssize_t> pwrite_bytes(PyObject*, int fd, PyObject* data, long long offset) {
  Data d(data, PyBUF_SIMPLE);
  if (!d.ok) return Raised{};
  ssize_t n =
      retry([&] { return pwrite(fd, d.view.buf, static_cast<size_t>(d.view.len), offset); });
  TRY(check(n));
  return n;
}

/// The buffers of a sequence as the system wants them.
class Buffers {
 public:
  Status collect(PyObject* sequence, const char* function, int flags) {
    if (!is_sequence(sequence))
      return raise(PyExc_TypeError, "{}() arg 2 must be a sequence", function);
    Ref<> items = TRY(to_fast_sequence(sequence, "a sequence is required"));
    for (Py_ssize_t i = 0; i < Py_SIZE(items.get()); i++) {
      Py_buffer view;
      TRY(acquire_buffer(fast_items(items.get())[i], &view, flags));
      if (!views_.append(view) || !parts_.append({view.buf, static_cast<size_t>(view.len)})) {
        release_buffer(&view);
        return raise_no_memory();
      }
    }
    return {};
  }
  ~Buffers() {
    for (Py_buffer& v : views_) release_buffer(&v);
  }
  const iovec* parts() { return parts_.data(); }
  int count() const { return static_cast<int>(parts_.size()); }

 private:
  Vector<Py_buffer> views_;
  Vector<iovec> parts_;
};

constexpr char readv_doc[] =
    "readv($module, fd, buffers, /)\n--\n\nReads into several buffers in turn.";
Result<Py_ssize_t> readv_into(PyObject*, int fd, PyObject* buffers) {
  Buffers b;
  TRY(b.collect(buffers, "readv", PyBUF_WRITABLE));
  ssize_t n = retry([&] { return readv(fd, b.parts(), b.count()); });
  TRY(check(n));
  return n;
}
constexpr char writev_doc[] =
    "writev($module, fd, buffers, /)\n--\n\nWrites several buffers in turn.";
Result<Py_ssize_t> writev_from(PyObject*, int fd, PyObject* buffers) {
  Buffers b;
  TRY(b.collect(buffers, "writev", PyBUF_SIMPLE));
  ssize_t n = retry([&] { return writev(fd, b.parts(), b.count()); });
  TRY(check(n));
  return n;
}
constexpr char preadv_doc[] =
    "preadv($module, fd, buffers, offset, flags=0, /)\n--\n\nReads into several buffers, from a "
    "position.";
Result<Py_ssize_t> preadv_into(PyObject*, int fd, PyObject* buffers, long long offset, int flags) {
  Buffers b;
  TRY(b.collect(buffers, "preadv2", PyBUF_WRITABLE));
  ssize_t n = retry([&] { return preadv2(fd, b.parts(), b.count(), offset, flags); });
  TRY(check(n));
  return n;
}
constexpr char pwritev_doc[] =
    "pwritev($module, fd, buffers, offset, flags=0, /)\n--\n\nWrites several buffers, to a "
    "position.";
Result<Py_ssize_t> pwritev_from(PyObject*, int fd, PyObject* buffers, long long offset, int flags) {
  Buffers b;
  TRY(b.collect(buffers, "pwritev2", PyBUF_SIMPLE));
  ssize_t n = retry([&] { return pwritev2(fd, b.parts(), b.count(), offset, flags); });
  TRY(check(n));
  return n;
}

constexpr char lseek_doc[] =
    "lseek($module, fd, position, how, /)\n--\n\nMoves the file's position and returns it.";
Ref<> lseek_file(PyObject*, int fd, long long position, int how) {
  off_t r = unlocked([&] { return lseek(fd, position, how); });
  TRY(check(r));
  return new_int(r);
}

constexpr char sendfile_doc[] =
    "sendfile($module, /, out_fd, in_fd, offset, count)\n--\n\nCopies bytes from one descriptor to "
    "another.";
Result<Py_ssize_t> send_file(PyObject*, int out_fd, int in_fd, PyObject* offset, Py_ssize_t count) {
  ssize_t n;
  if (offset == Py_None) {
    n = retry([&] { return sendfile(out_fd, in_fd, nullptr, static_cast<size_t>(count)); });
  } else {
    Ref<> number = TRY(index(offset));
    off_t at = TRY(to_int64(number.get()));
    n = retry([&] { return sendfile(out_fd, in_fd, &at, static_cast<size_t>(count)); });
  }
  TRY(check(n));
  return n;
}

/// An optional offset argument; `at` is where its value goes.
Result<off_t*> optional_offset(PyObject* o, off_t& at) {
  if (o == Py_None) return static_cast<off_t*>(nullptr);
  Ref<> number = TRY(index(o));
  at = TRY(to_int64(number.get()));
  return &at;
}
constexpr char copy_file_range_doc[] =
    "copy_file_range($module, /, src, dst, count, offset_src=None,\n                "
    "offset_dst=None)\n--\n\n"
    "Copies bytes from one file to another inside the system.";
Result<Py_ssize_t> copy_range(PyObject*, int src, int dst, Py_ssize_t count, PyObject* offset_src,
                              PyObject* offset_dst) {
  if (count < 0) return raise(PyExc_ValueError, "negative value for 'count' not allowed");
  off_t from, to;
  off_t* from_at = TRY(optional_offset(offset_src, from));
  off_t* to_at = TRY(optional_offset(offset_dst, to));
  ssize_t n = retry(
      [&] { return copy_file_range(src, from_at, dst, to_at, static_cast<size_t>(count), 0); });
  TRY(check(n));
  return n;
}
constexpr char splice_doc[] =
    "splice($module, /, src, dst, count, offset_src=None, offset_dst=None,\n       flags=0)\n--\n\n"
    "Moves bytes between two descriptors, one of which is a pipe.";
Result<Py_ssize_t> splice_files(PyObject*, int src, int dst, Py_ssize_t count, PyObject* offset_src,
                                PyObject* offset_dst, uint32_t flags) {
  if (count < 0) return raise(PyExc_ValueError, "negative value for 'count' not allowed");
  off_t from, to;
  off_t* from_at = TRY(optional_offset(offset_src, from));
  off_t* to_at = TRY(optional_offset(offset_dst, to));
  ssize_t n =
      retry([&] { return splice(src, from_at, dst, to_at, static_cast<size_t>(count), flags); });
  TRY(check(n));
  return n;
}

constexpr char isatty_doc[] = "isatty($module, fd, /)\n--\n\nIs the descriptor a terminal's?";
bool is_terminal(PyObject*, int fd) { return isatty(fd); }

Ref<> pair_of(int a, int b) {
  Ref<> x = TRY(new_int(a)), y = TRY(new_int(b));
  return tuple_of({x.get(), y.get()});
}
constexpr char pipe_doc[] = "pipe($module, /)\n--\n\nA new pipe: its reading and its writing end.";
Ref<> make_pipe(PyObject*) {
  int fds[2];
  TRY(check(pipe2(fds, O_CLOEXEC)));
  return pair_of(fds[0], fds[1]);
}
constexpr char pipe2_doc[] =
    "pipe2($module, flags, /)\n--\n\nA new pipe with these flags, and no others.";
Ref<> make_pipe2(PyObject*, int flags) {
  int fds[2];
  TRY(check(pipe2(fds, flags)));
  return pair_of(fds[0], fds[1]);
}

constexpr char ftruncate_doc[] =
    "ftruncate($module, fd, length, /)\n--\n\nCuts or extends a file to a length.";
Status truncate_descriptor(PyObject*, int fd, long long length) {
  return check(retry([&] { return ftruncate(fd, length); }));
}
constexpr char fallocate_doc[] =
    "posix_fallocate($module, fd, offset, length, /)\n--\n\nMakes sure that the file has room "
    "there.";
Status fallocate_file(PyObject*, int fd, long long offset, long long length) {
  int error = unlocked([&] { return posix_fallocate(fd, offset, length); });
  return error ? raise_os_error(error) : Status();
}
constexpr char fadvise_doc[] =
    "posix_fadvise($module, fd, offset, length, advice, /)\n--\n\nTells the system how a part of a "
    "file will be used.";
Status fadvise_file(PyObject*, int fd, long long offset, long long length, int advice) {
  int error = unlocked([&] { return posix_fadvise(fd, offset, length, advice); });
  return error ? raise_os_error(error) : Status();
}

constexpr char fsync_doc[] = "fsync($module, /, fd)\n--\n\nWaits until the file is on the disk.";
Status sync_file(PyObject*, PyObject* fd) {
  int d = TRY(descriptor(fd));
  return check(retry([&] { return fsync(d); }));
}
constexpr char fdatasync_doc[] =
    "fdatasync($module, /, fd)\n--\n\nWaits until the file's data is on the disk.";
Status sync_data(PyObject*, PyObject* fd) {
  int d = TRY(descriptor(fd));
  return check(retry([&] { return fdatasync(d); }));
}
constexpr char sync_doc[] = "sync($module, /)\n--\n\nStarts writing everything to the disks.";
void sync_all(PyObject*) {
  WithoutGil without;
  sync();
}

constexpr char lockf_doc[] =
    "lockf($module, fd, command, length, /)\n--\n\nLocks, tests or unlocks a part of a file.";
Status lock_file(PyObject*, int fd, int command, long long length) {
  return check(unlocked([&] { return lockf(fd, command, length); }));
}

// -- flags of descriptors -------------------------------------------------------------------

constexpr char get_inheritable_doc[] =
    "get_inheritable($module, fd, /)\n--\n\nDo child processes get the descriptor?";
Result<bool> get_inheritable(PyObject*, int fd) {
  int flags = fcntl(fd, F_GETFD);
  TRY(check(flags));
  return !(flags & FD_CLOEXEC);
}
constexpr char set_inheritable_doc[] =
    "set_inheritable($module, fd, inheritable, /)\n--\n\nSays whether child processes get the "
    "descriptor.";
Status set_inheritable(PyObject*, int fd, int inheritable) {
  int flags = fcntl(fd, F_GETFD);
  TRY(check(flags));
  return check(fcntl(fd, F_SETFD, inheritable ? flags & ~FD_CLOEXEC : flags | FD_CLOEXEC));
}
constexpr char get_blocking_doc[] = "get_blocking($module, fd, /)\n--\n\nDo reads and writes wait?";
Result<bool> get_blocking(PyObject*, int fd) {
  int flags = fcntl(fd, F_GETFL);
  TRY(check(flags));
  return !(flags & O_NONBLOCK);
}
constexpr char set_blocking_doc[] =
    "set_blocking($module, fd, blocking, /)\n--\n\nSays whether reads and writes wait.";
Status set_blocking(PyObject*, int fd, bool blocking) {
  int flags = fcntl(fd, F_GETFL);
  TRY(check(flags));
  return check(fcntl(fd, F_SETFL, blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK));
}

// -- terminals ------------------------------------------------------------------------------

constexpr char ttyname_doc[] =
    "ttyname($module, fd, /)\n--\n\nThe name of the terminal behind a descriptor.";
Ref<> terminal_name(PyObject*, int fd) {
  char name[4096];
  if (int error = ttyname_r(fd, name, sizeof name)) return raise_os_error(error);
  return text_or_bytes(name, false);
}
constexpr char ctermid_doc[] = "ctermid($module, /)\n--\n\nThe name of the controlling terminal.";
Ref<> control_terminal(PyObject*) {
  char name[L_ctermid];
  ctermid(name);
  return text_or_bytes(name, false);
}
constexpr char openpty_doc[] = "openpty($module, /)\n--\n\nA new pseudo-terminal: its two ends.";
Ref<> open_terminal(PyObject*) {
  int master, slave;
  TRY(check(openpty(&master, &slave, nullptr, nullptr, nullptr)));
  fcntl(master, F_SETFD, FD_CLOEXEC);
  fcntl(slave, F_SETFD, FD_CLOEXEC);
  return pair_of(master, slave);
}
constexpr char login_tty_doc[] =
    "login_tty($module, fd, /)\n--\n\nMakes a terminal the process's own.";
Status take_terminal(PyObject*, PyObject* fd) {
  int d = TRY(descriptor(fd));
  return check(login_tty(d));
}
constexpr char tcgetpgrp_doc[] =
    "tcgetpgrp($module, fd, /)\n--\n\nThe process group in a terminal's foreground.";
Result<int> get_foreground(PyObject*, int fd) {
  pid_t group = tcgetpgrp(fd);
  TRY(check(group));
  return static_cast<int>(group);
}
constexpr char tcsetpgrp_doc[] =
    "tcsetpgrp($module, fd, pgid, /)\n--\n\nPuts a process group into the foreground.";
Status set_foreground(PyObject*, int fd, int group) { return check(tcsetpgrp(fd, group)); }

constexpr char device_encoding_doc[] =
    "device_encoding($module, /, fd)\n--\n\nThe encoding of a terminal; None for other files.";
Ref<> device_encoding(PyObject*, int fd) { return isatty(fd) ? share("utf-8"_name) : none(); }

// -- files without a name -------------------------------------------------------------------

constexpr char memfd_doc[] =
    "memfd_create($module, /, name, flags=MFD_CLOEXEC)\n--\n\nA file in memory.";
Ref<> make_memory_file(PyObject*, Arguments args) {
  static constexpr char text[] = "memfd_create(name, flags=1)\n--\n\n";
  static constexpr Signature kSig = parse_signature(text);
  PyObject* given[2]{};
  if (!bind_keywords(kSig, args.items, args.count, args.names, given)) return {};
  Path name;
  TRY(name.parse(given[0], "memfd_create", "name", kPathOnly));
  unsigned flags = MFD_CLOEXEC;
  if (given[1]) {
    Ref<> n = TRY(index(given[1]));
    flags = static_cast<unsigned>(TRY(to_int64(n.get())));
  }
  int fd = unlocked([&] { return memfd_create(name.text(), flags); });
  TRY(check(fd));
  return new_int(fd);
}
Ref<> make_event(PyObject*, Arguments args) {
  static constexpr char text[] = "eventfd(initval, flags=1)\n--\n\n";
  static constexpr Signature kSig = parse_signature(text);
  PyObject* given[2]{};
  if (!bind_keywords(kSig, args.items, args.count, args.names, given)) return {};
  Ref<> n = TRY(index(given[0]));
  int64_t initial = TRY(to_int64(n.get()));
  int flags = EFD_CLOEXEC;
  if (given[1]) {
    Ref<> f = TRY(index(given[1]));
    flags = static_cast<int>(TRY(to_int64(f.get())));
  }
  int fd = eventfd(static_cast<unsigned>(initial), flags);
  TRY(check(fd));
  return new_int(fd);
}
constexpr char eventfd_read_doc[] =
    "eventfd_read($module, /, fd)\n--\n\nTakes an event counter's value.";
Ref<> read_event(PyObject*, PyObject* fd) {
  int d = TRY(descriptor(fd));
  eventfd_t value;
  TRY(check(retry([&] { return eventfd_read(d, &value); })));
  return new_int_unsigned(value);
}
constexpr char eventfd_write_doc[] =
    "eventfd_write($module, /, fd, value)\n--\n\nAdds to an event counter.";
Status write_event(PyObject*, PyObject* fd, long long value) {
  int d = TRY(descriptor(fd));
  return check(retry([&] { return eventfd_write(d, static_cast<eventfd_t>(value)); }));
}

}  // namespace

constinit PyMethodDef file_functions[] = {
    method<open_doc, open_file>,
    method<close_doc, close_file>,
    method<closerange_doc, closerange>,
    method<dup_doc, dup_file>,
    method<dup2_doc, dup2_file>,
    method<read_doc, read_file_bytes>,
    method<pread_doc, pread_bytes>,
    method<write_doc, write_bytes>,
    method<pwrite_doc, pwrite_bytes>,
    method<readv_doc, readv_into>,
    method<writev_doc, writev_from>,
    method<preadv_doc, preadv_into>,
    method<pwritev_doc, pwritev_from>,
    method<lseek_doc, lseek_file>,
    method<sendfile_doc, send_file>,
    method<copy_file_range_doc, copy_range>,
    method<splice_doc, splice_files>,
    method<isatty_doc, is_terminal>,
    method<pipe_doc, make_pipe>,
    method<pipe2_doc, make_pipe2>,
    method<ftruncate_doc, truncate_descriptor>,
    method<fallocate_doc, fallocate_file>,
    method<fadvise_doc, fadvise_file>,
    method<fsync_doc, sync_file>,
    method<fdatasync_doc, sync_data>,
    method<sync_doc, sync_all>,
    method<lockf_doc, lock_file>,
    method<get_inheritable_doc, get_inheritable>,
    method<set_inheritable_doc, set_inheritable>,
    method<get_blocking_doc, get_blocking>,
    method<set_blocking_doc, set_blocking>,
    method<ttyname_doc, terminal_name>,
    method<ctermid_doc, control_terminal>,
    method<openpty_doc, open_terminal>,
    method<login_tty_doc, take_terminal>,
    method<tcgetpgrp_doc, get_foreground>,
    method<tcsetpgrp_doc, set_foreground>,
    method<device_encoding_doc, device_encoding>,
    varargs<make_memory_file>("memfd_create", memfd_doc),
    varargs<make_event>("eventfd",
                        "eventfd($module, /, initval, flags=EFD_CLOEXEC)\n--\n\nA counter for "
                        "events between threads or processes."),
    method<eventfd_read_doc, read_event>,
    method<eventfd_write_doc, write_event>,
    {},
};

}  // namespace taipan::posix
