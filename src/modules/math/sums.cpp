// Sums and products of many numbers, without avoidable loss: fsum, hypot, dist, prod.
#include <cfloat>
#include <cmath>

#include "base/vector.h"
#include "modules/math/math.h"
#include "object/bind.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/tuple.h"

namespace taipan {
namespace {

// -- fsum --
//
// Shewchuk's method: the running sum is a list of doubles of growing magnitude whose bits do not overlap, so that
// nothing is lost; only the final result is rounded.

class ExactSum {
 public:
  Status add(double x) {
    const double given = x;
    size_t kept = 0;
    for (size_t j = 0; j < partials_.size(); j++) {
      double y = partials_[j];
      if (std::fabs(x) < std::fabs(y)) std::swap(x, y);
      double high = x + y, low = y - (high - x);
      if (low != 0) partials_[kept++] = low;
      x = high;
    }
    partials_.truncate(kept);
    if (x == 0) return {};
    if (!std::isfinite(x)) {
      // Not by summing alone: an item was infinite or not a number.
      if (std::isfinite(given)) return raise(PyExc_OverflowError, "intermediate overflow in fsum");
      if (std::isinf(given)) infinities_ += given;
      specials_ += given;
      partials_.clear();
      return {};
    }
    return partials_.append(x) ? Status() : raise_no_memory();
  }

  Result<double> finish() {
    if (specials_ != 0) {
      if (std::isnan(infinities_)) return raise(PyExc_ValueError, "-inf + inf in fsum");
      return specials_;
    }
    size_t n = partials_.size();
    if (n == 0) return 0.0;
    double high = partials_[--n], low = 0;
    while (n > 0) {
      double x = high, y = partials_[--n];
      high = x + y;
      low = y - (high - x);
      if (low != 0) break;
    }
    // A tie is decided by what lies below it.
    if (n > 0 && ((low < 0 && partials_[n - 1] < 0) || (low > 0 && partials_[n - 1] > 0))) {
      double y = low * 2, x = high + y;
      if (y == x - high) high = x;
    }
    return high;
  }

 private:
  Vector<double> partials_;
  double infinities_ = 0, specials_ = 0;
};

constexpr char fsum_doc[] =
    "fsum($module, seq, /)\n--\n\n"
    "Return an accurate floating point sum of values in the iterable seq.\n\n"
    "No precision is lost on the way; the sum is rounded once.";
Result<double> fsum(PyObject*, PyObject* iterable) {
  ExactSum sum;
  TRY(for_each(iterable, [&](PyObject* item) -> Status { return sum.add(TRY(to_double(item))); }));
  return sum.finish();
}

// -- hypot and dist --

struct Pair {
  double high, low;
};
Pair exact_product(double a, double b) {
  double high = a * b;
  return {high, std::fma(a, b, -high)};
}
Pair exact_sum(double larger, double smaller) {
  double high = larger + smaller;
  return {high, smaller - (high - larger)};
}

/// Square root of the sum of squares: scaled by a power of two so that nothing overflows, summed with the bits that
/// rounding would lose, and corrected by one step of Newton's.
double euclidean_norm(double* v, size_t n, double max, bool found_nan) {
  if (std::isinf(max)) return max;
  if (found_nan) return NAN;
  if (max == 0 || n <= 1) return max;
  int exponent;
  std::frexp(max, &exponent);
  if (exponent < -1023) {  // the scale itself would overflow
    for (size_t i = 0; i < n; i++) v[i] /= DBL_MIN;
    return DBL_MIN * euclidean_norm(v, n, max / DBL_MIN, found_nan);
  }
  double scale = std::ldexp(1.0, -exponent), sum = 1.0, products_rest = 0, sums_rest = 0;
  for (size_t i = 0; i < n; i++) {
    double x = v[i] * scale;
    Pair product = exact_product(x, x), next = exact_sum(sum, product.high);
    sum = next.high;
    products_rest += product.low;
    sums_rest += next.low;
  }
  double h = std::sqrt(sum - 1.0 + (products_rest + sums_rest));
  Pair product = exact_product(-h, h), next = exact_sum(sum, product.high);
  double x = next.high - 1.0 + (products_rest + product.low + (sums_rest + next.low));
  h += x / (2.0 * h);
  return h / scale;
}

/// Collects magnitudes for euclidean_norm.
struct Coordinates {
  Vector<double> values;
  double max = 0;
  bool found_nan = false;

  Status add(double x) {
    x = std::fabs(x);
    found_nan |= std::isnan(x);
    if (x > max) max = x;
    return values.append(x) ? Status() : raise_no_memory();
  }
  double norm() { return euclidean_norm(values.data(), values.size(), max, found_nan); }
};

constexpr char hypot_doc[] =
    "hypot(*coordinates) -> value\n\n"
    "The distance of a point from the origin: sqrt(sum(x**2 for x in coordinates)).\n"
    "For two coordinates it is the hypotenuse: hypot(3.0, 4.0) is 5.0.";
Result<double> hypot(PyObject*, Arguments args) {
  Coordinates point;
  for (Py_ssize_t i = 0; i < args.count; i++) TRY(point.add(TRY(to_double(args.items[i]))));
  return point.norm();
}

constexpr char dist_doc[] =
    "dist($module, p, q, /)\n--\n\n"
    "The Euclidean distance between two points, each given as an iterable of coordinates.\n\n"
    "Both must have the same dimension.";
Result<double> dist(PyObject*, PyObject* p, PyObject* q) {
  Ref<> from = PyTuple_Check(p) ? share(p) : Ref<>(TRY(to_tuple(p)));
  Ref<> to = PyTuple_Check(q) ? share(q) : Ref<>(TRY(to_tuple(q)));
  Py_ssize_t n = tuple_size(from.get());
  if (n != tuple_size(to.get())) return raise(PyExc_ValueError, "both points must have the same number of dimensions");
  Coordinates difference;
  for (Py_ssize_t i = 0; i < n; i++) {
    double a = TRY(to_double(item(from.get(), i))), b = TRY(to_double(item(to.get(), i)));
    TRY(difference.add(a - b));
  }
  return difference.norm();
}

// -- prod --

constexpr char prod_doc[] =
    "prod($module, iterable, /, *, start=1)\n--\n\n"
    "The product of start and all items; start itself if there are none.\n\n"
    "Meant for numbers; other types may be refused.";
Ref<> prod(PyObject*, PyObject* iterable, PyObject* start) {
  Ref<> product = start ? share(start) : TRY(new_int(1));
  TRY(for_each(iterable, [&](PyObject* o) -> Status {
    product = TRY(binary(BinaryOp::Mult, product.get(), o));
    return {};
  }));
  return product;
}

}  // namespace

constinit PyMethodDef math_sum_rows[] = {
    method<fsum_doc, fsum>, positional_varargs<hypot>("hypot", hypot_doc), method<dist_doc, dist>,
    method<prod_doc, prod>, {},
};

}  // namespace taipan
