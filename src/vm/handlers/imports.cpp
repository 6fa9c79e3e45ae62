// import statements.
#include "object/error.h"
#include "vm/interpreter.h"
#include "vm/semantics.h"

namespace taipan {

HANDLER(IMPORT_NAME) {
  save(f, ip);
  PyObject* fromlist = sp[-1];
  PyObject* level = sp[-2];
  PyObject* module = import_name(f, name_at(f, oparg), fromlist, level).release();
  drop(level);
  drop(fromlist);
  if (!module) [[unlikely]] RAISED(sp - 2);
  sp[-2] = module;
  NEXT(ip, sp - 1);
}
HANDLER(IMPORT_FROM) {
  save(f, ip);
  PyObject* o = import_from(sp[-1], name_at(f, oparg)).release();
  if (!o) [[unlikely]] RAISED(sp);
  *sp = o;
  NEXT(ip, sp + 1);
}
HANDLER(IMPORT_STAR) {
  save(f, ip);
  PyObject* module = sp[-1];
  bool ok(import_star(f, module));
  drop(module);
  if (!ok) [[unlikely]] RAISED(sp - 1);
  NEXT(ip, sp - 1);
}

}  // namespace taipan
