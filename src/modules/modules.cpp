// The table of built-in modules.
#include "modules/modules.h"

namespace taipan {

std::span<const _inittab> module_table() {
  static const _inittab rows[] = {
#define MODULE(name, init) {#name, init},
#include "modules/modules.def"
#undef MODULE
  };
  return rows;
}

}  // namespace taipan
