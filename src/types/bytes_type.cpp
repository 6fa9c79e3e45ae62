// The type bytes: construction, slots, iterator. What it shares with bytearray is in bytes_rows.h.
#include "object/call.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/slot.h"
#include "object/type.h"
#include "types/bytes_rows.h"
#include "types/text_iterators.h"

namespace taipan {
namespace {

struct BytesKind {
  struct Hold {
    explicit Hold(PyObject* o) : object(o) {}
    BytesIn view() const { return bytes_view(object); }
    PyObject* object;
  };
  static constexpr Make make = new_bytes;
  static constexpr bool kShare = true;
  static bool check(PyObject* o) { return PyBytes_Check(o); }
  static Ref<> same(PyObject* o) {
    return PyBytes_CheckExact(o) ? share(o) : new_bytes(bytes_view(o));
  }
};

// -- construction --

Result<const char*> name_argument(PyObject* text, const char* which) {
  if (!text) return static_cast<const char*>(nullptr);
  if (!PyUnicode_Check(text))
    return raise(PyExc_TypeError, "bytes() argument '{}' must be str, not {}", which,
                 text == Py_None ? "None" : type_name(text));
  std::string_view name = TRY(to_utf8(text));
  if (name.find('\0') != name.npos) return raise(PyExc_ValueError, "embedded null character");
  return name.data();
}

Ref<> from_dunder_bytes(PyObject* method) {
  Ref<> made = TRY(call(method));
  if (!PyBytes_Check(made.get()))
    return raise(PyExc_TypeError, "__bytes__ returned non-bytes (type {})",
                 clip(type_name(made.get()), 200));
  return made;
}

Ref<> zeros(Py_ssize_t n) {
  if (n < 0) return raise(PyExc_ValueError, "negative count");
  Ref<> o = TRY(allocate_bytes(n));
  memset(bytes_data(o.get()), 0, static_cast<size_t>(n));
  return o;
}

Ref<> make_exact(PyObject* source, const char* encoding, const char* errors) {
  if (!source) {
    if (encoding || errors)
      return raise(PyExc_TypeError, "{} without a string argument",
                   encoding ? "encoding" : "errors");
    return share(empty_bytes());
  }
  if (encoding) {
    if (!PyUnicode_Check(source))
      return raise(PyExc_TypeError, "encoding without a string argument");
    return encode_text(source, encoding, errors);
  }
  if (errors)
    return raise(PyExc_TypeError, "{}",
                 PyUnicode_Check(source) ? "string argument without an encoding"
                                         : "errors without a string argument");
  Ref<> method = TRY(lookup_special(source, "__bytes__"_name));
  if (method) return from_dunder_bytes(method.get());
  if (PyUnicode_Check(source)) return raise(PyExc_TypeError, "string argument without an encoding");
  if (is_index(source)) {
    auto n = to_ssize(source, PyExc_OverflowError);
    if (n) return zeros(*n);
    if (!clear_error_if(PyExc_TypeError)) return {};
  }
  return bytes_from_object(source);
}

constexpr char new_doc[] =
    "bytes(source=<unrepresentable>, encoding=<unrepresentable>, errors=<unrepresentable>)\n--\n\n";
Ref<> make(PyTypeObject* type, PyObject* source, PyObject* encoding, PyObject* errors) {
  const char* codec = TRY(name_argument(encoding, "encoding"));
  const char* handler = TRY(name_argument(errors, "errors"));
  Ref<> made = TRY(make_exact(source, codec, handler));
  if (type == &PyBytes_Type) return made;
  Ref<> o = TRY(adopt(type->tp_alloc(type, Py_SIZE(made.get()))));
  bytes_hash_field(o.get()) = bytes_hash_field(made.get());
  memcpy(bytes_data(o.get()), bytes_data(made.get()), static_cast<size_t>(Py_SIZE(made.get())) + 1);
  return o;
}

Ref<> fromhex(PyTypeObject* type, Str& string) {
  Ref<> made = TRY(bytes_from_hex(object(string), new_bytes));
  return type == &PyBytes_Type ? std::move(made) : call(object(type), made.get());
}
Ref<> getnewargs(PyObject* self) {
  Ref<> copy = TRY(new_bytes(bytes_view(self)));
  return tuple_of({copy.get()});
}
constexpr char dunder_bytes_doc[] = "__bytes__($self, /)\n--\n\nThe object itself as bytes.";
Ref<> dunder_bytes(PyObject* self) { return BytesKind::same(self); }
PyObject* getnewargs_entry(PyObject* self, PyObject*) { return getnewargs(self).release(); }

constexpr std::array own_rows = {
    PyMethodDef{"__getnewargs__", getnewargs_entry, METH_NOARGS, nullptr},
    method<dunder_bytes_doc, dunder_bytes>,
    method<byte_docs::fromhex, fromhex>,
};
constinit auto methods = join_rows(kByteRows<BytesKind>, own_rows);

// -- slots --

Ref<> repr_of(PyObject* self) { return bytes_repr(bytes_view(self), "b", "", false); }

/// -b: text and bytes are never equal, which is rarely what the program meant.
Ref<> compare_with_other(PyObject* a, PyObject* b, int op) {
  if (Py_BytesWarningFlag && (op == Py_EQ || op == Py_NE)) {
    if (PyUnicode_Check(a) || PyUnicode_Check(b))
      TRY(warn(PyExc_BytesWarning, 1, "Comparison between bytes and string"));
    else if (PyLong_Check(a) || PyLong_Check(b))
      TRY(warn(PyExc_BytesWarning, 1, "Comparison between bytes and int"));
  }
  return not_implemented();
}
Ref<> str_of(PyObject* self) {
  if (Py_BytesWarningFlag) TRY(warn(PyExc_BytesWarning, 1, "str() on a bytes instance"));
  return repr_of(self);
}

Ref<> compare_bytes(PyObject* a, PyObject* b, int op) {
  if (!PyBytes_Check(a) || !PyBytes_Check(b)) return compare_with_other(a, b, op);
  BytesIn x = bytes_view(a), y = bytes_view(b);
  if (op == Py_EQ || op == Py_NE) return boolean((a == b || x == y) == (op == Py_EQ));
  int order = x.compare(y);
  return boolean(op == Py_LT   ? order < 0
                 : op == Py_LE ? order <= 0
                 : op == Py_GT ? order > 0
                               : order >= 0);
}

Ref<> concat(PyObject* a, PyObject* b) {
  BufferView x, y;
  if (!has_buffer(a) || !has_buffer(b))
    return raise(PyExc_TypeError, "can't concat {} to {}", clip(type_name(b), 100),
                 clip(type_name(a), 100));
  TRY(x.acquire(a));
  TRY(y.acquire(b));
  if (x.size() == 0 && PyBytes_CheckExact(b)) return share(b);
  if (y.size() == 0 && PyBytes_CheckExact(a)) return share(a);
  if (x.size() > PY_SSIZE_T_MAX - y.size()) return raise_no_memory();
  Ref<> joined = TRY(allocate_bytes(x.size() + y.size()));
  memcpy(bytes_data(joined.get()), x.data(), static_cast<size_t>(x.size()));
  memcpy(bytes_data(joined.get()) + x.size(), y.data(), static_cast<size_t>(y.size()));
  return joined;
}

Ref<> item_at(PyObject* self, Py_ssize_t i) {
  if (i < 0 || i >= Py_SIZE(self)) return raise(PyExc_IndexError, "index out of range");
  return new_int(static_cast<unsigned char>(bytes_data(self)[i]));
}

Ref<> subscript(PyObject* self, PyObject* key) {
  if (is_index(key)) {
    Py_ssize_t i = TRY(to_ssize(key, PyExc_IndexError));
    return item_at(self, i < 0 ? i + Py_SIZE(self) : i);
  }
  if (!PySlice_Check(key))
    return raise(PyExc_TypeError, "byte indices must be integers or slices, not {}",
                 clip(type_name(key), 200));
  SliceRange r = clamp_slice(TRY(slice_bounds(key)), Py_SIZE(self));
  if (r.step == 1 && r.count == Py_SIZE(self) && PyBytes_CheckExact(self)) return share(self);
  if (r.step == 1)
    return new_bytes(
        bytes_view(self).substr(static_cast<size_t>(r.start), static_cast<size_t>(r.count)));
  if (r.count <= 0) return share(empty_bytes());
  BytesBuilder out;
  for (Py_ssize_t i = 0, at = r.start; i < r.count; i++, at += r.step)
    if (!out.add(bytes_data(self)[at])) return {};
  return out.finish();
}

int get_buffer(PyObject* self, Py_buffer* view, int flags) {
  return fill_buffer(view, self, bytes_data(self), Py_SIZE(self), true, flags).to_c();
}

Ref<> iterate_bytes(PyObject* self) { return new_index_iterator(&PyBytesIter_Type, self); }

PyObject* next_byte(PyObject* o) {
  auto& self = *reinterpret_cast<SequenceIterator*>(o);
  if (!self.sequence) return nullptr;
  if (self.index < Py_SIZE(self.sequence))
    return new_int(static_cast<unsigned char>(bytes_data(self.sequence)[self.index++])).release();
  clear_field(self.sequence);
  return nullptr;
}

using M = ByteMethods<BytesKind>;
constinit PyNumberMethods as_number = {.nb_remainder = slot<M::remainder>};
constinit PySequenceMethods as_sequence = {
    .sq_length = slot<M::size>,
    .sq_concat = slot<concat>,
    .sq_repeat = slot<M::repeat>,
    .sq_item = slot<item_at>,
    .sq_contains = slot<M::contains>,
};
constinit PyMappingMethods as_mapping = {.mp_length = slot<M::size>,
                                         .mp_subscript = slot<subscript>};
constinit PyBufferProcs as_buffer = {.bf_getbuffer = get_buffer};

constexpr char type_doc[] =
    "bytes(iterable_of_ints) -> bytes\n"
    "bytes(string, encoding[, errors]) -> bytes\n"
    "bytes(bytes_or_buffer) -> immutable copy of bytes_or_buffer\n"
    "bytes(int) -> bytes object of size given by the parameter initialized with null bytes\n"
    "bytes() -> empty bytes object\n\n"
    "An immutable sequence of bytes: of numbers below 256, of a text's encoding, of an object\n"
    "that has a buffer or __bytes__, or of that many zeros.";

}  // namespace
}  // namespace taipan

using namespace taipan;

int Py_BytesWarningFlag;  // -b, set by the configuration

constinit PyTypeObject PyBytes_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "bytes",
    .tp_basicsize = offsetof(PyBytesObject, ob_sval) + 1,
    .tp_itemsize = 1,
    .tp_dealloc = bytes_dealloc,
    .tp_repr = slot<repr_of>,
    .tp_as_number = &as_number,
    .tp_as_sequence = &as_sequence,
    .tp_as_mapping = &as_mapping,
    .tp_hash = bytes_hash,
    .tp_str = slot<str_of>,
    .tp_as_buffer = &as_buffer,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_BYTES_SUBCLASS |
                _Py_TPFLAGS_MATCH_SELF,
    .tp_doc = type_doc,
    .tp_richcompare = slot<compare_bytes>,
    .tp_iter = slot<iterate_bytes>,
    .tp_methods = methods.data(),
    .tp_new = constructor<new_doc, make>::tp_new,
    .tp_free = generic_free,
    .tp_vectorcall = constructor<new_doc, make>::vectorcall,
};

constinit PyTypeObject PyBytesIter_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "bytes_iterator",
    .tp_basicsize = sizeof(SequenceIterator),
    .tp_dealloc = index_iterator_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = index_iterator_traverse,
    .tp_iter = iterate_self,
    .tp_iternext = next_byte,
    .tp_methods = text_iterator_methods,
};
