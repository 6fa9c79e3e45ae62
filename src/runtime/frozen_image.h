#pragma once
// Code objects that the build step tools/freeze.cpp lays out as data of the executable: nothing is read, allocated or
// relocated to use them. Their counts start so high that they never die; their strs stand among the static names.
#include "object/object.h"

namespace taipan {

/// A frozenset among a code's constants: its order depends on the hash key, so it is made at first use.
struct FrozenSetConstant {
  PyObject** slot;
  PyObject* items;  ///< tuple
};

/// Puts the sets where they belong; once. False: no memory.
Status make_frozen_sets(const FrozenSetConstant* sets, int64_t count);

/// The pages of embedded objects that a start changes (every function made counts its code object, every name gets its hash)
/// become the process's own in one go, which is cheaper than one page fault each.
void prepare_frozen_objects();

struct FrozenImage {
  int64_t size, mtime;  ///< of the source that it was made from
  Code* code;           ///< null: not embedded
  const FrozenSetConstant* sets;
  int64_t set_count;
};

}  // namespace taipan

/// In the order of frozen_modules(); null in the first stage, which makes them.
extern "C" [[gnu::weak]] taipan::FrozenImage taipan_frozen_images[];
/// Around the code objects of the modules of a start, and around the names that it asks for.
extern "C" [[gnu::weak]] char taipan_frozen_code_start[], taipan_frozen_code_end[], taipan_start_names_start[], taipan_start_names_end[];
