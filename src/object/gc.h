#pragma once
// Making and freeing object memory, and what the cycle collector needs of every container.
//
// Memory of a collected object: [values* dict*] GcHead object … — the two words in brackets are there only for
// types with Py_TPFLAGS_MANAGED_DICT (the ABI: obj[-4] values, obj[-3] dict). Objects start untracked; a container is
// tracked when all its fields are valid, and untracked first thing in its dealloc.
#include <Python.h>

#include "object/alloc.h"
#include "object/ref.h"
#include "object/thread.h"

namespace taipan {

/// Links of the collector's list; the low bits of `prev` are the collector's. next == 0: untracked.
struct GcHead {
  uintptr_t next;
  uintptr_t prev;
};

inline GcHead* gc_head(PyObject* o) { return reinterpret_cast<GcHead*>(o) - 1; }
inline PyObject* from_gc_head(GcHead* h) { return reinterpret_cast<PyObject*>(h + 1); }
inline bool gc_is_tracked(PyObject* o) { return gc_head(o)->next != 0; }
/// Does this object have a GcHead (static types have none)?
inline bool gc_has_head(PyObject* o) { return PyType_IS_GC(Py_TYPE(o)) && (!Py_TYPE(o)->tp_is_gc || Py_TYPE(o)->tp_is_gc(o)); }

inline constexpr uintptr_t kGcFinalized = 1;    ///< in prev: tp_finalize has run
inline constexpr uintptr_t kGcCollecting = 2;   ///< in prev: being examined now
inline constexpr uintptr_t kGcInlineValues = 4; ///< in prev: attribute values lie behind the object in its block
inline constexpr uintptr_t kGcFlags = 7;

struct GcGeneration {
  GcHead head;
  int threshold;
  int count;
};
struct GcStats {
  Py_ssize_t collections, collected, uncollectable;
};
struct GcState {
  GcGeneration generations[3];
  GcGeneration permanent;              ///< gc.freeze(): never examined
  bool enabled = true;
  bool collecting = false;
  int debug = 0;
  int pace = 1;                        ///< thresholds' worth of new objects that a young collection waits for
  bool paced = true;                   ///< false: the program chose its thresholds, they are kept to the letter
  int young_limit;                     ///< count of the youngest generation beyond which it asks to be collected
  Py_ssize_t long_lived_total = 0;     ///< objects that survived the last full collection
  Py_ssize_t long_lived_pending = 0;   ///< objects that came into the oldest generation since
  PyObject* garbage = nullptr;         ///< gc.garbage, gc.callbacks: lists, made at start
  PyObject* callbacks = nullptr;
  GcStats stats[3]{};
  GcState();
};
extern GcState gc_state;

inline void gc_track(PyObject* o) {
  GcHead* h = gc_head(o);
  GcHead* young = &gc_state.generations[0].head;
  auto* last = reinterpret_cast<GcHead*>(young->prev);
  last->next = reinterpret_cast<uintptr_t>(h);
  h->prev = (h->prev & kGcFlags) | reinterpret_cast<uintptr_t>(last);
  h->next = reinterpret_cast<uintptr_t>(young);
  young->prev = reinterpret_cast<uintptr_t>(h);
}
inline void gc_untrack(PyObject* o) {  ///< harmless if it is not tracked
  GcHead* h = gc_head(o);
  if (!h->next) return;
  auto* next = reinterpret_cast<GcHead*>(h->next);
  auto* prev = reinterpret_cast<GcHead*>(h->prev & ~kGcFlags);
  prev->next = reinterpret_cast<uintptr_t>(next);
  next->prev = (next->prev & kGcFlags) | reinterpret_cast<uintptr_t>(prev);
  h->next = 0;
  h->prev &= kGcFinalized | kGcInlineValues;
}

void gc_allocation_pressure();  ///< slow path: the young generation is over its limit
/// gc.set_threshold: from the youngest generation on; 0 for the youngest switches automatic collections off.
void gc_set_thresholds(const int* values, int n);
/// After an automatic collection: as long as little is garbage, the next one waits for more new objects, so that most
/// objects are looked through once, not twice, before they count as old.
void gc_adjust_pace(Py_ssize_t examined, Py_ssize_t garbage);

/// Bytes in front of an object of this type.
inline size_t gc_prefix(const PyTypeObject* type) {
  return (type->tp_flags & Py_TPFLAGS_HAVE_GC ? sizeof(GcHead) : 0) +
         (type->tp_flags & Py_TPFLAGS_MANAGED_DICT ? 2 * sizeof(void*) : 0);
}

/// Memory for an object that is `size` bytes (from its PyObject head on), with its collector head, reference count 1
/// and type set (a heap type is counted). Other bytes are NOT cleared. Untracked. Empty: MemoryError is set.
PyObject* allocate_object(PyTypeObject* type, size_t size);
PyObject* allocate_var_object(PyTypeObject* type, size_t size, Py_ssize_t ob_size);
/// Frees what allocate_object made; `size` as then. Does not touch the type's count.
void free_object(PyObject* o, size_t size);

/// A new object of a fixed-size static type, its own fields uninitialised: `allocate<PyCellObject>(&PyCell_Type)`.
template <class T>
Ref<T> allocate(PyTypeObject* type) {
  return Ref<T>::adopt(reinterpret_cast<T*>(allocate_object(type, sizeof(T))));
}
template <class T>
void deallocate(T* o) {
  free_object(reinterpret_cast<PyObject*>(o), sizeof(T));
}

void* no_block_for_object();  ///< raises MemoryError; null

/// A new object of a static type with a collector's head, made without a call: `allocate_collected<Slice>(&PySlice_Type)`.
/// As allocate_object does.
inline PyObject* allocate_collected(PyTypeObject* type, size_t size) {
  void* block = allocate_block(size + sizeof(GcHead));
  if (!block) [[unlikely]] return static_cast<PyObject*>(no_block_for_object());
  auto* head = static_cast<GcHead*>(block);
  head->next = head->prev = 0;
  GcGeneration& young = gc_state.generations[0];
  if (++young.count > gc_state.young_limit) [[unlikely]] gc_allocation_pressure();
  count_objects(1);
  PyObject* o = from_gc_head(head);
  o->ob_refcnt = 1;
  o->ob_type = type;
  return o;
}
template <class T>
Ref<T> allocate_collected(PyTypeObject* type) {
  return Ref<T>::adopt(reinterpret_cast<T*>(allocate_collected(type, sizeof(T))));
}
/// Frees what allocate_collected made (or allocate_object, for such a type).
inline void free_collected(PyObject* o, size_t size) {
  GcGeneration& young = gc_state.generations[0];
  if (young.count > 0) young.count--;
  count_objects(-1);
  free_block(gc_head(o), size + sizeof(GcHead));
}
template <class T>
void deallocate_collected(T* o) {
  free_collected(reinterpret_cast<PyObject*>(o), sizeof(T));
}

/// `gc.collect(generation)`: the number of unreachable objects found; keeps the pending exception. 0 while one runs.
Py_ssize_t gc_collect(int generation);
/// The answer to Pending::collect, given where arbitrary Python code may run: collects what is due.
void gc_run_pending();
/// Makes gc.garbage and gc.callbacks; once, when lists can be made.
bool gc_start();

// What the gc module shows.
Ref<> gc_get_objects(int generation);  ///< -1: all three
Ref<> gc_get_referrers(PyObject* const* objects, Py_ssize_t n);
Ref<> gc_get_referents(PyObject* const* objects, Py_ssize_t n);
void gc_freeze();
void gc_unfreeze();
Py_ssize_t gc_frozen_count();
extern "C" char __executable_start, _end;  // the linker's
/// Objects of the executable itself (built-in types, names, embedded code) have no collector's head. Their address tells.
inline bool gc_is_static(const void* o) {
  return reinterpret_cast<uintptr_t>(o) - reinterpret_cast<uintptr_t>(&__executable_start) <
         static_cast<uintptr_t>(&_end - &__executable_start);
}
/// Tuples and dicts of atoms need no examining.
inline bool gc_may_be_tracked(PyObject* o) {
  return !gc_is_static(o) && PyType_IS_GC(Py_TYPE(o)) && (!Py_TYPE(o)->tp_is_gc || Py_TYPE(o)->tp_is_gc(o)) &&
         (!PyTuple_CheckExact(o) || gc_is_tracked(o));
}
/// Debug flags of gc.set_debug.
inline constexpr int kGcDebugStats = 1, kGcDebugCollectable = 2, kGcDebugUncollectable = 4, kGcDebugSaveAll = 32;
/// Runs tp_finalize once; true if the object was resurrected (PyObject_CallFinalizerFromDealloc's -1).
bool call_finalizer_from_dealloc(PyObject* o);
void call_finalizer(PyObject* o);

/// Deep deallocation chains (a long linked list) must not overflow the C stack: containers' deallocs go through this.
/// A base type's dealloc, called by its subtype's for the same object, is always entered.
///   static void dealloc(PyObject* o) { gc_untrack(o); if (TrashGuard guard{o}; guard) {… clear fields, free …} }
class TrashGuard {
 public:
  explicit TrashGuard(PyObject* o) : ts_(current_thread()) {  ///< false: too deep; the object will be deallocated later
    if (!ts_) [[unlikely]] return;
    Thread* thread = extended(ts_);
    outer_ = thread->dying;
    if (ts_->trash_delete_nesting >= kDeepest && outer_ != o && put_aside(ts_, o)) [[unlikely]] {
      entered_ = false;
      return;
    }
    thread->dying = o;
    ts_->trash_delete_nesting++;
  }
  ~TrashGuard() {
    if (!entered_ || !ts_) [[unlikely]] return;
    extended(ts_)->dying = outer_;
    if (ts_->trash_delete_nesting > 0) ts_->trash_delete_nesting--;
    if (ts_->trash_delete_later && ts_->trash_delete_nesting == 0) [[unlikely]] deallocate_put_aside(ts_);
  }
  explicit operator bool() const { return entered_; }

  static constexpr int kDeepest = 50;
  static bool put_aside(PyThreadState* ts, PyObject* o);  ///< false: it has no collector's head to be chained by
  static void deallocate_put_aside(PyThreadState* ts);

 private:

  PyThreadState* ts_;
  PyObject* outer_ = nullptr;  // the object whose dealloc encloses ours
  bool entered_ = true;
};

}  // namespace taipan
