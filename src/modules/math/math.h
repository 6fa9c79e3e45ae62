#pragma once
// The parts of the module math, each with its rows.
#include "object/object.h"

namespace taipan {

extern PyMethodDef math_function_rows[];
extern PyMethodDef math_rounding_rows[];
extern PyMethodDef math_sum_rows[];
extern PyMethodDef math_integer_rows[];

double gamma_function(double x);      ///< errno says EDOM or ERANGE
double log_gamma_function(double x);  ///< errno says EDOM or ERANGE
/// errno and a value as a result: ValueError for EDOM, OverflowError for a large value with ERANGE.
Result<double> checked_by_errno(double value);
Raised raise_domain();
Raised raise_range();

}  // namespace taipan
