// The module cmath.
#include <cerrno>
#include <cmath>

#include "modules/cmath/functions.h"
#include "modules/module.h"
#include "modules/modules.h"
#include "object/int.h"
#include "object/tuple.h"
#include "types/complex.h"

namespace taipan {

template <> struct Convert<Py_complex> {
  static Result<Py_complex> from(PyObject* o, Where) { return to_complex(o); }
};

namespace {

Raised raise_by_errno() {
  if (errno == EDOM) return raise(PyExc_ValueError, "math domain error");
  return raise(PyExc_OverflowError, "math range error");
}

template <Py_complex (*f)(Py_complex)>
Ref<> function(PyObject*, Py_complex z) {
  errno = 0;
  Py_complex r = f(z);
  return errno ? Ref<>(raise_by_errno()) : new_complex(r);
}

constexpr char acos_doc[] = "acos($module, z, /)\n--\n\nReturn the arc cosine of z.";
constexpr char acosh_doc[] = "acosh($module, z, /)\n--\n\nReturn the inverse hyperbolic cosine of z.";
constexpr char asin_doc[] = "asin($module, z, /)\n--\n\nReturn the arc sine of z.";
constexpr char asinh_doc[] = "asinh($module, z, /)\n--\n\nReturn the inverse hyperbolic sine of z.";
constexpr char atan_doc[] = "atan($module, z, /)\n--\n\nReturn the arc tangent of z.";
constexpr char atanh_doc[] = "atanh($module, z, /)\n--\n\nReturn the inverse hyperbolic tangent of z.";
constexpr char cos_doc[] = "cos($module, z, /)\n--\n\nReturn the cosine of z.";
constexpr char cosh_doc[] = "cosh($module, z, /)\n--\n\nReturn the hyperbolic cosine of z.";
constexpr char exp_doc[] = "exp($module, z, /)\n--\n\nReturn the exponential value e**z.";
constexpr char log10_doc[] = "log10($module, z, /)\n--\n\nReturn the base-10 logarithm of z.";
constexpr char sin_doc[] = "sin($module, z, /)\n--\n\nReturn the sine of z.";
constexpr char sinh_doc[] = "sinh($module, z, /)\n--\n\nReturn the hyperbolic sine of z.";
constexpr char sqrt_doc[] = "sqrt($module, z, /)\n--\n\nReturn the square root of z.";
constexpr char tan_doc[] = "tan($module, z, /)\n--\n\nReturn the tangent of z.";
constexpr char tanh_doc[] = "tanh($module, z, /)\n--\n\nReturn the hyperbolic tangent of z.";

constexpr char log_doc[] =
    "log($module, z, base=<unrepresentable>, /)\n--\n\nlog(z[, base]) -> the logarithm of z to the given base: e if there is none.";
Ref<> log(PyObject*, Py_complex z, PyObject* base) {
  Py_complex divisor{1, 0};
  if (base) divisor = TRY(to_complex(base));
  errno = 0;
  Py_complex r = complex_math::log(z);
  if (errno) return raise_by_errno();
  if (base) {
    divisor = complex_math::log(divisor);
    if (errno) return raise_by_errno();
    r = complex_quotient(r, divisor);
    if (errno) return raise_by_errno();
  }
  return new_complex(r);
}

constexpr char phase_doc[] = "phase($module, z, /)\n--\n\nReturn argument, also known as the phase angle, of a complex.";
Result<double> phase(PyObject*, Py_complex z) {
  errno = 0;
  double angle = std::atan2(z.imag, z.real);
  if (errno) return raise_by_errno();  // the C library reports an angle too small for a normal float
  return angle;
}

constexpr char polar_doc[] =
    "polar($module, z, /)\n--\n\nThe pair (r, phi): the distance from 0 and the phase angle of a complex.";
Ref<> polar(PyObject*, Py_complex z) {
  double r = complex_absolute(z);
  if (errno) return raise_by_errno();
  Ref<> size = TRY(new_float(r)), angle = TRY(new_float(std::atan2(z.imag, z.real)));
  return tuple_of({size.get(), angle.get()});
}

constexpr char rect_doc[] = "rect($module, r, phi, /)\n--\n\nConvert from polar coordinates to rectangular coordinates.";
Ref<> rect(PyObject*, double r, double phi) {
  Py_complex z = complex_math::rect(r, phi);
  return errno ? Ref<>(raise_by_errno()) : new_complex(z);
}

constexpr char isfinite_doc[] = "isfinite($module, z, /)\n--\n\nReturn True if both the real and imaginary parts of z are finite, else False.";
bool isfinite(PyObject*, Py_complex z) { return std::isfinite(z.real) && std::isfinite(z.imag); }
constexpr char isinf_doc[] = "isinf($module, z, /)\n--\n\nChecks if the real or imaginary part of z is infinite.";
bool isinf(PyObject*, Py_complex z) { return std::isinf(z.real) || std::isinf(z.imag); }
constexpr char isnan_doc[] = "isnan($module, z, /)\n--\n\nChecks if the real or imaginary part of z not a number (NaN).";
bool isnan(PyObject*, Py_complex z) { return std::isnan(z.real) || std::isnan(z.imag); }

constexpr char isclose_doc[] =
    "isclose($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)\n--\n\n"
    "Are two complex numbers close in value?\n\n"
    "  rel_tol\n    the largest distance, relative to the larger of the two absolute values\n"
    "  abs_tol\n    the largest distance whatever their values\n\n"
    "One of the two is enough. Nothing is close to a NaN; infinities are close to themselves only.";
Result<bool> isclose(PyObject*, Py_complex a, Py_complex b, double rel_tol, double abs_tol) {
  if (rel_tol < 0 || abs_tol < 0) return raise(PyExc_ValueError, "tolerances must be non-negative");
  if (a.real == b.real && a.imag == b.imag) return true;
  if (std::isinf(a.real) || std::isinf(a.imag) || std::isinf(b.real) || std::isinf(b.imag)) return false;
  double distance = complex_absolute(complex_subtract(a, b));
  return distance <= rel_tol * complex_absolute(b) || distance <= rel_tol * complex_absolute(a) || distance <= abs_tol;
}

constinit PyMethodDef rows[] = {
    method<acos_doc, function<complex_math::acos>>,
    method<acosh_doc, function<complex_math::acosh>>,
    method<asin_doc, function<complex_math::asin>>,
    method<asinh_doc, function<complex_math::asinh>>,
    method<atan_doc, function<complex_math::atan>>,
    method<atanh_doc, function<complex_math::atanh>>,
    method<cos_doc, function<complex_math::cos>>,
    method<cosh_doc, function<complex_math::cosh>>,
    method<exp_doc, function<complex_math::exp>>,
    method<isclose_doc, isclose>,
    method<isfinite_doc, isfinite>,
    method<isinf_doc, isinf>,
    method<isnan_doc, isnan>,
    method<log_doc, log>,
    method<log10_doc, function<complex_math::log10>>,
    method<phase_doc, phase>,
    method<polar_doc, polar>,
    method<rect_doc, rect>,
    method<sin_doc, function<complex_math::sin>>,
    method<sinh_doc, function<complex_math::sinh>>,
    method<sqrt_doc, function<complex_math::sqrt>>,
    method<tan_doc, function<complex_math::tan>>,
    method<tanh_doc, function<complex_math::tanh>>,
    {},
};

Status fill(PyObject* module) {
  TRY(add_to_module(module, "pi", new_float(M_PI)));
  TRY(add_to_module(module, "e", new_float(M_E)));
  TRY(add_to_module(module, "tau", new_float(2 * M_PI)));
  TRY(add_to_module(module, "inf", new_float(INFINITY)));
  TRY(add_to_module(module, "infj", new_complex({0, INFINITY})));
  TRY(add_to_module(module, "nan", new_float(NAN)));
  return add_to_module(module, "nanj", new_complex({0, NAN}));
}

constexpr char cmath_doc[] = "This module provides access to mathematical functions for complex\nnumbers.";

}  // namespace
}  // namespace taipan

PyObject* init_cmath() { return taipan::define_module<"cmath", taipan::cmath_doc, taipan::fill, taipan::rows>(); }
