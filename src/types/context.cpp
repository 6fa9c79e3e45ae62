// contextvars.Context: a mapping from context variables to values. Copying is cheap: copies share one dict, and
// whoever changes it first takes a dict of its own.
#include "types/context.h"

#include "object/bind.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/thread.h"
#include "object/tuple.h"
#include "object/type.h"
#include "object/weakref.h"
#include "types/context_layout.h"
#include "types/rows.h"

namespace taipan {

static PyContext* as_context(PyObject* o) { return reinterpret_cast<PyContext*>(o); }

static Ref<> make_context(PyObject* values) {
  auto c = TRY(allocate<PyContext>(&PyContext_Type));
  c->outer = nullptr;
  c->values = Py_NewRef(values);
  c->weakreflist = nullptr;
  c->entered = false;
  gc_track(object(c.get()));
  return c;
}
Ref<> new_context() {
  auto values = TRY(new_dict());
  return make_context(object(values.get()));
}
Ref<> copy_context(PyObject* context) { return make_context(as_context(context)->values); }

Result<PyContext*> current_context() {
  PyThreadState* ts = current_thread();
  if (!ts->context) {
    Ref<> made = TRY(new_context());
    ts->context = made.release();
    ts->context_ver++;
  }
  return as_context(ts->context);
}
Ref<> copy_current_context() {
  PyContext* context = TRY(current_context());
  return copy_context(object(context));
}

Result<PyObject*> own_values(PyContext* context) {
  if (Py_REFCNT(context->values) > 1) {
    auto copy = TRY(dict_copy(context->values));
    replace_field(context->values, Ref<>(std::move(copy)));
  }
  return context->values;
}

Status enter_context(PyObject* o) {
  PyContext* context = as_context(o);
  if (context->entered) return raise(PyExc_RuntimeError, "cannot enter context: {} is already entered", as_repr(o));
  PyThreadState* ts = current_thread();
  context->outer = as_context(ts->context);  // the reference moves
  context->entered = true;
  ts->context = Py_NewRef(o);
  ts->context_ver++;
  return {};
}
Status exit_context(PyObject* o) {
  PyContext* context = as_context(o);
  if (!context->entered) return raise(PyExc_RuntimeError, "cannot exit context: {} has not been entered", as_repr(o));
  PyThreadState* ts = current_thread();
  if (ts->context != o)
    return raise(PyExc_RuntimeError, "cannot exit context: thread state references a different context object");
  Ref<> leaving = adopt(ts->context);
  ts->context = object(std::exchange(context->outer, nullptr));
  ts->context_ver++;
  context->entered = false;
  return {};
}

// -- the type --

static PyObject* context_new(PyTypeObject*, PyObject* args, PyObject* kwargs) {
  if (tuple_size(args) || (kwargs && dict_size(kwargs)))
    return raise(PyExc_TypeError, "Context() does not accept any arguments");
  return new_context().release();
}
static int context_clear(PyObject* o) {
  clear_field(as_context(o)->outer);
  clear_field(as_context(o)->values);
  return 0;
}
static void context_dealloc(PyObject* o) {
  gc_untrack(o);
  clear_weakrefs(o);
  context_clear(o);
  deallocate(as_context(o));
}
static int context_traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(as_context(o)->outer);
  Py_VISIT(as_context(o)->values);
  return 0;
}

static Status check_key(PyObject* key) {
  if (PyContextVar_CheckExact(key)) return {};
  return raise(PyExc_TypeError, "a ContextVar key was expected, got {}", as_repr(key));
}
static Py_ssize_t context_length(PyObject* o) { return dict_size(as_context(o)->values); }
static Result<bool> context_contains(PyObject* o, PyObject* key) {
  TRY(check_key(key));
  return dict_contains(as_context(o)->values, key);
}
static Ref<> context_item(PyObject* o, PyObject* key) {
  TRY(check_key(key));
  PyObject* value = TRY(dict_find(as_context(o)->values, key));
  if (value) return share(value);
  return raise_key_error(key);
}
static Ref<> context_iter(PyObject* o) { return iterate(as_context(o)->values); }
static Ref<> context_compare(PyObject* a, PyObject* b, int op) {
  if (!PyContext_CheckExact(a) || !PyContext_CheckExact(b) || (op != Py_EQ && op != Py_NE)) return not_implemented();
  return compare(as_context(a)->values, as_context(b)->values, op);
}

static constexpr char get_doc[] =
    "get($self, key, default=None, /)\n--\n\n"
    "The variable's value in the context, or the default if it has none there.";
static Ref<> get(PyObject* self, PyObject* key, PyObject* fallback) {
  TRY(check_key(key));
  PyObject* value = TRY(dict_find(as_context(self)->values, key));
  return share(value ? value : fallback);
}
static constexpr char keys_doc[] = "keys($self, /)\n--\n\nThe variables in the context.";
static Ref<> keys(PyObject* self) { return iterate(as_context(self)->values); }
static constexpr char values_doc[] = "values($self, /)\n--\n\nThe values in the context.";
static Ref<> values(PyObject* self) {
  auto list = TRY(dict_values_list(as_context(self)->values));
  return iterate(object(list.get()));
}
static constexpr char items_doc[] = "items($self, /)\n--\n\nThe pairs of variable and value in the context.";
static Ref<> items(PyObject* self) {
  auto list = TRY(dict_items_list(as_context(self)->values));
  return iterate(object(list.get()));
}
static constexpr char copy_doc[] = "copy($self, /)\n--\n\nA shallow copy of the context.";
static Ref<> copy(PyObject* self) { return copy_context(self); }

static Ref<> run(PyObject* self, Arguments a) {
  if (a.count < 1) return raise(PyExc_TypeError, "run() missing 1 required positional argument");
  TRY(enter_context(self));
  Ref<> result = vectorcall(a.items[0], a.items + 1, static_cast<size_t>(a.count - 1), a.names);
  PendingError error = PendingError::take();
  TRY(exit_context(self));
  if (error.type) std::move(error).restore();
  return result;
}

static constinit PyMethodDef context_methods[] = {
    method<get_doc, get>,
    method<items_doc, items>,
    method<keys_doc, keys>,
    method<values_doc, values>,
    method<copy_doc, copy>,
    varargs<run>("run", nullptr),
    {},
};
static constinit PySequenceMethods context_as_sequence = {.sq_contains = slot<context_contains>};
static constinit PyMappingMethods context_as_mapping = {
    .mp_length = slot<context_length>, .mp_subscript = slot<context_item>};

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject PyContext_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_contextvars.Context",
    .tp_basicsize = sizeof(PyContext),
    .tp_dealloc = context_dealloc,
    .tp_as_sequence = &context_as_sequence,
    .tp_as_mapping = &context_as_mapping,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = context_traverse,
    .tp_clear = context_clear,
    .tp_richcompare = slot<context_compare>,
    .tp_weaklistoffset = offsetof(PyContext, weakreflist),
    .tp_iter = slot<context_iter>,
    .tp_methods = context_methods,
    .tp_new = context_new,
};
