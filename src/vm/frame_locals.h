#pragma once
// Locals of a frame as a dict, and back.
#include "vm/frame.h"

namespace taipan {

Status fast_to_locals(Frame* f);
void locals_to_fast(Frame* f, bool clear);
Ref<> frame_locals(Frame* f);

}  // namespace taipan
