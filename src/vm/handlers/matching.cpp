// Structural pattern matching.
#include "object/error.h"
#include "vm/interpreter.h"
#include "vm/semantics.h"

namespace taipan {

HANDLER(MATCH_MAPPING) {
  bool is = Py_TYPE(sp[-1])->tp_flags & Py_TPFLAGS_MAPPING;
  *sp = Py_NewRef(is ? Py_True : Py_False);
  NEXT(ip, sp + 1);
}
HANDLER(MATCH_SEQUENCE) {
  bool is = Py_TYPE(sp[-1])->tp_flags & Py_TPFLAGS_SEQUENCE;
  *sp = Py_NewRef(is ? Py_True : Py_False);
  NEXT(ip, sp + 1);
}
HANDLER(MATCH_KEYS) {
  save(f, ip);
  PyObject* values = match_keys(sp[-2], sp[-1]).release();
  if (!values) [[unlikely]] RAISED(sp);
  *sp = values;
  NEXT(ip, sp + 1);
}

/// The attributes as a tuple, or None: no match; null: an exception is pending.
[[gnu::noinline]] static PyObject* match_class_or_none(PyObject** sp, unsigned n) {
  auto r = match_class(sp[-3], sp[-2], n, sp[-1]);
  if (!r) return nullptr;
  Ref<> attributes = r.take();
  return attributes ? attributes.release() : Py_NewRef(Py_None);
}
HANDLER(MATCH_CLASS) {
  save(f, ip);
  PyObject* result = match_class_or_none(sp, oparg);
  for (int i = 1; i <= 3; i++) {
    PyObject* o = sp[-i];
    drop(o);
  }
  if (!result) [[unlikely]] RAISED(sp - 3);
  sp[-3] = result;
  NEXT(ip, sp - 2);
}

}  // namespace taipan
