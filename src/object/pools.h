#pragma once
// Small blocks of memory, below the free lists of object/alloc.h. An arena is 1 MB, aligned, mapped from the system; it is cut
// into pools of one or four pages; a pool has blocks of one size. Empty pools go back to their arena, empty arenas to the
// system. The address alone tells whether a block is one of these and how large it is. Everything but in_pools needs the GIL.
#include <cstddef>
#include <cstdint>

namespace taipan {

inline constexpr size_t kSizeStep = 16;
inline constexpr size_t kLargestPooled = 512;

inline constexpr int kArenaBits = 20;
inline constexpr int kAddressBits = 47;
/// One bit for each arena-sized piece of the address space.
extern uint8_t arena_map[size_t{1} << (kAddressBits - kArenaBits - 3)];

/// Is this the address of a block of pool_allocate?
inline bool in_pools(const void* block) {
  uintptr_t piece = reinterpret_cast<uintptr_t>(block) >> kArenaBits;
  return __atomic_load_n(&arena_map[piece >> 3], __ATOMIC_RELAXED) >> (piece & 7) & 1;
}

/// A block of `step` times kSizeStep bytes, aligned to kSizeStep; 1 <= step <= kLargestPooled / kSizeStep. Null: no memory.
void* pool_allocate(size_t step);
void pool_free(void* block);
/// Bytes that the block has.
size_t pooled_size(const void* block);
/// Blocks given out and not taken back.
int64_t pooled_blocks();

}  // namespace taipan
