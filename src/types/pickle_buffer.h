#pragma once
// pickle.PickleBuffer: memory of another object that a pickle may leave out of its own stream.
#include "object/object.h"

namespace taipan {

Ref<> new_pickle_buffer(PyObject* owner);
/// The buffer held; ValueError once it was released.
Result<Py_buffer*> pickle_buffer_view(PyObject* o);
void release_pickle_buffer(PyObject* o);

}  // namespace taipan
