// The list type: constructor, methods, operators. The kernel is object/list.cpp.
#include "object/list.h"

#include "object/bind.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/type.h"
#include "types/iterators.h"
#include "types/rows.h"
#include "types/sequence_index.h"
#include "types/slice_range.h"

namespace taipan {

static List& as_list(PyObject* o) { return *reinterpret_cast<List*>(o); }
static PyObject* self_of(List& list) { return object(list); }
static Py_ssize_t size_of(List& list) { return Py_SIZE(&list); }

// -- construction and the end --

static constexpr char list_doc[] =
    "list(iterable=(), /)\n--\n\n"
    "A sequence of items that can change.\n\n"
    "Without an argument it is empty; else it takes the items of the iterable.";

static Status fill(PyObject* o, PyObject* iterable) {
  if (as_list(o).ob_item) list_clear(o);
  return iterable ? list_extend(o, iterable) : Status();
}
static int list_init(PyObject* self, PyObject* args, PyObject* kwargs) {
  // A subclass with its own __new__ may give keywords a meaning there.
  if ((Py_IS_TYPE(self, &PyList_Type) || Py_TYPE(self)->tp_new == PyList_Type.tp_new) &&
      !check_no_keywords_dict("list", kwargs))
    return -1;
  if (!check_positional("list", tuple_size(args), 0, 1)) return -1;
  return fill(self, tuple_size(args) ? item(args, 0) : nullptr).to_c();
}
static PyObject* list_vectorcall(PyObject* type, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  Py_ssize_t n = PyVectorcall_NARGS(nargsf);
  if (!check_no_keywords("list", kwnames) || !check_positional("list", n, 0, 1)) return nullptr;
  Ref<> list = adopt(generic_alloc(reinterpret_cast<PyTypeObject*>(type), 0));
  if (!list || (n && !list_extend(list.get(), args[0]))) return nullptr;
  return list.release();
}

static void list_dealloc(PyObject* o) {
  gc_untrack(o);
  TrashGuard guard(o);
  if (!guard) return;
  List& list = as_list(o);
  for (Py_ssize_t i = Py_SIZE(o); i-- > 0;) Py_XDECREF(list.ob_item[i]);
  list_items_free(list.ob_item, list.allocated);
  if (PyList_CheckExact(o)) deallocate_collected(&list);
  else Py_TYPE(o)->tp_free(o);
}
static int list_traverse(PyObject* o, visitproc visit, void* arg) {
  for (Py_ssize_t i = Py_SIZE(o); i-- > 0;) Py_VISIT(list_item(o, i));
  return 0;
}
static int list_tp_clear(PyObject* o) {
  list_clear(o);
  return 0;
}

// -- showing and comparing --

static Ref<> list_repr(PyObject* o) {
  if (Py_SIZE(o) == 0) return new_str("[]");
  ReprGuard guard(o);
  if (!guard) return guard.seen() ? new_str("[...]") : Raised{};
  StrBuilder text;
  if (!text.add("[")) return {};
  for (Py_ssize_t i = 0; i < Py_SIZE(o); i++) {  // repr may change the list
    if (i > 0 && !text.add(", ")) return {};
    Ref<> hold = share(list_item(o, i));
    Ref<> part = TRY(repr(hold.get()));
    if (!text.add(part.get())) return {};
  }
  if (!text.add("]")) return {};
  return text.finish();
}

static bool decide(Py_ssize_t a, Py_ssize_t b, int op) {
  switch (op) {
    case Py_LT: return a < b;
    case Py_LE: return a <= b;
    case Py_EQ: return a == b;
    case Py_NE: return a != b;
    case Py_GT: return a > b;
    default: return a >= b;
  }
}

static Ref<> list_compare(PyObject* a, PyObject* b, int op) {
  if (!PyList_Check(a) || !PyList_Check(b)) return not_implemented();
  if (Py_SIZE(a) != Py_SIZE(b) && (op == Py_EQ || op == Py_NE)) return boolean(op == Py_NE);
  Py_ssize_t i = 0;
  for (; i < Py_SIZE(a) && i < Py_SIZE(b); i++) {
    if (list_item(a, i) == list_item(b, i)) continue;
    Ref<> x = share(list_item(a, i)), y = share(list_item(b, i));
    if (!TRY(equal(x.get(), y.get()))) break;
  }
  if (i >= Py_SIZE(a) || i >= Py_SIZE(b)) return boolean(decide(Py_SIZE(a), Py_SIZE(b), op));
  if (op == Py_EQ || op == Py_NE) return boolean(op == Py_NE);
  Ref<> x = share(list_item(a, i)), y = share(list_item(b, i));
  return compare(x.get(), y.get(), op);
}

static Result<bool> list_contains(PyObject* o, PyObject* value) {
  for (Py_ssize_t i = 0; i < Py_SIZE(o); i++) {
    if (list_item(o, i) == value) return true;
    Ref<> hold = share(list_item(o, i));
    if (TRY(equal(hold.get(), value))) return true;
  }
  return false;
}

// -- items and slices --

static Py_ssize_t list_length(PyObject* o) { return Py_SIZE(o); }

static Ref<> list_get(PyObject* o, Py_ssize_t i) {
  if (i < 0 || i >= Py_SIZE(o)) return raise(PyExc_IndexError, "list index out of range");
  return share(list_item(o, i));
}

static Ref<> list_get_slice(PyObject* o, PyObject* slice) {
  SliceBounds bounds = TRY(slice_bounds(slice));
  return list_part(o, clamp_slice(bounds, Py_SIZE(o)));
}
Ref<> list_part(PyObject* o, SliceRange r) {
  if (r.count <= 0) return new_list();
  if (r.step == 1) return list_slice(o, r.start, r.start + r.count);
  auto result = TRY(new_list(r.count));
  for (Py_ssize_t i = 0, at = r.start; i < r.count; i++, at += r.step) result->ob_item[i] = Py_NewRef(list_item(o, at));
  return result;
}

static Raised raise_bad_index(PyObject* key) {
  return raise(PyExc_TypeError, "list indices must be integers or slices, not {}", clip(type_name(key), 200));
}

static Ref<> list_subscript(PyObject* o, PyObject* key) {
  if (is_index(key)) {
    Py_ssize_t i = TRY(to_ssize(key, PyExc_IndexError));
    return list_get(o, i < 0 ? i + Py_SIZE(o) : i);
  }
  if (PySlice_Check(key)) return list_get_slice(o, key);
  return raise_bad_index(key);
}

static Status list_set(PyObject* o, Py_ssize_t i, PyObject* value) {
  if (i < 0 || i >= Py_SIZE(o)) return raise(PyExc_IndexError, "list assignment index out of range");
  if (!value) return list_set_slice(o, i, i + 1, nullptr);
  replace_field(as_list(o).ob_item[i], share(value));
  return {};
}

/// What an extended slice gives up dies first to last; a dying list would go from last to first.
static void release_in_order(List& dropped) {
  for (Py_ssize_t i = 0; i < Py_SIZE(&dropped); i++) clear_field(dropped.ob_item[i]);
}

static Status delete_extended(PyObject* o, SliceRange r) {
  if (r.count <= 0) return {};
  if (r.step < 0) {  // the same items, walked upwards
    r.start += r.step * (r.count - 1);
    r.step = -r.step;
  }
  auto dropped = TRY(new_list(r.count));
  PyObject** items = as_list(o).ob_item;
  Py_ssize_t n = Py_SIZE(o), to = r.start, next = r.start, taken = 0;
  for (Py_ssize_t from = r.start; from < n; from++) {
    if (taken < r.count && from == next) {
      dropped->ob_item[taken++] = items[from];
      next += r.step;
    } else {
      items[to++] = items[from];
    }
  }
  if (!list_resize(&as_list(o), n - r.count)) return Raised{};
  release_in_order(*dropped);
  return {};
}

static Status assign_extended(PyObject* o, SliceBounds bounds, PyObject* value) {
  Ref<> source = value == o ? list_slice(o, 0, Py_SIZE(o)) : to_fast_sequence(value, "must assign iterable to extended slice");
  if (!source) return Raised{};
  SliceRange r = clamp_slice(bounds, Py_SIZE(o));  // making the sequence may have changed the list
  if (Py_SIZE(source.get()) != r.count)
    return raise(PyExc_ValueError, "attempt to assign sequence of size {} to extended slice of size {}",
                 Py_SIZE(source.get()), r.count);
  if (r.count == 0) return {};
  auto old = TRY(new_list(r.count));
  for (Py_ssize_t i = 0, at = r.start; i < r.count; i++, at += r.step) {
    old->ob_item[i] = as_list(o).ob_item[at];
    as_list(o).ob_item[at] = Py_NewRef(fast_items(source.get())[i]);
  }
  release_in_order(*old);
  return {};
}

static Status list_set_subscript(PyObject* o, PyObject* key, PyObject* value) {
  if (is_index(key)) {
    Py_ssize_t i = TRY(to_ssize(key, PyExc_IndexError));
    return list_set(o, i < 0 ? i + Py_SIZE(o) : i, value);
  }
  if (!PySlice_Check(key)) return raise_bad_index(key);
  SliceBounds bounds = TRY(slice_bounds(key));
  return list_store_part(o, bounds, value);
}
Status list_store_part(PyObject* o, SliceBounds bounds, PyObject* value) {
  SliceRange r = clamp_slice(bounds, Py_SIZE(o));
  if (r.step == 1) return list_set_slice(o, r.start, r.start + (r.count > 0 ? r.count : 0), value);
  return value ? assign_extended(o, bounds, value) : delete_extended(o, r);
}

// -- operators --

static Ref<> list_add(PyObject* a, PyObject* b) {
  if (!PyList_Check(b))
    return raise(PyExc_TypeError, "can only concatenate list (not \"{}\") to list", clip(type_name(b), 200));
  return list_concat(a, b);
}
static Ref<> list_inplace_add(PyObject* o, PyObject* other) {
  TRY(list_extend(o, other));
  return share(o);
}
static Ref<> list_inplace_repeat(PyObject* o, Py_ssize_t times) {
  Py_ssize_t n = Py_SIZE(o);
  if (n == 0 || times == 1) return share(o);
  if (times < 1) {
    list_clear(o);
    return share(o);
  }
  if (n > PY_SSIZE_T_MAX / times) return raise_no_memory();
  if (!list_resize(&as_list(o), n * times)) return {};
  PyObject** items = as_list(o).ob_item;
  for (Py_ssize_t i = n; i < n * times; i++) items[i] = Py_NewRef(items[i - n]);
  return share(o);
}

// -- methods --

static constexpr char reversed_doc[] =
    "__reversed__($self, /)\n--\n\n"
    "An iterator over the items, last one first.";
static Ref<> reversed(List& self) { return new_index_iterator(&PyListRevIter_Type, self_of(self), size_of(self) - 1); }

static constexpr char sizeof_doc[] =
    "__sizeof__($self, /)\n--\n\n"
    "The bytes of memory that the list takes.";
static Py_ssize_t sizeof_list(List& self) {
  return Py_TYPE(self_of(self))->tp_basicsize + self.allocated * static_cast<Py_ssize_t>(sizeof(PyObject*));
}

static constexpr char clear_doc[] =
    "clear($self, /)\n--\n\n"
    "Take all items out.";
static Status clear(List& self) {
  list_clear(self_of(self));
  return {};
}

static constexpr char copy_doc[] =
    "copy($self, /)\n--\n\n"
    "A shallow copy of the list.";
static Ref<> copy(List& self) { return list_slice(self_of(self), 0, size_of(self)); }

static constexpr char append_doc[] =
    "append($self, object, /)\n--\n\n"
    "Put an item at the end.";
static Status append(List& self, PyObject* o) { return list_append(self_of(self), o); }

static constexpr char insert_doc[] =
    "insert($self, index, object, /)\n--\n\n"
    "Put an item in front of the one at index.";
static Status insert(List& self, Py_ssize_t index, PyObject* o) { return list_insert(self_of(self), index, o); }

static constexpr char extend_doc[] =
    "extend($self, iterable, /)\n--\n\n"
    "Put all items of the iterable at the end.";
static Status extend(List& self, PyObject* iterable) { return list_extend(self_of(self), iterable); }

static constexpr char pop_doc[] =
    "pop($self, index=-1, /)\n--\n\n"
    "Take the item at index (the last one if none is given) out and return it.\n\n"
    "An empty list, or an index outside it, is an IndexError.";
static Ref<> pop(List& self, Py_ssize_t index) {
  Py_ssize_t n = size_of(self);
  if (n == 0) return raise(PyExc_IndexError, "pop from empty list");
  if (index < 0) index += n;
  if (index < 0 || index >= n) return raise(PyExc_IndexError, "pop index out of range");
  Ref<> taken = adopt(self.ob_item[index]);
  memmove(self.ob_item + index, self.ob_item + index + 1, static_cast<size_t>(n - 1 - index) * sizeof(PyObject*));
  if (!list_resize(&self, n - 1)) {
    clear_error();  // a smaller array would be nice, but the larger one does
    self.ob_base.ob_size = n - 1;
  }
  return taken;
}

static constexpr char remove_doc[] =
    "remove($self, value, /)\n--\n\n"
    "Take the first item equal to value out.\n\n"
    "If there is none, this is a ValueError.";
static Status remove(List& self, PyObject* value) {
  for (Py_ssize_t i = 0; i < size_of(self); i++) {
    Ref<> hold = share(self.ob_item[i]);
    if (TRY(equal(hold.get(), value))) return list_set_slice(self_of(self), i, i + 1, nullptr);
  }
  return raise(PyExc_ValueError, "list.remove(x): x not in list");
}

static constexpr char index_doc[] =
    "index($self, value, start=0, stop=sys.maxsize, /)\n--\n\n"
    "Where the first item equal to value is.\n\n"
    "If there is none, this is a ValueError.";
static Result<Py_ssize_t> index_of(List& self, PyObject* value, SearchIndex start, SearchIndex stop) {
  start.count_from_end(size_of(self));
  stop.count_from_end(size_of(self));
  for (Py_ssize_t i = start.value; i < stop.value && i < size_of(self); i++) {
    Ref<> hold = share(self.ob_item[i]);
    if (TRY(equal(hold.get(), value))) return i;
  }
  return raise(PyExc_ValueError, "{} is not in list", as_repr(value));
}

static constexpr char count_doc[] =
    "count($self, value, /)\n--\n\n"
    "How many items are equal to value.";
static Result<Py_ssize_t> count(List& self, PyObject* value) {
  Py_ssize_t n = 0;
  for (Py_ssize_t i = 0; i < size_of(self); i++) {
    PyObject* o = self.ob_item[i];
    if (o == value) {
      n++;
      continue;
    }
    Ref<> hold = share(o);
    n += TRY(equal(o, value));
  }
  return n;
}

static constexpr char reverse_doc[] =
    "reverse($self, /)\n--\n\n"
    "Reverse the order of the items *IN PLACE*.";
static Status reverse(List& self) {
  for (Py_ssize_t i = 0, j = size_of(self) - 1; i < j; i++, j--) std::swap(self.ob_item[i], self.ob_item[j]);
  return {};
}

static constexpr char sort_doc[] =
    "sort($self, /, *, key=None, reverse=False)\n--\n\n"
    "Put the items in ascending order, in place.\n\n"
    "Equal items keep their order. A key function is called once per item, and its results are\n"
    "compared instead. With reverse true, the order is descending.";
static Status sort(List& self, PyObject* key, int reverse) { return list_sort(self_of(self), key, reverse != 0); }

static Ref<> list_iter(PyObject* o) { return new_index_iterator(&PyListIter_Type, o); }

static constinit PyMethodDef list_methods[] = {
    one_arg<list_subscript>("__getitem__", "x.__getitem__(y) <==> x[y]", METH_COEXIST),
    method<reversed_doc, reversed>,
    method<sizeof_doc, sizeof_list>,
    method<clear_doc, clear>,
    method<copy_doc, copy>,
    method<append_doc, append>,
    method<insert_doc, insert>,
    method<extend_doc, extend>,
    method<pop_doc, pop>,
    method<remove_doc, remove>,
    method<index_doc, index_of>,
    method<count_doc, count>,
    method<reverse_doc, reverse>,
    method<sort_doc, sort>,
    kClassGetitemRow,
    {},
};
static constinit PySequenceMethods list_as_sequence = {
    .sq_length = slot<list_length>,
    .sq_concat = slot<list_add>,
    .sq_repeat = slot<list_repeat>,
    .sq_item = slot<list_get>,
    .sq_ass_item = slot<list_set>,
    .sq_contains = slot<list_contains>,
    .sq_inplace_concat = slot<list_inplace_add>,
    .sq_inplace_repeat = slot<list_inplace_repeat>,
};
static constinit PyMappingMethods list_as_mapping = {
    .mp_length = slot<list_length>,
    .mp_subscript = slot<list_subscript>,
    .mp_ass_subscript = slot<list_set_subscript>,
};

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject PyList_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "list",
    .tp_basicsize = sizeof(PyListObject),
    .tp_dealloc = list_dealloc,
    .tp_repr = slot<list_repr>,
    .tp_as_sequence = &list_as_sequence,
    .tp_as_mapping = &list_as_mapping,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_LIST_SUBCLASS |
                _Py_TPFLAGS_MATCH_SELF | Py_TPFLAGS_SEQUENCE,
    .tp_doc = list_doc,
    .tp_traverse = list_traverse,
    .tp_clear = list_tp_clear,
    .tp_richcompare = slot<list_compare>,
    .tp_iter = slot<list_iter>,
    .tp_methods = list_methods,
    .tp_init = list_init,
    .tp_alloc = generic_alloc,
    .tp_new = generic_new,
    .tp_free = gc_free,
    .tp_vectorcall = list_vectorcall,
};
