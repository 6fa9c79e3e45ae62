// What raising and catching mean: the checks, `raise … from`, except*, the methods of context managers.
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "vm/semantics.h"
#include "vm/vm.h"

namespace taipan {

static bool is_exception_class(PyObject* o) { return PyExceptionClass_Check(o); }

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

static bool is_group(PyObject* o) {
  return is_instance_of(o, reinterpret_cast<PyTypeObject*>(PyExc_BaseExceptionGroup));
}

static Ref<> make_group(PyObject* exceptions) {
  return call(PyExc_BaseExceptionGroup, empty_str(), exceptions);
}

Status match_exception_group(PyObject* exception, PyObject* type, PyObject** match, PyObject** rest) {
  if (exception == Py_None) {
    *match = Py_NewRef(Py_None);
    *rest = Py_NewRef(Py_None);
    return {};
  }
  if (exception_matches(exception, type)) {
    if (is_group(exception)) {
      *match = Py_NewRef(exception);
    } else {
      Ref<> only = TRY(tuple_of({exception}));
      Ref<> group = TRY(make_group(only.get()));
      *match = group.release();
    }
    *rest = Py_NewRef(Py_None);
    return {};
  }
  if (is_group(exception)) {
    Ref<> pair = TRY(call_method(exception, "split"_name, type));
    if (!PyTuple_CheckExact(pair.get()))
      return raise(PyExc_TypeError, "{}.split must return a tuple, not {}", type_name(exception),
                   type_name(pair.get()));
    if (Py_SIZE(pair.get()) < 2)
      return raise(PyExc_TypeError, "{}.split must return a 2-tuple, got tuple of size {}", type_name(exception),
                   Py_SIZE(pair.get()));
    *match = Py_NewRef(item(pair.get(), 0));
    *rest = Py_NewRef(item(pair.get(), 1));
    return {};
  }
  *match = Py_NewRef(Py_None);
  *rest = Py_NewRef(exception);
  return {};
}

static PyObject* group_members(PyObject* group) {
  return reinterpret_cast<PyBaseExceptionGroupObject*>(group)->excs;
}

/// Collects the leaves of a group (or the exception itself) in a list.
static Status collect_leaves(PyObject* exception, PyObject* leaves) {
  if (!is_group(exception)) return list_append(leaves, exception);
  RecursionGuard guard(" in collect_exception_group_leaf_ids");
  if (!guard) return Raised{};
  PyObject* members = group_members(exception);
  for (Py_ssize_t i = 0; i < Py_SIZE(members); i++) TRY(collect_leaves(item(members, i), leaves));
  return {};
}

static bool is_among(PyObject* exception, PyObject* list) {
  for (Py_ssize_t i = 0; i < Py_SIZE(list); i++)
    if (PyList_GET_ITEM(list, i) == exception) return true;
  return false;
}

/// A group like `group` with other members: made by its derive(), told where it came from.
static Ref<> derive_group(PyObject* group, PyObject* members) {
  Ref<> made = TRY(call_method(group, "derive"_name, members));
  if (!is_group(made.get()))
    return raise(PyExc_TypeError, "derive must return an instance of BaseExceptionGroup");
  auto* from = reinterpret_cast<PyBaseExceptionObject*>(group);
  auto* to = reinterpret_cast<PyBaseExceptionObject*>(made.get());
  Py_XINCREF(from->traceback);
  Py_XSETREF(to->traceback, from->traceback);
  Py_XINCREF(from->context);
  Py_XSETREF(to->context, from->context);
  Py_XINCREF(from->cause);
  Py_XSETREF(to->cause, from->cause);
  to->suppress_context = from->cause ? 1 : to->suppress_context;
  Ref<> notes = TRY(find_attr(group, "__notes__"_name));
  if (notes && is_sequence(notes.get())) {
    Ref<> copy = TRY(to_list(notes.get()));
    TRY(set_attr(made.get(), "__notes__"_name, copy.get()));
  }
  return made;
}

/// The part of a group whose leaves are among `leaves`; empty inside: nothing of it.
static Result<Ref<>> project(PyObject* group, PyObject* leaves) {
  RecursionGuard guard(" in exceptiongroup_split_recursive");
  if (!guard) return Raised{};
  Ref<List> kept = TRY(new_list());
  PyObject* members = group_members(group);
  bool all = true;
  for (Py_ssize_t i = 0; i < Py_SIZE(members); i++) {
    PyObject* member = item(members, i);
    Ref<> part = is_group(member) ? TRY(project(member, leaves)) : is_among(member, leaves) ? share(member) : Ref<>();
    if (part) TRY(list_append(object(kept.get()), part.get()));
    all = all && part.get() == member;
  }
  if (all) return share(group);
  if (!Py_SIZE(kept.get())) return Ref<>();
  return TRY(derive_group(group, object(kept.get())));
}

/// An exception that an except* block re-raised with a bare `raise` has kept what the original had.
static bool same_origin(PyObject* a, PyObject* b) {
  auto* x = reinterpret_cast<PyBaseExceptionObject*>(a);
  auto* y = reinterpret_cast<PyBaseExceptionObject*>(b);
  return x->notes == y->notes && x->traceback == y->traceback && x->cause == y->cause && x->context == y->context;
}

Ref<> prepare_reraise_star(PyObject* original, PyObject* raised) {
  Py_ssize_t n = Py_SIZE(raised);
  if (!n) return none();
  if (!is_group(original)) return share(PyList_GET_ITEM(raised, 0));  // one clause ran, for the naked exception
  Ref<List> fresh = TRY(new_list());
  Ref<List> leaves = TRY(new_list());
  bool any_reraised = false;
  for (Py_ssize_t i = 0; i < n; i++) {
    PyObject* e = PyList_GET_ITEM(raised, i);
    if (e == Py_None) continue;
    if (same_origin(e, original)) {
      any_reraised = true;
      TRY(collect_leaves(e, object(leaves.get())));
    } else {
      TRY(list_append(object(fresh.get()), e));
    }
  }
  Ref<> reraised = any_reraised ? TRY(project(original, object(leaves.get()))) : Ref<>();
  if (!Py_SIZE(fresh.get())) return reraised ? std::move(reraised) : none();
  if (reraised) TRY(list_append(object(fresh.get()), reraised.get()));
  if (Py_SIZE(fresh.get()) == 1) return share(PyList_GET_ITEM(object(fresh.get()), 0));
  return make_group(object(fresh.get()));
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
