// The facts about instructions of the graph that its passes share, pseudo instructions included.
#include "compiler/flow_graph.h"

#include "bytecode/code_unit.h"

namespace taipan::compiler {

bool is_jump(Op op) {
  switch (op) {
    case Op::JUMP:
    case Op::JUMP_NO_INTERRUPT:
    case Op::POP_JUMP_IF_FALSE:
    case Op::POP_JUMP_IF_TRUE:
    case Op::POP_JUMP_IF_NONE:
    case Op::POP_JUMP_IF_NOT_NONE:
      return true;
    default:
      return op < Op::kLastReal && info(Opcode(uint8_t(op))).jumps();
  }
}

bool is_unconditional_jump(Op op) {
  switch (op) {
    case Op::JUMP:
    case Op::JUMP_NO_INTERRUPT:
    case Op::JUMP_FORWARD:
    case Op::JUMP_BACKWARD:
    case Op::JUMP_BACKWARD_NO_INTERRUPT:
      return true;
    default:
      return false;
  }
}

bool is_block_push(Op op) {
  return op == Op::SETUP_FINALLY || op == Op::SETUP_WITH || op == Op::SETUP_CLEANUP;
}

int stack_effect(Op op, int n, bool jumped) {
  if (op < Op::kLastReal) {
    const OpcodeInfo& row = info(Opcode(uint8_t(op)));
    return (jumped ? row.effect_jumped : row.effect)(n).net();
  }
  switch (op) {
#define PSEUDO(name, pops, pushes, pushes_if_jumped) \
  case Op::name:                                     \
    return (jumped ? pushes_if_jumped : pushes) - pops;
#include "bytecode/opcodes.def"
    default:
      return 0;
  }
}

int cache_units(Op op) { return op < Op::kLastReal ? info(Opcode(uint8_t(op))).caches : 0; }

int size_of(const Instruction& i) {
  return units_for_operand(uint32_t(i.operand)) + cache_units(i.op);
}

void FlowGraph::add(const Instruction& i) {
  if (!current_->empty() && (is_jump(current_->last().op) || exits_scope(current_->last().op))) {
    use(make());
  }
  current_->code.push_back(i);
}

}  // namespace taipan::compiler
