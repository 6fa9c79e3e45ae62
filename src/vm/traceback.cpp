// Traceback objects, and the adding of an entry for each frame that an exception passes. Lines are found when
// somebody asks.
#include "object/bind.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "structmember.h"
#include "types/code.h"
#include "vm/frame.h"
#include "vm/vm.h"

namespace taipan {

using Traceback = PyTracebackObject;

int line_of(PyCodeObject* code, int byte_offset) {
  return code_line(code, byte_offset);
}

static Ref<Traceback> make_traceback(PyObject* next, PyFrameObject* frame, int lasti, int line) {
  Ref<Traceback> t = allocate<Traceback>(&PyTraceBack_Type);
  if (!t) return t;
  t->tb_next = reinterpret_cast<Traceback*>(Py_XNewRef(next));
  t->tb_frame = reinterpret_cast<PyFrameObject*>(Py_XNewRef(object(frame)));
  t->tb_lasti = lasti;
  t->tb_lineno = line;
  gc_track(object(t.get()));
  return t;
}
Ref<> new_traceback(PyObject* next, PyFrameObject* frame, int lasti, int line) {
  return make_traceback(next, frame, lasti, line);
}

int traceback_line(Traceback* t) {
  if (t->tb_lineno != -1 || !t->tb_frame->f_frame) return t->tb_lineno;
  return line_of(t->tb_frame->f_frame->code, t->tb_lasti);
}

/// Puts an entry in front of the pending exception's traceback.
static void push_entry(PyThreadState* ts, PyFrameObject* frame, int lasti, int line) {
  PendingError error = PendingError::take();
  Ref<Traceback> entry = make_traceback(error.traceback.get(), frame, lasti, line);
  // Without memory the traceback lacks the entry: better than another MemoryError at each frame that is left.
  if (entry) error.traceback = std::move(entry);
  else clear_error();
  std::move(error).restore();
}

void add_traceback(_PyInterpreterFrame* f) {
  PyThreadState* ts = current_thread();
  FrameObject* frame = f->frame_object;
  if (!frame) {
    PendingError error = PendingError::take();
    frame = frame_object_of(f);
    if (!frame) clear_error();
    std::move(error).restore();
    if (!frame) return;
  }
  push_entry(ts, frame, last_unit(f) * static_cast<int>(sizeof(CodeUnit)), -1);
}

void add_synthetic_traceback(const char* function, const char* file, int line) {
  PendingError error = PendingError::take();
  Ref<Code> code = new_empty_code(file, function, line);
  Ref<Dict> globals = code ? new_dict() : Ref<Dict>();
  Ref<PyFrameObject> frame;
  if (globals)
    frame = new_frame_object(current_thread(), code.get(), object(globals.get()), nullptr);
  if (!frame) {
    chain_context(std::move(error));
    return;
  }
  frame->f_lineno = line;
  std::move(error).restore();
  push_entry(current_thread(), frame.get(), 0, line);
}

// -- the type --

static Traceback& self_of(PyObject* o) { return *reinterpret_cast<Traceback*>(o); }

static constexpr char traceback_doc[] =
    "TracebackType(tb_next, tb_frame, tb_lasti, tb_lineno)\n--\n\nMakes a traceback entry.";
static Ref<> traceback_new(PyTypeObject*, PyObject* next, PyObject* frame, int lasti, int line) {
  if (next == Py_None) next = nullptr;
  else if (!PyTraceBack_Check(next))
    return raise(PyExc_TypeError, "expected traceback object or None, got '{}'", type_name(next));
  if (!PyFrame_Check(frame))
    return raise(PyExc_TypeError, "TracebackType() argument 'tb_frame' must be frame, not {}", type_name(frame));
  return new_traceback(next, reinterpret_cast<PyFrameObject*>(frame), lasti, line);
}
static void dealloc(PyObject* o) {
  gc_untrack(o);
  TrashGuard guard(o);
  if (!guard) return;
  clear_field(self_of(o).tb_next);
  clear_field(self_of(o).tb_frame);
  free_object(o, sizeof(Traceback));
}
static int traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(object(self_of(o).tb_next));
  Py_VISIT(object(self_of(o).tb_frame));
  return 0;
}
static int clear(PyObject* o) {
  clear_field(self_of(o).tb_next);
  clear_field(self_of(o).tb_frame);
  return 0;
}

static PyObject* get_next(PyObject* o, void*) {
  PyObject* next = object(self_of(o).tb_next);
  return Py_NewRef(next ? next : Py_None);
}
static int set_next(PyObject* o, PyObject* value, void*) {
  if (!value) {
    raise(PyExc_TypeError, "can't delete tb_next attribute");
    return -1;
  }
  if (value == Py_None) {
    value = nullptr;
  } else if (!PyTraceBack_Check(value)) {
    raise(PyExc_TypeError, "expected traceback object, got '{}'", type_name(value));
    return -1;
  }
  // Walkers of tracebacks rely on their end.
  for (auto* t = reinterpret_cast<Traceback*>(value); t; t = t->tb_next) {
    if (object(t) != o) continue;
    raise(PyExc_ValueError, "traceback loop detected");
    return -1;
  }
  PyObject* old = object(std::exchange(self_of(o).tb_next, reinterpret_cast<Traceback*>(Py_XNewRef(value))));
  Py_XDECREF(old);
  return 0;
}
static PyObject* get_line(PyObject* o, void*) {
  int line = traceback_line(&self_of(o));
  return line == -1 ? Py_NewRef(Py_None) : new_int(line).release();
}
/// As a field that Python code may only read says it.
static int set_line(PyObject*, PyObject*, void*) {
  raise(PyExc_AttributeError, "readonly attribute");
  return -1;
}
static constexpr char dir_doc[] = "__dir__($self, /)\n--\n\nThe names of the attributes.";
static Ref<> dir_names(PyObject*) {
  PyObject* names[] = {"tb_frame"_name, "tb_next"_name, "tb_lasti"_name, "tb_lineno"_name};
  return list_of(names, 4);
}
static constinit PyMethodDef methods[] = {method<dir_doc, dir_names>, {}};
static constinit PyMemberDef members[] = {
    {"tb_frame", T_OBJECT, offsetof(Traceback, tb_frame), READONLY | PY_AUDIT_READ, nullptr},
    {"tb_lasti", T_INT, offsetof(Traceback, tb_lasti), READONLY, nullptr},
    {},
};
static constinit PyGetSetDef getset[] = {
    {"tb_next", get_next, set_next, nullptr, nullptr},
    {"tb_lineno", get_line, set_line, nullptr, nullptr},
    {},
};

}  // namespace taipan

using namespace taipan;
constinit PyTypeObject PyTraceBack_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "traceback",
    .tp_basicsize = sizeof(PyTracebackObject),
    .tp_dealloc = dealloc,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = traceback_doc,
    .tp_traverse = traverse,
    .tp_clear = clear,
    .tp_methods = methods,
    .tp_members = members,
    .tp_getset = getset,
    .tp_new = constructor<traceback_doc, traceback_new>::tp_new,
};
