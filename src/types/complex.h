#pragma once
// complex: making, reading, and the arithmetic on pairs of doubles that cmath shares.
#include "object/object.h"

namespace taipan {

Ref<> new_complex(Py_complex z);
inline Py_complex complex_value(PyObject* o) { return reinterpret_cast<Complex*>(o)->cval; }
/// Any number as complex: __complex__, __float__, __index__ (PyComplex_AsCComplex).
Result<Py_complex> to_complex(PyObject* o);
/// complex(text): ValueError if malformed.
Ref<> complex_from_text(PyTypeObject* type, PyObject* str);

Py_complex complex_add(Py_complex a, Py_complex b);
Py_complex complex_subtract(Py_complex a, Py_complex b);
Py_complex complex_negate(Py_complex a);
Py_complex complex_multiply(Py_complex a, Py_complex b);
/// errno is EDOM for a zero divisor.
Py_complex complex_quotient(Py_complex a, Py_complex b);
/// errno is EDOM for zero to a negative or complex power.
Py_complex complex_power(Py_complex a, Py_complex b);
/// errno is ERANGE for what is too large, else 0.
double complex_absolute(Py_complex z);

}  // namespace taipan
