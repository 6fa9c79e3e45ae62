// _codecs: the codecs of types/codec_*.cpp as functions that say how much they read, and the
// registry.
#include "modules/module.h"
#include "object/bytes.h"
#include "object/error.h"
#include "object/int.h"
#include "object/str.h"
#include "object/tuple.h"
#include "types/buffer.h"
#include "types/codecs.h"

namespace taipan {

/// A str or None: the name of an error handler, null for none.
struct HandlerName {
  const char* text = nullptr;
};
template <>
struct Convert<HandlerName> {
  static Result<HandlerName> from(PyObject* o, Where w) {
    if (o == Py_None) return HandlerName{};
    if (!PyUnicode_Check(o)) return raise_wrong_type(w, "str or None", o);
    std::string_view text = TRY(to_utf8(o));
    if (text.find('\0') != text.npos) return raise(PyExc_ValueError, "embedded null character");
    return HandlerName{text.data()};
  }
};
template <>
constexpr HandlerName default_value<HandlerName>(std::string_view) {
  return {};
}

namespace {

Ref<> with_count(Ref<> result, Py_ssize_t count) {
  if (!result) return {};
  Ref<> n = TRY(new_int(count));
  return tuple_of({result.get(), n.get()});
}

// -- the registry --

constexpr char register_doc[] =
    "register($module, search_function, /)\n--\n\n"
    "Let a function be asked for codecs: it gets an encoding's name in lower case and gives a "
    "CodecInfo or None.";
Status register_search(PyObject*, PyObject* function) { return register_codec(function); }
constexpr char unregister_doc[] =
    "unregister($module, search_function, /)\n--\n\nAsk a function no more, and forget what was "
    "found.";
Status unregister_search(PyObject*, PyObject* function) { return unregister_codec(function); }
constexpr char lookup_doc[] = "lookup($module, encoding, /)\n--\n\nThe CodecInfo of an encoding.";
Ref<> lookup(PyObject*, std::string_view encoding) { return lookup_codec(encoding.data()); }
constexpr char register_error_doc[] =
    "register_error($module, errors, handler, /)\n--\n\n"
    "Let a function handle errors under a name: it gets the exception and raises it or gives a "
    "replacement and a position.";
Status register_error(PyObject*, std::string_view name, PyObject* handler) {
  return register_error_handler(name.data(), handler);
}
constexpr char lookup_error_doc[] =
    "lookup_error($module, name, /)\n--\n\nThe error handler of that name.";
Ref<> lookup_error(PyObject*, std::string_view name) { return lookup_error_handler(name.data()); }

const char* or_null(std::string_view name, std::string_view fallback) {
  return name == fallback ? nullptr : name.data();
}
constexpr char encode_doc[] =
    "encode($module, /, obj, encoding='utf-8', errors='strict')\n--\n\nWhat the codec's encoder "
    "makes of an object.";
Ref<> encode(PyObject*, PyObject* obj, std::string_view encoding, std::string_view errors) {
  return encode_with_codec(obj, encoding == "utf-8" ? "utf-8" : encoding.data(),
                           or_null(errors, "strict"));
}
constexpr char decode_doc[] =
    "decode($module, /, obj, encoding='utf-8', errors='strict')\n--\n\nWhat the codec's decoder "
    "makes of an object.";
Ref<> decode(PyObject*, PyObject* obj, std::string_view encoding, std::string_view errors) {
  return decode_with_codec(obj, encoding == "utf-8" ? "utf-8" : encoding.data(),
                           or_null(errors, "strict"));
}

// -- decoders: (text, how many bytes were read) --

template <Ref<> (*Decode)(std::string_view, const char*, Py_ssize_t*)>
Ref<> decode_part(PyObject*, PyObject* data, HandlerName errors, bool final) {
  BufferView view;
  TRY(view.acquire(data));
  Py_ssize_t read = view.size();
  Ref<> text = Decode(view.bytes(), errors.text, final ? nullptr : &read);
  return with_count(std::move(text), read);
}
template <auto Decode, int kOrder>
Ref<> decode_ordered(std::string_view data, const char* errors, Py_ssize_t* consumed) {
  int order = kOrder;
  return Decode(data, errors, &order, consumed);
}
/// Escapes may be given as str too: its UTF-8 is decoded.
template <Ref<> (*Decode)(std::string_view, const char*, Py_ssize_t*)>
Ref<> decode_escapes(PyObject* module, PyObject* data, HandlerName errors, bool final) {
  if (!PyUnicode_Check(data)) return decode_part<Decode>(module, data, errors, final);
  std::string_view text = TRY(to_utf8(data));
  auto read = static_cast<Py_ssize_t>(text.size());
  Ref<> decoded = Decode(text, errors.text, final ? nullptr : &read);
  return with_count(std::move(decoded), read);
}
Ref<> unicode_escape(std::string_view data, const char* errors, Py_ssize_t* consumed) {
  return decode_unicode_escape(data, errors, consumed);
}

template <Ref<> (*Decode)(std::string_view, const char*)>
Ref<> decode_whole(PyObject*, PyObject* data, HandlerName errors) {
  BufferView view;
  TRY(view.acquire(data));
  return with_count(Decode(view.bytes(), errors.text), view.size());
}
Ref<> latin1(std::string_view data, const char*) { return decode_latin1(data); }

Ref<> charmap_decode(PyObject*, PyObject* data, HandlerName errors, PyObject* mapping) {
  BufferView view;
  TRY(view.acquire(data));
  return with_count(decode_charmap(view.bytes(), mapping, errors.text), view.size());
}

template <auto Decode>
Ref<> ex_decode(PyObject*, PyObject* data, HandlerName errors, int byteorder, bool final) {
  BufferView view;
  TRY(view.acquire(data));
  Py_ssize_t read = view.size();
  int order = byteorder;
  Ref<> text = TRY(Decode(view.bytes(), errors.text, &order, final ? nullptr : &read));
  Ref<> count = TRY(new_int(read)), found = TRY(new_int(order));
  return tuple_of({text.get(), count.get(), found.get()});
}

Ref<> escape_decode(PyObject*, PyObject* data, HandlerName errors) {
  if (PyUnicode_Check(data)) {
    std::string_view text = TRY(to_utf8(data));
    return with_count(decode_bytes_escape(text, errors.text), static_cast<Py_ssize_t>(text.size()));
  }
  BufferView view;
  TRY(view.acquire(data));
  return with_count(decode_bytes_escape(view.bytes(), errors.text), view.size());
}

// -- encoders: (bytes, how many characters were written) --

template <auto Encode>
Ref<> encode_whole(PyObject*, Str& str, HandlerName errors) {
  return with_count(Encode(object(str), errors.text), str.length);
}
template <auto Encode, int kOrder>
Ref<> encode_ordered(PyObject* str, const char* errors) {
  return Encode(str, errors, kOrder);
}
template <auto Encode>
Ref<> encode_by_order(PyObject*, Str& str, HandlerName errors, int byteorder) {
  return with_count(Encode(object(str), errors.text, byteorder), str.length);
}
Ref<> to_unicode_escape(PyObject* str, const char*) { return encode_unicode_escape(str); }
Ref<> to_raw_unicode_escape(PyObject* str, const char*) { return encode_raw_unicode_escape(str); }

Ref<> charmap_encode(PyObject*, Str& str, HandlerName errors, PyObject* mapping) {
  return with_count(encode_charmap(object(str), mapping, errors.text), str.length);
}
Ref<> charmap_build(PyObject*, Str& map) { return build_charmap(object(map)); }

Ref<> escape_encode(PyObject*, Bytes& data, HandlerName) {
  return with_count(encode_bytes_escape(bytes_view(object(data))), Py_SIZE(&data));
}
Ref<> readbuffer_encode(PyObject*, PyObject* data, HandlerName) {
  if (PyUnicode_Check(data)) {
    std::string_view text = TRY(to_utf8(data));
    return with_count(new_bytes(text), static_cast<Py_ssize_t>(text.size()));
  }
  BufferView view;
  TRY(view.acquire(data));
  return with_count(new_bytes(view.bytes()), view.size());
}

// -- the table --

constexpr char escape_decode_doc[] = "escape_decode($module, data, errors=None, /)\n--\n\n";
constexpr char escape_encode_doc[] = "escape_encode($module, data, errors=None, /)\n--\n\n";
constexpr char utf_7_decode_doc[] =
    "utf_7_decode($module, data, errors=None, final=False, /)\n--\n\n";
constexpr char utf_8_decode_doc[] =
    "utf_8_decode($module, data, errors=None, final=False, /)\n--\n\n";
constexpr char utf_16_decode_doc[] =
    "utf_16_decode($module, data, errors=None, final=False, /)\n--\n\n";
constexpr char utf_16_le_decode_doc[] =
    "utf_16_le_decode($module, data, errors=None, final=False, /)\n--\n\n";
constexpr char utf_16_be_decode_doc[] =
    "utf_16_be_decode($module, data, errors=None, final=False, /)\n--\n\n";
constexpr char utf_16_ex_decode_doc[] =
    "utf_16_ex_decode($module, data, errors=None, byteorder=0, final=False,\n                 "
    "/)\n--\n\n";
constexpr char utf_32_decode_doc[] =
    "utf_32_decode($module, data, errors=None, final=False, /)\n--\n\n";
constexpr char utf_32_le_decode_doc[] =
    "utf_32_le_decode($module, data, errors=None, final=False, /)\n--\n\n";
constexpr char utf_32_be_decode_doc[] =
    "utf_32_be_decode($module, data, errors=None, final=False, /)\n--\n\n";
constexpr char utf_32_ex_decode_doc[] =
    "utf_32_ex_decode($module, data, errors=None, byteorder=0, final=False,\n                 "
    "/)\n--\n\n";
constexpr char unicode_escape_decode_doc[] =
    "unicode_escape_decode($module, data, errors=None, final=True, /)\n--\n\n";
constexpr char raw_unicode_escape_decode_doc[] =
    "raw_unicode_escape_decode($module, data, errors=None, final=True, /)\n--\n\n";
constexpr char latin_1_decode_doc[] = "latin_1_decode($module, data, errors=None, /)\n--\n\n";
constexpr char ascii_decode_doc[] = "ascii_decode($module, data, errors=None, /)\n--\n\n";
constexpr char charmap_decode_doc[] =
    "charmap_decode($module, data, errors=None, mapping=None, /)\n--\n\n";
constexpr char readbuffer_encode_doc[] = "readbuffer_encode($module, data, errors=None, /)\n--\n\n";
constexpr char utf_7_encode_doc[] = "utf_7_encode($module, str, errors=None, /)\n--\n\n";
constexpr char utf_8_encode_doc[] = "utf_8_encode($module, str, errors=None, /)\n--\n\n";
constexpr char utf_16_encode_doc[] =
    "utf_16_encode($module, str, errors=None, byteorder=0, /)\n--\n\n";
constexpr char utf_16_le_encode_doc[] = "utf_16_le_encode($module, str, errors=None, /)\n--\n\n";
constexpr char utf_16_be_encode_doc[] = "utf_16_be_encode($module, str, errors=None, /)\n--\n\n";
constexpr char utf_32_encode_doc[] =
    "utf_32_encode($module, str, errors=None, byteorder=0, /)\n--\n\n";
constexpr char utf_32_le_encode_doc[] = "utf_32_le_encode($module, str, errors=None, /)\n--\n\n";
constexpr char utf_32_be_encode_doc[] = "utf_32_be_encode($module, str, errors=None, /)\n--\n\n";
constexpr char unicode_escape_encode_doc[] =
    "unicode_escape_encode($module, str, errors=None, /)\n--\n\n";
constexpr char raw_unicode_escape_encode_doc[] =
    "raw_unicode_escape_encode($module, str, errors=None, /)\n--\n\n";
constexpr char latin_1_encode_doc[] = "latin_1_encode($module, str, errors=None, /)\n--\n\n";
constexpr char ascii_encode_doc[] = "ascii_encode($module, str, errors=None, /)\n--\n\n";
constexpr char charmap_encode_doc[] =
    "charmap_encode($module, str, errors=None, mapping=None, /)\n--\n\n";
constexpr char charmap_build_doc[] = "charmap_build($module, map, /)\n--\n\n";

constinit PyMethodDef rows[] = {
    method<register_doc, register_search>,
    method<unregister_doc, unregister_search>,
    method<lookup_doc, lookup>,
    method<encode_doc, encode>,
    method<decode_doc, decode>,
    method<escape_encode_doc, escape_encode>,
    method<escape_decode_doc, escape_decode>,
    method<utf_8_encode_doc, encode_whole<encode_utf8_text>>,
    method<utf_8_decode_doc, decode_part<decode_utf8_text>>,
    method<utf_7_encode_doc, encode_whole<encode_utf7>>,
    method<utf_7_decode_doc, decode_part<decode_utf7>>,
    method<utf_16_encode_doc, encode_by_order<encode_utf16>>,
    method<utf_16_le_encode_doc, encode_whole<encode_ordered<encode_utf16, -1>>>,
    method<utf_16_be_encode_doc, encode_whole<encode_ordered<encode_utf16, 1>>>,
    method<utf_16_decode_doc, decode_part<decode_ordered<decode_utf16, 0>>>,
    method<utf_16_le_decode_doc, decode_part<decode_ordered<decode_utf16, -1>>>,
    method<utf_16_be_decode_doc, decode_part<decode_ordered<decode_utf16, 1>>>,
    method<utf_16_ex_decode_doc, ex_decode<decode_utf16>>,
    method<utf_32_encode_doc, encode_by_order<encode_utf32>>,
    method<utf_32_le_encode_doc, encode_whole<encode_ordered<encode_utf32, -1>>>,
    method<utf_32_be_encode_doc, encode_whole<encode_ordered<encode_utf32, 1>>>,
    method<utf_32_decode_doc, decode_part<decode_ordered<decode_utf32, 0>>>,
    method<utf_32_le_decode_doc, decode_part<decode_ordered<decode_utf32, -1>>>,
    method<utf_32_be_decode_doc, decode_part<decode_ordered<decode_utf32, 1>>>,
    method<utf_32_ex_decode_doc, ex_decode<decode_utf32>>,
    method<unicode_escape_encode_doc, encode_whole<to_unicode_escape>>,
    method<unicode_escape_decode_doc, decode_escapes<unicode_escape>>,
    method<raw_unicode_escape_encode_doc, encode_whole<to_raw_unicode_escape>>,
    method<raw_unicode_escape_decode_doc, decode_escapes<decode_raw_unicode_escape>>,
    method<latin_1_encode_doc, encode_whole<encode_latin1>>,
    method<latin_1_decode_doc, decode_whole<latin1>>,
    method<ascii_encode_doc, encode_whole<encode_ascii>>,
    method<ascii_decode_doc, decode_whole<decode_ascii>>,
    method<charmap_encode_doc, charmap_encode>,
    method<charmap_decode_doc, charmap_decode>,
    method<charmap_build_doc, charmap_build>,
    method<readbuffer_encode_doc, readbuffer_encode>,
    method<register_error_doc, register_error>,
    method<lookup_error_doc, lookup_error>,
    {},
};

Status fill(PyObject*) { return {}; }
constexpr char doc[] = "";

}  // namespace
}  // namespace taipan

PyObject* init_codecs() {
  return taipan::define_module<"_codecs", taipan::doc, taipan::fill, taipan::rows>();
}
