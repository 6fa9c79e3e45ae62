// Iterators that pass some of another iterator's items on: takewhile, dropwhile, filterfalse, compress, islice.
#include "modules/itertools/itertools.h"

namespace taipan::itertools {
namespace {

// -- a function and an iterator --

struct Filter {
  PyObject_HEAD
  PyObject *function, *it;
  bool decided;  // dropwhile: has started; takewhile: has stopped
  template <class F> void each(F&& f) { f(function), f(it); }
};

Ref<> make_filter(PyTypeObject* type, PyObject* function, PyObject* iterable) {
  Ref<> it = TRY(iterate(iterable));
  Ref<Filter> self = TRY(make<Filter>(type));
  self->function = Py_NewRef(function);
  self->it = it.release();
  return self;
}

Ref<> reduce(Filter& self) {
  Ref<> args = TRY(tuple_of({self.function, self.it}));
  return tuple_of({object(Py_TYPE(object(self))), args.get()});
}
Ref<> reduce_decided(Filter& self) {
  Ref<> args = TRY(tuple_of({self.function, self.it})), state = TRY(new_int(self.decided));
  return tuple_of({object(Py_TYPE(object(self))), args.get(), state.get()});
}
Status set_decided(Filter& self, PyObject* state) {
  self.decided = TRY(is_true(state));
  return {};
}

constinit PyMethodDef decided_methods[] = {
    noargs<reduce_decided>("__reduce__", kReduceDoc),
    one_arg<set_decided>("__setstate__", kSetstateDoc),
    {},
};
constinit PyMethodDef plain_methods[] = {noargs<reduce>("__reduce__", kReduceDoc), {}};

constexpr char dropwhile_doc[] =
    "dropwhile(predicate, iterable, /)\n--\n\n"
    "Drop items from the iterable while predicate(item) is true.\n\nAfterwards, return every element until the iterable is exhausted.";
Result<Ref<>> dropwhile_next(Filter& self) {
  for (;;) {
    Ref<> o = TRY(next(self.it));
    if (!o || self.decided) return o;
    Ref<> drop = TRY(call(self.function, o.get()));
    if (TRY(is_true(drop.get()))) continue;
    self.decided = true;
    return o;
  }
}

constexpr char takewhile_doc[] =
    "takewhile(predicate, iterable, /)\n--\n\nReturn successive entries from an iterable as long as the predicate evaluates to true for each entry.";
Result<Ref<>> takewhile_next(Filter& self) {
  if (self.decided) return Ref<>();
  Ref<> o = TRY(next(self.it));
  if (!o) return o;
  Ref<> good = TRY(call(self.function, o.get()));
  if (TRY(is_true(good.get()))) return o;
  self.decided = true;
  return Ref<>();
}

constexpr char filterfalse_doc[] =
    "filterfalse(function, iterable, /)\n--\n\n"
    "Return those items of iterable for which function(item) is false.\n\nIf function is None, return the items that are false.";
Result<Ref<>> filterfalse_next(Filter& self) {
  bool by_truth = self.function == Py_None || self.function == object(&PyBool_Type);
  for (;;) {
    Ref<> o = TRY(next(self.it));
    if (!o) return o;
    Ref<> good = by_truth ? o.copy() : TRY(call(self.function, o.get()));
    if (!TRY(is_true(good.get()))) return o;
  }
}

constexpr char starmap_doc[] =
    "starmap(function, iterable, /)\n--\n\n"
    "Return an iterator whose values are returned from the function evaluated with an argument tuple taken from the given sequence.";
Result<Ref<>> starmap_next(Filter& self) {
  Ref<> args = TRY(next(self.it));
  if (!args) return args;
  if (!is_exact(args.get(), &PyTuple_Type)) args = TRY(to_tuple(args.get()));
  return Result<Ref<>>(TRY(call_object(self.function, args.get())));
}

// -- compress --

struct Compress {
  PyObject_HEAD
  PyObject *data, *selectors;
  template <class F> void each(F&& f) { f(data), f(selectors); }
};

constexpr char compress_doc[] =
    "compress(data, selectors)\n--\n\n"
    "Return data elements corresponding to true selector elements.\n\n"
    "The shorter of the two iterables ends it.";
Ref<> compress_new(Type* type, PyObject* data, PyObject* selectors) {
  Ref<> values = TRY(iterate(data)), choices = TRY(iterate(selectors));
  Ref<Compress> self = TRY(make<Compress>(type));
  self->data = values.release();
  self->selectors = choices.release();
  return self;
}
Result<Ref<>> compress_next(Compress& self) {
  for (;;) {
    Ref<> o = TRY(next(self.data));
    if (!o) return o;
    Ref<> choice = TRY(next(self.selectors));
    if (!choice) return choice;
    if (TRY(is_true(choice.get()))) return o;
  }
}
Ref<> compress_reduce(Compress& self) {
  Ref<> args = TRY(tuple_of({self.data, self.selectors}));
  return tuple_of({object(&compress_type), args.get()});
}
constinit PyMethodDef compress_methods[] = {noargs<compress_reduce>("__reduce__", kReduceDoc), {}};

// -- islice --

struct Islice {
  PyObject_HEAD
  PyObject* it;  // null: exhausted
  Py_ssize_t next, stop, step, count;  // stop -1: none
  template <class F> void each(F&& f) { f(it); }
};

constexpr char islice_doc[] =
    "islice(iterable, stop) --> islice object\n"
    "islice(iterable, start, stop[, step]) --> islice object\n\n"
    "Selected items of an iterable, as a slice would give them: start items are skipped first, then\n"
    "every step-th is passed on, until stop. Negative numbers do not count from the end.";

/// None gives `otherwise`; what is no int that fits gives -1, without an exception.
Py_ssize_t bound(PyObject* o, Py_ssize_t otherwise) {
  if (o == Py_None) return otherwise;
  Result<Py_ssize_t> value = to_ssize(o, PyExc_OverflowError);
  if (value) return *value;
  clear_error();
  return -1;
}

Ref<> islice_make(PyTypeObject* type, PyObject* const* args, Py_ssize_t n) {
  if (!check_positional("islice", n, 2, 4)) return Raised{};
  PyObject* stop_object = args[n == 2 ? 1 : 2];
  Py_ssize_t start = n == 2 ? 0 : bound(args[1], 0), stop = bound(stop_object, 0);
  if (stop_object == Py_None) stop = -1;
  else if (stop == -1)
    return raise(PyExc_ValueError, "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
  if (start < 0 || stop < -1)
    return raise(PyExc_ValueError, "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
  Py_ssize_t step = n == 4 ? bound(args[3], 1) : 1;
  if (step < 1) return raise(PyExc_ValueError, "Step for islice() must be a positive integer or None.");
  Ref<> it = TRY(iterate(args[0]));
  Ref<Islice> self = TRY(make<Islice>(type));
  self->it = it.release();
  self->next = start;
  self->stop = stop;
  self->step = step;
  return self;
}
PyObject* islice_new(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  if (!refuse_keywords(type, &islice_type, "islice", kwargs)) return nullptr;
  return islice_make(type, reinterpret_cast<Tuple*>(args)->ob_item, tuple_size(args)).release();
}

Result<Ref<>> islice_next(Islice& self) {
  if (!self.it) return Ref<>();
  auto finished = [&] {
    clear_field(self.it);
    return Result<Ref<>>(Ref<>());
  };
  Ref<> it = share(self.it);  // an item's code may exhaust us meanwhile
  while (self.count < self.next) {
    Ref<> skipped = TRY(next(it.get()));
    if (!skipped) return finished();
    self.count++;
  }
  if (self.stop != -1 && self.count >= self.stop) return finished();
  Ref<> o = TRY(next(it.get()));
  if (!o) return finished();
  self.count++;
  Py_ssize_t following;
  bool overflow = __builtin_add_overflow(self.next, self.step, &following);
  self.next = overflow || (self.stop != -1 && following > self.stop) ? self.stop : following;
  return o;
}
Ref<> islice_reduce(Islice& self) {
  if (!self.it) {
    Ref<> nothing = TRY(empty_iterator()), zero = TRY(new_int(0));
    Ref<> args = TRY(tuple_of({nothing.get(), zero.get()}));
    return tuple_of({object(Py_TYPE(object(self))), args.get(), zero.get()});
  }
  Ref<> start = TRY(new_int(self.next)), step = TRY(new_int(self.step)), count = TRY(new_int(self.count));
  Ref<> stop = self.stop == -1 ? none() : TRY(new_int(self.stop));
  Ref<> args = TRY(tuple_of({self.it, start.get(), stop.get(), step.get()}));
  return tuple_of({object(Py_TYPE(object(self))), args.get(), count.get()});
}
Status islice_setstate(Islice& self, PyObject* state) {
  if (!PyLong_Check(state)) return raise(PyExc_TypeError, "an integer is required");
  self.count = TRY(to_c_ssize(state));
  return {};
}
constinit PyMethodDef islice_methods[] = {
    noargs<islice_reduce>("__reduce__", kReduceDoc),
    one_arg<islice_setstate>("__setstate__", kSetstateDoc),
    {},
};

}  // namespace

constinit PyTypeObject dropwhile_type = iterator_type<Filter>(
    "itertools.dropwhile", dropwhile_doc, constructor<dropwhile_doc, make_filter>::tp_new, slot<dropwhile_next>, decided_methods);
constinit PyTypeObject takewhile_type = iterator_type<Filter>(
    "itertools.takewhile", takewhile_doc, constructor<takewhile_doc, make_filter>::tp_new, slot<takewhile_next>, decided_methods);
constinit PyTypeObject filterfalse_type = iterator_type<Filter>(
    "itertools.filterfalse", filterfalse_doc, constructor<filterfalse_doc, make_filter>::tp_new, slot<filterfalse_next>,
    plain_methods);
constinit PyTypeObject starmap_type = iterator_type<Filter>(
    "itertools.starmap", starmap_doc, constructor<starmap_doc, make_filter>::tp_new, slot<starmap_next>, plain_methods);
constinit PyTypeObject compress_type = iterator_type<Compress>(
    "itertools.compress", compress_doc, constructor<compress_doc, compress_new>::tp_new, slot<compress_next>, compress_methods);
constinit PyTypeObject islice_type =
    iterator_type<Islice>("itertools.islice", islice_doc, islice_new, slot<islice_next>, islice_methods);

}  // namespace taipan::itertools
