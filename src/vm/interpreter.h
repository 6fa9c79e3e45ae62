#pragma once
// How handlers are written. One function per instruction, chained by guaranteed tail calls; the five arguments
// are the machine's registers: frame, stack pointer (the next free slot), instruction pointer (the unit behind the
// instruction), thread, operand. With preserve_none the first four survive ordinary C++ calls without spilling.
//
// A handler may not hold an object with a destructor when it passes control on, so owned references travel raw
// here. What an instruction means is in the functions of semantics.h, which anyone may call.
#include <array>

#include "vm/frame.h"

namespace taipan {

#define PRESERVE_NONE __attribute__((preserve_none))
using Handler = PRESERVE_NONE PyObject*(Frame*, PyObject**, const CodeUnit*, PyThreadState*, unsigned);

/// Defines the handler of one instruction. A row of opcodes.def without one does not link.
#define HANDLER(name)                                                                                       \
  PRESERVE_NONE PyObject* op_##name([[maybe_unused]] Frame* f, [[maybe_unused]] PyObject** sp,              \
                                    [[maybe_unused]] const CodeUnit* ip, [[maybe_unused]] PyThreadState* ts, \
                                    [[maybe_unused]] unsigned oparg)

/// Goes on with the instruction at `at`, the stack ending at `stack`.
#define NEXT(at, stack)                                                                                   \
  do {                                                                                                    \
    const CodeUnit* next_unit = (at);                                                                     \
    [[clang::musttail]] return reinterpret_cast<Handler*>(extended(ts)->handlers[*next_unit & 0xff])(     \
        f, (stack), next_unit + 1, ts, *next_unit >> 8);                                                  \
  } while (0)

/// An exception is pending: looks for a handler; the stack ends at `stack`.
#define RAISED(stack) [[clang::musttail]] return unwind(f, (stack), ip, ts, oparg)

/// Passes control to another handler with the same registers.
#define BECOME(handler) [[clang::musttail]] return handler(f, sp, ip, ts, oparg)

#define OP(name, ...) HANDLER(name);
#define SPECIALIZED(name, ...) HANDLER(name);
#include "bytecode/opcodes.def"

/// Adds a traceback entry for the frame, then unwinds.
Handler unwind;
/// Unwinds without an entry (the exception has one already, or the instruction is a re-raise). The handler is
/// looked up by `ip`: a re-raise has moved prev_instr to where the exception came from.
Handler unwind_quietly;
/// Leaves the frame with an exception: none of its handlers wants it.
Handler leave_with_error;
/// The same, the trace and profile functions having been told (or having raised themselves).
Handler leave_with_error_untraced;
/// Starts executing the frame `f` at its next instruction; the thread's current frame is already `f`.
Handler start_frame;
/// Returns *sp[-1]* from the frame.
Handler leave_with_value;
/// Ends a generator that an instruction of the caller's (FOR_ITER, SEND) resumed.
Handler leave_generator_with_value;
Handler leave_init;
/// The result of an operator's method, which may be NotImplemented; the operands lie on the caller's stack still.
Handler leave_operator;
/// A signal, a GIL request or something else rare is pending: handles it and goes on at `ip`. The instruction is saved.
Handler handle_pending_and_continue;
/// A number that is no instruction: SystemError.
Handler op_unknown;

/// The instruction being executed becomes visible to tracebacks, f_lineno and everyone else.
inline void save(Frame* f, const CodeUnit* ip) { f->prev_instr = const_cast<CodeUnit*>(ip) - 1; }

/// The last reference to an object is gone. All registers survive the call, so that a handler that may come to this
/// is compiled as if it did not.
[[gnu::noinline, gnu::cold, clang::preserve_most]] void dispose(PyObject* o);
/// Drops a reference whose object, should it die, runs nothing that could ask for our line.
inline void drop(PyObject* o) {
  if (--o->ob_refcnt == 0) [[unlikely]] dispose(o);
}
/// The same for any object: a finalizer may look at our line.
inline void drop_at(Frame* f, const CodeUnit* ip, PyObject* o) {
  if (--o->ob_refcnt == 0) [[unlikely]] {
    save(f, ip);
    dispose(o);
  }
}

inline bool anything_pending() { return __atomic_load_n(&interpreter().pending, __ATOMIC_RELAXED) != 0; }

/// Continues at `at` after a look at what is pending: for backward jumps and calls.
#define NEXT_CHECKED(at, stack)                                                        \
  do {                                                                                 \
    if (anything_pending()) [[unlikely]] {                                             \
      const CodeUnit* checked_at = (at);                                               \
      save(f, ip);                                                                     \
      [[clang::musttail]] return handle_pending_and_continue(f, (stack), checked_at, ts, 0); \
    }                                                                                  \
    NEXT(at, stack);                                                                   \
  } while (0)

/// The first cache word of an instruction is a countdown; further ones are laid out as the structs below.
inline uint32_t read_u32(const CodeUnit* p) {
  uint32_t v;
  memcpy(&v, p, sizeof v);
  return v;
}
inline void write_u32(CodeUnit* p, uint32_t v) { memcpy(p, &v, sizeof v); }
template <class T> T* read_pointer(const CodeUnit* p) {
  T* v;
  memcpy(&v, p, sizeof v);
  return v;
}
inline void write_pointer(CodeUnit* p, const void* v) { memcpy(p, &v, sizeof v); }

/// What an opcode does in normal running; Thread::handlers holds these unless tracing is on.
extern const std::array<Handler*, 256> normal_handlers;
void use_normal_handlers(PyThreadState* ts);

inline PyObject* constant(Frame* f, unsigned i) {
  return reinterpret_cast<PyTupleObject*>(f->code->co_consts)->ob_item[i];
}
inline PyObject* name_at(Frame* f, unsigned i) {
  return reinterpret_cast<PyTupleObject*>(f->code->co_names)->ob_item[i];
}
inline PyObject* local_name(PyCodeObject* code, unsigned i) {
  return reinterpret_cast<PyTupleObject*>(code->co_localsplusnames)->ob_item[i];
}

/// Runs a frame in a new run loop until it returns or yields; null: an exception is pending. The frame is not
/// cleared. `throwing`: starts by unwinding for the pending exception.
PyObject* run_frame(PyThreadState* ts, Frame* f, bool throwing = false);

/// Counts a call; raises RecursionError when the count is used up.
inline bool enter_recursion(PyThreadState* ts, const char* where) {
  return --ts->recursion_remaining >= 0 || RecursionGuard::check(ts, where);
}

}  // namespace taipan
