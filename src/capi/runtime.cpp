// What remains of the runtime's own headers: version, files by name, descriptors, text of locales.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <algorithm>
#include <cstring>
#include <cwchar>

#include "capi/export.h"
#include "object/bind.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/error.h"
#include "object/int.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/str.h"
#include "runtime/audit.h"
#include "runtime/fs_text.h"
#include "runtime/gil.h"
#include "runtime/import.h"
#include "runtime/lifecycle.h"
#include "runtime/pending.h"
#include "vm/interpreter.h"

using namespace taipan;

CAPI const unsigned long Py_Version;
const unsigned long Py_Version = PY_VERSION_HEX;
CAPI int Py_IsInitialized() { return is_started(); }

/// open() of C for a path that Python has, told to audit hooks.
CAPI FILE* _Py_fopen_obj(PyObject* path, const char* mode) {
  Ref<> mode_text = new_str(mode), zero = share(object(small_int(0)));
  if (!mode_text || !audit("open", {path, mode_text.get(), zero.get()})) return nullptr;
  Ref<> bytes = path_bytes(path);
  if (!bytes) return nullptr;
  for (;;) {
    FILE* file;
    {
      WithoutGil unlocked;
      file = fopen(PyBytes_AS_STRING(bytes.get()), mode);
    }
    if (file) {
      fcntl(fileno(file), F_SETFD, FD_CLOEXEC);
      return file;
    }
    if (errno != EINTR) {
      raise_os_error(errno, path);
      return nullptr;
    }
    if (!run_signal_handlers()) return nullptr;
  }
}
CAPI int PyObject_AsFileDescriptor(PyObject* o) {
  Ref<> number;
  if (PyLong_Check(o)) {
    number = share(o);
  } else {
    auto method = find_attr(o, "fileno"_name);
    if (!method) return -1;
    Ref<> fileno_of = method.take();
    if (!fileno_of) {
      raise(PyExc_TypeError, "argument must be an int, or have a fileno() method.");
      return -1;
    }
    number = call(fileno_of.get());
    if (!number) return -1;
    if (!PyLong_Check(number.get())) {
      raise(PyExc_TypeError, "fileno() returned a non-integer");
      return -1;
    }
  }
  int fd = _PyLong_AsInt(number.get());
  if (fd == -1 && pending_error()) return -1;
  if (fd < 0) raise(PyExc_ValueError, "file descriptor cannot be a negative integer ({})", fd);
  return fd < 0 ? -1 : fd;
}
CAPI int PyFile_WriteObject(PyObject* o, PyObject* file, int flags) {
  if (!file) {
    raise(PyExc_TypeError, "writeobject with NULL file");
    return -1;
  }
  Ref<> text = flags & Py_PRINT_RAW ? to_str(o) : repr(o);
  return text && call_method(file, "write"_name, text.get()) ? 0 : -1;
}
CAPI int PyFile_WriteString(const char* text, PyObject* file) {
  Ref<> str = new_str(text);
  return str ? PyFile_WriteObject(str.get(), file, Py_PRINT_RAW) : -1;
}

// -- paths, descriptors, text --
/// A path without "." and "..", as far as that can be told from its text; changed in place.
CAPI wchar_t* _Py_normpath(wchar_t* path, Py_ssize_t size) {
  if (!*path || size == 0) return path;
  wchar_t *end = size >= 0 ? path + size : path + wcslen(path), *to = path, *from = path;
  bool absolute = *path == L'/';
  if (absolute) {
    // Two slashes in front mean something else than one; three mean one.
    int slashes = 0;
    while (from < end && *from == L'/') from++, slashes++;
    *to++ = L'/';
    if (slashes == 2) *to++ = L'/';
  }
  wchar_t *root = to, *fixed = to;  // nothing before `fixed` is taken back by ".."
  while (from < end && *from) {
    wchar_t* stop = from;
    while (stop < end && *stop && *stop != L'/') stop++;
    Py_ssize_t n = stop - from;
    bool up = n == 2 && from[0] == L'.' && from[1] == L'.';
    if (n == 0 || (n == 1 && *from == L'.')) {
    } else if (up && to > fixed) {
      while (to > fixed && *--to != L'/') {
      }
    } else if (!(up && absolute)) {
      if (to > root) *to++ = L'/';
      wmemmove(to, from, static_cast<size_t>(n));
      to += n;
      if (up) fixed = to;
    }
    from = stop < end && *stop ? stop + 1 : stop;
  }
  if (to == path) *to++ = L'.';
  if (to < end) *to = 0;
  return path;
}
CAPI int _Py_dup(int fd) {
  int copy;
  {
    WithoutGil unlocked;
    copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  }
  if (copy < 0) raise_os_error(errno);
  return copy;
}
CAPI int _Py_fstat_noraise(int fd, struct stat* to) { return fstat(fd, to); }
CAPI int _Py_fstat(int fd, struct stat* to) {
  int r;
  {
    WithoutGil unlocked;
    r = fstat(fd, to);
  }
  if (r < 0) raise_os_error(errno);
  return r;
}
CAPI PyObject* _Py_strhex(const char* data, Py_ssize_t n) {
  Ref<> bytes = new_bytes({data, static_cast<size_t>(n)});
  return bytes ? lower(call_method(bytes.get(), "hex"_name)) : nullptr;
}
CAPI PyObject* _PyLong_GCD(PyObject* a, PyObject* b) {
  Ref<> gcd = import_attribute("math", "gcd");
  return gcd ? lower(call(gcd.get(), a, b)) : nullptr;
}
/// How much two texts differ: 2 for each character added, taken away or changed, 1 for a change of case alone.
CAPI Py_ssize_t _Py_UTF8_Edit_Cost(PyObject* a, PyObject* b, Py_ssize_t most) {
  auto first = to_utf8(a), second = first ? to_utf8(b) : std::move(first);
  if (!first || !second) return -1;
  std::string_view x = *first, y = *second;
  constexpr Py_ssize_t kMove = 2, kCase = 1, kLongest = 40;
  if (most < 0) most = kMove * static_cast<Py_ssize_t>(std::max(x.size(), y.size()));
  if (x.size() > kLongest || y.size() > kLongest) return most + 1;
  Py_ssize_t row[kLongest + 1];
  for (size_t j = 0; j <= y.size(); j++) row[j] = static_cast<Py_ssize_t>(j) * kMove;
  for (size_t i = 1; i <= x.size(); i++) {
    Py_ssize_t diagonal = row[0];
    row[0] = static_cast<Py_ssize_t>(i) * kMove;
    for (size_t j = 1; j <= y.size(); j++) {
      char p = x[i - 1], q = y[j - 1];
      Py_ssize_t change = p == q ? 0 : Py_TOLOWER(p) == Py_TOLOWER(q) ? kCase : kMove;
      Py_ssize_t best = std::min({diagonal + change, row[j] + kMove, row[j - 1] + kMove});
      diagonal = std::exchange(row[j], best);
    }
  }
  return std::min(row[y.size()], most + 1);
}

// The numbers are CPython's.
enum ErrorHandler { kUnknown, kStrict, kSurrogateEscape, kReplace, kIgnore, kBackslashReplace, kSurrogatePass, kXmlCharRefReplace, kOther };
CAPI int _Py_GetErrorHandler(const char* errors) {
  constexpr const char* names[] = {"strict", "surrogateescape", "replace", "ignore", "backslashreplace", "surrogatepass", "xmlcharrefreplace"};
  if (!errors) return kStrict;
  for (int i = 0; i < 7; i++)
    if (strcmp(errors, names[i]) == 0) return i + 1;
  return kOther;
}
namespace {
const char* locale_handler(int handler) {
  return handler == kStrict ? "strict" : handler == kSurrogateEscape ? "surrogateescape" : handler == kSurrogatePass ? "surrogatepass" : nullptr;
}
/// The place and the words of the pending UnicodeError: -2; of any other exception: -1. It is dropped.
int locale_error(size_t* at, const char** reason, const char* words) {
  Ref<> error = take_error();
  if (!error || !PyObject_TypeCheck(error.get(), reinterpret_cast<PyTypeObject*>(PyExc_UnicodeError))) return -1;
  if (at) *at = static_cast<size_t>(reinterpret_cast<PyUnicodeErrorObject*>(error.get())->start);
  if (reason) *reason = words;
  return -2;
}
}  // namespace
/// The locale's encoding is UTF-8 in all that we support. -3: a handler that locales do not have.
CAPI int _Py_DecodeLocaleEx(const char* text, wchar_t** result, size_t* n, const char** reason, int, int handler) {
  const char* name = locale_handler(handler);
  if (!name) return -3;
  Ref<> str = adopt(PyUnicode_DecodeUTF8(text, static_cast<Py_ssize_t>(strlen(text)), name));
  if (!str) return locale_error(n, reason, "decoding error");
  Py_ssize_t length;
  wchar_t* wide = PyUnicode_AsWideCharString(str.get(), &length);
  if (!wide) return -1;
  auto* copy = static_cast<wchar_t*>(PyMem_RawMalloc(static_cast<size_t>(length + 1) * sizeof(wchar_t)));
  if (copy) wmemcpy(copy, wide, static_cast<size_t>(length + 1));
  PyMem_Free(wide);
  if (!copy) return -1;
  *result = copy;
  if (n) *n = static_cast<size_t>(length);
  return 0;
}
CAPI int _Py_EncodeLocaleEx(const wchar_t* text, char** result, size_t* at, const char** reason, int, int handler) {
  const char* name = locale_handler(handler);
  if (!name) return -3;
  Ref<> str = adopt(PyUnicode_FromWideChar(text, -1));
  Ref<> bytes = str ? adopt(PyUnicode_AsEncodedString(str.get(), "utf-8", name)) : Ref<>();
  if (!bytes) return locale_error(at, reason, "encoding error");
  *result = _PyMem_RawStrdup(PyBytes_AS_STRING(bytes.get()));
  return *result ? 0 : -1;
}

// -- replaced evaluation (PEP 523): the machine has no function that a frame evaluator could stand for --
CAPI PyObject* _PyEval_EvalFrameDefault(PyThreadState* ts, _PyInterpreterFrame* f, int throwing) { return run_frame(ts, f, throwing != 0); }
CAPI void _PyInterpreterState_SetEvalFrameFunc(PyInterpreterState*, _PyFrameEvalFunction) {}
CAPI _PyFrameEvalFunction _PyInterpreterState_GetEvalFrameFunc(PyInterpreterState*) { return _PyEval_EvalFrameDefault; }
