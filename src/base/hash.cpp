// SipHash with one compression and three finalisation rounds, and its key.
#include "base/hash.h"

#include <sys/random.h>

#include <cmath>
#include <cstring>

namespace taipan {

constinit HashSecret hash_secret{};

namespace {

struct SipState {
  uint64_t a, b, c, d;

  void round() {
    a += b, c += d;
    b = std::rotl(b, 13) ^ a, d = std::rotl(d, 16) ^ c;
    a = std::rotl(a, 32);
    c += b, a += d;
    b = std::rotl(b, 17) ^ c, d = std::rotl(d, 21) ^ a;
    c = std::rotl(c, 32);
  }
};

/// The bytes behind the last whole word.
uint64_t tail_of(const char* text, size_t size) {
  size_t n = size % 8;
  const char* p = text + (size - n);
  if (n == 0) return 0;
  if (size > 8) return word_at<uint64_t>(p + n - 8) >> 8 * (8 - n);
  if (n >= 4) return word_at<uint32_t>(p) | static_cast<uint64_t>(word_at<uint32_t>(p + n - 4)) << 8 * (n - 4);
  auto byte = [&](size_t i) { return static_cast<uint64_t>(static_cast<unsigned char>(p[i])) << 8 * i; };
  return byte(0) | byte(n / 2) | byte(n - 1);
}

}  // namespace

uint64_t siphash13(HashKey key, const void* data, size_t size) {
  auto p = static_cast<const unsigned char*>(data);
  // The constants are SipHash's own: "somepseudorandomlygeneratedbytes".
  SipState s{key.k0 ^ 0x736f6d6570736575, key.k1 ^ 0x646f72616e646f6d, key.k0 ^ 0x6c7967656e657261,
             key.k1 ^ 0x7465646279746573};
  uint64_t last = static_cast<uint64_t>(size) << 56 | tail_of(static_cast<const char*>(data), size);
  for (; size >= 8; size -= 8, p += 8) {
    uint64_t word;
    memcpy(&word, p, 8);
    s.d ^= word;
    s.round();
    s.a ^= word;
  }
  s.d ^= last;
  s.round();
  s.a ^= last;
  s.c ^= 0xff;
  s.round(), s.round(), s.round();
  return s.a ^ s.b ^ s.c ^ s.d;
}

HashSecret hash_secret_from_seed(uint32_t seed) {
  HashSecret secret;
  if (seed == 0) return secret;
  unsigned char bytes[sizeof secret];
  uint32_t x = seed;
  for (auto& b : bytes) {
    x = x * 214013 + 2531011;
    b = static_cast<unsigned char>(x >> 16);
  }
  memcpy(&secret, bytes, sizeof secret);
  return secret;
}

bool hash_secret_from_system(HashSecret& out) {
  auto p = reinterpret_cast<char*>(&out);
  for (size_t done = 0; done < sizeof out;) {
    ssize_t n = getrandom(p + done, sizeof out - done, 0);
    if (n <= 0) return false;
    done += static_cast<size_t>(n);
  }
  return true;
}

Hash hash_double(double value, const void* identity) {
  if (std::isnan(value)) return hash_pointer(identity);
  if (std::isinf(value)) return value > 0 ? kHashInfinity : -kHashInfinity;
  // value = m × 2^e; m's bits are taken 28 at a time, each step multiplying by 2^28 modulo 2^61-1.
  int e = 0;
  double m = std::frexp(std::fabs(value), &e);
  uint64_t x = 0;
  while (m != 0) {
    x = (x << 28 & kHashModulus) | x >> (kHashBits - 28);
    m *= 268435456.0;
    e -= 28;
    auto digit = static_cast<uint64_t>(m);
    m -= static_cast<double>(digit);
    x += digit;
    if (x >= kHashModulus) x -= kHashModulus;
  }
  e = e >= 0 ? e % kHashBits : kHashBits - 1 - (-1 - e) % kHashBits;
  x = (x << e & kHashModulus) | x >> (kHashBits - e);
  Hash h = static_cast<Hash>(x);
  if (value < 0) h = -h;
  return h == -1 ? -2 : h;
}

Digest digest_of(std::string_view data) {
  constexpr uint64_t kFactors[] = {0x9e3779b97f4a7c15, 0xd1b54a32d192ed03};  // odd; of the golden ratio and its kin
  Digest d{data.size() ^ kFactors[0], data.size() ^ kFactors[1]};
  auto add = [&](uint64_t a, uint64_t b) {
    d.first = fold_product(d.first ^ a, b ^ kFactors[0]);
    d.second = fold_product(d.second ^ b, a ^ kFactors[1]) + a;
  };
  const char* p = data.data();
  size_t n = data.size();
  for (; n > 16; p += 16, n -= 16) add(word_at<uint64_t>(p), word_at<uint64_t>(p + 8));
  char last[16] = {};
  if (n) memcpy(last, p, n);
  add(word_at<uint64_t>(last), word_at<uint64_t>(last + 8));
  return d;
}

}  // namespace taipan
