// Operators on ints, floats and strs: guarded by exact types, without a call in the common case. The fused forms, which
// take an operand from a local or a constant without counting it, are in fused_arithmetic.cpp.
#include "object/error.h"
#include "object/int_arithmetic.h"
#include "object/str.h"
#include "vm/arithmetic_inline.h"
#include "vm/specialize.h"

namespace taipan {

ADAPTIVE(BINARY_OP, specialize_binary_op(f, at, sp[-2], sp[-1], oparg))

inline constexpr int kOverBinaryOp = cache_units(Opcode::BINARY_OP);

/// Ints of more digits, or something that an operator's short form leaves to the kernel. Both are exact ints.
#define LONG_INT_OPERATION(name, operation)                      \
  PRESERVE_NONE static PyObject* name(Frame* f, PyObject** sp, const CodeUnit* ip, PyThreadState* ts, \
                                      unsigned oparg) {          \
    PyObject* b = sp[-1];                                        \
    PyObject* a = sp[-2];                                        \
    save(f, ip);                                                 \
    PyObject* result = operation(a, b).release();                \
    drop(a);                                                     \
    drop(b);                                                     \
    if (!result) [[unlikely]] RAISED(sp - 2);                    \
    sp[-2] = result;                                             \
    NEXT(ip + kOverBinaryOp, sp - 1);                            \
  }
LONG_INT_OPERATION(long_add, int_add)
LONG_INT_OPERATION(long_subtract, int_subtract)
LONG_INT_OPERATION(long_multiply, int_multiply)

// One digit each: the machine's own arithmetic.
#define INT_OPERATION(name, fast, slow)                                          \
  HANDLER(name) {                                                                \
    PyObject* b = sp[-1];                                                        \
    PyObject* a = sp[-2];                                                        \
    GUARD(BINARY_OP, PyLong_CheckExact(a) && PyLong_CheckExact(b));              \
    if (!one_digit(a) || !one_digit(b)) [[unlikely]] BECOME(slow);               \
    PyObject* result = int_from_operands(a, b, single_digit_value(a) fast single_digit_value(b)); \
    if (!result) [[unlikely]] {                                                  \
      save(f, ip);                                                               \
      RAISED(sp - 2);                                                            \
    }                                                                            \
    sp[-2] = result;                                                             \
    NEXT(ip + kOverBinaryOp, sp - 1);                                            \
  }
INT_OPERATION(BINARY_OP_ADD_INT, +, long_add)
INT_OPERATION(BINARY_OP_SUBTRACT_INT, -, long_subtract)
INT_OPERATION(BINARY_OP_MULTIPLY_INT, *, long_multiply)
#undef INT_OPERATION

/// The other operators on ints: what is neither of one digit nor simple goes the general way.
HANDLER(BINARY_OP_OTHER_INT) {
  PyObject* b = sp[-1];
  PyObject* a = sp[-2];
  GUARD(BINARY_OP, PyLong_CheckExact(a) && PyLong_CheckExact(b));
  if (!one_digit(a) || !one_digit(b)) [[unlikely]] BECOME(op_BINARY_OP);
  int64_t value;
  if (!other_int_operation(oparg, single_digit_value(a), single_digit_value(b), &value)) [[unlikely]] BECOME(op_BINARY_OP);
  PyObject* result = int_from_operands(a, b, value);
  if (!result) [[unlikely]] {
    save(f, ip);
    RAISED(sp - 2);
  }
  sp[-2] = result;
  NEXT(ip + kOverBinaryOp, sp - 1);
}

// A temporary that nobody else holds takes the result.
#define FLOAT_OPERATION(name, operation, check)                                  \
  HANDLER(name) {                                                                \
    PyObject* b = sp[-1];                                                        \
    PyObject* a = sp[-2];                                                        \
    GUARD(BINARY_OP, PyFloat_CheckExact(a) && PyFloat_CheckExact(b));            \
    check;                                                                       \
    double value = float_value(a) operation float_value(b);                      \
    if (Py_REFCNT(a) == 1) {                                                     \
      reinterpret_cast<Float*>(a)->ob_fval = value;                              \
      drop_float(b);                                                             \
      NEXT(ip + kOverBinaryOp, sp - 1);                                          \
    }                                                                            \
    a->ob_refcnt--; /* not the last one */                                       \
    if (Py_REFCNT(b) == 1) {                                                     \
      reinterpret_cast<Float*>(b)->ob_fval = value;                              \
      sp[-2] = b;                                                                \
      NEXT(ip + kOverBinaryOp, sp - 1);                                          \
    }                                                                            \
    b->ob_refcnt--;                                                              \
    PyObject* result = fast_float(value);                                        \
    if (!result) [[unlikely]] {                                                  \
      save(f, ip);                                                               \
      RAISED(sp - 2);                                                            \
    }                                                                            \
    sp[-2] = result;                                                             \
    NEXT(ip + kOverBinaryOp, sp - 1);                                            \
  }
FLOAT_OPERATION(BINARY_OP_ADD_FLOAT, +, )
FLOAT_OPERATION(BINARY_OP_SUBTRACT_FLOAT, -, )
FLOAT_OPERATION(BINARY_OP_MULTIPLY_FLOAT, *, )
FLOAT_OPERATION(BINARY_OP_DIVIDE_FLOAT, /, if (float_value(b) == 0) [[unlikely]] BECOME(op_BINARY_OP))
#undef FLOAT_OPERATION

/// A float and a short int, in either order, and true division of short ints.
HANDLER(BINARY_OP_MIXED_FLOAT) {
  PyObject* b = sp[-1];
  PyObject* a = sp[-2];
  double x, y;
  GUARD(BINARY_OP, read_number(a, &x) && read_number(b, &y));
  GUARD(BINARY_OP, PyFloat_CheckExact(a) || PyFloat_CheckExact(b) || is_division(oparg));
  if (!mixed_operation(oparg, x, y, &x)) [[unlikely]] BECOME(op_BINARY_OP);
  drop(a);
  drop(b);
  PyObject* result = fast_float(x);
  if (!result) [[unlikely]] {
    save(f, ip);
    RAISED(sp - 2);
  }
  sp[-2] = result;
  NEXT(ip + kOverBinaryOp, sp - 1);
}

HANDLER(BINARY_OP_ADD_UNICODE) {
  PyObject* b = sp[-1];
  PyObject* a = sp[-2];
  GUARD(BINARY_OP, PyUnicode_CheckExact(a) && PyUnicode_CheckExact(b));
  save(f, ip);
  PyObject* result = str_concat(a, b).release();
  drop(a);
  drop(b);
  if (!result) [[unlikely]] RAISED(sp - 2);
  sp[-2] = result;
  NEXT(ip + kOverBinaryOp, sp - 1);
}

/// `s = s + t` and the STORE_FAST behind it in one: the local gives its reference up first, so that the text can
/// grow where it is.
HANDLER(BINARY_OP_INPLACE_ADD_UNICODE) {
  PyObject* b = sp[-1];
  PyObject* a = sp[-2];
  GUARD(BINARY_OP, PyUnicode_CheckExact(a) && PyUnicode_CheckExact(b));
  CodeUnit store = ip[kOverBinaryOp];
  GUARD(BINARY_OP, unspecialized(opcode_of(store)) == Opcode::STORE_FAST && f->slots[store >> 8] == a);
  save(f, ip);
  drop(a);  // the stack's; the local has another
  bool ok(str_append(&f->slots[store >> 8], b));
  drop(b);
  if (!ok) [[unlikely]] RAISED(sp - 2);
  NEXT(ip + kOverBinaryOp + 1, sp - 2);
}

// -- comparisons that decide a jump --

ADAPTIVE(COMPARE_OP, specialize_compare(f, at, sp[-2], sp[-1], oparg))

HANDLER(COMPARE_OP_INT_JUMP) {
  PyObject* b = sp[-1];
  PyObject* a = sp[-2];
  GUARD(COMPARE_OP, PyLong_CheckExact(a) && PyLong_CheckExact(b));
  unsigned outcome = compare_ints(a, b);
  drop_int(a);
  drop_int(b);
  DECIDE(outcome, ip, sp - 2);
}
HANDLER(COMPARE_OP_FLOAT_JUMP) {
  PyObject* b = sp[-1];
  PyObject* a = sp[-2];
  GUARD(COMPARE_OP, PyFloat_CheckExact(a) && PyFloat_CheckExact(b));
  double x = float_value(a), y = float_value(b);
  GUARD(COMPARE_OP, x == x && y == y);  // nan: every answer but != is false
  drop_float(a);
  drop_float(b);
  DECIDE(outcome_of(x, y), ip, sp - 2);
}
HANDLER(COMPARE_OP_STR_JUMP) {
  PyObject* b = sp[-1];
  PyObject* a = sp[-2];
  GUARD(COMPARE_OP, PyUnicode_CheckExact(a) && PyUnicode_CheckExact(b));
  unsigned outcome = a == b || equal_texts(a, b) ? 2 : 1;
  drop(a);
  drop(b);
  DECIDE(outcome, ip, sp - 2);
}

}  // namespace taipan
