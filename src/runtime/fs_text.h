#pragma once
// File names, environment and arguments: bytes of the system to str and back, as UTF-8 with surrogateescape
// (decode_fs and encode_fs in types/codecs.h).
#include <string_view>

#include "object/object.h"
#include "types/codecs.h"

namespace taipan {

/// os.fspath: str or bytes from str, bytes or an object with __fspath__.
Ref<> fs_path(PyObject* o);
/// A path argument as bytes without null bytes: what a system call takes ("embedded null byte" is a ValueError).
Ref<> path_bytes(PyObject* o);

/// A path argument as str ("embedded null character" is a ValueError).
Ref<> path_text(PyObject* o);

/// The whole file's bytes; OSError with the name otherwise.
Ref<> read_file(PyObject* path);

}  // namespace taipan
