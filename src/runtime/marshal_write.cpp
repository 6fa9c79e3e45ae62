// Objects to marshal's bytes. Objects that are seen twice are written once and then referred to by
// number.
#include <Python.h>

#include "base/float_text.h"
#include "base/utf8.h"
#include "base/vector.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "runtime/marshal.h"
#include "types/buffer.h"

namespace taipan {
namespace {

using marshal::Code;
constexpr Py_ssize_t kMaxSize = 0x7fffffff;

class Writer {
 public:
  explicit Writer(int version) : version_(version) {}
  Status write(PyObject* o);
  Ref<> finish() { return out_.finish(); }

 private:
  Status put(uint8_t byte) { return out_.add(static_cast<char>(byte)) ? Status() : Raised{}; }
  Status put(Code code) { return put(static_cast<uint8_t>(code) | flag_); }
  Status put_bytes(std::string_view data) { return out_.add(data) ? Status() : Raised{}; }
  template <class I>
  Status put_little(I value) {
    return put_bytes({reinterpret_cast<const char*>(&value), sizeof value});
  }
  Status put_size(Py_ssize_t n) {
    if (n > kMaxSize) return unmarshallable();
    return put_little(static_cast<int32_t>(n));
  }
  Status put_sized(std::string_view data) {
    TRY(put_size(static_cast<Py_ssize_t>(data.size())));
    return put_bytes(data);
  }
  Raised unmarshallable() { return raise(PyExc_ValueError, "unmarshallable object"); }

  /// True: the object was written before and a reference stands for it now.
  Result<bool> refer(PyObject* o);
  Status write_object(PyObject* o);
  Status write_int(PyObject* o);
  Status write_float_part(double value);
  Status write_str(PyObject* o);
  Status write_items(PyObject* const* items, Py_ssize_t n);
  Status write_dict(PyObject* o);
  Status write_set(PyObject* o);
  Status write_code(PyCodeObject* code);
  Status write_buffer(PyObject* o);

  BytesBuilder out_;
  Ref<Dict> numbers_;  // id -> number
  int version_;
  int depth_ = 0;
  uint8_t flag_ = 0;
};

/// Can nobody else refer to it? Names are always shared: so the same code gives the same bytes in every process.
static bool is_alone(PyObject* o) { return Py_REFCNT(o) == 1 && !(PyUnicode_CheckExact(o) && is_interned(o)); }

Result<bool> Writer::refer(PyObject* o) {
  if (version_ < 3 || is_alone(o)) return false;
  if (!numbers_) numbers_ = TRY(new_dict());
  PyObject* table = object(numbers_.get());
  Ref<> id = TRY(new_int_unsigned(reinterpret_cast<uintptr_t>(o)));
  if (PyObject* number = TRY(dict_find(table, id.get()))) {
    TRY(put(Code::reference));
    TRY(put_little(static_cast<int32_t>(TRY(to_int64(number)))));
    return true;
  }
  Ref<> number = TRY(new_int(dict_size(table)));
  TRY(dict_set(table, id.get(), number.get()));
  flag_ = marshal::kRefFlag;
  return false;
}

Status Writer::write(PyObject* o) {
  if (++depth_ > marshal::kMaxDepth) {
    depth_--;
    return raise(PyExc_ValueError, "object too deeply nested to marshal");
  }
  Status s = write_object(o);
  depth_--;
  return s;
}

Status Writer::write_object(PyObject* o) {
  flag_ = 0;
  if (!o) return put(Code::null);
  if (o == Py_None) return put(Code::none);
  if (o == PyExc_StopIteration) return put(Code::stop_iteration);
  if (o == Py_Ellipsis) return put(Code::ellipsis);
  if (o == Py_False) return put(Code::false_);
  if (o == Py_True) return put(Code::true_);
  if (TRY(refer(o))) return {};
  if (PyLong_CheckExact(o)) return write_int(o);
  if (PyFloat_CheckExact(o)) {
    TRY(put(version_ > 1 ? Code::float_binary : Code::float_text));
    return write_float_part(float_value(o));
  }
  if (PyComplex_CheckExact(o)) {
    TRY(put(version_ > 1 ? Code::complex_binary : Code::complex_text));
    Py_complex c = reinterpret_cast<Complex*>(o)->cval;
    TRY(write_float_part(c.real));
    return write_float_part(c.imag);
  }
  if (PyBytes_CheckExact(o)) {
    TRY(put(Code::bytes));
    return put_sized(bytes_view(o));
  }
  if (PyUnicode_CheckExact(o)) return write_str(o);
  if (PyTuple_CheckExact(o)) {
    Py_ssize_t n = Py_SIZE(o);
    if (version_ >= 4 && n < 256) {
      TRY(put(Code::small_tuple));
      TRY(put(static_cast<uint8_t>(n)));
    } else {
      TRY(put(Code::tuple));
      TRY(put_size(n));
    }
    return write_items(fast_items(o), n);
  }
  if (PyList_CheckExact(o)) {
    TRY(put(Code::list));
    Ref<> items = TRY(tuple_of(fast_items(o), Py_SIZE(o)));
    TRY(put_size(Py_SIZE(items.get())));
    return write_items(fast_items(items.get()), Py_SIZE(items.get()));
  }
  if (PyDict_CheckExact(o)) return write_dict(o);
  if (PyAnySet_CheckExact(o)) return write_set(o);
  if (PyCode_Check(o)) return write_code(reinterpret_cast<PyCodeObject*>(o));
  if (has_buffer(o)) return write_buffer(o);
  return unmarshallable();
}

Status Writer::write_int(PyObject* o) {
  int64_t value;
  if (int_to_int64(o, &value) == 0 && value >= INT32_MIN && value <= INT32_MAX) {
    TRY(put(Code::int32));
    return put_little(static_cast<int32_t>(value));
  }
  // Digits of 30 bits become two of 15; the highest of all is not zero.
  TRY(put(Code::long_));
  Py_ssize_t n = Py_ABS(Py_SIZE(o));
  const digit* digits = reinterpret_cast<Int*>(o)->ob_digit;
  constexpr digit kMask = (1 << marshal::kDigitBits) - 1;
  bool top_is_small = digits[n - 1] <= kMask;
  if (n > kMaxSize / 2) return unmarshallable();
  Py_ssize_t count = 2 * n - top_is_small;
  TRY(put_size(0 > Py_SIZE(o) ? -count : count));
  for (Py_ssize_t i = 0; i < n; i++) {
    TRY(put_little(static_cast<uint16_t>(digits[i] & kMask)));
    if (i < n - 1 || !top_is_small)
      TRY(put_little(static_cast<uint16_t>(digits[i] >> marshal::kDigitBits)));
  }
  return {};
}

Status Writer::write_float_part(double value) {
  if (version_ > 1) return put_little(value);
  TextBuffer text;
  if (!append_float(text, value, 'g', 17)) return raise_no_memory();
  TRY(put(static_cast<uint8_t>(text.size())));
  return put_bytes(text.view());
}

Status Writer::write_str(PyObject* o) {
  bool interned = is_interned(o);
  if (version_ >= 4 && is_ascii(o)) {
    std::string_view text(static_cast<const char*>(PyUnicode_DATA(o)),
                          static_cast<size_t>(str_length(o)));
    if (text.size() < 256) {
      TRY(put(interned ? Code::short_ascii_interned : Code::short_ascii));
      TRY(put(static_cast<uint8_t>(text.size())));
      return put_bytes(text);
    }
    TRY(put(interned ? Code::ascii_interned : Code::ascii));
    return put_sized(text);
  }
  TRY(put(version_ >= 3 && interned ? Code::interned : Code::unicode));
  auto encode = [&](auto* units) -> Status {
    size_t n = static_cast<size_t>(str_length(o)), surrogate = 0;
    size_t size = utf8_size(units, n, &surrogate);
    if (size > static_cast<size_t>(kMaxSize)) return unmarshallable();
    TRY(put_size(static_cast<Py_ssize_t>(size)));
    if (!out_.reserve(static_cast<Py_ssize_t>(size))) return Raised{};
    encode_utf8(units, n, out_.end());
    out_.advance(static_cast<Py_ssize_t>(size));
    return {};
  };
  const void* data = PyUnicode_DATA(o);
  switch (PyUnicode_KIND(o)) {
    case PyUnicode_1BYTE_KIND:
      return encode(static_cast<const uint8_t*>(data));
    case PyUnicode_2BYTE_KIND:
      return encode(static_cast<const uint16_t*>(data));
    default:
      return encode(static_cast<const uint32_t*>(data));
  }
}

Status Writer::write_items(PyObject* const* items, Py_ssize_t n) {
  for (Py_ssize_t i = 0; i < n; i++) TRY(write(items[i]));
  return {};
}

Status Writer::write_dict(PyObject* o) {
  TRY(put(Code::dict));
  Py_ssize_t position = 0;
  PyObject *key, *value;
  while (dict_next(o, &position, &key, &value)) {
    Ref<> k = share(key), v = share(value);
    TRY(write(key));
    TRY(write(value));
  }
  flag_ = 0;
  return put(Code::null);
}

Status Writer::write_set(PyObject* o) {
  // In the order of the items' own dumps: the same set gives the same bytes whatever the hash seed
  // is.
  TRY(put(PyFrozenSet_CheckExact(o) ? Code::frozenset : Code::set));
  Ref<List> pairs = TRY(new_list());
  TRY(for_each(o, [&](PyObject* member) -> Status {
    Ref<> dump = TRY(marshal_dump(member, version_));
    Ref<> pair = TRY(tuple_of({dump.get(), member}));
    return list_append(object(pairs.get()), pair.get());
  }));
  TRY(put_size(Py_SIZE(pairs.get())));
  Ref<> sorted = TRY(call_method(object(pairs.get()), "sort"_name));
  for (Py_ssize_t i = 0; i < Py_SIZE(pairs.get()); i++)
    TRY(write(item(PyList_GET_ITEM(object(pairs.get()), i), 1)));
  return {};
}

Status Writer::write_code(PyCodeObject* code) {
  Ref<> instructions = TRY(get_attr(object(code), "co_code"_name));
  TRY(put(Code::code));
  for (int n : {code->co_argcount, code->co_posonlyargcount, code->co_kwonlyargcount,
                code->co_stacksize, code->co_flags})
    TRY(put_little(static_cast<int32_t>(n)));
  for (PyObject* o :
       {instructions.get(), code->co_consts, code->co_names, code->co_localsplusnames,
        code->co_localspluskinds, code->co_filename, code->co_name, code->co_qualname})
    TRY(write(o));
  TRY(put_little(static_cast<int32_t>(code->co_firstlineno)));
  TRY(write(code->co_linetable));
  return write(code->co_exceptiontable);
}

Status Writer::write_buffer(PyObject* o) {
  BufferView view;
  if (!view.acquire(o)) {
    clear_error();
    return unmarshallable();
  }
  Status s = put(Code::bytes);
  return s ? put_sized(view.bytes()) : s;
}

}  // namespace

Ref<> marshal_dump(PyObject* o, int version) {
  RecursionGuard guard(" while marshalling an object");
  if (!guard) return {};
  Writer w(version);
  TRY(w.write(o));
  return w.finish();
}

}  // namespace taipan
