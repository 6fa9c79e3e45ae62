// Operators and comparisons fused with the loads of their operands (and the store of their result). A local or
// constant is read where it is, without being counted; the instructions that are fused stay in the code behind the
// first one, so that jumps, tracing and tracebacks find them. If a guard fails, the loads are done as they stand and
// the operator's own instruction decides.
#include "object/error.h"
#include "vm/arithmetic_inline.h"

namespace taipan {

inline constexpr int kOverBinaryOp = 1 + cache_units(Opcode::BINARY_OP);

inline bool is_one_digit_int(PyObject* o) { return PyLong_CheckExact(o) && one_digit(o); }

/// MemoryError in the operator `units` behind ours: it is the one that fails.
#define OPERATOR_FAILED(units, stack) \
  do {                                \
    ip += (units);                    \
    save(f, ip);                      \
    RAISED(stack);                    \
  } while (0)

// -- both operands --

#define TWO_LOCALS(fallback, condition)                           \
  PyObject* a = f->slots[oparg];                                  \
  PyObject* b = f->slots[*ip >> 8];                               \
  if (!a || !b || !(condition)) [[unlikely]] BECOME(fallback)
#define LOCAL_AND_CONSTANT(fallback, condition)                   \
  PyObject* a = f->slots[oparg];                                  \
  PyObject* b = constant(f, *ip >> 8);                            \
  if (!a || !(condition)) [[unlikely]] BECOME(fallback)

#define BOTH_INTS is_one_digit_int(a) && is_one_digit_int(b)
#define BOTH_FLOATS PyFloat_CheckExact(a) && PyFloat_CheckExact(b)

#define PUSH_RESULT(made)                                      \
  PyObject* result = made;                                     \
  if (!result) [[unlikely]] OPERATOR_FAILED(2, sp);            \
  *sp = result;                                                \
  NEXT(ip + 1 + kOverBinaryOp, sp + 1)

#define FUSED_INT(name, operands, fallback, operation)                              \
  HANDLER(name) {                                                                   \
    operands(fallback, BOTH_INTS);                                                  \
    PUSH_RESULT(fast_int(single_digit_value(a) operation single_digit_value(b)));   \
  }
FUSED_INT(LOAD_FAST__LOAD_FAST__ADD_INT, TWO_LOCALS, op_LOAD_FAST__LOAD_FAST, +)
FUSED_INT(LOAD_FAST__LOAD_FAST__SUBTRACT_INT, TWO_LOCALS, op_LOAD_FAST__LOAD_FAST, -)
FUSED_INT(LOAD_FAST__LOAD_FAST__MULTIPLY_INT, TWO_LOCALS, op_LOAD_FAST__LOAD_FAST, *)
FUSED_INT(LOAD_FAST__LOAD_CONST__ADD_INT, LOCAL_AND_CONSTANT, op_LOAD_FAST__LOAD_CONST, +)
FUSED_INT(LOAD_FAST__LOAD_CONST__SUBTRACT_INT, LOCAL_AND_CONSTANT, op_LOAD_FAST__LOAD_CONST, -)

HANDLER(LOAD_FAST__LOAD_CONST__OTHER_INT) {
  LOCAL_AND_CONSTANT(op_LOAD_FAST__LOAD_CONST, BOTH_INTS);
  int64_t value;
  if (!other_int_operation(ip[1] >> 8, single_digit_value(a), single_digit_value(b), &value)) [[unlikely]]
    BECOME(op_LOAD_FAST__LOAD_CONST);
  PUSH_RESULT(fast_int(value));
}

#define FUSED_FLOAT(name, operation)                                  \
  HANDLER(name) {                                                     \
    TWO_LOCALS(op_LOAD_FAST__LOAD_FAST, BOTH_FLOATS);                 \
    PUSH_RESULT(fast_float(float_value(a) operation float_value(b))); \
  }
FUSED_FLOAT(LOAD_FAST__LOAD_FAST__ADD_FLOAT, +)
FUSED_FLOAT(LOAD_FAST__LOAD_FAST__SUBTRACT_FLOAT, -)
FUSED_FLOAT(LOAD_FAST__LOAD_FAST__MULTIPLY_FLOAT, *)

/// The result goes to a local. The int that it replaces, if nobody else holds it, becomes the new one.
#define FUSED_INT_TO_LOCAL(name, operands, fallback, operation)                    \
  HANDLER(name) {                                                                  \
    operands(fallback, BOTH_INTS);                                                 \
    int64_t value = single_digit_value(a) operation single_digit_value(b);         \
    PyObject** slot = &f->slots[ip[1 + kOverBinaryOp] >> 8];                       \
    PyObject* old = *slot;                                                         \
    if (can_become(old, value)) {                                                  \
      write_int(old, value);                                                       \
      NEXT(ip + 2 + kOverBinaryOp, sp);                                            \
    }                                                                              \
    PyObject* result = fast_int(value);                                            \
    if (!result) [[unlikely]] OPERATOR_FAILED(2, sp);                              \
    *slot = result;                                                                \
    if (old) drop_at(f, ip + 2 + kOverBinaryOp, old);                              \
    NEXT(ip + 2 + kOverBinaryOp, sp);                                              \
  }
FUSED_INT_TO_LOCAL(LOAD_FAST__LOAD_FAST__ADD_INT__STORE_FAST, TWO_LOCALS, op_LOAD_FAST__LOAD_FAST, +)
FUSED_INT_TO_LOCAL(LOAD_FAST__LOAD_CONST__ADD_INT__STORE_FAST, LOCAL_AND_CONSTANT, op_LOAD_FAST__LOAD_CONST, +)
FUSED_INT_TO_LOCAL(LOAD_FAST__LOAD_CONST__SUBTRACT_INT__STORE_FAST, LOCAL_AND_CONSTANT, op_LOAD_FAST__LOAD_CONST, -)

// -- the right operand, the left one being on the stack --

#define RIGHT_LOCAL(condition)                                   \
  PyObject* b = f->slots[oparg];                                 \
  PyObject* a = sp[-1];                                          \
  if (!b || !(condition)) [[unlikely]] BECOME(op_LOAD_FAST)
#define RIGHT_CONSTANT(condition)                                \
  PyObject* b = constant(f, oparg);                              \
  PyObject* a = sp[-1];                                          \
  if (!(condition)) [[unlikely]] BECOME(op_LOAD_CONST)

#define REPLACE_BY_INT(value)                                  \
  PyObject* result = int_from_operand(a, value);               \
  sp[-1] = result;                                             \
  if (!result) [[unlikely]] OPERATOR_FAILED(1, sp - 1);        \
  NEXT(ip + kOverBinaryOp, sp)

#define FUSED_RIGHT_INT(name, operand, operation)                               \
  HANDLER(name) {                                                               \
    operand(BOTH_INTS);                                                         \
    REPLACE_BY_INT(single_digit_value(a) operation single_digit_value(b));      \
  }
FUSED_RIGHT_INT(LOAD_FAST__ADD_INT, RIGHT_LOCAL, +)
FUSED_RIGHT_INT(LOAD_CONST__ADD_INT, RIGHT_CONSTANT, +)
FUSED_RIGHT_INT(LOAD_CONST__SUBTRACT_INT, RIGHT_CONSTANT, -)

HANDLER(LOAD_CONST__OTHER_INT) {
  RIGHT_CONSTANT(BOTH_INTS);
  int64_t value;
  if (!other_int_operation(*ip >> 8, single_digit_value(a), single_digit_value(b), &value)) [[unlikely]]
    BECOME(op_LOAD_CONST);
  REPLACE_BY_INT(value);
}

#define FUSED_RIGHT_FLOAT(name, operation)                                      \
  HANDLER(name) {                                                               \
    RIGHT_LOCAL(BOTH_FLOATS);                                                   \
    double value = float_value(a) operation float_value(b);                     \
    if (Py_REFCNT(a) == 1) {                                                    \
      reinterpret_cast<Float*>(a)->ob_fval = value;                             \
      NEXT(ip + kOverBinaryOp, sp);                                             \
    }                                                                           \
    a->ob_refcnt--;                                                             \
    PyObject* result = fast_float(value);                                       \
    sp[-1] = result;                                                            \
    if (!result) [[unlikely]] OPERATOR_FAILED(1, sp - 1);                       \
    NEXT(ip + kOverBinaryOp, sp);                                               \
  }
FUSED_RIGHT_FLOAT(LOAD_FAST__ADD_FLOAT, +)
FUSED_RIGHT_FLOAT(LOAD_FAST__SUBTRACT_FLOAT, -)
FUSED_RIGHT_FLOAT(LOAD_FAST__MULTIPLY_FLOAT, *)

// -- comparisons that decide a jump --

HANDLER(LOAD_FAST__LOAD_FAST__COMPARE_INT_JUMP) {
  TWO_LOCALS(op_LOAD_FAST__LOAD_FAST, PyLong_CheckExact(a) && PyLong_CheckExact(b));
  DECIDE(compare_ints(a, b), ip + 2, sp);
}
HANDLER(LOAD_FAST__LOAD_CONST__COMPARE_INT_JUMP) {
  LOCAL_AND_CONSTANT(op_LOAD_FAST__LOAD_CONST, PyLong_CheckExact(a) && PyLong_CheckExact(b));
  DECIDE(compare_ints(a, b), ip + 2, sp);
}
HANDLER(LOAD_FAST__LOAD_FAST__COMPARE_FLOAT_JUMP) {
  TWO_LOCALS(op_LOAD_FAST__LOAD_FAST, BOTH_FLOATS);
  double x = float_value(a), y = float_value(b);
  if (x != x || y != y) [[unlikely]] BECOME(op_LOAD_FAST__LOAD_FAST);
  DECIDE(outcome_of(x, y), ip + 2, sp);
}
HANDLER(LOAD_FAST__COMPARE_INT_JUMP) {
  RIGHT_LOCAL(PyLong_CheckExact(a) && PyLong_CheckExact(b));
  unsigned outcome = compare_ints(a, b);
  drop_int(a);
  DECIDE(outcome, ip + 1, sp - 1);
}
HANDLER(LOAD_CONST__COMPARE_INT_JUMP) {
  RIGHT_CONSTANT(PyLong_CheckExact(a) && PyLong_CheckExact(b));
  unsigned outcome = compare_ints(a, b);
  drop_int(a);
  DECIDE(outcome, ip + 1, sp - 1);
}
HANDLER(LOAD_CONST__COMPARE_STR_JUMP) {
  RIGHT_CONSTANT(PyUnicode_CheckExact(a) && PyUnicode_CheckExact(b));
  unsigned outcome = a == b || equal_texts(a, b) ? 2 : 1;
  drop(a);
  DECIDE(outcome, ip + 1, sp - 1);
}
HANDLER(LOAD_FAST__LOAD_CONST__COMPARE_STR_JUMP) {
  LOCAL_AND_CONSTANT(op_LOAD_FAST__LOAD_CONST, PyUnicode_CheckExact(a) && PyUnicode_CheckExact(b));
  DECIDE(a == b || equal_texts(a, b) ? 2u : 1u, ip + 2, sp);
}

}  // namespace taipan
