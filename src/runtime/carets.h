#pragma once
// Which characters of a source line a traceback underlines.
#include <optional>

#include "bytecode/location.h"
#include "object/object.h"

namespace taipan {

/// Columns in characters of the line, from 0; ends exclusive. Inside the anchor stands '^', around it '~'.
struct Carets {
  Py_ssize_t start, end;
  bool has_anchor = false;
  Py_ssize_t anchor_start = 0, anchor_end = 0;
};
/// None: nothing is underlined (no columns known, or it would be the whole line). `blank`: leading blanks of the line.
std::optional<Carets> find_carets(PyObject* line, Py_ssize_t blank, const Location& place);

}  // namespace taipan
