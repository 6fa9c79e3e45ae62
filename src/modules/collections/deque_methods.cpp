// deque's methods and its sequence operations.
#include "modules/collections/deque.h"
#include "modules/module.h"
#include "object/call.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/rows.h"

namespace taipan::collections {

Ref<> deque_reversed(Deque& self);

namespace {

// -- the ends --

constexpr char append_doc[] = "Add an element to the right side of the deque.";
Status append(Deque& self, PyObject* o) { return self.push_back(o); }
constexpr char appendleft_doc[] = "Add an element to the left side of the deque.";
Status appendleft(Deque& self, PyObject* o) { return self.push_front(o); }

Raised raise_empty() { return raise(PyExc_IndexError, "pop from an empty deque"); }
constexpr char pop_doc[] = "Remove and return the rightmost element.";
Ref<> pop(Deque& self) { return self.size() ? self.take_back() : Ref<>(raise_empty()); }
constexpr char popleft_doc[] = "Remove and return the leftmost element.";
Ref<> popleft(Deque& self) { return self.size() ? self.take_front() : Ref<>(raise_empty()); }

constexpr char extend_doc[] = "Extend the right side of the deque with elements from the iterable";
Status extend_method(Deque& self, PyObject* iterable) { return extend(self, iterable); }
constexpr char extendleft_doc[] = "Extend the left side of the deque with elements from the iterable";
Status extendleft(Deque& self, PyObject* iterable) {
  if (iterable == object(&self)) {
    Ref<List> copy = TRY(to_list(iterable));
    return extendleft(self, object(copy.get()));
  }
  return for_each(iterable, [&](PyObject* o) { return self.push_front(o); });
}

constexpr char clear_doc[] = "Remove all elements from the deque.";
Status clear(Deque& self) {
  self.clear();
  return {};
}

// -- searching --

/// Calls found(i) for every item in [start, stop) that equals `value`, until it returns true.
template <class F>
Status for_each_equal(Deque& self, PyObject* value, Py_ssize_t start, Py_ssize_t stop, F&& found) {
  size_t changes = self.changes;
  for (Py_ssize_t i = start; i < stop; i++) {
    Ref<> o = share(self.at(i));
    bool same = TRY(equal(o.get(), value));
    if (self.changes != changes) return raise_mutated();
    if (same && found(i)) return {};
  }
  return {};
}

constexpr char count_doc[] = "D.count(value) -- return number of occurrences of value";
Result<Py_ssize_t> count(Deque& self, PyObject* value) {
  Py_ssize_t n = 0;
  TRY(for_each_equal(self, value, 0, self.size(), [&](Py_ssize_t) { return n++, false; }));
  return n;
}
Result<bool> contains_slot(Deque& self, PyObject* value) {
  bool there = false;
  TRY(for_each_equal(self, value, 0, self.size(), [&](Py_ssize_t) { return there = true; }));
  return there;
}

Result<Py_ssize_t> bound(PyObject* o) {
  if (!is_index(o)) return raise(PyExc_TypeError, "slice indices must be integers or have an __index__ method");
  return to_ssize(o);
}
constexpr char index_doc[] =
    "D.index(value, [start, [stop]]) -- return first index of value.\nRaises ValueError if the value is not present.";
Result<Py_ssize_t> index_method(Deque& self, Arguments args) {
  TRY(check_count("index", args.count, 1, 3));
  Py_ssize_t start = 0, stop = self.size();
  if (args.count > 1) start = TRY(bound(args.items[1]));
  if (args.count > 2) stop = TRY(bound(args.items[2]));
  Py_ssize_t n = self.size();
  if (start < 0 && (start += n) < 0) start = 0;
  if (stop < 0 && (stop += n) < 0) stop = 0;
  if (stop > n) stop = n;
  Py_ssize_t at = -1;
  TRY(for_each_equal(self, args.items[0], start, stop, [&](Py_ssize_t i) { return at = i, true; }));
  if (at < 0) return raise(PyExc_ValueError, "{} is not in deque", as_repr(args.items[0]));
  return at;
}

// -- in the middle --

/// Takes item i out.
Ref<> take(Deque& self, Py_ssize_t i) {
  self.rotate(-i);
  Ref<> o = self.take_front();
  self.rotate(i);
  return o;
}

constexpr char remove_doc[] = "D.remove(value) -- remove first occurrence of value.";
Status remove(Deque& self, PyObject* value) {
  size_t changes = self.changes;
  Py_ssize_t n = self.size();
  for (Py_ssize_t i = 0; i < n; i++) {
    Ref<> o = share(self.at(i));
    bool same = TRY(equal(o.get(), value));
    if (self.changes != changes) return raise(PyExc_IndexError, "deque mutated during iteration");
    if (!same) continue;
    Ref<> removed = take(self, i);
    return {};
  }
  return raise(PyExc_ValueError, "{} is not in deque", as_repr(value));
}

constexpr char insert_doc[] = "D.insert(index, object) -- insert object before index";
Status insert(Deque& self, Arguments args) {
  TRY(check_count("insert", args.count, 2, 2));
  Py_ssize_t index = TRY(to_c_ssize(args.items[0]));
  PyObject* o = args.items[1];
  Py_ssize_t n = self.size();
  if (self.maxlen == n) return raise(PyExc_IndexError, "deque already at its maximum size");
  if (index >= n) return self.push_back(o);
  if (index <= -n || index == 0) return self.push_front(o);
  self.rotate(-index);
  Status done = index < 0 ? self.push_back(o) : self.push_front(o);
  self.rotate(index);
  return done;
}

constexpr char reverse_doc[] = "D.reverse() -- reverse *IN PLACE*";
Status reverse(Deque& self) {
  for (Py_ssize_t i = 0, j = self.size() - 1; i < j; i++, j--) std::swap(self.at(i), self.at(j));
  return {};
}

constexpr char rotate_doc[] =
    "Rotate the deque n steps to the right (default n=1).  If n is negative, rotates left.";
Status rotate(Deque& self, Arguments args) {
  if (!check_positional("deque.rotate", args.count, 0, 1)) return Raised{};
  self.rotate(args.count ? TRY(to_c_ssize(args.items[0])) : 1);
  return {};
}

// -- copies --

Ref<Deque> new_deque(PyTypeObject* type, Py_ssize_t maxlen) {
  Ref<> o = TRY(adopt(type->tp_new(type, nullptr, nullptr)));
  deque_of(o.get()).maxlen = maxlen;
  return std::move(o).as<Deque>();
}

constexpr char copy_doc[] = "Return a shallow copy of a deque.";
Ref<> copy(Deque& self) {
  PyTypeObject* type = Py_TYPE(object(self));
  if (type == &deque_type) {
    Ref<Deque> made = TRY(new_deque(type, self.maxlen));
    for (Py_ssize_t i = 0; i < self.size(); i++) TRY(made->push_back(self.at(i)));
    return made;
  }
  Ref<> made;
  if (self.maxlen < 0) {
    made = TRY(call(object(type), object(&self)));
  } else {
    Ref<> maxlen = TRY(new_int(self.maxlen));
    made = TRY(call(object(type), object(&self), maxlen.get()));
  }
  if (!is_deque(made.get()))
    return raise(PyExc_TypeError, "{}() must return a deque, not {}", clip(type->tp_name, 200), clip(type_name(made.get()), 200));
  return made;
}

constexpr char reduce_doc[] = "Return state information for pickling.";
Ref<> reduce(Deque& self) {
  Ref<> state = TRY(call_method(object(&self), "__getstate__"_name)), it = TRY(iterate(object(&self)));
  Ref<> args = share(empty_tuple());
  if (self.maxlen >= 0) {
    Ref<> maxlen = TRY(new_int(self.maxlen));
    args = TRY(tuple_of({empty_tuple(), maxlen.get()}));
  }
  return tuple_of({object(Py_TYPE(object(self))), args.get(), state.get(), it.get()});
}

constexpr char reversed_doc[] = "D.__reversed__() -- return a reverse iterator over the deque";
constexpr char sizeof_doc[] = "D.__sizeof__() -- size of D in memory, in bytes";
Py_ssize_t size_of(Deque& self) {
  return Py_TYPE(object(self))->tp_basicsize + self.capacity * static_cast<Py_ssize_t>(sizeof(PyObject*));
}

// -- the sequence protocol --

Result<Py_ssize_t> length_slot(Deque& self) { return self.size(); }

Ref<> item_slot(Deque& self, Py_ssize_t i) {
  if (i < 0 || i >= self.size()) return raise(PyExc_IndexError, "deque index out of range");
  return share(self.at(i));
}
Status set_item_slot(Deque& self, Py_ssize_t i, PyObject* value) {
  if (i < 0 || i >= self.size()) return raise(PyExc_IndexError, "deque index out of range");
  if (!value) {
    Ref<> removed = take(self, i);
    return {};
  }
  replace_field(self.at(i), share(value));
  return {};
}

Ref<> inplace_concat(Deque& self, PyObject* other) {
  TRY(extend(self, other));
  return share(object(&self));
}
Ref<> concat(Deque& self, PyObject* other) {
  if (!is_deque(other))
    return raise(PyExc_TypeError, "can only concatenate deque (not \"{}\") to deque", clip(type_name(other), 200));
  Ref<> made = TRY(copy(self));
  TRY(extend(deque_of(made.get()), other));
  return made;
}

Ref<> inplace_repeat(Deque& self, Py_ssize_t n) {
  Py_ssize_t size = self.size();
  if (size && n <= 0) self.clear();
  if (size == 0 || n <= 1) return share(object(&self));
  if (size > PY_SSIZE_T_MAX / 16 / n && self.maxlen < 0) return raise_no_memory();
  // With a bound only the last items remain: whole rounds that would only be pushed out are left out.
  if (self.maxlen >= 0 && n > self.maxlen / size + 2) n = self.maxlen / size + 2;
  Ref<List> once = TRY(new_list());
  for (Py_ssize_t i = 0; i < size; i++) TRY(list_append(object(once.get()), self.at(i)));
  for (Py_ssize_t round = 1; round < n; round++)
    for (Py_ssize_t i = 0; i < size; i++) TRY(self.push_back(reinterpret_cast<List*>(once.get())->ob_item[i]));
  return share(object(&self));
}
Ref<> repeat(Deque& self, Py_ssize_t n) {
  Ref<> made = TRY(copy(self));
  return inplace_repeat(deque_of(made.get()), n);
}

}  // namespace

Ref<> deque_repr(PyObject* o) {
  ReprGuard guard(o);
  if (!guard) return guard.seen() ? new_str("[...]") : Ref<>();
  Ref<List> items = TRY(to_list(o));
  const char* name = short_name(Py_TYPE(o));
  Py_ssize_t maxlen = deque_of(o).maxlen;
  if (maxlen >= 0) return format_str("{}({}, maxlen={})", name, as_repr(object(items.get())), maxlen);
  return format_str("{}({})", name, as_repr(object(items.get())));
}

Ref<> deque_compare(PyObject* a, PyObject* b, int op) {
  if (!is_deque(a) || !is_deque(b)) return not_implemented();
  Py_ssize_t n = deque_of(a).size(), m = deque_of(b).size();
  if (n != m && (op == Py_EQ || op == Py_NE)) return boolean(op == Py_NE);
  Ref<> left = TRY(deque_iterator(deque_of(a))), right = TRY(deque_iterator(deque_of(b)));
  for (;;) {
    Ref<> x = TRY(next(left.get()));
    if (!x) break;
    Ref<> y = TRY(next(right.get()));
    if (!y) break;
    if (TRY(equal(x.get(), y.get()))) continue;
    if (op == Py_EQ || op == Py_NE) return boolean(op == Py_NE);
    return compare(x.get(), y.get(), op);
  }
  switch (op) {
    case Py_LT: return boolean(n < m);
    case Py_LE: return boolean(n <= m);
    case Py_EQ: return boolean(n == m);
    case Py_NE: return boolean(n != m);
    case Py_GT: return boolean(n > m);
    default: return boolean(n >= m);
  }
}

constinit PySequenceMethods deque_as_sequence = {
    .sq_length = slot<length_slot>,
    .sq_concat = slot<concat>,
    .sq_repeat = slot<repeat>,
    .sq_item = slot<item_slot>,
    .sq_ass_item = slot<set_item_slot>,
    .sq_contains = slot<contains_slot>,
    .sq_inplace_concat = slot<inplace_concat>,
    .sq_inplace_repeat = slot<inplace_repeat>,
};

constinit PyMethodDef deque_methods[] = {
    one_arg<append>("append", append_doc),
    one_arg<appendleft>("appendleft", appendleft_doc),
    noargs<clear>("clear", clear_doc),
    noargs<copy>("__copy__", copy_doc),
    noargs<copy>("copy", copy_doc),
    one_arg<count>("count", count_doc),
    one_arg<extend_method>("extend", extend_doc),
    one_arg<extendleft>("extendleft", extendleft_doc),
    positional_varargs<index_method>("index", index_doc),
    positional_varargs<insert>("insert", insert_doc),
    noargs<pop>("pop", pop_doc),
    noargs<popleft>("popleft", popleft_doc),
    noargs<reduce>("__reduce__", reduce_doc),
    one_arg<remove>("remove", remove_doc),
    noargs<deque_reversed>("__reversed__", reversed_doc),
    noargs<reverse>("reverse", reverse_doc),
    positional_varargs<rotate>("rotate", rotate_doc),
    noargs<size_of>("__sizeof__", sizeof_doc),
    kClassGetitemRow,
    {},
};

}  // namespace taipan::collections
