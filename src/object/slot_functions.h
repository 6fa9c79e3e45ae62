#pragma once
// From C to Python: the functions that fill the slots of classes written in Python. Each looks its special
// method up on the type and calls it. C signatures, since they stand in slots.
#include "object/object.h"

namespace taipan {

#define TAIPAN_BINARY_SLOTS(X)                                                             \
  X(add, "__add__", "__radd__") X(subtract, "__sub__", "__rsub__")                         \
  X(multiply, "__mul__", "__rmul__") X(remainder, "__mod__", "__rmod__")                   \
  X(divmod, "__divmod__", "__rdivmod__") X(lshift, "__lshift__", "__rlshift__")            \
  X(rshift, "__rshift__", "__rrshift__") X(and, "__and__", "__rand__")                     \
  X(xor, "__xor__", "__rxor__") X(or, "__or__", "__ror__")                                 \
  X(floor_divide, "__floordiv__", "__rfloordiv__") X(true_divide, "__truediv__", "__rtruediv__") \
  X(matrix_multiply, "__matmul__", "__rmatmul__")
#define TAIPAN_INPLACE_SLOTS(X)                                                            \
  X(add, "__iadd__") X(subtract, "__isub__") X(multiply, "__imul__") X(remainder, "__imod__") \
  X(lshift, "__ilshift__") X(rshift, "__irshift__") X(and, "__iand__") X(xor, "__ixor__")  \
  X(or, "__ior__") X(floor_divide, "__ifloordiv__") X(true_divide, "__itruediv__")         \
  X(matrix_multiply, "__imatmul__")
#define TAIPAN_UNARY_SLOTS(X)                                                              \
  X(negative, "__neg__") X(positive, "__pos__") X(absolute, "__abs__") X(invert, "__invert__") \
  X(int, "__int__") X(float, "__float__") X(index, "__index__")

#define X(name, ...) PyObject* slot_##name(PyObject* a, PyObject* b);
TAIPAN_BINARY_SLOTS(X)
#undef X
#define X(name, ...) PyObject* slot_inplace_##name(PyObject* a, PyObject* b);
TAIPAN_INPLACE_SLOTS(X)
#undef X
#define X(name, ...) PyObject* slot_##name(PyObject* o);
TAIPAN_UNARY_SLOTS(X)
#undef X
PyObject* slot_power(PyObject* a, PyObject* b, PyObject* modulus);
PyObject* slot_inplace_power(PyObject* a, PyObject* b, PyObject* modulus);
int slot_bool(PyObject* o);

PyObject* slot_repr(PyObject* o);
PyObject* slot_str(PyObject* o);
Py_hash_t slot_hash(PyObject* o);
PyObject* slot_call(PyObject* o, PyObject* args, PyObject* kwargs);
PyObject* slot_getattro(PyObject* o, PyObject* name);
PyObject* slot_getattr_hook(PyObject* o, PyObject* name);
int slot_setattr(PyObject* o, PyObject* name, PyObject* value);
PyObject* slot_richcompare(PyObject* a, PyObject* b, int op);
PyObject* slot_iter(PyObject* o);
PyObject* slot_iternext(PyObject* o);
PyObject* slot_descr_get(PyObject* self, PyObject* o, PyObject* type);
int slot_descr_set(PyObject* self, PyObject* o, PyObject* value);
int slot_init(PyObject* o, PyObject* args, PyObject* kwargs);
PyObject* slot_new(PyTypeObject* type, PyObject* args, PyObject* kwargs);
void slot_finalize(PyObject* o);
PyObject* slot_await(PyObject* o);
PyObject* slot_aiter(PyObject* o);
PyObject* slot_anext(PyObject* o);
Py_ssize_t slot_length(PyObject* o);
PyObject* slot_subscript(PyObject* o, PyObject* key);
int slot_ass_subscript(PyObject* o, PyObject* key, PyObject* value);
PyObject* slot_sequence_item(PyObject* o, Py_ssize_t i);
int slot_sequence_set_item(PyObject* o, Py_ssize_t i, PyObject* value);
int slot_contains(PyObject* o, PyObject* item);

}  // namespace taipan
