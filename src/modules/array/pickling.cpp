// Pickling arrays: their bytes with a code for the machine's format, so that another machine can read them.
#include <cstring>

#include "modules/array/array.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/hooks.h"
#include "object/int.h"
#include "object/int_arithmetic.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"

namespace taipan::arrays {
namespace {

enum class Content : uint8_t { integer, real, utf16, utf32 };
struct MachineFormat {
  Content content;
  uint8_t size;
  bool is_signed, big_endian;
};
// The position in this list is the code in the pickle.
constexpr MachineFormat kFormats[] = {
    {Content::integer, 1, false, false}, {Content::integer, 1, true, false}, {Content::integer, 2, false, false},
    {Content::integer, 2, false, true},  {Content::integer, 2, true, false}, {Content::integer, 2, true, true},
    {Content::integer, 4, false, false}, {Content::integer, 4, false, true}, {Content::integer, 4, true, false},
    {Content::integer, 4, true, true},   {Content::integer, 8, false, false}, {Content::integer, 8, false, true},
    {Content::integer, 8, true, false},  {Content::integer, 8, true, true},  {Content::real, 4, false, false},
    {Content::real, 4, false, true},     {Content::real, 8, false, false},   {Content::real, 8, false, true},
    {Content::utf16, 4, false, false},   {Content::utf16, 4, false, true},   {Content::utf32, 8, false, false},
    {Content::utf32, 8, false, true},
};

Content content_of(const Descriptor& d) {
  return d.is_integer ? Content::integer : d.typecode == 'u' ? Content::utf32 : Content::real;
}
int format_code(const Descriptor& d) {
  for (size_t i = 0; i < std::size(kFormats); i++) {
    const MachineFormat& f = kFormats[i];
    if (f.content != content_of(d) || f.big_endian) continue;
    if (f.content == Content::utf32 || (f.size == d.itemsize && (!d.is_integer || f.is_signed == d.is_signed)))
      return static_cast<int>(i);
  }
  return -1;
}

Ref<> read_item(const MachineFormat& f, const char* from) {
  if (f.content == Content::integer)
    return int_from_bytes(reinterpret_cast<const uint8_t*>(from), f.size, f.big_endian ? Endian::big : Endian::little,
                          f.is_signed ? Signed::yes : Signed::no);
  char native[8];
  for (int i = 0; i < f.size; i++) native[i] = from[f.big_endian ? f.size - 1 - i : i];
  if (f.size == 4) {
    float value;
    memcpy(&value, native, sizeof value);
    return new_float(value);
  }
  double value;
  memcpy(&value, native, sizeof value);
  return new_float(value);
}

/// The items of a foreign format as a list, or as a str for text.
Ref<> convert(const MachineFormat& f, PyObject* bytes) {
  if (f.content == Content::utf16 || f.content == Content::utf32) {
    const char* codec = f.content == Content::utf16 ? (f.big_endian ? "utf-16-be" : "utf-16-le")
                                                    : (f.big_endian ? "utf-32-be" : "utf-32-le");
    Ref<> name = TRY(new_str(codec));
    return call_method(bytes, "decode"_name, name.get());
  }
  if (Py_SIZE(bytes) % f.size) return raise(PyExc_ValueError, "string length not a multiple of item size");
  Py_ssize_t n = Py_SIZE(bytes) / f.size;
  Ref<List> list = TRY(new_list(n));
  for (Py_ssize_t i = 0; i < n; i++) list->ob_item[i] = TRY(read_item(f, bytes_data(bytes) + i * f.size)).release();
  return list;
}

Ref<> make(PyTypeObject* type, char typecode, PyObject* items) {
  Ref<> code = TRY(char_str(static_cast<Py_UCS4>(typecode)));
  return call(object(type), code.get(), items);
}

constexpr char reconstructor_doc[] =
    "_array_reconstructor($module, arraytype, typecode, mformat_code, items,\n                     /)\n--\n\n"
    "Internal. Used for pickling support.";
Ref<> reconstruct(PyObject*, Type& type, CodePoint typecode, int code, PyObject* items) {
  if (!is_subtype(&type, &array_type))
    return raise(PyExc_TypeError, "{} is not a subtype of {}", clip(type.tp_name, 200), array_type.tp_name);
  const Descriptor* d = find_descriptor(typecode.value);
  if (!d) return raise(PyExc_ValueError, "second argument must be a valid type code");
  if (code < 0 || code >= static_cast<int>(std::size(kFormats)))
    return raise(PyExc_ValueError, "third argument must be a valid machine format code.");
  if (!PyBytes_Check(items))
    return raise(PyExc_TypeError, "fourth argument should be bytes, not {}", clip(type_name(items), 200));
  if (code == format_code(*d)) return make(&type, d->typecode, items);
  const MachineFormat& f = kFormats[code];
  Ref<> values = TRY(convert(f, items));
  // A type of this machine with the same range, if there is one.
  if (f.content == Content::integer)
    for (const char* c = kTypecodes; *c; c++) {
      const Descriptor* other = find_descriptor(static_cast<Py_UCS4>(*c));
      if (other->is_integer && other->itemsize == f.size && other->is_signed == f.is_signed) d = other;
    }
  return make(&type, d->typecode, values.get());
}

}  // namespace

Ref<> reduce_ex(Array& self, PyObject* protocol) {
  PyObject* o = object(&self);
  Ref<> dict = TRY(find_attr(o, "__dict__"_name));
  if (!dict) dict = none();
  if (!PyLong_Check(protocol)) return raise(PyExc_TypeError, "__reduce_ex__ argument should be an integer");
  int64_t number = TRY(to_int64(protocol));
  Ref<> typecode = TRY(char_str(static_cast<Py_UCS4>(self.descriptor->typecode)));
  PyObject* type = object(Py_TYPE(o));
  if (number < 3) {
    Ref<> list = TRY(call_method(o, "tolist"_name)), args = TRY(tuple_of({typecode.get(), list.get()}));
    return tuple_of({type, args.get(), dict.get()});
  }
  Ref<> module = TRY(hooks.import_module("array")), maker = TRY(get_attr(module.get(), "_array_reconstructor"_name));
  Ref<> bytes = TRY(call_method(o, "tobytes"_name)), code = TRY(new_int(format_code(*self.descriptor)));
  Ref<> args = TRY(tuple_of({type, typecode.get(), code.get(), bytes.get()}));
  return tuple_of({maker.get(), args.get(), dict.get()});
}

constinit PyMethodDef reconstructor_row = method<reconstructor_doc, reconstruct>;

}  // namespace taipan::arrays
