// pymem.h and the raw half of objimpl.h: plain memory. All three domains are the allocator of object/alloc.h.
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

namespace {
// A program may put its own functions in the place of ours; objects of the interpreter itself do not come from them.
constinit PyMemAllocatorEx allocators[3] = {
    {nullptr, [](void*, size_t n) { return allocate(n); }, [](void*, size_t count, size_t size) { return allocate_cleared(count, size); },
     [](void*, void* p, size_t n) { return reallocate(p, n); }, [](void*, void* p) { raw_free(p); }},
    {nullptr, [](void*, size_t n) { return allocate(n); }, [](void*, size_t count, size_t size) { return allocate_cleared(count, size); },
     [](void*, void* p, size_t n) { return reallocate(p, n); }, [](void*, void* p) { raw_free(p); }},
    {nullptr, [](void*, size_t n) { return allocate(n); }, [](void*, size_t count, size_t size) { return allocate_cleared(count, size); },
     [](void*, void* p, size_t n) { return reallocate(p, n); }, [](void*, void* p) { raw_free(p); }},
};
}  // namespace

#define DOMAIN(PREFIX, NUMBER)                                                                                     \
  CAPI void* PREFIX##Malloc(size_t n) { return allocators[NUMBER].malloc(allocators[NUMBER].ctx, n); }             \
  CAPI void* PREFIX##Calloc(size_t count, size_t size) {                                                           \
    return allocators[NUMBER].calloc(allocators[NUMBER].ctx, count, size);                                         \
  }                                                                                                                \
  CAPI void* PREFIX##Realloc(void* p, size_t n) { return allocators[NUMBER].realloc(allocators[NUMBER].ctx, p, n); } \
  CAPI void PREFIX##Free(void* p) { allocators[NUMBER].free(allocators[NUMBER].ctx, p); }
DOMAIN(PyMem_Raw, PYMEM_DOMAIN_RAW)
DOMAIN(PyMem_, PYMEM_DOMAIN_MEM)
DOMAIN(PyObject_, PYMEM_DOMAIN_OBJ)
#undef DOMAIN
CAPI void PyMem_GetAllocator(PyMemAllocatorDomain domain, PyMemAllocatorEx* to) { *to = allocators[domain]; }
CAPI void PyMem_SetAllocator(PyMemAllocatorDomain domain, PyMemAllocatorEx* from) { allocators[domain] = *from; }
CAPI void PyMem_SetupDebugHooks() {}
CAPI const char* _PyMem_GetCurrentAllocatorName() { return "malloc"; }
CAPI char* _PyMem_RawStrdup(const char* text) {
  size_t n = strlen(text) + 1;
  auto* copy = static_cast<char*>(PyMem_RawMalloc(n));
  return copy ? static_cast<char*>(memcpy(copy, text, n)) : nullptr;
}
CAPI char* _PyMem_Strdup(const char* text) {
  size_t n = strlen(text) + 1;
  auto* copy = static_cast<char*>(PyMem_Malloc(n));
  return copy ? static_cast<char*>(memcpy(copy, text, n)) : nullptr;
}
// Allocations cannot be traced yet: -2 says that tracing is off. The header forgets extern "C", hence the other names.
#define NAMED(NAME) __asm__(#NAME) __attribute__((visibility("default")))
int tracemalloc_track(unsigned int domain, uintptr_t p, size_t n) NAMED(PyTraceMalloc_Track);
int tracemalloc_untrack(unsigned int domain, uintptr_t p) NAMED(PyTraceMalloc_Untrack);
PyObject* tracemalloc_get_traceback(unsigned int domain, uintptr_t p) NAMED(_PyTraceMalloc_GetTraceback);
#undef NAMED
int tracemalloc_track(unsigned int, uintptr_t, size_t) { return -2; }
int tracemalloc_untrack(unsigned int, uintptr_t) { return -2; }
PyObject* tracemalloc_get_traceback(unsigned int, uintptr_t) { return Py_NewRef(Py_None); }
