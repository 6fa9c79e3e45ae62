// Items of a memoryview: C values of the native formats to objects and back; comparison; nested
// lists; cast.
#include "object/bytes.h"
#include "object/call.h"
#include "object/error.h"
#include "object/hooks.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "types/memory.h"
#include "types/memoryview.h"

namespace taipan {

char native_format(const char* format) {
  if (format[0] == '@') format++;
  return format_size(format[0]) && !format[1] ? format[0] : '\0';
}

Py_ssize_t format_size(char code) {
  switch (code) {
    case 'c':
    case 'b':
    case 'B':
    case '?':
      return 1;
    case 'h':
    case 'H':
      return sizeof(short);
    case 'i':
    case 'I':
      return sizeof(int);
    case 'l':
    case 'L':
      return sizeof(long);
    case 'q':
    case 'Q':
      return sizeof(long long);
    case 'n':
    case 'N':
      return sizeof(Py_ssize_t);
    case 'f':
      return sizeof(float);
    case 'd':
      return sizeof(double);
    case 'P':
      return sizeof(void*);
    default:
      return 0;
  }
}

namespace {

template <class T>
T load(const char* at) {
  T v;
  memcpy(&v, at, sizeof v);
  return v;
}
template <class T>
Status store(char* at, T v) {
  memcpy(at, &v, sizeof v);
  return {};
}

Raised invalid_value(const char* format) {
  return raise(PyExc_ValueError, "memoryview: invalid value for format '{}'", format);
}
bool is_one_item(const char* format) {
  const char* code = format[0] == '@' ? format + 1 : format;
  return code[0] && !code[1];
}
Raised unsupported(const char* format) {
  if (!is_one_item(format)) return raise(PyExc_NotImplementedError, "memoryview: unsupported format {}", format);
  return raise(PyExc_NotImplementedError, "memoryview: format {} not supported", format);
}

template <class T>
Status store_int(char* at, const char* format, PyObject* number) {
  int64_t v = 0;
  int fit = int_to_int64(number, &v);
  if constexpr (std::is_signed_v<T>) {
    if (fit != 0 || v < std::numeric_limits<T>::min() || v > std::numeric_limits<T>::max())
      return invalid_value(format);
    return store(at, static_cast<T>(v));
  } else {
    if (fit == 0) {
      if (v < 0 || static_cast<uint64_t>(v) > std::numeric_limits<T>::max())
        return invalid_value(format);
      return store(at, static_cast<T>(v));
    }
    if (sizeof(T) < 8 || fit < 0) return invalid_value(format);
    // Between 2^63 and 2^64 the value does not fit the signed type.
    Ref<> base = TRY(int_from_text("18446744073709551616", 10));
    Ref<> rest = TRY(int_subtract(number, base.get()));
    if (int_to_int64(rest.get(), &v) != 0 || v >= 0) return invalid_value(format);
    return store(at, static_cast<T>(static_cast<uint64_t>(v)));
  }
}

Status pack_int(char* at, char code, const char* format, PyObject* number) {
  switch (code) {
    case 'b':
      return store_int<signed char>(at, format, number);
    case 'B':
      return store_int<unsigned char>(at, format, number);
    case 'h':
      return store_int<short>(at, format, number);
    case 'H':
      return store_int<unsigned short>(at, format, number);
    case 'i':
      return store_int<int>(at, format, number);
    case 'I':
      return store_int<unsigned>(at, format, number);
    case 'l':
    case 'q':
    case 'n':
      return store_int<int64_t>(at, format, number);
    default:
      return store_int<uint64_t>(at, format, number);
  }
}

}  // namespace

Ref<> unpack_item(const char* at, const char* format) {
  switch (native_format(format)) {
    case 'c':
      return new_bytes({at, 1});
    case 'b':
      return new_int(load<signed char>(at));
    case 'B':
      return new_int(load<unsigned char>(at));
    case '?':
      return boolean(load<unsigned char>(at) != 0);
    case 'h':
      return new_int(load<short>(at));
    case 'H':
      return new_int(load<unsigned short>(at));
    case 'i':
      return new_int(load<int>(at));
    case 'I':
      return new_int(load<unsigned>(at));
    case 'l':
    case 'q':
    case 'n':
      return new_int(load<int64_t>(at));
    case 'L':
    case 'Q':
    case 'N':
    case 'P':
      return new_int_unsigned(load<uint64_t>(at));
    case 'f':
      return new_float(load<float>(at));
    case 'd':
      return new_float(load<double>(at));
    default:
      return unsupported(format);
  }
}

Status check_format(const char* format) {
  if (is_one_item(format)) return {};
  return unsupported(format);
}

Status pack_item(char* at, const char* format, PyObject* value) {
  char code = native_format(format);
  if (!code) return unsupported(format);
  auto fail_type = [&] {
    return raise(PyExc_TypeError, "memoryview: invalid type for format '{}'", format);
  };
  if (code == 'c') {
    if (!PyBytes_Check(value)) return fail_type();
    if (Py_SIZE(value) != 1) return invalid_value(format);
    *at = bytes_data(value)[0];
    return {};
  }
  if (code == '?') return store(at, static_cast<char>(TRY(is_true(value))));
  if (code == 'f' || code == 'd') {
    auto v = to_double(value);
    if (!v) {
      if (clear_error_if(PyExc_TypeError)) return fail_type();
      if (clear_error_if(PyExc_OverflowError) || clear_error_if(PyExc_ValueError)) return invalid_value(format);
      return Raised{};
    }
    return code == 'd' ? store(at, *v) : store(at, static_cast<float>(*v));
  }
  Ref<> number = index(value);
  if (!number) {
    if (clear_error_if(PyExc_TypeError)) return fail_type();
    return Raised{};
  }
  return pack_int(at, code, format, number.get());
}

// -- comparison --

namespace {

/// Reads items of one format: directly, or through the library's struct module.
class ItemReader {
 public:
  /// False inside: nobody knows the format.
  Result<bool> open(const Py_buffer& view) {
    format_ = view.format ? view.format : "B";
    size_ = view.itemsize;
    if (native_format(format_)) return true;
    if (!hooks.import_module) return false;
    Ref<> module = TRY(hooks.import_module("struct"));
    Ref<> make = TRY(get_attr(module.get(), "Struct"_name));
    Ref<> text = TRY(new_str(format_));
    Ref<> unpacker = call(make.get(), text.get());
    if (!unpacker) {
      clear_error();
      return false;
    }
    unpack_ = TRY(get_attr(unpacker.get(), "unpack"_name));
    return true;
  }
  char native() const { return unpack_ ? '\0' : native_format(format_); }
  Ref<> read(const char* at) {
    if (!unpack_) return unpack_item(at, format_);
    Ref<> bytes = TRY(new_bytes({at, static_cast<size_t>(size_)}));
    Ref<> values = TRY(call(unpack_.get(), bytes.get()));
    if (PyTuple_Check(values.get()) && tuple_size(values.get()) == 1)
      return share(item(values.get(), 0));
    return values;
  }

 private:
  const char* format_;
  Py_ssize_t size_;
  Ref<> unpack_;
};

bool same_shape(const Py_buffer& a, const Py_buffer& b) {
  if (a.ndim != b.ndim) return false;
  for (int i = 0; i < a.ndim; i++) {
    if (a.shape[i] != b.shape[i]) return false;
    if (a.shape[i] == 0) break;
  }
  return true;
}

/// Steps through all indices of a shape; false behind the last.
bool advance(const Py_buffer& v, Py_ssize_t* indices) {
  for (int i = v.ndim - 1; i >= 0; i--) {
    if (++indices[i] < v.shape[i]) return true;
    indices[i] = 0;
  }
  return false;
}

Result<bool> equal_pair(ItemReader& a, ItemReader& b, const char* p, const char* q) {
  if (a.native() && a.native() == b.native()) {
    switch (a.native()) {
      case 'd':
        return load<double>(p) == load<double>(q);
      case 'f':
        return load<float>(p) == load<float>(q);
      case '?':
        return (*p != 0) == (*q != 0);
      default:
        return memcmp(p, q, static_cast<size_t>(format_size(a.native()))) == 0;
    }
  }
  Ref<> x = TRY(a.read(p)), y = TRY(b.read(q));
  return equal(x.get(), y.get());
}

}  // namespace

Result<bool> equal_items(const Py_buffer& a, const Py_buffer& b) {
  ItemReader x, y;
  if (!same_shape(a, b)) return false;
  if (!TRY(x.open(a)) || !TRY(y.open(b))) return false;
  for (int i = 0; i < a.ndim; i++)
    if (a.shape[i] == 0) return true;
  Py_ssize_t indices[PyBUF_MAX_NDIM] = {};
  do {
    if (!TRY(equal_pair(x, y, item_address(a, indices), item_address(b, indices)))) return false;
  } while (advance(a, indices));
  return true;
}

// -- lists --

namespace {

Ref<> list_dimension(const Py_buffer& v, Py_ssize_t* indices, int dimension) {
  if (dimension == v.ndim) return unpack_item(item_address(v, indices), v.format);
  Ref<List> list = TRY(new_list(v.shape[dimension]));
  for (Py_ssize_t i = 0; i < v.shape[dimension]; i++) {
    indices[dimension] = i;
    list->ob_item[i] = TRY(list_dimension(v, indices, dimension + 1)).release();
  }
  return list;
}

}  // namespace

Ref<> list_items(const Py_buffer& v) {
  if (!native_format(v.format)) return unsupported(v.format);
  Py_ssize_t indices[PyBUF_MAX_NDIM] = {};
  return list_dimension(v, indices, 0);
}

// -- cast --

namespace {

/// The item formats that objects of static storage can name.
const char* static_format(char code, bool at) {
  static const char kPlain[] = "c\0b\0B\0?\0h\0H\0i\0I\0l\0L\0q\0Q\0n\0N\0f\0d\0P";
  static const char kNative[] =
      "@c\0@b\0@B\0@?\0@h\0@H\0@i\0@I\0@l\0@L\0@q\0@Q\0@n\0@N\0@f\0@d\0@P";
  constexpr std::string_view kOrder = "cbB?hHiIlLqQnNfdP";
  size_t i = kOrder.find(code);
  return at ? kNative + i * 3 : kPlain + i * 2;
}
bool is_byte_format(char code) { return code == 'b' || code == 'B' || code == 'c'; }

Status cast_to_1d(MemoryView& view, const char* format) {
  Py_buffer& v = view.view;
  char to = native_format(format), from = native_format(v.format);
  if (!to)
    return raise(PyExc_ValueError,
                 "memoryview: destination format must be a native single character format prefixed "
                 "with an optional '@'");
  if (!is_byte_format(from) && !is_byte_format(to))
    return raise(PyExc_TypeError, "memoryview: cannot cast between two non-byte formats");
  Py_ssize_t size = format_size(to);
  if (v.len % size)
    return raise(PyExc_TypeError, "memoryview: length is not a multiple of itemsize");
  v.format = const_cast<char*>(static_format(to, format[0] == '@'));
  v.itemsize = size;
  v.ndim = 1;
  v.shape = view.ob_array;
  v.strides = view.ob_array + 1;
  v.shape[0] = v.len / size;
  v.strides[0] = size;
  v.suboffsets = nullptr;
  return {};
}

Status cast_to_shape(MemoryView& view, PyObject* shape) {
  Py_buffer& v = view.view;
  auto n = static_cast<int>(Py_SIZE(shape));
  v.ndim = n;
  v.shape = n ? view.ob_array : nullptr;
  v.strides = n ? view.ob_array + n : nullptr;
  Py_ssize_t total = v.itemsize;
  for (int i = 0; i < n; i++) {
    PyObject* size = fast_items(shape)[i];
    if (!PyLong_Check(size))
      return raise(PyExc_TypeError, "memoryview.cast(): elements of shape must be integers");
    int64_t value = 0;
    int fit = int_to_int64(size, &value);
    if (fit > 0) return raise(PyExc_OverflowError, "Python int too large to convert to C ssize_t");
    if (fit < 0 || value <= 0)
      return raise(PyExc_ValueError, "memoryview.cast(): elements of shape must be integers > 0");
    if (value > PY_SSIZE_T_MAX / total)
      return raise(PyExc_ValueError, "memoryview.cast(): product(shape) > SSIZE_MAX");
    total *= value;
    v.shape[i] = value;
  }
  if (total != v.len)
    return raise(PyExc_TypeError, "memoryview: product(shape) * itemsize != buffer size");
  Py_ssize_t stride = v.itemsize;
  for (int i = n - 1; i >= 0; i--) {
    v.strides[i] = stride;
    stride *= v.shape[i];
  }
  return {};
}

}  // namespace

// Defined in memoryview.cpp: a view with room for `ndim` dimensions that is like `self` otherwise.
Ref<MemoryView> incomplete_memoryview(MemoryView& self, int ndim);

Ref<> cast_memoryview(MemoryView& self, PyObject* format, PyObject* shape) {
  if (!(self.flags & _Py_MEMORYVIEW_C))
    return raise(PyExc_TypeError, "memoryview: casts are restricted to C-contiguous views");
  if (self.view.ndim != 1 && !shape) {
    for (int i = 0; i < self.view.ndim; i++)
      if (self.view.shape[i] == 0)
        return raise(PyExc_TypeError,
                     "memoryview: cannot cast view with zeros in shape or strides");
  }
  Py_ssize_t ndim = 1;
  if (shape) {
    if (!PyList_Check(shape) && !PyTuple_Check(shape))
      return raise(PyExc_TypeError, "shape must be a list or a tuple");
    ndim = Py_SIZE(shape);
    if (ndim > PyBUF_MAX_NDIM)
      return raise(PyExc_ValueError, "memoryview: number of dimensions must not exceed {}",
                   PyBUF_MAX_NDIM);
    if (self.view.ndim != 1 && ndim != 1)
      return raise(PyExc_TypeError, "memoryview: cast must be 1D -> ND or ND -> 1D");
  }
  std::string_view text = TRY(to_utf8(format));
  Ref<MemoryView> view = TRY(incomplete_memoryview(self, ndim == 0 ? 1 : static_cast<int>(ndim)));
  TRY(cast_to_1d(*view, text.data()));
  if (shape) TRY(cast_to_shape(*view, shape));
  update_layout_flags(*view);
  return view;
}

}  // namespace taipan
