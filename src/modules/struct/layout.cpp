// Compiling struct formats, packing and unpacking single values.
#include "modules/struct/layout.h"

#include <cmath>
#include <cstring>

#include "base/half_float.h"
#include "object/bytes.h"
#include "object/error.h"
#include "object/int.h"
#include "object/int_arithmetic.h"
#include "object/protocol.h"

namespace taipan::structs {

PyObject* error;

namespace {

// -- formats --

struct CodeRow {
  char code;
  Kind kind;
  uint8_t native_size, standard_size;  // 0: there is none
};
constexpr CodeRow kCodes[] = {
    {'x', Kind::pad, 1, 1},
    {'c', Kind::character, 1, 1},
    {'?', Kind::boolean, 1, 1},
    {'b', Kind::signed_integer, 1, 1},
    {'B', Kind::unsigned_integer, 1, 1},
    {'h', Kind::signed_integer, 2, 2},
    {'H', Kind::unsigned_integer, 2, 2},
    {'i', Kind::signed_integer, 4, 4},
    {'I', Kind::unsigned_integer, 4, 4},
    {'l', Kind::signed_integer, 8, 4},
    {'L', Kind::unsigned_integer, 8, 4},
    {'q', Kind::signed_integer, 8, 8},
    {'Q', Kind::unsigned_integer, 8, 8},
    {'n', Kind::signed_integer, 8, 0},
    {'N', Kind::unsigned_integer, 8, 0},
    {'P', Kind::pointer, 8, 0},
    {'e', Kind::real, 2, 2},
    {'f', Kind::real, 4, 4},
    {'d', Kind::real, 8, 8},
    {'s', Kind::bytes, 1, 1},
    {'p', Kind::pascal, 1, 1},
};

const CodeRow* find_code(char c, bool native) {
  for (const CodeRow& row : kCodes)
    if (row.code == c) return native || row.standard_size ? &row : nullptr;
  return nullptr;
}

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

}  // namespace

Status compile(std::string_view format, Layout* out) {
  auto too_long = [] { return raise(error, "total struct size too long"); };
  if (format.find('\0') != format.npos) return raise(error, "embedded null character");
  bool native = true, big_endian = false;
  size_t i = 0;
  if (!format.empty()) {
    switch (format[0]) {
      case '@': i = 1; break;
      case '=': case '<': native = false; i = 1; break;
      case '>': case '!': native = false; big_endian = true; i = 1; break;
      default: break;
    }
  }
  while (i < format.size()) {
    char c = format[i++];
    if (is_blank(c)) continue;
    Py_ssize_t count = 1;
    if (c >= '0' && c <= '9') {
      for (count = c - '0'; i < format.size() && format[i] >= '0' && format[i] <= '9'; i++) {
        if (__builtin_mul_overflow(count, Py_ssize_t{10}, &count) ||
            __builtin_add_overflow(count, Py_ssize_t{format[i] - '0'}, &count))
          return too_long();
      }
      if (i == format.size()) return raise(error, "repeat count given without format specifier");
      c = format[i++];
    }
    const CodeRow* row = find_code(c, native);
    if (!row) return raise(error, "bad char in struct format");
    Py_ssize_t size = native ? row->native_size : row->standard_size;
    if (native) {
      Py_ssize_t gap = (size - out->size % size) % size;
      if (__builtin_add_overflow(out->size, gap, &out->size)) return too_long();
    }
    Py_ssize_t bytes, end;
    if (__builtin_mul_overflow(size, count, &bytes) || __builtin_add_overflow(out->size, bytes, &end)) return too_long();
    bool one_value = row->kind == Kind::bytes || row->kind == Kind::pascal;
    if (row->kind != Kind::pad && (count || one_value)) {
      Field field{row->kind, row->code, static_cast<uint8_t>(size), big_endian, native, out->size, count};
      if (!out->fields.append(field)) return raise_no_memory();
      if (__builtin_add_overflow(out->values, one_value ? 1 : count, &out->values)) return too_long();
    }
    out->size = end;
  }
  return {};
}

// -- bytes in either order --

namespace {

void store(const Field& f, char* to, uint64_t bits) {
  for (int i = 0; i < f.size; i++) {
    to[f.big_endian ? f.size - 1 - i : i] = static_cast<char>(bits);
    bits >>= 8;
  }
}
uint64_t load(const Field& f, const char* from) {
  uint64_t bits = 0;
  for (int i = f.size; i-- > 0;) bits = bits << 8 | static_cast<uint8_t>(from[f.big_endian ? f.size - 1 - i : i]);
  return bits;
}

// -- ints --

const char* short_type_name(char code) {
  switch (code) {
    case 'b': return "byte";
    case 'B': return "ubyte";
    case 'h': return "short";
    case 'H': return "ushort";
    default: return nullptr;
  }
}

/// Beyond C's largest type.
Raised raise_too_large(const Field& f) {
  if (f.kind == Kind::pointer || (f.big_endian && f.size == 8)) return raise(error, "int too large to convert");
  return raise(error, "argument out of range");
}
Raised raise_outside(const Field& f) {
  bool is_signed = f.kind == Kind::signed_integer;
  uint64_t high = is_signed ? (uint64_t{1} << (8 * f.size - 1)) - 1 : (uint64_t{1} << (8 * f.size)) - 1;
  int64_t low = is_signed ? -static_cast<int64_t>(high) - 1 : 0;
  // Big-endian values of two bytes have the general wording, as values of four.
  if (const char* name = f.big_endian && f.size == 2 ? nullptr : short_type_name(f.code)) return raise(error, "{} format requires {} <= number <= {}", name, low, high);
  return raise(error, "'{}' format requires {} <= number <= {}", f.code, low, high);
}

Ref<> required_int(PyObject* o) {
  if (PyLong_Check(o)) return share(o);
  if (!is_index(o)) return raise(error, "required argument is not an integer");
  return index(o);
}

Status pack_integer(const Field& f, char* to, PyObject* o) {
  Ref<> n = TRY(required_int(o));
  if (f.kind == Kind::signed_integer || f.size == 1 || (f.size == 2 && !f.big_endian)) {
    int64_t value;
    if (int_to_int64(n.get(), &value)) return raise_too_large(f);
    if (f.size < 8) {
      bool is_signed = f.kind == Kind::signed_integer;
      int64_t half = int64_t{1} << (8 * f.size - 1);
      if (is_signed ? value < -half || value >= half : value < 0 || value >= 2 * half) return raise_outside(f);
    }
    store(f, to, static_cast<uint64_t>(value));
    return {};
  }
  uint64_t value;
  if (f.kind == Kind::pointer && int_sign(n.get()) < 0) {
    int64_t as_signed;
    if (int_to_int64(n.get(), &as_signed)) return raise_too_large(f);
    value = static_cast<uint64_t>(as_signed);
  } else if (int_to_uint64(n.get(), &value)) {
    return raise_too_large(f);
  }
  if (f.size < 8 && value >> (8 * f.size)) return raise_outside(f);
  store(f, to, value);
  return {};
}

// -- floats --

Status pack_real(const Field& f, char* to, PyObject* o) {
  Result<double> given = to_double(o);
  if (!given) {
    clear_error();
    return raise(error, "required argument is not a float");
  }
  double value = *given;
  if (f.size == 8) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    store(f, to, bits);
  } else if (f.size == 4) {
    auto narrow = static_cast<float>(value);
    if (std::isinf(narrow) && !std::isinf(value) && !f.native)
      return raise(PyExc_OverflowError, "float too large to pack with f format");
    uint32_t bits;
    memcpy(&bits, &narrow, sizeof bits);
    store(f, to, bits);
  } else {
    uint16_t bits;
    if (!to_half(value, &bits)) return raise(PyExc_OverflowError, "float too large to pack with e format");
    store(f, to, bits);
  }
  return {};
}

double load_real(const Field& f, const char* from) {
  uint64_t bits = load(f, from);
  if (f.size == 2) return from_half(static_cast<uint16_t>(bits));
  if (f.size == 4) {
    auto low = static_cast<uint32_t>(bits);
    float value;
    memcpy(&value, &low, sizeof value);
    return value;
  }
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

Status pack_text(const Field& f, char* to, PyObject* o) {
  std::string_view text;
  if (PyBytes_Check(o)) text = bytes_view(o);
  else if (PyByteArray_Check(o)) text = {reinterpret_cast<ByteArray*>(o)->ob_start, static_cast<size_t>(Py_SIZE(o))};
  else return raise(error, "argument for '{}' must be a bytes object", f.code);
  auto room = static_cast<size_t>(f.count);
  if (room == 0) return {};
  if (f.kind == Kind::bytes) {
    memcpy(to, text.data(), text.size() < room ? text.size() : room);
    return {};
  }
  // Pascal's: the length in the first byte.
  size_t n = text.size() < room - 1 ? text.size() : room - 1;
  memcpy(to + 1, text.data(), n);
  *to = static_cast<char>(n < 255 ? n : 255);
  return {};
}

}  // namespace

Status pack_value(const Field& f, char* to, PyObject* value) {
  switch (f.kind) {
    case Kind::pad: return {};
    case Kind::character:
      if (!PyBytes_Check(value) || Py_SIZE(value) != 1) return raise(error, "char format requires a bytes object of length 1");
      *to = bytes_data(value)[0];
      return {};
    case Kind::boolean: *to = TRY(is_true(value)); return {};
    case Kind::real: return pack_real(f, to, value);
    case Kind::bytes:
    case Kind::pascal: return pack_text(f, to, value);
    default: return pack_integer(f, to, value);
  }
}

Ref<> unpack_value(const Field& f, const char* from) {
  switch (f.kind) {
    case Kind::pad: return none();
    case Kind::character: return new_bytes({from, 1});
    case Kind::boolean: return boolean(*from != 0);
    case Kind::real: return new_float(load_real(f, from));
    case Kind::bytes: return new_bytes({from, static_cast<size_t>(f.count)});
    case Kind::pascal: {
      if (f.count == 0) return raise(PyExc_SystemError, "Negative size passed to PyBytes_FromStringAndSize");
      auto n = static_cast<size_t>(static_cast<uint8_t>(*from)), most = static_cast<size_t>(f.count - 1);
      return new_bytes({from + 1, n < most ? n : most});
    }
    case Kind::signed_integer: {
      int unused = 64 - 8 * f.size;
      return new_int(static_cast<int64_t>(load(f, from) << unused) >> unused);
    }
    default: return new_int_unsigned(load(f, from));
  }
}

}  // namespace taipan::structs
