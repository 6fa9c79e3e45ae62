// posix: processes: fork, exec, wait, signals, users and groups, sessions.
#include <fcntl.h>
#include <grp.h>
#include <pty.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "base/vector.h"
#include "modules/posix/posix.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/int.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "runtime/audit.h"
#include "runtime/fork.h"
#include "runtime/fs_text.h"
#include "runtime/import.h"
#include "types/module.h"
#include "types/struct_sequence.h"

extern char** environ;

namespace taipan::posix {
namespace {

// -- fork -----------------------------------------------------------------------------------

Ref<> register_at_fork(PyObject*, Arguments args) {
  static constexpr char text[] =
      "register_at_fork(*, before=<unrepresentable>, after_in_child=<unrepresentable>, "
      "after_in_parent=<unrepresentable>)\n--\n\n";
  static constexpr Signature kSig = parse_signature(text);
  PyObject* given[3]{};
  if (!bind_keywords(kSig, args.items, args.count, args.names, given)) return {};
  if (!given[0] && !given[1] && !given[2])
    return raise(PyExc_TypeError, "At least one argument is required.");
  const char* names[] = {"before", "after_in_child", "after_in_parent"};
  for (int i = 0; i < 3; i++) {
    if (given[i] && !is_callable(given[i]))
      return raise(PyExc_TypeError, "'{}' must be callable, not {}", names[i], type_name(given[i]));
  }
  for (int i = 0; i < 3; i++)
    if (given[i]) TRY(add_fork_hook(static_cast<ForkPoint>(i), given[i]));
  return none();
}

constexpr char fork_doc[] =
    "fork($module, /)\n--\n\nMakes a child process: 0 in the child, the child's number in the "
    "parent.";
Result<int> fork_process(PyObject*) {
  TRY(audit("os.fork", {}));
  before_fork();
  pid_t pid = fork();
  int error = errno;
  if (pid == 0)
    after_fork_in_child();
  else
    after_fork_in_parent();
  errno = error;
  if (pid < 0) return raise_errno();
  return static_cast<int>(pid);
}
constexpr char forkpty_doc[] =
    "forkpty($module, /)\n--\n\nfork() with a new pseudo-terminal for the child: number and "
    "descriptor.";
Ref<> fork_terminal(PyObject*) {
  before_fork();
  int master = -1;
  pid_t pid = forkpty(&master, nullptr, nullptr, nullptr);
  int error = errno;
  if (pid == 0)
    after_fork_in_child();
  else
    after_fork_in_parent();
  errno = error;
  if (pid < 0) return raise_errno();
  Ref<> a = TRY(new_int(pid)), b = TRY(new_int(master));
  return tuple_of({a.get(), b.get()});
}

// -- exec -----------------------------------------------------------------------------------

/// A null-terminated array of C strings, and who owns them.
class Strings {
 public:
  Status add(PyObject* o) {
    Ref<> text = TRY(path_bytes(o));
    char* data = bytes_data(text.get());
    PyObject* owned = text.release();
    if (!owners_.append(owned) || !texts_.append(data)) return raise_no_memory();
    return {};
  }
  Status add_pair(PyObject* key, PyObject* value) {
    Ref<> k = TRY(path_bytes(key)), v = TRY(path_bytes(value));
    if (bytes_view(k.get()).find('=', 1) != std::string_view::npos || bytes_view(k.get()).empty())
      return raise(PyExc_ValueError, "illegal environment variable name");
    BytesBuilder both;
    if (!both.add(bytes_view(k.get())) || !both.add('=') || !both.add(bytes_view(v.get())))
      return Raised{};
    Ref<> joined = TRY(both.finish());
    return add(joined.get());
  }
  char** finish() { return texts_.append(nullptr) ? texts_.data() : nullptr; }
  ~Strings() {
    for (PyObject* o : owners_) Py_DECREF(o);
  }

 private:
  Vector<PyObject*> owners_;
  Vector<char*> texts_;
};

Status read_arguments(const char* function, PyObject* argv, Strings& out) {
  if (!PyList_Check(argv) && !PyTuple_Check(argv))
    return raise(PyExc_TypeError, "{}: argv must be a tuple or list", function);
  Py_ssize_t n = Py_SIZE(argv);
  if (n < 1) return raise(PyExc_ValueError, "{}: argv must not be empty", function);
  for (Py_ssize_t i = 0; i < n && i < Py_SIZE(argv); i++) TRY(out.add(fast_items(argv)[i]));
  PyObject* first = fast_items(argv)[0];
  Ref<> text = TRY(path_bytes(first));
  if (!Py_SIZE(text.get()))
    return raise(PyExc_ValueError, "{}: argv first element cannot be empty", function);
  return {};
}
Status read_environment(PyObject* env, Strings& out) {
  Ref<> items = TRY(mapping_items(env));
  for (Py_ssize_t i = 0; i < Py_SIZE(items.get()); i++) {
    PyObject* pair = PyList_GET_ITEM(items.get(), i);
    TRY(out.add_pair(item(pair, 0), item(pair, 1)));
  }
  return {};
}

constexpr char execv_doc[] =
    "execv($module, path, argv, /)\n--\n\nReplaces the process by another program.";
Status exec_program(PyObject*, PyObject* path, PyObject* argv) {
  Path p;
  TRY(p.parse(path, "execv", "path", kPathOnly));
  Strings args;
  TRY(read_arguments("execv()", argv, args));
  execv(p.text(), args.finish());
  return p.raise_errno();
}
constexpr char execve_doc[] =
    "execve($module, /, path, argv, env)\n--\n\nReplaces the process by another program with "
    "another environment.";
Status exec_program_env(PyObject*, PyObject* path, PyObject* argv, PyObject* env) {
  Path p;
  TRY(p.parse(path, "execve", "path", kDescriptor));
  if (!is_mapping(env))
    return raise(PyExc_TypeError, "execve: environment must be a mapping object");
  Strings args, variables;
  TRY(read_arguments("execve:", argv, args));
  TRY(read_environment(env, variables));
  if (p.is_descriptor())
    fexecve(p.fd(), args.finish(), variables.finish());
  else
    execve(p.text(), args.finish(), variables.finish());
  return p.raise_errno();
}

// -- spawn ----------------------------------------------------------------------------------

Status read_signals(PyObject* o, sigset_t& set) {
  sigemptyset(&set);
  return for_each(o, [&](PyObject* member) -> Status {
    Ref<> n = TRY(index(member));
    int64_t number = TRY(to_int64(n.get()));
    if (number < 1 || number >= NSIG)
      return raise(PyExc_ValueError, "signal number {} out of range [1; {}]", number, NSIG - 1);
    sigaddset(&set, static_cast<int>(number));
    return {};
  });
}

Status read_actions(PyObject* o, posix_spawn_file_actions_t& actions, Vector<PyObject*>& owners) {
  Ref<> list = TRY(to_fast_sequence(o, "file_actions must be a sequence or None"));
  for (Py_ssize_t i = 0; i < Py_SIZE(list.get()); i++) {
    PyObject* row = fast_items(list.get())[i];
    if (!PyTuple_Check(row) || !tuple_size(row))
      return raise(PyExc_TypeError, "Each file_actions element must be a non-empty tuple");
    int64_t tag = TRY(to_int64(item(row, 0)));
    auto number = [&](Py_ssize_t k) -> Result<int> {
      Ref<> n = TRY(index(item(row, k)));
      return static_cast<int>(TRY(to_int64(n.get())));
    };
    Py_ssize_t n = tuple_size(row);
    int error = 0;
    if (tag == 0 && n == 5) {  // open: fd, path, flags, mode
      int fd = TRY(number(1));
      Ref<> path = TRY(path_bytes(item(row, 2)));
      int flags = TRY(number(3)), mode = TRY(number(4));
      const char* text = bytes_data(path.get());
      if (!owners.append(path.release())) return raise_no_memory();
      error =
          posix_spawn_file_actions_addopen(&actions, fd, text, flags, static_cast<mode_t>(mode));
    } else if (tag == 1 && n == 2) {
      error = posix_spawn_file_actions_addclose(&actions, TRY(number(1)));
    } else if (tag == 2 && n == 3) {
      int fd = TRY(number(1));
      error = posix_spawn_file_actions_adddup2(&actions, fd, TRY(number(2)));
    } else if (tag >= 0 && tag <= 2) {
      return raise(PyExc_TypeError, "A {} file_action tuple must have {} elements",
                   tag == 0   ? "open"
                   : tag == 1 ? "close"
                              : "dup2",
                   tag == 0   ? 5
                   : tag == 1 ? 2
                              : 3);
    } else {
      return raise(PyExc_TypeError, "Unknown file_actions identifier");
    }
    if (error) return raise_os_error(error);
  }
  return {};
}

constexpr char spawn_text[] =
    "posix_spawn(path, argv, env, /, *, file_actions=(), setpgroup=<unrepresentable>, "
    "resetids=False, setsid=False, "
    "setsigmask=(), setsigdef=(), scheduler=<unrepresentable>)\n--\n\n";

Ref<> spawn(const char* function, Arguments args, bool search) {
  static constexpr Signature kSig = parse_signature(spawn_text);
  PyObject* g[10]{};
  if (!bind_keywords(kSig, args.items, args.count, args.names, g)) return {};
  Path p;
  TRY(p.parse(g[0], function, "path", kPathOnly));
  Strings argv, variables;
  TRY(read_arguments(function, g[1], argv));
  char** env = environ;
  if (g[2] != Py_None) {
    if (!is_mapping(g[2]))
      return raise(PyExc_TypeError, "{}: environment must be a mapping object or None", function);
    TRY(read_environment(g[2], variables));
    env = variables.finish();
  }
  struct Attributes {
    posix_spawnattr_t value;
    posix_spawn_file_actions_t actions;
    Vector<PyObject*> owners;
    Attributes() {
      posix_spawnattr_init(&value);
      posix_spawn_file_actions_init(&actions);
    }
    ~Attributes() {
      posix_spawnattr_destroy(&value);
      posix_spawn_file_actions_destroy(&actions);
      for (PyObject* o : owners) Py_DECREF(o);
    }
  } a;
  if (g[3] && g[3] != Py_None) TRY(read_actions(g[3], a.actions, a.owners));
  short flags = 0;
  if (g[4]) {
    Ref<> n = TRY(index(g[4]));
    posix_spawnattr_setpgroup(&a.value, static_cast<pid_t>(TRY(to_int64(n.get()))));
    flags |= POSIX_SPAWN_SETPGROUP;
  }
  if (g[5] && TRY(is_true(g[5]))) flags |= POSIX_SPAWN_RESETIDS;
  if (g[6] && TRY(is_true(g[6]))) flags |= POSIX_SPAWN_SETSID;
  sigset_t set;
  if (g[7]) {
    TRY(read_signals(g[7], set));
    posix_spawnattr_setsigmask(&a.value, &set);
    flags |= POSIX_SPAWN_SETSIGMASK;
  }
  if (g[8]) {
    TRY(read_signals(g[8], set));
    posix_spawnattr_setsigdefault(&a.value, &set);
    flags |= POSIX_SPAWN_SETSIGDEF;
  }
  posix_spawnattr_setflags(&a.value, flags);
  pid_t pid;
  int error = unlocked([&] {
    return search ? posix_spawnp(&pid, p.text(), &a.actions, &a.value, argv.finish(), env)
                  : posix_spawn(&pid, p.text(), &a.actions, &a.value, argv.finish(), env);
  });
  if (error) return raise_os_error(error, g[0]);
  return new_int(pid);
}
Ref<> spawn_path(PyObject*, Arguments args) { return spawn("posix_spawn", args, false); }
Ref<> spawn_search(PyObject*, Arguments args) { return spawn("posix_spawnp", args, true); }

// -- wait -----------------------------------------------------------------------------------

Ref<> pair_of(int64_t a, int64_t b) {
  Ref<> x = TRY(new_int(a)), y = TRY(new_int(b));
  return tuple_of({x.get(), y.get()});
}
constexpr char waitpid_doc[] =
    "waitpid($module, pid, options, /)\n--\n\nWaits for a child: its number and status.";
Ref<> wait_for(PyObject*, int pid, int options) {
  int status = 0;
  pid_t r = retry([&] { return waitpid(pid, &status, options); });
  TRY(check(r));
  return pair_of(r, status);
}
constexpr char wait_doc[] = "wait($module, /)\n--\n\nWaits for any child: its number and status.";
Ref<> wait_any(PyObject*) {
  int status = 0;
  pid_t r = retry([&] { return ::wait(&status); });
  TRY(check(r));
  return pair_of(r, status);
}
Ref<> usage_result(pid_t pid, int status, const rusage& u) {
  Ref<> type = TRY(import_attribute("resource", "struct_rusage"));
  auto seconds = [](const timeval& t) {
    return new_float(static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec));
  };
  StructFiller f(reinterpret_cast<PyTypeObject*>(type.get()));
  f.add(seconds(u.ru_utime));
  f.add(seconds(u.ru_stime));
  for (long n : {u.ru_maxrss, u.ru_ixrss, u.ru_idrss, u.ru_isrss, u.ru_minflt, u.ru_majflt,
                 u.ru_nswap, u.ru_inblock, u.ru_oublock, u.ru_msgsnd, u.ru_msgrcv, u.ru_nsignals,
                 u.ru_nvcsw, u.ru_nivcsw})
    f.add(new_int(n));
  Ref<> usage = TRY(f.finish());
  Ref<> p = TRY(new_int(pid)), s = TRY(new_int(status));
  return tuple_of({p.get(), s.get(), usage.get()});
}
constexpr char wait3_doc[] =
    "wait3($module, /, options)\n--\n\nWaits for any child: its number, status and use of "
    "resources.";
Ref<> wait_usage(PyObject*, int options) {
  int status = 0;
  rusage usage{};
  pid_t r = retry([&] { return wait3(&status, options, &usage); });
  TRY(check(r));
  return usage_result(r, status, usage);
}
constexpr char wait4_doc[] =
    "wait4($module, /, pid, options)\n--\n\nWaits for a child: its number, status and use of "
    "resources.";
Ref<> wait_usage_of(PyObject*, int pid, int options) {
  int status = 0;
  rusage usage{};
  pid_t r = retry([&] { return wait4(pid, &status, options, &usage); });
  TRY(check(r));
  return usage_result(r, status, usage);
}
PyTypeObject* waitid_type = nullptr;
constexpr char waitid_doc[] =
    "waitid($module, idtype, id, options, /)\n--\n\nWaits for children; None if WNOHANG is set and "
    "none is ready.";
Ref<> wait_id(PyObject*, int idtype, int id, int options) {
  siginfo_t info{};
  TRY(check(retry([&] {
    return waitid(static_cast<idtype_t>(idtype), static_cast<id_t>(id), &info, options);
  })));
  if (!info.si_pid) return none();
  StructFiller f(waitid_type);
  f.add(new_int(info.si_pid));
  f.add(new_int(info.si_uid));
  for (int n : {info.si_signo, info.si_status, info.si_code}) f.add(new_int(n));
  return f.finish();
}

#define STATUS_TEST(name, doc_text)                                            \
  constexpr char name##_doc[] = #name "($module, /, status)\n--\n\n" doc_text; \
  bool name##_of(PyObject*, int status) { return name(status); }
#define STATUS_PART(name, doc_text)                                            \
  constexpr char name##_doc[] = #name "($module, /, status)\n--\n\n" doc_text; \
  Result<int> name##_of(PyObject*, int status) { return static_cast<int>(name(status)); }
constexpr char WCOREDUMP_doc[] = "WCOREDUMP($module, status, /)\n--\n\nWas a core file written?";
bool WCOREDUMP_of(PyObject*, int status) { return WCOREDUMP(status); }
STATUS_TEST(WIFCONTINUED, "Was it continued?")
STATUS_TEST(WIFSTOPPED, "Was it stopped?")
STATUS_TEST(WIFSIGNALED, "Did a signal end it?")
STATUS_TEST(WIFEXITED, "Did it exit?")
STATUS_PART(WEXITSTATUS, "Its exit status.")
STATUS_PART(WTERMSIG, "The signal that ended it.")
STATUS_PART(WSTOPSIG, "The signal that stopped it.")

constexpr char exitcode_doc[] =
    "waitstatus_to_exitcode($module, /, status)\n--\n\nThe exit status, or the negative number of "
    "the signal that ended the process.";
Result<int> status_to_exitcode(PyObject*, int status) {
  if (WIFEXITED(status)) {
    int code = WEXITSTATUS(status);
    if (code < 0) return raise(PyExc_ValueError, "invalid WEXITSTATUS: {}", code);
    return code;
  }
  if (WIFSIGNALED(status)) {
    int number = WTERMSIG(status);
    if (number <= 0) return raise(PyExc_ValueError, "invalid WTERMSIG: {}", number);
    return -number;
  }
  if (WIFSTOPPED(status))
    return raise(PyExc_ValueError, "process stopped by delivery of signal {}", WSTOPSIG(status));
  return raise(PyExc_ValueError, "invalid wait status: {}", status);
}

constexpr char exit_doc[] =
    "_exit($module, /, status)\n--\n\nEnds the process at once, without any cleaning up.";
void exit_now(PyObject*, int status) { _exit(status); }
constexpr char abort_doc[] = "abort($module, /)\n--\n\nEnds the process with SIGABRT.";
void abort_now(PyObject*) { abort(); }

constexpr char system_doc[] =
    "system($module, /, command)\n--\n\nRuns a shell command; returns its wait status.";
Result<int> run_command(PyObject*, PyObject* command) {
  Path text;
  TRY(text.parse(command, "system", "command", kPathOnly));
  return unlocked([&] { return system(text.text()); });
}

// -- signals and sessions -------------------------------------------------------------------

constexpr char kill_doc[] = "kill($module, pid, signal, /)\n--\n\nSends a signal to a process.";
Status kill_process(PyObject*, int pid, int signal) {
  TRY(check(kill(pid, signal)));
  return run_signal_handlers();
}
constexpr char killpg_doc[] =
    "killpg($module, pgid, signal, /)\n--\n\nSends a signal to a process group.";
Status kill_group(PyObject*, int group, int signal) {
  TRY(check(killpg(group, signal)));
  return run_signal_handlers();
}
constexpr char pidfd_open_doc[] =
    "pidfd_open($module, /, pid, flags=0)\n--\n\nA descriptor that stands for a process.";
Result<int> open_pidfd(PyObject*, int pid, uint32_t flags) {
  int fd = static_cast<int>(syscall(SYS_pidfd_open, pid, flags));
  TRY(check(fd));
  return fd;
}

#define GETTER(name, doc_text)                                         \
  constexpr char name##_doc[] = #name "($module, /)\n--\n\n" doc_text; \
  Ref<> name##_value(PyObject*) { return new_int(static_cast<int64_t>(name())); }
GETTER(getpid, "The process's number.")
GETTER(getppid, "The parent process's number.")
GETTER(getuid, "The real user.")
GETTER(geteuid, "The effective user.")
GETTER(getgid, "The real group.")
GETTER(getegid, "The effective group.")
GETTER(getpgrp, "The process group.")

constexpr char getpgid_doc[] = "getpgid($module, /, pid)\n--\n\nA process's group.";
Result<int> group_of(PyObject*, int pid) {
  pid_t r = getpgid(pid);
  TRY(check(r));
  return static_cast<int>(r);
}
constexpr char getsid_doc[] = "getsid($module, pid, /)\n--\n\nA process's session.";
Result<int> session_of(PyObject*, int pid) {
  pid_t r = getsid(pid);
  TRY(check(r));
  return static_cast<int>(r);
}
constexpr char setsid_doc[] = "setsid($module, /)\n--\n\nStarts a new session.";
Status start_session(PyObject*) { return check(setsid()); }
constexpr char setpgrp_doc[] =
    "setpgrp($module, /)\n--\n\nMakes the process the leader of a group.";
Status lead_group(PyObject*) { return check(setpgrp()); }
constexpr char setpgid_doc[] = "setpgid($module, pid, pgrp, /)\n--\n\nPuts a process into a group.";
Status set_group_of(PyObject*, int pid, int group) { return check(setpgid(pid, group)); }

// -- users and groups -----------------------------------------------------------------------

Result<unsigned> identity(PyObject* o, const char* what) {
  if (!is_index(o))
    return raise(PyExc_TypeError, "{} should be integer, not {}", what, short_name(Py_TYPE(o)));
  Ref<> n = TRY(index(o));
  int64_t v;
  int fits = int_to_int64(n.get(), &v);
  if (!fits && v == -1) return static_cast<unsigned>(-1);
  if (fits < 0 || (!fits && v < 0))
    return raise(PyExc_OverflowError, "{} is less than minimum", what);
  if (fits > 0 || v >= 0xffffffff)
    return raise(PyExc_OverflowError, "{} is greater than maximum", what);
  return static_cast<unsigned>(v);
}
#define SET_ONE(name, argument, what, doc_text)                                      \
  constexpr char name##_doc[] = #name "($module, " argument ", /)\n--\n\n" doc_text; \
  Status name##_call(PyObject*, PyObject* o) { return check(name(TRY(identity(o, what)))); }
SET_ONE(setuid, "uid", "uid", "Sets the user.")
SET_ONE(seteuid, "euid", "uid", "Sets the effective user.")
SET_ONE(setgid, "gid", "gid", "Sets the group.")
SET_ONE(setegid, "egid", "gid", "Sets the effective group.")
#define SET_TWO(name, arguments, what, doc_text)                                      \
  constexpr char name##_doc[] = #name "($module, " arguments ", /)\n--\n\n" doc_text; \
  Status name##_call(PyObject*, PyObject* a, PyObject* b) {                           \
    unsigned x = TRY(identity(a, what)), y = TRY(identity(b, what));                  \
    return check(name(x, y));                                                         \
  }
SET_TWO(setreuid, "ruid, euid", "uid", "Sets the real and the effective user.")
SET_TWO(setregid, "rgid, egid", "gid", "Sets the real and the effective group.")
#define SET_THREE(name, arguments, what, doc_text)                                               \
  constexpr char name##_doc[] = #name "($module, " arguments ", /)\n--\n\n" doc_text;            \
  Status name##_call(PyObject*, PyObject* a, PyObject* b, PyObject* c) {                         \
    unsigned x = TRY(identity(a, what)), y = TRY(identity(b, what)), z = TRY(identity(c, what)); \
    return check(name(x, y, z));                                                                 \
  }
SET_THREE(setresuid, "ruid, euid, suid", "uid", "Sets the real, effective and saved user.")
SET_THREE(setresgid, "rgid, egid, sgid", "gid", "Sets the real, effective and saved group.")

Ref<> triple(unsigned a, unsigned b, unsigned c) {
  Ref<> x = TRY(new_int(a)), y = TRY(new_int(b)), z = TRY(new_int(c));
  return tuple_of({x.get(), y.get(), z.get()});
}
constexpr char getresuid_doc[] = "getresuid($module, /)\n--\n\nThe real, effective and saved user.";
Ref<> users(PyObject*) {
  uid_t a, b, c;
  TRY(check(getresuid(&a, &b, &c)));
  return triple(a, b, c);
}
constexpr char getresgid_doc[] =
    "getresgid($module, /)\n--\n\nThe real, effective and saved group.";
Ref<> groups_of_process(PyObject*) {
  gid_t a, b, c;
  TRY(check(getresgid(&a, &b, &c)));
  return triple(a, b, c);
}
Ref<> group_list(const Vector<gid_t>& groups) {
  Ref<List> list = TRY(new_list());
  for (gid_t g : groups) {
    Ref<> n = TRY(new_int(g));
    TRY(list_append(object(list.get()), n.get()));
  }
  return list;
}
constexpr char getgroups_doc[] = "getgroups($module, /)\n--\n\nThe process's further groups.";
Ref<> get_groups(PyObject*) {
  int n = getgroups(0, nullptr);
  TRY(check(n));
  Vector<gid_t> groups;
  if (!groups.resize(static_cast<size_t>(n))) return raise_no_memory();
  TRY(check(getgroups(n, groups.data())));
  return group_list(groups);
}
constexpr char setgroups_doc[] =
    "setgroups($module, groups, /)\n--\n\nSets the process's further groups.";
Status set_groups(PyObject*, PyObject* groups) {
  if (!is_sequence(groups)) return raise(PyExc_TypeError, "setgroups argument must be a sequence");
  Vector<gid_t> list;
  TRY(for_each(groups, [&](PyObject* o) -> Status {
    if (!list.append(TRY(identity(o, "gid")))) return raise_no_memory();
    return {};
  }));
  return check(setgroups(list.size(), list.data()));
}
constexpr char getgrouplist_doc[] =
    "getgrouplist($module, user, group, /)\n--\n\nThe groups of a user.";
Ref<> groups_of_user(PyObject*, std::string_view user, PyObject* group) {
  gid_t base = TRY(identity(group, "gid"));
  Vector<gid_t> groups;
  int n = 64;
  for (;;) {
    if (!groups.resize(static_cast<size_t>(n))) return raise_no_memory();
    int room = n;
    if (getgrouplist(user.data(), base, groups.data(), &room) >= 0) {
      groups.truncate(static_cast<size_t>(room));
      return group_list(groups);
    }
    n = room > n ? room : 2 * n;
  }
}
constexpr char initgroups_doc[] =
    "initgroups($module, username, gid, /)\n--\n\nGives the process all groups of a user.";
Status init_groups(PyObject*, PyObject* user, PyObject* group) {
  Path name;
  TRY(name.parse(user, "initgroups", "username", kPathOnly));
  return check(initgroups(name.text(), TRY(identity(group, "gid"))));
}
constexpr char getlogin_doc[] = "getlogin($module, /)\n--\n\nThe name of the user who logged in.";
Ref<> login_name(PyObject*) {
  char name[256];
  if (int error = getlogin_r(name, sizeof name)) return raise_os_error(error);
  return text_or_bytes(name, false);
}

// -- priorities and scheduling --------------------------------------------------------------

constexpr char nice_doc[] =
    "nice($module, increment, /)\n--\n\nAdds to the process's niceness and returns it.";
Result<int> add_niceness(PyObject*, int increment) {
  errno = 0;
  int r = nice(increment);
  if (r == -1 && errno) return raise_errno();
  return r;
}
constexpr char getpriority_doc[] =
    "getpriority($module, /, which, who)\n--\n\nA process's, group's or user's niceness.";
Result<int> get_priority(PyObject*, int which, int who) {
  errno = 0;
  int r = getpriority(static_cast<__priority_which_t>(which), static_cast<id_t>(who));
  if (errno) return raise_errno();
  return r;
}
constexpr char setpriority_doc[] =
    "setpriority($module, /, which, who, priority)\n--\n\nSets a process's, group's or user's "
    "niceness.";
Status set_priority(PyObject*, int which, int who, int priority) {
  return check(
      setpriority(static_cast<__priority_which_t>(which), static_cast<id_t>(who), priority));
}
constexpr char sched_yield_doc[] = "sched_yield($module, /)\n--\n\nLets others run.";
Status yield_processor(PyObject*) {
  return check(unlocked([] { return sched_yield(); }));
}
constexpr char sched_max_doc[] =
    "sched_get_priority_max($module, /, policy)\n--\n\nA policy's highest priority.";
Result<int> highest_priority(PyObject*, int policy) {
  int r = sched_get_priority_max(policy);
  TRY(check(r));
  return r;
}
constexpr char sched_min_doc[] =
    "sched_get_priority_min($module, /, policy)\n--\n\nA policy's lowest priority.";
Result<int> lowest_priority(PyObject*, int policy) {
  int r = sched_get_priority_min(policy);
  TRY(check(r));
  return r;
}
constexpr char getscheduler_doc[] =
    "sched_getscheduler($module, pid, /)\n--\n\nA process's scheduling policy.";
Result<int> scheduler_of(PyObject*, int pid) {
  int r = sched_getscheduler(pid);
  TRY(check(r));
  return r;
}
PyTypeObject* param_type = nullptr;
Result<struct sched_param> read_param(PyObject* o) {
  if (Py_TYPE(o) != param_type) return raise(PyExc_TypeError, "must have a sched_param object");
  struct sched_param p{};
  p.sched_priority = static_cast<int>(TRY(to_int64(item(o, 0))));
  return p;
}
constexpr char getparam_doc[] =
    "sched_getparam($module, pid, /)\n--\n\nA process's scheduling parameters.";
Ref<> get_param(PyObject*, int pid) {
  struct sched_param p;
  TRY(check(sched_getparam(pid, &p)));
  StructFiller f(param_type);
  f.add(new_int(p.sched_priority));
  return f.finish();
}
constexpr char setparam_doc[] =
    "sched_setparam($module, pid, param, /)\n--\n\nSets a process's scheduling parameters.";
Status set_param(PyObject*, int pid, PyObject* param) {
  struct sched_param p = TRY(read_param(param));
  return check(sched_setparam(pid, &p));
}
constexpr char setscheduler_doc[] =
    "sched_setscheduler($module, pid, policy, param, /)\n--\n\nSets a process's scheduling policy "
    "and parameters.";
Status set_scheduler(PyObject*, int pid, int policy, PyObject* param) {
  struct sched_param p = TRY(read_param(param));
  return check(sched_setscheduler(pid, policy, &p));
}
constexpr char rr_doc[] =
    "sched_rr_get_interval($module, pid, /)\n--\n\nA process's time slice in seconds.";
Result<double> time_slice(PyObject*, int pid) {
  timespec t;
  TRY(check(sched_rr_get_interval(pid, &t)));
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}
constexpr char getaffinity_doc[] =
    "sched_getaffinity($module, pid, /)\n--\n\nThe processors that a process may run on: a set.";
Ref<> get_affinity(PyObject*, int pid) {
  cpu_set_t set;
  TRY(check(sched_getaffinity(pid, sizeof set, &set)));
  Ref<List> list = TRY(new_list());
  for (int i = 0; i < CPU_SETSIZE; i++) {
    if (!CPU_ISSET(i, &set)) continue;
    Ref<> n = TRY(new_int(i));
    TRY(list_append(object(list.get()), n.get()));
  }
  return call(object(&PySet_Type), object(list.get()));
}
constexpr char setaffinity_doc[] =
    "sched_setaffinity($module, pid, mask, /)\n--\n\nSets the processors that a process may run "
    "on.";
Status set_affinity(PyObject*, int pid, PyObject* mask) {
  cpu_set_t set;
  CPU_ZERO(&set);
  TRY(for_each(mask, [&](PyObject* o) -> Status {
    if (!PyLong_Check(o))
      return raise(PyExc_TypeError, "expected an iterator of ints, but iterator yielded {}",
                   as_repr(object(Py_TYPE(o))));
    int64_t n = TRY(to_int64(o));
    if (n < 0) return raise(PyExc_ValueError, "negative CPU number");
    if (n >= CPU_SETSIZE) return raise(PyExc_OverflowError, "CPU number too large");
    CPU_SET(static_cast<size_t>(n), &set);
    return {};
  }));
  return check(sched_setaffinity(pid, sizeof set, &set));
}

}  // namespace

constinit PyMethodDef process_functions[] = {
    method<fork_doc, fork_process>,
    method<forkpty_doc, fork_terminal>,
    varargs<register_at_fork>("register_at_fork",
                              "register_at_fork($module, /, *, before=<unrepresentable>,\n         "
                              "        after_in_child=<unrepresentable>,\n"
                              "                 after_in_parent=<unrepresentable>)\n--\n\nAdds "
                              "functions to be called around fork()."),
    method<execv_doc, exec_program>,
    method<execve_doc, exec_program_env>,
    varargs<spawn_path>("posix_spawn",
                        "posix_spawn($module, path, argv, env, /, *, file_actions=(),\n            "
                        "setpgroup=<unrepresentable>, resetids=False, setsid=False,\n"
                        "            setsigmask=(), setsigdef=(), "
                        "scheduler=<unrepresentable>)\n--\n\nStarts a program in a new process."),
    varargs<spawn_search>(
        "posix_spawnp",
        "posix_spawnp($module, path, argv, env, /, *, file_actions=(),\n             "
        "setpgroup=<unrepresentable>, resetids=False, setsid=False,\n"
        "             setsigmask=(), setsigdef=(), "
        "scheduler=<unrepresentable>)\n--\n\nposix_spawn() that looks for the program in PATH."),
    method<waitpid_doc, wait_for>,
    method<wait_doc, wait_any>,
    method<wait3_doc, wait_usage>,
    method<wait4_doc, wait_usage_of>,
    method<waitid_doc, wait_id>,
    method<WCOREDUMP_doc, WCOREDUMP_of>,
    method<WIFCONTINUED_doc, WIFCONTINUED_of>,
    method<WIFSTOPPED_doc, WIFSTOPPED_of>,
    method<WIFSIGNALED_doc, WIFSIGNALED_of>,
    method<WIFEXITED_doc, WIFEXITED_of>,
    method<WEXITSTATUS_doc, WEXITSTATUS_of>,
    method<WTERMSIG_doc, WTERMSIG_of>,
    method<WSTOPSIG_doc, WSTOPSIG_of>,
    method<exitcode_doc, status_to_exitcode>,
    method<exit_doc, exit_now>,
    method<abort_doc, abort_now>,
    method<system_doc, run_command>,
    method<kill_doc, kill_process>,
    method<killpg_doc, kill_group>,
    method<pidfd_open_doc, open_pidfd>,
    method<getpid_doc, getpid_value>,
    method<getppid_doc, getppid_value>,
    method<getuid_doc, getuid_value>,
    method<geteuid_doc, geteuid_value>,
    method<getgid_doc, getgid_value>,
    method<getegid_doc, getegid_value>,
    method<getpgrp_doc, getpgrp_value>,
    method<getpgid_doc, group_of>,
    method<getsid_doc, session_of>,
    method<setsid_doc, start_session>,
    method<setpgrp_doc, lead_group>,
    method<setpgid_doc, set_group_of>,
    method<setuid_doc, setuid_call>,
    method<seteuid_doc, seteuid_call>,
    method<setgid_doc, setgid_call>,
    method<setegid_doc, setegid_call>,
    method<setreuid_doc, setreuid_call>,
    method<setregid_doc, setregid_call>,
    method<setresuid_doc, setresuid_call>,
    method<setresgid_doc, setresgid_call>,
    method<getresuid_doc, users>,
    method<getresgid_doc, groups_of_process>,
    method<getgroups_doc, get_groups>,
    method<setgroups_doc, set_groups>,
    method<getgrouplist_doc, groups_of_user>,
    method<initgroups_doc, init_groups>,
    method<getlogin_doc, login_name>,
    method<nice_doc, add_niceness>,
    method<getpriority_doc, get_priority>,
    method<setpriority_doc, set_priority>,
    method<sched_yield_doc, yield_processor>,
    method<sched_max_doc, highest_priority>,
    method<sched_min_doc, lowest_priority>,
    method<getscheduler_doc, scheduler_of>,
    method<getparam_doc, get_param>,
    method<setparam_doc, set_param>,
    method<setscheduler_doc, set_scheduler>,
    method<rr_doc, time_slice>,
    method<getaffinity_doc, get_affinity>,
    method<setaffinity_doc, set_affinity>,
    {},
};

Status add_process_types(PyObject* module) {
  static PyStructSequence_Field wait_fields[] = {
      {"si_pid", "process"},        {"si_uid", "user"},
      {"si_signo", "SIGCHLD"},      {"si_status", "exit status or signal"},
      {"si_code", "what happened"}, {}};
  PyStructSequence_Desc wait_desc = {"posix.waitid_result", "waitid_result: what waitid() returns",
                                     wait_fields, 5};
  Ref<> type = TRY(new_struct_sequence_type(wait_desc));
  waitid_type = reinterpret_cast<PyTypeObject*>(type.get());
  TRY(add_to_module(module, "waitid_result", std::move(type)));
  static PyStructSequence_Field param_fields[] = {{"sched_priority", "the priority"}, {}};
  PyStructSequence_Desc param_desc = {"posix.sched_param", "sched_param: scheduling parameters",
                                      param_fields, 1};
  Ref<> param = TRY(new_struct_sequence_type(param_desc));
  param_type = reinterpret_cast<PyTypeObject*>(param.get());
  // sched_param(priority), not sched_param((priority,)).
  static newfunc from_sequence = param_type->tp_new;
  param_type->tp_new = [](PyTypeObject* t, PyObject* args, PyObject* kwargs) -> PyObject* {
    static constexpr char text[] = "sched_param(sched_priority)\n--\n\n";
    static constexpr Signature kSig = parse_signature(text);
    FlatArguments flat(args, kwargs);
    PyObject* given[1]{};
    if (!flat.ok() || !bind_keywords(kSig, flat.items(), flat.count(), flat.names(), given))
      return nullptr;
    Ref<> one = tuple_of({given[0]});
    Ref<> all = one ? tuple_of({one.get()}) : Ref<>();
    return all ? from_sequence(t, all.get(), nullptr) : nullptr;
  };
  return add_to_module(module, "sched_param", std::move(param));
}

}  // namespace taipan::posix
