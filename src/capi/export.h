#pragma once
// Every exported C function stands behind CAPI. No code inside calls one of them by name.
#include "object/error.h"
#include "object/object.h"

#define CAPI extern "C" __attribute__((visibility("default")))

namespace taipan {

/// C's answer to a question: 0, 1, or -1 with an exception pending.
inline int to_c(Result<bool> r) { return r ? *r : -1; }
/// False, with SystemError pending, for an argument that no caller may give.
inline bool check(bool ok) {
  if (!ok) raise_internal("bad argument to internal function");
  return ok;
}

}  // namespace taipan
