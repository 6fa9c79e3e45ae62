// CPython's runtime struct. The distribution's extension modules read two things of it: the current thread
// state and the small ints, which are therefore the ones in here. The only file that sees the internal headers.
#include <pyconfig.h>
#undef HAVE_STD_ATOMIC
#define Py_BUILD_CORE 1
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wall"
#pragma clang diagnostic ignored "-Wextra"
#include <Python.h>
#include <internal/pycore_runtime.h>
#pragma clang diagnostic pop
#include <stddef.h>

__attribute__((visibility("default"))) _PyRuntimeState _PyRuntime;

// object/thread.h and object/int.h spell these offsets.
_Static_assert(sizeof(_PyRuntimeState) == 0x28b20, "CPython 3.11's runtime struct");
_Static_assert(offsetof(_PyRuntimeState, gilstate.tstate_current) == 0x240, "current thread");
_Static_assert(offsetof(_PyRuntimeState, global_objects.singletons.small_ints) == 0x2a8, "small ints");
_Static_assert(sizeof(PyLongObject) == 32, "one small int");
