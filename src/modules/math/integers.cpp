// math's functions of ints: divisors, factorials, counting, roots.
#include "modules/math/math.h"
#include "object/bind.h"
#include "object/int.h"
#include "object/int_arithmetic.h"
#include "object/protocol.h"

namespace taipan {
namespace {

constexpr char gcd_doc[] = "gcd($module, *integers)\n--\n\nGreatest Common Divisor.";
Ref<> gcd(PyObject*, VarArgs integers) {
  if (integers.count == 0) return new_int(0);
  Ref<> result = TRY(index(integers.items[0]));
  if (integers.count == 1) return int_absolute(result.get());
  for (Py_ssize_t i = 1; i < integers.count; i++) {
    Ref<> next = TRY(index(integers.items[i]));
    result = TRY(int_gcd(result.get(), next.get()));
  }
  return result;
}

constexpr char lcm_doc[] = "lcm($module, *integers)\n--\n\nLeast Common Multiple.";
Ref<> lcm(PyObject*, VarArgs integers) {
  if (integers.count == 0) return new_int(1);
  Ref<> result = TRY(index(integers.items[0]));
  result = TRY(int_absolute(result.get()));
  for (Py_ssize_t i = 1; i < integers.count; i++) {
    Ref<> next = TRY(index(integers.items[i]));
    if (int_sign(result.get()) == 0 || int_sign(next.get()) == 0) {
      result = TRY(new_int(0));
      continue;
    }
    Ref<> divisor = TRY(int_gcd(result.get(), next.get()));
    Ref<> factor = TRY(int_floor_divide(result.get(), divisor.get()));
    Ref<> product = TRY(int_multiply(factor.get(), next.get()));
    result = TRY(int_absolute(product.get()));
  }
  return result;
}

constexpr char isqrt_doc[] = "isqrt($module, n, /)\n--\n\nReturn the integer part of the square root of the input.";
Ref<> isqrt(PyObject*, PyObject* n) {
  Ref<> value = TRY(index(n));
  if (int_sign(value.get()) < 0) return raise(PyExc_ValueError, "isqrt() argument must be nonnegative");
  return int_square_root(value.get());
}

// -- products of consecutive numbers --

/// first × (first+1) × … × (last): halves are multiplied first, so that factors stay of similar size.
Ref<> product_of_range(uint64_t first, uint64_t last) {
  if (first > last) return new_int(1);
  if (last - first < 8) {
    Ref<> product = TRY(new_int_unsigned(first));
    uint64_t small = 1;
    for (uint64_t i = first; i++ < last;) {
      uint64_t next;
      if (__builtin_mul_overflow(small, i, &next)) {
        Ref<> factor = TRY(new_int_unsigned(small));
        product = TRY(int_multiply(product.get(), factor.get()));
        next = i;
      }
      small = next;
    }
    Ref<> factor = TRY(new_int_unsigned(small));
    return int_multiply(product.get(), factor.get());
  }
  uint64_t middle = first + (last - first) / 2;
  Ref<> low = TRY(product_of_range(first, middle)), high = TRY(product_of_range(middle + 1, last));
  return int_multiply(low.get(), high.get());
}

Ref<> product_of_range_below(PyObject* n, uint64_t count) {  // n (n-1) … for n beyond 64 bits
  Ref<> product = TRY(int_copy(n)), factor = product.copy();
  for (uint64_t i = 1; i < count; i++) {
    factor = TRY(int_subtract(factor.get(), object(small_int(1))));
    product = TRY(int_multiply(product.get(), factor.get()));
  }
  return product;
}

/// n! / (n-k)!, 0 < k <= n.
Ref<> falling_factorial(PyObject* n, uint64_t k) {
  uint64_t top;
  if (int_to_uint64(n, &top) != 0) return product_of_range_below(n, k);
  return product_of_range(top - k + 1, top);
}

constexpr char factorial_doc[] = "factorial($module, n, /)\n--\n\nFind n!.\n\nA negative or fractional n is an error.";
Ref<> factorial(PyObject*, PyObject* n) {
  Ref<> whole = TRY(index(n));
  int64_t value;
  int outside = int_to_int64(whole.get(), &value);
  if (outside > 0)
    return raise(PyExc_OverflowError, "factorial() argument should not exceed {}", INT64_MAX);
  if (outside < 0 || value < 0) return raise(PyExc_ValueError, "factorial() not defined for negative values");
  return product_of_range(1, static_cast<uint64_t>(value));
}

/// n and k of perm and comb as ints that are not negative.
Status counting_arguments(PyObject* n, PyObject* k, Ref<>* n_int, Ref<>* k_int) {
  *n_int = TRY(index(n));
  *k_int = TRY(index(k));
  if (int_sign(n_int->get()) < 0) return raise(PyExc_ValueError, "n must be a non-negative integer");
  if (int_sign(k_int->get()) < 0) return raise(PyExc_ValueError, "k must be a non-negative integer");
  return {};
}

constexpr char perm_doc[] =
    "perm($module, n, k=None, /)\n--\n\n"
    "Number of ways to choose k items from n items without repetition and with order.\n\n"
    "n! / (n - k)! for k <= n, else zero; n! without k.";
Ref<> perm(PyObject* module, PyObject* n, PyObject* k) {
  if (k == Py_None) return factorial(module, n);
  Ref<> whole, chosen;
  TRY(counting_arguments(n, k, &whole, &chosen));
  if (int_compare(whole.get(), chosen.get()) < 0) return new_int(0);
  int64_t count;
  if (int_to_int64(chosen.get(), &count)) return raise(PyExc_OverflowError, "k must not exceed {}", INT64_MAX);
  return count == 0 ? new_int(1) : falling_factorial(whole.get(), static_cast<uint64_t>(count));
}

constexpr char comb_doc[] =
    "comb($module, n, k, /)\n--\n\n"
    "Number of ways to choose k items from n items without repetition and without order.\n\n"
    "n! / (k! * (n - k)!) for k <= n, else zero: the coefficient of x^k in (1 + x)^n.";
Ref<> comb(PyObject*, PyObject* n, PyObject* k) {
  Ref<> whole, chosen;
  TRY(counting_arguments(n, k, &whole, &chosen));
  Ref<> rest = TRY(int_subtract(whole.get(), chosen.get()));
  if (int_sign(rest.get()) < 0) return new_int(0);
  int64_t count;
  PyObject* fewer = int_compare(rest.get(), chosen.get()) < 0 ? rest.get() : chosen.get();
  if (int_to_int64(fewer, &count)) return raise(PyExc_OverflowError, "min(n - k, k) must not exceed {}", INT64_MAX);
  if (count == 0) return new_int(1);
  Ref<> ordered = TRY(falling_factorial(whole.get(), static_cast<uint64_t>(count)));
  Ref<> orders = TRY(product_of_range(1, static_cast<uint64_t>(count)));
  return int_floor_divide(ordered.get(), orders.get());
}

}  // namespace

constinit PyMethodDef math_integer_rows[] = {
    method<gcd_doc, gcd>, method<lcm_doc, lcm>, method<isqrt_doc, isqrt>, method<factorial_doc, factorial>,
    method<perm_doc, perm>, method<comb_doc, comb>, {},
};

}  // namespace taipan
