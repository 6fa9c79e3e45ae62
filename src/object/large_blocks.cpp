#include "object/large_blocks.h"

#include <malloc.h>

#include <cstdlib>
#include <cstring>

namespace taipan {
namespace {

constexpr size_t kKeptFrom = 128 << 10;    // smaller ones malloc keeps itself
constexpr size_t kKeptTo = 16 << 20;
constexpr size_t kMostKept = 32 << 20;     // together
constexpr int kPlaces = 8;

struct Kept {
  void* block;
  size_t size;
};
Kept kept[kPlaces];  // the oldest first
int count = 0;
size_t total = 0;

Kept take_out(int i) {
  Kept k = kept[i];
  total -= k.size;
  count--;
  memmove(kept + i, kept + i + 1, static_cast<size_t>(count - i) * sizeof(Kept));
  return k;
}

void* take_fitting(size_t size) {
  for (int i = count; i-- > 0;)
    if (kept[i].size >= size && kept[i].size - size <= size / 4) return take_out(i).block;
  return nullptr;
}

/// Not having memory is a reason to give back what is kept.
template <class Allocate>
void* try_twice(Allocate allocate) {
  void* block = allocate();
  if (!block && count) {
    trim_large_blocks();
    block = allocate();
  }
  return block;
}

}  // namespace

void* allocate_large(size_t size) {
  if (size >= kKeptFrom && count)
    if (void* block = take_fitting(size)) return block;
  return try_twice([=] { return malloc(size); });
}

void* reallocate_large(void* block, size_t size) {
  return try_twice([=] { return realloc(block, size); });
}

void free_large(void* block) {
  size_t size = malloc_usable_size(block);
  if (size < kKeptFrom || size > kKeptTo) return free(block);
  while (count == kPlaces || total + size > kMostKept) free(take_out(0).block);
  kept[count++] = {block, size};
  total += size;
}

void trim_large_blocks() {
  while (count) free(take_out(count - 1).block);
}

}  // namespace taipan
