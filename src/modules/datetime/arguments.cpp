// Arguments by CPython's older rules (a tuple and a dict against a list of names), and its words for them.
#include "modules/datetime/datetimes.h"
#include "modules/time/time.h"
#include "object/dict.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"

namespace taipan::datetimes {
namespace {

const char* plural(size_t n) { return n == 1 ? "" : "s"; }

/// The argument for a parameter, or null; `*left` counts the keywords that are still to be found.
Result<PyObject*> argument(const ParameterList& list, size_t i, PyObject* args, PyObject* kwargs, Py_ssize_t* left) {
  if (static_cast<Py_ssize_t>(i) < tuple_size(args)) return item(args, static_cast<Py_ssize_t>(i));
  if (!*left) return nullptr;
  Ref<> name = TRY(new_str(list.names[i]));
  PyObject* value = TRY(dict_find(kwargs, name.get()));
  if (value) --*left;
  return value;
}

/// Keywords are left over: they name what was given by position, or nothing.
Status refuse_surplus(const ParameterList& list, PyObject* args, PyObject* kwargs) {
  for (size_t i = 0; static_cast<Py_ssize_t>(i) < tuple_size(args); i++) {
    Ref<> name = TRY(new_str(list.names[i]));
    if (TRY(dict_contains(kwargs, name.get())))
      return raise(PyExc_TypeError, "argument for {}{} given by name ('{}') and position ({})", list.name ? list.name : "function",
                   list.name ? "()" : "", list.names[i], i + 1);
  }
  Py_ssize_t position = 0;
  PyObject *key, *value;
  while (dict_next(kwargs, &position, &key, &value)) {
    if (!PyUnicode_Check(key)) return raise(PyExc_TypeError, "keywords must be strings");
    bool known = false;
    for (size_t i = 0; i < list.count; i++) known |= str_equal(key, list.names[i]);
    if (!known)
      return raise(PyExc_TypeError, "'{}' is an invalid keyword argument for {}{}", as_str(key),
                   list.name ? list.name : "this function", list.name ? "()" : "");
  }
  return {};
}

}  // namespace

Status bind(const ParameterList& list, PyObject* args, PyObject* kwargs, PyObject** slots) {
  const char *name = list.name ? list.name : "function", *call = list.name ? "()" : "";
  auto given = static_cast<size_t>(tuple_size(args));
  Py_ssize_t named = kwargs ? dict_size(kwargs) : 0;
  if (given + static_cast<size_t>(named) > list.count)
    return raise(PyExc_TypeError, "{}{} takes at most {} {}argument{} ({} given)", name, call, list.count, given ? "" : "keyword ",
                 plural(list.count), given + static_cast<size_t>(named));
  if (given > list.positional)
    return raise(PyExc_TypeError, "{}{} takes {} {} positional argument{} ({} given)", name, call,
                 list.required < list.positional ? "at most" : "exactly", list.positional, plural(list.positional), given);
  for (size_t i = 0; i < list.count; i++) {
    slots[i] = TRY(argument(list, i, args, kwargs, &named));
    if (slots[i] || i >= list.required) continue;
    for (size_t before = 0; before < i && before < list.ints; before++) TRY(c_int(slots[before]));  // its errors come first
    return raise(PyExc_TypeError, "{}{} missing required argument '{}' (pos {})", name, call, list.names[i], i + 1);
  }
  return named ? refuse_surplus(list, args, kwargs) : Status();
}

Result<int> c_int(PyObject* o) { return timing::to_c_int(o); }
Status load(PyObject* o, int* out) {
  if (o) *out = TRY(c_int(o));
  return {};
}

Raised raise_argument_type(const char* function, int number, const char* expected, PyObject* got) {
  return raise(PyExc_TypeError, "{}() argument {} must be {}, not {}", function, number, expected,
               got == Py_None ? "None" : type_name(got));
}
Status check_str_argument(const char* function, int number, PyObject* o) {
  if (PyUnicode_Check(o)) return {};
  return raise_argument_type(function, number, "str", o);
}

}  // namespace taipan::datetimes
