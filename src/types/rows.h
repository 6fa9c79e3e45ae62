#pragma once
// Rows of method tables for functions whose documentation has no text signature (`method<>` reads one).
#include "object/bind.h"
#include "object/type.h"

namespace taipan {

template <auto Fn> struct Plain {
  using Self = typename Shape<decltype(Fn)>::Self;
  static PyObject* none(PyObject* self, PyObject*) { return lower(Fn(receiver<Self>(self))); }
  static PyObject* one(PyObject* self, PyObject* o) { return lower(Fn(receiver<Self>(self), o)); }
};
/// No argument: Fn(self).
template <auto Fn> constexpr PyMethodDef noargs(const char* name, const char* doc, int extra = 0) {
  return {name, Plain<Fn>::none, METH_NOARGS | extra, doc};
}
/// One argument: Fn(self, PyObject*).
template <auto Fn> constexpr PyMethodDef one_arg(const char* name, const char* doc, int extra = 0) {
  return {name, Plain<Fn>::one, METH_O | extra, doc};
}

/// `list[int]`: the row that makes a class subscriptable.
inline constexpr PyMethodDef kClassGetitemRow = {"__class_getitem__", class_getitem, METH_O | METH_CLASS,
                                                 "See PEP 585"};

inline constexpr char kLengthHintDoc[] = "How many items are probably left.";
inline constexpr char kReduceDoc[] = "How to make this object again: a tuple for pickle.";
inline constexpr char kSetstateDoc[] = "Take over the state that __reduce__ gave.";

/// A name of the running code's builtins (iterators pickle as `iter(…)`): NameError-free look-up.
Ref<> builtin_named(PyObject* name);

/// Keeps containers that contain themselves from being shown endlessly.
///   ReprGuard guard(o); if (!guard) return guard.seen() ? "[...]" : Raised{};
class ReprGuard {
 public:
  explicit ReprGuard(PyObject* o);
  ~ReprGuard();
  ReprGuard(const ReprGuard&) = delete;
  explicit operator bool() const { return state_ == 0; }
  bool seen() const { return state_ > 0; }

 private:
  PyObject* o_;
  int state_;
};
/// Py_ReprEnter and Py_ReprLeave: 0 entered, 1 being shown already, -1 failed.
int repr_enter(PyObject* o);
void repr_leave(PyObject* o);

}  // namespace taipan
