// unicodeobject.h and codecs.h: encodings.
#include "base/utf8.h"
#include "capi/export.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "runtime/fs_text.h"
#include "types/buffer.h"
#include "types/codecs.h"

using namespace taipan;

namespace {

std::string_view view(const char* s, Py_ssize_t n) { return {s, static_cast<size_t>(n)}; }
bool check_str(PyObject* o) {
  if (o && PyUnicode_Check(o)) return true;
  raise(PyExc_TypeError, "bad argument type for built-in operation");
  return false;
}

}  // namespace

CAPI const char* PyUnicode_GetDefaultEncoding() { return "utf-8"; }
CAPI PyObject* PyUnicode_Decode(const char* s, Py_ssize_t n, const char* encoding,
                                const char* errors) {
  return decode_text(view(s, n), encoding, errors).release();
}
CAPI PyObject* PyUnicode_FromEncodedObject(PyObject* o, const char* encoding, const char* errors) {
  if (!o) return raise_internal("bad argument to internal function");
  return decode_object(o, encoding, errors).release();
}
CAPI PyObject* PyUnicode_AsEncodedString(PyObject* s, const char* encoding, const char* errors) {
  return check_str(s) ? encode_text(s, encoding, errors).release() : nullptr;
}
CAPI PyObject* PyUnicode_AsEncodedObject(PyObject* s, const char* encoding, const char* errors) {
  return check_str(s) ? encode_with_codec(s, encoding ? encoding : "utf-8", errors).release()
                      : nullptr;
}
CAPI PyObject* PyUnicode_AsDecodedObject(PyObject* s, const char* encoding, const char* errors) {
  return check_str(s) ? decode_with_codec(s, encoding ? encoding : "utf-8", errors).release()
                      : nullptr;
}
CAPI PyObject* PyUnicode_AsDecodedUnicode(PyObject* s, const char* encoding, const char* errors) {
  return PyUnicode_AsDecodedObject(s, encoding, errors);
}
CAPI PyObject* PyUnicode_AsEncodedUnicode(PyObject* s, const char* encoding, const char* errors) {
  return PyUnicode_AsEncodedObject(s, encoding, errors);
}
CAPI PyObject* PyUnicode_BuildEncodingMap(PyObject* table) {
  return build_charmap(table).release();
}

CAPI PyObject* PyUnicode_DecodeUTF7(const char* s, Py_ssize_t n, const char* errors) {
  return decode_utf7(view(s, n), errors).release();
}
CAPI PyObject* PyUnicode_DecodeUTF7Stateful(const char* s, Py_ssize_t n, const char* errors,
                                            Py_ssize_t* consumed) {
  return decode_utf7(view(s, n), errors, consumed).release();
}
CAPI PyObject* _PyUnicode_EncodeUTF7(PyObject* s, int, int, const char* errors) {
  return encode_utf7(s, errors).release();
}
CAPI PyObject* PyUnicode_DecodeUTF8(const char* s, Py_ssize_t n, const char* errors) {
  return decode_utf8_text(view(s, n), errors).release();
}
CAPI PyObject* PyUnicode_DecodeUTF8Stateful(const char* s, Py_ssize_t n, const char* errors,
                                            Py_ssize_t* consumed) {
  return decode_utf8_text(view(s, n), errors, consumed).release();
}
CAPI PyObject* _PyUnicode_AsUTF8String(PyObject* s, const char* errors) {
  return check_str(s) ? encode_utf8_text(s, errors).release() : nullptr;
}
CAPI PyObject* PyUnicode_AsUTF8String(PyObject* s) { return _PyUnicode_AsUTF8String(s, nullptr); }

CAPI PyObject* PyUnicode_DecodeUTF32Stateful(const char* s, Py_ssize_t n, const char* errors,
                                             int* order, Py_ssize_t* consumed) {
  int by_mark = 0;
  return decode_utf32(view(s, n), errors, order ? order : &by_mark, consumed).release();
}
CAPI PyObject* PyUnicode_DecodeUTF32(const char* s, Py_ssize_t n, const char* errors, int* order) {
  return PyUnicode_DecodeUTF32Stateful(s, n, errors, order, nullptr);
}
CAPI PyObject* _PyUnicode_EncodeUTF32(PyObject* s, const char* errors, int order) {
  return check_str(s) ? encode_utf32(s, errors, order).release() : nullptr;
}
CAPI PyObject* PyUnicode_AsUTF32String(PyObject* s) {
  return _PyUnicode_EncodeUTF32(s, nullptr, 0);
}
CAPI PyObject* PyUnicode_DecodeUTF16Stateful(const char* s, Py_ssize_t n, const char* errors,
                                             int* order, Py_ssize_t* consumed) {
  int by_mark = 0;
  return decode_utf16(view(s, n), errors, order ? order : &by_mark, consumed).release();
}
CAPI PyObject* PyUnicode_DecodeUTF16(const char* s, Py_ssize_t n, const char* errors, int* order) {
  return PyUnicode_DecodeUTF16Stateful(s, n, errors, order, nullptr);
}
CAPI PyObject* _PyUnicode_EncodeUTF16(PyObject* s, const char* errors, int order) {
  return check_str(s) ? encode_utf16(s, errors, order).release() : nullptr;
}
CAPI PyObject* PyUnicode_AsUTF16String(PyObject* s) {
  return _PyUnicode_EncodeUTF16(s, nullptr, 0);
}

CAPI PyObject* PyUnicode_DecodeUnicodeEscape(const char* s, Py_ssize_t n, const char* errors) {
  return decode_unicode_escape(view(s, n), errors).release();
}
CAPI PyObject* _PyUnicode_DecodeUnicodeEscapeStateful(const char* s, Py_ssize_t n,
                                                      const char* errors, Py_ssize_t* consumed) {
  return decode_unicode_escape(view(s, n), errors, consumed).release();
}
CAPI PyObject* _PyUnicode_DecodeUnicodeEscapeInternal(const char* s, Py_ssize_t n,
                                                      const char* errors, Py_ssize_t* consumed,
                                                      const char** first_invalid) {
  Py_ssize_t at = -1;
  Ref<> text = decode_unicode_escape(view(s, n), errors, consumed, &at);
  *first_invalid = at < 0 ? nullptr : s + at;
  return text.release();
}
CAPI PyObject* PyUnicode_AsUnicodeEscapeString(PyObject* s) {
  return check_str(s) ? encode_unicode_escape(s).release() : nullptr;
}
CAPI PyObject* PyUnicode_DecodeRawUnicodeEscape(const char* s, Py_ssize_t n, const char* errors) {
  return decode_raw_unicode_escape(view(s, n), errors).release();
}
CAPI PyObject* _PyUnicode_DecodeRawUnicodeEscapeStateful(const char* s, Py_ssize_t n,
                                                         const char* errors, Py_ssize_t* consumed) {
  return decode_raw_unicode_escape(view(s, n), errors, consumed).release();
}
CAPI PyObject* PyUnicode_AsRawUnicodeEscapeString(PyObject* s) {
  return check_str(s) ? encode_raw_unicode_escape(s).release() : nullptr;
}
CAPI PyObject* PyUnicode_DecodeLatin1(const char* s, Py_ssize_t n, const char*) {
  return decode_latin1(view(s, n)).release();
}
CAPI PyObject* _PyUnicode_AsLatin1String(PyObject* s, const char* errors) {
  return check_str(s) ? encode_latin1(s, errors).release() : nullptr;
}
CAPI PyObject* PyUnicode_AsLatin1String(PyObject* s) {
  return _PyUnicode_AsLatin1String(s, nullptr);
}
CAPI PyObject* PyUnicode_DecodeASCII(const char* s, Py_ssize_t n, const char* errors) {
  return decode_ascii(view(s, n), errors).release();
}
CAPI PyObject* _PyUnicode_AsASCIIString(PyObject* s, const char* errors) {
  return check_str(s) ? encode_ascii(s, errors).release() : nullptr;
}
CAPI PyObject* PyUnicode_AsASCIIString(PyObject* s) { return _PyUnicode_AsASCIIString(s, nullptr); }
CAPI PyObject* PyUnicode_DecodeCharmap(const char* s, Py_ssize_t n, PyObject* mapping,
                                       const char* errors) {
  return decode_charmap(view(s, n), mapping, errors).release();
}
CAPI PyObject* _PyUnicode_EncodeCharmap(PyObject* s, PyObject* mapping, const char* errors) {
  return encode_charmap(s, mapping, errors).release();
}
CAPI PyObject* PyUnicode_AsCharmapString(PyObject* s, PyObject* mapping) {
  return check_str(s) && mapping ? encode_charmap(s, mapping, nullptr).release() : nullptr;
}

// -- the locale's and the file system's encoding: UTF-8 --

CAPI PyObject* PyUnicode_DecodeLocaleAndSize(const char* s, Py_ssize_t n, const char* errors) {
  return decode_utf8_text(view(s, n), errors).release();
}
CAPI PyObject* PyUnicode_DecodeLocale(const char* s, const char* errors) {
  return decode_utf8_text(s, errors).release();
}
CAPI PyObject* PyUnicode_EncodeLocale(PyObject* s, const char* errors) {
  return check_str(s) ? encode_utf8_text(s, errors).release() : nullptr;
}
CAPI PyObject* PyUnicode_DecodeFSDefaultAndSize(const char* s, Py_ssize_t n) {
  return decode_fs(view(s, n)).release();
}
CAPI PyObject* PyUnicode_DecodeFSDefault(const char* s) { return decode_fs(s).release(); }
CAPI PyObject* PyUnicode_EncodeFSDefault(PyObject* s) {
  return check_str(s) ? encode_fs(s).release() : nullptr;
}

CAPI int PyUnicode_FSConverter(PyObject* o, void* address) {
  auto to = static_cast<PyObject**>(address);
  if (!o) {
    Py_CLEAR(*to);
    return 1;
  }
  Ref<> path = fs_path(o);
  if (path && PyUnicode_Check(path.get())) path = encode_fs(path.get());
  if (!path) return 0;
  if (bytes_view(path.get()).find('\0') != std::string_view::npos)
    return raise(PyExc_ValueError, "embedded null byte"), 0;
  *to = path.release();
  return Py_CLEANUP_SUPPORTED;
}
CAPI int PyUnicode_FSDecoder(PyObject* o, void* address) {
  auto to = static_cast<PyObject**>(address);
  if (!o) {
    Py_CLEAR(*to);
    return 1;
  }
  Ref<> path = fs_path(o);
  if (path && PyBytes_Check(path.get())) path = decode_fs(bytes_view(path.get()));
  if (!path) return 0;
  for (Py_ssize_t i = 0; i < str_length(path.get()); i++)
    if (char_at(path.get(), i) == 0) return raise(PyExc_ValueError, "embedded null character"), 0;
  *to = path.release();
  return Py_CLEANUP_SUPPORTED;
}

// -- codecs.h --

namespace {

Ref<> part(const char* encoding, Py_ssize_t index) {
  Ref<> codec = TRY(lookup_codec(encoding));
  return share(item(codec.get(), index));
}
Ref<> make_coder(PyObject* codec, PyObject* attribute, const char* errors) {
  Ref<> make = TRY(get_attr(codec, attribute));
  if (!errors) return call(make.get());
  Ref<> handler = TRY(new_str(errors));
  return call(make.get(), handler.get());
}
Ref<> make_stream(const char* encoding, Py_ssize_t index, PyObject* stream, const char* errors) {
  Ref<> make = TRY(part(encoding, index));
  if (!errors) return call(make.get(), stream);
  Ref<> handler = TRY(new_str(errors));
  return call(make.get(), stream, handler.get());
}
PyObject* handle(const char* name, PyObject* exception) {
  Ref<> handler = lookup_error_handler(name);
  return handler ? call(handler.get(), exception).release() : nullptr;
}

}  // namespace

CAPI int PyCodec_Register(PyObject* function) { return register_codec(function).to_c(); }
CAPI int PyCodec_Unregister(PyObject* function) { return unregister_codec(function).to_c(); }
CAPI PyObject* _PyCodec_Lookup(const char* encoding) { return lookup_codec(encoding).release(); }
CAPI int PyCodec_KnownEncoding(const char* encoding) {
  if (lookup_codec(encoding)) return 1;
  clear_error();
  return 0;
}
CAPI PyObject* PyCodec_Encode(PyObject* o, const char* encoding, const char* errors) {
  return encode_with_codec(o, encoding, errors).release();
}
CAPI PyObject* PyCodec_Decode(PyObject* o, const char* encoding, const char* errors) {
  return decode_with_codec(o, encoding, errors).release();
}
CAPI PyObject* PyCodec_Encoder(const char* encoding) { return part(encoding, 0).release(); }
CAPI PyObject* PyCodec_Decoder(const char* encoding) { return part(encoding, 1).release(); }
CAPI PyObject* _PyCodecInfo_GetIncrementalDecoder(PyObject* codec, const char* errors) {
  return make_coder(codec, "incrementaldecoder"_name, errors).release();
}
CAPI PyObject* _PyCodecInfo_GetIncrementalEncoder(PyObject* codec, const char* errors) {
  return make_coder(codec, "incrementalencoder"_name, errors).release();
}
CAPI PyObject* PyCodec_IncrementalEncoder(const char* encoding, const char* errors) {
  Ref<> codec = lookup_codec(encoding);
  return codec ? make_coder(codec.get(), "incrementalencoder"_name, errors).release() : nullptr;
}
CAPI PyObject* PyCodec_IncrementalDecoder(const char* encoding, const char* errors) {
  Ref<> codec = lookup_codec(encoding);
  return codec ? make_coder(codec.get(), "incrementaldecoder"_name, errors).release() : nullptr;
}
CAPI PyObject* PyCodec_StreamReader(const char* encoding, PyObject* stream, const char* errors) {
  return make_stream(encoding, 2, stream, errors).release();
}
CAPI PyObject* PyCodec_StreamWriter(const char* encoding, PyObject* stream, const char* errors) {
  return make_stream(encoding, 3, stream, errors).release();
}
CAPI int PyCodec_RegisterError(const char* name, PyObject* handler) {
  return register_error_handler(name, handler).to_c();
}
CAPI PyObject* PyCodec_LookupError(const char* name) {
  return lookup_error_handler(name).release();
}
CAPI PyObject* PyCodec_StrictErrors(PyObject* e) { return handle("strict", e); }
CAPI PyObject* PyCodec_IgnoreErrors(PyObject* e) { return handle("ignore", e); }
CAPI PyObject* PyCodec_ReplaceErrors(PyObject* e) { return handle("replace", e); }
CAPI PyObject* PyCodec_XMLCharRefReplaceErrors(PyObject* e) {
  return handle("xmlcharrefreplace", e);
}
CAPI PyObject* PyCodec_BackslashReplaceErrors(PyObject* e) { return handle("backslashreplace", e); }
CAPI PyObject* PyCodec_NameReplaceErrors(PyObject* e) { return handle("namereplace", e); }
CAPI const char* Py_hexdigits = "0123456789abcdef";
