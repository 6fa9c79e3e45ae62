// pyerrors.h: raising, fetching and reporting exceptions; warnings.h.
#include <cerrno>
#include <cstdarg>
#include <cstdlib>
#include <cstring>

#include "capi/export.h"
#include "object/bind.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/exceptions.h"
#include "object/hooks.h"
#include "object/int.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "runtime/pending.h"
#include "runtime/traceback_print.h"
#include "vm/vm.h"

using namespace taipan;

namespace {
Ref<> text_of(const char* format, va_list args) { return adopt(PyUnicode_FromFormatV(format, args)); }
PyObject* raised(Raised) { return nullptr; }
Ref<> file_name(const char* text) { return text ? adopt(PyUnicode_DecodeFSDefault(text)) : none(); }
}  // namespace

// -- the pending exception --
CAPI void PyErr_SetNone(PyObject* type) { PyErr_SetObject(type, nullptr); }
CAPI void PyErr_SetObject(PyObject* type, PyObject* value) {
  if (type && !PyExceptionClass_Check(type)) {
    raise(PyExc_SystemError, "_PyErr_SetObject: exception {} is not a BaseException subclass", as_repr(type));
    return;
  }
  if (value) raise_value(type, value);
  else raise_bare(type);
}
CAPI void PyErr_SetString(PyObject* type, const char* text) {
  Ref<> message = new_str(text);
  if (message) PyErr_SetObject(type, message.get());
}
CAPI void _PyErr_SetKeyError(PyObject* key) { raise_key_error(key); }
CAPI PyObject* PyErr_Occurred() { return pending_error(); }
CAPI void PyErr_Clear() { clear_error(); }
CAPI void PyErr_Fetch(PyObject** type, PyObject** value, PyObject** traceback) {
  PendingError e = PendingError::take();
  *type = e.type.release();
  *value = e.value.release();
  *traceback = e.traceback.release();
}
CAPI void PyErr_Restore(PyObject* type, PyObject* value, PyObject* traceback) {
  PendingError e;
  e.type = adopt(type);
  e.value = adopt(value);
  e.traceback = adopt(traceback);
  if (e.type) std::move(e).restore();
  else clear_error();
}
CAPI void PyErr_NormalizeException(PyObject** type, PyObject** value, PyObject** traceback) {
  PendingError e;
  e.type = adopt(*type);
  e.value = adopt(*value);
  e.traceback = adopt(*traceback);
  normalize_error(e);
  *type = e.type.release();
  *value = e.value.release();
  *traceback = e.traceback.release();
}
CAPI int PyErr_GivenExceptionMatches(PyObject* given, PyObject* type) { return given && type && exception_matches(given, type); }
CAPI int PyErr_ExceptionMatches(PyObject* type) { return pending_error() && pending_matches(type); }
CAPI void _PyErr_ChainExceptions(PyObject* type, PyObject* value, PyObject* traceback) {
  if (!type) return;
  PendingError e;
  e.type = adopt(type);
  e.value = adopt(value);
  e.traceback = adopt(traceback);
  chain_context(std::move(e));
}
CAPI PyObject* PyErr_FormatV(PyObject* type, const char* format, va_list args) {
  clear_error();
  Ref<> text = text_of(format, args);
  if (text) PyErr_SetObject(type, text.get());
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
CAPI int PyErr_BadArgument() {
  raise(PyExc_TypeError, "bad argument type for built-in operation");
  return 0;
}
CAPI PyObject* PyErr_NoMemory() { return raised(raise_no_memory()); }
CAPI void _PyErr_BadInternalCall(const char* file, int line) {
  raise(PyExc_SystemError, "{}:{}: bad argument to internal function", file, line);
}
#undef PyErr_BadInternalCall
CAPI void PyErr_BadInternalCall() { raise_internal("bad argument to internal function"); }

// -- OSError --
namespace {
PyObject* from_errno(PyObject* type, PyObject* name, PyObject* name2) {
  int error = errno;
  if (error == EINTR && !run_signal_handlers()) return nullptr;
  Ref<> code = new_int(error), text = adopt(PyUnicode_DecodeLocale(error ? strerror(error) : "Error", "surrogateescape"));
  if (!code || !text) return nullptr;
  Ref<> zero = share(object(small_int(0)));
  Ref<> args = name2  ? tuple_of({code.get(), text.get(), name, zero.get(), name2})
               : name ? tuple_of({code.get(), text.get(), name})
                      : tuple_of({code.get(), text.get()});
  if (!args) return nullptr;
  Ref<> made = call_object(type, args.get());
  if (made) PyErr_SetObject(object(Py_TYPE(made.get())), made.get());
  return nullptr;
}
}  // namespace
CAPI PyObject* PyErr_SetFromErrno(PyObject* type) { return from_errno(type, nullptr, nullptr); }
CAPI PyObject* PyErr_SetFromErrnoWithFilenameObject(PyObject* type, PyObject* name) { return from_errno(type, name, nullptr); }
CAPI PyObject* PyErr_SetFromErrnoWithFilenameObjects(PyObject* type, PyObject* name, PyObject* name2) {
  return from_errno(type, name, name2);
}
CAPI PyObject* PyErr_SetFromErrnoWithFilename(PyObject* type, const char* name) {
  int error = errno;
  Ref<> text = file_name(name);
  errno = error;
  return text ? from_errno(type, name ? text.get() : nullptr, nullptr) : nullptr;
}
CAPI PyObject* PyErr_SetImportError(PyObject* message, PyObject* name, PyObject* path) {
  return PyErr_SetImportErrorSubclass(PyExc_ImportError, message, name, path);
}
CAPI PyObject* PyErr_SetImportErrorSubclass(PyObject* type, PyObject* message, PyObject* name, PyObject* path) {
  auto is_sub = is_subclass(type, PyExc_ImportError);
  if (!is_sub) return nullptr;
  if (!*is_sub) return raised(raise(PyExc_TypeError, "expected a subclass of ImportError"));
  if (!message) return raised(raise(PyExc_TypeError, "expected a message argument"));
  Ref<Dict> fields = new_dict();
  if (!fields || !dict_set(object(fields.get()), "name"_name, name ? name : Py_None) ||
      !dict_set(object(fields.get()), "path"_name, path ? path : Py_None))
    return nullptr;
  Ref<> args = tuple_of({message});
  Ref<> made = args ? call_object(type, args.get(), object(fields.get())) : Ref<>();
  if (made) PyErr_SetObject(object(Py_TYPE(made.get())), made.get());
  return nullptr;
}

// -- new classes --
CAPI PyObject* PyErr_NewException(const char* name, PyObject* bases, PyObject* dict) {
  const char* dot = strrchr(name, '.');
  if (!dot) return raised(raise(PyExc_SystemError, "PyErr_NewException: name must be module.class"));
  Ref<> fields = dict ? share(dict) : Ref<>(new_dict());
  if (!fields) return nullptr;
  auto has_module = dict_contains(fields.get(), "__module__"_name);
  if (!has_module) return nullptr;
  if (!*has_module) {
    Ref<> module = new_str(std::string_view(name, static_cast<size_t>(dot - name)));
    if (!module || !dict_set(fields.get(), "__module__"_name, module.get())) return nullptr;
  }
  Ref<> all = bases && PyTuple_Check(bases) ? share(bases) : tuple_of({bases ? bases : PyExc_Exception});
  Ref<> short_text = new_str(dot + 1);
  return all && short_text ? lower(call(object(&PyType_Type), short_text.get(), all.get(), fields.get())) : nullptr;
}
CAPI PyObject* PyErr_NewExceptionWithDoc(const char* name, const char* doc, PyObject* bases, PyObject* dict) {
  Ref<> fields = dict ? share(dict) : Ref<>(new_dict());
  if (!fields) return nullptr;
  if (doc) {
    Ref<> text = new_str(doc);
    if (!text || !dict_set(fields.get(), "__doc__"_name, text.get())) return nullptr;
  }
  return PyErr_NewException(name, bases, fields.get());
}

// -- the exception being handled --
CAPI PyObject* PyErr_GetHandledException() {
  PyObject* e = handled_exception(current_thread());
  return e && e != Py_None ? Py_NewRef(e) : nullptr;
}
CAPI void PyErr_SetHandledException(PyObject* e) {
  PyObject* old = std::exchange(current_thread()->exc_info->exc_value, Py_XNewRef(e == Py_None ? nullptr : e));
  Py_XDECREF(old);
}
CAPI void PyErr_GetExcInfo(PyObject** type, PyObject** value, PyObject** traceback) {
  PyObject* e = handled_exception(current_thread());
  if (e == Py_None) e = nullptr;
  *type = Py_NewRef(e ? object(Py_TYPE(e)) : Py_None);
  *value = Py_NewRef(e ? e : Py_None);
  PyObject* t = e ? reinterpret_cast<PyBaseExceptionObject*>(e)->traceback : nullptr;
  *traceback = Py_NewRef(t ? t : Py_None);
}
CAPI void PyErr_SetExcInfo(PyObject* type, PyObject* value, PyObject* traceback) {
  PyErr_SetHandledException(value);
  Py_XDECREF(value);
  Py_XDECREF(type);
  Py_XDECREF(traceback);
}
CAPI PyObject* PyException_GetTraceback(PyObject* e) { return Py_XNewRef(reinterpret_cast<PyBaseExceptionObject*>(e)->traceback); }
CAPI int PyException_SetTraceback(PyObject* e, PyObject* traceback) {
  return set_attr(e, "__traceback__"_name, traceback ? traceback : Py_None).to_c();
}
CAPI PyObject* PyException_GetCause(PyObject* e) { return Py_XNewRef(reinterpret_cast<PyBaseExceptionObject*>(e)->cause); }
CAPI void PyException_SetCause(PyObject* e, PyObject* cause) {
  auto* x = reinterpret_cast<PyBaseExceptionObject*>(e);
  x->suppress_context = 1;
  Py_XSETREF(x->cause, cause);
}
CAPI PyObject* PyException_GetContext(PyObject* e) { return Py_XNewRef(reinterpret_cast<PyBaseExceptionObject*>(e)->context); }
CAPI void PyException_SetContext(PyObject* e, PyObject* context) {
  Py_XSETREF(reinterpret_cast<PyBaseExceptionObject*>(e)->context, context);
}
#undef PyExceptionClass_Name
CAPI const char* PyExceptionClass_Name(PyObject* type) { return reinterpret_cast<PyTypeObject*>(type)->tp_name; }

// -- reporting --
CAPI void PyErr_WriteUnraisable(PyObject* where) { write_unraisable(where); }
CAPI void _PyErr_WriteUnraisableMsg(const char* words, PyObject* where) {
  if (words) report_unraisable_message(words, where);
  else write_unraisable(where);
}
CAPI void PyErr_Display(PyObject*, PyObject* value, PyObject* traceback) { display_exception(value, traceback); }
CAPI void PyErr_PrintEx(int set_last) {
  PendingError e = PendingError::take();
  if (!e.type) return;
  normalize_error(e);
  Ref<> type = share(e.type.get()), traceback = e.traceback ? e.traceback.copy() : none();
  Ref<> value = std::move(e).instance();
  PyObject* sysdict = interpreter().sysdict;
  if (set_last && sysdict) {
    bool ok = dict_set(sysdict, "last_type"_name, type.get()) && dict_set(sysdict, "last_value"_name, value.get()) &&
              dict_set(sysdict, "last_traceback"_name, traceback.get());
    if (!ok) clear_error();
  }
  PyObject* hook = sysdict ? dict_find_name(sysdict, "excepthook"_name) : nullptr;
  Ref<> keep = hook ? share(hook) : Ref<>();
  Ref<> done = keep ? call(keep.get(), type.get(), value.get(), traceback.get()) : Ref<>();
  if (done) return;
  clear_error();
  display_exception(value.get(), traceback.get());
}
CAPI void PyErr_Print() { PyErr_PrintEx(1); }
CAPI int PyErr_CheckSignals() { return run_signal_handlers().to_c(); }
CAPI void PyErr_SetInterrupt() { simulate_signal(2); }
CAPI int PyErr_SetInterruptEx(int number) {
  if (number < 1 || number >= 65) return -1;
  simulate_signal(number);
  return 0;
}
CAPI int PyTraceBack_Print(PyObject* traceback, PyObject* file) {
  if (!traceback) return 0;
  if (!PyTraceBack_Check(traceback)) {
    raise_internal("bad argument to internal function");
    return -1;
  }
  TextBuffer out;
  format_traceback(out, traceback);
  Ref<> text = new_str(std::string_view(out.data(), out.size()));
  return text && call_method(file, "write"_name, text.get()) ? 0 : -1;
}
CAPI int PyTraceBack_Here(PyFrameObject* frame) {
  PendingError e = PendingError::take();
  Ref<> entry = new_traceback(e.traceback.get(), frame, PyFrame_GetLasti(frame), PyFrame_GetLineNumber(frame));
  if (!entry) {
    chain_context(std::move(e));
    return -1;
  }
  e.traceback = std::move(entry);
  std::move(e).restore();
  return 0;
}
CAPI void _PyTraceback_Add(const char* function, const char* file, int line) { add_synthetic_traceback(function, file, line); }

// -- warnings --
CAPI int PyErr_WarnEx(PyObject* category, const char* text, Py_ssize_t level) {
  return warn(category ? category : PyExc_RuntimeWarning, static_cast<int>(level), text).to_c();
}
namespace {
int warn_format(PyObject* category, Py_ssize_t level, const char* format, va_list args) {
  Ref<> text = text_of(format, args);
  if (!text) return -1;
  return hooks.warn ? hooks.warn(category ? category : PyExc_RuntimeWarning, text.get(), static_cast<int>(level)).to_c() : 0;
}
}  // namespace
CAPI int PyErr_WarnFormat(PyObject* category, Py_ssize_t level, const char* format, ...) {
  va_list args;
  va_start(args, format);
  int result = warn_format(category, level, format, args);
  va_end(args);
  return result;
}
CAPI int PyErr_ResourceWarning(PyObject*, Py_ssize_t level, const char* format, ...) {
  va_list args;
  va_start(args, format);
  int result = warn_format(PyExc_ResourceWarning, level, format, args);
  va_end(args);
  return result;
}
CAPI int PyErr_WarnExplicitObject(PyObject* category, PyObject* text, PyObject* file, int line, PyObject*, PyObject*) {
  return hooks.warn_explicit ? hooks.warn_explicit(category, text, file, line).to_c() : 0;
}
CAPI void _Py_FatalErrorFunc(const char* function, const char* message) {
  write_stderr("Fatal Python error: ");
  if (function) {
    write_stderr(function);
    write_stderr(": ");
  }
  write_stderr(message);
  write_stderr("\n");
  abort();
}
#undef Py_FatalError
CAPI void Py_FatalError(const char* message) { _Py_FatalErrorFunc(nullptr, message); }
