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

}  // namespace taipan
