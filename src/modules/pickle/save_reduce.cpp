// Saving an object as what __reduce__ said: a call, and what to do with its result.
#include "modules/pickle/pickle.h"

#include "object/call.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"

namespace taipan::pickling {
namespace {

struct Reduction {
  PyObject *callable, *args;                                         // borrowed, as all
  PyObject *state, *list_items, *dict_items, *state_setter;          // null: none
};

Status unpack(PyObject* reduced, Reduction* out) {
  Py_ssize_t n = tuple_size(reduced);
  auto refuse = [](const char* text) { return raise(library.pickling_error, "{}", text); };
  if (n < 2 || n > 6) return refuse("tuple returned by __reduce__ must contain 2 through 6 elements");
  PyObject* parts[6] = {};
  for (Py_ssize_t i = 0; i < n; i++) parts[i] = i >= 2 && item(reduced, i) == Py_None ? nullptr : item(reduced, i);
  *out = {parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]};
  if (!is_callable(out->callable)) return refuse("first item of the tuple returned by __reduce__ must be callable");
  if (!PyTuple_Check(out->args)) return refuse("second item of the tuple returned by __reduce__ must be a tuple");
  if (out->list_items && !is_iterator(out->list_items))
    return raise(library.pickling_error, "fourth element of the tuple returned by __reduce__ must be an iterator, not {}",
                 type_name(out->list_items));
  if (out->dict_items && !is_iterator(out->dict_items))
    return raise(library.pickling_error, "fifth element of the tuple returned by __reduce__ must be an iterator, not {}",
                 type_name(out->dict_items));
  if (out->state_setter && !is_callable(out->state_setter))
    return raise(library.pickling_error, "sixth element of the tuple returned by __reduce__ must be a function, not {}",
                 type_name(out->state_setter));
  return {};
}

Status save_newobj_ex(Pickler& p, PyObject* argtuple) {
  if (tuple_size(argtuple) != 3)
    return raise(library.pickling_error, "length of the NEWOBJ_EX argument tuple must be exactly 3, not {}", tuple_size(argtuple));
  PyObject *cls = item(argtuple, 0), *args = item(argtuple, 1), *kwargs = item(argtuple, 2);
  if (!PyType_Check(cls))
    return raise(library.pickling_error, "first item from NEWOBJ_EX argument tuple must be a class, not {}", type_name(cls));
  if (!PyTuple_Check(args))
    return raise(library.pickling_error, "second item from NEWOBJ_EX argument tuple must be a tuple, not {}", type_name(args));
  if (!PyDict_Check(kwargs))
    return raise(library.pickling_error, "third item from NEWOBJ_EX argument tuple must be a dict, not {}", type_name(kwargs));
  if (p.protocol >= 4) {
    TRY(save(p, cls));
    TRY(save(p, args));
    TRY(save(p, kwargs));
    return write(p, NEWOBJ_EX);
  }
  // partial(cls.__new__, cls, *args, **kwargs)()
  Ref<> make = TRY(get_attr(cls, "__new__"_name));
  Ref<Tuple> all = TRY(new_tuple(tuple_size(args) + 2));
  all->ob_item[0] = make.release();
  all->ob_item[1] = Py_NewRef(cls);
  for (Py_ssize_t i = 0; i < tuple_size(args); i++) all->ob_item[i + 2] = Py_NewRef(item(args, i));
  Ref<> bound = TRY(call_object(library.partial, object(all.get()), kwargs));
  TRY(save(p, bound.get()));
  TRY(save(p, empty_tuple()));
  return write(p, REDUCE);
}

Status save_newobj(Pickler& p, PyObject* args, PyObject* o) {
  if (tuple_size(args) < 1) return raise(library.pickling_error, "__newobj__ arglist is empty");
  PyObject* cls = item(args, 0);
  if (!PyType_Check(cls)) return raise(library.pickling_error, "args[0] from __newobj__ args is not a type");
  if (o) {
    Ref<> own = TRY(get_attr(o, "__class__"_name));
    if (own.get() != cls) return raise(library.pickling_error, "args[0] from __newobj__ args has the wrong class");
  }
  TRY(save(p, cls));
  Ref<> rest = TRY(tuple_slice(args, 1, tuple_size(args)));
  TRY(save(p, rest.get()));
  return write(p, NEWOBJ);
}

Status save_call(Pickler& p, const Reduction& r, PyObject* o) {
  if (p.protocol >= 2) {
    Ref<> name = TRY(find_attr(r.callable, "__name__"_name));
    if (name && PyUnicode_Check(name.get())) {
      if (str_equal(name.get(), "__newobj_ex__")) return save_newobj_ex(p, r.args);
      if (str_equal(name.get(), "__newobj__")) return save_newobj(p, r.args, o);
    }
  }
  TRY(save(p, r.callable));
  TRY(save(p, r.args));
  return write(p, REDUCE);
}

Status save_state(Pickler& p, const Reduction& r, PyObject* o) {
  if (!r.state_setter) {
    TRY(save(p, r.state));
    return write(p, BUILD);
  }
  // state_setter(object, state), whose result is thrown away
  TRY(save(p, r.state_setter));
  TRY(save(p, o));
  TRY(save(p, r.state));
  char code[] = {TUPLE2, REDUCE, POP};
  return write(p, code, sizeof code);
}

}  // namespace

Status save_reduced(Pickler& p, PyObject* reduced, PyObject* o) {
  Reduction r;
  TRY(unpack(reduced, &r));
  TRY(save_call(p, r, o));
  if (o) {
    if (p.memo.find(o) >= 0) {  // its arguments contain the object itself, which is there by now
      TRY(write(p, POP));
      return memo_get(p, o);
    }
    TRY(memo_put(p, o));
  }
  if (r.list_items) TRY(save_batches_of_list(p, r.list_items));
  if (r.dict_items) TRY(save_batches_of_dict(p, r.dict_items));
  return r.state ? save_state(p, r, o) : Status();
}

}  // namespace taipan::pickling
