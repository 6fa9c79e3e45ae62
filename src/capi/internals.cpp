// Internal functions that the library's own extension modules use: paths, text of the locale, distances between names.
#include <algorithm>
#include <cstring>
#include <cwchar>

#include "capi/export.h"
#include "object/bind.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/error.h"
#include "object/name.h"
#include "object/str.h"
#include "vm/interpreter.h"

using namespace taipan;

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

// -- one interpreter in a process: another cannot be made, which the caller reports --
CAPI PyThreadState* Py_NewInterpreter() { return nullptr; }
CAPI void Py_EndInterpreter(PyThreadState*) {}
