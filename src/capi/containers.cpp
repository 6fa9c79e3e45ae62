// setobject.h, dictobject.h, listobject.h, sliceobject.h, iterobject.h, weakrefobject.h, complexobject.h: containers and small objects.
#include "capi/export.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/int.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/tuple.h"
#include "object/weakref.h"
#include "types/iterators.h"
#include "types/set.h"
#include "types/slice.h"

using namespace taipan;

CAPI PyObject* PySet_New(PyObject* iterable) { return new_set(iterable).release(); }
CAPI PyObject* PyFrozenSet_New(PyObject* iterable) { return new_frozenset(iterable).release(); }
CAPI int PySet_Add(PyObject* set, PyObject* key) { return check(PyAnySet_Check(set)) ? set_add(set, key).to_c() : -1; }
CAPI int PySet_Contains(PyObject* set, PyObject* key) { return check(PyAnySet_Check(set)) ? to_c(set_contains(set, key)) : -1; }
CAPI int PySet_Discard(PyObject* set, PyObject* key) { return check(PySet_Check(set)) ? to_c(set_discard(set, key)) : -1; }
CAPI PyObject* PySet_Pop(PyObject* set) { return check(PySet_Check(set)) ? set_pop(set).release() : nullptr; }
CAPI int PySet_Clear(PyObject* set) {
  if (!check(PySet_Check(set))) return -1;
  set_clear(set);
  return 0;
}
CAPI Py_ssize_t PySet_Size(PyObject* set) { return check(PyAnySet_Check(set)) ? set_size(set) : -1; }
CAPI int _PySet_Update(PyObject* set, PyObject* iterable) { return check(PySet_Check(set)) ? set_update(set, iterable).to_c() : -1; }

CAPI PyObject* PyDict_New() { return lower(new_dict()); }
CAPI PyObject* PyDict_Copy(PyObject* d) { return check(PyDict_Check(d)) ? lower(dict_copy(d)) : nullptr; }
CAPI Py_ssize_t PyDict_Size(PyObject* d) { return check(PyDict_Check(d)) ? dict_size(d) : -1; }
CAPI int PyDict_SetItem(PyObject* d, PyObject* key, PyObject* value) { return check(PyDict_Check(d)) ? dict_set(d, key, value).to_c() : -1; }
CAPI PyObject* PyDict_GetItemWithError(PyObject* d, PyObject* key) {
  if (!check(PyDict_Check(d))) return nullptr;
  auto found = dict_find(d, key);
  return found ? *found : nullptr;
}
CAPI PyObject* PyDict_GetItem(PyObject* d, PyObject* key) {
  if (!PyDict_Check(d)) return nullptr;
  PendingError pending = PendingError::take();  // errors of the look-up are dropped, an older one is kept
  auto found = dict_find(d, key);
  if (!found) clear_error();
  if (pending.type) std::move(pending).restore();
  return found ? *found : nullptr;
}
CAPI int PyDict_DelItem(PyObject* d, PyObject* key) {
  if (!check(PyDict_Check(d))) return -1;
  auto removed = dict_remove(d, key);
  if (!removed) return -1;
  if (!*removed) raise_key_error(key);
  return *removed ? 0 : -1;
}
CAPI int PyDict_Contains(PyObject* d, PyObject* key) { return to_c(dict_contains(d, key)); }
CAPI int PyDict_Next(PyObject* d, Py_ssize_t* position, PyObject** key, PyObject** value) {
  PyObject *k, *v;
  if (!PyDict_Check(d) || !dict_next(d, position, &k, &v)) return 0;
  if (key) *key = k;
  if (value) *value = v;
  return 1;
}

CAPI PyObject* PyList_New(Py_ssize_t n) { return check(n >= 0) ? lower(new_list(n)) : nullptr; }
CAPI int PyList_Append(PyObject* list, PyObject* o) { return check(PyList_Check(list) && o) ? list_append(list, o).to_c() : -1; }
CAPI int PyList_Sort(PyObject* list) {
  if (!check(PyList_Check(list))) return -1;
  return call_method(list, "sort"_name) ? 0 : -1;
}
CAPI PyObject* PyTuple_New(Py_ssize_t n) { return check(n >= 0) ? lower(new_tuple(n)) : nullptr; }

CAPI PyObject* PySlice_New(PyObject* start, PyObject* stop, PyObject* step) { return new_slice(start, stop, step).release(); }
CAPI PyObject* PyCallIter_New(PyObject* callable, PyObject* sentinel) { return new_callable_iterator(callable, sentinel).release(); }
CAPI PyObject* PySeqIter_New(PyObject* sequence) { return check(is_sequence(sequence)) ? new_sequence_iterator(sequence).release() : nullptr; }

CAPI PyObject* PyWeakref_NewRef(PyObject* o, PyObject* callback) { return new_weakref(o, callback).release(); }
CAPI PyObject* PyWeakref_NewProxy(PyObject* o, PyObject* callback) { return new_weak_proxy(o, callback).release(); }
CAPI void PyObject_ClearWeakRefs(PyObject* o) { clear_weakrefs(o); }

CAPI PyObject* PyComplex_FromDoubles(double real, double imag) {
  PyObject* args[] = {new_float(real).release(), new_float(imag).release()};
  Ref<> made = args[0] && args[1] ? vectorcall(object(&PyComplex_Type), args, 2) : Ref<>();
  Py_XDECREF(args[0]);
  Py_XDECREF(args[1]);
  return made.release();
}
