// From the optimised graph to bytes: lines for exits, the stack's depth, exception handlers, the direction and
// distance of jumps, and the encoding of code and tables.
#include <algorithm>
#include <climits>
#include <deque>
#include <utility>

#include "bytecode/code_unit.h"
#include "bytecode/exception_table.h"
#include "bytecode/line_table.h"
#include "compiler/constants.h"
#include "compiler/passes.h"

namespace taipan::compiler {

namespace {

bool is_exit_without_line(const Block& b) {
  if (b.empty() || !exits_scope(b.code.back().op)) return false;
  for (const Instruction& i : b.code) {
    if (i.location.line > 0) return false;
  }
  return true;
}

}  // namespace

void duplicate_exits_without_line(FlowGraph& graph) {
  for (size_t k = graph.block_count(); k-- > 0;) {
    Block& b = graph.made(k);
    if (b.empty() || !is_jump(b.last().op)) continue;
    Block* target = b.last().target;
    if (!is_exit_without_line(*target) || target->predecessors <= 1) continue;
    Block* copy = graph.make();
    copy->code = target->code;
    copy->code[0].location = b.last().location;
    copy->predecessors = 1;
    copy->next = target->next;
    b.last().target = copy;
    target->predecessors--;
    target->next = copy;
  }
  // What is left has one predecessor, which falls through to it.
  for (Block* b = graph.entry(); b; b = b->next) {
    if (!b->empty() && falls_through(*b) && b->next && is_exit_without_line(*b->next)) {
      b->next->code[0].location = b->last().location;
    }
  }
}

void trim_unused_constants(FlowGraph& graph, ConstantTable& constants) {
  int last = 0;
  for (Block* b = graph.entry(); b; b = b->next) {
    for (const Instruction& i : b->code) {
      if ((i.op == Op::LOAD_CONST || i.op == Op::KW_NAMES) && i.operand > last) last = i.operand;
    }
  }
  constants.truncate(size_t(last) + 1);
}

void propagate_locations(FlowGraph& graph) {
  for (Block* b = graph.entry(); b; b = b->next) {
    if (b->empty()) continue;
    Location before = kNoLocation;
    for (Instruction& i : b->code) {
      if (i.location.line < 0) i.location = before;
      else before = i.location;
    }
    auto inherit = [&](Block& to) {
      if (to.predecessors == 1 && !to.empty() && to.code[0].location.line < 0) to.code[0].location = before;
    };
    if (falls_through(*b) && b->next) inherit(*b->next);
    if (is_jump(b->last().op)) inherit(*b->last().target);
  }
}

void guarantee_lines_for_exits(FlowGraph& graph, int first_line) {
  int line = first_line;
  for (Block* b = graph.entry(); b; b = b->next) {
    if (b->empty()) continue;
    if (b->last().location.line >= 0) {
      line = b->last().location.line;
    } else if (b->last().op == Op::RETURN_VALUE) {
      for (Instruction& i : b->code) i.location.line = line;
    }
  }
}

int measure_stack(FlowGraph& graph, int depth_at_entry) {
  for (Block* b = graph.entry(); b; b = b->next) b->start_depth = INT_MIN;
  std::vector<Block*> todo;
  auto visit = [&](Block* b, int depth) {
    if (b->start_depth == INT_MIN) {  // all paths to a block come with one depth
      b->start_depth = depth;
      todo.push_back(b);
    }
  };
  int deepest = 0;
  visit(graph.entry(), depth_at_entry);
  while (!todo.empty()) {
    Block* b = todo.back();
    todo.pop_back();
    int depth = b->start_depth;
    Block* next = b->next;
    for (Instruction& i : b->code) {
      int after = depth + stack_effect(i.op, i.operand, false);
      deepest = std::max(deepest, after);
      if (has_target(i.op)) {
        int there = depth + stack_effect(i.op, i.operand, true);
        deepest = std::max(deepest, there);
        visit(i.target, there);
      }
      depth = after;
      if (is_unconditional_jump(i.op) || exits_scope(i.op)) next = nullptr;
    }
    if (next) visit(next, depth);
  }
  return deepest;
}

namespace {

/// The handlers in force at some point, innermost first; shared between paths.
struct Handlers {
  Block* block;
  const Handlers* outer;
};

struct Labeler {
  std::deque<Handlers> made;
  std::vector<std::pair<Block*, const Handlers*>> todo;

  void visit(Block* b, const Handlers* handlers) {
    if (b->visited) return;
    b->visited = true;
    todo.push_back({b, handlers});
  }

  void label(Block* b, const Handlers* handlers) {
    for (Instruction& i : b->code) {
      if (is_block_push(i.op)) {
        visit(i.target, handlers);
        if (i.op != Op::SETUP_FINALLY) i.target->push_lasti = true;
        handlers = &made.emplace_back(Handlers{i.target, handlers});
        i.op = Op::NOP;
      } else if (i.op == Op::POP_BLOCK) {
        if (handlers) handlers = handlers->outer;
        i.op = Op::NOP;
      } else {
        i.handler = handlers ? handlers->block : nullptr;
        if (is_jump(i.op)) visit(i.target, handlers);
      }
    }
    if (b->next && falls_through(*b)) visit(b->next, handlers);
  }
};

}  // namespace

void label_handlers(FlowGraph& graph) {
  for (Block* b = graph.entry(); b; b = b->next) b->visited = false;
  Labeler labeler;
  labeler.visit(graph.entry(), nullptr);
  while (!labeler.todo.empty()) {
    auto [block, handlers] = labeler.todo.back();
    labeler.todo.pop_back();
    labeler.label(block, handlers);
  }
}

void direct_jumps(FlowGraph& graph) {
  for (Block* b = graph.entry(); b; b = b->next) b->visited = false;
  for (Block* b = graph.entry(); b; b = b->next) {
    b->visited = true;
    if (b->empty() || !is_jump(b->last().op)) continue;
    Instruction& last = b->last();
    bool forward = !last.target->visited;
    switch (last.op) {
      case Op::JUMP: last.op = forward ? Op::JUMP_FORWARD : Op::JUMP_BACKWARD; break;
      case Op::JUMP_NO_INTERRUPT:
        last.op = forward ? Op::JUMP_FORWARD : Op::JUMP_BACKWARD_NO_INTERRUPT;
        break;
      case Op::POP_JUMP_IF_NONE:
        last.op = forward ? Op::POP_JUMP_FORWARD_IF_NONE : Op::POP_JUMP_BACKWARD_IF_NONE;
        break;
      case Op::POP_JUMP_IF_NOT_NONE:
        last.op = forward ? Op::POP_JUMP_FORWARD_IF_NOT_NONE : Op::POP_JUMP_BACKWARD_IF_NOT_NONE;
        break;
      case Op::POP_JUMP_IF_FALSE:
        last.op = forward ? Op::POP_JUMP_FORWARD_IF_FALSE : Op::POP_JUMP_BACKWARD_IF_FALSE;
        break;
      case Op::POP_JUMP_IF_TRUE:
        last.op = forward ? Op::POP_JUMP_FORWARD_IF_TRUE : Op::POP_JUMP_BACKWARD_IF_TRUE;
        break;
      default: break;
    }
  }
}

void place(FlowGraph& graph) {
  bool again;
  do {
    int total = 0;
    for (Block* b = graph.entry(); b; b = b->next) {
      b->offset = total;
      for (const Instruction& i : b->code) total += size_of(i);
    }
    again = false;
    for (Block* b = graph.entry(); b; b = b->next) {
      int at = b->offset;
      for (Instruction& i : b->code) {
        int size = size_of(i);
        // Distances count from behind the instruction, caches included.
        at += size;
        if (!is_jump(i.op)) continue;
        int target = i.target->offset;
        i.operand = target < at ? at - target : target - at;
        if (size_of(i) != size) again = true;
      }
    }
  } while (again);
}

namespace {

void emit_code(std::vector<uint16_t>& out, const Instruction& i) {
  auto operand = uint32_t(i.operand);
  for (int extra = units_for_operand(operand) - 1; extra > 0; extra--) {
    out.push_back(make_unit(Opcode::EXTENDED_ARG, int(operand >> (8 * extra) & 0xff)));
  }
  out.push_back(make_unit(Opcode(uint8_t(i.op)), int(operand & 0xff)));
  out.insert(out.end(), size_t(cache_units(i.op)), 0);
}

class ExceptionTableWriter {
 public:
  explicit ExceptionTableWriter(std::vector<uint8_t>& out) : out_(out) {}
  void add(const Block* handler, int units) {
    if (handler != handler_) {
      finish();
      start_ = at_;
      handler_ = handler;
    }
    at_ += units;
  }
  void finish() {
    if (!handler_) return;
    int depth = handler_->start_depth - 1 - handler_->push_lasti;
    append_exception_entry(out_, {start_, at_, handler_->offset, depth, handler_->push_lasti});
  }

 private:
  std::vector<uint8_t>& out_;
  const Block* handler_ = nullptr;
  int start_ = 0, at_ = 0;
};

}  // namespace

MachineCode emit_bytes(FlowGraph& graph, int first_line) {
  MachineCode result;
  LineTableWriter lines(first_line);
  ExceptionTableWriter exceptions(result.exception_table);
  for (Block* b = graph.entry(); b; b = b->next) {
    for (const Instruction& i : b->code) {
      int size = size_of(i);
      emit_code(result.code, i);
      lines.add(i.location, size);
      exceptions.add(i.handler, size);
    }
  }
  exceptions.finish();
  result.line_table = lines.bytes();
  return result;
}

}  // namespace taipan::compiler
