// Module _posixsubprocess: the part of subprocess between fork and exec. In the child only
// functions that are safe after fork run (unless there is a preexec_fn): nothing is allocated,
// everything was prepared before.
#include <dirent.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "base/vector.h"
#include "modules/module.h"
#include "modules/modules.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/int.h"
#include "object/str.h"
#include "object/tuple.h"
#include "runtime/audit.h"
#include "runtime/fork.h"
#include "runtime/fs_text.h"

namespace taipan {
namespace {

/// A null-terminated array of C strings that owns its bytes objects.
struct Texts {
  Vector<PyObject*> owners;
  Vector<char*> pointers;
  Status add(Ref<> bytes) {
    char* text = bytes_data(bytes.get());
    if (!owners.append(bytes.release()) || !pointers.append(text)) return raise_no_memory();
    return {};
  }
  Status finish() { return pointers.append(nullptr) ? Status() : raise_no_memory(); }
  ~Texts() {
    for (PyObject* o : owners) Py_DECREF(o);
  }
};

struct Job {
  Texts argv, executables, environment;
  bool has_environment = false;
  Ref<> cwd;
  int p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite, errpipe_read, errpipe_write;
  bool close_fds, restore_signals, new_session;
  int group_to_set, child_umask;
  bool set_groups = false, set_gid = false, set_uid = false;
  gid_t gid = 0;
  uid_t uid = 0;
  Vector<gid_t> groups;
  Vector<int> kept;
  PyObject* preexec = nullptr;
};

Status read_texts(PyObject* sequence, Texts& out) {
  Ref<> items = TRY(to_fast_sequence(sequence, "argv must be a tuple"));
  for (Py_ssize_t i = 0; i < Py_SIZE(items.get()); i++)
    TRY(out.add(TRY(path_bytes(fast_items(items.get())[i]))));
  return out.finish();
}

Result<unsigned> read_id(PyObject* o, const char* what) {
  Ref<> n = TRY(index(o));
  int64_t value;
  if (int_to_int64(n.get(), &value) || value < -1 || value > 0xffffffffLL)
    return raise(PyExc_ValueError, "invalid {}", what);
  return static_cast<unsigned>(value);
}

/// The descriptors to keep must be sorted and none negative.
Status read_kept(PyObject* o, Vector<int>& out) {
  if (!PyTuple_Check(o))
    return raise(PyExc_TypeError, "fork_exec() argument 4 must be tuple, not {}", type_name(o));
  int64_t last = -1;
  for (Py_ssize_t i = 0; i < tuple_size(o); i++) {
    int64_t fd = -1;
    if (!PyLong_Check(item(o, i)) || int_to_int64(item(o, i), &fd) || fd < 0 || fd <= last ||
        fd > INT_MAX)
      return raise(PyExc_ValueError, "bad value(s) in fds_to_keep");
    last = fd;
    if (!out.append(static_cast<int>(fd))) return raise_no_memory();
  }
  return {};
}

// -- in the child ---------------------------------------------------------------------------

bool is_kept(const Job& job, int fd) {
  for (int k : job.kept.span())
    if (k == fd) return true;
  return false;
}

/// Closes everything from 3 on but what is to be kept: the numbers come from /proc, read without
/// the C library's allocating directory functions.
void close_others(const Job& job) {
  struct Entry {
    uint64_t inode;
    int64_t offset;
    unsigned short size;
    unsigned char type;
    char name[256];
  };
  int folder = open("/proc/self/fd", O_RDONLY | O_CLOEXEC);
  if (folder < 0) {
    long limit = sysconf(_SC_OPEN_MAX);
    for (int fd = 3; fd < (limit > 0 ? limit : 256); fd++)
      if (!is_kept(job, fd)) close(fd);
    return;
  }
  alignas(Entry) char buffer[4096];
  long n;
  while ((n = syscall(SYS_getdents64, folder, buffer, sizeof buffer)) > 0) {
    for (long at = 0; at < n;) {
      auto* entry = reinterpret_cast<Entry*>(buffer + at);
      at += entry->size;
      int fd = 0;
      const char* p = entry->name;
      for (; *p >= '0' && *p <= '9'; p++) fd = fd * 10 + (*p - '0');
      if (*p || p == entry->name || fd == folder || fd < 3 || is_kept(job, fd)) continue;
      close(fd);
    }
  }
  close(folder);
}

bool set_inheritable(int fd) {
  int flags = fcntl(fd, F_GETFD);
  return flags >= 0 && fcntl(fd, F_SETFD, flags & ~FD_CLOEXEC) >= 0;
}

/// Puts a pipe's end to its standard place; an end that is there already only loses its
/// close-on-exec mark.
bool place(int fd, int target) {
  if (fd == target) return set_inheritable(fd);
  return fd < 0 || dup2(fd, target) >= 0;
}

/// Everything up to exec. Returns only on failure: what failed is in `where`.
void child(Job& job, const char*& where) {
  where = "";
  for (int fd : job.kept.span())
    if (fd != job.errpipe_write && !set_inheritable(fd)) return;
  for (int fd : {job.p2cwrite, job.c2pread, job.errread})
    if (fd >= 0) close(fd);
  close(job.errpipe_read);
  // A low number that another standard place needs is moved out of the way first.
  if (job.c2pwrite == 0 && (job.c2pwrite = fcntl(job.c2pwrite, F_DUPFD_CLOEXEC, 3)) < 0) return;
  while (job.errwrite == 0 || job.errwrite == 1)
    if ((job.errwrite = fcntl(job.errwrite, F_DUPFD_CLOEXEC, 3)) < 0) return;
  if (!place(job.p2cread, 0) || !place(job.c2pwrite, 1) || !place(job.errwrite, 2)) return;
  if (job.cwd) {
    where = "noexec:chdir";
    if (chdir(bytes_data(job.cwd.get())) < 0) return;
    where = "";
  }
  if (job.child_umask >= 0) umask(static_cast<mode_t>(job.child_umask));
  if (job.restore_signals) {
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_DFL);
  }
  if (job.new_session && setsid() < 0) return;
  if (job.group_to_set >= 0 && setpgid(0, job.group_to_set) < 0) return;
  if (job.set_groups && syscall(SYS_setgroups, job.groups.size(), job.groups.data()) < 0) return;
  if (job.set_gid && syscall(SYS_setregid, job.gid, job.gid) < 0) return;
  if (job.set_uid && syscall(SYS_setreuid, job.uid, job.uid) < 0) return;
  errno = 0;
  if (job.preexec && job.preexec != Py_None) {
    where = "Exception occurred in preexec_fn.";
    if (!call(job.preexec)) return;
    where = "";
  }
  if (job.close_fds) close_others(job);
  int saved = 0;
  char** variables = job.has_environment ? job.environment.pointers.data() : environ;
  for (char* program : job.executables.pointers.span()) {
    if (!program) break;
    execve(program, job.argv.pointers.data(), variables);
    if (errno != ENOENT && errno != ENOTDIR && !saved) saved = errno;
  }
  if (saved) errno = saved;
}

void write_all(int fd, const char* text) { (void)!write(fd, text, strlen(text)); }

/// Tells the parent what failed: "OSError:HEX:where", or "SubprocessError:0:where".
[[noreturn]] void report_failure(int pipe, const char* where) {
  int error = errno;
  if (error) {
    char hex[16];
    int n = 0;
    for (unsigned v = static_cast<unsigned>(error); v; v >>= 4)
      hex[n++] = "0123456789ABCDEF"[v & 15];
    write_all(pipe, "OSError:");
    while (n > 0) (void)!write(pipe, &hex[--n], 1);
    write_all(pipe, ":");
  } else {
    write_all(pipe, "SubprocessError:0:");
  }
  write_all(pipe, where);
  _exit(255);
}

// -- in the parent --------------------------------------------------------------------------

Result<int> number(PyObject* o) {
  Ref<> n = TRY(index(o));
  return static_cast<int>(TRY(to_int64(n.get())));
}

Ref<> fork_exec(PyObject*, Arguments a) {
  if (a.count != 23)
    return raise(PyExc_TypeError, "function takes exactly 23 arguments ({} given)", a.count);
  PyObject* const* x = a.items;
  Job job;
  job.close_fds = TRY(is_true(x[2]));
  TRY(read_kept(x[3], job.kept));
  job.p2cread = TRY(number(x[6]));
  job.p2cwrite = TRY(number(x[7]));
  job.c2pread = TRY(number(x[8]));
  job.c2pwrite = TRY(number(x[9]));
  job.errread = TRY(number(x[10]));
  job.errwrite = TRY(number(x[11]));
  job.errpipe_read = TRY(number(x[12]));
  job.errpipe_write = TRY(number(x[13]));
  job.restore_signals = TRY(is_true(x[14]));
  job.new_session = TRY(is_true(x[15]));
  job.group_to_set = TRY(number(x[16]));
  job.child_umask = TRY(number(x[20]));
  job.preexec = x[21];
  if (job.close_fds && job.errpipe_write < 3)
    return raise(PyExc_ValueError, "errpipe_write must be >= 3");
  TRY(read_texts(x[1], job.executables));
  if (x[0] != Py_None)
    TRY(read_texts(x[0], job.argv));
  else
    TRY(job.argv.finish());
  if (x[5] != Py_None) {
    job.has_environment = true;
    TRY(read_texts(x[5], job.environment));
  }
  if (x[4] != Py_None) job.cwd = TRY(path_bytes(x[4]));
  if (x[18] != Py_None) {
    if (!PyList_Check(x[18])) return raise(PyExc_TypeError, "setgroups argument must be a list");
    job.set_groups = true;
    for (Py_ssize_t i = 0; i < Py_SIZE(x[18]); i++)
      if (!job.groups.append(TRY(read_id(PyList_GET_ITEM(x[18], i), "group id"))))
        return raise_no_memory();
  }
  if (x[17] != Py_None) {
    job.set_gid = true;
    job.gid = TRY(read_id(x[17], "group id"));
  }
  if (x[19] != Py_None) {
    job.set_uid = true;
    job.uid = TRY(read_id(x[19], "user id"));
  }
  bool runs_python = job.preexec != Py_None;
  if (runs_python) before_fork();
  // Signals wait until the child has their handlers under control.
  sigset_t all, old;
  sigfillset(&all);
  if (!runs_python) pthread_sigmask(SIG_BLOCK, &all, &old);
  pid_t pid = fork();
  if (pid == 0) {
    if (runs_python) {
      after_fork_in_child();
    } else {
      for (int s = 1; s < NSIG; s++) {  // caught signals would run the parent's handlers here
        struct sigaction action;
        if (!sigaction(s, nullptr, &action) && action.sa_handler != SIG_DFL &&
            action.sa_handler != SIG_IGN)
          signal(s, SIG_DFL);
      }
      pthread_sigmask(SIG_SETMASK, &old, nullptr);
    }
    const char* where = "";
    child(job, where);
    if (runs_python && pending_error()) errno = 0;
    report_failure(job.errpipe_write, where);
  }
  int error = errno;
  if (!runs_python) pthread_sigmask(SIG_SETMASK, &old, nullptr);
  if (runs_python) after_fork_in_parent();
  if (pid < 0) return raise_os_error(error);
  return new_int(pid);
}

Status fill(PyObject*) { return {}; }
constinit PyMethodDef methods[] = {
    positional_varargs<fork_exec>(
        "fork_exec",
        "fork_exec(args, executable_list, close_fds, pass_fds, cwd, env,\n"
        "          p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite,\n"
        "          errpipe_read, errpipe_write, restore_signals, call_setsid, pgid_to_set,\n"
        "          gid, groups_list, uid, child_umask, preexec_fn, allow_vfork)\n\n"
        "Starts a program in a child process; what goes wrong before exec is told through "
        "errpipe_write."),
    {},
};
constexpr char doc[] = "The part of subprocess that must run between fork and exec.";

}  // namespace
}  // namespace taipan

PyObject* init_posixsubprocess() {
  return taipan::define_module<"_posixsubprocess", taipan::doc, taipan::fill, taipan::methods>();
}
