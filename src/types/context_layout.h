#pragma once
// Layouts shared by context.cpp and context_var.cpp.
#include "object/object.h"

struct _pycontextobject {
  PyObject_HEAD
  _pycontextobject* outer;  // the context in force when this one was entered
  PyObject* values;         // a dict from variable to value; shared by copies until one of them changes it
  PyObject* weakreflist;
  bool entered;
};
struct _pycontextvarobject {
  PyObject_HEAD
  PyObject* name;
  PyObject* fallback;       // null: none
  Py_hash_t hash;
  // The value found last, good as long as thread and context version are the same. Borrowed.
  PyObject* cached;
  uint64_t cached_thread, cached_version;
};
struct _pycontexttokenobject {
  PyObject_HEAD
  PyContext* context;
  PyContextVar* var;
  PyObject* old_value;      // null: it had none
  bool used;
};

namespace taipan {
/// The thread's context, made if there is none. Borrowed.
Result<PyContext*> current_context();
/// The values as a dict that only this context has.
Result<PyObject*> own_values(PyContext* context);
extern PyTypeObject token_missing_type;
}  // namespace taipan
