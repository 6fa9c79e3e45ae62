#pragma once
// The control flow graph of one code object: basic blocks of instructions with jump targets as pointers.
// Code generation fills it, optimize.cpp rewrites it, assemble.cpp turns it into bytes. Blocks have two orders:
// that of their making (some passes of CPython's go through it backwards, and the order shows in the result), and
// that of `next`, the order of the code.
#include <cstdint>
#include <deque>
#include <vector>

#include "bytecode/location.h"
#include "bytecode/opcode.h"

namespace taipan::compiler {

/// An instruction of the graph: a real one under its number, or a pseudo instruction.
enum class Op : uint16_t {
#define OP(name, number, ...) name = number,
#include "bytecode/opcodes.def"
  kLastReal = 255,
#define PSEUDO(name, ...) name,
#include "bytecode/opcodes.def"
};

struct Block;

struct Instruction {
  Op op = Op::NOP;
  int operand = 0;
  Block* target = nullptr;   ///< of a jump or SETUP_*
  Block* handler = nullptr;  ///< where an exception goes; null: out of the frame
  Location location;
};

struct Block {
  std::vector<Instruction> code;
  Block* next = nullptr;
  int predecessors = 0;
  int start_depth = 0;        ///< of the stack
  int offset = 0;             ///< in code units
  bool visited = false;
  bool push_lasti = false;    ///< an exception handler that wants the offset of what raised

  bool empty() const { return code.empty(); }
  Instruction& last() { return code.back(); }
};

bool is_jump(Op op);                ///< conditional or not
bool is_unconditional_jump(Op op);
bool is_block_push(Op op);          ///< SETUP_*
inline bool has_target(Op op) { return is_jump(op) || is_block_push(op); }
inline bool exits_scope(Op op) {
  return op == Op::RETURN_VALUE || op == Op::RAISE_VARARGS || op == Op::RERAISE;
}
/// The change in the stack's depth.
int stack_effect(Op op, int operand, bool jumped);
int cache_units(Op op);
/// Code units with prefixes and caches.
int size_of(const Instruction& i);
inline bool falls_through(const Block& b) {
  return b.code.empty() || !(exits_scope(b.code.back().op) || is_unconditional_jump(b.code.back().op));
}

class FlowGraph {
 public:
  FlowGraph() { current_ = make(); }
  FlowGraph(const FlowGraph&) = delete;

  Block* entry() { return &blocks_.front(); }
  Block* current() { return current_; }
  Block* make() { return &blocks_.emplace_back(); }
  /// Goes on in `block`, which follows the current one.
  void use(Block* block) {
    current_->next = block;
    current_ = block;
  }
  /// Appends an instruction; behind a jump or an exit it begins a block of its own.
  void add(const Instruction& i);
  size_t block_count() const { return blocks_.size(); }
  /// The i-th block made.
  Block& made(size_t i) { return blocks_[i]; }

 private:
  std::deque<Block> blocks_;  // addresses stay
  Block* current_;
};

}  // namespace taipan::compiler
