// Rounding to ints, neighbours of floats.
#include <cmath>

#include "modules/math/math.h"
#include "object/bind.h"
#include "object/call.h"
#include "object/int.h"
#include "object/name.h"
#include "object/protocol.h"

namespace taipan {
namespace {

/// type(o).name(o); `absent` if there is no such method.
template <class F>
Ref<> by_method(PyObject* o, PyObject* name, F absent) {
  Ref<> special = TRY(lookup_special(o, name));
  if (!special) return absent();
  PyObject* no_args[1] = {nullptr};
  return vectorcall(special.get(), no_args + 1, PY_VECTORCALL_ARGUMENTS_OFFSET);
}

template <double (*f)(double)>
Ref<> rounded(PyObject* x, PyObject* name) {
  auto as_float = [&]() -> Ref<> { return int_from_double(f(TRY(to_double(x)))); };
  if (is_exact(x, &PyFloat_Type)) return as_float();
  return by_method(x, name, as_float);
}

constexpr char ceil_doc[] =
    "ceil($module, x, /)\n--\n\nReturn the ceiling of x as an Integral.\n\nThis is the smallest integer >= x.";
Ref<> ceil(PyObject*, PyObject* x) { return rounded<::ceil>(x, "__ceil__"_name); }

constexpr char floor_doc[] =
    "floor($module, x, /)\n--\n\nReturn the floor of x as an Integral.\n\nThis is the largest integer <= x.";
Ref<> floor(PyObject*, PyObject* x) { return rounded<::floor>(x, "__floor__"_name); }

constexpr char trunc_doc[] =
    "trunc($module, x, /)\n--\n\nTruncates the Real x to the nearest Integral toward 0.\n\nUses the __trunc__ magic method.";
Ref<> trunc(PyObject*, PyObject* x) {
  if (is_exact(x, &PyFloat_Type)) return int_from_double(float_value(x));
  return by_method(x, "__trunc__"_name, [&]() -> Ref<> {
    return raise(PyExc_TypeError, "type {} doesn't define __trunc__ method", clip(type_name(x), 100));
  });
}

constexpr char nextafter_doc[] = "nextafter($module, x, y, /)\n--\n\nReturn the next floating-point value after x towards y.";
double nextafter(PyObject*, double x, double y) { return ::nextafter(x, y); }

constexpr char ulp_doc[] = "ulp($module, x, /)\n--\n\nReturn the value of the least significant bit of the float x.";
double ulp(PyObject*, double x) {
  if (std::isnan(x)) return x;
  x = std::fabs(x);
  if (std::isinf(x)) return x;
  double above = ::nextafter(x, INFINITY);
  return std::isinf(above) ? x - ::nextafter(x, -INFINITY) : above - x;
}

}  // namespace

constinit PyMethodDef math_rounding_rows[] = {
    method<ceil_doc, ceil>, method<floor_doc, floor>, method<trunc_doc, trunc>,
    method<nextafter_doc, nextafter>, method<ulp_doc, ulp>, {},
};

}  // namespace taipan
