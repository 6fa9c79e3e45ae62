#pragma once
// builtin_function_or_method: a row of a method table with its receiver (call.h has new_builtin).
#include "object/object.h"

namespace taipan {

/// The vectorcall entry for a row's flags; null (and SystemError) if the flags make no sense.
vectorcallfunc builtin_vectorcall(int flags, const char* name);

}  // namespace taipan
