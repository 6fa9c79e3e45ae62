#pragma once
// re.Pattern, re.Match and the scanner.
#include "modules/sre/matcher.h"
#include "types/buffer.h"

namespace taipan::sre {

struct Pattern {
  PyObject_VAR_HEAD      // ob_size: words of code
  Py_ssize_t groups;
  PyObject* groupindex;  // name -> number
  PyObject* indexgroup;  // tuple: number -> name or None
  PyObject* pattern;     // str, bytes-like or None
  int flags;
  PyObject* weakreflist;
  int is_bytes;          // -1: either (no pattern)
  Code code[1];
};
struct Match {
  PyObject_VAR_HEAD      // ob_size: groups, the whole match included
  PyObject* string;      // null: none
  PyObject* regs;        // made on demand
  Pattern* pattern;
  Py_ssize_t pos, endpos;
  Py_ssize_t last_index;  // -1: no group was closed
  Py_ssize_t marks[1];
};
extern PyTypeObject pattern_type, match_type, scanner_type;

/// A string under search: the matcher plus what keeps its text alive.
struct Subject {
  Matcher matcher;
  BufferView buffer;
  Ref<> string;
  bool is_bytes = false;
  Py_ssize_t pos = 0, endpos = 0;

  /// Clamps the range. TypeError if the string does not suit the pattern.
  Status open(Pattern& pattern, PyObject* string, Py_ssize_t start, Py_ssize_t end);
  Ref<> slice(Py_ssize_t from, Py_ssize_t to);
  /// A group's text after a match; not matched: empty text or None.
  Ref<> group(Py_ssize_t i, bool empty_if_absent);
  /// Prepares for the next match behind the present one; an empty one may not follow directly.
  void step() {
    matcher.must_advance = matcher.position == matcher.start;
    matcher.start = matcher.position;
  }
};
/// The text of a str or bytes-like object. `*size` is the width of a character. TypeError otherwise.
Status text_of(PyObject* string, BufferView& buffer, const void** text, Py_ssize_t* length, int* char_size, bool* is_bytes);
Ref<> slice_of(PyObject* string, Py_ssize_t from, Py_ssize_t to);

/// The match just found; None if there is none.
Ref<> new_match(Pattern& pattern, Subject& subject, Outcome outcome);
Ref<> new_scanner(Pattern& pattern, PyObject* string, Py_ssize_t pos, Py_ssize_t endpos);
Status ready_sre_types();

}  // namespace taipan::sre
