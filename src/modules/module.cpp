// What modules share.
#include "modules/module.h"

#include "object/dict.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"

namespace taipan {

Status add_type(PyObject* module, PyTypeObject* type) {
  TRY(ready_type(type));
  return add_to_module(module, short_name(type), object(type));
}

Status check_count(const char* name, Py_ssize_t given, Py_ssize_t low, Py_ssize_t high) {
  if (low <= given && given <= high) return {};
  Py_ssize_t bound = given < low ? low : high;
  return raise(PyExc_TypeError, "{}() takes {} {} argument{} ({} given)", name,
               low == high ? "exactly" : given < low ? "at least" : "at most", bound, bound == 1 ? "" : "s", given);
}

Result<Py_ssize_t> to_c_ssize(PyObject* o) {
  Ref<> n = TRY(index(o));
  int64_t value;
  if (int_to_int64(n.get(), &value)) return raise(PyExc_OverflowError, "Python int too large to convert to C ssize_t");
  return static_cast<Py_ssize_t>(value);
}

Ref<> new_exception_class(const char* module, const char* name, PyObject* base) {
  Ref<Dict> dict = TRY(new_dict());
  Ref<> module_name = TRY(new_str(module)), class_name = TRY(new_interned(name));
  TRY(dict_set(object(dict.get()), "__module__"_name, module_name.get()));
  Ref<> bases = TRY(tuple_of({base ? base : PyExc_Exception}));
  return new_type(&PyType_Type, class_name.get(), bases.get(), object(dict.get()));
}

}  // namespace taipan
