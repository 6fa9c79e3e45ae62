// The collector's state and what deallocation needs of it: pacing, finalizers that run once, and the guard
// that turns deep deallocation chains into a loop. The collection itself is in gc_collect.cpp.
#include "object/gc.h"

#include "object/error.h"
#include "object/thread.h"
#include "object/tuple.h"

namespace taipan {

GcState gc_state;

GcState::GcState() {
  constexpr int thresholds[] = {700, 10, 10};
  auto empty = [](GcGeneration& g, int threshold) {
    g.head.next = g.head.prev = reinterpret_cast<uintptr_t>(&g.head);
    g.threshold = threshold;
    g.count = 0;
  };
  for (int i = 0; i < 3; i++) empty(generations[i], thresholds[i]);
  empty(permanent, 0);
}

bool gc_start() {
  gc_state.garbage = object(new_list().release());
  gc_state.callbacks = object(new_list().release());
  return gc_state.garbage && gc_state.callbacks;
}

// A collection runs finalizers, so it must not start in the middle of an allocation: the request waits
// for the next safe point of the interpreter.
void gc_allocation_pressure() {
  if (!gc_state.enabled || gc_state.collecting || gc_state.generations[0].threshold == 0) return;
  constexpr auto bit = static_cast<uint32_t>(Pending::collect);
  uint32_t* pending = &interpreter().pending;
  if (!(__atomic_load_n(pending, __ATOMIC_RELAXED) & bit)) __atomic_fetch_or(pending, bit, __ATOMIC_RELAXED);
}

void* no_block_for_object() {
  (void)raise_no_memory();
  return nullptr;
}

// -- finalizers --

void call_finalizer(PyObject* o) {
  PyTypeObject* type = Py_TYPE(o);
  if (!type->tp_finalize) return;
  if (PyType_IS_GC(type)) {
    if (gc_head(o)->prev & kGcFinalized) return;
    type->tp_finalize(o);
    gc_head(o)->prev |= kGcFinalized;
  } else {
    type->tp_finalize(o);
  }
}

bool call_finalizer_from_dealloc(PyObject* o) {
  o->ob_refcnt = 1;  // alive again while its finalizer looks at it
  call_finalizer(o);
  return --o->ob_refcnt > 0;
}

// -- deep deallocation --

// Objects put aside are chained through their collector heads: they are untracked, so `prev` is free except
// for its flags.
bool TrashGuard::put_aside(PyThreadState* ts, PyObject* o) {
  if (!gc_has_head(o)) return false;
  GcHead* h = gc_head(o);
  h->prev = (h->prev & kGcFlags) | reinterpret_cast<uintptr_t>(ts->trash_delete_later);
  ts->trash_delete_later = o;
  return true;
}

void TrashGuard::deallocate_put_aside(PyThreadState* ts) {
  ts->trash_delete_nesting++;  // what dies in here may set more aside; this loop takes them all
  while (PyObject* o = ts->trash_delete_later) {
    GcHead* h = gc_head(o);
    ts->trash_delete_later = reinterpret_cast<PyObject*>(h->prev & ~kGcFlags);
    h->prev &= kGcFlags;
    Py_TYPE(o)->tp_dealloc(o);
  }
  ts->trash_delete_nesting--;
}

}  // namespace taipan
