#pragma once
// The global interpreter lock. Whoever holds it is the current thread; everything that touches objects holds it.
#include "object/thread.h"

namespace taipan {

void start_gil();
/// Waits until the lock is free, then makes `ts` the current thread. errno is kept.
void take_gil(PyThreadState* ts);
/// Gives the lock away; there is no current thread in this OS thread until take_gil.
void drop_gil(PyThreadState* ts);
/// Answers another thread's request: lets it run, waits for the lock again.
void yield_gil(PyThreadState* ts);
/// In a child after fork: the lock is this thread's, whatever state it was in.
void reset_gil_after_fork(PyThreadState* ts);
/// Microseconds until a waiting thread asks for the lock (sys.setswitchinterval).
extern unsigned long switch_interval;
/// The thread that ends the interpreter: the only one that still runs then.
extern PyThreadState* finalizing_thread;

/// Around a call that may block: `{ WithoutGil unlocked; n = read(fd, …); }`. errno survives.
class WithoutGil {
 public:
  WithoutGil() : ts_(current_thread()) { drop_gil(ts_); }
  ~WithoutGil() { take_gil(ts_); }
  WithoutGil(const WithoutGil&) = delete;

 private:
  PyThreadState* ts_;
};

}  // namespace taipan
