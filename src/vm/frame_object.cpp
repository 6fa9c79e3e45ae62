// Frame objects: made when Python code asks for a frame (sys._getframe, a traceback, a trace function). They look
// at the frame while it lives and own its contents afterwards.
#include "object/bind.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "structmember.h"
#include "vm/frame.h"
#include "vm/frame_locals.h"
#include "vm/function.h"
#include "vm/generator.h"
#include "vm/set_line.h"
#include "vm/vm.h"

namespace taipan {

static FrameObject& self_of(PyObject* o) { return *reinterpret_cast<FrameObject*>(o); }

static size_t object_size(const PyCodeObject* code) {
  return offsetof(FrameObject, f_frame_data) + frame_words(code) * sizeof(PyObject*);
}

static FrameObject* allocate_frame_object(PyCodeObject* code) {
  PyObject* o = allocate_object(&PyFrame_Type, object_size(code));
  if (!o) return nullptr;
  FrameObject& f = self_of(o);
  f.f_back = nullptr;
  f.f_frame = nullptr;
  f.f_trace = nullptr;
  f.f_lineno = 0;
  f.f_trace_lines = 1;
  f.f_trace_opcodes = 0;
  f.f_fast_as_locals = 0;
  return &f;
}

FrameObject* frame_object_of(Frame* f) {
  if (f->frame_object) return f->frame_object;
  PendingError pending = PendingError::take();
  FrameObject* made = allocate_frame_object(f->code);
  if (!made) {
    chain_context(std::move(pending));
    return nullptr;
  }
  std::move(pending).restore();
  made->f_frame = f;
  f->frame_object = made;
  return made;
}

Ref<PyFrameObject> new_frame_object(PyThreadState* ts, PyCodeObject* code, PyObject* globals, PyObject* locals) {
  PyObject* builtins = builtins_of_globals(ts, globals);
  if (!builtins) return {};
  Ref<PyFunctionObject> func = TRY(function_from_parts({.globals = globals, .builtins = builtins,
                                                        .name = code->co_name, .qualname = code->co_name,
                                                        .code = object(code)}));
  FrameObject* o = allocate_frame_object(code);
  if (!o) return {};
  auto* f = reinterpret_cast<Frame*>(o->f_frame_data);
  init_frame(f, func.release(), Py_XNewRef(locals), code);
  for (int i = 0; i < code->co_nlocalsplus; i++) f->slots[i] = nullptr;
  f->previous = nullptr;
  f->owner = FrameOwner::frame_object;
  f->prev_instr = first_unit(code) + code->_co_firsttraceable;  // it shall not look unfinished
  o->f_frame = f;
  gc_track(object(o));
  return adopt<PyFrameObject>(o);
}

int line_of_object(const FrameObject& o) { return o.f_lineno ? o.f_lineno : frame_line(o.f_frame); }

// -- life --

static bool owns_frame(const FrameObject& o) {
  return o.f_frame && o.f_frame->owner == FrameOwner::frame_object;
}
static void drop_locals(Frame* f) {
  int n = std::exchange(f->stacktop, 0);
  for (int i = 0; i < n; i++) clear_field(f->slots[i]);
}

/// An object whose frame still belongs to someone else dies at once: its size must be read before that frame goes.
static void dealloc_unowned(FrameObject& self) {
  size_t size = object_size(self.f_frame->code);
  clear_field(self.f_back);
  clear_field(self.f_trace);
  free_object(object(self), size);
}
static void dealloc(PyObject* o) {
  FrameObject& self = self_of(o);
  if (!owns_frame(self)) return dealloc_unowned(self);
  if (gc_is_tracked(o)) gc_untrack(o);
  TrashGuard guard(o);
  if (!guard) return;
  Frame* f = self.f_frame;
  drop_locals(f);
  clear_field(f->locals);
  clear_field(f->func);
  clear_field(self.f_back);
  clear_field(self.f_trace);
  PyCodeObject* code = f->code;
  free_object(o, object_size(code));
  Py_DECREF(object(code));
}
static int traverse(PyObject* o, visitproc visit, void* arg) {
  FrameObject& self = self_of(o);
  Py_VISIT(object(self.f_back));
  Py_VISIT(self.f_trace);
  return owns_frame(self) ? traverse_frame(self.f_frame, visit, arg) : 0;
}
static int clear(PyObject* o) {
  FrameObject& self = self_of(o);
  clear_field(self.f_trace);
  if (!owns_frame(self)) return 0;
  drop_locals(self.f_frame);
  clear_field(self.f_frame->locals);
  return 0;
}

static constexpr char clear_doc[] = "clear($self, /)\n--\n\nDrops the references that the frame's locals hold.";
static Ref<> clear_method(PyObject* o) {
  FrameObject& self = self_of(o);
  Frame* f = self.f_frame;
  if (!f) return none();
  if (f->owner == FrameOwner::generator) {
    Generator* g = generator_of(f);
    if (g->gi_frame_state == kExecuting) return raise(PyExc_RuntimeError, "cannot clear an executing frame");
    if (g->gi_frame_state < kCompleted) {
      Ref<> keep = share(object(g));
      finalize_generator(object(g));
      return none();
    }
  }
  if (f->owner == FrameOwner::thread) return raise(PyExc_RuntimeError, "cannot clear an executing frame");
  clear(o);
  return none();
}
static constexpr char sizeof_doc[] = "__sizeof__($self, /)\n--\n\nThe size in memory, in bytes.";
static Ref<> sizeof_method(PyObject* o) {
  PyCodeObject* code = self_of(o).f_frame->code;
  return new_int(offsetof(FrameObject, f_frame_data) + frame_words(code) * sizeof(PyObject*));
}
static Ref<> frame_repr(PyObject* o) {
  Frame* f = self_of(o).f_frame;
  return format_str("<frame at 0x{}, file {}, line {}, code {}>", Hex(reinterpret_cast<uintptr_t>(o)),
                    as_repr(f->code->co_filename), line_of_object(self_of(o)), as_str(f->code->co_name));
}

// -- attributes --

static PyObject* get_back(PyObject* o, void*) {
  FrameObject& self = self_of(o);
  PyObject* back = object(self.f_back);
  if (!back && self.f_frame) {
    if (Frame* caller = first_complete(self.f_frame->previous)) {
      back = object(frame_object_of(caller));
      if (!back) return nullptr;
    }
  }
  return Py_NewRef(back ? back : Py_None);
}
static PyObject* get_code(PyObject* o, void*) { return Py_NewRef(object(self_of(o).f_frame->code)); }
static PyObject* get_globals(PyObject* o, void*) {
  PyObject* globals = self_of(o).f_frame->globals;
  return Py_NewRef(globals ? globals : Py_None);
}
static PyObject* get_builtins(PyObject* o, void*) {
  PyObject* builtins = self_of(o).f_frame->builtins;
  return Py_NewRef(builtins ? builtins : Py_None);
}
static PyObject* get_locals(PyObject* o, void*) { return frame_locals(self_of(o).f_frame).release(); }
static PyObject* get_lasti(PyObject* o, void*) {
  int unit = last_unit(self_of(o).f_frame);
  return new_int(unit < 0 ? -1 : unit * static_cast<int>(sizeof(CodeUnit))).release();
}
static PyObject* get_line(PyObject* o, void*) {
  int line = line_of_object(self_of(o));
  return line < 0 ? Py_NewRef(Py_None) : new_int(line).release();
}
static int set_line(PyObject* o, PyObject* value, void*) { return set_frame_line(self_of(o), value).to_c(); }
static PyObject* get_trace(PyObject* o, void*) {
  PyObject* trace = self_of(o).f_trace;
  return Py_NewRef(trace ? trace : Py_None);
}
static int set_trace_function(PyObject* o, PyObject* value, void*) {
  if (value == Py_None) value = nullptr;
  PyObject* old = std::exchange(self_of(o).f_trace, Py_XNewRef(value));
  Py_XDECREF(old);
  return 0;
}
static PyObject* get_trace_opcodes(PyObject* o, void*) {
  return Py_NewRef(self_of(o).f_trace_opcodes ? Py_True : Py_False);
}
static int set_trace_opcodes(PyObject* o, PyObject* value, void*) {
  if (!value || !PyBool_Check(value)) {
    raise(PyExc_TypeError, "attribute value type must be bool");
    return -1;
  }
  self_of(o).f_trace_opcodes = value == Py_True;
  return 0;
}

static constinit PyMethodDef methods[] = {method<clear_doc, clear_method>, method<sizeof_doc, sizeof_method>, {}};
static constinit PyMemberDef members[] = {
    {"f_trace_lines", T_BOOL, offsetof(FrameObject, f_trace_lines), 0, nullptr},
    {},
};
static constinit PyGetSetDef getset[] = {
    {"f_back", get_back, nullptr, nullptr, nullptr},
    {"f_locals", get_locals, nullptr, nullptr, nullptr},
    {"f_lineno", get_line, set_line, nullptr, nullptr},
    {"f_trace", get_trace, set_trace_function, nullptr, nullptr},
    {"f_lasti", get_lasti, nullptr, nullptr, nullptr},
    {"f_globals", get_globals, nullptr, nullptr, nullptr},
    {"f_builtins", get_builtins, nullptr, nullptr, nullptr},
    {"f_code", get_code, nullptr, nullptr, nullptr},
    {"f_trace_opcodes", get_trace_opcodes, set_trace_opcodes, nullptr, nullptr},
    {},
};

int frame_line(Frame* f) {
  return line_of(f->code, last_unit(f) * static_cast<int>(sizeof(CodeUnit)));
}

}  // namespace taipan

using namespace taipan;
constinit PyTypeObject PyFrame_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "frame",
    .tp_basicsize = offsetof(_frame, f_frame_data) + offsetof(_PyInterpreterFrame, slots),
    .tp_itemsize = sizeof(PyObject*),
    .tp_dealloc = dealloc,
    .tp_repr = slot<frame_repr>,
    .tp_getattro = generic_get_attr_slot,
    .tp_setattro = generic_set_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = traverse,
    .tp_clear = clear,
    .tp_methods = methods,
    .tp_members = members,
    .tp_getset = getset,
};
