// Marshal's bytes to objects. Nothing in the data is trusted: sizes are compared with what is left
// before anything of that size is made, containers are never visible with null items, and code is
// handed to the code object's own checks.
#include <Python.h>

#include "base/float_text.h"
#include "base/short_text.h"
#include "base/vector.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/stack.h"
#include "object/str.h"
#include "object/tuple.h"
#include "runtime/library_images.h"
#include "runtime/marshal.h"
#include "types/buffer.h"
#include "types/code.h"
#include "types/complex.h"
#include "types/memoryview.h"

namespace taipan {
namespace {

using marshal::Code;
using marshal::kRefFlag;

class Reader {
 public:
  explicit Reader(std::string_view data) : at_(data.data() ? data.data() : ""), left_(data.size()) {}
  explicit Reader(PyObject* file) : at_(""), file_(file) {}
  Reader(const Reader&) = delete;
  ~Reader() {
    for (Noted& noted : noted_) Py_XDECREF(noted.object);
  }
  Ref<> read_top();

 private:
  /// The next n bytes, valid until the next call. Null: EOFError.
  const char* take(size_t n) {
    if (n > left_) [[unlikely]] return take_slowly(n);
    left_ -= n;
    return std::exchange(at_, at_ + n);
  }
  const char* take_slowly(size_t n);
  Result<std::string_view> take_from_file(size_t n);
  Result<std::string_view> take_text(size_t n) {
    const char* p = take(n);
    if (!p) return Raised{};
    return std::string_view(p, n);
  }
  Result<uint8_t> take_byte() {
    const char* p = take(1);
    if (!p) return Raised{};
    return static_cast<uint8_t>(*p);
  }
  Result<int32_t> take_int32() {
    const char* p = take(4);
    if (!p) return Raised{};
    int32_t v;
    memcpy(&v, p, sizeof v);
    return v;
  }
  /// A count that must lie within int32; `what` is the error's subject.
  Result<size_t> take_size(const char* what);

  Ref<> read();  ///< empty without exception: the null object
  // Not inlined: each object's way leads through read(), which thus needs no frame.
  [[gnu::noinline]] Ref<> read_rare(Code code, bool flagged);
  Ref<> read_item(const char* container);
  Raised fail_item(const char* container);
  Ref<> read_long();
  Result<double> read_double(bool text);
  [[gnu::noinline]] Ref<> read_str(size_t n, bool ascii, bool interned, bool flagged);
  Ref<> read_short_str(bool interned, bool flagged);
  [[gnu::noinline]] Ref<> read_int(bool flagged);
  [[gnu::noinline]] Ref<> read_bytes(bool flagged);
  /// More items are announced than there are bytes: reads until that shows, without making room for them.
  [[gnu::noinline]] Ref<> read_until_failure(size_t n);
  [[gnu::noinline]] Ref<> read_tuple(size_t n, bool flagged);
  Ref<> read_small_tuple(bool flagged);
  [[gnu::noinline]] Ref<> read_list(size_t n, bool flagged);
  [[gnu::noinline]] Ref<> read_dict(bool flagged);
  [[gnu::noinline]] Ref<> read_set(Code code, size_t n, bool flagged);
  [[gnu::noinline]] Ref<> read_code(bool flagged);
  Ref<> read_reference();
  PyObject* referred(int32_t n) const;
  /// Between these two, references to the object are good only from inside of a list or dict within it: nothing that
  /// cannot change contains itself, and hashing or comparing relies on it.
  void open_immutable(Py_ssize_t index) {
    if (index >= 0) noted_[static_cast<size_t>(index)].open = depth_;
  }
  void close_immutable(Py_ssize_t index) {
    if (index >= 0) noted_[static_cast<size_t>(index)].open = 0;
  }
  /// Notes a finished object if it is flagged.
  Ref<> note(Ref<> o, bool flagged) {
    if (!flagged || !o) [[likely]] return o;
    if (!noted_.append({o.get(), 0})) [[unlikely]] return raise_no_memory();
    Py_INCREF(o.get());
    return o;
  }
  Result<Py_ssize_t> reserve(bool flagged);
  Ref<> fill(Ref<> o, Py_ssize_t index);

  /// What later references may mean.
  struct Noted {
    PyObject* object;  ///< owned; null until it is made
    int open;          ///< how deep it began, 0 when it is complete or mutable
  };

  const char* at_ = nullptr;
  size_t left_ = 0;
  PyObject* file_ = nullptr;
  Ref<> chunk_;
  Vector<Noted> noted_;
  int mutable_depth_ = 0;  ///< how deep the innermost list or dict began
  int depth_ = 0;
};

const char* Reader::take_slowly(size_t n) {
  Result<std::string_view> got = file_ ? take_from_file(n) : raise(PyExc_EOFError, "marshal data too short");
  return got ? (*got).data() : nullptr;
}

Result<std::string_view> Reader::take_from_file(size_t n) {
  // readinto, not read: it may return fewer bytes only at the end.
  Ref<> buffer = TRY(allocate_bytes(static_cast<Py_ssize_t>(n)));
  Py_buffer info;
  TRY(fill_buffer(&info, nullptr, bytes_data(buffer.get()), static_cast<Py_ssize_t>(n), false, PyBUF_CONTIG));
  Ref<> view = TRY(new_memoryview_of_buffer(info));
  Ref<> count = TRY(call_method(file_, "readinto"_name, view.get()));
  Py_ssize_t got = TRY(to_ssize(count.get(), PyExc_ValueError));
  if (got != static_cast<Py_ssize_t>(n)) {
    if (got > static_cast<Py_ssize_t>(n)) {
      return raise(PyExc_ValueError,
                   "read() returned too much data: {} bytes requested, {} returned",
                   static_cast<Py_ssize_t>(n), got);
    }
    return raise(PyExc_EOFError, "EOF read where not expected");
  }
  chunk_ = std::move(buffer);
  return bytes_view(chunk_.get());
}

Result<size_t> Reader::take_size(const char* what) {
  int32_t n = TRY(take_int32());
  if (n < 0) return raise(PyExc_ValueError, "bad marshal data ({} size out of range)", what);
  return static_cast<size_t>(n);
}

Result<Py_ssize_t> Reader::reserve(bool flagged) {
  if (!flagged) return Py_ssize_t{-1};
  size_t index = noted_.size();
  if (index >= 0x7ffffffe)
    return raise(PyExc_ValueError, "bad marshal data (index list too large)");
  if (!noted_.append({nullptr, 0})) return raise_no_memory();
  return static_cast<Py_ssize_t>(index);
}

Ref<> Reader::fill(Ref<> o, Py_ssize_t index) {
  if (index >= 0 && o) noted_[static_cast<size_t>(index)].object = Py_NewRef(o.get());
  return o;
}

/// Borrowed; null: there is no such object, or not yet.
inline PyObject* Reader::referred(int32_t n) const {
  auto index = static_cast<size_t>(static_cast<uint32_t>(n));
  if (index >= noted_.size() || noted_[index].open > mutable_depth_) return nullptr;
  return noted_[index].object;
}

Ref<> Reader::read_reference() {
  int32_t n = TRY(take_int32());
  PyObject* o = referred(n);
  if (!o) return raise(PyExc_ValueError, "bad marshal data (invalid reference)");
  return share(o);
}

Ref<> Reader::read() {
  const char* start = take(1);
  if (!start) [[unlikely]] {
    if (clear_error_if(PyExc_EOFError)) return raise(PyExc_EOFError, "EOF read where object expected");
    return {};
  }
  if (depth_ >= marshal::kMaxDepth || stack_is_low()) [[unlikely]]
    return raise(PyExc_ValueError, "recursion limit exceeded");
  auto byte = static_cast<uint8_t>(*start);
  bool flagged = byte & kRefFlag;
  auto code = static_cast<Code>(byte & ~kRefFlag);
  switch (code) {
    case Code::none: return none();
    case Code::false_: return boolean(false);
    case Code::true_: return boolean(true);
    case Code::int32: return read_int(flagged);
    case Code::bytes: return read_bytes(flagged);
    case Code::short_ascii:
    case Code::short_ascii_interned: return read_short_str(code == Code::short_ascii_interned, flagged);
    case Code::small_tuple: return read_small_tuple(flagged);
    case Code::code: return read_code(flagged);
    case Code::reference: return read_reference();
    default: return read_rare(code, flagged);
  }
}

/// Most items of a program's tuples are names that came before.
inline Ref<> Reader::read_item(const char* container) {
  constexpr size_t kReferenceSize = 1 + sizeof(int32_t);
  if (left_ >= kReferenceSize && static_cast<Code>(*at_) == Code::reference && depth_ < marshal::kMaxDepth) [[likely]] {
    if (PyObject* o = referred(word_at<int32_t>(at_ + 1))) [[likely]] {
      at_ += kReferenceSize;
      left_ -= kReferenceSize;
      return share(o);
    }
  }
  Ref<> o = read();
  if (!o) [[unlikely]] return fail_item(container);
  return o;
}

Raised Reader::fail_item(const char* container) {
  if (pending_error()) return Raised{};
  return raise(PyExc_TypeError, "NULL object in marshal data for {}", container);
}

Ref<> Reader::read_top() { return read_item("object"); }

Ref<> Reader::read_int(bool flagged) { return note(new_int(TRY(take_int32())), flagged); }

Ref<> Reader::read_bytes(bool flagged) {
  std::string_view b = TRY(take_text(TRY(take_size("bytes object"))));
  return note(new_bytes(b), flagged);
}

Ref<> Reader::read_small_tuple(bool flagged) { return read_tuple(TRY(take_byte()), flagged); }

Ref<> Reader::read_rare(Code code, bool flagged) {
  switch (code) {
    case Code::null:
      return {};
    case Code::stop_iteration:
      return share(PyExc_StopIteration);
    case Code::ellipsis:
      return share(Py_Ellipsis);
    case Code::int64: {
      std::string_view b = TRY(take_text(8));
      return note(new_int(word_at<int64_t>(b.data())), flagged);
    }
    case Code::long_:
      return note(read_long(), flagged);
    case Code::float_text:
    case Code::float_binary:
      return note(new_float(TRY(read_double(code == Code::float_text))), flagged);
    case Code::complex_text:
    case Code::complex_binary: {
      double real = TRY(read_double(code == Code::complex_text));
      double imag = TRY(read_double(code == Code::complex_text));
      return note(new_complex({real, imag}), flagged);
    }
    case Code::ascii:
    case Code::ascii_interned:
      return read_str(TRY(take_size("string")), true, code == Code::ascii_interned, flagged);
    case Code::interned:
    case Code::unicode:
      return read_str(TRY(take_size("string")), false, code == Code::interned, flagged);
    case Code::tuple:
      return read_tuple(TRY(take_size("tuple")), flagged);
    case Code::list:
      return read_list(TRY(take_size("list")), flagged);
    case Code::dict:
      return read_dict(flagged);
    case Code::set:
    case Code::frozenset:
      return read_set(code, TRY(take_size("set")), flagged);
    default:
      return raise(PyExc_ValueError, "bad marshal data (unknown type code)");
  }
}

Ref<> Reader::read_long() {
  int32_t signed_count = TRY(take_int32());
  if (signed_count == INT32_MIN)
    return raise(PyExc_ValueError, "bad marshal data (long size out of range)");
  if (!signed_count) return new_int(0);
  size_t count = static_cast<size_t>(signed_count < 0 ? -int64_t{signed_count} : signed_count);
  std::string_view b = TRY(take_text(2 * count));
  auto part = [&](size_t i) {
    uint16_t v;
    memcpy(&v, b.data() + 2 * i, sizeof v);
    return v;
  };
  for (size_t i = 0; i < count; i++)
    if (part(i) >> marshal::kDigitBits)
      return raise(PyExc_ValueError, "bad marshal data (digit out of range in long)");
  if (!part(count - 1)) return raise(PyExc_ValueError, "bad marshal data (unnormalized long data)");
  if (count <= 4) {  // small ints are unique
    int64_t v = 0;
    for (size_t i = count; i-- > 0;) v = v << marshal::kDigitBits | part(i);
    return new_int(signed_count < 0 ? -v : v);
  }
  size_t n = (count + 1) / 2;
  size_t size = offsetof(Int, ob_digit) + n * sizeof(digit);
  Ref<> made = TRY(adopt(
      allocate_var_object(&PyLong_Type, size, static_cast<Py_ssize_t>(signed_count < 0 ? -n : n))));
  digit* digits = reinterpret_cast<Int*>(made.get())->ob_digit;
  for (size_t i = 0; i < n; i++) {
    digit high = 2 * i + 1 < count ? part(2 * i + 1) : 0;
    digits[i] = part(2 * i) | high << marshal::kDigitBits;
  }
  return made;
}

Result<double> Reader::read_double(bool text) {
  if (!text) {
    std::string_view b = TRY(take_text(8));
    double v;
    memcpy(&v, b.data(), sizeof v);
    return v;
  }
  std::string_view b = TRY(take_text(TRY(take_byte())));
  ParsedFloat parsed = parse_float(b);
  if (!parsed.length || parsed.length != b.size())
    return raise(PyExc_ValueError, "could not convert string to float: '{}'", clip(b, 200));
  return parsed.value;
}

Ref<> Reader::read_short_str(bool interned, bool flagged) {
  size_t n = TRY(take_byte());
  return read_str(n, true, interned, flagged);
}

Ref<> Reader::read_str(size_t n, bool ascii, bool interned, bool flagged) {
  std::string_view b = TRY(take_text(n));
  if (n > 1 && ascii && is_ascii_text(b.data(), n)) return note(interned ? new_interned(b) : new_ascii_str(b), flagged);
  Ref<> s = TRY(ascii ? new_str_from_kind(PyUnicode_1BYTE_KIND, b.data(), static_cast<Py_ssize_t>(n))
                      : new_str_with_surrogates(b));
  return note(interned ? intern(std::move(s)) : std::move(s), flagged);
}

Ref<> Reader::read_until_failure(size_t n) {
  depth_++;
  for (size_t i = 0; i < n; i++) TRY(done(read_item("tuple")));
  return {};
}

Ref<> Reader::read_tuple(size_t n, bool flagged) {
  if (n > left_ && !file_) return read_until_failure(n);
  Ref<Tuple> made = TRY(new_tuple(static_cast<Py_ssize_t>(n)));
  PyObject** items = made->ob_item;
  Py_ssize_t index = -1;
  if (flagged || file_) {
    // Others may see it before it is complete: a list within it, or the file's methods. None is not counted.
    for (size_t i = 0; i < n; i++) items[i] = Py_None;
    index = TRY(reserve(flagged));
    if (flagged) noted_.back().object = Py_NewRef(object(made.get()));
  }
  depth_++;
  open_immutable(index);
  bool has_containers = n == 0;
  for (size_t i = 0; i < n; i++) {
    Ref<> o = TRY(read_item("tuple"));
    has_containers = has_containers || (!PyUnicode_CheckExact(o.get()) && gc_may_be_tracked(o.get()));
    items[i] = o.release();
  }
  // Names and constants make up most of a program's tuples: the collector need not look at them even once.
  if (!has_containers) gc_untrack(object(made.get()));
  depth_--;
  close_immutable(index);
  return made;
}

Ref<> Reader::read_list(size_t n, bool flagged) {
  if (n > left_ && !file_) return read_until_failure(n);
  Ref<> made = TRY(new_list(static_cast<Py_ssize_t>(n)));
  // References to an unfinished list are possible, so its items are never null.
  for (size_t i = 0; i < n; i++) fast_items(made.get())[i] = Py_NewRef(Py_None);
  made = TRY(note(std::move(made), flagged));
  int outer = std::exchange(mutable_depth_, ++depth_);
  for (size_t i = 0; i < n; i++) {
    Ref<> o = TRY(read_item("list"));
    replace_field(fast_items(made.get())[i], std::move(o));
  }
  mutable_depth_ = outer;
  depth_--;
  return made;
}

Ref<> Reader::read_dict(bool flagged) {
  Ref<> made = TRY(note(TRY(new_dict()), flagged));
  int outer = std::exchange(mutable_depth_, ++depth_);
  for (;;) {
    Ref<> key = read();
    if (!key) break;
    Ref<> value = read();
    if (!value) break;
    TRY(dict_set(made.get(), key.get(), value.get()));
  }
  mutable_depth_ = outer;
  depth_--;
  return pending_error() ? Ref<>() : std::move(made);
}

Ref<> Reader::read_set(Code code, size_t n, bool flagged) {
  Py_ssize_t index = TRY(reserve(flagged));
  if (n > left_ && !file_) return read_until_failure(n);
  depth_++;
  Ref<List> members = TRY(new_list());
  for (size_t i = 0; i < n; i++) {
    Ref<> o = TRY(read_item("set"));
    TRY(list_append(object(members.get()), o.get()));
  }
  depth_--;
  PyTypeObject* type = code == Code::set ? &PySet_Type : &PyFrozenSet_Type;
  return fill(call(object(type), object(members.get())), index);
}

Ref<> Reader::read_code(bool flagged) {
  Py_ssize_t index = TRY(reserve(flagged));
  depth_++;
  CodeParts f;
  f.argcount = TRY(take_int32());
  f.posonlyargcount = TRY(take_int32());
  f.kwonlyargcount = TRY(take_int32());
  f.stack_size = TRY(take_int32());
  f.flags = TRY(take_int32());
  Ref<> code = TRY(read_item("object"));
  Ref<> consts = TRY(read_item("object"));
  Ref<> names = TRY(read_item("object"));
  Ref<> localsplusnames = TRY(read_item("object"));
  Ref<> localspluskinds = TRY(read_item("object"));
  Ref<> filename = TRY(read_item("object"));
  Ref<> name = TRY(read_item("object"));
  Ref<> qualname = TRY(read_item("object"));
  f.first_line = TRY(take_int32());
  Ref<> linetable = TRY(read_item("object"));
  Ref<> exceptiontable = TRY(read_item("object"));
  f.code = code.get();
  f.constants = consts.get();
  f.names = names.get();
  f.locals_plus_names = localsplusnames.get();
  f.locals_plus_kinds = localspluskinds.get();
  f.filename = filename.get();
  f.name = name.get();
  f.qualname = qualname.get();
  f.line_table = linetable.get();
  f.exception_table = exceptiontable.get();
  depth_--;
  return fill(new_code(f), index);
}

}  // namespace

Ref<> marshal_load(std::string_view data) {
  if (Ref<> code = library_image(data)) return code;
  return Reader(data).read_top();
}

Ref<> marshal_load_file(PyObject* file) {
  // What is not a binary file is told at once, in words that fit.
  Ref<> probe = TRY(call_method(file, "read"_name, object(small_int(0))));
  if (!PyBytes_Check(probe.get()))
    return raise(PyExc_TypeError, "file.read() returned not bytes but {}", type_name(probe.get()));
  return Reader(file).read_top();
}

Ref<> code_from_pyc(std::string_view data) {
  uint32_t magic = 0;
  if (data.size() >= sizeof magic) memcpy(&magic, data.data(), sizeof magic);
  if (magic != marshal::kPycMagic)
    return raise(PyExc_RuntimeError, "Bad magic number in .pyc file");
  data.remove_prefix(data.size() < marshal::kPycHeaderSize ? data.size() : marshal::kPycHeaderSize);
  Ref<> code = TRY(marshal_load(data));
  if (!PyCode_Check(code.get())) return raise(PyExc_RuntimeError, "Bad code object in .pyc file");
  return code;
}

}  // namespace taipan
