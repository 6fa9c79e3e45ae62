#pragma once
// Everything that int's operators do, on int objects (subclasses included, results are exact ints).
#include <cstdint>

#include "object/int.h"

namespace taipan {

Ref<> int_floor_divide(PyObject* a, PyObject* b);          ///< ZeroDivisionError "integer division or modulo by zero"
Ref<> int_modulo(PyObject* a, PyObject* b);                ///< ZeroDivisionError "integer modulo by zero"
Status int_divmod(PyObject* a, PyObject* b, Ref<>* quotient, Ref<>* remainder);
Ref<> int_true_divide(PyObject* a, PyObject* b);           ///< a float, correctly rounded
Ref<> int_power(PyObject* a, PyObject* exponent, PyObject* modulus);  ///< modulus may be None; exponent < 0: float or inverse
Ref<> int_gcd(PyObject* a, PyObject* b);
Ref<> int_square_root(PyObject* n);                        ///< floor; n is not negative
/// 10 ** n, n >= 0.
Ref<> int_power_of_ten(uint64_t n);

Ref<> int_negate(PyObject* o);
Ref<> int_absolute(PyObject* o);
Ref<> int_invert(PyObject* o);
Ref<> int_shift_left(PyObject* a, PyObject* count);
Ref<> int_shift_right(PyObject* a, PyObject* count);
Ref<> int_shift_left(PyObject* a, uint64_t count);
Ref<> int_shift_right(PyObject* a, uint64_t count);        ///< floors
Ref<> int_and(PyObject* a, PyObject* b);
Ref<> int_or(PyObject* a, PyObject* b);
Ref<> int_xor(PyObject* a, PyObject* b);

uint64_t int_bit_length(PyObject* o);                      ///< of the magnitude
uint64_t int_bit_count(PyObject* o);                       ///< ones in the magnitude

/// -1 below, 0 fits, 1 above, as int_to_int64.
int int_to_uint64(PyObject* o, uint64_t* value);
/// The low 64 bits in two's complement.
uint64_t int_to_uint64_mask(PyObject* o);

enum class Endian : uint8_t { big, little };
enum class Signed : bool { no, yes };
Ref<> int_from_bytes(const uint8_t* bytes, size_t n, Endian endian, Signed is_signed);
/// OverflowError "int too big to convert" or "can't convert negative int to unsigned".
Status int_to_bytes(PyObject* o, uint8_t* bytes, size_t n, Endian endian, Signed is_signed);

/// The value as m × 2^exponent with 0.5 <= |m| < 1, m rounded half to even (0 for 0). Never fails.
double int_frexp(PyObject* o, int64_t* exponent);
/// Rounds half to even to a multiple of 10 ** digits.
Ref<> int_round_to_power_of_ten(PyObject* o, PyObject* digits);

}  // namespace taipan
