// `frame.f_lineno = n` inside a trace function: jumping. A jump is allowed where the value stack of the place left
// can be made that of the place entered by dropping items. So the kinds of items on the stack are computed for every
// instruction: three bits an item in one word.
#include "vm/set_line.h"

#include <cstdlib>

#include "bytecode/exception_table.h"
#include "bytecode/line_table.h"
#include "object/error.h"
#include "object/int.h"
#include "types/code.h"
#include "vm/generator.h"

namespace taipan {
namespace {

using Stack = int64_t;
constexpr Stack kUnknown = -2, kTooDeep = -1, kEmpty = 0;
enum Kind { kIterator = 1, kExcept = 2, kObject = 3, kNull = 4, kLasti = 5 };
constexpr int kBits = 3;

Stack push(Stack s, Kind kind) {
  if (s < 0 || s >= Stack{1} << (63 - kBits)) return kTooDeep;
  return s << kBits | kind;
}
Stack pop(Stack s) { return s < 0 ? s : s >> kBits; }
Stack pop(Stack s, int n) {
  while (n-- > 0) s = pop(s);
  return s;
}
Kind top(Stack s) { return static_cast<Kind>(s & 7); }
Kind peek(Stack s, int n) { return top(pop(s, n - 1)); }

bool fits(Kind from, Kind to) {
  if (!to) return false;
  if (to == kNull) return true;
  return to == kObject ? from != kNull : from == to;
}
bool is_compatible(Stack from, Stack to) {
  if (from < 0 || to < 0) return false;
  while (from > to) from = pop(from);
  for (; from; from = pop(from), to = pop(to))
    if (!fits(top(from), top(to))) return false;
  return to == kEmpty;
}
const char* why_incompatible(Stack to) {
  if (to == kTooDeep) return "stack is too deep to analyze";
  if (to == kUnknown) return "can't jump into an exception handler, or code may be unreachable";
  switch (top(to)) {
    case kExcept: return "can't jump into an 'except' block as there's no exception";
    case kLasti: return "can't jump into a re-raising block as there's no location";
    case kIterator: return "can't jump into the body of a for loop";
    default: return "incompatible stacks";
  }
}

/// The stacks of all instructions of one code object.
class StackMap {
 public:
  explicit StackMap(PyCodeObject* code)
      : code_(code), n_(static_cast<int>(Py_SIZE(code))),
        stacks_(static_cast<Stack*>(malloc(sizeof(Stack) * (n_ + 1)))) {}
  ~StackMap() { free(stacks_); }
  StackMap(const StackMap&) = delete;
  bool ok() const { return stacks_ != nullptr; }
  Stack at(int unit) const { return stacks_[unit]; }

  void compute() {
    for (int i = 0; i <= n_; i++) stacks_[i] = kUnknown;
    stacks_[0] = kEmpty;
    do {
      changed_ = false;
      scan_instructions();
      scan_handlers();
    } while (changed_);
  }

 private:
  void set(int unit, Stack s) {
    if (unit < 0 || unit > n_ || stacks_[unit] != kUnknown) return;
    stacks_[unit] = s;
    changed_ = true;
  }
  void scan_instructions() {
    InstructionIterator walk(first_unit(code_), n_);
    while (walk.next()) {
      // Jumps lead to the first prefix; the instruction itself stands behind.
      for (int i = walk.start(); i < walk.index(); i++)
        if (stacks_[i] != kUnknown) set(i + 1, stacks_[i]);
      Stack s = stacks_[walk.index()];
      if (s != kUnknown) step(walk, s);
    }
  }
  void scan_handlers() {
    ExceptionTableReader reader(exception_table(code_));
    ExceptionEntry entry;
    while (reader.next(entry)) {
      Stack s = stacks_[entry.start];
      if (s == kUnknown || stacks_[entry.handler] != kUnknown) continue;
      int depth = 0;
      for (Stack t = s; t > 0; t = pop(t)) depth++;
      s = pop(s, depth - entry.depth);
      if (entry.push_lasti) s = push(s, kLasti);
      set(entry.handler, push(s, kExcept));
    }
  }
  /// What an instruction makes of the stack; jumps and ends aside.
  static Stack after(Opcode op, int n, Stack s) {
    switch (op) {
      case Opcode::GET_ITER:
      case Opcode::GET_AITER: return push(pop(s), kIterator);
      case Opcode::PUSH_EXC_INFO: return push(s, kExcept);
      case Opcode::PUSH_NULL: return push(s, kNull);
      case Opcode::LOAD_GLOBAL: return push(n & 1 ? push(s, kNull) : s, kObject);
      case Opcode::LOAD_METHOD: return push(push(pop(s), kNull), kObject);
      case Opcode::PRECALL: return s;
      case Opcode::CALL: return push(pop(s, n + 2), kObject);
      case Opcode::COPY: return push(s, peek(s, n));
      case Opcode::SWAP: return swapped(s, n);
      default: break;
    }
    return changed_by(s, info(op).effect(n));
  }
  /// What lies deeper than the net change keeps its kind.
  static Stack changed_by(Stack s, StackEffect effect) {
    s = pop(s, -effect.net());
    for (int i = 0; i < effect.net(); i++) s = push(s, kObject);
    return s;
  }
  static Stack swapped(Stack s, int n) {
    if (s < 0) return s;
    int far = (n - 1) * kBits;
    Stack a = s & 7, b = s >> far & 7;
    return (s & ~Stack{7} & ~(Stack{7} << far)) | b | a << far;
  }
  void step(const InstructionIterator& walk, Stack s) {
    Opcode op = walk.opcode();
    int n = static_cast<int>(walk.operand());
    const OpcodeInfo& row = info(op);
    if (row.jumps()) {
      set(walk.target(), changed_by(s, row.effect_jumped(n)));
      if (row.ends_block()) return;
      // FOR_ITER and SEND keep what they iterate over; the conditional jumps only take.
      if (op == Opcode::FOR_ITER) return set(walk.end(), push(s, kObject));
      if (op == Opcode::SEND) return set(walk.end(), s);
    } else if (row.ends_block()) {
      return;
    }
    set(walk.end(), after(op, n, s));
  }

  PyCodeObject* code_;
  int n_;
  Stack* stacks_;
  bool changed_ = false;
};

/// For each unit at which another line begins, that line; -1 for all others.
void mark_lines(PyCodeObject* code, int* lines) {
  for (Py_ssize_t i = 0; i < Py_SIZE(code); i++) lines[i] = -1;
  LineTableReader reader(line_table(code), code->co_firstlineno);
  int last = -1;
  while (reader.next()) {
    if (reader.line() == last || reader.line() == -1 || reader.start() >= Py_SIZE(code)) continue;
    lines[reader.start()] = last = reader.line();
  }
}
int first_line_from(const int* lines, Py_ssize_t n, int line) {
  int best = INT_MAX;
  for (Py_ssize_t i = 0; i < n; i++)
    if (lines[i] >= line && lines[i] < best) best = lines[i];
  return best == INT_MAX ? -1 : best;
}

/// Is a generator about to give a value away, which is off its stack already?
bool is_yielding(Frame* f) {
  return f->owner == FrameOwner::generator && unspecialized(opcode_of(*f->prev_instr)) == Opcode::YIELD_VALUE;
}

Status check_moment(const FrameObject& frame, PyThreadState* ts) {
  Frame* f = frame.f_frame;
  switch (ts->tracing_what) {
    case PyTrace_LINE: break;
    case PyTrace_CALL:
      return raise(PyExc_ValueError, "can't jump from the 'call' trace event of a new frame");
    case PyTrace_RETURN:
      if (is_yielding(f)) break;
      [[fallthrough]];
    default: return raise(PyExc_ValueError, "can only jump from a 'line' trace event");
  }
  if (!frame.f_trace) return raise(PyExc_ValueError, "f_lineno can only be set by a trace function");
  return {};
}

/// Drops items until the stack is that of the target; leaving an except block ends the handling.
void unwind_stack(Frame* f, PyThreadState* ts, Stack from, Stack to) {
  for (; from > to; from = pop(from)) {
    PyObject* item = f->slots[--f->stacktop];
    if (top(from) == kExcept) {
      PyObject* old = std::exchange(ts->exc_info->exc_value, item);
      Py_XDECREF(old);
    } else {
      Py_XDECREF(item);
    }
  }
}

struct Target {
  int unit = -1;
  Stack stack = kTooDeep;
  const char* problem = "cannot find bytecode for specified line";
};
Target find_target(PyCodeObject* code, const StackMap& stacks, const int* lines, int line, Stack from) {
  Target best;
  bool explained = false;
  for (int i = 0; i < Py_SIZE(code); i++) {
    if (lines[i] != line) continue;
    Stack to = stacks.at(i);
    if (is_compatible(from, to)) {
      if (to > best.stack) best.stack = to, best.unit = i;
    } else if (best.unit < 0 && !explained) {
      if (from == kTooDeep) best.problem = "stack to deep to analyze";
      else if (from == kUnknown) best.problem = "can't jump from unreachable code";
      else best.problem = why_incompatible(to), explained = true;
    }
  }
  return best;
}

Status jump(FrameObject& frame, int line, int* lines) {
  Frame* f = frame.f_frame;
  PyCodeObject* code = f->code;
  if (line < code->co_firstlineno)
    return raise(PyExc_ValueError, "line {} comes before the current code block", line);
  mark_lines(code, lines);
  int found = first_line_from(lines, Py_SIZE(code), line);
  if (found < 0) return raise(PyExc_ValueError, "line {} comes after the current code block", line);
  StackMap stacks(code);
  if (!stacks.ok()) return raise_no_memory();
  stacks.compute();
  Stack from = stacks.at(last_unit(f));
  Target target = find_target(code, stacks, lines, found, from);
  if (target.unit < 0) return raise(PyExc_ValueError, "{}", target.problem);
  if (current_thread()->tracing_what == PyTrace_RETURN) from = pop(from);
  unwind_stack(f, current_thread(), from, target.stack);
  frame.f_lineno = 0;
  f->prev_instr = first_unit(code) + target.unit;
  return {};
}

}  // namespace

Status set_frame_line(FrameObject& frame, PyObject* value) {
  if (!value) return raise(PyExc_AttributeError, "cannot delete attribute");
  if (!PyLong_CheckExact(value)) return raise(PyExc_ValueError, "lineno must be an integer");
  TRY(check_moment(frame, current_thread()));
  int64_t line;
  if (int_to_int64(value, &line) || line < INT_MIN || line > INT_MAX)
    return raise(PyExc_ValueError, "lineno out of range");
  auto* lines = static_cast<int*>(malloc(sizeof(int) * (Py_SIZE(frame.f_frame->code) + 1)));
  if (!lines) return raise_no_memory();
  Status done = jump(frame, static_cast<int>(line), lines);
  free(lines);
  return done;
}

}  // namespace taipan
