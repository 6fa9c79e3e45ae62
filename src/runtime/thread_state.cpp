// The list of thread states hangs off the interpreter; a mutex of its own guards the links, since
// states are made before their thread has the GIL.
#include "runtime/thread_state.h"

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdlib>

#include "object/error.h"
#include "object/stack.h"
#include "runtime/gil.h"
#include "vm/vm.h"

namespace taipan {
namespace {

pthread_mutex_t list_mutex = PTHREAD_MUTEX_INITIALIZER;
pthread_t main_thread;
thread_local PyThreadState* own_state = nullptr;

struct ListLock {
  ListLock() { pthread_mutex_lock(&list_mutex); }
  ~ListLock() { pthread_mutex_unlock(&list_mutex); }
};

// Room below the limit for code that checks nothing, for reporting an overflow, and for signal
// handlers.
constexpr size_t kStackReserve = 512 * 1024;
constexpr size_t kLargestStack = size_t{256} << 20;

char* compute_stack_limit() {
  char* here = static_cast<char*>(__builtin_frame_address(0));
  if (is_main_thread()) {
    // Its stack grows on demand up to the resource limit; "unlimited" would let a runaway recursion
    // eat all memory.
    rlimit limit;
    size_t size = 8 << 20;
    if (!getrlimit(RLIMIT_STACK, &limit))
      size = limit.rlim_cur > kLargestStack ? kLargestStack : limit.rlim_cur;
    size_t reserve = size / 4 < kStackReserve ? size / 4 : kStackReserve;
    return here - size + reserve + 64 * 1024;  // what main's callers and the environment used
  }
  pthread_attr_t attributes;
  void* low = nullptr;
  size_t size = 0;
  if (pthread_getattr_np(pthread_self(), &attributes)) return nullptr;
  pthread_attr_getstack(&attributes, &low, &size);
  pthread_attr_destroy(&attributes);
  size_t reserve = size / 4 < kStackReserve ? size / 4 : kStackReserve;
  return static_cast<char*>(low) + reserve;
}

}  // namespace

bool is_main_thread() { return pthread_equal(pthread_self(), main_thread); }
void set_main_thread() { main_thread = pthread_self(); }
PyThreadState* own_thread_state() { return own_state; }
void forget_own_thread_state() { own_state = nullptr; }

PyThreadState* new_thread_state() {
  auto* thread = static_cast<Thread*>(calloc(1, sizeof(Thread)));
  if (!thread) return nullptr;
  PyInterpreterState& interp = interpreter();
  thread->interp = &interp;
  thread->recursion_limit = thread->recursion_remaining = interp.recursion_limit;
  thread->exc_info = &thread->exc_state;
  thread->cframe = &thread->root_cframe;
  thread->gilstate_counter = 1;
  thread->context_ver = 1;
  ListLock lock;
  thread->id = interp.next_thread_id++;
  thread->next = interp.threads;
  if (thread->next) thread->next->prev = thread;
  interp.threads = thread;
  thread->_initialized = 1;
  start_thread_vm(thread);
  return thread;
}

void adopt_thread_state(PyThreadState* ts) {
  ts->thread_id = static_cast<unsigned long>(pthread_self());
  ts->native_thread_id = static_cast<unsigned long>(gettid());
  char* limit = extended(ts)->stack_limit = compute_stack_limit();
  if (limit) stack_floor = limit + (static_cast<char*>(__builtin_frame_address(0)) - limit) / 16;
  own_state = ts;
}

void clear_thread_state(PyThreadState* ts) {
  PyObject** fields[] = {&ts->dict,
                         &ts->async_exc,
                         &ts->curexc_type,
                         &ts->curexc_value,
                         &ts->curexc_traceback,
                         &ts->exc_state.exc_value,
                         &ts->async_gen_firstiter,
                         &ts->async_gen_finalizer,
                         &ts->context,
                         &ts->c_profileobj,
                         &ts->c_traceobj};
  ts->c_profilefunc = ts->c_tracefunc = nullptr;
  update_tracing(ts);
  for (PyObject** field : fields) clear_field(*field);
  if (ts->on_delete) ts->on_delete(ts->on_delete_data);
  ts->on_delete = nullptr;
}

void delete_thread_state(PyThreadState* ts) {
  {
    ListLock lock;
    if (ts->prev)
      ts->prev->next = ts->next;
    else
      interpreter().threads = ts->next;
    if (ts->next) ts->next->prev = ts->prev;
  }
  stop_thread_vm(ts);
  free(extended(ts));
}

void drop_other_threads(PyThreadState* mine) {
  pthread_mutex_init(&list_mutex, nullptr);  // another thread may have held it when we were forked
  PyThreadState* others = interpreter().threads;
  interpreter().threads = mine;
  for (PyThreadState* ts = others; ts;) {
    PyThreadState* next = ts->next;
    if (ts != mine) {
      ts->on_delete = nullptr;  // their locks belong to threads that are gone
      clear_thread_state(ts);
      stop_thread_vm(ts);
      free(extended(ts));
    }
    ts = next;
  }
  mine->prev = mine->next = nullptr;
}

int set_async_exception(unsigned long thread_id, PyObject* exception) {
  Ref<> old;
  {
    ListLock lock;
    for (PyThreadState* ts = interpreter().threads; ts; ts = ts->next) {
      if (ts->thread_id != thread_id) continue;
      old = adopt(std::exchange(ts->async_exc, Py_XNewRef(exception)));
      __atomic_fetch_or(&interpreter().pending, static_cast<uint32_t>(Pending::async_raise),
                        __ATOMIC_RELAXED);
      return 1;
    }
  }
  return 0;
}

}  // namespace taipan
