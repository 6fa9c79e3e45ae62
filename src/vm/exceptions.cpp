// What raising and catching mean: the checks, `raise … from`, except*, the methods of context managers.
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/exceptions.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "vm/semantics.h"
#include "vm/vm.h"

namespace taipan {

Result<bool> check_except_type(PyObject* type) {
  bool good = true;
  if (PyTuple_Check(type)) {
    for (Py_ssize_t i = 0; i < Py_SIZE(type); i++) good = good && is_exception_class(item(type, i));
  } else {
    good = is_exception_class(type);
  }
  if (!good)
    return raise(PyExc_TypeError, "catching classes that do not inherit from BaseException is not allowed");
  return true;
}

Result<bool> check_except_star_type(PyObject* type) {
  TRY(check_except_type(type));
  bool group = false;
  if (PyTuple_Check(type)) {
    for (Py_ssize_t i = 0; i < Py_SIZE(type) && !group; i++)
      group = TRY(is_subclass(item(type, i), PyExc_BaseExceptionGroup));
  } else {
    group = TRY(is_subclass(type, PyExc_BaseExceptionGroup));
  }
  if (group)
    return raise(PyExc_TypeError, "catching ExceptionGroup with except* is not allowed. Use except instead.");
  return true;
}

PyObject* handled_exception(PyThreadState* ts) {
  for (_PyErr_StackItem* info = ts->exc_info; info; info = info->previous_item)
    if (info->exc_value && info->exc_value != Py_None) return info->exc_value;
  return nullptr;
}

static void restore_handled(PyObject* exception) {
  PendingError error;
  error.type = share(object(Py_TYPE(exception)));
  PyObject* traceback = reinterpret_cast<PyBaseExceptionObject*>(exception)->traceback;
  if (traceback) error.traceback = share(traceback);
  error.value = share(exception);
  std::move(error).restore();
}

static Ref<> make_exception(PyObject* type) {
  Ref<> made = TRY(call(type));
  if (!PyExceptionInstance_Check(made.get()))
    return raise(PyExc_TypeError, "calling {} should have returned an instance of BaseException, not {}",
                 as_repr(type), as_repr(object(Py_TYPE(made.get()))));
  return made;
}

static Status set_cause(PyObject* exception, PyObject* cause) {
  Ref<> fixed;
  if (is_exception_class(cause)) {
    fixed = TRY(call(cause));
    if (!PyExceptionInstance_Check(fixed.get()))
      return raise(PyExc_TypeError, "calling {} should have returned an instance of BaseException, not {}",
                   as_repr(cause), as_repr(object(Py_TYPE(fixed.get()))));
  } else if (PyExceptionInstance_Check(cause)) {
    fixed = share(cause);
  } else if (cause != Py_None) {
    return raise(PyExc_TypeError, "exception causes must derive from BaseException");
  }
  auto* e = reinterpret_cast<PyBaseExceptionObject*>(exception);
  e->suppress_context = 1;
  Py_XSETREF(e->cause, fixed.release());
  return {};
}

static Status raise_with_cause(PyObject* exception, PyObject* cause) {
  Ref<> value;
  if (is_exception_class(exception)) {
    value = TRY(make_exception(exception));
  } else if (PyExceptionInstance_Check(exception)) {
    value = share(exception);
  } else {
    return raise(PyExc_TypeError, "exceptions must derive from BaseException");
  }
  if (cause) TRY(set_cause(value.get(), cause));
  return raise_value(is_exception_class(exception) ? exception : object(Py_TYPE(value.get())), value.get());
}

bool do_raise(PyThreadState* ts, PyObject* exception, PyObject* cause) {
  if (!exception) {
    PyObject* handled = handled_exception(ts);
    if (handled) {
      restore_handled(handled);
      return true;
    }
    raise(PyExc_RuntimeError, "No active exception to reraise");
    return false;
  }
  Status done = raise_with_cause(exception, cause);
  (void)done;
  Py_DECREF(exception);
  Py_XDECREF(cause);
  return false;
}

// -- except* --

Status match_exception_group(PyObject* exception, PyObject* type, PyObject** match, PyObject** rest) {
  if (exception == Py_None) {
    *match = Py_NewRef(Py_None);
    *rest = Py_NewRef(Py_None);
    return {};
  }
  if (exception_matches(exception, type)) {
    if (is_exception_group(exception)) {
      *match = Py_NewRef(exception);
    } else {
      Ref<> only = TRY(tuple_of(&exception, 1));
      Ref<> group = TRY(new_exception_group("", only.get()));
      *match = group.release();
    }
    *rest = Py_NewRef(Py_None);
    return {};
  }
  if (is_exception_group(exception)) {
    auto pair = TRY(split_exception_group(exception, type));
    *match = pair.first.release();
    *rest = pair.second.release();
    return {};
  }
  *match = Py_NewRef(Py_None);
  *rest = Py_NewRef(exception);
  return {};
}

// -- with --

Status load_with_methods(PyObject* manager, bool async, Ref<>* enter, Ref<>* exit) {
  *enter = TRY(lookup_special(manager, async ? "__aenter__"_name : "__enter__"_name));
  const char* kind = async ? "asynchronous context manager" : "context manager";
  if (!*enter)
    return raise(PyExc_TypeError, "'{}' object does not support the {} protocol", type_name(manager), kind);
  *exit = TRY(lookup_special(manager, async ? "__aexit__"_name : "__exit__"_name));
  if (!*exit)
    return raise(PyExc_TypeError, "'{}' object does not support the {} protocol (missed {} method)",
                 type_name(manager), kind, async ? "__aexit__" : "__exit__");
  return {};
}

}  // namespace taipan
