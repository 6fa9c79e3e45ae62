// The type int: its constructor, slots and attributes. The arithmetic itself is object/int*.cpp.
#include "types/int.h"

#include "object/bind.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/int_arithmetic.h"
#include "object/int_digits.h"
#include "object/number_text.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/format_spec.h"

namespace taipan {
namespace {

// -- slots --

bool is_int(PyObject* o) { return PyLong_Check(o); }

template <Ref<> (*op)(PyObject*, PyObject*)>
Ref<> arithmetic(PyObject* a, PyObject* b) {
  if (!is_int(a) || !is_int(b)) return not_implemented();
  return op(a, b);
}

Ref<> divmod_pair(PyObject* a, PyObject* b) {
  Ref<> quotient, remainder;
  TRY(int_divmod(a, b, &quotient, &remainder));
  return tuple_of({quotient.get(), remainder.get()});
}

Ref<> power_slot(PyObject* a, PyObject* b, PyObject* modulus) {
  if (!is_int(a) || !is_int(b) || (modulus != Py_None && !is_int(modulus))) return not_implemented();
  return int_power(a, b, modulus);
}

Ref<> to_float_slot(PyObject* o) { return new_float(TRY(int_to_double(o))); }
bool truth(PyObject* o) { return Py_SIZE(o) != 0; }
Ref<> decimal_text(PyObject* o) { return int_to_text(o, 10); }

Ref<> compare_slot(PyObject* a, PyObject* b, int op) {
  if (!is_int(a) || !is_int(b)) return not_implemented();
  int order = a == b ? 0 : int_compare(a, b);
  switch (op) {
    case Py_LT: return boolean(order < 0);
    case Py_LE: return boolean(order <= 0);
    case Py_EQ: return boolean(order == 0);
    case Py_NE: return boolean(order != 0);
    case Py_GT: return boolean(order > 0);
    default: return boolean(order >= 0);
  }
}

void dealloc(PyObject* o) {
  if (!is_exact(o, &PyLong_Type)) return Py_TYPE(o)->tp_free(o);
  count_objects(-1);
  free_block(o, int_bytes(digits_of(o).size));
}

// -- the constructor --

constexpr char int_doc[] =
    "int([x]) -> integer\n"
    "int(x, base=10) -> integer\n\n"
    "The integer that a number or a text stands for; without arguments 0.\n"
    "A number that is no integer is cut off towards zero. A text (str, bytes or bytearray) may have\n"
    "blanks around it, a sign, and digits with single underscores between them.\n"
    "The base is 2 to 36; with base 0 the text is read as a literal: '0b100', '0o17', '0xff'.";
constexpr char new_doc[] = "int(x=NULL, /, base=NULL)\n--\n\n";

Ref<> new_exact(PyObject* x, PyObject* base_object) {
  if (!x) {
    if (base_object) return raise(PyExc_TypeError, "int() missing string argument");
    return new_int(0);
  }
  if (!base_object) return to_int(x);
  Py_ssize_t base = TRY(to_ssize(base_object));
  if ((base != 0 && base < 2) || base > 36) return raise(PyExc_ValueError, "int() base must be >= 2 and <= 36, or 0");
  if (PyUnicode_Check(x)) return int_from_str(x, static_cast<int>(base));
  if (PyBytes_Check(x)) return int_from_bytes_object(x, static_cast<int>(base));
  if (PyByteArray_Check(x)) {
    auto* bytes = reinterpret_cast<ByteArray*>(x);
    Ref<> copy = TRY(new_bytes({bytes->ob_start, static_cast<size_t>(Py_SIZE(x))}));
    return int_from_bytes_object(copy.get(), static_cast<int>(base));
  }
  return raise(PyExc_TypeError, "int() can't convert non-string with explicit base");
}

Ref<> create(Type* type, PyObject* x, PyObject* base) {
  Ref<> value = TRY(new_exact(x, base));
  if (type == &PyLong_Type) return value;
  Digits d = digits_of(value.get());
  Ref<> o = TRY(adopt(type->tp_alloc(type, d.size ? d.size : 1)));
  auto* z = reinterpret_cast<Int*>(o.get());
  z->ob_base.ob_size = Py_SIZE(value.get());
  memcpy(z->ob_digit, d.data, static_cast<size_t>(d.size) * sizeof(digit));
  return o;
}

// -- methods --

PyObject* itself(PyObject* self, PyObject*) { return int_copy(self).release(); }

constexpr char conjugate_doc[] = "Returns self, the complex conjugate of any int.";

constexpr char trunc_doc[] = "Truncating an Integral returns itself.";
constexpr char floor_doc[] = "Flooring an Integral returns itself.";
constexpr char ceil_doc[] = "Ceiling of an Integral returns itself.";

constexpr char bit_length_doc[] =
    "bit_length($self, /)\n--\n\n"
    "The number of bits that the absolute value needs: (37).bit_length() is 6, as bin(37) is '0b100101'.";
Ref<> bit_length_method(PyObject* self) { return new_int_unsigned(int_bit_length(self)); }

constexpr char bit_count_doc[] =
    "bit_count($self, /)\n--\n\n"
    "The number of ones in the absolute value written in binary.";
Ref<> bit_count_method(PyObject* self) { return new_int_unsigned(int_bit_count(self)); }

constexpr char ratio_doc[] =
    "as_integer_ratio($self, /)\n--\n\n"
    "The pair (self, 1): a numerator and a positive denominator.";
Ref<> as_integer_ratio(PyObject* self) {
  Ref<> numerator = TRY(int_copy(self));
  return tuple_of({numerator.get(), object(small_int(1))});
}

constexpr char getnewargs_doc[] = "__getnewargs__($self, /)\n--\n\n";
Ref<> getnewargs(PyObject* self) {
  Ref<> value = TRY(int_copy(self));
  return tuple_of({value.get()});
}

constexpr char format_doc[] = "__format__($self, format_spec, /)\n--\n\n";
Ref<> format_method(PyObject* self, Str& spec) { return format_int_value(self, whole(object(spec))); }

constexpr char round_doc[] =
    "__round__($self, ndigits=<unrepresentable>, /)\n--\n\n"
    "Rounding an int with negative ndigits gives a multiple of a power of ten, the even one of two equally near.\n\n"
    "Without ndigits, or with positive ones, it is the int itself.";
Ref<> round_method(PyObject* self, PyObject* ndigits) {
  if (!ndigits) return int_copy(self);
  Ref<> n = TRY(index(ndigits));
  return int_round_to_power_of_ten(self, n.get());
}

constexpr char sizeof_doc[] = "__sizeof__($self, /)\n--\n\nThe size in memory, in bytes.";
Py_ssize_t size_of(PyObject* self) {
  return static_cast<Py_ssize_t>(int_bytes(digits_of(self).size));
}

Result<Endian> endian_of(Str* byteorder) {
  if (!byteorder || str_equal(object(byteorder), "big")) return Endian::big;
  if (str_equal(object(byteorder), "little")) return Endian::little;
  return raise(PyExc_ValueError, "byteorder must be either 'little' or 'big'");
}

constexpr char to_bytes_doc[] =
    "to_bytes($self, /, length=1, byteorder='big', *, signed=False)\n--\n\n"
    "The int as bytes.\n\n"
    "  length\n    How many bytes; OverflowError if the int does not fit into them.\n"
    "  byteorder\n    'big': the most significant byte first; 'little': the least significant one.\n"
    "  signed\n    Negative values are written in two's complement; without it they are an OverflowError.";
Ref<> to_bytes(PyObject* self, Py_ssize_t length, Str* byteorder, bool is_signed) {
  Endian endian = TRY(endian_of(byteorder));
  if (length < 0) return raise(PyExc_ValueError, "length argument must be non-negative");
  Ref<> bytes = TRY(allocate_bytes(length));
  TRY(int_to_bytes(self, reinterpret_cast<uint8_t*>(bytes_data(bytes.get())), static_cast<size_t>(length), endian,
                   is_signed ? Signed::yes : Signed::no));
  return bytes;
}

constexpr char from_bytes_doc[] =
    "from_bytes($type, /, bytes, byteorder='big', *, signed=False)\n--\n\n"
    "The int that bytes (or an iterable of their values) represent.\n\n"
    "  byteorder\n    'big': the most significant byte comes first; 'little': the least significant one.\n"
    "  signed\n    The bytes are two's complement.";
Ref<> from_bytes(PyObject* type, PyObject* source, Str* byteorder, bool is_signed) {
  Endian endian = TRY(endian_of(byteorder));
  Ref<> bytes = TRY(object_to_bytes(source));
  std::string_view view = bytes_view(bytes.get());
  Ref<> value = TRY(int_from_bytes(reinterpret_cast<const uint8_t*>(view.data()), view.size(), endian,
                                   is_signed ? Signed::yes : Signed::no));
  if (type == object(&PyLong_Type)) return value;
  return call(type, value.get());
}

Ref<> get_self(PyObject* o, void*) { return int_copy(o); }
Ref<> get_zero(PyObject*, void*) { return new_int(0); }
Ref<> get_one(PyObject*, void*) { return new_int(1); }

constinit PyGetSetDef getset[] = {
    {"real", slot<get_self>, nullptr, "the real part of a complex number", nullptr},
    {"imag", slot<get_zero>, nullptr, "the imaginary part of a complex number", nullptr},
    {"numerator", slot<get_self>, nullptr, "the numerator of a rational number in lowest terms", nullptr},
    {"denominator", slot<get_one>, nullptr, "the denominator of a rational number in lowest terms", nullptr},
    {},
};

constinit PyMethodDef methods[] = {
    {"conjugate", itself, METH_NOARGS, conjugate_doc},
    method<bit_length_doc, bit_length_method>,
    method<bit_count_doc, bit_count_method>,
    method<to_bytes_doc, to_bytes>,
    method<from_bytes_doc, from_bytes>,
    method<ratio_doc, as_integer_ratio>,
    {"__trunc__", itself, METH_NOARGS, trunc_doc},
    {"__floor__", itself, METH_NOARGS, floor_doc},
    {"__ceil__", itself, METH_NOARGS, ceil_doc},
    method<round_doc, round_method>,
    method<getnewargs_doc, getnewargs>,
    method<format_doc, format_method>,
    method<sizeof_doc, size_of>,
    {},
};

constinit PyNumberMethods as_number = {
    .nb_add = slot<arithmetic<int_add>>,
    .nb_subtract = slot<arithmetic<int_subtract>>,
    .nb_multiply = slot<arithmetic<int_multiply>>,
    .nb_remainder = slot<arithmetic<int_modulo>>,
    .nb_divmod = slot<arithmetic<divmod_pair>>,
    .nb_power = slot<power_slot>,
    .nb_negative = slot<int_negate>,
    .nb_positive = slot<int_copy>,
    .nb_absolute = slot<int_absolute>,
    .nb_bool = slot<truth>,
    .nb_invert = slot<int_invert>,
    .nb_lshift = slot<arithmetic<int_shift_left>>,
    .nb_rshift = slot<arithmetic<int_shift_right>>,
    .nb_and = slot<arithmetic<int_and>>,
    .nb_xor = slot<arithmetic<int_xor>>,
    .nb_or = slot<arithmetic<int_or>>,
    .nb_int = slot<int_copy>,
    .nb_float = slot<to_float_slot>,
    .nb_floor_divide = slot<arithmetic<int_floor_divide>>,
    .nb_true_divide = slot<arithmetic<int_true_divide>>,
    .nb_index = slot<int_copy>,
};

/// Counted as a call, since __int__ may call int() again.
PyObject* int_vectorcall(PyObject* type, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  RecursionGuard guard(" while calling a Python object");
  return guard ? constructor<new_doc, create>::vectorcall(type, args, nargsf, kwnames) : nullptr;
}

}  // namespace
}  // namespace taipan

using namespace taipan;

constinit PyTypeObject PyLong_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "int",
    .tp_basicsize = offsetof(Int, ob_digit),
    .tp_itemsize = sizeof(digit),
    .tp_dealloc = dealloc,
    .tp_repr = slot<decimal_text>,
    .tp_as_number = &as_number,
    .tp_hash = slot<int_hash>,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_LONG_SUBCLASS | _Py_TPFLAGS_MATCH_SELF,
    .tp_doc = int_doc,
    .tp_richcompare = slot<compare_slot>,
    .tp_methods = methods,
    .tp_getset = getset,
    .tp_new = constructor<new_doc, create>::tp_new,
    .tp_vectorcall = int_vectorcall,
};
