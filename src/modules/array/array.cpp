// The type array.array: storage, construction, the sequence protocol, buffers, iteration; and the module.
#include "modules/array/array.h"

#include "modules/fields.h"
#include "modules/modules.h"
#include "object/alloc.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/gc.h"
#include "object/hooks.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "object/weakref.h"
#include "types/buffer.h"
#include "types/rows.h"

namespace taipan::arrays {

// -- storage --

Ref<Array> new_array(PyTypeObject* type, Py_ssize_t n, const Descriptor* descriptor) {
  if (n > PY_SSIZE_T_MAX / descriptor->itemsize) return raise_no_memory();
  Ref<Array> self = TRY(adopt(reinterpret_cast<Array*>(type->tp_alloc(type, 0))));
  self->descriptor = descriptor;
  if (n > 0) {
    self->items = static_cast<char*>(raw_allocate(static_cast<size_t>(n * descriptor->itemsize)));
    if (!self->items) return raise_no_memory();
    self->ob_base.ob_size = self->allocated = n;
  }
  return self;
}

Status resize(Array& self, Py_ssize_t n) {
  if (self.exports > 0 && n != self.size()) return raise(PyExc_BufferError, "cannot resize an array that is exporting buffers");
  if (self.allocated >= n && self.size() < n + 16 && self.items) {
    self.ob_base.ob_size = n;
    return {};
  }
  if (n == 0) {
    if (self.items) raw_free(self.items);
    self.items = nullptr;
    self.ob_base.ob_size = self.allocated = 0;
    return {};
  }
  // A sixteenth more than is asked for, so that appending costs constant time on average.
  Py_ssize_t room = (n >> 4) + (self.size() < 8 ? 3 : 7) + n;
  char* moved = room <= PY_SSIZE_T_MAX / self.itemsize()
                    ? static_cast<char*>(raw_reallocate(self.items, static_cast<size_t>(room * self.itemsize())))
                    : nullptr;
  if (!moved) return raise_no_memory();
  self.items = moved;
  self.allocated = room;
  self.ob_base.ob_size = n;
  return {};
}

Status insert(Array& self, Py_ssize_t index, PyObject* value) {
  // Conversion may run code that changes the array: it comes first.
  alignas(8) char item[8];
  TRY(self.descriptor->set(item, value));
  Py_ssize_t n = self.size();
  TRY(resize(self, n + 1));
  if (index < 0 && (index += n) < 0) index = 0;
  if (index > n) index = n;
  if (index < n) memmove(self.at(index + 1), self.at(index), static_cast<size_t>((n - index) * self.itemsize()));
  memcpy(self.at(index), item, static_cast<size_t>(self.itemsize()));
  return {};
}
Status append(Array& self, PyObject* value) { return insert(self, self.size(), value); }

Status remove_range(Array& self, Py_ssize_t low, Py_ssize_t high) {
  if (high <= low) return {};
  // Checked before anything moves.
  if (self.exports > 0) return raise(PyExc_BufferError, "cannot resize an array that is exporting buffers");
  Py_ssize_t n = self.size();
  memmove(self.at(low), self.at(high), static_cast<size_t>((n - high) * self.itemsize()));
  return resize(self, n - (high - low));
}

Status extend(Array& self, PyObject* o) {
  if (!is_array(o)) return for_each(o, [&](PyObject* value) { return append(self, value); });
  Array& other = as(o);
  if (other.descriptor != self.descriptor) return raise(PyExc_TypeError, "can only extend with array of same kind");
  Py_ssize_t n = self.size(), more = other.size();
  if (n > PY_SSIZE_T_MAX - more) return raise_no_memory();
  if (more == 0) return {};
  TRY(resize(self, n + more));
  memcpy(self.at(n), other.items, static_cast<size_t>(more * self.itemsize()));
  return {};
}

Status append_bytes(Array& self, PyObject* o) {
  BufferView view;
  TRY(view.acquire(o));
  if (view.raw().itemsize != 1) return raise(PyExc_TypeError, "a bytes-like object is required");
  Py_ssize_t bytes = view.size(), n = self.size();
  if (bytes % self.itemsize()) return raise(PyExc_ValueError, "bytes length not a multiple of item size");
  if (bytes == 0) return {};
  if (n > PY_SSIZE_T_MAX - bytes / self.itemsize()) return raise_no_memory();
  TRY(resize(self, n + bytes / self.itemsize()));
  memcpy(self.at(n), view.data(), static_cast<size_t>(bytes));
  return {};
}

Status append_text(Array& self, PyObject* str) {
  Py_ssize_t n = self.size(), more = str_length(str);
  if (more == 0) return {};
  TRY(resize(self, n + more));
  for (Py_ssize_t i = 0; i < more; i++) {
    Py_UCS4 c = char_at(str, i);
    memcpy(self.at(n + i), &c, sizeof c);
  }
  return {};
}

namespace {

void dealloc(PyObject* o) {
  if (as(o).weaklist) clear_weakrefs(o);
  if (as(o).items) raw_free(as(o).items);
  Py_TYPE(o)->tp_free(o);
}

// -- construction --

constexpr char array_doc[] =
    "array(typecode [, initializer]) -> array\n\n"
    "An array of items of one type, with initial values from a list, a text or bytes, or any iterable.\n"
    "It is like a list, but its items are numbers of a C type, stored compactly:\n\n"
    "    'b' signed char, 'B' unsigned char, 'u' a character, 'h' short, 'H' unsigned short, 'i' int,\n"
    "    'I' unsigned int, 'l' long, 'L' unsigned long, 'q' long long, 'Q' unsigned long long,\n"
    "    'f' float, 'd' double.\n";

Status check_text_use(const Descriptor& d, PyObject* initial) {
  if (d.typecode == 'u') return {};
  if (PyUnicode_Check(initial))
    return raise(PyExc_TypeError, "cannot use a str to initialize an array with typecode '{}'", d.typecode);
  if (is_array(initial) && as(initial).descriptor->typecode == 'u')
    return raise(PyExc_TypeError, "cannot use a unicode array to initialize an array with typecode '{}'", d.typecode);
  return {};
}

Ref<> create(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  if ((type == &array_type || type->tp_init == array_type.tp_init) && !check_no_keywords_dict("array.array", kwargs))
    return Raised{};
  Py_ssize_t n = tuple_size(args);
  TRY(check_count("array", n, 1, 2));
  PyObject *code = item(args, 0), *initial = n == 2 ? item(args, 1) : nullptr;
  if (!PyUnicode_Check(code) || str_length(code) != 1)
    return raise(PyExc_TypeError, "array() argument 1 must be a unicode character, not {}", clip(type_name(code), 50));
  Py_UCS4 typecode = char_at(code, 0);
  const Descriptor* d = find_descriptor(typecode);
  if (initial && typecode != 'u') {
    // The text's own errors come first, whatever the code.
    Descriptor named{.typecode = static_cast<char>(typecode < 128 ? typecode : '?')};
    TRY(check_text_use(named, initial));
  }
  if (!d) return raise(PyExc_ValueError, "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)");
  bool by_items = initial && (PyList_Check(initial) || PyTuple_Check(initial));
  bool same_kind = initial && is_array(initial) && as(initial).descriptor == d;
  if (by_items) {
    Py_ssize_t size = Py_SIZE(initial);
    Ref<Array> self = TRY(new_array(type, size, d));
    if (size) memset(self->items, 0, static_cast<size_t>(size * d->itemsize));
    for (Py_ssize_t i = 0; i < size && i < Py_SIZE(initial); i++) {
      Ref<> value = share(fast_items(initial)[i]);
      TRY(d->set(self->at(i), value.get()));
    }
    return self;
  }
  Ref<Array> self = TRY(new_array(type, 0, d));
  if (!initial) return self;
  if (same_kind) TRY(extend(*self, initial));
  else if (PyBytes_Check(initial) || PyByteArray_Check(initial)) TRY(append_bytes(*self, initial));
  else if (PyUnicode_Check(initial)) TRY(append_text(*self, initial));
  else TRY(for_each(initial, [&](PyObject* value) { return append(*self, value); }));
  return self;
}
PyObject* new_slot(PyTypeObject* type, PyObject* args, PyObject* kwargs) { return create(type, args, kwargs).release(); }

// -- showing and comparing --

Ref<> repr_slot(PyObject* o) {
  Array& self = as(o);
  const char* name = short_name(Py_TYPE(o));
  if (self.size() == 0) return format_str("{}('{}')", name, self.descriptor->typecode);
  Ref<> contents = TRY(call_method(o, self.descriptor->typecode == 'u' ? "tounicode"_name : "tolist"_name));
  return format_str("{}('{}', {})", name, self.descriptor->typecode, as_repr(contents.get()));
}

/// The same type, and integers of one sign: bytes compare as the values do for equality.
Ref<> compare_slot(PyObject* a, PyObject* b, int op) {
  if (!is_array(a) || !is_array(b)) return not_implemented();
  Array &x = as(a), &y = as(b);
  if (x.size() != y.size() && (op == Py_EQ || op == Py_NE)) return boolean(op == Py_NE);
  Py_ssize_t i = 0;
  for (; i < x.size() && i < y.size(); i++) {
    Ref<> left = TRY(x.get(i)), right = TRY(y.get(i));
    if (TRY(equal(left.get(), right.get()))) continue;
    if (op == Py_EQ || op == Py_NE) return boolean(op == Py_NE);
    return compare(left.get(), right.get(), op);
  }
  Ref<> n = TRY(new_int(x.size())), m = TRY(new_int(y.size()));
  return compare(n.get(), m.get(), op);
}

// -- buffers --

int get_buffer(PyObject* o, Py_buffer* view, int flags) {
  Array& self = as(o);
  static char empty[8];
  view->buf = self.items ? self.items : empty;
  view->obj = Py_NewRef(o);
  view->len = self.size() * self.itemsize();
  view->readonly = 0;
  view->ndim = 1;
  view->itemsize = self.itemsize();
  view->suboffsets = nullptr;
  view->shape = (flags & PyBUF_ND) == PyBUF_ND ? &self.ob_base.ob_size : nullptr;
  view->strides = (flags & PyBUF_STRIDES) == PyBUF_STRIDES ? &view->itemsize : nullptr;
  view->format = (flags & PyBUF_FORMAT) == PyBUF_FORMAT ? const_cast<char*>(self.descriptor->buffer_format) : nullptr;
  view->internal = nullptr;
  self.exports++;
  return 0;
}
void release_buffer_slot(PyObject* o, Py_buffer*) { as(o).exports--; }
constinit PyBufferProcs as_buffer = {get_buffer, release_buffer_slot};

// -- iteration --

struct Iterator {
  PyObject_HEAD
  Py_ssize_t index;
  PyObject* array;  // null: exhausted
  template <class F> void each(F&& f) { f(array); }
};
Ref<> iterate_slot(PyObject* o) {
  Ref<Iterator> it = TRY(allocate<Iterator>(&iterator_type));
  it->index = 0;
  it->array = Py_NewRef(o);
  gc_track(object(it.get()));
  return it;
}
Result<Ref<>> next_slot(Iterator& it) {
  if (!it.array) return Ref<>();
  Array& array = as(it.array);
  if (it.index < array.size()) return Result<Ref<>>(TRY(array.get(it.index++)));
  clear_field(it.array);
  return Ref<>();
}
constexpr char iterator_reduce_doc[] = "__reduce__($self, /)\n--\n\nReturn state information for pickling.";
Ref<> iterator_reduce(Iterator& it) {
  Ref<> iter = TRY(builtin_named("iter"_name));
  if (!it.array) {
    Ref<List> nothing = TRY(new_list());
    Ref<> args = TRY(tuple_of({object(nothing.get())}));
    return tuple_of({iter.get(), args.get()});
  }
  Ref<> args = TRY(tuple_of({it.array})), index = TRY(new_int(it.index));
  return tuple_of({iter.get(), args.get(), index.get()});
}
constexpr char iterator_setstate_doc[] = "__setstate__($self, state, /)\n--\n\nSet state information for unpickling.";
Status iterator_setstate(Iterator& it, PyObject* state) {
  Py_ssize_t index = TRY(to_ssize(state, PyExc_OverflowError));
  if (!it.array) return {};
  Py_ssize_t n = as(it.array).size();
  it.index = index < 0 ? 0 : index > n ? n : index;
  return {};
}
constinit PyMethodDef iterator_methods[] = {
    method<iterator_reduce_doc, iterator_reduce>,
    method<iterator_setstate_doc, iterator_setstate>,
    {},
};

Ref<> get_typecode(PyObject* o, void*) { return char_str(static_cast<Py_UCS4>(as(o).descriptor->typecode)); }
Ref<> get_itemsize(PyObject* o, void*) { return new_int(as(o).itemsize()); }
constinit PyGetSetDef getset[] = {
    {"typecode", slot<get_typecode>, nullptr, "the typecode character used to create the array", nullptr},
    {"itemsize", slot<get_itemsize>, nullptr, "the size, in bytes, of one array item", nullptr},
    {},
};

}  // namespace

constinit PyTypeObject array_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "array.array",
    .tp_basicsize = sizeof(Array),
    .tp_dealloc = dealloc,
    .tp_repr = slot<repr_slot>,
    .tp_as_sequence = &array_as_sequence,
    .tp_as_mapping = &array_as_mapping,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_getattro = generic_get_attr_slot,
    .tp_as_buffer = &as_buffer,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_SEQUENCE,
    .tp_doc = array_doc,
    .tp_richcompare = slot<compare_slot>,
    .tp_weaklistoffset = offsetof(Array, weaklist),
    .tp_iter = slot<iterate_slot>,
    .tp_methods = array_methods,
    .tp_getset = getset,
    .tp_alloc = generic_alloc,
    .tp_new = new_slot,
};

constinit PyTypeObject iterator_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "array.arrayiterator",
    .tp_basicsize = sizeof(Iterator),
    .tp_dealloc = Fields<Iterator>::dealloc,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_traverse = Fields<Iterator>::traverse,
    .tp_clear = Fields<Iterator>::clear,
    .tp_iter = slot<share<PyObject>>,
    .tp_iternext = slot<next_slot>,
    .tp_methods = iterator_methods,
    .tp_alloc = generic_alloc,
    .tp_free = gc_free,
};

namespace {

constinit PyMethodDef rows[2]{};

Status fill(PyObject* module) {
  TRY(ready_type(&iterator_type));
  TRY(add_type(module, &array_type));
  TRY(add_to_module(module, "ArrayType", object(&array_type)));
  Ref<> abc = TRY(hooks.import_module("collections.abc"));
  Ref<> mutable_sequence = TRY(get_attr(abc.get(), "MutableSequence"_name));
  Ref<> registered = TRY(call_method(mutable_sequence.get(), "register"_name, &array_type));
  Ref<> codes = TRY(new_str(kTypecodes));
  return add_to_module(module, "typecodes", codes.get());
}

constexpr char module_doc[] =
    "This module defines an object type which can efficiently represent\n"
    "an array of basic values: characters, integers, floating point numbers.\n"
    "Arrays are sequences and behave much like lists, except that the type of their items is fixed.\n";

}  // namespace
}  // namespace taipan::arrays

PyObject* init_array() {
  namespace module = taipan::arrays;
  module::rows[0] = module::reconstructor_row;
  return taipan::define_module<"array", module::module_doc, module::fill, module::rows>();
}
