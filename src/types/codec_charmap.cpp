// Codecs given by a table: what the 8-bit encodings of the standard library are made of.
#include "object/bytes.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/int.h"
#include "object/protocol.h"
#include "types/codec_errors.h"
#include "types/codecs.h"

namespace taipan {
namespace {

constexpr Py_UCS4 kUndefined = 0xFFFE;
constexpr const char* kReason = "character maps to <undefined>";

/// Adds what a mapping says about a byte. False inside: undefined.
Result<bool> add_mapped(StrBuilder& out, PyObject* mapping, unsigned char byte) {
  Ref<> key = TRY(new_int(byte));
  Ref<> value = get_item(mapping, key.get());
  if (!value) {
    if (clear_error_if(PyExc_LookupError)) return false;
    return Raised{};
  }
  if (value.get() == Py_None) return false;
  if (PyLong_Check(value.get())) {
    int64_t c = -1;
    if (int_to_int64(value.get(), &c) == 0 && c == kUndefined) return false;
    if (c < 0 || c > 0x10FFFF)
      return raise(PyExc_TypeError, "character mapping must be in range(0x{})", Hex{0x110000});
    if (!out.add(static_cast<Py_UCS4>(c))) return Raised{};
    return true;
  }
  if (!PyUnicode_Check(value.get()))
    return raise(PyExc_TypeError, "character mapping must return integer, None or str");
  if (str_length(value.get()) == 1 && char_at(value.get(), 0) == kUndefined) return false;
  if (!out.add(value.get())) return Raised{};
  return true;
}

}  // namespace

Ref<> decode_charmap(std::string_view data, PyObject* mapping, const char* errors) {
  if (!mapping || mapping == Py_None) return decode_latin1(data);
  DecodeErrors faults("charmap", errors, data);
  StrBuilder out;
  if (!out.reserve(static_cast<Py_ssize_t>(data.size()), 0xFF)) return {};
  bool table = PyUnicode_CheckExact(mapping);
  for (size_t at = 0; at < faults.data().size();) {
    auto byte = static_cast<unsigned char>(faults.data()[at]);
    bool defined;
    if (table) {
      Py_UCS4 c = byte < str_length(mapping) ? char_at(mapping, byte) : kUndefined;
      defined = c != kUndefined;
      if (defined && !out.add(c)) return {};
    } else {
      defined = TRY(add_mapped(out, mapping, byte));
    }
    if (defined)
      at++;
    else
      TRY(faults.handle(out, at, at + 1, kReason, &at));
  }
  return out.finish();
}

namespace {

/// Adds what the mapping says about a character. False inside: undefined.
Result<bool> add_encoded(BytesBuilder& out, PyObject* mapping, Py_UCS4 c) {
  Ref<> key = TRY(new_int(c));
  Ref<> value = get_item(mapping, key.get());
  if (!value) {
    if (clear_error_if(PyExc_LookupError)) return false;
    return Raised{};
  }
  if (value.get() == Py_None) return false;
  if (PyLong_Check(value.get())) {
    int64_t byte = -1;
    if (int_to_int64(value.get(), &byte) != 0 || byte < 0 || byte > 255)
      return raise(PyExc_TypeError, "character mapping must be in range(256)");
    if (!out.add(static_cast<char>(byte))) return Raised{};
    return true;
  }
  if (!PyBytes_Check(value.get()))
    return raise(PyExc_TypeError, "character mapping must return integer, bytes or None, not {}",
                 clip(type_name(value.get()), 400));
  if (!out.add(bytes_view(value.get()))) return Raised{};
  return true;
}

/// A handler's str goes through the mapping too, all of it.
Result<bool> add_encoded_text(BytesBuilder& out, PyObject* mapping, PyObject* text) {
  for (Py_ssize_t i = 0; i < str_length(text); i++)
    if (!TRY(add_encoded(out, mapping, char_at(text, i)))) return false;
  return true;
}

}  // namespace

Ref<> encode_charmap(PyObject* str, PyObject* mapping, const char* errors) {
  if (!mapping || mapping == Py_None) return encode_latin1(str, errors);
  EncodeErrors faults("charmap", errors, str);
  BytesBuilder out;
  Py_ssize_t n = str_length(str);
  if (!out.reserve(n)) return {};
  for (Py_ssize_t i = 0; i < n;) {
    if (TRY(add_encoded(out, mapping, char_at(str, i)))) {
      i++;
      continue;
    }
    // All undefined characters that follow belong to the same error.
    Py_ssize_t start = i, end = i + 1;
    for (; end < n; end++) {
      BytesBuilder probe;
      if (TRY(add_encoded(probe, mapping, char_at(str, end)))) break;
    }
    if (faults.mode() == ErrorMode::replace) {
      for (; i < end; i++)
        if (!TRY(add_encoded(out, mapping, '?'))) return faults.fail(start, end, kReason);
      continue;
    }
    Ref<> text = TRY(faults.handle(start, end, kReason, &i));
    if (PyBytes_Check(text.get())) {
      if (!out.add(bytes_view(text.get()))) return {};
    } else if (!TRY(add_encoded_text(out, mapping, text.get()))) {
      return faults.fail(start, end, kReason);
    }
  }
  return out.finish();
}

Ref<> build_charmap(PyObject* table) {
  if (str_length(table) == 0) return raise_internal("the decoding table is empty");
  Ref<Dict> map = TRY(new_dict());
  Py_ssize_t n = str_length(table) < 256 ? str_length(table) : 256;
  for (Py_ssize_t i = 0; i < n; i++) {
    Py_UCS4 c = char_at(table, i);
    if (c == kUndefined) continue;
    Ref<> key = TRY(new_int(c)), value = TRY(new_int(i));
    TRY(dict_set(object(map.get()), key.get(), value.get()));
  }
  return map;
}

}  // namespace taipan
