#pragma once
// The matcher, for one width of characters. It keeps its alternatives on a stack of its own: deep patterns and long
// texts need memory, but never the C++ stack.
#include <cstring>

#include "modules/sre/characters.h"
#include "modules/sre/sre.h"
#include "object/error.h"

namespace taipan::sre {

/// Looks for signals and gives other threads their turn.
Status interrupt();

template <class Unit>
class Matcher {
 public:
  Matcher(State& state, bool whole)
      : s_(state), code_(state.pattern->code), text_(static_cast<const Unit*>(state.text.data)), tables_(state.pattern->tables), end_(state.end), whole_(whole) {}

  Result<bool> match_at(Py_ssize_t start, bool must_advance);
  Result<bool> search();

 private:
  static constexpr Py_ssize_t kFailed = -1;
  static constexpr unsigned kStepsPerLook = 4096;
  enum class Outcome { no, yes, raised };

  // -- single characters --
  uint32_t character(Py_ssize_t i) const { return text_[i]; }
  bool unit_matches(Word pc, uint32_t c) const;
  Py_ssize_t run(Word pc, Py_ssize_t at, Word most) const;
  bool at_position(Word where, Py_ssize_t at) const;
  template <class Is> bool differs(Py_ssize_t at, Is is) const {
    bool before = at > 0 && is(character(at - 1)), after = at < end_ && is(character(at));
    return before != after;
  }
  template <class Fold> Py_ssize_t group_again(Word group, Py_ssize_t at, Fold fold) const;
  Py_ssize_t group_again(Op op, Word group, Py_ssize_t at) const;
  /// Could what begins at pc match here, as far as its first character tells?
  bool may_begin(Word pc, Py_ssize_t at) const {
    switch (static_cast<Op>(code_[pc])) {
      case Op::literal: return at < end_ && character(at) == code_[pc + 1];
      case Op::in: return at < end_ && in_set(code_ + pc + 2, character(at));
      default: return true;
    }
  }

  // -- alternatives --
  bool push(typename Entry::Kind kind, Word pc, Py_ssize_t at, Py_ssize_t low) {
    return s_.stack.append({kind, pc, at, low, repeat_, static_cast<uint32_t>(s_.repeats.size())});
  }
  void restore(const Entry& e) {
    at_ = e.at;
    repeat_ = e.repeat;
    s_.repeats.truncate(e.repeats);
  }
  bool set_mark(Word index);
  bool start_repeat(Word operands, uint32_t outer, Py_ssize_t count, Py_ssize_t last);
  bool start_border(typename Entry::Kind kind, Word pc, Py_ssize_t at) {
    Py_ssize_t outer = border_;
    border_ = static_cast<Py_ssize_t>(s_.stack.size());
    return push(kind, pc, at, outer);
  }
  /// Forgets the alternatives above the innermost border and the border; what they changed can still be undone.
  void cut();
  void undo(const Entry& e) {
    s_.marks[e.pc] = e.at;
    s_.lastindex = e.low;
  }
  Word next_after_skip(Word pc) const { return pc + 1 + code_[pc + 1]; }

  // -- steps: false means failed, that is, backtrack; no_memory_ is set if that was the reason --
  bool forward();
  bool branch(Word pc);
  bool max_until();
  bool min_until();
  bool greedy_one();
  bool lazy_one();
  bool advance_lazy();
  Py_ssize_t retreat(Word tail, Py_ssize_t high, Py_ssize_t low) const;
  bool begin_possessive();
  bool end_possessive(const Entry& border);
  bool subpattern_matched();
  bool backtrack();
  bool memory(bool ok) {
    if (!ok) no_memory_ = true;
    return ok;
  }

  State& s_;
  const Word* code_;
  const Unit* text_;
  Tables& tables_;
  const Py_ssize_t end_;
  const bool whole_;
  bool must_advance_ = false, no_memory_ = false, matched_ = false;
  Py_ssize_t start_ = 0, at_ = 0;
  Word pc_ = 0;
  uint32_t repeat_ = 0;           // the innermost repeat being matched
  Py_ssize_t border_ = kFailed;   // the innermost border on the stack; none: the pattern itself
};

// -- single characters --

template <class Unit>
bool Matcher<Unit>::unit_matches(Word pc, uint32_t c) const {
  if (c < 256)
    if (const CharacterTable* table = tables_.known(pc)) return table->matches[c];
  return item_matches(code_, pc, c);
}

/// How many characters from `at` on match the item at pc, at most `most`.
template <class Unit>
Py_ssize_t Matcher<Unit>::run(Word pc, Py_ssize_t at, Word most) const {
  Py_ssize_t stop = most == kMaxRepeat || most > end_ - at ? end_ : at + static_cast<Py_ssize_t>(most), i = at;
  const Word* args = code_ + pc + 1;
  switch (static_cast<Op>(code_[pc])) {
    case Op::any_all: return stop > at ? stop - at : 0;
    case Op::any:
      while (i < stop && text_[i] != '\n') i++;
      break;
    case Op::literal:
      while (i < stop && text_[i] == args[0]) i++;
      break;
    case Op::not_literal:
      while (i < stop && text_[i] != args[0]) i++;
      break;
    default:
      if (const CharacterTable* table = tables_.item(code_, s_.pattern->size(), pc)) {
        while (i < stop && (sizeof(Unit) == 1 || text_[i] < 256 ? table->matches[static_cast<uint8_t>(text_[i])]
                                                                 : item_matches(code_, pc, text_[i])))
          i++;
      } else {
        while (i < stop && item_matches(code_, pc, text_[i])) i++;
      }
  }
  return i - at;
}

template <class Unit>
bool Matcher<Unit>::at_position(Word where, Py_ssize_t at) const {
  using enum At;
  // An empty text has no place that is a boundary, nor one that is none.
  bool empty = end_ == 0;
  switch (static_cast<At>(where)) {
    case beginning: case beginning_string: return at == 0;
    case beginning_line: return at == 0 || text_[at - 1] == '\n';
    case end: return at == end_ || (at == end_ - 1 && text_[at] == '\n');
    case end_line: return at == end_ || (at < end_ && text_[at] == '\n');
    case end_string: return at == end_;
    case boundary: return !empty && differs(at, is_ascii_word);
    case non_boundary: return !empty && !differs(at, is_ascii_word);
    case loc_boundary: return !empty && differs(at, is_locale_word);
    case loc_non_boundary: return !empty && !differs(at, is_locale_word);
    case uni_boundary: return !empty && differs(at, is_unicode_word);
    case uni_non_boundary: return !empty && !differs(at, is_unicode_word);
    case count: break;
  }
  return false;
}

/// The end of a repetition of the group's text at `at`.
template <class Unit>
template <class Fold>
Py_ssize_t Matcher<Unit>::group_again(Word group, Py_ssize_t at, Fold fold) const {
  Py_ssize_t from = s_.marks[2 * group], to = s_.marks[2 * group + 1];
  if (from < 0 || to < from || to - from > end_ - at) return kFailed;
  for (; from < to; from++, at++)
    if (fold(character(from)) != fold(character(at))) return kFailed;
  return at;
}
template <class Unit>
Py_ssize_t Matcher<Unit>::group_again(Op op, Word group, Py_ssize_t at) const {
  switch (op) {
    case Op::groupref_ignore: return group_again(group, at, lower_ascii);
    case Op::groupref_uni_ignore: return group_again(group, at, lower_unicode);
    case Op::groupref_loc_ignore: return group_again(group, at, lower_locale);
    default: return group_again(group, at, [](uint32_t c) { return c; });
  }
}

// -- marks, repeats, borders --

template <class Unit>
bool Matcher<Unit>::set_mark(Word index) {
  Py_ssize_t& mark = s_.marks[index];
  // Without alternatives nothing will ever be undone.
  if (!s_.stack.empty() && !memory(s_.stack.append({Entry::undo, index, mark, s_.lastindex, 0, 0}))) return false;
  mark = at_;
  if (index & 1) s_.lastindex = index / 2 + 1;
  return true;
}

template <class Unit>
bool Matcher<Unit>::start_repeat(Word operands, uint32_t outer, Py_ssize_t count, Py_ssize_t last) {
  size_t index = s_.repeats.size();
  if (!memory(index < UINT32_MAX && s_.repeats.append({operands, outer, count, last}))) return false;
  repeat_ = static_cast<uint32_t>(index);
  return true;
}

template <class Unit>
void Matcher<Unit>::cut() {
  auto kept = static_cast<size_t>(border_);
  border_ = s_.stack[kept].low;
  for (size_t i = kept + 1; i < s_.stack.size(); i++)
    if (s_.stack[i].kind == Entry::undo) s_.stack[kept++] = s_.stack[i];
  s_.stack.truncate(kept);
}

// -- steps --

/// Tries the alternatives from the one at pc on; the others stay to be tried.
template <class Unit>
bool Matcher<Unit>::branch(Word pc) {
  for (; code_[pc]; pc += code_[pc]) {
    if (!may_begin(pc + 1, at_)) continue;
    Word next = pc + code_[pc];
    if (code_[next] && !memory(push(Entry::branch, next, at_, 0))) return false;
    pc_ = pc + 1;
    return true;
  }
  return false;
}

template <class Unit>
bool Matcher<Unit>::max_until() {
  const Repeat r = s_.repeats[repeat_];
  Word least = code_[r.pc + 1], most = code_[r.pc + 2], tail = pc_ + 1;
  Py_ssize_t count = r.count + 1;
  if (count < least) {
    pc_ = r.pc + 3;
    return start_repeat(r.pc, r.outer, count, r.last);
  }
  // A pass that matched nothing is not repeated.
  if ((count < most || most == kMaxRepeat) && at_ != r.last) {
    repeat_ = r.outer;
    if (!memory(push(Entry::jump, tail, at_, 0))) return false;
    pc_ = r.pc + 3;
    return start_repeat(r.pc, r.outer, count, at_);
  }
  repeat_ = r.outer;
  pc_ = tail;
  return true;
}

template <class Unit>
bool Matcher<Unit>::min_until() {
  const Repeat r = s_.repeats[repeat_];
  Word least = code_[r.pc + 1], most = code_[r.pc + 2], tail = pc_ + 1;
  Py_ssize_t count = r.count + 1;
  if (count < least) {
    pc_ = r.pc + 3;
    return start_repeat(r.pc, r.outer, count, r.last);
  }
  if ((count < most || most == kMaxRepeat) && at_ != r.last) {
    if (!start_repeat(r.pc, r.outer, count, at_) || !memory(push(Entry::jump, r.pc + 3, at_, 0))) return false;
  }
  repeat_ = r.outer;
  pc_ = tail;
  return true;
}

/// The last place in [low, high] where the tail may begin, as far as its first character tells.
template <class Unit>
Py_ssize_t Matcher<Unit>::retreat(Word tail, Py_ssize_t high, Py_ssize_t low) const {
  while (static_cast<Op>(code_[tail]) == Op::mark) tail += 2;
  auto op = static_cast<Op>(code_[tail]);
  if (op == Op::literal) {
    Word wanted = code_[tail + 1];
    while (high >= low && (high >= end_ || text_[high] != wanted)) high--;
  } else if (op == Op::in) {
    while (high >= low && (high >= end_ || !unit_matches(tail, text_[high]))) high--;
  }
  return high >= low ? high : kFailed;
}

template <class Unit>
bool Matcher<Unit>::greedy_one() {
  Word least = code_[pc_ + 2], most = code_[pc_ + 3], tail = next_after_skip(pc_);
  if (least > end_ - at_) return false;
  Py_ssize_t n = run(pc_ + 4, at_, most);
  if (n < least) return false;
  Py_ssize_t low = at_ + least, high = retreat(tail, at_ + n, low);
  if (high == kFailed) return false;
  if (high > low && !memory(push(Entry::greedy_one, tail, high, low))) return false;
  at_ = high;
  pc_ = tail;
  return true;
}

template <class Unit>
bool Matcher<Unit>::lazy_one() {
  Word least = code_[pc_ + 2], most = code_[pc_ + 3], tail = next_after_skip(pc_);
  if (least > end_ - at_) return false;
  if (least) {
    if (run(pc_ + 4, at_, least) < least) return false;
    at_ += least;
  }
  Py_ssize_t more = most == kMaxRepeat ? PY_SSIZE_T_MAX : most - least;
  if (more && !memory(push(Entry::lazy_one, pc_, at_, more))) return false;
  pc_ = tail;
  return true;
}

/// The entry on top gives one more character, and as many as the tail's first character asks for.
template <class Unit>
bool Matcher<Unit>::advance_lazy() {
  Entry& e = s_.stack.back();
  Word tail = next_after_skip(e.pc);
  bool literal = static_cast<Op>(code_[tail]) == Op::literal;
  do {
    if (e.low == 0 || e.at >= end_ || !unit_matches(e.pc + 4, character(e.at))) {
      s_.stack.pop();
      return false;
    }
    e.at++;
    e.low--;
  } while (literal && !may_begin(tail, e.at));
  restore(e);
  pc_ = tail;
  return true;
}

// A possessive repeat matches each pass on its own; its count lies in a Repeat that only its border knows.
template <class Unit>
bool Matcher<Unit>::begin_possessive() {
  Word operands = pc_ + 1;
  if (code_[operands + 2] == 0) {
    pc_ = operands + code_[operands] + 1;
    return true;
  }
  if (!start_repeat(operands, repeat_, 0, at_) || !memory(start_border(Entry::possessive, pc_, at_))) return false;
  pc_ = operands + 3;
  return true;
}
template <class Unit>
bool Matcher<Unit>::end_possessive(const Entry& border) {
  Repeat& r = s_.repeats[border.repeat];
  Word operands = border.pc + 1, least = code_[operands + 1], most = code_[operands + 2];
  r.count++;
  cut();
  s_.repeats.truncate(border.repeats);
  repeat_ = border.repeat;
  if ((r.count < most || most == kMaxRepeat) && (at_ != border.at || r.count < least)) {
    pc_ = operands + 3;
    return memory(start_border(Entry::possessive, border.pc, at_));
  }
  repeat_ = r.outer;
  s_.repeats.truncate(border.repeat);
  pc_ = operands + code_[operands] + 1;
  return true;
}

/// SUCCESS was reached: of the whole pattern, or of the subpattern inside the innermost border.
template <class Unit>
bool Matcher<Unit>::subpattern_matched() {
  if (border_ == kFailed) {
    if ((whole_ && at_ != end_) || (must_advance_ && at_ == start_)) return false;
    matched_ = true;
    return true;
  }
  const Entry border = s_.stack[static_cast<size_t>(border_)];
  switch (border.kind) {
    case Entry::negation: {
      auto bottom = static_cast<size_t>(border_);
      for (; s_.stack.size() > bottom + 1; s_.stack.pop())
        if (s_.stack.back().kind == Entry::undo) undo(s_.stack.back());
      s_.stack.pop();
      border_ = border.low;
      return false;
    }
    case Entry::possessive: return end_possessive(border);
    default: {
      Py_ssize_t at = at_;
      cut();
      restore(border);
      if (border.kind == Entry::atomic) at_ = at;
      pc_ = next_after_skip(border.pc);
      return true;
    }
  }
}

/// Goes back to the latest alternative. False: there is none left.
template <class Unit>
bool Matcher<Unit>::backtrack() {
  while (!s_.stack.empty()) {
    Entry& top = s_.stack.back();
    const Entry e = top;
    switch (e.kind) {
      case Entry::undo:
        undo(e);
        s_.stack.pop();
        continue;
      case Entry::jump:
        restore(e);
        pc_ = e.pc;
        s_.stack.pop();
        return true;
      case Entry::branch:
        restore(e);
        s_.stack.pop();
        if (branch(e.pc)) return true;
        if (no_memory_) return false;
        continue;
      case Entry::greedy_one: {
        Py_ssize_t at = retreat(e.pc, e.at - 1, e.low);
        if (at != kFailed) restore(e);
        if (at == kFailed || at == e.low) s_.stack.pop();
        else top.at = at;
        if (at == kFailed) continue;
        at_ = at;
        pc_ = e.pc;
        return true;
      }
      case Entry::lazy_one:
        if (advance_lazy()) return true;
        continue;
      case Entry::assertion: case Entry::atomic:
        border_ = e.low;
        s_.stack.pop();
        continue;
      case Entry::negation:
        restore(e);
        border_ = e.low;
        s_.stack.pop();
        pc_ = next_after_skip(e.pc);
        return true;
      case Entry::possessive: {
        const Repeat r = s_.repeats[e.repeat];
        border_ = e.low;
        s_.stack.pop();
        if (r.count < code_[e.pc + 2]) continue;
        at_ = e.at;
        repeat_ = r.outer;
        s_.repeats.truncate(e.repeat);
        pc_ = e.pc + 1 + code_[e.pc + 1] + 1;
        return true;
      }
    }
  }
  return false;
}

/// Instruction after instruction. False: one does not match here. True: the pattern has matched, or it is time to look for
/// signals.
template <class Unit>
bool Matcher<Unit>::forward() {
  while (!matched_ && ++s_.budget < kStepsPerLook) {
    const Word* args = code_ + pc_ + 1;
    auto op = static_cast<Op>(code_[pc_]);
    switch (op) {
      case Op::literal:
        if (at_ >= end_ || text_[at_] != args[0]) return false;
        at_++;
        pc_ += 2;
        continue;
      case Op::any: case Op::any_all:
        if (at_ >= end_ || (op == Op::any && text_[at_] == '\n')) return false;
        at_++;
        pc_ += 1;
        continue;
      case Op::category: case Op::not_literal:
      case Op::literal_ignore: case Op::not_literal_ignore:
      case Op::literal_uni_ignore: case Op::not_literal_uni_ignore:
      case Op::literal_loc_ignore: case Op::not_literal_loc_ignore:
        if (at_ >= end_ || !unit_matches(pc_, character(at_))) return false;
        at_++;
        pc_ += 2;
        continue;
      case Op::in: case Op::in_ignore: case Op::in_uni_ignore: case Op::in_loc_ignore:
        if (at_ >= end_ || !unit_matches(pc_, character(at_))) return false;
        at_++;
        pc_ = next_after_skip(pc_);
        continue;
      case Op::at:
        if (!at_position(args[0], at_)) return false;
        pc_ += 2;
        continue;
      case Op::mark:
        pc_ += 2;
        if (!set_mark(args[0])) return false;
        continue;
      case Op::jump:
        pc_ += 1 + args[0];
        continue;
      case Op::info:
        if (args[2] && end_ - at_ < args[2]) return false;
        pc_ = next_after_skip(pc_);
        continue;
      case Op::branch:
        if (!branch(pc_ + 1)) return false;
        continue;
      case Op::repeat: {
        Word until = next_after_skip(pc_);
        if (!start_repeat(pc_ + 1, repeat_, -1, kFailed)) return false;
        pc_ = until;
        continue;
      }
      case Op::max_until:
        if (!max_until()) return false;
        continue;
      case Op::min_until:
        if (!min_until()) return false;
        continue;
      case Op::repeat_one:
        if (!greedy_one()) return false;
        continue;
      case Op::min_repeat_one:
        if (!lazy_one()) return false;
        continue;
      case Op::possessive_repeat_one: {
        if (args[1] > end_ - at_) return false;
        Py_ssize_t n = run(pc_ + 4, at_, args[2]);
        if (n < args[1]) return false;
        at_ += n;
        pc_ = next_after_skip(pc_);
        continue;
      }
      case Op::possessive_repeat:
        if (!begin_possessive()) return false;
        continue;
      case Op::atomic_group:
        if (!memory(start_border(Entry::atomic, pc_, at_))) return false;
        pc_ += 2;
        continue;
      case Op::assert_: case Op::assert_not: {
        Py_ssize_t back = args[1];
        if (at_ < back) {
          if (op == Op::assert_) return false;
          pc_ = next_after_skip(pc_);
          continue;
        }
        if (!memory(start_border(op == Op::assert_ ? Entry::assertion : Entry::negation, pc_, at_))) return false;
        at_ -= back;
        pc_ += 3;
        continue;
      }
      case Op::groupref: case Op::groupref_ignore: case Op::groupref_uni_ignore: case Op::groupref_loc_ignore: {
        Py_ssize_t after = group_again(op, args[0], at_);
        if (after == kFailed) return false;
        at_ = after;
        pc_ += 2;
        continue;
      }
      case Op::groupref_exists: {
        Py_ssize_t from = s_.marks[2 * args[0]], to = s_.marks[2 * args[0] + 1];
        pc_ += from >= 0 && to >= from ? 3 : 1 + args[1];
        continue;
      }
      case Op::success:
        if (!subpattern_matched()) return false;
        continue;
      default: return false;  // FAILURE
    }
  }
  return true;
}

// -- whole matches --

template <class Unit>
Result<bool> Matcher<Unit>::match_at(Py_ssize_t start, bool must_advance) {
  s_.stack.clear();
  s_.repeats.truncate(1);  // number 0 means none
  for (Py_ssize_t& mark : s_.marks) mark = -1;
  s_.lastindex = -1;
  start_ = at_ = start;
  must_advance_ = must_advance;
  pc_ = 0;
  repeat_ = 0;
  border_ = kFailed;
  matched_ = false;
  while (!matched_) {
    if (forward()) {
      if (s_.budget < kStepsPerLook) continue;
      s_.budget = 0;
      TRY(interrupt());
      continue;
    }
    if (no_memory_ || !backtrack()) break;
  }
  if (no_memory_) return raise_no_memory();
  if (!matched_) return false;
  s_.start = start;
  s_.at = at_;
  return true;
}

template <class Unit>
Result<bool> Matcher<Unit>::search() {
  Py_ssize_t at = s_.start, last = end_;
  if (at > end_) return false;
  Word flags = 0, least = 0;
  const Word* prefix = nullptr;
  Word prefix_length = 0;
  if (static_cast<Op>(code_[0]) == Op::info) {
    flags = code_[2];
    least = code_[3];
    if (least > end_ - at) return false;
    last -= least;
    if (flags & kInfoPrefix) {
      prefix_length = code_[5];
      prefix = code_ + 7;
    }
  }
  constexpr unsigned kTriesBeforeTable = 32;
  const CharacterTable* beginnings = nullptr;
  for (bool first = true; at <= last; at++, first = false) {
    if (!prefix && !beginnings && (s_.tries >= kTriesBeforeTable || ++s_.tries == kTriesBeforeTable)) beginnings = tables_.first(code_);
    if (beginnings) {
      while (at <= last && at < end_ && (sizeof(Unit) == 1 || text_[at] < 256) && !beginnings->matches[static_cast<uint8_t>(text_[at])])
        at++;
      if (at > last || at == end_) return false;
    } else if (prefix) {
      if constexpr (sizeof(Unit) == 1) {
        const void* found =
            prefix[0] < 256 ? memchr(text_ + at, static_cast<int>(prefix[0]), static_cast<size_t>(last - at + 1)) : nullptr;
        if (!found) return false;
        at = static_cast<const Unit*>(found) - text_;
      } else {
        while (at <= last && text_[at] != prefix[0]) at++;
        if (at > last) return false;
      }
      Word same = 1;
      while (same < prefix_length && text_[at + same] == prefix[same]) same++;
      if (same < prefix_length) continue;
      if (flags & kInfoLiteral) {
        s_.lastindex = -1;
        s_.start = at;
        s_.at = at + prefix_length;
        return true;
      }
    } else if (flags & kInfoCharset) {
      while (at <= last && !in_set(code_ + 5, text_[at])) at++;
      if (at > last) return false;
    }
    if (TRY(match_at(at, first && s_.must_advance && at == s_.start))) return true;
  }
  return false;
}

}  // namespace taipan::sre
