// translate and maketrans.
#include "object/dict.h"
#include "object/error.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/tuple.h"
#include "types/str_methods.h"

namespace taipan {
namespace {

/// What the table says about `c`: `*found` stays false if it has no entry.
Ref<> look_up(PyObject* table, Py_UCS4 c, bool* found) {
  Ref<> key = TRY(new_int(c));
  Ref<> value = get_item(table, key.get());
  if (!value) {
    if (!clear_error_if(PyExc_LookupError)) return {};
    *found = false;
    return none();
  }
  *found = true;
  return value;
}

Status add_translation(StrBuilder& out, PyObject* value) {
  if (value == Py_None) return {};
  if (PyLong_Check(value)) {
    int64_t code = 0;
    if (int_to_int64(value, &code) != 0 || code < 0 || code > 0x10FFFF)
      return raise(PyExc_ValueError, "character mapping must be in range(0x{})", Hex{0x110000});
    if (!out.add(static_cast<Py_UCS4>(code))) return Raised{};
    return {};
  }
  if (PyUnicode_Check(value)) {
    if (!out.add(value)) return Raised{};
    return {};
  }
  return raise(PyExc_TypeError, "character mapping must return integer, None or str");
}

/// For ASCII text, remembers what each character became, so that each asks the table once.
class Cache {
 public:
  bool knows(Py_UCS4 c) const { return c < 128 && state_[c] == kChar; }
  bool is_deleted(Py_UCS4 c) const { return c < 128 && state_[c] == kDeleted; }
  unsigned char get(Py_UCS4 c) const { return to_[c]; }
  void remember(Py_UCS4 c, PyObject* value, bool found) {
    if (c >= 128) return;
    if (!found) {
      state_[c] = kChar;
      to_[c] = static_cast<unsigned char>(c);
    } else if (value == Py_None) {
      state_[c] = kDeleted;
    } else if (PyUnicode_CheckExact(value) && str_length(value) == 1 && is_ascii(value)) {
      state_[c] = kChar;
      to_[c] = static_cast<unsigned char>(char_at(value, 0));
    } else if (PyLong_CheckExact(value)) {
      int64_t code = -1;
      if (int_to_int64(value, &code) == 0 && code >= 0 && code < 128) {
        state_[c] = kChar;
        to_[c] = static_cast<unsigned char>(code);
      }
    }
  }

 private:
  enum : unsigned char { kUnknown, kChar, kDeleted };
  unsigned char state_[128] = {};
  unsigned char to_[128];
};

}  // namespace

Ref<> str_translate(PyObject* s, PyObject* table) {
  StrBuilder out;
  Cache cache;
  Py_ssize_t n = str_length(s);
  if (!out.reserve(n, max_char_bound(s))) return {};
  TRY(with_units(s, [&](auto text, size_t size) -> Status {
    for (size_t i = 0; i < size; i++) {
      Py_UCS4 c = text[i];
      if (cache.knows(c)) {
        if (!out.add(Py_UCS4{cache.get(c)})) return Raised{};
        continue;
      }
      if (cache.is_deleted(c)) continue;
      bool found = false;
      Ref<> value = TRY(look_up(table, c, &found));
      if (found)
        TRY(add_translation(out, value.get()));
      else if (!out.add(c))
        return Raised{};
      cache.remember(c, value.get(), found);
    }
    return {};
  }));
  return out.finish();
}

namespace {

Status map_pairs(PyObject* table, PyObject* from, PyObject* to) {
  for (Py_ssize_t i = 0; i < str_length(from); i++) {
    Ref<> key = TRY(new_int(char_at(from, i)));
    Ref<> value = TRY(new_int(char_at(to, i)));
    TRY(dict_set(table, key.get(), value.get()));
  }
  return {};
}

Status copy_entry(PyObject* table, PyObject* key, PyObject* value) {
  if (PyUnicode_Check(key)) {
    if (str_length(key) != 1)
      return raise(PyExc_ValueError, "string keys in translate table must be of length 1");
    Ref<> code = TRY(new_int(char_at(key, 0)));
    return dict_set(table, code.get(), value);
  }
  if (!PyLong_Check(key))
    return raise(PyExc_TypeError, "keys in translate table must be strings or integers");
  return dict_set(table, key, value);
}

}  // namespace

Ref<> str_maketrans(PyObject* x, PyObject* y, PyObject* z) {
  Ref<Dict> table = TRY(new_dict());
  PyObject* dict = object(table.get());
  if (!y) {
    if (!PyDict_CheckExact(x))
      return raise(PyExc_TypeError, "if you give only one argument to maketrans it must be a dict");
    Py_ssize_t position = 0;
    PyObject *key, *value;
    while (dict_next(x, &position, &key, &value)) TRY(copy_entry(dict, key, value));
    return table;
  }
  if (!PyUnicode_Check(x))
    return raise(PyExc_TypeError,
                 "first maketrans argument must be a string if there is a second argument");
  if (str_length(x) != str_length(y))
    return raise(PyExc_ValueError, "the first two maketrans arguments must have equal length");
  TRY(map_pairs(dict, x, y));
  if (z)
    for (Py_ssize_t i = 0; i < str_length(z); i++) {
      Ref<> key = TRY(new_int(char_at(z, i)));
      TRY(dict_set(dict, key.get(), Py_None));
    }
  return table;
}

}  // namespace taipan
