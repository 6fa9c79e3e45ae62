// The peephole optimiser and the passes that shrink the flow graph. Each rule is one of CPython 3.11's, applied in
// its order: code objects must come out equal, so that there is no room for better ideas here.
#include <algorithm>

#include "compiler/constants.h"
#include "compiler/passes.h"
#include "object/error.h"
#include "object/protocol.h"
#include "object/tuple.h"

namespace taipan::compiler {

namespace {

constexpr size_t kLargestCopiedExit = 4;

void make_nop(Instruction& i) {
  i.op = Op::NOP;
  i.operand = 0;
}

/// A jump to a jump goes where that one goes, if both are on the same line (a tracer must see every line).
bool thread_jump(Instruction& jump, const Instruction& target, Op op) {
  // If both go to the same place nothing would change, and we would look at it for ever.
  if (jump.location.line != target.location.line || jump.target == target.target) return false;
  jump.target = target.target;
  jump.op = op;
  return true;
}

bool all_constants(const Instruction* items, int n) {
  return std::all_of(items, items + n, [](const Instruction& i) {
    return i.op == Op::LOAD_CONST || i.op == Op::KW_NAMES;
  });
}

/// LOAD_CONST … LOAD_CONST, BUILD_TUPLE n becomes LOAD_CONST of the tuple. `items[n]` is the BUILD_TUPLE.
Status fold_tuple(Instruction* items, int n, ConstantTable& constants) {
  if (!all_constants(items, n)) return {};
  auto tuple = TRY(new_tuple(n));
  for (int i = 0; i < n; i++) {
    tuple->ob_item[i] = Py_NewRef(constants[size_t(items[i].operand)]);
  }
  int index = TRY(constants.add(std::move(tuple)));
  std::for_each(items, items + n, make_nop);
  items[n].op = Op::LOAD_CONST;
  items[n].operand = index;
  return {};
}

/// Replaces a run of SWAPs (NOPs between them do not matter) by the shortest that permutes the stack alike:
/// each cycle of the permutation is walked once, always swapping with the top. Returns the run's last index.
size_t simplify_swaps(std::vector<Instruction>& code, size_t start) {
  int depth = code[start].operand;
  size_t length = 1;
  bool more = false;
  for (; start + length < code.size(); length++) {
    const Instruction& i = code[start + length];
    if (i.op == Op::SWAP) {
      depth = std::max(depth, i.operand);
      more = true;
    } else if (i.op != Op::NOP) {
      break;
    }
  }
  if (!more) return start;
  std::vector<int> stack(static_cast<size_t>(depth));
  for (int i = 0; i < depth; i++) stack[size_t(i)] = i;
  for (size_t i = start; i < start + length; i++) {
    if (code[i].op == Op::SWAP) std::swap(stack[0], stack[size_t(code[i].operand - 1)]);
  }
  // The swaps found undo the permutation; written from the end of the run backwards, they do it.
  constexpr int kDone = -1;
  size_t free = start + length;
  for (int i = 0; i < depth; i++) {
    if (stack[size_t(i)] == kDone || stack[size_t(i)] == i) continue;
    for (int j = i;;) {
      if (j) {  // swapping the top with itself is nothing
        code[--free].op = Op::SWAP;
        code[free].operand = j + 1;
      }
      if (stack[size_t(j)] == kDone) break;
      j = std::exchange(stack[size_t(j)], kDone);
    }
  }
  while (free > start) make_nop(code[--free]);
  return start + length - 1;
}

bool is_swappable(Op op) { return op == Op::STORE_FAST || op == Op::POP_TOP; }

/// The next instruction that only consumes the top of the stack, on the given line (any if negative); -1: none.
int next_swappable(const std::vector<Instruction>& code, int i, int line) {
  while (++i < int(code.size())) {
    const Instruction& c = code[size_t(i)];
    if (line >= 0 && c.location.line != line) return -1;
    if (c.op == Op::NOP) continue;
    return is_swappable(c.op) ? i : -1;
  }
  return -1;
}

/// Swaps the instructions that consume the values instead of the values: SWAP 2, POP_TOP, STORE_FAST becomes
/// STORE_FAST, POP_TOP. Looks at the SWAPs from `i` to the left.
void apply_static_swaps(std::vector<Instruction>& code, int i) {
  for (; i >= 0; i--) {
    Instruction& swap = code[size_t(i)];
    if (swap.op != Op::SWAP) {
      if (swap.op == Op::NOP || is_swappable(swap.op)) continue;
      return;
    }
    int first = next_swappable(code, i, -1);
    if (first < 0) return;
    int other = first, line = code[size_t(first)].location.line;
    for (int n = swap.operand - 1; n > 0; n--) {
      other = next_swappable(code, other, line);
      if (other < 0) return;
    }
    make_nop(swap);
    std::swap(code[size_t(first)], code[size_t(other)]);
  }
}

/// The optimiser of one block; `i` is the instruction that is looked at.
class BlockOptimizer {
 public:
  BlockOptimizer(Block& block, ConstantTable& constants) : block_(block), constants_(constants) {}

  Status run() {
    for (i_ = 0; i_ < int(block_.code.size()); i_++) TRY(look());
    return {};
  }

 private:
  Instruction& at(int i) { return block_.code[size_t(i)]; }
  Op op_at(int i) { return i < int(block_.code.size()) ? at(i).op : Op::CACHE; }

  Status look() {
    Instruction& here = at(i_);
    static const Instruction nop;
    const Instruction* target = &nop;
    if (has_target(here.op)) {
      while (here.target->empty()) here.target = here.target->next;
      target = &here.target->code[0];
    }
    switch (here.op) {
      case Op::LOAD_CONST: return look_at_constant(here);
      case Op::BUILD_TUPLE: return look_at_tuple(here);
      case Op::JUMP_IF_FALSE_OR_POP:
      case Op::JUMP_IF_TRUE_OR_POP:
        look_at_bool_jump(here, *target);
        break;
      case Op::POP_JUMP_IF_NONE:
      case Op::POP_JUMP_IF_NOT_NONE:
      case Op::POP_JUMP_IF_FALSE:
      case Op::POP_JUMP_IF_TRUE:
      case Op::JUMP:
        if (target->op == Op::JUMP && thread_jump(here, *target, here.op)) i_--;
        break;
      case Op::SWAP:
        if (here.operand == 1) {
          make_nop(here);
          break;
        }
        i_ = int(simplify_swaps(block_.code, size_t(i_)));
        apply_static_swaps(block_.code, i_);
        break;
      case Op::PUSH_NULL:
        if (op_at(i_ + 1) == Op::LOAD_GLOBAL) {
          make_nop(here);
          at(i_ + 1).operand |= 1;
        }
        break;
      default:
        break;
    }
    return {};
  }

  /// LOAD_CONST in front of a test: the outcome is known.
  Status look_at_constant(Instruction& here) {
    PyObject* value = constants_[size_t(here.operand)];
    switch (Op test = op_at(i_ + 1)) {
      case Op::POP_JUMP_IF_FALSE:
      case Op::POP_JUMP_IF_TRUE: {
        bool jumps = TRY(is_true(value)) == (test == Op::POP_JUMP_IF_TRUE);
        make_nop(here);
        at(i_ + 1).op = jumps ? Op::JUMP : Op::NOP;
        break;
      }
      case Op::JUMP_IF_FALSE_OR_POP:
      case Op::JUMP_IF_TRUE_OR_POP: {
        bool jumps = TRY(is_true(value)) == (test == Op::JUMP_IF_TRUE_OR_POP);
        if (jumps) {
          at(i_ + 1).op = Op::JUMP;
        } else {
          make_nop(here);
          make_nop(at(i_ + 1));
        }
        break;
      }
      case Op::IS_OP: {
        Op jump = op_at(i_ + 2);
        if (value == Py_None && (jump == Op::POP_JUMP_IF_FALSE || jump == Op::POP_JUMP_IF_TRUE)) {
          bool inverted = at(i_ + 1).operand == 1;
          make_nop(here);
          make_nop(at(i_ + 1));
          at(i_ + 2).op = inverted != (jump == Op::POP_JUMP_IF_FALSE) ? Op::POP_JUMP_IF_NOT_NONE
                                                                        : Op::POP_JUMP_IF_NONE;
        }
        break;
      }
      default:
        break;
    }
    return {};
  }

  Status look_at_tuple(Instruction& here) {
    int n = here.operand;
    if (op_at(i_ + 1) == Op::UNPACK_SEQUENCE && at(i_ + 1).operand == n) {
      if (n == 1) {
        make_nop(here);
        make_nop(at(i_ + 1));
        return {};
      }
      if (n == 2 || n == 3) {
        make_nop(here);
        at(i_ + 1).op = Op::SWAP;
        return {};
      }
    }
    if (i_ >= n) return fold_tuple(&here - n, n, constants_);
    return {};
  }

  /// `a and b or c`: where the first test decides the second, go straight to where that leads.
  void look_at_bool_jump(Instruction& here, const Instruction& target) {
    bool on_true = here.op == Op::JUMP_IF_TRUE_OR_POP;
    Op same = here.op;
    Op same_pop = on_true ? Op::POP_JUMP_IF_TRUE : Op::POP_JUMP_IF_FALSE;
    Op opposite = on_true ? Op::JUMP_IF_FALSE_OR_POP : Op::JUMP_IF_TRUE_OR_POP;
    Op opposite_pop = on_true ? Op::POP_JUMP_IF_FALSE : Op::POP_JUMP_IF_TRUE;
    if (target.op == same_pop) {
      if (thread_jump(here, target, same_pop)) i_--;
    } else if (target.op == Op::JUMP || target.op == same) {
      if (thread_jump(here, target, same)) i_--;
    } else if (target.op == opposite || target.op == opposite_pop) {
      if (here.location.line == target.location.line) {
        here.op = same_pop;
        here.target = here.target->next;
        i_--;
      }
    }
  }

  Block& block_;
  ConstantTable& constants_;
  int i_ = 0;
};

void remove_nops(Block& block) {
  size_t kept = 0;
  int line_before = -1;
  auto& code = block.code;
  for (size_t i = 0; i < code.size(); i++) {
    int line = code[i].location.line;
    if (code[i].op == Op::NOP) {
      if (line < 0 || line == line_before) continue;
      if (i + 1 < code.size()) {
        int next_line = code[i + 1].location.line;
        if (next_line < 0) code[i + 1].location = code[i].location;
        if (next_line < 0 || next_line == line) continue;
      } else {
        Block* next = block.next;
        while (next && next->empty()) next = next->next;
        if (next && next->code[0].location.line == line) continue;
      }
    }
    if (kept != i) code[kept] = code[i];
    kept++;
    line_before = line;
  }
  code.resize(kept);
}

bool has_line(const Block& b) {
  return std::any_of(b.code.begin(), b.code.end(),
                     [](const Instruction& i) { return i.location.line > 0; });
}

/// A jump to a short block that leaves the function becomes a copy of it. Only blocks without lines (an implicit
/// `return None`): others would show a line twice.
void inline_small_exit(Block& block) {
  if (block.empty() || block.last().op != Op::JUMP) return;
  Block& exit = *block.last().target;
  if (exit.empty() || !exits_scope(exit.last().op)) return;
  if (exit.code.size() > kLargestCopiedExit || has_line(exit)) return;
  make_nop(block.last());
  std::vector<Instruction> copy = exit.code;  // the block may be its own target
  block.code.insert(block.code.end(), copy.begin(), copy.end());
}

void mark_reachable(FlowGraph& graph) {
  for (Block* b = graph.entry(); b; b = b->next) b->predecessors = 0;
  std::vector<Block*> todo{graph.entry()};
  graph.entry()->predecessors = 1;
  auto reach = [&](Block* b) {
    if (b->predecessors++ == 0) todo.push_back(b);
  };
  while (!todo.empty()) {
    Block* b = todo.back();
    todo.pop_back();
    if (b->next && falls_through(*b)) reach(b->next);
    for (Instruction& i : b->code) {
      if (has_target(i.op)) reach(i.target);
    }
  }
}

void unlink_empty_blocks(FlowGraph& graph) {
  for (Block* b = graph.entry(); b; b = b->next) {
    Block* next = b->next;
    if (!next) break;
    while (next->empty() && next->next) next = next->next;
    b->next = next;
  }
  for (Block* b = graph.entry(); b; b = b->next) {
    for (Instruction& i : b->code) {
      if (!has_target(i.op)) continue;
      while (i.target->empty()) i.target = i.target->next;
    }
  }
}

/// A jump to what comes next anyway is nothing.
void remove_redundant_jumps(FlowGraph& graph) {
  bool removed = false;
  for (Block* b = graph.entry(); b; b = b->next) {
    if (b->empty()) continue;
    Instruction& last = b->last();
    if ((last.op == Op::JUMP || last.op == Op::JUMP_NO_INTERRUPT) && last.target == b->next) {
      make_nop(last);
      removed = true;
    }
  }
  if (removed) unlink_empty_blocks(graph);
}

}  // namespace

Status normalize_blocks(FlowGraph& graph) {
  for (size_t k = graph.block_count(); k-- > 0;) {
    auto& code = graph.made(k).code;
    for (size_t i = 0; i < code.size(); i++) {
      bool jump = is_jump(code[i].op);
      if ((jump || exits_scope(code[i].op)) && i + 1 != code.size()) {
        return raise(PyExc_SystemError, "malformed control flow graph.");
      }
      if (!jump) continue;
      while (code[i].target->empty()) code[i].target = code[i].target->next;
    }
  }
  return {};
}

Status optimize(FlowGraph& graph, ConstantTable& constants) {
  unlink_empty_blocks(graph);
  for (size_t k = graph.block_count(); k-- > 0;) inline_small_exit(graph.made(k));
  for (Block* b = graph.entry(); b; b = b->next) {
    TRY(BlockOptimizer(*b, constants).run());
    remove_nops(*b);
  }
  for (size_t k = graph.block_count(); k-- > 0;) inline_small_exit(graph.made(k));
  mark_reachable(graph);
  for (Block* b = graph.entry(); b; b = b->next) {
    if (b->predecessors == 0) b->code.clear();
  }
  for (Block* b = graph.entry(); b; b = b->next) remove_nops(*b);
  unlink_empty_blocks(graph);
  remove_redundant_jumps(graph);
  return {};
}

void remove_nops(FlowGraph& graph) {
  for (Block* b = graph.entry(); b; b = b->next) remove_nops(*b);
}

}  // namespace taipan::compiler
