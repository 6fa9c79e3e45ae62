// BaseExceptionGroup and ExceptionGroup: making, splitting, and what the end of a try statement
// with except* raises. Splitting keeps the tree's shape: every part of a group is a new group made
// by its derive(), with the original's traceback, cause, context and notes.
#include <Python.h>
#include <structmember.h>

#include "object/bind.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/exceptions.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"

namespace taipan {

bool is_exception_group(PyObject* o) {
  return is_instance_of(o, reinterpret_cast<PyTypeObject*>(PyExc_BaseExceptionGroup));
}

namespace exceptions {

using Group = PyBaseExceptionGroupObject;
static Group& as(PyObject* o) { return *reinterpret_cast<Group*>(o); }

// -- making ---------------------------------------------------------------------------------

static PyTypeObject* group_type = nullptr;
PyTypeObject* exception_group_type() { return group_type; }

Status make_exception_group_type() {
  Ref<> bases = TRY(tuple_of({PyExc_BaseExceptionGroup, PyExc_Exception}));
  Ref<Dict> dict = TRY(new_dict());
  TRY(dict_set(object(dict.get()), "__module__"_name, "builtins"_name));
  Ref<> type = TRY(new_type(&PyType_Type, "ExceptionGroup"_name, bases.get(), object(dict.get())));
  group_type = reinterpret_cast<PyTypeObject*>(type.release());
  return {};
}
void drop_exception_group_type() { clear_field(group_type); }

static Ref<> make(PyTypeObject* type, PyObject* args) {
  TRY(check_argument_count("BaseExceptionGroup.__new__()", tuple_size(args), 2, 2));
  PyObject *message = item(args, 0), *given = item(args, 1);
  if (!PyUnicode_Check(message)) {
    return raise(PyExc_TypeError, "BaseExceptionGroup.__new__() argument 1 must be str, not {}",
                 message == Py_None ? "None" : type_name(message));
  }
  if (!is_sequence(given))
    return raise(PyExc_TypeError, "second argument (exceptions) must be a sequence");
  Ref<> excs = TRY(to_tuple(given));
  Py_ssize_t n = tuple_size(excs.get());
  if (!n)
    return raise(PyExc_ValueError, "second argument (exceptions) must be a non-empty sequence");
  bool only_ordinary = true;
  for (Py_ssize_t i = 0; i < n; i++) {
    PyObject* e = item(excs.get(), i);
    if (!is_exception(e))
      return raise(PyExc_ValueError, "Item {} of second argument (exceptions) is not an exception",
                   i);
    if (!exception_matches(e, PyExc_Exception)) only_ordinary = false;
  }
  if (object(type) == PyExc_BaseExceptionGroup) {
    if (only_ordinary) type = group_type;
  } else if (!only_ordinary && type == group_type) {
    return raise(PyExc_TypeError, "Cannot nest BaseExceptions in an ExceptionGroup");
  } else if (!only_ordinary && TRY(is_subclass(object(type), PyExc_Exception))) {
    return raise(PyExc_TypeError, "Cannot nest BaseExceptions in '{}'", type->tp_name);
  }
  Ref<> self = TRY(adopt(base_new(type, args, nullptr)));
  as(self.get()).msg = Py_NewRef(message);
  as(self.get()).excs = excs.release();
  return self;
}

PyObject* group_new(PyTypeObject* type, PyObject* args, PyObject*) {
  return make(type, args).release();
}
int group_init(PyObject* self, PyObject* args, PyObject* kwargs) {
  return base_init(self, args, kwargs);
}

PyObject* group_str(PyObject* self) {
  Py_ssize_t n = tuple_size(as(self).excs);
  return format_str("{} ({} sub-exception{})", as_str(as(self).msg), n, n > 1 ? "s" : "").release();
}

static constexpr char derive_doc[] =
    "derive($self, excs, /)\n--\n\nA group of other exceptions with the same message. Subclasses "
    "override this.";
static Ref<> derive(PyObject* self, PyObject* excs) {
  return call(PyExc_BaseExceptionGroup, as(self).msg, excs);
}

// -- splitting ------------------------------------------------------------------------------

namespace {

enum class By { type, predicate, identity };
struct Matcher {
  By by;
  PyObject* value;  // class or tuple of classes; function; dict whose keys are the exceptions' ids
};
struct Parts {
  Ref<> match, rest;
};

Result<Matcher> matcher_for(PyObject* value) {
  if (PyFunction_Check(value)) return Matcher{By::predicate, value};
  if (is_exception_class(value)) return Matcher{By::type, value};
  bool classes = PyTuple_CheckExact(value);
  for (Py_ssize_t i = 0; classes && i < tuple_size(value); i++)
    classes = is_exception_class(item(value, i));
  if (classes) return Matcher{By::type, value};
  return raise(PyExc_TypeError, "expected a function, exception type or tuple of exception types");
}

Ref<> identity_of(PyObject* o) { return new_int_unsigned(reinterpret_cast<uintptr_t>(o)); }

Result<bool> matches(PyObject* exc, const Matcher& m) {
  switch (m.by) {
    case By::type:
      return exception_matches(exc, m.value);
    case By::predicate: {
      Ref<> answer = TRY(call(m.value, exc));
      return is_true(answer.get());
    }
    case By::identity:
      break;
  }
  if (is_exception_group(exc)) return false;
  Ref<> id = TRY(identity_of(exc));
  return dict_contains(m.value, id.get());
}

Ref<> subset(PyObject* original, PyObject* excs) {
  Ref<> part = TRY(call_method(original, "derive"_name, excs));
  if (!is_exception_group(part.get()))
    return raise(PyExc_TypeError, "derive must return an instance of BaseExceptionGroup");
  auto &to = as(part.get()), &from = as(original);
  if (from.traceback) replace_field(to.traceback, share(from.traceback));
  replace_field(to.context, from.context ? share(from.context) : Ref<>());
  to.suppress_context = 1;
  replace_field(to.cause, from.cause ? share(from.cause) : Ref<>());
  Ref<> notes = TRY(find_attr(original, "__notes__"_name));
  if (notes && is_sequence(notes.get())) {  // each part gets a list of its own
    Ref<> copy = TRY(to_list(notes.get()));
    TRY(set_attr(part.get(), "__notes__"_name, copy.get()));
  }
  return part;
}

Status split_into(PyObject* exc, const Matcher& m, bool want_rest, Parts& parts) {
  if (TRY(matches(exc, m))) {
    parts.match = share(exc);
    return {};
  }
  if (!is_exception_group(exc)) {
    if (want_rest) parts.rest = share(exc);
    return {};
  }
  Ref<List> matching = TRY(new_list()), others = TRY(new_list());
  Ref<> excs = share(as(exc).excs);
  for (Py_ssize_t i = 0; i < tuple_size(excs.get()); i++) {
    RecursionGuard guard(" in exceptiongroup_split_recursive");
    if (!guard) return Raised{};
    Parts inner;
    TRY(split_into(item(excs.get(), i), m, want_rest, inner));
    if (inner.match) TRY(list_append(object(matching.get()), inner.match.get()));
    if (inner.rest) TRY(list_append(object(others.get()), inner.rest.get()));
  }
  if (Py_SIZE(matching.get())) parts.match = TRY(subset(exc, object(matching.get())));
  if (Py_SIZE(others.get())) parts.rest = TRY(subset(exc, object(others.get())));
  return {};
}

}  // namespace

static Result<Parts> split_by(PyObject* self, PyObject* condition, bool want_rest) {
  Matcher m = TRY(matcher_for(condition));
  Parts parts;
  TRY(split_into(self, m, want_rest, parts));
  if (!parts.match) parts.match = none();
  if (!parts.rest) parts.rest = none();
  return parts;
}

static constexpr char split_doc[] =
    "split($self, condition, /)\n--\n\nTwo groups: of the leaves that match, and of the others. "
    "Either may be None.";
static Ref<> split(PyObject* self, PyObject* condition) {
  Parts parts = TRY(split_by(self, condition, true));
  return tuple_of({parts.match.get(), parts.rest.get()});
}

static constexpr char subgroup_doc[] =
    "subgroup($self, condition, /)\n--\n\nThe group of the leaves that match, or None.";
static Ref<> subgroup(PyObject* self, PyObject* condition) {
  Parts parts = TRY(split_by(self, condition, false));
  return std::move(parts.match);
}

constinit PyMemberDef group_members[] = {
    {"message", T_OBJECT, offsetof(Group, msg), READONLY, "the message"},
    {"exceptions", T_OBJECT, offsetof(Group, excs), READONLY, "the tuple of exceptions"},
    {},
};
constinit PyMethodDef group_methods[] = {
    {"__class_getitem__", class_getitem, METH_O | METH_CLASS, "Generic aliases of the class."},
    method<derive_doc, derive>,
    method<split_doc, split>,
    method<subgroup_doc, subgroup>,
    {},
};

// -- except* --------------------------------------------------------------------------------

namespace {

/// Is e a part of the original that a clause raised again as it was?
bool same_metadata(PyObject* e, PyObject* original) {
  auto &a = *reinterpret_cast<Exception*>(e), &b = *reinterpret_cast<Exception*>(original);
  return a.notes == b.notes && a.traceback == b.traceback && a.cause == b.cause &&
         a.context == b.context;
}

Status collect_leaf_ids(PyObject* exc, PyObject* ids) {
  if (!is_exception_group(exc)) {
    Ref<> id = TRY(identity_of(exc));
    return dict_set(ids, id.get(), Py_None);
  }
  RecursionGuard guard(" in collect_exception_group_leaf_ids");
  if (!guard) return Raised{};
  PyObject* excs = as(exc).excs;
  for (Py_ssize_t i = 0; i < tuple_size(excs); i++) TRY(collect_leaf_ids(item(excs, i), ids));
  return {};
}

/// The part of the original whose leaves are among those of the kept exceptions; None if that is
/// empty.
Ref<> projection(PyObject* original, PyObject* keep) {
  Ref<Dict> ids = TRY(new_dict());
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(keep); i++)
    TRY(collect_leaf_ids(PyList_GET_ITEM(keep, i), object(ids.get())));
  Parts parts;
  TRY(split_into(original, {By::identity, object(ids.get())}, false, parts));
  return parts.match ? std::move(parts.match) : none();
}

}  // namespace
}  // namespace exceptions

Ref<> new_exception_group(const char* message, PyObject* exceptions) {
  Ref<> text = TRY(new_str(message));
  return call(PyExc_BaseExceptionGroup, text.get(), exceptions);
}

Result<std::pair<Ref<>, Ref<>>> split_exception_group(PyObject* group, PyObject* type) {
  Ref<> pair = TRY(call_method(group, "split"_name, type));
  if (!PyTuple_CheckExact(pair.get()))
    return raise(PyExc_TypeError, "{}.split must return a tuple, not {}", type_name(group),
                 type_name(pair.get()));
  if (tuple_size(pair.get()) < 2) {
    return raise(PyExc_TypeError, "{}.split must return a 2-tuple, got tuple of size {}",
                 type_name(group), tuple_size(pair.get()));
  }
  return std::pair{share(item(pair.get(), 0)), share(item(pair.get(), 1))};
}

Ref<> prepare_reraise_star(PyObject* original, PyObject* excs) {
  Py_ssize_t n = PyList_GET_SIZE(excs);
  if (!n) return none();
  if (!is_exception_group(original))
    return share(PyList_GET_ITEM(excs, 0));  // a naked exception: at most one clause ran
  Ref<List> raised = TRY(new_list()), reraised = TRY(new_list());
  for (Py_ssize_t i = 0; i < n; i++) {
    PyObject* e = PyList_GET_ITEM(excs, i);
    if (e == Py_None) continue;
    bool again = exceptions::same_metadata(e, original);
    TRY(list_append(object(again ? reraised.get() : raised.get()), e));
  }
  Ref<> kept = TRY(exceptions::projection(original, object(reraised.get())));
  if (!Py_SIZE(raised.get())) return kept;
  if (kept.get() != Py_None) TRY(list_append(object(raised.get()), kept.get()));
  if (Py_SIZE(raised.get()) == 1) return share(PyList_GET_ITEM(object(raised.get()), 0));
  return new_exception_group("", object(raised.get()));
}

}  // namespace taipan
