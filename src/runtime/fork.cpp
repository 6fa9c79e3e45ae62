// Hooks around fork().
#include "runtime/fork.h"

#include "object/call.h"
#include "object/error.h"
#include "object/tuple.h"
#include "runtime/gil.h"
#include "runtime/thread_state.h"

namespace taipan {

static PyObject* hook_lists[3];

Status add_fork_hook(ForkPoint point, PyObject* callable) {
  PyObject*& list = hook_lists[static_cast<int>(point)];
  if (!list) list = object(TRY(new_list()).release());
  return list_append(list, callable);
}

/// Those before the fork run last added first, as undoing them afterwards asks for.
static void run(ForkPoint point) {
  PyObject* list = hook_lists[static_cast<int>(point)];
  if (!list) return;
  Ref<> kept = share(list);
  Py_ssize_t n = Py_SIZE(list);
  for (Py_ssize_t i = 0; i < n && i < Py_SIZE(list); i++) {
    Ref<> hook = share(PyList_GET_ITEM(list, point == ForkPoint::before ? n - 1 - i : i));
    if (!call(hook.get())) write_unraisable(hook.get());
  }
}

void before_fork() { run(ForkPoint::before); }
void after_fork_in_parent() { run(ForkPoint::in_parent); }

void after_fork_in_child() {
  PyThreadState* me = current_thread();
  reset_gil_after_fork(me);
  set_main_thread();
  adopt_thread_state(me);
  drop_other_threads(me);
  run(ForkPoint::in_child);
}

}  // namespace taipan
