#pragma once
// Arguments as the functions of the PyArg family get them.
#include "object/dict.h"
#include "object/error.h"
#include "object/protocol.h"
#include "object/tuple.h"

namespace taipan {

using Fast = PyObject* const*;

/// Arguments by position and by keyword: tuple-and-dict or vectorcall form.
struct Given {
  Fast args;
  Py_ssize_t nargs;
  PyObject* dict;     // keywords as a dict, or
  PyObject* kwnames;  // as names, the values behind args

  Py_ssize_t named() const { return dict ? dict_size(dict) : kwnames ? tuple_size(kwnames) : 0; }
  Result<PyObject*> find(PyObject* name) const {
    if (dict) return dict_find(dict, name);
    for (Py_ssize_t i = 0; kwnames && i < tuple_size(kwnames); i++) {
      if (TRY(equal(item(kwnames, i), name))) return args[nargs + i];
    }
    return nullptr;
  }
  /// The first keyword that is none of `names` (from the first named one on); null: all are known.
  template <class Known> Result<PyObject*> unknown(Known known) const {
    if (dict) {
      Py_ssize_t position = 0;
      PyObject *key, *value;
      while (dict_next(dict, &position, &key, &value)) {
        if (!PyUnicode_Check(key)) return raise(PyExc_TypeError, "keywords must be strings");
        if (!TRY(known(key))) return key;
      }
      return nullptr;
    }
    for (Py_ssize_t i = 0; kwnames && i < tuple_size(kwnames); i++)
      if (!TRY(known(item(kwnames, i)))) return item(kwnames, i);
    return nullptr;
  }
};

}  // namespace taipan
