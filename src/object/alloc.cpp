// The backing store of objects (mimalloc) and the slow paths of their allocation: head, collector's
// words, the two words of instances with a managed dict.
#include "object/alloc.h"

#if defined(TAIPAN_ASAN)
#include <cstdlib>
#else
#include <mimalloc.h>
#endif

#include "object/error.h"
#include "object/gc.h"

namespace taipan {

int64_t live_objects = 0;

#if defined(TAIPAN_ASAN)  // the sanitizer watches malloc's blocks only
void* raw_allocate(size_t size) { return malloc(size ? size : 1); }
void* raw_reallocate(void* block, size_t size) { return realloc(block, size ? size : 1); }
void raw_free(void* block) { free(block); }
#else
void* raw_allocate(size_t size) { return mi_malloc(size ? size : 1); }
void* raw_reallocate(void* block, size_t size) { return mi_realloc(block, size ? size : 1); }
void raw_free(void* block) { mi_free(block); }
#endif

#if defined(NDEBUG) && !defined(TAIPAN_ASAN)
int64_t allocated_blocks() {
  int64_t n = 0;
  auto add = [](const mi_heap_t*, const mi_heap_area_t* area, void*, size_t, void* sum) {
    *static_cast<int64_t*>(sum) += static_cast<int64_t>(area->used);
    return true;
  };
  mi_heap_visit_blocks(mi_heap_get_default(), false, add, &n);
  for (FreeList& list : free_lists) n -= list.count;
  return n;
}
#else
int64_t allocated_blocks() { return live_objects; }
#endif

void trim_free_lists() {
  for (FreeList& list : free_lists) {
    while (list.head) {
      void* block = list.head;
      list.head = *static_cast<void**>(block);
      raw_free(block);
    }
    list.count = 0;
  }
}

static inline PyObject* allocate_memory(PyTypeObject* type, size_t size) {
  size_t prefix = gc_prefix(type);
  if (size > static_cast<size_t>(PY_SSIZE_T_MAX) - prefix) [[unlikely]] {
    (void)raise_no_memory();
    return nullptr;
  }
  char* block = static_cast<char*>(allocate_block(size + prefix));
  if (!block) [[unlikely]] {
    (void)raise_no_memory();
    return nullptr;
  }
  auto* o = reinterpret_cast<PyObject*>(block + prefix);
  if (prefix) {
    memset(block, 0, prefix);
    GcGeneration& young = gc_state.generations[0];
    if (++young.count > young.threshold) [[unlikely]] gc_allocation_pressure();
  }
  o->ob_refcnt = 1;
  o->ob_type = type;
  if (type->tp_flags & Py_TPFLAGS_HEAPTYPE) Py_INCREF(object(type));
  count_objects(1);
  return o;
}

PyObject* allocate_object(PyTypeObject* type, size_t size) { return allocate_memory(type, size); }

PyObject* allocate_var_object(PyTypeObject* type, size_t size, Py_ssize_t ob_size) {
  PyObject* o = allocate_memory(type, size);
  if (o) [[likely]] reinterpret_cast<PyVarObject*>(o)->ob_size = ob_size;
  return o;
}

void free_object(PyObject* o, size_t size) {
  size_t prefix = gc_prefix(Py_TYPE(o));
  if (prefix && gc_state.generations[0].count > 0) gc_state.generations[0].count--;
  count_objects(-1);
  free_block(reinterpret_cast<char*>(o) - prefix, size + prefix);
}

}  // namespace taipan
