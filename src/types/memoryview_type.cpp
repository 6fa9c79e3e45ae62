// The type memoryview: indexing, assignment, attributes, methods, its iterator.
#include "base/hash.h"
#include "object/bind.h"
#include "object/bytes.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "types/buffer.h"
#include "types/bytes_methods.h"
#include "types/memory.h"
#include "types/memoryview.h"
#include "types/slice_range.h"
#include "types/text_iterators.h"

extern PyTypeObject _PyMemoryIter_Type;

namespace taipan {

void release_memoryview(MemoryView& self);
void dealloc_memoryview(MemoryView& self);

namespace {

constexpr char new_doc[] =
    "memoryview(object)\n--\n\nA window on the memory of an object that has a buffer.";
Ref<> make(PyTypeObject*, PyObject* o) { return new_memoryview(o); }

// -- finding items --

/// Address of the item at `index` along a dimension, from a start address.
Result<char*> step_to(const Py_buffer& v, char* at, Py_ssize_t index, int dimension) {
  Py_ssize_t n = v.shape[dimension];
  if (index < 0) index += n;
  if (index < 0 || index >= n)
    return raise(PyExc_IndexError, "index out of bounds on dimension {}", dimension + 1);
  at += v.strides[dimension] * index;
  if (v.suboffsets && v.suboffsets[dimension] >= 0)
    at = *reinterpret_cast<char**>(at) + v.suboffsets[dimension];
  return at;
}

/// An index; finding it may run code that releases the view.
Result<Py_ssize_t> index_into(MemoryView& self, PyObject* key) {
  Py_ssize_t index = TRY(to_ssize(key, PyExc_IndexError));
  TRY(check_not_released(self));
  return index;
}

Result<char*> item_at_tuple(MemoryView& self, PyObject* key) {
  const Py_buffer& v = self.view;
  Py_ssize_t n = tuple_size(key);
  if (n > v.ndim)
    return raise(PyExc_TypeError, "cannot index {}-dimension view with {}-element tuple", v.ndim,
                 n);
  auto at = static_cast<char*>(v.buf);
  for (int i = 0; i < n; i++) {
    Py_ssize_t index = TRY(index_into(self, item(key, i)));
    at = TRY(step_to(v, at, index, i));
  }
  return at;
}

enum class KeyKind : uint8_t { item, slice, items, slices, other };
KeyKind kind_of(PyObject* key) {
  if (is_index(key)) return KeyKind::item;
  if (PySlice_Check(key)) return KeyKind::slice;
  if (!PyTuple_Check(key)) return KeyKind::other;
  bool items = true, slices = tuple_size(key) > 0;
  for (Py_ssize_t i = 0; i < tuple_size(key); i++) {
    items &= is_index(item(key, i));
    slices &= PySlice_Check(item(key, i));
  }
  return items ? KeyKind::items : slices ? KeyKind::slices : KeyKind::other;
}

/// Narrows a fresh view of `self` to a slice of its first dimension.
Status narrow(MemoryView& view, PyObject* key) {
  Py_buffer& v = view.view;
  SliceRange r = clamp_slice(TRY(slice_bounds(key)), v.shape[0]);
  v.buf = static_cast<char*>(v.buf) + v.strides[0] * r.start;  // a pointer to follow, if there is one, is followed later
  v.shape[0] = r.count < 0 ? 0 : r.count;
  v.strides[0] *= r.step;
  v.len = v.itemsize;
  for (int i = 0; i < v.ndim; i++) v.len *= v.shape[i];
  update_layout_flags(view);
  return {};
}

Raised invalid_key() { return raise(PyExc_TypeError, "memoryview: invalid slice key"); }

Ref<> item_of_1d(MemoryView& self, Py_ssize_t index) {
  const Py_buffer& v = self.view;
  if (v.ndim == 0) return raise(PyExc_TypeError, "invalid indexing of 0-dim memory");
  if (v.ndim > 1)
    return raise(PyExc_NotImplementedError, "multi-dimensional sub-views are not implemented");
  return unpack_item(TRY(step_to(v, static_cast<char*>(v.buf), index, 0)), v.format);
}

Ref<> subscript(MemoryView& self, PyObject* key) {
  TRY(check_not_released(self));
  const Py_buffer& v = self.view;
  if (v.ndim == 0) {
    if (PyTuple_Check(key) && tuple_size(key) == 0)
      return unpack_item(static_cast<char*>(v.buf), v.format);
    if (key == Py_Ellipsis) return share(object(self));
    return raise(PyExc_TypeError, "invalid indexing of 0-dim memory");
  }
  switch (kind_of(key)) {
    case KeyKind::item:
      return item_of_1d(self, TRY(index_into(self, key)));
    case KeyKind::slice: {
      Ref<MemoryView> part = TRY(share_memoryview(self));
      TRY(narrow(*part, key));
      return part;
    }
    case KeyKind::items:
      if (tuple_size(key) < v.ndim)
        return raise(PyExc_NotImplementedError, "sub-views are not implemented");
      return unpack_item(TRY(item_at_tuple(self, key)), v.format);
    case KeyKind::slices:
      return raise(PyExc_NotImplementedError, "multi-dimensional slicing is not implemented");
    case KeyKind::other:
      break;
  }
  return invalid_key();
}
Ref<> sequence_item(MemoryView& self, Py_ssize_t index) {
  TRY(check_not_released(self));
  return item_of_1d(self, index);
}

// -- assignment --

bool same_structure(const Py_buffer& a, const Py_buffer& b) {
  auto bare = [](const char* f) { return std::string_view(f[0] == '@' ? f + 1 : f); };
  if (bare(a.format) != bare(b.format) || a.itemsize != b.itemsize || a.ndim != b.ndim)
    return false;
  for (int i = 0; i < a.ndim; i++) {
    if (a.shape[i] != b.shape[i]) return false;
    if (a.shape[i] == 0) break;
  }
  return true;
}

Status assign_slice(MemoryView& self, PyObject* key, PyObject* value) {
  BufferView held;  // the key's indices cannot release it
  TRY(held.acquire(value, PyBUF_FULL_RO));
  Ref<> source = TRY(new_memoryview(value));
  auto& from = *reinterpret_cast<MemoryView*>(source.get());
  Ref<MemoryView> to = TRY(share_memoryview(self));
  TRY(narrow(*to, key));
  TRY(check_not_released(self));
  if (!same_structure(to->view, from.view))
    return raise(PyExc_ValueError,
                 "memoryview assignment: lvalue and rvalue have different structures");
  // The two may overlap: the items take a detour.
  Ref<> items = TRY(contiguous_bytes(from.view, 'C'));
  return copy_from_block(to->view, bytes_data(items.get()), 'C');
}

Status store_item(MemoryView& self, char* at, PyObject* value) {
  char format[3] = {}, packed[sizeof(uint64_t)];  // copies: converting the value may run code that releases the view
  strncpy(format, self.view.format, sizeof format - 1);
  TRY(pack_item(packed, format, value));
  TRY(check_not_released(self));
  memcpy(at, packed, static_cast<size_t>(format_size(native_format(format))));
  return {};
}

Status set_subscript(MemoryView& self, PyObject* key, PyObject* value) {
  TRY(check_not_released(self));
  Py_buffer& v = self.view;
  TRY(check_format(v.format));
  if (v.readonly) return raise(PyExc_TypeError, "cannot modify read-only memory");
  if (!value) return raise(PyExc_TypeError, "cannot delete memory");
  if (v.ndim == 0) {
    if (key == Py_Ellipsis || (PyTuple_Check(key) && tuple_size(key) == 0))
      return store_item(self, static_cast<char*>(v.buf), value);
    return raise(PyExc_TypeError, "invalid indexing of 0-dim memory");
  }
  switch (kind_of(key)) {
    case KeyKind::item: {
      if (v.ndim > 1) return raise(PyExc_NotImplementedError, "sub-views are not implemented");
      Py_ssize_t index = TRY(index_into(self, key));
      return store_item(self, TRY(step_to(v, static_cast<char*>(v.buf), index, 0)), value);
    }
    case KeyKind::slice:
      if (v.ndim != 1)
        return raise(PyExc_NotImplementedError,
                     "memoryview slice assignments are currently restricted to ndim = 1");
      return assign_slice(self, key, value);
    case KeyKind::items:
      if (tuple_size(key) < v.ndim)
        return raise(PyExc_NotImplementedError, "sub-views are not implemented");
      return store_item(self, TRY(item_at_tuple(self, key)), value);
    case KeyKind::slices:
      return raise(PyExc_NotImplementedError,
                   "memoryview slice assignments are currently restricted to ndim = 1");
    case KeyKind::other:
      break;
  }
  return invalid_key();
}

// -- other slots --

Result<Py_ssize_t> size_of(MemoryView& self) {
  TRY(check_not_released(self));
  return self.view.ndim == 0 ? Py_ssize_t{1} : self.view.shape[0];
}

Ref<> compare_views(PyObject* a, PyObject* b, int op) {
  if (op != Py_EQ && op != Py_NE) return not_implemented();
  auto& self = *reinterpret_cast<MemoryView*>(a);
  if (!check_not_released(self)) {
    clear_error();
    return boolean((a == b) == (op == Py_EQ));
  }
  if (PyMemoryView_Check(b)) {
    auto& other = *reinterpret_cast<MemoryView*>(b);
    if (!check_not_released(other)) {
      clear_error();
      return boolean((a == b) == (op == Py_EQ));
    }
    return boolean(TRY(equal_items(self.view, other.view)) == (op == Py_EQ));
  }
  if (!has_buffer(b)) return not_implemented();
  Ref<> wrapped = new_memoryview(b);
  if (!wrapped) {
    clear_error();
    return not_implemented();
  }
  return boolean(TRY(equal_items(self.view, reinterpret_cast<MemoryView*>(wrapped.get())->view)) ==
                 (op == Py_EQ));
}

Result<Py_hash_t> hash_of(MemoryView& self) {
  if (self.hash != -1) return self.hash;
  TRY(check_not_released(self));
  if (!self.view.readonly) return raise(PyExc_ValueError, "cannot hash writable memoryview object");
  char code = native_format(self.view.format);
  if (code != 'B' && code != 'b' && code != 'c')
    return raise(PyExc_ValueError, "memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
  if (self.view.obj) TRY(hash(self.view.obj));
  Ref<> bytes = TRY(contiguous_bytes(self.view, 'C'));
  return self.hash = bytes_hash(bytes.get());
}

Ref<> repr_of(MemoryView& self) {
  bool released = self.flags & _Py_MEMORYVIEW_RELEASED;
  return format_str("<{} at 0x{}>", released ? "released memory" : "memory",
                    Hex{reinterpret_cast<uintptr_t>(&self)});
}

int get_buffer(PyObject* o, Py_buffer* view, int flags) {
  auto& self = *reinterpret_cast<MemoryView*>(o);
  auto refuse = [](const char* what) {
    raise(PyExc_BufferError, "memoryview: underlying buffer {}", what);
    return -1;
  };
  view->obj = nullptr;
  if (!check_not_released(self)) return -1;
  *view = self.view;
  view->obj = nullptr;
  auto requested = [&](int what) { return (flags & what) == what; };
  if (requested(PyBUF_WRITABLE) && self.view.readonly) return refuse("is not writable");
  if (!requested(PyBUF_FORMAT)) view->format = nullptr;
  bool c = self.flags & _Py_MEMORYVIEW_C, fortran = self.flags & _Py_MEMORYVIEW_FORTRAN;
  if (requested(PyBUF_C_CONTIGUOUS) && !c) return refuse("is not C-contiguous");
  if (requested(PyBUF_F_CONTIGUOUS) && !fortran) return refuse("is not Fortran contiguous");
  if (requested(PyBUF_ANY_CONTIGUOUS) && !c && !fortran) return refuse("is not contiguous");
  if (!requested(PyBUF_INDIRECT) && (self.flags & _Py_MEMORYVIEW_PIL))
    return refuse("requires suboffsets");
  if (!requested(PyBUF_STRIDES)) {
    if (!c) return refuse("is not C-contiguous");
    view->strides = nullptr;
  }
  if (!requested(PyBUF_ND)) {
    // Plain bytes: a format would contradict the shape that is left out.
    if (view->format) {
      raise(PyExc_BufferError,
            "memoryview: cannot cast to unsigned bytes if the format flag is present");
      return -1;
    }
    view->ndim = 1;
    view->shape = nullptr;
  }
  view->obj = Py_NewRef(o);
  self.exports++;
  return 0;
}
void release_exported(PyObject* o, Py_buffer*) { reinterpret_cast<MemoryView*>(o)->exports--; }

// -- methods --

constexpr char release_doc[] =
    "release($self, /)\n--\n\nGive the memory back; the view cannot be used after that.";
Status release(MemoryView& self) {
  if (self.flags & _Py_MEMORYVIEW_RELEASED) return {};
  if (self.exports > 0)
    return raise(PyExc_BufferError, "memoryview has {} exported buffer{}", self.exports,
                 self.exports == 1 ? "" : "s");
  release_memoryview(self);
  return {};
}

constexpr char tobytes_doc[] =
    "tobytes($self, /, order='C')\n--\n\nThe items as bytes; in C's or Fortran's order, or 'A': as "
    "they lie.";
Ref<> tobytes(MemoryView& self, PyObject* order) {
  TRY(check_not_released(self));
  std::string_view text = "C";
  if (order && order != Py_None) {
    if (!PyUnicode_Check(order))
      return raise(PyExc_TypeError, "tobytes() argument 'order' must be str or None, not {}",
                   type_name(order));
    text = TRY(to_utf8(order));
  }
  if (text != "C" && text != "F" && text != "A")
    return raise(PyExc_ValueError, "order must be 'C', 'F' or 'A'");
  return contiguous_bytes(self.view, text[0]);
}

constexpr char hex_doc[] =
    "hex($self, /, sep=<unrepresentable>, bytes_per_sep=1)\n--\n\nThe bytes in hexadecimal, with "
    "sep between groups.";
Ref<> hex(MemoryView& self, PyObject* sep, int group) {
  TRY(check_not_released(self));
  Ref<> bytes = TRY(contiguous_bytes(self.view, 'C'));
  return bytes_hex(bytes_view(bytes.get()), sep, group);
}

constexpr char tolist_doc[] =
    "tolist($self, /)\n--\n\nThe items as a list, of lists if there are several dimensions.";
Ref<> tolist(MemoryView& self) {
  TRY(check_not_released(self));
  return list_items(self.view);
}

constexpr char cast_doc[] =
    "cast($self, /, format, shape=<unrepresentable>)\n--\n\nThe same memory with another item "
    "format or shape.";
Ref<> cast(MemoryView& self, Str& format, PyObject* shape) {
  TRY(check_not_released(self));
  return cast_memoryview(self, object(format), shape);
}

constexpr char toreadonly_doc[] =
    "toreadonly($self, /)\n--\n\nA view of the same memory through which it cannot be changed.";
Ref<> toreadonly(MemoryView& self) {
  TRY(check_not_released(self));
  Ref<MemoryView> view = TRY(share_memoryview(self));
  view->view.readonly = 1;
  return view;
}

PyObject* enter(PyObject* self, PyObject*) {
  return check_not_released(*reinterpret_cast<MemoryView*>(self)) ? Py_NewRef(self) : nullptr;
}
PyObject* exit_block(PyObject* self, PyObject*) {
  return release(*reinterpret_cast<MemoryView*>(self)) ? Py_NewRef(Py_None) : nullptr;
}

constinit PyMethodDef methods[] = {
    method<release_doc, release>,
    method<tobytes_doc, tobytes>,
    method<hex_doc, hex>,
    method<tolist_doc, tolist>,
    method<cast_doc, cast>,
    method<toreadonly_doc, toreadonly>,
    {"__enter__", enter, METH_NOARGS, nullptr},
    {"__exit__", exit_block, METH_VARARGS, nullptr},
    {},
};

// -- attributes --

Ref<> int_tuple(const Py_ssize_t* values, int n) {
  Ref<Tuple> tuple = TRY(new_tuple(n));
  for (int i = 0; i < n; i++) tuple->ob_item[i] = TRY(new_int(values[i])).release();
  return tuple;
}
Ref<> get_obj(MemoryView& self) { return share(self.view.obj ? self.view.obj : Py_None); }
Ref<> get_nbytes(MemoryView& self) { return new_int(self.view.len); }
Ref<> get_readonly(MemoryView& self) { return boolean(self.view.readonly); }
Ref<> get_itemsize(MemoryView& self) { return new_int(self.view.itemsize); }
Ref<> get_format(MemoryView& self) { return new_str(self.view.format); }
Ref<> get_ndim(MemoryView& self) { return new_int(self.view.ndim); }
Ref<> get_shape(MemoryView& self) { return int_tuple(self.view.shape, self.view.ndim); }
Ref<> get_strides(MemoryView& self) { return int_tuple(self.view.strides, self.view.ndim); }
Ref<> get_suboffsets(MemoryView& self) {
  return int_tuple(self.view.suboffsets, self.view.suboffsets ? self.view.ndim : 0);
}
Ref<> get_c_contiguous(MemoryView& self) { return boolean(self.flags & _Py_MEMORYVIEW_C); }
Ref<> get_f_contiguous(MemoryView& self) { return boolean(self.flags & _Py_MEMORYVIEW_FORTRAN); }
Ref<> get_contiguous(MemoryView& self) {
  return boolean(self.flags & (_Py_MEMORYVIEW_C | _Py_MEMORYVIEW_FORTRAN));
}

template <auto Get>
PyObject* getter(PyObject* o, void*) {
  auto& self = *reinterpret_cast<MemoryView*>(o);
  return check_not_released(self) ? Get(self).release() : nullptr;
}

constinit PyGetSetDef getset[] = {
    {"obj", getter<get_obj>, nullptr, "The object whose memory this is."},
    {"nbytes", getter<get_nbytes>, nullptr, "How many bytes all items take, without gaps."},
    {"readonly", getter<get_readonly>, nullptr, "Whether the memory may not be changed."},
    {"itemsize", getter<get_itemsize>, nullptr, "The size of one item in bytes."},
    {"format", getter<get_format>, nullptr, "The items' format, as the struct module writes it."},
    {"ndim", getter<get_ndim>, nullptr, "The number of dimensions."},
    {"shape", getter<get_shape>, nullptr, "How many items there are along each dimension."},
    {"strides", getter<get_strides>, nullptr,
     "How many bytes lie between neighbours along each dimension."},
    {"suboffsets", getter<get_suboffsets>, nullptr,
     "What is added behind each pointer of an array of pointers."},
    {"c_contiguous", getter<get_c_contiguous>, nullptr,
     "Whether the items lie in C's order without gaps."},
    {"f_contiguous", getter<get_f_contiguous>, nullptr,
     "Whether the items lie in Fortran's order without gaps."},
    {"contiguous", getter<get_contiguous>, nullptr, "Whether the items lie without gaps."},
    {},
};

int traverse(MemoryView& self, visitproc visit, void* arg) {
  Py_VISIT(self.mbuf);
  return 0;
}
int clear(MemoryView& self) {
  if (self.exports == 0) {
    release_memoryview(self);
  }
  return 0;
}

// -- iterator --

struct MemoryIterator {
  PyObject_HEAD Py_ssize_t index, length;
  MemoryView* view;  // null once exhausted
};

Ref<> iterate_view(MemoryView& self) {
  TRY(check_not_released(self));
  if (self.view.ndim == 0) return raise(PyExc_TypeError, "invalid indexing of 0-dim memory");
  if (self.view.ndim != 1)
    return raise(PyExc_NotImplementedError, "multi-dimensional sub-views are not implemented");
  if (!native_format(self.view.format))
    return raise(PyExc_NotImplementedError, "memoryview: format {} not supported",
                 self.view.format);
  auto it = TRY(allocate<MemoryIterator>(&_PyMemoryIter_Type));
  it->index = 0;
  it->length = self.view.shape[0];
  it->view = &self;
  Py_INCREF(object(self));
  gc_track(object(it.get()));
  return it;
}
Result<Ref<>> next_item(MemoryIterator& self) {
  if (!self.view) return Ref<>();
  if (self.index < self.length) {
    TRY(check_not_released(*self.view));
    const Py_buffer& v = self.view->view;
    Ref<> value =
        TRY(unpack_item(TRY(step_to(v, static_cast<char*>(v.buf), self.index, 0)), v.format));
    self.index++;
    return value;
  }
  clear_field(self.view);
  return Ref<>();
}
void dealloc_iterator(MemoryIterator& self) {
  gc_untrack(object(self));
  Py_XDECREF(object(self.view));
  deallocate(&self);
}
int traverse_iterator(MemoryIterator& self, visitproc visit, void* arg) {
  Py_VISIT(self.view);
  return 0;
}

constinit PySequenceMethods as_sequence = {.sq_length = slot<size_of>,
                                           .sq_item = slot<sequence_item>};
constinit PyMappingMethods as_mapping = {.mp_length = slot<size_of>,
                                         .mp_subscript = slot<subscript>,
                                         .mp_ass_subscript = slot<set_subscript>};
constinit PyBufferProcs as_buffer = {.bf_getbuffer = get_buffer,
                                     .bf_releasebuffer = release_exported};

}  // namespace
}  // namespace taipan

using namespace taipan;

constinit PyTypeObject PyMemoryView_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "memoryview",
    .tp_basicsize = offsetof(PyMemoryViewObject, ob_array),
    .tp_itemsize = sizeof(Py_ssize_t),
    .tp_dealloc = slot<dealloc_memoryview>,
    .tp_repr = slot<repr_of>,
    .tp_as_sequence = &as_sequence,
    .tp_as_mapping = &as_mapping,
    .tp_hash = slot<hash_of>,
    .tp_as_buffer = &as_buffer,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_SEQUENCE,
    .tp_doc = new_doc,
    .tp_traverse = slot<traverse>,
    .tp_clear = slot<clear>,
    .tp_richcompare = slot<compare_views>,
    .tp_weaklistoffset = offsetof(PyMemoryViewObject, weakreflist),
    .tp_iter = slot<iterate_view>,
    .tp_methods = methods,
    .tp_getset = getset,
    .tp_new = constructor<new_doc, make>::tp_new,
    .tp_vectorcall = constructor<new_doc, make>::vectorcall,
};

constinit PyTypeObject _PyMemoryIter_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "memory_iterator",
    .tp_basicsize = sizeof(MemoryIterator),
    .tp_dealloc = slot<dealloc_iterator>,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = slot<traverse_iterator>,
    .tp_iter = iterate_self,
    .tp_iternext = slot<next_item>,
};
