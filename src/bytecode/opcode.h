#pragma once
// What opcodes.def says, as types: the Opcode enumeration, and for each number a row of facts.
#include <array>
#include <cstdint>
#include <string_view>

namespace taipan {

enum class Opcode : uint8_t {
#define OP(name, number, ...) name = number,
#define SPECIALIZED(name, number, of) name = number,
#include "bytecode/opcodes.def"
};

enum class Operand : uint8_t {
  none, constant, name, global_name, local, deref, count, depth, forward, backward, binary, compare, flags, prefix
};

struct StackEffect {
  int pops, pushes;
  constexpr int net() const { return pushes - pops; }
};

struct OpcodeInfo {
  enum Flags : uint8_t { raises = 1, ends = 2 };
  std::string_view name;               ///< empty: no such instruction
  Operand operand = Operand::none;
  uint8_t caches = 0;                  ///< code units of inline cache behind it
  uint8_t flags = 0;
  bool specialized = false;
  Opcode base = Opcode::CACHE;         ///< what `co_code` shows for it: itself unless specialised
  StackEffect (*effect)(int n) = nullptr;       ///< when it falls through (as `dis.stack_effect` says)
  StackEffect (*effect_jumped)(int n) = nullptr;  ///< when it jumps

  constexpr bool exists() const { return !name.empty(); }
  constexpr bool jumps() const { return operand == Operand::forward || operand == Operand::backward; }
  constexpr bool may_raise() const { return flags & raises; }
  constexpr bool ends_block() const { return flags & ends; }
};

/// Instructions from here on have an operand.
inline constexpr int kHaveArgument = 90;

inline constexpr std::array<OpcodeInfo, 256> kOpcodes = [] {
  std::array<OpcodeInfo, 256> t{};
  [[maybe_unused]] constexpr auto raises = OpcodeInfo::raises, ends = OpcodeInfo::ends;
#define OP(opname, number, kind, pops, pushes, cache_units, flag_bits)                          \
  t[number] = {.name = #opname, .operand = Operand::kind, .caches = cache_units,                \
               .flags = flag_bits, .specialized = false, .base = Opcode::opname,                \
               .effect = [](int n) { (void)n; return StackEffect{pops, pushes}; }};                    \
  t[number].effect_jumped = t[number].effect;
#include "bytecode/opcodes.def"
#define JUMPED(opname, pops, pushes) \
  t[int(Opcode::opname)].effect_jumped = [](int) { return StackEffect{pops, pushes}; };
#include "bytecode/opcodes.def"
#define SPECIALIZED(opname, number, of)  \
  t[number] = t[int(Opcode::of)];        \
  t[number].name = #opname;              \
  t[number].specialized = true;
#include "bytecode/opcodes.def"
  return t;
}();

constexpr const OpcodeInfo& info(Opcode op) { return kOpcodes[uint8_t(op)]; }
/// The instruction that `op` is a specialised form of; itself if it is none.
constexpr Opcode unspecialized(Opcode op) { return info(op).base; }
constexpr bool has_operand(Opcode op) { return int(unspecialized(op)) >= kHaveArgument; }
constexpr int cache_units(Opcode op) { return info(op).caches; }

static_assert(info(Opcode::UNPACK_EX).effect(0x0102).net() == 3);
static_assert(info(Opcode::FOR_ITER).effect_jumped(0).net() == -1);
static_assert(info(Opcode::LOAD_METHOD).caches == 10 && info(Opcode::CALL_ADAPTIVE).caches == 4);

}  // namespace taipan
