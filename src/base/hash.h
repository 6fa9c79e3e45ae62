#pragma once
// Python's hash values, bit for bit: iteration orders of sets, and so what programs print, depend
// on them. SipHash-1-3 for text and bytes, residues modulo 2^61-1 for numbers, an xxHash-like mix
// for tuples. A hash is never -1 (that means "error" in the ABI); -2 takes its place.
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace taipan {

using Hash = int64_t;

struct HashKey {
  uint64_t k0 = 0;
  uint64_t k1 = 0;
};

/// The key and the salt that follows it in the secret (expat's).
struct HashSecret {
  HashKey key;
  uint64_t salt = 0;
};

/// The process's key; set once at start, before the first string is hashed. Its symbol is the one
/// under which the ABI exports the secret: extension modules read the salt.
[[gnu::visibility("default")]] extern HashSecret hash_secret asm("_Py_HashSecret");

/// PYTHONHASHSEED=N: 0 turns randomisation off, other numbers seed a generator.
HashSecret hash_secret_from_seed(uint32_t seed);
/// From the operating system. False: it gave no random bytes.
bool hash_secret_from_system(HashSecret& out);

uint64_t siphash13(HashKey key, const void* data, size_t size);

/// Hash of text or bytes; the empty string hashes to 0.
inline Hash hash_bytes(const void* data, size_t size) {
  if (size == 0) return 0;
  Hash h = static_cast<Hash>(siphash13(hash_secret.key, data, size));
  return h == -1 ? -2 : h;
}

inline constexpr int kHashBits = 61;
inline constexpr uint64_t kHashModulus = (uint64_t{1} << kHashBits) - 1;
inline constexpr Hash kHashInfinity = 314159;
inline constexpr uint64_t kHashImaginary = 1000003;

inline Hash hash_pointer(const void* p) {
  Hash h = static_cast<Hash>(std::rotr(reinterpret_cast<uintptr_t>(p), 4));
  return h == -1 ? -2 : h;
}

/// A NaN hashes by the identity of the object that holds it.
Hash hash_double(double value, const void* identity);

/// Folds the hashes of a tuple's items.
class TupleHash {
 public:
  void add(Hash item) {
    acc_ += static_cast<uint64_t>(item) * 14029467366897019727u;
    acc_ = std::rotl(acc_, 31) * 11400714785074694791u;
  }
  Hash finish(size_t length) const {
    uint64_t h = acc_ + (length ^ (kSeed ^ 3527539u));
    return h == UINT64_MAX ? 1546275796 : static_cast<Hash>(h);
  }

 private:
  static constexpr uint64_t kSeed = 2870177450012600261u;
  uint64_t acc_ = kSeed;
};

/// Folds the hashes of a frozenset's items, in any order.
class FrozensetHash {
 public:
  void add(Hash item) { acc_ ^= shuffle(static_cast<uint64_t>(item)); }
  Hash finish(size_t length) const {
    uint64_t h = acc_ ^ (length + 1) * 1927868237u;
    h ^= h >> 11 ^ h >> 25;
    h = h * 69069u + 907133923u;
    return h == UINT64_MAX ? 590923713 : static_cast<Hash>(h);
  }

 private:
  static uint64_t shuffle(uint64_t h) { return (h ^ 89869747u ^ h << 16) * 3644798167u; }
  uint64_t acc_ = 0;
};

}  // namespace taipan
