// StrBuilder: the characters gather in a plain array that widens when it must; `finish` makes the
// str.
#include "base/search.h"
#include "object/alloc.h"
#include "object/error.h"
#include "object/str.h"

namespace taipan {
namespace {

int kind_of(Py_UCS4 max_char) { return max_char < 0x100 ? 1 : max_char < 0x10000 ? 2 : 4; }
constexpr Py_UCS4 limit_of(int kind) { return kind == 1 ? 0xFF : kind == 2 ? 0xFFFF : 0x10FFFF; }

template <class From>
void widen(const From* from, size_t n, int kind, void* to) {
  if (kind == 1)
    copy_units(from, n, static_cast<uint8_t*>(to));
  else if (kind == 2)
    copy_units(from, n, static_cast<uint16_t*>(to));
  else
    copy_units(from, n, static_cast<uint32_t*>(to));
}
/// Copies units between two widths.
void convert(int from_kind, const void* from, size_t n, int kind, void* to) {
  if (from_kind == kind)
    memcpy(to, from, n * static_cast<size_t>(kind));
  else if (from_kind == 1)
    widen(static_cast<const uint8_t*>(from), n, kind, to);
  else if (from_kind == 2)
    widen(static_cast<const uint16_t*>(from), n, kind, to);
  else
    widen(static_cast<const uint32_t*>(from), n, kind, to);
}

}  // namespace

StrBuilder::~StrBuilder() {
  if (data_ != inline_) raw_free(data_);
}

bool StrBuilder::reserve(Py_ssize_t more, Py_UCS4 max_char) {
  int kind = kind_of(max_char) > kind_ ? kind_of(max_char) : kind_;
  if (more <= capacity_ - size_ && kind == kind_) return true;
  if (more > PY_SSIZE_T_MAX / 8 - size_) return raise_no_memory(), false;
  if (size_ == 0 && data_ == inline_ && more <= kInline / kind) {
    kind_ = kind;
    room_for_ = limit_of(kind);
    capacity_ = kInline / kind;
    return true;
  }
  Py_ssize_t capacity = capacity_;
  if (size_ + more > capacity) capacity = size_ + more + (size_ ? (size_ + more) / 2 : 0);
  auto bytes = static_cast<size_t>(capacity) * static_cast<size_t>(kind);
  if (kind == kind_ && data_ != inline_) {
    auto grown = static_cast<char*>(raw_reallocate(data_, bytes));
    if (!grown) return raise_no_memory(), false;
    data_ = grown;
  } else {
    auto wider = static_cast<char*>(raw_allocate(bytes));
    if (!wider) return raise_no_memory(), false;
    if (size_) convert(kind_, data_, static_cast<size_t>(size_), kind, wider);
    if (data_ != inline_) raw_free(data_);
    data_ = wider;
    kind_ = kind;
    room_for_ = limit_of(kind);
  }
  capacity_ = capacity;
  return true;
}

bool StrBuilder::add_slowly(Py_UCS4 c) {
  if (!reserve(1, c)) return false;
  put(c);
  return true;
}

void StrBuilder::copy_in(int kind, const void* units, size_t n) {
  convert(kind, units, n, kind_, data_ + size_ * kind_);
  size_ += static_cast<Py_ssize_t>(n);
}

bool StrBuilder::add(std::string_view ascii) {
  if (ascii.empty()) return true;
  if (!reserve(static_cast<Py_ssize_t>(ascii.size()), 0x7F)) return false;
  copy_in(1, ascii.data(), ascii.size());
  if (max_char_ < 0x7F) max_char_ = 0x7F;
  return true;
}

bool StrBuilder::add(PyObject* str) {
  Py_ssize_t n = str_length(str);
  if (n == 0) return true;
  Py_UCS4 bound = max_char_bound(str);
  if (!reserve(n, bound)) return false;
  copy_in(str_kind(str), str_data(str), static_cast<size_t>(n));
  if (bound > max_char_) max_char_ = bound;
  return true;
}

template <class Unit>
bool StrBuilder::add_units(const Unit* units, size_t n) {
  if (n == 0) return true;
  Py_UCS4 bound = max_bound(units, n);
  if (!reserve(static_cast<Py_ssize_t>(n), bound)) return false;
  copy_in(sizeof(Unit), units, n);
  if (bound > max_char_) max_char_ = bound;
  return true;
}
template bool StrBuilder::add_units(const uint8_t*, size_t);
template bool StrBuilder::add_units(const uint16_t*, size_t);
template bool StrBuilder::add_units(const uint32_t*, size_t);

bool StrBuilder::add(PyObject* str, Py_ssize_t low, Py_ssize_t high) {
  if (low >= high) return true;
  if (is_ascii(str))
    return add(narrow_text(str).substr(static_cast<size_t>(low), static_cast<size_t>(high - low)));
  return with_units(str, [&](auto units, size_t) {
    return add_units(units + low, static_cast<size_t>(high - low));
  });
}

bool StrBuilder::fill(Py_UCS4 c, Py_ssize_t count) {
  if (count <= 0) return true;
  if (!reserve(count, c)) return false;
  auto n = static_cast<size_t>(count);
  char* at = data_ + size_ * kind_;
  if (kind_ == 1) {
    memset(at, static_cast<int>(c), n);
  } else if (kind_ == 2) {
    auto units = reinterpret_cast<Py_UCS2*>(at);
    for (size_t i = 0; i < n; i++) units[i] = static_cast<Py_UCS2>(c);
  } else {
    auto units = reinterpret_cast<Py_UCS4*>(at);
    for (size_t i = 0; i < n; i++) units[i] = c;
  }
  size_ += count;
  if (c > max_char_) max_char_ = c;
  return true;
}

Ref<> StrBuilder::finish() {
  Ref<> s;
  if (size_ == 1) {
    s = char_str(kind_ == 1   ? static_cast<Py_UCS1>(data_[0])
                 : kind_ == 2 ? *reinterpret_cast<Py_UCS2*>(data_)
                              : *reinterpret_cast<Py_UCS4*>(data_));
  } else {
    s = allocate_str(size_, max_char_);
    if (s && size_)
      convert(kind_, data_, static_cast<size_t>(size_), str_kind(s.get()), str_data(s.get()));
  }
  if (data_ != inline_) raw_free(data_);
  data_ = inline_;
  size_ = 0;
  capacity_ = kInline;
  kind_ = 1;
  room_for_ = 0xFF;
  max_char_ = 0;
  return s;
}

}  // namespace taipan
