#pragma once
// A bump allocator for everything that dies together: nothing in it is freed alone, no destructor
// runs. Whoever keeps the arena keeps all that was made in it.
#include <cstddef>
#include <cstring>
#include <new>
#include <string_view>
#include <type_traits>

namespace taipan {

class Arena {
 public:
  Arena() = default;
  ~Arena();
  Arena(Arena&& other) noexcept
      : block_(other.block_), next_(other.next_), end_(other.end_), used_(other.used_) {
    other.block_ = nullptr;
    other.next_ = other.end_ = nullptr;
    other.used_ = 0;
  }
  Arena& operator=(Arena&&) = delete;

  /// Never null: running out of memory here ends the process (sizes are linear in the source's).
  void* allocate(size_t size, size_t align = alignof(std::max_align_t)) {
    auto at = (reinterpret_cast<size_t>(next_) + align - 1) & ~(align - 1);
    if (at + size > reinterpret_cast<size_t>(end_)) [[unlikely]]
      return allocate_slow(size, align);
    next_ = reinterpret_cast<char*>(at + size);
    return reinterpret_cast<void*>(at);
  }
  template <class T>
  T* make() {
    static_assert(std::is_trivially_destructible_v<T>);
    return new (allocate(sizeof(T), alignof(T))) T{};
  }
  /// Uninitialised room for `count` values; null for none.
  template <class T>
  T* array(size_t count) {
    static_assert(std::is_trivially_destructible_v<T>);
    return count ? static_cast<T*>(allocate(sizeof(T) * count, alignof(T))) : nullptr;
  }
  /// A copy that is never null, even of nothing.
  std::string_view copy(std::string_view text) {
    char* p = static_cast<char*>(allocate(text.size() + 1, 1));
    if (!text.empty()) memcpy(p, text.data(), text.size());
    p[text.size()] = 0;
    return {p, text.size()};
  }
  /// Gives back the tail of the newest allocation, which ended at `end`; `end` moves to `new_end`.
  void shrink_last(char* end, char* new_end) {
    if (next_ == end) next_ = new_end;
  }
  /// Bytes taken from the system.
  size_t used() const { return used_; }

 private:
  struct Block;
  void* allocate_slow(size_t size, size_t align);
  Block* block_ = nullptr;
  char* next_ = nullptr;
  char* end_ = nullptr;
  size_t used_ = 0;
};

}  // namespace taipan
