#pragma once
// cmath's elementary functions. errno tells of trouble: EDOM, ERANGE, or 0.
#include "object/object.h"

namespace taipan::complex_math {

Py_complex sqrt(Py_complex z);
Py_complex log(Py_complex z);
Py_complex log10(Py_complex z);
Py_complex exp(Py_complex z);
Py_complex cosh(Py_complex z);
Py_complex sinh(Py_complex z);
Py_complex tanh(Py_complex z);
Py_complex cos(Py_complex z);
Py_complex sin(Py_complex z);
Py_complex tan(Py_complex z);
Py_complex acosh(Py_complex z);
Py_complex asinh(Py_complex z);
Py_complex atanh(Py_complex z);
Py_complex acos(Py_complex z);
Py_complex asin(Py_complex z);
Py_complex atan(Py_complex z);
Py_complex rect(double r, double phi);

}  // namespace taipan::complex_math
