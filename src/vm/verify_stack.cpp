// Pass two of verification: the stack. Every path through the code is followed with the kinds of what lies on the
// stack; where paths meet, depths must agree and kinds are joined. What is asked of a kind is what handlers do not
// look at themselves: that it is not NULL, that a step of a comprehension finds its list, that what becomes the
// handled exception is an exception.
#include <algorithm>
#include <bit>
#include <climits>
#include <cstring>
#include <utility>

#include "object/error.h"
#include "vm/verifier.h"

namespace taipan::detail {

namespace {

/// An operand beyond this would be deeper than any stack.
constexpr uint32_t kLargestCount = 0x1000000;
constexpr int kFirstRoom = 32;

}  // namespace

Kind Verifier::merged(Kind a, Kind b) {
  if (a == b) return a;
  if (a <= Kind::maybe_null || b <= Kind::maybe_null) return Kind::maybe_null;
  if (a >= Kind::exception && b >= Kind::exception) return Kind::handled;
  return Kind::object;
}

bool Verifier::fits(Kind kind, Kind wanted) {
  switch (wanted) {
    case Kind::maybe_null: return true;
    case Kind::object: return kind > Kind::maybe_null;
    case Kind::handled: return kind >= Kind::exception;
    default: return kind == wanted;
  }
}

inline Status Verifier::need(const Instruction& i, int below_top, Kind wanted) {
  if (below_top <= depth_ && fits(peek(below_top), wanted)) [[likely]] return {};
  return fail_need(i, below_top, wanted);
}

Raised Verifier::fail_need(const Instruction& i, int below_top, Kind wanted) {
  static constexpr const char* kNames[] = {"NULL", "NULL or an object", "an object", "a list", "a set", "a dict",
                                           "an exception", "a handled exception"};
  if (below_top > depth_)
    return fail(i.index, "%s wants %d items on the stack, but there are %d", info(i.opcode).name.data(), below_top, depth_);
  return fail(i.index, "%s wants %s on the stack at %d, but finds %s", info(i.opcode).name.data(),
              kNames[static_cast<int>(wanted)], below_top, kNames[static_cast<int>(peek(below_top))]);
}

/// All items that go must be objects.
inline Status Verifier::pop(const Instruction& i, int64_t count) {
  if (count > depth_) [[unlikely]]
    return fail(i.index, "%s takes %lld items from the stack, but there are %d", info(i.opcode).name.data(),
                static_cast<long long>(count), depth_);
  for (int k = 1; k <= count; k++) {
    if (peek(k) <= Kind::maybe_null) [[unlikely]] return fail_need(i, k, Kind::object);
  }
  depth_ -= static_cast<int>(count);
  return {};
}

inline Status Verifier::push(const Instruction& i, Kind kind) {
  if (depth_ == room_) [[unlikely]] TRY(grow(i));
  if (depth_ < lowest_change_) lowest_change_ = depth_;
  stack_[depth_++] = kind;
  return {};
}

inline void Verifier::set(int below_top, Kind kind) {
  if (depth_ - below_top < lowest_change_) lowest_change_ = depth_ - below_top;
  peek(below_top) = kind;
}

Status Verifier::make_room(int kinds) {
  Kind* made = scratch_.take<Kind>(static_cast<size_t>(kinds) + 2 * kAtOnce);
  if (!made) return raise_no_memory();
  memset(made, 0, kAtOnce);
  std::copy_n(stack_, depth_, made + kAtOnce);
  stack_ = made + kAtOnce;
  room_ = kinds;
  return {};
}

/// A code object may want any size of stack; room is made for what it uses.
Status Verifier::grow(const Instruction& i) {
  if (room_ == code_->co_stacksize) return fail(i.index, "the stack grows beyond its size, %d", code_->co_stacksize);
  int64_t wanted = std::min<int64_t>(code_->co_stacksize, int64_t{room_} * 2);
  return make_room(static_cast<int>(wanted));
}

// -- joining paths --

Status Verifier::merge(const Instruction& i, int unit, const Kind* kinds, int depth) {
  int& index = state_of_[unit];
  if (index < 0) {
    Kind* copy = scratch_.take<Kind>(static_cast<size_t>(depth));
    if (!copy) return raise_no_memory();
    std::copy_n(kinds, depth, copy);
    index = state_count_++;
    states_[index] = {copy, depth, true, true};
    queue_[queued_++] = unit;
    return {};
  }
  State& state = states_[index];
  if (state.depth != depth)
    return fail(i.index, "%d items are on the stack where offset %d is reached, and %d by another way", depth,
                unit * static_cast<int>(sizeof(CodeUnit)), state.depth);
  for (int k = 0; k < depth; k++) {
    Kind both = merged(state.kinds[k], kinds[k]);
    state.changed |= both != state.kinds[k];
    state.kinds[k] = both;
  }
  if (state.changed && !state.in_queue) {
    state.in_queue = true;
    queue_[queued_++] = unit;
  }
  return {};
}

Status Verifier::flow_to(const Instruction& i, int unit) { return merge(i, unit, stack_, depth_); }

inline Verifier::Instruction Verifier::read(int unit) const {
  Instruction i{unit, unit, 0, opcode_of(units_[unit]), static_cast<uint32_t>(operand_of(units_[unit]))};
  while (i.opcode == Opcode::EXTENDED_ARG) [[unlikely]] {
    i.opcode = opcode_of(units_[++i.index]);
    i.operand = i.operand << 8 | static_cast<uint32_t>(operand_of(units_[i.index]));
  }
  i.end = i.index + rule(i.opcode).units;
  return i;
}

/// To a place where other paths come in, too. Does this one go on there, with what is known of all?
Status Verifier::fall_to(int unit, bool* goes_on) {
  TRY(flow_to(read(unit), unit));
  State& state = states_[state_of_[unit]];
  *goes_on = std::exchange(state.changed, false);
  if (*goes_on) {
    std::copy_n(state.kinds, depth_, stack_);
    lowest_change_ = -1;
  }
  return {};
}

// -- exceptions --

/// The first entry that ends behind the unit, or the end of all.
const ExceptionEntry* Verifier::next_entry(int unit) const {
  return std::partition_point(entries_, entries_ + entry_count_, [&](const ExceptionEntry& e) { return e.end <= unit; });
}

const ExceptionEntry* Verifier::entry_at(int unit) const {
  const ExceptionEntry* next = next_entry(unit);
  return next != entries_ + entry_count_ && next->start <= unit ? next : nullptr;
}

void Verifier::enter_region(int unit) {
  const ExceptionEntry* next = next_entry(unit);
  bool covered = next != entries_ + entry_count_ && next->start <= unit;
  entry_ = covered ? next : nullptr;
  region_end_ = covered ? next->end : next != entries_ + entry_count_ ? next->start : n_;
  lowest_change_ = -1;
}

/// An exception may leave the instruction with the lowest `least_depth` items still there.
Status Verifier::flow_to_handler(const Instruction& i, const ExceptionEntry& entry, int least_depth) {
  if (entry.depth > least_depth)
    return fail(i.index, "an exception handler wants %d items on the stack, but there are %d", entry.depth, least_depth);
  int pushed = 1 + entry.push_lasti;
  if (entry.depth + int64_t{pushed} > code_->co_stacksize)
    return fail(i.index, "the stack grows beyond its size, %d, when an exception is handled", code_->co_stacksize);
  while (room_ < entry.depth + pushed) TRY(grow(i));
  // The handler's stack is built over this one for the moment: what it keeps, the offset, the exception.
  Kind* above = stack_ + entry.depth;
  Kind covered[2];
  std::copy_n(above, pushed, covered);
  above[0] = Kind::object;
  above[pushed - 1] = Kind::exception;
  TRY(merge(i, entry.handler, stack_, entry.depth + pushed));
  std::copy_n(covered, pushed, above);
  return {};
}

/// An exception is looked up by the unit of the instruction, or the last one of a call's caches; all units count here.
/// `popped`: how many items may be gone then.
Status Verifier::flow_to_handlers(const Instruction& i, int popped) {
  int least = std::max(depth_ - popped, 0);  // too few are told where they are taken
  for (int unit = i.start; unit < i.end; unit = region_end_) {
    if (unit >= region_end_) enter_region(unit);
    if (!entry_ || (entry_->depth <= lowest_change_ && entry_->depth <= least)) continue;
    TRY(flow_to_handler(i, *entry_, least));
    lowest_change_ = INT_MAX;
  }
  return {};
}

/// How many items may be gone when an instruction raises that is not plain.
int Verifier::popped_when_raising(const Instruction& i) {
  switch (i.opcode) {
    case Opcode::PRECALL:
    case Opcode::CALL: return static_cast<int>(i.operand) + 2;
    case Opcode::WITH_EXCEPT_START: return 0;  // what it looks at stays
    default: {
      const OpcodeInfo& row = info(i.opcode);
      return row.may_raise() ? row.effect(static_cast<int>(i.operand)).pops : 0;
    }
  }
}

// -- following paths --

Status Verifier::check_stack() {
  auto targets = static_cast<size_t>(target_count_);
  states_ = scratch_.take<State>(targets);
  queue_ = scratch_.take<int>(targets);
  if (!states_ || !queue_) return raise_no_memory();
  TRY(make_room(std::min(code_->co_stacksize, kFirstRoom)));
  TRY(run_block(0));
  while (queued_) {
    int unit = queue_[--queued_];
    State& state = states_[state_of_[unit]];
    state.in_queue = false;
    if (!std::exchange(state.changed, false)) continue;
    depth_ = state.depth;
    std::copy_n(state.kinds, depth_, stack_);
    TRY(run_block(unit));
  }
  return {};
}

/// Follows the code from `unit` with the kinds in stack_ to where nothing new is known, or to its end.
Status Verifier::run_block(int unit) {
  entry_ = nullptr;
  region_end_ = entry_count_ ? 0 : n_;
  for (bool goes_on = true; goes_on;) {
    if (!entry_) unit = run_plain(unit);
    Instruction i = read(unit);
    const Rule& known = rule(i.opcode);
    bool plain = known.action == Action::plain;
    if (i.start != i.index) TRY(check_size(i));
    if (entry_ || i.end > region_end_) TRY(flow_to_handlers(i, plain ? known.raise_pops : popped_when_raising(i)));
    if (plain) {
      TRY(pop(i, known.pops));
      for (int k = 0; k < known.pushes; k++) TRY(push(i, known.pushed));
    } else {
      TRY(apply(i, known));
    }
    if (known.flags & Rule::ends) return {};
    unit = i.end;
    if (flags_[unit] & kTarget) TRY(fall_to(unit, &goes_on));
  }
  return {};
}

constexpr uint64_t kEach = 0x0101010101010101;

/// In each of the kinds the top bit tells whether it is, or may be, NULL.
constexpr uint64_t nulls_in(uint64_t kinds) {
  constexpr uint64_t kObjects = 6;  // has a bit of every other kind, and none of these
  static_assert((static_cast<int>(Kind::maybe_null) & kObjects) == 0 && static_cast<int>(Kind::handled) == 7);
  return ~((kinds & kEach * kObjects) + kEach * 0x7e) & kEach * 0x80;
}

/// What an instruction does to the stack: `objects` of the items that it takes must be objects.
struct Step {
  int objects, pops, pushes;
  uint64_t pushed;  ///< the kinds, the first in the lowest byte
};

/// The step of an instruction that is not plain, but nearly so, and has an operand of one byte. False: too much for that.
inline bool find_step(Action action, int operand, Step* step) {
  constexpr auto kObject = static_cast<uint64_t>(Kind::object), kNull = static_cast<uint64_t>(Kind::null),
                 kMaybeNull = static_cast<uint64_t>(Kind::maybe_null);
  int objects = 0;
  switch (action) {
    case Action::load_global:
      *step = operand & 1 ? Step{0, 0, 2, kObject << 8 | kNull} : Step{0, 0, 1, kObject};
      return true;
    case Action::make_function:
      objects = 1 + std::popcount(static_cast<unsigned>(operand));
      *step = {objects, objects, 1, kObject};
      return objects <= kAtOnce;
    case Action::build:
      *step = {operand, operand, 1, kObject};
      return operand <= kAtOnce;
    case Action::precall:  // a bound method is taken apart; the CALL behind takes all
      *step = {operand + 1, operand + 2, operand + 2, kEach * kObject - kObject + kMaybeNull};
      return operand + 2 <= kAtOnce;
    case Action::call:
      *step = {operand + 1, operand + 2, 1, kObject};
      return operand + 1 <= kAtOnce;
    default: return false;
  }
}

/// Follows instructions as long as nothing can be wrong with them and nothing but the next one comes after them. To
/// where that ends; no handler covers the way.
int Verifier::run_plain(int unit) {
  const CodeUnit* units = units_;
  const uint8_t* flags = flags_;
  Kind* stack = stack_;
  int depth = depth_;
  for (;;) {
    const Rule& known = rule(opcode_of(units[unit]));
    Step step{0, known.pops, known.pushes, kEach * static_cast<uint8_t>(known.pushed)};
    uint64_t objects = known.popped;
    if (known.flags & Rule::not_plain) {
      if (!find_step(known.action, operand_of(units[unit]), &step)) break;
      objects = topmost(step.objects);
    }
    int end = unit + known.units, below = depth - step.pops, after = below + step.pushes;
    if (known.flags & Rule::ends || end > region_end_ || below < 0 || after > room_ || flags[end] & kTarget) break;
    uint64_t top;
    memcpy(&top, stack + depth - kAtOnce, kAtOnce);
    if (nulls_in(top) & objects) break;
    memcpy(stack + below, &step.pushed, kAtOnce);
    depth = after;
    unit = end;
  }
  depth_ = depth;
  return unit;
}

Status Verifier::check_size(const Instruction& i) {
  Operand kind = info(i.opcode).operand;
  if (i.operand <= kLargestCount || (kind != Operand::count && kind != Operand::depth)) return {};
  return fail(i.index, "%s has a senseless operand", info(i.opcode).name.data());
}

inline Status Verifier::apply(const Instruction& i, const Rule& known) {
  switch (known.action) {
    case Action::load_global:
      if (i.operand & 1) TRY(push(i, Kind::null));
      return push(i, Kind::object);
    case Action::precall: return apply_precall(i);
    case Action::call:
      TRY(pop(i, int64_t{i.operand} + 1));
      TRY(need(i, 1, Kind::maybe_null));
      set(1, Kind::object);
      return {};
    case Action::jump: return apply_jump(i);
    case Action::collection: return apply_collection(i);
    case Action::exception: return apply_exception(i);
    default: return apply_other(i);
  }
}

/// Below the arguments of a call: NULL and a callable, or a function and its self.
Status Verifier::apply_precall(const Instruction& i) {
  int n = static_cast<int>(i.operand);
  TRY(need(i, n + 2, Kind::maybe_null));
  for (int k = 1; k <= n + 1; k++) TRY(need(i, k, Kind::object));
  set(n + 2, Kind::maybe_null);  // a bound method is taken apart
  return {};
}

Status Verifier::apply_jump(const Instruction& i) {
  const OpcodeInfo& row = info(i.opcode);
  int target = row.operand == Operand::forward ? i.end + static_cast<int>(i.operand) : i.end - static_cast<int>(i.operand);
  switch (i.opcode) {
    case Opcode::FOR_ITER: {  // the iterator stays below the item, and goes with the last one
      TRY(pop(i, 1));
      TRY(flow_to(i, target));
      TRY(push(i, Kind::object));
      return push(i, Kind::object);
    }
    case Opcode::JUMP_IF_FALSE_OR_POP:
    case Opcode::JUMP_IF_TRUE_OR_POP:
      TRY(need(i, 1, Kind::object));
      TRY(flow_to(i, target));
      return pop(i, 1);
    case Opcode::SEND:
      TRY(pop(i, 2));
      TRY(push(i, Kind::object));
      TRY(flow_to(i, target));
      return push(i, Kind::object);
    default:
      TRY(apply_table(i, row.effect(static_cast<int>(i.operand))));
      return flow_to(i, target);
  }
}

/// Takes objects, leaves objects.
Status Verifier::apply_table(const Instruction& i, StackEffect effect) {
  TRY(pop(i, effect.pops));
  for (int k = 0; k < effect.pushes; k++) TRY(push(i, Kind::object));
  return {};
}

Status Verifier::apply_other(const Instruction& i) {
  switch (i.opcode) {
    case Opcode::COPY:
      TRY(need(i, static_cast<int>(i.operand), Kind::maybe_null));
      return push(i, peek(static_cast<int>(i.operand)));
    case Opcode::SWAP:
      TRY(need(i, static_cast<int>(i.operand), Kind::maybe_null));
      set(1, std::exchange(peek(static_cast<int>(i.operand)), peek(1)));
      lowest_change_ = std::min(lowest_change_, depth_ - static_cast<int>(i.operand));
      return {};
    case Opcode::RETURN_GENERATOR: return push(i, Kind::object);  // what the first send brings
    case Opcode::YIELD_VALUE: return apply_yield(i);
    case Opcode::LOAD_METHOD:
      TRY(pop(i, 1));
      TRY(push(i, Kind::maybe_null));
      return push(i, Kind::object);
    case Opcode::CALL_FUNCTION_EX:
      TRY(pop(i, 2 + (i.operand & 1)));
      TRY(need(i, 1, Kind::null));
      set(1, Kind::object);
      return {};
    default: return apply_table(i, info(i.opcode).effect(static_cast<int>(i.operand)));
  }
}

Status Verifier::apply_collection(const Instruction& i) {
  int n = static_cast<int>(i.operand);
  auto add_to = [&](int items, Kind collection) -> Status {
    TRY(pop(i, items));
    return need(i, n, collection);
  };
  switch (i.opcode) {
    case Opcode::BUILD_LIST:
      TRY(pop(i, n));
      return push(i, Kind::list);
    case Opcode::BUILD_SET:
      TRY(pop(i, n));
      return push(i, Kind::set);
    case Opcode::BUILD_MAP:
      TRY(pop(i, 2 * int64_t{n}));
      return push(i, Kind::dict);
    case Opcode::BUILD_CONST_KEY_MAP:
      TRY(pop(i, int64_t{n} + 1));
      return push(i, Kind::dict);
    case Opcode::LIST_TO_TUPLE:
      TRY(need(i, 1, Kind::list));
      set(1, Kind::object);
      return {};
    case Opcode::LIST_APPEND:
    case Opcode::LIST_EXTEND: return add_to(1, Kind::list);
    case Opcode::SET_ADD:
    case Opcode::SET_UPDATE: return add_to(1, Kind::set);
    case Opcode::MAP_ADD: return add_to(2, Kind::dict);
    case Opcode::DICT_UPDATE: return add_to(1, Kind::dict);
    default:  // DICT_MERGE: the error names the callable, which lies two below the dict
      TRY(add_to(1, Kind::dict));
      return need(i, n + 2, Kind::object);
  }
}

Status Verifier::apply_exception(const Instruction& i) {
  switch (i.opcode) {
    case Opcode::PUSH_EXC_INFO:
      TRY(need(i, 1, Kind::exception));
      set(1, Kind::handled);
      return push(i, Kind::exception);
    case Opcode::POP_EXCEPT:
      TRY(need(i, 1, Kind::handled));
      return pop(i, 1);
    case Opcode::CHECK_EXC_MATCH:
      TRY(pop(i, 1));
      TRY(need(i, 1, Kind::handled));
      return push(i, Kind::object);
    case Opcode::CHECK_EG_MATCH:  // what remains, and what matches; either may be None
      TRY(pop(i, 1));
      TRY(need(i, 1, Kind::handled));
      set(1, Kind::handled);
      return push(i, Kind::handled);
    case Opcode::PREP_RERAISE_STAR:
      TRY(need(i, 1, Kind::list));
      TRY(need(i, 2, Kind::handled));
      TRY(pop(i, 2));
      return push(i, Kind::handled);
    case Opcode::WITH_EXCEPT_START:
      TRY(need(i, 4, Kind::object));
      TRY(need(i, 1, Kind::exception));
      return push(i, Kind::object);
    default:  // RERAISE: its handler looks at the exception and at the offset
      TRY(need(i, 1, Kind::object));
      if (i.operand) TRY(need(i, static_cast<int>(i.operand) + 1, Kind::object));
      return pop(i, 1);
  }
}

// Suspended in `yield from` or `await` (the RESUME behind says so), the generator passes exceptions to the iterator
// on top of its stack, and goes on where the SEND before it would have jumped, the iterator being gone.
Status Verifier::apply_yield(const Instruction& i) {
  if (!is_generator_) return fail(i.index, "YIELD_VALUE in a function that is no generator");
  TRY(pop(i, 1));
  constexpr int kDelegates = 2;
  if (opcode_of(units_[i.end]) == Opcode::RESUME && operand_of(units_[i.end]) >= kDelegates) {
    int send = i.index - 1;
    if (send < 0 || !(flags_[send] & kStart) || opcode_of(units_[send]) != Opcode::SEND)
      return fail(i.index, "no SEND before a YIELD_VALUE that delegates");
    TRY(need(i, 1, Kind::object));
    if (auto* entry = entry_at(send + operand_of(units_[send]))) TRY(flow_to_handler(i, *entry, depth_ - 1));
  }
  return push(i, Kind::object);
}

}  // namespace taipan::detail
