#pragma once
// Tracebacks written by what may be done in a signal handler of a crashing process: no memory is allocated, no lock
// taken, nothing but write() called.
#include "object/thread.h"

namespace taipan {

/// "Stack (most recent call first):" and the thread's calls.
void dump_traceback(int fd, PyThreadState* ts);
/// Every thread's calls; `current` (may be null) is called the current one.
void dump_all_tracebacks(int fd, PyThreadState* current);
/// "Extension modules: …" if the program uses any from outside the library.
void dump_extension_modules(int fd);
void dump_text(int fd, const char* text);
/// At least so many digits.
void dump_decimal(int fd, unsigned long value, int width = 1);
void dump_hex(int fd, unsigned long value, int width);

}  // namespace taipan
