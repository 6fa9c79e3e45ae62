#pragma once
// The parts of the module _operator.
#include "object/object.h"

namespace taipan {

extern PyTypeObject itemgetter_type, attrgetter_type, methodcaller_type;

}  // namespace taipan
