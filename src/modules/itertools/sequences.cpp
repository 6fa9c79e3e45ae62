// Iterators that string items together: count, repeat, cycle, chain, pairwise, accumulate, zip_longest.
#include "modules/itertools/itertools.h"

namespace taipan::itertools {
namespace {

// -- count --

struct Count {
  PyObject_HEAD
  Py_ssize_t fast;         // the next number, PY_SSIZE_T_MAX: it is in `value`
  PyObject *value, *step;  // value is null while `fast` counts by one
  template <class F> void each(F&& f) { f(value), f(step); }
};

constexpr char count_doc[] =
    "count(start=0, step=1)\n--\n\n"
    "Return a count object whose .__next__() method returns consecutive values.\n\n"
    "Like a loop that yields start, adds step, and so on for ever.";
bool is_number(PyObject* o) {
  PyNumberMethods* m = Py_TYPE(o)->tp_as_number;
  return m && (m->nb_index || m->nb_int || m->nb_float || PyComplex_Check(o));
}
bool is_one(PyObject* o) { return PyLong_Check(o) && is_single_digit(o) && single_digit_value(o) == 1; }

Ref<> count_new(Type* type, PyObject* start, PyObject* step) {
  if ((start && !is_number(start)) || (step && !is_number(step))) return raise(PyExc_TypeError, "a number is required");
  if (!start) start = object(small_int(0));
  if (!step) step = object(small_int(1));
  int64_t first = 0;
  bool fast = PyLong_Check(start) && is_one(step) && int_to_int64(start, &first) == 0 &&
              first != PY_SSIZE_T_MAX;
  Ref<Count> self = TRY(make<Count>(type));
  self->fast = fast ? first : PY_SSIZE_T_MAX;
  if (!fast) self->value = Py_NewRef(start);
  self->step = Py_NewRef(step);
  return self;
}
Result<Ref<>> count_next(Count& self) {
  if (self.fast != PY_SSIZE_T_MAX) return Result<Ref<>>(TRY(new_int(self.fast++)));
  if (!self.value) self.value = TRY(new_int(PY_SSIZE_T_MAX)).release();
  Ref<> current = share(self.value);
  Ref<> following = TRY(binary(BinaryOp::Add, current.get(), self.step));
  replace_field(self.value, std::move(following));
  return current;
}
Ref<> count_repr(Count& self) {
  const char* name = short_name(Py_TYPE(object(self)));
  if (self.fast != PY_SSIZE_T_MAX) return format_str("{}({})", name, self.fast);
  if (!self.value) self.value = TRY(new_int(PY_SSIZE_T_MAX)).release();
  if (is_one(self.step)) return format_str("{}({})", name, as_repr(self.value));
  return format_str("{}({}, {})", name, as_repr(self.value), as_repr(self.step));
}
Ref<> count_reduce(Count& self) {
  Ref<> args;
  if (self.fast == PY_SSIZE_T_MAX) {
    if (!self.value) self.value = TRY(new_int(PY_SSIZE_T_MAX)).release();
    args = TRY(tuple_of({self.value, self.step}));
  } else {
    Ref<> value = TRY(new_int(self.fast));
    args = TRY(tuple_of({value.get()}));
  }
  return tuple_of({object(Py_TYPE(object(self))), args.get()});
}
constinit PyMethodDef count_methods[] = {noargs<count_reduce>("__reduce__", kReduceDoc), {}};

// -- repeat --

struct Repeat {
  PyObject_HEAD
  PyObject* element;
  Py_ssize_t left;  // -1: for ever
  template <class F> void each(F&& f) { f(element); }
};

constexpr char repeat_doc[] =
    "repeat(object [,times]) -> create an iterator which returns the object\n"
    "for the specified number of times.  If not specified, returns the object\nendlessly.";
constexpr char repeat_new_doc[] = "repeat(object, times=NULL)\n--\n\n";
Ref<> repeat_new(Type* type, PyObject* element, PyObject* times) {
  Py_ssize_t n = -1;
  if (times) {
    n = TRY(to_c_ssize(times));
    if (n < 0) n = 0;
  }
  Ref<Repeat> self = TRY(make<Repeat>(type));
  self->element = Py_NewRef(element);
  self->left = n;
  return self;
}
Result<Ref<>> repeat_next(Repeat& self) {
  if (self.left == 0) return Ref<>();
  if (self.left > 0) self.left--;
  return share(self.element);
}
Ref<> repeat_repr(Repeat& self) {
  const char* name = short_name(Py_TYPE(object(self)));
  if (self.left == -1) return format_str("{}({})", name, as_repr(self.element));
  return format_str("{}({}, {})", name, as_repr(self.element), self.left);
}
Result<Py_ssize_t> repeat_length_hint(Repeat& self) {
  if (self.left == -1) return raise(PyExc_TypeError, "len() of unsized object");
  return self.left;
}
Ref<> repeat_reduce(Repeat& self) {
  Ref<> args;
  if (self.left >= 0) {
    Ref<> n = TRY(new_int(self.left));
    args = TRY(tuple_of({self.element, n.get()}));
  } else {
    args = TRY(tuple_of({self.element}));
  }
  return tuple_of({object(Py_TYPE(object(self))), args.get()});
}
constinit PyMethodDef repeat_methods[] = {
    noargs<repeat_length_hint>("__length_hint__", kLengthHintDoc),
    noargs<repeat_reduce>("__reduce__", kReduceDoc),
    {},
};

// -- cycle --

struct Cycle {
  PyObject_HEAD
  PyObject *it, *saved;  // it: null once exhausted
  Py_ssize_t index;
  bool first_pass_over;  // the items are all saved already
  template <class F> void each(F&& f) { f(it), f(saved); }
};

constexpr char cycle_doc[] =
    "cycle(iterable, /)\n--\n\n"
    "Return elements from the iterable until it is exhausted. Then repeat the sequence indefinitely.";
Ref<> cycle_new(Type* type, PyObject* iterable) {
  Ref<> it = TRY(iterate(iterable));
  Ref<List> saved = TRY(new_list());
  Ref<Cycle> self = TRY(make<Cycle>(type));
  self->it = it.release();
  self->saved = object(saved.release());
  return self;
}
Result<Ref<>> cycle_next(Cycle& self) {
  if (self.it) {
    Ref<> it = share(self.it), o = TRY(next(it.get()));
    if (o) {
      if (!self.first_pass_over) TRY(list_append(self.saved, o.get()));
      return o;
    }
    clear_field(self.it);
  }
  Py_ssize_t n = Py_SIZE(self.saved);
  if (n == 0) return Ref<>();
  if (self.index >= n) self.index = 0;
  Ref<> o = share(fast_items(self.saved)[self.index++]);
  if (self.index >= n) self.index = 0;
  return o;
}
Ref<> cycle_reduce(Cycle& self) {
  PyObject* type = object(Py_TYPE(object(self)));
  if (!self.it) {
    Ref<> it = TRY(iterate(self.saved));
    if (self.index) {
      Ref<> position = TRY(new_int(self.index)), done = TRY(call_method(it.get(), "__setstate__"_name, position.get()));
    }
    Ref<> args = TRY(tuple_of({it.get()})), state = TRY(tuple_of({self.saved, Py_True}));
    return tuple_of({type, args.get(), state.get()});
  }
  Ref<> args = TRY(tuple_of({self.it}));
  Ref<> state = TRY(tuple_of({self.saved, self.first_pass_over ? Py_True : Py_False}));
  return tuple_of({type, args.get(), state.get()});
}
Status cycle_setstate(Cycle& self, PyObject* state) {
  if (!PyTuple_Check(state)) return raise(PyExc_TypeError, "state is not a tuple");
  if (tuple_size(state) != 2)
    return raise(PyExc_TypeError, "function takes exactly 2 arguments ({} given)", tuple_size(state));
  if (!PyList_Check(item(state, 0)))
    return raise(PyExc_TypeError, "argument 1 must be list, not {}", type_name(item(state, 0)));
  Py_ssize_t over = TRY(to_c_ssize(item(state, 1)));
  replace_field(self.saved, share(item(state, 0)));
  self.first_pass_over = over != 0;
  self.index = 0;
  return {};
}
constinit PyMethodDef cycle_methods[] = {
    noargs<cycle_reduce>("__reduce__", kReduceDoc),
    one_arg<cycle_setstate>("__setstate__", kSetstateDoc),
    {},
};

// -- chain --

struct Chain {
  PyObject_HEAD
  PyObject *source, *active;  // the iterator of iterables (null: exhausted), the one being walked
  template <class F> void each(F&& f) { f(source), f(active); }
};

constexpr char chain_doc[] =
    "chain(*iterables) --> chain object\n\n"
    "The items of the first iterable, then those of the next, until all are exhausted.";
Ref<> chain_of(PyTypeObject* type, PyObject* iterables) {
  Ref<> source = TRY(iterate(iterables));
  Ref<Chain> self = TRY(make<Chain>(type));
  self->source = source.release();
  return self;
}
PyObject* chain_new(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  if (!refuse_keywords(type, &chain_type, "chain", kwargs)) return nullptr;
  return chain_of(type, args).release();
}
constexpr char from_iterable_doc[] =
    "from_iterable($type, iterable, /)\n--\n\n"
    "Alternative chain() constructor taking a single iterable argument that evaluates lazily.";
Ref<> from_iterable(Type* type, PyObject* iterable) { return chain_of(type, iterable); }

Result<Ref<>> chain_next(Chain& self) {
  while (self.source) {
    if (!self.active) {
      Ref<> source = share(self.source), iterable = TRY(next(source.get()));
      if (!iterable) {
        clear_field(self.source);
        return Ref<>();
      }
      Ref<> active = iterate(iterable.get());
      if (!active) {
        clear_field(self.source);
        return Raised{};
      }
      replace_field(self.active, std::move(active));
    }
    Ref<> active = share(self.active), o = TRY(next(active.get()));
    if (o) return o;
    clear_field(self.active);
  }
  return Ref<>();
}
Ref<> chain_reduce(Chain& self) {
  PyObject* type = object(Py_TYPE(object(self)));
  if (!self.source) return tuple_of({type, empty_tuple()});
  Ref<> state = TRY(self.active ? tuple_of({self.source, self.active}) : tuple_of({self.source}));
  return tuple_of({type, empty_tuple(), state.get()});
}
Status chain_setstate(Chain& self, PyObject* state) {
  if (!PyTuple_Check(state)) return raise(PyExc_TypeError, "state is not a tuple");
  Py_ssize_t n = tuple_size(state);
  if (n < 1 || n > 2)
    return raise(PyExc_TypeError, "function takes at {} {} argument{} ({} given)", n < 1 ? "least" : "most", n < 1 ? 1 : 2,
                 n < 1 ? "" : "s", n);
  for (Py_ssize_t i = 0; i < n; i++)
    if (!is_iterator(item(state, i))) return raise(PyExc_TypeError, "Arguments must be iterators.");
  replace_field(self.source, share(item(state, 0)));
  replace_field(self.active, n == 2 ? share(item(state, 1)) : Ref<>());
  return {};
}
constinit PyMethodDef chain_methods[] = {
    method<from_iterable_doc, from_iterable>,
    noargs<chain_reduce>("__reduce__", kReduceDoc),
    one_arg<chain_setstate>("__setstate__", kSetstateDoc),
    kClassGetitemRow,
    {},
};

// -- pairwise --

struct Pairwise {
  PyObject_HEAD
  PyObject *it, *old;
  template <class F> void each(F&& f) { f(it), f(old); }
};

constexpr char pairwise_doc[] =
    "pairwise(iterable, /)\n--\n\n"
    "Return an iterator of overlapping pairs taken from the input iterator.\n\n    s -> (s0,s1), (s1,s2), (s2, s3), ...";
Ref<> pairwise_new(Type* type, PyObject* iterable) {
  Ref<> it = TRY(iterate(iterable));
  Ref<Pairwise> self = TRY(make<Pairwise>(type));
  self->it = it.release();
  return self;
}
Result<Ref<>> pairwise_next(Pairwise& self) {
  if (!self.it) return Ref<>();
  Ref<> it = share(self.it);
  auto finished = [&] {
    clear_field(self.it);
    clear_field(self.old);
  };
  if (!self.old) {
    Result<Ref<>> first = next(it.get());
    if (!first) {
      finished();
      return Raised{};
    }
    replace_field(self.old, first.take());
    if (!self.old) {
      finished();
      return Ref<>();
    }
  }
  if (!self.it) return Ref<>();
  Ref<> old = share(self.old);
  Result<Ref<>> following = next(it.get());
  if (!following || !*following) {
    finished();
    if (!following) return Raised{};
    return Ref<>();
  }
  Ref<> o = following.take();
  Ref<> pair = TRY(tuple_of({old.get(), o.get()}));
  replace_field(self.old, std::move(o));
  return pair;
}

// -- accumulate --

struct Accumulate {
  PyObject_HEAD
  PyObject *total, *it, *function, *initial;  // function null: addition
  template <class F> void each(F&& f) { f(total), f(it), f(function), f(initial); }
};

constexpr char accumulate_doc[] =
    "accumulate(iterable, func=None, *, initial=None)\n--\n\nReturn series of accumulated sums (or other binary function results).";
Ref<> accumulate_new(Type* type, PyObject* iterable, PyObject* function, PyObject* initial) {
  Ref<> it = TRY(iterate(iterable));
  Ref<Accumulate> self = TRY(make<Accumulate>(type));
  self->it = it.release();
  if (function != Py_None) self->function = Py_NewRef(function);
  if (initial != Py_None) self->initial = Py_NewRef(initial);
  return self;
}
Result<Ref<>> accumulate_next(Accumulate& self) {
  if (self.initial) {
    replace_field(self.total, adopt(std::exchange(self.initial, nullptr)));
    return share(self.total);
  }
  Ref<> value = TRY(next(self.it));
  if (!value) return value;
  if (!self.total) {
    self.total = value.copy().release();
    return value;
  }
  Ref<> old = share(self.total);
  Ref<> total = TRY(self.function ? call(self.function, old.get(), value.get()) : binary(BinaryOp::Add, old.get(), value.get()));
  replace_field(self.total, total.copy());
  return total;
}
/// chain((first,), it)
Ref<> chained_behind(PyObject* first, PyObject* it) {
  Ref<> head = TRY(tuple_of({first})), both = TRY(tuple_of({head.get(), it}));
  return chain_of(&chain_type, both.get());
}
Ref<> accumulate_reduce(Accumulate& self) {
  PyObject *type = object(Py_TYPE(object(self))), *function = self.function ? self.function : Py_None;
  if (self.initial) {
    Ref<> it = TRY(chained_behind(self.initial, self.it)), args = TRY(tuple_of({it.get(), function}));
    return tuple_of({type, args.get(), Py_None});
  }
  if (self.total == Py_None) {
    // None as state would mean "no total": the total goes first through a new accumulate, which is skipped.
    Ref<> it = TRY(chained_behind(self.total, self.it));
    Ref<> again = TRY(call(type, it.get(), function)), one = TRY(new_int(1));
    Ref<> args = TRY(tuple_of({again.get(), one.get(), Py_None}));
    return tuple_of({object(&islice_type), args.get()});
  }
  Ref<> args = TRY(tuple_of({self.it, function}));
  return tuple_of({type, args.get(), self.total ? self.total : Py_None});
}
Status accumulate_setstate(Accumulate& self, PyObject* state) {
  replace_field(self.total, share(state));
  return {};
}
constinit PyMethodDef accumulate_methods[] = {
    noargs<accumulate_reduce>("__reduce__", kReduceDoc),
    one_arg<accumulate_setstate>("__setstate__", kSetstateDoc),
    {},
};

// -- zip_longest --

struct ZipLongest {
  PyObject_HEAD
  Py_ssize_t active;  // iterators that are not exhausted
  PyObject *iterators, *result, *fill;  // tuples; exhausted iterators are null
  template <class F> void each(F&& f) { f(iterators), f(result), f(fill); }
};

constexpr char zip_longest_doc[] =
    "zip_longest(iter1 [,iter2 [...]], [fillvalue=None]) --> zip_longest object\n\n"
    "Tuples of one item of each iterable, until the longest one is exhausted; fillvalue stands in for the\n"
    "items of those that are exhausted earlier.";
PyObject* zip_longest_new(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  PyObject* fill = Py_None;
  if (kwargs && PyDict_GET_SIZE(kwargs)) {
    fill = nullptr;
    if (PyDict_GET_SIZE(kwargs) == 1) {
      Result<PyObject*> found = dict_find(kwargs, "fillvalue"_name);
      if (!found) return nullptr;
      fill = *found;
    }
    if (!fill) return raise(PyExc_TypeError, "zip_longest() got an unexpected keyword argument");
  }
  Py_ssize_t n = tuple_size(args);
  Ref<Tuple> iterators = new_tuple(n);
  Ref<Tuple> result = new_tuple(n);
  if (!iterators || !result) return nullptr;
  for (Py_ssize_t i = 0; i < n; i++) {
    Ref<> it = iterate(item(args, i));
    if (!it) return nullptr;
    iterators->ob_item[i] = it.release();
    result->ob_item[i] = Py_NewRef(Py_None);
  }
  Ref<ZipLongest> self = make<ZipLongest>(type);
  if (!self) return nullptr;
  self->active = n;
  self->iterators = object(iterators.release());
  self->result = object(result.release());
  self->fill = Py_NewRef(fill);
  return object(self.release());
}
Result<Ref<>> zip_longest_next(ZipLongest& self) {
  Py_ssize_t n = tuple_size(self.iterators);
  if (n == 0 || self.active == 0) return Ref<>();
  if (Py_REFCNT(self.result) != 1) {
    Ref<Tuple> fresh = TRY(new_tuple(n));
    for (Py_ssize_t i = 0; i < n; i++) fresh->ob_item[i] = Py_NewRef(Py_None);
    replace_field(self.result, Ref<>(std::move(fresh)));
  }
  Ref<> result = share(self.result);
  for (Py_ssize_t i = 0; i < n; i++) {
    Ref<> o;
    PyObject** place = &reinterpret_cast<Tuple*>(self.iterators)->ob_item[i];
    if (*place) {
      Ref<> it = share(*place);
      Result<Ref<>> found = next(it.get());
      if (!found) {
        self.active = 0;
        return Raised{};
      }
      o = found.take();
      if (!o) {
        if (--self.active == 0) return Ref<>();
        clear_field(*place);
      }
    }
    replace_item(result.get(), i, o ? o.get() : self.fill);
  }
  if (!gc_is_tracked(result.get())) gc_track(result.get());
  return result;
}
Ref<> zip_longest_reduce(ZipLongest& self) {
  Py_ssize_t n = tuple_size(self.iterators);
  Ref<Tuple> args = TRY(new_tuple(n));
  for (Py_ssize_t i = 0; i < n; i++) {
    PyObject* it = item(self.iterators, i);
    args->ob_item[i] = Py_NewRef(it ? it : empty_tuple());
  }
  return tuple_of({object(Py_TYPE(object(self))), object(args.get()), self.fill});
}
Status zip_longest_setstate(ZipLongest& self, PyObject* state) {
  replace_field(self.fill, share(state));
  return {};
}
constinit PyMethodDef zip_longest_methods[] = {
    noargs<zip_longest_reduce>("__reduce__", kReduceDoc),
    one_arg<zip_longest_setstate>("__setstate__", kSetstateDoc),
    {},
};

consteval PyTypeObject with_repr(PyTypeObject type, reprfunc repr) {
  type.tp_repr = repr;
  return type;
}

}  // namespace

constinit PyTypeObject count_type = with_repr(
    iterator_type<Count>("itertools.count", count_doc, constructor<count_doc, count_new>::tp_new, slot<count_next>, count_methods),
    slot<count_repr>);
constinit PyTypeObject repeat_type = with_repr(
    iterator_type<Repeat>("itertools.repeat", repeat_doc, constructor<repeat_new_doc, repeat_new>::tp_new, slot<repeat_next>,
                          repeat_methods),
    slot<repeat_repr>);
constinit PyTypeObject cycle_type = iterator_type<Cycle>("itertools.cycle", cycle_doc, constructor<cycle_doc, cycle_new>::tp_new,
                                                         slot<cycle_next>, cycle_methods);
constinit PyTypeObject chain_type =
    iterator_type<Chain>("itertools.chain", chain_doc, chain_new, slot<chain_next>, chain_methods);
constinit PyTypeObject pairwise_type = iterator_type<Pairwise>(
    "itertools.pairwise", pairwise_doc, constructor<pairwise_doc, pairwise_new>::tp_new, slot<pairwise_next>, nullptr);
constinit PyTypeObject accumulate_type = iterator_type<Accumulate>(
    "itertools.accumulate", accumulate_doc, constructor<accumulate_doc, accumulate_new>::tp_new, slot<accumulate_next>,
    accumulate_methods);
constinit PyTypeObject zip_longest_type = iterator_type<ZipLongest>(
    "itertools.zip_longest", zip_longest_doc, zip_longest_new, slot<zip_longest_next>, zip_longest_methods);

}  // namespace taipan::itertools
