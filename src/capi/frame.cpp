// pyframe.h, frameobject.h: frames.
#include "capi/export.h"
#include "object/error.h"
#include "object/int.h"
#include "vm/frame.h"
#include "vm/frame_locals.h"
#include "vm/generator.h"
#include "vm/vm.h"

using namespace taipan;

CAPI int PyFrame_GetLineNumber(PyFrameObject* o) { return line_of_object(*o); }
CAPI PyCodeObject* PyFrame_GetCode(PyFrameObject* o) { return share(o->f_frame->code).release(); }
CAPI PyFrameObject* PyFrame_GetBack(PyFrameObject* o) {
  if (o->f_back) return share(o->f_back).release();
  Frame* caller = first_complete(o->f_frame->previous);
  FrameObject* back = caller ? frame_object_of(caller) : nullptr;
  return back ? share(back).release() : nullptr;
}
CAPI PyObject* PyFrame_GetLocals(PyFrameObject* o) { return frame_locals(o->f_frame).release(); }
CAPI PyObject* PyFrame_GetGlobals(PyFrameObject* o) { return Py_NewRef(o->f_frame->globals); }
CAPI PyObject* PyFrame_GetBuiltins(PyFrameObject* o) { return Py_NewRef(o->f_frame->builtins); }
CAPI PyObject* PyFrame_GetGenerator(PyFrameObject* o) {
  if (o->f_frame->owner != FrameOwner::generator) return nullptr;
  return Py_NewRef(object(generator_of(o->f_frame)));
}
CAPI int PyFrame_GetLasti(PyFrameObject* o) {
  int unit = last_unit(o->f_frame);
  return unit < 0 ? -1 : unit * static_cast<int>(sizeof(CodeUnit));
}
CAPI PyFrameObject* PyFrame_New(PyThreadState* ts, PyCodeObject* code, PyObject* globals, PyObject* locals) {
  return new_frame_object(ts, code, globals, locals).release();
}
CAPI int PyFrame_FastToLocalsWithError(PyFrameObject* o) {
  if (!o) {
    raise_internal("bad argument to internal function");
    return -1;
  }
  int r = fast_to_locals(o->f_frame).to_c();
  if (r == 0) o->f_fast_as_locals = 1;
  return r;
}
CAPI void PyFrame_FastToLocals(PyFrameObject* o) {
  if (PyFrame_FastToLocalsWithError(o) < 0) clear_error();
}
CAPI void PyFrame_LocalsToFast(PyFrameObject* o, int clear) {
  if (!o || !o->f_fast_as_locals) return;
  locals_to_fast(o->f_frame, clear != 0);
  o->f_fast_as_locals = 0;
}
CAPI int _PyFrame_IsEntryFrame(PyFrameObject* o) { return o->f_frame->is_entry; }
