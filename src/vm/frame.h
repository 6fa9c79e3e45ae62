#pragma once
// The interpreter's frame: a plain struct on the thread's data stack (or inside a generator, or, once its
// function has returned, inside the frame object that outlives it). Locals, cells, free variables and the value
// stack lie behind it in one run of slots. Profilers read this layout, so its order is CPython's.
#include "bytecode/code_unit.h"
#include "object/object.h"
#include "object/thread.h"

enum class FrameOwner : char { thread = 0, generator = 1, frame_object = 2 };

/// What the caller of a frame does with its result. A generator resumed by an instruction has the distance of that
/// instruction's jump instead.
enum FrameExit : uint16_t { kPushResult = 0, kCheckInit = 1, kCheckOperator = 2, kCheckComparison = 3 };

struct _PyInterpreterFrame {  // the name is fixed by _PyCFrame in the public header
  PyFunctionObject* func;     ///< owned
  PyObject* globals;          ///< borrowed from the function
  PyObject* builtins;         ///< borrowed from the function
  PyObject* locals;           ///< owned; null in optimised functions until somebody asks
  PyCodeObject* code;         ///< owned
  PyFrameObject* frame_object;  ///< owned; null until somebody asks
  _PyInterpreterFrame* previous;
  taipan::CodeUnit* prev_instr;  ///< the instruction being executed, or the one executed last
  int stacktop;               ///< slots in use, counted from `slots`; valid while the frame is not running
  bool is_entry;              ///< returning from it leaves the C++ run loop
  FrameOwner owner;
  uint16_t leaving;           ///< FrameExit: what returning means; how far a loop jumps when its generator ends
  PyObject* slots[1];         ///< locals, cells and free variables; then the value stack
};

/// The frame object, in the order that Cython's generated code knows (it writes f_lineno).
struct _frame {
  PyObject_HEAD
  PyFrameObject* f_back;
  _PyInterpreterFrame* f_frame;
  PyObject* f_trace;
  int f_lineno;          ///< 0: compute it from the instruction
  char f_trace_lines;
  char f_trace_opcodes;
  char f_fast_as_locals;  ///< locals were copied into a dict that the program may have changed
  PyObject* f_frame_data[1];  ///< the frame itself, once this object owns it
};

namespace taipan {

using Frame = _PyInterpreterFrame;
using FrameObject = _frame;

inline constexpr size_t kFrameHeadWords = offsetof(Frame, slots) / sizeof(PyObject*);
static_assert(offsetof(Frame, slots) % sizeof(PyObject*) == 0);

/// What _PyGenObject.gi_frame_state says.
enum GeneratorState : int8_t { kCreated = -2, kSuspended = -1, kExecuting = 0, kCompleted = 1, kCleared = 4 };

inline CodeUnit* first_unit(const PyCodeObject* code) {
  return reinterpret_cast<CodeUnit*>(const_cast<char*>(code->co_code_adaptive));
}
inline Py_ssize_t slot_count(const PyCodeObject* code) { return Py_ssize_t{code->co_nlocalsplus} + code->co_stacksize; }
inline Py_ssize_t frame_words(const PyCodeObject* code) { return kFrameHeadWords + slot_count(code); }
inline PyObject** stack_base(Frame* f) { return f->slots + f->code->co_nlocalsplus; }
inline PyObject** saved_stack(Frame* f) { return f->slots + f->stacktop; }
inline void save_stack(Frame* f, PyObject** sp) { f->stacktop = static_cast<int>(sp - f->slots); }
/// Index of the current instruction in code units; -1 before the first.
inline int last_unit(const Frame* f) { return static_cast<int>(f->prev_instr - first_unit(f->code)); }
/// A frame in creation (before its RESUME, cells still being made) is not shown to anyone.
inline bool is_incomplete(const Frame* f) {
  return f->owner != FrameOwner::generator && last_unit(f) < f->code->_co_firsttraceable;
}

/// A new chunk of data stack with room for `words`; null: MemoryError is set.
PyObject** grow_data_stack(PyThreadState* ts, size_t words);
void release_stack_chunk(PyThreadState* ts);
void free_data_stack(PyThreadState* ts);

/// Room for a frame with `words` words; null: MemoryError is set.
inline Frame* push_frame_memory(PyThreadState* ts, size_t words) {
  PyObject** top = ts->datastack_top;
  if (words < static_cast<size_t>(ts->datastack_limit - top) && top) [[likely]] {
    ts->datastack_top = top + words;
    return reinterpret_cast<Frame*>(top);
  }
  return reinterpret_cast<Frame*>(grow_data_stack(ts, words));
}
inline void pop_frame_memory(PyThreadState* ts, Frame* f) {
  auto** base = reinterpret_cast<PyObject**>(f);
  if (base == &ts->datastack_chunk->data[0]) [[unlikely]] release_stack_chunk(ts);
  else ts->datastack_top = base;
}

/// Fills in a frame's head for a function (whose reference it takes over). Local slots are the caller's to set.
inline void init_frame(Frame* f, PyFunctionObject* func, PyObject* locals, PyCodeObject* code) {
  f->func = func;
  f->code = code;
  Py_INCREF(object(code));
  f->builtins = func->func_builtins;
  f->globals = func->func_globals;
  f->locals = locals;
  f->stacktop = code->co_nlocalsplus;
  f->frame_object = nullptr;
  f->prev_instr = first_unit(code) - 1;
  f->is_entry = false;
  f->owner = FrameOwner::thread;
  f->leaving = kPushResult;
}

/// Ends a frame whose stack is empty: drops locals and references; a frame object that others hold takes the frame
/// over. The memory stays the caller's to pop.
void clear_frame(PyThreadState* ts, Frame* f);
int traverse_frame(Frame* f, visitproc visit, void* arg);

/// The frame object of a frame, made on demand; borrowed. Null: MemoryError is set.
FrameObject* frame_object_of(Frame* f);
/// f_lineno; -1: no line.
int line_of_object(const FrameObject& o);
/// The innermost frame that Python code may see; null if none.
inline Frame* first_complete(Frame* f) {
  while (f && is_incomplete(f)) f = f->previous;
  return f;
}
/// Is this an ordinary call's frame, whose result goes on the caller's stack and that then is gone?
inline bool is_plain_call(const Frame* f) {
  static_assert(offsetof(Frame, leaving) == offsetof(Frame, is_entry) + 2 && kPushResult == 0);
  uint32_t all;  // these three fields at once
  memcpy(&all, &f->is_entry, sizeof all);
  return all == 0;
}
inline Frame* current_frame(PyThreadState* ts) { return first_complete(ts->cframe->current_frame); }

}  // namespace taipan
