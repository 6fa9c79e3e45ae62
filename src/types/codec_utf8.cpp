// UTF-8, Latin-1 and ASCII.
#include "base/search.h"
#include "base/utf8.h"
#include "object/bytes.h"
#include "object/error.h"
#include "object/str_internal.h"
#include "types/codec_errors.h"
#include "types/codecs.h"

namespace taipan {
namespace {

bool add_good_utf8(StrBuilder& out, std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    size_t run = ascii_prefix(text.data() + at, text.size() - at);
    if (run) {
      if (!out.add(text.substr(at, run))) return false;
      at += run;
    } else if (!out.add(next_code_point(text, at))) {
      return false;
    }
  }
  return true;
}

/// What an encoder does with a handler's replacement: bytes as they are, characters below `limit`.
/// False inside: a character does not fit.
Result<bool> add_replacement(BytesBuilder& out, PyObject* text, Py_UCS4 limit) {
  if (PyBytes_Check(text)) {
    if (!out.add(bytes_view(text))) return Raised{};
    return true;
  }
  if (max_char_bound(text) >= limit && str_length(text))
    for (Py_ssize_t i = 0; i < str_length(text); i++)
      if (char_at(text, i) >= limit) return false;
  if (!out.add(narrow_text(text))) return Raised{};
  return true;
}

}  // namespace

Ref<> decode_utf8_text(std::string_view data, const char* errors, Py_ssize_t* consumed) {
  Utf8Scan scan = scan_utf8(data);
  bool incomplete = consumed && scan.fault == Utf8Fault::truncated;
  if (consumed) *consumed = static_cast<Py_ssize_t>(scan.bytes);
  if (scan.fault == Utf8Fault::none || incomplete) return new_str_of_good_utf8(data.substr(0, scan.bytes), scan);
  DecodeErrors faults("utf-8", errors, data);
  StrBuilder out;
  size_t at = 0;
  while (true) {
    std::string_view rest = faults.data().substr(at);
    scan = scan_utf8(rest);
    if (!add_good_utf8(out, rest.substr(0, scan.bytes))) return {};
    if (scan.fault == Utf8Fault::none || (consumed && scan.fault == Utf8Fault::truncated)) {
      if (consumed) *consumed = static_cast<Py_ssize_t>(at + scan.bytes);
      return out.finish();
    }
    TRY(faults.handle(out, at + scan.bytes, at + scan.fault_end, utf8_fault_reason(scan.fault),
                      &at));
  }
}

Ref<> encode_utf8_text(PyObject* str, const char* errors) {
  if (is_ascii(str)) return new_bytes(narrow_text(str));
  size_t surrogate = kNoSurrogate;
  size_t size =
      with_units(str, [&](auto units, size_t n) { return utf8_size(units, n, &surrogate); });
  if (surrogate == kNoSurrogate) {
    Ref<> bytes = TRY(allocate_bytes(static_cast<Py_ssize_t>(size)));
    with_units(
        str, [&](auto units, size_t n) { return encode_utf8(units, n, bytes_data(bytes.get())); });
    return bytes;
  }
  constexpr const char* kReason = "surrogates not allowed";
  EncodeErrors faults("utf-8", errors, str);
  BytesBuilder out;
  Py_ssize_t n = str_length(str);
  for (Py_ssize_t i = 0; i < n;) {
    Py_UCS4 c = char_at(str, i);
    if (!is_surrogate(c)) {
      if (!out.reserve(4)) return {};
      out.advance(encode_code_point(c, out.end()) - out.end());
      i++;
      continue;
    }
    Py_ssize_t end = i + 1;
    while (end < n && is_surrogate(char_at(str, end))) end++;
    if (faults.mode() == ErrorMode::replace) {
      if (!out.fill('?', end - i)) return {};
      i = end;
      continue;
    }
    if (faults.mode() == ErrorMode::surrogateescape) {
      // What is escaped becomes its byte; the first that is not makes the error.
      while (i < end && char_at(str, i) >= 0xDC80 && char_at(str, i) <= 0xDCFF) {
        if (!out.add(static_cast<char>(char_at(str, i) - 0xDC00))) return {};
        i++;
      }
      if (i == end) continue;
    }
    Py_ssize_t start = i;
    Ref<> text = TRY(faults.handle(start, end, kReason, &i));
    if (!TRY(add_replacement(out, text.get(), 0x80))) return faults.fail(start, end, kReason);
  }
  return out.finish();
}

Ref<> decode_latin1(std::string_view data) { return new_str_latin1(data); }

Ref<> decode_ascii(std::string_view data, const char* errors) {
  size_t good = ascii_prefix(data.data(), data.size());
  if (good == data.size()) return new_str_latin1(data);
  DecodeErrors faults("ascii", errors, data);
  StrBuilder out;
  for (size_t at = 0;;) {
    std::string_view rest = faults.data().substr(at);
    good = ascii_prefix(rest.data(), rest.size());
    if (!out.add(rest.substr(0, good))) return {};
    at += good;
    if (good == rest.size()) return out.finish();
    TRY(faults.handle(out, at, at + 1, "ordinal not in range(128)", &at));
  }
}

namespace {

Ref<> encode_narrow(PyObject* str, const char* errors, Py_UCS4 limit) {
  if (max_char_bound(str) < limit) return new_bytes(narrow_text(str));
  const char* reason = limit == 256 ? "ordinal not in range(256)" : "ordinal not in range(128)";
  EncodeErrors faults(limit == 256 ? "latin-1" : "ascii", errors, str);
  BytesBuilder out;
  Py_ssize_t n = str_length(str);
  if (!out.reserve(n)) return {};
  for (Py_ssize_t i = 0; i < n;) {
    if (char_at(str, i) < limit) {
      if (!out.add(static_cast<char>(char_at(str, i++)))) return {};
      continue;
    }
    Py_ssize_t end = i + 1;
    while (end < n && char_at(str, end) >= limit) end++;
    if (faults.mode() == ErrorMode::replace) {
      if (!out.fill('?', end - i)) return {};
      i = end;
      continue;
    }
    if (faults.mode() == ErrorMode::surrogateescape) {
      while (i < end && char_at(str, i) >= 0xDC80 && char_at(str, i) <= 0xDCFF) {
        if (!out.add(static_cast<char>(char_at(str, i) - 0xDC00))) return {};
        i++;
      }
      if (i == end) continue;
    }
    Py_ssize_t start = i;
    Ref<> text = TRY(faults.handle(start, end, reason, &i));
    if (!TRY(add_replacement(out, text.get(), limit))) return faults.fail(start, end, reason);
  }
  return out.finish();
}

}  // namespace

Ref<> encode_latin1(PyObject* str, const char* errors) { return encode_narrow(str, errors, 256); }
Ref<> encode_ascii(PyObject* str, const char* errors) { return encode_narrow(str, errors, 128); }

}  // namespace taipan
