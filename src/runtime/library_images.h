#pragma once
// Code objects of often imported library modules, laid out as data of the executable like those of the modules of a start.
// Importing is as usual, down to reading the `.pyc` file; only, when its content is known by its length and digest, the
// code object is there already: nothing is unmarshalled, interned, verified or allocated.
#include <span>
#include <string_view>

#include "base/hash.h"
#include "object/object.h"
#include "runtime/frozen_image.h"

namespace taipan {

struct LibraryImage {
  Code* code;  ///< null: given out
  const FrozenSetConstant* sets;
  int64_t set_count;
};
/// A module's marshalled code, as the distribution's cache has it or as Taipan writes it.
struct LibraryKey {
  int64_t size;  ///< the table is sorted by it
  Digest digest;
  LibraryImage* image;
};

/// What marshal would make of `data`, at the first time; null without an exception: not known, or not the first time.
Ref<> library_image(std::string_view data);

/// The modules, as paths in the library's folder without `.py`: what the build step lays out.
std::span<const char* const> library_image_files();

}  // namespace taipan

/// Null in the first stage of the build, which makes them.
extern "C" [[gnu::weak]] const taipan::LibraryKey taipan_library_keys[];
extern "C" [[gnu::weak]] const int64_t taipan_library_key_count;
