// pystate.h, ceval.h, pythread.h: threads, the GIL, the interpreter's state.
#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>

#include "capi/export.h"
#include "object/dict.h"
#include "object/error.h"
#include "runtime/gil.h"
#include "runtime/lifecycle.h"
#include "runtime/pending.h"
#include "runtime/thread_state.h"
#include "vm/frame.h"
#include "vm/vm.h"

using namespace taipan;

// -- thread states --

CAPI PyThreadState* PyThreadState_Get(void) {
  PyThreadState* ts = current_thread();
  if (!ts) fatal_error("PyThreadState_Get", "the function must be called with the GIL held, but the GIL is released");
  return ts;
}
CAPI PyThreadState* _PyThreadState_UncheckedGet(void) { return current_thread(); }
CAPI PyThreadState* PyThreadState_New(PyInterpreterState*) {
  PyThreadState* ts = new_thread_state();
  if (ts && !own_thread_state()) adopt_thread_state(ts);
  return ts;
}
CAPI void PyThreadState_Clear(PyThreadState* ts) { clear_thread_state(ts); }
CAPI void PyThreadState_Delete(PyThreadState* ts) { delete_thread_state(ts); }
CAPI void PyThreadState_DeleteCurrent(void) {
  PyThreadState* ts = current_thread();
  drop_gil(ts);
  if (own_thread_state() == ts) forget_own_thread_state();
  delete_thread_state(ts);
}
CAPI PyThreadState* PyThreadState_Swap(PyThreadState* ts) {
  PyThreadState* old = current_thread();
  set_current_thread(ts);
  return old;
}
CAPI PyObject* PyThreadState_GetDict(void) {
  PyThreadState* ts = current_thread();
  if (!ts) return nullptr;
  if (!ts->dict) {
    ts->dict = lower(new_dict());
    if (!ts->dict) clear_error();
  }
  return ts->dict;
}
CAPI PyObject* _PyThreadState_GetDict(PyThreadState* ts) {
  if (!ts->dict) {
    ts->dict = lower(new_dict());
    if (!ts->dict) clear_error();
  }
  return ts->dict;
}
CAPI PyFrameObject* PyThreadState_GetFrame(PyThreadState* ts) {
  Frame* f = first_complete(ts->cframe->current_frame);
  FrameObject* o = f ? frame_object_of(f) : nullptr;
  return o ? share(o).release() : nullptr;
}
CAPI uint64_t PyThreadState_GetID(PyThreadState* ts) { return ts->id; }
CAPI PyInterpreterState* PyThreadState_GetInterpreter(PyThreadState* ts) { return ts->interp; }
CAPI PyThreadState* PyThreadState_Next(PyThreadState* ts) { return ts->next; }
CAPI int PyThreadState_SetAsyncExc(unsigned long id, PyObject* exception) { return set_async_exception(id, exception); }
CAPI void PyThreadState_EnterTracing(PyThreadState* ts) {
  ts->tracing++;
  update_tracing(ts);
}
CAPI void PyThreadState_LeaveTracing(PyThreadState* ts) {
  ts->tracing--;
  update_tracing(ts);
}

CAPI PyInterpreterState* PyInterpreterState_Get(void) { return &interpreter(); }
CAPI PyInterpreterState* PyInterpreterState_Main(void) { return &interpreter(); }
CAPI PyInterpreterState* PyInterpreterState_Head(void) { return &interpreter(); }
CAPI PyInterpreterState* PyInterpreterState_Next(PyInterpreterState*) { return nullptr; }
CAPI PyThreadState* PyInterpreterState_ThreadHead(PyInterpreterState* interp) { return interp->threads; }
CAPI int64_t PyInterpreterState_GetID(PyInterpreterState*) { return 0; }
CAPI PyObject* PyInterpreterState_GetDict(PyInterpreterState* interp) {
  if (!interp->dict) {
    interp->dict = lower(new_dict());
    if (!interp->dict) clear_error();
  }
  return interp->dict;
}
CAPI PyObject* _PyInterpreterState_GetMainModule(PyInterpreterState*) {
  PyObject* main = PyImport_AddModule("__main__");
  return Py_XNewRef(main);
}

// -- the GIL --

CAPI PyGILState_STATE PyGILState_Ensure(void) {
  PyThreadState* ts = own_thread_state();
  if (!ts) {
    ts = new_thread_state();
    if (!ts) fatal_error("PyGILState_Ensure", "couldn't create thread-state for new thread");
    adopt_thread_state(ts);
    ts->gilstate_counter = 0;
    take_gil(ts);
    ts->gilstate_counter++;
    return PyGILState_UNLOCKED;
  }
  bool held = current_thread() == ts;
  if (!held) take_gil(ts);
  ts->gilstate_counter++;
  return held ? PyGILState_LOCKED : PyGILState_UNLOCKED;
}
CAPI void PyGILState_Release(PyGILState_STATE before) {
  PyThreadState* ts = own_thread_state();
  if (!ts || current_thread() != ts) fatal_error("PyGILState_Release", "thread state must be current when releasing");
  if (--ts->gilstate_counter == 0) {
    clear_thread_state(ts);
    PyThreadState_DeleteCurrent();
  } else if (before == PyGILState_UNLOCKED) {
    drop_gil(ts);
  }
}
CAPI PyThreadState* PyGILState_GetThisThreadState(void) { return own_thread_state(); }
CAPI int PyGILState_Check(void) {
  PyThreadState* ts = current_thread();
  return ts && ts == own_thread_state();
}
CAPI PyThreadState* PyEval_SaveThread(void) {
  PyThreadState* ts = current_thread();
  drop_gil(ts);
  return ts;
}
CAPI void PyEval_RestoreThread(PyThreadState* ts) { take_gil(ts); }
CAPI void PyEval_AcquireThread(PyThreadState* ts) { take_gil(ts); }
CAPI void PyEval_ReleaseThread(PyThreadState* ts) { drop_gil(ts); }
CAPI void PyEval_AcquireLock(void) { take_gil(own_thread_state()); }
CAPI void PyEval_ReleaseLock(void) { drop_gil(current_thread()); }
CAPI void PyEval_InitThreads(void) {}
CAPI int PyEval_ThreadsInitialized(void) { return 1; }
CAPI int Py_AddPendingCall(int (*function)(void*), void* argument) { return add_pending_call(function, argument) ? 0 : -1; }
CAPI int Py_MakePendingCalls(void) { return handle_pending(current_thread()).to_c(); }
CAPI int _Py_IsFinalizing(void) { return interpreter().finalizing; }

// -- threads and locks of the operating system --

namespace {
struct Start {
  void (*function)(void*);
  void* argument;
};
void* run_thread(void* p) {
  Start start = *static_cast<Start*>(p);
  free(p);
  start.function(start.argument);
  return nullptr;
}
}  // namespace
CAPI void PyThread_init_thread(void) {}
CAPI unsigned long PyThread_start_new_thread(void (*function)(void*), void* argument) {
  auto* start = static_cast<Start*>(malloc(sizeof(Start)));
  if (!start) return PYTHREAD_INVALID_THREAD_ID;
  *start = {function, argument};
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_t id;
  int error = pthread_create(&id, &attributes, run_thread, start);
  pthread_attr_destroy(&attributes);
  if (!error) return static_cast<unsigned long>(id);
  free(start);
  return PYTHREAD_INVALID_THREAD_ID;
}
CAPI void PyThread_exit_thread(void) { pthread_exit(nullptr); }
CAPI unsigned long PyThread_get_thread_ident(void) { return static_cast<unsigned long>(pthread_self()); }
CAPI unsigned long PyThread_get_thread_native_id(void) { return static_cast<unsigned long>(gettid()); }
CAPI size_t PyThread_get_stacksize(void) { return 0; }
CAPI int PyThread_set_stacksize(size_t) { return -2; }

CAPI PyThread_type_lock PyThread_allocate_lock(void) {
  auto* lock = static_cast<sem_t*>(malloc(sizeof(sem_t)));
  if (lock && sem_init(lock, 0, 1)) {
    free(lock);
    return nullptr;
  }
  return lock;
}
CAPI void PyThread_free_lock(PyThread_type_lock lock) {
  sem_destroy(static_cast<sem_t*>(lock));
  free(lock);
}
CAPI PyLockStatus PyThread_acquire_lock_timed(PyThread_type_lock lock, PY_TIMEOUT_T microseconds, int interruptible) {
  auto* s = static_cast<sem_t*>(lock);
  timespec until{};
  if (microseconds > 0) {
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += microseconds / 1000000;
    until.tv_nsec += microseconds % 1000000 * 1000;
    if (until.tv_nsec >= 1000000000) until.tv_sec++, until.tv_nsec -= 1000000000;
  }
  for (;;) {
    int r = microseconds == 0 ? sem_trywait(s) : microseconds > 0 ? sem_clockwait(s, CLOCK_MONOTONIC, &until) : sem_wait(s);
    if (r == 0) return PY_LOCK_ACQUIRED;
    if (errno != EINTR) return PY_LOCK_FAILURE;
    if (interruptible) return PY_LOCK_INTR;
  }
}
CAPI int PyThread_acquire_lock(PyThread_type_lock lock, int wait) {
  return PyThread_acquire_lock_timed(lock, wait ? -1 : 0, 0) == PY_LOCK_ACQUIRED;
}
CAPI void PyThread_release_lock(PyThread_type_lock lock) { sem_post(static_cast<sem_t*>(lock)); }

// -- storage of a thread's own --

CAPI Py_tss_t* PyThread_tss_alloc(void) { return static_cast<Py_tss_t*>(calloc(1, sizeof(Py_tss_t))); }
CAPI void PyThread_tss_free(Py_tss_t* key) {
  if (!key) return;
  PyThread_tss_delete(key);
  free(key);
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
CAPI int PyThread_create_key(void) {
  pthread_key_t key;
  return pthread_key_create(&key, nullptr) ? -1 : static_cast<int>(key);
}
CAPI void PyThread_delete_key(int key) { pthread_key_delete(static_cast<pthread_key_t>(key)); }
CAPI int PyThread_set_key_value(int key, void* value) { return pthread_setspecific(static_cast<pthread_key_t>(key), value) ? -1 : 0; }
CAPI void* PyThread_get_key_value(int key) { return pthread_getspecific(static_cast<pthread_key_t>(key)); }
CAPI void PyThread_delete_key_value(int key) { pthread_setspecific(static_cast<pthread_key_t>(key), nullptr); }
CAPI void PyThread_ReInitTLS(void) {}
CAPI PyObject* PyThread_GetInfo(void) { return Py_XNewRef(PySys_GetObject("thread_info")); }

// -- what runs --

CAPI PyObject* PyEval_GetGlobals(void) { return current_globals(); }
CAPI PyObject* PyEval_GetBuiltins(void) { return current_builtins(); }
CAPI PyObject* PyEval_GetLocals(void) {
  Ref<> locals = current_locals();
  return locals.get();  // the frame keeps it
}
CAPI PyFrameObject* PyEval_GetFrame(void) { return current_frame_object(); }
CAPI const char* PyEval_GetFuncName(PyObject* o) {
  if (PyMethod_Check(o)) return PyEval_GetFuncName(PyMethod_GET_FUNCTION(o));
  if (PyFunction_Check(o)) return PyUnicode_AsUTF8(reinterpret_cast<PyFunctionObject*>(o)->func_name);
  if (PyCFunction_Check(o)) return reinterpret_cast<PyCFunctionObject*>(o)->m_ml->ml_name;
  return Py_TYPE(o)->tp_name;
}
CAPI const char* PyEval_GetFuncDesc(PyObject* o) { return PyMethod_Check(o) || PyFunction_Check(o) || PyCFunction_Check(o) ? "()" : " object"; }
CAPI void PyEval_SetTrace(Py_tracefunc function, PyObject* argument) {
  if (!set_trace(current_thread(), function, argument)) write_unraisable(nullptr);
}
CAPI void PyEval_SetProfile(Py_tracefunc function, PyObject* argument) {
  if (!set_profile(current_thread(), function, argument)) write_unraisable(nullptr);
}
CAPI int _PyEval_SetTrace(PyThreadState* ts, Py_tracefunc function, PyObject* argument) { return set_trace(ts, function, argument).to_c(); }
CAPI int _PyEval_SetProfile(PyThreadState* ts, Py_tracefunc function, PyObject* argument) { return set_profile(ts, function, argument).to_c(); }
CAPI int PyEval_MergeCompilerFlags(PyCompilerFlags* flags) {
  int inherited = current_code_flags() & PyCF_MASK;
  flags->cf_flags |= inherited;
  return flags->cf_flags != 0;
}
