// Arena: blocks double in size up to a bound, so that a small tree costs one small block and a
// large one few blocks. A request larger than a block gets its own, and the current block stays in
// use.
#include "base/arena.h"

#include <cstdio>
#include <cstdlib>

namespace taipan {

struct alignas(std::max_align_t) Arena::Block {
  Block* previous;
  size_t size;
};

namespace {
constexpr size_t kFirstBlock = 8 * 1024;
constexpr size_t kLargestBlock = 512 * 1024;
}  // namespace

Arena::~Arena() {
  while (block_) {
    Block* previous = block_->previous;
    free(block_);
    block_ = previous;
  }
}

void* Arena::allocate_slow(size_t size, size_t align) {
  size_t want = block_ ? block_->size * 2 : kFirstBlock;
  if (want > kLargestBlock) want = kLargestBlock;
  bool own = size + align > want / 2;
  size_t payload = own ? size + align : want;
  auto* block = static_cast<Block*>(malloc(sizeof(Block) + payload));
  if (!block) {
    fputs("taipan: out of memory\n", stderr);
    abort();
  }
  used_ += payload;
  char* start = reinterpret_cast<char*>(block + 1);
  if (own && block_) {
    // Behind the current block in the chain: the current one still has room.
    block->size = payload;
    block->previous = block_->previous;
    block_->previous = block;
    auto at = (reinterpret_cast<size_t>(start) + align - 1) & ~(align - 1);
    return reinterpret_cast<void*>(at);
  }
  block->size = want;
  block->previous = block_;
  block_ = block;
  next_ = start;
  end_ = start + payload;
  return allocate(size, align);
}

}  // namespace taipan
