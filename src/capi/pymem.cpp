// pymem.h and the raw half of objimpl.h: plain memory. The raw domain, which needs no GIL, is malloc;
// the others are the allocator of object/alloc.h. Each frees the blocks of all: their addresses tell whose they are.
#include <cstdlib>
#include <cstring>

#include "capi/export.h"
#include "object/alloc.h"

using namespace taipan;

namespace {
bool too_large(size_t n) { return n > static_cast<size_t>(PY_SSIZE_T_MAX); }
void* allocate(size_t n) { return too_large(n) ? nullptr : raw_allocate(n); }
void* allocate_cleared(size_t count, size_t size) {
  size_t n;
  if (__builtin_mul_overflow(count, size, &n)) return nullptr;
  void* p = allocate(n);
  if (p) memset(p, 0, n ? n : 1);
  return p;
}
void* reallocate(void* p, size_t n) { return too_large(n) ? nullptr : raw_reallocate(p, n); }
}  // namespace

CAPI void* PyMem_RawMalloc(size_t n) { return too_large(n) ? nullptr : malloc(n ? n : 1); }
CAPI void* PyMem_RawCalloc(size_t count, size_t size) {
  size_t n;
  if (__builtin_mul_overflow(count, size, &n) || too_large(n)) return nullptr;
  return calloc(n ? n : 1, 1);
}
CAPI void* PyMem_RawRealloc(void* p, size_t n) {
  if (too_large(n)) return nullptr;
  return in_pools(p) ? raw_reallocate(p, n) : realloc(p, n ? n : 1);
}
CAPI void PyMem_RawFree(void* p) { in_pools(p) ? raw_free(p) : free(p); }
CAPI void* PyMem_Malloc(size_t n) { return allocate(n); }
CAPI void* PyMem_Calloc(size_t count, size_t size) { return allocate_cleared(count, size); }
CAPI void* PyMem_Realloc(void* p, size_t n) { return reallocate(p, n); }
CAPI void PyMem_Free(void* p) { raw_free(p); }
CAPI void* PyObject_Malloc(size_t n) { return allocate(n); }
CAPI void* PyObject_Calloc(size_t count, size_t size) { return allocate_cleared(count, size); }
CAPI void* PyObject_Realloc(void* p, size_t n) { return reallocate(p, n); }
CAPI void PyObject_Free(void* p) { raw_free(p); }
