// Subscription, length, membership, iteration and conversion to list or tuple, for any objects.
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/stack.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"

namespace taipan {

Result<Py_ssize_t> length(PyObject* o) {
  if (!has_stack(" while taking the length")) return Raised{};
  PyTypeObject* t = Py_TYPE(o);
  lenfunc f = t->tp_as_sequence && t->tp_as_sequence->sq_length ? t->tp_as_sequence->sq_length
              : t->tp_as_mapping                                ? t->tp_as_mapping->mp_length
                                                                : nullptr;
  if (!f) return raise(PyExc_TypeError, "object of type '{}' has no len()", clip(t->tp_name, 200));
  Py_ssize_t n = f(o);
  if (n < 0) return Raised{};
  return n;
}

Result<Py_ssize_t> length_hint(PyObject* o, Py_ssize_t otherwise) {
  PyTypeObject* t = Py_TYPE(o);
  if ((t->tp_as_sequence && t->tp_as_sequence->sq_length) || (t->tp_as_mapping && t->tp_as_mapping->mp_length)) {
    auto n = length(o);
    if (n || !clear_error_if(PyExc_TypeError)) return n;
  }
  Ref<> hint = TRY(lookup_special(o, "__length_hint__"_name));
  if (!hint) return otherwise;
  Ref<> value = call(hint.get());
  if (!value) {
    if (clear_error_if(PyExc_TypeError)) return otherwise;
    return Raised{};
  }
  if (value.get() == Py_NotImplemented) return otherwise;
  if (!PyLong_Check(value.get()))
    return raise(PyExc_TypeError, "__length_hint__ must be an integer, not {}", clip(type_name(value.get()), 100));
  Py_ssize_t n = TRY(to_ssize(value.get(), PyExc_OverflowError));
  if (n < 0) return raise(PyExc_ValueError, "__length_hint__() should return >= 0");
  return n;
}

namespace {

Result<Py_ssize_t> wrapped_index(PyObject* o, Py_ssize_t i) {
  PySequenceMethods* m = Py_TYPE(o)->tp_as_sequence;
  if (i < 0 && m->sq_length) {
    Py_ssize_t n = m->sq_length(o);
    if (n < 0) return Raised{};
    i += n;
  }
  return i;
}

Raised raise_bad_index(PyObject* key) {
  return raise(PyExc_TypeError, "sequence index must be integer, not '{}'", clip(type_name(key), 200));
}

}  // namespace

Ref<> get_item(PyObject* o, PyObject* key) {
  if (!has_stack(" while getting an item")) return Raised{};
  PyTypeObject* t = Py_TYPE(o);
  if (t->tp_as_mapping && t->tp_as_mapping->mp_subscript) return adopt(t->tp_as_mapping->mp_subscript(o, key));
  if (t->tp_as_sequence && t->tp_as_sequence->sq_item) {
    if (!is_index(key)) return raise_bad_index(key);
    return sequence_item(o, TRY(to_ssize(key, PyExc_IndexError)));
  }
  if (PyType_Check(o)) {
    if (o == object(&PyType_Type)) return new_generic_alias(o, key);
    Ref<> hook = TRY(find_attr(o, "__class_getitem__"_name));
    if (hook && hook.get() != Py_None) return call(hook.get(), key);
    return raise(PyExc_TypeError, "type '{}' is not subscriptable", clip(reinterpret_cast<PyTypeObject*>(o)->tp_name, 200));
  }
  return raise(PyExc_TypeError, "'{}' object is not subscriptable", clip(t->tp_name, 200));
}

static Status assign_item(PyObject* o, PyObject* key, PyObject* value) {
  PyTypeObject* t = Py_TYPE(o);
  if (t->tp_as_mapping && t->tp_as_mapping->mp_ass_subscript)
    return Status::from_c(t->tp_as_mapping->mp_ass_subscript(o, key, value));
  if (t->tp_as_sequence && t->tp_as_sequence->sq_ass_item) {
    if (!is_index(key)) return raise_bad_index(key);
    Py_ssize_t i = TRY(to_ssize(key, PyExc_IndexError));
    return Status::from_c(t->tp_as_sequence->sq_ass_item(o, TRY(wrapped_index(o, i)), value));
  }
  if (value) return raise(PyExc_TypeError, "'{}' object does not support item assignment", clip(t->tp_name, 200));
  return raise(PyExc_TypeError, "'{}' object doesn't support item deletion", clip(t->tp_name, 200));
}
Status set_item(PyObject* o, PyObject* key, PyObject* value) { return assign_item(o, key, value); }
Status del_item(PyObject* o, PyObject* key) { return assign_item(o, key, nullptr); }

Ref<> sequence_item(PyObject* o, Py_ssize_t i) {
  if (!has_stack(" while getting an item")) return Raised{};
  PySequenceMethods* m = Py_TYPE(o)->tp_as_sequence;
  if (!m || !m->sq_item) {
    if (Py_TYPE(o)->tp_as_mapping && Py_TYPE(o)->tp_as_mapping->mp_subscript)
      return raise(PyExc_TypeError, "{} is not a sequence", clip(type_name(o), 200));
    return raise(PyExc_TypeError, "'{}' object does not support indexing", clip(type_name(o), 200));
  }
  return adopt(m->sq_item(o, TRY(wrapped_index(o, i))));
}

bool is_sequence(PyObject* o) {
  return !PyDict_Check(o) && Py_TYPE(o)->tp_as_sequence && Py_TYPE(o)->tp_as_sequence->sq_item;
}
bool is_mapping(PyObject* o) { return Py_TYPE(o)->tp_as_mapping && Py_TYPE(o)->tp_as_mapping->mp_subscript; }

Ref<> sequence_concat(PyObject* a, PyObject* b) {
  PySequenceMethods* m = Py_TYPE(a)->tp_as_sequence;
  if (m && m->sq_concat) return adopt(m->sq_concat(a, b));
  if (is_sequence(a) && is_sequence(b)) return binary(BinaryOp::Add, a, b);
  return raise(PyExc_TypeError, "'{}' object can't be concatenated", clip(type_name(a), 200));
}
Ref<> sequence_repeat(PyObject* o, Py_ssize_t n) {
  PySequenceMethods* m = Py_TYPE(o)->tp_as_sequence;
  if (m && m->sq_repeat) return adopt(m->sq_repeat(o, n));
  if (is_sequence(o)) {
    Ref<> count = TRY(new_int(n));
    return binary(BinaryOp::Mult, o, count.get());
  }
  return raise(PyExc_TypeError, "'{}' object can't be repeated", clip(type_name(o), 200));
}

Result<bool> contains_by_iteration(PyObject* iterable, PyObject* what) {
  Ref<> iterator = iterate(iterable);
  if (!iterator) {
    if (clear_error_if(PyExc_TypeError))
      return raise(PyExc_TypeError, "argument of type '{}' is not iterable", clip(type_name(iterable), 200));
    return Raised{};
  }
  for (;;) {
    Ref<> candidate = TRY(next(iterator.get()));
    if (!candidate) return false;
    if (TRY(equal(candidate.get(), what))) return true;
  }
}
Result<bool> contains(PyObject* container, PyObject* what) {
  if (!has_stack(" while searching")) return Raised{};
  PySequenceMethods* m = Py_TYPE(container)->tp_as_sequence;
  if (m && m->sq_contains) {
    int r = m->sq_contains(container, what);
    if (r < 0) return Raised{};
    return r != 0;
  }
  return contains_by_iteration(container, what);
}

// -- iteration --

bool is_iterator(PyObject* o) {
  iternextfunc f = Py_TYPE(o)->tp_iternext;
  return f && f != reinterpret_cast<iternextfunc>(next_not_implemented);
}
PyObject* next_not_implemented(PyObject* o) {
  raise(PyExc_TypeError, "'{}' object is not iterable", clip(type_name(o), 200));
  return nullptr;
}

Ref<> iterate(PyObject* o) {
  if (!has_stack(" while iterating")) return Raised{};
  PyTypeObject* t = Py_TYPE(o);
  if (!t->tp_iter) {
    if (is_sequence(o)) return new_sequence_iterator(o);
    return raise(PyExc_TypeError, "'{}' object is not iterable", clip(t->tp_name, 200));
  }
  Ref<> it = TRY(adopt(t->tp_iter(o)));
  if (!is_iterator(it.get()))
    return raise(PyExc_TypeError, "iter() returned non-iterator of type '{}'", clip(type_name(it.get()), 100));
  return it;
}

Result<Ref<>> next(PyObject* iterator) {
  iternextfunc f = Py_TYPE(iterator)->tp_iternext;
  if (!f) [[unlikely]] {
    next_not_implemented(iterator);
    return Raised{};
  }
  if (!has_stack(" while iterating")) return Raised{};
  PyObject* o = f(iterator);
  if (o) return adopt(o);
  if (!pending_error() || clear_error_if(PyExc_StopIteration)) return Ref<>();
  return Raised{};
}

Ref<List> to_list(PyObject* iterable) {
  Ref<List> list = TRY(new_list());
  TRY(list_extend(object(list.get()), iterable));
  return list;
}
Ref<Tuple> to_tuple(PyObject* iterable) {
  if (PyTuple_CheckExact(iterable)) return share(reinterpret_cast<Tuple*>(iterable));
  if (PyList_CheckExact(iterable)) {
    auto* l = reinterpret_cast<List*>(iterable);
    return tuple_of(l->ob_item, Py_SIZE(l)).as<Tuple>();
  }
  Ref<List> list = TRY(to_list(iterable));
  return tuple_of(list->ob_item, Py_SIZE(list.get())).as<Tuple>();
}
Ref<> to_fast_sequence(PyObject* o, const char* message) {
  if (PyList_CheckExact(o) || PyTuple_CheckExact(o)) return share(o);
  Ref<> it = iterate(o);
  if (!it) {
    if (clear_error_if(PyExc_TypeError)) return raise(PyExc_TypeError, "{}", message);
    return Raised{};
  }
  return to_list(it.get());
}

namespace {
Ref<> mapping_part(PyObject* o, PyObject* method, const char* text) {
  Ref<> part = TRY(call_method(o, method));
  if (PyList_CheckExact(part.get())) return part;
  Ref<> it = iterate(part.get());
  if (!it) {
    if (clear_error_if(PyExc_TypeError))
      return raise(PyExc_TypeError, "{}.{}() returned a non-iterable (type {})", clip(type_name(o), 200), text,
                   clip(type_name(part.get()), 200));
    return Raised{};
  }
  return to_list(it.get());
}
}  // namespace
Ref<> mapping_keys(PyObject* o) { return PyDict_CheckExact(o) ? Ref<>(dict_keys_list(o)) : mapping_part(o, "keys"_name, "keys"); }
Ref<> mapping_values(PyObject* o) { return PyDict_CheckExact(o) ? Ref<>(dict_values_list(o)) : mapping_part(o, "values"_name, "values"); }
Ref<> mapping_items(PyObject* o) { return PyDict_CheckExact(o) ? Ref<>(dict_items_list(o)) : mapping_part(o, "items"_name, "items"); }

}  // namespace taipan
