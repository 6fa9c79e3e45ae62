// Quickening, and the specialisation of operators and subscripts.
#include "vm/specialize.h"

#include <array>

#include "object/dict.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/type.h"
#include "vm/calls_inline.h"
#include "vm/function.h"

namespace taipan {

static constexpr Opcode adaptive_form(Opcode op) {
  switch (op) {
    case Opcode::BINARY_OP: return Opcode::BINARY_OP_ADAPTIVE;
    case Opcode::BINARY_SUBSCR: return Opcode::BINARY_SUBSCR_ADAPTIVE;
    case Opcode::CALL: return Opcode::CALL_ADAPTIVE;
    case Opcode::COMPARE_OP: return Opcode::COMPARE_OP_ADAPTIVE;
    case Opcode::LOAD_ATTR: return Opcode::LOAD_ATTR_ADAPTIVE;
    case Opcode::LOAD_GLOBAL: return Opcode::LOAD_GLOBAL_ADAPTIVE;
    case Opcode::LOAD_METHOD: return Opcode::LOAD_METHOD_ADAPTIVE;
    case Opcode::PRECALL: return Opcode::PRECALL_ADAPTIVE;
    case Opcode::STORE_ATTR: return Opcode::STORE_ATTR_ADAPTIVE;
    case Opcode::STORE_SUBSCR: return Opcode::STORE_SUBSCR_ADAPTIVE;
    case Opcode::UNPACK_SEQUENCE: return Opcode::UNPACK_SEQUENCE_ADAPTIVE;
    case Opcode::RESUME: return Opcode::RESUME_QUICK;
    case Opcode::JUMP_BACKWARD: return Opcode::JUMP_BACKWARD_QUICK;
    case Opcode::EXTENDED_ARG: return Opcode::EXTENDED_ARG_QUICK;
    default: return op;
  }
}

static constexpr Opcode find_pair(Opcode first, Opcode second) {
  if (first == Opcode::LOAD_FAST && second == Opcode::LOAD_FAST) return Opcode::LOAD_FAST__LOAD_FAST;
  if (first == Opcode::LOAD_FAST && second == Opcode::LOAD_CONST) return Opcode::LOAD_FAST__LOAD_CONST;
  if (first == Opcode::LOAD_CONST && second == Opcode::LOAD_FAST) return Opcode::LOAD_CONST__LOAD_FAST;
  if (first == Opcode::STORE_FAST && second == Opcode::LOAD_FAST) return Opcode::STORE_FAST__LOAD_FAST;
  if (first == Opcode::STORE_FAST && second == Opcode::STORE_FAST) return Opcode::STORE_FAST__STORE_FAST;
  if (first == Opcode::BUILD_SLICE && second == Opcode::BINARY_SUBSCR) return Opcode::BUILD_SLICE__BINARY_SUBSCR;
  if (first == Opcode::BUILD_SLICE && second == Opcode::STORE_SUBSCR) return Opcode::BUILD_SLICE__STORE_SUBSCR;
  if (first == Opcode::LOAD_FAST && second == Opcode::RETURN_VALUE) return Opcode::LOAD_FAST__RETURN_VALUE;
  if (first == Opcode::LOAD_CONST && second == Opcode::RETURN_VALUE) return Opcode::LOAD_CONST__RETURN_VALUE;
  if (first == Opcode::LOAD_FAST && second == Opcode::POP_JUMP_FORWARD_IF_FALSE)
    return Opcode::LOAD_FAST__POP_JUMP_FORWARD_IF_FALSE;
  if (first == Opcode::LOAD_FAST && second == Opcode::POP_JUMP_FORWARD_IF_TRUE)
    return Opcode::LOAD_FAST__POP_JUMP_FORWARD_IF_TRUE;
  return Opcode::CACHE;
}
Opcode pair_of(Opcode first, Opcode second) { return find_pair(first, second); }

static constexpr bool starts_pair(Opcode op) {
  for (int next = 0; next < 256; next++)
    if (find_pair(op, static_cast<Opcode>(next)) != Opcode::CACHE) return true;
  return false;
}

/// What quickening wants to know of the 256 opcodes.
struct Quickened {
  Opcode base, adaptive;
  uint8_t caches;
  bool starts_pair;
};
static constexpr std::array<Quickened, 256> kQuickened = [] {
  std::array<Quickened, 256> rows{};
  for (size_t n = 0; n < rows.size(); n++) {
    Opcode base = unspecialized(static_cast<Opcode>(n)), adaptive = adaptive_form(base);
    auto caches = static_cast<uint8_t>(cache_units(base));
    rows[n] = {base, adaptive, caches, !caches && adaptive == base && starts_pair(base)};
  }
  return rows;
}();

void quicken(PyCodeObject* code) {
  CodeUnit* units = first_unit(code);
  Py_ssize_t n = Py_SIZE(code);
  Opcode previous = Opcode::CACHE;
  for (Py_ssize_t i = 0; i < n; i++) {
    auto [op, adaptive, caches, may_be_first] = kQuickened[units[i] & 0xff];
    if (adaptive != op) {
      set_opcode(&units[i], adaptive);
      if (caches) units[i + 1] = 0;
    }
    if (i && previous != Opcode::CACHE) {
      // The operand of an instruction behind EXTENDED_ARG does not fit in a pair.
      bool extended_first = i > 1 && unspecialized(opcode_of(units[i - 2])) == Opcode::EXTENDED_ARG;
      Opcode pair = extended_first ? Opcode::CACHE : find_pair(previous, op);
      if (pair != Opcode::CACHE) set_opcode(&units[i - 1], pair);
    }
    previous = may_be_first ? op : Opcode::CACHE;
    i += caches;
  }
}

// -- operators --

static Opcode int_operation(BinaryOp operation) {
  switch (operation) {
    case BinaryOp::Add: case BinaryOp::InPlaceAdd: return Opcode::BINARY_OP_ADD_INT;
    case BinaryOp::Sub: case BinaryOp::InPlaceSub: return Opcode::BINARY_OP_SUBTRACT_INT;
    case BinaryOp::Mult: case BinaryOp::InPlaceMult: return Opcode::BINARY_OP_MULTIPLY_INT;
    case BinaryOp::Div: case BinaryOp::InPlaceDiv: return Opcode::BINARY_OP_MIXED_FLOAT;
    case BinaryOp::Pow: case BinaryOp::InPlacePow: case BinaryOp::MatMult: case BinaryOp::InPlaceMatMult:
      return Opcode::CACHE;
    default: return Opcode::BINARY_OP_OTHER_INT;
  }
}
static Opcode float_operation(BinaryOp operation) {
  switch (operation) {
    case BinaryOp::Add: case BinaryOp::InPlaceAdd: return Opcode::BINARY_OP_ADD_FLOAT;
    case BinaryOp::Sub: case BinaryOp::InPlaceSub: return Opcode::BINARY_OP_SUBTRACT_FLOAT;
    case BinaryOp::Mult: case BinaryOp::InPlaceMult: return Opcode::BINARY_OP_MULTIPLY_FLOAT;
    case BinaryOp::Div: case BinaryOp::InPlaceDiv: return Opcode::BINARY_OP_DIVIDE_FLOAT;
    default: return Opcode::CACHE;
  }
}
static bool is_short_number(PyObject* o) { return PyFloat_CheckExact(o) || (PyLong_CheckExact(o) && is_single_digit(o)); }

static Opcode binary_form(Frame* f, CodeUnit* at, PyObject* a, PyObject* b, BinaryOp operation) {
  bool addition = operation == BinaryOp::Add || operation == BinaryOp::InPlaceAdd;
  if (PyLong_CheckExact(a) && PyLong_CheckExact(b)) {
    Opcode form = int_operation(operation);
    bool fits = form != Opcode::BINARY_OP_OTHER_INT && form != Opcode::BINARY_OP_MIXED_FLOAT;
    return fits || (is_single_digit(a) && is_single_digit(b)) ? form : Opcode::CACHE;
  }
  if (PyFloat_CheckExact(a) && PyFloat_CheckExact(b)) return float_operation(operation);
  if (addition && PyUnicode_CheckExact(a) && PyUnicode_CheckExact(b)) {
    // `s += t` on a local: the local may give its reference up, so that the text grows in place.
    CodeUnit next = at[1 + cache_units(Opcode::BINARY_OP)];
    bool grows = unspecialized(opcode_of(next)) == Opcode::STORE_FAST && f->slots[operand_of(next)] == a;
    return grows ? Opcode::BINARY_OP_INPLACE_ADD_UNICODE : Opcode::BINARY_OP_ADD_UNICODE;
  }
  if (operator_method(static_cast<unsigned>(operation), a, b)) return Opcode::BINARY_OP_PYTHON;
  if (is_short_number(a) && is_short_number(b) && float_operation(operation) != Opcode::CACHE)
    return Opcode::BINARY_OP_MIXED_FLOAT;
  return Opcode::CACHE;
}

void specialize_binary_op(Frame* f, CodeUnit* at, PyObject* a, PyObject* b, unsigned operation) {
  Opcode form = binary_form(f, at, a, b, static_cast<BinaryOp>(operation));
  if (form == Opcode::CACHE) return not_specialized(at);
  specialized_to(at, form);
  fuse_with_loads(f->code, at);
}

/// The mask tells for less, equal, greater (bits 0, 1, 2) whether to jump; bit 3: backward.
void specialize_compare(Frame* f, CodeUnit* at, PyObject* a, PyObject* b, unsigned comparison) {
  static constexpr uint16_t masks[] = {1, 3, 2, 5, 4, 6};  // < <= == != > >=
  if (comparison_method(comparison, a, b)) {
    specialized_to(at, Opcode::COMPARE_OP_PYTHON);
    return fuse_with_loads(f->code, at);
  }
  Opcode next = unspecialized(opcode_of(at[1 + cache_units(Opcode::COMPARE_OP)]));
  bool if_true = next == Opcode::POP_JUMP_FORWARD_IF_TRUE || next == Opcode::POP_JUMP_BACKWARD_IF_TRUE;
  bool if_false = next == Opcode::POP_JUMP_FORWARD_IF_FALSE || next == Opcode::POP_JUMP_BACKWARD_IF_FALSE;
  bool backward = next == Opcode::POP_JUMP_BACKWARD_IF_TRUE || next == Opcode::POP_JUMP_BACKWARD_IF_FALSE;
  if ((!if_true && !if_false) || Py_TYPE(a) != Py_TYPE(b)) return not_specialized(at);
  uint16_t mask = masks[comparison];
  if (if_false) mask = ~mask & 7;
  at[1 + CompareCache::mask] = mask | (backward ? 8 : 0);
  PyTypeObject* type = Py_TYPE(a);
  if (type == &PyFloat_Type) specialized_to(at, Opcode::COMPARE_OP_FLOAT_JUMP);
  else if (type == &PyLong_Type) specialized_to(at, Opcode::COMPARE_OP_INT_JUMP);
  else if (type == &PyUnicode_Type && (comparison == Py_EQ || comparison == Py_NE)) specialized_to(at, Opcode::COMPARE_OP_STR_JUMP);
  else return not_specialized(at);
  fuse_with_loads(f->code, at);
}

// -- subscripts --

void specialize_subscript(CodeUnit* at, PyObject* container, PyObject* key) {
  PyTypeObject* type = Py_TYPE(container);
  if (type == &PyDict_Type) return specialized_to(at, Opcode::BINARY_SUBSCR_DICT);
  if (Py_TYPE(key) == &PyLong_Type) {
    if (type == &PyList_Type) return specialized_to(at, Opcode::BINARY_SUBSCR_LIST_INT);
    if (type == &PyTuple_Type) return specialized_to(at, Opcode::BINARY_SUBSCR_TUPLE_INT);
    if (type == &PyUnicode_Type) return specialized_to(at, Opcode::BINARY_SUBSCR_STR_INT);
  }
  if (has_feature(type, Py_TPFLAGS_HEAPTYPE) && assign_version(type)) {
    PyObject* found = type_lookup(type, "__getitem__"_name);
    if (found && is_plain_function(found)) {
      auto* func = reinterpret_cast<PyFunctionObject*>(found);
      auto* code = reinterpret_cast<PyCodeObject*>(func->func_code);
      bool simple = !(code->co_flags & (CO_VARARGS | CO_VARKEYWORDS)) && code->co_flags & CO_OPTIMIZED &&
                    !code->co_kwonlyargcount && code->co_argcount == 2;
      if (simple) {
        write_u32(at + 1 + SubscriptCache::type_version, type->tp_version_tag);
        return specialized_to(at, Opcode::BINARY_SUBSCR_GETITEM);
      }
    }
  }
  not_specialized(at);
}

void specialize_store_subscript(CodeUnit* at, PyObject* container, PyObject* key) {
  PyTypeObject* type = Py_TYPE(container);
  if (type == &PyDict_Type) return specialized_to(at, Opcode::STORE_SUBSCR_DICT);
  if (type == &PyList_Type && Py_TYPE(key) == &PyLong_Type)
    return specialized_to(at, Opcode::STORE_SUBSCR_LIST_INT);
  not_specialized(at);
}

void specialize_unpack(CodeUnit* at, PyObject* o, unsigned n) {
  if (PyTuple_CheckExact(o) && Py_SIZE(o) == static_cast<Py_ssize_t>(n))
    return specialized_to(at, n == 2 ? Opcode::UNPACK_SEQUENCE_TWO_TUPLE : Opcode::UNPACK_SEQUENCE_TUPLE);
  if (PyList_CheckExact(o) && Py_SIZE(o) == static_cast<Py_ssize_t>(n))
    return specialized_to(at, Opcode::UNPACK_SEQUENCE_LIST);
  not_specialized(at);
}

}  // namespace taipan
