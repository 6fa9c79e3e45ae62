#pragma once
// complex's constructor, as the type's slots take it.
#include "object/object.h"

namespace taipan {

inline constexpr char complex_new_doc[] = "complex(real=NULL, imag=NULL)\n--\n\n";
Ref<> complex_new(Type* type, PyObject* real, PyObject* imag);

}  // namespace taipan
