// The module _random: the Mersenne Twister MT19937 (Matsumoto and Nishimura), seeded and read as the module random
// expects, so that the same seed gives the same numbers everywhere.
#include <errno.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/vector.h"
#include "modules/module.h"
#include "modules/modules.h"
#include "object/int.h"
#include "object/int_arithmetic.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/tuple.h"
#include "object/type.h"

namespace taipan {
namespace {

class Twister {
 public:
  static constexpr int kSize = 624;

  void seed(uint32_t s) {
    words_[0] = s;
    for (uint32_t i = 1; i < kSize; i++) words_[i] = 1812433253U * (words_[i - 1] ^ (words_[i - 1] >> 30)) + i;
    at_ = kSize;
  }
  void seed(const uint32_t* key, size_t n) {
    seed(19650218U);
    size_t i = 1, j = 0;
    for (size_t k = n > kSize ? n : kSize; k; k--) {
      words_[i] = (words_[i] ^ (mixed(i - 1) * 1664525U)) + key[j] + static_cast<uint32_t>(j);
      advance(i);
      if (++j >= n) j = 0;
    }
    for (size_t k = kSize - 1; k; k--) {
      words_[i] = (words_[i] ^ (mixed(i - 1) * 1566083941U)) - static_cast<uint32_t>(i);
      advance(i);
    }
    words_[0] = 0x80000000U;  // not all zero
  }
  uint32_t next() {
    if (at_ >= kSize) refill();
    uint32_t y = words_[at_++];
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680U;
    y ^= (y << 15) & 0xefc60000U;
    return y ^ (y >> 18);
  }
  uint32_t& word(int i) { return words_[i]; }
  int& position() { return at_; }

 private:
  uint32_t mixed(size_t i) const { return words_[i] ^ (words_[i] >> 30); }
  void advance(size_t& i) {
    if (++i < kSize) return;
    words_[0] = words_[kSize - 1];
    i = 1;
  }
  void refill() {
    constexpr int kShift = 397;
    for (int k = 0; k < kSize; k++) {
      uint32_t y = (words_[k] & 0x80000000U) | (words_[(k + 1) % kSize] & 0x7fffffffU);
      words_[k] = words_[(k + kShift) % kSize] ^ (y >> 1) ^ (y & 1 ? 0x9908b0dfU : 0);
    }
    at_ = 0;
  }

  int at_;
  uint32_t words_[kSize];
};

struct Random {
  PyObject_HEAD
  Twister twister;
};
Random& as(PyObject* o) { return *reinterpret_cast<Random*>(o); }

// -- seeding --

Status seed_from_system(Twister& t) {
  uint32_t key[Twister::kSize];
  auto* bytes = reinterpret_cast<char*>(key);
  for (size_t got = 0; got < sizeof key;) {
    ssize_t n = getrandom(bytes + got, sizeof key - got, 0);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return raise_os_error(errno);
    got += static_cast<size_t>(n);
  }
  t.seed(key, Twister::kSize);
  return {};
}

Status seed_from(Twister& t, PyObject* o) {
  if (!o || o == Py_None) return seed_from_system(t);
  Ref<> n = TRY(PyLong_Check(o) ? int_absolute(o) : new_int_unsigned(static_cast<uint64_t>(TRY(hash(o)))));
  uint64_t bits = int_bit_length(n.get());
  size_t words = bits ? static_cast<size_t>((bits - 1) / 32 + 1) : 1;
  Vector<uint32_t> key;
  if (!key.resize(words)) return raise_no_memory();
  TRY(int_to_bytes(n.get(), reinterpret_cast<uint8_t*>(key.data()), words * 4, Endian::little, Signed::no));
  t.seed(key.data(), words);
  return {};
}

constexpr char seed_doc[] =
    "seed($self, n=None, /)\n--\n\n"
    "seed([n]) -> None.\n\n"
    "Starts the generator from an int, another object's hash, or, for None, what the system gives.";
Status seed(Random& self, PyObject* n) { return seed_from(self.twister, n); }

// -- numbers --

constexpr char random_doc[] = "random($self, /)\n--\n\nrandom() -> x in the interval [0, 1).";
double random(Random& self) {
  uint32_t high = self.twister.next() >> 5, low = self.twister.next() >> 6;  // 27 and 26 bits
  return (high * 67108864.0 + low) * (1.0 / 9007199254740992.0);
}

constexpr char getrandbits_doc[] =
    "getrandbits($self, k, /)\n--\n\ngetrandbits(k) -> x.  Generates an int with k random bits.";
Ref<> getrandbits(Random& self, int k) {
  if (k < 0) return raise(PyExc_ValueError, "number of bits must be non-negative");
  if (k == 0) return new_int(0);
  if (k <= 32) return new_int_unsigned(self.twister.next() >> (32 - k));
  Vector<uint32_t> words;
  if (!words.resize((static_cast<size_t>(k) - 1) / 32 + 1)) return raise_no_memory();
  for (uint32_t& word : words) {
    word = self.twister.next();
    if (k < 32) word >>= 32 - k;
    k -= 32;
  }
  return int_from_bytes(reinterpret_cast<const uint8_t*>(words.data()), words.size() * 4, Endian::little, Signed::no);
}

// -- state --

constexpr char getstate_doc[] = "getstate($self, /)\n--\n\ngetstate() -> tuple containing the current state.";
Ref<> getstate(Random& self) {
  Ref<Tuple> state = TRY(new_tuple(Twister::kSize + 1));
  for (int i = 0; i < Twister::kSize; i++) state->ob_item[i] = TRY(new_int(self.twister.word(i))).release();
  state->ob_item[Twister::kSize] = TRY(new_int(self.twister.position())).release();
  return state;
}

Result<uint32_t> state_word(PyObject* o) {
  if (!PyLong_Check(o)) return raise(PyExc_TypeError, "an integer is required");
  uint64_t value;
  int outside = int_to_uint64(o, &value);
  if (outside < 0) return raise(PyExc_OverflowError, "can't convert negative value to unsigned int");
  if (outside > 0) return raise(PyExc_OverflowError, "Python int too large to convert to C unsigned long");
  return static_cast<uint32_t>(value);
}

constexpr char setstate_doc[] = "setstate($self, state, /)\n--\n\nsetstate(state) -> None.  Restores generator state.";
Status setstate(Random& self, PyObject* state) {
  if (!PyTuple_Check(state)) return raise(PyExc_TypeError, "state vector must be a tuple");
  if (tuple_size(state) != Twister::kSize + 1) return raise(PyExc_ValueError, "state vector is the wrong size");
  Twister fresh;
  for (int i = 0; i < Twister::kSize; i++) fresh.word(i) = TRY(state_word(item(state, i)));
  PyObject* position = item(state, Twister::kSize);
  if (!PyLong_Check(position)) return raise(PyExc_TypeError, "an integer is required");
  int64_t at = TRY(to_int64(position));
  if (at < 0 || at > Twister::kSize) return raise(PyExc_ValueError, "invalid state");
  fresh.position() = static_cast<int>(at);
  self.twister = fresh;
  return {};
}

constexpr char random_type_doc[] = "Random() -> create a random number generator with its own internal state.";

Status init(PyObject* self, PyObject* args, PyObject* kwargs) {
  if (!check_no_keywords_dict("Random", kwargs)) return Raised{};
  if (tuple_size(args) > 1) return raise(PyExc_TypeError, "Random() requires 0 or 1 argument");
  return seed_from(as(self).twister, tuple_size(args) ? item(args, 0) : nullptr);
}

constinit PyMethodDef methods[] = {
    method<random_doc, random>,     method<seed_doc, seed>,         method<getstate_doc, getstate>,
    method<setstate_doc, setstate>, method<getrandbits_doc, getrandbits>, {},
};

constinit PyTypeObject random_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_random.Random",
    .tp_basicsize = sizeof(Random),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = random_type_doc,
    .tp_methods = methods,
    .tp_init = slot<init>,
    .tp_new = generic_new,
};

Status fill(PyObject* module) { return add_type(module, &random_type); }

constexpr char random_module_doc[] = "Module implements the Mersenne Twister random number generator.";

}  // namespace
}  // namespace taipan

PyObject* init_random() { return taipan::define_module<"_random", taipan::random_module_doc, taipan::fill>(); }
