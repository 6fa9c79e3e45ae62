// The table of interned strs: open addressing, linear probing, removal by shifting back, so that it
// holds no dead entries. It does not own: a dying str takes itself out. The static names and the
// one-character strs are in it from the start and stay.
#include <array>

#include "base/hash.h"
#include "base/utf8.h"
#include "object/alloc.h"
#include "object/str_internal.h"

extern "C" {
extern char __start_taipan_names[];
extern char __stop_taipan_names[];
}

namespace taipan {
namespace {

class InternTable {
 public:
  size_t count() const { return count_; }

  /// The interned twin of `s`, or null.
  PyObject* find(PyObject* s, Py_hash_t hash) const {
    if (!entries_) return nullptr;
    for (size_t i = home(hash); entries_[i]; i = next(i))
      if (hash_of(entries_[i]) == hash && str_equal(entries_[i], s)) return entries_[i];
    return nullptr;
  }
  /// The same for ASCII text that is no str yet.
  PyObject* find(std::string_view ascii, Py_hash_t hash) const {
    if (!entries_) return nullptr;
    for (size_t i = home(hash); entries_[i]; i = next(i)) {
      PyObject* s = entries_[i];
      if (hash_of(s) == hash && is_ascii(s) && narrow_text(s) == ascii) return s;
    }
    return nullptr;
  }
  /// `s` is not in the table, and knows its hash. False: no memory.
  bool insert(PyObject* s) {
    if ((count_ + 1) * 3 > capacity() * 2 && !reserve(capacity() ? capacity() * 2 : 4096)) return false;
    place(s);
    count_++;
    return true;
  }
  void remove(PyObject* s) {
    size_t i = home(hash_of(s));
    while (entries_[i] != s) i = next(i);
    // Close the gap: move back whatever would no longer be reached over it.
    for (size_t k = next(i); entries_[k]; k = next(k)) {
      size_t wanted = home(hash_of(entries_[k]));
      if (((k - wanted) & mask_) < ((k - i) & mask_)) continue;
      entries_[i] = entries_[k];
      i = k;
    }
    entries_[i] = nullptr;
    count_--;
  }
  /// Room for a power of two of entries.
  bool reserve(size_t size) {
    size_t old = capacity();
    auto fresh = static_cast<PyObject**>(raw_allocate(size * sizeof(PyObject*)));
    if (!fresh) return false;
    memset(fresh, 0, size * sizeof(PyObject*));
    PyObject** from = std::exchange(entries_, fresh);
    mask_ = size - 1;
    for (size_t i = 0; i < old; i++)
      if (from[i]) place(from[i]);
    raw_free(from);
    return true;
  }

 private:
  static Py_hash_t hash_of(PyObject* s) { return reinterpret_cast<Str*>(s)->hash; }
  size_t capacity() const { return entries_ ? mask_ + 1 : 0; }
  size_t home(Py_hash_t hash) const { return static_cast<size_t>(hash) & mask_; }
  size_t next(size_t i) const { return (i + 1) & mask_; }
  void place(PyObject* s) {
    size_t i = home(hash_of(s));
    while (entries_[i]) i = next(i);
    entries_[i] = s;
  }

  PyObject** entries_ = nullptr;
  size_t mask_ = 0;
  size_t count_ = 0;
};

constinit InternTable interned;
constexpr size_t kFirstSize = 8192;  // what a start interns fits without growing

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
  Py_hash_t hash = str_hash(s);
  if (PyObject* twin = interned.find(s, hash)) return twin;
  return interned.insert(s) ? s : nullptr;
}

}  // namespace

// C names: embedded code refers to them.
extern "C" constinit std::array<AsciiCharacter, 128> taipan_ascii_characters = make_characters<AsciiCharacter, true>();
extern "C" constinit std::array<Latin1Character, 128> taipan_upper_characters = make_characters<Latin1Character, false>();

PyObject* latin1_characters[256];

bool intern_static_names() {
  if (!interned.reserve(kFirstSize)) return false;
  for (char* at = __start_taipan_names; at < __stop_taipan_names;) {
    auto s = reinterpret_cast<PyObject*>(at);
    if (!enter_immortal(s)) return false;
    size_t size = sizeof(PyASCIIObject) + static_cast<size_t>(str_length(s)) + 1;
    at += (size + 15) / 16 * 16;
  }
  // A name of one character is that character's str.
  for (int c = 0; c < 256; c++) {
    auto s = c < 128 ? object(&taipan_ascii_characters[c]) : object(&taipan_upper_characters[c - 128]);
    latin1_characters[c] = enter_immortal(s);
    if (!latin1_characters[c]) return false;
  }
  return true;
}

Ref<> intern(Ref<> str) {
  PyObject* s = str.get();
  if (!s || !PyUnicode_CheckExact(s) || is_interned(s)) return str;
  Py_hash_t hash = str_hash(s);
  if (PyObject* twin = interned.find(s, hash)) return share(twin);
  // Interning is an economy: without memory for it the str is as good.
  if (interned.insert(s)) reinterpret_cast<Str*>(s)->state.interned = SSTATE_INTERNED_MORTAL;
  return str;
}

Ref<> new_interned(std::string_view utf8) {
  // Most names are there already: a start asks for thousands.
  if (ascii_prefix(utf8.data(), utf8.size()) == utf8.size()) {
    if (PyObject* present = interned.find(utf8, hash_bytes(utf8.data(), utf8.size()))) return share(present);
  }
  return intern(new_str(utf8));
}

void forget_interned(PyObject* s) { interned.remove(s); }

size_t interned_count() { return interned.count(); }

}  // namespace taipan
