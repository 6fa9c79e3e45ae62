// Pass one of verification: each instruction alone, and the tables. After it, walking over the code stays inside it,
// every operand means something, and every jump and handler leads to an instruction.
#include "vm/verify.h"

#include <cstdarg>
#include <cstdio>

#include "object/error.h"
#include "object/protocol.h"
#include "object/tuple.h"
#include "types/code.h"

namespace taipan {

namespace detail {

namespace {

constexpr int kBytes = sizeof(CodeUnit);
constexpr int kSuspending = CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR;
constexpr uint32_t kBinaryOperators = 26, kComparisons = 6;

bool is_str_tuple(PyObject* o) {
  if (!PyTuple_CheckExact(o)) return false;
  for (Py_ssize_t i = 0; i < tuple_size(o); i++) {
    if (!PyUnicode_CheckExact(item(o, i))) return false;
  }
  return true;
}

/// The largest operand of instructions whose operand is a choice; -1: any operand is good.
int64_t largest_choice(Opcode op) {
  switch (op) {
    case Opcode::BINARY_OP: return kBinaryOperators - 1;
    case Opcode::COMPARE_OP: return kComparisons - 1;
    case Opcode::IS_OP:
    case Opcode::CONTAINS_OP:
    case Opcode::CALL_FUNCTION_EX: return 1;
    case Opcode::RAISE_VARARGS: return 2;
    case Opcode::BUILD_SLICE: return 3;
    case Opcode::FORMAT_VALUE: return 7;
    case Opcode::MAKE_FUNCTION: return 15;
    default: return -1;
  }
}

int64_t smallest_choice(Opcode op) {
  switch (op) {
    case Opcode::BUILD_SLICE: return 2;
    case Opcode::COPY:
    case Opcode::SWAP:
    case Opcode::LIST_APPEND:
    case Opcode::SET_ADD:
    case Opcode::MAP_ADD:
    case Opcode::LIST_EXTEND:
    case Opcode::SET_UPDATE:
    case Opcode::DICT_UPDATE:
    case Opcode::DICT_MERGE: return 1;
    default: return 0;
  }
}

/// Reads the numbers of an exception table as strictly as the unwinder's search needs them: the first byte of an
/// entry, and no other, has the top bit set.
class StrictReader {
 public:
  explicit StrictReader(std::span<const uint8_t> table) : table_(table) {}
  bool at_end() const { return at_ >= table_.size(); }
  /// -1: malformed.
  int number(bool first) {
    int64_t value = 0;
    for (int length = 0; length < 5 && at_ < table_.size(); length++) {
      uint8_t byte = table_[at_++];
      if (((byte & 0x80) != 0) != (first && length == 0)) return -1;
      value = value << 6 | (byte & 0x3f);
      if (!(byte & 0x40)) return static_cast<int>(value);
    }
    return -1;
  }

 private:
  std::span<const uint8_t> table_;
  size_t at_ = 0;
};

}  // namespace

Raised Verifier::fail(int unit, const char* text, ...) {
  char what[200];
  va_list args;
  va_start(args, text);
  vsnprintf(what, sizeof what, text, args);
  va_end(args);
  return raise(PyExc_SystemError, "invalid bytecode in {} at offset {}: {}", as_str(code_->co_qualname), unit * kBytes,
               what);
}

Raised Verifier::fail_count(const Instruction& i, const char* what, Py_ssize_t count) {
  return fail(i.index, "%s has operand %u, but there are %zd %s", info(i.opcode).name.data(), i.operand, count, what);
}

Status Verifier::run() {
  TRY(check_instructions());
  TRY(check_exception_table());
  TRY(check_targets());
  TRY(check_stack());
  clear_caches();
  return {};
}

Status Verifier::check_instructions() {
  if (!n_) return fail(0, "there are no instructions");
  if (!flags_.resize(static_cast<size_t>(n_)) || !cell_made_.resize(static_cast<size_t>(code_->co_nlocalsplus)))
    return raise_no_memory();
  for (int at = 0; at < n_;) {
    Instruction i;
    TRY(read(at, &i));
    flags_[static_cast<size_t>(at)] |= kStart;
    TRY(check_prologue(i));
    TRY(check_operand(i));
    TRY(check_order(i));
    before_ = i;
    at = i.end;
  }
  if (!info(before_.opcode).ends_block()) return fail(before_.index, "the code runs over its end");
  return {};
}

Status Verifier::read(int at, Instruction* i) {
  i->start = at;
  while (opcode_of(units_[at]) == Opcode::EXTENDED_ARG) {
    i->operand = (i->operand | static_cast<uint32_t>(operand_of(units_[at]))) << 8;
    if (++at == n_) return fail(i->start, "EXTENDED_ARG without an instruction");
  }
  Opcode op = opcode_of(units_[at]);
  const OpcodeInfo& row = info(op);
  if (!row.exists() || row.specialized || op == Opcode::CACHE)
    return fail(at, "%d is not the number of an instruction", static_cast<int>(op));
  i->index = at;
  i->opcode = op;
  i->operand |= static_cast<uint32_t>(operand_of(units_[at]));
  i->end = at + 1 + row.caches;
  if (i->end > n_) return fail(at, "the caches of %s are cut off", row.name.data());
  return {};
}

Status Verifier::check_operand(const Instruction& i) {
  int64_t largest = largest_choice(i.opcode);
  if ((largest >= 0 && i.operand > largest) || i.operand < smallest_choice(i.opcode))
    return fail(i.index, "%s cannot have operand %u", info(i.opcode).name.data(), i.operand);
  switch (info(i.opcode).operand) {
    case Operand::constant: return check_constant(i);
    case Operand::local:
    case Operand::deref: return check_variable(i);
    case Operand::name:
      if (i.operand >= tuple_size(code_->co_names)) return fail_count(i, "names", tuple_size(code_->co_names));
      return {};
    case Operand::global_name:
      if (i.operand >> 1 >= tuple_size(code_->co_names)) return fail_count(i, "names", tuple_size(code_->co_names));
      return {};
    case Operand::forward: return mark_target(i, int64_t{i.end} + i.operand, "jumps");
    case Operand::backward: return mark_target(i, int64_t{i.end} - i.operand, "jumps");
    default: return {};
  }
}

Status Verifier::check_constant(const Instruction& i) {
  PyObject* constants = code_->co_consts;
  if (i.operand >= tuple_size(constants)) return fail_count(i, "constants", tuple_size(constants));
  if (i.opcode != Opcode::KW_NAMES) return {};
  PyObject* names = item(constants, i.operand);
  if (!is_str_tuple(names)) return fail(i.index, "KW_NAMES wants a tuple of str");
  keywords_ = tuple_size(names);
  return {};
}

Status Verifier::check_variable(const Instruction& i) {
  if (i.operand >= static_cast<uint32_t>(code_->co_nlocalsplus)) return fail_count(i, "variables", code_->co_nlocalsplus);
  uint8_t kind = local_kind(code_, static_cast<int>(i.operand));
  switch (i.opcode) {
    case Opcode::LOAD_FAST: return {};
    case Opcode::STORE_FAST:
    case Opcode::DELETE_FAST:
      if (kind == kLocalVariable) return {};
      return fail(i.index, "%s would overwrite the cell of variable %u", info(i.opcode).name.data(), i.operand);
    case Opcode::MAKE_CELL:
      if (!(kind & kCellVariable)) return fail(i.index, "MAKE_CELL for variable %u, which is no cell variable", i.operand);
      cell_made_[i.operand] = true;
      return {};
    default:
      if (cell_made_[i.operand]) return {};
      return fail(i.index, "%s needs a cell, but variable %u has none", info(i.opcode).name.data(), i.operand);
  }
}

// Cells come into being before anything else: from the caller's closure, then new ones. So that they always exist
// behind the prologue, nothing jumps into it. A generator is made right behind it.
Status Verifier::check_prologue(const Instruction& i) {
  if (i.opcode == Opcode::NOP) return {};
  bool in_prologue = body_ < 0;
  switch (i.opcode) {
    case Opcode::MAKE_CELL:
      if (!in_prologue) return fail(i.index, "MAKE_CELL behind the start of the function");
      return {};
    case Opcode::COPY_FREE_VARS:
      if (!in_prologue || frees_copied_) return fail(i.index, "COPY_FREE_VARS behind the start of the function");
      if (i.operand != static_cast<uint32_t>(code_->co_nfreevars)) return fail_count(i, "free variables", code_->co_nfreevars);
      for (int slot = code_->co_nlocalsplus - code_->co_nfreevars; slot < code_->co_nlocalsplus; slot++)
        cell_made_[static_cast<size_t>(slot)] = true;
      frees_copied_ = true;
      return {};
    case Opcode::RETURN_GENERATOR:
      if (!in_prologue) return fail(i.index, "RETURN_GENERATOR behind the start of the function");
      if (!(code_->co_flags & kSuspending)) return fail(i.index, "RETURN_GENERATOR in a function that is no generator");
      is_generator_ = true;
      body_ = i.end;
      return {};
    default:
      if (in_prologue) body_ = i.start;
      return {};
  }
}

// KW_NAMES, PRECALL and CALL belong together: specialised forms of PRECALL do the work of the CALL behind it.
Status Verifier::check_order(const Instruction& i) {
  if (before_.opcode == Opcode::PRECALL && (i.opcode != Opcode::CALL || i.operand != before_.operand))
    return fail(before_.index, "no CALL %u follows PRECALL %u", before_.operand, before_.operand);
  if (before_.opcode == Opcode::KW_NAMES) {
    if (i.opcode != Opcode::PRECALL) return fail(before_.index, "no call follows KW_NAMES");
    if (i.operand < keywords_) return fail(before_.index, "more names of arguments than arguments");
  }
  return {};
}

Status Verifier::mark_target(const Instruction& i, int64_t unit, const char* what) {
  if (unit < 0 || unit >= n_)
    return fail(i.index, "%s %s out of the code", info(i.opcode).name.data(), what);
  flags_[static_cast<size_t>(unit)] |= kTarget;
  return {};
}

Status Verifier::check_exception_table() {
  StrictReader reader(exception_table(code_));
  int last = 0;
  while (!reader.at_end()) {
    int start = reader.number(true), length = reader.number(false), handler = reader.number(false);
    int depth = reader.number(false);
    if (start < 0 || length < 0 || handler < 0 || depth < 0) return fail(last, "the exception table is malformed");
    ExceptionEntry entry{start, 0, handler, depth >> 1, (depth & 1) != 0};
    if (start < last || length < 1 || length > n_ - start)
      return fail(start, "the exception table has a wrong range");
    entry.end = last = start + length;
    if (handler >= n_) return fail(start, "an exception handler lies outside the code");
    if (entry.depth > code_->co_stacksize) return fail(start, "an exception handler wants a stack that is too deep");
    flags_[static_cast<size_t>(handler)] |= kTarget;
    if (!entries_.append(entry)) return raise_no_memory();
  }
  if (entries_.empty()) return {};
  if (!entry_of_.resize(static_cast<size_t>(n_))) return raise_no_memory();
  for (int& entry : entry_of_) entry = -1;
  for (size_t k = 0; k < entries_.size(); k++) {
    for (int unit = entries_[k].start; unit < entries_[k].end; unit++) entry_of_[static_cast<size_t>(unit)] = static_cast<int>(k);
  }
  return {};
}

Status Verifier::check_targets() {
  for (int unit = 0; unit < n_; unit++) {
    uint8_t flags = flags_[static_cast<size_t>(unit)];
    if (!(flags & kTarget)) continue;
    if (!(flags & kStart)) return fail(unit, "a jump or an exception leads into the middle of an instruction");
    if (unit < body_) return fail(unit, "a jump or an exception leads to the start of the function");
  }
  return {};
}

// The interpreter keeps counters and addresses in the caches: what lies there when the code comes is not believed.
void Verifier::clear_caches() {
  InstructionIterator walk(units_, n_);
  while (walk.next()) {
    for (int unit = walk.index() + 1; unit < walk.end(); unit++) units_[unit] = 0;
  }
}

}  // namespace detail

Status verify_code(Code* code) {
  TRY(detail::Verifier(code).run());
  set_verified(code);
  return {};
}

}  // namespace taipan
