// The module _blake2: BLAKE2b and BLAKE2s (RFC 7693) with all parameters of the original specification.
#include <algorithm>
#include <bit>
#include <cstring>

#include "modules/hash/input.h"
#include "modules/module.h"
#include "modules/modules.h"
#include "object/bytes.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/int.h"
#include "object/int_arithmetic.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/type.h"

namespace taipan::digests {
namespace {

constexpr uint8_t kSigma[10][16] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4}, {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13}, {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11}, {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5}, {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
};

struct B {
  using Word = uint64_t;
  static constexpr int kRounds = 12, kTurns[4] = {32, 24, 16, 63};
  static constexpr size_t kMaxDigest = 64, kMaxKey = 64, kSalt = 16, kPerson = 16, kBlock = 128;
  static constexpr Word kStart[8] = {0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
                                     0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};
  static constexpr const char* kName = "blake2b";
  static constexpr uint64_t kMaxNodeOffset = UINT64_MAX;
  static constexpr size_t kNodeOffsetBytes = 8, kReserved = 14;
};
struct S {
  using Word = uint32_t;
  static constexpr int kRounds = 10, kTurns[4] = {16, 12, 8, 7};
  static constexpr size_t kMaxDigest = 32, kMaxKey = 32, kSalt = 8, kPerson = 8, kBlock = 64;
  static constexpr Word kStart[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  static constexpr const char* kName = "blake2s";
  static constexpr uint64_t kMaxNodeOffset = 0xFFFFFFFFFFFF;
  static constexpr size_t kNodeOffsetBytes = 6, kReserved = 0;
};

/// The parameters as the specification lays them out; they are mixed into the initial state.
struct Parameters {
  uint8_t digest_size, fanout = 1, depth = 1, node_depth = 0, inner_size = 0;
  uint32_t leaf_size = 0;
  uint64_t node_offset = 0;
  std::string_view key, salt, person;
  bool last_node = false;
};

template <class V> struct Hasher {
  using Word = typename V::Word;
  Word state[8];
  Word count[2];  // bytes compressed
  unsigned char pending[V::kBlock];
  size_t used, digest_size;
  bool last_node;

  void start(const Parameters& p) {
    unsigned char block[8 * sizeof(Word)] = {};
    block[0] = p.digest_size, block[1] = static_cast<unsigned char>(p.key.size()), block[2] = p.fanout, block[3] = p.depth;
    memcpy(block + 4, &p.leaf_size, 4);
    memcpy(block + 8, &p.node_offset, V::kNodeOffsetBytes);
    unsigned char* rest = block + 8 + V::kNodeOffsetBytes;
    rest[0] = p.node_depth, rest[1] = p.inner_size;
    rest += 2 + V::kReserved;
    if (!p.salt.empty()) memcpy(rest, p.salt.data(), p.salt.size());
    if (!p.person.empty()) memcpy(rest + V::kSalt, p.person.data(), p.person.size());
    memcpy(state, block, sizeof state);
    for (int i = 0; i < 8; i++) state[i] ^= V::kStart[i];
    count[0] = count[1] = 0;
    used = 0, digest_size = p.digest_size, last_node = p.last_node;
    if (p.key.empty()) return;
    memset(pending, 0, sizeof pending);  // a key is a first block of its own
    memcpy(pending, p.key.data(), p.key.size());
    used = V::kBlock;
  }
  void update(std::string_view data) {
    while (!data.empty()) {
      if (used == V::kBlock) {  // only now that more follows: the last block is compressed differently
        compress(false);
        used = 0;
      }
      size_t n = std::min(V::kBlock - used, data.size());
      memcpy(pending + used, data.data(), n);
      used += n;
      data.remove_prefix(n);
    }
  }
  void finish(unsigned char* out) {
    memset(pending + used, 0, V::kBlock - used);
    compress(true);
    memcpy(out, state, digest_size);
  }

 private:
  void compress(bool last) {
    count[0] += static_cast<Word>(used);
    if (count[0] < used) count[1]++;
    Word m[16], v[16];
    memcpy(m, pending, sizeof m);
    memcpy(v, state, sizeof state);
    memcpy(v + 8, V::kStart, sizeof state);
    v[12] ^= count[0], v[13] ^= count[1];
    if (last) v[14] = ~v[14];
    if (last && last_node) v[15] = ~v[15];
    for (int round = 0; round < V::kRounds; round++) {
      const uint8_t* s = kSigma[round % 10];
      auto mix = [&](int a, int b, int c, int d, int i) {
        v[a] += v[b] + m[s[i]];
        v[d] = std::rotr(v[d] ^ v[a], V::kTurns[0]);
        v[c] += v[d];
        v[b] = std::rotr(v[b] ^ v[c], V::kTurns[1]);
        v[a] += v[b] + m[s[i + 1]];
        v[d] = std::rotr(v[d] ^ v[a], V::kTurns[2]);
        v[c] += v[d];
        v[b] = std::rotr(v[b] ^ v[c], V::kTurns[3]);
      };
      mix(0, 4, 8, 12, 0), mix(1, 5, 9, 13, 2), mix(2, 6, 10, 14, 4), mix(3, 7, 11, 15, 6);
      mix(0, 5, 10, 15, 8), mix(1, 6, 11, 12, 10), mix(2, 7, 8, 13, 12), mix(3, 4, 9, 14, 14);
    }
    for (int i = 0; i < 8; i++) state[i] ^= v[i] ^ v[i + 8];
  }
};
static_assert(std::endian::native == std::endian::little);

template <class V> struct Blake2 {
  PyObject_HEAD
  Hasher<V> hasher;
};
template <class V> Hasher<V>& hasher_of(PyObject* o) { return reinterpret_cast<Blake2<V>*>(o)->hasher; }

template <class V> Status feed(PyObject* self, PyObject* data) {
  BufferView buffer;
  TRY(acquire_input(data, buffer));
  hasher_of<V>(self).update(buffer.bytes());
  return {};
}

// -- arguments --

Status load_int(PyObject* o, int* out) {
  if (!o) return {};
  Ref<> whole = TRY(index(o));
  int64_t n;
  if (int_to_int64(whole.get(), &n) != 0) return raise(PyExc_OverflowError, "Python int too large to convert to C long");
  if (n != static_cast<int>(n)) return raise(PyExc_OverflowError, "Python int too large to convert to C int");
  *out = static_cast<int>(n);
  return {};
}
Status load_unsigned(PyObject* o, uint64_t* out, const char* too_large) {
  if (!o) return {};
  if (!PyLong_Check(o)) return raise(PyExc_TypeError, "an integer is required");
  int outside = int_to_uint64(o, out);
  if (outside < 0) return raise(PyExc_ValueError, "value must be positive");
  if (outside > 0) return raise(PyExc_OverflowError, "{}", too_large);
  return {};
}
Status check_range(const char* what, int n, int low, int high) {
  if (n < low || n > high) return raise(PyExc_ValueError, "{} must be between {} and {}", what, low, high);
  return {};
}
Status check_length(const char* what, std::string_view data, size_t most) {
  if (data.size() > most) return raise(PyExc_ValueError, "maximum {} length is {} bytes", what, most);
  return {};
}

template <class V>
Ref<> create(PyTypeObject* type, PyObject* data, PyObject* digest_size, PyObject* key, PyObject* salt, PyObject* person,
             PyObject* fanout, PyObject* depth, PyObject* leaf_size, PyObject* node_offset, PyObject* node_depth,
             PyObject* inner_size, bool last_node, bool) {
  Parameters p;
  int size = V::kMaxDigest, fans = 1, deep = 1, node_level = 0, inner = 0;
  uint64_t leaf = 0;
  BufferView key_buffer, salt_buffer, person_buffer;
  TRY(load_int(digest_size, &size));
  if (key) TRY(key_buffer.acquire(key));
  if (salt) TRY(salt_buffer.acquire(salt));
  if (person) TRY(person_buffer.acquire(person));
  TRY(load_int(fanout, &fans));
  TRY(load_int(depth, &deep));
  TRY(load_unsigned(leaf_size, &leaf, "Python int too large to convert to C unsigned long"));
  TRY(load_unsigned(node_offset, &p.node_offset, "int too big to convert"));
  TRY(load_int(node_depth, &node_level));
  TRY(load_int(inner_size, &inner));
  auto view = [](BufferView& b) { return b.raw().obj ? b.bytes() : std::string_view(); };
  p.key = view(key_buffer), p.salt = view(salt_buffer), p.person = view(person_buffer);

  if (size < 1 || size > static_cast<int>(V::kMaxDigest))
    return raise(PyExc_ValueError, "digest_size must be between 1 and {} bytes", V::kMaxDigest);
  TRY(check_length("salt", p.salt, V::kSalt));
  TRY(check_length("person", p.person, V::kPerson));
  TRY(check_range("fanout", fans, 0, 255));
  TRY(check_range("depth", deep, 1, 255));
  if (leaf > UINT32_MAX) return raise(PyExc_OverflowError, "leaf_size is too large");
  if (p.node_offset > V::kMaxNodeOffset) return raise(PyExc_OverflowError, "node_offset is too large");
  TRY(check_range("node_depth", node_level, 0, 255));
  if (inner < 0 || inner > static_cast<int>(V::kMaxDigest))
    return raise(PyExc_ValueError, "inner_size must be between 0 and is {}", V::kMaxDigest);
  TRY(check_length("key", p.key, V::kMaxKey));
  p.digest_size = static_cast<uint8_t>(size), p.fanout = static_cast<uint8_t>(fans), p.depth = static_cast<uint8_t>(deep);
  p.leaf_size = static_cast<uint32_t>(leaf), p.node_depth = static_cast<uint8_t>(node_level);
  p.inner_size = static_cast<uint8_t>(inner), p.last_node = last_node;

  Ref<> self = TRY(adopt(type->tp_alloc(type, 0)));
  hasher_of<V>(self.get()).start(p);
  if (data) TRY(feed<V>(self.get(), data));
  return self;
}

// -- the types --

void dealloc(PyObject* o) { Py_TYPE(o)->tp_free(o); }

constexpr char copy_doc[] = "copy($self, /)\n--\n\nA hash object that has seen the same data.";
template <class V> Ref<> copy(PyObject* self) {
  Ref<> twin = TRY(adopt(Py_TYPE(self)->tp_alloc(Py_TYPE(self), 0)));
  hasher_of<V>(twin.get()) = hasher_of<V>(self);
  return twin;
}
constexpr char update_doc[] = "update($self, data, /)\n--\n\nHash more data: any object with a buffer.";
template <class V> Status update(PyObject* self, PyObject* data) { return feed<V>(self, data); }
constexpr char digest_doc[] = "digest($self, /)\n--\n\nThe digest of the data so far, as bytes.";
template <class V> Ref<> digest(PyObject* self) {
  unsigned char out[V::kMaxDigest];
  Hasher<V> last = hasher_of<V>(self);
  last.finish(out);
  return new_bytes({reinterpret_cast<char*>(out), last.digest_size});
}
constexpr char hexdigest_doc[] = "hexdigest($self, /)\n--\n\nThe digest of the data so far, as hexadecimal digits.";
template <class V> Ref<> hexdigest(PyObject* self) {
  unsigned char out[V::kMaxDigest];
  Hasher<V> last = hasher_of<V>(self);
  last.finish(out);
  return hexadecimal(out, last.digest_size);
}

template <class V> Ref<> get_name(PyObject*, void*) { return new_str(V::kName); }
template <class V> Ref<> get_block_size(PyObject*, void*) { return new_int(static_cast<int64_t>(V::kBlock)); }
template <class V> Ref<> get_digest_size(PyObject* o, void*) { return new_int(static_cast<int64_t>(hasher_of<V>(o).digest_size)); }

template <class V> constinit PyMethodDef methods[] = {
    method<copy_doc, copy<V>>, method<digest_doc, digest<V>>, method<hexdigest_doc, hexdigest<V>>, method<update_doc, update<V>>, {},
};
template <class V> constinit PyGetSetDef getset[] = {
    {"name", slot<get_name<V>>}, {"block_size", slot<get_block_size<V>>}, {"digest_size", slot<get_digest_size<V>>}, {},
};

#define TAIPAN_BLAKE2_DOC(name, big)                                                              \
  name "(data=b'', /, *, digest_size=_blake2." name ".MAX_DIGEST_SIZE,\n"                         \
       "        key=b'', salt=b'', person=b'', fanout=1, depth=1, leaf_size=0,\n"                  \
       "        node_offset=0, node_depth=0, inner_size=0, last_node=False,\n"                     \
       "        usedforsecurity=True)\n--\n\n"                                                     \
       "A " big " hash object."
constexpr char blake2b_doc[] = TAIPAN_BLAKE2_DOC("blake2b", "BLAKE2b"), blake2s_doc[] = TAIPAN_BLAKE2_DOC("blake2s", "BLAKE2s");

template <class V, const auto& doc> consteval PyTypeObject type_of(const char* name) {
  return {
      .ob_base = kStaticTypeHead,
      .tp_name = name,
      .tp_basicsize = sizeof(Blake2<V>),
      .tp_dealloc = dealloc,
      .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
      .tp_doc = doc,
      .tp_methods = methods<V>,
      .tp_getset = getset<V>,
      .tp_new = constructor<doc, create<V>>::tp_new,
  };
}
constinit PyTypeObject blake2b_type = type_of<B, blake2b_doc>("_blake2.blake2b"),
                       blake2s_type = type_of<S, blake2s_doc>("_blake2.blake2s");

template <class V> Status add(PyObject* module, PyTypeObject& type, const char* prefix) {
  struct {
    const char* name;
    size_t value;
  } constants[] = {{"SALT_SIZE", V::kSalt}, {"PERSON_SIZE", V::kPerson}, {"MAX_KEY_SIZE", V::kMaxKey}, {"MAX_DIGEST_SIZE", V::kMaxDigest}};
  TRY(add_type(module, &type));
  for (auto& [name, size] : constants) {
    Ref<> key = TRY(new_interned(name)), value = TRY(new_int(static_cast<int64_t>(size)));
    TRY(dict_set(type.tp_dict, key.get(), value.get()));
    TextBuffer full;
    format(full, "{}_{}", prefix, name);
    TRY(add_int_to_module(module, full.c_str(), static_cast<int64_t>(size)));
  }
  type_modified(&type);
  return {};
}
constexpr char module_doc[] = "BLAKE2 for hashlib.\n";
Status fill(PyObject* module) {
  TRY(add<B>(module, blake2b_type, "BLAKE2B"));
  return add<S>(module, blake2s_type, "BLAKE2S");
}

}  // namespace
}  // namespace taipan::digests

PyObject* init_blake2() { return taipan::define_module<"_blake2", taipan::digests::module_doc, taipan::digests::fill>(); }
