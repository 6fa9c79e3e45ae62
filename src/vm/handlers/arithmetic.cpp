// Operators and comparisons. The generic forms; the specialised ones are in specialised_arithmetic.cpp.
#include "object/error.h"
#include "object/int.h"
#include "object/protocol.h"
#include "vm/interpreter.h"
#include "vm/semantics.h"

namespace taipan {

#define UNARY(name, operation)                              \
  HANDLER(name) {                                           \
    save(f, ip);                                            \
    PyObject* o = sp[-1];                                   \
    PyObject* result = operation(o).release();              \
    drop(o);                                           \
    if (!result) [[unlikely]] RAISED(sp - 1);               \
    sp[-1] = result;                                        \
    NEXT(ip, sp);                                           \
  }
UNARY(UNARY_POSITIVE, positive)
UNARY(UNARY_NEGATIVE, negative)
UNARY(UNARY_INVERT, invert)
#undef UNARY

[[gnu::noinline]] static int truth(PyObject* o) {
  auto r = is_true(o);
  return r ? *r : -1;
}

HANDLER(UNARY_NOT) {
  PyObject* o = sp[-1];
  int is = o == Py_True ? 1 : o == Py_False ? 0 : -2;
  if (is < 0) {
    save(f, ip);
    is = truth(o);
    if (is < 0) [[unlikely]] RAISED(sp);
  }
  drop(o);
  sp[-1] = is ? Py_False : Py_True;
  NEXT(ip, sp);
}

HANDLER(BINARY_OP) {
  save(f, ip);
  PyObject* b = sp[-1];
  PyObject* a = sp[-2];
  PyObject* result = binary(static_cast<BinaryOp>(oparg), a, b).release();
  drop(a);
  drop(b);
  if (!result) [[unlikely]] RAISED(sp - 2);
  sp[-2] = result;
  NEXT(ip + cache_units(Opcode::BINARY_OP), sp - 1);
}

HANDLER(COMPARE_OP) {
  save(f, ip);
  PyObject* b = sp[-1];
  PyObject* a = sp[-2];
  PyObject* result = compare(a, b, static_cast<int>(oparg)).release();
  drop(a);
  drop(b);
  if (!result) [[unlikely]] RAISED(sp - 2);
  sp[-2] = result;
  NEXT(ip + cache_units(Opcode::COMPARE_OP), sp - 1);
}

HANDLER(IS_OP) {
  PyObject* b = sp[-1];
  PyObject* a = sp[-2];
  bool is = (a == b) ^ static_cast<bool>(oparg);
  drop_at(f, ip, b);
  drop_at(f, ip, a);
  sp[-2] = is ? Py_True : Py_False;  // immortal
  NEXT(ip, sp - 1);
}

[[gnu::noinline]] static int is_in(PyObject* container, PyObject* item) {
  auto r = contains(container, item);
  return r ? *r : -1;
}
HANDLER(CONTAINS_OP) {
  save(f, ip);
  PyObject* container = sp[-1];
  PyObject* item = sp[-2];
  int in = is_in(container, item);
  drop(item);
  drop(container);
  if (in < 0) [[unlikely]] RAISED(sp - 2);
  sp[-2] = (in ^ static_cast<int>(oparg)) ? Py_True : Py_False;
  NEXT(ip, sp - 1);
}

}  // namespace taipan
