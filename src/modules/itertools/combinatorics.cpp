// product, permutations, combinations, combinations_with_replacement: each keeps a tuple and indices into its pool(s) and
// advances them like an odometer. The tuple given out last is filled anew if nobody kept it.
#include "modules/itertools/itertools.h"
#include "object/alloc.h"

namespace taipan::itertools {
namespace {

Py_ssize_t* allocate_indices(Py_ssize_t n) {
  void* p = n < PY_SSIZE_T_MAX / 16 ? raw_allocate(sizeof(Py_ssize_t) * static_cast<size_t>(n ? n : 1)) : nullptr;
  if (!p) raise_no_memory();
  return static_cast<Py_ssize_t*>(p);
}

/// What all four have.
struct Odometer {
  PyObject_HEAD
  PyObject* pool;    // a tuple; product: of tuples
  PyObject* result;  // null: not started
  Py_ssize_t* indices;
  Py_ssize_t* cycles;  // permutations only
  Py_ssize_t r;        // length of a result
  bool stopped;
  template <class F> void each(F&& f) { f(pool), f(result); }
};
Odometer& as(PyObject* o) { return *reinterpret_cast<Odometer*>(o); }

void dealloc(PyObject* o) {
  gc_untrack(o);
  Fields<Odometer>::clear(o);
  if (as(o).indices) raw_free(as(o).indices);
  if (as(o).cycles) raw_free(as(o).cycles);
  Py_TYPE(o)->tp_free(o);
}

Ref<Odometer> make_odometer(PyTypeObject* type, Ref<> pool, Py_ssize_t indices, Py_ssize_t r, bool stopped) {
  Py_ssize_t* memory = allocate_indices(indices);
  if (!memory) return Raised{};
  for (Py_ssize_t i = 0; i < indices; i++) memory[i] = 0;
  Ref<Odometer> self = make<Odometer>(type);
  if (!self) {
    raw_free(memory);
    return Raised{};
  }
  self->pool = pool.release();
  self->indices = memory;
  self->r = r;
  self->stopped = stopped;
  return self;
}

/// The pool's items at the first r indices as a new tuple.
Ref<> chosen(Odometer& self) {
  Ref<Tuple> t = TRY(new_tuple(self.r));
  for (Py_ssize_t i = 0; i < self.r; i++) t->ob_item[i] = Py_NewRef(item(self.pool, self.indices[i]));
  return t;
}
Result<Ref<>> first_result(Odometer& self) {
  replace_field(self.result, TRY(chosen(self)));
  return share(self.result);
}
Result<Ref<>> stop(Odometer& self) {
  self.stopped = true;
  return Ref<>();
}
void write_from(Odometer& self, Py_ssize_t start) {
  for (Py_ssize_t i = start; i < self.r; i++) replace_item(self.result, i, item(self.pool, self.indices[i]));
}

Ref<> reduce_with(Odometer& self, PyObject* args, PyObject* state) {
  PyObject* type = object(Py_TYPE(object(self)));
  return state ? tuple_of({type, args, state}) : tuple_of({type, args});
}
/// (type, (pool, r)) before the start, (type, ((), r)) at the end, else with a state. `extra`: more state than the indices.
Ref<> reduce_chooser(Odometer& self, const Py_ssize_t* extra = nullptr) {
  Ref<> r = TRY(new_int(self.r));
  if (!self.result || self.stopped) {
    Ref<> args = TRY(tuple_of({self.result ? empty_tuple() : self.pool, r.get()}));
    return reduce_with(self, args.get(), nullptr);
  }
  Ref<> args = TRY(tuple_of({self.pool, r.get()}));
  Ref<> state = TRY(ssize_tuple(self.indices, extra ? tuple_size(self.pool) : self.r));
  if (extra) {
    Ref<> cycles = TRY(ssize_tuple(extra, self.r));
    state = TRY(tuple_of({state.get(), cycles.get()}));
  }
  return reduce_with(self, args.get(), state.get());
}
Ref<> reduce(Odometer& self) { return reduce_chooser(self); }

Status check_state(PyObject* state, Py_ssize_t size) {
  if (!PyTuple_Check(state) || tuple_size(state) != size) return raise(PyExc_ValueError, "invalid arguments");
  return {};
}


Status check_r(Py_ssize_t r) {
  if (r < 0) return raise(PyExc_ValueError, "r must be non-negative");
  return {};
}
Py_ssize_t size_with(Odometer& self, Py_ssize_t numbers) {
  return Py_TYPE(object(self))->tp_basicsize + numbers * static_cast<Py_ssize_t>(sizeof(Py_ssize_t));
}
Py_ssize_t size_of(Odometer& self) { return size_with(self, self.r); }
constexpr char kSizeDoc[] = "Returns size in memory, in bytes.";

// -- combinations --

constexpr char combinations_doc[] =
    "combinations(iterable, r)\n--\n\n"
    "Return successive r-length combinations of elements in the iterable.\n\n"
    "combinations(range(4), 3) --> (0,1,2), (0,1,3), (0,2,3), (1,2,3)";
Ref<> combinations_new(Type* type, PyObject* iterable, Py_ssize_t r) {
  Ref<> pool = TRY(to_tuple(iterable));
  TRY(check_r(r));
  bool none_at_all = r > tuple_size(pool.get());
  Ref<Odometer> self = TRY(make_odometer(type, std::move(pool), r, r, none_at_all));
  for (Py_ssize_t i = 0; i < r; i++) self->indices[i] = i;
  return self;
}
Result<Ref<>> combinations_next(Odometer& self) {
  if (self.stopped) return Ref<>();
  if (!self.result) return first_result(self);
  Py_ssize_t n = tuple_size(self.pool), i = self.r - 1;
  while (i >= 0 && self.indices[i] == i + n - self.r) i--;  // the rightmost that is not at its end
  if (i < 0) return stop(self);
  TRY(own_tuple(&self.result));
  self.indices[i]++;
  for (Py_ssize_t j = i + 1; j < self.r; j++) self.indices[j] = self.indices[j - 1] + 1;
  write_from(self, i);
  return share(self.result);
}
Status combinations_setstate(Odometer& self, PyObject* state) {
  TRY(check_state(state, self.r));
  Py_ssize_t n = tuple_size(self.pool);
  for (Py_ssize_t i = 0; i < self.r; i++) self.indices[i] = TRY(state_index(state, i, 0, i + n - self.r));
  replace_field(self.result, TRY(chosen(self)));
  return {};
}
constinit PyMethodDef combinations_methods[] = {
    noargs<reduce>("__reduce__", kReduceDoc),
    one_arg<combinations_setstate>("__setstate__", kSetstateDoc),
    noargs<size_of>("__sizeof__", kSizeDoc),
    {},
};

// -- combinations_with_replacement --

constexpr char replacement_doc[] =
    "combinations_with_replacement(iterable, r)\n--\n\n"
    "Return successive r-length combinations of elements in the iterable allowing individual elements to have successive repeats.\n\n"
    "combinations_with_replacement('ABC', 2) --> ('A','A'), ('A','B'), ('A','C'), ('B','B'), ('B','C'), ('C','C')";
Ref<> replacement_new(Type* type, PyObject* iterable, Py_ssize_t r) {
  Ref<> pool = TRY(to_tuple(iterable));
  TRY(check_r(r));
  bool none_at_all = tuple_size(pool.get()) == 0 && r > 0;
  return make_odometer(type, std::move(pool), r, r, none_at_all);
}
Result<Ref<>> replacement_next(Odometer& self) {
  if (self.stopped) return Ref<>();
  Py_ssize_t n = tuple_size(self.pool), i = self.r - 1;
  if (!self.result) {
    if (n == 0 && self.r > 0) return stop(self);
    return first_result(self);
  }
  while (i >= 0 && self.indices[i] == n - 1) i--;
  if (i < 0) return stop(self);
  TRY(own_tuple(&self.result));
  Py_ssize_t index = self.indices[i] + 1;
  for (Py_ssize_t j = i; j < self.r; j++) self.indices[j] = index;
  write_from(self, i);
  return share(self.result);
}
Status replacement_setstate(Odometer& self, PyObject* state) {
  TRY(check_state(state, self.r));
  Py_ssize_t n = tuple_size(self.pool);
  if (n == 0 && self.r > 0) return raise(PyExc_ValueError, "invalid arguments");
  for (Py_ssize_t i = 0; i < self.r; i++) self.indices[i] = TRY(state_index(state, i, 0, n - 1));
  replace_field(self.result, TRY(chosen(self)));
  return {};
}
constinit PyMethodDef replacement_methods[] = {
    noargs<reduce>("__reduce__", kReduceDoc),
    one_arg<replacement_setstate>("__setstate__", kSetstateDoc),
    noargs<size_of>("__sizeof__", kSizeDoc),
    {},
};

// -- permutations --

constexpr char permutations_doc[] =
    "permutations(iterable, r=None)\n--\n\n"
    "Return successive r-length permutations of elements in the iterable.\n\n"
    "permutations(range(3), 2) --> (0,1), (0,2), (1,0), (1,2), (2,0), (2,1)";
Ref<> permutations_new(Type* type, PyObject* iterable, PyObject* r_object) {
  Ref<> pool = TRY(to_tuple(iterable));
  Py_ssize_t n = tuple_size(pool.get()), r = n;
  if (r_object != Py_None) {
    if (!PyLong_Check(r_object)) return raise(PyExc_TypeError, "Expected int as r");
    r = TRY(Convert<Py_ssize_t>::from(r_object, Where{Bound<permutations_doc, permutations_new>::kSig, 1}));
    TRY(check_r(r));
  }
  Ref<Odometer> self = TRY(make_odometer(type, std::move(pool), n, r, r > n));
  self->cycles = allocate_indices(r);
  if (!self->cycles) return Raised{};
  for (Py_ssize_t i = 0; i < n; i++) self->indices[i] = i;
  for (Py_ssize_t i = 0; i < r; i++) self->cycles[i] = n - i;
  return self;
}
Result<Ref<>> permutations_next(Odometer& self) {
  if (self.stopped) return Ref<>();
  if (!self.result) return first_result(self);
  Py_ssize_t n = tuple_size(self.pool);
  if (n == 0) return stop(self);
  TRY(own_tuple(&self.result));
  for (Py_ssize_t i = self.r - 1; i >= 0; i--) {
    if (--self.cycles[i] == 0) {
      // All choices for this place are used up: rotate it to the end and go on with the place before it.
      Py_ssize_t index = self.indices[i];
      for (Py_ssize_t j = i; j < n - 1; j++) self.indices[j] = self.indices[j + 1];
      self.indices[n - 1] = index;
      self.cycles[i] = n - i;
      continue;
    }
    std::swap(self.indices[i], self.indices[n - self.cycles[i]]);
    write_from(self, i);
    return share(self.result);
  }
  return stop(self);
}
Ref<> permutations_reduce(Odometer& self) { return reduce_chooser(self, self.cycles); }
Status permutations_setstate(Odometer& self, PyObject* state) {
  TRY(check_state(state, 2));
  PyObject *indices = item(state, 0), *cycles = item(state, 1);
  Py_ssize_t n = tuple_size(self.pool);
  TRY(check_state(indices, n));
  TRY(check_state(cycles, self.r));
  for (Py_ssize_t i = 0; i < n; i++) self.indices[i] = TRY(state_index(indices, i, 0, n - 1));
  for (Py_ssize_t i = 0; i < self.r; i++) self.cycles[i] = TRY(state_index(cycles, i, 1, n - i));
  replace_field(self.result, TRY(chosen(self)));
  return {};
}
Py_ssize_t permutations_size(Odometer& self) { return size_with(self, tuple_size(self.pool) + self.r); }
constinit PyMethodDef permutations_methods[] = {
    noargs<permutations_reduce>("__reduce__", kReduceDoc),
    one_arg<permutations_setstate>("__setstate__", kSetstateDoc),
    noargs<permutations_size>("__sizeof__", kSizeDoc),
    {},
};

// -- product --

constexpr char product_doc[] =
    "product(*iterables, repeat=1) --> product object\n\n"
    "The cartesian product of the iterables, as nested loops give it: the last one varies fastest.\n"
    "product(A, repeat=4) means product(A, A, A, A).";
PyObject* product_pool(Odometer& self, Py_ssize_t i) { return item(self.pool, i); }

Ref<> product_make(PyTypeObject* type, PyObject* args, PyObject* repeat_object) {
  Py_ssize_t repeat = 1, given = tuple_size(args);
  if (repeat_object) {
    repeat = TRY(to_c_ssize(repeat_object));
    if (repeat < 0) return raise(PyExc_ValueError, "repeat argument cannot be negative");
  }
  if (repeat == 0) given = 0;
  if (given && repeat > PY_SSIZE_T_MAX / static_cast<Py_ssize_t>(sizeof(Py_ssize_t)) / given)
    return raise(PyExc_OverflowError, "repeat argument too large");
  Py_ssize_t n = given * repeat;
  Ref<Tuple> pools = TRY(new_tuple(n));
  for (Py_ssize_t i = 0; i < given; i++) pools->ob_item[i] = object(TRY(to_tuple(item(args, i))).release());
  for (Py_ssize_t i = given; i < n; i++) pools->ob_item[i] = Py_NewRef(pools->ob_item[i - given]);
  return make_odometer(type, std::move(pools), n, n, false);
}
PyObject* product_new(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  PyObject* repeat = nullptr;
  if (kwargs && PyDict_GET_SIZE(kwargs)) {
    Result<PyObject*> found = dict_find(kwargs, "repeat"_name);
    if (!found) return nullptr;
    repeat = *found;
    if (PyDict_GET_SIZE(kwargs) > 1)
      return raise(PyExc_TypeError, "product() takes at most 1 keyword argument ({} given)", PyDict_GET_SIZE(kwargs));
    if (!repeat) {
      Py_ssize_t position = 0;
      PyObject *key, *value;
      dict_next(kwargs, &position, &key, &value);
      return raise(PyExc_TypeError, "'{}' is an invalid keyword argument for product()", as_str(key));
    }
  }
  return product_make(type, args, repeat).release();
}
Ref<> product_chosen(Odometer& self) {
  Ref<Tuple> t = TRY(new_tuple(self.r));
  for (Py_ssize_t i = 0; i < self.r; i++) t->ob_item[i] = Py_NewRef(item(product_pool(self, i), self.indices[i]));
  return t;
}
Result<Ref<>> product_next(Odometer& self) {
  if (self.stopped) return Ref<>();
  if (!self.result) {
    for (Py_ssize_t i = 0; i < self.r; i++)
      if (tuple_size(product_pool(self, i)) == 0) return stop(self);
    replace_field(self.result, TRY(product_chosen(self)));
    return share(self.result);
  }
  TRY(own_tuple(&self.result));
  for (Py_ssize_t i = self.r - 1; i >= 0; i--) {
    PyObject* pool = product_pool(self, i);
    bool wrapped = ++self.indices[i] == tuple_size(pool);
    if (wrapped) self.indices[i] = 0;
    replace_item(self.result, i, item(pool, self.indices[i]));
    if (!wrapped) return share(self.result);
  }
  return stop(self);
}
Ref<> product_reduce(Odometer& self) {
  if (self.stopped) {
    Ref<> args = TRY(tuple_of({empty_tuple()}));
    return reduce_with(self, args.get(), nullptr);
  }
  if (!self.result) return reduce_with(self, self.pool, nullptr);
  Ref<> state = TRY(ssize_tuple(self.indices, self.r));
  return reduce_with(self, self.pool, state.get());
}
Status product_setstate(Odometer& self, PyObject* state) {
  TRY(check_state(state, self.r));
  for (Py_ssize_t i = 0; i < self.r; i++) {
    Py_ssize_t size = tuple_size(product_pool(self, i));
    if (size == 0) {  // the product is empty whatever the state says
      self.stopped = true;
      return {};
    }
    self.indices[i] = TRY(state_index(state, i, 0, size - 1));
  }
  replace_field(self.result, TRY(product_chosen(self)));
  return {};
}
constinit PyMethodDef product_methods[] = {
    noargs<product_reduce>("__reduce__", kReduceDoc),
    one_arg<product_setstate>("__setstate__", kSetstateDoc),
    noargs<size_of>("__sizeof__", kSizeDoc),
    {},
};

consteval PyTypeObject odometer_type(const char* name, const char* doc, newfunc create, iternextfunc next, PyMethodDef* methods) {
  PyTypeObject type = iterator_type<Odometer>(name, doc, create, next, methods);
  type.tp_dealloc = dealloc;
  return type;
}

}  // namespace

constinit PyTypeObject combinations_type =
    odometer_type("itertools.combinations", combinations_doc, constructor<combinations_doc, combinations_new>::tp_new,
                  slot<combinations_next>, combinations_methods);
constinit PyTypeObject combinations_with_replacement_type =
    odometer_type("itertools.combinations_with_replacement", replacement_doc,
                  constructor<replacement_doc, replacement_new>::tp_new, slot<replacement_next>, replacement_methods);
constinit PyTypeObject permutations_type =
    odometer_type("itertools.permutations", permutations_doc, constructor<permutations_doc, permutations_new>::tp_new,
                  slot<permutations_next>, permutations_methods);
constinit PyTypeObject product_type =
    odometer_type("itertools.product", product_doc, product_new, slot<product_next>, product_methods);

}  // namespace taipan::itertools
