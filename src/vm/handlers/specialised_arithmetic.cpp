// Operators on ints, floats and strs: guarded by exact types, without a call in the common case.
#include "object/error.h"
#include "object/int.h"
#include "object/str.h"
#include "vm/numbers_inline.h"
#include "vm/specialize.h"

namespace taipan {

ADAPTIVE(BINARY_OP, specialize_binary_op(at, sp[-2], sp[-1], oparg, f->slots))

// One digit each: the machine's own arithmetic. Anything larger: the kernel's.
#define INT_OPERATION(name, fast, slow)                                          \
  HANDLER(name) {                                                                \
    PyObject* b = sp[-1];                                                        \
    PyObject* a = sp[-2];                                                        \
    GUARD(BINARY_OP, PyLong_CheckExact(a) && PyLong_CheckExact(b));              \
    PyObject* result;                                                            \
    if (is_single_digit(a) && is_single_digit(b)) [[likely]]                     \
      result = fast_int(single_digit_value(a) fast single_digit_value(b));       \
    else                                                                         \
      result = slow(a, b).release();                                             \
    drop_int(a);                                                                 \
    drop_int(b);                                                                 \
    if (!result) [[unlikely]] {                                                  \
      save(f, ip);                                                               \
      RAISED(sp - 2);                                                            \
    }                                                                            \
    sp[-2] = result;                                                             \
    NEXT(ip + cache_units(Opcode::BINARY_OP), sp - 1);                           \
  }
INT_OPERATION(BINARY_OP_ADD_INT, +, int_add)
INT_OPERATION(BINARY_OP_SUBTRACT_INT, -, int_subtract)
INT_OPERATION(BINARY_OP_MULTIPLY_INT, *, int_multiply)
#undef INT_OPERATION

// A temporary that nobody else holds takes the result.
#define FLOAT_OPERATION(name, operation)                                         \
  HANDLER(name) {                                                                \
    PyObject* b = sp[-1];                                                        \
    PyObject* a = sp[-2];                                                        \
    GUARD(BINARY_OP, PyFloat_CheckExact(a) && PyFloat_CheckExact(b));            \
    double value = float_value(a) operation float_value(b);                      \
    if (Py_REFCNT(a) == 1) {                                                     \
      reinterpret_cast<Float*>(a)->ob_fval = value;                              \
      drop_float(b);                                                             \
      NEXT(ip + cache_units(Opcode::BINARY_OP), sp - 1);                         \
    }                                                                            \
    Py_DECREF(a); /* not the last one */                                         \
    if (Py_REFCNT(b) == 1) {                                                     \
      reinterpret_cast<Float*>(b)->ob_fval = value;                              \
      sp[-2] = b;                                                                \
      NEXT(ip + cache_units(Opcode::BINARY_OP), sp - 1);                         \
    }                                                                            \
    Py_DECREF(b);                                                                \
    PyObject* result = fast_float(value);                                        \
    if (!result) [[unlikely]] {                                                  \
      save(f, ip);                                                               \
      RAISED(sp - 2);                                                            \
    }                                                                            \
    sp[-2] = result;                                                             \
    NEXT(ip + cache_units(Opcode::BINARY_OP), sp - 1);                           \
  }
FLOAT_OPERATION(BINARY_OP_ADD_FLOAT, +)
FLOAT_OPERATION(BINARY_OP_SUBTRACT_FLOAT, -)
FLOAT_OPERATION(BINARY_OP_MULTIPLY_FLOAT, *)
#undef FLOAT_OPERATION

HANDLER(BINARY_OP_ADD_UNICODE) {
  PyObject* b = sp[-1];
  PyObject* a = sp[-2];
  GUARD(BINARY_OP, PyUnicode_CheckExact(a) && PyUnicode_CheckExact(b));
  save(f, ip);
  PyObject* result = str_concat(a, b).release();
  Py_DECREF(a);
  Py_DECREF(b);
  if (!result) [[unlikely]] RAISED(sp - 2);
  sp[-2] = result;
  NEXT(ip + cache_units(Opcode::BINARY_OP), sp - 1);
}

/// `s = s + t` and the STORE_FAST behind it in one: the local gives its reference up first, so that the text can
/// grow where it is.
HANDLER(BINARY_OP_INPLACE_ADD_UNICODE) {
  PyObject* b = sp[-1];
  PyObject* a = sp[-2];
  GUARD(BINARY_OP, PyUnicode_CheckExact(a) && PyUnicode_CheckExact(b));
  CodeUnit store = ip[cache_units(Opcode::BINARY_OP)];
  GUARD(BINARY_OP, unspecialized(opcode_of(store)) == Opcode::STORE_FAST && f->slots[store >> 8] == a);
  save(f, ip);
  Py_DECREF(a);  // the stack's; the local has another
  bool ok(str_append(&f->slots[store >> 8], b));
  Py_DECREF(b);
  if (!ok) [[unlikely]] RAISED(sp - 2);
  NEXT(ip + cache_units(Opcode::BINARY_OP) + 1, sp - 2);
}

// -- comparisons that decide a jump --

ADAPTIVE(COMPARE_OP, specialize_compare(at, sp[-2], sp[-1], oparg))

/// `outcome` is 1, 2 or 4 (less, equal, greater): the mask says whether to jump. The jump instruction is skipped.
#define DECIDE(outcome)                                                                \
  do {                                                                                 \
    unsigned mask = ip[CompareCache::mask];                                            \
    const CodeUnit* jump = ip + cache_units(Opcode::COMPARE_OP);                       \
    if (!(mask & (outcome))) NEXT(jump + 1, sp - 2);                                                \
    unsigned distance = *jump >> 8;                                                    \
    if (mask & 8) NEXT_CHECKED(jump + 1 - distance, sp - 2);                           \
    NEXT(jump + 1 + distance, sp - 2);                                                 \
  } while (0)

HANDLER(COMPARE_OP_INT_JUMP) {
  PyObject* b = sp[-1];
  PyObject* a = sp[-2];
  GUARD(COMPARE_OP, PyLong_CheckExact(a) && PyLong_CheckExact(b) && is_single_digit(a) && is_single_digit(b));
  int64_t x = single_digit_value(a), y = single_digit_value(b);
  drop_int(a);
  drop_int(b);
  unsigned outcome = x < y ? 1 : x == y ? 2 : 4;
  DECIDE(outcome);
}
HANDLER(COMPARE_OP_FLOAT_JUMP) {
  PyObject* b = sp[-1];
  PyObject* a = sp[-2];
  GUARD(COMPARE_OP, PyFloat_CheckExact(a) && PyFloat_CheckExact(b));
  double x = float_value(a), y = float_value(b);
  GUARD(COMPARE_OP, x == x && y == y);  // nan: every answer but != is false
  drop_float(a);
  drop_float(b);
  unsigned outcome = x < y ? 1 : x == y ? 2 : 4;
  DECIDE(outcome);
}
HANDLER(COMPARE_OP_STR_JUMP) {
  PyObject* b = sp[-1];
  PyObject* a = sp[-2];
  GUARD(COMPARE_OP, PyUnicode_CheckExact(a) && PyUnicode_CheckExact(b));
  unsigned outcome = a == b || str_equal(a, b) ? 2 : 1;
  Py_DECREF(a);
  Py_DECREF(b);
  DECIDE(outcome);
}
#undef DECIDE

}  // namespace taipan
