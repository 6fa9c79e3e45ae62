// The table of interned strs: open addressing, linear probing, removal by shifting back, so that it
// holds no dead entries. It does not own: a dying str takes itself out. The static names and the
// one-character strs have a table of their own, which the build lays out as data of the executable.
#include <array>
#include <cassert>

#include "base/hash.h"
#include "base/short_text.h"
#include "object/alloc.h"
#include "object/static_names.h"
#include "object/str_internal.h"

namespace taipan {
namespace {

std::string_view raw_text(PyObject* s) {
  return {static_cast<const char*>(str_data(s)), static_cast<size_t>(str_length(s)) * static_cast<size_t>(str_kind(s))};
}

bool is_text_of(PyObject* s, std::string_view ascii) {
  return is_ascii(s) && static_cast<size_t>(str_length(s)) == ascii.size() && same_text(narrow_text(s).data(), ascii.data(), ascii.size());
}

/// Hashes are the table's own, and lie apart: looking for a name touches only the strs that are likely to be it, and the
/// str's own hash is made when a dict first asks for it.
class InternTable {
 public:
  /// Never 0: that means an empty place.
  static uint32_t hash_of(std::string_view text) {
    uint32_t hash = table_hash(text.data(), text.size());
    return hash ? hash : 1;
  }

  /// The interned twin of `s`, or null.
  PyObject* find(PyObject* s, uint32_t hash) const {
    return find_if(hash, [&](PyObject* present) { return str_equal(present, s); });
  }
  /// The same for text that is no str yet. What is found shows that it is ASCII.
  PyObject* find(std::string_view text, uint32_t hash) const {
    return find_if(hash, [&](PyObject* present) { return is_text_of(present, text); });
  }
  /// `s` is not in the table. False: no memory.
  bool insert(PyObject* s, uint32_t hash) {
    if ((count_ + 1) * 3 > capacity() * 2 && !reserve(capacity() ? capacity() * 2 : 1024)) return false;
    place(s, hash);
    count_++;
    return true;
  }
  void remove(PyObject* s) {
    size_t i = hash_of(raw_text(s)) & mask_;
    while (entries_[i] != s || !hashes_[i]) i = next(i);
    // Close the gap: move back whatever would no longer be reached over it.
    for (size_t k = next(i); hashes_[k]; k = next(k)) {
      size_t wanted = hashes_[k] & mask_;
      if (((k - wanted) & mask_) < ((k - i) & mask_)) continue;
      entries_[i] = entries_[k];
      hashes_[i] = hashes_[k];
      i = k;
    }
    hashes_[i] = 0;
    count_--;
  }
  template <class Visit>
  void for_each(Visit visit) const {
    for (size_t i = 0; i < capacity(); i++)
      if (hashes_[i]) visit(entries_[i]);
  }
  /// Room for a power of two of entries.
  bool reserve(size_t size) {
    size_t old = capacity();
    auto* memory = static_cast<char*>(raw_allocate(size * (sizeof(PyObject*) + sizeof(uint32_t))));
    if (!memory) return false;
    PyObject** from = std::exchange(entries_, reinterpret_cast<PyObject**>(memory));
    uint32_t* from_hashes = std::exchange(hashes_, reinterpret_cast<uint32_t*>(memory + size * sizeof(PyObject*)));
    memset(hashes_, 0, size * sizeof(uint32_t));
    mask_ = size - 1;
    for (size_t i = 0; i < old; i++)
      if (from_hashes[i]) place(from[i], from_hashes[i]);
    raw_free(from);
    return true;
  }

 private:
  template <class Same>
  PyObject* find_if(uint32_t hash, Same same) const {
    if (!entries_) return nullptr;
    for (size_t i = hash & mask_; hashes_[i]; i = next(i))
      if (hashes_[i] == hash && same(entries_[i])) return entries_[i];
    return nullptr;
  }
  size_t capacity() const { return entries_ ? mask_ + 1 : 0; }
  size_t next(size_t i) const { return (i + 1) & mask_; }
  void place(PyObject* s, uint32_t hash) {
    size_t i = hash & mask_;
    while (hashes_[i]) i = next(i);
    entries_[i] = s;
    hashes_[i] = hash;
  }

  PyObject** entries_ = nullptr;  ///< where hashes_ is 0, it is not set
  uint32_t* hashes_ = nullptr;    ///< behind the entries
  size_t mask_ = 0;
  size_t count_ = 0;
};

constinit InternTable interned;

template <class Same>
PyObject* find_static_if(uint32_t hash, Same same) {
  const StaticNameTable& table = taipan_static_names;
  for (size_t i = hash & table.mask; table.entries[i].hash; i = (i + 1) & table.mask)
    if (table.entries[i].hash == hash && same(table.entries[i].str())) return table.entries[i].str();
  return nullptr;
}
bool has_static_table() { return &taipan_static_names != nullptr; }

PyObject* find_static(PyObject* s) {
  if (!has_static_table()) return nullptr;
  return find_static_if(static_name_hash(raw_text(s)), [&](PyObject* present) { return str_equal(present, s); });
}
PyObject* find_static(std::string_view text) {
  if (!has_static_table()) return nullptr;
  return find_static_if(static_name_hash(text), [&](PyObject* present) { return is_text_of(present, text); });
}

}  // namespace

// One-character strs, laid out as allocate_str would.
struct AsciiCharacter {
  PyASCIIObject head;
  char text[2];
};
struct Latin1Character {
  PyCompactUnicodeObject head;
  char text[2];
};

namespace {

constexpr PyASCIIObject character_head(bool ascii) {
  PyASCIIObject head{};
  head.ob_base = {kStaticNameRefs, &PyUnicode_Type};
  head.length = 1;
  head.hash = -1;
  head.state = {SSTATE_INTERNED_IMMORTAL, PyUnicode_1BYTE_KIND, 1, ascii, 1};
  return head;
}
template <class Character, bool kAscii>
constexpr auto make_characters() {
  std::array<Character, 128> all{};
  for (int i = 0; i < 128; i++) {
    if constexpr (kAscii)
      all[i].head = character_head(true);
    else
      all[i].head._base = character_head(false);
    all[i].text[0] = static_cast<char>(kAscii ? i : i + 128);
  }
  return all;
}

/// The twin that is in the table after this; null: no memory.
PyObject* enter_immortal(PyObject* s) {
  if (PyObject* twin = find_static(s)) return twin;
  uint32_t hash = InternTable::hash_of(raw_text(s));
  if (PyObject* twin = interned.find(s, hash)) return twin;
  return interned.insert(s, hash) ? s : nullptr;
}

}  // namespace

// C names: embedded code refers to them.
extern "C" constinit std::array<AsciiCharacter, 128> taipan_ascii_characters = make_characters<AsciiCharacter, true>();
extern "C" constinit std::array<Latin1Character, 128> taipan_upper_characters = make_characters<Latin1Character, false>();

PyObject* latin1_characters[256];

bool intern_static_names() {
  if (!has_static_table()) {
    bool entered = true;
    for_each_static_name([&](PyObject* s) { entered = entered && enter_immortal(s); });
    if (!entered) return false;
  }
#ifndef NDEBUG
  for_each_static_name([](PyObject* s) { assert(!has_static_table() || find_static(s) == s); });
#endif
  // A name of one character is that character's str.
  for (int c = 0; c < 256; c++) {
    auto s = c < 128 ? object(&taipan_ascii_characters[c]) : object(&taipan_upper_characters[c - 128]);
    latin1_characters[c] = enter_immortal(s);
    if (!latin1_characters[c]) return false;
  }
  return true;
}

/// Interning is an economy: without memory for it the str is as good.
static void enter(PyObject* s, uint32_t hash) {
  if (interned.insert(s, hash)) reinterpret_cast<Str*>(s)->state.interned = SSTATE_INTERNED_MORTAL;
}

Ref<> intern(Ref<> str) {
  PyObject* s = str.get();
  if (!s || !PyUnicode_CheckExact(s) || is_interned(s)) return str;
  if (PyObject* twin = find_static(s)) return share(twin);
  uint32_t hash = InternTable::hash_of(raw_text(s));
  if (PyObject* twin = interned.find(s, hash)) return share(twin);
  enter(s, hash);
  return str;
}

Ref<> new_interned(std::string_view utf8) {
  // Most names are there already: a start asks for thousands.
  if (PyObject* present = find_static(utf8)) return share(present);
  uint32_t hash = InternTable::hash_of(utf8);
  if (PyObject* present = interned.find(utf8, hash)) return share(present);
  if (!is_ascii_text(utf8.data(), utf8.size())) return intern(new_str(utf8));
  Ref<> made = TRY(new_ascii_str(utf8));
  enter(made.get(), hash);
  return made;
}

void forget_interned(PyObject* s) { interned.remove(s); }

void for_each_interned(void (*visit)(PyObject* s, void* arg), void* arg) {
  interned.for_each([&](PyObject* s) { visit(s, arg); });
}

}  // namespace taipan
