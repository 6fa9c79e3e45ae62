// abstract.h: the number protocol.
#include "capi/export.h"
#include "object/error.h"
#include "object/int.h"
#include "object/protocol.h"

using namespace taipan;

#define BINARY(name, op) \
  CAPI PyObject* PyNumber_##name(PyObject* a, PyObject* b) { return binary(BinaryOp::op, a, b).release(); }
BINARY(Add, Add)
BINARY(Subtract, Sub)
BINARY(Multiply, Mult)
BINARY(MatrixMultiply, MatMult)
BINARY(FloorDivide, FloorDiv)
BINARY(TrueDivide, Div)
BINARY(Remainder, Mod)
BINARY(Lshift, LShift)
BINARY(Rshift, RShift)
BINARY(And, And)
BINARY(Xor, Xor)
BINARY(Or, Or)
BINARY(InPlaceAdd, InPlaceAdd)
BINARY(InPlaceSubtract, InPlaceSub)
BINARY(InPlaceMultiply, InPlaceMult)
BINARY(InPlaceMatrixMultiply, InPlaceMatMult)
BINARY(InPlaceFloorDivide, InPlaceFloorDiv)
BINARY(InPlaceTrueDivide, InPlaceDiv)
BINARY(InPlaceRemainder, InPlaceMod)
BINARY(InPlaceLshift, InPlaceLShift)
BINARY(InPlaceRshift, InPlaceRShift)
BINARY(InPlaceAnd, InPlaceAnd)
BINARY(InPlaceXor, InPlaceXor)
BINARY(InPlaceOr, InPlaceOr)
#undef BINARY

CAPI PyObject* PyNumber_Divmod(PyObject* a, PyObject* b) { return divmod(a, b).release(); }
CAPI PyObject* PyNumber_Power(PyObject* a, PyObject* b, PyObject* modulus) { return power(a, b, modulus).release(); }
CAPI PyObject* PyNumber_InPlacePower(PyObject* a, PyObject* b, PyObject* modulus) {
  if (modulus == Py_None) return binary(BinaryOp::InPlacePow, a, b).release();
  PyNumberMethods* methods = Py_TYPE(a)->tp_as_number;
  if (methods && methods->nb_inplace_power) {
    Ref<> result = adopt(methods->nb_inplace_power(a, b, modulus));
    if (!result || result.get() != Py_NotImplemented) return result.release();
  }
  return power(a, b, modulus).release();
}
CAPI PyObject* PyNumber_Negative(PyObject* o) { return negative(o).release(); }
CAPI PyObject* PyNumber_Positive(PyObject* o) { return positive(o).release(); }
CAPI PyObject* PyNumber_Absolute(PyObject* o) { return absolute(o).release(); }
CAPI PyObject* PyNumber_Invert(PyObject* o) { return invert(o).release(); }
CAPI int PyNumber_Check(PyObject* o) {
  if (!o) return 0;
  PyNumberMethods* methods = Py_TYPE(o)->tp_as_number;
  return (methods && (methods->nb_index || methods->nb_int || methods->nb_float)) || PyComplex_Check(o);
}
CAPI int PyIndex_Check(PyObject* o) { return is_index(o); }
CAPI PyObject* _PyNumber_Index(PyObject* o) { return index(o).release(); }
CAPI PyObject* PyNumber_Index(PyObject* o) {
  Ref<> number = index(o);
  return number ? int_copy(number.get()).release() : nullptr;
}
CAPI PyObject* PyNumber_Long(PyObject* o) { return o ? to_int(o).release() : raise_internal("null argument to internal routine"); }
CAPI PyObject* PyNumber_Float(PyObject* o) { return o ? to_float(o).release() : raise_internal("null argument to internal routine"); }
CAPI Py_ssize_t PyNumber_AsSsize_t(PyObject* o, PyObject* overflow) {
  Result<Py_ssize_t> value = to_ssize(o, overflow);
  return value ? *value : -1;
}
CAPI PyObject* PyNumber_ToBase(PyObject* o, int base) {
  if (base != 2 && base != 8 && base != 10 && base != 16)
    return raise(PyExc_SystemError, "PyNumber_ToBase: base must be 2, 8, 10 or 16");
  Ref<> number = index(o);
  return number ? _PyLong_Format(number.get(), base) : nullptr;
}
