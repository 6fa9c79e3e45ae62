#pragma once
// What the two passes of verification share (vm/verify.h says what it is for). Most code is verified once and run once or twice, so
// that a pass costs little more per instruction than a look into one table; everything rare is told apart behind it.
#include <array>
#include <type_traits>
#include <utility>

#include "bytecode/exception_table.h"
#include "types/code.h"

namespace taipan {

namespace detail {

/// What pass one knows of a code unit.
enum UnitFlag : uint8_t { kStart = 1, kTarget = 2 };

/// What the operand of an instruction must be less than.
enum class Limit : uint8_t {
  none, constants, names, globals, variables, stored,
  two, three, four, six, eight, sixteen, operators,
  asked  ///< it is not as simple as that, or there is no such instruction: check_operand tells
};
inline constexpr size_t kLimits = static_cast<size_t>(Limit::asked) + 1;

/// How pass two follows an instruction. `plain` takes a fixed number of objects and leaves things of one kind, `build`
/// takes as many as its operand says and leaves one object; for `collection`, `exception` and some of `other` it matters what the
/// objects are.
enum class Action : uint8_t { plain, load_global, make_function, build, precall, call, jump, collection, exception, other };

/// What a stack slot holds. `handled` is what PUSH_EXC_INFO displaces: an exception or None.
enum class Kind : uint8_t { null, maybe_null, object, list, set, dict, exception, handled };

/// What both passes want to know of each instruction, in one place.
struct Rule {
  enum Flag : uint8_t {
    ends = 1,         ///< nothing falls through
    jumps = 2,
    extends = 4,      ///< the prefix
    in_prologue = 8,  ///< may stand before the body, and nowhere else
    in_call = 16,     ///< what follows it is prescribed
    not_plain = 32,
  };
  uint8_t units = 1;  ///< with its caches
  Limit limit = Limit::none;
  Action action = Action::other;
  uint8_t flags = 0;
  uint8_t pops = 0, pushes = 0;  ///< of plain ones
  uint8_t raise_pops = 0;        ///< of plain ones: how many items may be gone when it raises
  Kind pushed = Kind::object;    ///< of plain ones
  uint64_t popped = 0;           ///< of plain ones: topmost(pops)
};
/// Kinds are a byte each, so that some can be looked at in one step.
inline constexpr int kAtOnce = sizeof(uint64_t);
/// A mask for the topmost `count` of kAtOnce kinds: the topmost lies in the highest byte.
constexpr uint64_t topmost(int count) { return count ? ~uint64_t{0} << 8 * (kAtOnce - count) : 0; }
extern const std::array<Rule, 256> kRules;
inline const Rule& rule(Opcode op) { return kRules[static_cast<uint8_t>(op)]; }

/// Memory that dies with one verification. Small code needs no more than lies in here.
class Scratch {
 public:
  Scratch() = default;
  Scratch(const Scratch&) = delete;
  ~Scratch();
  /// Uninitialised; null: no memory.
  template <class T>
  T* take(size_t count) {
    static_assert(alignof(T) <= alignof(void*) && std::is_trivially_destructible_v<T>);
    if (count > SIZE_MAX / 2 / sizeof(T)) return nullptr;
    size_t size = (count * sizeof(T) + sizeof(void*) - 1) & ~(sizeof(void*) - 1);
    if (size > left_) [[unlikely]] return static_cast<T*>(take_block(size));
    left_ -= size;
    return reinterpret_cast<T*>(std::exchange(next_, next_ + size));
  }

 private:
  struct Block;
  void* take_block(size_t size);

  static constexpr size_t kInline = 4096;
  Block* blocks_ = nullptr;
  char* next_ = inline_;
  size_t left_ = kInline;
  alignas(void*) char inline_[kInline];
};

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
  Status prepare();
  Status check_instructions();
  int skip_simple(int unit);
  Status check_instruction(int* unit);
  Status read_prefixed(Instruction* instruction);
  Status check_operand(const Instruction& i);
  Status check_constant(const Instruction& i);
  Status check_variable(const Instruction& i);
  Status check_order(const Instruction& i);
  Status check_prologue(const Instruction& i);
  Status check_exception_table();
  Status check_targets();
  Status check_jump(const Instruction& i);
  Status mark_target(int unit);
  /// Fails: `text` is a printf format.
  [[gnu::cold, gnu::format(printf, 3, 4)]] Raised fail(int unit, const char* text, ...);
  Raised fail_count(const Instruction& i, const char* what, Py_ssize_t count);

  // -- pass two: verify_stack.cpp --
  /// What is known where paths meet.
  struct State {
    Kind* kinds;
    int depth;
    bool changed;    ///< since it was last followed
    bool in_queue;
  };
  Status check_stack();
  Status run_block(int unit);
  int run_plain(int unit);
  Instruction read(int unit) const;
  Status check_size(const Instruction& i);
  Status apply(const Instruction& i, const Rule& rule);
  Status apply_other(const Instruction& i);
  Status apply_precall(const Instruction& i);
  Status apply_collection(const Instruction& i);
  Status apply_exception(const Instruction& i);
  Status apply_table(const Instruction& i, StackEffect effect);
  Status apply_jump(const Instruction& i);
  Status apply_yield(const Instruction& i);
  Status need(const Instruction& i, int below_top, Kind kind);
  Raised fail_need(const Instruction& i, int below_top, Kind kind);
  Status pop(const Instruction& i, int64_t count);
  Status push(const Instruction& i, Kind kind);
  Status make_room(int kinds);
  Status grow(const Instruction& i);
  void set(int below_top, Kind kind);
  Status flow_to(const Instruction& i, int unit);
  Status fall_to(int unit, bool* goes_on);
  Status flow_to_handler(const Instruction& i, const ExceptionEntry& entry, int least_depth);
  Status flow_to_handlers(const Instruction& i, int popped);
  Status merge(const Instruction& i, int unit, const Kind* kinds, int depth);
  void enter_region(int unit);
  const ExceptionEntry* next_entry(int unit) const;
  const ExceptionEntry* entry_at(int unit) const;  ///< or null
  static Kind merged(Kind a, Kind b);
  static bool fits(Kind kind, Kind wanted);
  static int popped_when_raising(const Instruction& i);
  Kind& peek(int below_top) { return stack_[depth_ - below_top]; }

  Code* code_;
  CodeUnit* units_;
  int n_;
  uint64_t limits_[kLimits];
  uint8_t* flags_ = nullptr;     ///< UnitFlags of each unit
  bool* cell_made_ = nullptr;    ///< of each slot of the frame: the prologue puts a cell there
  int body_ = -1;                ///< the first unit behind the prologue
  bool is_generator_ = false;
  bool frees_copied_ = false;
  Instruction before_;           ///< the instruction before this one, in the order of the code
  Py_ssize_t keywords_ = 0;      ///< how many names its KW_NAMES has

  ExceptionEntry* entries_ = nullptr;
  size_t entry_count_ = 0;
  int target_count_ = 0;
  int* state_of_ = nullptr;      ///< of each target, its index in states_ or -1
  State* states_ = nullptr;
  int state_count_ = 0;
  int* queue_ = nullptr;         ///< units whose states have changed
  int queued_ = 0;

  // The path being followed.
  Kind* stack_ = nullptr;        ///< the kinds at the instruction being looked at; around them is room for kAtOnce more
  int depth_ = 0;
  int room_ = 0;                 ///< no more than the code's stack has
  const ExceptionEntry* entry_ = nullptr;  ///< what covers the units before region_end_
  int region_end_ = 0;
  /// The lowest slot written since the stack was last joined with that of entry_'s handler.
  int lowest_change_ = 0;

  Scratch scratch_;
};

}  // namespace detail

}  // namespace taipan
