#pragma once
// os.stat_result.
#include <sys/stat.h>

#include "modules/posix/posix.h"

namespace taipan::posix {

Ref<> make_stat_result(const struct stat& info);
/// os.stat() as DirEntry.stat needs it.
Ref<> stat_path(const char* path, int dir_fd, bool follow, PyObject* shown);

}  // namespace taipan::posix
