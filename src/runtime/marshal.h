#pragma once
// Objects to marshal's bytes and back. Reading never crashes on bad data: it raises ValueError, EOFError or TypeError.
#include <string_view>

#include "bytecode/marshal_format.h"
#include "object/object.h"

namespace taipan {

/// marshal.dumps: bytes.
Ref<> marshal_dump(PyObject* o, int version);
/// marshal.loads; what lies behind the object is ignored.
Ref<> marshal_load(std::string_view data);
/// marshal.load: reads from a binary file object just as many bytes as the object needs.
Ref<> marshal_load_file(PyObject* file);

/// Reads the code object of a .pyc file's content; its header is only checked for the magic number (RuntimeError).
Ref<> code_from_pyc(std::string_view data);

}  // namespace taipan
