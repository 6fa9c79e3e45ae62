#pragma once
// A code unit: the opcode in the low byte, eight bits of operand in the high one. EXTENDED_ARG units in
// front of an instruction supply the operand's higher bits.
#include <cstdint>

#include "bytecode/opcode.h"

namespace taipan {

using CodeUnit = uint16_t;

constexpr Opcode opcode_of(CodeUnit u) { return Opcode(u & 0xff); }
constexpr int operand_of(CodeUnit u) { return u >> 8; }
constexpr CodeUnit make_unit(Opcode op, int operand) {
  return CodeUnit(uint8_t(op) | (operand & 0xff) << 8);
}

/// How many units an operand needs: the instruction and its EXTENDED_ARGs.
constexpr int units_for_operand(uint32_t operand) {
  return 1 + (operand > 0xff) + (operand > 0xffff) + (operand > 0xffffff);
}

/// Walks over instructions: prefixes are folded into the operand, caches are skipped.
class InstructionIterator {
 public:
  InstructionIterator(const CodeUnit* code, int count) : code_(code), count_(count) {}

  /// Moves to the next instruction; false at the end.
  bool next() {
    if (next_ >= count_) return false;
    start_ = next_;
    uint32_t operand = 0;
    while (next_ < count_ && unspecialized(opcode_of(code_[next_])) == Opcode::EXTENDED_ARG) {
      operand = (operand | uint32_t(operand_of(code_[next_]))) << 8;
      ++next_;
    }
    if (next_ >= count_) return false;
    index_ = next_;
    opcode_ = unspecialized(opcode_of(code_[next_]));
    operand_ = operand | uint32_t(operand_of(code_[next_]));
    next_ += 1 + cache_units(opcode_);
    return true;
  }
  Opcode opcode() const { return opcode_; }
  uint32_t operand() const { return operand_; }
  int start() const { return start_; }   ///< of the first prefix, in units
  int index() const { return index_; }   ///< of the instruction itself
  int end() const { return next_; }      ///< behind its caches: what jumps are relative to
  /// Where it jumps, in units; -1 if it is no jump. May lie outside the code if that is not verified.
  int target() const {
    switch (info(opcode_).operand) {
      case Operand::forward: return next_ + int(operand_);
      case Operand::backward: return next_ - int(operand_);
      default: return -1;
    }
  }

 private:
  const CodeUnit* code_;
  int count_;
  int next_ = 0, start_ = 0, index_ = 0;
  uint32_t operand_ = 0;
  Opcode opcode_ = Opcode::CACHE;
};

}  // namespace taipan
