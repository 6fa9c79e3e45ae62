#pragma once
// Verification of bytecode that our compiler did not make (.pyc files, marshal, CodeType, code.replace). Handlers
// trust the code: operands in range, jumps to instructions, a stack of known depth and kinds. This is where the trust
// comes from. It happens when a function first runs, so that loading code costs nothing.
#include "types/code.h"

namespace taipan {

/// Verifies a code object and marks it; SystemError says what is wrong and at which offset.
[[gnu::noinline]] Status verify_code(Code* code);

inline Status verify_before_first_run(Code* code) {
  if (is_verified(code)) [[likely]] return {};
  return verify_code(code);
}

}  // namespace taipan
