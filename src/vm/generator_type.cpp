// The generator type: its methods and attributes, most of them shared with coroutines.
#include "object/bind.h"
#include "object/error.h"
#include "object/slot.h"
#include "object/str.h"
#include "structmember.h"
#include "vm/generator.h"
#include "vm/vm.h"

namespace taipan {

Ref<> generator_repr(PyObject* o) {
  auto* g = reinterpret_cast<Generator*>(o);
  const char* kind = is_coroutine(o) ? "coroutine" : is_async_generator(o) ? "async_generator" : "generator";
  return format_str("<{} object {} at 0x{}>", kind, as_str(g->gi_qualname),
                    Hex(reinterpret_cast<uintptr_t>(o)));
}

PyObject* get_generator_name(PyObject* o, void*) { return Py_NewRef(reinterpret_cast<Generator*>(o)->gi_name); }
PyObject* get_generator_qualname(PyObject* o, void*) { return Py_NewRef(reinterpret_cast<Generator*>(o)->gi_qualname); }
int set_generator_name(PyObject* o, PyObject* value, void*) {
  if (!value || !PyUnicode_Check(value)) {
    raise(PyExc_TypeError, "__name__ must be set to a string object");
    return -1;
  }
  replace_field(reinterpret_cast<Generator*>(o)->gi_name, share(value));
  return 0;
}
int set_generator_qualname(PyObject* o, PyObject* value, void*) {
  if (!value || !PyUnicode_Check(value)) {
    raise(PyExc_TypeError, "__qualname__ must be set to a string object");
    return -1;
  }
  replace_field(reinterpret_cast<Generator*>(o)->gi_qualname, share(value));
  return 0;
}
PyObject* get_generator_frame(PyObject* o, void*) {
  auto* g = reinterpret_cast<Generator*>(o);
  if (g->gi_frame_state == kCleared) return Py_NewRef(Py_None);
  return Py_XNewRef(object(frame_object_of(frame_of(g))));
}
PyObject* get_generator_running(PyObject* o, void*) {
  return Py_NewRef(reinterpret_cast<Generator*>(o)->gi_frame_state == kExecuting ? Py_True : Py_False);
}
PyObject* get_generator_suspended(PyObject* o, void*) {
  return Py_NewRef(reinterpret_cast<Generator*>(o)->gi_frame_state == kSuspended ? Py_True : Py_False);
}
PyObject* get_generator_delegate(PyObject* o, void*) {
  PyObject* delegate = delegate_of(reinterpret_cast<Generator*>(o));
  return Py_NewRef(delegate ? delegate : Py_None);
}

static Ref<> iterate_self(PyObject* o) { return share(o); }
static Ref<> throw_args(PyObject* self, Arguments args) {
  if (!check_positional("throw", args.count, 1, 3)) return {};
  return adopt(throw_method(self, args.items, args.count));
}
static PyObject* send_c(PyObject* self, PyObject* value) { return send_method(self, value); }
static PyObject* close_c(PyObject* self, PyObject*) { return close_generator(self).release(); }

static constexpr char gen_send_doc[] =
    "send(value) -> resumes the generator: value is what its yield gives;\n"
    "the result is the next yielded value, or StopIteration is raised.";
static constexpr char gen_throw_doc[] =
    "throw(value)\nthrow(type[,value[,tb]])\n\n"
    "Raises an exception where the generator is suspended; the result is the next\nyielded value, or StopIteration is raised.";
static constexpr char gen_close_doc[] = "close() -> raises GeneratorExit inside the generator, which must end.";

static constinit PyMethodDef gen_methods[] = {
    {"send", send_c, METH_O, gen_send_doc},
    positional_varargs<throw_args>("throw", gen_throw_doc),
    {"close", close_c, METH_NOARGS, gen_close_doc},
    {},
};
static constinit PyGetSetDef gen_getset[] = {
    {"__name__", get_generator_name, set_generator_name, "name of the generator", nullptr},
    {"__qualname__", get_generator_qualname, set_generator_qualname, "qualified name of the generator", nullptr},
    {"gi_yieldfrom", get_generator_delegate, nullptr, "the iterator that yield from delegates to, or None", nullptr},
    {"gi_running", get_generator_running, nullptr, nullptr, nullptr},
    {"gi_frame", get_generator_frame, nullptr, nullptr, nullptr},
    {"gi_suspended", get_generator_suspended, nullptr, nullptr, nullptr},
    {},
};
static constinit PyMemberDef gen_members[] = {
    {"gi_code", T_OBJECT_EX, offsetof(Generator, gi_code), READONLY | PY_AUDIT_READ, nullptr},
    {},
};
static constinit PyAsyncMethods gen_async = {.am_send = am_send_generator};

}  // namespace taipan

using namespace taipan;
constinit PyTypeObject PyGen_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "generator",
    .tp_basicsize = offsetof(PyGenObject, gi_iframe) + offsetof(_PyInterpreterFrame, slots),
    .tp_itemsize = sizeof(PyObject*),
    .tp_dealloc = dealloc_generator,
    .tp_as_async = &gen_async,
    .tp_repr = slot<generator_repr>,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = traverse_generator,
    .tp_weaklistoffset = offsetof(PyGenObject, gi_weakreflist),
    .tp_iter = slot<iterate_self>,
    .tp_iternext = iterate_generator,
    .tp_methods = gen_methods,
    .tp_members = gen_members,
    .tp_getset = gen_getset,
    .tp_finalize = finalize_generator,
};
