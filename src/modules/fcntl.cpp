// Module fcntl: flags, locks and device requests of descriptors.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>

#include "modules/module.h"
#include "modules/modules.h"
#include "modules/posix/posix.h"
#include "types/buffer.h"
#include "object/int.h"
#include "object/str.h"
#include "runtime/audit.h"

namespace taipan {
namespace {

using posix::check;
using posix::descriptor;
using posix::retry;

constexpr Py_ssize_t kBufferSize = 1024;

constexpr char fcntl_doc[] =
    "fcntl($module, fd, cmd, arg=0, /)\n--\n\n"
    "Does an operation on a descriptor. The argument is an integer, or bytes that the system may "
    "change: they are returned.";
Ref<> do_fcntl(PyObject*, PyObject* file, int command, PyObject* argument) {
  int fd = TRY(descriptor(file));
  if (argument && (PyUnicode_Check(argument) || has_buffer(argument))) {
    char buffer[kBufferSize];
    std::string_view data;
    Py_buffer view{};
    if (PyUnicode_Check(argument))
      data = TRY(to_utf8(argument));
    else {
      if (!acquire_buffer(argument, &view, PyBUF_SIMPLE)) return {};
      data = {static_cast<const char*>(view.buf), static_cast<size_t>(view.len)};
    }
    size_t n = data.size();
    if (n <= sizeof buffer) memcpy(buffer, data.data(), n);
    if (view.obj) release_buffer(&view);
    if (n > sizeof buffer) return raise(PyExc_ValueError, "fcntl string arg too long");
    TRY(check(retry([&] { return fcntl(fd, command, buffer); })));
    return new_bytes({buffer, n});
  }
  unsigned value = 0;
  if (argument) {
    Ref<> n = TRY(index(argument));
    int64_t v;
    if (int_to_int64(n.get(), &v))
      return raise(PyExc_OverflowError, "Python int too large to convert to C long");
    value = static_cast<unsigned>(v);
  }
  int r = retry([&] { return fcntl(fd, command, static_cast<int>(value)); });
  TRY(check(r));
  return new_int(r);
}

constexpr char ioctl_doc[] =
    "ioctl($module, fd, request, arg=0, mutate_flag=True, /)\n--\n\n"
    "Sends a request to a device. The argument is an integer, bytes (a changed copy is returned), "
    "or a writable buffer that\n"
    "is changed in place (and the call's result returned) unless mutate_flag is false.";
Ref<> do_ioctl(PyObject*, PyObject* file, long long request, PyObject* argument, bool mutate) {
  int fd = TRY(descriptor(file));
  auto code = static_cast<unsigned>(request);
  char buffer[kBufferSize + 1];
  if (argument) {
    Py_buffer view;
    if (has_buffer(argument) &&
        acquire_buffer(argument, &view, PyBUF_WRITABLE)) {
      int r;
      bool copied = view.len <= kBufferSize;
      char* at = static_cast<char*>(view.buf);
      if (copied) {  // a request may write more than it was given
        memcpy(buffer, view.buf, static_cast<size_t>(view.len));
        buffer[view.len] = 0;
        at = buffer;
      }
      r = mutate && !copied ? posix::unlocked([&] { return ioctl(fd, code, at); })
                            : ioctl(fd, code, at);
      int error = errno;
      if (mutate && copied) memcpy(view.buf, buffer, static_cast<size_t>(view.len));
      Ref<> result;
      if (r < 0)
        (void)raise_os_error(error);
      else
        result = mutate ? new_int(r) : new_bytes({at, static_cast<size_t>(view.len)});
      release_buffer(&view);
      return result;
    }
    clear_error();
    if (PyUnicode_Check(argument) || has_buffer(argument)) {
      std::string_view data;
      Py_buffer read{};
      if (PyUnicode_Check(argument))
        data = TRY(to_utf8(argument));
      else {
        if (!acquire_buffer(argument, &read, PyBUF_SIMPLE)) return {};
        data = {static_cast<const char*>(read.buf), static_cast<size_t>(read.len)};
      }
      size_t n = data.size();
      if (n <= kBufferSize) {
        memcpy(buffer, data.data(), n);
        buffer[n] = 0;
      }
      if (read.obj) release_buffer(&read);
      if (n > kBufferSize) return raise(PyExc_ValueError, "ioctl string arg too long");
      TRY(check(posix::unlocked([&] { return ioctl(fd, code, buffer); })));
      return new_bytes({buffer, n});
    }
    if (!is_index(argument)) {
      return raise(PyExc_TypeError,
                   "ioctl requires a file or file descriptor, an integer and optionally an integer "
                   "or buffer argument");
    }
  }
  int value = 0;
  if (argument) {
    Ref<> n = TRY(index(argument));
    value = static_cast<int>(TRY(to_int64(n.get())));
  }
  int r = posix::unlocked([&] { return ioctl(fd, code, value); });
  TRY(check(r));
  return new_int(r);
}

constexpr char flock_doc[] =
    "flock($module, fd, operation, /)\n--\n\nLocks or unlocks a whole file.";
Status do_flock(PyObject*, PyObject* file, int operation) {
  int fd = TRY(descriptor(file));
  return check(retry([&] { return flock(fd, operation); }));
}

constexpr char lockf_doc[] =
    "lockf($module, fd, cmd, len=0, start=0, whence=0, /)\n--\n\n"
    "Locks or unlocks a part of a file: LOCK_SH, LOCK_EX or LOCK_UN, with LOCK_NB not to wait.";
Status do_lockf(PyObject*, PyObject* file, int command, PyObject* length, PyObject* start,
                int whence) {
  int fd = TRY(descriptor(file));
  struct flock lock{};
  if (command == LOCK_UN)
    lock.l_type = F_UNLCK;
  else if (command & LOCK_SH)
    lock.l_type = F_RDLCK;
  else if (command & LOCK_EX)
    lock.l_type = F_WRLCK;
  else
    return raise(PyExc_ValueError, "unrecognized lockf argument");
  auto number = [](PyObject* o) -> Result<off_t> {
    if (!o) return off_t{0};
    Ref<> n = TRY(index(o));
    return static_cast<off_t>(TRY(to_int64(n.get())));
  };
  lock.l_len = TRY(number(length));
  lock.l_start = TRY(number(start));
  lock.l_whence = static_cast<short>(whence);
  return check(retry([&] { return fcntl(fd, command & LOCK_NB ? F_SETLK : F_SETLKW, &lock); }));
}

Status fill(PyObject* module) {
  static constexpr struct {
    const char* name;
    int value;
  } kNumbers[] = {
#define N(name) {#name, static_cast<int>(name)},
      N(LOCK_SH) N(LOCK_EX) N(LOCK_NB) N(LOCK_UN) N(LOCK_MAND) N(LOCK_READ) N(LOCK_WRITE) N(LOCK_RW)
          N(F_DUPFD) N(F_DUPFD_CLOEXEC) N(F_GETFD) N(F_SETFD) N(F_GETFL) N(F_SETFL) N(F_GETLK)
              N(F_SETLK) N(F_SETLKW) N(F_OFD_GETLK) N(F_OFD_SETLK) N(F_OFD_SETLKW) N(F_GETOWN)
                  N(F_SETOWN) N(F_GETSIG) N(F_SETSIG) N(F_RDLCK) N(F_WRLCK) N(F_UNLCK) N(F_GETLK64)
                      N(F_SETLK64) N(F_SETLKW64) N(FASYNC) N(F_SETLEASE) N(F_GETLEASE) N(F_NOTIFY)
                          N(F_EXLCK) N(F_SHLCK) N(F_SETPIPE_SZ) N(F_GETPIPE_SZ) N(FD_CLOEXEC)
                              N(DN_ACCESS) N(DN_MODIFY) N(DN_CREATE) N(DN_DELETE) N(DN_RENAME)
                                  N(DN_ATTRIB) N(F_ADD_SEALS) N(F_GET_SEALS) N(F_SEAL_SEAL)
                                      N(F_SEAL_SHRINK) N(F_SEAL_GROW) N(F_SEAL_WRITE)
#undef N
  };
  for (auto& row : kNumbers) TRY(add_int_to_module(module, row.name, row.value));
  return add_int_to_module(module, "DN_MULTISHOT", static_cast<unsigned>(DN_MULTISHOT));
}
constinit PyMethodDef methods[] = {method<fcntl_doc, do_fcntl>,
                                   method<ioctl_doc, do_ioctl>,
                                   method<flock_doc, do_flock>,
                                   method<lockf_doc, do_lockf>,
                                   {}};
constexpr char doc[] = "Flags, locks and device requests of file descriptors.";

}  // namespace
}  // namespace taipan

PyObject* init_fcntl() {
  return taipan::define_module<"fcntl", taipan::doc, taipan::fill, taipan::methods>();
}
