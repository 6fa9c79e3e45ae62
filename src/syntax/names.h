#pragma once
// The identifiers of one tree: interned, so that equal names have one address.
#include <cstdint>
#include <string_view>

#include "base/arena.h"
#include "syntax/tree.h"

namespace taipan::syntax {

class NameTable {
 public:
  explicit NameTable(Arena& arena) : arena_(arena) {}
  ~NameTable();
  NameTable(const NameTable&) = delete;
  NameTable& operator=(const NameTable&) = delete;

  /// The identifier with this text (as it stands; identifiers of a source go through from_source).
  Identifier intern(std::string_view text) { return intern(text, hash(text)); }
  Identifier intern(std::string_view text, uint32_t hash);
  /// The identifier that a token's text means: non-ASCII text is NFKC-normalised first.
  Identifier from_source(std::string_view text, bool ascii, uint32_t hash);

  static constexpr uint32_t kSeed = 2166136261u;
  static uint32_t step(uint32_t h, unsigned char c) { return (h ^ c) * 16777619u; }
  static uint32_t hash(std::string_view text) {
    uint32_t h = kSeed;
    for (char c : text) h = step(h, static_cast<unsigned char>(c));
    return h;
  }
  Arena& arena() { return arena_; }

 private:
  void grow();
  struct Slot {
    uint32_t hash;
    NameText* name;
  };
  Arena& arena_;
  Slot* slots_ = nullptr;
  uint32_t mask_ = 0;
  uint32_t count_ = 0;
};

}  // namespace taipan::syntax
