// What the gc module shows of the heap: all tracked objects, who refers to whom; and freezing.
#include "object/gc.h"
#include "object/gc_start.h"
#include "object/tuple.h"

namespace taipan {

static GcHead* next_of(const GcHead* h) { return reinterpret_cast<GcHead*>(h->next); }

// Appending to the result allocates no tracked object, so the lists being walked do not change.
static Status append_all(PyObject* result, GcHead* list) {
  for (GcHead* h = next_of(list); h != list; h = next_of(h)) {
    PyObject* o = from_gc_head(h);
    if (o != result) TRY(list_append(result, o));
  }
  return {};
}

// The dicts and descriptors of static types refer to nothing that could die: they are never examined.
static GcHead type_objects = {reinterpret_cast<uintptr_t>(&type_objects), reinterpret_cast<uintptr_t>(&type_objects)};
static GcHead start_objects = {reinterpret_cast<uintptr_t>(&start_objects), reinterpret_cast<uintptr_t>(&start_objects)};

Ref<> gc_get_objects(int generation) {
  gc_take_back_start();
  Ref<> result = TRY(new_list());
  for (int i = 0; i < 3; i++)
    if (generation == -1 || generation == i) TRY(append_all(result.get(), &gc_state.generations[i].head));
  if (generation == -1 || generation == 2) TRY(append_all(result.get(), &type_objects));
  return result;
}

namespace {
struct Wanted {
  PyObject* const* objects;
  Py_ssize_t n;
};
}  // namespace

static int visit_wanted(PyObject* o, void* arg) {
  auto* wanted = static_cast<Wanted*>(arg);
  for (Py_ssize_t i = 0; i < wanted->n; i++)
    if (wanted->objects[i] == o) return 1;
  return 0;
}

Ref<> gc_get_referrers(PyObject* const* objects, Py_ssize_t n) {
  Ref<> result = TRY(new_list());
  Wanted wanted{objects, n};
  gc_take_back_start();
  GcHead* lists[] = {&gc_state.generations[0].head, &gc_state.generations[1].head, &gc_state.generations[2].head,
                     &type_objects};
  for (GcHead* list : lists) {
    for (GcHead* h = next_of(list); h != list; h = next_of(h)) {
      PyObject* o = from_gc_head(h);
      traverseproc traverse = Py_TYPE(o)->tp_traverse;
      if (o == result.get() || !traverse) continue;
      if (traverse(o, visit_wanted, &wanted)) TRY(list_append(result.get(), o));
    }
  }
  return result;
}

static int visit_append(PyObject* o, void* list) {
  return list_append(static_cast<PyObject*>(list), o).to_c();
}

Ref<> gc_get_referents(PyObject* const* objects, Py_ssize_t n) {
  Ref<> result = TRY(new_list());
  for (Py_ssize_t i = 0; i < n; i++) {
    if (!gc_has_head(objects[i])) continue;
    traverseproc traverse = Py_TYPE(objects[i])->tp_traverse;
    if (traverse && traverse(objects[i], visit_append, result.get())) return {};
  }
  return result;
}

static void splice(GcHead* from, GcHead* to) {
  if (next_of(from) == from) return;
  auto* last = reinterpret_cast<GcHead*>(to->prev);
  GcHead* first = next_of(from);
  auto* from_last = reinterpret_cast<GcHead*>(from->prev);
  last->next = reinterpret_cast<uintptr_t>(first);
  first->prev = (first->prev & kGcFlags) | reinterpret_cast<uintptr_t>(last);
  from_last->next = reinterpret_cast<uintptr_t>(to);
  to->prev = reinterpret_cast<uintptr_t>(from_last);
  from->next = from->prev = reinterpret_cast<uintptr_t>(from);
}

void gc_freeze() {
  gc_take_back_start();
  for (GcGeneration& g : gc_state.generations) {
    splice(&g.head, &gc_state.permanent.head);
    g.count = 0;
  }
}
void gc_unfreeze() { splice(&gc_state.permanent.head, &gc_state.generations[2].head); }

void gc_set_started(bool started) {
  gc_state.enabled = started;
  for (GcGeneration& g : gc_state.generations) {
    splice(&g.head, started ? &start_objects : &type_objects);
    g.count = 0;
  }
}
void gc_merge_start() { splice(&start_objects, &gc_state.generations[2].head); }

void gc_take_back_start() {
  if (next_of(&start_objects) == &start_objects || gc_state.collecting) return;
  GcHead aside[3];
  for (int i = 0; i < 3; i++) {
    aside[i].next = aside[i].prev = reinterpret_cast<uintptr_t>(&aside[i]);
    splice(&gc_state.generations[i].head, &aside[i]);
  }
  gc_merge_start();
  gc_collect_quietly();
  for (int i = 0; i < 3; i++) splice(&aside[i], &gc_state.generations[i].head);
}

Py_ssize_t gc_frozen_count() {
  Py_ssize_t n = 0;
  for (GcHead* h = next_of(&gc_state.permanent.head); h != &gc_state.permanent.head; h = next_of(h)) n++;
  return n;
}

}  // namespace taipan
