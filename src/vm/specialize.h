#pragma once
// Quickening and specialisation (PEP 659). Code that runs often is quickened: its instructions become adaptive
// ones in place. An adaptive instruction looks at its operands now and then and turns into a specialised form that
// guards on what was seen; a form whose guard fails too often becomes adaptive again.
//
// The first cache word counts down: for an adaptive instruction to the next look, for a specialised one to giving up.
#include "vm/interpreter.h"

namespace taipan {

void quicken(PyCodeObject* code);

/// Counts starts and backward jumps; the code is quickened when the count reaches zero.
inline void count_towards_quickening(PyCodeObject* code) {
  if (code->co_warmup != 0 && ++code->co_warmup == 0) [[unlikely]] quicken(code);
}

inline constexpr uint16_t kMissesAllowed = 53;   // prime, so as not to beat with a loop's period
inline constexpr uint16_t kLooksApart = 211;

inline void set_opcode(CodeUnit* at, Opcode op) { *at = static_cast<CodeUnit>((*at & 0xff00) | uint8_t(op)); }
inline void specialized_to(CodeUnit* at, Opcode op) {
  set_opcode(at, op);
  at[1] = kMissesAllowed;
}
inline void not_specialized(CodeUnit* at) { at[1] = kLooksApart; }
/// A guard failed. `at` is the instruction.
inline void count_miss(CodeUnit* at, Opcode adaptive) {
  if (at[1]) at[1]--;
  else set_opcode(at, adaptive);
}

// `at` is the instruction itself. None of these raises or runs Python code.
void specialize_binary_op(Frame* f, CodeUnit* at, PyObject* a, PyObject* b, unsigned operation);
void specialize_compare(Frame* f, CodeUnit* at, PyObject* a, PyObject* b, unsigned comparison);
void specialize_subscript(CodeUnit* at, PyObject* container, PyObject* key);
void specialize_store_subscript(CodeUnit* at, PyObject* container, PyObject* key);
void specialize_unpack(CodeUnit* at, PyObject* o, unsigned n);
void specialize_load_global(CodeUnit* at, PyObject* globals, PyObject* builtins, PyObject* name);
void specialize_load_attr(CodeUnit* at, PyObject* owner, PyObject* name);
void specialize_store_attr(CodeUnit* at, PyObject* owner, PyObject* name);
void specialize_load_method(CodeUnit* at, PyObject* owner, PyObject* name);
void specialize_call(CodeUnit* at, PyObject* callable, Py_ssize_t nargs, bool has_self, PyObject* kwnames);
/// The __init__ of a plain class, if making an instance is no more than allocating it and calling that; borrowed.
PyObject* inlinable_init(PyTypeObject* type);
void specialize_precall(CodeUnit* at, PyObject* callable, Py_ssize_t nargs, bool is_method, PyObject* kwnames);

/// The instruction that does two neighbours in one step; CACHE: there is none.
Opcode pair_of(Opcode first, Opcode second);
/// An instruction has taken its form: the loads of its operands in front of it become one with it if there is such a
/// fused instruction. It reads the caches of `at`, so this must be called whenever they change.
void fuse_with_loads(PyCodeObject* code, CodeUnit* at);

// Built-ins that have an instruction of their own; null until a call of one is specialised.
extern PyObject* len_function;
extern PyObject* isinstance_function;
extern PyObject* list_append_method;

// Cache layouts, in code units behind the instruction.
struct GlobalCache { static constexpr int index = 1, keys_version = 2, builtins_version = 4; };
struct AttributeCache { static constexpr int type_version = 1, index = 3; };
struct MethodCache { static constexpr int type_version = 1, dict_offset = 3, keys_version = 4, method = 6; };
struct CallCache { static constexpr int function_version = 1, fewest_arguments = 3; };
struct CompareCache { static constexpr int mask = 1; };
struct SubscriptCache { static constexpr int type_version = 1, function_version = 3; };

/// Defines the adaptive form of an instruction: every so often `look`, otherwise the generic form.
#define ADAPTIVE(name, look)                                                          \
  HANDLER(name##_ADAPTIVE) {                                                          \
    auto* at = const_cast<CodeUnit*>(ip) - 1;                                         \
    if (at[1] == 0) {                                                                 \
      save(f, ip);                                                                    \
      look;                                                                           \
      [[clang::musttail]] return reinterpret_cast<Handler*>(                          \
          normal_handlers[*at & 0xff])(f, sp, ip, ts, oparg);                         \
    }                                                                                 \
    at[1]--;                                                                          \
    BECOME(op_##name);                                                                \
  }
/// In a specialised handler: goes on generically if a guard fails.
#define GUARD(name, condition)                                                        \
  if (!(condition)) [[unlikely]] {                                                    \
    count_miss(const_cast<CodeUnit*>(ip) - 1, Opcode::name##_ADAPTIVE);               \
    BECOME(op_##name);                                                                \
  }

}  // namespace taipan
