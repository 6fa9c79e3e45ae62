#pragma once
// Everything rare that running code stops for: signals, pending calls, exceptions from other threads, GIL requests,
// the collector.
#include "object/ref.h"
#include "object/thread.h"

namespace taipan {

/// The hook behind Hooks::handle_pending.
Status handle_pending(PyThreadState* ts);
/// Py_AddPendingCall: any thread, GIL or not. False: the queue is full.
bool add_pending_call(int (*function)(void*), void* argument);
/// Runs the queued calls; only the main thread does.
Status run_pending_calls();
void set_pending(Pending what);
void clear_pending(Pending what);
/// What stays to be done is done: before the program ends.
void finish_pending_calls();

// -- signals (signals.cpp) --
/// Installs what the interpreter itself wants: SIGPIPE and SIGXFSZ ignored, SIGINT noticed.
void start_signals();
/// Puts the handlers back to the system's default; at stop.
void stop_signals();
/// Runs the Python handlers of the signals that arrived; does nothing outside the main thread.
Status run_signal_handlers();
/// Notes a signal as the C handler does (also PyErr_SetInterruptEx).
void trip_signal(int number);
/// The same if somebody handles the signal (PyErr_SetInterruptEx): ignored ones are not simulated.
void simulate_signal(int number);
/// What signal.signal(n, …) stores: borrowed; null: not set from Python. SIG_DFL and SIG_IGN as ints.
PyObject* signal_handler(int number);
void set_signal_handler(int number, Ref<> handler);
/// The C function for sigaction.
void on_signal(int number);
/// The file that gets a byte for each signal; -1: none.
extern int wakeup_fd;
extern bool wakeup_warns;
/// Was it KeyboardInterrupt that ended the program? Then it ends by SIGINT's default action.
[[noreturn]] void exit_by_interrupt();

}  // namespace taipan
