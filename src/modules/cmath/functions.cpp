// Elementary functions of complex numbers after Kahan, "Branch cuts for complex elementary functions": exact signs
// along the cuts, no overflow on the way to a finite result. For infinities and NaNs C99's Annex G rules, as the
// C library keeps them; where those leave a sign open, or the library follows a later revision, the answer is
// decided here.
#include "modules/cmath/functions.h"

#include <complex.h>
#undef I
#include <cerrno>
#include <cfloat>
#include <cmath>

namespace taipan::complex_math {
namespace {

constexpr double kLarge = DBL_MAX / 4.0;
const double kSqrtLarge = std::sqrt(kLarge);
const double kLogLarge = std::log(kLarge);
const double kSqrtSmallest = std::sqrt(DBL_MIN);
constexpr int kScaleUp = 53, kScaleDown = -27;  // odd, and half of that, rounded away from zero

bool is_finite(Py_complex z) { return std::isfinite(z.real) && std::isfinite(z.imag); }
bool is_zero_and_nan(Py_complex z) { return z.real == 0 && std::isnan(z.imag); }
bool is_nan_and_inf(Py_complex z) { return std::isnan(z.real) && std::isinf(z.imag); }
bool is_large(Py_complex z) { return std::fabs(z.real) > kLarge || std::fabs(z.imag) > kLarge; }
double half_hypot(Py_complex z) { return std::hypot(z.real / 2.0, z.imag / 2.0); }

template <double _Complex (*f)(double _Complex)>
Py_complex by_c_library(Py_complex z) {
  double _Complex argument = __builtin_complex(z.real, z.imag);
  double _Complex result = f(argument);
  return {__real__ result, __imag__ result};
}
Py_complex done(Py_complex z, int error = 0) {
  errno = error;
  return z;
}
/// ERANGE if finite arguments gave an infinity.
Py_complex checked(Py_complex z) { return done(z, std::isinf(z.real) || std::isinf(z.imag) ? ERANGE : 0); }

Py_complex times_i(Py_complex z) { return {-z.imag, z.real}; }
Py_complex by_i(Py_complex z) { return {z.imag, -z.real}; }

}  // namespace

Py_complex sqrt(Py_complex z) {
  if (!is_finite(z)) return done(by_c_library<csqrt>(z));
  if (z.real == 0 && z.imag == 0) return done({0.0, z.imag});
  double ax = std::fabs(z.real), ay = std::fabs(z.imag), s;
  if (ax < DBL_MIN && ay < DBL_MIN) {
    ax = std::ldexp(ax, kScaleUp);
    s = std::ldexp(std::sqrt(ax + std::hypot(ax, std::ldexp(ay, kScaleUp))), kScaleDown);
  } else {
    ax /= 8.0;
    s = 2.0 * std::sqrt(ax + std::hypot(ax, ay / 8.0));
  }
  double d = ay / (2.0 * s);
  return done(z.real >= 0 ? Py_complex{s, std::copysign(d, z.imag)} : Py_complex{d, std::copysign(s, z.imag)});
}

Py_complex log(Py_complex z) {
  if (!is_finite(z)) return done(by_c_library<clog>(z));
  double ax = std::fabs(z.real), ay = std::fabs(z.imag), real;
  double angle = std::atan2(z.imag, z.real);
  if (is_large(z)) {
    real = std::log(half_hypot(z)) + M_LN2;
  } else if (ax < DBL_MIN && ay < DBL_MIN) {
    if (ax == 0 && ay == 0) return done({-INFINITY, angle}, EDOM);
    real = std::log(std::hypot(std::ldexp(ax, DBL_MANT_DIG), std::ldexp(ay, DBL_MANT_DIG))) - DBL_MANT_DIG * M_LN2;
  } else {
    double h = std::hypot(ax, ay);
    if (0.71 <= h && h <= 1.73) {  // near 1 the logarithm of h would lose its digits
      double larger = ax > ay ? ax : ay, smaller = ax > ay ? ay : ax;
      real = std::log1p((larger - 1) * (larger + 1) + smaller * smaller) / 2.0;
    } else {
      real = std::log(h);
    }
  }
  return done({real, angle});
}

Py_complex log10(Py_complex z) {
  Py_complex r = log(z);
  return {r.real / M_LN10, r.imag / M_LN10};
}

Py_complex exp(Py_complex z) {
  if (!is_finite(z)) {
    if (z.real == -INFINITY && !std::isfinite(z.imag)) return done({0.0, 0.0});
    bool unclear = std::isinf(z.imag) && (std::isfinite(z.real) || z.real > 0);
    return done(by_c_library<cexp>(z), unclear ? EDOM : 0);
  }
  double scale = 1.0, l;
  if (z.real > kLogLarge) {
    l = std::exp(z.real - 1.0);
    scale = M_E;
  } else {
    l = std::exp(z.real);
  }
  return checked({l * std::cos(z.imag) * scale, l * std::sin(z.imag) * scale});
}

Py_complex cosh(Py_complex z) {
  if (std::isnan(z.real) && z.imag == 0) return done({z.real, 0.0});
  if (!is_finite(z)) return done(by_c_library<ccosh>(z), std::isinf(z.imag) && !std::isnan(z.real) ? EDOM : 0);
  if (std::fabs(z.real) > kLogLarge) {
    double less = z.real - std::copysign(1.0, z.real);
    return checked({std::cos(z.imag) * std::cosh(less) * M_E, std::sin(z.imag) * std::sinh(less) * M_E});
  }
  return checked({std::cos(z.imag) * std::cosh(z.real), std::sin(z.imag) * std::sinh(z.real)});
}

Py_complex sinh(Py_complex z) {
  if (is_zero_and_nan(z)) return done({0.0, z.imag});
  if (!is_finite(z)) return done(by_c_library<csinh>(z), std::isinf(z.imag) && !std::isnan(z.real) ? EDOM : 0);
  if (std::fabs(z.real) > kLogLarge) {
    double less = z.real - std::copysign(1.0, z.real);
    return checked({std::cos(z.imag) * std::sinh(less) * M_E, std::sin(z.imag) * std::cosh(less) * M_E});
  }
  return checked({std::cos(z.imag) * std::sinh(z.real), std::sin(z.imag) * std::cosh(z.real)});
}

Py_complex tanh(Py_complex z) {
  if (is_zero_and_nan(z) || (std::isnan(z.real) && z.imag == 0)) return done({NAN, std::isnan(z.real) ? z.imag : NAN});
  if (std::isinf(z.real) && !std::isfinite(z.imag)) return done({std::copysign(1.0, z.real), 0.0});
  if (!is_finite(z)) return done(by_c_library<ctanh>(z), std::isinf(z.imag) && std::isfinite(z.real) ? EDOM : 0);
  if (std::fabs(z.real) > kLogLarge)
    return done({std::copysign(1.0, z.real),
                 4.0 * std::sin(z.imag) * std::cos(z.imag) * std::exp(-2.0 * std::fabs(z.real))});
  double tx = std::tanh(z.real), ty = std::tan(z.imag), cx = 1.0 / std::cosh(z.real);
  double txty = tx * ty, denominator = 1.0 + txty * txty;
  return done({tx * (1.0 + ty * ty) / denominator, ((ty / denominator) * cx) * cx});
}

Py_complex cos(Py_complex z) { return cosh(times_i(z)); }
Py_complex sin(Py_complex z) { return by_i(sinh(times_i(z))); }
Py_complex tan(Py_complex z) { return by_i(tanh(times_i(z))); }

Py_complex acos(Py_complex z) {
  if (std::isinf(z.real) && std::isnan(z.imag)) return done({NAN, INFINITY});
  if (!is_finite(z)) return done(by_c_library<cacos>(z));
  if (is_large(z)) {
    double size = std::log(half_hypot(z)) + M_LN2 * 2.0;
    return done({std::atan2(std::fabs(z.imag), z.real),
                 z.real < 0 ? -std::copysign(size, z.imag) : std::copysign(size, -z.imag)});
  }
  Py_complex a = sqrt({1.0 - z.real, -z.imag}), b = sqrt({1.0 + z.real, z.imag});
  return done({2.0 * std::atan2(a.real, b.real), std::asinh(b.real * a.imag - b.imag * a.real)});
}

Py_complex acosh(Py_complex z) {
  if (is_zero_and_nan(z)) return done({NAN, NAN});
  if (!is_finite(z)) return done(by_c_library<cacosh>(z));
  if (is_large(z)) return done({std::log(half_hypot(z)) + M_LN2 * 2.0, std::atan2(z.imag, z.real)});
  Py_complex a = sqrt({z.real - 1.0, z.imag}), b = sqrt({z.real + 1.0, z.imag});
  return done({std::asinh(a.real * b.real + a.imag * b.imag), 2.0 * std::atan2(a.imag, b.real)});
}

Py_complex asinh(Py_complex z) {
  if (is_nan_and_inf(z)) return done({INFINITY, NAN});
  if (!is_finite(z)) return done(by_c_library<casinh>(z));
  if (is_large(z)) {
    double size = std::log(half_hypot(z)) + M_LN2 * 2.0;
    return done({z.imag >= 0 ? std::copysign(size, z.real) : -std::copysign(size, -z.real),
                 std::atan2(z.imag, std::fabs(z.real))});
  }
  Py_complex a = sqrt({1.0 + z.imag, -z.real}), b = sqrt({1.0 - z.imag, z.real});
  return done({std::asinh(a.real * b.imag - b.real * a.imag), std::atan2(z.imag, a.real * b.real - a.imag * b.imag)});
}

Py_complex atanh(Py_complex z) {
  if (is_nan_and_inf(z)) return done({0.0, std::copysign(M_PI / 2.0, z.imag)});
  if (!is_finite(z)) return done(by_c_library<catanh>(z));
  if (std::signbit(z.real)) {  // odd: the right half-plane is enough
    Py_complex r = atanh({-z.real, -z.imag});
    return {-r.real, -r.imag};
  }
  double ay = std::fabs(z.imag);
  if (z.real > kSqrtLarge || ay > kSqrtLarge) {
    double h = half_hypot(z);
    return done({z.real / 4.0 / h / h, -std::copysign(M_PI / 2.0, -z.imag)});
  }
  if (z.real == 1.0 && ay < kSqrtSmallest) {
    if (ay == 0) return done({INFINITY, z.imag}, EDOM);
    return done({-std::log(std::sqrt(ay) / std::sqrt(std::hypot(ay, 2.0))),
                 std::copysign(std::atan2(2.0, -ay) / 2, z.imag)});
  }
  double below = 1 - z.real;
  return done({std::log1p(4.0 * z.real / (below * below + ay * ay)) / 4.0,
               -std::atan2(-2.0 * z.imag, below * (1 + z.real) - ay * ay) / 2.0});
}

Py_complex asin(Py_complex z) { return by_i(asinh(times_i(z))); }
Py_complex atan(Py_complex z) { return by_i(atanh(times_i(z))); }

namespace {

Py_complex rect_of_special(double r, double phi) {
  if (phi == 0) return {r, std::isnan(r) ? 0.0 : std::copysign(0.0, r) * std::copysign(1.0, phi)};
  if (std::isinf(r)) {
    if (!std::isfinite(phi)) return {INFINITY, NAN};
    double sign = std::copysign(INFINITY, r);
    return {std::copysign(sign, r > 0 ? std::cos(phi) : -std::cos(phi)),
            std::copysign(sign, r > 0 ? std::sin(phi) : -std::sin(phi))};
  }
  if (r == 0) return {0.0, 0.0};
  return {NAN, NAN};
}

}  // namespace

Py_complex rect(double r, double phi) {
  if (!std::isfinite(r) || !std::isfinite(phi))
    return done(rect_of_special(r, phi), r != 0 && !std::isnan(r) && std::isinf(phi) ? EDOM : 0);
  if (phi == 0) return done({r, r * phi});
  return done({r * std::cos(phi), r * std::sin(phi)});
}

}  // namespace taipan::complex_math
