#pragma once
// Built-in functions that read and write, for the table in builtins_code.cpp.
#include "modules/builtins.h"

namespace taipan::builtins {

inline constexpr char print_doc[] =
    "print($module, /, *args, sep=' ', end='\\n', file=None, flush=False)\n--\n\n"
    "Writes the values as text to a stream (default: sys.stdout), sep between them and end behind the last.\n"
    "With flush the stream is flushed at once.";
Ref<> print(PyObject*, VarArgs values, PyObject* sep, PyObject* end, PyObject* file, bool flush);

inline constexpr char input_doc[] =
    "input($module, prompt='', /)\n--\n\n"
    "Reads a line from standard input, without its newline, after writing the prompt to standard output.\n"
    "At the end of the input EOFError is raised.";
Ref<> input(PyObject*, PyObject* prompt);

}  // namespace taipan::builtins
