// Module atexit: functions that are called, the last added first, when the interpreter ends.
#include "modules/module.h"
#include "modules/modules.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/int.h"
#include "object/tuple.h"
#include "runtime/lifecycle.h"
#include "runtime/traceback_print.h"

namespace taipan {
namespace {

PyObject* callbacks = nullptr;  // list of (function, args, kwargs or None); removed ones are None

Ref<> add(PyObject*, Arguments args) {
  if (!args.count) return raise(PyExc_TypeError, "register() takes at least 1 argument (0 given)");
  PyObject* function = args.items[0];
  if (!is_callable(function)) return raise(PyExc_TypeError, "the first argument must be callable");
  Ref<> positional = TRY(tuple_of(args.items + 1, args.count - 1));
  Ref<> named = none();
  if (args.named()) {
    named = TRY(new_dict());
    for (Py_ssize_t i = 0; i < args.named(); i++)
      TRY(dict_set(named.get(), item(args.names, i), args.items[args.count + i]));
  }
  Ref<> entry = TRY(tuple_of({function, positional.get(), named.get()}));
  if (!callbacks) callbacks = object(TRY(new_list()).release());
  TRY(list_append(callbacks, entry.get()));
  return share(function);
}

void run_all() {
  // A callback may add others: they run too.
  while (callbacks && Py_SIZE(callbacks)) {
    Ref<> entry = share(PyList_GET_ITEM(callbacks, Py_SIZE(callbacks) - 1));
    auto* list = reinterpret_cast<List*>(callbacks);
    Ref<> last = adopt(list->ob_item[Py_SIZE(list) - 1]);
    Py_SET_SIZE(object(list), Py_SIZE(list) - 1);
    if (entry.get() == Py_None) continue;
    PyObject* named = item(entry.get(), 2);
    if (!call_object(item(entry.get(), 0), item(entry.get(), 1),
                     named == Py_None ? nullptr : named))
      report_unraisable_message("in atexit callback", item(entry.get(), 0));
  }
}

Ref<> run_now(PyObject*, Arguments) {
  run_all();
  return none();
}
Ref<> clear_all(PyObject*, Arguments) {
  clear_field(callbacks);
  return none();
}
Ref<> count(PyObject*, Arguments) {
  Py_ssize_t n = 0;
  for (Py_ssize_t i = 0; callbacks && i < Py_SIZE(callbacks); i++)
    n += PyList_GET_ITEM(callbacks, i) != Py_None;
  return new_int(n);
}
PyObject* remove(PyObject*, PyObject* function) {
  for (Py_ssize_t i = 0; callbacks && i < Py_SIZE(callbacks); i++) {
    Ref<> entry = share(PyList_GET_ITEM(callbacks, i));
    if (entry.get() == Py_None) continue;
    auto same = equal(item(entry.get(), 0), function);
    if (!same) return nullptr;
    if (*same && i < Py_SIZE(callbacks))
      replace_field(reinterpret_cast<List*>(callbacks)->ob_item[i], none());
  }
  return Py_NewRef(Py_None);
}

Status fill(PyObject*) {
  run_exit_callbacks = [] {
    run_all();
    clear_field(callbacks);
  };
  return {};
}

constinit PyMethodDef methods[] = {
    varargs<add>("register",
                 "register(func, *args, **kwargs) -> func\n\nCalls func(*args, **kwargs) when the "
                 "interpreter ends."),
    positional_varargs<clear_all>("_clear", "_clear() -> None\n\nForgets all functions."),
    {"unregister", remove, METH_O,
     "unregister(func) -> None\n\nForgets a function, however often it was registered."},
    positional_varargs<run_now>("_run_exitfuncs",
                                "_run_exitfuncs() -> None\n\nCalls the functions now."),
    positional_varargs<count>("_ncallbacks",
                              "_ncallbacks() -> int\n\nHow many functions are registered."),
    {},
};
constexpr char doc[] =
    "Functions to be called when the interpreter ends, the last one registered first.";

}  // namespace
}  // namespace taipan

PyObject* init_atexit() {
  return taipan::define_module<"atexit", taipan::doc, taipan::fill, taipan::methods>();
}
