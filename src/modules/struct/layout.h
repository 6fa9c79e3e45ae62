#pragma once
// A struct format, compiled: where each value lies and what it is. And one value's way in and out of bytes.
#include <string_view>

#include "base/vector.h"
#include "object/object.h"

namespace taipan::structs {

extern PyObject* error;  // struct.error

enum class Kind : uint8_t { pad, character, boolean, signed_integer, unsigned_integer, pointer, real, bytes, pascal };

/// A run of `count` values of one kind; bytes and pascal: one value of `count` bytes.
struct Field {
  Kind kind;
  char code;
  uint8_t size;         // of one value
  bool big_endian;
  bool native;          // C's rules: a float that is too large becomes infinite
  Py_ssize_t offset;
  Py_ssize_t count;
};

struct Layout {
  Vector<Field> fields;
  Py_ssize_t size = 0;    // bytes
  Py_ssize_t values = 0;  // Python objects
};

Status compile(std::string_view format, Layout* out);
Status pack_value(const Field& f, char* to, PyObject* value);
Ref<> unpack_value(const Field& f, const char* from);

}  // namespace taipan::structs
