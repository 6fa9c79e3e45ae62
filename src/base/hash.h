#pragma once
// Python's hash values, bit for bit: iteration orders of sets, and so what programs print, depend
// on them. SipHash-1-3 for text and bytes, residues modulo 2^61-1 for numbers, an xxHash-like mix
// for tuples. A hash is never -1 (that means "error" in the ABI); -2 takes its place.
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/short_text.h"

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

/// Both halves of a product: every bit of either factor reaches most bits of the result.
inline uint64_t fold_product(uint64_t a, uint64_t b) {
  auto product = static_cast<unsigned __int128>(a) * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

/// A cheaper hash of text or bytes, for tables whose order nobody sees. With the process's key, so that nobody can choose
/// texts that meet; tables made at build time have no key.
inline uint32_t table_hash(const char* p, size_t n, HashKey key = hash_secret.key) {
  // Odd numbers without pattern: the fractions of the roots of 2 and 3.
  constexpr uint64_t kFirst = 0x6a09e667f3bcc909, kSecond = 0xbb67ae8584caa73b;
  uint64_t first = key.k0 ^ kFirst, second = key.k1 ^ kSecond ^ n;
  for (; n > 16; p += 16, n -= 16) second = fold_product(word_at<uint64_t>(p) ^ first, word_at<uint64_t>(p + 8) ^ second);
  uint64_t a = 0, b = 0;
  if (n >= 8) {
    a = word_at<uint64_t>(p), b = word_at<uint64_t>(p + n - 8);
  } else if (n >= 4) {
    a = word_at<uint32_t>(p), b = word_at<uint32_t>(p + n - 4);
  } else if (n) {
    a = static_cast<uint64_t>(static_cast<unsigned char>(p[0])) | static_cast<uint64_t>(static_cast<unsigned char>(p[n / 2])) << 8 |
        static_cast<uint64_t>(static_cast<unsigned char>(p[n - 1])) << 16;
  }
  uint64_t h = fold_product(a ^ first, b ^ second);
  return static_cast<uint32_t>(h ^ h >> 32);
}

/// 128 bits that two texts of one length do not share by chance. No protection against somebody who wants them to.
struct Digest {
  uint64_t first, second;
  bool operator==(const Digest&) const = default;
};
Digest digest_of(std::string_view data);

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
