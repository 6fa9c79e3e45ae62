#pragma once
// File names, environment and arguments: bytes of the system to str and back, as UTF-8 with surrogateescape.
#include <string_view>

#include "object/object.h"

namespace taipan {

/// Bytes that are no UTF-8 become U+DC80…U+DCFF.
Ref<> decode_fs(std::string_view bytes);
/// bytes; a lone surrogate outside that range raises UnicodeEncodeError.
Ref<> encode_fs(PyObject* str);
/// os.fspath: str or bytes from str, bytes or an object with __fspath__.
Ref<> fs_path(PyObject* o);
/// A path argument as bytes without null bytes: what a system call takes ("embedded null byte" is a ValueError).
Ref<> path_bytes(PyObject* o);

/// The whole file's bytes; OSError with the name otherwise.
Ref<> read_file(PyObject* path);

}  // namespace taipan
