// posix: priorities and scheduling.
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include "modules/posix/posix.h"
#include "object/call.h"
#include "object/int.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/module.h"
#include "types/set.h"
#include "types/struct_sequence.h"

namespace taipan::posix {
namespace {

constexpr char nice_doc[] =
    "nice($module, increment, /)\n--\n\nAdds to the process's niceness and returns it.";
Result<int> add_niceness(PyObject*, int increment) {
  errno = 0;
  int r = nice(increment);
  if (r == -1 && errno) return raise_errno();
  return r;
}
constexpr char getpriority_doc[] =
    "getpriority($module, /, which, who)\n--\n\nA process's, group's or user's niceness.";
Result<int> get_priority(PyObject*, int which, int who) {
  errno = 0;
  int r = getpriority(static_cast<__priority_which_t>(which), static_cast<id_t>(who));
  if (errno) return raise_errno();
  return r;
}
constexpr char setpriority_doc[] =
    "setpriority($module, /, which, who, priority)\n--\n\nSets a process's, group's or user's "
    "niceness.";
Status set_priority(PyObject*, int which, int who, int priority) {
  return check(
      setpriority(static_cast<__priority_which_t>(which), static_cast<id_t>(who), priority));
}
constexpr char sched_yield_doc[] = "sched_yield($module, /)\n--\n\nLets others run.";
Status yield_processor(PyObject*) {
  return check(unlocked([] { return sched_yield(); }));
}
constexpr char sched_max_doc[] =
    "sched_get_priority_max($module, /, policy)\n--\n\nA policy's highest priority.";
Result<int> highest_priority(PyObject*, int policy) {
  int r = sched_get_priority_max(policy);
  TRY(check(r));
  return r;
}
constexpr char sched_min_doc[] =
    "sched_get_priority_min($module, /, policy)\n--\n\nA policy's lowest priority.";
Result<int> lowest_priority(PyObject*, int policy) {
  int r = sched_get_priority_min(policy);
  TRY(check(r));
  return r;
}
constexpr char getscheduler_doc[] =
    "sched_getscheduler($module, pid, /)\n--\n\nA process's scheduling policy.";
Result<int> scheduler_of(PyObject*, int pid) {
  int r = sched_getscheduler(pid);
  TRY(check(r));
  return r;
}
PyTypeObject* param_type = nullptr;
Result<struct sched_param> read_param(PyObject* o) {
  if (Py_TYPE(o) != param_type) return raise(PyExc_TypeError, "must have a sched_param object");
  struct sched_param p{};
  p.sched_priority = static_cast<int>(TRY(to_int64(item(o, 0))));
  return p;
}
constexpr char getparam_doc[] =
    "sched_getparam($module, pid, /)\n--\n\nA process's scheduling parameters.";
Ref<> get_param(PyObject*, int pid) {
  struct sched_param p;
  TRY(check(sched_getparam(pid, &p)));
  StructFiller f(param_type);
  f.add(new_int(p.sched_priority));
  return f.finish();
}
constexpr char setparam_doc[] =
    "sched_setparam($module, pid, param, /)\n--\n\nSets a process's scheduling parameters.";
Status set_param(PyObject*, int pid, PyObject* param) {
  struct sched_param p = TRY(read_param(param));
  return check(sched_setparam(pid, &p));
}
constexpr char setscheduler_doc[] =
    "sched_setscheduler($module, pid, policy, param, /)\n--\n\nSets a process's scheduling policy "
    "and parameters.";
Status set_scheduler(PyObject*, int pid, int policy, PyObject* param) {
  struct sched_param p = TRY(read_param(param));
  return check(sched_setscheduler(pid, policy, &p));
}
constexpr char rr_doc[] =
    "sched_rr_get_interval($module, pid, /)\n--\n\nA process's time slice in seconds.";
Result<double> time_slice(PyObject*, int pid) {
  timespec t;
  TRY(check(sched_rr_get_interval(pid, &t)));
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}
constexpr char getaffinity_doc[] =
    "sched_getaffinity($module, pid, /)\n--\n\nThe processors that a process may run on: a set.";
Ref<> get_affinity(PyObject*, int pid) {
  cpu_set_t set;
  TRY(check(sched_getaffinity(pid, sizeof set, &set)));
  Ref<List> list = TRY(new_list());
  for (int i = 0; i < CPU_SETSIZE; i++) {
    if (!CPU_ISSET(i, &set)) continue;
    Ref<> n = TRY(new_int(i));
    TRY(list_append(object(list.get()), n.get()));
  }
  return call(object(&PySet_Type), object(list.get()));
}
constexpr char setaffinity_doc[] =
    "sched_setaffinity($module, pid, mask, /)\n--\n\nSets the processors that a process may run "
    "on.";
Status set_affinity(PyObject*, int pid, PyObject* mask) {
  cpu_set_t set;
  CPU_ZERO(&set);
  TRY(for_each(mask, [&](PyObject* o) -> Status {
    if (!PyLong_Check(o))
      return raise(PyExc_TypeError, "expected an iterator of ints, but iterator yielded {}",
                   as_repr(object(Py_TYPE(o))));
    int64_t n = TRY(to_int64(o));
    if (n < 0) return raise(PyExc_ValueError, "negative CPU number");
    if (n >= CPU_SETSIZE) return raise(PyExc_OverflowError, "CPU number too large");
    CPU_SET(static_cast<size_t>(n), &set);
    return {};
  }));
  return check(sched_setaffinity(pid, sizeof set, &set));
}

}  // namespace

constinit PyMethodDef scheduling_functions[] = {
    method<nice_doc, add_niceness>,
    method<getpriority_doc, get_priority>,
    method<setpriority_doc, set_priority>,
    method<sched_yield_doc, yield_processor>,
    method<sched_max_doc, highest_priority>,
    method<sched_min_doc, lowest_priority>,
    method<getscheduler_doc, scheduler_of>,
    method<getparam_doc, get_param>,
    method<setparam_doc, set_param>,
    method<setscheduler_doc, set_scheduler>,
    method<rr_doc, time_slice>,
    method<getaffinity_doc, get_affinity>,
    method<setaffinity_doc, set_affinity>,
    {},
};

Status add_scheduling_types(PyObject* module) {
  static PyStructSequence_Field param_fields[] = {{"sched_priority", "the priority"}, {}};
  PyStructSequence_Desc param_desc = {"posix.sched_param", "sched_param: scheduling parameters",
                                      param_fields, 1};
  Ref<> param = TRY(new_struct_sequence_type(param_desc));
  param_type = reinterpret_cast<PyTypeObject*>(param.get());
  // sched_param(priority), not sched_param((priority,)).
  static newfunc from_sequence = param_type->tp_new;
  param_type->tp_new = [](PyTypeObject* t, PyObject* args, PyObject* kwargs) -> PyObject* {
    static constexpr char text[] = "sched_param(sched_priority)\n--\n\n";
    static constexpr Signature kSig = parse_signature(text);
    FlatArguments flat(args, kwargs);
    PyObject* given[1]{};
    if (!flat.ok() || !bind_keywords(kSig, flat.items(), flat.count(), flat.names(), given))
      return nullptr;
    Ref<> one = tuple_of({given[0]});
    Ref<> all = one ? tuple_of({one.get()}) : Ref<>();
    return all ? from_sequence(t, all.get(), nullptr) : nullptr;
  };
  return add_to_module(module, "sched_param", std::move(param));
}

}  // namespace taipan::posix
