// Subscripts and unpacking of exact lists, tuples and dicts.
#include "object/dict.h"
#include "object/error.h"
#include "object/int.h"
#include "object/type.h"
#include "object/str.h"
#include "vm/function.h"
#include "vm/numbers_inline.h"
#include "vm/semantics.h"
#include "vm/specialize.h"

namespace taipan {

ADAPTIVE(BINARY_SUBSCR, specialize_subscript(at, sp[-2], sp[-1]); fuse_with_loads(f->code, at))

/// A non-negative index of one digit; negative: something else.
inline Py_ssize_t small_index(PyObject* key) {
  return static_cast<size_t>(Py_SIZE(key)) <= 1 ? single_digit_value(key) : -1;
}

HANDLER(BINARY_SUBSCR_LIST_INT) {
  PyObject* key = sp[-1];
  PyObject* list = sp[-2];
  GUARD(BINARY_SUBSCR, PyLong_CheckExact(key) && PyList_CheckExact(list));
  Py_ssize_t i = small_index(key);
  GUARD(BINARY_SUBSCR, i >= 0 && i < Py_SIZE(list));
  PyObject* item = Py_NewRef(reinterpret_cast<PyListObject*>(list)->ob_item[i]);
  drop_int(key);
  sp[-2] = item;
  drop_at(f, ip, object(list));
  NEXT(ip + cache_units(Opcode::BINARY_SUBSCR), sp - 1);
}
HANDLER(BINARY_SUBSCR_TUPLE_INT) {
  PyObject* key = sp[-1];
  PyObject* tuple = sp[-2];
  GUARD(BINARY_SUBSCR, PyLong_CheckExact(key) && PyTuple_CheckExact(tuple));
  Py_ssize_t i = small_index(key);
  GUARD(BINARY_SUBSCR, i >= 0 && i < Py_SIZE(tuple));
  PyObject* item = Py_NewRef(reinterpret_cast<PyTupleObject*>(tuple)->ob_item[i]);
  drop_int(key);
  sp[-2] = item;
  drop_at(f, ip, tuple);
  NEXT(ip + cache_units(Opcode::BINARY_SUBSCR), sp - 1);
}
HANDLER(BINARY_SUBSCR_STR_INT) {
  PyObject* key = sp[-1];
  PyObject* text = sp[-2];
  GUARD(BINARY_SUBSCR, PyLong_CheckExact(key) && PyUnicode_CheckExact(text));
  Py_ssize_t i = small_index(key);
  GUARD(BINARY_SUBSCR, i >= 0 && i < str_length(text));
  PyObject* item = char_str(char_at(text, i)).release();
  if (!item) [[unlikely]] {
    save(f, ip);
    RAISED(sp);
  }
  drop_int(key);
  sp[-2] = item;
  drop(text);
  NEXT(ip + cache_units(Opcode::BINARY_SUBSCR), sp - 1);
}
[[gnu::noinline]] static PyObject* dict_item(PyObject* dict, PyObject* key) {
  auto found = dict_find(dict, key);
  if (!found) return nullptr;
  if (*found) return Py_NewRef(*found);
  return raise_key_error(key);
}
HANDLER(BINARY_SUBSCR_DICT) {
  PyObject* key = sp[-1];
  PyObject* dict = sp[-2];
  GUARD(BINARY_SUBSCR, PyDict_CheckExact(dict));
  save(f, ip);
  PyObject* item = dict_item(dict, key);
  drop(dict);
  drop(key);
  if (!item) [[unlikely]] RAISED(sp - 2);
  sp[-2] = item;
  NEXT(ip + cache_units(Opcode::BINARY_SUBSCR), sp - 1);
}
/// A class's __getitem__ written in Python: its frame is entered as a call's.
HANDLER(BINARY_SUBSCR_GETITEM) {
  PyObject* container = sp[-2];
  PyTypeObject* type = Py_TYPE(container);
  GUARD(BINARY_SUBSCR, type->tp_version_tag == read_u32(ip + SubscriptCache::type_version));
  PyObject* method = type_lookup(type, "__getitem__"_name);
  GUARD(BINARY_SUBSCR, method && is_plain_function(method));
  auto* func = reinterpret_cast<PyFunctionObject*>(method);
  auto* code = reinterpret_cast<PyCodeObject*>(func->func_code);
  GUARD(BINARY_SUBSCR, code->co_argcount == 2 && !code->co_kwonlyargcount &&
                           (code->co_flags & (CO_VARARGS | CO_VARKEYWORDS | CO_OPTIMIZED)) == CO_OPTIMIZED);
  save(f, ip);
  Py_INCREF(method);
  Frame* callee = make_frame(ts, func, nullptr, sp - 2, 2, nullptr);
  if (!callee) [[unlikely]] RAISED(sp - 2);
  save_stack(f, sp - 2);
  f->prev_instr = const_cast<CodeUnit*>(ip) + cache_units(Opcode::BINARY_SUBSCR) - 1;
  callee->previous = f;
  ts->cframe->current_frame = callee;
  f = callee;
  BECOME(start_frame);
}

ADAPTIVE(STORE_SUBSCR, specialize_store_subscript(at, sp[-2], sp[-1]); fuse_with_loads(f->code, at))

HANDLER(STORE_SUBSCR_LIST_INT) {
  PyObject* key = sp[-1];
  PyObject* list = sp[-2];
  GUARD(STORE_SUBSCR, PyLong_CheckExact(key) && PyList_CheckExact(list));
  Py_ssize_t i = small_index(key);
  GUARD(STORE_SUBSCR, i >= 0 && i < Py_SIZE(list));
  PyObject** place = &reinterpret_cast<PyListObject*>(list)->ob_item[i];
  PyObject* old = *place;
  *place = sp[-3];
  drop_int(key);
  drop_at(f, ip, old);
  drop_at(f, ip, list);
  NEXT(ip + cache_units(Opcode::STORE_SUBSCR), sp - 3);
}
HANDLER(STORE_SUBSCR_DICT) {
  PyObject* key = sp[-1];
  PyObject* dict = sp[-2];
  PyObject* value = sp[-3];
  GUARD(STORE_SUBSCR, PyDict_CheckExact(dict));
  save(f, ip);
  bool ok(dict_set(dict, key, value));
  drop(value);
  drop(dict);
  drop(key);
  if (!ok) [[unlikely]] RAISED(sp - 3);
  NEXT(ip + cache_units(Opcode::STORE_SUBSCR), sp - 3);
}

ADAPTIVE(UNPACK_SEQUENCE, specialize_unpack(at, sp[-1], oparg))

HANDLER(UNPACK_SEQUENCE_TWO_TUPLE) {
  PyObject* o = sp[-1];
  GUARD(UNPACK_SEQUENCE, PyTuple_CheckExact(o) && Py_SIZE(o) == 2);
  PyObject** items = reinterpret_cast<PyTupleObject*>(o)->ob_item;
  sp[-1] = Py_NewRef(items[1]);
  sp[0] = Py_NewRef(items[0]);
  drop(o);  // its items live on: nothing can look at us
  NEXT(ip + cache_units(Opcode::UNPACK_SEQUENCE), sp + 1);
}
HANDLER(UNPACK_SEQUENCE_TUPLE) {
  PyObject* o = sp[-1];
  Py_ssize_t n = oparg;
  GUARD(UNPACK_SEQUENCE, PyTuple_CheckExact(o) && Py_SIZE(o) == n);
  PyObject** items = reinterpret_cast<PyTupleObject*>(o)->ob_item;
  PyObject** top = sp - 1 + n;
  for (Py_ssize_t i = 0; i < n; i++) top[-1 - i] = Py_NewRef(items[i]);
  drop(o);
  NEXT(ip + cache_units(Opcode::UNPACK_SEQUENCE), top);
}
HANDLER(UNPACK_SEQUENCE_LIST) {
  PyObject* o = sp[-1];
  Py_ssize_t n = oparg;
  GUARD(UNPACK_SEQUENCE, PyList_CheckExact(o) && Py_SIZE(o) == n);
  PyObject** items = reinterpret_cast<PyListObject*>(o)->ob_item;
  PyObject** top = sp - 1 + n;
  for (Py_ssize_t i = 0; i < n; i++) top[-1 - i] = Py_NewRef(items[i]);
  drop(o);
  NEXT(ip + cache_units(Opcode::UNPACK_SEQUENCE), top);
}

}  // namespace taipan
