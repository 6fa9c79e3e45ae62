// pystate.h, pythread.h, and ceval.h's part of them: thread states, the lock around Python code, locks, thread-local pointers.
#include <pthread.h>
#include <semaphore.h>
#include <cerrno>
#include <ctime>

#include "capi/export.h"
#include "object/alloc.h"
#include "object/bind.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/thread.h"
#include "runtime/gil.h"
#include "runtime/pending.h"
#include "runtime/thread_state.h"
#include "vm/frame.h"
#include "vm/vm.h"

using namespace taipan;

// -- thread states --
namespace {
PyThreadState* checked_current(const char* function) {
  PyThreadState* ts = current_thread();
  if (!ts) _Py_FatalErrorFunc(function, "the function must be called with the GIL held, but the GIL is released "
                              "(the current Python thread state is NULL)");
  return ts;
}
}  // namespace
#undef PyThreadState_GET
CAPI PyThreadState* PyThreadState_Get() { return checked_current("PyThreadState_Get"); }
CAPI PyThreadState* _PyThreadState_UncheckedGet() { return current_thread(); }
CAPI PyThreadState* PyThreadState_Swap(PyThreadState* ts) {
  PyThreadState* old = current_thread();
  set_current_thread(ts);
  return old;
}
CAPI PyObject* _PyThreadState_GetDict(PyThreadState* ts) {
  if (!ts->dict) {
    ts->dict = object(new_dict().release());
    if (!ts->dict) clear_error();
  }
  return ts->dict;
}
CAPI PyObject* PyThreadState_GetDict() {
  PyThreadState* ts = current_thread();
  return ts ? _PyThreadState_GetDict(ts) : nullptr;
}
CAPI PyFrameObject* PyThreadState_GetFrame(PyThreadState* ts) {
  Frame* f = first_complete(ts->cframe->current_frame);
  FrameObject* frame = f ? frame_object_of(f) : nullptr;
  if (!frame) clear_error();
  return reinterpret_cast<PyFrameObject*>(Py_XNewRef(object(frame)));
}
CAPI uint64_t PyThreadState_GetID(PyThreadState* ts) { return ts->id; }
CAPI PyInterpreterState* PyThreadState_GetInterpreter(PyThreadState* ts) { return ts->interp; }
CAPI PyThreadState* PyThreadState_Next(PyThreadState* ts) { return ts->next; }
CAPI void PyThreadState_EnterTracing(PyThreadState* ts) {
  ts->tracing++;
  update_tracing(ts);
}
CAPI void PyThreadState_LeaveTracing(PyThreadState* ts) {
  ts->tracing--;
  update_tracing(ts);
}
CAPI int PyThreadState_SetAsyncExc(unsigned long id, PyObject* exception) { return set_async_exception(id, exception); }
CAPI PyInterpreterState* PyInterpreterState_Get() { return checked_current("PyInterpreterState_Get")->interp; }
CAPI PyInterpreterState* PyInterpreterState_Main() { return &interpreter(); }
CAPI PyInterpreterState* PyInterpreterState_Head() { return &interpreter(); }
CAPI PyInterpreterState* PyInterpreterState_Next(PyInterpreterState*) { return nullptr; }
CAPI PyThreadState* PyInterpreterState_ThreadHead(PyInterpreterState* i) { return i->threads; }
CAPI int64_t PyInterpreterState_GetID(PyInterpreterState*) { return 0; }
CAPI PyObject* PyInterpreterState_GetDict(PyInterpreterState* i) {
  if (!i->dict) {
    i->dict = object(new_dict().release());
    if (!i->dict) clear_error();
  }
  return i->dict;
}
/// There is one interpreter in a process: another cannot be made, which the caller reports.
CAPI PyThreadState* Py_NewInterpreter() { return nullptr; }
CAPI void Py_EndInterpreter(PyThreadState*) {}

// -- the lock --
CAPI PyThreadState* PyEval_SaveThread() {
  PyThreadState* ts = checked_current("PyEval_SaveThread");
  drop_gil(ts);
  return ts;
}
CAPI void PyEval_RestoreThread(PyThreadState* ts) { take_gil(ts); }
CAPI void PyEval_AcquireThread(PyThreadState* ts) { take_gil(ts); }
CAPI void PyEval_ReleaseThread(PyThreadState* ts) { drop_gil(ts); }
CAPI void PyEval_InitThreads() {}
CAPI int PyEval_ThreadsInitialized() { return 1; }
CAPI PyThreadState* PyGILState_GetThisThreadState() { return own_thread_state(); }
CAPI int PyGILState_Check() { return current_thread() && current_thread() == own_thread_state(); }
CAPI PyGILState_STATE PyGILState_Ensure() {
  PyThreadState* ts = own_thread_state();
  if (!ts) {
    ts = new_thread_state();
    if (!ts) _Py_FatalErrorFunc("PyGILState_Ensure", "Couldn't create thread-state for new thread");
    adopt_thread_state(ts);
    ts->gilstate_counter = 0;
  }
  bool held = current_thread() == ts;
  if (!held) take_gil(ts);
  ts->gilstate_counter++;
  return held ? PyGILState_LOCKED : PyGILState_UNLOCKED;
}
CAPI void PyGILState_Release(PyGILState_STATE before) {
  PyThreadState* ts = own_thread_state();
  if (!ts) _Py_FatalErrorFunc("PyGILState_Release", "auto-releasing thread-state, but no thread-state for this thread");
  if (--ts->gilstate_counter == 0) {
    clear_thread_state(ts);
    forget_own_thread_state();
    drop_gil(ts);
    delete_thread_state(ts);
  } else if (before == PyGILState_UNLOCKED) {
    drop_gil(ts);
  }
}
CAPI int Py_AddPendingCall(int (*function)(void*), void* argument) { return add_pending_call(function, argument) ? 0 : -1; }
CAPI int Py_MakePendingCalls() { return run_signal_handlers() && run_pending_calls() ? 0 : -1; }
CAPI int Py_GetRecursionLimit() { return interpreter().recursion_limit; }
CAPI int _Py_CheckRecursiveCall(PyThreadState* ts, const char* where) { return RecursionGuard::check(ts, where) ? 0 : -1; }
#undef Py_EnterRecursiveCall
#undef Py_LeaveRecursiveCall
CAPI int Py_EnterRecursiveCall(const char* where) {
  PyThreadState* ts = current_thread();
  char here;
  if (--ts->recursion_remaining >= 0 && &here >= extended(ts)->stack_limit) return 0;
  return RecursionGuard::check(ts, where) ? 0 : -1;
}
CAPI void Py_LeaveRecursiveCall() { current_thread()->recursion_remaining++; }
CAPI int _Py_IsFinalizing() { return finalizing_thread != nullptr; }

// -- locks of C code: binary semaphores --
CAPI PyThread_type_lock PyThread_allocate_lock() {
  auto* lock = static_cast<sem_t*>(raw_allocate(sizeof(sem_t)));
  if (lock) sem_init(lock, 0, 1);
  return lock;
}
CAPI void PyThread_free_lock(PyThread_type_lock lock) {
  sem_destroy(static_cast<sem_t*>(lock));
  raw_free(lock);
}
CAPI PyLockStatus PyThread_acquire_lock_timed(PyThread_type_lock lock, PY_TIMEOUT_T microseconds, int interruptible) {
  auto* semaphore = static_cast<sem_t*>(lock);
  timespec until{};
  if (microseconds > 0) {
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += microseconds / 1000000;
    until.tv_nsec += microseconds % 1000000 * 1000;
    if (until.tv_nsec >= 1000000000) {
      until.tv_nsec -= 1000000000;
      until.tv_sec++;
    }
  }
  for (;;) {
    int r = microseconds == 0  ? sem_trywait(semaphore)
            : microseconds < 0 ? sem_wait(semaphore)
                               : sem_clockwait(semaphore, CLOCK_MONOTONIC, &until);
    if (r == 0) return PY_LOCK_ACQUIRED;
    if (errno != EINTR) return PY_LOCK_FAILURE;
    if (interruptible) return PY_LOCK_INTR;
  }
}
CAPI int PyThread_acquire_lock(PyThread_type_lock lock, int wait) {
  return PyThread_acquire_lock_timed(lock, wait ? -1 : 0, 0) == PY_LOCK_ACQUIRED;
}
CAPI void PyThread_release_lock(PyThread_type_lock lock) { sem_post(static_cast<sem_t*>(lock)); }

namespace {
struct Start {
  void (*function)(void*);
  void* argument;
};
void* run_thread(void* p) {
  auto start = *static_cast<Start*>(p);
  raw_free(p);
  start.function(start.argument);
  return nullptr;
}
}  // namespace
CAPI unsigned long PyThread_start_new_thread(void (*function)(void*), void* argument) {
  auto* start = static_cast<Start*>(raw_allocate(sizeof(Start)));
  if (!start) return PYTHREAD_INVALID_THREAD_ID;
  *start = {function, argument};
  pthread_t thread;
  if (pthread_create(&thread, nullptr, run_thread, start)) {
    raw_free(start);
    return PYTHREAD_INVALID_THREAD_ID;
  }
  pthread_detach(thread);
  return static_cast<unsigned long>(thread);
}
CAPI unsigned long PyThread_get_thread_ident() { return static_cast<unsigned long>(pthread_self()); }
CAPI void PyThread_init_thread() {}
CAPI void PyThread_exit_thread() { pthread_exit(nullptr); }

// -- thread-local pointers --
CAPI Py_tss_t* PyThread_tss_alloc() {
  auto* key = static_cast<Py_tss_t*>(raw_allocate(sizeof(Py_tss_t)));
  if (key) *key = Py_tss_NEEDS_INIT;
  return key;
}
CAPI void PyThread_tss_free(Py_tss_t* key) {
  if (!key) return;
  PyThread_tss_delete(key);
  raw_free(key);
}
CAPI int PyThread_tss_is_created(Py_tss_t* key) { return key->_is_initialized; }
CAPI int PyThread_tss_create(Py_tss_t* key) {
  if (key->_is_initialized) return 0;
  if (pthread_key_create(&key->_key, nullptr)) return -1;
  key->_is_initialized = 1;
  return 0;
}
CAPI void PyThread_tss_delete(Py_tss_t* key) {
  if (!key->_is_initialized) return;
  pthread_key_delete(key->_key);
  key->_is_initialized = 0;
}
CAPI int PyThread_tss_set(Py_tss_t* key, void* value) { return pthread_setspecific(key->_key, value) ? -1 : 0; }
CAPI void* PyThread_tss_get(Py_tss_t* key) { return pthread_getspecific(key->_key); }
