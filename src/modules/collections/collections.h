#pragma once
// The parts of the module _collections.
#include "object/object.h"

namespace taipan::collections {

extern PyTypeObject deque_type, deque_iterator_type, deque_reverse_iterator_type, defaultdict_type, tuplegetter_type;

}  // namespace taipan::collections
