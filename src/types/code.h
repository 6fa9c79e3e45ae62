#pragma once
// The code object: CPython's layout (cpython/code.h), made from parts that are checked. Its instructions lie in the
// object itself and are rewritten in place while it runs; `co_code` shows them as they were.
#include <span>

#include "bytecode/code_unit.h"
#include "bytecode/location.h"
#include "object/object.h"

namespace taipan {

// The kinds of `co_localspluskinds`.
inline constexpr uint8_t kLocalVariable = 0x20, kCellVariable = 0x40, kFreeVariable = 0x80;

/// What a code object is made of; all borrowed.
struct CodeParts {
  PyObject* filename = nullptr;
  PyObject* name = nullptr;
  PyObject* qualname = nullptr;
  int flags = 0;
  PyObject* code = nullptr;             ///< bytes
  int first_line = 0;
  PyObject* line_table = nullptr;       ///< bytes
  PyObject* constants = nullptr;        ///< tuple
  PyObject* names = nullptr;            ///< tuple of str
  PyObject* locals_plus_names = nullptr;  ///< tuple of str: locals, cells, free variables
  PyObject* locals_plus_kinds = nullptr;  ///< bytes
  int argcount = 0;                     ///< positional ones, positional-only included
  int posonlyargcount = 0;
  int kwonlyargcount = 0;
  int stack_size = 0;
  PyObject* exception_table = nullptr;  ///< bytes
  bool trusted = false;                 ///< our compiler made it: it runs without being verified
};

/// Checks the parts' types and sizes, not the instructions (the VM's verifier does that before a code object that is not
/// trusted runs). Interns names and name-like constants.
Ref<Code> new_code(const CodeParts& parts);
/// False (-X no_debug_ranges): code objects made from now on know their lines only, not their columns.
extern bool keep_columns;
/// An empty function of that name, as extension modules make for their tracebacks.
Ref<Code> new_empty_code(const char* filename, const char* function, int first_line);
/// `CodeType(…)` with varnames, freevars and cellvars apart; the rest in `parts`.
Ref<Code> new_code_from_variables(CodeParts parts, PyObject* varnames, PyObject* freevars, PyObject* cellvars);

bool code_equal(Code* a, Code* b);
Py_hash_t code_hash(Code* code);

inline CodeUnit* code_units(Code* code) { return reinterpret_cast<CodeUnit*>(code->co_code_adaptive); }
inline int code_size(const Code* code) { return int(Py_SIZE(code)); }
/// The field is CPython's, for tracing tables that we do not have: nonzero until the code may run.
inline bool is_verified(const Code* code) { return !code->_co_linearray_entry_size; }
inline void set_verified(Code* code) { code->_co_linearray_entry_size = 0; }
std::span<const uint8_t> line_table(Code* code);
std::span<const uint8_t> exception_table(Code* code);
/// Undoes specialisation in a copy of instructions: base opcodes, caches zero.
void unquicken(CodeUnit* units, int count);

Ref<> code_bytes(Code* code);             ///< co_code
Ref<> code_varnames(Code* code);
Ref<> code_cellvars(Code* code);
Ref<> code_freevars(Code* code);
inline uint8_t local_kind(Code* code, int i) {
  return uint8_t(reinterpret_cast<Bytes*>(code->co_localspluskinds)->ob_sval[i]);
}

/// The place of the instruction at a byte offset (negative: the first line alone).
Location code_location(Code* code, int byte_offset);
int code_line(Code* code, int byte_offset);

/// Slots for foreign data on code objects (PEP 523's). -1: no more.
Py_ssize_t request_code_extra(freefunc free);
Status get_code_extra(PyObject* code, Py_ssize_t index, void** extra);
Status set_code_extra(PyObject* code, Py_ssize_t index, void* extra);

extern PyTypeObject line_iterator_type, positions_iterator_type;

namespace detail {
extern PyMethodDef code_methods[];
extern PyGetSetDef code_getset[];
PyObject* code_new(PyTypeObject* type, PyObject* args, PyObject* kwargs);
}  // namespace detail

}  // namespace taipan
