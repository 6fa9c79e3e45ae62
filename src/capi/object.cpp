// object.h and objimpl.h: references, basic operations, attributes, making and freeing objects, what types tell.
#include <cstring>

#include "capi/export.h"
#include "object/alloc.h"
#include "object/bind.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/slots.h"
#include "object/type.h"
#include "object/type_internal.h"
#include "types/module.h"

using namespace taipan;

namespace {
int to_c(const Result<bool>& r) { return r ? *r : -1; }
Raised bad_call() { return raise_internal("bad argument to internal function"); }
Ref<> null_text() { return new_str("<NULL>"); }
/// An object of a C struct of this type: everything behind its head is the caller's to fill.
PyObject* allocate_for(PyTypeObject* type, Py_ssize_t items) {
  size_t size = type->tp_basicsize + static_cast<size_t>(items) * type->tp_itemsize;
  return type->tp_itemsize ? allocate_var_object(type, size, items) : allocate_object(type, size);
}
}  // namespace

// -- references --
CAPI void Py_IncRef(PyObject* o) { Py_XINCREF(o); }
CAPI void Py_DecRef(PyObject* o) { Py_XDECREF(o); }
CAPI void _Py_IncRef(PyObject* o) { Py_INCREF(o); }
CAPI void _Py_DecRef(PyObject* o) { Py_DECREF(o); }
// The header makes macros of these names, too.
#undef Py_NewRef
#undef Py_XNewRef
#undef Py_Is
#undef Py_IsNone
#undef Py_IsTrue
#undef Py_IsFalse
CAPI PyObject* Py_NewRef(PyObject* o) {
  Py_INCREF(o);
  return o;
}
CAPI PyObject* Py_XNewRef(PyObject* o) {
  Py_XINCREF(o);
  return o;
}
CAPI int Py_Is(PyObject* a, PyObject* b) { return a == b; }
CAPI int Py_IsNone(PyObject* o) { return o == Py_None; }
CAPI int Py_IsTrue(PyObject* o) { return o == Py_True; }
CAPI int Py_IsFalse(PyObject* o) { return o == Py_False; }
CAPI void _Py_NewReference(PyObject* o) { Py_SET_REFCNT(o, 1); }
CAPI int _PyObject_IsFreed(PyObject* o) {
  // What debugging allocators fill fresh, freed and guarding memory with.
  auto bits = reinterpret_cast<uintptr_t>(Py_TYPE(o));
  return bits == 0 || bits == 0xCDCDCDCDCDCDCDCDu || bits == 0xDDDDDDDDDDDDDDDDu || bits == 0xFDFDFDFDFDFDFDFDu;
}

// -- basic operations --
CAPI PyObject* PyObject_Repr(PyObject* o) { return lower(o ? repr(o) : null_text()); }
CAPI PyObject* PyObject_Str(PyObject* o) { return lower(o ? to_str(o) : null_text()); }
CAPI PyObject* PyObject_ASCII(PyObject* o) { return lower(o ? to_ascii(o) : null_text()); }
CAPI PyObject* PyObject_Dir(PyObject* o) { return lower(dir(o)); }
CAPI Py_hash_t PyObject_Hash(PyObject* o) {
  auto h = hash(o);
  return h ? *h : -1;
}
CAPI int PyObject_IsTrue(PyObject* o) { return to_c(is_true(o)); }
CAPI int PyObject_Not(PyObject* o) {
  auto truth = is_true(o);
  return truth ? !*truth : -1;
}
CAPI PyObject* PyObject_RichCompare(PyObject* a, PyObject* b, int op) {
  if (a && b) return lower(compare(a, b, op));
  if (!pending_error()) bad_call();
  return nullptr;
}
CAPI int PyObject_RichCompareBool(PyObject* a, PyObject* b, int op) { return to_c(compare_bool(a, b, op)); }
CAPI int PyCallable_Check(PyObject* o) { return o && is_callable(o); }

// -- attributes --
CAPI PyObject* PyObject_GetAttr(PyObject* o, PyObject* name) { return lower(get_attr(o, name)); }
CAPI PyObject* PyObject_GetAttrString(PyObject* o, const char* name) {
  Ref<> text = new_str(name);
  return text ? lower(get_attr(o, text.get())) : nullptr;
}
CAPI int PyObject_SetAttr(PyObject* o, PyObject* name, PyObject* value) { return set_attr(o, name, value).to_c(); }
CAPI int PyObject_SetAttrString(PyObject* o, const char* name, PyObject* value) {
  Ref<> text = new_str(name);
  return text ? set_attr(o, text.get(), value).to_c() : -1;
}
CAPI int PyObject_HasAttr(PyObject* o, PyObject* name) {
  Ref<> found = get_attr(o, name);
  if (!found) clear_error();
  return static_cast<bool>(found);
}
CAPI int PyObject_HasAttrString(PyObject* o, const char* name) {
  Ref<> text = new_str(name);
  if (text) return PyObject_HasAttr(o, text.get());
  clear_error();
  return 0;
}
CAPI int _PyObject_LookupAttr(PyObject* o, PyObject* name, PyObject** result) {
  auto found = find_attr(o, name);
  *result = found ? found.take().release() : nullptr;
  return *result ? 1 : found ? 0 : -1;
}
CAPI PyObject* _PyObject_GetAttrId(PyObject* o, _Py_Identifier* id) { return PyObject_GetAttrString(o, id->string); }
CAPI int _PyObject_SetAttrId(PyObject* o, _Py_Identifier* id, PyObject* value) {
  return PyObject_SetAttrString(o, id->string, value);
}
CAPI int _PyObject_LookupAttrId(PyObject* o, _Py_Identifier* id, PyObject** result) {
  *result = nullptr;
  Ref<> text = new_str(id->string);
  return text ? _PyObject_LookupAttr(o, text.get(), result) : -1;
}
CAPI PyObject* _PyObject_LookupSpecialId(PyObject* o, _Py_Identifier* id) {
  Ref<> text = new_str(id->string);
  if (!text) return nullptr;
  auto found = lookup_special(o, text.get());
  return found ? found.take().release() : nullptr;
}
CAPI PyObject* PyObject_GenericGetDict(PyObject* o, void* context) { return lower(get_dict_attribute(o, context)); }
CAPI int PyObject_GenericSetDict(PyObject* o, PyObject* value, void* context) {
  return set_dict_attribute(o, value, context).to_c();
}
CAPI PyObject** _PyObject_GetDictPtr(PyObject* o) {
  return has_feature(Py_TYPE(o), Py_TPFLAGS_MANAGED_DICT) ? exposed_dict_slot(o) : dict_slot(o);
}

// -- making and freeing --
CAPI PyObject* PyObject_Init(PyObject* o, PyTypeObject* type) {
  if (!o) {
    raise_no_memory();
    return nullptr;
  }
  Py_SET_TYPE(o, type);
  if (has_feature(type, Py_TPFLAGS_HEAPTYPE)) Py_INCREF(object(type));
  Py_SET_REFCNT(o, 1);
  live_objects++;
  return o;
}
CAPI PyVarObject* PyObject_InitVar(PyVarObject* o, PyTypeObject* type, Py_ssize_t size) {
  if (!PyObject_Init(object(o), type)) return nullptr;
  Py_SET_SIZE(o, size);
  return o;
}
CAPI PyObject* _PyObject_New(PyTypeObject* type) { return allocate_for(type, 0); }
CAPI PyVarObject* _PyObject_NewVar(PyTypeObject* type, Py_ssize_t n) { return reinterpret_cast<PyVarObject*>(allocate_for(type, n)); }
CAPI PyObject* _PyObject_GC_New(PyTypeObject* type) { return allocate_for(type, 0); }
CAPI PyVarObject* _PyObject_GC_NewVar(PyTypeObject* type, Py_ssize_t n) {
  if (n < 0) {
    bad_call();
    return nullptr;
  }
  return reinterpret_cast<PyVarObject*>(allocate_for(type, n));
}
CAPI void PyObject_GC_Del(void* o) { gc_free(o); }
CAPI void PyObject_GC_Track(void* o) { gc_track(static_cast<PyObject*>(o)); }
CAPI void PyObject_GC_UnTrack(void* o) { gc_untrack(static_cast<PyObject*>(o)); }
CAPI int PyObject_GC_IsTracked(PyObject* o) { return gc_has_head(o) && gc_is_tracked(o); }
CAPI int PyObject_GC_IsFinalized(PyObject* o) { return gc_has_head(o) && (gc_head(o)->prev & kGcFinalized) != 0; }
CAPI int PyObject_IS_GC(PyObject* o) { return gc_has_head(o); }
CAPI int PyGC_Enable() { return std::exchange(gc_state.enabled, true); }
CAPI int PyGC_Disable() { return std::exchange(gc_state.enabled, false); }
CAPI int PyGC_IsEnabled() { return gc_state.enabled; }
CAPI Py_ssize_t PyGC_Collect() { return gc_state.enabled ? gc_collect(2) : 0; }
CAPI void PyObject_CallFinalizer(PyObject* o) { call_finalizer(o); }
CAPI int PyObject_CallFinalizerFromDealloc(PyObject* o) { return call_finalizer_from_dealloc(o) ? -1 : 0; }

// -- types --
CAPI unsigned long PyType_GetFlags(PyTypeObject* type) { return type->tp_flags; }
CAPI PyObject* PyType_GetName(PyTypeObject* type) { return lower(type_short_name(type)); }
CAPI PyObject* PyType_GetQualName(PyTypeObject* type) { return lower(get_attr(object(type), "__qualname__"_name)); }
CAPI const char* _PyType_Name(PyTypeObject* type) { return short_name(type); }
CAPI PyObject* _PyType_Lookup(PyTypeObject* type, PyObject* name) { return type_lookup(type, name); }
CAPI void PyType_Modified(PyTypeObject* type) { type_modified(type); }
CAPI unsigned int PyType_ClearCache() { return 0; }
CAPI PyObject* PyType_GetModule(PyTypeObject* type) {
  if (!has_feature(type, Py_TPFLAGS_HEAPTYPE)) {
    raise(PyExc_TypeError, "PyType_GetModule: Type '{}' is not a heap type", type->tp_name);
    return nullptr;
  }
  PyObject* module = reinterpret_cast<PyHeapTypeObject*>(type)->ht_module;
  if (!module) raise(PyExc_TypeError, "PyType_GetModule: Type '{}' has no associated module", type->tp_name);
  return module;
}
CAPI void* PyType_GetModuleState(PyTypeObject* type) {
  PyObject* module = PyType_GetModule(type);
  return module ? reinterpret_cast<Module*>(module)->state : nullptr;
}
CAPI PyObject* PyType_GetModuleByDef(PyTypeObject* type, PyModuleDef* def) {
  for (Py_ssize_t i = 0; i < tuple_size(type->tp_mro); i++) {
    auto* base = reinterpret_cast<PyTypeObject*>(item(type->tp_mro, i));
    if (!has_feature(base, Py_TPFLAGS_HEAPTYPE)) continue;
    PyObject* module = reinterpret_cast<PyHeapTypeObject*>(base)->ht_module;
    if (module && reinterpret_cast<Module*>(module)->def == def) return module;
  }
  raise(PyExc_TypeError, "PyType_GetModuleByDef: No superclass of '{}' has the given module", type->tp_name);
  return nullptr;
}
CAPI void* PyType_GetSlot(PyTypeObject* type, int slot) {
  size_t offset = spec_slot_offset(slot);
  if (!offset) {
    bad_call();
    return nullptr;
  }
  if (has_feature(type, Py_TPFLAGS_HEAPTYPE)) return *reinterpret_cast<void**>(reinterpret_cast<char*>(type) + offset);
  void** at = slot_address(type, static_cast<int>(offset));
  return at ? *at : nullptr;
}
