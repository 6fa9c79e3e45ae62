// objimpl.h: objects made and freed by extension modules, and what they tell the cycle collector.
#include "capi/export.h"
#include "object/alloc.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/type.h"

using namespace taipan;

namespace {

/// The memory of `items` items with the type's fixed part, everything behind the head cleared.
PyObject* make(PyTypeObject* type, Py_ssize_t items) {
  size_t size = static_cast<size_t>(type->tp_basicsize), more;
  if (__builtin_mul_overflow(static_cast<size_t>(type->tp_itemsize), static_cast<size_t>(items), &more) ||
      __builtin_add_overflow(size, more, &size) || size > size_t{PY_SSIZE_T_MAX})
    return raise_no_memory();
  return type->tp_itemsize ? allocate_var_object(type, size, items) : allocate_object(type, size);
}

}  // namespace

#undef PyObject_Init
#undef PyObject_InitVar
CAPI PyObject* PyObject_Init(PyObject* o, PyTypeObject* type) {
  if (!o) return raise_no_memory();
  Py_SET_TYPE(o, type);
  if (has_feature(type, Py_TPFLAGS_HEAPTYPE)) Py_INCREF(object(type));
  Py_SET_REFCNT(o, 1);
  return o;
}
CAPI PyVarObject* PyObject_InitVar(PyVarObject* o, PyTypeObject* type, Py_ssize_t items) {
  if (!o) return raise_no_memory();
  o->ob_size = items;
  PyObject_Init(object(o), type);
  return o;
}
// Such objects are freed by PyObject_Free, which cannot tell them from other memory: they are not counted as alive.
CAPI PyObject* _PyObject_New(PyTypeObject* type) {
  PyObject* o = make(type, 0);
  if (o) live_objects--;
  return o;
}
CAPI PyVarObject* _PyObject_NewVar(PyTypeObject* type, Py_ssize_t items) {
  PyObject* o = make(type, items);
  if (o) live_objects--;
  return reinterpret_cast<PyVarObject*>(o);
}
CAPI PyObject* _PyObject_GC_New(PyTypeObject* type) { return make(type, 0); }
CAPI PyVarObject* _PyObject_GC_NewVar(PyTypeObject* type, Py_ssize_t items) { return reinterpret_cast<PyVarObject*>(make(type, items)); }
CAPI PyVarObject* _PyObject_GC_Resize(PyVarObject* o, Py_ssize_t items) {
  PyTypeObject* type = Py_TYPE(object(o));
  size_t prefix = gc_prefix(type);
  auto size = static_cast<size_t>(type->tp_basicsize) + static_cast<size_t>(type->tp_itemsize) * static_cast<size_t>(items);
  void* block = raw_reallocate(reinterpret_cast<char*>(o) - prefix, prefix + size);
  if (!block) return raise_no_memory();
  o = reinterpret_cast<PyVarObject*>(static_cast<char*>(block) + prefix);
  o->ob_size = items;
  return o;
}
// The size may have changed since, so that the block must not go back to a list of blocks of one size.
CAPI void PyObject_GC_Del(void* p) {
  auto* o = static_cast<PyObject*>(p);
  gc_untrack(o);
  live_objects--;
  raw_free(static_cast<char*>(p) - gc_prefix(Py_TYPE(o)));
}
CAPI void PyObject_GC_Track(void* o) {
  if (!gc_is_tracked(static_cast<PyObject*>(o))) gc_track(static_cast<PyObject*>(o));
}
CAPI void PyObject_GC_UnTrack(void* o) { gc_untrack(static_cast<PyObject*>(o)); }
CAPI int PyObject_GC_IsTracked(PyObject* o) { return gc_has_head(o) && gc_is_tracked(o); }
CAPI int PyObject_GC_IsFinalized(PyObject* o) { return gc_has_head(o) && (gc_head(o)->prev & kGcFinalized); }
CAPI int PyObject_IS_GC(PyObject* o) { return gc_has_head(o); }
CAPI void PyObject_CallFinalizer(PyObject* o) { call_finalizer(o); }
CAPI int PyObject_CallFinalizerFromDealloc(PyObject* o) { return call_finalizer_from_dealloc(o) ? -1 : 0; }

CAPI Py_ssize_t PyGC_Collect(void) { return gc_state.enabled ? gc_collect(2) : 0; }
CAPI int PyGC_Enable(void) { return std::exchange(gc_state.enabled, true); }
CAPI int PyGC_Disable(void) { return std::exchange(gc_state.enabled, false); }
CAPI int PyGC_IsEnabled(void) { return gc_state.enabled; }

// Extensions' containers bound the depth of their deallocs by these.
CAPI int _PyTrash_begin(PyThreadState* ts, PyObject* o) {
  if (ts->trash_delete_nesting >= TrashGuard::kDeepest && TrashGuard::put_aside(ts, o)) return 1;
  ts->trash_delete_nesting++;
  return 0;
}
CAPI void _PyTrash_end(PyThreadState* ts) {
  ts->trash_delete_nesting--;
  if (ts->trash_delete_later && ts->trash_delete_nesting <= 0) TrashGuard::deallocate_put_aside(ts);
}
CAPI int _PyTrash_cond(PyObject* o, destructor dealloc) { return Py_TYPE(o)->tp_dealloc == dealloc; }

// Who asks for the allocators gets ours; they cannot be replaced.
CAPI void PyMem_GetAllocator(PyMemAllocatorDomain, PyMemAllocatorEx* a) {
  a->ctx = nullptr;
  a->malloc = [](void*, size_t n) { return PyMem_RawMalloc(n); };
  a->calloc = [](void*, size_t count, size_t n) { return PyMem_RawCalloc(count, n); };
  a->realloc = [](void*, void* p, size_t n) { return PyMem_RawRealloc(p, n); };
  a->free = [](void*, void* p) { PyMem_RawFree(p); };
}
CAPI void PyMem_SetAllocator(PyMemAllocatorDomain, PyMemAllocatorEx*) {}
CAPI void PyMem_SetupDebugHooks(void) {}
CAPI const char* _PyMem_GetCurrentAllocatorName(void) { return "pymalloc"; }
namespace {
char* copy_text(const char* text) {
  size_t n = strlen(text) + 1;
  auto* copy = static_cast<char*>(PyMem_RawMalloc(n));
  return copy ? static_cast<char*>(memcpy(copy, text, n)) : nullptr;
}
}  // namespace
CAPI char* _PyMem_Strdup(const char* text) { return copy_text(text); }
CAPI char* _PyMem_RawStrdup(const char* text) { return copy_text(text); }

// Memory is not traced. (The header declares these without C linkage: hence the labels.)
CAPI int taipan_trace_track(unsigned, uintptr_t, size_t) __asm__("PyTraceMalloc_Track");
CAPI int taipan_trace_untrack(unsigned, uintptr_t) __asm__("PyTraceMalloc_Untrack");
CAPI PyObject* taipan_trace_traceback(unsigned, uintptr_t) __asm__("_PyTraceMalloc_GetTraceback");
CAPI int taipan_trace_track(unsigned, uintptr_t, size_t) { return -2; }
CAPI int taipan_trace_untrack(unsigned, uintptr_t) { return -2; }
CAPI PyObject* taipan_trace_traceback(unsigned, uintptr_t) { return Py_NewRef(Py_None); }
