#pragma once
// What the matcher learns about a pattern while it is used: which of the first 256 characters an item of the code
// matches, and which a match can begin with. Only items that are used often get a table.
#include <cstddef>

#include "modules/sre/opcodes.h"

namespace taipan::sre {

struct CharacterTable {
  bool matches[256];
};

class Tables {
 public:
  Tables() = default;
  Tables(const Tables&) = delete;
  ~Tables();
  /// The table of the item at `pc`; null: it has none (yet). `size`: words of code.
  const CharacterTable* item(const Word* code, size_t size, Word pc);
  /// The same, if it is there already.
  const CharacterTable* known(Word pc) const { return slots_ ? slots_[pc].table : nullptr; }
  /// The characters that a match can begin with; null: any, or a match can be empty. Others than the 256 may always.
  const CharacterTable* first(const Word* code);

 private:
  struct Slot {
    CharacterTable* table;
    unsigned uses;
  };
  Slot* slots_ = nullptr;  // one for each word of the code
  size_t size_ = 0;
  CharacterTable* first_ = nullptr;
  bool first_tried_ = false;
};

/// Whether the item at `pc`, which stands for one character, matches `c`.
bool item_matches(const Word* code, Word pc, uint32_t c);

}  // namespace taipan::sre
