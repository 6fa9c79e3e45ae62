// Subscripts, displays, comprehension steps, unpacking, f-strings.
#include "object/dict.h"
#include "object/error.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/tuple.h"
#include "types/set.h"
#include "types/slice.h"
#include "vm/interpreter.h"
#include "vm/semantics.h"

namespace taipan {

// -- subscripts --

HANDLER(BINARY_SUBSCR) {
  save(f, ip);
  PyObject* key = sp[-1];
  PyObject* container = sp[-2];
  PyObject* result = get_item(container, key).release();
  drop(container);
  drop(key);
  if (!result) [[unlikely]] RAISED(sp - 2);
  sp[-2] = result;
  NEXT(ip + cache_units(Opcode::BINARY_SUBSCR), sp - 1);
}
HANDLER(STORE_SUBSCR) {
  save(f, ip);
  PyObject* key = sp[-1];
  PyObject* container = sp[-2];
  PyObject* value = sp[-3];
  bool ok(set_item(container, key, value));
  drop(value);
  drop(container);
  drop(key);
  if (!ok) [[unlikely]] RAISED(sp - 3);
  NEXT(ip + cache_units(Opcode::STORE_SUBSCR), sp - 3);
}
HANDLER(DELETE_SUBSCR) {
  save(f, ip);
  PyObject* key = sp[-1];
  PyObject* container = sp[-2];
  bool ok(del_item(container, key));
  drop(container);
  drop(key);
  if (!ok) [[unlikely]] RAISED(sp - 2);
  NEXT(ip, sp - 2);
}

/// Drops the `n` topmost stack items; their count includes none that are null.
inline void drop_items(PyObject** top, Py_ssize_t n) {
  for (Py_ssize_t i = n; i > 0; i--) drop(top[-i]);
}

HANDLER(BUILD_SLICE) {
  save(f, ip);
  PyObject* step = oparg == 3 ? sp[-1] : nullptr;
  PyObject** first = sp - oparg;
  PyObject* slice = new_slice(first[0], first[1], step).release();
  drop_items(sp, oparg);
  if (!slice) [[unlikely]] RAISED(first);
  *first = slice;
  NEXT(ip, first + 1);
}

// -- displays --

HANDLER(BUILD_TUPLE) {
  save(f, ip);
  PyObject** first = sp - oparg;
  PyObject* tuple = build_tuple_stealing(first, oparg).release();
  if (!tuple) [[unlikely]] RAISED(first);
  *first = tuple;
  NEXT(ip, first + 1);
}
HANDLER(BUILD_LIST) {
  save(f, ip);
  PyObject** first = sp - oparg;
  PyObject* list = build_list_stealing(first, oparg).release();
  if (!list) [[unlikely]] RAISED(first);
  *first = list;
  NEXT(ip, first + 1);
}
HANDLER(BUILD_SET) {
  save(f, ip);
  PyObject** first = sp - oparg;
  PyObject* set = build_set(first, oparg).release();
  drop_items(sp, oparg);
  if (!set) [[unlikely]] RAISED(first);
  *first = set;
  NEXT(ip, first + 1);
}
HANDLER(BUILD_MAP) {
  save(f, ip);
  PyObject** first = sp - 2 * static_cast<Py_ssize_t>(oparg);
  PyObject* map = build_map(first, oparg).release();
  drop_items(sp, 2 * static_cast<Py_ssize_t>(oparg));
  if (!map) [[unlikely]] RAISED(first);
  *first = map;
  NEXT(ip, first + 1);
}
HANDLER(BUILD_CONST_KEY_MAP) {
  save(f, ip);
  PyObject** first = sp - (oparg + 1);
  PyObject* map = build_const_key_map(sp[-1], first, oparg).release();
  drop_items(sp, oparg + 1);
  if (!map) [[unlikely]] RAISED(first);
  *first = map;
  NEXT(ip, first + 1);
}
HANDLER(BUILD_STRING) {
  save(f, ip);
  PyObject** first = sp - oparg;
  PyObject* text = build_string(first, oparg).release();
  drop_items(sp, oparg);
  if (!text) [[unlikely]] RAISED(first);
  *first = text;
  NEXT(ip, first + 1);
}
/// A trace function's jump (`f_lineno = …`) may have brought another object to where a display is under construction.
[[gnu::cold, gnu::noinline]] static void raise_no_collection(PyObject* o) {
  raise(PyExc_SystemError, "a display under construction was replaced by '{}'", clip(type_name(o), 200));
}
#define UNDER_CONSTRUCTION(o, type)                 \
  if (Py_TYPE(o) != &type) [[unlikely]] {           \
    save(f, ip);                                    \
    raise_no_collection(object(o));                 \
    RAISED(sp);                                     \
  }

HANDLER(LIST_TO_TUPLE) {
  save(f, ip);
  PyObject* list = sp[-1];
  UNDER_CONSTRUCTION(list, PyList_Type);
  PyObject* tuple = tuple_of(reinterpret_cast<PyListObject*>(list)->ob_item, Py_SIZE(list)).release();
  drop(list);
  if (!tuple) [[unlikely]] RAISED(sp - 1);
  sp[-1] = tuple;
  NEXT(ip, sp);
}

// -- steps of comprehensions and of displays with stars --

HANDLER(LIST_APPEND) {
  PyObject* value = sp[-1];
  auto* list = reinterpret_cast<PyListObject*>(sp[-1 - static_cast<int>(oparg)]);
  UNDER_CONSTRUCTION(list, PyList_Type);
  Py_ssize_t n = Py_SIZE(list);
  if (n < list->allocated) [[likely]] {
    list->ob_item[n] = value;
    Py_SET_SIZE(list, n + 1);
    NEXT(ip, sp - 1);
  }
  save(f, ip);
  bool ok(list_append(object(list), value));
  drop(value);
  if (!ok) [[unlikely]] RAISED(sp - 1);
  NEXT(ip, sp - 1);
}
HANDLER(SET_ADD) {
  save(f, ip);
  PyObject* set = sp[-1 - static_cast<int>(oparg)];
  UNDER_CONSTRUCTION(set, PySet_Type);
  PyObject* value = sp[-1];
  bool ok(set_add(sp[-1 - static_cast<int>(oparg)], value));
  drop(value);
  if (!ok) [[unlikely]] RAISED(sp - 1);
  NEXT(ip, sp - 1);
}
HANDLER(MAP_ADD) {
  save(f, ip);
  PyObject* dict = sp[-2 - static_cast<int>(oparg)];
  UNDER_CONSTRUCTION(dict, PyDict_Type);
  PyObject* value = sp[-1];
  PyObject* key = sp[-2];
  bool ok(dict_set(sp[-2 - static_cast<int>(oparg)], key, value));
  drop(value);
  drop(key);
  if (!ok) [[unlikely]] RAISED(sp - 2);
  NEXT(ip, sp - 2);
}
HANDLER(LIST_EXTEND) {
  save(f, ip);
  PyObject* list = sp[-1 - static_cast<int>(oparg)];
  UNDER_CONSTRUCTION(list, PyList_Type);
  PyObject* iterable = sp[-1];
  bool ok(list_extend_from(sp[-1 - static_cast<int>(oparg)], iterable));
  drop(iterable);
  if (!ok) [[unlikely]] RAISED(sp - 1);
  NEXT(ip, sp - 1);
}
HANDLER(SET_UPDATE) {
  save(f, ip);
  PyObject* set = sp[-1 - static_cast<int>(oparg)];
  UNDER_CONSTRUCTION(set, PySet_Type);
  PyObject* iterable = sp[-1];
  bool ok(set_update(sp[-1 - static_cast<int>(oparg)], iterable));
  drop(iterable);
  if (!ok) [[unlikely]] RAISED(sp - 1);
  NEXT(ip, sp - 1);
}
HANDLER(DICT_UPDATE) {
  save(f, ip);
  PyObject* dict = sp[-1 - static_cast<int>(oparg)];
  UNDER_CONSTRUCTION(dict, PyDict_Type);
  PyObject* mapping = sp[-1];
  bool ok(dict_update_from(sp[-1 - static_cast<int>(oparg)], mapping));
  drop(mapping);
  if (!ok) [[unlikely]] RAISED(sp - 1);
  NEXT(ip, sp - 1);
}
HANDLER(DICT_MERGE) {
  save(f, ip);
  PyObject* mapping = sp[-1];
  // The callable lies below the positional arguments; errors name it.
  PyObject** dict = sp - 1 - static_cast<int>(oparg);
  UNDER_CONSTRUCTION(*dict, PyDict_Type);
  bool ok(dict_merge_from(dict[-2], *dict, mapping));
  drop(mapping);
  if (!ok) [[unlikely]] RAISED(sp - 1);
  NEXT(ip, sp - 1);
}

#undef UNDER_CONSTRUCTION

// -- unpacking --

HANDLER(UNPACK_SEQUENCE) {
  save(f, ip);
  PyObject* o = sp[-1];
  PyObject** top = sp - 1 + oparg;
  if (PyTuple_CheckExact(o) && Py_SIZE(o) == static_cast<Py_ssize_t>(oparg)) {
    for (Py_ssize_t i = 0; i < static_cast<Py_ssize_t>(oparg); i++)
      top[-1 - i] = Py_NewRef(reinterpret_cast<PyTupleObject*>(o)->ob_item[i]);
  } else if (PyList_CheckExact(o) && Py_SIZE(o) == static_cast<Py_ssize_t>(oparg)) {
    for (Py_ssize_t i = 0; i < static_cast<Py_ssize_t>(oparg); i++)
      top[-1 - i] = Py_NewRef(reinterpret_cast<PyListObject*>(o)->ob_item[i]);
  } else {
    bool ok = unpack_iterable(o, oparg, -1, top);
    if (!ok) [[unlikely]] {
      drop(o);
      RAISED(sp - 1);
    }
  }
  drop(o);
  NEXT(ip + cache_units(Opcode::UNPACK_SEQUENCE), top);
}
HANDLER(UNPACK_EX) {
  save(f, ip);
  PyObject* o = sp[-1];
  Py_ssize_t before = oparg & 0xff, after = oparg >> 8;
  PyObject** top = sp + before + after;
  bool ok = unpack_iterable(o, before, after, top);
  drop(o);
  if (!ok) [[unlikely]] RAISED(sp - 1);
  NEXT(ip, top);
}

HANDLER(FORMAT_VALUE) {
  save(f, ip);
  PyObject* spec = (oparg & 4) ? *--sp : nullptr;
  PyObject* value = sp[-1];
  PyObject* text = format_value(value, spec, oparg & 3).release();
  drop(value);
  Py_XDECREF(spec);
  if (!text) [[unlikely]] RAISED(sp - 1);
  sp[-1] = text;
  NEXT(ip, sp);
}

[[gnu::noinline]] static PyObject* length_object(PyObject* o) {
  auto n = length(o);
  return n ? lower(new_int(*n)) : nullptr;
}
HANDLER(GET_LEN) {
  save(f, ip);
  PyObject* n = length_object(sp[-1]);
  if (!n) [[unlikely]] RAISED(sp);
  *sp = n;
  NEXT(ip, sp + 1);
}

}  // namespace taipan
