#pragma once
// The state of BufferedReader, BufferedWriter and BufferedRandom. The buffer holds either bytes read ahead
// ([read_at, read_end)) or bytes to be written ([0, write_end)), never both: changing sides gives up the one or flushes the other.
#include <pthread.h>

#include "modules/io/io.h"

namespace taipan::io {

struct Buffered : IOBase {
  PyObject* raw;
  char* buffer;
  Py_ssize_t capacity;
  Py_ssize_t read_at, read_end;
  Py_ssize_t write_end;
  int64_t raw_position;   // -1: not known
  pthread_mutex_t lock;
  unsigned long owner;    // thread that is inside; 0: none
  bool lock_made, initialized, detached, readable, writable, finalizing;
};
inline Buffered& buffered(PyObject* o) { return *reinterpret_cast<Buffered*>(o); }

/// Inside a method: no other thread, and not the same one again (a signal handler or a raw file that calls back).
class Entered {
 public:
  explicit Entered(Buffered& b);
  ~Entered();
  Entered(const Entered&) = delete;
  explicit operator bool() const { return ok_; }

 private:
  Buffered& b_;
  bool ok_ = false;
};

Status check_usable(Buffered& b);                             ///< initialised and attached
Status check_not_closed(Buffered& b, const char* message);    ///< ValueError(message) if the raw file is closed
/// Writes out what is held back. A raw file that would block: BlockingIOError.
Status flush_writes(Buffered& b);
/// Gives up what was read ahead: the raw position goes back.
Status drop_read_ahead(Buffered& b);
inline Py_ssize_t ahead(const Buffered& b) { return b.read_end - b.read_at; }
/// Reads from the raw file: bytes read, -2: it would block.
Result<Py_ssize_t> read_raw(Buffered& b, char* to, Py_ssize_t n);
Result<Py_ssize_t> write_raw(Buffered& b, const char* data, Py_ssize_t n);
/// Reads ahead once: bytes now available, -2: it would block.
Result<Py_ssize_t> fill(Buffered& b);
Result<int64_t> logical_position(Buffered& b);

// The methods (buffered_reader.cpp, buffered_writer.cpp); size arguments null: -1.
Ref<> buffered_read(PyObject* self, PyObject* size);
Ref<> buffered_read1(PyObject* self, PyObject* size);
Ref<> buffered_peek(PyObject* self, PyObject* size);
Ref<> buffered_readinto(PyObject* self, PyObject* buffer);
Ref<> buffered_readinto1(PyObject* self, PyObject* buffer);
Ref<> buffered_readline(PyObject* self, PyObject* size);
Result<Ref<>> buffered_next(PyObject* self);
Ref<> buffered_write(PyObject* self, PyObject* data);

}  // namespace taipan::io
