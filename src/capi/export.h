#pragma once
// Every exported C function stands behind CAPI. No code inside calls one of them by name.
#include "object/object.h"

#define CAPI extern "C" __attribute__((visibility("default")))
