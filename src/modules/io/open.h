#pragma once
// Opening files, for runtime/ and other modules.
#include "object/object.h"

namespace taipan {

/// io.open(file, mode, …): buffering -1 by default, texts null for None.
Ref<> open_file(PyObject* file, const char* mode, int buffering = -1, const char* encoding = nullptr,
                const char* errors = nullptr, const char* newline = nullptr, bool closefd = true, PyObject* opener = nullptr);

}  // namespace taipan
