// Bound methods; and instancemethod, by which extensions make any callable bind.
#include "object/bind.h"
#include "object/call.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/weakref.h"
#include "object/type.h"
#include "structmember.h"
#include "base/hash.h"
#include "vm/vm.h"

namespace taipan {

static PyMethodObject& self_of(PyObject* o) { return *reinterpret_cast<PyMethodObject*>(o); }

/// Calls the function with self in front. The caller may have left room for it.
static PyObject* method_vectorcall(PyObject* o, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  PyObject* self = self_of(o).im_self;
  PyObject* function = self_of(o).im_func;
  Py_ssize_t n = PyVectorcall_NARGS(nargsf);
  if (nargsf & PY_VECTORCALL_ARGUMENTS_OFFSET) {
    auto** with_self = const_cast<PyObject**>(args) - 1;
    PyObject* before = std::exchange(*with_self, self);
    PyObject* result = vectorcall(function, with_self, n + 1, kwnames).release();
    *with_self = before;
    return result;
  }
  Py_ssize_t total = n + (kwnames ? PyTuple_GET_SIZE(kwnames) : 0);
  if (!total) return vectorcall(function, &self, 1).release();
  PyObject* small[8];
  PyObject** all = small;
  if (total + 1 > 8) {
    all = static_cast<PyObject**>(malloc(sizeof(PyObject*) * (total + 1)));
    if (!all) return raise_no_memory();
  }
  all[0] = self;
  memcpy(all + 1, args, total * sizeof(PyObject*));
  PyObject* result = vectorcall(function, all, n + 1, kwnames).release();
  if (all != small) free(all);
  return result;
}

Ref<> new_method(PyObject* function, PyObject* self) {
  Ref<PyMethodObject> m = allocate_collected<PyMethodObject>(&PyMethod_Type);
  if (!m) return {};
  m->im_func = Py_NewRef(function);
  m->im_self = Py_NewRef(self);
  m->im_weakreflist = nullptr;
  m->vectorcall = method_vectorcall;
  gc_track(object(m.get()));
  return m;
}

static constexpr char method_doc[] =
    "method(function, instance, /)\n--\n\nBinds a callable to an instance, which it gets as its first argument.";
static Ref<> method_new(PyTypeObject*, PyObject* function, PyObject* instance) {
  if (!is_callable(function)) return raise(PyExc_TypeError, "first argument must be callable");
  if (instance == Py_None) return raise(PyExc_TypeError, "instance must not be None");
  return new_method(function, instance);
}
static void method_dealloc(PyObject* o) {
  gc_untrack(o);
  if (self_of(o).im_weakreflist) clear_weakrefs(o);
  Py_XDECREF(self_of(o).im_func);
  Py_XDECREF(self_of(o).im_self);
  free_collected(o, sizeof(PyMethodObject));
}
static int method_traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(self_of(o).im_func);
  Py_VISIT(self_of(o).im_self);
  return 0;
}
static Ref<> method_repr(PyObject* o) {
  Ref<> name = TRY(find_attr(self_of(o).im_func, "__qualname__"_name));
  if (!name) name = TRY(find_attr(self_of(o).im_func, "__name__"_name));
  Ref<> shown = name && PyUnicode_Check(name.get()) ? std::move(name) : TRY(new_str("?"));
  return format_str("<bound method {} of {}>", as_str(shown.get()), as_repr(self_of(o).im_self));
}
static Result<Py_hash_t> method_hash(PyObject* o) {
  Py_hash_t x = hash_pointer(self_of(o).im_self);
  Py_hash_t y = TRY(hash(self_of(o).im_func));
  x ^= y;
  return x == -1 ? -2 : x;
}
static Ref<> method_compare(PyObject* a, PyObject* b, int op) {
  if ((op != Py_EQ && op != Py_NE) || !PyMethod_Check(a) || !PyMethod_Check(b)) return not_implemented();
  bool same = TRY(equal(self_of(a).im_func, self_of(b).im_func));
  same = same && self_of(a).im_self == self_of(b).im_self;
  return boolean(same == (op == Py_EQ));
}
/// Attributes that a method has not are its function's.
static Ref<> method_getattr(PyObject* o, PyObject* name) {
  PyTypeObject* type = Py_TYPE(o);
  if (PyObject* found = type_lookup(type, name)) {
    if (descrgetfunc get = Py_TYPE(found)->tp_descr_get) {
      Ref<> keep = share(found);
      return adopt(get(found, o, object(type)));
    }
    return share(found);
  }
  return get_attr(self_of(o).im_func, name);
}

static constexpr char reduce_doc[] = "__reduce__($self, /)\n--\n\nHow pickle makes it again: getattr(self, name).";
static Ref<> method_reduce(PyObject* o) {
  PyObject* builtins = current_builtins();
  if (!builtins) return raise(PyExc_RuntimeError, "no builtins");
  Ref<> getattr = TRY(get_item(builtins, "getattr"_name));
  Ref<> name = TRY(get_attr(self_of(o).im_func, "__name__"_name));
  Ref<> args = TRY(tuple_of({self_of(o).im_self, name.get()}));
  return tuple_of({getattr.get(), args.get()});
}
static PyObject* get_doc(PyObject* o, void*) {
  auto found = find_attr(self_of(o).im_func, "__doc__"_name);
  if (!found) return nullptr;
  Ref<> doc = found.take();
  return doc ? doc.release() : Py_NewRef(Py_None);
}

static constinit PyMethodDef method_methods[] = {method<reduce_doc, method_reduce>, {}};
static constinit PyMemberDef method_members[] = {
    {"__func__", T_OBJECT, offsetof(PyMethodObject, im_func), READONLY, "the function (or other callable) behind the method"},
    {"__self__", T_OBJECT, offsetof(PyMethodObject, im_self), READONLY, "the instance that the method is bound to"},
    {},
};
static constinit PyGetSetDef method_getset[] = {{"__doc__", get_doc, nullptr, nullptr, nullptr}, {}};

// -- instancemethod --

Ref<> new_instance_method(PyObject* function) {
  Ref<PyInstanceMethodObject> m = allocate<PyInstanceMethodObject>(&PyInstanceMethod_Type);
  if (!m) return {};
  m->func = Py_NewRef(function);
  gc_track(object(m.get()));
  return m;
}
static PyObject*& function_of(PyObject* o) { return reinterpret_cast<PyInstanceMethodObject*>(o)->func; }
static void instance_dealloc(PyObject* o) {
  gc_untrack(o);
  clear_field(function_of(o));
  free_object(o, sizeof(PyInstanceMethodObject));
}
static int instance_traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(function_of(o));
  return 0;
}
static PyObject* instance_call(PyObject* o, PyObject* args, PyObject* kwargs) {
  return call_object(function_of(o), args, kwargs).release();
}
static Ref<> instance_get(PyObject* o, PyObject* instance, PyObject*) {
  if (!instance) return share(function_of(o));
  return new_method(function_of(o), instance);
}
static Ref<> instance_getattr(PyObject* o, PyObject* name) {
  if (PyObject* found = type_lookup(Py_TYPE(o), name)) {
    if (descrgetfunc get = Py_TYPE(found)->tp_descr_get) return adopt(get(found, o, object(Py_TYPE(o))));
    return share(found);
  }
  return get_attr(function_of(o), name);
}
static Ref<> instance_repr(PyObject* o) {
  Ref<> name = TRY(find_attr(function_of(o), "__name__"_name));
  Ref<> shown = name && PyUnicode_Check(name.get()) ? std::move(name) : TRY(new_str("?"));
  return format_str("<instancemethod {} at 0x{}>", as_str(shown.get()), Hex(reinterpret_cast<uintptr_t>(o)));
}
static Ref<> instance_compare(PyObject* a, PyObject* b, int op) {
  if ((op != Py_EQ && op != Py_NE) || !PyInstanceMethod_Check(a) || !PyInstanceMethod_Check(b))
    return not_implemented();
  bool same = TRY(equal(function_of(a), function_of(b)));
  return boolean(same == (op == Py_EQ));
}
static constexpr char instance_doc[] = "instancemethod(function)\n\nMakes a callable bind to instances, as functions do.";
static PyObject* instance_new(PyTypeObject*, PyObject* args, PyObject* kwargs) {
  if (!check_no_keywords_dict("instancemethod", kwargs)) return nullptr;
  if (!check_positional("instancemethod", PyTuple_GET_SIZE(args), 1, 1)) return nullptr;
  PyObject* function = PyTuple_GET_ITEM(args, 0);
  if (!is_callable(function)) return raise(PyExc_TypeError, "first argument must be callable");
  return new_instance_method(function).release();
}
static constinit PyMemberDef instance_members[] = {
    {"__func__", T_OBJECT, offsetof(PyInstanceMethodObject, func), READONLY, "the function (or other callable) behind it"},
    {},
};

}  // namespace taipan

using namespace taipan;
constinit PyTypeObject PyMethod_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "method",
    .tp_basicsize = sizeof(PyMethodObject),
    .tp_dealloc = method_dealloc,
    .tp_vectorcall_offset = offsetof(PyMethodObject, vectorcall),
    .tp_repr = slot<method_repr>,
    .tp_hash = slot<method_hash>,
    .tp_call = tp_call_by_vectorcall,
    .tp_getattro = slot<method_getattr>,
    .tp_setattro = generic_set_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL,
    .tp_doc = method_doc,
    .tp_traverse = method_traverse,
    .tp_richcompare = slot<method_compare>,
    .tp_weaklistoffset = offsetof(PyMethodObject, im_weakreflist),
    .tp_methods = method_methods,
    .tp_members = method_members,
    .tp_getset = method_getset,
    .tp_new = constructor<method_doc, method_new>::tp_new,
};
constinit PyTypeObject PyInstanceMethod_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "instancemethod",
    .tp_basicsize = sizeof(PyInstanceMethodObject),
    .tp_dealloc = instance_dealloc,
    .tp_repr = slot<instance_repr>,
    .tp_call = instance_call,
    .tp_getattro = slot<instance_getattr>,
    .tp_setattro = generic_set_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = instance_doc,
    .tp_traverse = instance_traverse,
    .tp_richcompare = slot<instance_compare>,
    .tp_members = instance_members,
    .tp_descr_get = slot<instance_get>,
    .tp_new = instance_new,
};
