// groupby: runs of equal keys. All groups share the one underlying iterator; a group ends when another is asked for.
#include "modules/itertools/itertools.h"

namespace taipan::itertools {
namespace {

struct GroupBy {
  PyObject_HEAD
  PyObject *it, *key_function;
  PyObject *target_key, *current_key, *current_value;  // current_value null: used up already
  const void* current_group;  // the group that may still advance, for identity only
  template <class F> void each(F&& f) { f(it), f(key_function), f(target_key), f(current_key), f(current_value); }
};
struct Group {
  PyObject_HEAD
  PyObject *parent, *target_key;
  template <class F> void each(F&& f) { f(parent), f(target_key); }
};

constexpr char groupby_doc[] =
    "groupby(iterable, key=None)\n--\n\n"
    "make an iterator that returns consecutive keys and groups from the iterable\n\n"
    "  iterable\n    Elements to divide into groups according to the key function.\n"
    "  key\n    A function for computing the group category for each element.\n"
    "    If the key function is not specified or is None, the element itself\n    is used for grouping.";
Ref<> groupby_new(Type* type, PyObject* iterable, PyObject* key) {
  Ref<> it = TRY(iterate(iterable));
  Ref<GroupBy> self = TRY(make<GroupBy>(type));
  self->it = it.release();
  self->key_function = Py_NewRef(key);
  return self;
}

/// Fetches the next item and its key. False inside: there is none.
Result<bool> step(GroupBy& self) {
  Ref<> value = TRY(next(self.it));
  if (!value) return false;
  Ref<> key = self.key_function == Py_None ? value.copy() : TRY(call(self.key_function, value.get()));
  replace_field(self.current_value, std::move(value));
  replace_field(self.current_key, std::move(key));
  return true;
}
Result<bool> key_is(PyObject* target, PyObject* current) {
  Ref<> a = share(target), b = share(current);  // comparing may replace the fields
  return equal(a.get(), b.get());
}

Ref<> make_group(GroupBy& parent, PyObject* target_key) {
  Ref<Group> group = TRY(make<Group>(&grouper_type));
  group->parent = Py_NewRef(object(parent));
  group->target_key = Py_NewRef(target_key);
  parent.current_group = group.get();
  return group;
}

Result<Ref<>> groupby_next(GroupBy& self) {
  self.current_group = nullptr;
  for (;;) {  // to the next item with another key
    if (self.current_key) {
      if (!self.target_key) break;
      if (!TRY(key_is(self.target_key, self.current_key))) break;
    }
    if (!TRY(step(self))) return Ref<>();
  }
  replace_field(self.target_key, share(self.current_key));
  Ref<> group = TRY(make_group(self, self.target_key));
  return tuple_of({self.current_key, group.get()});
}
Ref<> groupby_reduce(GroupBy& self) {
  PyObject* type = object(Py_TYPE(object(self)));
  Ref<> args = TRY(tuple_of({self.it, self.key_function}));
  if (!self.target_key || !self.current_key || !self.current_value) return tuple_of({type, args.get()});
  Ref<> state = TRY(tuple_of({self.current_key, self.current_value, self.target_key}));
  return tuple_of({type, args.get(), state.get()});
}
Status groupby_setstate(GroupBy& self, PyObject* state) {
  if (!PyTuple_Check(state)) return raise(PyExc_TypeError, "state is not a tuple");
  if (tuple_size(state) != 3)
    return raise(PyExc_TypeError, "function takes exactly 3 arguments ({} given)", tuple_size(state));
  replace_field(self.current_key, share(item(state, 0)));
  replace_field(self.current_value, share(item(state, 1)));
  replace_field(self.target_key, share(item(state, 2)));
  return {};
}
constinit PyMethodDef groupby_methods[] = {
    noargs<groupby_reduce>("__reduce__", kReduceDoc),
    one_arg<groupby_setstate>("__setstate__", kSetstateDoc),
    {},
};

// -- the groups --

GroupBy& parent_of(Group& self) { return *reinterpret_cast<GroupBy*>(self.parent); }

Result<Ref<>> group_next(Group& self) {
  GroupBy& parent = parent_of(self);
  if (parent.current_group != &self) return Ref<>();
  if (!parent.current_value && !TRY(step(parent))) return Ref<>();
  if (!TRY(key_is(self.target_key, parent.current_key))) return Ref<>();
  Ref<> value = adopt(std::exchange(parent.current_value, nullptr));
  clear_field(parent.current_key);
  return value;
}
Ref<> group_reduce(Group& self) {
  if (parent_of(self).current_group != &self) {
    Ref<> iter = TRY(builtin_named("iter"_name)), args = TRY(tuple_of({empty_tuple()}));
    return tuple_of({iter.get(), args.get()});
  }
  Ref<> args = TRY(tuple_of({self.parent, self.target_key}));
  return tuple_of({object(Py_TYPE(object(self))), args.get()});
}
PyObject* group_new(PyTypeObject*, PyObject* args, PyObject*) {
  if (tuple_size(args) != 2)
    return raise(PyExc_TypeError, "function takes exactly 2 arguments ({} given)", tuple_size(args));
  PyObject* parent = item(args, 0);
  if (!is_instance_of(parent, &groupby_type))
    return raise(PyExc_TypeError, "argument 1 must be itertools.groupby, not {}", type_name(parent));
  return make_group(*reinterpret_cast<GroupBy*>(parent), item(args, 1)).release();
}
constinit PyMethodDef group_methods[] = {noargs<group_reduce>("__reduce__", kReduceDoc), {}};

}  // namespace

constinit PyTypeObject groupby_type =
    iterator_type<GroupBy>("itertools.groupby", groupby_doc, constructor<groupby_doc, groupby_new>::tp_new, slot<groupby_next>,
                           groupby_methods);
constinit PyTypeObject grouper_type =
    iterator_type<Group>("itertools._grouper", nullptr, group_new, slot<group_next>, group_methods, 0);

}  // namespace taipan::itertools
