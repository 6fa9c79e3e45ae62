// The module _struct: Python values as the bytes of C structs, and back.
#include <new>

#include "base/utf8.h"
#include "modules/fields.h"
#include "modules/module.h"
#include "modules/modules.h"
#include "modules/struct/layout.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "object/weakref.h"
#include "types/buffer.h"
#include "types/rows.h"

namespace taipan::structs {
namespace {

struct Struct {
  PyObject_HEAD
  Py_ssize_t bytes, items;  // of a packed record; first, for extension modules that read them here
  Layout* layout;           // null before __init__
  PyObject* format;  // bytes
  PyObject* weaklist;

  Py_ssize_t size() const { return layout ? layout->size : -1; }
  Py_ssize_t values() const { return layout ? layout->values : -1; }
};
Struct& as(PyObject* o) { return *reinterpret_cast<Struct*>(o); }

void dealloc(PyObject* o) {
  if (as(o).weaklist) clear_weakrefs(o);
  delete as(o).layout;
  clear_field(as(o).format);
  Py_TYPE(o)->tp_free(o);
}

// -- making --

constexpr char struct_doc[] =
    "Struct(fmt) --> compiled struct object\n\n"
    "Packs and unpacks values by a format that is read once.\n";
constexpr char init_doc[] = "Struct(format)\n--\n\n";
Status init(Struct& self, PyObject* format) {
  Ref<> bytes;
  if (PyUnicode_Check(format)) {
    std::string_view text = TRY(to_utf8(format));
    size_t plain = ascii_prefix(text.data(), text.size());
    if (plain != text.size()) {
      Ref<> encoded = call_method(format, "encode"_name, "ascii"_name);
      return encoded ? raise_internal("ASCII") : Raised{};
    }
    bytes = TRY(new_bytes(text));
  } else if (PyBytes_Check(format)) {
    bytes = share(format);
  } else {
    return raise(PyExc_TypeError, "Struct() argument 1 must be a str or bytes object, not {}", clip(type_name(format), 200));
  }
  auto* layout = new (std::nothrow) Layout;
  if (!layout) return raise_no_memory();
  if (!compile(bytes_view(bytes.get()), layout)) {
    delete layout;
    return Raised{};
  }
  self.bytes = layout->size;
  self.items = layout->values;
  delete std::exchange(self.layout, layout);
  replace_field(self.format, std::move(bytes));
  return {};
}

// -- packing --

Status pack_all(const Layout& layout, char* to, PyObject* const* values) {
  memset(to, 0, static_cast<size_t>(layout.size));
  for (const Field& f : layout.fields) {
    bool one = f.kind == Kind::bytes || f.kind == Kind::pascal;
    for (Py_ssize_t i = 0; i < (one ? 1 : f.count); i++) TRY(pack_value(f, to + f.offset + i * f.size, *values++));
  }
  return {};
}

constexpr char pack_doc[] =
    "S.pack(v1, v2, ...) -> bytes\n\nThe values as bytes in the format S.format. See help(struct) for formats.";
Ref<> pack(Struct& self, Arguments args) {
  if (args.count != self.values())
    return raise(error, "pack expected {} items for packing (got {})", self.values(), args.count);
  Ref<> bytes = TRY(allocate_bytes(self.size()));
  TRY(pack_all(*self.layout, bytes_data(bytes.get()), args.items));
  return bytes;
}

constexpr char pack_into_doc[] =
    "S.pack_into(buffer, offset, v1, v2, ...)\n\n"
    "Writes the values as bytes in the format S.format into a writable buffer, from offset on, which is\n"
    "required. See help(struct) for formats.";
Status pack_into(Struct& self, Arguments args) {
  if (args.count != self.values() + 2) {
    if (args.count == 0) return raise(error, "pack_into expected buffer argument");
    if (args.count == 1) return raise(error, "pack_into expected offset argument");
    return raise(error, "pack_into expected {} items for packing (got {})", self.values(), args.count - 2);
  }
  BufferView buffer;
  if (!buffer.acquire(args.items[0], PyBUF_WRITABLE)) {
    clear_error();
    return raise(PyExc_TypeError, "argument must be read-write bytes-like object, not {}", clip(type_name(args.items[0]), 50));
  }
  Py_ssize_t offset = TRY(to_ssize(args.items[1], PyExc_IndexError)), size = self.size();
  if (offset < 0) {
    if (offset + size > 0) return raise(error, "no space to pack {} bytes at offset {}", size, offset);
    if (offset + buffer.size() < 0) return raise(error, "offset {} out of range for {}-byte buffer", offset, buffer.size());
    offset += buffer.size();
  }
  if (buffer.size() - offset < size)
    return raise(error, "pack_into requires a buffer of at least {} bytes for packing {} bytes at offset {} (actual buffer size is {})",
                 static_cast<size_t>(size) + static_cast<size_t>(offset), size, offset, buffer.size());
  return pack_all(*self.layout, buffer.data() + offset, args.items + 2);
}

// -- unpacking --

Ref<> unpack_all(const Layout& layout, const char* from) {
  Ref<Tuple> result = TRY(new_tuple(layout.values));
  Py_ssize_t at = 0;
  for (const Field& f : layout.fields) {
    bool one = f.kind == Kind::bytes || f.kind == Kind::pascal;
    for (Py_ssize_t i = 0; i < (one ? 1 : f.count); i++)
      result->ob_item[at++] = TRY(unpack_value(f, from + f.offset + i * f.size)).release();
  }
  return result;
}

Status check_ready(Struct& self) {
  if (!self.layout) return raise(PyExc_RuntimeError, "Struct object is not initialized");
  return {};
}

constexpr char unpack_doc[] =
    "unpack($self, buffer, /)\n--\n\n"
    "Return a tuple containing unpacked values.\n\n"
    "The buffer's size must be Struct.size. See help(struct) for formats.";
Ref<> unpack(Struct& self, PyObject* o) {
  TRY(check_ready(self));
  BufferView buffer;
  TRY(buffer.acquire(o));
  if (buffer.size() != self.size()) return raise(error, "unpack requires a buffer of {} bytes", self.size());
  return unpack_all(*self.layout, buffer.data());
}

constexpr char unpack_from_doc[] =
    "unpack_from($self, /, buffer, offset=0)\n--\n\n"
    "Return a tuple containing unpacked values.\n\n"
    "They begin at offset; from there on the buffer must hold Struct.size bytes or more. See help(struct) for formats.";
Ref<> unpack_from(Struct& self, PyObject* o, Py_ssize_t offset) {
  TRY(check_ready(self));
  BufferView buffer;
  TRY(buffer.acquire(o));
  Py_ssize_t size = self.size();
  if (offset < 0) {
    if (offset + size > 0) return raise(error, "not enough data to unpack {} bytes at offset {}", size, offset);
    if (offset + buffer.size() < 0) return raise(error, "offset {} out of range for {}-byte buffer", offset, buffer.size());
    offset += buffer.size();
  }
  if (buffer.size() - offset < size)
    return raise(error,
                 "unpack_from requires a buffer of at least {} bytes for unpacking {} bytes at offset {} (actual buffer size is {})",
                 static_cast<size_t>(size) + static_cast<size_t>(offset), size, offset, buffer.size());
  return unpack_all(*self.layout, buffer.data() + offset);
}

// -- iter_unpack --

struct UnpackIterator {
  PyObject_HEAD
  PyObject* structure;  // null: finished
  BufferView* buffer;
  Py_ssize_t at;
  template <class F> void each(F&& f) {
    f(structure);
    if (buffer) f(buffer->raw().obj);
  }
};

void drop_buffer(UnpackIterator& self) {
  delete std::exchange(self.buffer, nullptr);
  clear_field(self.structure);
}
int clear_iterator(PyObject* o) {
  drop_buffer(*reinterpret_cast<UnpackIterator*>(o));
  return 0;
}
void dealloc_iterator(PyObject* o) {
  gc_untrack(o);
  clear_iterator(o);
  Py_TYPE(o)->tp_free(o);
}
Result<Ref<>> iterator_next(UnpackIterator& self) {
  if (!self.structure) return Ref<>();
  const Layout& layout = *as(self.structure).layout;
  if (self.at >= self.buffer->size() || self.buffer->size() - self.at < layout.size) {
    drop_buffer(self);
    return Ref<>();
  }
  Ref<> values = TRY(unpack_all(layout, self.buffer->data() + self.at));
  self.at += layout.size;
  return values;
}
Py_ssize_t iterator_length_hint(UnpackIterator& self) {
  return self.structure ? (self.buffer->size() - self.at) / as(self.structure).size() : 0;
}
constinit PyMethodDef iterator_methods[] = {noargs<iterator_length_hint>("__length_hint__", nullptr), {}};

constinit PyTypeObject iterator_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_struct.unpack_iterator",
    .tp_basicsize = sizeof(UnpackIterator),
    .tp_dealloc = dealloc_iterator,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_traverse = Fields<UnpackIterator>::traverse,
    .tp_clear = clear_iterator,
    .tp_iter = slot<share<PyObject>>,
    .tp_iternext = slot<iterator_next>,
    .tp_methods = iterator_methods,
    .tp_alloc = generic_alloc,
    .tp_free = gc_free,
};

constexpr char iter_unpack_doc[] =
    "iter_unpack($self, buffer, /)\n--\n\n"
    "Return an iterator yielding tuples.\n\n"
    "Each is unpacked from the next Struct.size bytes of the buffer, whose size must be a multiple of that.";
Ref<> iter_unpack(Struct& self, PyObject* o) {
  TRY(check_ready(self));
  if (self.size() == 0) return raise(error, "cannot iteratively unpack with a struct of length 0");
  Ref<UnpackIterator> it = TRY(adopt(reinterpret_cast<UnpackIterator*>(iterator_type.tp_alloc(&iterator_type, 0))));
  it->buffer = new (std::nothrow) BufferView;
  if (!it->buffer) return raise_no_memory();
  TRY(it->buffer->acquire(o));
  if (it->buffer->size() % self.size() != 0)
    return raise(error, "iterative unpacking requires a buffer of a multiple of {} bytes", self.size());
  it->structure = Py_NewRef(object(&self));
  return it;
}

// -- the type --

Ref<> get_format(PyObject* o, void*) {
  if (!as(o).format) return raise(PyExc_RuntimeError, "Struct object is not initialized");
  return new_str(bytes_view(as(o).format));
}
Ref<> get_size(PyObject* o, void*) { return new_int(as(o).size()); }
Py_ssize_t size_of(Struct& self) {
  size_t fields = self.layout ? self.layout->fields.size() : 0;
  return Py_TYPE(object(self))->tp_basicsize + static_cast<Py_ssize_t>((fields + 1) * sizeof(Field));
}

constinit PyGetSetDef getset[] = {
    {"format", slot<get_format>, nullptr, "struct format string", nullptr},
    {"size", slot<get_size>, nullptr, "struct size in bytes", nullptr},
    {},
};
constinit PyMethodDef methods[] = {
    method<iter_unpack_doc, iter_unpack>,
    positional_varargs<pack>("pack", pack_doc),
    positional_varargs<pack_into>("pack_into", pack_into_doc),
    method<unpack_doc, unpack>,
    method<unpack_from_doc, unpack_from>,
    noargs<size_of>("__sizeof__", "S.__sizeof__() -> size of S in memory, in bytes"),
    {},
};

constinit PyTypeObject struct_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_struct.Struct",
    .tp_basicsize = sizeof(Struct),
    .tp_dealloc = dealloc,
    .tp_getattro = generic_get_attr_slot,
    .tp_setattro = generic_set_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = struct_doc,
    .tp_weaklistoffset = offsetof(Struct, weaklist),
    .tp_methods = methods,
    .tp_getset = getset,
    .tp_init = initializer<init_doc, init>::tp_init,
    .tp_alloc = generic_alloc,
    .tp_new = generic_new,
};

// -- the module's functions: by format, the compiled ones kept --

PyObject* compiled;  // a dict from formats to Structs
constexpr Py_ssize_t kMostCompiled = 100;

Ref<Struct> struct_for(PyObject* format) {
  if (PyObject* known = TRY(dict_find(compiled, format))) return std::move(share(known)).as<Struct>();
  Ref<> made = TRY(call(object(&struct_type), format));
  if (dict_size(compiled) >= kMostCompiled) dict_clear(compiled);
  TRY(dict_set(compiled, format, made.get()));
  return std::move(made).as<Struct>();
}

constexpr char clearcache_doc[] = "_clearcache($module, /)\n--\n\nClear the internal cache.";
void clearcache(PyObject*) { dict_clear(compiled); }

constexpr char calcsize_doc[] = "calcsize($module, format, /)\n--\n\nReturn size in bytes of the struct described by the format string.";
Result<Py_ssize_t> calcsize(PyObject*, PyObject* format) { return TRY(struct_for(format))->size(); }

constexpr char module_pack_doc[] =
    "pack(format, v1, v2, ...) -> bytes\n\nThe values as bytes in that format. See help(struct) for formats.";
Ref<> module_pack(PyObject*, Arguments args) {
  if (args.count == 0) return raise(PyExc_TypeError, "missing format argument");
  Ref<Struct> s = TRY(struct_for(args.items[0]));
  return pack(*s, {args.items + 1, args.count - 1, nullptr});
}
constexpr char module_pack_into_doc[] =
    "pack_into(format, buffer, offset, v1, v2, ...)\n\n"
    "Writes the values as bytes in that format into a writable buffer, from offset on, which is required.\n"
    "See help(struct) for formats.";
Status module_pack_into(PyObject*, Arguments args) {
  if (args.count == 0) return raise(PyExc_TypeError, "missing format argument");
  Ref<Struct> s = TRY(struct_for(args.items[0]));
  return pack_into(*s, {args.items + 1, args.count - 1, nullptr});
}
constexpr char module_unpack_doc[] =
    "unpack($module, format, buffer, /)\n--\n\n"
    "Return a tuple containing values unpacked according to the format string.\n\n"
    "The buffer's size must be calcsize(format). See help(struct) for formats.";
Ref<> module_unpack(PyObject*, PyObject* format, PyObject* buffer) {
  Ref<Struct> s = TRY(struct_for(format));
  return unpack(*s, buffer);
}
constexpr char module_unpack_from_doc[] =
    "unpack_from($module, format, /, buffer, offset=0)\n--\n\n"
    "Return a tuple containing values unpacked according to the format string.\n\n"
    "They begin at offset; from there on the buffer must hold calcsize(format) bytes or more. See help(struct) for formats.";
Ref<> module_unpack_from(PyObject*, PyObject* format, PyObject* buffer, Py_ssize_t offset) {
  Ref<Struct> s = TRY(struct_for(format));
  return unpack_from(*s, buffer, offset);
}
constexpr char module_iter_unpack_doc[] =
    "iter_unpack($module, format, buffer, /)\n--\n\n"
    "Return an iterator yielding tuples unpacked from the given bytes.\n\n"
    "Each comes from the next calcsize(format) bytes of the buffer, whose size must be a multiple of that.";
Ref<> module_iter_unpack(PyObject*, PyObject* format, PyObject* buffer) {
  Ref<Struct> s = TRY(struct_for(format));
  return iter_unpack(*s, buffer);
}

constinit PyMethodDef rows[] = {
    method<clearcache_doc, clearcache>,
    method<calcsize_doc, calcsize>,
    method<module_iter_unpack_doc, module_iter_unpack>,
    positional_varargs<module_pack>("pack", module_pack_doc),
    positional_varargs<module_pack_into>("pack_into", module_pack_into_doc),
    method<module_unpack_doc, module_unpack>,
    method<module_unpack_from_doc, module_unpack_from>,
    {},
};

Status fill(PyObject* module) {
  TRY(ready_type(&iterator_type));
  TRY(add_type(module, &struct_type));
  if (!compiled) compiled = object(TRY(new_dict()).release());
  if (!error) error = TRY(new_exception_class("struct", "error")).release();
  return add_to_module(module, "error", error);
}

constexpr char struct_module_doc[] =
    "Functions to convert between Python values and C structs\n"
    "represented as Python bytes objects.\n\n"
    "The first character of a format may say byte order, sizes and alignment:\n"
    "  @: native order, sizes and alignment (without any of these, too)\n"
    "  =: native order, standard sizes, no alignment    <: little-endian, standard sizes, no alignment\n"
    "  >: big-endian, standard sizes, no alignment      !: the same as >\n\n"
    "Values, each with a count in front if wanted:\n"
    "  x: pad byte  c: char  b: signed byte  B: unsigned byte  ?: _Bool  h: short  H: unsigned short\n"
    "  i: int  I: unsigned int  l: long  L: unsigned long  q: long long  Q: unsigned long long\n"
    "  e: half-float  f: float  d: double  s: bytes (the count is their number)  p: the same with their length\n"
    "  in front; natively only: n: ssize_t  N: size_t  P: pointer.\n"
    "Blanks between values are ignored.\n\n"
    "The exception struct.error tells of a wrong format or wrong values.\n";

}  // namespace
}  // namespace taipan::structs

PyObject* init_struct() {
  namespace module = taipan::structs;
  return taipan::define_module<"_struct", module::struct_module_doc, module::fill, module::rows>();
}
