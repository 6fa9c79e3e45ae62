#pragma once
// Starting and stopping the interpreter.
#include <span>

#include "object/object.h"
#include "runtime/import.h"

namespace taipan {

/// From nothing to a running interpreter with sys, builtins, importlib, the standard streams and __main__; `site` is
/// imported unless -S. The configuration must be complete. False: a fatal error was printed.
bool start(std::span<const BuiltinModule> modules);
/// Threads, atexit, streams, modules, collector: in that order. 0, or 120 if output was lost.
int stop();
bool is_started();

/// What the pending SystemExit asks for; the exception is cleared. A message is printed.
int exit_status_of_system_exit();
/// Prints the pending exception through sys.excepthook; SystemExit ends the process unless -i. The exit status to use.
int report_uncaught();

/// sys.stdout.flush(), sys.stderr.flush(); false: failed (reported).
bool flush_std_streams();
/// The same while the program runs: what cannot be written now is reported at the end.
void flush_quietly();

/// A file descriptor's standard stream object: `open(fd)` as sys.stdin and the like are made. None if fd is closed.
Ref<> make_std_stream(int fd, bool writes, const char* name, const char* errors);
Status make_std_streams();
/// Is there a codec of the standard streams' encoding?
Status check_stdio_encoding();
Status make_bare_streams();  ///< -X bare
Status make_early_stderr();  ///< until there are the real streams

[[noreturn]] void fatal_error(const char* where, const char* what);

/// Module atexit fills this in.
extern void (*run_exit_callbacks)();
/// Module faulthandler fills this in: everything as it was before.
extern void (*stop_fault_handler)();

/// sys.NAME; borrowed, null if absent.
PyObject* sys_get(PyObject* name);
Status sys_set(PyObject* name, PyObject* value);

/// Every static type of object/ and types/.
std::span<PyTypeObject* const> all_static_types();

}  // namespace taipan
