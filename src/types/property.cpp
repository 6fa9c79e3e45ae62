// property: a data descriptor over three functions.
#include <Python.h>
#include <structmember.h>

#include "object/bind.h"
#include "object/call.h"
#include "object/gc.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/property.h"

namespace taipan {
namespace {

struct Property {
  PyObject_HEAD PyObject *get, *set, *del, *doc, *name;
  bool doc_from_getter;
};
Property& as(PyObject* o) { return *reinterpret_cast<Property*>(o); }

Ref<> given(PyObject* o) { return o && o != Py_None ? share(o) : Ref<>(); }

constexpr char property_doc[] =
    "property(fget=None, fset=None, fdel=None, doc=None)\n--\n\n"
    "An attribute whose value is computed: reading calls fget(self), assigning fset(self, value),\n"
    "deleting fdel(self). As a decorator it makes one from a method; @x.setter and @x.deleter add "
    "the others.";
Status init(Property& self, PyObject* fget, PyObject* fset, PyObject* fdel, PyObject* doc) {
  replace_field(self.get, given(fget));
  replace_field(self.set, given(fset));
  replace_field(self.del, given(fdel));
  replace_field(self.doc, doc == Py_None ? Ref<>() : share(doc));
  self.doc_from_getter = false;
  clear_field(self.name);
  if (doc != Py_None || !self.get) return {};
  Ref<> text = TRY(find_attr(self.get, "__doc__"_name));
  if (!text) return {};
  if (is_exact(object(self), &PyProperty_Type)) {
    replace_field(self.doc, std::move(text));
  } else {
    // In a subclass the class's own __doc__ would hide the field.
    TRY(set_attr(object(self), "__doc__"_name, text.get()));
  }
  self.doc_from_getter = true;
  return {};
}

int traverse(PyObject* o, visitproc visit, void* arg) {
  Property& p = as(o);
  for (PyObject* field : {p.get, p.set, p.del, p.doc, p.name}) Py_VISIT(field);
  return 0;
}
int clear(PyObject* o) {
  clear_field(as(o).doc);
  return 0;
}
void dealloc(PyObject* o) {
  gc_untrack(o);
  Property& p = as(o);
  for (PyObject** field : {&p.get, &p.set, &p.del, &p.doc, &p.name}) clear_field(*field);
  Py_TYPE(o)->tp_free(o);
}

Raised raise_missing(Property& self, PyObject* o, const char* what) {
  Ref<> qualname = get_attr(object(Py_TYPE(o)), "__qualname__"_name);
  if (!qualname) clear_error();
  if (self.name && qualname) {
    return raise(PyExc_AttributeError, "property {} of {} object has no {}", as_repr(self.name),
                 as_repr(qualname.get()), what);
  }
  if (self.name)
    return raise(PyExc_AttributeError, "property {} has no {}", as_repr(self.name), what);
  if (qualname)
    return raise(PyExc_AttributeError, "property of {} object has no {}", as_repr(qualname.get()),
                 what);
  return raise(PyExc_AttributeError, "property has no {}", what);
}

Ref<> descr_get(PyObject* o, PyObject* instance, PyObject*) {
  if (!instance || instance == Py_None) return share(o);
  Property& self = as(o);
  if (!self.get) return raise_missing(self, instance, "getter");
  Ref<> keep = share(self.get);
  return call(keep.get(), instance);
}

Status descr_set(PyObject* o, PyObject* instance, PyObject* value) {
  Property& self = as(o);
  PyObject* function = value ? self.set : self.del;
  if (!function) return raise_missing(self, instance, value ? "setter" : "deleter");
  Ref<> keep = share(function);
  Ref<> done = value ? call(function, instance, value) : call(function, instance);
  return done ? Status() : Raised{};
}

/// A copy with one function replaced; the getter's docstring is taken anew if it was the source
/// before.
Ref<> with(PyObject* o, PyObject* get, PyObject* set, PyObject* del) {
  Property& self = as(o);
  auto choose = [](PyObject* replacement, PyObject* own) {
    return replacement && replacement != Py_None ? replacement : own ? own : Py_None;
  };
  get = choose(get, self.get);
  PyObject* doc = (self.doc_from_getter && get != Py_None) || !self.doc ? Py_None : self.doc;
  Ref<> made =
      TRY(call(object(Py_TYPE(o)), get, choose(set, self.set), choose(del, self.del), doc));
  if (is_instance_of(made.get(), &PyProperty_Type) && self.name)
    replace_field(as(made.get()).name, share(self.name));
  return made;
}

constexpr char getter_doc[] = "The same property with another getter.";
PyObject* getter(PyObject* o, PyObject* f) { return with(o, f, nullptr, nullptr).release(); }
constexpr char setter_doc[] = "The same property with another setter.";
PyObject* setter(PyObject* o, PyObject* f) { return with(o, nullptr, f, nullptr).release(); }
constexpr char deleter_doc[] = "The same property with another deleter.";
PyObject* deleter(PyObject* o, PyObject* f) { return with(o, nullptr, nullptr, f).release(); }

Status set_name(PyObject* o, Arguments args) {
  if (args.count != 2) {
    return raise(PyExc_TypeError, "__set_name__() takes 2 positional arguments but {} were given",
                 args.count);
  }
  replace_field(as(o).name, share(args.items[1]));
  return {};
}

Ref<> is_abstract(PyObject* o, void*) {
  Property& p = as(o);
  for (PyObject* f : {p.get, p.set, p.del}) {
    if (!f) continue;
    Ref<> mark = TRY(find_attr(f, "__isabstractmethod__"_name));
    if (mark && TRY(is_true(mark.get()))) return boolean(true);
  }
  return boolean(false);
}

constinit PyMethodDef methods[] = {
    {"getter", getter, METH_O, getter_doc},
    {"setter", setter, METH_O, setter_doc},
    {"deleter", deleter, METH_O, deleter_doc},
    positional_varargs<set_name>("__set_name__", "Tells the property the name it is stored under."),
    {},
};
constinit PyMemberDef members[] = {
    {"fget", T_OBJECT, offsetof(Property, get), READONLY},
    {"fset", T_OBJECT, offsetof(Property, set), READONLY},
    {"fdel", T_OBJECT, offsetof(Property, del), READONLY},
    {"__doc__", T_OBJECT, offsetof(Property, doc), 0},
    {},
};
constinit PyGetSetDef getset[] = {
    {"__isabstractmethod__", slot<is_abstract>},
    {},
};

}  // namespace

PyObject* property_getter(PyObject* property) { return as(property).get; }

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject PyProperty_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "property",
    .tp_basicsize = sizeof(Property),
    .tp_dealloc = dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_doc = property_doc,
    .tp_traverse = traverse,
    .tp_clear = clear,
    .tp_methods = methods,
    .tp_members = members,
    .tp_getset = getset,
    .tp_descr_get = slot<descr_get>,
    .tp_descr_set = slot<descr_set>,
    .tp_init = initializer<property_doc, init>::tp_init,
    .tp_alloc = generic_alloc,
    .tp_new = generic_new,
    .tp_free = gc_free,
};
