// The module binascii: hexadecimal, checksums, and the errors.
#include "modules/binascii/binascii.h"

#include <zlib.h>

#include "modules/modules.h"
#include "object/bytes.h"
#include "object/int.h"
#include "object/int_arithmetic.h"
#include "object/protocol.h"
#include "object/str.h"

namespace taipan::binascii {

PyObject* error;

Status AsciiInput::acquire(PyObject* o) {
  if (PyUnicode_Check(o)) {
    if (!is_ascii(o)) return raise(PyExc_ValueError, "string argument should contain only ASCII characters");
    text_ = {static_cast<char*>(PyUnicode_DATA(o)), static_cast<size_t>(str_length(o))};
    return {};
  }
  if (!has_buffer(o) || !view_.acquire(o)) {
    clear_error();
    return raise(PyExc_TypeError, "argument should be bytes, buffer or ASCII string, not '{}'", clip(type_name(o), 100));
  }
  text_ = view_.bytes();
  return {};
}

namespace {

PyObject* incomplete;

// -- hexadecimal --

constexpr char kHex[] = "0123456789abcdef";

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// The character between groups: a str or bytes of one character below 256. -1 inside: none given.
Result<int> separator_of(PyObject* o) {
  if (!o) return -1;
  Py_ssize_t n = TRY(length(o));
  if (n != 1) return raise(PyExc_ValueError, "sep must be length 1.");
  if (PyUnicode_Check(o)) {
    if (char_at(o, 0) > 255) return raise(PyExc_ValueError, "sep must be ASCII.");
    return static_cast<int>(char_at(o, 0));
  }
  if (!PyBytes_Check(o)) return raise(PyExc_TypeError, "sep must be str or bytes.");
  return static_cast<int>(static_cast<uint8_t>(bytes_data(o)[0]));
}

Ref<> hexlify(PyObject*, PyObject* data, PyObject* sep, int group) {
  BufferView view;
  TRY(view.acquire(data));
  int separator = TRY(separator_of(sep));
  std::string_view in = view.bytes();
  auto n = static_cast<Py_ssize_t>(in.size());
  // A positive group size counts from the right.
  Py_ssize_t size = group < 0 ? -static_cast<Py_ssize_t>(group) : group;
  bool grouped = separator >= 0 && size > 0 && n > 0;
  Py_ssize_t separators = grouped ? (n - 1) / size : 0;
  if (n > (PY_SSIZE_T_MAX - separators) / 2) return raise_no_memory();
  Ref<> bytes = TRY(allocate_bytes(2 * n + separators));
  char* to = bytes_data(bytes.get());
  for (Py_ssize_t i = 0; i < n; i++) {
    if (grouped && i && (group > 0 ? (n - i) % size : i % size) == 0) *to++ = static_cast<char>(separator);
    auto byte = static_cast<uint8_t>(in[static_cast<size_t>(i)]);
    *to++ = kHex[byte >> 4];
    *to++ = kHex[byte & 15];
  }
  return bytes;
}
constexpr char b2a_hex_doc[] =
    "b2a_hex($module, /, data, sep=<unrepresentable>, bytes_per_sep=1)\n--\n\n"
    "Hexadecimal representation of binary data, as bytes.\n\n"
    "  sep\n    One ASCII character to stand between groups of bytes.\n"
    "  bytes_per_sep\n    How many bytes make a group: counted from the right, negative from the left.";
constexpr char hexlify_doc[] =
    "hexlify($module, /, data, sep=<unrepresentable>, bytes_per_sep=1)\n--\n\n"
    "Hexadecimal representation of binary data, as bytes; the same as b2a_hex().\n\n"
    "  sep\n    One ASCII character to stand between groups of bytes.\n"
    "  bytes_per_sep\n    How many bytes make a group: counted from the right, negative from the left.";

Ref<> unhexlify(PyObject*, PyObject* text) {
  AsciiInput input;
  TRY(input.acquire(text));
  std::string_view in = input.bytes();
  if (in.size() % 2) return raise(error, "Odd-length string");
  Ref<> bytes = TRY(allocate_bytes(static_cast<Py_ssize_t>(in.size() / 2)));
  for (size_t i = 0; i < in.size(); i += 2) {
    int high = hex_value(in[i]), low = hex_value(in[i + 1]);
    if (high < 0 || low < 0) return raise(error, "Non-hexadecimal digit found");
    bytes_data(bytes.get())[i / 2] = static_cast<char>(high << 4 | low);
  }
  return bytes;
}
constexpr char a2b_hex_doc[] =
    "a2b_hex($module, hexstr, /)\n--\n\nBinary data of hexadecimal representation.\n\nThe text must have an even number of digits, of either case.";
constexpr char unhexlify_doc[] =
    "unhexlify($module, hexstr, /)\n--\n\nBinary data of hexadecimal representation.\n\nThe text must have an even number of digits, of either case.";

// -- checksums --

/// The low 32 bits of an int, as C casts it.
Result<uint32_t> low_bits(PyObject* o) {
  if (!o) return uint32_t{0};
  Ref<> n = TRY(index(o));
  return static_cast<uint32_t>(int_to_uint64_mask(n.get()));
}

constexpr char crc32_doc[] = "crc32($module, data, crc=0, /)\n--\n\nCompute CRC-32 incrementally.";
Ref<> crc32(PyObject*, PyObject* data, PyObject* start) {
  BufferView view;
  TRY(view.acquire(data));
  uLong crc = TRY(low_bits(start));
  return new_int_unsigned(crc32_z(crc, reinterpret_cast<const Bytef*>(view.data()), static_cast<size_t>(view.size())));
}

/// One byte at a time through the CCITT polynomial, highest bit first.
constexpr std::array<uint16_t, 256> kCcitt = [] {
  std::array<uint16_t, 256> t{};
  for (unsigned i = 0; i < 256; i++) {
    unsigned crc = i << 8;
    for (int bit = 0; bit < 8; bit++) crc = crc << 1 ^ (crc & 0x8000 ? 0x1021 : 0);
    t[i] = static_cast<uint16_t>(crc);
  }
  return t;
}();

constexpr char crc_hqx_doc[] = "crc_hqx($module, data, crc, /)\n--\n\nCompute CRC-CCITT incrementally.";
Ref<> crc_hqx(PyObject*, PyObject* data, PyObject* start) {
  BufferView view;
  TRY(view.acquire(data));
  uint32_t crc = TRY(low_bits(start)) & 0xFFFF;
  for (char c : view.bytes()) crc = (crc << 8 & 0xFF00) ^ kCcitt[crc >> 8 ^ static_cast<uint8_t>(c)];
  return new_int(crc);
}

constinit PyMethodDef rows[] = {
    method<b2a_hex_doc, hexlify>,
    method<a2b_hex_doc, unhexlify>,
    method<hexlify_doc, hexlify>,
    method<unhexlify_doc, unhexlify>,
    method<crc_hqx_doc, crc_hqx>,
    method<crc32_doc, crc32>,
    {},
};

Status fill(PyObject* module) {
  TRY(add_functions(module, base64_rows));
  TRY(add_functions(module, quoted_printable_rows));
  if (!error) error = TRY(new_exception_class("binascii", "Error", PyExc_ValueError)).release();
  if (!incomplete) incomplete = TRY(new_exception_class("binascii", "Incomplete")).release();
  TRY(add_to_module(module, "Error", error));
  return add_to_module(module, "Incomplete", incomplete);
}

constexpr char binascii_doc[] = "Conversion between binary data and ASCII";

}  // namespace
}  // namespace taipan::binascii

PyObject* init_binascii() {
  namespace module = taipan::binascii;
  return taipan::define_module<"binascii", module::binascii_doc, module::fill, module::rows>();
}
