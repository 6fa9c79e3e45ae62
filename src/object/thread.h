#pragma once
// The thread state in force, and the interpreter's own state. PyThreadState's layout is CPython's (the
// public header); what we add lies behind it in the same allocation, so that one register reaches both.
#include <Python.h>

#include <cstddef>
#include <cstdint>

extern "C" char _PyRuntime[];  // CPython's runtime struct, laid out in runtime_layout.c, which asserts these offsets

namespace taipan {

inline constexpr size_t kCurrentThreadOffset = 0x240;  // _PyRuntime.gilstate.tstate_current

/// The thread that holds the GIL. Null only before start and after the end.
inline PyThreadState* current_thread() {
  return *reinterpret_cast<PyThreadState**>(_PyRuntime + kCurrentThreadOffset);
}
inline void set_current_thread(PyThreadState* ts) {
  *reinterpret_cast<PyThreadState**>(_PyRuntime + kCurrentThreadOffset) = ts;
}

/// One word for everything rare that a running program must stop for. Handlers test it on backward
/// jumps and calls; any thread or signal handler may set bits (atomically).
enum class Pending : uint32_t {
  signal = 1,      ///< a signal arrived
  gil = 2,         ///< another thread wants the GIL
  calls = 4,       ///< Py_AddPendingCall
  collect = 8,     ///< the cycle collector wants to run
  async_raise = 16, ///< PyThreadState_SetAsyncExc
  deallocate = 32   ///< objects wait for their deallocation (object/stack.h)
};

struct Thread : PyThreadState {
  void* handlers[256];          ///< the VM's table: one entry per opcode; swapped for tracing, recording, stepping
  char* stack_limit = nullptr;  ///< C++ frames below this address raise RecursionError instead of growing
  PyObject* kwnames = nullptr;  ///< keyword names of the call being prepared (KW_NAMES until CALL); borrowed
  PyObject* dying = nullptr;    ///< the object whose TrashGuard is innermost
};
inline Thread* extended(PyThreadState* ts) { return static_cast<Thread*>(ts); }

/// Guards C++ recursion (repr, compare, calls of slots …) by count and by stack address.
/// Use: `RecursionGuard guard(" while getting the repr of an object"); if (!guard) return Raised{};`
class RecursionGuard {
 public:
  explicit RecursionGuard(const char* where) : ts_(current_thread()) {
    char here;
    if (--ts_->recursion_remaining < 0 || &here < extended(ts_)->stack_limit) [[unlikely]] ok_ = check(ts_, where);
  }
  ~RecursionGuard() { ts_->recursion_remaining++; }
  RecursionGuard(const RecursionGuard&) = delete;
  explicit operator bool() const { return ok_; }
  /// The count has gone below zero or the stack beyond its limit: may it go on all the same? If not, raises
  /// RecursionError "maximum recursion depth exceeded{where}".
  static bool check(PyThreadState* ts, const char* where);

 private:
  PyThreadState* ts_;
  bool ok_ = true;
};

}  // namespace taipan

/// The interpreter's state: ours to lay out (opaque in the public headers). There is one for now.
struct _is {
  PyThreadState* threads = nullptr;      // the list through PyThreadState.next
  uint64_t next_thread_id = 1;
  PyObject* modules = nullptr;           // sys.modules
  PyObject* sysdict = nullptr;           // sys.__dict__
  PyObject* builtins = nullptr;          // builtins.__dict__
  PyObject* builtins_copy = nullptr;
  PyObject* importlib = nullptr;
  PyObject* import_func = nullptr;       // builtins.__import__ as it was at start
  PyObject* codec_search_path = nullptr;
  PyObject* codec_search_cache = nullptr;
  PyObject* codec_error_registry = nullptr;
  PyObject* dict = nullptr;              // PyInterpreterState_GetDict
  int recursion_limit = 1000;
  int int_max_str_digits = 4300;
  int optimization = 0;
  int finalizing = 0;
  uint32_t pending = 0;                  // bits of taipan::Pending
  void* runtime = nullptr;               // what runtime/ keeps (configuration, GIL, pending calls …)
};

namespace taipan {
inline constinit PyInterpreterState interpreter_state{};
inline PyInterpreterState& interpreter() { return interpreter_state; }
}  // namespace taipan
