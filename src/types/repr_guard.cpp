// Which objects are being shown by this thread: a list under "Py_Repr" in the thread's dict, where extension
// modules look for it too.
#include "object/dict.h"
#include "object/error.h"
#include "object/hooks.h"
#include "object/name.h"
#include "object/thread.h"
#include "object/tuple.h"
#include "types/rows.h"

namespace taipan {

static Result<PyObject*> being_shown() {
  PyThreadState* ts = current_thread();
  if (!ts->dict) {
    Ref<Dict> made = TRY(new_dict());
    ts->dict = object(made.release());
  }
  PyObject* list = dict_find_name(ts->dict, "Py_Repr"_name);
  if (list && PyList_Check(list)) return list;
  auto made = TRY(new_list());
  TRY(dict_set(ts->dict, "Py_Repr"_name, object(made.get())));
  return object(made.get());
}

int repr_enter(PyObject* o) {
  auto list = being_shown();
  if (!list) return -1;
  auto* items = reinterpret_cast<List*>(*list);
  for (Py_ssize_t i = Py_SIZE(items); i-- > 0;)
    if (items->ob_item[i] == o) return 1;
  return list_append(*list, o).to_c();
}

void repr_leave(PyObject* o) {
  PyThreadState* ts = current_thread();
  PyObject* found = ts->dict ? dict_find_name(ts->dict, "Py_Repr"_name) : nullptr;
  if (!found || !PyList_Check(found)) return;
  auto* list = reinterpret_cast<List*>(found);
  for (Py_ssize_t i = Py_SIZE(list); i-- > 0;) {
    if (list->ob_item[i] != o) continue;
    PyObject* gone = list->ob_item[i];
    for (Py_ssize_t j = i + 1; j < Py_SIZE(list); j++) list->ob_item[j - 1] = list->ob_item[j];
    list->ob_base.ob_size--;
    Py_DECREF(gone);
    return;
  }
}

ReprGuard::ReprGuard(PyObject* o) : o_(o), state_(repr_enter(o)) {}
ReprGuard::~ReprGuard() {
  if (state_ == 0) repr_leave(o_);
}

Ref<> builtin_named(PyObject* name) {
  PyObject* builtins = hooks.current_builtins ? hooks.current_builtins() : nullptr;
  if (!builtins) builtins = interpreter().builtins;
  PyObject* value = builtins && PyDict_Check(builtins) ? TRY(dict_find(builtins, name)) : nullptr;
  if (!value) return raise_value(PyExc_AttributeError, name);
  return share(value);
}

}  // namespace taipan
