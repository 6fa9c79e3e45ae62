// NameTable: open addressing, linear probing, at most half full.
#include "syntax/names.h"

#include <cstdlib>

#include "syntax/unicode.h"

namespace taipan::syntax {

NameTable::~NameTable() { free(slots_); }

void NameTable::grow() {
  uint32_t size = slots_ ? (mask_ + 1) * 2 : 256;
  auto* fresh = static_cast<Slot*>(calloc(size, sizeof(Slot)));
  if (!fresh) abort();
  for (uint32_t i = 0; slots_ && i <= mask_; ++i) {
    if (!slots_[i].name) continue;
    uint32_t at = slots_[i].hash & (size - 1);
    while (fresh[at].name) at = (at + 1) & (size - 1);
    fresh[at] = slots_[i];
  }
  free(slots_);
  slots_ = fresh;
  mask_ = size - 1;
}

Identifier NameTable::intern(std::string_view text, uint32_t hash) {
  if (count_ * 2 >= mask_) grow();
  uint32_t at = hash & mask_;
  for (; slots_[at].name; at = (at + 1) & mask_) {
    if (slots_[at].hash == hash && slots_[at].name->text == text) return slots_[at].name;
  }
  auto* name = arena_.make<NameText>();
  name->text = arena_.copy(text);
  slots_[at] = {hash, name};
  ++count_;
  return name;
}

Identifier NameTable::from_source(std::string_view text, bool ascii, uint32_t hash) {
  if (ascii) return intern(text, hash);
  return intern(normalize_nfkc(text, arena_));
}

}  // namespace taipan::syntax
