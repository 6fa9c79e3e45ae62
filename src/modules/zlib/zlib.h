#pragma once
// The parts of module zlib. Input is handed to the library piece by piece (its counts are 32 bits wide), output is
// collected in a growing buffer; the GIL is given up meanwhile, and a lock of its own guards each stream.
#include <zlib.h>

#include <climits>
#include <iterator>

#include "modules/thread/thread.h"
#include "object/bind.h"
#include "object/buffer.h"
#include "object/bytes.h"
#include "runtime/gil.h"

namespace taipan::zlib {

extern PyObject* error;
extern PyTypeObject compress_type, decompress_type;
constexpr Py_ssize_t kBufferSize = 16 * 1024;

/// zlib.error "Error {code} {what}: {why}".
Raised raise_zlib(const z_stream& z, int code, const char* what);
/// The allocator that every stream uses.
void prepare(z_stream& z);

/// Input in pieces that the library can count.
class Input {
 public:
  Input(z_stream& z, std::string_view data) : z_(z), at_(data.data()), left_(data.size()) {
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(at_));
    z.avail_in = 0;
  }
  /// Gives the stream what it may count at once; true: that is the rest.
  bool feed() {
    auto* used = reinterpret_cast<const char*>(z_.next_in);
    left_ -= static_cast<size_t>(used - at_);
    at_ = used;
    z_.avail_in = left_ > UINT_MAX ? UINT_MAX : static_cast<uInt>(left_);
    return left_ <= UINT_MAX;
  }
  /// What the stream has not taken.
  std::string_view rest() const {
    auto* used = reinterpret_cast<const char*>(z_.next_in);
    return {used, left_ - static_cast<size_t>(used - at_)};
  }

 private:
  z_stream& z_;
  const char* at_;
  size_t left_;
};

/// Output, at most `limit` bytes of it (negative: no limit).
class Output {
 public:
  explicit Output(z_stream& z, Py_ssize_t limit = -1, Py_ssize_t first = 0) : z_(z), first_(first), limit_(limit) {}
  /// Makes room. False: MemoryError.
  bool grow() {
    // How stored blocks are cut depends on these sizes: they are CPython's, so that the bytes are.
    static constexpr Py_ssize_t kKilobytes[] = {32, 64, 256, 1024, 4096, 8192, 16384, 16384, 32768, 32768, 32768, 32768};
    Py_ssize_t room = kKilobytes[step_] * 1024;
    if (step_ == 0 && first_) room = first_;
    if (step_ + 1 < static_cast<int>(std::size(kKilobytes))) step_++;
    if (limit_ >= 0 && room > limit_ - out_.size()) room = limit_ - out_.size();
    if (!out_.reserve(room)) return false;
    z_.next_out = reinterpret_cast<Bytef*>(out_.end());
    z_.avail_out = static_cast<uInt>(room);
    given_ = room;
    return true;
  }
  /// Counts what the stream has written.
  void take() {
    out_.advance(given_ - static_cast<Py_ssize_t>(z_.avail_out));
    given_ = static_cast<Py_ssize_t>(z_.avail_out);
  }
  bool full() const { return z_.avail_out == 0; }
  bool at_limit() const { return limit_ >= 0 && out_.size() >= limit_; }
  Ref<> finish() { return out_.finish(); }

 private:
  z_stream& z_;
  BytesBuilder out_;
  int step_ = 0;
  Py_ssize_t first_, limit_, given_ = 0;
};

/// Runs `step()` of the library without the GIL.
template <class F>
int without_gil(F&& step) {
  WithoutGil unlocked;
  return step();
}

/// Holds a stream's lock.
class Guard {
 public:
  Guard(threads::Mutex& m) : m_(m) {
    if (!m.try_lock()) {
      auto got = m.lock(-1);
      ok_ = static_cast<bool>(got);
    }
  }
  ~Guard() {
    if (ok_) m_.unlock();
  }
  Guard(const Guard&) = delete;
  explicit operator bool() const { return ok_; }

 private:
  threads::Mutex& m_;
  bool ok_ = true;
};

Ref<> new_compressor(int level, int method, int wbits, int memory_level, int strategy, PyObject* dictionary);
Ref<> new_decompressor(int wbits, PyObject* dictionary);

// Numbers whose default has a name in the signature.
#define TAIPAN_NAMED_DEFAULT(Type, C, number) \
  struct Type {                               \
    C value = number;                         \
  };
TAIPAN_NAMED_DEFAULT(Level, int, Z_DEFAULT_COMPRESSION)
TAIPAN_NAMED_DEFAULT(Method, int, Z_DEFLATED)
TAIPAN_NAMED_DEFAULT(WindowBits, int, MAX_WBITS)
TAIPAN_NAMED_DEFAULT(MemoryLevel, int, 8)
TAIPAN_NAMED_DEFAULT(Strategy, int, Z_DEFAULT_STRATEGY)
TAIPAN_NAMED_DEFAULT(FlushMode, int, Z_FINISH)
TAIPAN_NAMED_DEFAULT(BufferSize, Py_ssize_t, kBufferSize)
#undef TAIPAN_NAMED_DEFAULT
/// A dictionary argument: null if it was not given.
struct Dictionary {
  PyObject* o = nullptr;
};

}  // namespace taipan::zlib

namespace taipan {
#define TAIPAN_NAMED_DEFAULT(Type, C)                                    \
  template <>                                                            \
  struct Convert<zlib::Type> {                                           \
    static Result<zlib::Type> from(PyObject* o, Where w) {               \
      return zlib::Type{TRY(Convert<C>::from(o, w))};                    \
    }                                                                    \
  };                                                                     \
  template <>                                                            \
  constexpr zlib::Type default_value<zlib::Type>(std::string_view) {     \
    return {};                                                           \
  }
TAIPAN_NAMED_DEFAULT(Level, int)
TAIPAN_NAMED_DEFAULT(Method, int)
TAIPAN_NAMED_DEFAULT(WindowBits, int)
TAIPAN_NAMED_DEFAULT(MemoryLevel, int)
TAIPAN_NAMED_DEFAULT(Strategy, int)
TAIPAN_NAMED_DEFAULT(FlushMode, int)
TAIPAN_NAMED_DEFAULT(BufferSize, Py_ssize_t)
TAIPAN_NAMED_DEFAULT(Dictionary, PyObject*)
#undef TAIPAN_NAMED_DEFAULT
}  // namespace taipan
