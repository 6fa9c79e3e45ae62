// gc: the cycle collector's switches and views.
#include "object/gc.h"

#include "modules/module.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/tuple.h"
#include "runtime/audit.h"
#include "types/rows.h"

namespace taipan {
namespace {

constexpr char gc_doc[] = "The cycle collector: when it runs, what it found, what it watches.";

constexpr char enable_doc[] = "enable($module, /)\n--\n\nLet collections start by themselves.";
void enable(PyObject*) { gc_state.enabled = true; }
constexpr char disable_doc[] = "disable($module, /)\n--\n\nCollect only when asked to.";
void disable(PyObject*) { gc_state.enabled = false; }
constexpr char isenabled_doc[] = "isenabled($module, /)\n--\n\nDo collections start by themselves?";
bool isenabled(PyObject*) { return gc_state.enabled; }

constexpr char collect_doc[] =
    "collect($module, /, generation=2)\n--\n\n"
    "Collect a generation and all younger ones; the number of unreachable objects found.";
Result<Py_ssize_t> collect(PyObject*, int generation) {
  if (generation < 0 || generation > 2) return raise(PyExc_ValueError, "invalid generation");
  return gc_collect(generation);
}

constexpr char set_debug_doc[] =
    "set_debug($module, flags, /)\n--\n\n"
    "What to report while collecting: a sum of the DEBUG_ constants.";
Status set_debug(PyObject*, int flags) {
  gc_state.debug = flags;
  return {};
}
constexpr char get_debug_doc[] = "get_debug($module, /)\n--\n\nThe flags that set_debug() set.";
Py_ssize_t get_debug(PyObject*) { return gc_state.debug; }

Status set_threshold(PyObject*, Arguments a) {
  if (a.count < 1) return raise(PyExc_TypeError, "set_threshold() takes at least 1 argument ({} given)", a.count);
  if (a.count > 3) return raise(PyExc_TypeError, "set_threshold() takes at most 3 arguments ({} given)", a.count);
  int values[3];
  for (Py_ssize_t i = 0; i < a.count; i++) {
    Ref<> n = TRY(index(a.items[i]));
    int64_t v;
    if (int_to_int64(n.get(), &v) || v > INT32_MAX || v < INT32_MIN)
      return raise(PyExc_OverflowError, "Python int too large to convert to C int");
    values[i] = static_cast<int>(v);
  }
  gc_set_thresholds(values, static_cast<int>(a.count));
  return {};
}

Ref<> three_numbers(int GcGeneration::*field) {
  auto result = TRY(new_tuple(3));
  for (int i = 0; i < 3; i++) result->ob_item[i] = TRY(new_int(gc_state.generations[i].*field)).release();
  return result;
}
constexpr char get_threshold_doc[] = "get_threshold($module, /)\n--\n\nThe thresholds of the three generations.";
Ref<> get_threshold(PyObject*) { return three_numbers(&GcGeneration::threshold); }
constexpr char get_count_doc[] = "get_count($module, /)\n--\n\nHow far the three generations are on the way to their thresholds.";
Ref<> get_count(PyObject*) { return three_numbers(&GcGeneration::count); }

constexpr char get_objects_doc[] =
    "get_objects($module, /, generation=None)\n--\n\n"
    "A list of the objects that the collector watches, of one generation or of all.";
Ref<> get_objects(PyObject*, PyObject* generation) {
  Py_ssize_t which = -1;
  if (generation != Py_None) {
    which = TRY(to_ssize(generation, PyExc_OverflowError));
    if (which >= 3)
      return raise(PyExc_ValueError, "generation parameter must be less than the number of available generations (3)");
    if (which < 0) return raise(PyExc_ValueError, "generation parameter cannot be negative");
  }
  if (has_audit_hooks()) {
    Ref<> number = TRY(new_int(which));
    TRY(audit("gc.get_objects", {number.get()}));
  }
  return gc_get_objects(static_cast<int>(which));
}

Status audit_objects(const char* event, Arguments a) {
  if (!has_audit_hooks()) return {};
  Ref<> objects = TRY(tuple_of(a.items, a.count));
  return audit(event, {objects.get()});
}
Ref<> get_referrers(PyObject*, Arguments a) {
  TRY(audit_objects("gc.get_referrers", a));
  return gc_get_referrers(a.items, a.count);
}
Ref<> get_referents(PyObject*, Arguments a) {
  TRY(audit_objects("gc.get_referents", a));
  return gc_get_referents(a.items, a.count);
}

constexpr char get_stats_doc[] = "get_stats($module, /)\n--\n\nA list of three dicts: what was collected so far, by generation.";
Ref<> get_stats(PyObject*) {
  Ref<> result = TRY(new_list());
  for (const GcStats& s : gc_state.stats) {
    Ref<> row = Ref<>(TRY(new_dict()));
    TRY(dict_set(row.get(), "collections"_name, TRY(new_int(s.collections)).get()));
    TRY(dict_set(row.get(), "collected"_name, TRY(new_int(s.collected)).get()));
    TRY(dict_set(row.get(), "uncollectable"_name, TRY(new_int(s.uncollectable)).get()));
    TRY(list_append(result.get(), row.get()));
  }
  return result;
}

constexpr char is_tracked_doc[] = "is_tracked($module, obj, /)\n--\n\nDoes the collector watch the object?";
bool is_tracked(PyObject*, PyObject* o) { return gc_has_head(o) && gc_is_tracked(o); }
constexpr char is_finalized_doc[] = "is_finalized($module, obj, /)\n--\n\nHas the object's finalizer run already?";
bool is_finalized(PyObject*, PyObject* o) { return gc_has_head(o) && (gc_head(o)->prev & kGcFinalized); }

constexpr char freeze_doc[] = "freeze($module, /)\n--\n\nLeave all present objects out of collections from now on.";
void freeze(PyObject*) { gc_freeze(); }
constexpr char unfreeze_doc[] = "unfreeze($module, /)\n--\n\nPut the frozen objects into the oldest generation.";
void unfreeze(PyObject*) { gc_unfreeze(); }
constexpr char get_freeze_count_doc[] = "get_freeze_count($module, /)\n--\n\nHow many objects are frozen.";
Py_ssize_t get_freeze_count(PyObject*) { return gc_frozen_count(); }

constinit PyMethodDef gc_rows[] = {
    method<enable_doc, enable>,
    method<disable_doc, disable>,
    method<isenabled_doc, isenabled>,
    method<set_debug_doc, set_debug>,
    method<get_debug_doc, get_debug>,
    method<get_count_doc, get_count>,
    positional_varargs<set_threshold>("set_threshold",
                                      "set_threshold(threshold0, [threshold1, threshold2]) -> None\n\n"
                                      "After how many new objects to collect, and after how many collections of a\n"
                                      "generation the next older one; a threshold0 of zero turns collecting off."),
    method<get_threshold_doc, get_threshold>,
    method<collect_doc, collect>,
    method<get_objects_doc, get_objects>,
    method<get_stats_doc, get_stats>,
    method<is_tracked_doc, is_tracked>,
    method<is_finalized_doc, is_finalized>,
    positional_varargs<get_referrers>("get_referrers", "get_referrers(*objs) -> list\nThe objects that refer to any of objs."),
    positional_varargs<get_referents>("get_referents", "get_referents(*objs) -> list\nThe objects that objs refer to."),
    method<freeze_doc, freeze>,
    method<unfreeze_doc, unfreeze>,
    method<get_freeze_count_doc, get_freeze_count>,
    {},
};

Status fill(PyObject* module) {
  struct Constant {
    PyObject* name;
    int value;
  };
  const Constant constants[] = {
      {"DEBUG_STATS"_name, 1},   {"DEBUG_COLLECTABLE"_name, 2}, {"DEBUG_UNCOLLECTABLE"_name, 4},
      {"DEBUG_SAVEALL"_name, 32}, {"DEBUG_LEAK"_name, 2 | 4 | 32},
  };
  for (const Constant& c : constants) TRY(set_attr(module, c.name, TRY(new_int(c.value)).get()));
  TRY(set_attr(module, "garbage"_name, gc_state.garbage));
  return set_attr(module, "callbacks"_name, gc_state.callbacks);
}

}  // namespace

}  // namespace taipan

using namespace taipan;

PyObject* init_gc() { return define_module<"gc", gc_doc, fill, gc_rows>(); }
