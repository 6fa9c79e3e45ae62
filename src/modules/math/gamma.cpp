// The gamma function and its logarithm, by Lanczos' approximation with N=13 and g=6.0246…, whose error stays
// below a few units in the last place over the whole range.
#include <cerrno>
#include <cmath>

#include "modules/math/math.h"

namespace taipan {
namespace {

constexpr double kG = 6.024680040776729583740234375;
constexpr double kGMinusHalf = 5.524680040776729583740234375;
constexpr double kLogPi = 1.144729885849400174143427351353058711647;
constexpr int kTerms = 13;
constexpr double kNumerator[kTerms] = {
    23531376880.410759688572007674451636754734846804940, 42919803642.649098768957899047001988850926355848959,
    35711959237.355668049440185451547166705960488635843, 17921034426.037209699919755754458931112671403265390,
    6039542586.3520280050642916443072979210699388420708, 1439720407.3117216736632230727949123939715485786372,
    248874557.86205415651146038641322942321632125127801, 31426415.585400194380614231628318205362874684987640,
    2876370.6289353724412254090516208496135991145378768, 186056.26539522349504029498971604569928220784236328,
    8071.6720023658162106380029022722506138218516325024, 210.82427775157934587250973392071336271166969580291,
    2.5066282746310002701649081771338373386264310793408};
// The coefficients of x(x+1)…(x+11).
constexpr double kDenominator[kTerms] = {0.0,        39916800.0, 120543840.0, 150917976.0, 105258076.0, 45995730.0, 13339535.0,
                                         2637558.0, 357423.0,   32670.0,     1925.0,      66.0,        1.0};

double lanczos_sum(double x) {
  double numerator = 0, denominator = 0;
  if (x < 5.0) {
    for (int i = kTerms; i-- > 0;) {
      numerator = numerator * x + kNumerator[i];
      denominator = denominator * x + kDenominator[i];
    }
  } else {  // in powers of 1/x, which cannot overflow
    for (int i = 0; i < kTerms; i++) {
      numerator = numerator / x + kNumerator[i];
      denominator = denominator / x + kDenominator[i];
    }
  }
  return numerator / denominator;
}

/// sin(πx), exact where x is a multiple of a half.
double sin_pi(double x) {
  double y = std::fmod(std::fabs(x), 2.0), r;
  switch (static_cast<int>(std::round(2.0 * y))) {
    case 0: r = std::sin(M_PI * y); break;
    case 1: r = std::cos(M_PI * (y - 0.5)); break;
    case 2: r = std::sin(M_PI * (1.0 - y)); break;
    case 3: r = -std::cos(M_PI * (y - 1.5)); break;
    default: r = std::sin(M_PI * (y - 2.0)); break;
  }
  return std::copysign(1.0, x) * r;
}

double small_factorial(int n) {
  double f = 1;
  for (int i = 2; i <= n; i++) f *= i;
  return f;
}

/// x or 1/x multiplied by y^(size - 0.5) in one step, or in two if that power alone would overflow.
double scale_by_power(double r, double y, double size, bool divide) {
  if (size < 140.0) {
    double p = std::pow(y, size - 0.5);
    return divide ? r / p : r * p;
  }
  double half = std::pow(y, size / 2.0 - 0.25);
  r = divide ? r / half : r * half;
  return divide ? r / half : r * half;
}

}  // namespace

double gamma_function(double x) {
  errno = 0;
  if (std::isnan(x) || x == INFINITY) return x;
  if (x == -INFINITY) {
    errno = EDOM;
    return NAN;
  }
  if (x == 0) {
    errno = EDOM;
    return std::copysign(INFINITY, x);
  }
  if (x == std::floor(x)) {
    if (x < 0) {
      errno = EDOM;
      return NAN;
    }
    if (x <= 23) return small_factorial(static_cast<int>(x) - 1);
  }
  double size = std::fabs(x);
  if (size < 1e-20) {
    double r = 1.0 / x;
    if (std::isinf(r)) errno = ERANGE;
    return r;
  }
  if (size > 200.0) {
    if (x < 0) return 0.0 / sin_pi(x);
    errno = ERANGE;
    return HUGE_VAL;
  }
  double y = size + kGMinusHalf;
  // z: what the addition lost.
  double z = size > kGMinusHalf ? (y - size) - kGMinusHalf : (y - kGMinusHalf) - size;
  z = z * kG / y;
  double r;
  if (x < 0) {
    r = -M_PI / sin_pi(size) / size * std::exp(y) / lanczos_sum(size);
    r -= z * r;
  } else {
    r = lanczos_sum(size) / std::exp(y);
    r += z * r;
  }
  r = scale_by_power(r, y, size, x < 0);
  if (std::isinf(r)) errno = ERANGE;
  return r;
}

double log_gamma_function(double x) {
  errno = 0;
  if (std::isnan(x)) return x;
  if (std::isinf(x)) return HUGE_VAL;
  if (x == std::floor(x) && x <= 2.0) {
    if (x > 0) return 0.0;
    errno = EDOM;
    return HUGE_VAL;
  }
  double size = std::fabs(x);
  if (size < 1e-20) return -std::log(size);
  double r = std::log(lanczos_sum(size)) - kG;
  r += (size - 0.5) * (std::log(size + kG - 0.5) - 1);
  if (x < 0) r = kLogPi - std::log(std::fabs(sin_pi(size))) - std::log(size) - r;
  if (std::isinf(r)) errno = ERANGE;
  return r;
}

}  // namespace taipan
