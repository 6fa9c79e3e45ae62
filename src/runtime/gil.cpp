// The lock is a flag under a mutex. A thread that waits longer than the interval sets a bit that
// the holder looks at on its next backward jump or call; the holder then waits until someone else
// really had the lock, so that two busy threads take turns.
#include "runtime/gil.h"

#include <pthread.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>

namespace taipan {

unsigned long switch_interval = 5000;
PyThreadState* finalizing_thread = nullptr;

namespace {

struct Gil {
  pthread_mutex_t mutex;
  pthread_cond_t freed;     // somebody let go
  pthread_cond_t switched;  // somebody took it
  bool locked;
  uint64_t switches;  // how often it changed hands
  PyThreadState* last_holder;
};
Gil gil;

constexpr uint32_t kRequest = static_cast<uint32_t>(Pending::gil);
void set_request() { __atomic_fetch_or(&interpreter().pending, kRequest, __ATOMIC_RELAXED); }
void clear_request() { __atomic_fetch_and(&interpreter().pending, ~kRequest, __ATOMIC_RELAXED); }
bool requested() { return __atomic_load_n(&interpreter().pending, __ATOMIC_RELAXED) & kRequest; }

timespec deadline() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  uint64_t ns = static_cast<uint64_t>(t.tv_nsec) + switch_interval * 1000;
  t.tv_sec += static_cast<time_t>(ns / 1000000000);
  t.tv_nsec = static_cast<long>(ns % 1000000000);
  return t;
}

}  // namespace

void start_gil() {
  pthread_mutex_init(&gil.mutex, nullptr);
  pthread_condattr_t monotonic;
  pthread_condattr_init(&monotonic);
  pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
  pthread_cond_init(&gil.freed, &monotonic);
  pthread_cond_init(&gil.switched, &monotonic);
  pthread_condattr_destroy(&monotonic);
  gil.locked = false;
}

/// A thread that is still there when the interpreter ends never runs again; the process's end
/// removes it.
static bool must_stay_out(PyThreadState* ts) {
  return interpreter().finalizing && ts != finalizing_thread;
}

void take_gil(PyThreadState* ts) {
  int saved = errno;
  while (must_stay_out(ts)) pause();
  pthread_mutex_lock(&gil.mutex);
  while (gil.locked || must_stay_out(ts)) {
    uint64_t before = gil.switches;
    timespec until = deadline();
    int r = pthread_cond_timedwait(&gil.freed, &gil.mutex, &until);
    if (r == ETIMEDOUT && gil.locked && gil.switches == before) set_request();
  }
  gil.locked = true;
  if (gil.last_holder != ts) {
    gil.last_holder = ts;
    gil.switches++;
  }
  clear_request();
  pthread_cond_signal(&gil.switched);
  set_current_thread(ts);
  pthread_mutex_unlock(&gil.mutex);
  errno = saved;
}

void drop_gil(PyThreadState* ts) {
  int saved = errno;
  pthread_mutex_lock(&gil.mutex);
  set_current_thread(nullptr);
  gil.last_holder = ts;
  gil.locked = false;
  pthread_cond_signal(&gil.freed);
  if (requested()) {
    while (gil.last_holder == ts && requested()) {
      timespec until = deadline();
      // A waiter that died or gave up must not stop us for ever.
      if (pthread_cond_timedwait(&gil.switched, &gil.mutex, &until) == ETIMEDOUT) {
        clear_request();
        break;
      }
    }
  }
  pthread_mutex_unlock(&gil.mutex);
  errno = saved;
}

void yield_gil(PyThreadState* ts) {
  drop_gil(ts);
  take_gil(ts);
}

void reset_gil_after_fork(PyThreadState* ts) {
  start_gil();
  gil.locked = true;
  gil.last_holder = ts;
  clear_request();
  set_current_thread(ts);
}

}  // namespace taipan
