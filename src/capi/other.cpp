// What remains: small helpers of the library's extension modules, the system's names, buffers by format, OrderedDict.
#include <clocale>
#include <cstdlib>

#include "capi/export.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/int.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "runtime/config.h"
#include "runtime/import.h"
#include "runtime/lifecycle.h"
#include "types/buffer.h"
#include "types/module.h"
#include "vm/vm.h"

using namespace taipan;

// -- text and numbers --

CAPI unsigned long PyOS_strtoul(const char* text, char** end, int base) { return strtoul(text, end, base); }
CAPI long PyOS_strtol(const char* text, char** end, int base) { return strtol(text, end, base); }
CAPI char* _Py_SetLocaleFromEnv(int category) { return setlocale(category, ""); }
CAPI PyObject* _PyObject_NextNotImplemented(PyObject* o) { return next_not_implemented(o); }
CAPI int Py_GetRecursionLimit(void) { return interpreter().recursion_limit; }
CAPI void Py_SetRecursionLimit(int limit) {
  for (PyThreadState* ts = interpreter().threads; ts; ts = ts->next) {
    ts->recursion_remaining += limit - ts->recursion_limit;
    ts->recursion_limit = limit;
  }
  interpreter().recursion_limit = limit;
}
extern "C" {
__attribute__((visibility("default"))) const char* Py_FileSystemDefaultEncoding = "utf-8";
__attribute__((visibility("default"))) const char* Py_FileSystemDefaultEncodeErrors = "surrogateescape";
__attribute__((visibility("default"))) int Py_HasFileSystemDefaultEncoding = 1;
}
CAPI void PyObject_GetArenaAllocator(PyObjectArenaAllocator* a) {
  a->ctx = nullptr;
  a->alloc = [](void*, size_t n) { return PyMem_RawMalloc(n); };
  a->free = [](void*, void* p, size_t) { PyMem_RawFree(p); };
}
CAPI void PyObject_SetArenaAllocator(PyObjectArenaAllocator*) {}

// -- buffers --

CAPI void PyBuffer_FillContiguousStrides(int dimensions, Py_ssize_t* shape, Py_ssize_t* strides, int item_size, char order) {
  Py_ssize_t step = item_size;
  for (int k = 0; k < dimensions; k++) {
    int i = order == 'F' ? k : dimensions - 1 - k;
    strides[i] = step;
    step *= shape[i];
  }
}
// -- OrderedDict --

CAPI PyObject* PyODict_New(void) { return call(object(&PyODict_Type)).release(); }
CAPI int PyODict_SetItem(PyObject* o, PyObject* key, PyObject* value) { return set_item(o, key, value).to_c(); }
CAPI int PyODict_DelItem(PyObject* o, PyObject* key) { return del_item(o, key).to_c(); }

// -- modules from code --

CAPI PyObject* PyImport_ExecCodeModuleObject(PyObject* name, PyObject* code, PyObject* path, PyObject* cached) {
  const char* text = PyUnicode_AsUTF8(name);
  Result<PyObject*> module = text ? add_module(text) : Result<PyObject*>(Raised{});
  if (!module) return nullptr;
  Ref<> kept = share(*module);
  PyObject* dict = module_dict(kept.get());
  if (!dict_set(dict, "__builtins__"_name, interpreter().builtins) ||
      !dict_set(dict, "__file__"_name, path ? path : reinterpret_cast<Code*>(code)->co_filename) ||
      (cached && !dict_set(dict, "__cached__"_name, cached)))
    return nullptr;
  if (eval_code(*reinterpret_cast<Code*>(code), dict)) {
    Result<Ref<>> found = imported_module(name);
    return found ? found.take().release() : nullptr;
  }
  PendingError error = PendingError::take();
  Result<bool> removed = dict_remove(interpreter().modules, name);
  if (!removed) clear_error();
  std::move(error).restore();
  return nullptr;
}
CAPI PyObject* PyImport_ExecCodeModuleEx(const char* text, PyObject* code, const char* path) {
  Ref<> name = new_str(text), file = path ? new_str(path) : Ref<>();
  return name && (file || !path) ? PyImport_ExecCodeModuleObject(name.get(), code, file.get(), nullptr) : nullptr;
}
CAPI PyObject* PyImport_ExecCodeModule(const char* text, PyObject* code) { return PyImport_ExecCodeModuleEx(text, code, nullptr); }
