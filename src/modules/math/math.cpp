// The module math.
#include "modules/math/math.h"

#include <cmath>

#include "modules/module.h"
#include "modules/modules.h"
#include "object/int.h"
#include "types/module.h"

namespace taipan {
namespace {

Status fill(PyObject* module) {
  for (PyMethodDef* rows : {math_function_rows, math_rounding_rows, math_sum_rows, math_integer_rows})
    TRY(add_functions(module, rows));
  TRY(add_to_module(module, "pi", new_float(M_PI)));
  TRY(add_to_module(module, "e", new_float(M_E)));
  TRY(add_to_module(module, "tau", new_float(2 * M_PI)));
  TRY(add_to_module(module, "inf", new_float(INFINITY)));
  return add_to_module(module, "nan", new_float(NAN));
}

constexpr char math_doc[] =
    "This module provides access to the mathematical functions\ndefined by the C standard.";

}  // namespace
}  // namespace taipan

PyObject* init_math() { return taipan::define_module<"math", taipan::math_doc, taipan::fill>(); }
