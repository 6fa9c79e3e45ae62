// What modules share.
#include "modules/module.h"

#include "modules/fields.h"
#include "object/protocol.h"
#include "object/type.h"

namespace taipan {

Status add_type(PyObject* module, PyTypeObject* type) {
  TRY(ready_type(type));
  return add_to_module(module, short_name(type), object(type));
}

Ref<> read_dict_attribute(PyObject* o, void*) { return get_instance_dict(o); }

Status write_dict_attribute(PyObject* o, PyObject* value, void*) {
  if (!value) return raise(PyExc_TypeError, "cannot delete __dict__");
  if (!PyDict_Check(value))
    return raise(PyExc_TypeError, "__dict__ must be set to a dictionary, not a '{}'", clip(type_name(value), 200));
  replace_field(*dict_slot(o), share(value));
  return {};
}

}  // namespace taipan
