#pragma once
// The parts of module _json: reading (scanner.cpp) and writing (encoder.cpp) for module json.
#include "object/bind.h"

namespace taipan::json {

extern PyTypeObject scanner_type, encoder_type;

/// json.decoder.JSONDecodeError(message, text, position).
Raised raise_decode_error(const char* message, PyObject* text, Py_ssize_t at);
/// The string literal whose first character is at `end`; `*next` is behind its closing quote.
Ref<> scan_string(PyObject* text, Py_ssize_t end, bool strict, Py_ssize_t* next);

extern PyMethodDef functions[];

}  // namespace taipan::json
