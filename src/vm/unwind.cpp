// From a raise to its handler: the exception table of each frame is asked for the innermost range around the
// instruction; frames without one are left. Nothing of this costs anything until an exception is raised.
#include "object/error.h"
#include "object/int.h"
#include "vm/interpreter.h"
#include "vm/semantics.h"
#include "vm/tracing.h"
#include "vm/vm.h"

namespace taipan {

namespace {

struct ProtectedRange {
  int target;
  int depth;
  bool push_lasti;
};

/// Reads the table's numbers: six bits per byte, the highest first, 0x40 says that more follow.
class TableReader {
 public:
  explicit TableReader(PyObject* table)
      : at_(reinterpret_cast<const uint8_t*>(PyBytes_AS_STRING(table))), end_(at_ + Py_SIZE(table)) {}
  bool at_end() const { return at_ >= end_; }
  int number() {
    int value = 0;
    while (at_ < end_) {
      uint8_t byte = *at_++;
      value = value << 6 | (byte & 0x3f);
      if (!(byte & 0x40)) break;
    }
    return value;
  }
  /// Moves to the last entry that may begin at or before `unit`: each entry's first byte has the high bit set.
  void seek(int unit) {
    const uint8_t *low = at_, *high = end_;
    while (high - low > 40) {
      const uint8_t* middle = low + (high - low) / 2;
      while (middle > low && !(*middle & 0x80)) middle--;
      if (middle == low) break;
      TableReader probe(middle, end_);
      if (probe.number() > unit) high = middle;
      else low = middle;
    }
    at_ = low;
  }

 private:
  TableReader(const uint8_t* at, const uint8_t* end) : at_(at), end_(end) {}
  const uint8_t* at_;
  const uint8_t* end_;
};

bool find_range(PyCodeObject* code, int unit, ProtectedRange* found) {
  TableReader reader(code->co_exceptiontable);
  reader.seek(unit);
  while (!reader.at_end()) {
    int start = reader.number();
    int size = reader.number();
    int target = reader.number();
    int depth_and_lasti = reader.number();
    if (start > unit) return false;
    if (unit < start + size) {
      *found = {target, depth_and_lasti >> 1, (depth_and_lasti & 1) != 0};
      return true;
    }
  }
  return false;
}

}  // namespace

[[gnu::noinline]] static void note_raise(Frame* f, PyThreadState* ts) {
  if (!ts->curexc_type) raise(PyExc_SystemError, "error return without exception set");
  if (!is_incomplete(f)) add_traceback(f);
  if (ts->c_tracefunc) trace_exception(ts, f);
}

PRESERVE_NONE PyObject* unwind(Frame* f, PyObject** sp, const CodeUnit* ip, PyThreadState* ts, unsigned oparg) {
  extended(ts)->kwnames = nullptr;
  note_raise(f, ts);
  BECOME(unwind_quietly);
}

/// Brings the stack to the handler's depth and pushes what it expects; false: a new exception took over.
[[gnu::noinline]] static bool enter_handler(Frame* f, PyObject*** stack, const ProtectedRange& range) {
  PyObject** sp = *stack;
  PyObject** level = stack_base(f) + range.depth;
  while (sp > level) {
    PyObject* o = *--sp;
    Py_XDECREF(o);
  }
  if (range.push_lasti) {
    PyObject* lasti = lower(new_int(last_unit(f)));
    if (!lasti) {
      *stack = sp;
      return false;
    }
    *sp++ = lasti;
  }
  *sp++ = take_error().release();
  *stack = sp;
  return true;
}

PRESERVE_NONE PyObject* unwind_quietly(Frame* f, PyObject** sp, const CodeUnit* ip, PyThreadState* ts,
                                       unsigned oparg) {
  ProtectedRange range;
  for (;;) {
    if (!find_range(f->code, last_unit(f), &range)) BECOME(leave_with_error);
    // What a dying stack item does must not see the handler's exception disappear.
    PyObject** stack = sp;
    bool entered = enter_handler(f, &stack, range);
    sp = stack;
    if (entered) break;
    note_raise(f, ts);
  }
  NEXT(first_unit(f->code) + range.target, sp);
}

[[gnu::noinline]] static void drop_stack(Frame* f, PyObject** sp, PyThreadState* ts) {
  PyObject** base = stack_base(f);
  while (sp > base) {
    PyObject* o = *--sp;
    Py_XDECREF(o);
  }
  save_stack(f, base);
}

PRESERVE_NONE PyObject* leave_with_error(Frame* f, PyObject** sp, const CodeUnit* ip, PyThreadState* ts,
                                         unsigned oparg) {
  drop_stack(f, sp, ts);
  trace_return(ts, f, nullptr);
  ts->recursion_remaining++;
  if (f->is_entry) return nullptr;
  Frame* caller = f->previous;
  ts->cframe->current_frame = caller;
  leave_frame(ts, f);
  f = caller;
  sp = saved_stack(f);
  RAISED(sp);
}

}  // namespace taipan
