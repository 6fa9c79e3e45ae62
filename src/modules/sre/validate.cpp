// Checks the code of a pattern before it may run: every operand present, every jump inside its block, every
// subpattern ended by the word that its head promises.
#include <cstddef>

#include "modules/sre/sre.h"
#include "object/thread.h"

namespace taipan::sre {
namespace {

class Validator {
 public:
  Validator(const Word* code, Py_ssize_t groups) : code_(code), groups_(static_cast<size_t>(groups)) {}

  /// A sequence of whole instructions in [at, end).
  bool block(size_t at, size_t end) {
    RecursionGuard guard(" while checking the code of a regular expression");
    if (!guard) {
      raised_ = true;
      return false;
    }
    while (at < end)
      if (!instruction(&at, end)) return false;
    return at == end;
  }
  bool raised() const { return raised_; }

 private:
  Op op(size_t at) const { return static_cast<Op>(code_[at]); }
  /// The target of the jump whose distance is at `at`; it must not lead beyond the end. 0: it does.
  size_t target(size_t at, size_t end) const {
    if (at >= end || code_[at] > end - at) return 0;
    return at + code_[at];
  }

  bool instruction(size_t* position, size_t end) {
    size_t at = *position + 1;
    switch (op(*position)) {
      case Op::success: case Op::failure: case Op::any: case Op::any_all:
        *position = at;
        return true;
      case Op::literal: case Op::not_literal:
      case Op::literal_ignore: case Op::not_literal_ignore:
      case Op::literal_uni_ignore: case Op::not_literal_uni_ignore:
      case Op::literal_loc_ignore: case Op::not_literal_loc_ignore:
        return operand(position, end, UINT32_MAX);
      case Op::mark: return groups_ && operand(position, end, 2 * groups_ - 1);
      case Op::groupref: case Op::groupref_ignore: case Op::groupref_uni_ignore: case Op::groupref_loc_ignore:
        return groups_ && operand(position, end, groups_ - 1);
      case Op::at: return operand(position, end, static_cast<Word>(At::count) - 1);
      case Op::category: return operand(position, end, static_cast<Word>(Category::count) - 1);
      case Op::in: case Op::in_ignore: case Op::in_uni_ignore: case Op::in_loc_ignore: {
        size_t next = target(at, end);
        if (!next || !set(at + 1, next)) return false;
        *position = next;
        return true;
      }
      case Op::info: return info(position, end);
      case Op::branch: return branch(position, end);
      case Op::repeat_one: case Op::min_repeat_one: case Op::possessive_repeat_one: {
        size_t next = target(at, end);
        if (!next || next < at + 5 || code_[at + 1] > code_[at + 2]) return false;
        if (op(next - 1) != Op::success || !is_unit(op(at + 3))) return false;
        size_t item = at + 3;
        if (!instruction(&item, next - 1) || item != next - 1) return false;
        *position = next;
        return true;
      }
      case Op::repeat: case Op::possessive_repeat: {
        bool possessive = op(*position) == Op::possessive_repeat;
        size_t until = target(at, end);
        if (!until || until >= end || until < at + 3 || code_[at + 1] > code_[at + 2]) return false;
        if (possessive ? op(until) != Op::success : op(until) != Op::max_until && op(until) != Op::min_until) return false;
        if (!block(at + 3, until)) return false;
        *position = until + 1;
        return true;
      }
      case Op::atomic_group: return enclosed(position, end, 1);
      case Op::assert_: case Op::assert_not:
        return at + 1 < end && code_[at + 1] <= INT32_MAX && enclosed(position, end, 2);
      case Op::groupref_exists: return conditional(position, end);
      default: return false;
    }
  }

  bool operand(size_t* position, size_t end, size_t most) {
    if (*position + 1 >= end || code_[*position + 1] > most) return false;
    *position += 2;
    return true;
  }
  static bool is_unit(Op op) {
    switch (op) {
      case Op::any: case Op::any_all: case Op::category: case Op::literal: case Op::not_literal: case Op::in:
      case Op::in_ignore: case Op::literal_ignore: case Op::not_literal_ignore:
      case Op::in_loc_ignore: case Op::literal_loc_ignore: case Op::not_literal_loc_ignore:
      case Op::in_uni_ignore: case Op::literal_uni_ignore: case Op::not_literal_uni_ignore: return true;
      default: return false;
    }
  }
  /// `OP skip [operands] body SUCCESS`, where the operands count the skip too.
  bool enclosed(size_t* position, size_t end, size_t operands) {
    size_t at = *position + 1, next = target(at, end);
    if (!next || next < at + operands + 1 || op(next - 1) != Op::success) return false;
    if (!block(at + operands, next - 1)) return false;
    *position = next;
    return true;
  }
  /// `BRANCH (skip body JUMP end)* 0`: all jumps lead behind the final zero.
  bool branch(size_t* position, size_t end) {
    size_t at = *position + 1, common = 0;
    for (;;) {
      if (at >= end) return false;
      if (code_[at] == 0) break;
      size_t next = target(at, end);
      if (!next || next < at + 3 || op(next - 2) != Op::jump) return false;
      if (!block(at + 1, next - 2)) return false;
      size_t to = target(next - 1, end);
      if (!to || (common && to != common)) return false;
      common = to;
      at = next;
    }
    if (common && common != at + 1) return false;
    *position = at + 1;
    return true;
  }
  /// `GROUPREF_EXISTS group skip yes [JUMP skip no]`: a yes-branch may look as if it ended with a jump.
  bool conditional(size_t* position, size_t end) {
    size_t at = *position + 1;
    if (at + 1 >= end || code_[at] >= groups_ || code_[at + 1] == 0) return false;
    size_t reach = code_[at + 1] - 1;
    if (reach > end - (at + 1)) return false;
    size_t no = at + 1 + reach;
    if (no < at + 2) return false;
    if (no >= at + 4 && op(no - 2) == Op::jump && block(at + 2, no - 2)) {
      size_t next = target(no - 1, end);
      if (next >= no && block(no, next)) {
        *position = next;
        return true;
      }
    }
    if (raised_ || !block(at + 2, no)) return false;
    *position = no;
    return true;
  }
  /// `INFO skip flags min max [length skip prefix… overlaps…] [set]`
  bool info(size_t* position, size_t end) {
    size_t at = *position + 1, next = target(at, end);
    if (!next || next < at + 4) return false;
    Word flags = code_[at + 1];
    if (flags & ~(kInfoPrefix | kInfoLiteral | kInfoCharset)) return false;
    if ((flags & kInfoPrefix) && (flags & kInfoCharset)) return false;
    if ((flags & kInfoLiteral) && !(flags & kInfoPrefix)) return false;
    size_t rest = at + 4;
    if (flags & kInfoPrefix) {
      if (rest + 2 > next) return false;
      size_t length = code_[rest], skip = code_[rest + 1];
      // The matcher reads the prefix unchecked where the shortest match fits.
      if (length == 0 || skip > length || length > code_[at + 2] || 2 * length > next - rest - 2) return false;
      rest += 2 + 2 * length;
    }
    if (flags & kInfoCharset) {
      if (code_[at + 2] == 0 || !set(rest, next)) return false;
      rest = next;
    }
    if (rest != next) return false;
    *position = next;
    return true;
  }
  /// The members of a set in [at, end), the last word of which is FAILURE.
  bool set(size_t at, size_t end) const {
    if (end <= at || op(end - 1) != Op::failure) return false;
    for (end--; at < end;) {
      size_t room = end - at - 1;
      const Word* args = code_ + at + 1;
      switch (op(at)) {
        case Op::negate: at += 1; break;
        case Op::literal:
          if (room < 1) return false;
          at += 2;
          break;
        case Op::range: case Op::range_uni_ignore:
          if (room < 2) return false;
          at += 3;
          break;
        case Op::charset:
          if (room < kCharsetWords) return false;
          at += 1 + kCharsetWords;
          break;
        case Op::category:
          if (room < 1 || args[0] >= static_cast<Word>(Category::count)) return false;
          at += 2;
          break;
        case Op::bigcharset: {
          if (room < 1 + kBlockIndexWords) return false;
          size_t blocks = args[0];
          const auto* index = reinterpret_cast<const unsigned char*>(args + 1);
          for (int i = 0; i < 256; i++)
            if (index[i] >= blocks) return false;
          if (blocks > 256 || room < 1 + kBlockIndexWords + blocks * kCharsetWords) return false;
          at += 2 + kBlockIndexWords + blocks * kCharsetWords;
          break;
        }
        default: return false;
      }
    }
    return at == end;
  }

  const Word* code_;
  size_t groups_;
  bool raised_ = false;
};

}  // namespace

Result<bool> validate(const Word* code, size_t size, Py_ssize_t groups) {
  if (groups < 0 || groups > static_cast<Py_ssize_t>(kMaxGroups)) return false;
  if (size == 0 || static_cast<Op>(code[size - 1]) != Op::success) return false;
  Validator validator(code, groups);
  bool ok = validator.block(0, size - 1);
  if (validator.raised()) return Raised{};
  return ok;
}

}  // namespace taipan::sre
