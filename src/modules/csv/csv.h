#pragma once
// The parts of module _csv: dialects, reading, writing.
#include "object/bind.h"

namespace taipan::csv {

enum Quoting { kMinimal = 0, kAll = 1, kNonNumeric = 2, kNone = 3 };
/// No character: of an option that is None.
inline constexpr Py_UCS4 kUnset = static_cast<Py_UCS4>(-1);

struct Dialect {
  PyObject_HEAD
  char double_quote, skip_initial_space, strict;
  int quoting;
  Py_UCS4 delimiter, quote, escape;
  PyObject* line_end;
};
extern PyTypeObject dialect_type, reader_type, writer_type;
extern PyObject* error;       // _csv.Error
extern PyObject* dialects;    // the registry: name -> Dialect
extern int64_t field_limit;

/// Dialect(dialect, **options); null: not given.
Ref<Dialect> make_dialect(PyObject* base, PyObject* const* option_values, PyObject* option_names);
Ref<> registered(PyObject* name);
Ref<> new_reader(PyObject* module, Arguments a);
Ref<> new_writer(PyObject* module, Arguments a);

}  // namespace taipan::csv
