#pragma once
// The object protocol: what Python's operators, attribute access and iteration mean for any object.
// All of these may run arbitrary Python code. Names are Python's; results as in ref.h.
#include "object/object.h"

namespace taipan {

// -- attributes --
Ref<> get_attr(PyObject* o, PyObject* name);
/// An absent attribute is an empty Ref inside a good Result; other errors propagate.
Result<Ref<>> find_attr(PyObject* o, PyObject* name);
Result<bool> has_attr(PyObject* o, PyObject* name);
Status set_attr(PyObject* o, PyObject* name, PyObject* value);  ///< null value: delete
inline Status del_attr(PyObject* o, PyObject* name) { return set_attr(o, name, nullptr); }
/// object.__getattribute__ and object.__setattr__.
Ref<> generic_get_attr(PyObject* o, PyObject* name);
Status generic_set_attr(PyObject* o, PyObject* name, PyObject* value);
/// generic_get_attr and generic_set_attr as slots: what `object` itself has in tp_getattro and tp_setattro.
// One address each, that extension modules see too: caches compare it.
inline constexpr getattrofunc generic_get_attr_slot = PyObject_GenericGetAttr;
inline constexpr setattrofunc generic_set_attr_slot = PyObject_GenericSetAttr;
/// A special method looked up on the type, bound to `o`: `type(o).name.__get__(o, type(o))`. Absent: empty, no exception.
Result<Ref<>> lookup_special(PyObject* o, PyObject* name);
/// What LOAD_METHOD wants: a function to be called with `o` as first argument (unbound = true) or any bound value.
struct MethodLookup { Ref<> callable; bool unbound = false; };
Result<MethodLookup> get_method(PyObject* o, PyObject* name);
/// `del x.__dict__` and friends: where the instance dict lies; null if it has none.
PyObject** dict_slot(PyObject* o);
Ref<> get_instance_dict(PyObject* o);  ///< o.__dict__, made on demand
/// The getter and setter of a `__dict__` row in a type's tp_getset.
Ref<> get_dict_attribute(PyObject* o, void*);
Status set_dict_attribute(PyObject* o, PyObject* value, void*);

// -- basics --
Ref<> repr(PyObject* o);
Ref<> to_str(PyObject* o);             ///< str(o)
Ref<> to_ascii(PyObject* o);
Ref<> format(PyObject* o, PyObject* spec);  ///< spec: str or null
Result<bool> is_true(PyObject* o);
Result<Py_hash_t> hash(PyObject* o);
Ref<> compare(PyObject* a, PyObject* b, int op);         ///< op: Py_LT …
Result<bool> compare_bool(PyObject* a, PyObject* b, int op);  ///< with the identity short-cut for == and !=
Result<bool> equal(PyObject* a, PyObject* b);            ///< compare_bool(a, b, Py_EQ)
Result<bool> is_instance(PyObject* o, PyObject* class_or_tuple);
Result<bool> is_subclass(PyObject* type, PyObject* class_or_tuple);
/// What type.__instancecheck__ and type.__subclasscheck__ do.
Result<bool> type_instance_check(PyObject* cls, PyObject* o);
Result<bool> type_subclass_check(PyObject* cls, PyObject* derived);
Ref<> dir(PyObject* o);                                   ///< o may be null: names in the current scope
bool is_callable(PyObject* o);
/// staticmethod(callable), for METH_STATIC rows.
Ref<> new_static_method(PyObject* callable);
Ref<> new_class_method(PyObject* callable);

// -- numbers --
enum class BinaryOp : uint8_t {  // the order is BINARY_OP's operand: NB_ADD …, then the in-place forms
  Add, And, FloorDiv, LShift, MatMult, Mult, Mod, Or, Pow, RShift, Sub, Div, Xor,
  InPlaceAdd, InPlaceAnd, InPlaceFloorDiv, InPlaceLShift, InPlaceMatMult, InPlaceMult, InPlaceMod,
  InPlaceOr, InPlacePow, InPlaceRShift, InPlaceSub, InPlaceDiv, InPlaceXor,
};
Ref<> binary(BinaryOp op, PyObject* a, PyObject* b);
/// What remains of a binary operator when the left operand's own method has said NotImplemented.
Ref<> binary_after_left(BinaryOp op, PyObject* a, PyObject* b);
Ref<> compare_after_left(PyObject* a, PyObject* b, int op);  ///< the same for a comparison
Ref<> power(PyObject* a, PyObject* b, PyObject* modulus);  ///< modulus may be None
Ref<> divmod(PyObject* a, PyObject* b);
Ref<> negative(PyObject* o);
Ref<> positive(PyObject* o);
Ref<> invert(PyObject* o);
Ref<> absolute(PyObject* o);
Ref<> to_int(PyObject* o);             ///< int(o)
Ref<> to_float(PyObject* o);           ///< float(o)
Ref<> index(PyObject* o);              ///< operator.index(o): an int
/// An index as Py_ssize_t; too large: `overflow` raised, or clamped if overflow is null.
Result<Py_ssize_t> to_ssize(PyObject* o, PyObject* overflow = nullptr);
inline bool is_index(PyObject* o) { return Py_TYPE(o)->tp_as_number && Py_TYPE(o)->tp_as_number->nb_index; }

// -- containers --
Result<Py_ssize_t> length(PyObject* o);
Result<Py_ssize_t> length_hint(PyObject* o, Py_ssize_t otherwise);
Ref<> get_item(PyObject* o, PyObject* key);
Status set_item(PyObject* o, PyObject* key, PyObject* value);
Status del_item(PyObject* o, PyObject* key);
Result<bool> contains(PyObject* container, PyObject* item);
bool is_sequence(PyObject* o);
bool is_mapping(PyObject* o);
Ref<> sequence_item(PyObject* o, Py_ssize_t i);
Ref<> sequence_concat(PyObject* a, PyObject* b);
Ref<> sequence_repeat(PyObject* o, Py_ssize_t n);
Ref<List> to_list(PyObject* iterable);
Ref<Tuple> to_tuple(PyObject* iterable);
/// A list or tuple as it is, anything else as a new list; not iterable: TypeError with `message`.
Ref<> to_fast_sequence(PyObject* o, const char* message);
/// keys(), values(), items() of a mapping as a list.
Ref<> mapping_keys(PyObject* o);
Ref<> mapping_values(PyObject* o);
Ref<> mapping_items(PyObject* o);

// -- iteration --
Ref<> iterate(PyObject* o);            ///< iter(o)
/// The next item; exhausted: empty Ref in a good Result (StopIteration is swallowed).
Result<Ref<>> next(PyObject* iterator);
bool is_iterator(PyObject* o);
PyObject* next_not_implemented(PyObject* o);  ///< tp_iternext of a class whose __next__ was taken away
/// mappingproxy(mapping), and `a | b` of types (NotImplemented if they are none).
Ref<> new_mapping_proxy(PyObject* mapping);
Ref<> new_union(PyObject* a, PyObject* b);
/// types.GenericAlias(origin, args): `list[int]`.
Ref<> new_generic_alias(PyObject* origin, PyObject* args);
/// iter() over __getitem__ with 0, 1, 2 …
Ref<> new_sequence_iterator(PyObject* sequence);
/// `item in iterable` by comparing one by one; identity counts as equality.
Result<bool> contains_by_iteration(PyObject* iterable, PyObject* item);
/// Calls `visit(PyObject* item) -> Status` for every item of an iterable.
template <class F>
Status for_each(PyObject* iterable, F&& visit) {
  Ref<> iterator = TRY(iterate(iterable));
  for (;;) {
    Ref<> item = TRY(next(iterator.get()));
    if (!item) return {};
    TRY(visit(item.get()));
  }
}

}  // namespace taipan
