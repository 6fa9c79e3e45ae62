// _tracemalloc: allocations are not traced, so that the allocator's fast path stays free of a test; asking for it is an error.
#include "modules/module.h"
#include "object/error.h"
#include "object/int.h"
#include "object/tuple.h"

namespace taipan {
namespace {

constexpr char module_doc[] = "Where memory was allocated: not traced here.";

constexpr char start_doc[] = "start($module, nframe=1, /)\n--\n\nStart tracing: not supported.";
Ref<> start(PyObject*, int) { return raise(PyExc_NotImplementedError, "memory allocations cannot be traced"); }
constexpr char stop_doc[] = "stop($module, /)\n--\n\nStop tracing; nothing is traced anyway.";
constexpr char clear_doc[] = "clear_traces($module, /)\n--\n\nForget all traces; there are none.";
constexpr char reset_doc[] = "reset_peak($module, /)\n--\n\nForget the peak; there is none.";
Ref<> nothing(PyObject*) { return none(); }
constexpr char is_tracing_doc[] = "is_tracing($module, /)\n--\n\nFalse.";
Ref<> is_tracing(PyObject*) { return boolean(false); }
constexpr char limit_doc[] = "get_traceback_limit($module, /)\n--\n\nFrames kept for each allocation.";
Ref<> get_traceback_limit(PyObject*) { return new_int(1); }
constexpr char memory_doc[] = "get_tracemalloc_memory($module, /)\n--\n\nMemory that tracing itself uses.";
Ref<> get_tracemalloc_memory(PyObject*) { return new_int(0); }
constexpr char traced_doc[] = "get_traced_memory($module, /)\n--\n\nTraced memory now and at its peak.";
Ref<> get_traced_memory(PyObject*) { return tuple_of({object(small_int(0)), object(small_int(0))}); }
constexpr char traces_doc[] = "_get_traces($module, /)\n--\n\nAll traces: an empty list.";
Ref<> get_traces(PyObject*) { return new_list(); }
constexpr char object_doc[] = "_get_object_traceback($module, obj, /)\n--\n\nWhere an object was allocated: None.";
Ref<> get_object_traceback(PyObject*, PyObject*) { return none(); }

constinit PyMethodDef rows[] = {
    method<start_doc, start>, method<stop_doc, nothing>, method<clear_doc, nothing>, method<reset_doc, nothing>,
    method<is_tracing_doc, is_tracing>, method<limit_doc, get_traceback_limit>,
    method<memory_doc, get_tracemalloc_memory>, method<traced_doc, get_traced_memory>, method<traces_doc, get_traces>,
    method<object_doc, get_object_traceback>, {}};

Status fill(PyObject*) { return {}; }

}  // namespace
}  // namespace taipan

using namespace taipan;

PyObject* init_tracemalloc() { return define_module<"_tracemalloc", module_doc, fill, rows>(); }
