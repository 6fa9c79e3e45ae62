// pyerrors.h, warnings.h: the pending exception, exceptions, warnings.
#include <cerrno>
#include <cstdarg>

#include "capi/export.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/exceptions.h"
#include "object/int.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/thread.h"
#include "object/tuple.h"
#include "object/type.h"
#include "runtime/fs_text.h"
#include "runtime/lifecycle.h"
#include "runtime/pending.h"
#include "runtime/traceback_print.h"
#include "runtime/warnings.h"
#include "vm/vm.h"

using namespace taipan;

namespace {

Ref<> filename_of(const char* text) { return text ? decode_fs(text) : Ref<>(); }

/// The exception being handled: where the thread keeps it.
_PyErr_StackItem* handled_item() {
  _PyErr_StackItem* item = current_thread()->exc_info;
  while ((!item->exc_value || item->exc_value == Py_None) && item->previous_item) item = item->previous_item;
  return item;
}

/// PyErr_Format's text; empty: it could not be made.
Ref<> format_text(const char* format, va_list args) { return adopt(PyUnicode_FromFormatV(format, args)); }

int show_warning(PyObject* category, Py_ssize_t level, PyObject* source, const char* format, va_list args) {
  Ref<> text = format_text(format, args);
  return text ? warn_message(category, text.get(), level, source).to_c() : -1;
}

}  // namespace

// -- the pending exception --

CAPI PyObject* PyErr_Occurred(void) { return pending_error(); }
CAPI void PyErr_Clear(void) { clear_error(); }
CAPI void PyErr_Fetch(PyObject** type, PyObject** value, PyObject** traceback) {
  PendingError error = PendingError::take();
  *type = error.type.release();
  *value = error.value.release();
  *traceback = error.traceback.release();
}
CAPI void PyErr_Restore(PyObject* type, PyObject* value, PyObject* traceback) {
  PendingError error{adopt(type), adopt(value), adopt(traceback)};
  std::move(error).restore();
}
CAPI void PyErr_NormalizeException(PyObject** type, PyObject** value, PyObject** traceback) {
  if (!*type) return;
  // The instance gets no __traceback__ here: who fetched it decides.
  PendingError error{adopt(*type), adopt(*value), Ref<>()};
  Ref<> instance = std::move(error).instance();
  *type = Py_NewRef(object(Py_TYPE(instance.get())));
  *value = instance.release();
  (void)traceback;
}
CAPI void PyErr_SetObject(PyObject* type, PyObject* value) {
  if (value) raise_value(type, value);
  else raise_bare(type);
}
CAPI void PyErr_SetNone(PyObject* type) { raise_bare(type); }
CAPI void PyErr_SetString(PyObject* type, const char* text) {
  if (Ref<> message = new_str(text)) raise_value(type, message.get());
}
CAPI PyObject* PyErr_FormatV(PyObject* type, const char* format, va_list args) {
  clear_error();
  if (Ref<> text = format_text(format, args)) raise_value(type, text.get());
  return nullptr;
}
CAPI PyObject* PyErr_Format(PyObject* type, const char* format, ...) {
  va_list args;
  va_start(args, format);
  PyErr_FormatV(type, format, args);
  va_end(args);
  return nullptr;
}
CAPI PyObject* _PyErr_FormatFromCause(PyObject* type, const char* format, ...) {
  PendingError cause = PendingError::take();
  va_list args;
  va_start(args, format);
  PyErr_FormatV(type, format, args);
  va_end(args);
  chain_cause(std::move(cause));
  return nullptr;
}
CAPI void _PyErr_SetKeyError(PyObject* key) { raise_key_error(key); }
CAPI int PyErr_ExceptionMatches(PyObject* type) { return pending_matches(type); }
CAPI int PyErr_GivenExceptionMatches(PyObject* raised, PyObject* type) { return raised && type && exception_matches(raised, type); }
CAPI int PyErr_BadArgument(void) {
  raise(PyExc_TypeError, "bad argument type for built-in operation");
  return 0;
}
CAPI PyObject* PyErr_NoMemory(void) { return raise_no_memory(); }
#undef PyErr_BadInternalCall
CAPI void PyErr_BadInternalCall(void) { raise_internal("bad argument to internal function"); }
CAPI void _PyErr_BadInternalCall(const char* file, int line) {
  raise(PyExc_SystemError, "{}:{}: bad argument to internal function", file, line);
}
CAPI void _PyErr_ChainExceptions(PyObject* type, PyObject* value, PyObject* traceback) {
  if (!type) return;
  PendingError error{adopt(type), adopt(value), adopt(traceback)};
  if (pending_error()) chain_context(std::move(error));
  else std::move(error).restore();
}
CAPI PyObject* PyErr_SetFromErrno(PyObject* type) { return PyErr_SetFromErrnoWithFilenameObjects(type, nullptr, nullptr); }
CAPI PyObject* PyErr_SetFromErrnoWithFilenameObject(PyObject* type, PyObject* name) {
  return PyErr_SetFromErrnoWithFilenameObjects(type, name, nullptr);
}
CAPI PyObject* PyErr_SetFromErrnoWithFilenameObjects(PyObject* type, PyObject* name, PyObject* name2) {
  int error = errno;
  if (error == EINTR && !run_signal_handlers()) return nullptr;
  Ref<> number = new_int(error), text = adopt(PyUnicode_DecodeLocale(error ? strerror(error) : "Error", "surrogateescape"));
  if (!number || !text) return nullptr;
  Ref<> made = name2  ? call(type, number.get(), text.get(), name, Py_None, name2)
               : name ? call(type, number.get(), text.get(), name)
                      : call(type, number.get(), text.get());
  if (made) PyErr_SetObject(object(Py_TYPE(made.get())), made.get());
  return nullptr;
}
CAPI PyObject* PyErr_SetFromErrnoWithFilename(PyObject* type, const char* name) {
  int error = errno;
  Ref<> filename = filename_of(name);
  if (name && !filename) return nullptr;
  errno = error;
  return PyErr_SetFromErrnoWithFilenameObjects(type, filename.get(), nullptr);
}
CAPI PyObject* PyErr_SetImportErrorSubclass(PyObject* type, PyObject* message, PyObject* name, PyObject* path) {
  Result<bool> good = is_subclass(type, PyExc_ImportError);
  if (!good) return nullptr;
  if (!*good) return raise(PyExc_TypeError, "expected a subclass of ImportError");
  if (!message) return raise(PyExc_TypeError, "expected a message argument");
  Ref<> names = tuple_of({"name"_name, "path"_name});
  if (!names) return nullptr;
  PyObject* args[] = {message, name ? name : Py_None, path ? path : Py_None};
  Ref<> made = vectorcall(type, args, 1, names.get());
  if (made) PyErr_SetObject(object(Py_TYPE(made.get())), made.get());
  return nullptr;
}
CAPI PyObject* PyErr_SetImportError(PyObject* message, PyObject* name, PyObject* path) {
  return PyErr_SetImportErrorSubclass(PyExc_ImportError, message, name, path);
}
CAPI void PyErr_SyntaxLocationObject(PyObject* filename, int line, int column) {
  PendingError error = PendingError::take();
  Ref<> instance = std::move(error).instance();
  auto put = [&](PyObject* name, Ref<> value) {
    if (value && !set_attr(instance.get(), name, value.get())) clear_error();
  };
  put("lineno"_name, new_int(line));
  put("offset"_name, column >= 0 ? new_int(column + 1) : none());
  if (filename) put("filename"_name, share(filename));
  raise_instance(std::move(instance));
}
CAPI void PyErr_SyntaxLocationEx(const char* filename, int line, int column) {
  Ref<> name = filename_of(filename);
  if (filename && !name) clear_error();
  PyErr_SyntaxLocationObject(name.get(), line, column);
}
CAPI void PyErr_SyntaxLocation(const char* filename, int line) { PyErr_SyntaxLocationEx(filename, line, -1); }
CAPI PyObject* PyErr_ProgramTextObject(PyObject* filename, int line) {
  Ref<> text = source_line(filename, line);
  return text.release();
}

// -- the exception being handled --

CAPI void PyErr_GetExcInfo(PyObject** type, PyObject** value, PyObject** traceback) {
  PyObject* e = handled_item()->exc_value;
  bool some = e && e != Py_None;
  *type = some ? Py_NewRef(object(Py_TYPE(e))) : nullptr;
  *value = some ? Py_NewRef(e) : nullptr;
  *traceback = some ? Py_XNewRef(reinterpret_cast<Exception*>(e)->traceback) : nullptr;
}
CAPI PyObject* PyErr_GetHandledException(void) {
  PyObject* e = handled_item()->exc_value;
  return e && e != Py_None ? Py_NewRef(e) : nullptr;
}
CAPI void PyErr_SetHandledException(PyObject* e) {
  PyObject*& slot = current_thread()->exc_info->exc_value;
  Ref<> old = adopt(std::exchange(slot, e == Py_None ? nullptr : Py_XNewRef(e)));
}
CAPI void PyErr_SetExcInfo(PyObject* type, PyObject* value, PyObject* traceback) {
  PyErr_SetHandledException(value);
  Py_XDECREF(type);
  Py_XDECREF(value);
  Py_XDECREF(traceback);
}

// -- exceptions --

CAPI PyObject* PyErr_NewException(const char* name, PyObject* base, PyObject* dict) {
  return PyErr_NewExceptionWithDoc(name, nullptr, base, dict);
}
CAPI PyObject* PyErr_NewExceptionWithDoc(const char* name, const char* doc, PyObject* base, PyObject* dict) {
  const char* dot = strrchr(name, '.');
  if (!dot) return raise(PyExc_SystemError, "PyErr_NewException: name must be module.class");
  Ref<> names = dict ? share(dict) : Ref<>(new_dict());
  if (!names) return nullptr;
  if (doc) {
    Ref<> text = new_str(doc);
    if (!text || !dict_set(names.get(), "__doc__"_name, text.get())) return nullptr;
  }
  Result<bool> named = dict_contains(names.get(), "__module__"_name);
  if (!named) return nullptr;
  if (!*named) {
    Ref<> module = new_str(std::string_view(name, static_cast<size_t>(dot - name)));
    if (!module || !dict_set(names.get(), "__module__"_name, module.get())) return nullptr;
  }
  if (!base) base = PyExc_Exception;
  Ref<> bases = PyTuple_Check(base) ? share(base) : tuple_of({base});
  Ref<> short_name = new_str(dot + 1);
  return bases && short_name ? call(object(&PyType_Type), short_name.get(), bases.get(), names.get()).release() : nullptr;
}
CAPI PyObject* PyException_GetTraceback(PyObject* e) { return Py_XNewRef(reinterpret_cast<Exception*>(e)->traceback); }
CAPI int PyException_SetTraceback(PyObject* e, PyObject* traceback) { return set_attr(e, "__traceback__"_name, traceback).to_c(); }
CAPI PyObject* PyException_GetContext(PyObject* e) { return Py_XNewRef(reinterpret_cast<Exception*>(e)->context); }
CAPI void PyException_SetContext(PyObject* e, PyObject* context) { replace_field(reinterpret_cast<Exception*>(e)->context, adopt(context)); }
CAPI PyObject* PyException_GetCause(PyObject* e) { return Py_XNewRef(reinterpret_cast<Exception*>(e)->cause); }
CAPI void PyException_SetCause(PyObject* e, PyObject* cause) {
  reinterpret_cast<Exception*>(e)->suppress_context = 1;
  replace_field(reinterpret_cast<Exception*>(e)->cause, adopt(cause));
}
CAPI const char* PyExceptionClass_Name(PyObject* type) { return reinterpret_cast<PyTypeObject*>(type)->tp_name; }

// The errors of codecs share a layout; their fields are read and changed as attributes.
#define UNICODE_FIELD(Class)                                                                              \
  CAPI PyObject* Class##_GetEncoding(PyObject* e) { return get_attr(e, "encoding"_name).release(); }       \
  CAPI PyObject* Class##_GetReason(PyObject* e) { return get_attr(e, "reason"_name).release(); }           \
  CAPI PyObject* Class##_GetObject(PyObject* e) { return get_attr(e, "object"_name).release(); }           \
  CAPI int Class##_GetStart(PyObject* e, Py_ssize_t* n) { return read_index(e, "start"_name, n); }         \
  CAPI int Class##_GetEnd(PyObject* e, Py_ssize_t* n) { return read_index(e, "end"_name, n); }             \
  CAPI int Class##_SetStart(PyObject* e, Py_ssize_t n) { return write_index(e, "start"_name, n); }         \
  CAPI int Class##_SetEnd(PyObject* e, Py_ssize_t n) { return write_index(e, "end"_name, n); }             \
  CAPI int Class##_SetReason(PyObject* e, const char* text) { return write_text(e, "reason"_name, text); }
namespace {
int read_index(PyObject* e, PyObject* name, Py_ssize_t* n) {
  Ref<> value = get_attr(e, name);
  if (!value) return -1;
  *n = PyLong_AsSsize_t(value.get());
  return *n == -1 && pending_error() ? -1 : 0;
}
int write_index(PyObject* e, PyObject* name, Py_ssize_t n) {
  Ref<> value = new_int(n);
  return value ? set_attr(e, name, value.get()).to_c() : -1;
}
int write_text(PyObject* e, PyObject* name, const char* text) {
  Ref<> value = new_str(text);
  return value ? set_attr(e, name, value.get()).to_c() : -1;
}
}  // namespace
UNICODE_FIELD(PyUnicodeDecodeError)
UNICODE_FIELD(PyUnicodeEncodeError)
CAPI PyObject* PyUnicodeTranslateError_GetReason(PyObject* e) { return get_attr(e, "reason"_name).release(); }
CAPI PyObject* PyUnicodeTranslateError_GetObject(PyObject* e) { return get_attr(e, "object"_name).release(); }
CAPI int PyUnicodeTranslateError_GetStart(PyObject* e, Py_ssize_t* n) { return read_index(e, "start"_name, n); }
CAPI int PyUnicodeTranslateError_GetEnd(PyObject* e, Py_ssize_t* n) { return read_index(e, "end"_name, n); }
CAPI int PyUnicodeTranslateError_SetStart(PyObject* e, Py_ssize_t n) { return write_index(e, "start"_name, n); }
CAPI int PyUnicodeTranslateError_SetEnd(PyObject* e, Py_ssize_t n) { return write_index(e, "end"_name, n); }
CAPI int PyUnicodeTranslateError_SetReason(PyObject* e, const char* text) { return write_text(e, "reason"_name, text); }
CAPI PyObject* PyUnicodeDecodeError_Create(const char* encoding, const char* data, Py_ssize_t n, Py_ssize_t start, Py_ssize_t end,
                                           const char* reason) {
  return PyObject_CallFunction(PyExc_UnicodeDecodeError, "sy#nns", encoding, data, n, start, end, reason);
}

// -- showing --

CAPI void PyErr_Display(PyObject*, PyObject* value, PyObject* traceback) { display_exception(value, traceback); }
CAPI void PyErr_PrintEx(int set_last) {
  if (!pending_error()) return;
  if (pending_matches(PyExc_SystemExit)) exit(exit_status_of_system_exit());
  (void)set_last;
  report_uncaught();
}
CAPI void PyErr_Print(void) { PyErr_PrintEx(1); }
CAPI void PyErr_WriteUnraisable(PyObject* where) { write_unraisable(where); }
CAPI void _PyErr_WriteUnraisableMsg(const char* words, PyObject* where) {
  if (words) report_unraisable_message(words, where);
  else write_unraisable(where);
}
CAPI int PyTraceBack_Print(PyObject* traceback, PyObject* file) {
  TextBuffer text;
  format_traceback(text, traceback);
  Ref<> str = new_str_with_surrogates(text.view());
  return str && call_method(file, "write"_name, str.get()) ? 0 : -1;
}
CAPI int PyTraceBack_Here(PyFrameObject* frame) {
  PendingError error = PendingError::take();
  error.traceback = new_traceback(error.traceback.get(), frame, PyFrame_GetLasti(frame), PyFrame_GetLineNumber(frame));
  bool ok = static_cast<bool>(error.traceback);
  if (ok) std::move(error).restore();
  return ok ? 0 : -1;
}
CAPI void _PyTraceback_Add(const char* function, const char* file, int line) { add_synthetic_traceback(function, file, line); }

// -- signals and warnings --

CAPI int PyErr_CheckSignals(void) { return run_signal_handlers().to_c(); }
CAPI void PyErr_SetInterrupt(void) { simulate_signal(2); }
CAPI int PyErr_SetInterruptEx(int number) {
  if (number < 1 || number > 64) return -1;
  simulate_signal(number);
  return 0;
}
CAPI int PyErr_WarnEx(PyObject* category, const char* text, Py_ssize_t level) {
  Ref<> message = new_str(text);
  return message ? warn_message(category ? category : PyExc_RuntimeWarning, message.get(), level, nullptr).to_c() : -1;
}
CAPI int PyErr_WarnFormat(PyObject* category, Py_ssize_t level, const char* format, ...) {
  va_list args;
  va_start(args, format);
  int r = show_warning(category, level, nullptr, format, args);
  va_end(args);
  return r;
}
CAPI int PyErr_ResourceWarning(PyObject* source, Py_ssize_t level, const char* format, ...) {
  va_list args;
  va_start(args, format);
  int r = show_warning(PyExc_ResourceWarning, level, source, format, args);
  va_end(args);
  return r;
}
CAPI int PyErr_WarnExplicitObject(PyObject* category, PyObject* message, PyObject* filename, int line, PyObject* module, PyObject* registry) {
  return warn_explicit(category ? category : PyExc_RuntimeWarning, message, filename, line, module, registry, nullptr, nullptr).to_c();
}
CAPI int PyErr_WarnExplicit(PyObject* category, const char* text, const char* file, int line, const char* module_name, PyObject* registry) {
  Ref<> message = new_str(text), filename = filename_of(file), module = module_name ? new_str(module_name) : none();
  return message && filename && module ? PyErr_WarnExplicitObject(category, message.get(), filename.get(), line, module.get(), registry) : -1;
}

CAPI int Py_EnterRecursiveCall(const char* where) {
  PyThreadState* ts = current_thread();
  return --ts->recursion_remaining < 0 && !RecursionGuard::check(ts, where) ? -1 : 0;
}
CAPI void Py_LeaveRecursiveCall(void) { current_thread()->recursion_remaining++; }
CAPI int _Py_CheckRecursiveCall(PyThreadState* ts, const char* where) { return RecursionGuard::check(ts, where) ? 0 : -1; }
CAPI void _Py_FatalErrorFunc(const char* function, const char* message) { fatal_error(function, message); }
#undef Py_FatalError
CAPI void Py_FatalError(const char* message) { fatal_error(nullptr, message); }
