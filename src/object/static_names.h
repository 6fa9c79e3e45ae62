#pragma once
// The table of the static names (object/name.h, and those of embedded code) and the one-character strs: open addressing as in
// the table of other interned strs, made by the build step tools/freeze.cpp, so that a start enters none of them.
#include <string_view>

#include "base/hash.h"
#include "object/str.h"

extern "C" {
extern char __start_taipan_names[];
extern char __stop_taipan_names[];
}

namespace taipan {

struct StaticNameTable {
  struct Entry {
    uint32_t hash;     ///< 0: an empty place
    uint32_t address;  ///< of the str: the executable lies in the lowest 4 GB

    PyObject* str() const { return reinterpret_cast<PyObject*>(uintptr_t{address}); }
  };
  uint64_t mask;
  const Entry* entries;
};

/// By the characters as they lie in memory.
inline uint32_t static_name_hash(std::string_view text) {
  uint32_t hash = table_hash(text.data(), text.size(), {});
  return hash ? hash : 1;
}

/// Calls visit(str) for each of them, one-character strs left out.
template <class Visit>
void for_each_static_name(Visit visit) {
  for (char* at = __start_taipan_names; at < __stop_taipan_names;) {
    auto s = reinterpret_cast<PyObject*>(at);
    size_t size = sizeof(PyASCIIObject) + static_cast<size_t>(str_length(s)) + 1;
    at += (size + 15) / 16 * 16;
    visit(s);
  }
}

}  // namespace taipan

/// Absent in the first stage of the build.
extern "C" [[gnu::weak]] const taipan::StaticNameTable taipan_static_names;
