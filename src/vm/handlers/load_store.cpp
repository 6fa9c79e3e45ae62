// Moving values between the stack, locals, cells and constants.
#include "object/error.h"
#include "vm/interpreter.h"
#include "vm/semantics.h"
#include "vm/vm.h"

namespace taipan {

HANDLER(NOP) { NEXT(ip, sp); }

HANDLER(EXTENDED_ARG) {
  CodeUnit unit = *ip;
  unsigned wide = oparg << 8 | unit >> 8;
  [[clang::musttail]] return normal_handlers[unit & 0xff](f, sp, ip + 1, ts, wide);
}
HANDLER(EXTENDED_ARG_QUICK) { BECOME(op_EXTENDED_ARG); }

HANDLER(POP_TOP) {
  PyObject* o = sp[-1];
  drop_at(f, ip, o);  // a finalizer may look at our line
  NEXT(ip, sp - 1);
}
HANDLER(PUSH_NULL) {
  *sp = nullptr;
  NEXT(ip, sp + 1);
}
HANDLER(COPY) {
  PyObject* o = sp[-static_cast<int>(oparg)];
  Py_XINCREF(o);
  *sp = o;
  NEXT(ip, sp + 1);
}
HANDLER(SWAP) {
  std::swap(sp[-1], sp[-static_cast<int>(oparg)]);
  NEXT(ip, sp);
}

HANDLER(LOAD_CONST) {
  PyObject* o = constant(f, oparg);
  Py_INCREF(o);
  *sp = o;
  NEXT(ip, sp + 1);
}

// -- locals --

PRESERVE_NONE static PyObject* unbound_local(Frame* f, PyObject** sp, const CodeUnit* ip, PyThreadState* ts,
                                             unsigned oparg) {
  save(f, ip);
  raise_unbound_local(f->code, oparg);
  RAISED(sp);
}

HANDLER(LOAD_FAST) {
  PyObject* o = f->slots[oparg];
  if (!o) [[unlikely]] BECOME(unbound_local);
  Py_INCREF(o);
  *sp = o;
  NEXT(ip, sp + 1);
}
HANDLER(STORE_FAST) {
  PyObject* old = f->slots[oparg];
  f->slots[oparg] = sp[-1];
  if (old) drop_at(f, ip, old);
  NEXT(ip, sp - 1);
}
HANDLER(DELETE_FAST) {
  PyObject* old = f->slots[oparg];
  if (!old) [[unlikely]] BECOME(unbound_local);
  save(f, ip);
  f->slots[oparg] = nullptr;
  drop(old);
  NEXT(ip, sp);
}

// -- pairs of the above in one step; the second one stays in the code, where jumps may find it --

HANDLER(LOAD_FAST__LOAD_FAST) {
  PyObject* a = f->slots[oparg];
  if (!a) [[unlikely]] BECOME(unbound_local);
  CodeUnit second = *ip;
  PyObject* b = f->slots[second >> 8];
  if (!b) [[unlikely]] BECOME(op_LOAD_FAST);
  Py_INCREF(a);
  Py_INCREF(b);
  sp[0] = a;
  sp[1] = b;
  NEXT(ip + 1, sp + 2);
}
HANDLER(LOAD_FAST__LOAD_CONST) {
  PyObject* a = f->slots[oparg];
  if (!a) [[unlikely]] BECOME(unbound_local);
  PyObject* b = constant(f, *ip >> 8);
  Py_INCREF(a);
  Py_INCREF(b);
  sp[0] = a;
  sp[1] = b;
  NEXT(ip + 1, sp + 2);
}
HANDLER(LOAD_CONST__LOAD_FAST) {
  PyObject* b = f->slots[*ip >> 8];
  if (!b) [[unlikely]] BECOME(op_LOAD_CONST);
  PyObject* a = constant(f, oparg);
  Py_INCREF(a);
  Py_INCREF(b);
  sp[0] = a;
  sp[1] = b;
  NEXT(ip + 1, sp + 2);
}
HANDLER(STORE_FAST__LOAD_FAST) {
  PyObject* old = f->slots[oparg];
  f->slots[oparg] = sp[-1];
  if (old) drop_at(f, ip, old);
  PyObject* o = f->slots[*ip >> 8];
  if (!o) [[unlikely]] NEXT(ip, sp - 1);
  Py_INCREF(o);
  sp[-1] = o;
  NEXT(ip + 1, sp);
}
HANDLER(STORE_FAST__STORE_FAST) {
  PyObject* old = f->slots[oparg];
  f->slots[oparg] = sp[-1];
  if (old) drop_at(f, ip, old);
  unsigned second = *ip >> 8;
  old = f->slots[second];
  f->slots[second] = sp[-2];
  if (old) drop_at(f, ip + 1, old);
  NEXT(ip + 1, sp - 2);
}

// -- cells --

/// A parameter that inner functions use moves into its cell here.
HANDLER(MAKE_CELL) {
  save(f, ip);
  PyObject* cell = new_cell(f->slots[oparg]).release();
  if (!cell) [[unlikely]] RAISED(sp);
  PyObject* old = f->slots[oparg];
  f->slots[oparg] = cell;
  Py_XDECREF(old);
  NEXT(ip, sp);
}
HANDLER(COPY_FREE_VARS) {
  PyObject* closure = f->func->func_closure;
  if (!closure || Py_SIZE(closure) != static_cast<Py_ssize_t>(oparg)) [[unlikely]] {
    save(f, ip);
    raise(PyExc_SystemError, "a function with free variables was called without their cells");
    RAISED(sp);
  }
  PyObject** to = f->slots + (f->code->co_nlocalsplus - static_cast<int>(oparg));
  for (unsigned i = 0; i < oparg; i++) {
    PyObject* cell = reinterpret_cast<PyTupleObject*>(closure)->ob_item[i];
    Py_INCREF(cell);
    to[i] = cell;
  }
  NEXT(ip, sp);
}

inline PyObject*& cell_content(Frame* f, unsigned slot) {
  return reinterpret_cast<PyCellObject*>(f->slots[slot])->ob_ref;
}

PRESERVE_NONE static PyObject* unbound_cell(Frame* f, PyObject** sp, const CodeUnit* ip, PyThreadState* ts,
                                            unsigned oparg) {
  save(f, ip);
  raise_unbound_cell(f->code, oparg);
  RAISED(sp);
}

HANDLER(LOAD_CLOSURE) {
  PyObject* cell = f->slots[oparg];
  if (!cell) [[unlikely]] BECOME(unbound_local);
  Py_INCREF(cell);
  *sp = cell;
  NEXT(ip, sp + 1);
}
HANDLER(LOAD_DEREF) {
  PyObject* o = cell_content(f, oparg);
  if (!o) [[unlikely]] BECOME(unbound_cell);
  Py_INCREF(o);
  *sp = o;
  NEXT(ip, sp + 1);
}
HANDLER(STORE_DEREF) {
  PyObject* old = cell_content(f, oparg);
  cell_content(f, oparg) = sp[-1];
  if (old) drop_at(f, ip, old);
  NEXT(ip, sp - 1);
}
HANDLER(DELETE_DEREF) {
  PyObject* old = cell_content(f, oparg);
  if (!old) [[unlikely]] BECOME(unbound_cell);
  save(f, ip);
  cell_content(f, oparg) = nullptr;
  drop(old);
  NEXT(ip, sp);
}
HANDLER(LOAD_CLASSDEREF) {
  save(f, ip);
  PyObject* o = load_class_deref(f, oparg).release();
  if (!o) [[unlikely]] RAISED(sp);
  *sp = o;
  NEXT(ip, sp + 1);
}

}  // namespace taipan
