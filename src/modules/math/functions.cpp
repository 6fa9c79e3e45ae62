// math's functions of real numbers: the C library's, with Python's errors around them.
#include <cerrno>
#include <cmath>

#include "modules/math/math.h"
#include "object/bind.h"
#include "object/int.h"
#include "object/int_arithmetic.h"
#include "object/protocol.h"
#include "object/tuple.h"

namespace taipan {

Raised raise_domain() { return raise(PyExc_ValueError, "math domain error"); }
Raised raise_range() { return raise(PyExc_OverflowError, "math range error"); }

Result<double> checked_by_errno(double value) {
  if (errno == EDOM) return raise_domain();
  if (errno == ERANGE && !(std::fabs(value) < 1.5)) return raise_range();
  return value;
}

namespace {

enum class Infinite { overflow, outside };  // what an infinite result of a finite argument means

template <double (*f)(double), Infinite infinite = Infinite::outside>
Result<double> real(PyObject*, double x) {
  double r = f(x);
  if (std::isfinite(r)) [[likely]] return r;
  if (std::isnan(r) && !std::isnan(x)) return raise_domain();
  if (std::isinf(r) && std::isfinite(x)) return infinite == Infinite::overflow ? raise_range() : raise_domain();
  return r;
}

template <double (*f)(double, double)>
Result<double> real(PyObject*, double x, double y) {
  double r = f(x, y);
  if (std::isnan(r) && !std::isnan(x) && !std::isnan(y)) return raise_domain();
  if (std::isinf(r) && std::isfinite(x) && std::isfinite(y)) return raise_range();
  return r;
}

constexpr char acos_doc[] =
    "acos($module, x, /)\n--\n\nReturn the arc cosine (measured in radians) of x.\n\nThe result is between 0 and pi.";
constexpr char acosh_doc[] = "acosh($module, x, /)\n--\n\nReturn the inverse hyperbolic cosine of x.";
constexpr char asin_doc[] =
    "asin($module, x, /)\n--\n\nReturn the arc sine (measured in radians) of x.\n\nThe result is between -pi/2 and pi/2.";
constexpr char asinh_doc[] = "asinh($module, x, /)\n--\n\nReturn the inverse hyperbolic sine of x.";
constexpr char atan_doc[] =
    "atan($module, x, /)\n--\n\nReturn the arc tangent (measured in radians) of x.\n\nThe result is between -pi/2 and pi/2.";
constexpr char atan2_doc[] =
    "atan2($module, y, x, /)\n--\n\nThe angle of the point (x, y) in radians; unlike in atan(y/x), both signs count.";
constexpr char atanh_doc[] = "atanh($module, x, /)\n--\n\nReturn the inverse hyperbolic tangent of x.";
constexpr char cbrt_doc[] = "cbrt($module, x, /)\n--\n\nReturn the cube root of x.";
constexpr char copysign_doc[] = "copysign($module, x, y, /)\n--\n\nThe magnitude of x with the sign of y; zeros have signs.";
constexpr char cos_doc[] = "cos($module, x, /)\n--\n\nReturn the cosine of x (measured in radians).";
constexpr char cosh_doc[] = "cosh($module, x, /)\n--\n\nReturn the hyperbolic cosine of x.";
constexpr char erf_doc[] = "erf($module, x, /)\n--\n\nError function at x.";
constexpr char erfc_doc[] = "erfc($module, x, /)\n--\n\nComplementary error function at x.";
constexpr char exp_doc[] = "exp($module, x, /)\n--\n\nReturn e raised to the power of x.";
constexpr char exp2_doc[] = "exp2($module, x, /)\n--\n\nReturn 2 raised to the power of x.";
constexpr char expm1_doc[] = "expm1($module, x, /)\n--\n\nexp(x)-1 without the loss of precision for small x.";
constexpr char fabs_doc[] = "fabs($module, x, /)\n--\n\nReturn the absolute value of the float x.";
constexpr char gamma_doc[] = "gamma($module, x, /)\n--\n\nGamma function at x.";
constexpr char lgamma_doc[] = "lgamma($module, x, /)\n--\n\nNatural logarithm of absolute value of Gamma function at x.";
constexpr char log1p_doc[] = "log1p($module, x, /)\n--\n\nThe natural logarithm of 1+x, exact for x near zero.";
constexpr char sin_doc[] = "sin($module, x, /)\n--\n\nReturn the sine of x (measured in radians).";
constexpr char sinh_doc[] = "sinh($module, x, /)\n--\n\nReturn the hyperbolic sine of x.";
constexpr char sqrt_doc[] = "sqrt($module, x, /)\n--\n\nReturn the square root of x.";
constexpr char tan_doc[] = "tan($module, x, /)\n--\n\nReturn the tangent of x (measured in radians).";
constexpr char tanh_doc[] = "tanh($module, x, /)\n--\n\nReturn the hyperbolic tangent of x.";
constexpr char remainder_doc[] =
    "remainder($module, x, y, /)\n--\n\n"
    "x - n*y, where n is the integer nearest to x/y, the even one if two are equally near.";

Result<double> gamma(PyObject*, double x) { return checked_by_errno(gamma_function(x)); }
Result<double> lgamma(PyObject*, double x) { return checked_by_errno(log_gamma_function(x)); }

// -- logarithms --

/// Logarithms of ints go beyond the range of floats.
template <double (*f)(double)>
Result<double> logarithm(PyObject* o) {
  if (PyLong_Check(o)) {
    if (int_sign(o) <= 0) return raise_domain();
    int64_t exponent;
    double mantissa = int_frexp(o, &exponent);
    if (exponent > 1024) return f(mantissa) + f(2.0) * static_cast<double>(exponent);
    return f(*int_to_double(o));
  }
  double x = TRY(to_double(o));
  double r = x > 0 || std::isnan(x) ? f(x) : NAN;
  if (std::isnan(r) && !std::isnan(x)) return raise_domain();
  return r;
}

constexpr char log_doc[] =
    "log(x, [base=math.e])\nReturn the logarithm of x to the given base.\n\n"
    "If the base is not specified, returns the natural logarithm (base e) of x.";
Ref<> log(PyObject*, Arguments args) {
  if (args.count < 1 || args.count > 2) return raise(PyExc_TypeError, "math.log requires 1 to 2 arguments");
  double x = TRY(logarithm<::log>(args.items[0]));
  if (args.count == 1) return new_float(x);
  double base = TRY(logarithm<::log>(args.items[1]));
  if (base == 0) return raise(PyExc_ZeroDivisionError, "float division by zero");
  return new_float(x / base);
}

constexpr char log2_doc[] = "log2($module, x, /)\n--\n\nReturn the base 2 logarithm of x.";
Result<double> log2(PyObject*, PyObject* x) { return logarithm<::log2>(x); }
constexpr char log10_doc[] = "log10($module, x, /)\n--\n\nReturn the base 10 logarithm of x.";
Result<double> log10(PyObject*, PyObject* x) { return logarithm<::log10>(x); }

// -- powers and parts --

constexpr char pow_doc[] = "pow($module, x, y, /)\n--\n\nReturn x**y (x to the power of y).";
Result<double> pow(PyObject*, double x, double y) {
  double r = ::pow(x, y);
  if (std::isfinite(x) && std::isfinite(y)) {
    if (std::isnan(r)) return raise_domain();
    if (std::isinf(r)) return x == 0 ? raise_domain() : raise_range();
  }
  return r;
}

constexpr char fmod_doc[] = "fmod($module, x, y, /)\n--\n\nReturn fmod(x, y), according to platform C.\n\nx % y may differ.";
Result<double> fmod(PyObject*, double x, double y) {
  if (std::isinf(y) && std::isfinite(x)) return x;
  double r = ::fmod(x, y);
  if (std::isnan(r) && !std::isnan(x) && !std::isnan(y)) return raise_domain();
  return r;
}

constexpr char frexp_doc[] =
    "frexp($module, x, /)\n--\n\n"
    "The pair (m, e), m a float and e an int, with x == m * 2.**e and 0.5 <= abs(m) < 1.0;\n(0.0, 0) for 0.";
Ref<> frexp(PyObject*, double x) {
  int exponent = 0;
  if (std::isfinite(x) && x != 0) x = ::frexp(x, &exponent);
  Ref<> m = TRY(new_float(x)), e = TRY(new_int(exponent));
  return tuple_of({m.get(), e.get()});
}

constexpr char ldexp_doc[] = "ldexp($module, x, i, /)\n--\n\nReturn x * (2**i).\n\nThis is essentially the inverse of frexp().";
Result<double> ldexp(PyObject*, double x, PyObject* i) {
  if (!PyLong_Check(i)) return raise(PyExc_TypeError, "Expected an int as second argument to ldexp.");
  if (x == 0 || !std::isfinite(x)) return x;
  int64_t exponent;
  int outside = int_to_int64(i, &exponent);
  if (outside > 0 || (!outside && exponent > INT_MAX)) return raise_range();
  if (outside < 0 || exponent < INT_MIN) return std::copysign(0.0, x);
  double r = ::ldexp(x, static_cast<int>(exponent));
  if (std::isinf(r)) return raise_range();
  return r;
}

constexpr char modf_doc[] = "modf($module, x, /)\n--\n\nThe fractional and the integer part of x: both floats with the sign of x.";
Ref<> modf(PyObject*, double x) {
  double whole = x, fraction = x;
  if (std::isinf(x)) fraction = std::copysign(0.0, x);
  else if (!std::isnan(x)) fraction = ::modf(x, &whole);
  Ref<> f = TRY(new_float(fraction)), w = TRY(new_float(whole));
  return tuple_of({f.get(), w.get()});
}

constexpr char degrees_doc[] = "degrees($module, x, /)\n--\n\nConvert angle x from radians to degrees.";
double degrees(PyObject*, double x) { return x * (180.0 / M_PI); }
constexpr char radians_doc[] = "radians($module, x, /)\n--\n\nConvert angle x from degrees to radians.";
double radians(PyObject*, double x) { return x * (M_PI / 180.0); }

// -- questions --

constexpr char isfinite_doc[] = "isfinite($module, x, /)\n--\n\nReturn True if x is neither an infinity nor a NaN, and False otherwise.";
bool isfinite(PyObject*, double x) { return std::isfinite(x); }
constexpr char isinf_doc[] = "isinf($module, x, /)\n--\n\nReturn True if x is a positive or negative infinity, and False otherwise.";
bool isinf(PyObject*, double x) { return std::isinf(x); }
constexpr char isnan_doc[] = "isnan($module, x, /)\n--\n\nReturn True if x is a NaN (not a number), and False otherwise.";
bool isnan(PyObject*, double x) { return std::isnan(x); }

constexpr char isclose_doc[] =
    "isclose($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)\n--\n\n"
    "Are two numbers close in value?\n\n"
    "  rel_tol\n    the largest difference, relative to the larger of the two magnitudes\n"
    "  abs_tol\n    the largest difference whatever the magnitudes\n\n"
    "One of the two is enough. Nothing is close to a NaN; infinities are close to themselves only.";
Result<bool> isclose(PyObject*, double a, double b, double rel_tol, double abs_tol) {
  if (rel_tol < 0 || abs_tol < 0) return raise(PyExc_ValueError, "tolerances must be non-negative");
  if (a == b) return true;
  if (std::isinf(a) || std::isinf(b)) return false;
  double difference = std::fabs(b - a);
  return difference <= std::fabs(rel_tol * b) || difference <= std::fabs(rel_tol * a) || difference <= abs_tol;
}

}  // namespace

constinit PyMethodDef math_function_rows[] = {
    method<acos_doc, real<::acos>>,
    method<acosh_doc, real<::acosh>>,
    method<asin_doc, real<::asin>>,
    method<asinh_doc, real<::asinh>>,
    method<atan_doc, real<::atan>>,
    method<atan2_doc, real<::atan2>>,
    method<atanh_doc, real<::atanh>>,
    method<cbrt_doc, real<::cbrt>>,
    method<copysign_doc, real<::copysign>>,
    method<cos_doc, real<::cos>>,
    method<cosh_doc, real<::cosh, Infinite::overflow>>,
    method<degrees_doc, degrees>,
    method<erf_doc, real<::erf>>,
    method<erfc_doc, real<::erfc>>,
    method<exp_doc, real<::exp, Infinite::overflow>>,
    method<exp2_doc, real<::exp2, Infinite::overflow>>,
    method<expm1_doc, real<::expm1, Infinite::overflow>>,
    method<fabs_doc, real<::fabs>>,
    method<fmod_doc, fmod>,
    method<frexp_doc, frexp>,
    method<gamma_doc, gamma>,
    method<isclose_doc, isclose>,
    method<isfinite_doc, isfinite>,
    method<isinf_doc, isinf>,
    method<isnan_doc, isnan>,
    method<ldexp_doc, ldexp>,
    method<lgamma_doc, lgamma>,
    positional_varargs<log>("log", log_doc),
    method<log10_doc, log10>,
    method<log1p_doc, real<::log1p>>,
    method<log2_doc, log2>,
    method<modf_doc, modf>,
    method<pow_doc, pow>,
    method<radians_doc, radians>,
    method<remainder_doc, real<::remainder>>,
    method<sin_doc, real<::sin>>,
    method<sinh_doc, real<::sinh, Infinite::overflow>>,
    method<sqrt_doc, real<::sqrt>>,
    method<tan_doc, real<::tan>>,
    method<tanh_doc, real<::tanh>>,
    {},
};

}  // namespace taipan
