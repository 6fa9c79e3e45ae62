#pragma once
// What handlers that go through caches of attributes share.
#include "object/dict_layout.h"
#include "object/object.h"
#include "vm/interpreter.h"

namespace taipan {

inline DictKeys* keys_of(PyObject* dict) { return reinterpret_cast<Dict*>(dict)->ma_keys; }
inline bool has_version(PyTypeObject* type, const CodeUnit* cache) { return type->tp_version_tag == read_u32(cache); }

}  // namespace taipan
