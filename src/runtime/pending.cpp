// The slow path of the check on backward jumps and calls.
#include "runtime/pending.h"

#include <pthread.h>

#include "object/error.h"
#include "object/gc.h"
#include "object/stack.h"
#include "runtime/gil.h"
#include "runtime/thread_state.h"

namespace taipan {
namespace {

struct Call {
  int (*function)(void*);
  void* argument;
};
constexpr int kQueueSize = 32;
Call queue[kQueueSize];
int first = 0, count = 0;
pthread_mutex_t queue_mutex = PTHREAD_MUTEX_INITIALIZER;
bool running = false;

bool has(uint32_t bits, Pending what) { return (bits & static_cast<uint32_t>(what)) != 0; }

bool take_call(Call& call) {
  pthread_mutex_lock(&queue_mutex);
  bool found = count > 0;
  if (found) {
    call = queue[first];
    first = (first + 1) % kQueueSize;
    count--;
  }
  pthread_mutex_unlock(&queue_mutex);
  return found;
}

}  // namespace

void set_pending(Pending what) {
  __atomic_fetch_or(&interpreter().pending, static_cast<uint32_t>(what), __ATOMIC_RELAXED);
}
void clear_pending(Pending what) {
  __atomic_fetch_and(&interpreter().pending, ~static_cast<uint32_t>(what), __ATOMIC_RELAXED);
}

bool add_pending_call(int (*function)(void*), void* argument) {
  pthread_mutex_lock(&queue_mutex);
  bool room = count < kQueueSize;
  if (room) queue[(first + count++) % kQueueSize] = {function, argument};
  pthread_mutex_unlock(&queue_mutex);
  set_pending(Pending::calls);
  return room;
}

Status run_pending_calls() {
  if (!is_main_thread() || running) return {};
  running = true;
  clear_pending(Pending::calls);
  Status status;
  Call call;
  // Calls queued meanwhile wait for the next time, or this might never end.
  for (int i = 0; i < kQueueSize && take_call(call); i++) {
    if (call.function(call.argument) == 0) continue;
    set_pending(Pending::calls);
    status = Raised{};
    break;
  }
  running = false;
  return status;
}

void finish_pending_calls() {
  while (count && run_pending_calls()) {
  }
  clear_error();
}

Status handle_pending(PyThreadState* ts) {
  uint32_t bits = __atomic_load_n(&interpreter().pending, __ATOMIC_RELAXED);
  bool main = is_main_thread();
  if (has(bits, Pending::signal) && main) TRY(run_signal_handlers());
  if (has(bits, Pending::calls) && main) TRY(run_pending_calls());
  if (has(bits, Pending::gil)) yield_gil(ts);
  if (has(bits, Pending::deallocate)) {
    clear_pending(Pending::deallocate);
    deallocate_set_aside();
  }
  if (ts->async_exc) {
    Ref<> exception = adopt(std::exchange(ts->async_exc, nullptr));
    clear_pending(Pending::async_raise);
    return raise_bare(exception.get());
  }
  if (has(bits, Pending::collect)) {
    clear_pending(Pending::collect);
    gc_run_pending();
  }
  return {};
}

}  // namespace taipan
