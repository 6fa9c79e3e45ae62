#pragma once
// Running a pattern over a string. All that a run needs lies on heaps of its own, so neither a long string nor a
// pathological pattern can exhaust the C stack.
#include "base/vector.h"
#include "modules/sre/code.h"
#include "object/object.h"

namespace taipan::sre {

enum class Outcome : int8_t { no, yes, failed };  // failed: an exception is pending

/// Something to return to or to undo when the matcher backtracks.
struct Trail {
  enum Kind : uint32_t { branch, repeat_one, min_repeat_one, until_tail, until_body, undo_mark, undo_repeat, undo_current };
  Kind kind;
  Code at;              // a position in the code, a mark or a repeat
  Py_ssize_t a, b, c;
};
/// One execution of REPEAT … UNTIL.
struct Repeat {
  const Code* code;      // REPEAT's operands: skip, min, max, body
  Py_ssize_t count = -1;
  Py_ssize_t last = -1;  // where the last iteration began: an empty one is not repeated
  int outer;
};

struct Matcher {
  // The string, seen as characters of 1, 2 or 4 bytes, and the part of it to be searched.
  const void* text = nullptr;
  int char_size = 1;
  Py_ssize_t end = 0;       // of the part
  Py_ssize_t start = 0;     // where the present match begins
  Py_ssize_t position = 0;  // where the match ended
  bool match_all = false;   // fullmatch: must end at `end`
  bool must_advance = false;  // must not be empty at `start` (there was a match just before it)
  // Groups: marks 2i and 2i+1 bound group i+1. Those above last_mark mean nothing.
  Py_ssize_t* marks = nullptr;
  Py_ssize_t last_mark = -1;
  Py_ssize_t last_index = -1;  // the group closed last

  Matcher() = default;
  ~Matcher() { free(marks); }
  Matcher(const Matcher&) = delete;
  bool allocate_marks(Code groups);
  void reset() {
    last_mark = last_index = -1;
    current = -1;
    repeats.clear();
    trail.clear();
  }
  bool group_matched(Py_ssize_t i) const {  ///< i from 1
    Py_ssize_t m = (i - 1) * 2;
    return m < last_mark && marks[m] >= 0 && marks[m + 1] >= 0;
  }
  Outcome match(const Code* code);   ///< exactly at `start`
  Outcome search(const Code* code);  ///< the first match at or behind `start`

  // The run's own state.
  Vector<Trail> trail;
  Vector<Repeat> repeats;
  int current = -1;  // the innermost repeat being executed
};

}  // namespace taipan::sre
