// The module _heapq: a list as a heap, the smallest item first (the largest with the _max functions).
// Comparing items may run any code: items are kept alive meanwhile, and a list that changes its size is an error.
#include "modules/module.h"
#include "modules/modules.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"

namespace taipan {
namespace {

enum class Order { smallest_first, largest_first };

Py_ssize_t size(List& heap) { return Py_SIZE(object(&heap)); }

/// Must `a` stand above `b`? Fails if the list changes its size meanwhile.
template <Order order>
Result<bool> above(List& heap, Py_ssize_t i, Py_ssize_t j) {
  Ref<> a = share(heap.ob_item[i]), b = share(heap.ob_item[j]);
  Py_ssize_t before = size(heap);
  bool less = order == Order::smallest_first ? TRY(compare_bool(a.get(), b.get(), Py_LT))
                                             : TRY(compare_bool(b.get(), a.get(), Py_LT));
  if (size(heap) != before) return raise(PyExc_RuntimeError, "list changed size during iteration");
  return less;
}

/// Lets the item at `at` rise towards `top`.
template <Order order>
Status rise(List& heap, Py_ssize_t top, Py_ssize_t at) {
  if (at >= size(heap)) return raise(PyExc_IndexError, "index out of range");
  while (at > top) {
    Py_ssize_t parent = (at - 1) >> 1;
    if (!TRY(above<order>(heap, at, parent))) break;
    std::swap(heap.ob_item[at], heap.ob_item[parent]);
    at = parent;
  }
  return {};
}

/// The item at `at` sinks to a leaf, always below the child that belongs above, and rises from there to its place: most
/// items come from the bottom, so this compares less than stopping on the way down.
template <Order order>
Status sink(List& heap, Py_ssize_t at) {
  Py_ssize_t end = size(heap), top = at;
  if (at >= end) return raise(PyExc_IndexError, "index out of range");
  Py_ssize_t leaves = end >> 1;
  while (at < leaves) {
    Py_ssize_t child = 2 * at + 1;
    if (child + 1 < end && !TRY(above<order>(heap, child, child + 1))) child++;
    std::swap(heap.ob_item[child], heap.ob_item[at]);
    at = child;
  }
  return rise<order>(heap, top, at);
}

constexpr char heappush_doc[] =
    "heappush($module, heap, item, /)\n--\n\nPush item onto heap, maintaining the heap invariant.";
Status heappush(PyObject*, List& heap, PyObject* o) {
  TRY(list_append(object(&heap), o));
  return rise<Order::smallest_first>(heap, 0, size(heap) - 1);
}

template <Order order>
Ref<> pop(PyObject*, List& heap) {
  Py_ssize_t n = size(heap);
  if (n == 0) return raise(PyExc_IndexError, "index out of range");
  heap.ob_base.ob_size = n - 1;
  Ref<> last = adopt(std::exchange(heap.ob_item[n - 1], nullptr));
  if (n == 1) return last;
  Ref<> first = adopt(std::exchange(heap.ob_item[0], last.release()));
  TRY(sink<order>(heap, 0));
  return first;
}
template <Order order>
Ref<> replace(PyObject*, List& heap, PyObject* o) {
  if (size(heap) == 0) return raise(PyExc_IndexError, "index out of range");
  Ref<> first = adopt(std::exchange(heap.ob_item[0], Py_NewRef(o)));
  TRY(sink<order>(heap, 0));
  return first;
}
template <Order order>
Status heapify(PyObject*, List& heap) {
  for (Py_ssize_t i = size(heap) / 2; i-- > 0;) TRY(sink<order>(heap, i));
  return {};
}

constexpr char heappop_doc[] =
    "heappop($module, heap, /)\n--\n\nPop the smallest item off the heap, maintaining the heap invariant.";
constexpr char heapreplace_doc[] =
    "heapreplace($module, heap, item, /)\n--\n\n"
    "Take the smallest item out and put the new one in: faster than heappop() and heappush(), and right for a\n"
    "heap of fixed size. The result may be larger than item.";
constexpr char heappushpop_doc[] =
    "heappushpop($module, heap, item, /)\n--\n\n"
    "Push item on the heap, then pop and return the smallest item from the heap.\n\nFaster than the two calls.";
Ref<> heappushpop(PyObject*, List& heap, PyObject* o) {
  if (size(heap) == 0) return share(o);
  Ref<> top = share(heap.ob_item[0]);
  if (!TRY(compare_bool(top.get(), o, Py_LT))) return share(o);
  if (size(heap) == 0) return raise(PyExc_IndexError, "index out of range");
  Ref<> first = adopt(std::exchange(heap.ob_item[0], Py_NewRef(o)));
  TRY(sink<Order::smallest_first>(heap, 0));
  return first;
}
constexpr char heapify_doc[] = "heapify($module, heap, /)\n--\n\nTransform list into a heap, in-place, in O(len(heap)) time.";
constexpr char heappop_max_doc[] = "_heappop_max($module, heap, /)\n--\n\nMaxheap variant of heappop.";
constexpr char heapreplace_max_doc[] = "_heapreplace_max($module, heap, item, /)\n--\n\nMaxheap variant of heapreplace.";
constexpr char heapify_max_doc[] = "_heapify_max($module, heap, /)\n--\n\nMaxheap variant of heapify.";

constinit PyMethodDef rows[] = {
    method<heappush_doc, heappush>,
    method<heappushpop_doc, heappushpop>,
    method<heappop_doc, pop<Order::smallest_first>>,
    method<heapreplace_doc, replace<Order::smallest_first>>,
    method<heapify_doc, heapify<Order::smallest_first>>,
    method<heappop_max_doc, pop<Order::largest_first>>,
    method<heapify_max_doc, heapify<Order::largest_first>>,
    method<heapreplace_max_doc, replace<Order::largest_first>>,
    {},
};

Status fill(PyObject* module) {
  return add_to_module(module, "__about__",
                       new_str("Heap queues: lists in which heap[k] <= heap[2*k+1] and heap[k] <= heap[2*k+2] for all k, so "
                               "that the smallest item is always heap[0]. Pushing and popping take logarithmic time."));
}

constexpr char heapq_doc[] =
    "Heap queue algorithm (a.k.a. priority queue).\n\n"
    "heap = []                    an empty heap\n"
    "heappush(heap, item)         pushes a new item\n"
    "item = heappop(heap)         takes the smallest item out\n"
    "item = heap[0]               the smallest item\n"
    "heapify(x)                   makes a list a heap, in linear time\n"
    "item = heapreplace(heap, x)  takes the smallest item out and pushes x";

}  // namespace
}  // namespace taipan

PyObject* init_heapq() { return taipan::define_module<"_heapq", taipan::heapq_doc, taipan::fill, taipan::rows>(); }
