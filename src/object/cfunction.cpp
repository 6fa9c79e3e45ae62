// builtin_function_or_method: calling a row of a method table, by its METH_ flags, through vectorcall.
#include "object/cfunction.h"

#include "object/bind.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/gc.h"
#include "object/name.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type_internal.h"
#include "object/weakref.h"

namespace taipan {
namespace {

using BuiltinFunction = PyCFunctionObject;
BuiltinFunction& function(PyObject* o) { return *reinterpret_cast<BuiltinFunction*>(o); }

PyObject* receiver_of(BuiltinFunction& f) { return f.m_ml->ml_flags & METH_STATIC ? nullptr : f.m_self; }

/// "list.append()" or "print()": how errors name the function.
Ref<> display_name(PyObject* f) {
  Ref<> name = TRY(get_attr(f, "__qualname__"_name));
  PyObject* module = function(f).m_module;
  if (module && PyUnicode_Check(module) && !str_equal(module, "builtins"))
    return format_str("{}.{}()", as_str(module), as_str(name.get()));
  return format_str("{}()", as_str(name.get()));
}
bool refuse_keywords(PyObject* f, PyObject* kwnames) {
  if (!kwnames || !Py_SIZE(kwnames)) return true;
  if (Ref<> name = display_name(f)) raise(PyExc_TypeError, "{} takes no keyword arguments", as_str(name.get()));
  return false;
}

/// C functions recurse on the C stack, so each call is counted.
struct CallGuard : RecursionGuard {
  CallGuard() : RecursionGuard(" while calling a Python object") {}
};

PyObject* call_noargs(PyObject* f, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  if (!refuse_keywords(f, kwnames)) return nullptr;
  if (Py_ssize_t n = PyVectorcall_NARGS(nargsf)) {
    if (Ref<> name = display_name(f)) raise(PyExc_TypeError, "{} takes no arguments ({} given)", as_str(name.get()), n);
    return nullptr;
  }
  CallGuard guard;
  return guard ? function(f).m_ml->ml_meth(receiver_of(function(f)), nullptr) : nullptr;
}
PyObject* call_one(PyObject* f, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  if (!refuse_keywords(f, kwnames)) return nullptr;
  if (Py_ssize_t n = PyVectorcall_NARGS(nargsf); n != 1) {
    if (Ref<> name = display_name(f))
      raise(PyExc_TypeError, "{} takes exactly one argument ({} given)", as_str(name.get()), n);
    return nullptr;
  }
  CallGuard guard;
  return guard ? function(f).m_ml->ml_meth(receiver_of(function(f)), args[0]) : nullptr;
}
PyObject* call_fast(PyObject* f, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  if (!refuse_keywords(f, kwnames)) return nullptr;
  CallGuard guard;
  if (!guard) return nullptr;
  auto entry = reinterpret_cast<_PyCFunctionFast>(reinterpret_cast<void (*)()>(function(f).m_ml->ml_meth));
  return entry(receiver_of(function(f)), args, PyVectorcall_NARGS(nargsf));
}
PyObject* call_fast_keywords(PyObject* f, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  CallGuard guard;
  if (!guard) return nullptr;
  auto entry = reinterpret_cast<_PyCFunctionFastWithKeywords>(reinterpret_cast<void (*)()>(function(f).m_ml->ml_meth));
  return entry(receiver_of(function(f)), args, PyVectorcall_NARGS(nargsf), kwnames);
}
PyObject* call_method_keywords(PyObject* f, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  CallGuard guard;
  if (!guard) return nullptr;
  auto entry = reinterpret_cast<PyCMethod>(reinterpret_cast<void (*)()>(function(f).m_ml->ml_meth));
  PyTypeObject* defining = reinterpret_cast<PyCMethodObject*>(f)->mm_class;
  return entry(receiver_of(function(f)), defining, args, PyVectorcall_NARGS(nargsf), kwnames);
}

/// tp_call: rows that want a tuple (METH_VARARGS) get it as it is; the others go through vectorcall. Who calls
/// through tp_call has counted the call.
PyObject* tp_call(PyObject* f, PyObject* args, PyObject* kwargs) {
  int flags = function(f).m_ml->ml_flags;
  if (!(flags & METH_VARARGS)) return tp_call_by_vectorcall(f, args, kwargs);
  PyObject* result;
  if (flags & METH_KEYWORDS) {
    auto entry = reinterpret_cast<PyCFunctionWithKeywords>(reinterpret_cast<void (*)()>(function(f).m_ml->ml_meth));
    result = entry(receiver_of(function(f)), args, kwargs);
  } else {
    if (kwargs && dict_size(kwargs)) {
      if (Ref<> name = display_name(f)) raise(PyExc_TypeError, "{} takes no keyword arguments", as_str(name.get()));
      return nullptr;
    }
    result = function(f).m_ml->ml_meth(receiver_of(function(f)), args);
  }
  return check_call_result(f, result).release();
}

void dealloc(PyObject* o) {
  gc_untrack(o);
  TrashGuard trash(o);
  if (!trash) return;
  BuiltinFunction& f = function(o);
  if (f.m_weakreflist) clear_weakrefs(o);
  bool is_method = f.m_ml->ml_flags & METH_METHOD;
  if (is_method) Py_XDECREF(object(reinterpret_cast<PyCMethodObject*>(o)->mm_class));
  Py_XDECREF(f.m_self);
  Py_XDECREF(f.m_module);
  free_object(o, is_method ? sizeof(PyCMethodObject) : sizeof(PyCFunctionObject));
}
int traverse(PyObject* o, visitproc visit, void* arg) {
  BuiltinFunction& f = function(o);
  if (f.m_ml->ml_flags & METH_METHOD) Py_VISIT(reinterpret_cast<PyCMethodObject*>(o)->mm_class);
  Py_VISIT(f.m_self);
  Py_VISIT(f.m_module);
  return 0;
}

Ref<> builtin_repr(BuiltinFunction& f) {
  if (!f.m_self || PyModule_Check(f.m_self)) return format_str("<built-in function {}>", f.m_ml->ml_name);
  return format_str("<built-in method {} of {} object at {}>", f.m_ml->ml_name, type_name(f.m_self), as_address(f.m_self));
}
Py_hash_t builtin_hash(BuiltinFunction& f) {
  auto mix = [](const void* p) { return static_cast<Py_hash_t>(reinterpret_cast<uintptr_t>(p) >> 4 | reinterpret_cast<uintptr_t>(p) << 60); };
  Py_hash_t h = mix(f.m_self) ^ mix(reinterpret_cast<void*>(f.m_ml->ml_meth));
  return h == -1 ? -2 : h;
}
Ref<> builtin_compare(PyObject* a, PyObject* b, int op) {
  if ((op != Py_EQ && op != Py_NE) || !PyCFunction_Check(a) || !PyCFunction_Check(b)) return not_implemented();
  bool same = function(a).m_self == function(b).m_self && function(a).m_ml->ml_meth == function(b).m_ml->ml_meth;
  return boolean(same == (op == Py_EQ));
}

Ref<> get_doc(BuiltinFunction& f, void*) { return doc_object(f.m_ml->ml_name, f.m_ml->ml_doc); }
Ref<> get_text_signature(BuiltinFunction& f, void*) { return signature_object(f.m_ml->ml_name, f.m_ml->ml_doc); }
Ref<> get_name(BuiltinFunction& f, void*) { return new_interned(f.m_ml->ml_name); }
Ref<> get_self(BuiltinFunction& f, void*) {
  PyObject* self = receiver_of(f);
  return share(self ? self : Py_None);
}
Ref<> get_qualname(BuiltinFunction& f, void*) {
  if (!f.m_self || PyModule_Check(f.m_self)) return new_interned(f.m_ml->ml_name);
  PyObject* type = PyType_Check(f.m_self) ? f.m_self : object(Py_TYPE(f.m_self));
  Ref<> outer = TRY(get_attr(type, "__qualname__"_name));
  if (!PyUnicode_Check(outer.get())) return raise(PyExc_TypeError, "<method>.__class__.__qualname__ is not a unicode object");
  return format_str("{}.{}", as_str(outer.get()), f.m_ml->ml_name);
}

static constexpr char reduce_doc[] = "__reduce__($self, /)\n--\n\nHow pickle finds this function again.";
Ref<> reduce(BuiltinFunction& f) {
  if (!f.m_self || PyModule_Check(f.m_self)) return new_str(f.m_ml->ml_name);
  Ref<> builtins_getattr = TRY(get_item(interpreter().builtins, "getattr"_name));
  Ref<> name = TRY(new_str(f.m_ml->ml_name));
  Ref<> args = TRY(tuple_of({f.m_self, name.get()}));
  return tuple_of({builtins_getattr.get(), args.get()});
}

constinit PyMethodDef methods[] = {method<reduce_doc, reduce>, {}};
constinit PyGetSetDef getset[] = {
    {"__doc__", slot<get_doc>, nullptr, nullptr, nullptr},
    {"__name__", slot<get_name>, nullptr, nullptr, nullptr},
    {"__qualname__", slot<get_qualname>, nullptr, nullptr, nullptr},
    {"__self__", slot<get_self>, nullptr, nullptr, nullptr},
    {"__text_signature__", slot<get_text_signature>, nullptr, nullptr, nullptr},
    {},
};
constinit PyMemberDef members[] = {
    {"__module__", T_OBJECT, offsetof(PyCFunctionObject, m_module), 0, nullptr},
    {},
};

}  // namespace

vectorcallfunc builtin_vectorcall(int flags, const char* name) {
  switch (flags & (METH_VARARGS | METH_FASTCALL | METH_NOARGS | METH_O | METH_KEYWORDS | METH_METHOD)) {
    case METH_VARARGS:
    case METH_VARARGS | METH_KEYWORDS: return reinterpret_cast<vectorcallfunc>(1);  // none: by tp_call
    case METH_FASTCALL: return call_fast;
    case METH_FASTCALL | METH_KEYWORDS: return call_fast_keywords;
    case METH_NOARGS: return call_noargs;
    case METH_O: return call_one;
    case METH_METHOD | METH_FASTCALL | METH_KEYWORDS: return call_method_keywords;
  }
  raise(PyExc_SystemError, "{}() method: bad call flags", name);
  return nullptr;
}

Ref<> new_builtin(PyMethodDef* row, PyObject* self, PyObject* module, PyTypeObject* defining_class) {
  vectorcallfunc entry = builtin_vectorcall(row->ml_flags, row->ml_name);
  if (!entry) return Raised{};
  bool is_method = row->ml_flags & METH_METHOD;
  if (is_method && !defining_class)
    return raise(PyExc_SystemError, "attempting to create PyCMethod with a METH_METHOD flag but no class");
  PyTypeObject* type = is_method ? &PyCMethod_Type : &PyCFunction_Type;
  PyObject* o = allocate_object(type, is_method ? sizeof(PyCMethodObject) : sizeof(PyCFunctionObject));
  if (!o) return Raised{};
  BuiltinFunction& f = function(o);
  f.m_ml = row;
  f.m_self = Py_XNewRef(self);
  f.m_module = Py_XNewRef(module);
  f.m_weakreflist = nullptr;
  f.vectorcall = entry == reinterpret_cast<vectorcallfunc>(1) ? nullptr : entry;
  if (is_method) reinterpret_cast<PyCMethodObject*>(o)->mm_class = reinterpret_cast<PyTypeObject*>(Py_NewRef(object(defining_class)));
  gc_track(o);
  return adopt(o);
}

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject PyCFunction_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "builtin_function_or_method",
    .tp_basicsize = sizeof(PyCFunctionObject),
    .tp_dealloc = dealloc,
    .tp_vectorcall_offset = offsetof(PyCFunctionObject, vectorcall),
    .tp_repr = slot<builtin_repr>,
    .tp_hash = slot<builtin_hash>,
    .tp_call = tp_call,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL,
    .tp_traverse = traverse,
    .tp_richcompare = slot<builtin_compare>,
    .tp_weaklistoffset = offsetof(PyCFunctionObject, m_weakreflist),
    .tp_methods = methods,
    .tp_members = members,
    .tp_getset = getset,
};
constinit PyTypeObject PyCMethod_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "builtin_method",
    .tp_basicsize = sizeof(PyCMethodObject),
    .tp_base = &PyCFunction_Type,
};
