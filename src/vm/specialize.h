#pragma once
// Quickening: code that runs often gets adaptive instructions, which turn into specialised ones.
#include "vm/frame.h"

namespace taipan {

void quicken(PyCodeObject* code);

/// Counts starts and backward jumps; the code is quickened when the count reaches zero.
inline void count_towards_quickening(PyCodeObject* code) {
  if (code->co_warmup != 0 && ++code->co_warmup == 0) [[unlikely]] quicken(code);
}

}  // namespace taipan
