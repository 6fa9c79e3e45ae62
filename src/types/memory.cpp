// Walking over strided memory.
#include "types/memory.h"

#include "object/bytes.h"
#include "object/error.h"

namespace taipan {
namespace {

bool is_c_contiguous(const Py_buffer& v) {
  Py_ssize_t expected = v.itemsize;
  for (int i = v.ndim - 1; i >= 0; i--) {
    if (v.shape[i] > 1 && v.strides[i] != expected) return false;
    expected *= v.shape[i];
  }
  return true;
}
bool is_f_contiguous(const Py_buffer& v) {
  Py_ssize_t expected = v.itemsize;
  for (int i = 0; i < v.ndim; i++) {
    if (v.shape[i] > 1 && v.strides[i] != expected) return false;
    expected *= v.shape[i];
  }
  return true;
}

/// Calls visit(address) for each item in the order of memory layout `order`.
template <class F>
void for_each_item(const Py_buffer& v, char order, F visit) {
  if (v.len == 0) return;
  Py_ssize_t indices[PyBUF_MAX_NDIM] = {};
  while (true) {
    visit(item_address(v, indices));
    int k = 0;
    for (; k < v.ndim; k++) {
      int dim = order == 'F' ? k : v.ndim - 1 - k;
      if (++indices[dim] < v.shape[dim]) break;
      indices[dim] = 0;
    }
    if (k == v.ndim) return;
  }
}

char real_order(const Py_buffer& v, char order) {
  return order == 'A' ? (is_contiguous(v, 'F') && !is_contiguous(v, 'C') ? 'F' : 'C') : order;
}

}  // namespace

bool is_contiguous(const Py_buffer& v, char order) {
  if (v.suboffsets) return false;
  if (v.len == 0 || !v.strides || !v.shape) {
    // Without strides the memory is C-contiguous; in one dimension that is Fortran's order too.
    return v.len == 0 || order != 'F' || v.ndim <= 1 || (v.shape && [&] {
             Py_ssize_t longer = 0;
             for (int i = 0; i < v.ndim; i++) longer += v.shape[i] > 1;
             return longer <= 1;
           }());
  }
  if (order == 'C') return is_c_contiguous(v);
  if (order == 'F') return is_f_contiguous(v);
  return is_c_contiguous(v) || is_f_contiguous(v);
}

char* item_address(const Py_buffer& v, const Py_ssize_t* indices) {
  auto at = static_cast<char*>(v.buf);
  Py_ssize_t stride = v.itemsize;
  if (!v.strides) {
    for (int i = v.ndim - 1; i >= 0; i--) {
      at += indices[i] * stride;
      if (v.shape) stride *= v.shape[i];
    }
    return at;
  }
  for (int i = 0; i < v.ndim; i++) {
    at += indices[i] * v.strides[i];
    if (v.suboffsets && v.suboffsets[i] >= 0) at = *reinterpret_cast<char**>(at) + v.suboffsets[i];
  }
  return at;
}

Status copy_to_block(const Py_buffer& v, char* block, char order) {
  order = real_order(v, order);
  if (is_contiguous(v, order)) {
    if (v.len) memcpy(block, v.buf, static_cast<size_t>(v.len));
    return {};
  }
  auto size = static_cast<size_t>(v.itemsize);
  for_each_item(v, order, [&](char* at) {
    memcpy(block, at, size);
    block += size;
  });
  return {};
}

Status copy_from_block(const Py_buffer& v, const char* block, char order) {
  order = real_order(v, order);
  if (is_contiguous(v, order)) {
    if (v.len) memcpy(v.buf, block, static_cast<size_t>(v.len));
    return {};
  }
  auto size = static_cast<size_t>(v.itemsize);
  for_each_item(v, order, [&](char* at) {
    memcpy(at, block, size);
    block += size;
  });
  return {};
}

Ref<> contiguous_bytes(const Py_buffer& v, char order) {
  if (is_contiguous(v, real_order(v, order)))
    return new_bytes({static_cast<const char*>(v.buf), static_cast<size_t>(v.len)});
  Ref<> bytes = TRY(allocate_bytes(v.len));
  TRY(copy_to_block(v, bytes_data(bytes.get()), order));
  return bytes;
}

}  // namespace taipan
