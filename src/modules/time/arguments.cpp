// Numbers of seconds from Python objects.
#include <climits>
#include <cmath>

#include "modules/time/time.h"
#include "object/int.h"
#include "object/protocol.h"

namespace taipan::timing {

Result<int> to_c_int(PyObject* o) {
  Ref<> n = TRY(index(o));
  int64_t value = TRY(to_int64(n.get()));
  if (value > INT_MAX) return raise(PyExc_OverflowError, "signed integer is greater than maximum");
  if (value < INT_MIN) return raise(PyExc_OverflowError, "signed integer is less than minimum");
  return static_cast<int>(value);
}

namespace {

double rounded(double x, Round round) {
  bool up = round == Round::ceiling || (round == Round::timeout && x >= 0);
  return up ? std::ceil(x) : std::floor(x);
}
Raised raise_nan() { return raise(PyExc_ValueError, "Invalid value NaN (not a number)"); }

}  // namespace

Result<int64_t> to_nanoseconds(PyObject* seconds, Round round) {
  auto too_large = [] { return raise(PyExc_OverflowError, "timestamp too large to convert to C _PyTime_t"); };
  if (PyFloat_Check(seconds)) {
    double x = float_value(seconds);
    if (std::isnan(x)) return raise_nan();
    x = rounded(x * 1e9, round);
    if (!(x >= -9223372036854775808.0 && x < 9223372036854775808.0)) return too_large();
    return static_cast<int64_t>(x);
  }
  Ref<> n = TRY(index(seconds));
  int64_t value, nanoseconds;
  if (int_to_int64(n.get(), &value) || __builtin_mul_overflow(value, int64_t{1000000000}, &nanoseconds)) return too_large();
  return nanoseconds;
}

Result<time_t> to_time_t(PyObject* seconds) {
  auto outside = [] { return raise(PyExc_OverflowError, "timestamp out of range for platform time_t"); };
  if (PyFloat_Check(seconds)) {
    double x = float_value(seconds);
    if (std::isnan(x)) return raise_nan();
    x = std::floor(x);
    if (!(x >= -9223372036854775808.0 && x < 9223372036854775808.0)) return outside();
    return static_cast<time_t>(x);
  }
  Ref<> n = TRY(index(seconds));
  int64_t value;
  if (int_to_int64(n.get(), &value)) return outside();
  return value;
}

Ref<> seconds_float(int64_t ns) {
  if (ns % 1000000000 == 0) return new_float(static_cast<double>(ns / 1000000000));
  return new_float(static_cast<double>(ns) / 1e9);
}

}  // namespace taipan::timing
