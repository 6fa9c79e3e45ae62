// Pools: a pool hands out the blocks that came back, then fresh ones, so that memory is touched only when it is used.
#include "object/pools.h"

#include <sys/mman.h>

#include <bit>
#include <new>

namespace taipan {

uint8_t arena_map[size_t{1} << (kAddressBits - kArenaBits - 3)];

namespace {

constexpr size_t kArenaBytes = size_t{1} << kArenaBits;
constexpr size_t kPageBytes = 4096;
constexpr int kPages = kArenaBytes / kPageBytes;
constexpr size_t kSteps = kLargestPooled / kSizeStep;
constexpr int kPagesOfFirst = 1;   // of a size's first pool: a short program needs few blocks of most sizes
constexpr int kPagesOfOthers = 4;
constexpr int kPagesAtOnce = 8;    // made present by one system call: cheaper than a page fault each

template <class T>
struct Ring {  // a list through its members; a list's head is a member that is nothing else
  T *next, *prev;
  void make_empty() { next = prev = static_cast<T*>(this); }
  bool is_empty() const { return next == this; }
  void insert_behind(Ring& head) {
    next = head.next;
    prev = static_cast<T*>(&head);
    head.next->prev = static_cast<T*>(this);
    head.next = static_cast<T*>(this);
  }
  void take_out() {
    next->prev = prev;
    prev->next = next;
  }
};

struct alignas(16) Pool : Ring<Pool> {  // in its size's list while it has a block to give
  void* returned;       // blocks that came back, chained
  char *fresh, *end;    // blocks never given out
  uint32_t used;        // blocks outside
  uint16_t step;
  uint8_t first_page, pages;

  bool has_room() const { return returned || fresh < end; }
};

struct Arena : Ring<Arena> {  // in the list of arenas while it has free pages
  int touched;                // pages from here on were never used
  int present;                // pages from here on are not in memory
  int returned;               // free pages before `touched`
  uint64_t free[kPages / 64]; // which
  uint8_t pool_start[kPages]; // a page's pool begins in this page

  /// The pool that begins in a page; in the first page, it follows the arena's own data.
  Pool* pool_at(int page) {
    char* base = reinterpret_cast<char*>(this);
    return reinterpret_cast<Pool*>(page ? base + page * kPageBytes : base + (sizeof(Arena) + 15) / 16 * 16);
  }
  bool is_free(int page) const { return free[page / 64] >> (page % 64) & 1; }
  void set_free(int page, int pages, bool value) {
    for (int i = page; i < page + pages; i++) {
      uint64_t bit = uint64_t{1} << (i % 64);
      value ? free[i / 64] |= bit : free[i / 64] &= ~bit;
    }
  }
};

Ring<Pool> pools[kSteps + 1];   // by size: those with room
bool has_pools[kSteps + 1];     // was there ever one of this size?
Ring<Arena> arenas;             // those with free pages
int64_t blocks;

Arena* arena_of(const void* block) { return reinterpret_cast<Arena*>(reinterpret_cast<uintptr_t>(block) & ~(kArenaBytes - 1)); }
Pool* pool_of(const void* block) {
  Arena* arena = arena_of(block);
  size_t page = (reinterpret_cast<uintptr_t>(block) & (kArenaBytes - 1)) / kPageBytes;
  return arena->pool_at(arena->pool_start[page]);
}

void mark(Arena* arena, bool present) {
  uintptr_t piece = reinterpret_cast<uintptr_t>(arena) >> kArenaBits;
  uint8_t bit = static_cast<uint8_t>(1 << (piece & 7));
  if (present)
    __atomic_fetch_or(&arena_map[piece >> 3], bit, __ATOMIC_RELAXED);
  else
    __atomic_fetch_and(&arena_map[piece >> 3], static_cast<uint8_t>(~bit), __ATOMIC_RELAXED);
}

/// Mapped memory of that size and alignment; the address space around it is given back.
char* map_aligned() {
  constexpr int kProtection = PROT_READ | PROT_WRITE, kFlags = MAP_PRIVATE | MAP_ANONYMOUS;
  static char* wanted = nullptr;  // before the last arena, as the system maps downwards: most often free
  if (wanted) {
    void* at = mmap(wanted, kArenaBytes, kProtection, kFlags, -1, 0);
    if (at == wanted) {
      wanted -= kArenaBytes;
      return static_cast<char*>(at);
    }
    if (at != MAP_FAILED) munmap(at, kArenaBytes);
  }
  void* at = mmap(nullptr, 2 * kArenaBytes, kProtection, kFlags, -1, 0);
  if (at == MAP_FAILED) return nullptr;
  char* start = static_cast<char*>(at);
  char* aligned = reinterpret_cast<char*>((reinterpret_cast<uintptr_t>(at) + kArenaBytes - 1) & ~(kArenaBytes - 1));
  if (aligned > start) munmap(start, static_cast<size_t>(aligned - start));
  munmap(aligned + kArenaBytes, kArenaBytes - static_cast<size_t>(aligned - start));
  wanted = aligned - kArenaBytes;
  return aligned;
}

Arena* new_arena() {
  char* memory = map_aligned();
  if (!memory) return nullptr;
  if (reinterpret_cast<uintptr_t>(memory) >> kAddressBits) {
    munmap(memory, kArenaBytes);
    return nullptr;
  }
  auto* arena = new (memory) Arena();
  arena->insert_behind(arenas);
  mark(arena, true);
  return arena;
}

/// The first of `pages` adjoining free pages that were used before, or -1.
int find_returned(const Arena& arena, int pages) {
  if (arena.returned < pages) return -1;
  int run = 0;
  for (int i = 0; i < arena.touched; i++) {
    run = arena.is_free(i) ? run + 1 : 0;
    if (run == pages) return i - pages + 1;
  }
  return -1;
}

int take_fresh(Arena& arena, int pages) {
  int page = arena.touched;
  arena.touched += pages;
#if defined(MADV_POPULATE_WRITE)
  while (arena.present < arena.touched) {
    int end = arena.present + kPagesAtOnce < kPages ? arena.present + kPagesAtOnce : kPages;
    madvise(reinterpret_cast<char*>(&arena) + arena.present * kPageBytes, static_cast<size_t>(end - arena.present) * kPageBytes,
            MADV_POPULATE_WRITE);  // if it fails, page faults do the work
    arena.present = end;
  }
#endif
  return page;
}

Pool* new_pool(size_t step) {
  int pages = has_pools[step] ? kPagesOfOthers : kPagesOfFirst;
  Arena* arena = nullptr;
  int page = -1;
  for (Arena* a = arenas.next; a != &arenas && page < 0; a = a->next) {
    arena = a;
    page = find_returned(*a, pages);
    if (page >= 0) {
      a->set_free(page, pages, false);
      a->returned -= pages;
    } else if (a->touched + pages <= kPages) {
      page = take_fresh(*a, pages);
    }
  }
  if (page < 0) {
    arena = new_arena();
    if (!arena) return nullptr;
    page = take_fresh(*arena, pages);
  }
  if (arena->returned == 0 && arena->touched == kPages) arena->take_out();
  has_pools[step] = true;
  for (int i = page; i < page + pages; i++) arena->pool_start[i] = static_cast<uint8_t>(page);
  auto* pool = new (arena->pool_at(page)) Pool();
  pool->fresh = reinterpret_cast<char*>(pool + 1);
  size_t room = static_cast<size_t>(reinterpret_cast<char*>(arena) + (page + pages) * kPageBytes - pool->fresh);
  pool->end = pool->fresh + room / (step * kSizeStep) * (step * kSizeStep);
  pool->step = static_cast<uint16_t>(step);
  pool->first_page = static_cast<uint8_t>(page);
  pool->pages = static_cast<uint8_t>(pages);
  pool->insert_behind(pools[step]);
  return pool;
}

void release(Arena* arena) {
  if (arena->next == arena->prev) return;  // the only one with room stays
  arena->take_out();
  mark(arena, false);
  munmap(arena, kArenaBytes);
}

void release(Pool* pool) {
  pool->take_out();
  Arena* arena = arena_of(pool);
  if (arena->returned == 0 && arena->touched == kPages) arena->insert_behind(*arenas.prev);  // at the end: others fill first
  arena->set_free(pool->first_page, pool->pages, true);
  arena->returned += pool->pages;
  if (arena->returned == arena->touched) release(arena);
}

[[gnu::noinline]] void* allocate_from_new_pool(size_t step) {
  if (!arenas.next) {
    arenas.make_empty();
    for (auto& list : pools) list.make_empty();
  }
  return new_pool(step) ? pool_allocate(step) : nullptr;
}

}  // namespace

void* pool_allocate(size_t step) {
  Pool* pool = pools[step].next;
  if (!pool || pool == &pools[step]) [[unlikely]] return allocate_from_new_pool(step);
  pool->used++;
  blocks++;
  void* block = pool->returned;
  if (block) {
    pool->returned = *static_cast<void**>(block);
  } else {
    block = pool->fresh;
    pool->fresh += step * kSizeStep;
  }
  if (!pool->has_room()) [[unlikely]] pool->take_out();
  return block;
}

void pool_free(void* block) {
  Pool* pool = pool_of(block);
  if (!pool->has_room()) [[unlikely]] pool->insert_behind(pools[pool->step]);
  *static_cast<void**>(block) = pool->returned;
  pool->returned = block;
  blocks--;
  if (--pool->used == 0) [[unlikely]] release(pool);
}

size_t pooled_size(const void* block) { return pool_of(block)->step * kSizeStep; }
int64_t pooled_blocks() { return blocks; }

}  // namespace taipan
