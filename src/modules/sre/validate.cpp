// Checks a program before it may run: operands in range, skips that land where an operation begins, sets that end.
// Programs come from re._compiler, but anyone may call _sre.compile.
#include "modules/sre/code.h"

namespace taipan::sre {
namespace {

class Validator {
 public:
  explicit Validator(Code groups) : groups_(groups) {}
  bool sequence(const Code* code, const Code* end);

 private:
  bool operation(const Code*& code, const Code* end);
  bool set(const Code* code, const Code* end);
  bool info(const Code* code, const Code* after);
  bool branch(const Code*& code, const Code* end);
  bool repeat(Code op, const Code*& code, const Code* end);
  bool closed_body(const Code* body, const Code*& code, const Code* end);
  bool group_exists(const Code*& code, const Code* end);

  /// The word at `code` is a skip; is its target inside, and at least `least` words away?
  static bool skip_fits(const Code* code, const Code* end, Code least) {
    return code < end && *code >= least && *code <= static_cast<uint64_t>(end - code);
  }

  uint64_t groups_;
  int depth_ = 0;
};

bool Validator::set(const Code* code, const Code* end) {
  while (code < end) {
    switch (*code++) {
      case NEGATE: break;
      case LITERAL:
        if (end - code < 1) return false;
        code++;
        break;
      case RANGE:
      case RANGE_UNI_IGNORE:
        if (end - code < 2) return false;
        code += 2;
        break;
      case CHARSET:
        if (end - code < 8) return false;
        code += 8;
        break;
      case BIGCHARSET: {
        if (end - code < 1) return false;
        uint64_t blocks = *code++;
        if (static_cast<uint64_t>(end - code) < 64 + blocks * 8) return false;
        auto* index = reinterpret_cast<const uint8_t*>(code);
        for (int i = 0; i < 256; i++)
          if (index[i] >= blocks) return false;
        code += 64 + blocks * 8;
        break;
      }
      case CATEGORY:
        if (end - code < 1 || *code > UNI_NOT_LINEBREAK) return false;
        code++;
        break;
      default: return false;
    }
  }
  return code == end;
}

/// `code`: flags; `after`: the first word behind the block.
bool Validator::info(const Code* code, const Code* after) {
  if (after - code < 3) return false;
  Code flags = code[0];
  code += 3;
  if (flags & ~Code{kInfoPrefix | kInfoLiteral | kInfoCharset}) return false;
  if ((flags & kInfoPrefix) && (flags & kInfoCharset)) return false;
  if ((flags & kInfoLiteral) && !(flags & kInfoPrefix)) return false;
  if (flags & kInfoPrefix) {
    if (after - code < 2) return false;
    uint64_t length = code[0], covered = code[1];
    code += 2;
    if (length == 0 || covered > length || static_cast<uint64_t>(after - code) < 2 * length) return false;
    for (uint64_t i = 0; i < length; i++)
      if (code[length + i] >= length) return false;
    code += 2 * length;
  }
  if (flags & kInfoCharset) {
    if (after <= code || after[-1] != FAILURE || !set(code, after - 1)) return false;
    code = after;
  }
  return code == after;
}

bool Validator::branch(const Code*& code, const Code* end) {
  const Code* target = nullptr;
  for (;;) {
    if (code >= end) return false;
    if (*code == 0) break;
    if (!skip_fits(code, end, 3)) return false;
    const Code* following = code + *code;  // in front of it stands JUMP with its skip
    if (following[-2] != JUMP || !skip_fits(following - 1, end, 1)) return false;
    const Code* goes_to = following - 1 + following[-1];
    if (target && goes_to != target) return false;
    target = goes_to;
    if (!sequence(code + 1, following - 2)) return false;
    code = following;
  }
  code++;
  return !target || code == target;
}

/// A body that begins at `body` and ends with SUCCESS right before the skip's target; `code` is the skip.
bool Validator::closed_body(const Code* body, const Code*& code, const Code* end) {
  if (!skip_fits(code, end, 1)) return false;
  const Code* target = code + *code;
  if (target - body < 1 || target[-1] != SUCCESS || !sequence(body, target - 1)) return false;
  code = target;
  return true;
}

bool Validator::repeat(Code op, const Code*& code, const Code* end) {
  if (end - code < 3 || code[1] > code[2]) return false;
  if (op == REPEAT_ONE || op == MIN_REPEAT_ONE || op == POSSESSIVE_REPEAT_ONE) return closed_body(code + 3, code, end);
  if (!skip_fits(code, end, 3)) return false;
  const Code* until = code + *code;
  if (until >= end || !sequence(code + 3, until)) return false;
  bool fits = op == REPEAT ? *until == MAX_UNTIL || *until == MIN_UNTIL : *until == SUCCESS;
  code = until + 1;
  return fits;
}

bool Validator::group_exists(const Code*& code, const Code* end) {
  if (end - code < 2 || code[0] >= groups_) return false;
  // The skip is counted from the group's word.
  uint64_t skip = code[1];
  if (skip < 2 || skip > static_cast<uint64_t>(end - code)) return false;
  const Code* other = code + skip;
  if (skip >= 4 && other[-2] == JUMP && skip_fits(other - 1, end, 1)) {
    const Code* after = other - 1 + other[-1];
    if (after < other || !sequence(code + 2, other - 2) || !sequence(other, after)) return false;
    code = after;
    return true;
  }
  if (!sequence(code + 2, other)) return false;
  code = other;
  return true;
}

bool Validator::operation(const Code*& code, const Code* end) {
  Code op = *code++;
  switch (op) {
    case SUCCESS:
    case FAILURE:
    case ANY:
    case ANY_ALL: return true;
    case MARK: return code < end && *code++ < 2 * groups_;
    case LITERAL:
    case NOT_LITERAL:
    case LITERAL_IGNORE:
    case NOT_LITERAL_IGNORE:
    case LITERAL_UNI_IGNORE:
    case NOT_LITERAL_UNI_IGNORE:
    case LITERAL_LOC_IGNORE:
    case NOT_LITERAL_LOC_IGNORE: return code++ < end;
    case AT: return code < end && *code++ <= AT_UNI_NON_BOUNDARY;
    case CATEGORY: return code < end && *code++ <= UNI_NOT_LINEBREAK;
    case IN:
    case IN_IGNORE:
    case IN_UNI_IGNORE:
    case IN_LOC_IGNORE: {
      if (!skip_fits(code, end, 2)) return false;
      const Code* target = code + *code;
      if (target[-1] != FAILURE || !set(code + 1, target - 1)) return false;
      code = target;
      return true;
    }
    case INFO: {
      if (!skip_fits(code, end, 4)) return false;
      const Code* target = code + *code;
      if (!info(code + 1, target)) return false;
      code = target;
      return true;
    }
    case BRANCH: return branch(code, end);
    case REPEAT:
    case POSSESSIVE_REPEAT:
    case REPEAT_ONE:
    case MIN_REPEAT_ONE:
    case POSSESSIVE_REPEAT_ONE: return repeat(op, code, end);
    case ATOMIC_GROUP: return closed_body(code + 1, code, end);
    case ASSERT:
    case ASSERT_NOT:
      if (end - code < 2 || code[1] & 0x80000000) return false;
      return closed_body(code + 2, code, end);
    case GROUPREF:
    case GROUPREF_IGNORE:
    case GROUPREF_UNI_IGNORE:
    case GROUPREF_LOC_IGNORE: return code < end && *code++ < groups_;
    case GROUPREF_EXISTS: return group_exists(code, end);
    default: return false;
  }
}

bool Validator::sequence(const Code* code, const Code* end) {
  if (code > end || depth_ > 2000) return false;
  depth_++;
  while (code < end)
    if (!operation(code, end) || code > end) return false;
  depth_--;
  return code == end;
}

}  // namespace

bool is_valid(const Code* code, uint64_t size, Code groups) {
  if (size == 0 || groups > kMaxGroups || code[size - 1] != SUCCESS) return false;
  return Validator(groups).sequence(code, code + size - 1);
}

}  // namespace taipan::sre
