#pragma once
// Lines typed at a terminal, with line editing if an extension module (readline) has hooked itself in.
#include "object/object.h"

namespace taipan {

/// Is there an editor, and are both standard input and output the terminal?
bool can_edit_lines();
/// Shows the prompt and lets the user type a line: a str with its newline, '' at the end of input.
Ref<> edit_line(PyObject* prompt);

}  // namespace taipan
