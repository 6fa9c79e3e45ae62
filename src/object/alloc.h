#pragma once
// Memory for objects: per-size free lists (one pop, one push, inlined) over the pools of small blocks; larger blocks
// are malloc's. Everything here needs the GIL. A block may also be given back by raw_free, which is not told its size.
#include "object/pools.h"

namespace taipan {

void* raw_allocate(size_t size);              ///< null: no memory (no exception is set)
void* raw_reallocate(void* block, size_t size);
void raw_free(void* block);                   ///< takes malloc's blocks too

struct FreeList {
  void* head = nullptr;
  uint32_t count = 0;
};
inline constexpr uint32_t kFreeListLimit = 1024;
inline constinit FreeList free_lists[kLargestPooled / kSizeStep + 1]{};

#if defined(TAIPAN_ASAN)
inline void* allocate_block(size_t size) { return raw_allocate(size); }
inline void* allocate_pooled(size_t) { return nullptr; }
inline void free_block(void* block, size_t) { raw_free(block); }
#else
/// A block of at least `size` bytes, 16-byte aligned. Null: no memory.
inline void* allocate_block(size_t size) {
  size_t step = (size + kSizeStep - 1) / kSizeStep;
  if (step <= kLargestPooled / kSizeStep) {
    FreeList& list = free_lists[step];
    if (void* block = list.head) [[likely]] {
      list.head = *static_cast<void**>(block);
      list.count--;
      return block;
    }
  }
  return raw_allocate(step * kSizeStep);
}
/// The same from a free list only; null: it is empty.
inline void* allocate_pooled(size_t size) {
  FreeList& list = free_lists[(size + kSizeStep - 1) / kSizeStep];
  void* block = list.head;
  if (block) [[likely]] {
    list.head = *static_cast<void**>(block);
    list.count--;
  }
  return block;
}
/// Gives a block of that size back.
inline void free_block(void* block, size_t size) {
  size_t step = (size + kSizeStep - 1) / kSizeStep;
  if (step <= kLargestPooled / kSizeStep) {
    FreeList& list = free_lists[step];
    if (list.count < kFreeListLimit) [[likely]] {
      *static_cast<void**>(block) = list.head;
      list.head = block;
      list.count++;
      return;
    }
  }
  raw_free(block);
}
#endif

/// Empties all free lists (a full collection does this).
void trim_free_lists();

/// Objects alive now, all types: allocations by the functions of object/gc.h minus frees. For leak tests; the
/// release build does not count, see allocated_blocks.
extern int64_t live_objects;
/// live_objects, or in the release build the blocks of memory in use.
int64_t allocated_blocks();
inline void count_objects([[maybe_unused]] int change) {
#ifndef NDEBUG
  live_objects += change;
#endif
}

}  // namespace taipan
