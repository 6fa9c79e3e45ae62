// The backing store of objects and the slow paths of their allocation: head, collector's words, the two words of
// instances with a managed dict.
#include "object/alloc.h"

#include <pthread.h>

#include <cassert>
#include <cstdlib>
#include <cstring>

#include "object/error.h"
#include "object/gc.h"
#include "object/large_blocks.h"
#include "object/thread.h"

namespace taipan {

int64_t live_objects = 0;

#if defined(TAIPAN_ASAN)  // the sanitizer watches malloc's blocks only
void* raw_allocate(size_t size) { return malloc(size ? size : 1); }
void* raw_reallocate(void* block, size_t size) { return realloc(block, size ? size : 1); }
void raw_free(void* block) { free(block); }
#else
static int64_t large_blocks = 0;

[[maybe_unused]] static bool has_gil() {
  PyThreadState* ts = current_thread();  // null while the interpreter starts and ends: then there are no other threads
  return !ts || ts->thread_id == pthread_self();
}

void* raw_allocate(size_t size) {
  assert(has_gil());
  if (size > kLargestPooled) {
    void* block = allocate_large(size);
    if (block) large_blocks++;
    return block;
  }
  return pool_allocate(size ? (size + kSizeStep - 1) / kSizeStep : 1);
}

void* raw_reallocate(void* block, size_t size) {
  if (!block) return raw_allocate(size);
  bool pooled = in_pools(block);
  if (!pooled && size > kLargestPooled) return reallocate_large(block, size);
  size_t room = pooled ? pooled_size(block) : kLargestPooled + 1;  // of malloc's blocks, no more than this is kept
  if (pooled && size <= room && size + kSizeStep > room) return block;
  void* moved = raw_allocate(size);
  if (!moved) return nullptr;
  memcpy(moved, block, size < room ? size : room);
  raw_free(block);
  return moved;
}

void raw_free(void* block) {
  if (!block) return;
  assert(has_gil());
  if (in_pools(block)) return pool_free(block);
  large_blocks--;
  free_large(block);
}
#endif

#if defined(NDEBUG) && !defined(TAIPAN_ASAN)
int64_t allocated_blocks() {
  int64_t n = pooled_blocks() + large_blocks;
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
  trim_large_blocks();
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
    if (++young.count > gc_state.young_limit) [[unlikely]] gc_allocation_pressure();
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
