// The type complex: slots, methods, attributes. The constructor and texts are in complex_text.cpp.
#include "types/complex.h"

#include <structmember.h>

#include <cerrno>
#include <cmath>

#include "base/float_text.h"
#include "base/hash.h"
#include "object/alloc.h"
#include "object/bind.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "types/complex_new.h"
#include "types/float.h"
#include "types/format_spec.h"

namespace taipan {

Ref<> new_complex(Py_complex z) {
  Ref<Complex> o = TRY(allocate<Complex>(&PyComplex_Type));
  o->cval = z;
  return o;
}

namespace {

/// An operand as complex: 1 done, 0 another type, -1 an int that is too large (OverflowError is set).
int operand(PyObject* o, Py_complex* z) {
  z->imag = 0;
  if (PyComplex_Check(o)) {
    *z = complex_value(o);
  } else if (PyLong_Check(o)) {
    Result<double> v = int_to_double(o);
    if (!v) return -1;
    z->real = *v;
  } else if (PyFloat_Check(o)) {
    z->real = float_value(o);
  } else {
    return 0;
  }
  return 1;
}

template <Py_complex (*op)(Py_complex, Py_complex)>
Ref<> arithmetic(PyObject* a, PyObject* b) {
  Py_complex x, y;
  int known = operand(a, &x);
  if (known > 0) known = operand(b, &y);
  if (known <= 0) return known < 0 ? Ref<>() : not_implemented();
  errno = 0;
  Py_complex z = op(x, y);
  if (op == complex_quotient && errno == EDOM) return raise(PyExc_ZeroDivisionError, "complex division by zero");
  return new_complex(z);
}

Ref<> power_slot(PyObject* a, PyObject* b, PyObject* modulus) {
  Py_complex x, y;
  int known = operand(a, &x);
  if (known > 0) known = operand(b, &y);
  if (known <= 0) return known < 0 ? Ref<>() : not_implemented();
  if (modulus != Py_None) return raise(PyExc_ValueError, "complex modulo");
  errno = 0;
  Py_complex z = complex_power(x, y);
  if (errno == EDOM) return raise(PyExc_ZeroDivisionError, "0.0 to a negative or complex power");
  if (std::isinf(z.real) || std::isinf(z.imag)) return raise(PyExc_OverflowError, "complex exponentiation");
  return new_complex(z);
}

Ref<> exact(PyObject* o) { return is_exact(o, &PyComplex_Type) ? share(o) : new_complex(complex_value(o)); }
Ref<> negate(PyObject* o) { return new_complex(complex_negate(complex_value(o))); }
Ref<> absolute(PyObject* o) {
  double size = complex_absolute(complex_value(o));
  if (errno == ERANGE) return raise(PyExc_OverflowError, "absolute value too large");
  return new_float(size);
}
bool truth(PyObject* o) { return complex_value(o).real != 0 || complex_value(o).imag != 0; }

Py_hash_t hash_slot(PyObject* o) {
  Py_complex z = complex_value(o);
  auto real = static_cast<uint64_t>(hash_double(z.real, o)), imag = static_cast<uint64_t>(hash_double(z.imag, o));
  auto h = static_cast<Py_hash_t>(real + kHashImaginary * imag);
  return h == -1 ? -2 : h;
}

Ref<> repr_slot(PyObject* o) {
  Py_complex z = complex_value(o);
  TextBuffer text;
  if (z.real == 0 && !std::signbit(z.real)) {
    append_float(text, z.imag, 'r', 0);
    text.append('j');
  } else {
    text.append('(');
    append_float(text, z.real, 'r', 0);
    append_float(text, z.imag, 'r', 0, FloatStyle::sign);
    text.append("j)");
  }
  return ascii_text(text);
}

Ref<> compare_slot(PyObject* a, PyObject* b, int op) {
  if (op != Py_EQ && op != Py_NE) return not_implemented();
  Py_complex x = complex_value(a);
  bool same;
  if (PyLong_Check(b)) {
    same = x.imag == 0 && !std::isnan(x.real) && TRY(compare_double_with_int(x.real, b)) == 0;
  } else if (PyFloat_Check(b)) {
    same = x.imag == 0 && x.real == float_value(b);
  } else if (PyComplex_Check(b)) {
    same = x.real == complex_value(b).real && x.imag == complex_value(b).imag;
  } else {
    return not_implemented();
  }
  return boolean(same == (op == Py_EQ));
}

constexpr char conjugate_doc[] =
    "conjugate($self, /)\n--\n\nThe number with its imaginary part negated: (3-4j).conjugate() is 3+4j.";
Ref<> conjugate(Complex& self) { return new_complex({self.cval.real, -self.cval.imag}); }

constexpr char complex_method_doc[] = "__complex__($self, /)\n--\n\nConvert this value to exact type complex.";
Ref<> complex_method(PyObject* self) { return exact(self); }

constexpr char getnewargs_doc[] = "__getnewargs__($self, /)\n--\n\n";
Ref<> getnewargs(Complex& self) {
  Ref<> real = TRY(new_float(self.cval.real)), imag = TRY(new_float(self.cval.imag));
  return tuple_of({real.get(), imag.get()});
}

constexpr char format_doc[] = "__format__($self, format_spec, /)\n--\n\nConvert to a string according to format_spec.";
Ref<> format_method(PyObject* self, Str& spec) { return format_complex_value(self, whole(object(spec))); }

constinit PyMethodDef methods[] = {
    method<conjugate_doc, conjugate>,
    method<complex_method_doc, complex_method>,
    method<getnewargs_doc, getnewargs>,
    method<format_doc, format_method>,
    {},
};

constinit PyMemberDef members[] = {
    {"real", T_DOUBLE, offsetof(Complex, cval.real), READONLY, "the real part of a complex number"},
    {"imag", T_DOUBLE, offsetof(Complex, cval.imag), READONLY, "the imaginary part of a complex number"},
    {},
};

constinit PyNumberMethods as_number = {
    .nb_add = slot<arithmetic<complex_add>>,
    .nb_subtract = slot<arithmetic<complex_subtract>>,
    .nb_multiply = slot<arithmetic<complex_multiply>>,
    .nb_power = slot<power_slot>,
    .nb_negative = slot<negate>,
    .nb_positive = slot<exact>,
    .nb_absolute = slot<absolute>,
    .nb_bool = slot<truth>,
    .nb_true_divide = slot<arithmetic<complex_quotient>>,
};

constexpr char complex_doc[] =
    "complex(real=0, imag=0)\n--\n\n"
    "Create a complex number from a real part and an optional imaginary part.\n\n"
    "This is real + imag*1j. A text is read as a literal; then there is no imaginary argument.";

}  // namespace
}  // namespace taipan

using namespace taipan;

constinit PyTypeObject PyComplex_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "complex",
    .tp_basicsize = sizeof(Complex),
    .tp_repr = slot<repr_slot>,
    .tp_as_number = &as_number,
    .tp_hash = slot<hash_slot>,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = complex_doc,
    .tp_richcompare = slot<compare_slot>,
    .tp_methods = methods,
    .tp_members = members,
    .tp_new = constructor<complex_new_doc, complex_new>::tp_new,
    .tp_vectorcall = constructor<complex_new_doc, complex_new>::vectorcall,
};
