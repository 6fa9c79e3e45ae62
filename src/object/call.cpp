// Calling any object: vectorcall where there is one, tp_call with a tuple and a dict otherwise.
#include "object/call.h"

#include "object/alloc.h"
#include "object/bind.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/protocol.h"
#include "object/stack.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"

namespace taipan {

Ref<> check_call_result(PyObject* callable, PyObject* result) {
  PyObject* pending = pending_error();
  if ((result == nullptr) == (pending != nullptr)) [[likely]] return adopt(result);
  if (!result) return raise(PyExc_SystemError, "{} returned NULL without setting an exception", as_repr(callable));
  Py_DECREF(result);
  PendingError cause = PendingError::take();
  raise(PyExc_SystemError, "{} returned a result with an exception set", as_repr(callable));
  chain_context(std::move(cause));
  return {};
}

Ref<> make_tp_call(PyObject* callable, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames) {
  ternaryfunc tp_call = Py_TYPE(callable)->tp_call;
  if (!tp_call) return raise(PyExc_TypeError, "'{}' object is not callable", clip(type_name(callable), 200));
  Ref<> positional = TRY(tuple_of(args, nargs));
  Ref<> named;
  if (kwnames && Py_SIZE(kwnames)) {
    named = TRY(new_dict());
    for (Py_ssize_t i = 0; i < Py_SIZE(kwnames); i++) TRY(dict_set(named.get(), item(kwnames, i), args[nargs + i]));
  }
  RecursionGuard guard(" while calling a Python object");
  if (!guard) return Raised{};
  return check_call_result(callable, tp_call(callable, positional.get(), named.get()));
}

Ref<> vectorcall(PyObject* callable, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  if (!has_stack(" while calling an object")) return Raised{};
  if (vectorcallfunc f = vectorcall_of(callable)) [[likely]]
    return check_call_result(callable, f(callable, args, nargsf, kwnames));
  return make_tp_call(callable, args, PyVectorcall_NARGS(nargsf), kwnames);
}

Ref<> call_object(PyObject* callable, PyObject* args, PyObject* kwargs) {
  if (vectorcall_of(callable)) return check_call_result(callable, tp_call_by_vectorcall(callable, args, kwargs));
  ternaryfunc tp_call = Py_TYPE(callable)->tp_call;
  if (!tp_call) return raise(PyExc_TypeError, "'{}' object is not callable", clip(type_name(callable), 200));
  RecursionGuard guard(" while calling a Python object");
  if (!guard) return Raised{};
  return check_call_result(callable, tp_call(callable, args, kwargs));
}

PyObject* tp_call_by_vectorcall(PyObject* callable, PyObject* args, PyObject* kwargs) {
  // The offset decides, not the type's flag: a class derived from a callable with vectorcall inherits only the former.
  Py_ssize_t offset = Py_TYPE(callable)->tp_vectorcall_offset;
  vectorcallfunc f = nullptr;
  if (offset > 0) memcpy(&f, reinterpret_cast<char*>(callable) + offset, sizeof f);
  if (!f) {
    raise(PyExc_TypeError, "'{}' object does not support vectorcall", clip(type_name(callable), 200));
    return nullptr;
  }
  if (!kwargs || !dict_size(kwargs)) return f(callable, reinterpret_cast<Tuple*>(args)->ob_item, tuple_size(args), nullptr);
  FlatArguments flat(args, kwargs);
  if (!flat.ok()) return nullptr;
  return f(callable, flat.items(), flat.count(), flat.names());
}

Ref<> vectorcall_method(PyObject* name, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  MethodLookup method = TRY(get_method(args[0], name));
  if (method.unbound) return vectorcall(method.callable.get(), args, nargsf, kwnames);
  // The receiver's place in front of the arguments may be used by the callee.
  return vectorcall(method.callable.get(), args + 1, (PyVectorcall_NARGS(nargsf) - 1) | PY_VECTORCALL_ARGUMENTS_OFFSET, kwnames);
}

FlatArguments::FlatArguments(PyObject* args, PyObject* kwargs) {
  count_ = tuple_size(args);
  items_ = reinterpret_cast<Tuple*>(args)->ob_item;
  Py_ssize_t named = kwargs ? dict_size(kwargs) : 0;
  if (!named) return;
  owned_ = static_cast<PyObject**>(raw_allocate(sizeof(PyObject*) * (count_ + named)));
  Ref<Tuple> names = owned_ ? new_tuple(named) : Ref<Tuple>();
  if (!names) {
    ok_ = false;
    if (!owned_) raise_no_memory();
    return;
  }
  for (Py_ssize_t i = 0; i < count_; i++) owned_[i] = items_[i];
  items_ = owned_;
  Py_ssize_t position = 0, i = 0;
  PyObject *key, *value;
  while (i < named && dict_next(kwargs, &position, &key, &value)) {
    if (!PyUnicode_Check(key)) {
      raise(PyExc_TypeError, "keywords must be strings");
      ok_ = false;
      break;
    }
    names->ob_item[i] = Py_NewRef(key);
    owned_[count_ + i++] = value;
  }
  names_ = std::move(names);
}
FlatArguments::~FlatArguments() {
  if (owned_) raw_free(owned_);
}

}  // namespace taipan
