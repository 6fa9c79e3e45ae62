#pragma once
// Verification of bytecode that our compiler did not make (.pyc files, marshal, CodeType, code.replace). Handlers
// trust the code: operands in range, jumps to instructions, a stack of known depth and kinds. This is where the trust
// comes from. It happens when a function first runs, so that loading code costs nothing.
#include "base/vector.h"
#include "bytecode/exception_table.h"
#include "types/code.h"

namespace taipan {

/// Verifies a code object and marks it; SystemError says what is wrong and at which offset.
[[gnu::noinline]] Status verify_code(Code* code);

inline Status verify_before_first_run(Code* code) {
  if (is_verified(code)) [[likely]] return {};
  return verify_code(code);
}

namespace detail {

/// What pass one knows of a code unit.
enum UnitFlag : uint8_t { kStart = 1, kTarget = 2 };

/// Both passes: the first looks at each instruction alone (verify.cpp), the second at what lies on the stack
/// (verify_stack.cpp).
class Verifier {
 public:
  explicit Verifier(Code* code) : code_(code), units_(code_units(code)), n_(code_size(code)) {}
  Status run();

 private:
  struct Instruction {
    int start = 0, index = 0, end = 0;  ///< first prefix, the instruction, behind its caches; in units
    Opcode opcode = Opcode::CACHE;
    uint32_t operand = 0;
  };

  // -- pass one: verify.cpp --
  Status check_instructions();
  Status read(int at, Instruction* instruction);
  Status check_operand(const Instruction& i);
  Status check_constant(const Instruction& i);
  Status check_variable(const Instruction& i);
  Status check_order(const Instruction& i);
  Status check_prologue(const Instruction& i);
  Status check_exception_table();
  Status check_targets();
  void clear_caches();
  Status mark_target(const Instruction& i, int64_t unit, const char* what);
  /// Fails: `text` is a printf format.
  [[gnu::cold, gnu::format(printf, 3, 4)]] Raised fail(int unit, const char* text, ...);
  Raised fail_count(const Instruction& i, const char* what, Py_ssize_t count);

  // -- pass two: verify_stack.cpp --
  /// What a stack slot holds. `handled` is what PUSH_EXC_INFO displaces: an exception or None.
  enum class Kind : uint8_t { null, maybe_null, object, list, set, dict, exception, handled };
  struct State {
    size_t kinds = 0;  ///< where its kinds begin in saved_
    int depth = -1;    ///< -1: not reached yet
    bool queued = false;
  };
  Status check_stack();
  Status run_block(int unit);
  Status apply(const Instruction& i);
  Status apply_call(const Instruction& i);
  Status apply_collection(const Instruction& i);
  Status apply_exception(const Instruction& i);
  Status apply_table(const Instruction& i, StackEffect effect);
  Status apply_jump(const Instruction& i);
  Status apply_yield(const Instruction& i);
  Status need(const Instruction& i, int below_top, Kind kind);
  Status pop(const Instruction& i, int64_t count);
  Status push(const Instruction& i, Kind kind);
  Status flow_to(const Instruction& i, int unit);
  Status flow_to_handler(const Instruction& i, int unit, int least_depth);
  Status flow_to_handlers(const Instruction& i);
  Status merge(const Instruction& i, int unit, const Kind* kinds, int depth);
  static Kind merged(Kind a, Kind b);
  static bool fits(Kind kind, Kind wanted);
  static int popped_when_raising(const Instruction& i);
  Kind& peek(int below_top) { return stack_[stack_.size() - static_cast<size_t>(below_top)]; }
  int depth() const { return static_cast<int>(stack_.size()); }

  Code* code_;
  CodeUnit* units_;
  int n_;
  Vector<uint8_t> flags_;      ///< UnitFlags of each unit
  Vector<bool> cell_made_;     ///< of each slot of the frame: the prologue puts a cell there
  int body_ = -1;              ///< the first unit behind the prologue
  bool is_generator_ = false;
  bool frees_copied_ = false;
  Instruction before_;         ///< the instruction before this one, in the order of the code
  Py_ssize_t keywords_ = 0;    ///< how many names its KW_NAMES has

  Vector<ExceptionEntry> entries_;
  Vector<int> entry_of_;       ///< of each unit, an index in entries_ or -1; empty without entries
  Vector<int> state_of_;       ///< of each target, its index in states_
  Vector<State> states_;
  Vector<int> queue_;
  Vector<Kind> saved_;         ///< the kinds of all states
  Vector<Kind> stack_;         ///< the kinds at the instruction being looked at
};

}  // namespace detail
}  // namespace taipan
