// tee: several iterators over one. The items lie in a linked list of blocks; a block lives as long as an iterator that
// has not passed it, so only what the slowest one still needs is kept.
#include "modules/itertools/itertools.h"

namespace taipan::itertools {
namespace {

constexpr int kCells = 57;

struct TeeData {
  PyObject_HEAD
  PyObject* it;
  int read;     // cells that are filled
  int running;  // the iterator is being asked now
  PyObject* following;
  PyObject* values[kCells];
  template <class F> void each(F&& f) {
    f(it);
    for (int i = 0; i < read; i++) f(values[i]);
    f(following);
  }
};
struct Tee {
  PyObject_HEAD
  PyObject* data;
  int index;
  PyObject* weaklist;
  template <class F> void each(F&& f) { f(data); }
};
TeeData& data_of(PyObject* o) { return *reinterpret_cast<TeeData*>(o); }

Ref<> make_data(PyObject* it) {
  Ref<TeeData> data = TRY(make<TeeData>(&tee_data_type));
  data->it = Py_NewRef(it);
  return data;
}
/// The block after this one, made on demand.
Ref<> following(TeeData& data) {
  if (!data.following) data.following = TRY(make_data(data.it)).release();
  return share(data.following);
}
Result<Ref<>> value_at(TeeData& data, int i) {
  if (i < data.read) return share(data.values[i]);
  if (data.running) return raise(PyExc_RuntimeError, "cannot re-enter the tee iterator");
  data.running = 1;
  Result<Ref<>> value = next(data.it);
  data.running = 0;
  if (!value || !*value) return value;
  data.values[data.read++] = Py_NewRef((*value).get());
  return value;
}

// A long list of blocks that nobody else holds is taken apart one by one: its deallocation must not recurse.
void drop_following(PyObject* next) {
  while (next && is_exact(next, &tee_data_type) && Py_REFCNT(next) == 1) {
    PyObject* rest = std::exchange(data_of(next).following, nullptr);
    Py_DECREF(next);
    next = rest;
  }
  Py_XDECREF(next);
}
int clear_data(PyObject* o) {
  TeeData& data = data_of(o);
  clear_field(data.it);
  int n = std::exchange(data.read, 0);
  for (int i = 0; i < n; i++) clear_field(data.values[i]);
  drop_following(std::exchange(data.following, nullptr));
  return 0;
}
void dealloc_data(PyObject* o) {
  gc_untrack(o);
  clear_data(o);
  Py_TYPE(o)->tp_free(o);
}

Ref<> data_reduce(TeeData& self) {
  Ref<> values = TRY(list_of(self.values, self.read));
  Ref<> args = TRY(tuple_of({self.it, values.get(), self.following ? self.following : Py_None}));
  return tuple_of({object(Py_TYPE(object(self))), args.get()});
}
constexpr char data_doc[] = "teedataobject(iterable, values, next, /)\n--\n\nData container common to multiple tee objects.";
Ref<> data_new(Type*, PyObject* it, List& values, PyObject* next) {
  auto invalid = [] { return raise(PyExc_ValueError, "Invalid arguments"); };
  Py_ssize_t n = Py_SIZE(object(values));
  if (n > kCells) return invalid();
  bool has_next = next != Py_None;
  if (has_next && (n != kCells || !is_exact(next, &tee_data_type))) return invalid();
  Ref<> made = TRY(make_data(it));
  TeeData& data = data_of(made.get());
  for (Py_ssize_t i = 0; i < n; i++) data.values[i] = Py_NewRef(fast_items(object(values))[i]);
  data.read = static_cast<int>(n);
  if (has_next) data.following = Py_NewRef(next);
  return made;
}
constinit PyMethodDef data_methods[] = {noargs<data_reduce>("__reduce__", kReduceDoc), {}};

// -- the iterators --

constexpr char tee_type_doc[] = "_tee(iterable, /)\n--\n\nIterator wrapped to make it copyable.";

Result<Ref<>> tee_next(Tee& self) {
  if (self.index >= kCells) {
    Ref<> next = TRY(following(data_of(self.data)));
    replace_field(self.data, std::move(next));
    self.index = 0;
  }
  Ref<> data = share(self.data), value = TRY(value_at(data_of(data.get()), self.index));
  if (value) self.index++;
  return value;
}
Ref<> copy(Tee& self) {
  Ref<Tee> twin = TRY(make<Tee>(&tee_type));
  twin->data = Py_NewRef(self.data);
  twin->index = self.index;
  return twin;
}
Ref<> tee_from(PyObject* iterable) {
  Ref<> it = TRY(iterate(iterable));
  if (is_exact(it.get(), &tee_type)) return copy(*reinterpret_cast<Tee*>(it.get()));
  Ref<> data = TRY(make_data(it.get()));
  Ref<Tee> self = TRY(make<Tee>(&tee_type));
  self->data = data.release();
  return self;
}
Ref<> tee_new(Type*, PyObject* iterable) { return tee_from(iterable); }

Ref<> tee_reduce(Tee& self) {
  Ref<> nothing = TRY(tuple_of({empty_tuple()})), index = TRY(new_int(self.index));
  Ref<> state = TRY(tuple_of({self.data, index.get()}));
  return tuple_of({object(Py_TYPE(object(self))), nothing.get(), state.get()});
}
Status tee_setstate(Tee& self, PyObject* state) {
  if (!PyTuple_Check(state)) return raise(PyExc_TypeError, "state is not a tuple");
  if (tuple_size(state) != 2)
    return raise(PyExc_TypeError, "function takes exactly 2 arguments ({} given)", tuple_size(state));
  if (!is_instance_of(item(state, 0), &tee_data_type))
    return raise(PyExc_TypeError, "argument 1 must be itertools._tee_dataobject, not {}", type_name(item(state, 0)));
  Py_ssize_t index = TRY(to_c_ssize(item(state, 1)));
  if (index < 0 || index > kCells) return raise(PyExc_ValueError, "Index out of range");
  replace_field(self.data, share(item(state, 0)));
  self.index = static_cast<int>(index);
  return {};
}
void dealloc_tee(PyObject* o) {
  gc_untrack(o);
  if (reinterpret_cast<Tee*>(o)->weaklist) clear_weakrefs(o);
  Fields<Tee>::clear(o);
  Py_TYPE(o)->tp_free(o);
}
constinit PyMethodDef tee_methods[] = {
    noargs<copy>("__copy__", "Returns an independent iterator."),
    noargs<tee_reduce>("__reduce__", kReduceDoc),
    one_arg<tee_setstate>("__setstate__", kSetstateDoc),
    {},
};

consteval PyTypeObject tee_type_object() {
  PyTypeObject type = iterator_type<Tee>("itertools._tee", tee_type_doc, constructor<tee_type_doc, tee_new>::tp_new,
                                         slot<tee_next>, tee_methods, 0);
  type.tp_dealloc = dealloc_tee;
  type.tp_weaklistoffset = offsetof(Tee, weaklist);
  return type;
}
consteval PyTypeObject data_type_object() {
  PyTypeObject type = iterator_type<TeeData>("itertools._tee_dataobject", "Data container common to multiple tee objects.",
                                             constructor<data_doc, data_new>::tp_new, nullptr, data_methods, 0);
  type.tp_iter = nullptr;
  type.tp_dealloc = dealloc_data;
  type.tp_clear = clear_data;
  return type;
}

// -- tee() --

constexpr char tee_doc[] = "tee($module, iterable, n=2, /)\n--\n\nReturns a tuple of n independent iterators.";
Ref<> tee(PyObject*, PyObject* iterable, Py_ssize_t n) {
  if (n < 0) return raise(PyExc_ValueError, "n must be >= 0");
  Ref<Tuple> result = TRY(new_tuple(n));
  if (n == 0) return result;
  Ref<> it = TRY(iterate(iterable));
  // What can copy itself needs no tee.
  Ref<> copier = TRY(find_attr(it.get(), "__copy__"_name));
  if (!copier) {
    it = TRY(tee_from(it.get()));
    copier = TRY(get_attr(it.get(), "__copy__"_name));
  }
  result->ob_item[0] = it.release();
  for (Py_ssize_t i = 1; i < n; i++) {
    PyObject* no_args[1] = {nullptr};
    result->ob_item[i] = TRY(vectorcall(copier.get(), no_args + 1, PY_VECTORCALL_ARGUMENTS_OFFSET)).release();
  }
  return result;
}

}  // namespace

constinit PyTypeObject tee_type = tee_type_object();
constinit PyTypeObject tee_data_type = data_type_object();
constinit PyMethodDef tee_row = method<tee_doc, tee>;

}  // namespace taipan::itertools
