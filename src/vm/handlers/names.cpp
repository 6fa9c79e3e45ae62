// Names that are looked up in namespaces at run time.
#include "object/dict.h"
#include "object/error.h"
#include "object/str.h"
#include "object/call.h"
#include "vm/interpreter.h"
#include "vm/semantics.h"
#include "vm/vm.h"

namespace taipan {

HANDLER(LOAD_NAME) {
  save(f, ip);
  PyObject* o = load_name(f, name_at(f, oparg)).release();
  if (!o) [[unlikely]] RAISED(sp);
  *sp = o;
  NEXT(ip, sp + 1);
}
HANDLER(STORE_NAME) {
  save(f, ip);
  PyObject* value = sp[-1];
  bool ok(store_name(f, name_at(f, oparg), value));
  drop(value);
  if (!ok) [[unlikely]] RAISED(sp - 1);
  NEXT(ip, sp - 1);
}
HANDLER(DELETE_NAME) {
  save(f, ip);
  if (!delete_name(f, name_at(f, oparg))) [[unlikely]] RAISED(sp);
  NEXT(ip, sp);
}

HANDLER(LOAD_GLOBAL) {
  save(f, ip);
  PyObject* o = load_global(f->globals, f->builtins, name_at(f, oparg >> 1)).release();
  if (!o) [[unlikely]] RAISED(sp);
  if (oparg & 1) *sp++ = nullptr;
  *sp = o;
  NEXT(ip + cache_units(Opcode::LOAD_GLOBAL), sp + 1);
}
HANDLER(STORE_GLOBAL) {
  save(f, ip);
  PyObject* value = sp[-1];
  bool ok(dict_set(f->globals, name_at(f, oparg), value));
  drop(value);
  if (!ok) [[unlikely]] RAISED(sp - 1);
  NEXT(ip, sp - 1);
}
HANDLER(DELETE_GLOBAL) {
  save(f, ip);
  if (!delete_global(f, name_at(f, oparg))) [[unlikely]] RAISED(sp);
  NEXT(ip, sp);
}

HANDLER(LOAD_BUILD_CLASS) {
  save(f, ip);
  PyObject* o = load_build_class(f).release();
  if (!o) [[unlikely]] RAISED(sp);
  *sp = o;
  NEXT(ip, sp + 1);
}
HANDLER(LOAD_ASSERTION_ERROR) {
  *sp = Py_NewRef(PyExc_AssertionError);
  NEXT(ip, sp + 1);
}
HANDLER(SETUP_ANNOTATIONS) {
  save(f, ip);
  if (!setup_annotations(f)) [[unlikely]] RAISED(sp);
  NEXT(ip, sp);
}

/// An expression at the prompt: sys.displayhook gets its value.
static Status display(PyObject* value) {
  PyObject* hook = interpreter().sysdict ? dict_find_name(interpreter().sysdict, "displayhook"_name) : nullptr;
  if (!hook) return raise(PyExc_RuntimeError, "lost sys.displayhook");
  Ref<> keep = share(hook);
  Ref<> done = TRY(call(hook, value));
  return {};
}
HANDLER(PRINT_EXPR) {
  save(f, ip);
  PyObject* value = sp[-1];
  bool ok(display(value));
  drop(value);
  if (!ok) [[unlikely]] RAISED(sp - 1);
  NEXT(ip, sp - 1);
}

}  // namespace taipan
