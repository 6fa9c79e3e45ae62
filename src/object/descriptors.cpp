// The descriptors that static types are made of: method_descriptor, classmethod_descriptor, member_descriptor,
// getset_descriptor, wrapper_descriptor, and method-wrapper (a bound wrapper_descriptor).
#include "object/descriptor.h"

#include "object/bind.h"
#include "object/call.h"
#include "object/cfunction.h"
#include "object/gc.h"
#include "object/name.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type_internal.h"

namespace taipan {
namespace {

using Descriptor = PyDescrObject;
using MethodDescriptor = PyMethodDescrObject;
using MemberDescriptor = PyMemberDescrObject;
using GetSetDescriptor = PyGetSetDescrObject;
using WrapperDescriptor = PyWrapperDescrObject;

struct MethodWrapper {
  PyObject ob_base;
  WrapperDescriptor* descriptor;
  PyObject* self;
};

template <class T>
Ref<T> new_descriptor(PyTypeObject* kind, PyTypeObject* owner, Ref<> interned_name) {
  Ref<T> d = TRY(allocate<T>(kind));
  auto* common = reinterpret_cast<Descriptor*>(d.get());
  common->d_type = reinterpret_cast<PyTypeObject*>(Py_NewRef(object(owner)));
  common->d_name = interned_name.release();
  common->d_qualname = nullptr;
  gc_track(object(d.get()));
  return d;
}
template <class T>
Ref<T> new_descriptor(PyTypeObject* kind, PyTypeObject* owner, const char* name) {
  return new_descriptor<T>(kind, owner, TRY(new_interned(name)));
}

template <class T>
void descriptor_dealloc(PyObject* o) {
  gc_untrack(o);
  TrashGuard trash(o);
  if (!trash) return;
  auto* d = reinterpret_cast<Descriptor*>(o);
  Py_XDECREF(object(d->d_type));
  Py_XDECREF(d->d_name);
  Py_XDECREF(d->d_qualname);
  deallocate(reinterpret_cast<T*>(o));
}
int descriptor_traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(reinterpret_cast<Descriptor*>(o)->d_type);
  return 0;
}

template <NameLiteral Kind>
Ref<> descriptor_repr(Descriptor& d) {
  return format_str("<{} '{}' of '{}' objects>", Kind.text, as_str(d.d_name), d.d_type->tp_name);
}

Raised wrong_receiver(Descriptor& d, PyObject* o) {
  return raise(PyExc_TypeError, "descriptor '{}' for '{}' objects doesn't apply to a '{}' object", as_str(d.d_name),
               clip(d.d_type->tp_name, 100), clip(type_name(o), 100));
}
Status check_receiver(Descriptor& d, PyObject* o) {
  if (!is_instance_of(o, d.d_type)) return wrong_receiver(d, o);
  return {};
}

// -- methods --

Ref<> method_get(MethodDescriptor& d, PyObject* o, PyObject*) {
  if (!o) return share(object(d));
  TRY(check_receiver(d.d_common, o));
  if (d.d_method->ml_flags & METH_METHOD) return new_builtin(d.d_method, o, nullptr, d.d_common.d_type);
  return new_builtin(d.d_method, o, nullptr);
}
Ref<> classmethod_get(MethodDescriptor& d, PyObject* o, PyObject* type) {
  if (!type) {
    if (!o)
      return raise(PyExc_TypeError, "descriptor '{}' for type '{}' needs either an object or a type", as_str(d.d_common.d_name),
                   clip(d.d_common.d_type->tp_name, 100));
    type = object(Py_TYPE(o));
  }
  if (!PyType_Check(type))
    return raise(PyExc_TypeError, "descriptor '{}' for type '{}' needs a type, not a '{}' as arg 2", as_str(d.d_common.d_name),
                 clip(d.d_common.d_type->tp_name, 100), clip(type_name(type), 100));
  auto* cls = reinterpret_cast<PyTypeObject*>(type);
  if (!is_subtype(cls, d.d_common.d_type))
    return raise(PyExc_TypeError, "descriptor '{}' requires a subtype of '{}' but received '{}'", as_str(d.d_common.d_name),
                 clip(d.d_common.d_type->tp_name, 100), clip(cls->tp_name, 100));
  PyTypeObject* defining = d.d_method->ml_flags & METH_METHOD ? d.d_common.d_type : nullptr;
  return new_builtin(d.d_method, type, nullptr, defining);
}

/// "list.append()" for errors.
Ref<> display_name(PyObject* d) {
  Ref<> name = TRY(get_attr(d, "__qualname__"_name));
  return format_str("{}()", as_str(name.get()));
}
bool check_method_call(PyObject* callable, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames, bool keywords) {
  auto& d = *reinterpret_cast<Descriptor*>(callable);
  if (nargs < 1) {
    if (Ref<> name = display_name(callable)) raise(PyExc_TypeError, "unbound method {} needs an argument", as_str(name.get()));
    return false;
  }
  if (!check_receiver(d, args[0])) return false;
  if (!keywords && kwnames && Py_SIZE(kwnames)) {
    if (Ref<> name = display_name(callable)) raise(PyExc_TypeError, "{} takes no keyword arguments", as_str(name.get()));
    return false;
  }
  return true;
}
struct CallGuard : RecursionGuard {
  CallGuard() : RecursionGuard(" while calling a Python object") {}
};
template <class F> F entry_of(PyObject* callable) {
  return reinterpret_cast<F>(reinterpret_cast<void (*)()>(reinterpret_cast<MethodDescriptor*>(callable)->d_method->ml_meth));
}

PyObject* call_noargs(PyObject* callable, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  Py_ssize_t n = PyVectorcall_NARGS(nargsf);
  if (!check_method_call(callable, args, n, kwnames, false)) return nullptr;
  if (n != 1) {
    if (Ref<> name = display_name(callable)) raise(PyExc_TypeError, "{} takes no arguments ({} given)", as_str(name.get()), n - 1);
    return nullptr;
  }
  CallGuard guard;
  return guard ? entry_of<PyCFunction>(callable)(args[0], nullptr) : nullptr;
}
PyObject* call_one(PyObject* callable, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  Py_ssize_t n = PyVectorcall_NARGS(nargsf);
  if (!check_method_call(callable, args, n, kwnames, false)) return nullptr;
  if (n != 2) {
    if (Ref<> name = display_name(callable))
      raise(PyExc_TypeError, "{} takes exactly one argument ({} given)", as_str(name.get()), n - 1);
    return nullptr;
  }
  CallGuard guard;
  return guard ? entry_of<PyCFunction>(callable)(args[0], args[1]) : nullptr;
}
PyObject* call_fast(PyObject* callable, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  Py_ssize_t n = PyVectorcall_NARGS(nargsf);
  if (!check_method_call(callable, args, n, kwnames, false)) return nullptr;
  CallGuard guard;
  return guard ? entry_of<_PyCFunctionFast>(callable)(args[0], args + 1, n - 1) : nullptr;
}
PyObject* call_fast_keywords(PyObject* callable, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  Py_ssize_t n = PyVectorcall_NARGS(nargsf);
  if (!check_method_call(callable, args, n, kwnames, true)) return nullptr;
  CallGuard guard;
  return guard ? entry_of<_PyCFunctionFastWithKeywords>(callable)(args[0], args + 1, n - 1, kwnames) : nullptr;
}
PyObject* call_defining(PyObject* callable, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  Py_ssize_t n = PyVectorcall_NARGS(nargsf);
  if (!check_method_call(callable, args, n, kwnames, true)) return nullptr;
  CallGuard guard;
  PyTypeObject* defining = reinterpret_cast<Descriptor*>(callable)->d_type;
  return guard ? entry_of<PyCMethod>(callable)(args[0], defining, args + 1, n - 1, kwnames) : nullptr;
}
PyObject* call_tuple(PyObject* callable, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  Py_ssize_t n = PyVectorcall_NARGS(nargsf);
  bool keywords = reinterpret_cast<MethodDescriptor*>(callable)->d_method->ml_flags & METH_KEYWORDS;
  if (!check_method_call(callable, args, n, kwnames, keywords)) return nullptr;
  Ref<> rest = tuple_of(args + 1, n - 1);
  if (!rest) return nullptr;
  CallGuard guard;
  if (!guard) return nullptr;
  if (!keywords) return entry_of<PyCFunction>(callable)(args[0], rest.get());
  Ref<> named;
  if (kwnames && Py_SIZE(kwnames)) {
    named = new_dict();
    if (!named) return nullptr;
    for (Py_ssize_t i = 0; i < Py_SIZE(kwnames); i++)
      if (!dict_set(named.get(), item(kwnames, i), args[n + i])) return nullptr;
  }
  return entry_of<PyCFunctionWithKeywords>(callable)(args[0], rest.get(), named.get());
}

vectorcallfunc method_vectorcall(PyMethodDef* row) {
  switch (row->ml_flags & (METH_VARARGS | METH_FASTCALL | METH_NOARGS | METH_O | METH_KEYWORDS | METH_METHOD)) {
    case METH_VARARGS:
    case METH_VARARGS | METH_KEYWORDS: return call_tuple;
    case METH_FASTCALL: return call_fast;
    case METH_FASTCALL | METH_KEYWORDS: return call_fast_keywords;
    case METH_NOARGS: return call_noargs;
    case METH_O: return call_one;
    case METH_METHOD | METH_FASTCALL | METH_KEYWORDS: return call_defining;
  }
  raise(PyExc_SystemError, "{}() method: bad call flags", row->ml_name);
  return nullptr;
}

/// classmethod_descriptor called directly: the first argument is the class.
PyObject* classmethod_call(PyObject* callable, PyObject* args, PyObject* kwargs) {
  auto& d = *reinterpret_cast<MethodDescriptor*>(callable);
  if (tuple_size(args) < 1) {
    raise(PyExc_TypeError, "descriptor '{}' of '{}' object needs an argument", as_str(d.d_common.d_name),
          clip(d.d_common.d_type->tp_name, 100));
    return nullptr;
  }
  Ref<> bound = classmethod_get(d, nullptr, item(args, 0));
  if (!bound) return nullptr;
  Ref<> rest = tuple_slice(args, 1, tuple_size(args));
  if (!rest) return nullptr;
  return call_object(bound.get(), rest.get(), kwargs).release();
}

// -- members and getsets --

Ref<> member_get(MemberDescriptor& d, PyObject* o, PyObject*) {
  if (!o) return share(object(d));
  TRY(check_receiver(d.d_common, o));
  return read_member(reinterpret_cast<char*>(o), d.d_member);
}
Status member_set(MemberDescriptor& d, PyObject* o, PyObject* value) {
  TRY(check_receiver(d.d_common, o));
  return write_member(reinterpret_cast<char*>(o), d.d_member, value);
}
Ref<> getset_get(GetSetDescriptor& d, PyObject* o, PyObject*) {
  if (!o) return share(object(d));
  TRY(check_receiver(d.d_common, o));
  if (d.d_getset->get) return adopt(d.d_getset->get(o, d.d_getset->closure));
  return raise(PyExc_AttributeError, "attribute '{}' of '{}' objects is not readable", as_str(d.d_common.d_name),
               clip(d.d_common.d_type->tp_name, 100));
}
Status getset_set(GetSetDescriptor& d, PyObject* o, PyObject* value) {
  TRY(check_receiver(d.d_common, o));
  if (d.d_getset->set) return Status::from_c(d.d_getset->set(o, value, d.d_getset->closure));
  return raise(PyExc_AttributeError, "attribute '{}' of '{}' objects is not writable", as_str(d.d_common.d_name),
               clip(d.d_common.d_type->tp_name, 100));
}

// -- slot wrappers --

Ref<> call_wrapped(WrapperDescriptor& d, PyObject* self, PyObject* args, PyObject* kwargs) {
  if (d.d_base->flags & kSlotTakesKeywords)
    return adopt(reinterpret_cast<wrapperfunc_kwds>(d.d_base->wrapper)(self, args, d.d_wrapped, kwargs));
  if (kwargs && dict_size(kwargs)) return raise(PyExc_TypeError, "wrapper {}() takes no keyword arguments", d.d_base->name);
  return adopt(d.d_base->wrapper(self, args, d.d_wrapped));
}
PyObject* wrapper_call(PyObject* callable, PyObject* args, PyObject* kwargs) {
  auto& d = *reinterpret_cast<WrapperDescriptor*>(callable);
  if (tuple_size(args) < 1) {
    raise(PyExc_TypeError, "descriptor '{}' of '{}' object needs an argument", as_str(d.d_common.d_name),
          clip(d.d_common.d_type->tp_name, 100));
    return nullptr;
  }
  PyObject* self = item(args, 0);
  if (!is_subtype(Py_TYPE(self), d.d_common.d_type)) {
    raise(PyExc_TypeError, "descriptor '{}' requires a '{}' object but received a '{}'", as_str(d.d_common.d_name),
          clip(d.d_common.d_type->tp_name, 100), clip(type_name(self), 100));
    return nullptr;
  }
  Ref<> rest = tuple_slice(args, 1, tuple_size(args));
  if (!rest) return nullptr;
  return call_wrapped(d, self, rest.get(), kwargs).release();
}
Ref<> wrapper_get(WrapperDescriptor& d, PyObject* o, PyObject*) {
  if (!o) return share(object(d));
  TRY(check_receiver(d.d_common, o));
  return new_method_wrapper(object(d), o);
}

// -- attributes of descriptors --

Ref<> get_qualname(Descriptor& d, void*) {
  if (!d.d_qualname) {
    Ref<> outer = TRY(get_attr(object(d.d_type), "__qualname__"_name));
    if (!PyUnicode_Check(outer.get()))
      return raise(PyExc_TypeError, "<descriptor>.__objclass__.__qualname__ is not a unicode object");
    d.d_qualname = TRY(format_str("{}.{}", as_str(outer.get()), as_str(d.d_name))).release();
  }
  return share(d.d_qualname);
}
Ref<> method_doc(MethodDescriptor& d, void*) { return doc_object(d.d_method->ml_name, d.d_method->ml_doc); }
Ref<> method_signature(MethodDescriptor& d, void*) { return signature_object(d.d_method->ml_name, d.d_method->ml_doc); }
Ref<> member_doc(MemberDescriptor& d, void*) { return d.d_member->doc ? new_str(d.d_member->doc) : none(); }
Ref<> getset_doc(GetSetDescriptor& d, void*) { return d.d_getset->doc ? new_str(d.d_getset->doc) : none(); }
Ref<> wrapper_doc(WrapperDescriptor& d, void*) { return doc_object(d.d_base->name, d.d_base->doc); }
Ref<> wrapper_signature(WrapperDescriptor& d, void*) { return signature_object(d.d_base->name, d.d_base->doc); }

static constexpr char reduce_doc[] = "__reduce__($self, /)\n--\n\nHow pickle finds this descriptor again.";
Ref<> descriptor_reduce(Descriptor& d) {
  Ref<> function = TRY(get_item(interpreter().builtins, "getattr"_name));
  Ref<> args = TRY(tuple_of({object(d.d_type), d.d_name}));
  return tuple_of({function.get(), args.get()});
}

constinit PyMemberDef common_members[] = {
    {"__objclass__", T_OBJECT, offsetof(Descriptor, d_type), READONLY, nullptr},
    {"__name__", T_OBJECT, offsetof(Descriptor, d_name), READONLY, nullptr},
    {},
};
constinit PyMethodDef common_methods[] = {method<reduce_doc, descriptor_reduce>, {}};
#define GETSET(table, doc, signature)                                     \
  constinit PyGetSetDef table[] = {                                       \
      {"__doc__", slot<doc>, nullptr, nullptr, nullptr},                  \
      {"__qualname__", slot<get_qualname>, nullptr, nullptr, nullptr},    \
      {"__text_signature__", slot<signature>, nullptr, nullptr, nullptr}, \
      {},                                                                 \
  }
GETSET(method_getset, method_doc, method_signature);
GETSET(wrapper_getset, wrapper_doc, wrapper_signature);
#undef GETSET
constinit PyGetSetDef member_getset[] = {{"__doc__", slot<member_doc>, nullptr, nullptr, nullptr},
                                         {"__qualname__", slot<get_qualname>, nullptr, nullptr, nullptr},
                                         {}};
constinit PyGetSetDef getset_getset[] = {{"__doc__", slot<getset_doc>, nullptr, nullptr, nullptr},
                                         {"__qualname__", slot<get_qualname>, nullptr, nullptr, nullptr},
                                         {}};

// -- method-wrapper --

void method_wrapper_dealloc(PyObject* o) {
  gc_untrack(o);
  TrashGuard trash(o);
  if (!trash) return;
  auto* w = reinterpret_cast<MethodWrapper*>(o);
  Py_XDECREF(object(w->descriptor));
  Py_XDECREF(w->self);
  deallocate(w);
}
int method_wrapper_traverse(PyObject* o, visitproc visit, void* arg) {
  auto* w = reinterpret_cast<MethodWrapper*>(o);
  Py_VISIT(w->descriptor);
  Py_VISIT(w->self);
  return 0;
}
Ref<> method_wrapper_repr(MethodWrapper& w) {
  return format_str("<method-wrapper '{}' of {} object at {}>", w.descriptor->d_base->name, type_name(w.self), as_address(w.self));
}
Py_hash_t method_wrapper_hash(MethodWrapper& w) {
  auto mix = [](const void* p) { return static_cast<Py_hash_t>(reinterpret_cast<uintptr_t>(p) >> 4 | reinterpret_cast<uintptr_t>(p) << 60); };
  Py_hash_t h = mix(w.self) ^ mix(w.descriptor);
  return h == -1 ? -2 : h;
}
extern "C" PyTypeObject _PyMethodWrapper_Type;
Ref<> method_wrapper_compare(PyObject* a, PyObject* b, int op) {
  if ((op != Py_EQ && op != Py_NE) || Py_TYPE(a) != Py_TYPE(b)) return not_implemented();
  auto &x = *reinterpret_cast<MethodWrapper*>(a), &y = *reinterpret_cast<MethodWrapper*>(b);
  bool same = x.descriptor == y.descriptor && x.self == y.self;
  return boolean(same == (op == Py_EQ));
}
Ref<> method_wrapper_call(MethodWrapper& w, PyObject* args, PyObject* kwargs) {
  return call_wrapped(*w.descriptor, w.self, args, kwargs);
}
Ref<> method_wrapper_objclass(MethodWrapper& w, void*) { return share(object(w.descriptor->d_common.d_type)); }
Ref<> method_wrapper_name(MethodWrapper& w, void*) { return share(w.descriptor->d_common.d_name); }
Ref<> method_wrapper_doc(MethodWrapper& w, void*) { return wrapper_doc(*w.descriptor, nullptr); }
Ref<> method_wrapper_signature(MethodWrapper& w, void*) { return wrapper_signature(*w.descriptor, nullptr); }
Ref<> method_wrapper_qualname(MethodWrapper& w, void*) { return get_qualname(w.descriptor->d_common, nullptr); }
Ref<> method_wrapper_reduce(MethodWrapper& w) {
  Ref<> function = TRY(get_item(interpreter().builtins, "getattr"_name));
  Ref<> args = TRY(tuple_of({w.self, w.descriptor->d_common.d_name}));
  return tuple_of({function.get(), args.get()});
}

constinit PyMethodDef method_wrapper_methods[] = {method<reduce_doc, method_wrapper_reduce>, {}};
constinit PyMemberDef method_wrapper_members[] = {
    {"__self__", T_OBJECT, offsetof(MethodWrapper, self), READONLY, nullptr},
    {},
};
constinit PyGetSetDef method_wrapper_getset[] = {
    {"__objclass__", slot<method_wrapper_objclass>, nullptr, nullptr, nullptr},
    {"__name__", slot<method_wrapper_name>, nullptr, nullptr, nullptr},
    {"__qualname__", slot<method_wrapper_qualname>, nullptr, nullptr, nullptr},
    {"__doc__", slot<method_wrapper_doc>, nullptr, nullptr, nullptr},
    {"__text_signature__", slot<method_wrapper_signature>, nullptr, nullptr, nullptr},
    {},
};

}  // namespace

Ref<> new_method_descriptor(PyTypeObject* type, PyMethodDef* row) {
  vectorcallfunc entry = method_vectorcall(row);
  if (!entry) return Raised{};
  Ref<MethodDescriptor> d = TRY(new_descriptor<MethodDescriptor>(&PyMethodDescr_Type, type, row->ml_name));
  d->d_method = row;
  d->vectorcall = entry;
  return d;
}
Ref<> new_classmethod_descriptor(PyTypeObject* type, PyMethodDef* row) {
  Ref<MethodDescriptor> d = TRY(new_descriptor<MethodDescriptor>(&PyClassMethodDescr_Type, type, row->ml_name));
  d->d_method = row;
  d->vectorcall = nullptr;
  return d;
}
Ref<> new_member_descriptor(PyTypeObject* type, PyMemberDef* row) {
  Ref<MemberDescriptor> d = TRY(new_descriptor<MemberDescriptor>(&PyMemberDescr_Type, type, row->name));
  d->d_member = row;
  return d;
}
Ref<> new_getset_descriptor(PyTypeObject* type, PyGetSetDef* row) {
  Ref<GetSetDescriptor> d = TRY(new_descriptor<GetSetDescriptor>(&PyGetSetDescr_Type, type, row->name));
  d->d_getset = row;
  return d;
}
Ref<> new_slot_wrapper(PyTypeObject* type, SlotRow* row, void* wrapped) {
  Ref<WrapperDescriptor> d = TRY(new_descriptor<WrapperDescriptor>(&PyWrapperDescr_Type, type, share(row->name_strobj)));
  d->d_base = row;
  d->d_wrapped = wrapped;
  return d;
}
Ref<> new_method_wrapper(PyObject* descriptor, PyObject* self) {
  Ref<MethodWrapper> w = TRY(allocate<MethodWrapper>(&_PyMethodWrapper_Type));
  w->descriptor = reinterpret_cast<WrapperDescriptor*>(Py_NewRef(descriptor));
  w->self = Py_NewRef(self);
  gc_track(object(w.get()));
  return w;
}

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject PyMethodDescr_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "method_descriptor",
    .tp_basicsize = sizeof(MethodDescriptor),
    .tp_dealloc = descriptor_dealloc<MethodDescriptor>,
    .tp_vectorcall_offset = offsetof(MethodDescriptor, vectorcall),
    .tp_repr = slot<descriptor_repr<"method">>,
    .tp_call = tp_call_by_vectorcall,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL | Py_TPFLAGS_METHOD_DESCRIPTOR,
    .tp_traverse = descriptor_traverse,
    .tp_methods = common_methods,
    .tp_members = common_members,
    .tp_getset = method_getset,
    .tp_descr_get = slot<method_get>,
};
constinit PyTypeObject PyClassMethodDescr_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "classmethod_descriptor",
    .tp_basicsize = sizeof(MethodDescriptor),
    .tp_dealloc = descriptor_dealloc<MethodDescriptor>,
    .tp_repr = slot<descriptor_repr<"method">>,
    .tp_call = classmethod_call,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = descriptor_traverse,
    .tp_members = common_members,
    .tp_getset = method_getset,
    .tp_descr_get = slot<classmethod_get>,
};
constinit PyTypeObject PyMemberDescr_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "member_descriptor",
    .tp_basicsize = sizeof(MemberDescriptor),
    .tp_dealloc = descriptor_dealloc<MemberDescriptor>,
    .tp_repr = slot<descriptor_repr<"member">>,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = descriptor_traverse,
    .tp_methods = common_methods,
    .tp_members = common_members,
    .tp_getset = member_getset,
    .tp_descr_get = slot<member_get>,
    .tp_descr_set = slot<member_set>,
};
constinit PyTypeObject PyGetSetDescr_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "getset_descriptor",
    .tp_basicsize = sizeof(GetSetDescriptor),
    .tp_dealloc = descriptor_dealloc<GetSetDescriptor>,
    .tp_repr = slot<descriptor_repr<"attribute">>,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = descriptor_traverse,
    .tp_members = common_members,
    .tp_getset = getset_getset,
    .tp_descr_get = slot<getset_get>,
    .tp_descr_set = slot<getset_set>,
};
constinit PyTypeObject PyWrapperDescr_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "wrapper_descriptor",
    .tp_basicsize = sizeof(WrapperDescriptor),
    .tp_dealloc = descriptor_dealloc<WrapperDescriptor>,
    .tp_repr = slot<descriptor_repr<"slot wrapper">>,
    .tp_call = wrapper_call,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_METHOD_DESCRIPTOR,
    .tp_traverse = descriptor_traverse,
    .tp_methods = common_methods,
    .tp_members = common_members,
    .tp_getset = wrapper_getset,
    .tp_descr_get = slot<wrapper_get>,
};
constinit PyTypeObject _PyMethodWrapper_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "method-wrapper",
    .tp_basicsize = sizeof(MethodWrapper),
    .tp_dealloc = method_wrapper_dealloc,
    .tp_repr = slot<method_wrapper_repr>,
    .tp_hash = slot<method_wrapper_hash>,
    .tp_call = slot<method_wrapper_call>,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = method_wrapper_traverse,
    .tp_richcompare = slot<method_wrapper_compare>,
    .tp_methods = method_wrapper_methods,
    .tp_members = method_wrapper_members,
    .tp_getset = method_wrapper_getset,
};
