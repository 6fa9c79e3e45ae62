// Pass two of verification: the stack. Every path through the code is followed with the kinds of what lies on the
// stack; where paths meet, depths must agree and kinds are joined. What is asked of a kind is what handlers do not
// look at themselves: that it is not NULL, that a step of a comprehension finds its list, that what becomes the
// handled exception is an exception.
#include <utility>

#include "object/error.h"
#include "vm/verify.h"

namespace taipan::detail {

namespace {

/// An operand beyond this would be deeper than any stack.
constexpr uint32_t kLargestCount = 0x1000000;

}  // namespace

Verifier::Kind Verifier::merged(Kind a, Kind b) {
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

Status Verifier::need(const Instruction& i, int below_top, Kind wanted) {
  static constexpr const char* kNames[] = {"NULL", "NULL or an object", "an object", "a list", "a set", "a dict",
                                           "an exception", "a handled exception"};
  if (below_top > depth())
    return fail(i.index, "%s wants %d items on the stack, but there are %d", info(i.opcode).name.data(), below_top, depth());
  if (fits(peek(below_top), wanted)) return {};
  return fail(i.index, "%s wants %s on the stack at %d, but finds %s", info(i.opcode).name.data(),
              kNames[static_cast<int>(wanted)], below_top, kNames[static_cast<int>(peek(below_top))]);
}

/// All items that go must be objects.
Status Verifier::pop(const Instruction& i, int64_t count) {
  if (count > depth())
    return fail(i.index, "%s takes %lld items from the stack, but there are %d", info(i.opcode).name.data(),
                static_cast<long long>(count), depth());
  for (int k = 1; k <= count; k++) {
    if (peek(k) <= Kind::maybe_null) return need(i, k, Kind::object);
  }
  stack_.truncate(stack_.size() - static_cast<size_t>(count));
  return {};
}

Status Verifier::push(const Instruction& i, Kind kind) {
  if (depth() >= code_->co_stacksize) return fail(i.index, "the stack grows beyond its size, %d", code_->co_stacksize);
  if (!stack_.append(kind)) return raise_no_memory();
  return {};
}

// -- joining paths --

Status Verifier::merge(const Instruction& i, int unit, const Kind* kinds, int depth) {
  int& index = state_of_[static_cast<size_t>(unit)];
  if (index < 0) {
    index = static_cast<int>(states_.size());
    State fresh{saved_.size(), depth, true};
    if (!states_.append(fresh) || !saved_.extend(kinds, static_cast<size_t>(depth)) || !queue_.append(unit))
      return raise_no_memory();
    return {};
  }
  State& state = states_[static_cast<size_t>(index)];
  if (state.depth != depth)
    return fail(i.index, "%d items are on the stack where offset %d is reached, and %d by another way", depth,
                unit * static_cast<int>(sizeof(CodeUnit)), state.depth);
  bool changed = false;
  for (int k = 0; k < depth; k++) {
    Kind& known = saved_[state.kinds + static_cast<size_t>(k)];
    Kind both = merged(known, kinds[k]);
    changed |= both != known;
    known = both;
  }
  if (changed && !state.queued) {
    state.queued = true;
    if (!queue_.append(unit)) return raise_no_memory();
  }
  return {};
}

Status Verifier::flow_to(const Instruction& i, int unit) { return merge(i, unit, stack_.data(), depth()); }

/// An exception may leave the unit with the lowest `least_depth` items still there.
Status Verifier::flow_to_handler(const Instruction& i, int unit, int least_depth) {
  int index = entry_of_[static_cast<size_t>(unit)];
  if (index < 0) return {};
  const ExceptionEntry& entry = entries_[static_cast<size_t>(index)];
  if (entry.depth > least_depth)
    return fail(i.index, "an exception handler wants %d items on the stack, but there are %d", entry.depth, least_depth);
  Vector<Kind> kept;  // the handler's stack: what it keeps, the offset, the exception
  if (!kept.extend(stack_.data(), static_cast<size_t>(entry.depth)) ||
      (entry.push_lasti && !kept.append(Kind::object)) || !kept.append(Kind::exception))
    return raise_no_memory();
  if (static_cast<int64_t>(kept.size()) > code_->co_stacksize)
    return fail(i.index, "the stack grows beyond its size, %d, when an exception is handled", code_->co_stacksize);
  return merge(i, entry.handler, kept.data(), static_cast<int>(kept.size()));
}

/// How many items may be gone when the instruction raises.
int Verifier::popped_when_raising(const Instruction& i) {
  const OpcodeInfo& row = info(i.opcode);
  if (!row.may_raise()) return 0;
  switch (i.opcode) {
    case Opcode::PRECALL:
    case Opcode::CALL: return static_cast<int>(i.operand) + 2;
    case Opcode::WITH_EXCEPT_START:
    case Opcode::GET_ANEXT:
    case Opcode::GET_LEN:
    case Opcode::MATCH_KEYS:
    case Opcode::IMPORT_FROM: return 0;  // what they look at stays
    default: return row.effect(static_cast<int>(i.operand)).pops;
  }
}

/// An exception is looked up by the unit of the instruction, or the last one of a call's caches; all units count here.
Status Verifier::flow_to_handlers(const Instruction& i) {
  if (entries_.empty()) return {};
  int last = -1, least = depth() - popped_when_raising(i);
  if (least < 0) least = 0;  // told where the items are taken
  for (int unit = i.start; unit < i.end; unit++) {
    int entry = entry_of_[static_cast<size_t>(unit)];
    if (entry == last) continue;
    last = entry;
    TRY(flow_to_handler(i, unit, least));
  }
  return {};
}

// -- following paths --

Status Verifier::check_stack() {
  if (!state_of_.resize(static_cast<size_t>(n_))) return raise_no_memory();
  for (int& index : state_of_) index = -1;
  TRY(run_block(0));
  while (!queue_.empty()) {
    int unit = queue_.pop();
    State& state = states_[static_cast<size_t>(state_of_[static_cast<size_t>(unit)])];
    state.queued = false;
    stack_.clear();
    if (!stack_.extend(saved_.data() + state.kinds, static_cast<size_t>(state.depth))) return raise_no_memory();
    TRY(run_block(unit));
  }
  return {};
}

/// Follows the code from `unit` with the kinds in stack_ to where another path may come in, or to its end.
Status Verifier::run_block(int unit) {
  for (int first = unit;; ) {
    Instruction i;
    TRY(read(unit, &i));
    if (unit != first && flags_[static_cast<size_t>(unit)] & kTarget) return flow_to(i, unit);
    if (i.operand > kLargestCount && (info(i.opcode).operand == Operand::count || info(i.opcode).operand == Operand::depth))
      return fail(i.index, "%s has a senseless operand", info(i.opcode).name.data());
    TRY(flow_to_handlers(i));
    if (info(i.opcode).jumps()) TRY(apply_jump(i));
    else TRY(apply(i));
    if (info(i.opcode).ends_block()) return {};
    unit = i.end;
  }
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

Status Verifier::apply(const Instruction& i) {
  switch (i.opcode) {
    case Opcode::PUSH_NULL: return push(i, Kind::null);
    case Opcode::LOAD_GLOBAL:
      if (i.operand & 1) TRY(push(i, Kind::null));
      return push(i, Kind::object);
    case Opcode::COPY:
      TRY(need(i, static_cast<int>(i.operand), Kind::maybe_null));
      return push(i, peek(static_cast<int>(i.operand)));
    case Opcode::SWAP:
      TRY(need(i, static_cast<int>(i.operand), Kind::maybe_null));
      std::swap(peek(1), peek(static_cast<int>(i.operand)));
      return {};
    case Opcode::RETURN_GENERATOR: return push(i, Kind::object);  // what the first send brings
    case Opcode::YIELD_VALUE: return apply_yield(i);
    case Opcode::LOAD_METHOD:
    case Opcode::PRECALL:
    case Opcode::CALL:
    case Opcode::CALL_FUNCTION_EX: return apply_call(i);
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
    case Opcode::DICT_MERGE: return apply_collection(i);
    case Opcode::PUSH_EXC_INFO:
    case Opcode::POP_EXCEPT:
    case Opcode::CHECK_EXC_MATCH:
    case Opcode::CHECK_EG_MATCH:
    case Opcode::PREP_RERAISE_STAR:
    case Opcode::WITH_EXCEPT_START:
    case Opcode::RERAISE: return apply_exception(i);
    default: return apply_table(i, info(i.opcode).effect(static_cast<int>(i.operand)));
  }
}

/// Below the arguments of a call: NULL and a callable, or a function and its self.
Status Verifier::apply_call(const Instruction& i) {
  int n = static_cast<int>(i.operand);
  switch (i.opcode) {
    case Opcode::LOAD_METHOD:
      TRY(pop(i, 1));
      TRY(push(i, Kind::maybe_null));
      return push(i, Kind::object);
    case Opcode::PRECALL:
      TRY(need(i, n + 2, Kind::maybe_null));
      for (int k = 1; k <= n + 1; k++) TRY(need(i, k, Kind::object));
      peek(n + 2) = Kind::maybe_null;  // a bound method is taken apart
      return {};
    case Opcode::CALL:
      TRY(pop(i, n + 1));
      TRY(need(i, 1, Kind::maybe_null));
      peek(1) = Kind::object;
      return {};
    default:
      TRY(pop(i, 2 + (n & 1)));
      TRY(need(i, 1, Kind::null));
      peek(1) = Kind::object;
      return {};
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
      peek(1) = Kind::object;
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
      peek(1) = Kind::handled;
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
      peek(1) = Kind::handled;
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
    if (send < 0 || !(flags_[static_cast<size_t>(send)] & kStart) || opcode_of(units_[send]) != Opcode::SEND)
      return fail(i.index, "no SEND before a YIELD_VALUE that delegates");
    TRY(need(i, 1, Kind::object));
    if (!entries_.empty()) TRY(flow_to_handler(i, send + operand_of(units_[send]), depth() - 1));
  }
  return push(i, Kind::object);
}

}  // namespace taipan::detail
