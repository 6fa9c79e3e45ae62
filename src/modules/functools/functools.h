#pragma once
// The parts of the module _functools.
#include "object/object.h"

namespace taipan::functools {

extern PyTypeObject partial_type, lru_cache_type, lru_link_type, key_wrapper_type;
Status start_lru_cache();  ///< makes what its keys need; once

}  // namespace taipan::functools
