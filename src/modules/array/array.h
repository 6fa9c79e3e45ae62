#pragma once
// array.array: numbers of one C type in a row. The layout is what extension modules compiled against Cython's
// cpython.array know.
#include "modules/module.h"
#include "object/object.h"

namespace taipan::arrays {

/// One type code: how its items are read and written.
struct Descriptor {
  char typecode;
  int itemsize;
  Ref<> (*get)(const char* item);
  Status (*set)(char* item, PyObject* value);
  const char* buffer_format;
  bool is_integer, is_signed;
};

struct Array {
  PyObject_VAR_HEAD
  char* items;
  Py_ssize_t allocated;
  const Descriptor* descriptor;
  PyObject* weaklist;
  Py_ssize_t exports;  // buffers that are held: the items must not move

  Py_ssize_t size() const { return ob_base.ob_size; }
  Py_ssize_t itemsize() const { return descriptor->itemsize; }
  char* at(Py_ssize_t i) { return items + i * descriptor->itemsize; }
  Ref<> get(Py_ssize_t i) { return descriptor->get(at(i)); }
};

extern PyTypeObject array_type, iterator_type;
extern PyMethodDef array_methods[];
extern PySequenceMethods array_as_sequence;
extern PyMappingMethods array_as_mapping;
extern PyMethodDef reconstructor_row;
extern const char kTypecodes[];

inline Array& as(PyObject* o) { return *reinterpret_cast<Array*>(o); }
inline bool is_array(PyObject* o) { return is_instance_of(o, &array_type); }

const Descriptor* find_descriptor(Py_UCS4 typecode);
/// An array of n items that are not set.
Ref<Array> new_array(PyTypeObject* type, Py_ssize_t n, const Descriptor* descriptor);
Status resize(Array& self, Py_ssize_t n);
Status append(Array& self, PyObject* value);
Status insert(Array& self, Py_ssize_t index, PyObject* value);
/// Takes items [low, high) out, closing the gap.
Status remove_range(Array& self, Py_ssize_t low, Py_ssize_t high);
Status extend(Array& self, PyObject* iterable_or_array);
Status append_bytes(Array& self, PyObject* buffer);   ///< frombytes()
Status append_text(Array& self, PyObject* str);       ///< fromunicode() of a 'u' array

}  // namespace taipan::arrays
