#pragma once
// Encodings: the codecs that are written here, the registry of all others, and error handlers.
// `errors` is a handler's name or null ("strict"). Decoders give a str, encoders a bytes object.
#include <string_view>

#include "object/object.h"

namespace taipan {

/// A codec's or handler's name as an argument of encode() and decode(): null for the defaults
/// 'utf-8' and 'strict', whose text (a piece of the signature) no zero ends.
inline const char* codec_argument(std::string_view name) {
  return name == "utf-8" || name == "strict" ? nullptr : name.data();
}

// -- by name (codec_registry.cpp) --
/// bytes.decode and str.encode: the known encodings directly, others through the registry. encoding
/// null: utf-8.
Ref<> decode_text(std::string_view data, const char* encoding, const char* errors);
Ref<> encode_text(PyObject* str, const char* encoding, const char* errors);
/// Decodes any object with a buffer, with the messages of str(object, encoding).
Ref<> decode_object(PyObject* o, const char* encoding, const char* errors);

/// codecs.register, unregister, lookup; the results are what the module functions return.
Status register_codec(PyObject* search_function);
Status unregister_codec(PyObject* search_function);
Ref<> lookup_codec(const char* encoding);
/// codecs.encode / decode: any object to any object.
Ref<> encode_with_codec(PyObject* o, const char* encoding, const char* errors);
Ref<> decode_with_codec(PyObject* o, const char* encoding, const char* errors);
/// lower case, runs of other characters than letters, digits and '.' become one '_'.
Ref<> normalize_encoding(std::string_view name);

// -- error handlers (codec_errors.cpp) --
Status register_error_handler(const char* name, PyObject* handler);
Ref<> lookup_error_handler(const char* name);  ///< null: strict. Unknown: LookupError

// -- the codecs. `consumed` not null: stop before an incomplete end and say where. --
Ref<> decode_utf8_text(std::string_view data, const char* errors, Py_ssize_t* consumed = nullptr);
Ref<> encode_utf8_text(PyObject* str, const char* errors);
/// byte_order: -1 little, 1 big, 0 by a BOM (decoding; replaced by what was found) or native with a
/// BOM (encoding).
Ref<> decode_utf16(std::string_view data, const char* errors, int* byte_order,
                   Py_ssize_t* consumed = nullptr);
Ref<> encode_utf16(PyObject* str, const char* errors, int byte_order);
Ref<> decode_utf32(std::string_view data, const char* errors, int* byte_order,
                   Py_ssize_t* consumed = nullptr);
Ref<> encode_utf32(PyObject* str, const char* errors, int byte_order);
Ref<> decode_utf7(std::string_view data, const char* errors, Py_ssize_t* consumed = nullptr);
Ref<> encode_utf7(PyObject* str, const char* errors);
Ref<> decode_latin1(std::string_view data);
Ref<> encode_latin1(PyObject* str, const char* errors);
Ref<> decode_ascii(std::string_view data, const char* errors);
Ref<> encode_ascii(PyObject* str, const char* errors);
/// mapping null: Latin-1; a str, a dict or any mapping.
Ref<> decode_charmap(std::string_view data, PyObject* mapping, const char* errors);
Ref<> encode_charmap(PyObject* str, PyObject* mapping, const char* errors);
Ref<> build_charmap(PyObject* decoding_table);
/// `first_invalid`: receives the offset behind the first unknown escape's backslash, -1 if none,
/// and no warning is given.
Ref<> decode_unicode_escape(std::string_view data, const char* errors,
                            Py_ssize_t* consumed = nullptr, Py_ssize_t* first_invalid = nullptr);
Ref<> encode_unicode_escape(PyObject* str);
Ref<> decode_raw_unicode_escape(std::string_view data, const char* errors,
                                Py_ssize_t* consumed = nullptr);
Ref<> encode_raw_unicode_escape(PyObject* str);
/// Backslash escapes of bytes literals (codecs.escape_decode / escape_encode).
Ref<> decode_bytes_escape(std::string_view data, const char* errors,
                          Py_ssize_t* first_invalid = nullptr);
Ref<> encode_bytes_escape(std::string_view data);

// -- file system and locale texts: UTF-8 (ASCII in the C locale without UTF-8 mode) with surrogateescape --
extern bool fs_is_ascii;
Ref<> decode_fs(std::string_view path);
Ref<> encode_fs(PyObject* str);

}  // namespace taipan
