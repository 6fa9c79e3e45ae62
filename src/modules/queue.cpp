// Module _queue: SimpleQueue, whose put() may be called anywhere, in finalizers and signal handlers too.
#include <ctime>

#include "base/vector.h"
#include "modules/fields.h"
#include "modules/module.h"
#include "modules/modules.h"
#include "modules/thread/thread.h"
#include "modules/time/time.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/str.h"
#include "object/type.h"
#include "object/weakref.h"
#include "types/rows.h"

namespace taipan {
namespace {

PyObject* empty_error;

/// The mutex is closed while somebody waits for an item; put() opens it.
struct SimpleQueue {
  PyObject_HEAD
  threads::Mutex mutex;
  bool locked;
  PyObject* weaklist;
  Vector<PyObject*> items;
  size_t first;  // items before this one have been taken
  bool empty() const { return first == items.size(); }
};

Ref<> pop(SimpleQueue& q) {
  Ref<> item = adopt(q.items[q.first++]);
  // The space in front is given back when it is half of all.
  if (q.first > 32 && q.first * 2 >= q.items.size()) {
    size_t left = q.items.size() - q.first;
    memmove(q.items.data(), q.items.data() + q.first, left * sizeof(PyObject*));
    q.items.truncate(left);
    q.first = 0;
  }
  return item;
}
void unlock(SimpleQueue& q) {
  if (!q.locked) return;
  q.locked = false;
  q.mutex.unlock();
}

constexpr char simple_queue_doc[] = "SimpleQueue()\n--\n\nSimple, unbounded, reentrant FIFO queue.";
Ref<> make(PyTypeObject* type, Arguments a) {
  if (a.count) return raise(PyExc_TypeError, "SimpleQueue() takes no positional arguments");
  if (a.named()) return raise(PyExc_TypeError, "SimpleQueue() takes no keyword arguments");
  Ref<SimpleQueue> q = TRY(adopt(reinterpret_cast<SimpleQueue*>(type->tp_alloc(type, 0))));
  new (&q->items) Vector<PyObject*>();
  q->mutex.start();
  return q;
}
PyObject* new_slot(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  FlatArguments flat(args, kwargs);
  return flat.ok() ? make(type, {flat.items(), flat.count(), flat.names()}).release() : nullptr;
}
int clear(PyObject* o) {
  auto& q = *reinterpret_cast<SimpleQueue*>(o);
  while (!q.empty()) pop(q).reset();
  return 0;
}
int traverse(PyObject* o, visitproc visit, void* arg) {
  auto& q = *reinterpret_cast<SimpleQueue*>(o);
  for (size_t i = q.first; i < q.items.size(); i++)
    if (int r = visit(q.items[i], arg)) return r;
  return 0;
}
void dealloc(PyObject* o) {
  auto& q = *reinterpret_cast<SimpleQueue*>(o);
  gc_untrack(o);
  if (q.weaklist) clear_weakrefs(o);
  clear(o);
  q.items.~Vector();
  q.mutex.stop();
  Py_TYPE(o)->tp_free(o);
}

Status add(SimpleQueue& q, PyObject* item) {
  if (!q.items.append(item)) return raise_no_memory();
  Py_INCREF(item);
  unlock(q);
  return {};
}

int64_t now() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return static_cast<int64_t>(t.tv_sec) * 1'000'000 + t.tv_nsec / 1000;
}

/// Microseconds; -1: for ever.
Result<int64_t> read_timeout(PyObject* o) {
  if (!o || o == Py_None) return int64_t{-1};
  int64_t ns = TRY(timing::to_nanoseconds(o, timing::Round::ceiling));
  if (ns < 0) return raise(PyExc_ValueError, "'timeout' must be a non-negative number");
  if (ns / 1000 > threads::kLongestTimeout) return raise(PyExc_OverflowError, "timeout value is too large");
  return ns / 1000 + (ns % 1000 > 0);
}

Ref<> take(SimpleQueue& q, bool block, PyObject* timeout) {
  int64_t wait = 0, end = 0;
  if (block) {
    wait = TRY(read_timeout(timeout));
    if (wait > 0) end = now() + wait;
  }
  while (q.empty()) {
    bool got = q.mutex.try_lock();
    if (!got && wait != 0) got = TRY(q.mutex.lock(wait));
    if (!got) return raise_bare(empty_error);
    q.locked = true;
    if (wait > 0) {
      wait = end - now();
      if (wait < 0) wait = 0;
    }
  }
  Ref<> item = pop(q);
  unlock(q);
  return item;
}

constexpr char get_doc[] =
    "get($self, /, block=True, timeout=None)\n--\n\nTakes an item out.\n\n"
    "Waits for one if `block` is true, so many seconds at most. Without one, raises Empty.";
Ref<> get(SimpleQueue& q, bool block, PyObject* timeout) { return take(q, block, timeout); }
constexpr char get_nowait_doc[] = "get_nowait($self, /)\n--\n\nTakes an item out, or raises Empty if there is none now.";
Ref<> get_nowait(SimpleQueue& q) { return take(q, false, nullptr); }
constexpr char put_doc[] =
    "put($self, /, item, block=True, timeout=None)\n--\n\nPuts an item in. It never waits: the other arguments are "
    "those of other queues.";
Status put(SimpleQueue& q, PyObject* item, bool, PyObject*) { return add(q, item); }
constexpr char put_nowait_doc[] = "put_nowait($self, /, item)\n--\n\nThe same as put(item).";
Status put_nowait(SimpleQueue& q, PyObject* item) { return add(q, item); }
constexpr char empty_doc[] = "empty($self, /)\n--\n\nIs it empty just now?";
bool is_empty(SimpleQueue& q) { return q.empty(); }
constexpr char qsize_doc[] = "qsize($self, /)\n--\n\nHow many items there are just now.";
Py_ssize_t size(SimpleQueue& q) { return static_cast<Py_ssize_t>(q.items.size() - q.first); }

constinit PyMethodDef methods[] = {
    method<empty_doc, is_empty>,
    method<get_doc, get>,
    method<get_nowait_doc, get_nowait>,
    method<put_doc, put>,
    method<put_nowait_doc, put_nowait>,
    method<qsize_doc, size>,
    kClassGetitemRow,
    {},
};
constinit PyTypeObject queue_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_queue.SimpleQueue",
    .tp_basicsize = sizeof(SimpleQueue),
    .tp_dealloc = dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = simple_queue_doc,
    .tp_traverse = traverse,
    .tp_clear = clear,
    .tp_weaklistoffset = offsetof(SimpleQueue, weaklist),
    .tp_methods = methods,
    .tp_alloc = generic_alloc,
    .tp_new = new_slot,
    .tp_free = gc_free,
};

Status fill(PyObject* module) {
  if (!empty_error) {
    empty_error = TRY(new_exception_class("_queue", "Empty")).release();
    Ref<> text = TRY(new_str("What get(block=False) and get_nowait() raise when there is nothing."));
    TRY(set_attr(empty_error, "__doc__"_name, text.get()));
  }
  TRY(add_to_module(module, "Empty", empty_error));
  return add_type(module, &queue_type);
}
constexpr char doc[] = "The fast part of module queue.";

}  // namespace
}  // namespace taipan

PyObject* init_queue() { return taipan::define_module<"_queue", taipan::doc, taipan::fill>(); }
