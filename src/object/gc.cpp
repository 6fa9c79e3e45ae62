// The collector's state and what deallocation needs of it: pacing, finalizers that run once, and the guard
// that turns deep deallocation chains into a loop. The collection itself is in gc_collect.cpp.
#include "object/gc.h"

#include <climits>

#include "object/error.h"
#include "object/stack.h"
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
  young_limit = thresholds[0];
}

static void set_young_limit() {
  int threshold = gc_state.generations[0].threshold, limit;
  gc_state.young_limit = threshold <= 0 || __builtin_mul_overflow(threshold, gc_state.pace, &limit) ? INT_MAX : limit;
}

void gc_set_thresholds(const int* values, int n) {
  for (int i = 0; i < n; i++) gc_state.generations[i].threshold = values[i];
  gc_state.pace = 1;
  gc_state.paced = false;
  set_young_limit();
}

void gc_adjust_pace(Py_ssize_t examined, Py_ssize_t garbage) {
  constexpr int kSlowest = 12;  // then each young collection is one of the middle generation as well
  if (!gc_state.paced) return;
  int faster = gc_state.pace / 2, slower = gc_state.pace * 2;
  gc_state.pace = garbage > examined / 16 ? (faster ? faster : 1) : (slower < kSlowest ? slower : kSlowest);
  set_young_limit();
}

bool gc_start() {
  gc_state.garbage = object(new_list().release());
  gc_state.callbacks = object(new_list().release());
  return gc_state.garbage && gc_state.callbacks;
}

// A collection runs finalizers, so it must not start in the middle of an allocation: the request waits
// for the next safe point of the interpreter.
void gc_allocation_pressure() {
  if (!gc_state.enabled || gc_state.collecting ) return;
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
// for its flags, one of which says that the object is to be tracked again when its turn comes.
static constexpr uintptr_t kTrackAgain = kGcCollecting;

__thread char* stack_floor = nullptr;

bool check_low_stack(const char* where) {
  constexpr ptrdiff_t kHeadroom = 128 * 1024;
  PyThreadState* ts = current_thread();
  auto* here = static_cast<char*>(__builtin_frame_address(0));
  if (ts->recursion_headroom && here > extended(ts)->stack_limit - kHeadroom) return true;
  (void)raise(PyExc_RecursionError, "maximum recursion depth exceeded{}", where);
  return false;
}

static void set_aside(PyThreadState* ts, PyObject* o, uintptr_t flag = 0) {
  GcHead* h = gc_head(o);
  h->prev = (h->prev & kGcFlags) | flag | reinterpret_cast<uintptr_t>(ts->trash_delete_later);
  ts->trash_delete_later = o;
}

static void deallocate_set_aside(PyThreadState* ts) {
  ts->trash_delete_nesting++;  // what dies in here may set more aside; this loop takes them all
  while (PyObject* o = ts->trash_delete_later) {
    GcHead* h = gc_head(o);
    ts->trash_delete_later = reinterpret_cast<PyObject*>(h->prev & ~kGcFlags);
    bool track = h->prev & kTrackAgain;
    h->prev &= kGcFlags & ~kTrackAgain;
    if (track) gc_track(o);
    Py_TYPE(o)->tp_dealloc(o);
  }
  ts->trash_delete_nesting--;
}

void deallocate_set_aside() {
  PyThreadState* ts = current_thread();
  if (ts && ts->trash_delete_later) deallocate_set_aside(ts);
}

/// Weak references, types and frames are linked from elsewhere without being counted: they cannot wait.
static bool can_wait(PyObject* o) {
  return gc_has_head(o) && !PyWeakref_Check(o) && !PyType_Check(o) && Py_TYPE(o) != &PyFrame_Type;
}

/// The stack is nearly full of deallocations: the object waits for the interpreter's next safe point.
[[gnu::cold, gnu::noinline]] static void deallocate_later(PyObject* o) {
  PyThreadState* ts = current_thread();
  if (!ts || !can_wait(o)) return Py_TYPE(o)->tp_dealloc(o);
  bool tracked = gc_is_tracked(o);
  gc_untrack(o);
  set_aside(ts, o, tracked ? kTrackAgain : 0);
  __atomic_fetch_or(&interpreter().pending, static_cast<uint32_t>(Pending::deallocate), __ATOMIC_RELAXED);
}

bool TrashGuard::put_aside(PyThreadState* ts, PyObject* o) {
  if (!gc_has_head(o)) return false;
  set_aside(ts, o);
  return true;
}

void TrashGuard::deallocate_put_aside(PyThreadState* ts) {
  if (!stack_is_low()) deallocate_set_aside(ts);
}

}  // namespace taipan

// What Py_DECREF of a last reference expands to.
extern "C" __attribute__((visibility("default"))) void _Py_Dealloc(PyObject* o) {
  if (taipan::stack_is_low()) [[unlikely]] return taipan::deallocate_later(o);
  Py_TYPE(o)->tp_dealloc(o);
}
