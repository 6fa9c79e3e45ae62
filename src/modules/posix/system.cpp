// posix: the environment, the machine, random numbers, limits.
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/times.h>
#include <sys/utsname.h>
#include <termios.h>
#include <unistd.h>

#include <cstdlib>

#include "modules/posix/posix.h"
#include "object/dict.h"
#include "object/int.h"
#include "object/str.h"
#include "object/tuple.h"
#include "types/module.h"
#include "types/struct_sequence.h"

extern char** environ;

namespace taipan::posix {

Ref<> make_environment() {
  Ref<Dict> all = TRY(new_dict());
  for (char** e = environ; e && *e; e++) {
    std::string_view entry = *e;
    size_t equal = entry.find('=');
    if (equal == entry.npos) continue;
    Ref<> key = TRY(new_bytes(entry.substr(0, equal)));
    Ref<> value = TRY(new_bytes(entry.substr(equal + 1)));
    TRY(dict_set_default(object(all.get()), key.get(), value.get()));
  }
  return all;
}

namespace {

constexpr char putenv_doc[] =
    "putenv($module, name, value, /)\n--\n\nSets an environment variable; os.environ does so by "
    "itself.";
Status set_variable(PyObject*, PyObject* name, PyObject* value) {
  Path n, v;
  TRY(n.parse(name, "putenv", "name", kPathOnly));
  TRY(v.parse(value, "putenv", "value", kPathOnly));
  if (strchr(n.text(), '=')) return raise(PyExc_ValueError, "illegal environment variable name");
  return check(setenv(n.text(), v.text(), 1));
}
constexpr char unsetenv_doc[] =
    "unsetenv($module, name, /)\n--\n\nRemoves an environment variable; os.environ does so by "
    "itself.";
Status unset_variable(PyObject*, PyObject* name) {
  Path n;
  TRY(n.parse(name, "unsetenv", "name", kPathOnly));
  return check(unsetenv(n.text()));
}

constexpr char strerror_doc[] = "strerror($module, code, /)\n--\n\nThe text of an error number.";
Ref<> error_text(PyObject*, int code) { return text_or_bytes(strerror(code), false); }

PyTypeObject *uname_type, *times_type, *size_type;

constexpr char uname_doc[] =
    "uname($module, /)\n--\n\nNames and versions of the system and the machine.";
Ref<> system_names(PyObject*) {
  utsname u;
  TRY(check(uname(&u)));
  StructFiller f(uname_type);
  for (const char* text : {u.sysname, u.nodename, u.release, u.version, u.machine})
    f.add(text_or_bytes(text, false));
  return f.finish();
}
constexpr char times_doc[] =
    "times($module, /)\n--\n\nThe processor time used by the process and its children, in seconds.";
Ref<> used_times(PyObject*) {
  tms t;
  clock_t elapsed = times(&t);
  TRY(check(elapsed));
  double ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
  StructFiller f(times_type);
  for (clock_t n : {t.tms_utime, t.tms_stime, t.tms_cutime, t.tms_cstime, elapsed})
    f.add(new_float(static_cast<double>(n) / ticks));
  return f.finish();
}
Ref<> terminal_size(PyObject*, Arguments args) {
  if (!check_positional("get_terminal_size", args.count, 0, 1)) return {};
  int fd = 1;
  if (args.count) {
    Ref<> n = TRY(index(args.items[0]));
    fd = static_cast<int>(TRY(to_int64(n.get())));
  }
  winsize w;
  TRY(check(ioctl(fd, TIOCGWINSZ, &w)));
  StructFiller f(size_type);
  f.add(new_int(w.ws_col));
  f.add(new_int(w.ws_row));
  return f.finish();
}

constexpr char cpu_count_doc[] =
    "cpu_count($module, /)\n--\n\nHow many processors the machine has; None if nobody knows.";
Ref<> processors(PyObject*) {
  long n = sysconf(_SC_NPROCESSORS_ONLN);
  return n >= 1 ? new_int(n) : none();
}
constexpr char getloadavg_doc[] =
    "getloadavg($module, /)\n--\n\nThe average load of the last 1, 5 and 15 minutes.";
Ref<> load(PyObject*) {
  double v[3];
  if (getloadavg(v, 3) != 3) return raise(PyExc_OSError, "Load averages are unobtainable");
  Ref<> a = TRY(new_float(v[0])), b = TRY(new_float(v[1])), c = TRY(new_float(v[2]));
  return tuple_of({a.get(), b.get(), c.get()});
}

/// Random bytes, however many; short reads are continued.
Status fill_random(char* at, Py_ssize_t n) {
  while (n > 0) {
    ssize_t r = retry([&] { return getrandom(at, static_cast<size_t>(n), 0); });
    TRY(check(r));
    at += r;
    n -= r;
  }
  return {};
}
constexpr char urandom_doc[] = "urandom($module, size, /)\n--\n\nRandom bytes fit for secrets.";
Ref<> random_bytes(PyObject*, Py_ssize_t size) {
  if (size < 0) return raise(PyExc_ValueError, "negative argument not allowed");
  Ref<> bytes = TRY(allocate_bytes(size));
  TRY(fill_random(bytes_data(bytes.get()), size));
  return bytes;
}
constexpr char getrandom_doc[] =
    "getrandom($module, /, size, flags=0)\n--\n\nRandom bytes from the system's call; fewer than "
    "wanted perhaps.";
Ref<> get_random(PyObject*, Py_ssize_t size, int flags) {
  if (size < 0) {
    errno = EINVAL;
    return raise_errno();
  }
  Ref<> bytes = TRY(allocate_bytes(size));
  ssize_t n = retry([&] {
    return getrandom(bytes_data(bytes.get()), static_cast<size_t>(size),
                     static_cast<unsigned>(flags));
  });
  TRY(check(n));
  return n == size ? std::move(bytes)
                   : new_bytes(bytes_view(bytes.get()).substr(0, static_cast<size_t>(n)));
}

// -- limits by name -------------------------------------------------------------------------

struct NamedNumber {
  const char* name;
  int value;
};
constexpr NamedNumber kSystemNames[] = {
#define N(name) {"SC_" #name, _SC_##name},
    N(2_CHAR_TERM) N(2_C_BIND) N(2_C_DEV) N(2_C_VERSION) N(2_FORT_DEV) N(2_FORT_RUN) N(
        2_LOCALEDEF) N(2_SW_DEV) N(2_UPE) N(2_VERSION) N(AIO_LISTIO_MAX) N(AIO_MAX)
        N(AIO_PRIO_DELTA_MAX) N(ARG_MAX) N(ASYNCHRONOUS_IO) N(ATEXIT_MAX) N(AVPHYS_PAGES) N(
            BC_BASE_MAX) N(BC_DIM_MAX) N(BC_SCALE_MAX) N(BC_STRING_MAX) N(CHARCLASS_NAME_MAX)
            N(CHAR_BIT) N(CHAR_MAX) N(CHAR_MIN) N(CHILD_MAX) N(CLK_TCK) N(COLL_WEIGHTS_MAX) N(
                DELAYTIMER_MAX) N(EQUIV_CLASS_MAX) N(EXPR_NEST_MAX) N(FSYNC) N(GETGR_R_SIZE_MAX)
                N(GETPW_R_SIZE_MAX) N(INT_MAX) N(INT_MIN) N(IOV_MAX) N(JOB_CONTROL) N(LINE_MAX) N(
                    LOGIN_NAME_MAX) N(LONG_BIT) N(MAPPED_FILES) N(MB_LEN_MAX) N(MEMLOCK)
                    N(MEMLOCK_RANGE) N(MEMORY_PROTECTION) N(MESSAGE_PASSING) N(MINSIGSTKSZ) N(MQ_OPEN_MAX) N(
                        MQ_PRIO_MAX) N(NGROUPS_MAX) N(NL_ARGMAX) N(NL_LANGMAX) N(NL_MSGMAX) N(NL_NMAX)
                        N(NL_SETMAX) N(NL_TEXTMAX) N(NPROCESSORS_CONF) N(NPROCESSORS_ONLN) N(
                            NZERO) N(OPEN_MAX) N(PAGESIZE) N(PAGE_SIZE) N(PASS_MAX) N(PHYS_PAGES)
                            N(PII) N(PII_INTERNET) N(PII_INTERNET_DGRAM) N(PII_INTERNET_STREAM) N(
                                PII_OSI) N(PII_OSI_CLTS) N(PII_OSI_COTS) N(PII_OSI_M) N(PII_SOCKET)
                                N(PII_XTI) N(POLL) N(PRIORITIZED_IO) N(
                                    PRIORITY_SCHEDULING) N(REALTIME_SIGNALS) N(RE_DUP_MAX) N(RTSIG_MAX)
                                    N(SAVED_IDS) N(SCHAR_MAX) N(SCHAR_MIN) N(SELECT) N(
                                        SEMAPHORES) N(SEM_NSEMS_MAX) N(SEM_VALUE_MAX)
                                        N(SHARED_MEMORY_OBJECTS) N(SHRT_MAX) N(SHRT_MIN) N(SIGQUEUE_MAX) N(
                                            SSIZE_MAX) N(STREAM_MAX) N(SYNCHRONIZED_IO) N(THREADS)
                                            N(THREAD_ATTR_STACKADDR) N(THREAD_ATTR_STACKSIZE) N(
                                                THREAD_DESTRUCTOR_ITERATIONS) N(THREAD_KEYS_MAX)
                                                N(THREAD_PRIORITY_SCHEDULING) N(THREAD_PRIO_INHERIT) N(
                                                    THREAD_PRIO_PROTECT) N(THREAD_PROCESS_SHARED)
                                                    N(THREAD_SAFE_FUNCTIONS) N(THREAD_STACK_MIN) N(
                                                        THREAD_THREADS_MAX) N(TIMERS)
                                                        N(TIMER_MAX) N(TTY_NAME_MAX) N(TZNAME_MAX) N(
                                                            T_IOV_MAX) N(UCHAR_MAX) N(UINT_MAX) N(UIO_MAXIOV)
                                                            N(ULONG_MAX) N(USHRT_MAX) N(VERSION) N(
                                                                WORD_BIT) N(XBS5_ILP32_OFF32)
                                                                N(XBS5_ILP32_OFFBIG) N(
                                                                    XBS5_LP64_OFF64) N(XBS5_LPBIG_OFFBIG)
                                                                    N(XOPEN_CRYPT) N(
                                                                        XOPEN_ENH_I18N) N(XOPEN_LEGACY)
                                                                        N(XOPEN_REALTIME) N(
                                                                            XOPEN_REALTIME_THREADS)
                                                                            N(XOPEN_SHM) N(
                                                                                XOPEN_UNIX)
                                                                                N(XOPEN_VERSION) N(
                                                                                    XOPEN_XCU_VERSION)
                                                                                    N(XOPEN_XPG2) N(
                                                                                        XOPEN_XPG3)
                                                                                        N(XOPEN_XPG4)
#undef N
};
constexpr NamedNumber kTextNames[] = {
#define N(name) {"CS_" #name, _CS_##name},
    N(GNU_LIBC_VERSION) N(GNU_LIBPTHREAD_VERSION) N(LFS64_CFLAGS) N(LFS64_LDFLAGS) N(LFS64_LIBS)
        N(LFS64_LINTFLAGS) N(LFS_CFLAGS) N(LFS_LDFLAGS) N(LFS_LIBS) N(LFS_LINTFLAGS) N(PATH)
            N(XBS5_ILP32_OFF32_CFLAGS) N(XBS5_ILP32_OFF32_LDFLAGS) N(XBS5_ILP32_OFF32_LIBS) N(
                XBS5_ILP32_OFF32_LINTFLAGS) N(XBS5_ILP32_OFFBIG_CFLAGS) N(XBS5_ILP32_OFFBIG_LDFLAGS)
                N(XBS5_ILP32_OFFBIG_LIBS) N(XBS5_ILP32_OFFBIG_LINTFLAGS) N(XBS5_LP64_OFF64_CFLAGS)
                    N(XBS5_LP64_OFF64_LDFLAGS) N(XBS5_LP64_OFF64_LIBS) N(XBS5_LP64_OFF64_LINTFLAGS)
                        N(XBS5_LPBIG_OFFBIG_CFLAGS) N(XBS5_LPBIG_OFFBIG_LDFLAGS)
                            N(XBS5_LPBIG_OFFBIG_LIBS) N(XBS5_LPBIG_OFFBIG_LINTFLAGS)
#undef N
};

template <size_t n>
Result<int> named(PyObject* o, const NamedNumber (&table)[n]) {
  if (PyLong_Check(o)) return static_cast<int>(TRY(to_int64(o)));
  if (!PyUnicode_Check(o))
    return raise(PyExc_TypeError, "configuration names must be strings or integers");
  for (auto& row : table)
    if (str_equal(o, row.name)) return row.value;
  return raise(PyExc_ValueError, "unrecognized configuration name");
}
template <size_t n>
Ref<> as_dict(const NamedNumber (&table)[n]) {
  Ref<Dict> all = TRY(new_dict());
  for (auto& row : table) {
    Ref<> key = TRY(new_interned(row.name)), value = TRY(new_int(row.value));
    TRY(dict_set(object(all.get()), key.get(), value.get()));
  }
  return all;
}
constexpr char sysconf_doc[] =
    "sysconf($module, name, /)\n--\n\nA limit of the system; -1 for none.";
Ref<> system_limit(PyObject*, PyObject* name) {
  int n = TRY(named(name, kSystemNames));
  errno = 0;
  long value = sysconf(n);
  if (value < 0 && errno) return raise_errno();
  return new_int(value);
}
constexpr char confstr_doc[] =
    "confstr($module, name, /)\n--\n\nA text that the system is configured with.";
Ref<> system_text(PyObject*, PyObject* name) {
  int n = TRY(named(name, kTextNames));
  errno = 0;
  char text[4096];
  size_t size = confstr(n, text, sizeof text);
  if (!size) {
    if (errno) return raise_errno();
    return none();
  }
  return text_or_bytes(text, false);
}

}  // namespace

constinit PyMethodDef system_functions[] = {
    method<putenv_doc, set_variable>,
    method<unsetenv_doc, unset_variable>,
    method<strerror_doc, error_text>,
    method<uname_doc, system_names>,
    method<times_doc, used_times>,
    positional_varargs<terminal_size>(
        "get_terminal_size",
        "get_terminal_size(fd=STDOUT_FILENO, /)\n\nThe width and height of a terminal."),
    method<cpu_count_doc, processors>,
    method<getloadavg_doc, load>,
    method<urandom_doc, random_bytes>,
    method<getrandom_doc, get_random>,
    method<sysconf_doc, system_limit>,
    method<confstr_doc, system_text>,
    {},
};

Status add_system_types(PyObject* module) {
  auto add = [&](PyTypeObject*& slot, const char* attribute, const char* name, const char* doc,
                 PyStructSequence_Field* fields, int n) -> Status {
    PyStructSequence_Desc desc = {name, doc, fields, n};
    Ref<> type = TRY(new_struct_sequence_type(desc));
    slot = reinterpret_cast<PyTypeObject*>(type.get());
    return add_to_module(module, attribute, std::move(type));
  };
  static PyStructSequence_Field uname_fields[] = {
      {"sysname", "operating system"}, {"nodename", "name in the network"},
      {"release", "its release"},      {"version", "its version"},
      {"machine", "hardware"},         {}};
  TRY(add(uname_type, "uname_result", "posix.uname_result", "uname_result: what uname() returns",
          uname_fields, 5));
  static PyStructSequence_Field times_fields[] = {{"user", "user time"},
                                                  {"system", "system time"},
                                                  {"children_user", "children's user time"},
                                                  {"children_system", "children's system time"},
                                                  {"elapsed", "time since a fixed point"},
                                                  {}};
  TRY(add(times_type, "times_result", "posix.times_result", "times_result: what times() returns",
          times_fields, 5));
  static PyStructSequence_Field size_fields[] = {
      {"columns", "width in characters"}, {"lines", "height in characters"}, {}};
  TRY(add(size_type, "terminal_size", "os.terminal_size",
          "The size of a terminal: (columns, lines)", size_fields, 2));
  TRY(add_to_module(module, "sysconf_names", as_dict(kSystemNames)));
  return add_to_module(module, "confstr_names", as_dict(kTextNames));
}

}  // namespace taipan::posix
