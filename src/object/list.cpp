// list's kernel: growing, slicing, filling. Dropped items die only after the list is whole again, because their
// finalizers may use it.
#include "object/list.h"

#include "object/alloc.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/protocol.h"

namespace taipan {

static List* as_list(PyObject* o) { return reinterpret_cast<List*>(o); }
static constexpr Py_ssize_t kMostItems = PY_SSIZE_T_MAX / static_cast<Py_ssize_t>(sizeof(PyObject*));

PyObject** list_items_allocate(Py_ssize_t n) {
  return static_cast<PyObject**>(allocate_block(static_cast<size_t>(n) * sizeof(PyObject*)));
}
void list_items_free(PyObject** items, Py_ssize_t allocated) {
  if (items) free_block(items, static_cast<size_t>(allocated) * sizeof(PyObject*));
}

/// Moves `used` items into an array for `n`; small arrays are pooled, large ones may grow in place.
static PyObject** reallocate_items(PyObject** items, Py_ssize_t allocated, Py_ssize_t used, Py_ssize_t n) {
  constexpr auto pooled = static_cast<Py_ssize_t>(kLargestPooled / sizeof(PyObject*));
  if (items && allocated > pooled && n > pooled) {
    size_t bytes = (static_cast<size_t>(n) * sizeof(PyObject*) + kSizeStep - 1) / kSizeStep * kSizeStep;
    return static_cast<PyObject**>(raw_reallocate(items, bytes));
  }
  PyObject** moved = list_items_allocate(n);
  if (!moved) return nullptr;
  if (items) {
    memcpy(moved, items, static_cast<size_t>(used < n ? used : n) * sizeof(PyObject*));
    list_items_free(items, allocated);
  }
  return moved;
}

bool list_resize(List* list, Py_ssize_t n) {
  Py_ssize_t allocated = list->allocated, size = Py_SIZE(list);
  if (allocated >= n && n >= allocated >> 1) {
    list->ob_base.ob_size = n;
    return true;
  }
  // An eighth more than needed makes appending linear; but a list that is extended in one big step is likely done.
  auto wanted = static_cast<size_t>(n);
  size_t room = (wanted + (wanted >> 3) + 6) & ~size_t{3};
  if (n - size > static_cast<Py_ssize_t>(room - wanted)) room = (wanted + 3) & ~size_t{3};
  if (n == 0) {
    list_items_free(list->ob_item, allocated < 0 ? 0 : allocated);
    list->ob_item = nullptr;
    list->ob_base.ob_size = list->allocated = 0;
    return true;
  }
  PyObject** items = room > static_cast<size_t>(kMostItems)
                         ? nullptr
                         : reallocate_items(list->ob_item, allocated, size, static_cast<Py_ssize_t>(room));
  if (!items) return raise_no_memory(), false;
  list->ob_item = items;
  list->ob_base.ob_size = n;
  list->allocated = static_cast<Py_ssize_t>(room);
  return true;
}

Ref<List> new_list(Py_ssize_t n) {
  if (n < 0) return raise_internal("../Objects/listobject.c");
  if (n > kMostItems) return raise_no_memory();
  auto list = TRY(allocate_collected<List>(&PyList_Type));
  list->ob_item = nullptr;
  list->ob_base.ob_size = list->allocated = 0;
  if (n > 0) {
    list->ob_item = list_items_allocate(n);
    if (!list->ob_item) return raise_no_memory();
    memset(list->ob_item, 0, static_cast<size_t>(n) * sizeof(PyObject*));
    list->ob_base.ob_size = list->allocated = n;
  }
  gc_track(object(list.get()));
  return list;
}

Ref<> list_of(PyObject* const* items, Py_ssize_t n) {
  auto list = TRY(new_list());
  if (n == 0) return list;
  if (n > kMostItems) return raise_no_memory();
  list->ob_item = list_items_allocate(n);
  if (!list->ob_item) return raise_no_memory();
  for (Py_ssize_t i = 0; i < n; i++) list->ob_item[i] = Py_NewRef(items[i]);
  list->ob_base.ob_size = list->allocated = n;
  return list;
}

Status list_append(PyObject* o, PyObject* item) {
  List* list = as_list(o);
  Py_ssize_t n = Py_SIZE(list);
  if (list->allocated > n) [[likely]] list->ob_base.ob_size = n + 1;
  else if (!list_resize(list, n + 1)) return Raised{};
  list->ob_item[n] = Py_NewRef(item);
  return {};
}

Status list_insert(PyObject* o, Py_ssize_t index, PyObject* item) {
  List* list = as_list(o);
  Py_ssize_t n = Py_SIZE(list);
  if (index < 0 && (index += n) < 0) index = 0;
  if (index > n) index = n;
  if (!list_resize(list, n + 1)) return Raised{};
  memmove(list->ob_item + index + 1, list->ob_item + index, static_cast<size_t>(n - index) * sizeof(PyObject*));
  list->ob_item[index] = Py_NewRef(item);
  return {};
}

Ref<> list_slice(PyObject* o, Py_ssize_t low, Py_ssize_t high) {
  Py_ssize_t n = Py_SIZE(o);
  if (low < 0) low = 0;
  if (low > n) low = n;
  if (high < low) high = low;
  if (high > n) high = n;
  return list_of(as_list(o)->ob_item + low, high - low);
}

void list_clear(PyObject* o) {
  List* list = as_list(o);
  PyObject** items = list->ob_item;
  if (!items) return;
  Py_ssize_t n = Py_SIZE(list), allocated = list->allocated;
  list->ob_item = nullptr;
  list->ob_base.ob_size = list->allocated = 0;
  while (--n >= 0) Py_XDECREF(items[n]);
  list_items_free(items, allocated);
}

// -- filling --

/// Room for exactly n items in an empty list (an even number: memory comes in steps of two).
static bool allocate_exactly(List* list, Py_ssize_t n) {
  n += n & 1;
  if (n > kMostItems) return raise_no_memory(), false;
  PyObject** items = list_items_allocate(n);
  if (!items) return raise_no_memory(), false;
  list->ob_item = items;
  list->allocated = n;
  return true;
}

static Status extend_from_array(List* list, PyObject* source) {
  Py_ssize_t n = Py_SIZE(source), old = Py_SIZE(list);
  if (n == 0) return {};
  if (!list->ob_item) {
    if (!allocate_exactly(list, n)) return Raised{};
    list->ob_base.ob_size = n;
  } else if (!list_resize(list, old + n)) {
    return Raised{};
  }
  PyObject** items = fast_items(source);  // after the resize: the source may be this list
  for (Py_ssize_t i = 0; i < n; i++) list->ob_item[old + i] = Py_NewRef(items[i]);
  return {};
}

Status list_extend(PyObject* o, PyObject* iterable) {
  List* list = as_list(o);
  if (PyList_CheckExact(iterable) || PyTuple_CheckExact(iterable) || iterable == o) {
    Ref<> hold = share(iterable);
    return extend_from_array(list, iterable);
  }
  Ref<> iterator = TRY(iterate(iterable));
  Py_ssize_t hint = TRY(length_hint(iterable, 8)), n = Py_SIZE(list);
  if (!list->ob_item) {
    if (hint > 0 && !allocate_exactly(list, hint)) return Raised{};
  } else if (n <= PY_SSIZE_T_MAX - hint) {
    if (!list_resize(list, n + hint)) return Raised{};
    list->ob_base.ob_size = n;
  }
  iternextfunc next_of = Py_TYPE(iterator.get())->tp_iternext;
  for (;;) {
    Ref<> item = adopt(next_of(iterator.get()));
    if (!item) {
      if (pending_error() && !clear_error_if(PyExc_StopIteration)) return Raised{};
      break;
    }
    if (Py_SIZE(list) < list->allocated) {
      list->ob_item[list->ob_base.ob_size++] = item.release();
    } else {
      Py_ssize_t at = Py_SIZE(list);
      if (!list_resize(list, at + 1)) return Raised{};
      list->ob_item[at] = item.release();
    }
  }
  if (Py_SIZE(list) < list->allocated && !list_resize(list, Py_SIZE(list))) return Raised{};
  return {};
}

Ref<> list_concat(PyObject* a, PyObject* b) {
  Py_ssize_t n = Py_SIZE(a), m = Py_SIZE(b);
  if (n > PY_SSIZE_T_MAX - m) return raise_no_memory();
  auto list = TRY(new_list(n + m));
  for (Py_ssize_t i = 0; i < n; i++) list->ob_item[i] = Py_NewRef(list_item(a, i));
  for (Py_ssize_t i = 0; i < m; i++) list->ob_item[n + i] = Py_NewRef(list_item(b, i));
  return list;
}

Ref<> list_repeat(PyObject* o, Py_ssize_t times) {
  Py_ssize_t n = Py_SIZE(o);
  if (n == 0 || times <= 0) return new_list();
  if (times > kMostItems / n) return raise_no_memory();
  auto list = TRY(new_list(n * times));
  PyObject** to = list->ob_item;
  for (Py_ssize_t i = 0; i < n; i++) as_list(o)->ob_item[i]->ob_refcnt += times;
  if (n == 1) {
    for (Py_ssize_t i = 0; i < times; i++) to[i] = list_item(o, 0);
  } else {
    for (Py_ssize_t i = 0; i < times; i++) memcpy(to + i * n, as_list(o)->ob_item, static_cast<size_t>(n) * sizeof(PyObject*));
  }
  return list;
}

Status list_set_slice(PyObject* o, Py_ssize_t low, Py_ssize_t high, PyObject* items) {
  List* list = as_list(o);
  Ref<> fresh;
  PyObject** source = nullptr;
  Py_ssize_t n = 0;
  if (items == o) {
    fresh = TRY(list_slice(o, 0, Py_SIZE(o)));
  } else if (items) {
    fresh = TRY(to_fast_sequence(items, "can only assign an iterable"));
  }
  if (fresh) {
    n = Py_SIZE(fresh.get());
    source = fast_items(fresh.get());
  }
  Py_ssize_t size = Py_SIZE(list);
  if (low < 0) low = 0;
  if (low > size) low = size;
  if (high < low) high = low;
  if (high > size) high = size;
  Py_ssize_t dropped = high - low, grow = n - dropped;
  if (size + grow == 0) {
    list_clear(o);
    return {};
  }
  // The old items move into a list of their own, which dies at the end.
  Ref<> old = TRY(list_slice(o, low, high));
  for (Py_ssize_t i = low; i < high; i++) Py_DECREF(list->ob_item[i]);  // `old` still holds each
  auto tail = static_cast<size_t>(size - high) * sizeof(PyObject*);
  if (grow < 0) {
    memmove(list->ob_item + high + grow, list->ob_item + high, tail);
    if (!list_resize(list, size + grow)) {
      clear_error();
      list->ob_base.ob_size = size + grow;  // shrinking may do without
    }
  } else if (grow > 0) {
    if (!list_resize(list, size + grow)) {
      for (Py_ssize_t i = low; i < high; i++) Py_INCREF(list->ob_item[i]);
      return Raised{};
    }
    memmove(list->ob_item + high + grow, list->ob_item + high, tail);
  }
  for (Py_ssize_t i = 0; i < n; i++) list->ob_item[low + i] = Py_NewRef(source[i]);
  return {};
}

}  // namespace taipan
