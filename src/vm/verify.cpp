// Pass one of verification: each instruction alone, and the tables. After it, walking over the code stays inside it,
// every operand means something, and every jump and handler leads to an instruction.
#include "vm/verify.h"

#include <cstdarg>
#include <cstdio>

#include "object/alloc.h"
#include "object/error.h"
#include "object/protocol.h"
#include "object/tuple.h"
#include "vm/verifier.h"

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
constexpr int64_t largest_choice(Opcode op) {
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

constexpr int64_t smallest_choice(Opcode op) {
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

/// What raises in these leaves on the stack what it looked at.
constexpr bool looks_only(Opcode op) {
  switch (op) {
    case Opcode::WITH_EXCEPT_START:
    case Opcode::GET_ANEXT:
    case Opcode::GET_LEN:
    case Opcode::MATCH_KEYS:
    case Opcode::IMPORT_FROM: return true;
    default: return false;
  }
}

constexpr std::pair<Limit, uint32_t> kChoices[] = {
    {Limit::two, 2},     {Limit::three, 3},     {Limit::four, 4},
    {Limit::six, 6},     {Limit::eight, 8},     {Limit::sixteen, 16},
    {Limit::operators, kBinaryOperators},
};

consteval Limit limit_of(Opcode op) {
  if (smallest_choice(op) > 0) return Limit::asked;
  int64_t largest = largest_choice(op);
  for (auto [limit, count] : kChoices) {
    if (largest + 1 == count) return limit;
  }
  if (largest >= 0) return Limit::asked;
  switch (info(op).operand) {
    case Operand::constant: return op == Opcode::KW_NAMES ? Limit::asked : Limit::constants;
    case Operand::name: return Limit::names;
    case Operand::global_name: return Limit::globals;
    case Operand::local: return op == Opcode::LOAD_FAST ? Limit::variables : Limit::stored;
    case Operand::deref: return Limit::asked;
    default: return Limit::none;
  }
}

consteval bool has_fixed_effect(Opcode op) {
  StackEffect some = info(op).effect(0);
  for (int n : {1, 2, 3, 4, 5, 6, 7, 8, 16, 255, 256, 65536}) {
    StackEffect other = info(op).effect(n);
    if (other.pops != some.pops || other.pushes != some.pushes) return false;
  }
  return true;
}

consteval Action action_of(Opcode op) {
  switch (op) {
    case Opcode::LOAD_GLOBAL: return Action::load_global;
    case Opcode::PRECALL: return Action::precall;
    case Opcode::CALL: return Action::call;
    case Opcode::MAKE_FUNCTION: return Action::make_function;
    case Opcode::BUILD_TUPLE:
    case Opcode::BUILD_STRING: return Action::build;
    case Opcode::BUILD_LIST:
    case Opcode::BUILD_SET:
    case Opcode::BUILD_MAP:
    case Opcode::BUILD_CONST_KEY_MAP:
    case Opcode::LIST_APPEND:
    case Opcode::LIST_EXTEND:
    case Opcode::LIST_TO_TUPLE:
    case Opcode::SET_ADD:
    case Opcode::SET_UPDATE:
    case Opcode::MAP_ADD:
    case Opcode::DICT_UPDATE:
    case Opcode::DICT_MERGE: return Action::collection;
    case Opcode::PUSH_EXC_INFO:
    case Opcode::POP_EXCEPT:
    case Opcode::CHECK_EXC_MATCH:
    case Opcode::CHECK_EG_MATCH:
    case Opcode::PREP_RERAISE_STAR:
    case Opcode::WITH_EXCEPT_START:
    case Opcode::RERAISE: return Action::exception;
    case Opcode::RETURN_GENERATOR:
    case Opcode::YIELD_VALUE:
    case Opcode::LOAD_METHOD:
    case Opcode::EXTENDED_ARG: return Action::other;
    default: break;
  }
  if (info(op).jumps()) return Action::jump;
  return has_fixed_effect(op) ? Action::plain : Action::other;
}

consteval uint8_t flags_of(Opcode op) {
  uint8_t flags = 0;
  if (info(op).ends_block()) flags |= Rule::ends;
  if (info(op).jumps()) flags |= Rule::jumps;
  if (op == Opcode::EXTENDED_ARG) flags |= Rule::extends;
  if (op == Opcode::MAKE_CELL || op == Opcode::COPY_FREE_VARS || op == Opcode::RETURN_GENERATOR) flags |= Rule::in_prologue;
  if (action_of(op) != Action::plain) flags |= Rule::not_plain;
  if (op == Opcode::KW_NAMES || op == Opcode::PRECALL) flags |= Rule::in_call;
  return flags;
}

consteval Rule make_rule(Opcode op) {
  const OpcodeInfo& row = info(op);
  if (!row.exists() || row.specialized || op == Opcode::CACHE) return {.limit = Limit::asked};
  Rule rule{.units = static_cast<uint8_t>(1 + row.caches),
            .limit = limit_of(op),
            .action = action_of(op),
            .flags = flags_of(op)};
  if (rule.action == Action::plain) {
    StackEffect effect = row.effect(0);
    if (effect.pops > kAtOnce || effect.pushes > kAtOnce) std::unreachable();  // does not compile
    rule.popped = topmost(effect.pops);
    rule.pops = static_cast<uint8_t>(effect.pops);
    rule.pushes = static_cast<uint8_t>(effect.pushes);
    if (op == Opcode::PUSH_NULL) rule.pushed = Kind::null;
    rule.raise_pops = row.may_raise() && !looks_only(op) ? rule.pops : uint8_t{0};
  }
  return rule;
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

constexpr size_t padded(int units) { return (static_cast<size_t>(units) + 7) & ~size_t{7}; }

}  // namespace

constinit const std::array<Rule, 256> kRules = [] consteval {
  std::array<Rule, 256> rules{};
  for (size_t op = 0; op < rules.size(); op++) rules[op] = make_rule(static_cast<Opcode>(op));
  return rules;
}();

struct Scratch::Block {
  Block* next;
};

void* Scratch::take_block(size_t size) {
  auto* block = static_cast<Block*>(raw_allocate(sizeof(Block) + size));
  if (!block) return nullptr;
  block->next = std::exchange(blocks_, block);
  return block + 1;
}

Scratch::~Scratch() {
  while (blocks_) raw_free(std::exchange(blocks_, blocks_->next));
}

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
  TRY(prepare());
  TRY(check_instructions());
  TRY(check_exception_table());
  TRY(check_targets());
  return check_stack();
}

Status Verifier::prepare() {
  if (!n_) return fail(0, "there are no instructions");
  auto variables = static_cast<uint64_t>(code_->co_nlocalsplus);
  bool has_cells = code_->co_ncellvars || code_->co_nfreevars;
  auto limit = [&](Limit of) -> uint64_t& { return limits_[static_cast<size_t>(of)]; };
  limit(Limit::none) = UINT64_MAX;
  limit(Limit::constants) = static_cast<uint64_t>(tuple_size(code_->co_consts));
  limit(Limit::names) = static_cast<uint64_t>(tuple_size(code_->co_names));
  limit(Limit::globals) = 2 * limit(Limit::names);
  limit(Limit::variables) = variables;
  limit(Limit::stored) = has_cells ? 0 : variables;
  limit(Limit::asked) = 0;
  for (auto [choice, count] : kChoices) limit(choice) = count;

  flags_ = scratch_.take<uint8_t>(padded(n_));
  cell_made_ = scratch_.take<bool>(variables);
  if (!flags_ || !cell_made_) return raise_no_memory();
  memset(flags_, 0, padded(n_));
  memset(cell_made_, 0, variables);
  return {};
}

Status Verifier::check_instructions() {
  for (int at = 0; at < n_;) {
    TRY(check_instruction(&at));
    if (body_ >= 0) at = skip_simple(at);
  }
  return {};
}

/// The interpreter keeps counters and addresses in the caches: what lies there when the code comes is not believed.
static inline void clear_caches(CodeUnit* first, int count) {
  switch (count) {
    case 0: return;
    case 1: *first = 0; return;
    case 4: memset(first, 0, 4 * sizeof(CodeUnit)); return;
    case 5: memset(first, 0, 5 * sizeof(CodeUnit)); return;
    default: memset(first, 0, static_cast<size_t>(count) * sizeof(CodeUnit));
  }
}

/// Skips instructions of which there is no more to say than that their operands are within limits. Never skips the last.
int Verifier::skip_simple(int unit) {
  CodeUnit* units = units_;
  uint8_t* flags = flags_;
  for (int last = n_ - 1;;) {
    if (unit >= last) return unit;
    CodeUnit now = units[unit];
    const Rule& known = rule(opcode_of(now));
    int end = unit + known.units;
    if (static_cast<unsigned>(operand_of(now)) >= limits_[static_cast<size_t>(known.limit)] || end >= n_) return unit;
    if (known.flags & ~(Rule::ends | Rule::not_plain)) {
      bool is_call = opcode_of(now) == Opcode::PRECALL && units[end] == make_unit(Opcode::CALL, operand_of(now));
      if (!is_call) return unit;
    }
    flags[unit] |= kStart;
    if (known.units > 1) clear_caches(units + unit + 1, known.units - 1);
    unit = end;
  }
}

/// Checks an instruction, and those that must follow it; moves `unit` behind them.
Status Verifier::check_instruction(int* unit) {
  for (bool prescribed = false;;) {
    int at = *unit;
    flags_[at] |= kStart;
    Instruction i{at, at, 0, opcode_of(units_[at]), static_cast<uint32_t>(operand_of(units_[at]))};
    if (i.opcode == Opcode::EXTENDED_ARG) TRY(read_prefixed(&i));
    const Rule& known = rule(i.opcode);
    i.end = i.index + known.units;
    if (i.end > n_) return fail(i.index, "the caches of %s are cut off", info(i.opcode).name.data());
    clear_caches(units_ + i.index + 1, known.units - 1);
    if (body_ < 0 || known.flags & Rule::in_prologue) TRY(check_prologue(i));
    if (i.operand >= limits_[static_cast<size_t>(known.limit)]) TRY(check_operand(i));
    if (known.flags & Rule::jumps) TRY(check_jump(i));
    if (prescribed) TRY(check_order(i));
    *unit = i.end;
    if (i.end == n_ && !(known.flags & Rule::ends)) return fail(i.index, "the code runs over its end");
    if (!(known.flags & Rule::in_call)) return {};
    prescribed = true;
    before_ = i;
  }
}

Status Verifier::read_prefixed(Instruction* i) {
  uint32_t operand = 0;
  int at = i->start;
  while (opcode_of(units_[at]) == Opcode::EXTENDED_ARG) {
    operand = (operand | static_cast<uint32_t>(operand_of(units_[at]))) << 8;
    if (++at == n_) return fail(i->start, "EXTENDED_ARG without an instruction");
  }
  i->index = at;
  i->opcode = opcode_of(units_[at]);
  i->operand = operand | static_cast<uint32_t>(operand_of(units_[at]));
  return {};
}

/// An operand beyond the instruction's limit, or an instruction for which it is not as simple as that.
Status Verifier::check_operand(const Instruction& i) {
  const OpcodeInfo& row = info(i.opcode);
  if (!row.exists() || row.specialized || i.opcode == Opcode::CACHE)
    return fail(i.index, "%d is not the number of an instruction", static_cast<int>(i.opcode));
  int64_t largest = largest_choice(i.opcode);
  if ((largest >= 0 && i.operand > largest) || i.operand < smallest_choice(i.opcode))
    return fail(i.index, "%s cannot have operand %u", row.name.data(), i.operand);
  switch (row.operand) {
    case Operand::constant: return check_constant(i);
    case Operand::local:
    case Operand::deref: return check_variable(i);
    case Operand::name:
      if (i.operand >= tuple_size(code_->co_names)) return fail_count(i, "names", tuple_size(code_->co_names));
      return {};
    case Operand::global_name:
      if (i.operand >> 1 >= tuple_size(code_->co_names)) return fail_count(i, "names", tuple_size(code_->co_names));
      return {};
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

Status Verifier::check_jump(const Instruction& i) {
  bool forward = info(i.opcode).operand == Operand::forward;
  int64_t unit = forward ? int64_t{i.end} + i.operand : int64_t{i.end} - i.operand;
  if (unit < 0 || unit >= n_) return fail(i.index, "%s jumps out of the code", info(i.opcode).name.data());
  return mark_target(static_cast<int>(unit));
}

Status Verifier::mark_target(int unit) {
  if (flags_[unit] & kTarget) return {};
  if (!state_of_) state_of_ = scratch_.take<int>(static_cast<size_t>(n_));
  if (!state_of_) return raise_no_memory();
  flags_[unit] |= kTarget;
  state_of_[unit] = -1;
  target_count_++;
  return {};
}

Status Verifier::check_exception_table() {
  std::span<const uint8_t> table = exception_table(code_);
  if (table.empty()) return {};
  constexpr size_t kLeastEntry = 4;
  entries_ = scratch_.take<ExceptionEntry>(table.size() / kLeastEntry + 1);
  if (!entries_) return raise_no_memory();
  StrictReader reader(table);
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
    TRY(mark_target(handler));
    entries_[entry_count_++] = entry;
  }
  return {};
}

Status Verifier::check_targets() {
  if (!target_count_) return {};
  auto check = [&](int unit) -> Status {
    if (!(flags_[unit] & kTarget)) return {};
    if (!(flags_[unit] & kStart)) return fail(unit, "a jump or an exception leads into the middle of an instruction");
    if (unit < body_) return fail(unit, "a jump or an exception leads to the start of the function");
    return {};
  };
  for (int unit = 0; unit < body_; unit++) TRY(check(unit));
  constexpr uint64_t kEach = 0x0101010101010101;
  for (int unit = 0; unit < n_; unit += sizeof(uint64_t)) {
    uint64_t eight;
    memcpy(&eight, flags_ + unit, sizeof eight);
    static_assert(kTarget == kStart << 1);
    if (!(eight & ~(eight << 1) & kEach * kTarget)) continue;
    for (int each = unit; each < n_; each++) TRY(check(each));
  }
  return {};
}

}  // namespace detail

Status verify_code(Code* code) {
  TRY(detail::Verifier(code).run());
  set_verified(code);
  return {};
}

}  // namespace taipan
