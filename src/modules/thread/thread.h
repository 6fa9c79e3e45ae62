#pragma once
// The parts of module _thread: locks, thread-local data; thread.cpp joins them.
#include <semaphore.h>

#include "object/bind.h"

namespace taipan::threads {

extern PyTypeObject lock_type, rlock_type, local_type, local_token_type;

/// A binary semaphore whose waiting can be interrupted by signals.
class Mutex {
 public:
  void start() { sem_init(&semaphore_, 0, 1); }
  void stop() { sem_destroy(&semaphore_); }
  bool try_lock() { return sem_trywait(&semaphore_) == 0; }
  void unlock() { sem_post(&semaphore_); }
  /// Gives the GIL up meanwhile. microseconds < 0: for ever. False inside: timed out. Fails if a signal handler raises.
  Result<bool> lock(int64_t microseconds);

 private:
  sem_t semaphore_;
};

struct Lock {
  PyObject_HEAD
  Mutex mutex;
  PyObject* weaklist;
  bool locked;
};
Ref<> new_lock();
void release(Lock& lock);

/// `timeout` in seconds as an argument; -1 microseconds: none. Checks that it fits `blocking`.
Result<int64_t> parse_timeout(bool blocking, PyObject* seconds);
inline constexpr int64_t kLongestTimeout = INT64_MAX / 1000;  // microseconds

}  // namespace taipan::threads
