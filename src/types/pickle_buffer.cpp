// pickle.PickleBuffer (PEP 574).
#include "types/pickle_buffer.h"

#include "object/bind.h"
#include "object/buffer.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/slot.h"
#include "object/type.h"
#include "object/weakref.h"
#include "types/memory.h"
#include "types/memoryview.h"

namespace taipan {
namespace {

struct PickleBuffer {
  PyObject_HEAD
  Py_buffer view;  // obj null: released
  PyObject* weaklist;
};
PickleBuffer& as(PyObject* o) { return *reinterpret_cast<PickleBuffer*>(o); }

Ref<> create(PyTypeObject* type, PyObject* owner) {
  Ref<> o = TRY(adopt(type->tp_alloc(type, 0)));
  TRY(acquire_buffer(owner, &as(o.get()).view, PyBUF_FULL_RO));
  return o;
}
PyObject* tp_new(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  if (!check_no_keywords_dict("PickleBuffer", kwargs)) return nullptr;
  if (Py_SIZE(args) != 1) {
    raise(PyExc_TypeError, "PickleBuffer() takes exactly 1 positional argument ({} given)", Py_SIZE(args));
    return nullptr;
  }
  return create(type, reinterpret_cast<Tuple*>(args)->ob_item[0]).release();
}
int traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(as(o).view.obj);
  return 0;
}
int clear(PyObject* o) {
  release_buffer(&as(o).view);
  return 0;
}
void dealloc(PyObject* o) {
  gc_untrack(o);
  if (as(o).weaklist) clear_weakrefs(o);
  release_buffer(&as(o).view);
  Py_TYPE(o)->tp_free(o);
}

int get_buffer(PyObject* o, Py_buffer* view, int flags) {
  Result<Py_buffer*> own = pickle_buffer_view(o);
  if (!own) return -1;
  return acquire_buffer((*own)->obj, view, flags).to_c();
}
/// The buffer went out in the owner's name, so that the owner gets it back.
void give_back(PyObject*, Py_buffer* view) { release_buffer(view); }

constexpr char raw_doc[] =
    "raw($self, /)\n--\n\n"
    "The memory as a memoryview of bytes in one dimension.\n"
    "BufferError if it does not lie in one piece.";
Ref<> raw(PickleBuffer& self) {
  Py_buffer* view = TRY(pickle_buffer_view(object(self)));
  if (view->suboffsets || !is_contiguous(*view, 'A'))
    return raise(PyExc_BufferError, "cannot extract raw buffer from non-contiguous buffer");
  Ref<MemoryView> window = TRY(new_memoryview(object(self))).as<MemoryView>();
  // Whatever the items are: bytes, in the order in which they lie in memory.
  static char byte_format[] = "B";
  Py_buffer& bytes = window->view;
  bytes.format = byte_format;
  bytes.ndim = 1;
  bytes.itemsize = 1;
  bytes.shape = &bytes.len;
  bytes.strides = &bytes.itemsize;
  update_layout_flags(*window);
  return window;
}
constexpr char release_doc[] = "release($self, /)\n--\n\nGive the memory back to its owner.";
void release(PickleBuffer& self) { release_buffer(&self.view); }

constinit PyMethodDef methods[] = {method<raw_doc, raw>, method<release_doc, release>, {}};
constinit PyBufferProcs as_buffer = {get_buffer, give_back};

}  // namespace

Ref<> new_pickle_buffer(PyObject* owner) { return create(&PyPickleBuffer_Type, owner); }
Result<Py_buffer*> pickle_buffer_view(PyObject* o) {
  if (!as(o).view.obj) return raise(PyExc_ValueError, "operation forbidden on released PickleBuffer object");
  return &as(o).view;
}
void release_pickle_buffer(PyObject* o) { release_buffer(&as(o).view); }

}  // namespace taipan

using namespace taipan;
constinit PyTypeObject PyPickleBuffer_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "pickle.PickleBuffer",
    .tp_basicsize = sizeof(PickleBuffer),
    .tp_dealloc = dealloc,
    .tp_as_buffer = &as_buffer,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE,
    .tp_doc = "Memory that a pickle may keep outside of its stream.",
    .tp_traverse = traverse,
    .tp_clear = clear,
    .tp_weaklistoffset = offsetof(PickleBuffer, weaklist),
    .tp_methods = methods,
    .tp_new = tp_new,
};
