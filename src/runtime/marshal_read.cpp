// Marshal's bytes to objects. Nothing in the data is trusted: sizes are compared with what is left
// before anything of that size is made, containers are never visible with null items, and code is
// handed to the code object's own checks.
#include <Python.h>

#include "base/float_text.h"
#include "base/utf8.h"
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
  Ref<> read_value(Code code, bool flagged);
  Ref<> read_item(const char* container);
  Ref<> read_long();
  Result<double> read_double(bool text);
  Ref<> read_str(size_t n, bool ascii, bool interned);
  /// More items are announced than there are bytes: reads until that shows, without making room for them.
  Ref<> read_until_failure(size_t n);
  Ref<> read_sequence(Code code, size_t n, bool flagged);
  Ref<> read_dict(bool flagged);
  Ref<> read_set(Code code, size_t n, bool flagged);
  Ref<> read_code(bool flagged);
  Ref<> read_reference();
  /// Between these two, references to the object are good only from inside of a list or dict within it: nothing that
  /// cannot change contains itself, and hashing or comparing relies on it.
  Status open_immutable(Py_ssize_t index);
  void close_immutable(Py_ssize_t index);
  /// Notes a finished object if it is flagged.
  Ref<> note(Ref<> o, bool flagged);
  Result<Py_ssize_t> reserve(bool flagged);
  Ref<> fill(Ref<> o, Py_ssize_t index);

  const char* at_ = nullptr;
  size_t left_ = 0;
  PyObject* file_ = nullptr;
  Ref<> chunk_;
  Ref<List> refs_;
  Vector<int> open_;      ///< for each of refs_: how deep it began, 0 when it is complete or mutable
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
  if (!refs_) refs_ = TRY(new_list());
  Py_ssize_t index = Py_SIZE(refs_.get());
  if (index >= 0x7ffffffe)
    return raise(PyExc_ValueError, "bad marshal data (index list too large)");
  TRY(list_append(object(refs_.get()), Py_None));  // None: not finished
  return index;
}

Ref<> Reader::fill(Ref<> o, Py_ssize_t index) {
  if (index >= 0 && o) replace_field(refs_->ob_item[index], o.copy());
  return o;
}

Ref<> Reader::note(Ref<> o, bool flagged) {
  if (!o || !flagged) return o;
  Py_ssize_t index = TRY(reserve(true));
  return fill(std::move(o), index);
}

Ref<> Reader::read_reference() {
  int32_t n = TRY(take_int32());
  if (n < 0 || !refs_ || n >= Py_SIZE(refs_.get()) || refs_->ob_item[n] == Py_None)
    return raise(PyExc_ValueError, "bad marshal data (invalid reference)");
  if (static_cast<size_t>(n) < open_.size() && open_[static_cast<size_t>(n)] > mutable_depth_)
    return raise(PyExc_ValueError, "bad marshal data (invalid reference)");
  return share(refs_->ob_item[n]);
}

Status Reader::open_immutable(Py_ssize_t index) {
  if (index < 0) return {};
  if (!open_.resize(static_cast<size_t>(index) + 1)) return raise_no_memory();
  open_[static_cast<size_t>(index)] = depth_;
  return {};
}
void Reader::close_immutable(Py_ssize_t index) {
  if (index >= 0) open_[static_cast<size_t>(index)] = 0;
}

Ref<> Reader::read() {
  Result<uint8_t> byte = take_byte();
  if (!byte) {
    if (clear_error_if(PyExc_EOFError))
      return raise(PyExc_EOFError, "EOF read where object expected");
    return {};
  }
  if (depth_ >= marshal::kMaxDepth || stack_is_low()) return raise(PyExc_ValueError, "recursion limit exceeded");
  depth_++;
  Ref<> o = read_value(static_cast<Code>(*byte & ~kRefFlag), (*byte & kRefFlag) != 0);
  depth_--;
  return o;
}

Ref<> Reader::read_item(const char* container) {
  Ref<> o = read();
  if (!o && !pending_error())
    return raise(PyExc_TypeError, "NULL object in marshal data for {}", container);
  return o;
}

Ref<> Reader::read_top() { return read_item("object"); }

Ref<> Reader::read_value(Code code, bool flagged) {
  switch (code) {
    case Code::null:
      return {};
    case Code::none:
      return none();
    case Code::stop_iteration:
      return share(PyExc_StopIteration);
    case Code::ellipsis:
      return share(Py_Ellipsis);
    case Code::false_:
      return boolean(false);
    case Code::true_:
      return boolean(true);
    case Code::int32:
      return note(new_int(TRY(take_int32())), flagged);
    case Code::int64: {
      std::string_view b = TRY(take_text(8));
      int64_t v;
      memcpy(&v, b.data(), sizeof v);
      return note(new_int(v), flagged);
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
    case Code::bytes: {
      std::string_view b = TRY(take_text(TRY(take_size("bytes object"))));
      return note(new_bytes(b), flagged);
    }
    case Code::ascii:
    case Code::ascii_interned:
      return note(read_str(TRY(take_size("string")), true, code == Code::ascii_interned), flagged);
    case Code::short_ascii:
    case Code::short_ascii_interned:
      return note(read_str(TRY(take_byte()), true, code == Code::short_ascii_interned), flagged);
    case Code::interned:
    case Code::unicode:
      return note(read_str(TRY(take_size("string")), false, code == Code::interned), flagged);
    case Code::small_tuple:
      return read_sequence(code, TRY(take_byte()), flagged);
    case Code::tuple:
      return read_sequence(code, TRY(take_size("tuple")), flagged);
    case Code::list:
      return read_sequence(code, TRY(take_size("list")), flagged);
    case Code::dict:
      return read_dict(flagged);
    case Code::set:
    case Code::frozenset:
      return read_set(code, TRY(take_size("set")), flagged);
    case Code::code:
      return read_code(flagged);
    case Code::reference:
      return read_reference();
  }
  return raise(PyExc_ValueError, "bad marshal data (unknown type code)");
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

Ref<> Reader::read_str(size_t n, bool ascii, bool interned) {
  std::string_view b = TRY(take_text(n));
  Ref<> s;
  if (n > 1 && ascii && ascii_prefix(b.data(), n) == n) {
    if (interned) return new_interned(b);
    s = TRY(allocate_str(static_cast<Py_ssize_t>(n), 0x7F));
    memcpy(str_data(s.get()), b.data(), n);
    return s;
  }
  if (ascii)
    s = TRY(new_str_from_kind(PyUnicode_1BYTE_KIND, b.data(), static_cast<Py_ssize_t>(n)));
  else
    s = TRY(new_str_with_surrogates(b));
  return interned ? intern(std::move(s)) : std::move(s);
}

Ref<> Reader::read_until_failure(size_t n) {
  for (size_t i = 0; i < n; i++) TRY(done(read_item("tuple")));
  return {};
}

Ref<> Reader::read_sequence(Code code, size_t n, bool flagged) {
  bool is_list = code == Code::list;
  if (!file_ && n > left_) return read_until_failure(n);
  Ref<> made = is_list ? Ref<>(TRY(new_list(static_cast<Py_ssize_t>(n))))
               : n     ? Ref<>(TRY(new_tuple(static_cast<Py_ssize_t>(n))))
                       : share(empty_tuple());
  // References to an unfinished tuple are possible, so its items are never null.
  PyObject** items = n ? fast_items(made.get()) : nullptr;
  for (size_t i = 0; i < n; i++) items[i] = Py_NewRef(Py_None);
  Py_ssize_t index = TRY(reserve(flagged));
  made = fill(std::move(made), index);
  int outer = mutable_depth_;
  if (is_list) mutable_depth_ = depth_;
  else TRY(open_immutable(index));
  bool has_containers = n == 0;
  for (size_t i = 0; i < n; i++) {
    Ref<> o = TRY(read_item(is_list ? "list" : "tuple"));
    has_containers = has_containers || gc_may_be_tracked(o.get());
    replace_field(fast_items(made.get())[i], std::move(o));
  }
  // Names and constants make up most of a program's tuples: the collector need not look at them even once.
  if (!is_list && !has_containers) gc_untrack(made.get());
  if (is_list) mutable_depth_ = outer;
  else close_immutable(index);
  return made;
}

Ref<> Reader::read_dict(bool flagged) {
  Ref<> made = TRY(note(TRY(new_dict()), flagged));
  int outer = std::exchange(mutable_depth_, depth_);
  for (;;) {
    Ref<> key = read();
    if (!key) break;
    Ref<> value = read();
    if (!value) break;
    TRY(dict_set(made.get(), key.get(), value.get()));
  }
  mutable_depth_ = outer;
  return pending_error() ? Ref<>() : std::move(made);
}

Ref<> Reader::read_set(Code code, size_t n, bool flagged) {
  Py_ssize_t index = TRY(reserve(flagged));
  if (!file_ && n > left_) return read_until_failure(n);
  Ref<List> members = TRY(new_list());
  for (size_t i = 0; i < n; i++) {
    Ref<> o = TRY(read_item("set"));
    TRY(list_append(object(members.get()), o.get()));
  }
  PyTypeObject* type = code == Code::set ? &PySet_Type : &PyFrozenSet_Type;
  return fill(call(object(type), object(members.get())), index);
}

Ref<> Reader::read_code(bool flagged) {
  Py_ssize_t index = TRY(reserve(flagged));
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
  return fill(new_code(f), index);
}

}  // namespace

Ref<> marshal_load(std::string_view data) { return Reader(data).read_top(); }

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
