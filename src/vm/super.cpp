// super: attribute look-up that begins behind a class in the MRO. Without arguments it reads the calling frame's
// first argument and __class__ cell.
#include "object/bind.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/type.h"
#include "structmember.h"
#include "vm/frame.h"
#include "vm/super.h"
#include "vm/vm.h"

namespace taipan {

struct Super {
  PyObject_HEAD
  PyTypeObject* type;      // __thisclass__
  PyObject* obj;           // __self__; null: unbound
  PyTypeObject* obj_type;  // __self_class__: whose MRO is searched
};
static Super& self_of(PyObject* o) { return *reinterpret_cast<Super*>(o); }

/// The class whose MRO counts for super(type, o): o itself if it is a subclass, or o's class. Owned.
static Ref<PyTypeObject> check_object(PyTypeObject* type, PyObject* o) {
  if (PyType_Check(o) && is_subtype(reinterpret_cast<PyTypeObject*>(o), type))
    return share(reinterpret_cast<PyTypeObject*>(o));
  if (is_subtype(Py_TYPE(o), type)) return share(Py_TYPE(o));
  Ref<> claimed = TRY(find_attr(o, "__class__"_name));  // a proxy may say so
  if (claimed && PyType_Check(claimed.get()) && claimed.get() != object(Py_TYPE(o)) &&
      is_subtype(reinterpret_cast<PyTypeObject*>(claimed.get()), type))
    return std::move(claimed).as<PyTypeObject>();
  return raise(PyExc_TypeError, "super(type, obj): obj must be an instance or subtype of type");
}

Ref<> super_lookup(PyTypeObject* type, PyObject* o, PyTypeObject* start, PyObject* name, bool* found) {
  *found = false;
  PyObject* mro = start->tp_mro;
  if (!mro) return {};
  Py_ssize_t n = PyTuple_GET_SIZE(mro), i = 0;
  while (i < n && PyTuple_GET_ITEM(mro, i) != object(type)) i++;
  Ref<> keep_mro = share(mro);
  for (i++; i < n; i++) {
    PyObject* dict = reinterpret_cast<PyTypeObject*>(PyTuple_GET_ITEM(mro, i))->tp_dict;
    *found = true;
    PyObject* attribute = TRY(dict_find(dict, name));
    if (attribute) {
      Ref<> keep = share(attribute);
      descrgetfunc get = Py_TYPE(attribute)->tp_descr_get;
      if (!get) return keep;
      return adopt(get(attribute, o == object(start) ? nullptr : o, object(start)));
    }
    *found = false;
  }
  return {};
}

static Ref<> super_getattr(PyObject* o, PyObject* name) {
  Super& s = self_of(o);
  // __class__ is super's own, so that super().__class__ is super.
  if (s.obj_type && !(PyUnicode_Check(name) && str_equal(name, "__class__"))) {
    bool found;
    Ref<> result = super_lookup(s.type, s.obj, s.obj_type, name, &found);
    if (found) return result;
  }
  return generic_get_attr(o, name);
}

static constexpr int kKindCell = 0x40;  // of co_localspluskinds

/// The content of the __class__ cell of the frame; borrowed.
static Result<PyTypeObject*> class_cell(Frame* f) {
  PyCodeObject* code = f->code;
  for (int i = code->co_nlocalsplus - code->co_nfreevars; i < code->co_nlocalsplus; i++) {
    if (!str_equal(PyTuple_GET_ITEM(code->co_localsplusnames, i), "__class__")) continue;
    PyObject* cell = f->slots[i];
    if (!cell || !PyCell_Check(cell)) return raise(PyExc_RuntimeError, "super(): bad __class__ cell");
    PyObject* type = PyCell_GET(cell);
    if (!type) return raise(PyExc_RuntimeError, "super(): empty __class__ cell");
    if (!PyType_Check(type))
      return raise(PyExc_RuntimeError, "super(): __class__ is not a type ({})", type_name(type));
    return reinterpret_cast<PyTypeObject*>(type);
  }
  return raise(PyExc_RuntimeError, "super(): __class__ cell not found");
}

Status super_arguments(PyObject** self, PyObject** type) {
  Frame* f = current_frame(current_thread());
  if (!f) return raise(PyExc_RuntimeError, "super(): no current frame");
  PyCodeObject* code = f->code;
  if (code->co_argcount == 0) return raise(PyExc_RuntimeError, "super(): no arguments");
  PyObject* first = f->slots[0];
  if (first && (PyBytes_AS_STRING(code->co_localspluskinds)[0] & kKindCell) && PyCell_Check(first))
    first = PyCell_GET(first);
  if (!first) return raise(PyExc_RuntimeError, "super(): arg[0] deleted");
  PyTypeObject* cls = TRY(class_cell(f));
  *self = first;
  *type = object(cls);
  return {};
}

PyObject* super_method(Frame* f, PyObject* name, PyObject** self) {
  PyCodeObject* code = f->code;
  if (code->co_argcount == 0 || code->co_nfreevars == 0 || name == "__class__"_name) return nullptr;
  PyObject* first = f->slots[0];
  if (first && (PyBytes_AS_STRING(code->co_localspluskinds)[0] & kKindCell) && PyCell_Check(first))
    first = PyCell_GET(first);
  if (!first || PyType_Check(first)) return nullptr;
  PyObject* cls = nullptr;
  for (int i = code->co_nlocalsplus - code->co_nfreevars; i < code->co_nlocalsplus && !cls; i++) {
    if (PyTuple_GET_ITEM(code->co_localsplusnames, i) == "__class__"_name && PyCell_Check(f->slots[i]))
      cls = PyCell_GET(f->slots[i]);
  }
  if (!cls || !PyType_Check(cls)) return nullptr;
  PyObject* mro = Py_TYPE(first)->tp_mro;
  Py_ssize_t n = PyTuple_GET_SIZE(mro), i = 0;
  while (i < n && PyTuple_GET_ITEM(mro, i) != cls) i++;
  for (i++; i < n; i++) {
    PyObject* found = dict_find_name(reinterpret_cast<PyTypeObject*>(PyTuple_GET_ITEM(mro, i))->tp_dict, name);
    if (!found) continue;
    *self = first;
    return Py_TYPE(found) == &PyFunction_Type ? found : nullptr;
  }
  return nullptr;
}

static int super_init(PyObject* o, PyObject* args, PyObject* kwargs) {
  if (!check_no_keywords_dict("super", kwargs)) return -1;
  Py_ssize_t n = PyTuple_GET_SIZE(args);
  if (!check_positional("super", n, 0, 2)) return -1;
  PyObject* type = n > 0 ? PyTuple_GET_ITEM(args, 0) : nullptr;
  PyObject* obj = n > 1 ? PyTuple_GET_ITEM(args, 1) : nullptr;
  if (type && !PyType_Check(type)) {
    raise(PyExc_TypeError, "super() argument 1 must be a type, not {}", type_name(type));
    return -1;
  }
  if (!type && !super_arguments(&obj, &type)) return -1;
  if (obj == Py_None && n > 1) obj = nullptr;
  Ref<PyTypeObject> obj_type;
  if (obj) {
    obj_type = check_object(reinterpret_cast<PyTypeObject*>(type), obj);
    if (!obj_type) return -1;
  }
  Super& s = self_of(o);
  Ref<> keep = obj ? share(obj) : Ref<>();
  replace_field(s.type, share(reinterpret_cast<PyTypeObject*>(type)));
  replace_field(s.obj, std::move(keep));
  replace_field(s.obj_type, std::move(obj_type));
  return 0;
}

static Ref<> super_get(PyObject* o, PyObject* instance, PyObject*) {
  Super& s = self_of(o);
  if (!instance || instance == Py_None || s.obj) return share(o);
  if (Py_TYPE(o) != &PySuper_Type) return call(object(Py_TYPE(o)), s.type, instance);
  if (!s.type) return share(o);
  Ref<PyTypeObject> obj_type = TRY(check_object(s.type, instance));
  Ref<> made = TRY(adopt(PySuper_Type.tp_alloc(&PySuper_Type, 0)));
  Super& bound = self_of(made.get());
  bound.type = reinterpret_cast<PyTypeObject*>(Py_NewRef(object(s.type)));
  bound.obj = Py_NewRef(instance);
  bound.obj_type = obj_type.release();
  return made;
}

static Ref<> super_repr(PyObject* o) {
  Super& s = self_of(o);
  const char* name = s.type ? s.type->tp_name : "NULL";
  if (s.obj_type) return format_str("<super: <class '{}'>, <{} object>>", name, s.obj_type->tp_name);
  return format_str("<super: <class '{}'>, NULL>", name);
}
static void super_dealloc(PyObject* o) {
  gc_untrack(o);
  clear_field(self_of(o).type);
  clear_field(self_of(o).obj);
  clear_field(self_of(o).obj_type);
  Py_TYPE(o)->tp_free(o);
}
static int super_traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(self_of(o).obj);
  Py_VISIT(object(self_of(o).type));
  Py_VISIT(object(self_of(o).obj_type));
  return 0;
}

static constexpr char super_doc[] =
    "super() -> as super(__class__, <first argument>)\n"
    "super(type) -> unbound super object\n"
    "super(type, obj) -> bound super object; obj is an instance of type\n"
    "super(type, type2) -> bound super object; type2 is a subclass of type\n\n"
    "Attributes are looked up in the classes that come after type in the MRO.";
static constinit PyMemberDef super_members[] = {
    {"__thisclass__", T_OBJECT, offsetof(Super, type), READONLY, "the class behind which the search begins"},
    {"__self__", T_OBJECT, offsetof(Super, obj), READONLY, "the instance that methods are bound to, or None"},
    {"__self_class__", T_OBJECT, offsetof(Super, obj_type), READONLY, "the class whose MRO is searched, or None"},
    {},
};

}  // namespace taipan

using namespace taipan;
constinit PyTypeObject PySuper_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "super",
    .tp_basicsize = sizeof(Super),
    .tp_dealloc = super_dealloc,
    .tp_repr = slot<super_repr>,
    .tp_getattro = slot<super_getattr>,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_doc = super_doc,
    .tp_traverse = super_traverse,
    .tp_members = super_members,
    .tp_descr_get = slot<super_get>,
    .tp_init = super_init,
    .tp_alloc = generic_alloc,
    .tp_new = generic_new,
    .tp_free = gc_free,
};
