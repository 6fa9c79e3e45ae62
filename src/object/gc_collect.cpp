// The cycle collector. It looks at one generation and all younger ones (the "young" list below):
//
//   1. Copy each object's reference count beside it, and for every reference between two objects of the list
//      take one off the target's copy. What is left counts references from outside.
//   2. Objects with something left are reachable, and so is all they refer to. The rest is set apart.
//   3. Of the rest: objects with an old-style tp_del (and what they reach) are uncollectable. Weak references
//      to the others are cleared and their callbacks called; finalizers run; what a finalizer made reachable
//      again is found by repeating 1 and 2 on this set; the remainder is taken apart with tp_clear.
//
// While copies exist, they occupy `prev` (above the flag bits), so the list is linked forwards only; `next`
// carries kUnreachable for the members of the set-apart list until finalizers may run.
#include <cstdio>
#include <ctime>

#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/gc_start.h"
#include "object/gc_visit.h"
#include "object/int.h"
#include "object/name.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/weakref.h"

namespace taipan {

static constexpr int kCountShift = 3;
static_assert(kGcFlags == (1 << kCountShift) - 1);
static constexpr uintptr_t kUnreachable = 1;  // in next

static GcHead* head_at(uintptr_t p) { return reinterpret_cast<GcHead*>(p & ~kGcFlags); }
static uintptr_t address(const GcHead* h) { return reinterpret_cast<uintptr_t>(h); }
static GcHead* next_of(const GcHead* h) { return reinterpret_cast<GcHead*>(h->next & ~kUnreachable); }
static void set_prev(GcHead* h, const GcHead* prev) { h->prev = (h->prev & kGcFlags) | address(prev); }
static Py_ssize_t copied_count(const GcHead* h) { return static_cast<Py_ssize_t>(h->prev >> kCountShift); }
static void set_count(GcHead* h, Py_ssize_t n) {
  h->prev = (h->prev & kGcFlags) | static_cast<uintptr_t>(n) << kCountShift;
}
static bool collecting(const GcHead* h) { return h->prev & kGcCollecting; }

// -- lists --

struct GcList {
  GcHead head;
  GcList() { clear(); }
  void clear() { head.next = head.prev = address(&head); }
};
static bool is_empty(const GcHead* list) { return list->next == address(list); }

static void append(GcHead* h, GcHead* list) {
  GcHead* last = head_at(list->prev);
  last->next = address(h);
  set_prev(h, last);
  h->next = address(list);
  list->prev = address(h);
}
static void unlink(GcHead* h) {
  GcHead *prev = head_at(h->prev), *next = next_of(h);
  prev->next = address(next);
  set_prev(next, prev);
}
static void move(GcHead* h, GcHead* list) {
  unlink(h);
  append(h, list);
}
static void merge(GcHead* from, GcHead* to) {
  if (!is_empty(from)) {
    GcHead *last = head_at(to->prev), *first = next_of(from), *from_last = head_at(from->prev);
    last->next = address(first);
    set_prev(first, last);
    from_last->next = address(to);
    to->prev = address(from_last);
  }
  from->next = from->prev = address(from);
}
static Py_ssize_t count(const GcHead* list) {
  Py_ssize_t n = 0;
  for (GcHead* h = next_of(list); h != list; h = next_of(h)) n++;
  return n;
}
static int traverse(GcHead* h, visitproc visit, void* arg) {
  PyObject* o = from_gc_head(h);
  return Py_TYPE(o)->tp_traverse ? Py_TYPE(o)->tp_traverse(o, visit, arg) : 0;
}

// -- what is unreachable --

/// For objects whose type is collected: static types have no head.
static bool has_head(PyObject* o) { return !Py_TYPE(o)->tp_is_gc || Py_TYPE(o)->tp_is_gc(o); }

static void take_one_off(PyObject* o) {
  if (!has_head(o)) return;
  GcHead* h = gc_head(o);
  // A count that would fall below zero means a traverse function that lies; the object then stays alive.
  if (collecting(h) && copied_count(h) > 0) h->prev -= uintptr_t{1} << kCountShift;
}

static void mark_reachable(PyObject* o, GcHead* reachable) {
  if (!has_head(o)) return;
  GcHead* h = gc_head(o);
  if (!collecting(h)) return;
  if (h->next & kUnreachable) {  // set apart too early: back to the end of the list being walked
    GcHead *prev = head_at(h->prev), *next = next_of(h);
    prev->next = address(next) | kUnreachable;  // in that list even the head's neighbours carry the mark
    set_prev(next, prev);
    append(h, reachable);
    set_count(h, 1);
  } else if (copied_count(h) == 0) {
    set_count(h, 1);  // not walked yet; when it is, it counts as reachable
  }
}

/// Splits `base`: what is reachable from outside stays, the rest goes to `unreachable` (collecting flag and
/// kUnreachable set).
static void split_unreachable(GcHead* base, GcHead* unreachable) {
  for (GcHead* h = next_of(base); h != base; h = next_of(h)) {
    h->prev = (h->prev & kGcFlags) | kGcCollecting;
    set_count(h, Py_REFCNT(from_gc_head(h)));
  }
  for (GcHead* h = next_of(base); h != base; h = next_of(h)) visit_references(from_gc_head(h), take_one_off);

  GcHead* prev = base;
  GcHead* h = next_of(base);
  while (h != base) {
    if (copied_count(h)) {
      // Objects found reachable while this one is traversed may be appended behind the last one, so the
      // backward link of the list's end (base->prev) stays usable throughout.
      visit_references(from_gc_head(h), [base](PyObject* o) { mark_reachable(o, base); });
      set_prev(h, prev);
      h->prev &= ~kGcCollecting;
      prev = h;
    } else {
      prev->next = h->next;
      GcHead* last = head_at(unreachable->prev);
      last->next = address(h) | kUnreachable;
      set_prev(h, last);
      h->next = address(unreachable) | kUnreachable;
      unreachable->prev = address(h);
    }
    h = next_of(prev);
  }
  base->prev = address(prev);
  unreachable->next &= ~kUnreachable;
}

static void clear_unreachable_marks(GcHead* list) {
  for (GcHead* h = next_of(list); h != list; h = next_of(h)) h->next &= ~kUnreachable;
  list->next &= ~kUnreachable;
}

// -- what need not be tracked --

static void untrack_atomic_tuples(GcHead* young) {
  for (GcHead *h = next_of(young), *next; h != young; h = next) {
    next = next_of(h);
    PyObject* o = from_gc_head(h);
    if (!PyTuple_CheckExact(o)) continue;
    Py_ssize_t n = tuple_size(o), i = 0;
    // A tuple still being filled has null items and must stay tracked.
    while (i < n && item(o, i) && !gc_may_be_tracked(item(o, i))) i++;
    if (i == n) gc_untrack(o);
  }
}

static void untrack_atomic_dicts(GcHead* young) {
  for (GcHead *h = next_of(young), *next; h != young; h = next) {
    next = next_of(h);
    PyObject* o = from_gc_head(h);
    if (PyDict_CheckExact(o)) dict_maybe_untrack(o);
  }
}

// -- old-style finalizers --

static void move_legacy_finalizers(GcHead* unreachable, GcHead* finalizers) {
  clear_unreachable_marks(unreachable);
  for (GcHead *h = next_of(unreachable), *next; h != unreachable; h = next) {
    next = next_of(h);
    if (!Py_TYPE(from_gc_head(h))->tp_del) continue;
    h->prev &= ~kGcCollecting;
    move(h, finalizers);
  }
}
static int visit_move(PyObject* o, void* to) {
  if (gc_has_head(o) && collecting(gc_head(o))) {
    GcHead* h = gc_head(o);
    h->prev &= ~kGcCollecting;
    move(h, static_cast<GcHead*>(to));
  }
  return 0;
}
static void move_reachable_from(GcHead* finalizers) {
  for (GcHead* h = next_of(finalizers); h != finalizers; h = next_of(h)) traverse(h, visit_move, finalizers);
}

// -- weak references --

static void call_callbacks(GcHead* references, GcHead* old) {
  while (!is_empty(references)) {
    GcHead* h = next_of(references);
    PyObject* reference = from_gc_head(h);
    PyObject* callback = reinterpret_cast<WeakRef*>(reference)->wr_callback;
    if (!call(callback, reference)) write_unraisable(callback);
    Py_DECREF(reference);  // if it dies here, it takes itself out of the list
    if (next_of(references) == h) move(h, old);
  }
}

/// Clears every weak reference to trash before any Python code can run, then calls the callbacks of those
/// references that are not trash themselves: after that nothing outside can reach the trash through them.
static void handle_weakrefs(GcHead* unreachable, GcHead* old) {
  GcList pending;
  for (GcHead* h = next_of(unreachable); h != unreachable; h = next_of(h)) {
    PyObject* o = from_gc_head(h);
    // A weak reference that is trash: its callback would see half-dismantled objects.
    if (PyWeakref_Check(o)) untie_weakref(reinterpret_cast<WeakRef*>(o));
    PyObject** list = weakref_list(o);
    if (!list) continue;
    while (*list) {
      auto* ref = reinterpret_cast<WeakRef*>(*list);
      untie_weakref(ref);
      if (!ref->wr_callback || collecting(gc_head(object(ref)))) continue;
      Py_INCREF(object(ref));
      move(gc_head(object(ref)), &pending.head);
    }
  }
  call_callbacks(&pending.head, old);
}

// -- finalizing and clearing --

static void run_finalizers(GcHead* collectable) {
  GcList seen;
  while (!is_empty(collectable)) {
    GcHead* h = next_of(collectable);
    PyObject* o = from_gc_head(h);
    move(h, &seen.head);
    destructor finalize = Py_TYPE(o)->tp_finalize;
    if ((h->prev & kGcFinalized) || !finalize) continue;
    h->prev |= kGcFinalized;
    Ref<> hold = share(o);
    finalize(o);
  }
  merge(&seen.head, collectable);
}

/// Finalizers may have made objects reachable again: those go to `old`, the others to `still`.
static void split_resurrected(GcHead* unreachable, GcHead* still, GcHead* old) {
  for (GcHead* h = next_of(unreachable); h != unreachable; h = next_of(h)) h->prev &= ~kGcCollecting;
  split_unreachable(unreachable, still);
  clear_unreachable_marks(still);
  merge(unreachable, old);
}

static void clear_garbage(GcHead* garbage, GcHead* old) {
  while (!is_empty(garbage)) {
    GcHead* h = next_of(garbage);
    PyObject* o = from_gc_head(h);
    {
      Ref<> hold = share(o);
      if (gc_state.debug & kGcDebugSaveAll) {
        if (!list_append(gc_state.garbage, o)) clear_error();
      } else if (inquiry clear = Py_TYPE(o)->tp_clear) {
        (void)clear(o);
        if (pending_error()) write_unraisable(object(Py_TYPE(o)));
      }
    }
    if (!is_empty(garbage) && next_of(garbage) == h) {  // still alive: it may die later, with another
      h->prev &= ~kGcCollecting;
      move(h, old);
    }
  }
}

static void keep_uncollectable(GcHead* finalizers, GcHead* old) {
  for (GcHead* h = next_of(finalizers); h != finalizers; h = next_of(h)) {
    PyObject* o = from_gc_head(h);
    if (!(gc_state.debug & kGcDebugSaveAll) && !Py_TYPE(o)->tp_del) continue;
    if (gc_state.garbage && !list_append(gc_state.garbage, o)) clear_error();
  }
  merge(finalizers, old);
}

static void show(const char* what, PyObject* o) {
  fprintf(stderr, "gc: %s <%s %p>\n", what, type_name(o), static_cast<void*>(o));
}
static double seconds() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}
static void show_start(int generation) {
  fprintf(stderr, "gc: collecting generation %d...\n", generation);
  fprintf(stderr, "gc: objects in each generation: %zd %zd %zd\n", count(&gc_state.generations[0].head),
          count(&gc_state.generations[1].head), count(&gc_state.generations[2].head));
  fprintf(stderr, "gc: objects in permanent generation: %zd\n", count(&gc_state.permanent.head));
}

static bool leaving = false;  // the process ends: memory need not be given back

struct Outcome {
  Py_ssize_t collected, uncollectable;
};

static Outcome collect_garbage(GcHead* unreachable, GcHead* old) {
  GcList finalizers;
  move_legacy_finalizers(unreachable, &finalizers.head);
  move_reachable_from(&finalizers.head);
  if (gc_state.debug & kGcDebugCollectable)
    for (GcHead* h = next_of(unreachable); h != unreachable; h = next_of(h)) show("collectable", from_gc_head(h));
  handle_weakrefs(unreachable, old);
  run_finalizers(unreachable);
  GcList garbage;
  split_resurrected(unreachable, &garbage.head, old);
  Outcome outcome{count(&garbage.head), count(&finalizers.head)};
  clear_garbage(&garbage.head, old);
  if (gc_state.debug & kGcDebugUncollectable)
    for (GcHead* h = next_of(&finalizers.head); h != &finalizers.head; h = next_of(h))
      show("uncollectable", from_gc_head(h));
  keep_uncollectable(&finalizers.head, old);
  return outcome;
}

static Outcome collect(int generation) {
  GcState& gc = gc_state;
  double start = gc.debug & kGcDebugStats ? seconds() : 0;
  if (gc.debug & kGcDebugStats) show_start(generation);
  if (generation < 2) gc.generations[generation + 1].count++;
  for (int i = 0; i <= generation; i++) gc.generations[i].count = 0;
  for (int i = 0; i < generation; i++) merge(&gc.generations[i].head, &gc.generations[generation].head);
  GcHead* young = &gc.generations[generation].head;
  GcHead* old = &gc.generations[generation < 2 ? generation + 1 : 2].head;

  GcList unreachable;
  split_unreachable(young, &unreachable.head);
  untrack_atomic_tuples(young);
  if (young != old) {
    if (generation == 1) gc.long_lived_pending += count(young);
    merge(young, old);
  } else {
    untrack_atomic_dicts(young);
    gc.long_lived_pending = 0;
    gc.long_lived_total = count(young);
  }
  Outcome outcome = collect_garbage(&unreachable.head, old);
  if (generation == 2 && !leaving) trim_free_lists();
  if (gc.debug & kGcDebugStats)
    fprintf(stderr, "gc: done, %zd unreachable, %zd uncollectable, %.4fs elapsed\n",
            outcome.collected + outcome.uncollectable, outcome.uncollectable, seconds() - start);
  GcStats& stats = gc.stats[generation];
  stats.collections++;
  stats.collected += outcome.collected;
  stats.uncollectable += outcome.uncollectable;
  return outcome;
}

static Status call_gc_callbacks(const char* phase, int generation, Outcome outcome) {
  PyObject* callbacks = gc_state.callbacks;
  if (!callbacks || Py_SIZE(callbacks) == 0) return {};
  auto info = TRY(new_dict());
  PyObject* dict = object(info.get());
  TRY(dict_set(dict, "generation"_name, TRY(new_int(generation)).get()));
  TRY(dict_set(dict, "collected"_name, TRY(new_int(outcome.collected)).get()));
  TRY(dict_set(dict, "uncollectable"_name, TRY(new_int(outcome.uncollectable)).get()));
  auto text = TRY(new_str(phase));
  for (Py_ssize_t i = 0; i < Py_SIZE(callbacks); i++) {
    Ref<> callback = share(fast_items(callbacks)[i]);
    if (!call(callback.get(), text.get(), dict)) write_unraisable(callback.get());
  }
  return {};
}

Py_ssize_t gc_collect(int generation) {
  if (gc_state.collecting) return 0;
  if (generation == 2 && !leaving) gc_take_back_start();
  gc_state.collecting = true;
  PendingError kept = PendingError::take();
  if (!call_gc_callbacks("start", generation, {})) write_unraisable(nullptr);
  Outcome outcome = collect(generation);
  if (!call_gc_callbacks("stop", generation, outcome)) write_unraisable(nullptr);
  if (kept.type) std::move(kept).restore();
  gc_state.collecting = false;
  return outcome.collected + outcome.uncollectable;
}

void gc_collect_quietly() {
  GcState& gc = gc_state;
  int counts[3], debug = std::exchange(gc.debug, 0);
  for (int i = 0; i < 3; i++) counts[i] = gc.generations[i].count;
  GcStats stats = gc.stats[2];
  PendingError kept = PendingError::take();
  gc.collecting = true;
  collect(2);
  gc.collecting = false;
  if (kept.type) std::move(kept).restore();
  gc.stats[2] = stats;
  gc.debug = debug;
  for (int i = 0; i < 3; i++) gc.generations[i].count = counts[i];
}

void gc_collect_at_exit(bool all) {
  leaving = true;
  if (all) gc_merge_start();
  gc_collect(2);
}

void gc_run_pending() {
  if (!gc_state.enabled || gc_state.collecting) return;
  Py_ssize_t examined = gc_state.generations[0].count;
  // The middle generation's threshold counts young collections of the usual size.
  if (examined > gc_state.young_limit) gc_state.generations[1].count += gc_state.pace - 1;
  for (int i = 2; i >= 0; i--) {
    const GcGeneration& g = gc_state.generations[i];
    if (g.count <= (i ? g.threshold : gc_state.young_limit)) continue;
    // A full collection costs time in proportion to all objects. Doing it only when a quarter of them is new
    // keeps the total cost linear in the number of objects ever made.
    if (i == 2 && gc_state.long_lived_pending < gc_state.long_lived_total / 4) continue;
    Py_ssize_t garbage = gc_collect(i);
    gc_adjust_pace(examined, garbage);
    break;
  }
}

}  // namespace taipan
