#pragma once
// The parts of the module _sre: its types, the text being searched and the matcher's state.
#include "base/vector.h"
#include "modules/sre/opcodes.h"
#include "modules/sre/tables.h"
#include "object/object.h"
#include "types/buffer.h"

namespace taipan::sre {

struct Pattern {
  PyObject_VAR_HEAD  // ob_size: words of code
  Py_ssize_t groups;
  PyObject* groupindex;  // a dict from names to numbers
  PyObject* indexgroup;  // a tuple of names or None
  PyObject* pattern;     // None: it has no text, and fits str and bytes
  int flags;
  PyObject* weaklist;
  int is_bytes;          // -1: neither
  Tables tables;
  Word code[1];
  template <class F> void each(F&& f) { f(groupindex), f(indexgroup), f(pattern); }
  size_t size() const { return static_cast<size_t>(ob_base.ob_size); }
};

struct Match {
  PyObject_VAR_HEAD  // ob_size: twice the number of groups, the whole match being one
  PyObject* string;
  PyObject* regs;    // a tuple, made on demand
  Pattern* pattern;
  Py_ssize_t pos, endpos;
  Py_ssize_t lastindex;
  Py_ssize_t groups;
  Py_ssize_t mark[1];  // start and end of each group; -1: not matched
  template <class F> void each(F&& f) { f(string), f(regs), f(pattern); }
};

extern PyTypeObject pattern_type, match_type, scanner_type;

/// The characters of a str or of a bytes-like object, held as long as this lives.
struct Text {
  Text() = default;
  Text(const Text&) = delete;
  /// Neither: TypeError.
  Status open(PyObject* string);
  /// The part [start, end) as str or bytes; the whole of an exact one is shared.
  Ref<> slice(PyObject* string, Py_ssize_t start, Py_ssize_t end) const;

  const void* data = nullptr;
  Py_ssize_t length = 0;
  int kind = 1;
  bool is_bytes = false;
  BufferView buffer;
};

/// What to do when the choice that an entry stands for fails: the matcher's stack of alternatives.
struct Entry {
  enum Kind : uint32_t {
    undo,        // give a mark its old value
    jump,        // go on at pc
    branch,      // try the alternatives from pc on
    greedy_one,  // give back one character of a repeated item, down to `low`
    lazy_one,    // match one more of a repeated item, at most `low` times
    // Borders of subpatterns that are matched on their own; `low` is the border outside.
    assertion, negation, atomic, possessive,
  };
  Kind kind;
  Word pc;
  Py_ssize_t at, low;
  uint32_t repeat, repeats;
};

/// One pass of a general repeat. Never changed: backtracking returns to older ones.
struct Repeat {
  Word pc;             // where the repeat's operands are
  uint32_t outer;      // the repeat around it; 0: none
  Py_ssize_t count;    // passes completed
  Py_ssize_t last;     // where the last pass began; -1: unknown
};

/// One search in one string: from `start` on; a match is [start, at).
struct State {
  Status open(Pattern& pattern, PyObject* string, Py_ssize_t pos, Py_ssize_t endpos);
  /// Match at `start`, to the end if `whole`. Fails on MemoryError and on signals.
  Result<bool> match(bool whole = false);
  Result<bool> search();
  /// After a success: the next one begins at its end, and must not be empty if this one was.
  void advance() {
    must_advance = at == start;
    start = at;
  }
  bool has_group(Py_ssize_t i) const { return marks[2 * i - 2] >= 0 && marks[2 * i - 1] >= 0; }
  /// A group's text; unmatched: "" or None.
  Ref<> group(Py_ssize_t i, bool empty_if_absent) const;
  Ref<> match_object() const;

  Pattern* pattern = nullptr;  // borrowed, as is the string: the caller's arguments
  PyObject* string = nullptr;
  Text text;
  Py_ssize_t pos = 0, end = 0;
  Py_ssize_t start = 0, at = 0;
  bool must_advance = false;
  Py_ssize_t lastindex = -1;
  Vector<Py_ssize_t> marks;
  Vector<Entry> stack;
  Vector<Repeat> repeats;
  unsigned budget = 0;         // steps until signals are looked for
  unsigned tries = 0;          // places where searches began to match; many make a table worth while
};

/// Whether code is well-formed, so that the matcher may run it without checks. Failed: recursion.
Result<bool> validate(const Word* code, size_t size, Py_ssize_t groups);

Ref<> make_scanner(Pattern& pattern, PyObject* string, Py_ssize_t pos, Py_ssize_t endpos);
/// Calls a function of the library's package re.
Ref<> call_library(const char* function, std::initializer_list<PyObject*> args);

}  // namespace taipan::sre
