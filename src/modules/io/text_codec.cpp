// TextIOWrapper between text and bytes: choosing the codec, decoding piece by piece, line breaks.
#include "modules/io/text_wrapper.h"
#include "types/codecs.h"

namespace taipan::io {
namespace {

Encoding direct_encoding(std::string_view name) {
  char plain[24];
  size_t n = 0;
  for (char c : name) {
    if (c == '-' || c == '_' || c == ' ') continue;
    if (n == sizeof plain) return Encoding::other;
    plain[n++] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  std::string_view p(plain, n);
  if (p == "utf8") return Encoding::utf8;
  if (p == "ascii" || p == "usascii") return Encoding::ascii;
  if (p == "latin1" || p == "iso88591" || p == "latin") return Encoding::latin1;
  return Encoding::other;
}

Ref<> decode_directly(TextWrapper& t, std::string_view data, bool final) {
  const char* errors = TRY(to_utf8(t.errors)).data();
  if (t.kind == Encoding::latin1) return decode_latin1(data);
  if (t.kind == Encoding::ascii) return decode_ascii(data, errors);
  Ref<> joined;
  if (t.carry && Py_SIZE(t.carry)) {
    BytesBuilder both;
    if (!both.add(bytes_view(t.carry)) || !both.add(data)) return Raised{};
    joined = TRY(both.finish());
    data = bytes_view(joined.get());
  }
  Py_ssize_t consumed = static_cast<Py_ssize_t>(data.size());
  Ref<> text = TRY(decode_utf8_text(data, errors, final ? nullptr : &consumed));
  Ref<> rest = TRY(new_bytes(data.substr(static_cast<size_t>(consumed))));
  replace_field(t.carry, std::move(rest));
  return text;
}

}  // namespace

Ref<> decode_input(TextWrapper& t, PyObject* input, bool final) {
  Ref<> result;
  if (t.kind == Encoding::other) {
    result = TRY(call_method(t.decoder, "decode"_name, input, final ? Py_True : Py_False));
    if (!PyUnicode_Check(result.get()))
      return raise(PyExc_TypeError, "decoder should return a string result, not '{}'", clip(type_name(result.get()), 200));
  } else if (PyBytes_Check(input)) {
    result = TRY(decode_directly(t, bytes_view(input), final));
  } else {
    BufferView view;
    if (!view.acquire_readable(input)) {  // the library's UTF-8 decoder joins it to what it holds back
      if (t.kind != Encoding::utf8 || !clear_error_if(PyExc_TypeError)) return Raised{};
      return raise(PyExc_TypeError, "can't concat {} to bytes", type_name(input));
    }
    result = TRY(decode_directly(t, {view.data(), static_cast<size_t>(view.size())}, final));
  }
  return t.newline_decoder ? newline_decode(t.newline_decoder, result.get(), final) : std::move(result);
}

Ref<> encode_output(TextWrapper& t, PyObject* str) {
  const char* errors = TRY(to_utf8(t.errors)).data();
  Ref<> bytes;
  switch (t.kind) {
    case Encoding::utf8: bytes = encode_utf8_text(str, errors); break;
    case Encoding::ascii: bytes = encode_ascii(str, errors); break;
    case Encoding::latin1: bytes = encode_latin1(str, errors); break;
    case Encoding::other:
      if (!t.encoder) return raise_unsupported("not writable");
      bytes = call_method(t.encoder, "encode"_name, str);
      if (bytes && !PyBytes_Check(bytes.get()))
        return raise(PyExc_TypeError, "encoder should return a bytes object, not '{}'", clip(type_name(bytes.get()), 200));
  }
  return bytes;
}

void drop_decoded(TextWrapper& t) {
  clear_field(t.decoded);
  clear_field(t.chunk);
  t.used = 0;
}
Status reset_decoder(TextWrapper& t) {
  clear_field(t.carry);
  if (t.newline_decoder) Ref<> done = TRY(call_method(t.newline_decoder, "reset"_name));
  if (t.decoder) Ref<> done = TRY(call_method(t.decoder, "reset"_name));
  return {};
}

Status set_newline(TextWrapper& t, PyObject* newline) {
  bool absent = newline == Py_None;
  if (!absent && !PyUnicode_Check(newline)) return raise(PyExc_TypeError, "newline must be str or None, not {}", type_name(newline));
  if (!absent && str_length(newline) && !str_equal(newline, "\n") && !str_equal(newline, "\r") && !str_equal(newline, "\r\n"))
    return raise(PyExc_ValueError, "illegal newline value: {}", as_str(newline));
  replace_field(t.newline, absent ? Ref<>() : share(newline));
  bool universal = absent || str_length(newline) == 0;
  t.line_end = {.translated = absent, .universal = universal && !absent, .terminator = universal ? nullptr : t.newline};
  t.translate_write = !absent && str_length(newline) > 0 && char_at(newline, 0) == '\r';
  clear_field(t.newline_decoder);
  if (t.readable && universal) t.newline_decoder = TRY(new_newline_decoder(Py_None, absent)).release();
  return {};
}

Status set_codec(TextWrapper& t, PyObject* encoding, PyObject* errors) {
  auto name = TRY(to_utf8(encoding));
  t.kind = direct_encoding(name);
  clear_field(t.codec);
  clear_field(t.encoder);
  clear_field(t.decoder);
  if (t.kind == Encoding::other) {
    Ref<> codec = TRY(lookup_codec(name.data()));
    Ref<> is_text = TRY(find_attr(codec.get(), "_is_text_encoding"_name));
    if (is_text && !TRY(is_true(is_text.get())))
      return raise(PyExc_LookupError, "'{}' is not a text encoding; use codecs.open() to handle arbitrary codecs", name);
    if (t.readable) {
      Ref<> make = TRY(get_attr(codec.get(), "incrementaldecoder"_name));
      t.decoder = TRY(call(make.get(), errors)).release();
    }
    if (t.writable) {
      Ref<> make = TRY(get_attr(codec.get(), "incrementalencoder"_name));
      t.encoder = TRY(call(make.get(), errors)).release();
    }
    t.codec = codec.release();
  }
  replace_field(t.encoding, share(encoding));
  replace_field(t.errors, share(errors));
  return {};
}

}  // namespace taipan::io
