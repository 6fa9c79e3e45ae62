#include "types/constant_key.h"

#include <bit>
#include <cstring>
#include <string_view>

#include "object/bytes.h"
#include "object/stack.h"
#include "object/str.h"
#include "object/tuple.h"
#include "types/code.h"
#include "types/set.h"

namespace taipan {

namespace {

uint64_t mix(uint64_t h, uint64_t v) {
  h = (h ^ v) * 0x9E3779B97F4A7C15u;
  return h ^ h >> 29;
}

uint64_t address(const void* p) { return reinterpret_cast<uintptr_t>(p); }
uint64_t bits(double d) { return std::bit_cast<uint64_t>(d); }

std::string_view digits(PyObject* o) {
  auto n = size_t(Py_ABS(Py_SIZE(o)));
  return {reinterpret_cast<const char*>(reinterpret_cast<Int*>(o)->ob_digit), n * sizeof(digit)};
}

/// Deeper items do not count: a program may nest tuples as deep as it likes.
constexpr int kDeepest = 200;
uint64_t hash_of(PyObject* o, int depth);

/// All that is equal about sets does not depend on their order.
uint64_t set_constant_hash(PyObject* o, int depth) {
  uint64_t sum = 0;
  Py_ssize_t position = 0;
  PyObject* key;
  while (set_next(o, &position, &key)) sum += mix(17, hash_of(key, depth));
  return sum;
}

bool has_constant(PyObject* set, PyObject* wanted) {
  Py_ssize_t position = 0;
  PyObject* key;
  while (set_next(set, &position, &key)) {
    if (same_constant(key, wanted)) return true;
  }
  return false;
}

bool same_sets(PyObject* a, PyObject* b) {
  if (set_size(a) != set_size(b) || set_constant_hash(a, kDeepest) != set_constant_hash(b, kDeepest)) return false;
  Py_ssize_t pa = 0, pb = 0;
  PyObject *ka, *kb;
  while (set_next(a, &pa, &ka)) {
    // Sets made alike have their items in the same order; only others are searched.
    if (!set_next(b, &pb, &kb)) return false;
    if (!same_constant(ka, kb) && !has_constant(b, ka)) return false;
  }
  return true;
}

uint64_t hash_of(PyObject* o, int depth) {
  PyTypeObject* type = Py_TYPE(o);
  uint64_t h = address(type);
  if (type == &PyUnicode_Type) return mix(h, uint64_t(str_hash(o)));
  if (type == &PyLong_Type) {
    h = mix(h, uint64_t(Py_SIZE(o)));
    for (Py_ssize_t i = 0; i < Py_ABS(Py_SIZE(o)); i++) h = mix(h, reinterpret_cast<Int*>(o)->ob_digit[i]);
    return h;
  }
  if (type == &PyTuple_Type) {
    for (Py_ssize_t i = 0; depth > 0 && i < tuple_size(o); i++) h = mix(h, hash_of(item(o, i), depth - 1));
    return mix(h, uint64_t(tuple_size(o)));
  }
  if (type == &PyFloat_Type) return mix(h, bits(reinterpret_cast<Float*>(o)->ob_fval));
  if (type == &PyComplex_Type) {
    Py_complex c = reinterpret_cast<Complex*>(o)->cval;
    return mix(mix(h, bits(c.real)), bits(c.imag));
  }
  if (type == &PyBytes_Type) return mix(h, uint64_t(bytes_hash(o)));
  if (type == &PyFrozenSet_Type) return mix(h, depth > 0 ? set_constant_hash(o, depth - 1) : 0);
  if (type == &PyCode_Type) return stack_is_low() ? h : mix(h, uint64_t(code_hash(reinterpret_cast<Code*>(o))));
  return mix(h, address(o));
}

}  // namespace

uint64_t constant_hash(PyObject* o) { return hash_of(o, kDeepest); }

bool same_constant(PyObject* a, PyObject* b) {
  if (a == b) return true;
  if (stack_is_low()) return false;
  PyTypeObject* type = Py_TYPE(a);
  if (type != Py_TYPE(b)) return false;
  if (type == &PyUnicode_Type) return str_equal(a, b);
  if (type == &PyLong_Type) return Py_SIZE(a) == Py_SIZE(b) && digits(a) == digits(b);
  if (type == &PyTuple_Type) {
    if (tuple_size(a) != tuple_size(b)) return false;
    for (Py_ssize_t i = 0; i < tuple_size(a); i++) {
      if (!same_constant(item(a, i), item(b, i))) return false;
    }
    return true;
  }
  if (type == &PyFloat_Type) {
    double x = reinterpret_cast<Float*>(a)->ob_fval, y = reinterpret_cast<Float*>(b)->ob_fval;
    return x == x && bits(x) == bits(y);  // a NaN is only the same as itself
  }
  if (type == &PyComplex_Type) {
    Py_complex x = reinterpret_cast<Complex*>(a)->cval, y = reinterpret_cast<Complex*>(b)->cval;
    return x.real == x.real && x.imag == x.imag && bits(x.real) == bits(y.real) && bits(x.imag) == bits(y.imag);
  }
  if (type == &PyBytes_Type) return bytes_view(a) == bytes_view(b);
  if (type == &PyFrozenSet_Type) return same_sets(a, b);
  if (type == &PyCode_Type) return code_equal(reinterpret_cast<Code*>(a), reinterpret_cast<Code*>(b));
  return false;
}

}  // namespace taipan
