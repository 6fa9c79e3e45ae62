// Attributes. The generic forms; caches for them are in specialised_attributes.cpp.
#include "object/error.h"
#include "object/protocol.h"
#include "vm/interpreter.h"
#include "vm/semantics.h"

namespace taipan {

HANDLER(LOAD_ATTR) {
  save(f, ip);
  PyObject* owner = sp[-1];
  PyObject* result = get_attr(owner, name_at(f, oparg)).release();
  if (!result) [[unlikely]] RAISED(sp);
  sp[-1] = result;
  drop(owner);
  NEXT(ip + cache_units(Opcode::LOAD_ATTR), sp);
}

HANDLER(STORE_ATTR) {
  save(f, ip);
  PyObject* owner = sp[-1];
  PyObject* value = sp[-2];
  bool ok(set_attr(owner, name_at(f, oparg), value));
  drop(value);
  drop(owner);
  if (!ok) [[unlikely]] RAISED(sp - 2);
  NEXT(ip + cache_units(Opcode::STORE_ATTR), sp - 2);
}

HANDLER(DELETE_ATTR) {
  save(f, ip);
  PyObject* owner = sp[-1];
  bool ok(del_attr(owner, name_at(f, oparg)));
  drop(owner);
  if (!ok) [[unlikely]] RAISED(sp - 1);
  NEXT(ip, sp - 1);
}

/// Replaces the object at sp[-1] by what CALL expects: (function, self) or (NULL, bound method).
[[gnu::noinline]] static bool load_method(PyObject** sp, PyObject* name) {
  PyObject* owner = sp[-1];
  auto found = get_method(owner, name);
  if (!found) return false;
  MethodLookup method = found.take();
  if (method.unbound) {
    sp[-1] = method.callable.release();
    sp[0] = owner;
  } else {
    sp[-1] = nullptr;
    sp[0] = method.callable.release();
    drop(owner);
  }
  return true;
}

HANDLER(LOAD_METHOD) {
  save(f, ip);
  if (!load_method(sp, name_at(f, oparg))) [[unlikely]] RAISED(sp);
  NEXT(ip + cache_units(Opcode::LOAD_METHOD), sp + 1);
}

}  // namespace taipan
