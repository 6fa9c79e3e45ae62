// From Python to C: `(1).__add__(2)` calls nb_add. One wrapper per slot shape, and the table of all slots.
#include "object/bind.h"
#include "object/call.h"
#include "object/int.h"
#include "object/name.h"
#include "object/slot_functions.h"
#include "object/slots.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type_internal.h"

namespace taipan {
namespace {

bool takes(PyObject* args, Py_ssize_t low, Py_ssize_t high) {
  Py_ssize_t n = tuple_size(args);
  if (low <= n && n <= high) return true;
  if (low == high) raise(PyExc_TypeError, "expected {} argument{}, got {}", low, low == 1 ? "" : "s", n);
  else check_positional("", n, low, high);
  return false;
}

PyObject* wrap_unary(PyObject* self, PyObject* args, void* slot) {
  return takes(args, 0, 0) ? reinterpret_cast<unaryfunc>(slot)(self) : nullptr;
}
PyObject* wrap_binary(PyObject* self, PyObject* args, void* slot) {
  return takes(args, 1, 1) ? reinterpret_cast<binaryfunc>(slot)(self, item(args, 0)) : nullptr;
}
/// The same for sq_concat: a function of its own, since a wrapper tells which slot it was made for.
PyObject* wrap_concat(PyObject* self, PyObject* args, void* slot) {
  return takes(args, 1, 1) ? reinterpret_cast<binaryfunc>(slot)(self, item(args, 0)) : nullptr;
}
PyObject* wrap_binary_reflected(PyObject* self, PyObject* args, void* slot) {
  return takes(args, 1, 1) ? reinterpret_cast<binaryfunc>(slot)(item(args, 0), self) : nullptr;
}
PyObject* wrap_ternary(PyObject* self, PyObject* args, void* slot) {
  if (!takes(args, 1, 2)) return nullptr;
  return reinterpret_cast<ternaryfunc>(slot)(self, item(args, 0), tuple_size(args) > 1 ? item(args, 1) : Py_None);
}
PyObject* wrap_ternary_reflected(PyObject* self, PyObject* args, void* slot) {
  if (!takes(args, 1, 2)) return nullptr;
  return reinterpret_cast<ternaryfunc>(slot)(item(args, 0), self, tuple_size(args) > 1 ? item(args, 1) : Py_None);
}
PyObject* wrap_inquiry(PyObject* self, PyObject* args, void* slot) {
  if (!takes(args, 0, 0)) return nullptr;
  int r = reinterpret_cast<inquiry>(slot)(self);
  return r < 0 ? nullptr : Py_NewRef(r ? Py_True : Py_False);
}
PyObject* wrap_length(PyObject* self, PyObject* args, void* slot) {
  if (!takes(args, 0, 0)) return nullptr;
  Py_ssize_t n = reinterpret_cast<lenfunc>(slot)(self);
  return n == -1 && pending_error() ? nullptr : new_int(n).release();
}
PyObject* wrap_hash(PyObject* self, PyObject* args, void* slot) {
  if (!takes(args, 0, 0)) return nullptr;
  Py_hash_t h = reinterpret_cast<hashfunc>(slot)(self);
  return h == -1 && pending_error() ? nullptr : new_int(h).release();
}
/// A sequence index: negative ones count from the end, as the abstract `sequence[i]` does.
Result<Py_ssize_t> sequence_index(PyObject* self, PyObject* argument) {
  Py_ssize_t i = TRY(to_ssize(argument, PyExc_OverflowError));
  PySequenceMethods* m = Py_TYPE(self)->tp_as_sequence;
  if (i < 0 && m && m->sq_length) {
    Py_ssize_t n = m->sq_length(self);
    if (n < 0) return Raised{};
    i += n;
  }
  return i;
}
PyObject* wrap_index_argument(PyObject* self, PyObject* args, void* slot) {  // __mul__ of sequences
  if (!takes(args, 1, 1)) return nullptr;
  auto i = to_ssize(item(args, 0), PyExc_OverflowError);
  return i ? reinterpret_cast<ssizeargfunc>(slot)(self, *i) : nullptr;
}
PyObject* wrap_sequence_item(PyObject* self, PyObject* args, void* slot) {
  if (!takes(args, 1, 1)) return nullptr;
  auto i = sequence_index(self, item(args, 0));
  return i ? reinterpret_cast<ssizeargfunc>(slot)(self, *i) : nullptr;
}
PyObject* done(int r) { return r < 0 ? nullptr : Py_NewRef(Py_None); }
PyObject* wrap_sequence_set_item(PyObject* self, PyObject* args, void* slot) {
  if (!takes(args, 2, 2)) return nullptr;
  auto i = sequence_index(self, item(args, 0));
  return i ? done(reinterpret_cast<ssizeobjargproc>(slot)(self, *i, item(args, 1))) : nullptr;
}
PyObject* wrap_sequence_del_item(PyObject* self, PyObject* args, void* slot) {
  if (!takes(args, 1, 1)) return nullptr;
  auto i = sequence_index(self, item(args, 0));
  return i ? done(reinterpret_cast<ssizeobjargproc>(slot)(self, *i, nullptr)) : nullptr;
}
PyObject* wrap_contains(PyObject* self, PyObject* args, void* slot) {
  if (!takes(args, 1, 1)) return nullptr;
  int r = reinterpret_cast<objobjproc>(slot)(self, item(args, 0));
  return r < 0 ? nullptr : Py_NewRef(r ? Py_True : Py_False);
}
PyObject* wrap_set_item(PyObject* self, PyObject* args, void* slot) {
  return takes(args, 2, 2) ? done(reinterpret_cast<objobjargproc>(slot)(self, item(args, 0), item(args, 1))) : nullptr;
}
PyObject* wrap_del_item(PyObject* self, PyObject* args, void* slot) {
  return takes(args, 1, 1) ? done(reinterpret_cast<objobjargproc>(slot)(self, item(args, 0), nullptr)) : nullptr;
}

/// `object.__setattr__(some_type, …)` must not slip past a built-in type's own, stricter setattr.
bool may_set_attribute(PyObject* self, void* slot, const char* what) {
  PyTypeObject* type = Py_TYPE(self);
  while (type && has_feature(type, Py_TPFLAGS_HEAPTYPE)) type = type->tp_base;
  if (type && reinterpret_cast<void*>(type->tp_setattro) != slot) {
    raise(PyExc_TypeError, "can't apply this {} to {} object", what, type->tp_name);
    return false;
  }
  return true;
}
PyObject* wrap_setattr(PyObject* self, PyObject* args, void* slot) {
  if (!takes(args, 2, 2) || !may_set_attribute(self, slot, "__setattr__")) return nullptr;
  return done(reinterpret_cast<setattrofunc>(slot)(self, item(args, 0), item(args, 1)));
}
PyObject* wrap_delattr(PyObject* self, PyObject* args, void* slot) {
  if (!takes(args, 1, 1) || !may_set_attribute(self, slot, "__delattr__")) return nullptr;
  return done(reinterpret_cast<setattrofunc>(slot)(self, item(args, 0), nullptr));
}
template <int Op>
PyObject* wrap_compare(PyObject* self, PyObject* args, void* slot) {
  return takes(args, 1, 1) ? reinterpret_cast<richcmpfunc>(slot)(self, item(args, 0), Op) : nullptr;
}
PyObject* wrap_next(PyObject* self, PyObject* args, void* slot) {
  if (!takes(args, 0, 0)) return nullptr;
  PyObject* r = reinterpret_cast<iternextfunc>(slot)(self);
  if (!r && !pending_error()) raise_bare(PyExc_StopIteration);
  return r;
}
PyObject* wrap_descr_get(PyObject* self, PyObject* args, void* slot) {
  if (!takes(args, 1, 2)) return nullptr;
  PyObject* o = item(args, 0) == Py_None ? nullptr : item(args, 0);
  PyObject* type = tuple_size(args) < 2 || item(args, 1) == Py_None ? nullptr : item(args, 1);
  if (!o && !type) {
    raise(PyExc_TypeError, "__get__(None, None) is invalid");
    return nullptr;
  }
  return reinterpret_cast<descrgetfunc>(slot)(self, o, type);
}
PyObject* wrap_descr_set(PyObject* self, PyObject* args, void* slot) {
  return takes(args, 2, 2) ? done(reinterpret_cast<descrsetfunc>(slot)(self, item(args, 0), item(args, 1))) : nullptr;
}
PyObject* wrap_descr_delete(PyObject* self, PyObject* args, void* slot) {
  return takes(args, 1, 1) ? done(reinterpret_cast<descrsetfunc>(slot)(self, item(args, 0), nullptr)) : nullptr;
}
PyObject* wrap_call(PyObject* self, PyObject* args, void* slot, PyObject* kwargs) {
  return reinterpret_cast<ternaryfunc>(slot)(self, args, kwargs);
}
PyObject* wrap_init(PyObject* self, PyObject* args, void* slot, PyObject* kwargs) {
  return done(reinterpret_cast<initproc>(slot)(self, args, kwargs));
}
PyObject* wrap_finalize(PyObject* self, PyObject* args, void* slot) {
  if (!takes(args, 0, 0)) return nullptr;
  reinterpret_cast<destructor>(slot)(self);
  return Py_NewRef(Py_None);
}

template <class F> constexpr void* erase(F f) { return (void*)f; }

// The names are static strs, so the table needs no start of its own.
#define FULL_ROW(name, member, generic, wrapper, doc, flags) \
  {name, static_cast<int>(offsetof(PyHeapTypeObject, member)), erase(generic), wrapper, doc, flags, &name_object<name>.head.ob_base}
#define ROW(name, member, generic, wrapper, doc) FULL_ROW(name, member, generic, wrapper, doc, 0)
#define KEYWORD_ROW(name, member, generic, wrapper, doc) \
  FULL_ROW(name, member, generic, reinterpret_cast<wrapperfunc>(wrapper), doc, kSlotTakesKeywords)
#define BINARY(name, member, generic, symbol) \
  ROW("__" name "__", as_number.member, generic, wrap_binary, "__" name "__($self, value, /)\n--\n\nReturn self" symbol "value.")
#define REFLECTED(name, member, generic, symbol) \
  ROW("__r" name "__", as_number.member, generic, wrap_binary_reflected, "__r" name "__($self, value, /)\n--\n\nReturn value" symbol "self.")
#define INPLACE(name, member, generic, symbol) \
  ROW("__i" name "__", as_number.member, generic, wrap_binary, "__i" name "__($self, value, /)\n--\n\nReturn self" symbol "=value.")
#define UNARY(name, member, generic, text) \
  ROW("__" name "__", as_number.member, generic, wrap_unary, "__" name "__($self, /)\n--\n\n" text)
#define COMPARE(name, op, symbol)                                              \
  ROW("__" name "__", ht_type.tp_richcompare, slot_richcompare, wrap_compare<op>, \
      "__" name "__($self, value, /)\n--\n\nReturn self" symbol "value.")

}  // namespace

SlotRow slot_rows[] = {
    ROW("__getattribute__", ht_type.tp_getattr, nullptr, nullptr, ""),
    ROW("__getattr__", ht_type.tp_getattr, nullptr, nullptr, ""),
    ROW("__setattr__", ht_type.tp_setattr, nullptr, nullptr, ""),
    ROW("__delattr__", ht_type.tp_setattr, nullptr, nullptr, ""),
    ROW("__repr__", ht_type.tp_repr, slot_repr, wrap_unary, "__repr__($self, /)\n--\n\nReturn repr(self)."),
    ROW("__hash__", ht_type.tp_hash, slot_hash, wrap_hash, "__hash__($self, /)\n--\n\nReturn hash(self)."),
    KEYWORD_ROW("__call__", ht_type.tp_call, slot_call, wrap_call,
        "__call__($self, /, *args, **kwargs)\n--\n\nCall self as a function."),
    ROW("__str__", ht_type.tp_str, slot_str, wrap_unary, "__str__($self, /)\n--\n\nReturn str(self)."),
    ROW("__getattribute__", ht_type.tp_getattro, slot_getattr_hook, wrap_binary,
        "__getattribute__($self, name, /)\n--\n\nReturn getattr(self, name)."),
    ROW("__getattr__", ht_type.tp_getattro, slot_getattr_hook, nullptr, ""),
    ROW("__setattr__", ht_type.tp_setattro, slot_setattr, wrap_setattr,
        "__setattr__($self, name, value, /)\n--\n\nImplement setattr(self, name, value)."),
    ROW("__delattr__", ht_type.tp_setattro, slot_setattr, wrap_delattr,
        "__delattr__($self, name, /)\n--\n\nImplement delattr(self, name)."),
    COMPARE("lt", Py_LT, "<"), COMPARE("le", Py_LE, "<="), COMPARE("eq", Py_EQ, "=="),
    COMPARE("ne", Py_NE, "!="), COMPARE("gt", Py_GT, ">"), COMPARE("ge", Py_GE, ">="),
    ROW("__iter__", ht_type.tp_iter, slot_iter, wrap_unary, "__iter__($self, /)\n--\n\nImplement iter(self)."),
    ROW("__next__", ht_type.tp_iternext, slot_iternext, wrap_next, "__next__($self, /)\n--\n\nImplement next(self)."),
    ROW("__get__", ht_type.tp_descr_get, slot_descr_get, wrap_descr_get,
        "__get__($self, instance, owner=None, /)\n--\n\nReturn an attribute of instance, which is of type owner."),
    ROW("__set__", ht_type.tp_descr_set, slot_descr_set, wrap_descr_set,
        "__set__($self, instance, value, /)\n--\n\nSet an attribute of instance to value."),
    ROW("__delete__", ht_type.tp_descr_set, slot_descr_set, wrap_descr_delete,
        "__delete__($self, instance, /)\n--\n\nDelete an attribute of instance."),
    KEYWORD_ROW("__init__", ht_type.tp_init, slot_init, wrap_init,
        "__init__($self, /, *args, **kwargs)\n--\n\nInitialize self.  See help(type(self)) for accurate signature."),
    ROW("__new__", ht_type.tp_new, slot_new, nullptr, "__new__(type, /, *args, **kwargs)\n--\n\nCreate and return new object."),
    ROW("__del__", ht_type.tp_finalize, slot_finalize, wrap_finalize, ""),
    ROW("__await__", as_async.am_await, slot_await, wrap_unary,
        "__await__($self, /)\n--\n\nReturn an iterator to be used in await expression."),
    ROW("__aiter__", as_async.am_aiter, slot_aiter, wrap_unary,
        "__aiter__($self, /)\n--\n\nReturn an awaitable, that resolves in asynchronous iterator."),
    ROW("__anext__", as_async.am_anext, slot_anext, wrap_unary,
        "__anext__($self, /)\n--\n\nReturn a value or raise StopAsyncIteration."),
    BINARY("add", nb_add, slot_add, "+"), REFLECTED("add", nb_add, slot_add, "+"),
    BINARY("sub", nb_subtract, slot_subtract, "-"), REFLECTED("sub", nb_subtract, slot_subtract, "-"),
    BINARY("mul", nb_multiply, slot_multiply, "*"), REFLECTED("mul", nb_multiply, slot_multiply, "*"),
    BINARY("mod", nb_remainder, slot_remainder, "%"), REFLECTED("mod", nb_remainder, slot_remainder, "%"),
    ROW("__divmod__", as_number.nb_divmod, slot_divmod, wrap_binary,
        "__divmod__($self, value, /)\n--\n\nReturn divmod(self, value)."),
    ROW("__rdivmod__", as_number.nb_divmod, slot_divmod, wrap_binary_reflected,
        "__rdivmod__($self, value, /)\n--\n\nReturn divmod(value, self)."),
    ROW("__pow__", as_number.nb_power, slot_power, wrap_ternary,
        "__pow__($self, value, mod=None, /)\n--\n\nReturn pow(self, value, mod)."),
    ROW("__rpow__", as_number.nb_power, slot_power, wrap_ternary_reflected,
        "__rpow__($self, value, mod=None, /)\n--\n\nReturn pow(value, self, mod)."),
    UNARY("neg", nb_negative, slot_negative, "-self"),
    UNARY("pos", nb_positive, slot_positive, "+self"),
    UNARY("abs", nb_absolute, slot_absolute, "abs(self)"),
    ROW("__bool__", as_number.nb_bool, slot_bool, wrap_inquiry, "__bool__($self, /)\n--\n\nTrue if self else False"),
    UNARY("invert", nb_invert, slot_invert, "~self"),
    BINARY("lshift", nb_lshift, slot_lshift, "<<"), REFLECTED("lshift", nb_lshift, slot_lshift, "<<"),
    BINARY("rshift", nb_rshift, slot_rshift, ">>"), REFLECTED("rshift", nb_rshift, slot_rshift, ">>"),
    BINARY("and", nb_and, slot_and, "&"), REFLECTED("and", nb_and, slot_and, "&"),
    BINARY("xor", nb_xor, slot_xor, "^"), REFLECTED("xor", nb_xor, slot_xor, "^"),
    BINARY("or", nb_or, slot_or, "|"), REFLECTED("or", nb_or, slot_or, "|"),
    UNARY("int", nb_int, slot_int, "int(self)"),
    UNARY("float", nb_float, slot_float, "float(self)"),
    INPLACE("add", nb_inplace_add, slot_inplace_add, "+"),
    INPLACE("sub", nb_inplace_subtract, slot_inplace_subtract, "-"),
    INPLACE("mul", nb_inplace_multiply, slot_inplace_multiply, "*"),
    INPLACE("mod", nb_inplace_remainder, slot_inplace_remainder, "%"),
    ROW("__ipow__", as_number.nb_inplace_power, slot_inplace_power, wrap_ternary,
        "__ipow__($self, value, mod=None, /)\n--\n\nReturn self**=value."),
    INPLACE("lshift", nb_inplace_lshift, slot_inplace_lshift, "<<"),
    INPLACE("rshift", nb_inplace_rshift, slot_inplace_rshift, ">>"),
    INPLACE("and", nb_inplace_and, slot_inplace_and, "&"),
    INPLACE("xor", nb_inplace_xor, slot_inplace_xor, "^"),
    INPLACE("or", nb_inplace_or, slot_inplace_or, "|"),
    BINARY("floordiv", nb_floor_divide, slot_floor_divide, "//"),
    REFLECTED("floordiv", nb_floor_divide, slot_floor_divide, "//"),
    BINARY("truediv", nb_true_divide, slot_true_divide, "/"),
    REFLECTED("truediv", nb_true_divide, slot_true_divide, "/"),
    INPLACE("floordiv", nb_inplace_floor_divide, slot_inplace_floor_divide, "//"),
    INPLACE("truediv", nb_inplace_true_divide, slot_inplace_true_divide, "/"),
    UNARY("index", nb_index, slot_index,
          "Return self converted to an integer, if self is suitable for use as an index into a list."),
    BINARY("matmul", nb_matrix_multiply, slot_matrix_multiply, "@"),
    REFLECTED("matmul", nb_matrix_multiply, slot_matrix_multiply, "@"),
    INPLACE("matmul", nb_inplace_matrix_multiply, slot_inplace_matrix_multiply, "@"),
    ROW("__len__", as_mapping.mp_length, slot_length, wrap_length, "__len__($self, /)\n--\n\nReturn len(self)."),
    ROW("__getitem__", as_mapping.mp_subscript, slot_subscript, wrap_binary,
        "__getitem__($self, key, /)\n--\n\nReturn self[key]."),
    ROW("__setitem__", as_mapping.mp_ass_subscript, slot_ass_subscript, wrap_set_item,
        "__setitem__($self, key, value, /)\n--\n\nSet self[key] to value."),
    ROW("__delitem__", as_mapping.mp_ass_subscript, slot_ass_subscript, wrap_del_item,
        "__delitem__($self, key, /)\n--\n\nDelete self[key]."),
    ROW("__len__", as_sequence.sq_length, slot_length, wrap_length, "__len__($self, /)\n--\n\nReturn len(self)."),
    // The slots of + and * for sequences have no generic function: a Python class gets nb_add and nb_multiply.
    ROW("__add__", as_sequence.sq_concat, nullptr, wrap_concat, "__add__($self, value, /)\n--\n\nReturn self+value."),
    ROW("__mul__", as_sequence.sq_repeat, nullptr, wrap_index_argument, "__mul__($self, value, /)\n--\n\nReturn self*value."),
    ROW("__rmul__", as_sequence.sq_repeat, nullptr, wrap_index_argument, "__rmul__($self, value, /)\n--\n\nReturn value*self."),
    ROW("__getitem__", as_sequence.sq_item, slot_sequence_item, wrap_sequence_item,
        "__getitem__($self, key, /)\n--\n\nReturn self[key]."),
    ROW("__setitem__", as_sequence.sq_ass_item, slot_sequence_set_item, wrap_sequence_set_item,
        "__setitem__($self, key, value, /)\n--\n\nSet self[key] to value."),
    ROW("__delitem__", as_sequence.sq_ass_item, slot_sequence_set_item, wrap_sequence_del_item,
        "__delitem__($self, key, /)\n--\n\nDelete self[key]."),
    ROW("__contains__", as_sequence.sq_contains, slot_contains, wrap_contains,
        "__contains__($self, key, /)\n--\n\nReturn key in self."),
    ROW("__iadd__", as_sequence.sq_inplace_concat, nullptr, wrap_concat, "__iadd__($self, value, /)\n--\n\nImplement self+=value."),
    ROW("__imul__", as_sequence.sq_inplace_repeat, nullptr, wrap_index_argument, "__imul__($self, value, /)\n--\n\nImplement self*=value."),
    {nullptr, 0, nullptr, nullptr, nullptr, 0, nullptr},
};
static_assert(std::size(slot_rows) == kSlotRowCount + 1);

void** slot_address(PyTypeObject* type, int offset) {
  auto at = static_cast<size_t>(offset);
  auto within = [at](void* table, size_t from) {
    return table ? reinterpret_cast<void**>(static_cast<char*>(table) + (at - from)) : nullptr;
  };
  static_assert(offsetof(PyHeapTypeObject, as_async) < offsetof(PyHeapTypeObject, as_number) &&
                offsetof(PyHeapTypeObject, as_number) < offsetof(PyHeapTypeObject, as_mapping) &&
                offsetof(PyHeapTypeObject, as_mapping) < offsetof(PyHeapTypeObject, as_sequence));
  if (at < offsetof(PyHeapTypeObject, as_async)) return within(type, 0);
  if (at < offsetof(PyHeapTypeObject, as_number)) return within(type->tp_as_async, offsetof(PyHeapTypeObject, as_async));
  if (at < offsetof(PyHeapTypeObject, as_mapping)) return within(type->tp_as_number, offsetof(PyHeapTypeObject, as_number));
  if (at < offsetof(PyHeapTypeObject, as_sequence)) return within(type->tp_as_mapping, offsetof(PyHeapTypeObject, as_mapping));
  return within(type->tp_as_sequence, offsetof(PyHeapTypeObject, as_sequence));
}

}  // namespace taipan
