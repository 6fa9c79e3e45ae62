// staticmethod and classmethod: what they bind is a callable whose name, documentation and annotations they show
// as their own.
#include "object/bind.h"
#include "object/call.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/type.h"
#include "structmember.h"
#include "vm/function_attributes.h"
#include "vm/vm.h"

namespace taipan {

/// The layout of both.
struct MethodWrapper {
  PyObject_HEAD
  PyObject* callable;
  PyObject* dict;
};
static MethodWrapper& self_of(PyObject* o) { return *reinterpret_cast<MethodWrapper*>(o); }

static Status copy_attributes(PyObject* to, PyObject* from) {
  PyObject* const names[] = {"__module__"_name, "__name__"_name, "__qualname__"_name, "__doc__"_name,
                             "__annotations__"_name};
  for (PyObject* name : names) {
    Ref<> value = TRY(find_attr(from, name));
    if (value) TRY(set_attr(to, name, value.get()));
  }
  return {};
}

static Status initialize(PyObject* o, const char* name, PyObject* args, PyObject* kwargs) {
  if (!check_no_keywords_dict(name, kwargs)) return Raised{};
  if (!check_positional(name, PyTuple_GET_SIZE(args), 1, 1)) return Raised{};
  PyObject* callable = PyTuple_GET_ITEM(args, 0);
  replace_field(self_of(o).callable, share(callable));
  return copy_attributes(o, callable);
}
static int static_init(PyObject* o, PyObject* args, PyObject* kwargs) {
  return initialize(o, "staticmethod", args, kwargs).to_c();
}
static int class_init(PyObject* o, PyObject* args, PyObject* kwargs) {
  return initialize(o, "classmethod", args, kwargs).to_c();
}

static Ref<> make(PyTypeObject* type, PyObject* callable) {
  Ref<> o = TRY(adopt(generic_alloc(type, 0)));
  self_of(o.get()).callable = Py_NewRef(callable);
  return o;
}
Ref<> make_static_method(PyObject* callable) { return make(&PyStaticMethod_Type, callable); }
Ref<> make_class_method(PyObject* callable) { return make(&PyClassMethod_Type, callable); }

static Ref<> static_get(PyObject* o, PyObject*, PyObject*) {
  if (!self_of(o).callable) return raise(PyExc_RuntimeError, "uninitialized staticmethod object");
  return share(self_of(o).callable);
}
static PyObject* static_call(PyObject* o, PyObject* args, PyObject* kwargs) {
  if (!self_of(o).callable) return raise(PyExc_RuntimeError, "uninitialized staticmethod object");
  return call_object(self_of(o).callable, args, kwargs).release();
}
/// A class method around another descriptor (a property, say) lets that one bind to the class.
static Ref<> class_get(PyObject* o, PyObject* instance, PyObject* type) {
  PyObject* callable = self_of(o).callable;
  if (!callable) return raise(PyExc_RuntimeError, "uninitialized classmethod object");
  if (!type) type = object(Py_TYPE(instance));
  if (descrgetfunc get = Py_TYPE(callable)->tp_descr_get) return adopt(get(callable, type, type));
  return new_method(callable, type);
}

static Ref<> static_repr(PyObject* o) { return format_str("<staticmethod({})>", as_repr(self_of(o).callable)); }
static Ref<> class_repr(PyObject* o) { return format_str("<classmethod({})>", as_repr(self_of(o).callable)); }

static PyObject* is_abstract(PyObject* o, void*) {
  PyObject* callable = self_of(o).callable;
  if (!callable) return Py_NewRef(Py_False);
  auto found = find_attr(callable, "__isabstractmethod__"_name);
  if (!found) return nullptr;
  Ref<> flag = found.take();
  if (!flag) return Py_NewRef(Py_False);
  return lower(is_true(flag.get()));
}

static void dealloc(PyObject* o) {
  gc_untrack(o);
  clear_field(self_of(o).callable);
  clear_field(self_of(o).dict);
  Py_TYPE(o)->tp_free(o);
}
static int traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(self_of(o).callable);
  Py_VISIT(self_of(o).dict);
  return 0;
}
static int clear(PyObject* o) {
  clear_field(self_of(o).callable);
  clear_field(self_of(o).dict);
  return 0;
}

static constinit PyMemberDef members[] = {
    {"__func__", T_OBJECT, offsetof(MethodWrapper, callable), READONLY, nullptr},
    {"__wrapped__", T_OBJECT, offsetof(MethodWrapper, callable), READONLY, nullptr},
    {},
};
static constinit PyGetSetDef getset[] = {
    {"__isabstractmethod__", is_abstract, nullptr, nullptr, nullptr},
    {"__dict__", get_function_dict, set_function_dict, nullptr, nullptr},
    {},
};
static constexpr char static_doc[] =
    "staticmethod(function) -> method\n\n"
    "Makes a function of a class a static method: it gets no first argument of its own,\n"
    "whether it is called through the class or through an instance.\n\n"
    "    class C:\n        @staticmethod\n        def f(a, b): ...";
static constexpr char class_doc[] =
    "classmethod(function) -> method\n\n"
    "Makes a function of a class a class method: its first argument is the class, also\n"
    "when it is called through an instance or a subclass.\n\n"
    "    class C:\n        @classmethod\n        def f(cls, a, b): ...";

}  // namespace taipan

using namespace taipan;
constinit PyTypeObject PyStaticMethod_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "staticmethod",
    .tp_basicsize = sizeof(MethodWrapper),
    .tp_dealloc = dealloc,
    .tp_repr = slot<static_repr>,
    .tp_call = static_call,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = static_doc,
    .tp_traverse = traverse,
    .tp_clear = clear,
    .tp_members = members,
    .tp_getset = getset,
    .tp_descr_get = slot<static_get>,
    .tp_dictoffset = offsetof(MethodWrapper, dict),
    .tp_init = static_init,
    .tp_alloc = generic_alloc,
    .tp_new = generic_new,
    .tp_free = gc_free,
};
constinit PyTypeObject PyClassMethod_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "classmethod",
    .tp_basicsize = sizeof(MethodWrapper),
    .tp_dealloc = dealloc,
    .tp_repr = slot<class_repr>,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = class_doc,
    .tp_traverse = traverse,
    .tp_clear = clear,
    .tp_members = members,
    .tp_getset = getset,
    .tp_descr_get = slot<class_get>,
    .tp_dictoffset = offsetof(MethodWrapper, dict),
    .tp_init = class_init,
    .tp_alloc = generic_alloc,
    .tp_new = generic_new,
    .tp_free = gc_free,
};
