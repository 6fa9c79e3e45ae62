#pragma once
// Blocks that are too large for the pools are malloc's. Of those of hundreds of kilobytes, which malloc takes from the system and
// gives back one by one, the last few freed are kept for the next that they fit: texts, tables and buffers come and go in
// the same sizes, and fresh pages cost more than the work on them. Needs the GIL.
#include <cstddef>

namespace taipan {

void* allocate_large(size_t size);                 ///< null: no memory
void* reallocate_large(void* block, size_t size);  ///< as realloc
void free_large(void* block);
/// Gives back what is kept.
void trim_large_blocks();

}  // namespace taipan
