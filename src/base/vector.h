#pragma once
// A growable array whose growth can fail: for everything whose size the user controls.
// `append` returns false when memory runs out and leaves the contents as they were.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <span>
#include <type_traits>
#include <utility>

namespace taipan {

template <class T>
class Vector {
 public:
  Vector() = default;
  Vector(const Vector&) = delete;
  Vector& operator=(const Vector&) = delete;
  Vector(Vector&& from) noexcept
      : data_(std::exchange(from.data_, nullptr)),
        size_(std::exchange(from.size_, 0)),
        capacity_(std::exchange(from.capacity_, 0)) {}
  Vector& operator=(Vector&& from) noexcept {
    std::swap(data_, from.data_);
    std::swap(size_, from.size_);
    std::swap(capacity_, from.capacity_);
    return *this;
  }
  ~Vector() {
    clear();
    free(data_);
  }

  [[nodiscard]] bool append(T value) {
    if (size_ == capacity_ && !grow(size_ + 1)) return false;
    new (&data_[size_++]) T(std::move(value));
    return true;
  }
  /// Copies `n` items to the end. They must not lie in this vector.
  [[nodiscard]] bool extend(const T* items, size_t n)
    requires std::is_trivially_copyable_v<T>
  {
    if (n > SIZE_MAX - size_ || !reserve(size_ + n)) return false;
    if (n) memcpy(static_cast<void*>(data_ + size_), items, n * sizeof(T));
    size_ += n;
    return true;
  }
  /// Room for `n` items in total without further growth.
  [[nodiscard]] bool reserve(size_t n) { return n <= capacity_ || grow(n); }
  /// New items are value-initialised.
  [[nodiscard]] bool resize(size_t n) {
    if (n > size_) {
      if (!reserve(n)) return false;
      for (size_t i = size_; i < n; i++) new (&data_[i]) T();
    } else {
      for (size_t i = n; i < size_; i++) data_[i].~T();
    }
    size_ = n;
    return true;
  }

  T pop() {
    T last = std::move(data_[size_ - 1]);
    data_[--size_].~T();
    return last;
  }
  void clear() {
    for (size_t i = 0; i < size_; i++) data_[i].~T();
    size_ = 0;
  }
  /// Drops the items from `n` on.
  void truncate(size_t n) {
    while (size_ > n) data_[--size_].~T();
  }

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T* data() { return data_; }
  const T* data() const { return data_; }
  T* begin() { return data_; }
  T* end() { return data_ + size_; }
  const T* begin() const { return data_; }
  const T* end() const { return data_ + size_; }
  T& operator[](size_t i) { return data_[i]; }
  const T& operator[](size_t i) const { return data_[i]; }
  T& back() { return data_[size_ - 1]; }
  const T& back() const { return data_[size_ - 1]; }
  std::span<const T> span() const { return {data_, size_}; }

 private:
  bool grow(size_t least) {
    size_t capacity = least > capacity_ + capacity_ / 2 ? least : capacity_ + capacity_ / 2;
    if (capacity < 8) capacity = 8;
    if (capacity > SIZE_MAX / 2 / sizeof(T)) return false;
    if constexpr (std::is_trivially_copyable_v<T>) {
      void* moved = realloc(static_cast<void*>(data_), capacity * sizeof(T));
      if (!moved) return false;
      data_ = static_cast<T*>(moved);
    } else {
      T* moved = static_cast<T*>(malloc(capacity * sizeof(T)));
      if (!moved) return false;
      for (size_t i = 0; i < size_; i++) {
        new (&moved[i]) T(std::move(data_[i]));
        data_[i].~T();
      }
      free(data_);
      data_ = moved;
    }
    capacity_ = capacity;
    return true;
  }

  T* data_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace taipan
