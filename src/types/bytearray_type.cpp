// The type bytearray: construction, mutation, slots, iterator. What it shares with bytes is in
// bytes_rows.h.
#include "object/call.h"
#include "object/dict.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/slot.h"
#include "object/type.h"
#include "types/bytearray.h"
#include "types/bytes_rows.h"
#include "types/memory.h"
#include "types/text_iterators.h"

namespace taipan {
namespace {

struct ByteArrayKind {
  /// While code that may run Python looks at the bytes, they must not move.
  struct Hold {
    explicit Hold(PyObject* o) : object(o) { reinterpret_cast<ByteArray*>(o)->ob_exports++; }
    ~Hold() { reinterpret_cast<ByteArray*>(object)->ob_exports--; }
    Hold(const Hold&) = delete;
    BytesIn view() const { return bytearray_view(object); }
    PyObject* object;
  };
  static constexpr Make make = new_bytearray;
  static constexpr bool kShare = false;
  static bool check(PyObject* o) { return PyByteArray_Check(o); }
  static Ref<> same(PyObject* o) { return new_bytearray(bytearray_view(o)); }
};

char* data(PyObject* o) { return reinterpret_cast<ByteArray*>(o)->ob_start; }

// -- construction --

PyObject* create(PyTypeObject* type, PyObject*, PyObject*) {
  PyObject* o = type->tp_alloc(type, 0);
  if (o) reinterpret_cast<ByteArray*>(o)->ob_start = _PyByteArray_empty_string;
  return o;
}

Result<const char*> name_argument(PyObject* text, const char* which) {
  if (!text) return static_cast<const char*>(nullptr);
  if (!PyUnicode_Check(text))
    return raise(PyExc_TypeError, "bytearray() argument '{}' must be str, not {}", which,
                 text == Py_None ? "None" : type_name(text));
  std::string_view name = TRY(to_utf8(text));
  if (name.find('\0') != name.npos) return raise(PyExc_ValueError, "embedded null character");
  return name.data();
}

Status append_value(PyObject* self, PyObject* value) {
  unsigned char byte = TRY(byte_value(value, "byte"));
  Py_ssize_t n = Py_SIZE(self);
  TRY(bytearray_resize(self, n + 1));
  data(self)[n] = static_cast<char>(byte);
  return {};
}

Status fill_from_iterable(PyObject* self, PyObject* source) {
  Ref<> iterator = iterate(source);
  if (!iterator) {
    if (clear_error_if(PyExc_TypeError))
      return raise(PyExc_TypeError, "cannot convert '{}' object to bytearray",
                   clip(type_name(source), 200));
    return Raised{};
  }
  while (true) {
    Ref<> value = TRY(next(iterator.get()));
    if (!value) return {};
    TRY(append_value(self, value.get()));
  }
}

Status fill_from_buffer(PyObject* self, PyObject* source) {
  BufferView view;
  TRY(view.acquire(source, PyBUF_FULL_RO));
  TRY(bytearray_resize(self, view.size()));
  return copy_to_block(view.raw(), data(self), 'C');
}

constexpr char init_doc[] =
    "bytearray(source=<unrepresentable>, encoding=<unrepresentable>, "
    "errors=<unrepresentable>)\n--\n\n";
Status init(PyObject* self, PyObject* source, PyObject* encoding_arg, PyObject* errors_arg) {
  const char* encoding = TRY(name_argument(encoding_arg, "encoding"));
  const char* errors = TRY(name_argument(errors_arg, "errors"));
  TRY(bytearray_resize(self, 0));
  if (source && PyUnicode_Check(source)) {
    if (!encoding) return raise(PyExc_TypeError, "string argument without an encoding");
    Ref<> encoded = TRY(encode_text(source, encoding, errors));
    return bytearray_splice(self, 0, 0, bytes_view(encoded.get()));
  }
  if (encoding || errors)
    return raise(PyExc_TypeError, "{} without a string argument", encoding ? "encoding" : "errors");
  if (!source) return {};
  if (is_index(source)) {
    auto n = to_ssize(source, PyExc_OverflowError);
    if (n) {
      if (*n < 0) return raise(PyExc_ValueError, "negative count");
      TRY(bytearray_resize(self, *n));
      memset(data(self), 0, static_cast<size_t>(*n));
      return {};
    }
    if (!clear_error_if(PyExc_TypeError)) return Raised{};
  }
  return has_buffer(source) ? fill_from_buffer(self, source) : fill_from_iterable(self, source);
}

void dealloc(PyObject* self) {
  auto a = reinterpret_cast<ByteArray*>(self);
  if (a->ob_exports > 0) {
    raise(PyExc_SystemError, "deallocated bytearray object has exported buffers");
    write_unraisable(nullptr);
  }
  raw_free(a->ob_bytes);
  if (PyByteArray_CheckExact(self))
    deallocate(a);
  else
    Py_TYPE(self)->tp_free(self);
}

// -- assignment --

/// The bytes that a slice assignment or extend() takes from any object.
Ref<> assigned_bytes(PyObject* values) {
  if (PyLong_Check(values) || PyUnicode_Check(values) ||
      (!has_buffer(values) && !Py_TYPE(values)->tp_iter && !is_sequence(values)))
    return raise(PyExc_TypeError,
                 "can assign only bytes, buffers, or iterables of ints in range(0, 256)");
  Ref<> copy = TRY(new_bytearray({}));
  BufferView plain;
  if (has_buffer(values) && !plain.acquire(values)) {
    clear_error();
    return raise(PyExc_TypeError, "can't set bytearray slice from {}",
                 clip(type_name(values), 100));
  }
  TRY(has_buffer(values) ? fill_from_buffer(copy.get(), values)
                         : fill_from_iterable(copy.get(), values));
  return copy;
}

Status assign_slice(PyObject* self, SliceRange r, BytesIn values, bool deleting) {
  if (r.step == 1) return bytearray_splice(self, r.start, r.start + r.count, values);
  if (deleting) {
    if (r.count == 0) return {};
    if (reinterpret_cast<ByteArray*>(self)->ob_exports > 0)
      return raise(PyExc_BufferError, "Existing exports of data: object cannot be re-sized");
    Py_ssize_t first = r.step < 0 ? r.start + (r.count - 1) * r.step : r.start,
               step = r.step < 0 ? -r.step : r.step;
    Py_ssize_t to = first, left = r.count, n = Py_SIZE(self);
    for (Py_ssize_t i = first, skip = first; i < n; i++) {
      if (left && i == skip) {
        skip += step;
        left--;
      } else {
        data(self)[to++] = data(self)[i];
      }
    }
    return bytearray_resize(self, to);
  }
  if (static_cast<Py_ssize_t>(values.size()) != r.count)
    return raise(PyExc_ValueError,
                 "attempt to assign bytes of size {} to extended slice of size {}", values.size(),
                 r.count);
  for (Py_ssize_t i = 0, at = r.start; i < r.count; i++, at += r.step)
    data(self)[at] = values[static_cast<size_t>(i)];
  return {};
}

Status set_slice(PyObject* self, PyObject* key, PyObject* values) {
  SliceBounds bounds = TRY(slice_bounds(key));
  if (!values) return assign_slice(self, clamp_slice(bounds, Py_SIZE(self)), {}, true);
  // The values are copied first: they may be the array itself, or change it while they are made.
  Ref<> copy = TRY(assigned_bytes(values));
  SliceRange r = clamp_slice(bounds, Py_SIZE(self));
  return assign_slice(self, r, bytearray_view(copy.get()), Py_SIZE(copy.get()) == 0);
}

Status set_at(PyObject* self, Py_ssize_t i, PyObject* value) {
  if (i < 0) i += Py_SIZE(self);
  if (i < 0 || i >= Py_SIZE(self)) return raise(PyExc_IndexError, "bytearray index out of range");
  if (!value) return bytearray_splice(self, i, i + 1, {});
  unsigned char byte = TRY(byte_value(value, "byte"));
  if (i >= Py_SIZE(self)) return raise(PyExc_IndexError, "bytearray index out of range");
  data(self)[i] = static_cast<char>(byte);
  return {};
}

Status set_subscript(PyObject* self, PyObject* key, PyObject* value) {
  if (is_index(key)) return set_at(self, TRY(to_ssize(key, PyExc_IndexError)), value);
  if (PySlice_Check(key)) return set_slice(self, key, value);
  return raise(PyExc_TypeError, "bytearray indices must be integers or slices, not {}",
               clip(type_name(key), 200));
}
/// The sequence slot: negative indices have been made positive.
Status set_item_at(PyObject* self, Py_ssize_t i, PyObject* value) {
  if (i < 0) return raise(PyExc_IndexError, "bytearray index out of range");
  return set_at(self, i, value);
}

// -- methods --

constexpr char append_doc[] =
    "append($self, item, /)\n--\n\nAdd one byte, given as a number, at the end.";
Status append(PyObject* self, PyObject* item) { return append_value(self, item); }

constexpr char extend_doc[] =
    "extend($self, iterable_of_ints, /)\n--\n\nAdd the bytes of a bytes-like object or of an "
    "iterable of numbers at the end.";
Status extend(PyObject* self, PyObject* values) {
  Ref<> copy;
  if (has_buffer(values)) {
    copy = TRY(assigned_bytes(values));
  } else {
    copy = TRY(new_bytearray({}));
    Ref<> iterator = iterate(values);
    if (!iterator) {
      if (clear_error_if(PyExc_TypeError))
        return raise(PyExc_TypeError, "can't extend bytearray with {}",
                     clip(type_name(values), 100));
      return Raised{};
    }
    TRY(length_hint(values, 32));  // no more than a chance to refuse
    while (true) {
      Ref<> value = TRY(next(iterator.get()));
      if (!value) break;
      TRY(append_value(copy.get(), value.get()));
    }
  }
  return bytearray_splice(self, Py_SIZE(self), Py_SIZE(self), bytearray_view(copy.get()));
}

constexpr char insert_doc[] =
    "insert($self, index, item, /)\n--\n\nPut one byte, given as a number, in front of an index.";
Status insert(PyObject* self, Py_ssize_t index, PyObject* value) {
  char byte = static_cast<char>(TRY(byte_value(value, "byte")));
  Py_ssize_t n = Py_SIZE(self);
  if (n == PY_SSIZE_T_MAX)
    return raise(PyExc_OverflowError, "cannot add more objects to bytearray");
  if (index < 0 && (index += n) < 0) index = 0;
  if (index > n) index = n;
  return bytearray_splice(self, index, index, {&byte, 1});
}

constexpr char pop_doc[] =
    "pop($self, index=-1, /)\n--\n\nTake the byte at index (the last one if none is given) out and "
    "return it.";
Ref<> pop(PyObject* self, Py_ssize_t index) {
  Py_ssize_t n = Py_SIZE(self);
  if (n == 0) return raise(PyExc_IndexError, "pop from empty bytearray");
  if (index < 0) index += n;
  if (index < 0 || index >= n) return raise(PyExc_IndexError, "pop index out of range");
  auto byte = static_cast<unsigned char>(data(self)[index]);
  TRY(bytearray_splice(self, index, index + 1, {}));
  return new_int(byte);
}

constexpr char remove_doc[] =
    "remove($self, value, /)\n--\n\nTake the first byte with that value out.";
Status remove(PyObject* self, PyObject* value) {
  auto byte = static_cast<char>(TRY(byte_value(value, "byte")));
  size_t at = bytearray_view(self).find(byte);
  if (at == BytesIn::npos) return raise(PyExc_ValueError, "value not found in bytearray");
  return bytearray_splice(self, static_cast<Py_ssize_t>(at), static_cast<Py_ssize_t>(at) + 1, {});
}

constexpr char reverse_doc[] = "reverse($self, /)\n--\n\nTurn the order around in place.";
void reverse(PyObject* self) {
  for (Py_ssize_t i = 0, k = Py_SIZE(self) - 1; i < k; i++, k--)
    std::swap(data(self)[i], data(self)[k]);
}
constexpr char clear_doc[] = "clear($self, /)\n--\n\nDrop all bytes.";
Status clear(PyObject* self) { return bytearray_resize(self, 0); }
constexpr char copy_doc[] = "copy($self, /)\n--\n\nA copy.";
Ref<> copy(PyObject* self) { return new_bytearray(bytearray_view(self)); }

constexpr char sizeof_doc[] = "__sizeof__($self, /)\n--\n\nSize in memory, in bytes.";
Py_ssize_t size_in_memory(PyObject* self) {
  return Py_TYPE(self)->tp_basicsize + reinterpret_cast<ByteArray*>(self)->ob_alloc;
}
PyObject* allocated(PyObject* self, PyObject*) {
  return new_int(reinterpret_cast<ByteArray*>(self)->ob_alloc).release();
}

Ref<> reduce_for(PyObject* self, int protocol) {
  Ref<> state = TRY(call_method(self, "__getstate__"_name));
  Ref<> arguments;
  if (Py_SIZE(self) == 0) {
    arguments = share(empty_tuple());
  } else if (protocol < 3) {
    // Old protocols have no bytes: the text travels as Latin-1.
    Ref<> text = TRY(decode_latin1(bytearray_view(self)));
    arguments = TRY(tuple_of({text.get(), "latin-1"_name}));
  } else {
    Ref<> bytes = TRY(new_bytes(bytearray_view(self)));
    arguments = TRY(tuple_of({bytes.get()}));
  }
  return tuple_of({object(Py_TYPE(self)), arguments.get(), state.get()});
}
constexpr char reduce_doc[] = "__reduce__($self, /)\n--\n\nWhat pickling needs.";
Ref<> reduce(PyObject* self) { return reduce_for(self, 2); }
constexpr char reduce_ex_doc[] = "__reduce_ex__($self, proto=0, /)\n--\n\nWhat pickling needs.";
Ref<> reduce_ex(PyObject* self, int proto) { return reduce_for(self, proto); }

Ref<> fromhex(PyTypeObject* type, Str& string) {
  Ref<> made =
      TRY(bytes_from_hex(object(string), type == &PyByteArray_Type ? new_bytearray : new_bytes));
  return type == &PyByteArray_Type ? std::move(made) : call(object(type), made.get());
}

constexpr std::array own_rows = {
    method<append_doc, append>,
    method<extend_doc, extend>,
    method<insert_doc, insert>,
    method<pop_doc, pop>,
    method<remove_doc, remove>,
    method<reverse_doc, reverse>,
    method<clear_doc, clear>,
    method<copy_doc, copy>,
    method<byte_docs::fromhex, fromhex>,
    method<reduce_doc, reduce>,
    method<reduce_ex_doc, reduce_ex>,
    method<sizeof_doc, size_in_memory>,
    PyMethodDef{"__alloc__", allocated, METH_NOARGS,
                "B.__alloc__() -> int\n\nHow many bytes of memory are reserved."},
};
constinit auto methods = join_rows(kByteRows<ByteArrayKind>, own_rows);

// -- slots --

Ref<> repr_of(PyObject* self) {
  ByteArrayKind::Hold text(self);
  TextBuffer before;
  format(before, "{}(b", short_name(Py_TYPE(self)));
  return bytes_repr(text.view(), before.view(), ")", true);
}

Ref<> str_of(PyObject* self) {
  if (Py_BytesWarningFlag) TRY(warn(PyExc_BytesWarning, 1, "str() on a bytearray instance"));
  return repr_of(self);
}

Ref<> compare_bytes(PyObject* a, PyObject* b, int op) {
  if (!has_buffer(a) || !has_buffer(b)) {
    if (Py_BytesWarningFlag && (op == Py_EQ || op == Py_NE) && (PyUnicode_Check(a) || PyUnicode_Check(b)))
      TRY(warn(PyExc_BytesWarning, 1, "Comparison between bytearray and string"));
    return not_implemented();
  }
  BufferView x, y;
  if (!x.acquire(a) || !y.acquire(b)) {
    clear_error();
    return not_implemented();
  }
  if (op == Py_EQ || op == Py_NE) return boolean((x.bytes() == y.bytes()) == (op == Py_EQ));
  int order = x.bytes().compare(y.bytes());
  return boolean(op == Py_LT   ? order < 0
                 : op == Py_LE ? order <= 0
                 : op == Py_GT ? order > 0
                               : order >= 0);
}

Raised cannot_concat(PyObject* a, PyObject* b) {
  return raise(PyExc_TypeError, "can't concat {} to {}", clip(type_name(b), 100),
               clip(type_name(a), 100));
}
Ref<> concat(PyObject* a, PyObject* b) {
  if (!has_buffer(a) || !has_buffer(b)) return cannot_concat(a, b);
  BufferView x, y;
  TRY(x.acquire(a));
  TRY(y.acquire(b));
  Ref<> joined = TRY(new_bytearray(x.bytes()));
  TRY(bytearray_splice(joined.get(), x.size(), x.size(), y.bytes()));
  return joined;
}
Ref<> concat_in_place(PyObject* self, PyObject* other) {
  if (!has_buffer(other)) return cannot_concat(self, other);
  BufferView view;
  TRY(view.acquire(other));
  TRY(bytearray_splice(self, Py_SIZE(self), Py_SIZE(self), view.bytes()));
  return share(self);
}
Ref<> repeat_in_place(PyObject* self, Py_ssize_t count) {
  if (count < 0) count = 0;
  Py_ssize_t n = Py_SIZE(self);
  if (count && n > PY_SSIZE_T_MAX / count) return raise_no_memory();
  TRY(bytearray_resize(self, n * count));
  for (Py_ssize_t i = 1; i < count; i++)
    memcpy(data(self) + i * n, data(self), static_cast<size_t>(n));
  return share(self);
}

Ref<> item_at(PyObject* self, Py_ssize_t i) {
  if (i < 0 || i >= Py_SIZE(self)) return raise(PyExc_IndexError, "bytearray index out of range");
  return new_int(static_cast<unsigned char>(data(self)[i]));
}
Ref<> subscript(PyObject* self, PyObject* key) {
  if (is_index(key)) {
    Py_ssize_t i = TRY(to_ssize(key, PyExc_IndexError));
    return item_at(self, i < 0 ? i + Py_SIZE(self) : i);
  }
  if (!PySlice_Check(key))
    return raise(PyExc_TypeError, "bytearray indices must be integers or slices, not {}",
                 clip(type_name(key), 200));
  SliceRange r = clamp_slice(TRY(slice_bounds(key)), Py_SIZE(self));
  if (r.count <= 0) return new_bytearray({});
  if (r.step == 1)
    return new_bytearray(
        bytearray_view(self).substr(static_cast<size_t>(r.start), static_cast<size_t>(r.count)));
  Ref<> part = TRY(new_bytearray({}));
  TRY(bytearray_resize(part.get(), r.count));
  for (Py_ssize_t i = 0, at = r.start; i < r.count; i++, at += r.step)
    data(part.get())[i] = data(self)[at];
  return part;
}

int get_buffer(PyObject* self, Py_buffer* view, int flags) {
  auto a = reinterpret_cast<ByteArray*>(self);
  if (!view)
    return raise(PyExc_BufferError, "bytearray_getbuffer: view==NULL argument is obsolete"), -1;
  if (!fill_buffer(view, self, a->ob_start, Py_SIZE(self), false, flags)) return -1;
  a->ob_exports++;
  return 0;
}
void release(PyObject* self, Py_buffer*) { reinterpret_cast<ByteArray*>(self)->ob_exports--; }

Ref<> iterate_bytes(PyObject* self) { return new_index_iterator(&PyByteArrayIter_Type, self); }
PyObject* next_byte(PyObject* o) {
  auto& self = *reinterpret_cast<SequenceIterator*>(o);
  if (!self.sequence) return nullptr;
  if (self.index < Py_SIZE(self.sequence))
    return new_int(static_cast<unsigned char>(data(self.sequence)[self.index++])).release();
  clear_field(self.sequence);
  return nullptr;
}

using M = ByteMethods<ByteArrayKind>;
constinit PyNumberMethods as_number = {.nb_remainder = slot<M::remainder>};
constinit PySequenceMethods as_sequence = {
    .sq_length = slot<M::size>,
    .sq_concat = slot<concat>,
    .sq_repeat = slot<M::repeat>,
    .sq_item = slot<item_at>,
    .sq_ass_item = slot<set_item_at>,
    .sq_contains = slot<M::contains>,
    .sq_inplace_concat = slot<concat_in_place>,
    .sq_inplace_repeat = slot<repeat_in_place>,
};
constinit PyMappingMethods as_mapping = {.mp_length = slot<M::size>,
                                         .mp_subscript = slot<subscript>,
                                         .mp_ass_subscript = slot<set_subscript>};
constinit PyBufferProcs as_buffer = {.bf_getbuffer = get_buffer, .bf_releasebuffer = release};

constexpr char type_doc[] =
    "bytearray(iterable_of_ints) -> bytearray\n"
    "bytearray(string, encoding[, errors]) -> bytearray\n"
    "bytearray(bytes_or_buffer) -> mutable copy of bytes_or_buffer\n"
    "bytearray(int) -> bytes array of size given by the parameter initialized with null bytes\n"
    "bytearray() -> empty bytes array\n\n"
    "A sequence of bytes that can be changed: of numbers below 256, of a text's encoding, of an\n"
    "object that has a buffer, or of that many zeros.";

}  // namespace
}  // namespace taipan

using namespace taipan;

char _PyByteArray_empty_string[] = "";

constinit PyTypeObject PyByteArray_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "bytearray",
    .tp_basicsize = sizeof(PyByteArrayObject),
    .tp_dealloc = dealloc,
    .tp_repr = slot<repr_of>,
    .tp_as_number = &as_number,
    .tp_as_sequence = &as_sequence,
    .tp_as_mapping = &as_mapping,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_str = slot<str_of>,
    .tp_as_buffer = &as_buffer,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | _Py_TPFLAGS_MATCH_SELF,
    .tp_doc = type_doc,
    .tp_richcompare = slot<compare_bytes>,
    .tp_iter = slot<iterate_bytes>,
    .tp_methods = methods.data(),
    .tp_init = initializer<init_doc, init>::tp_init,
    .tp_new = create,
    .tp_free = generic_free,
};

constinit PyTypeObject PyByteArrayIter_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "bytearray_iterator",
    .tp_basicsize = sizeof(SequenceIterator),
    .tp_dealloc = index_iterator_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = index_iterator_traverse,
    .tp_iter = iterate_self,
    .tp_iternext = next_byte,
    .tp_methods = text_iterator_methods,
};
