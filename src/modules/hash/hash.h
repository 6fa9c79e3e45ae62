#pragma once
// Message digests: what the modules _md5, _sha1, _sha256 and _sha512 compute.
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace taipan::digests {

union State {
  uint32_t words32[8];
  uint64_t words64[8];
};

struct Algorithm {
  const char* name;
  size_t size, block;  // in bytes: of the digest, of what is compressed at a time
  bool wide;           // words of 64 bits
  bool big_endian;
  void (*compress)(State& state, const unsigned char* block);
  State start;
};
extern const Algorithm md5, sha1, sha224, sha256, sha384, sha512;

/// One digest being computed.
struct Hasher {
  const Algorithm* algorithm;
  State state;
  uint64_t length;  // bytes so far
  size_t used;      // bytes in `pending`
  unsigned char pending[128];

  void start(const Algorithm& a) { algorithm = &a, state = a.start, length = 0, used = 0; }
  void update(std::string_view data);
  void finish(unsigned char* digest) const;  ///< more may follow afterwards
};

}  // namespace taipan::digests
