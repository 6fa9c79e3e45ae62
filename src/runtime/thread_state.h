#pragma once
// Thread states: making, ending, listing. One OS thread has at most one; it is found again by thread-local storage.
#include "object/thread.h"

namespace taipan {

/// A new state for the calling OS thread (or one that another thread will use: adopt_thread_state there). Not current
/// yet. Null: no memory.
PyThreadState* new_thread_state();
/// Ties the state to the calling OS thread: ids and stack limits.
void adopt_thread_state(PyThreadState* ts);
/// Drops what a state refers to. The GIL is held.
void clear_thread_state(PyThreadState* ts);
/// Unlinks and frees a cleared state. It is not the current one.
void delete_thread_state(PyThreadState* ts);
/// The calling OS thread's own state, GIL or not; null if it has none.
PyThreadState* own_thread_state();
void forget_own_thread_state();
/// In a child after fork: only the calling thread goes on.
void drop_other_threads(PyThreadState* mine);

bool is_main_thread();
void set_main_thread();  ///< the calling OS thread is it (start, and after fork)

/// Schedules an exception in another thread (PyThreadState_SetAsyncExc); the number of states found.
int set_async_exception(unsigned long thread_id, PyObject* exception);

}  // namespace taipan
