// Matching and searching in texts of every width.
#include "modules/sre/matcher.h"

#include "object/error.h"
#include "object/hooks.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/bytes.h"

namespace taipan::sre {

Status interrupt() {
  if (!interpreter().pending) return {};
  return hooks.handle_pending(current_thread());
}

namespace {

template <class Char>
class Run {
 public:
  Run(Matcher& m, const Code* code) : m_(m), text_(static_cast<const Char*>(m.text)), end_(m.end), code_(code) {}
  Outcome match(const Code* pc, Py_ssize_t at) {
    Outcome r = run(pc, at, true);
    m_.trail.clear();
    m_.repeats.clear();
    m_.current = -1;
    return r;
  }
  Outcome search(const Code* pc);

 private:
  using Position = Py_ssize_t;

  Outcome run(const Code* pc, Position at, bool outermost);
  bool at_place(Code place, Position p) const;
  bool boundary(Position p, bool (*word)(Code), bool wanted) const;
  Position count(const Code* item, Position from, Code most) const;
  bool same_text(Code group, Position& p, Code (*fold)(Code)) const;
  Outcome nested(const Code* pc, Position at);
  void cut(size_t base);
  void undo(const Trail& t);
  void unwind(size_t base);
  bool note(Trail t) { return m_.trail.append(t) || (raise_no_memory(), false); }
  bool mark(Code index, Position p);
  bool set_current(int repeat);
  bool save_repeat(int i);
  Outcome possessive_repeat(const Code* pc, Position& p);
  bool interrupted();
  Code offset(const Code* pc) const { return static_cast<Code>(pc - code_); }
  Outcome search_prefix(const Code* info, const Code* pc);
  Outcome search_set(const Code* set, const Code* pc);
  Outcome try_at(const Code* pc, Position p) {
    m_.reset();
    m_.start = p;
    return run(pc, p, true);
  }

  Matcher& m_;
  const Char* text_;
  Position end_;
  const Code* code_;
  unsigned steps_ = 0;
};

// -- places and characters --

template <class Char>
bool Run<Char>::boundary(Position p, bool (*word)(Code), bool wanted) const {
  if (end_ == 0) return false;
  bool before = p > 0 && word(text_[p - 1]), behind = p < end_ && word(text_[p]);
  return (before != behind) == wanted;
}

template <class Char>
bool Run<Char>::at_place(Code place, Position p) const {
  switch (place) {
    case AT_BEGINNING:
    case AT_BEGINNING_STRING: return p == 0;
    case AT_BEGINNING_LINE: return p == 0 || text_[p - 1] == '\n';
    case AT_END: return p == end_ || (p + 1 == end_ && text_[p] == '\n');
    case AT_END_LINE: return p == end_ || text_[p] == '\n';
    case AT_END_STRING: return p == end_;
    case AT_BOUNDARY: return boundary(p, is_word, true);
    case AT_NON_BOUNDARY: return boundary(p, is_word, false);
    case AT_LOC_BOUNDARY: return boundary(p, is_locale_word, true);
    case AT_LOC_NON_BOUNDARY: return boundary(p, is_locale_word, false);
    case AT_UNI_BOUNDARY: return boundary(p, is_unicode_word, true);
    case AT_UNI_NON_BOUNDARY: return boundary(p, is_unicode_word, false);
  }
  return false;
}

/// How many characters from `from` on the one-character item matches, `most` at most.
template <class Char>
Py_ssize_t Run<Char>::count(const Code* item, Position from, Code most) const {
  Position stop = most != kMaxRepeat && static_cast<Position>(most) < end_ - from ? from + static_cast<Position>(most) : end_;
  Position p = from;
  switch (item[0]) {
    case ANY_ALL: return stop - from;
    case ANY:
      while (p < stop && text_[p] != '\n') p++;
      break;
    case LITERAL:
      while (p < stop && text_[p] == item[1]) p++;
      break;
    case NOT_LITERAL:
      while (p < stop && text_[p] != item[1]) p++;
      break;
    case IN:
      while (p < stop && in_set(item + 2, text_[p])) p++;
      break;
    default:
      while (p < stop && matches_one(item, text_[p])) p++;
  }
  return p - from;
}

template <class Char>
bool Run<Char>::same_text(Code group, Position& p, Code (*fold)(Code)) const {
  auto m = static_cast<Py_ssize_t>(group) * 2;
  if (m >= m_.last_mark) return false;
  Position from = m_.marks[m], to = m_.marks[m + 1];
  if (from < 0 || to < from || end_ - p < to - from) return false;
  Position q = p;
  for (; from < to; from++, q++) {
    if (fold ? fold(text_[q]) != fold(text_[from]) : text_[q] != text_[from]) return false;
  }
  p = q;
  return true;
}

// -- the trail --

template <class Char>
bool Run<Char>::mark(Code index, Position p) {
  if (!m_.trail.empty() &&
      !note({Trail::undo_mark, index, static_cast<Py_ssize_t>(index) <= m_.last_mark ? m_.marks[index] : -1, m_.last_mark, m_.last_index}))
    return false;
  if (index & 1) m_.last_index = index / 2 + 1;
  while (m_.last_mark < static_cast<Py_ssize_t>(index)) m_.marks[++m_.last_mark] = -1;
  m_.marks[index] = p;
  return true;
}

template <class Char>
void Run<Char>::undo(const Trail& t) {
  switch (t.kind) {
    case Trail::undo_mark:
      m_.marks[t.at] = t.a;
      m_.last_mark = t.b;
      m_.last_index = t.c;
      break;
    case Trail::undo_repeat:
      m_.repeats[t.at].count = t.a;
      m_.repeats[t.at].last = t.b;
      break;
    case Trail::undo_current:
      m_.current = static_cast<int>(t.a);
      if (t.b >= 0) m_.repeats.truncate(static_cast<size_t>(t.b));
      break;
    default: break;
  }
}

/// Undoes everything noted above `base`, choices included.
template <class Char>
void Run<Char>::unwind(size_t base) {
  while (m_.trail.size() > base) undo(m_.trail.pop());
}

/// Drops the choices above `base` but keeps what must be undone if something before them fails.
template <class Char>
void Run<Char>::cut(size_t base) {
  size_t kept = base;
  for (size_t i = base; i < m_.trail.size(); i++)
    if (m_.trail[i].kind >= Trail::undo_mark) m_.trail[kept++] = m_.trail[i];
  m_.trail.truncate(kept);
}

template <class Char>
bool Run<Char>::set_current(int repeat) {
  if (!note({Trail::undo_current, 0, m_.current, -1, 0})) return false;
  m_.current = repeat;
  return true;
}
template <class Char>
bool Run<Char>::save_repeat(int i) {
  Repeat& r = m_.repeats[static_cast<size_t>(i)];
  return note({Trail::undo_repeat, static_cast<Code>(i), r.count, r.last, 0});
}

template <class Char>
Outcome Run<Char>::nested(const Code* pc, Position at) {
  RecursionGuard guard(" in a regular expression");
  if (!guard) return Outcome::failed;
  return run(pc, at, false);
}

template <class Char>
bool Run<Char>::interrupted() {
  if (++steps_ & 0xFFF) return false;
  PyThreadState* ts = current_thread();
  if (!(__atomic_load_n(&interpreter().pending, __ATOMIC_RELAXED) & static_cast<uint32_t>(Pending::signal))) return false;
  return hooks.handle_pending && !hooks.handle_pending(ts);
}

// item{min,max}+ : as often as possible, and no choice is left behind.
template <class Char>
Outcome Run<Char>::possessive_repeat(const Code* pc, Position& p) {
  auto least = static_cast<Py_ssize_t>(pc[2]), most = static_cast<Py_ssize_t>(pc[3]);
  Position last = -1;
  for (Py_ssize_t n = 0; n < least || ((pc[3] == kMaxRepeat || n < most) && p != last); n++) {
    size_t base = m_.trail.size();
    // A mark below keeps every change inside on the trail, so that a failed item can be undone.
    if (!note({Trail::undo_current, 0, m_.current, -1, 0})) return Outcome::failed;
    Outcome r = nested(pc + 4, p);
    if (r == Outcome::failed) return r;
    if (r == Outcome::no) {
      unwind(base);
      return n < least ? r : Outcome::yes;
    }
    cut(base);
    last = p;
    p = m_.position;
  }
  return Outcome::yes;
}

// -- the loop --

template <class Char>
Outcome Run<Char>::run(const Code* pc, Position p, bool outermost) {
  const size_t base = m_.trail.size();
  Position n = 0;

advance:
  switch (pc[0]) {
    case FAILURE: goto fail;
    case SUCCESS:
      if (outermost && ((m_.match_all && p != end_) || (m_.must_advance && p == m_.start))) goto fail;
      m_.position = p;
      return Outcome::yes;
    case MARK:
      if (!mark(pc[1], p)) return Outcome::failed;
      pc += 2;
      goto advance;
    case LITERAL:
      if (p >= end_ || text_[p] != pc[1]) goto fail;
      p++;
      pc += 2;
      goto advance;
    case NOT_LITERAL:
    case LITERAL_IGNORE:
    case NOT_LITERAL_IGNORE:
    case LITERAL_UNI_IGNORE:
    case NOT_LITERAL_UNI_IGNORE:
    case LITERAL_LOC_IGNORE:
    case NOT_LITERAL_LOC_IGNORE:
    case CATEGORY:
      if (p >= end_ || !matches_one(pc, text_[p])) goto fail;
      p++;
      pc += 2;
      goto advance;
    case IN:
    case IN_IGNORE:
    case IN_UNI_IGNORE:
    case IN_LOC_IGNORE:
      if (p >= end_ || !matches_one(pc, text_[p])) goto fail;
      p++;
      pc += 1 + pc[1];
      goto advance;
    case ANY:
      if (p >= end_ || text_[p] == '\n') goto fail;
      p++;
      pc++;
      goto advance;
    case ANY_ALL:
      if (p >= end_) goto fail;
      p++;
      pc++;
      goto advance;
    case AT:
      if (!at_place(pc[1], p)) goto fail;
      pc += 2;
      goto advance;
    case JUMP:
      pc += 1 + pc[1];
      goto advance;
    case INFO:
      if (pc[3] && end_ - p < static_cast<Position>(pc[3])) goto fail;
      pc += 1 + pc[1];
      goto advance;
    case BRANCH:
      pc++;
      goto next_branch;
    case REPEAT_ONE:
      if (end_ - p < static_cast<Position>(pc[2])) goto fail;
      n = count(pc + 4, p, pc[3]);
      goto greedy;
    case MIN_REPEAT_ONE: {
      auto least = static_cast<Position>(pc[2]);
      if (end_ - p < least) goto fail;
      n = least ? count(pc + 4, p, pc[2]) : 0;
      if (n < least) goto fail;
      p += n;
      goto lazy;
    }
    case POSSESSIVE_REPEAT_ONE:
      if (end_ - p < static_cast<Position>(pc[2])) goto fail;
      n = count(pc + 4, p, pc[3]);
      if (n < static_cast<Position>(pc[2])) goto fail;
      p += n;
      pc += 1 + pc[1];
      goto advance;
    case REPEAT: {
      // The body's end, UNTIL, decides everything; it is asked before the first iteration too.
      if (!note({Trail::undo_current, 0, m_.current, static_cast<Py_ssize_t>(m_.repeats.size()), 0}) ||
          !m_.repeats.append({pc + 1, -1, -1, m_.current})) {
        if (!pending_error()) raise_no_memory();
        return Outcome::failed;
      }
      m_.current = static_cast<int>(m_.repeats.size()) - 1;
      pc += 1 + pc[1];
      goto advance;
    }
    case MAX_UNTIL: {
      if (m_.current < 0) return raise(PyExc_RuntimeError, "internal error in regular expression engine"), Outcome::failed;
      int i = m_.current;
      Repeat* r = &m_.repeats[static_cast<size_t>(i)];
      Py_ssize_t times = r->count + 1;
      if (times < static_cast<Py_ssize_t>(r->code[1])) {
        if (!save_repeat(i)) return Outcome::failed;
        r->count = times;
        pc = r->code + 3;
        goto advance;
      }
      if ((r->code[2] == kMaxRepeat || times < static_cast<Py_ssize_t>(r->code[2])) && p != r->last) {
        if (!note({Trail::until_tail, offset(pc + 1), p, i, 0}) || !save_repeat(i)) return Outcome::failed;
        r->count = times;
        r->last = p;
        pc = r->code + 3;
        goto advance;
      }
      if (!set_current(r->outer)) return Outcome::failed;
      pc++;
      goto advance;
    }
    case MIN_UNTIL: {
      if (m_.current < 0) return raise(PyExc_RuntimeError, "internal error in regular expression engine"), Outcome::failed;
      int i = m_.current;
      Repeat* r = &m_.repeats[static_cast<size_t>(i)];
      Py_ssize_t times = r->count + 1;
      if (times < static_cast<Py_ssize_t>(r->code[1])) {
        if (!save_repeat(i)) return Outcome::failed;
        r->count = times;
        pc = r->code + 3;
        goto advance;
      }
      if (!note({Trail::until_body, static_cast<Code>(i), p, times, 0}) || !set_current(r->outer)) return Outcome::failed;
      pc++;
      goto advance;
    }
    case POSSESSIVE_REPEAT: {
      Outcome r = possessive_repeat(pc, p);
      if (r == Outcome::failed) return r;
      if (r == Outcome::no) goto fail;
      pc += 2 + pc[1];  // the skip leads to the item's SUCCESS
      goto advance;
    }
    case ATOMIC_GROUP: {
      size_t here = m_.trail.size();
      Outcome r = nested(pc + 2, p);
      if (r == Outcome::failed) return r;
      if (r == Outcome::no) goto fail;
      cut(here);
      p = m_.position;
      pc += 1 + pc[1];
      goto advance;
    }
    case ASSERT: {
      if (p < static_cast<Position>(pc[2])) goto fail;
      size_t here = m_.trail.size();
      Outcome r = nested(pc + 3, p - static_cast<Position>(pc[2]));
      if (r == Outcome::failed) return r;
      if (r == Outcome::no) goto fail;
      cut(here);
      pc += 1 + pc[1];
      goto advance;
    }
    case ASSERT_NOT: {
      if (p >= static_cast<Position>(pc[2])) {
        size_t here = m_.trail.size();
        // As for possessive items: groups set inside must not survive.
        if (!note({Trail::undo_current, 0, m_.current, -1, 0})) return Outcome::failed;
        Outcome r = nested(pc + 3, p - static_cast<Position>(pc[2]));
        if (r == Outcome::failed) return r;
        unwind(here);
        if (r == Outcome::yes) goto fail;
      }
      pc += 1 + pc[1];
      goto advance;
    }
    case GROUPREF:
      if (!same_text(pc[1], p, nullptr)) goto fail;
      pc += 2;
      goto advance;
    case GROUPREF_IGNORE:
      if (!same_text(pc[1], p, lower_ascii)) goto fail;
      pc += 2;
      goto advance;
    case GROUPREF_UNI_IGNORE:
      if (!same_text(pc[1], p, lower_unicode)) goto fail;
      pc += 2;
      goto advance;
    case GROUPREF_LOC_IGNORE:
      if (!same_text(pc[1], p, lower_locale)) goto fail;
      pc += 2;
      goto advance;
    case GROUPREF_EXISTS:
      // This skip alone is counted from the word before it.
      pc += m_.group_matched(static_cast<Py_ssize_t>(pc[1]) + 1) ? 3 : 1 + pc[2];
      goto advance;
    default:
      return raise(PyExc_RuntimeError, "internal error in regular expression engine"), Outcome::failed;
  }

next_branch:  // pc: the skip of the next alternative, 0 behind the last
  for (; pc[0]; pc += pc[0]) {
    if (pc[1] == LITERAL && (p >= end_ || text_[p] != pc[2])) continue;
    if (pc[1] == IN && (p >= end_ || !in_set(pc + 3, text_[p]))) continue;
    const Code* following = pc + pc[0];
    if (following[0] && !note({Trail::branch, offset(following), p, 0, 0})) return Outcome::failed;
    pc++;
    goto advance;
  }
  goto fail;

greedy: {  // REPEAT_ONE at pc matched n characters from p on; fewer are tried when what follows fails
  const Code* tail = pc + 1 + pc[1];
  auto least = static_cast<Position>(pc[2]);
  if (tail[0] == LITERAL)  // going back to where it can follow at all
    while (n >= least && (p + n >= end_ || text_[p + n] != tail[1])) n--;
  if (n < least) goto fail;
  if (n > least && !note({Trail::repeat_one, offset(pc), p, n - 1, 0})) return Outcome::failed;
  p += n;
  pc = tail;
  goto advance;
}

lazy:  // MIN_REPEAT_ONE at pc matched n characters up to p; one more is tried when what follows fails
  if ((pc[3] == kMaxRepeat || n < static_cast<Position>(pc[3])) &&
      !note({Trail::min_repeat_one, offset(pc), p, n, 0}))
    return Outcome::failed;
  pc += 1 + pc[1];
  goto advance;

fail:
  if (interrupted()) return Outcome::failed;
  while (m_.trail.size() > base) {
    Trail t = m_.trail.pop();
    switch (t.kind) {
      case Trail::branch:
        pc = code_ + t.at;
        p = t.a;
        goto next_branch;
      case Trail::repeat_one:
        pc = code_ + t.at;
        p = t.a;
        n = t.b;
        goto greedy;
      case Trail::min_repeat_one:
        pc = code_ + t.at;
        p = t.a;
        n = t.b + 1;
        if (p >= end_ || !matches_one(pc + 4, text_[p])) continue;
        p++;
        goto lazy;
      case Trail::until_tail:
        p = t.a;
        pc = code_ + t.at;
        if (!set_current(m_.repeats[static_cast<size_t>(t.b)].outer)) return Outcome::failed;
        goto advance;
      case Trail::until_body: {
        Repeat& r = m_.repeats[t.at];
        p = t.a;
        if ((r.code[2] != kMaxRepeat && t.b >= static_cast<Py_ssize_t>(r.code[2])) || p == r.last) continue;
        if (!save_repeat(static_cast<int>(t.at))) return Outcome::failed;
        r.count = t.b;
        r.last = p;
        pc = r.code + 3;
        goto advance;
      }
      default: undo(t);
    }
  }
  return Outcome::no;
}

// -- searching --

/// Every match begins with the same text. `info` is INFO's operand block.
template <class Char>
Outcome Run<Char>::search_prefix(const Code* info, const Code* pc) {
  auto length = static_cast<Position>(info[4]), covered = static_cast<Position>(info[5]);
  const Code* prefix = info + 6;
  bool whole = info[1] & kInfoLiteral;
  for (Position p = m_.start; p + length <= end_; p++) {
    while (p + length <= end_ && text_[p] != prefix[0]) p++;
    if (p + length > end_) break;
    Position i = 1;
    while (i < length && text_[p + i] == prefix[i]) i++;
    if (i < length) continue;
    m_.reset();
    m_.start = p;
    if (whole) {
      m_.position = p + covered;
      return Outcome::yes;
    }
    // `covered` literals at the pattern's start need no second look: each is two words.
    Outcome r = run(pc + 2 * covered, p + covered, true);
    if (r != Outcome::no) return r;
  }
  return Outcome::no;
}

/// Every match begins with a character of this set.
template <class Char>
Outcome Run<Char>::search_set(const Code* set, const Code* pc) {
  for (Position p = m_.start; p < end_; p++) {
    while (p < end_ && !in_set(set, text_[p])) p++;
    if (p >= end_) break;
    Outcome r = try_at(pc, p);
    if (r != Outcome::no) return r;
  }
  return Outcome::no;
}

template <class Char>
Outcome Run<Char>::search(const Code* pc) {
  if (m_.start > end_) return Outcome::no;
  if (pc[0] == INFO) {
    const Code* info = pc + 1;
    if (info[2] && end_ - m_.start < static_cast<Position>(info[2])) return Outcome::no;
    pc += 1 + pc[1];
    if (info[1] & kInfoPrefix) {
      m_.must_advance = false;
      return search_prefix(info, pc);
    }
    if (info[1] & kInfoCharset) {
      m_.must_advance = false;
      return search_set(info + 4, pc);
    }
  }
  Outcome r = try_at(pc, m_.start);
  m_.must_advance = false;
  bool anchored = pc[0] == AT && (pc[1] == AT_BEGINNING || pc[1] == AT_BEGINNING_STRING);
  if (r == Outcome::no && anchored) return r;
  for (Position p = m_.start + 1; r == Outcome::no && p <= end_; p++) r = try_at(pc, p);
  return r;
}

template <class F>
Result<bool> with_matcher(State& state, bool whole, F&& f) {
  switch (state.text.kind) {
    case 1: return f(Matcher<uint8_t>(state, whole));
    case 2: return f(Matcher<uint16_t>(state, whole));
    default: return f(Matcher<uint32_t>(state, whole));
  }
}

}  // namespace

Result<bool> State::match(bool whole) {
  return with_matcher(*this, whole, [this](auto&& matcher) { return matcher.match_at(start, must_advance); });
}
Result<bool> State::search() {
  return with_matcher(*this, false, [](auto&& matcher) { return matcher.search(); });
}

Status Text::open(PyObject* string) {
  if (PyUnicode_Check(string)) {
    data = str_data(string);
    length = str_length(string);
    kind = str_kind(string);
    return {};
  }
  if (!has_buffer(string) || !buffer.acquire(string)) {
    clear_error();
    return raise(PyExc_TypeError, "expected string or bytes-like object, got '{}'", clip(type_name(string), 200));
  }
  data = buffer.data();
  length = buffer.size();
  is_bytes = true;
  return {};
}

Ref<> Text::slice(PyObject* string, Py_ssize_t from, Py_ssize_t to) const {
  if (!is_bytes) return str_slice(string, from, to);
  if (is_exact(string, &PyBytes_Type) && from == 0 && to == length) return share(string);
  return new_bytes({static_cast<const char*>(data) + from, static_cast<size_t>(to - from)});
}

Status State::open(Pattern& p, PyObject* s, Py_ssize_t from, Py_ssize_t to) {
  pattern = &p;
  string = s;
  TRY(text.open(s));
  if (p.is_bytes >= 0 && text.is_bytes != (p.is_bytes == 1))
    return text.is_bytes ? raise(PyExc_TypeError, "cannot use a string pattern on a bytes-like object")
                         : raise(PyExc_TypeError, "cannot use a bytes pattern on a string-like object");
  auto clamp = [this](Py_ssize_t i) { return i < 0 ? 0 : i > text.length ? text.length : i; };
  pos = start = clamp(from);
  end = clamp(to);
  if (!marks.resize(2 * static_cast<size_t>(p.groups)) || !repeats.append({})) return raise_no_memory();
  for (Py_ssize_t& mark : marks) mark = -1;
  return {};
}

Ref<> State::group(Py_ssize_t i, bool empty_if_absent) const {
  if (has_group(i)) return text.slice(string, marks[2 * i - 2], marks[2 * i - 1]);
  return empty_if_absent ? text.slice(string, 0, 0) : none();
}

}  // namespace taipan::sre
