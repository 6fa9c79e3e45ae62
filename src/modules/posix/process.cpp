// posix: processes: fork, exec, spawn, wait, signals, sessions.
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
  return add_to_module(module, "waitid_result", std::move(type));
}

}  // namespace taipan::posix
