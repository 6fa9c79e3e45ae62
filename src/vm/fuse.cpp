// Fusing an instruction with the loads in front of it. The first of them becomes the fused instruction; the others stay
// as they are, for jumps, tracing and co_code. What is fused must follow without prefixes or caches in between.
#include <algorithm>
#include <array>

#include "vm/specialize.h"

namespace taipan {

namespace {

/// The starts of the instructions before another one; null: none.
struct Before {
  CodeUnit* first = nullptr;   // directly in front
  CodeUnit* second = nullptr;  // in front of that
  CodeUnit* third = nullptr;
};

/// The sizes of all instructions in one place: to find their bounds, nothing else of them is needed.
constexpr std::array<uint8_t, 256> kUnits = [] {
  std::array<uint8_t, 256> units{};
  for (size_t op = 0; op < units.size(); op++) units[op] = static_cast<uint8_t>(1 + kOpcodes[op].caches);
  return units;
}();
constexpr int kMostUnits = *std::max_element(kUnits.begin(), kUnits.end());

/// Might a unit before `at` be an instruction whose caches end there? Caches hold anything, so it need not be one.
bool may_follow_caches(CodeUnit* first, CodeUnit* at) {
  for (int back = 2; back <= kMostUnits && back <= at - first; back++)
    if (kUnits[at[-back] & 0xff] == back) return true;
  return false;
}

/// Finds them from the start of the code.
Before walk_to(CodeUnit* first, CodeUnit* at) {
  Before before;
  for (CodeUnit* unit = first; unit < at; unit += kUnits[*unit & 0xff]) before = {unit, before.first, before.second};
  if (before.first && before.first + 1 != at) return {};
  if (before.second && before.second + 1 != before.first) before.second = before.third = nullptr;
  if (before.third && before.third + 1 != before.second) before.third = nullptr;
  return before;
}

/// Those without caches, as long as they follow each other. A jump need not be looked for: who jumps between the loads
/// finds them as they were.
Before instructions_before(PyCodeObject* code, CodeUnit* at) {
  CodeUnit* first = first_unit(code);
  Before before;
  CodeUnit* here = at;
  for (CodeUnit** found : {&before.first, &before.second, &before.third}) {
    if (here == first || kUnits[here[-1] & 0xff] != 1 || opcode_of(here[-1]) == Opcode::CACHE) break;
    if (may_follow_caches(first, here)) return walk_to(first, at);
    *found = --here;
  }
  return before;
}
Opcode base(CodeUnit* unit) { return unit ? unspecialized(opcode_of(*unit)) : Opcode::CACHE; }

/// An instruction must not step over the next one any more, which now does more than its own work.
void take_apart(CodeUnit* unit) {
  if (!unit) return;
  switch (opcode_of(*unit)) {
    case Opcode::LOAD_CONST__LOAD_FAST:
    case Opcode::LOAD_FAST__LOAD_CONST:
    case Opcode::LOAD_FAST__LOAD_FAST:
    case Opcode::STORE_FAST__LOAD_FAST: set_opcode(unit, base(unit)); break;
    default: break;
  }
}

Opcode with_two_locals(Opcode form, bool stores) {
  switch (form) {
    case Opcode::BINARY_OP_ADD_INT:
      return stores ? Opcode::LOAD_FAST__LOAD_FAST__ADD_INT__STORE_FAST : Opcode::LOAD_FAST__LOAD_FAST__ADD_INT;
    case Opcode::BINARY_OP_SUBTRACT_INT: return Opcode::LOAD_FAST__LOAD_FAST__SUBTRACT_INT;
    case Opcode::BINARY_OP_MULTIPLY_INT: return Opcode::LOAD_FAST__LOAD_FAST__MULTIPLY_INT;
    case Opcode::BINARY_OP_ADD_FLOAT: return Opcode::LOAD_FAST__LOAD_FAST__ADD_FLOAT;
    case Opcode::BINARY_OP_SUBTRACT_FLOAT: return Opcode::LOAD_FAST__LOAD_FAST__SUBTRACT_FLOAT;
    case Opcode::BINARY_OP_MULTIPLY_FLOAT: return Opcode::LOAD_FAST__LOAD_FAST__MULTIPLY_FLOAT;
    case Opcode::COMPARE_OP_INT_JUMP: return Opcode::LOAD_FAST__LOAD_FAST__COMPARE_INT_JUMP;
    case Opcode::COMPARE_OP_FLOAT_JUMP: return Opcode::LOAD_FAST__LOAD_FAST__COMPARE_FLOAT_JUMP;
    case Opcode::BINARY_SUBSCR_LIST_INT: return Opcode::LOAD_FAST__LOAD_FAST__SUBSCR_LIST;
    case Opcode::STORE_SUBSCR_LIST_INT: return Opcode::LOAD_FAST__LOAD_FAST__STORE_SUBSCR_LIST;
    default: return Opcode::CACHE;
  }
}
Opcode with_local_and_constant(Opcode form, bool stores) {
  switch (form) {
    case Opcode::BINARY_OP_ADD_INT:
      return stores ? Opcode::LOAD_FAST__LOAD_CONST__ADD_INT__STORE_FAST : Opcode::LOAD_FAST__LOAD_CONST__ADD_INT;
    case Opcode::BINARY_OP_SUBTRACT_INT:
      return stores ? Opcode::LOAD_FAST__LOAD_CONST__SUBTRACT_INT__STORE_FAST : Opcode::LOAD_FAST__LOAD_CONST__SUBTRACT_INT;
    case Opcode::BINARY_OP_OTHER_INT: return Opcode::LOAD_FAST__LOAD_CONST__OTHER_INT;
    case Opcode::COMPARE_OP_INT_JUMP: return Opcode::LOAD_FAST__LOAD_CONST__COMPARE_INT_JUMP;
    case Opcode::COMPARE_OP_STR_JUMP: return Opcode::LOAD_FAST__LOAD_CONST__COMPARE_STR_JUMP;
    case Opcode::BINARY_SUBSCR_LIST_INT: return Opcode::LOAD_FAST__LOAD_CONST__SUBSCR_LIST;
    case Opcode::BINARY_SUBSCR_TUPLE_INT: return Opcode::LOAD_FAST__LOAD_CONST__SUBSCR_TUPLE;
    default: return Opcode::CACHE;
  }
}
Opcode with_local(Opcode form) {
  switch (form) {
    case Opcode::BINARY_OP_ADD_INT: return Opcode::LOAD_FAST__ADD_INT;
    case Opcode::BINARY_OP_ADD_FLOAT: return Opcode::LOAD_FAST__ADD_FLOAT;
    case Opcode::BINARY_OP_SUBTRACT_FLOAT: return Opcode::LOAD_FAST__SUBTRACT_FLOAT;
    case Opcode::BINARY_OP_MULTIPLY_FLOAT: return Opcode::LOAD_FAST__MULTIPLY_FLOAT;
    case Opcode::COMPARE_OP_INT_JUMP: return Opcode::LOAD_FAST__COMPARE_INT_JUMP;
    case Opcode::BINARY_SUBSCR_LIST_INT: return Opcode::LOAD_FAST__SUBSCR_LIST;
    case Opcode::LOAD_ATTR_INSTANCE_VALUE: return Opcode::LOAD_FAST__LOAD_ATTR_INSTANCE_VALUE;
    case Opcode::LOAD_ATTR_SLOT: return Opcode::LOAD_FAST__LOAD_ATTR_SLOT;
    case Opcode::LOAD_METHOD_NO_DICT: return Opcode::LOAD_FAST__LOAD_METHOD_NO_DICT;
    case Opcode::LOAD_METHOD_WITH_VALUES: return Opcode::LOAD_FAST__LOAD_METHOD_WITH_VALUES;
    case Opcode::STORE_ATTR_INSTANCE_VALUE: return Opcode::LOAD_FAST__STORE_ATTR_INSTANCE_VALUE;
    case Opcode::STORE_ATTR_SLOT: return Opcode::LOAD_FAST__STORE_ATTR_SLOT;
    default: return Opcode::CACHE;
  }
}
Opcode with_constant(Opcode form) {
  switch (form) {
    case Opcode::BINARY_OP_ADD_INT: return Opcode::LOAD_CONST__ADD_INT;
    case Opcode::BINARY_OP_SUBTRACT_INT: return Opcode::LOAD_CONST__SUBTRACT_INT;
    case Opcode::BINARY_OP_OTHER_INT: return Opcode::LOAD_CONST__OTHER_INT;
    case Opcode::COMPARE_OP_INT_JUMP: return Opcode::LOAD_CONST__COMPARE_INT_JUMP;
    case Opcode::COMPARE_OP_STR_JUMP: return Opcode::LOAD_CONST__COMPARE_STR_JUMP;
    default: return Opcode::CACHE;
  }
}

/// A load that stands for itself again: what it was fused with has changed.
void part(CodeUnit* unit) {
  Opcode op = base(unit);
  if (op == Opcode::LOAD_FAST || op == Opcode::LOAD_CONST) set_opcode(unit, op);
}
/// The same for the first of two loads, which may remain a pair.
void part_from_operator(CodeUnit* unit, CodeUnit* next) {
  if (base(unit) != Opcode::LOAD_FAST) return;
  Opcode pair = pair_of(Opcode::LOAD_FAST, base(next));
  set_opcode(unit, pair != Opcode::CACHE ? pair : Opcode::LOAD_FAST);
}

}  // namespace

static bool may_be_load(CodeUnit unit) {
  Opcode op = unspecialized(opcode_of(unit));
  return op == Opcode::LOAD_FAST || op == Opcode::LOAD_CONST;
}

void fuse_with_loads(PyCodeObject* code, CodeUnit* at) {
  if (at == first_unit(code) || !may_be_load(at[-1])) return;
  Before before = instructions_before(code, at);
  Opcode form = opcode_of(*at);
  Opcode right = base(before.first), left = base(before.second);
  if (right != Opcode::LOAD_FAST && right != Opcode::LOAD_CONST) return;
  Opcode next = unspecialized(opcode_of(at[1 + cache_units(unspecialized(form))]));
  bool stores = next == Opcode::STORE_FAST;
  if (left == Opcode::LOAD_FAST) {
    Opcode fused = right == Opcode::LOAD_FAST ? with_two_locals(form, stores) : with_local_and_constant(form, stores);
    if (fused != Opcode::CACHE) {
      take_apart(before.third);
      set_opcode(before.second, fused);
      part(before.first);
      return;
    }
  }
  Opcode fused = right == Opcode::LOAD_FAST ? with_local(form) : with_constant(form);
  if (fused != Opcode::CACHE) {
    take_apart(before.second);
    if (before.second && left == Opcode::LOAD_FAST) part(before.second);
    set_opcode(before.first, fused);
    return;
  }
  part(before.first);
  part_from_operator(before.second, before.first);
}

}  // namespace taipan
