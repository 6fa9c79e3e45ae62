// The type float: arithmetic, comparison, constructor. Methods are in float_methods.cpp.
#include "types/float.h"

#include <cerrno>
#include <cmath>

#include "base/float_text.h"
#include "base/hash.h"
#include "object/alloc.h"
#include "object/bind.h"
#include "object/int.h"
#include "object/int_arithmetic.h"
#include "object/number_text.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"

namespace taipan {
namespace {

/// An operand as a double: 1 done, 0 another type, -1 an int that is too large (OverflowError is set).
int operand(PyObject* o, double* value) {
  if (PyFloat_Check(o)) {
    *value = float_value(o);
    return 1;
  }
  if (!PyLong_Check(o)) return 0;
  Result<double> v = int_to_double(o);
  if (!v) return -1;
  *value = *v;
  return 1;
}

template <Result<double> (*op)(double, double)>
Ref<> arithmetic(PyObject* a, PyObject* b) {
  double x, y;
  int known = operand(a, &x);
  if (known > 0) known = operand(b, &y);
  if (known <= 0) return known < 0 ? Ref<>() : not_implemented();
  return new_float(TRY(op(x, y)));
}

Result<double> add(double a, double b) { return a + b; }
Result<double> subtract(double a, double b) { return a - b; }
Result<double> multiply(double a, double b) { return a * b; }
Result<double> divide(double a, double b) {
  if (b == 0) return raise(PyExc_ZeroDivisionError, "float division by zero");
  return a / b;
}

/// Remainder with the divisor's sign, also of zeros.
double floor_remainder(double a, double b) {
  double r = std::fmod(a, b);
  if (r == 0) return std::copysign(0.0, b);
  return (b < 0) != (r < 0) ? r + b : r;
}
double floor_quotient(double a, double b) {
  double r = std::fmod(a, b);
  double q = (a - r) / b;
  if (r != 0 && (b < 0) != (r < 0)) q -= 1;
  if (q == 0) return std::copysign(0.0, a / b);
  double whole = std::floor(q);
  return q - whole > 0.5 ? whole + 1 : whole;
}

Result<double> modulo(double a, double b) {
  if (b == 0) return raise(PyExc_ZeroDivisionError, "float modulo");
  return floor_remainder(a, b);
}
Result<double> floor_divide(double a, double b) {
  if (b == 0) return raise(PyExc_ZeroDivisionError, "float floor division by zero");
  return floor_quotient(a, b);
}

Ref<> divmod_slot(PyObject* a, PyObject* b) {
  double x, y;
  int known = operand(a, &x);
  if (known > 0) known = operand(b, &y);
  if (known <= 0) return known < 0 ? Ref<>() : not_implemented();
  if (y == 0) return raise(PyExc_ZeroDivisionError, "float divmod()");
  Ref<> q = TRY(new_float(floor_quotient(x, y))), r = TRY(new_float(floor_remainder(x, y)));
  return tuple_of({q.get(), r.get()});
}

bool is_odd_integer(double v) { return std::fmod(std::fabs(v), 2.0) == 1.0; }

Ref<> raise_range_error() {
  Ref<> text = TRY(new_str("Numerical result out of range")), number = TRY(new_int(ERANGE));
  Ref<> args = TRY(tuple_of({number.get(), text.get()}));
  return raise_value(PyExc_OverflowError, args.get());
}

/// x ** y for what needs no error: the cases that the C library leaves open are decided here.
bool special_power(double x, double y, double* result) {
  if (y == 0 || x == 1.0) *result = 1.0;
  else if (std::isnan(x)) *result = x;
  else if (std::isnan(y)) *result = y;
  else if (std::isinf(y)) {
    double magnitude = std::fabs(x);
    *result = magnitude == 1.0 ? 1.0 : (y > 0) == (magnitude > 1.0) ? std::fabs(y) : 0.0;
  } else if (std::isinf(x)) {
    bool odd = is_odd_integer(y);
    *result = y > 0 ? (odd ? x : std::fabs(x)) : (odd ? std::copysign(0.0, x) : 0.0);
  } else {
    return false;
  }
  return true;
}

Ref<> power_slot(PyObject* a, PyObject* b, PyObject* modulus) {
  if (modulus != Py_None)
    return raise(PyExc_TypeError, "pow() 3rd argument not allowed unless all arguments are integers");
  double x, y;
  int known = operand(a, &x);
  if (known > 0) known = operand(b, &y);
  if (known <= 0) return known < 0 ? Ref<>() : not_implemented();
  double result;
  if (special_power(x, y, &result)) return new_float(result);
  if (x == 0) {
    if (y < 0) return raise(PyExc_ZeroDivisionError, "0.0 cannot be raised to a negative power");
    return new_float(is_odd_integer(y) ? x : 0.0);
  }
  bool negate = false;
  if (x < 0) {
    if (y != std::floor(y)) {
      // The root of a negative number is complex.
      Ref<> base = TRY(new_float(x)), exponent = TRY(new_float(y));
      return adopt(PyComplex_Type.tp_as_number->nb_power(base.get(), exponent.get(), modulus));
    }
    x = -x;
    negate = is_odd_integer(y);
  }
  if (x == 1.0) return new_float(negate ? -1.0 : 1.0);
  result = std::pow(x, y);
  if (std::isinf(result)) return raise_range_error();
  return new_float(negate ? -result : result);
}

Ref<> negate(PyObject* o) { return new_float(-float_value(o)); }
Ref<> absolute(PyObject* o) { return new_float(std::fabs(float_value(o))); }
bool truth(PyObject* o) { return float_value(o) != 0; }
Ref<> truncate(PyObject* o) { return int_from_double(float_value(o)); }

Py_hash_t hash_slot(PyObject* o) { return hash_double(float_value(o), o); }

void dealloc(PyObject* o) {
  if (!is_exact(o, &PyFloat_Type)) return Py_TYPE(o)->tp_free(o);
  count_objects(-1);
  free_block(o, sizeof(Float));
}

template <class T>
bool ordered(T a, T b, int op) {
  switch (op) {
    case Py_EQ: return a == b;
    case Py_NE: return a != b;
    case Py_LT: return a < b;
    case Py_LE: return a <= b;
    case Py_GT: return a > b;
    default: return a >= b;
  }
}

}  // namespace

Ref<> exact_float(PyObject* o) { return is_exact(o, &PyFloat_Type) ? share(o) : new_float(float_value(o)); }

Ref<> ascii_text(const TextBuffer& text) { return text.ok() ? new_str(text.view()) : Ref<>(raise_no_memory()); }

Ref<> float_repr(PyObject* o) {
  TextBuffer text;
  append_repr(text, float_value(o));
  return ascii_text(text);
}

Result<int> compare_double_with_int(double v, PyObject* i) {
  // A double of magnitude below 2^53 meets an int that is a double too, or is larger than any such double.
  int sign_v = v > 0 ? 1 : v < 0 ? -1 : 0, sign_i = int_sign(i);
  if (sign_v != sign_i) return sign_v < sign_i ? -1 : 1;
  if (std::isinf(v)) return sign_v;
  uint64_t bits = int_bit_length(i);
  if (bits <= 53) {
    double w = *int_to_double(i);
    return v < w ? -1 : v > w;
  }
  int exponent;
  std::frexp(v, &exponent);
  if (exponent < 0 || static_cast<uint64_t>(exponent) != bits)
    return (exponent < 0 || static_cast<uint64_t>(exponent) < bits) ? -sign_v : sign_v;
  Ref<> whole = TRY(int_from_double(v));  // beyond 2^53 a double has no fraction
  return int_compare(whole.get(), i);
}

Ref<> float_compare(PyObject* a, PyObject* b, int op) {
  double x = float_value(a);
  if (PyFloat_Check(b)) return boolean(ordered(x, float_value(b), op));
  if (!PyLong_Check(b)) return not_implemented();
  if (std::isnan(x)) return boolean(op == Py_NE);
  int order = TRY(compare_double_with_int(x, b));
  return boolean(ordered(order, 0, op));
}

namespace {

constexpr char float_doc[] =
    "float(x=0, /)\n--\n\n"
    "The floating-point number that a text or another number stands for.";
constexpr char new_doc[] = "float(x=NULL, /)\n--\n\n";

Ref<> create(Type* type, PyObject* x) {
  Ref<> value;
  if (!x) value = TRY(new_float(0.0));
  else value = TRY(is_exact(x, &PyUnicode_Type) ? float_from_text_object(x) : to_float(x));
  if (type == &PyFloat_Type) return value;
  Ref<> o = TRY(adopt(type->tp_alloc(type, 0)));
  reinterpret_cast<Float*>(o.get())->ob_fval = float_value(value.get());
  return o;
}

constinit PyNumberMethods as_number = {
    .nb_add = slot<arithmetic<add>>,
    .nb_subtract = slot<arithmetic<subtract>>,
    .nb_multiply = slot<arithmetic<multiply>>,
    .nb_remainder = slot<arithmetic<modulo>>,
    .nb_divmod = slot<divmod_slot>,
    .nb_power = slot<power_slot>,
    .nb_negative = slot<negate>,
    .nb_positive = slot<exact_float>,
    .nb_absolute = slot<absolute>,
    .nb_bool = slot<truth>,
    .nb_int = slot<truncate>,
    .nb_float = slot<exact_float>,
    .nb_floor_divide = slot<arithmetic<floor_divide>>,
    .nb_true_divide = slot<arithmetic<divide>>,
};

}  // namespace
}  // namespace taipan

using namespace taipan;

constinit PyTypeObject PyFloat_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "float",
    .tp_basicsize = sizeof(Float),
    .tp_dealloc = dealloc,
    .tp_repr = slot<float_repr>,
    .tp_as_number = &as_number,
    .tp_hash = slot<hash_slot>,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | _Py_TPFLAGS_MATCH_SELF,
    .tp_doc = float_doc,
    .tp_richcompare = slot<float_compare>,
    .tp_methods = float_methods,
    .tp_getset = float_getset,
    .tp_new = constructor<new_doc, create>::tp_new,
    .tp_vectorcall = constructor<new_doc, create>::vectorcall,
};
