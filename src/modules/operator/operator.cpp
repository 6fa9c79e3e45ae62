// The module _operator: Python's operators as functions.
#include "modules/operator/operator.h"

#include "modules/module.h"
#include "modules/modules.h"
#include "object/call.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "types/buffer.h"

namespace taipan {
namespace {

// -- operators --

template <Ref<> (*f)(PyObject*)>
Ref<> unary(PyObject*, PyObject* a) {
  return f(a);
}
template <BinaryOp op>
Ref<> operation(PyObject*, PyObject* a, PyObject* b) {
  return binary(op, a, b);
}
template <int op>
Ref<> comparison(PyObject*, PyObject* a, PyObject* b) {
  return compare(a, b, op);
}

constexpr char neg_doc[] = "neg($module, a, /)\n--\n\nSame as -a.";
constexpr char pos_doc[] = "pos($module, a, /)\n--\n\nSame as +a.";
constexpr char abs_doc[] = "abs($module, a, /)\n--\n\nSame as abs(a).";
constexpr char inv_doc[] = "inv($module, a, /)\n--\n\nSame as ~a.";
constexpr char invert_doc[] = "invert($module, a, /)\n--\n\nSame as ~a.";
constexpr char index_doc[] = "index($module, a, /)\n--\n\nSame as a.__index__()";
constexpr char add_doc[] = "add($module, a, b, /)\n--\n\nSame as a + b.";
constexpr char sub_doc[] = "sub($module, a, b, /)\n--\n\nSame as a - b.";
constexpr char mul_doc[] = "mul($module, a, b, /)\n--\n\nSame as a * b.";
constexpr char matmul_doc[] = "matmul($module, a, b, /)\n--\n\nSame as a @ b.";
constexpr char floordiv_doc[] = "floordiv($module, a, b, /)\n--\n\nSame as a // b.";
constexpr char truediv_doc[] = "truediv($module, a, b, /)\n--\n\nSame as a / b.";
constexpr char mod_doc[] = "mod($module, a, b, /)\n--\n\nSame as a % b.";
constexpr char lshift_doc[] = "lshift($module, a, b, /)\n--\n\nSame as a << b.";
constexpr char rshift_doc[] = "rshift($module, a, b, /)\n--\n\nSame as a >> b.";
constexpr char and__doc[] = "and_($module, a, b, /)\n--\n\nSame as a & b.";
constexpr char xor_doc[] = "xor($module, a, b, /)\n--\n\nSame as a ^ b.";
constexpr char or__doc[] = "or_($module, a, b, /)\n--\n\nSame as a | b.";
constexpr char iadd_doc[] = "iadd($module, a, b, /)\n--\n\nSame as a += b.";
constexpr char isub_doc[] = "isub($module, a, b, /)\n--\n\nSame as a -= b.";
constexpr char imul_doc[] = "imul($module, a, b, /)\n--\n\nSame as a *= b.";
constexpr char imatmul_doc[] = "imatmul($module, a, b, /)\n--\n\nSame as a @= b.";
constexpr char ifloordiv_doc[] = "ifloordiv($module, a, b, /)\n--\n\nSame as a //= b.";
constexpr char itruediv_doc[] = "itruediv($module, a, b, /)\n--\n\nSame as a /= b.";
constexpr char imod_doc[] = "imod($module, a, b, /)\n--\n\nSame as a %= b.";
constexpr char ilshift_doc[] = "ilshift($module, a, b, /)\n--\n\nSame as a <<= b.";
constexpr char irshift_doc[] = "irshift($module, a, b, /)\n--\n\nSame as a >>= b.";
constexpr char iand_doc[] = "iand($module, a, b, /)\n--\n\nSame as a &= b.";
constexpr char ixor_doc[] = "ixor($module, a, b, /)\n--\n\nSame as a ^= b.";
constexpr char ior_doc[] = "ior($module, a, b, /)\n--\n\nSame as a |= b.";
constexpr char lt_doc[] = "lt($module, a, b, /)\n--\n\nSame as a < b.";
constexpr char le_doc[] = "le($module, a, b, /)\n--\n\nSame as a <= b.";
constexpr char eq_doc[] = "eq($module, a, b, /)\n--\n\nSame as a == b.";
constexpr char ne_doc[] = "ne($module, a, b, /)\n--\n\nSame as a != b.";
constexpr char gt_doc[] = "gt($module, a, b, /)\n--\n\nSame as a > b.";
constexpr char ge_doc[] = "ge($module, a, b, /)\n--\n\nSame as a >= b.";

constexpr char pow_doc[] = "pow($module, a, b, /)\n--\n\nSame as a ** b.";
Ref<> pow(PyObject*, PyObject* a, PyObject* b) { return power(a, b, Py_None); }
constexpr char ipow_doc[] = "ipow($module, a, b, /)\n--\n\nSame as a **= b.";

constexpr char truth_doc[] = "truth($module, a, /)\n--\n\nReturn True if a is true, False otherwise.";
Result<bool> truth(PyObject*, PyObject* a) { return is_true(a); }
constexpr char not_doc[] = "not_($module, a, /)\n--\n\nSame as not a.";
Result<bool> not_(PyObject*, PyObject* a) { return !TRY(is_true(a)); }
constexpr char is_doc[] = "is_($module, a, b, /)\n--\n\nSame as a is b.";
bool is_(PyObject*, PyObject* a, PyObject* b) { return a == b; }
constexpr char is_not_doc[] = "is_not($module, a, b, /)\n--\n\nSame as a is not b.";
bool is_not(PyObject*, PyObject* a, PyObject* b) { return a != b; }

// -- containers --

constexpr char contains_doc[] = "contains($module, a, b, /)\n--\n\nSame as b in a (note reversed operands).";
Result<bool> contains(PyObject*, PyObject* a, PyObject* b) { return taipan::contains(a, b); }

constexpr char concat_doc[] = "concat($module, a, b, /)\n--\n\nSame as a + b, for a and b sequences.";
Ref<> concat(PyObject*, PyObject* a, PyObject* b) { return sequence_concat(a, b); }

constexpr char iconcat_doc[] = "iconcat($module, a, b, /)\n--\n\nSame as a += b, for a and b sequences.";
Ref<> iconcat(PyObject*, PyObject* a, PyObject* b) {
  PySequenceMethods* m = Py_TYPE(a)->tp_as_sequence;
  if (m && m->sq_inplace_concat) return adopt(m->sq_inplace_concat(a, b));
  if (m && m->sq_concat) return adopt(m->sq_concat(a, b));
  if (is_sequence(a) && is_sequence(b)) return binary(BinaryOp::InPlaceAdd, a, b);
  return raise(PyExc_TypeError, "'{}' object can't be concatenated", clip(type_name(a), 200));
}

/// iter(o), with the error that membership tests give.
Ref<> iterate_container(PyObject* o) {
  Ref<> iterator = iterate(o);
  if (!iterator && clear_error_if(PyExc_TypeError))
    return raise(PyExc_TypeError, "argument of type '{}' is not iterable", clip(type_name(o), 200));
  return iterator;
}

constexpr char countOf_doc[] =
    "countOf($module, a, b, /)\n--\n\nReturn the number of items in a which are, or which equal, b.";
Result<Py_ssize_t> countOf(PyObject*, PyObject* a, PyObject* b) {
  Ref<> iterator = TRY(iterate_container(a));
  Py_ssize_t count = 0;
  for (;;) {
    Ref<> o = TRY(next(iterator.get()));
    if (!o) return count;
    count += TRY(equal(o.get(), b));
  }
}

constexpr char indexOf_doc[] = "indexOf($module, a, b, /)\n--\n\nReturn the first index of b in a.";
Result<Py_ssize_t> indexOf(PyObject*, PyObject* a, PyObject* b) {
  Ref<> iterator = TRY(iterate_container(a));
  for (Py_ssize_t i = 0;; i++) {
    Ref<> o = TRY(next(iterator.get()));
    if (!o) return raise(PyExc_ValueError, "sequence.index(x): x not in sequence");
    if (TRY(equal(o.get(), b))) return i;
  }
}

constexpr char getitem_doc[] = "getitem($module, a, b, /)\n--\n\nSame as a[b].";
Ref<> getitem(PyObject*, PyObject* a, PyObject* b) { return get_item(a, b); }
constexpr char setitem_doc[] = "setitem($module, a, b, c, /)\n--\n\nSame as a[b] = c.";
Status setitem(PyObject*, PyObject* a, PyObject* b, PyObject* c) { return set_item(a, b, c); }
constexpr char delitem_doc[] = "delitem($module, a, b, /)\n--\n\nSame as del a[b].";
Status delitem(PyObject*, PyObject* a, PyObject* b) { return del_item(a, b); }

constexpr char length_hint_doc[] =
    "length_hint($module, obj, default=0, /)\n--\n\n"
    "How many items obj is likely to have: its length, or what __length_hint__ says, or default.\n\n"
    "The number may be wrong in either direction.";
Result<Py_ssize_t> length_hint(PyObject*, PyObject* o, Py_ssize_t otherwise) { return taipan::length_hint(o, otherwise); }

// -- calls --

constexpr char call_doc[] = "call($module, obj, /, *args, **kwargs)\n--\n\nSame as obj(*args, **kwargs).";
Ref<> call(PyObject*, Arguments args) {
  if (args.count < 1 && !check_positional("call", args.count, 1, PY_SSIZE_T_MAX)) return Raised{};
  return vectorcall(args.items[0], args.items + 1, static_cast<size_t>(args.count - 1), args.names);
}

// -- comparing secrets --

/// Takes as long for the same sizes whatever the contents: where they differ must not be measurable.
bool equal_in_constant_time(const unsigned char* a, size_t n, const unsigned char* b, size_t m) {
  volatile unsigned char difference = n != m;
  const unsigned char* left = n == m ? a : b;  // of different sizes: as much work, already known to fail
  for (size_t i = 0; i < m; i++) difference = difference | (left[i] ^ b[i]);
  return difference == 0;
}

/// The bytes behind a buffer, held while this lives.
struct HeldBuffer {
  Py_buffer view{};
  Status hold(PyObject* o) {
    TRY(acquire_buffer(o, &view, PyBUF_SIMPLE));
    if (view.ndim > 1) return raise(PyExc_BufferError, "Buffer must be single dimension");
    return {};
  }
  ~HeldBuffer() { release_buffer(&view); }
  const unsigned char* data() const { return static_cast<unsigned char*>(view.buf); }
};

constexpr char compare_digest_doc[] =
    "_compare_digest($module, a, b, /)\n--\n\n"
    "a == b for ASCII str or bytes, in a time that does not depend on their contents.\n\n"
    "Of different lengths or types, the time may tell that.";
Result<bool> compare_digest(PyObject*, PyObject* a, PyObject* b) {
  if (PyUnicode_Check(a) && PyUnicode_Check(b)) {
    if (!is_ascii(a) || !is_ascii(b))
      return raise(PyExc_TypeError, "comparing strings with non-ASCII characters is not supported");
    return equal_in_constant_time(static_cast<unsigned char*>(PyUnicode_DATA(a)), static_cast<size_t>(str_length(a)),
                                  static_cast<unsigned char*>(PyUnicode_DATA(b)), static_cast<size_t>(str_length(b)));
  }
  if (!has_buffer(a) && !has_buffer(b))
    return raise(PyExc_TypeError, "unsupported operand types(s) or combination of types: '{}' and '{}'",
                 clip(type_name(a), 100), clip(type_name(b), 100));
  HeldBuffer x, y;
  TRY(x.hold(a));
  TRY(y.hold(b));
  return equal_in_constant_time(x.data(), static_cast<size_t>(x.view.len), y.data(), static_cast<size_t>(y.view.len));
}

constinit PyMethodDef rows[] = {
    method<neg_doc, unary<taipan::negative>>,
    method<pos_doc, unary<taipan::positive>>,
    method<abs_doc, unary<taipan::absolute>>,
    method<inv_doc, unary<taipan::invert>>,
    method<invert_doc, unary<taipan::invert>>,
    method<index_doc, unary<taipan::index>>,
    method<add_doc, operation<BinaryOp::Add>>,
    method<sub_doc, operation<BinaryOp::Sub>>,
    method<mul_doc, operation<BinaryOp::Mult>>,
    method<matmul_doc, operation<BinaryOp::MatMult>>,
    method<floordiv_doc, operation<BinaryOp::FloorDiv>>,
    method<truediv_doc, operation<BinaryOp::Div>>,
    method<mod_doc, operation<BinaryOp::Mod>>,
    method<lshift_doc, operation<BinaryOp::LShift>>,
    method<rshift_doc, operation<BinaryOp::RShift>>,
    method<and__doc, operation<BinaryOp::And>>,
    method<xor_doc, operation<BinaryOp::Xor>>,
    method<or__doc, operation<BinaryOp::Or>>,
    method<iadd_doc, operation<BinaryOp::InPlaceAdd>>,
    method<isub_doc, operation<BinaryOp::InPlaceSub>>,
    method<imul_doc, operation<BinaryOp::InPlaceMult>>,
    method<imatmul_doc, operation<BinaryOp::InPlaceMatMult>>,
    method<ifloordiv_doc, operation<BinaryOp::InPlaceFloorDiv>>,
    method<itruediv_doc, operation<BinaryOp::InPlaceDiv>>,
    method<imod_doc, operation<BinaryOp::InPlaceMod>>,
    method<ilshift_doc, operation<BinaryOp::InPlaceLShift>>,
    method<irshift_doc, operation<BinaryOp::InPlaceRShift>>,
    method<iand_doc, operation<BinaryOp::InPlaceAnd>>,
    method<ixor_doc, operation<BinaryOp::InPlaceXor>>,
    method<ior_doc, operation<BinaryOp::InPlaceOr>>,
    method<lt_doc, comparison<Py_LT>>,
    method<le_doc, comparison<Py_LE>>,
    method<eq_doc, comparison<Py_EQ>>,
    method<ne_doc, comparison<Py_NE>>,
    method<gt_doc, comparison<Py_GT>>,
    method<ge_doc, comparison<Py_GE>>,
    method<pow_doc, pow>,
    method<ipow_doc, operation<BinaryOp::InPlacePow>>,
    method<truth_doc, truth>,
    method<not_doc, not_>,
    method<is_doc, is_>,
    method<is_not_doc, is_not>,
    method<contains_doc, contains>,
    method<concat_doc, concat>,
    method<iconcat_doc, iconcat>,
    method<countOf_doc, countOf>,
    method<indexOf_doc, indexOf>,
    method<getitem_doc, getitem>,
    method<setitem_doc, setitem>,
    method<delitem_doc, delitem>,
    method<length_hint_doc, length_hint>,
    varargs<call>("call", call_doc),
    method<compare_digest_doc, compare_digest>,
    {},
};

Status fill(PyObject* module) {
  for (PyTypeObject* type : {&itemgetter_type, &attrgetter_type, &methodcaller_type}) TRY(add_type(module, type));
  return {};
}

constexpr char operator_doc[] =
    "Operator interface.\n\n"
    "Python's operators as functions: operator.add(x, y) is x+y. They have the names of the special\n"
    "methods, without the underscores where that is unambiguous.";

}  // namespace
}  // namespace taipan

PyObject* init_operator() { return taipan::define_module<"_operator", taipan::operator_doc, taipan::fill, taipan::rows>(); }
