// Python's operators on any objects: number slots first, then what sequences offer for + and *.
#include "object/error.h"
#include "object/int.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/stack.h"
#include "object/str.h"
#include "object/type.h"

namespace taipan {
namespace {

struct OperatorRow {
  binaryfunc PyNumberMethods::*slot;
  binaryfunc PyNumberMethods::*inplace;  // null for the plain forms
  const char* symbol;
};
using N = PyNumberMethods;
constexpr OperatorRow kOperators[] = {
    {&N::nb_add, nullptr, "+"}, {&N::nb_and, nullptr, "&"}, {&N::nb_floor_divide, nullptr, "//"},
    {&N::nb_lshift, nullptr, "<<"}, {&N::nb_matrix_multiply, nullptr, "@"}, {&N::nb_multiply, nullptr, "*"},
    {&N::nb_remainder, nullptr, "%"}, {&N::nb_or, nullptr, "|"}, {nullptr, nullptr, "** or pow()"},
    {&N::nb_rshift, nullptr, ">>"}, {&N::nb_subtract, nullptr, "-"}, {&N::nb_true_divide, nullptr, "/"},
    {&N::nb_xor, nullptr, "^"},
    {&N::nb_add, &N::nb_inplace_add, "+="}, {&N::nb_and, &N::nb_inplace_and, "&="},
    {&N::nb_floor_divide, &N::nb_inplace_floor_divide, "//="}, {&N::nb_lshift, &N::nb_inplace_lshift, "<<="},
    {&N::nb_matrix_multiply, &N::nb_inplace_matrix_multiply, "@="}, {&N::nb_multiply, &N::nb_inplace_multiply, "*="},
    {&N::nb_remainder, &N::nb_inplace_remainder, "%="}, {&N::nb_or, &N::nb_inplace_or, "|="},
    {nullptr, nullptr, "**="}, {&N::nb_rshift, &N::nb_inplace_rshift, ">>="},
    {&N::nb_subtract, &N::nb_inplace_subtract, "-="}, {&N::nb_true_divide, &N::nb_inplace_true_divide, "/="},
    {&N::nb_xor, &N::nb_inplace_xor, "^="},
};
static_assert(std::size(kOperators) == static_cast<size_t>(BinaryOp::InPlaceXor) + 1);

binaryfunc slot_of(PyObject* o, binaryfunc PyNumberMethods::*slot) {
  PyNumberMethods* m = Py_TYPE(o)->tp_as_number;
  return m ? m->*slot : nullptr;
}

/// Left, then right; right first if its type derives from the left's. NotImplemented if neither knows.
Ref<> try_operator(PyObject* a, PyObject* b, binaryfunc PyNumberMethods::*slot) {
  binaryfunc left = slot_of(a, slot);
  binaryfunc right = Py_TYPE(a) == Py_TYPE(b) ? nullptr : slot_of(b, slot);
  if (right == left) right = nullptr;
  if (left) {
    if (right && is_subtype(Py_TYPE(b), Py_TYPE(a))) {
      Ref<> r = TRY(adopt(right(a, b)));
      if (r.get() != Py_NotImplemented) return r;
      right = nullptr;
    }
    Ref<> r = TRY(adopt(left(a, b)));
    if (r.get() != Py_NotImplemented) return r;
  }
  if (right) return adopt(right(a, b));
  return not_implemented();
}

Raised raise_unsupported(PyObject* a, PyObject* b, const char* symbol) {
  return raise(PyExc_TypeError, "unsupported operand type(s) for {}: '{}' and '{}'", symbol, clip(type_name(a), 100),
               clip(type_name(b), 100));
}

/// `print >> file` deserves a hint.
bool is_print(PyObject* o) {
  return PyCFunction_CheckExact(o) && strcmp(reinterpret_cast<PyCFunctionObject*>(o)->m_ml->ml_name, "print") == 0;
}

Ref<> repeat(ssizeargfunc f, PyObject* sequence, PyObject* count) {
  if (!is_index(count))
    return raise(PyExc_TypeError, "can't multiply sequence by non-int of type '{}'", clip(type_name(count), 200));
  Py_ssize_t n = TRY(to_ssize(count, PyExc_OverflowError));
  return adopt(f(sequence, n));
}

/// What sequences add to + and *. Empty without exception: nothing.
Ref<> sequence_operator(BinaryOp op, PyObject* a, PyObject* b, bool* tried) {
  bool inplace = op >= BinaryOp::InPlaceAdd;
  PySequenceMethods *x = Py_TYPE(a)->tp_as_sequence, *y = Py_TYPE(b)->tp_as_sequence;
  *tried = true;
  if (op == BinaryOp::Add || op == BinaryOp::InPlaceAdd) {
    if (x) {
      binaryfunc f = inplace && x->sq_inplace_concat ? x->sq_inplace_concat : x->sq_concat;
      if (f) return adopt(f(a, b));
    }
  } else if (op == BinaryOp::Mult || op == BinaryOp::InPlaceMult) {
    if (x) {
      ssizeargfunc f = inplace && x->sq_inplace_repeat ? x->sq_inplace_repeat : x->sq_repeat;
      if (f) return repeat(f, a, b);
    }
    // In place, the right operand is asked only if the left one is no sequence at all.
    if (y && y->sq_repeat && !(inplace && x)) return repeat(y->sq_repeat, b, a);
  }
  *tried = false;
  return {};
}

Ref<> try_power(PyObject* a, PyObject* b, PyObject* modulus) {
  auto slot = [](PyObject* o) { return Py_TYPE(o)->tp_as_number ? Py_TYPE(o)->tp_as_number->nb_power : nullptr; };
  ternaryfunc left = slot(a), right = Py_TYPE(a) == Py_TYPE(b) ? nullptr : slot(b);
  if (right == left) right = nullptr;
  if (left) {
    if (right && is_subtype(Py_TYPE(b), Py_TYPE(a))) {
      Ref<> r = TRY(adopt(right(a, b, modulus)));
      if (r.get() != Py_NotImplemented) return r;
      right = nullptr;
    }
    Ref<> r = TRY(adopt(left(a, b, modulus)));
    if (r.get() != Py_NotImplemented) return r;
  }
  if (right) {
    Ref<> r = TRY(adopt(right(a, b, modulus)));
    if (r.get() != Py_NotImplemented) return r;
  }
  ternaryfunc third = slot(modulus);
  if (third && third != left && third != right) return adopt(third(a, b, modulus));
  return not_implemented();
}

Ref<> in_place_power(PyObject* a, PyObject* b) {
  PyNumberMethods* m = Py_TYPE(a)->tp_as_number;
  if (m && m->nb_inplace_power) {
    Ref<> r = TRY(adopt(m->nb_inplace_power(a, b, Py_None)));
    if (r.get() != Py_NotImplemented) return r;
  }
  Ref<> r = TRY(try_power(a, b, Py_None));
  if (r.get() != Py_NotImplemented) return r;
  return raise_unsupported(a, b, "**=");
}

Ref<> unary(PyObject* o, unaryfunc PyNumberMethods::*slot, const char* symbol) {
  PyNumberMethods* m = Py_TYPE(o)->tp_as_number;
  if (m && m->*slot) return adopt((m->*slot)(o));
  return raise(PyExc_TypeError, "bad operand type for {}: '{}'", symbol, clip(type_name(o), 200));
}

}  // namespace

static Ref<> binary_of_sequences(BinaryOp op, PyObject* a, PyObject* b);

Ref<> binary(BinaryOp op, PyObject* a, PyObject* b) {
  if (!has_stack(" in an operator")) return Raised{};
  if (op == BinaryOp::Pow) return power(a, b, Py_None);
  if (op == BinaryOp::InPlacePow) return in_place_power(a, b);
  const OperatorRow& row = kOperators[static_cast<size_t>(op)];
  if (row.inplace) {
    if (binaryfunc f = slot_of(a, row.inplace)) {
      Ref<> r = TRY(adopt(f(a, b)));
      if (r.get() != Py_NotImplemented) return r;
    }
  }
  Ref<> r = TRY(try_operator(a, b, row.slot));
  if (r.get() != Py_NotImplemented) return r;
  return binary_of_sequences(op, a, b);
}

Ref<> binary_after_left(BinaryOp op, PyObject* a, PyObject* b) {
  const OperatorRow& row = kOperators[static_cast<size_t>(op)];
  binaryfunc right = Py_TYPE(a) == Py_TYPE(b) ? nullptr : slot_of(b, row.slot);
  if (right && right != slot_of(a, row.slot)) {
    Ref<> r = TRY(adopt(right(a, b)));
    if (r.get() != Py_NotImplemented) return r;
  }
  return binary_of_sequences(op, a, b);
}

static Ref<> binary_of_sequences(BinaryOp op, PyObject* a, PyObject* b) {
  const OperatorRow& row = kOperators[static_cast<size_t>(op)];
  bool tried;
  Ref<> s = sequence_operator(op, a, b, &tried);
  if (tried) return s;
  if (op == BinaryOp::RShift && is_print(a))
    return raise(PyExc_TypeError,
                 "unsupported operand type(s) for {}: '{}' and '{}'. Did you mean \"print(<message>, file=<output_stream>)\"?",
                 row.symbol, clip(type_name(a), 100), clip(type_name(b), 100));
  return raise_unsupported(a, b, row.symbol);
}

Ref<> power(PyObject* a, PyObject* b, PyObject* modulus) {
  Ref<> r = TRY(try_power(a, b, modulus));
  if (r.get() != Py_NotImplemented) return r;
  if (modulus == Py_None) return raise_unsupported(a, b, "** or pow()");
  return raise(PyExc_TypeError, "unsupported operand type(s) for ** or pow(): '{}', '{}', '{}'", clip(type_name(a), 100),
               clip(type_name(b), 100), clip(type_name(modulus), 100));
}
Ref<> divmod(PyObject* a, PyObject* b) {
  Ref<> r = TRY(try_operator(a, b, &N::nb_divmod));
  if (r.get() != Py_NotImplemented) return r;
  return raise_unsupported(a, b, "divmod()");
}

Ref<> negative(PyObject* o) { return unary(o, &N::nb_negative, "unary -"); }
Ref<> positive(PyObject* o) { return unary(o, &N::nb_positive, "unary +"); }
Ref<> invert(PyObject* o) { return unary(o, &N::nb_invert, "unary ~"); }
Ref<> absolute(PyObject* o) { return unary(o, &N::nb_absolute, "abs()"); }

Ref<> index(PyObject* o) {
  if (PyLong_CheckExact(o)) return share(o);
  if (PyLong_Check(o)) return int_copy(o);
  if (!is_index(o))
    return raise(PyExc_TypeError, "'{}' object cannot be interpreted as an integer", clip(type_name(o), 200));
  Ref<> r = TRY(adopt(Py_TYPE(o)->tp_as_number->nb_index(o)));
  if (PyLong_CheckExact(r.get())) return r;
  if (!PyLong_Check(r.get()))
    return raise(PyExc_TypeError, "__index__ returned non-int (type {})", clip(type_name(r.get()), 200));
  TextBuffer text;
  format(text, "__index__ returned non-int (type {}).  The ability to return an instance of a strict subclass of int is "
               "deprecated, and may be removed in a future version of Python.", clip(type_name(r.get()), 200));
  TRY(warn(PyExc_DeprecationWarning, 1, text.c_str()));
  return int_copy(r.get());
}

Result<Py_ssize_t> to_ssize(PyObject* o, PyObject* overflow) {
  Ref<> n = TRY(index(o));
  int64_t value;
  int outside = int_to_int64(n.get(), &value);
  if (!outside) return static_cast<Py_ssize_t>(value);
  if (!overflow) return outside < 0 ? PY_SSIZE_T_MIN : PY_SSIZE_T_MAX;
  return raise(overflow, "cannot fit '{}' into an index-sized integer", clip(type_name(o), 200));
}

}  // namespace taipan
