// operator.methodcaller: a callable that calls a method of its argument.
#include "modules/module.h"
#include "modules/operator/operator.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/gc.h"
#include "object/hooks.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/rows.h"

namespace taipan {
namespace {

struct MethodCaller {
  PyObject_HEAD
  PyObject *name, *args, *kwargs;  // kwargs: a dict or null
};
MethodCaller& as(PyObject* o) { return *reinterpret_cast<MethodCaller*>(o); }

int traverse(PyObject* o, visitproc visit, void* arg) {
  for (PyObject* field : {as(o).name, as(o).args, as(o).kwargs}) Py_VISIT(field);
  return 0;
}
int clear(PyObject* o) {
  clear_field(as(o).args);
  clear_field(as(o).kwargs);
  return 0;
}
void dealloc(PyObject* o) {
  gc_untrack(o);
  for (PyObject** field : {&as(o).name, &as(o).args, &as(o).kwargs}) clear_field(*field);
  Py_TYPE(o)->tp_free(o);
}

constexpr char methodcaller_doc[] =
    "methodcaller(name, ...) --> methodcaller object\n\n"
    "A callable that calls a method of its argument: methodcaller('name')(r) is r.name(),\n"
    "methodcaller('name', 'date', foo=1)(r) is r.name('date', foo=1).";

Ref<> create(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  if (tuple_size(args) < 1) return raise(PyExc_TypeError, "methodcaller needs at least one argument, the method name");
  if (!PyUnicode_Check(item(args, 0))) return raise(PyExc_TypeError, "method name must be a string");
  Ref<> rest = TRY(tuple_slice(args, 1, tuple_size(args)));
  Ref<> names = kwargs && dict_size(kwargs) ? TRY(dict_copy(kwargs)) : Ref<Dict>();
  Ref<MethodCaller> self = TRY(adopt(reinterpret_cast<MethodCaller*>(type->tp_alloc(type, 0))));
  self->name = intern(share(item(args, 0))).release();
  self->args = rest.release();
  self->kwargs = names.release();
  return self;
}
PyObject* new_slot(PyTypeObject* type, PyObject* args, PyObject* kwargs) { return create(type, args, kwargs).release(); }

Ref<> call_slot(PyObject* o, PyObject* args, PyObject* kwargs) {
  if (!check_no_keywords_dict("methodcaller", kwargs)) return Raised{};
  if (!check_positional("methodcaller", tuple_size(args), 1, 1)) return Raised{};
  Ref<> method = TRY(get_attr(item(args, 0), as(o).name));
  return call_object(method.get(), as(o).args, as(o).kwargs);
}

Ref<> repr_slot(PyObject* o) {
  ReprGuard guard(o);
  if (!guard) return guard.seen() ? format_str("{}(...)", type_name(o)) : Ref<>();
  MethodCaller& self = as(o);
  Ref<> text = TRY(format_str("{}({}", type_name(o), as_repr(self.name)));
  StrBuilder out;
  if (!out.add(text.get())) return Raised{};
  for (Py_ssize_t i = 0; i < tuple_size(self.args); i++) {
    Ref<> shown = TRY(repr(item(self.args, i)));
    if (!out.add(", ") || !out.add(shown.get())) return Raised{};
  }
  Py_ssize_t position = 0;
  PyObject *key, *value;
  while (self.kwargs && dict_next(self.kwargs, &position, &key, &value)) {
    Ref<> shown = TRY(format_str(", {}={}", as_str(key), as_repr(value)));
    if (!out.add(shown.get())) return Raised{};
  }
  if (!out.add(Py_UCS4{')'})) return Raised{};
  return out.finish();
}

Ref<> reduce(PyObject* o) {
  MethodCaller& self = as(o);
  if (!self.kwargs) {
    Ref<Tuple> args = TRY(new_tuple(1 + tuple_size(self.args)));
    args->ob_item[0] = Py_NewRef(self.name);
    for (Py_ssize_t i = 0; i < tuple_size(self.args); i++) args->ob_item[i + 1] = Py_NewRef(item(self.args, i));
    return tuple_of({object(Py_TYPE(o)), object(args.get())});
  }
  // Keyword arguments travel inside a functools.partial.
  Ref<> functools = TRY(hooks.import_module("functools"));
  Ref<> partial = TRY(get_attr(functools.get(), "partial"_name));
  Ref<> bound = TRY(tuple_of({object(Py_TYPE(o)), self.name}));
  Ref<> maker = TRY(call_object(partial.get(), bound.get(), self.kwargs));
  return tuple_of({maker.get(), self.args});
}

constinit PyMethodDef methods[] = {
    noargs<reduce>("__reduce__", "Return state information for pickling"),
    {},
};

}  // namespace

constinit PyTypeObject methodcaller_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "operator.methodcaller",
    .tp_basicsize = sizeof(MethodCaller),
    .tp_dealloc = dealloc,
    .tp_repr = slot<repr_slot>,
    .tp_call = slot<call_slot>,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = methodcaller_doc,
    .tp_traverse = traverse,
    .tp_clear = clear,
    .tp_methods = methods,
    .tp_alloc = generic_alloc,
    .tp_new = new_slot,
    .tp_free = gc_free,
};

}  // namespace taipan
