// Elements as sequences of their children, and walking over whole trees.
#include "modules/etree/etree.h"
#include "object/list.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/tuple.h"
#include "types/slice_range.h"

namespace taipan::etree {
namespace {

Element& self(PyObject* o) { return as_element(o); }
PyObject*& child(Element& e, Py_ssize_t i) { return e.children[static_cast<size_t>(i)]; }

Result<Py_ssize_t> length_slot(PyObject* o) { return self(o).count(); }
Ref<> item_slot(PyObject* o, Py_ssize_t i) {
  if (i < 0 || i >= self(o).count()) return raise(PyExc_IndexError, "child index out of range");
  return share(child(self(o), i));
}
Status set_item_slot(PyObject* o, Py_ssize_t i, PyObject* value) {
  Element& e = self(o);
  if (i < 0 || i >= e.count()) return raise(PyExc_IndexError, "child assignment index out of range");
  if (value) {
    TRY(check_element(value));
    Ref<> old = adopt(std::exchange(child(e, i), Py_NewRef(value)));
    return {};
  }
  Ref<> old = adopt(child(e, i));
  memmove(&child(e, i), &child(e, i) + 1, static_cast<size_t>(e.count() - i - 1) * sizeof(PyObject*));
  e.children.truncate(e.children.size() - 1);
  return {};
}

Result<Py_ssize_t> index_of(Element& e, PyObject* key) {
  Py_ssize_t i = TRY(to_ssize(key, PyExc_IndexError));
  return i < 0 ? i + e.count() : i;
}
Raised raise_bad_key() { return raise(PyExc_TypeError, "element indices must be integers"); }

Ref<> subscript(PyObject* o, PyObject* key) {
  Element& e = self(o);
  if (is_index(key)) return item_slot(o, TRY(index_of(e, key)));
  if (!PySlice_Check(key)) return raise_bad_key();
  SliceRange r = clamp_slice(TRY(slice_bounds(key)), e.count());
  Ref<List> list = TRY(new_list());
  for (Py_ssize_t i = 0, at = r.start; i < r.count; i++, at += r.step) TRY(list_append(object(list.get()), child(e, at)));
  return list;
}

/// The children of a slice give way to others; what goes dies last, together.
Status assign_slice(Element& e, SliceRange r, PyObject* const* values, Py_ssize_t n) {
  Ref<List> gone = TRY(new_list(r.count));
  Vector<PyObject*> left;
  if (!left.reserve(static_cast<size_t>(e.count() + n))) return raise_no_memory();
  auto take = [&](PyObject* o) { return left.append(o); };
  bool ok = true;
  if (r.step == 1) {
    for (Py_ssize_t i = 0; i < r.start; i++) ok = ok && take(child(e, i));
    for (Py_ssize_t i = 0; i < n; i++) ok = ok && take(Py_NewRef(values[i]));
    for (Py_ssize_t i = r.start + r.count; i < e.count(); i++) ok = ok && take(child(e, i));
    for (Py_ssize_t i = 0; i < r.count; i++) gone->ob_item[i] = child(e, r.start + i);
  } else {
    Py_ssize_t step = r.step, start = r.start;
    if (step < 0) start += (r.count - 1) * step, step = -step;
    Py_ssize_t hit = 0;
    for (Py_ssize_t i = 0; i < e.count(); i++) {
      if (hit < r.count && i == start + hit * step) {
        Py_ssize_t which = r.step < 0 ? r.count - 1 - hit : hit;
        gone->ob_item[hit++] = child(e, i);
        if (n) ok = ok && take(Py_NewRef(values[which]));
      } else {
        ok = ok && take(child(e, i));
      }
    }
  }
  if (!ok) return raise_no_memory();
  e.children = std::move(left);
  left.truncate(0);
  return {};
}
Status set_subscript(PyObject* o, PyObject* key, PyObject* value) {
  Element& e = self(o);
  if (is_index(key)) return set_item_slot(o, TRY(index_of(e, key)), value);
  if (!PySlice_Check(key)) return raise_bad_key();
  SliceBounds bounds = TRY(slice_bounds(key));
  if (!value) {
    SliceRange r = clamp_slice(bounds, e.count());
    return r.count ? assign_slice(e, r, nullptr, 0) : Status();
  }
  Ref<> given = to_fast_sequence(value, "");
  if (!given) return raise(PyExc_TypeError, "expected sequence, not \"{}\"", clip(type_name(value), 200));
  Ref<> fixed = TRY(list_of(fast_items(given.get()), Py_SIZE(given.get())));  // it may be our own list of children
  Py_ssize_t n = Py_SIZE(fixed.get());
  SliceRange r = clamp_slice(bounds, e.count());
  if (r.step != 1 && n != r.count)
    return raise(PyExc_ValueError, "attempt to assign sequence of size {} to extended slice of size {}", n, r.count);
  for (Py_ssize_t i = 0; i < n; i++) TRY(check_element(list_item(fixed.get(), i)));
  if (r.step != 1 && r.count == 0) return {};
  return assign_slice(e, r, fast_items(fixed.get()), n);
}

// -- walking --------------------------------------------------------------------------------

/// All elements below one in document order, or their texts.
struct Iterator {
  PyObject_HEAD
  PyObject *root, *tag;  // root is null once its children are being walked
  bool texts;
  struct Place {
    PyObject* parent;
    size_t next;
  };
  Vector<Place> stack;
};
Iterator& as(PyObject* o) { return *reinterpret_cast<Iterator*>(o); }

int traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(as(o).root);
  Py_VISIT(as(o).tag);
  for (auto& place : as(o).stack) Py_VISIT(place.parent);
  return 0;
}
int clear(PyObject* o) {
  clear_field(as(o).root);
  clear_field(as(o).tag);
  while (!as(o).stack.empty()) Py_DECREF(as(o).stack.pop().parent);
  return 0;
}
void dealloc(PyObject* o) {
  gc_untrack(o);
  clear(o);
  as(o).stack.~Vector();
  Py_TYPE(o)->tp_free(o);
}

Result<Ref<>> next_slot(Iterator& it) {
  for (;;) {
    Ref<> element;
    if (it.root) {
      element = adopt(std::exchange(it.root, nullptr));
    } else {
      if (it.stack.empty()) return Ref<>();
      Iterator::Place& place = it.stack.back();
      Element& parent = as_element(place.parent);
      if (place.next >= parent.children.size()) {
        Ref<> left = adopt(it.stack.pop().parent);
        // The text behind the element that all began with does not belong to it.
        if (!it.texts || it.stack.empty()) continue;
        Ref<> tail = TRY(tail_of(as_element(left.get())));
        if (tail.get() != Py_None && TRY(is_true(tail.get()))) return tail;
        continue;
      }
      element = share(parent.children[place.next++]);
    }
    if (!it.stack.append({element.get(), 0})) return raise_no_memory();
    Py_INCREF(element.get());
    if (it.texts) {
      Ref<> text = TRY(text_of(as_element(element.get())));
      if (text.get() != Py_None && TRY(is_true(text.get()))) return text;
      continue;
    }
    if (!it.tag || it.tag == Py_None) return element;
    if (TRY(equal(as_element(element.get()).tag, it.tag))) return element;
  }
}

}  // namespace

Ref<> new_iterator(Element& root, PyObject* tag, bool texts) {
  Ref<> o = TRY(adopt(generic_alloc(&element_iterator_type, 0)));
  as(o.get()).root = Py_NewRef(object(root));
  as(o.get()).tag = Py_NewRef(tag);
  as(o.get()).texts = texts;
  return o;
}

constinit PySequenceMethods element_sequence = {
    .sq_length = slot<length_slot>,
    .sq_item = slot<item_slot>,
    .sq_ass_item = slot<set_item_slot>,
};
constinit PyMappingMethods element_mapping = {
    .mp_length = slot<length_slot>,
    .mp_subscript = slot<subscript>,
    .mp_ass_subscript = slot<set_subscript>,
};
constinit PyTypeObject element_iterator_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_elementtree._element_iterator",
    .tp_basicsize = sizeof(Iterator),
    .tp_dealloc = dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_traverse = traverse,
    .tp_clear = clear,
    .tp_iter = slot<share<PyObject>>,
    .tp_iternext = slot<next_slot>,
    .tp_free = gc_free,
};

}  // namespace taipan::etree
