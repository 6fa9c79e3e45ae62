// bytes(o) for int.from_bytes: __bytes__ first, then what bytes copies from.
#include "object/call.h"
#include "object/error.h"
#include "object/name.h"
#include "object/protocol.h"
#include "types/bytes_methods.h"
#include "types/int.h"
#include "types/memory.h"

namespace taipan {

Ref<> object_to_bytes(PyObject* o) {
  if (is_exact(o, &PyBytes_Type)) return share(o);
  if (Ref<> method = TRY(lookup_special(o, "__bytes__"_name))) {
    PyObject* no_args[1] = {nullptr};
    Ref<> result = TRY(vectorcall(method.get(), no_args + 1, PY_VECTORCALL_ARGUMENTS_OFFSET));
    if (!PyBytes_Check(result.get()))
      return raise(PyExc_TypeError, "__bytes__ returned non-bytes (type {})", clip(type_name(result.get()), 200));
    return result;
  }
  return bytes_from_object(o);
}

}  // namespace taipan
