// The compression functions of MD5 (RFC 1321), SHA-1 and the SHA-2 family (FIPS 180-4).
#include "modules/hash/hash.h"

#include <bit>
#include <cstring>

namespace taipan::digests {
namespace {

/// The fractional parts of the cube roots of the first 80 primes; SHA-256 takes the upper halves.
constexpr uint64_t kCubeRoots[80] = {
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc,
    0x3956c25bf348b538, 0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118,
    0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
    0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694,
    0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
    0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4,
    0xc6e00bf33da88fc2, 0xd5a79147930aa725, 0x06ca6351e003826f, 0x142929670a0e6e70,
    0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
    0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30,
    0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
    0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8,
    0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3,
    0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b,
    0xca273eceea26619c, 0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178,
    0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
    0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c,
    0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
};
/// The fractional parts of the square roots of the first 16 primes: the initial states of the SHA-2 family.
constexpr uint64_t kSquareRoots[16] = {
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
    0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
    0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939,
    0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4,
};
/// MD5's: of the sines of 1, 2 … 64.
constexpr uint32_t kSines[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
};

template <class Word, std::endian order>
Word load(const unsigned char* from) {
  Word w;
  memcpy(&w, from, sizeof w);
  return std::endian::native == order ? w : std::byteswap(w);
}
template <class Word, std::endian order>
void store(unsigned char* to, Word w) {
  if (std::endian::native != order) w = std::byteswap(w);
  memcpy(to, &w, sizeof w);
}

void md5_block(State& state, const unsigned char* block) {
  static constexpr int kTurns[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
  uint32_t* s = state.words32;
  uint32_t x[16], a = s[0], b = s[1], c = s[2], d = s[3];
  for (int i = 0; i < 16; i++) x[i] = load<uint32_t, std::endian::little>(block + 4 * i);
  for (int i = 0; i < 64; i++) {
    uint32_t f;
    int k;
    switch (i / 16) {
      case 0: f = (b & c) | (~b & d), k = i; break;
      case 1: f = (b & d) | (c & ~d), k = (5 * i + 1) % 16; break;
      case 2: f = b ^ c ^ d, k = (3 * i + 5) % 16; break;
      default: f = c ^ (b | ~d), k = 7 * i % 16;
    }
    uint32_t turned = b + std::rotl(a + f + x[k] + kSines[i], kTurns[i / 16][i % 4]);
    a = d, d = c, c = b, b = turned;
  }
  s[0] += a, s[1] += b, s[2] += c, s[3] += d;
}

void sha1_block(State& state, const unsigned char* block) {
  uint32_t* s = state.words32;
  uint32_t w[80], a = s[0], b = s[1], c = s[2], d = s[3], e = s[4];
  for (int i = 0; i < 16; i++) w[i] = load<uint32_t, std::endian::big>(block + 4 * i);
  for (int i = 16; i < 80; i++) w[i] = std::rotl(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
  for (int i = 0; i < 80; i++) {
    uint32_t f, k;
    switch (i / 20) {
      case 0: f = (b & c) | (~b & d), k = 0x5a827999; break;
      case 1: f = b ^ c ^ d, k = 0x6ed9eba1; break;
      case 2: f = (b & c) | (b & d) | (c & d), k = 0x8f1bbcdc; break;
      default: f = b ^ c ^ d, k = 0xca62c1d6;
    }
    uint32_t t = std::rotl(a, 5) + f + e + k + w[i];
    e = d, d = c, c = std::rotl(b, 30), b = a, a = t;
  }
  s[0] += a, s[1] += b, s[2] += c, s[3] += d, s[4] += e;
}

/// How the two widths of SHA-2 differ: rounds and rotations.
template <class Word> struct Sha2;
template <> struct Sha2<uint32_t> {
  static constexpr int rounds = 64, sum0[3] = {2, 13, 22}, sum1[3] = {6, 11, 25}, mix0[3] = {7, 18, 3}, mix1[3] = {17, 19, 10};
  static uint32_t* words(State& s) { return s.words32; }
  static uint32_t constant(int i) { return static_cast<uint32_t>(kCubeRoots[i] >> 32); }
};
template <> struct Sha2<uint64_t> {
  static constexpr int rounds = 80, sum0[3] = {28, 34, 39}, sum1[3] = {14, 18, 41}, mix0[3] = {1, 8, 7}, mix1[3] = {19, 61, 6};
  static uint64_t* words(State& s) { return s.words64; }
  static uint64_t constant(int i) { return kCubeRoots[i]; }
};

template <class Word>
void sha2_block(State& state, const unsigned char* block) {
  using P = Sha2<Word>;
  auto sum = [](Word x, const int (&r)[3]) { return std::rotr(x, r[0]) ^ std::rotr(x, r[1]) ^ std::rotr(x, r[2]); };
  auto mix = [](Word x, const int (&r)[3]) { return std::rotr(x, r[0]) ^ std::rotr(x, r[1]) ^ (x >> r[2]); };
  Word w[P::rounds], v[8], *s = P::words(state);
  for (int i = 0; i < 16; i++) w[i] = load<Word, std::endian::big>(block + sizeof(Word) * static_cast<size_t>(i));
  for (int i = 16; i < P::rounds; i++) w[i] = mix(w[i - 2], P::mix1) + w[i - 7] + mix(w[i - 15], P::mix0) + w[i - 16];
  for (int i = 0; i < 8; i++) v[i] = s[i];
  for (int i = 0; i < P::rounds; i++) {
    Word choice = (v[4] & v[5]) ^ (~v[4] & v[6]), majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
    Word t1 = v[7] + sum(v[4], P::sum1) + choice + P::constant(i) + w[i], t2 = sum(v[0], P::sum0) + majority;
    for (int k = 7; k > 0; k--) v[k] = v[k - 1];
    v[4] += t1;
    v[0] = t1 + t2;
  }
  for (int i = 0; i < 8; i++) s[i] += v[i];
}

constexpr State kSha1Start = {.words32 = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0}};
constexpr State narrow_start(int first, int shift) {
  State s{.words32 = {}};
  for (int i = 0; i < 8; i++) s.words32[i] = static_cast<uint32_t>(kSquareRoots[first + i] >> shift);
  return s;
}
constexpr State wide_start(int first) {
  State s{.words64 = {}};
  for (int i = 0; i < 8; i++) s.words64[i] = kSquareRoots[first + i];
  return s;
}

}  // namespace

const Algorithm md5{"md5", 16, 64, false, false, md5_block, kSha1Start};  // the first four words are the same
const Algorithm sha1{"sha1", 20, 64, false, true, sha1_block, kSha1Start};
const Algorithm sha224{"sha224", 28, 64, false, true, sha2_block<uint32_t>, narrow_start(8, 0)};
const Algorithm sha256{"sha256", 32, 64, false, true, sha2_block<uint32_t>, narrow_start(0, 32)};
const Algorithm sha384{"sha384", 48, 128, true, true, sha2_block<uint64_t>, wide_start(8)};
const Algorithm sha512{"sha512", 64, 128, true, true, sha2_block<uint64_t>, wide_start(0)};

void Hasher::update(std::string_view data) {
  length += data.size();
  while (!data.empty()) {
    if (used == 0 && data.size() >= algorithm->block) {  // whole blocks need no copy
      algorithm->compress(state, reinterpret_cast<const unsigned char*>(data.data()));
      data.remove_prefix(algorithm->block);
      continue;
    }
    size_t n = algorithm->block - used < data.size() ? algorithm->block - used : data.size();
    memcpy(pending + used, data.data(), n);
    used += n;
    data.remove_prefix(n);
    if (used == algorithm->block) {
      algorithm->compress(state, pending);
      used = 0;
    }
  }
}

void Hasher::finish(unsigned char* digest) const {
  Hasher last = *this;
  size_t block = algorithm->block, tail = algorithm->wide ? 16 : 8;
  last.pending[last.used++] = 0x80;
  if (last.used > block - tail) {
    memset(last.pending + last.used, 0, block - last.used);
    algorithm->compress(last.state, last.pending);
    last.used = 0;
  }
  memset(last.pending + last.used, 0, block - last.used);
  uint64_t bits = length << 3;
  if (algorithm->big_endian) store<uint64_t, std::endian::big>(last.pending + block - 8, bits);
  else store<uint64_t, std::endian::little>(last.pending + block - 8, bits);
  if (algorithm->wide) last.pending[block - 9] = static_cast<unsigned char>(length >> 61);
  algorithm->compress(last.state, last.pending);
  unsigned char all[64];
  for (int i = 0; i < 8; i++) {
    if (algorithm->wide) store<uint64_t, std::endian::big>(all + 8 * i, last.state.words64[i]);
    else if (algorithm->big_endian) store<uint32_t, std::endian::big>(all + 4 * i, last.state.words32[i]);
    else store<uint32_t, std::endian::little>(all + 4 * i, last.state.words32[i]);
  }
  memcpy(digest, all, algorithm->size);
}

}  // namespace taipan::digests
