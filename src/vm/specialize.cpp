// Quickening and specialisation.
#include "vm/specialize.h"

namespace taipan {

void quicken(PyCodeObject*) {}

}  // namespace taipan
