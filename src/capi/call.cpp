// abstract.h, modsupport.h, ceval.h: calls.
#include <cstdarg>

#include "capi/export.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "base/vector.h"

using namespace taipan;

namespace {

constexpr size_t kInline = 8;

/// Objects of a va_list up to the null that ends it, behind one free place for the callee's use.
class Objects {
 public:
  bool read(va_list args, PyObject* receiver = nullptr) {
    bool ok = items_.append(nullptr) && (!receiver || items_.append(receiver));
    while (PyObject* o = va_arg(args, PyObject*)) ok = ok && items_.append(o);
    if (!ok) raise_no_memory();
    return ok;
  }
  PyObject* const* data() { return items_.begin() + 1; }
  size_t count() const { return (items_.size() - 1) | PY_VECTORCALL_ARGUMENTS_OFFSET; }

 private:
  Vector<PyObject*> items_;
};

PyObject* call_method_objects(PyObject* o, PyObject* name, va_list args) {
  Objects objects;
  if (!o || !name) return raise_internal("null argument to internal routine");
  return objects.read(args, o) ? vectorcall_method(name, objects.data(), objects.count()).release() : nullptr;
}

/// callable(*format): a tuple that the format makes is the arguments.
PyObject* call_formatted(PyObject* callable, const char* format, va_list args) {
  if (!callable) return raise_internal("null argument to internal routine");
  if (!format || !*format) return call(callable).release();
  Ref<> value = adopt(Py_VaBuildValue(format, args));
  if (!value) return nullptr;
  if (PyTuple_Check(value.get())) return call_object(callable, value.get()).release();
  return call(callable, value.get()).release();
}

}  // namespace

CAPI PyObject* PyObject_Call(PyObject* callable, PyObject* args, PyObject* kwargs) { return call_object(callable, args, kwargs).release(); }
CAPI PyObject* PyObject_CallObject(PyObject* callable, PyObject* args) {
  if (!args) return call(callable).release();
  if (!PyTuple_Check(args)) return raise(PyExc_TypeError, "argument list must be a tuple");
  return call_object(callable, args).release();
}
CAPI PyObject* PyEval_CallObjectWithKeywords(PyObject* callable, PyObject* args, PyObject* kwargs) {
  if (args && !PyTuple_Check(args)) return raise(PyExc_TypeError, "argument list must be a tuple");
  if (kwargs && !PyDict_Check(kwargs)) return raise(PyExc_TypeError, "keyword list must be a dictionary");
  return call_object(callable, args ? args : empty_tuple(), kwargs).release();
}
#undef PyObject_CallNoArgs
CAPI PyObject* PyObject_CallNoArgs(PyObject* callable) { return call(callable).release(); }
CAPI PyObject* PyObject_CallOneArg(PyObject* callable, PyObject* arg) { return call(callable, arg).release(); }
#undef PyObject_Vectorcall
CAPI PyObject* PyObject_Vectorcall(PyObject* callable, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  return vectorcall(callable, args, nargsf, kwnames).release();
}
CAPI PyObject* _PyObject_FastCall(PyObject* callable, PyObject* const* args, Py_ssize_t n) {
  return vectorcall(callable, args, static_cast<size_t>(n)).release();
}
CAPI PyObject* PyObject_VectorcallDict(PyObject* callable, PyObject* const* args, size_t nargsf, PyObject* kwargs) {
  if (!kwargs || !dict_size(kwargs)) return vectorcall(callable, args, nargsf).release();
  Ref<> positional = tuple_of(args, PyVectorcall_NARGS(nargsf));
  return positional ? call_object(callable, positional.get(), kwargs).release() : nullptr;
}
CAPI PyObject* PyObject_VectorcallMethod(PyObject* name, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  return vectorcall_method(name, args, nargsf, kwnames).release();
}
CAPI PyObject* PyVectorcall_Call(PyObject* callable, PyObject* args, PyObject* kwargs) { return tp_call_by_vectorcall(callable, args, kwargs); }
#undef PyVectorcall_Function
CAPI vectorcallfunc PyVectorcall_Function(PyObject* callable) { return vectorcall_of(callable); }
CAPI PyObject* _PyObject_MakeTpCall(PyThreadState*, PyObject* callable, PyObject* const* args, Py_ssize_t n, PyObject* keywords) {
  if (keywords && PyDict_Check(keywords)) {
    Ref<> positional = tuple_of(args, n);
    return positional ? call_object(callable, positional.get(), keywords).release() : nullptr;
  }
  return make_tp_call(callable, args, n, keywords).release();
}
CAPI PyObject* _Py_CheckFunctionResult(PyThreadState*, PyObject* callable, PyObject* result, const char*) {
  return check_call_result(callable, result).release();
}

CAPI PyObject* PyObject_CallFunctionObjArgs(PyObject* callable, ...) {
  va_list args;
  va_start(args, callable);
  Objects objects;
  bool ok = objects.read(args);
  va_end(args);
  if (!callable) return raise_internal("null argument to internal routine");
  return ok ? vectorcall(callable, objects.data(), objects.count()).release() : nullptr;
}
CAPI PyObject* PyObject_CallMethodObjArgs(PyObject* o, PyObject* name, ...) {
  va_list args;
  va_start(args, name);
  PyObject* result = call_method_objects(o, name, args);
  va_end(args);
  return result;
}
CAPI PyObject* _PyObject_CallMethodIdObjArgs(PyObject* o, _Py_Identifier* id, ...) {
  va_list args;
  va_start(args, id);
  PyObject* result = call_method_objects(o, _PyUnicode_FromId(id), args);
  va_end(args);
  return result;
}
CAPI PyObject* _PyObject_CallFunction_SizeT(PyObject* callable, const char* format, ...) {
  va_list args;
  va_start(args, format);
  PyObject* result = call_formatted(callable, format, args);
  va_end(args);
  return result;
}
CAPI PyObject* PyEval_CallFunction(PyObject* callable, const char* format, ...) {
  va_list args;
  va_start(args, format);
  PyObject* result = call_formatted(callable, format, args);
  va_end(args);
  return result;
}
#define CALL_METHOD(function, Name, look_up)                                 \
  CAPI PyObject* function(PyObject* o, Name name, const char* format, ...) { \
    Ref<> method = look_up;                                                 \
    if (!method) return nullptr;                                          \
    va_list args;                                                         \
    va_start(args, format);                                               \
    PyObject* result = call_formatted(method.get(), format, args);        \
    va_end(args);                                                         \
    return result;                                                        \
  }
CALL_METHOD(_PyObject_CallMethod_SizeT, const char*, adopt(PyObject_GetAttrString(o, name)))
CALL_METHOD(PyEval_CallMethod, const char*, adopt(PyObject_GetAttrString(o, name)))
#undef _PyObject_CallMethodId
CALL_METHOD(_PyObject_CallMethodId, _Py_Identifier*, adopt(_PyObject_GetAttrId(o, name)))
CALL_METHOD(_PyObject_CallMethodId_SizeT, _Py_Identifier*, adopt(_PyObject_GetAttrId(o, name)))
#undef CALL_METHOD
CAPI PyObject* _Py_BuildValue_SizeT(const char* format, ...) {
  va_list args;
  va_start(args, format);
  PyObject* result = Py_VaBuildValue(format, args);
  va_end(args);
  return result;
}
CAPI PyObject* _Py_VaBuildValue_SizeT(const char* format, va_list args) { return Py_VaBuildValue(format, args); }
