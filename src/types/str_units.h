#pragma once
// Two strs of different widths at the same width: what the search kernels ask for.
#include <cstdlib>

#include "base/search.h"
#include "object/error.h"
#include "object/str.h"

namespace taipan {

/// The characters of a str of width `Unit` or less, as Units.
template <class Unit>
class Widened {
 public:
  explicit Widened(PyObject* s) : size_(static_cast<size_t>(str_length(s))) {
    if (str_kind(s) == sizeof(Unit)) {
      data_ = static_cast<const Unit*>(str_data(s));
      return;
    }
    Unit* room = inline_;
    if (size_ > std::size(inline_))
      room = owned_ = static_cast<Unit*>(malloc(size_ * sizeof(Unit)));
    data_ = room;
    if (!room)
      raise_no_memory();
    else
      copy_characters(sizeof(Unit), room, 0, s, 0, str_length(s));
  }
  ~Widened() { free(owned_); }
  Widened(const Widened&) = delete;
  explicit operator bool() const { return data_ != nullptr; }
  const Unit* data() const { return data_; }
  size_t size() const { return size_; }

 private:
  const Unit* data_;
  size_t size_;
  Unit* owned_ = nullptr;
  Unit inline_[32];
};

/// Calls `f(units of s, size, units of needle, size) -> Result` with both at s's width; the
/// needle's must not be greater.
template <class F>
auto with_same_width(PyObject* s, PyObject* needle, F&& f) {
  return with_units(s, [&](auto text, size_t n) -> decltype(f(text, n, text, n)) {
    using Unit = std::remove_cv_t<std::remove_reference_t<decltype(*text)>>;
    Widened<Unit> wide(needle);
    if (!wide) return Raised{};
    return f(text, n, wide.data(), wide.size());
  });
}

}  // namespace taipan
