// Arithmetic on pairs of doubles.
#include <cerrno>
#include <cmath>

#include "types/complex.h"

namespace taipan {

Py_complex complex_add(Py_complex a, Py_complex b) { return {a.real + b.real, a.imag + b.imag}; }
Py_complex complex_subtract(Py_complex a, Py_complex b) { return {a.real - b.real, a.imag - b.imag}; }
Py_complex complex_negate(Py_complex a) { return {-a.real, -a.imag}; }
Py_complex complex_multiply(Py_complex a, Py_complex b) {
  return {a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real};
}

/// Smith's method: the larger part of the divisor divides first, so that nothing overflows on the way.
Py_complex complex_quotient(Py_complex a, Py_complex b) {
  double real_size = std::fabs(b.real), imag_size = std::fabs(b.imag);
  if (real_size >= imag_size) {
    if (real_size == 0.0) {
      errno = EDOM;
      return {0, 0};
    }
    double ratio = b.imag / b.real, denominator = b.real + b.imag * ratio;
    return {(a.real + a.imag * ratio) / denominator, (a.imag - a.real * ratio) / denominator};
  }
  if (imag_size >= real_size) {
    double ratio = b.real / b.imag, denominator = b.real * ratio + b.imag;
    return {(a.real * ratio + a.imag) / denominator, (a.imag * ratio - a.real) / denominator};
  }
  return {Py_NAN, Py_NAN};  // one part of b is not a number
}

namespace {

Py_complex whole_power(Py_complex x, long n) {
  Py_complex result{1, 0}, p = x;
  for (long mask = 1; mask > 0 && n >= mask; mask <<= 1) {
    if (n & mask) result = complex_multiply(result, p);
    p = complex_multiply(p, p);
  }
  return result;
}

Py_complex polar_power(Py_complex a, Py_complex b) {
  if (b.real == 0 && b.imag == 0) return {1, 0};
  if (a.real == 0 && a.imag == 0) {
    if (b.imag != 0 || b.real < 0) errno = EDOM;
    return {0, 0};
  }
  double size = std::hypot(a.real, a.imag), length = std::pow(size, b.real), angle = std::atan2(a.imag, a.real);
  double phase = angle * b.real;
  if (b.imag != 0) {
    length /= std::exp(angle * b.imag);
    phase += b.imag * std::log(size);
  }
  return {length * std::cos(phase), length * std::sin(phase)};
}

}  // namespace

Py_complex complex_power(Py_complex a, Py_complex b) {
  // Small whole exponents are multiplied out: faster, and exact where the result is.
  if (b.imag == 0 && b.real == std::floor(b.real) && std::fabs(b.real) <= 100.0) {
    long n = static_cast<long>(b.real);
    return n > 0 ? whole_power(a, n) : complex_quotient({1, 0}, whole_power(a, -n));
  }
  return polar_power(a, b);
}

double complex_absolute(Py_complex z) {
  errno = 0;
  if (!std::isfinite(z.real) || !std::isfinite(z.imag)) {
    if (std::isinf(z.real)) return std::fabs(z.real);
    if (std::isinf(z.imag)) return std::fabs(z.imag);
    return Py_NAN;
  }
  double result = std::hypot(z.real, z.imag);
  errno = std::isfinite(result) ? 0 : ERANGE;
  return result;
}

}  // namespace taipan
