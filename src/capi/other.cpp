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

CAPI PyObject* _Py_strhex(const char* bytes, Py_ssize_t n) {
  Ref<> hex = allocate_str(2 * n, 0x7F);
  if (!hex) return nullptr;
  auto* out = static_cast<char*>(str_data(hex.get()));
  for (Py_ssize_t i = 0; i < n; i++) {
    *out++ = Py_hexdigits[static_cast<unsigned char>(bytes[i]) >> 4];
    *out++ = Py_hexdigits[bytes[i] & 15];
  }
  return hex.release();
}
CAPI PyObject* _Py_strhex_bytes(const char* bytes, Py_ssize_t n) {
  Ref<> hex = adopt(_Py_strhex(bytes, n));
  return hex ? new_bytes(narrow_text(hex.get())).release() : nullptr;
}
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

CAPI void* PyBuffer_GetPointer(const Py_buffer* view, const Py_ssize_t* indices) {
  char* p = static_cast<char*>(view->buf);
  for (int i = 0; i < view->ndim; i++) {
    p += view->strides[i] * indices[i];
    if (view->suboffsets && view->suboffsets[i] >= 0) p = *reinterpret_cast<char**>(p) + view->suboffsets[i];
  }
  return p;
}
CAPI Py_ssize_t PyBuffer_SizeFromFormat(const char* format) {
  Ref<> calcsize = import_attribute("struct", "calcsize");
  Ref<> text = calcsize ? new_str(format) : Ref<>();
  Ref<> size = text ? call(calcsize.get(), text.get()) : Ref<>();
  return size ? PyLong_AsSsize_t(size.get()) : -1;
}
CAPI void PyBuffer_FillContiguousStrides(int dimensions, Py_ssize_t* shape, Py_ssize_t* strides, int item_size, char order) {
  Py_ssize_t step = item_size;
  for (int k = 0; k < dimensions; k++) {
    int i = order == 'F' ? k : dimensions - 1 - k;
    strides[i] = step;
    step *= shape[i];
  }
}
CAPI int PyBuffer_FromContiguous(const Py_buffer* view, const void* buffer, Py_ssize_t n, char order) {
  if (n > view->len) n = view->len;
  if (PyBuffer_IsContiguous(view, order)) {
    memcpy(view->buf, buffer, static_cast<size_t>(n));
    return 0;
  }
  auto* indices = static_cast<Py_ssize_t*>(calloc(static_cast<size_t>(view->ndim ? view->ndim : 1), sizeof(Py_ssize_t)));
  if (!indices) {
    raise_no_memory();
    return -1;
  }
  auto* from = static_cast<const char*>(buffer);
  for (Py_ssize_t left = view->itemsize ? n / view->itemsize : 0; left > 0; left--, from += view->itemsize) {
    memcpy(PyBuffer_GetPointer(view, indices), from, static_cast<size_t>(view->itemsize));
    for (int k = 0; k < view->ndim; k++) {
      int i = order == 'F' ? k : view->ndim - 1 - k;
      if (++indices[i] < view->shape[i]) break;
      indices[i] = 0;
    }
  }
  free(indices);
  return 0;
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
