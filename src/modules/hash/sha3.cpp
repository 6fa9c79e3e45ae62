// The module _sha3: SHA-3 and SHAKE (FIPS 202), sponges over the permutation Keccak-f[1600].
#include <bit>
#include <cstring>
#include <utility>

#include "modules/hash/input.h"
#include "modules/module.h"
#include "modules/modules.h"
#include "object/alloc.h"
#include "object/bytes.h"
#include "object/error.h"
#include "object/int.h"
#include "object/int_arithmetic.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/type.h"

namespace taipan::digests {
namespace {

constexpr size_t kStateBytes = 200;

void keccak(uint64_t (&a)[25]) {
  constexpr uint64_t kRounds[24] = {
      0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b, 0x0000000080000001,
      0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
      0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
      0x000000000000800a, 0x800000008000000a, 0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
  };
  // The lanes in the order in which they move into one another, and how far each is turned.
  constexpr int kPath[24] = {10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1};
  constexpr int kTurns[24] = {1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44};
  for (uint64_t round : kRounds) {
    uint64_t c[5];
    for (int x = 0; x < 5; x++) c[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
    for (int x = 0; x < 5; x++) {
      uint64_t d = c[(x + 4) % 5] ^ std::rotl(c[(x + 1) % 5], 1);
      for (int y = 0; y < 25; y += 5) a[y + x] ^= d;
    }
    uint64_t moving = a[1];
#pragma unroll
    for (int i = 0; i < 24; i++) moving = std::exchange(a[kPath[i]], std::rotl(moving, kTurns[i]));
#pragma unroll
    for (int y = 0; y < 25; y += 5) {
      for (int x = 0; x < 5; x++) c[x] = a[y + x];
      for (int x = 0; x < 5; x++) a[y + x] = c[x] ^ (~c[(x + 1) % 5] & c[(x + 2) % 5]);
    }
    a[0] ^= round;
  }
}

struct Sponge {
  uint64_t lanes[25];
  size_t at;  // bytes of the current block absorbed
  unsigned char* bytes() { return reinterpret_cast<unsigned char*>(lanes); }

  void absorb(std::string_view data, size_t rate) {
    while (!data.empty()) {
      if (at == 0 && data.size() >= rate) {
        for (size_t i = 0; i < rate / 8; i++) {
          uint64_t lane;
          memcpy(&lane, data.data() + 8 * i, 8);
          lanes[i] ^= lane;
        }
        data.remove_prefix(rate);
      } else {
        bytes()[at++] ^= static_cast<unsigned char>(data[0]);
        data.remove_prefix(1);
        if (at < rate) continue;
        at = 0;
      }
      keccak(lanes);
    }
  }
  void squeeze(unsigned char* out, size_t n, size_t rate, unsigned char suffix) {  // the end: it cannot go on
    bytes()[at] ^= suffix;
    bytes()[rate - 1] ^= 0x80;
    for (;;) {
      keccak(lanes);
      size_t part = n < rate ? n : rate;
      memcpy(out, lanes, part);
      if ((n -= part) == 0) return;
      out += part;
    }
  }
};
static_assert(std::endian::native == std::endian::little);

struct Sha3 {
  PyObject_HEAD
  Sponge sponge;
};
Sha3& as(PyObject* o) { return *reinterpret_cast<Sha3*>(o); }

struct Variant {
  const char* name;
  size_t size;  // of the digest; 0: as many bytes as are asked for
  size_t rate;
  unsigned char suffix;
};
extern PyTypeObject types[6];
constexpr Variant kVariants[6] = {
    {"sha3_224", 28, 144, 0x06}, {"sha3_256", 32, 136, 0x06},  {"sha3_384", 48, 104, 0x06},
    {"sha3_512", 64, 72, 0x06},  {"shake_128", 0, 168, 0x1F}, {"shake_256", 0, 136, 0x1F},
};
const Variant& variant_of(PyObject* o) { return kVariants[Py_TYPE(o) - types]; }

Status feed(PyObject* self, PyObject* data) {
  BufferView buffer;
  TRY(acquire_input(data, buffer));
  as(self).sponge.absorb(buffer.bytes(), variant_of(self).rate);
  return {};
}

// CPython parses the arguments of all six under this one name.
constexpr char new_doc[] = "sha3_224(data=b'', /, *, usedforsecurity=True)\n--\n\n";
Ref<> create(PyTypeObject* type, PyObject* data, bool) {
  Ref<> self = TRY(adopt(type->tp_alloc(type, 0)));
  if (data) TRY(feed(self.get(), data));
  return self;
}
void dealloc(PyObject* o) { Py_TYPE(o)->tp_free(o); }

constexpr char copy_doc[] = "copy($self, /)\n--\n\nA hash object that has seen the same data.";
Ref<> copy(PyObject* self) {
  Ref<> twin = TRY(adopt(Py_TYPE(self)->tp_alloc(Py_TYPE(self), 0)));
  as(twin.get()).sponge = as(self).sponge;
  return twin;
}
constexpr char update_doc[] = "update($self, data, /)\n--\n\nHash more data: any object with a buffer.";
Status update(PyObject* self, PyObject* data) { return feed(self, data); }

void finish(PyObject* self, unsigned char* out, size_t n) {
  Sponge last = as(self).sponge;
  last.squeeze(out, n, variant_of(self).rate, variant_of(self).suffix);
}
constexpr char digest_doc[] = "digest($self, /)\n--\n\nThe digest of the data so far, as bytes.";
Ref<> digest(PyObject* self) {
  unsigned char out[64];
  finish(self, out, variant_of(self).size);
  return new_bytes({reinterpret_cast<char*>(out), variant_of(self).size});
}
constexpr char hexdigest_doc[] = "hexdigest($self, /)\n--\n\nThe digest of the data so far, as hexadecimal digits.";
Ref<> hexdigest(PyObject* self) {
  unsigned char out[64];
  finish(self, out, variant_of(self).size);
  return hexadecimal(out, variant_of(self).size);
}

/// So many bytes of a SHAKE's endless digest.
Ref<> long_digest(PyObject* self, PyObject* length) {
  if (!PyLong_Check(length)) return raise(PyExc_TypeError, "an integer is required");
  uint64_t n;
  int outside = int_to_uint64(length, &n);
  if (outside < 0) return raise(PyExc_ValueError, "value must be positive");
  if (outside > 0) return raise(PyExc_OverflowError, "Python int too large to convert to C unsigned long");
  if (n >= 1 << 29) return raise(PyExc_ValueError, "length is too large");
  if (n == 0) return new_bytes("");
  Ref<> out = TRY(allocate_bytes(static_cast<Py_ssize_t>(n)));
  finish(self, reinterpret_cast<unsigned char*>(bytes_data(out.get())), n);
  return out;
}
constexpr char shake_digest_doc[] = "digest($self, length, /)\n--\n\nThe first bytes of the digest of the data so far.";
Ref<> shake_digest(PyObject* self, PyObject* length) { return long_digest(self, length); }
constexpr char shake_hexdigest_doc[] =
    "hexdigest($self, length, /)\n--\n\nThe first bytes of the digest of the data so far, as hexadecimal digits.";
Ref<> shake_hexdigest(PyObject* self, PyObject* length) {
  Ref<> bytes = TRY(long_digest(self, length));
  return hexadecimal(reinterpret_cast<unsigned char*>(bytes_data(bytes.get())), static_cast<size_t>(Py_SIZE(bytes.get())));
}

Ref<> get_block_size(PyObject* o, void*) { return new_int(static_cast<int64_t>(variant_of(o).rate)); }
Ref<> get_name(PyObject* o, void*) { return new_str(variant_of(o).name); }
Ref<> get_digest_size(PyObject* o, void*) { return new_int(static_cast<int64_t>(variant_of(o).size)); }
Ref<> get_capacity(PyObject* o, void*) { return new_int(static_cast<int64_t>((kStateBytes - variant_of(o).rate) * 8)); }
Ref<> get_rate(PyObject* o, void*) { return new_int(static_cast<int64_t>(variant_of(o).rate * 8)); }
Ref<> get_suffix(PyObject* o, void*) {
  auto suffix = static_cast<char>(variant_of(o).suffix);
  return new_bytes({&suffix, 1});
}

constinit PyMethodDef sha3_methods[] = {
    method<copy_doc, copy>, method<digest_doc, digest>, method<hexdigest_doc, hexdigest>, method<update_doc, update>, {},
};
constinit PyMethodDef shake_methods[] = {
    method<copy_doc, copy>, method<shake_digest_doc, shake_digest>, method<shake_hexdigest_doc, shake_hexdigest>,
    method<update_doc, update>, {},
};
constinit PyGetSetDef getset[] = {
    {"block_size", slot<get_block_size>},      {"name", slot<get_name>},      {"digest_size", slot<get_digest_size>},
    {"_capacity_bits", slot<get_capacity>},    {"_rate_bits", slot<get_rate>}, {"_suffix", slot<get_suffix>},
    {},
};
constexpr PyTypeObject type_of(const char* name, const char* doc, PyMethodDef* methods) {
  return {
      .ob_base = kStaticTypeHead,
      .tp_name = name,
      .tp_basicsize = sizeof(Sha3),
      .tp_dealloc = dealloc,
      .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
      .tp_doc = doc,
      .tp_methods = methods,
      .tp_getset = getset,
      .tp_new = constructor<new_doc, create>::tp_new,
  };
}
#define TAIPAN_SHA3_DOC(name, bytes) name "([data], *, usedforsecurity=True) -> SHA3 object\n\nA SHA3 hash with a digest of " bytes " bytes."
#define TAIPAN_SHAKE_DOC(name) name "([data], *, usedforsecurity=True) -> SHAKE object\n\nA SHAKE hash, whose digest is as long as one likes."
constinit PyTypeObject types[6] = {
    type_of("_sha3.sha3_224", TAIPAN_SHA3_DOC("sha3_224", "28"), sha3_methods),
    type_of("_sha3.sha3_256", TAIPAN_SHA3_DOC("sha3_256", "32"), sha3_methods),
    type_of("_sha3.sha3_384", TAIPAN_SHA3_DOC("sha3_384", "48"), sha3_methods),
    type_of("_sha3.sha3_512", TAIPAN_SHA3_DOC("sha3_512", "64"), sha3_methods),
    type_of("_sha3.shake_128", TAIPAN_SHAKE_DOC("shake_128"), shake_methods),
    type_of("_sha3.shake_256", TAIPAN_SHAKE_DOC("shake_256"), shake_methods),
};

Status fill(PyObject* module) {
  for (PyTypeObject& type : types) TRY(add_type(module, &type));
  TRY(add_int_to_module(module, "keccakopt", 0));
  return add_to_module(module, "implementation", new_str("taipan"));
}
constexpr const char* no_doc = nullptr;

}  // namespace
}  // namespace taipan::digests

PyObject* init_sha3() { return taipan::define_module<"_sha3", taipan::digests::no_doc, taipan::digests::fill>(); }
