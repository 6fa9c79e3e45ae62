// The slot functions of classes written in Python (see the header).
#include "object/slot_functions.h"

#include "object/call.h"
#include "object/error.h"
#include "object/int.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/slots.h"
#include "object/tuple.h"
#include "object/type_internal.h"

namespace taipan {
namespace {

/// A special method found on the type: called with `self` in front if it is a plain function, else already bound.
struct Special {
  Ref<> callable;
  bool unbound = false;
};

/// Absent: empty, no exception. Failed to bind: empty, exception pending (`ok` false).
Special find_special(PyObject* self, PyObject* name, bool* ok) {
  *ok = true;
  PyTypeObject* type = Py_TYPE(self);
  PyObject* found = type_lookup(type, name);
  if (!found) return {};
  if (has_feature(Py_TYPE(found), Py_TPFLAGS_METHOD_DESCRIPTOR)) return {share(found), true};
  if (descrgetfunc get = Py_TYPE(found)->tp_descr_get) {
    Ref<> keep = share(found);
    Ref<> bound = adopt(get(found, self, object(type)));
    *ok = static_cast<bool>(bound);
    return {std::move(bound), false};
  }
  return {share(found), false};
}

template <class... A>
Ref<> call_special(const Special& m, PyObject* self, A... args) {
  PyObject* all[] = {nullptr, self, args...};
  if (m.unbound) return vectorcall(m.callable.get(), all + 1, (1 + sizeof...(A)) | PY_VECTORCALL_ARGUMENTS_OFFSET);
  return vectorcall(m.callable.get(), all + 2, sizeof...(A) | PY_VECTORCALL_ARGUMENTS_OFFSET);
}

/// type(self).name(self, args…); absent: AttributeError(name).
template <class... A>
Ref<> call_required(PyObject* self, PyObject* name, A... args) {
  bool ok;
  Special m = find_special(self, name, &ok);
  if (!m.callable) {
    if (ok) raise_value(PyExc_AttributeError, name);
    return {};
  }
  return call_special(m, self, args...);
}
/// … absent: NotImplemented.
template <class... A>
Ref<> call_maybe(PyObject* self, PyObject* name, A... args) {
  bool ok;
  Special m = find_special(self, name, &ok);
  if (!m.callable) return ok ? not_implemented() : Ref<>();
  return call_special(m, self, args...);
}

/// Does the right operand's type give the reflected method a meaning of its own?
Result<bool> overrides(PyObject* left, PyObject* right, PyObject* name) {
  Ref<> b = TRY(find_attr(object(Py_TYPE(right)), name));
  if (!b) return false;
  Ref<> a = TRY(find_attr(object(Py_TYPE(left)), name));
  if (!a) return true;
  return compare_bool(a.get(), b.get(), Py_NE);
}

/// The rule of binary operators between objects of which at least one's class is written in Python.
Ref<> binary_slot(PyObject* a, PyObject* b, void* slot, int offset, PyObject* name, PyObject* reflected) {
  auto fills = [&](PyObject* o) {
    void** p = slot_address(Py_TYPE(o), offset);
    return p && *p == slot;
  };
  bool try_right = Py_TYPE(a) != Py_TYPE(b) && fills(b);
  if (fills(a)) {
    if (try_right && is_subtype(Py_TYPE(b), Py_TYPE(a))) {
      if (TRY(overrides(a, b, reflected))) {
        Ref<> r = TRY(call_maybe(b, reflected, a));
        if (r.get() != Py_NotImplemented) return r;
        try_right = false;
      }
    }
    Ref<> r = TRY(call_maybe(a, name, b));
    if (r.get() != Py_NotImplemented || Py_TYPE(a) == Py_TYPE(b)) return r;
  }
  if (try_right) return call_maybe(b, reflected, a);
  return not_implemented();
}

}  // namespace

#define OFFSET(member) static_cast<int>(offsetof(PyHeapTypeObject, as_number.member))
#define X(fn, name, reflected)                                                                              \
  PyObject* slot_##fn(PyObject* a, PyObject* b) {                                                           \
    return binary_slot(a, b, reinterpret_cast<void*>(slot_##fn), OFFSET(nb_##fn), name##_name, reflected##_name) \
        .release();                                                                                         \
  }
TAIPAN_BINARY_SLOTS(X)
#undef X
#define X(fn, name) \
  PyObject* slot_inplace_##fn(PyObject* a, PyObject* b) { return call_required(a, name##_name, b).release(); }
TAIPAN_INPLACE_SLOTS(X)
#undef X
#define X(fn, name) \
  PyObject* slot_##fn(PyObject* o) { return call_required(o, name##_name).release(); }
TAIPAN_UNARY_SLOTS(X)
#undef X

PyObject* slot_power(PyObject* a, PyObject* b, PyObject* modulus) {
  if (modulus == Py_None) {
    return binary_slot(a, b, reinterpret_cast<void*>(slot_power), OFFSET(nb_power), "__pow__"_name, "__rpow__"_name)
        .release();
  }
  // pow(a, b, m) is only ever asked of a's own class.
  void** p = slot_address(Py_TYPE(a), OFFSET(nb_power));
  if (p && *p == reinterpret_cast<void*>(slot_power)) return call_required(a, "__pow__"_name, b, modulus).release();
  return not_implemented().release();
}
PyObject* slot_inplace_power(PyObject* a, PyObject* b, PyObject*) { return call_required(a, "__ipow__"_name, b).release(); }

int slot_bool(PyObject* o) {
  bool ok;
  bool by_length = false;
  Special m = find_special(o, "__bool__"_name, &ok);
  if (!ok) return -1;
  if (!m.callable) {
    m = find_special(o, "__len__"_name, &ok);
    if (!m.callable) return ok ? 1 : -1;
    by_length = true;
  }
  Ref<> value = call_special(m, o);
  if (!value) return -1;
  if (by_length) {
    auto truth = is_true(value.get());
    return truth ? *truth : -1;
  }
  if (!PyBool_Check(value.get())) {
    raise(PyExc_TypeError, "__bool__ should return bool, returned {}", type_name(value.get()));
    return -1;
  }
  return value.get() == Py_True;
}

PyObject* slot_repr(PyObject* o) {
  bool ok;
  Special m = find_special(o, "__repr__"_name, &ok);
  if (!m.callable) {
    if (!ok) clear_error();
    return format_str("<{} object at {}>", type_name(o), as_address(o)).release();
  }
  return call_special(m, o).release();
}
PyObject* slot_str(PyObject* o) { return call_required(o, "__str__"_name).release(); }

Py_hash_t slot_hash(PyObject* o) {
  bool ok;
  Special m = find_special(o, "__hash__"_name, &ok);
  if (!ok) clear_error();
  if (!m.callable || m.callable.get() == Py_None) return hash_not_implemented(o);
  Ref<> value = call_special(m, o);
  if (!value) return -1;
  if (!PyLong_Check(value.get())) {
    raise(PyExc_TypeError, "__hash__ method should return an integer");
    return -1;
  }
  // A value that is no Py_hash_t is hashed itself, so that hash(x) == hash(x.__hash__()).
  int64_t small;
  Py_hash_t h = int_to_int64(value.get(), &small) == 0 ? small : int_hash(value.get());
  return h == -1 ? -2 : h;
}

PyObject* slot_call(PyObject* o, PyObject* args, PyObject* kwargs) {
  bool ok;
  Special m = find_special(o, "__call__"_name, &ok);
  if (!m.callable) {
    if (ok) raise_value(PyExc_AttributeError, "__call__"_name);
    return nullptr;
  }
  if (!m.unbound) return call_object(m.callable.get(), args, kwargs).release();
  Py_ssize_t n = tuple_size(args);
  Ref<Tuple> all = new_tuple(n + 1);
  if (!all) return nullptr;
  all->ob_item[0] = Py_NewRef(o);
  for (Py_ssize_t i = 0; i < n; i++) all->ob_item[i + 1] = Py_NewRef(item(args, i));
  return call_object(m.callable.get(), object(all.get()), kwargs).release();
}

PyObject* slot_getattro(PyObject* o, PyObject* name) {
  return call_required(o, "__getattribute__"_name, name).release();
}
/// The C function behind a __getattribute__ that is not the class's own; null: it is.
static getattrofunc built_in_way(PyTypeObject* type, PyObject* getattribute) {
  if (!getattribute) return generic_get_attr_slot;
  if (!Py_IS_TYPE(getattribute, &PyWrapperDescr_Type) || !is_subtype(type, PyDescr_TYPE(getattribute))) return nullptr;
  auto* wrapper = reinterpret_cast<PyWrapperDescrObject*>(getattribute);
  if (wrapper->d_base->offset != static_cast<int>(offsetof(PyHeapTypeObject, ht_type.tp_getattro))) return nullptr;
  return reinterpret_cast<getattrofunc>(wrapper->d_wrapped);
}
/// For classes with __getattr__: the ordinary way first, then the hook. Without one, switches to the simpler function.
PyObject* slot_getattr_hook(PyObject* o, PyObject* name) {
  PyTypeObject* type = Py_TYPE(o);
  PyObject* hook = type_lookup(type, "__getattr__"_name);
  if (!hook) {
    type->tp_getattro = slot_getattro;
    return slot_getattro(o, name);
  }
  Ref<> keep = share(hook);
  PyObject* getattribute = type_lookup(type, "__getattribute__"_name);
  Ref<> found;
  if (getattrofunc way = built_in_way(type, getattribute)) {
    auto here = find_attr_by(way, o, name);
    if (here) {
      found = here.take();
      if (!found) return call_required(o, "__getattr__"_name, name).release();
    }
  } else {
    found = call_required(o, "__getattribute__"_name, name);
  }
  if (found || !clear_error_if(PyExc_AttributeError)) return found.release();
  return call_required(o, "__getattr__"_name, name).release();
}
int slot_setattr(PyObject* o, PyObject* name, PyObject* value) {
  Ref<> r = value ? call_required(o, "__setattr__"_name, name, value) : call_required(o, "__delattr__"_name, name);
  return r ? 0 : -1;
}

PyObject* slot_richcompare(PyObject* a, PyObject* b, int op) {
  PyObject* const names[] = {"__lt__"_name, "__le__"_name, "__eq__"_name, "__ne__"_name, "__gt__"_name, "__ge__"_name};
  bool ok;
  Special m = find_special(a, names[op], &ok);
  if (m.callable) return call_special(m, a, b).release();
  if (!ok) clear_error();  // a method that cannot be got does not exist for a comparison
  return Py_NewRef(Py_NotImplemented);
}

PyObject* slot_iter(PyObject* o) {
  bool ok;
  Special m = find_special(o, "__iter__"_name, &ok);
  if (!ok) clear_error();
  if (m.callable.get() == Py_None) {
    raise(PyExc_TypeError, "'{}' object is not iterable", clip(type_name(o), 200));
    return nullptr;
  }
  if (m.callable) return call_special(m, o).release();
  if (!type_lookup(Py_TYPE(o), "__getitem__"_name)) {
    raise(PyExc_TypeError, "'{}' object is not iterable", clip(type_name(o), 200));
    return nullptr;
  }
  return new_sequence_iterator(o).release();
}
PyObject* slot_iternext(PyObject* o) { return call_required(o, "__next__"_name).release(); }

PyObject* slot_descr_get(PyObject* self, PyObject* o, PyObject* type) {
  PyObject* get = type_lookup(Py_TYPE(self), "__get__"_name);
  if (!get) {
    // The class lost its __get__: do not look again.
    if (Py_TYPE(self)->tp_descr_get == slot_descr_get) Py_TYPE(self)->tp_descr_get = nullptr;
    return Py_NewRef(self);
  }
  Ref<> keep = share(get);
  return call(get, self, o ? o : Py_None, type ? type : Py_None).release();
}
int slot_descr_set(PyObject* self, PyObject* o, PyObject* value) {
  Ref<> r = value ? call_required(self, "__set__"_name, o, value) : call_required(self, "__delete__"_name, o);
  return r ? 0 : -1;
}

int slot_init(PyObject* o, PyObject* args, PyObject* kwargs) {
  bool ok;
  Special m = find_special(o, "__init__"_name, &ok);
  if (!m.callable) {
    if (ok) raise_value(PyExc_AttributeError, "__init__"_name);
    return -1;
  }
  Ref<> r;
  if (m.unbound) {
    Py_ssize_t n = tuple_size(args);
    Ref<Tuple> all = new_tuple(n + 1);
    if (!all) return -1;
    all->ob_item[0] = Py_NewRef(o);
    for (Py_ssize_t i = 0; i < n; i++) all->ob_item[i + 1] = Py_NewRef(item(args, i));
    r = call_object(m.callable.get(), object(all.get()), kwargs);
  } else {
    r = call_object(m.callable.get(), args, kwargs);
  }
  if (!r) return -1;
  if (r.get() != Py_None) {
    raise(PyExc_TypeError, "__init__() should return None, not '{}'", clip(type_name(r.get()), 200));
    return -1;
  }
  return 0;
}
PyObject* slot_new(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  Ref<> function = get_attr(object(type), "__new__"_name);
  if (!function) return nullptr;
  Py_ssize_t n = tuple_size(args);
  Ref<Tuple> all = new_tuple(n + 1);
  if (!all) return nullptr;
  all->ob_item[0] = Py_NewRef(object(type));
  for (Py_ssize_t i = 0; i < n; i++) all->ob_item[i + 1] = Py_NewRef(item(args, i));
  return call_object(function.get(), object(all.get()), kwargs).release();
}
void slot_finalize(PyObject* o) {
  PendingError pending = PendingError::take();
  bool ok;
  Special m = find_special(o, "__del__"_name, &ok);
  if (m.callable) {
    Ref<> r = call_special(m, o);
    if (!r) write_unraisable(m.callable.get());
  } else if (!ok) {
    write_unraisable(o);
  }
  std::move(pending).restore();
}

PyObject* slot_await(PyObject* o) {
  bool ok;
  Special m = find_special(o, "__await__"_name, &ok);
  if (m.callable) return call_special(m, o).release();
  if (ok) raise(PyExc_AttributeError, "object {} does not have {} method", clip(type_name(o), 50), "__await__");
  return nullptr;
}
PyObject* slot_aiter(PyObject* o) {
  bool ok;
  Special m = find_special(o, "__aiter__"_name, &ok);
  if (m.callable) return call_special(m, o).release();
  if (ok) raise(PyExc_AttributeError, "object {} does not have {} method", clip(type_name(o), 50), "__aiter__");
  return nullptr;
}
PyObject* slot_anext(PyObject* o) {
  bool ok;
  Special m = find_special(o, "__anext__"_name, &ok);
  if (m.callable) return call_special(m, o).release();
  if (ok) raise(PyExc_AttributeError, "object {} does not have {} method", clip(type_name(o), 50), "__anext__");
  return nullptr;
}

Py_ssize_t slot_length(PyObject* o) {
  Ref<> r = call_required(o, "__len__"_name);
  if (!r) return -1;
  r = index(r.get());
  if (!r) return -1;
  if (int_sign(r.get()) < 0) {
    raise(PyExc_ValueError, "__len__() should return >= 0");
    return -1;
  }
  auto n = to_ssize(r.get(), PyExc_OverflowError);
  return n ? *n : -1;
}
PyObject* slot_subscript(PyObject* o, PyObject* key) { return call_required(o, "__getitem__"_name, key).release(); }
int slot_ass_subscript(PyObject* o, PyObject* key, PyObject* value) {
  Ref<> r = value ? call_required(o, "__setitem__"_name, key, value) : call_required(o, "__delitem__"_name, key);
  return r ? 0 : -1;
}
PyObject* slot_sequence_item(PyObject* o, Py_ssize_t i) {
  Ref<> n = new_int(i);
  return n ? slot_subscript(o, n.get()) : nullptr;
}
int slot_sequence_set_item(PyObject* o, Py_ssize_t i, PyObject* value) {
  Ref<> n = new_int(i);
  return n ? slot_ass_subscript(o, n.get(), value) : -1;
}
int slot_contains(PyObject* o, PyObject* what) {
  bool ok;
  Special m = find_special(o, "__contains__"_name, &ok);
  if (!ok) return -1;
  if (m.callable.get() == Py_None) {
    raise(PyExc_TypeError, "'{}' object is not a container", clip(type_name(o), 200));
    return -1;
  }
  if (m.callable) {
    Ref<> r = call_special(m, o, what);
    if (!r) return -1;
    auto truth = is_true(r.get());
    return truth ? *truth : -1;
  }
  auto found = contains_by_iteration(o, what);
  return found ? *found : -1;
}

}  // namespace taipan
