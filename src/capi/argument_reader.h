#pragma once
// Turning Python arguments into C variables by a format ("O!s#|n:name"): what all functions of the PyArg_Parse family share.
#include <cstdarg>

#include "object/object.h"

namespace taipan {

/// Walks a format and the va_list of addresses beside it.
class ArgumentReader {
 public:
  ArgumentReader(const char* format, va_list* addresses, bool sizes_are_ssize) : at_(format), sizes_are_ssize_(sizes_are_ssize) {
    va_copy(addresses_, *addresses);
  }
  ~ArgumentReader() { va_end(addresses_); }
  ArgumentReader(const ArgumentReader&) = delete;

  /// Converts one argument by the format's next unit. False: it did not fit, and `problem()` says why (or an exception is pending).
  bool read(PyObject* o);
  /// Steps over the next unit and its addresses, for an argument that is absent.
  bool skip();
  const char* at() const { return at_; }
  void step() { at_++; }
  /// The error for argument `number` (from 1) of a function.
  void raise_problem(const char* function, Py_ssize_t number) const;
  /// Gives back what units read so far hold (buffers, encoded copies), as nothing is returned to the caller in the end.
  void release_all();
  void forget_cleanup() { held_ = 0; }

 private:
  bool read_simple(PyObject* o, char unit);
  bool read_group(PyObject* o);
  bool read_number(PyObject* o, char unit);
  bool read_text(PyObject* o, char unit);
  bool read_object(PyObject* o);
  bool read_encoded(PyObject* o);
  bool fill_buffer(PyObject* o, int flags, const char* wanted);
  bool mismatch(const char* wanted, PyObject* got);
  bool say(const char* text);
  template <class T> T* next() { return va_arg(addresses_, T*); }
  void store_size(Py_ssize_t n);
  void hold(void* what, void (*release)(void*));

  struct Held { void* what; void (*release)(void*); };
  static constexpr int kMost = 64;
  const char* at_;
  va_list addresses_;
  bool sizes_are_ssize_;
  char problem_[256] = "";
  int levels_[8] = {};  // the places in nested groups that lead to the problem
  int depth_ = 0;
  Held held_list_[kMost];
  int held_ = 0;
};

/// Does the format go on with a unit (not `|`, `$`, `:`, `;` or its end)?
inline bool at_unit(const char* p) { return *p && *p != ':' && *p != ';' && *p != '|' && *p != '$'; }

}  // namespace taipan
