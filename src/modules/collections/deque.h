#pragma once
// deque's storage: a ring of slots, so that both ends grow and any item is reached in one step.
#include "modules/collections/collections.h"
#include "object/error.h"

namespace taipan::collections {

struct Deque {
  PyObject_VAR_HEAD      // ob_size: the length
  PyObject** slots;
  Py_ssize_t capacity;   // a power of two, or 0
  Py_ssize_t first;      // the slot of item 0
  Py_ssize_t maxlen;     // -1: none
  size_t changes;        // counts every change of the structure: iterators notice
  PyObject* weaklist;

  Py_ssize_t size() const { return ob_base.ob_size; }
  PyObject*& at(Py_ssize_t i) { return slots[(first + i) & (capacity - 1)]; }
  bool full() const { return maxlen >= 0 && size() >= maxlen; }

  Status reserve_one();                ///< room for one more
  Status push_back(PyObject* o);       ///< drops item 0 if it is full
  Status push_front(PyObject* o);      ///< drops the last item if it is full
  Ref<> take_back();                   ///< not empty
  Ref<> take_front();
  void rotate(Py_ssize_t n);
  void clear();
};

inline Deque& deque_of(PyObject* o) { return *reinterpret_cast<Deque*>(o); }
inline bool is_deque(PyObject* o) { return is_instance_of(o, &deque_type); }
Raised raise_mutated();
Status extend(Deque& self, PyObject* iterable);

extern PyMethodDef deque_methods[];
extern PySequenceMethods deque_as_sequence;
Ref<> deque_iterator(Deque& self);
Ref<> deque_repr(PyObject* o);
Ref<> deque_compare(PyObject* a, PyObject* b, int op);

}  // namespace taipan::collections
