// The life of memoryviews and of the buffers they share.
#include "types/memoryview.h"

#include "object/error.h"
#include "object/gc.h"
#include "object/slot.h"
#include "object/weakref.h"
#include "types/buffer.h"
#include "types/memory.h"

namespace taipan {
namespace {

using Managed = _PyManagedBufferObject;

constexpr int kOwnsFormat = 0x100;  // in Managed's flags: the format text is its own

Ref<Managed> new_managed() {
  auto m = TRY(allocate<Managed>(&_PyManagedBuffer_Type));
  m->flags = 0;
  m->exports = 0;
  memset(&m->master, 0, sizeof m->master);
  gc_track(object(m.get()));
  return m;
}

void release_managed(Managed* m) {
  if (m->flags & _Py_MANAGED_BUFFER_RELEASED) return;
  m->flags |= _Py_MANAGED_BUFFER_RELEASED;
  gc_untrack(object(m));
  if (m->flags & kOwnsFormat) raw_free(m->master.format);
  release_buffer(&m->master);
}

size_t size_for(int ndim) {
  return offsetof(MemoryView, ob_array) + static_cast<size_t>(3 * ndim) * sizeof(Py_ssize_t);
}

Ref<MemoryView> allocate_view(int ndim) {
  auto v = Ref<MemoryView>::adopt(reinterpret_cast<MemoryView*>(
      allocate_var_object(&PyMemoryView_Type, size_for(ndim), 3 * ndim)));
  if (!v) return {};
  v->mbuf = nullptr;
  v->hash = -1;
  v->flags = 0;
  v->exports = 0;
  v->weakreflist = nullptr;
  memset(&v->view, 0, sizeof v->view);
  v->view.ndim = ndim;
  v->view.shape = v->ob_array;
  v->view.strides = v->ob_array + ndim;
  v->view.suboffsets = v->ob_array + 2 * ndim;
  return v;
}

/// Shape and strides of `from`, made up where it leaves them out.
void copy_dimensions(MemoryView& to, const Py_buffer& from) {
  Py_buffer& v = to.view;
  if (v.ndim == 0) {
    v.shape = v.strides = v.suboffsets = nullptr;
    return;
  }
  if (v.ndim == 1) {
    v.shape[0] = from.shape ? from.shape[0] : from.len / from.itemsize;
    v.strides[0] = from.strides ? from.strides[0] : from.itemsize;
  } else {
    for (int i = 0; i < v.ndim; i++) v.shape[i] = from.shape[i];
    Py_ssize_t stride = from.itemsize;
    for (int i = v.ndim - 1; i >= 0; i--) {
      v.strides[i] = from.strides ? from.strides[i] : stride;
      stride *= v.shape[i];
    }
  }
  if (!from.suboffsets)
    v.suboffsets = nullptr;
  else
    for (int i = 0; i < v.ndim; i++) v.suboffsets[i] = from.suboffsets[i];
}

void copy_values(Py_buffer& to, const Py_buffer& from) {
  to.obj = from.obj;  // borrowed: the managed buffer owns it
  to.buf = from.buf;
  to.len = from.len;
  to.itemsize = from.itemsize;
  to.readonly = from.readonly;
  to.format = from.format ? from.format : const_cast<char*>("B");
  to.internal = from.internal;
}

void attach(MemoryView& view, Managed* m) {
  view.mbuf = m;
  Py_INCREF(object(m));
  m->exports++;
  gc_track(object(view));
}

Ref<MemoryView> view_on(Managed* m, const Py_buffer& from) {
  if (from.ndim > PyBUF_MAX_NDIM)
    return raise(PyExc_ValueError, "memoryview: number of dimensions must not exceed {}",
                 PyBUF_MAX_NDIM);
  Ref<MemoryView> v = TRY(allocate_view(from.ndim));
  copy_values(v->view, from);
  copy_dimensions(*v, from);
  update_layout_flags(*v);
  attach(*v, m);
  return v;
}

}  // namespace

void update_layout_flags(MemoryView& self) {
  const Py_buffer& v = self.view;
  int flags = self.flags & ~(_Py_MEMORYVIEW_SCALAR | _Py_MEMORYVIEW_C | _Py_MEMORYVIEW_FORTRAN |
                             _Py_MEMORYVIEW_PIL);
  if (v.ndim == 0)
    flags |= _Py_MEMORYVIEW_SCALAR | _Py_MEMORYVIEW_C | _Py_MEMORYVIEW_FORTRAN;
  else if (v.suboffsets)
    flags |= _Py_MEMORYVIEW_PIL;
  else {
    bool line = v.ndim == 1 && (v.shape[0] <= 1 || v.strides[0] == v.itemsize);
    if (line || (v.ndim > 1 && is_contiguous(v, 'C'))) flags |= _Py_MEMORYVIEW_C;
    if (line || (v.ndim > 1 && is_contiguous(v, 'F'))) flags |= _Py_MEMORYVIEW_FORTRAN;
  }
  self.flags = flags;
}

Status check_not_released(MemoryView& self) {
  if ((self.flags & _Py_MEMORYVIEW_RELEASED) || (self.mbuf->flags & _Py_MANAGED_BUFFER_RELEASED))
    return raise(PyExc_ValueError, "operation forbidden on released memoryview object");
  return {};
}

Ref<> new_memoryview(PyObject* o) {
  if (PyMemoryView_Check(o)) {
    auto& other = *reinterpret_cast<MemoryView*>(o);
    TRY(check_not_released(other));
    return share_memoryview(other);
  }
  if (!has_buffer(o))
    return raise(PyExc_TypeError, "memoryview: a bytes-like object is required, not '{}'",
                 clip(type_name(o), 200));
  Ref<Managed> m = TRY(new_managed());
  if (!acquire_buffer(o, &m->master, PyBUF_FULL_RO)) {
    m->master.obj = nullptr;
    return {};
  }
  return view_on(m.get(), m->master);
}

Ref<> new_memoryview_of_buffer(const Py_buffer& buffer) {
  if (!buffer.buf)
    return raise(PyExc_ValueError, "PyMemoryView_FromBuffer(): info->buf must not be NULL");
  Ref<Managed> m = TRY(new_managed());
  m->master = buffer;
  m->master.obj = nullptr;
  return view_on(m.get(), m->master);
}

Ref<MemoryView> share_memoryview(MemoryView& self) { return view_on(self.mbuf, self.view); }

Ref<MemoryView> incomplete_memoryview(MemoryView& self, int ndim) {
  Ref<MemoryView> v = TRY(allocate_view(ndim));
  copy_values(v->view, self.view);
  v->view.suboffsets = nullptr;
  attach(*v, self.mbuf);
  return v;
}

Ref<> contiguous_copy(MemoryView& self, char order) {
  const Py_buffer& from = self.view;
  order = order == 'F' ? 'F' : 'C';
  Ref<> bytes = TRY(contiguous_bytes(from, order));
  Ref<> plain = TRY(new_memoryview(bytes.get()));
  Ref<MemoryView> copy = TRY(incomplete_memoryview(*reinterpret_cast<MemoryView*>(plain.get()), from.ndim));
  size_t size = strlen(from.format) + 1;
  auto* format = static_cast<char*>(raw_allocate(size));
  if (!format) return raise_no_memory();
  memcpy(format, from.format, size);
  copy->mbuf->master.format = format;
  copy->mbuf->flags |= kOwnsFormat;
  Py_buffer& to = copy->view;
  to.format = format;
  to.itemsize = from.itemsize;
  Py_ssize_t stride = from.itemsize;
  for (int i = 0; i < from.ndim; i++) to.shape[i] = from.shape[i];
  for (int i = 0; i < from.ndim; i++) {
    int dimension = order == 'F' ? i : from.ndim - 1 - i;
    to.strides[dimension] = stride;
    stride *= from.shape[dimension];
  }
  update_layout_flags(*copy);
  return copy;
}

// -- for memoryview_type.cpp --

void release_memoryview(MemoryView& self) {
  if (self.flags & _Py_MEMORYVIEW_RELEASED) return;
  self.flags |= _Py_MEMORYVIEW_RELEASED;
  if (--self.mbuf->exports == 0) release_managed(self.mbuf);
}

void dealloc_memoryview(MemoryView& self) {
  gc_untrack(object(self));
  if (self.mbuf) release_memoryview(self);
  clear_weakrefs(object(self));
  Managed* m = self.mbuf;
  free_object(object(self), offsetof(MemoryView, ob_array) +
                                static_cast<size_t>(Py_SIZE(&self)) * sizeof(Py_ssize_t));
  Py_XDECREF(object(m));
}

namespace {

void dealloc_managed(Managed& self) {
  gc_untrack(object(self));
  release_managed(&self);
  deallocate(&self);
}
int traverse_managed(Managed& self, visitproc visit, void* arg) {
  Py_VISIT(self.master.obj);
  return 0;
}
int clear_managed(Managed& self) {
  release_managed(&self);
  return 0;
}

}  // namespace
}  // namespace taipan

using namespace taipan;

constinit PyTypeObject _PyManagedBuffer_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "managedbuffer",
    .tp_basicsize = sizeof(_PyManagedBufferObject),
    .tp_dealloc = slot<dealloc_managed>,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = slot<traverse_managed>,
    .tp_clear = slot<clear_managed>,
};
