// Tables of characters for the items of a pattern.
#include "modules/sre/tables.h"

#include <cstdlib>

#include "modules/sre/characters.h"

namespace taipan::sre {

namespace {

constexpr unsigned kUsesBeforeTable = 4;  // a table costs about as much as 256 tests

/// Whether a set's answer can change with the locale, so that it must be asked each time.
bool set_depends_on_locale(const Word* set) {
  for (;;) {
    switch (static_cast<Op>(*set++)) {
      case Op::literal: set++; break;
      case Op::category: {
        auto category = static_cast<Category>(*set++);
        if (category == Category::loc_word || category == Category::loc_not_word) return true;
        break;
      }
      case Op::charset: set += kCharsetWords; break;
      case Op::range: case Op::range_uni_ignore: set += 2; break;
      case Op::bigcharset: {
        Word blocks = *set++;
        set += kBlockIndexWords + blocks * kCharsetWords;
        break;
      }
      case Op::negate: break;
      default: return false;
    }
  }
}

bool is_constant_item(const Word* code, Word pc) {
  switch (static_cast<Op>(code[pc])) {
    case Op::any: case Op::any_all: case Op::literal: case Op::not_literal:
    case Op::literal_ignore: case Op::not_literal_ignore: case Op::literal_uni_ignore: case Op::not_literal_uni_ignore: return true;
    case Op::category: {
      auto category = static_cast<Category>(code[pc + 1]);
      return category != Category::loc_word && category != Category::loc_not_word;
    }
    case Op::in: case Op::in_ignore: case Op::in_uni_ignore: return !set_depends_on_locale(code + pc + 2);
    default: return false;
  }
}

void add_item(CharacterTable& table, const Word* code, Word pc) {
  for (uint32_t c = 0; c < 256; c++) table.matches[c] |= item_matches(code, pc, c);
}

/// Adds the characters that what begins at `pc` can begin with. False: it may match without a character, or it is not known.
bool add_first(CharacterTable& table, const Word* code, Word pc, int depth) {
  if (depth > 20) return false;
  for (;;) {
    switch (static_cast<Op>(code[pc])) {
      case Op::info: case Op::assert_: case Op::assert_not: pc += 1 + code[pc + 1]; break;
      case Op::mark: case Op::at: pc += 2; break;
      case Op::atomic_group: pc += 2; break;
      case Op::jump: pc += 1 + code[pc + 1]; break;
      case Op::branch: {
        for (Word alternative = pc + 1; code[alternative]; alternative += code[alternative])
          if (!add_first(table, code, alternative + 1, depth + 1)) return false;
        return true;
      }
      case Op::repeat_one: case Op::min_repeat_one: case Op::possessive_repeat_one:
        if (!is_constant_item(code, pc + 4)) return false;
        add_item(table, code, pc + 4);
        if (code[pc + 2]) return true;
        pc += 1 + code[pc + 1];
        break;
      case Op::repeat: case Op::possessive_repeat:
        if (code[pc + 2] == 0) return false;
        pc += 4;
        break;
      default:
        if (!is_constant_item(code, pc)) return false;
        add_item(table, code, pc);
        return true;
    }
  }
}

CharacterTable* new_table() { return static_cast<CharacterTable*>(calloc(1, sizeof(CharacterTable))); }

}  // namespace

bool item_matches(const Word* code, Word pc, uint32_t c) {
  const Word* args = code + pc + 1;
  switch (static_cast<Op>(code[pc])) {
    case Op::any: return c != '\n';
    case Op::any_all: return true;
    case Op::category: return in_category(args[0], c);
    case Op::literal: return c == args[0];
    case Op::not_literal: return c != args[0];
    case Op::literal_ignore: return lower_ascii(c) == args[0];
    case Op::not_literal_ignore: return lower_ascii(c) != args[0];
    case Op::literal_uni_ignore: return lower_unicode(c) == args[0];
    case Op::not_literal_uni_ignore: return lower_unicode(c) != args[0];
    case Op::literal_loc_ignore: return same_in_locale(args[0], c);
    case Op::not_literal_loc_ignore: return !same_in_locale(args[0], c);
    case Op::in: return in_set(args + 1, c);
    case Op::in_ignore: return in_set(args + 1, lower_ascii(c));
    case Op::in_uni_ignore: return in_set(args + 1, lower_unicode(c));
    case Op::in_loc_ignore: return in_set_locale(args + 1, c);
    default: return false;
  }
}

Tables::~Tables() {
  for (size_t i = 0; i < size_; i++) free(slots_[i].table);
  free(slots_);
  free(first_);
}

const CharacterTable* Tables::item(const Word* code, size_t size, Word pc) {
  if (!slots_) {
    slots_ = static_cast<Slot*>(calloc(size, sizeof(Slot)));
    if (!slots_) return nullptr;
    size_ = size;
  }
  Slot& slot = slots_[pc];
  if (slot.table || ++slot.uses != kUsesBeforeTable || !is_constant_item(code, pc)) return slot.table;
  slot.table = new_table();
  if (slot.table) add_item(*slot.table, code, pc);
  return slot.table;
}

const CharacterTable* Tables::first(const Word* code) {
  if (first_tried_) return first_;
  first_tried_ = true;
  CharacterTable* table = new_table();
  if (table && add_first(*table, code, 0, 0)) first_ = table;
  else free(table);
  return first_;
}

}  // namespace taipan::sre
