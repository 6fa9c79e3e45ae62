// What every object can be asked: repr, str, format, truth, hash, comparison, isinstance, dir.
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/hooks.h"
#include "object/int.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/stack.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"

extern "C" PyTypeObject _PyUnion_Type;  // not in the public headers

namespace taipan {

Ref<> repr(PyObject* o) {
  reprfunc f = Py_TYPE(o)->tp_repr;
  if (!f) return format_str("<{} object at {}>", type_name(o), as_address(o));
  RecursionGuard guard(" while getting the repr of an object");
  if (!guard) return Raised{};
  Ref<> text = TRY(adopt(f(o)));
  if (!PyUnicode_Check(text.get()))
    return raise(PyExc_TypeError, "__repr__ returned non-string (type {})", clip(type_name(text.get()), 200));
  return text;
}

Ref<> to_str(PyObject* o) {
  if (PyUnicode_CheckExact(o)) return share(o);
  reprfunc f = Py_TYPE(o)->tp_str;
  if (!f) return repr(o);
  RecursionGuard guard(" while getting the str of an object");
  if (!guard) return Raised{};
  Ref<> text = TRY(adopt(f(o)));
  if (!PyUnicode_Check(text.get()))
    return raise(PyExc_TypeError, "__str__ returned non-string (type {})", clip(type_name(text.get()), 200));
  return text;
}

Ref<> to_ascii(PyObject* o) {
  Ref<> text = TRY(repr(o));
  if (is_ascii(text.get())) return text;
  StrBuilder out;
  for (Py_ssize_t i = 0, n = str_length(text.get()); i < n; i++) {
    Py_UCS4 c = char_at(text.get(), i);
    TextBuffer escaped;
    if (c < 0x80) escaped.append(static_cast<char>(c));
    else if (c < 0x100) format(escaped, "\\x{}", Hex{c, 2});
    else if (c < 0x10000) format(escaped, "\\u{}", Hex{c, 4});
    else format(escaped, "\\U{}", Hex{c, 8});
    if (!out.add(escaped.view())) return Raised{};
  }
  return out.finish();
}

Ref<> format(PyObject* o, PyObject* spec) {
  if (spec && !PyUnicode_Check(spec))
    return raise(PyExc_SystemError, "Format specifier must be a string, not {}", clip(type_name(spec), 200));
  // The common case, an empty specification of a str or int, needs no method call.
  if (!spec || str_length(spec) == 0) {
    if (PyUnicode_CheckExact(o)) return share(o);
    if (PyLong_CheckExact(o)) return to_str(o);
  }
  Ref<> method = TRY(lookup_special(o, "__format__"_name));
  if (!method)
    return raise(PyExc_TypeError, "Type {} doesn't define __format__", clip(type_name(o), 100));
  Ref<> text = TRY(call(method.get(), spec ? spec : empty_str()));
  if (!PyUnicode_Check(text.get()))
    return raise(PyExc_TypeError, "__format__ must return a str, not {}", clip(type_name(text.get()), 200));
  return text;
}

Result<bool> is_true(PyObject* o) {
  if (o == Py_True) return true;
  if (o == Py_False || o == Py_None) return false;
  if (!has_stack(" while testing for truth")) return Raised{};
  PyTypeObject* t = Py_TYPE(o);
  Py_ssize_t r;
  if (t->tp_as_number && t->tp_as_number->nb_bool) r = t->tp_as_number->nb_bool(o);
  else if (t->tp_as_mapping && t->tp_as_mapping->mp_length) r = t->tp_as_mapping->mp_length(o);
  else if (t->tp_as_sequence && t->tp_as_sequence->sq_length) r = t->tp_as_sequence->sq_length(o);
  else return true;
  if (r < 0) return Raised{};
  return r > 0;
}

Result<Py_hash_t> hash(PyObject* o) {
  if (!has_stack(" while hashing an object")) return Raised{};
  PyTypeObject* t = Py_TYPE(o);
  if (!t->tp_hash && !t->tp_dict) TRY(ready_type(t));
  if (!t->tp_hash) return raise(PyExc_TypeError, "unhashable type: '{}'", clip(t->tp_name, 200));
  Py_hash_t h = t->tp_hash(o);
  if (h == -1) return Raised{};
  return h;
}

static constexpr int kSwapped[] = {Py_GT, Py_GE, Py_EQ, Py_NE, Py_LT, Py_LE};
static Ref<> compare_by_right(PyObject* a, PyObject* b, int op, bool ask);

Ref<> compare(PyObject* a, PyObject* b, int op) {
  RecursionGuard guard(" in comparison");
  if (!guard) return Raised{};
  bool right_tried = false;
  if (Py_TYPE(a) != Py_TYPE(b) && is_subtype(Py_TYPE(b), Py_TYPE(a)) && Py_TYPE(b)->tp_richcompare) {
    right_tried = true;
    Ref<> r = TRY(adopt(Py_TYPE(b)->tp_richcompare(b, a, kSwapped[op])));
    if (r.get() != Py_NotImplemented) return r;
  }
  if (richcmpfunc f = Py_TYPE(a)->tp_richcompare) {
    Ref<> r = TRY(adopt(f(a, b, op)));
    if (r.get() != Py_NotImplemented) return r;
  }
  return compare_by_right(a, b, op, !right_tried);
}
Ref<> compare_after_left(PyObject* a, PyObject* b, int op) { return compare_by_right(a, b, op, true); }

static Ref<> compare_by_right(PyObject* a, PyObject* b, int op, bool ask) {
  static constexpr const char* kSymbol[] = {"<", "<=", "==", "!=", ">", ">="};
  if (richcmpfunc f = Py_TYPE(b)->tp_richcompare; f && ask) {
    Ref<> r = TRY(adopt(f(b, a, kSwapped[op])));
    if (r.get() != Py_NotImplemented) return r;
  }
  if (op == Py_EQ) return boolean(a == b);
  if (op == Py_NE) return boolean(a != b);
  return raise(PyExc_TypeError, "'{}' not supported between instances of '{}' and '{}'", kSymbol[op], clip(type_name(a), 100),
               clip(type_name(b), 100));
}
namespace {
template <class T>
bool decide_between(const T& a, const T& b, int op) {
  switch (op) {
    case Py_LT: return a < b;
    case Py_LE: return a <= b;
    case Py_EQ: return a == b;
    case Py_NE: return a != b;
    case Py_GT: return a > b;
    default: return a >= b;
  }
}
}  // namespace

Result<bool> compare_bool(PyObject* a, PyObject* b, int op) {
  if (a == b) {
    if (op == Py_EQ) return true;
    if (op == Py_NE) return false;
  }
  PyTypeObject* type = Py_TYPE(a);
  if (type == Py_TYPE(b)) {  // the types that searches and sorts meet most: no object for the answer
    if (type == &PyUnicode_Type) {
      if (op == Py_EQ) return str_equal(a, b);
      if (op == Py_NE) return !str_equal(a, b);
      return decide_between(str_compare(a, b), 0, op);
    }
    if (type == &PyLong_Type && is_single_digit(a) && is_single_digit(b))
      return decide_between(single_digit_value(a), single_digit_value(b), op);
    if (type == &PyFloat_Type) return decide_between(float_value(a), float_value(b), op);
  }
  Ref<> r = TRY(compare(a, b, op));
  if (r.get() == Py_True) return true;
  if (r.get() == Py_False) return false;
  return is_true(r.get());
}
Result<bool> equal(PyObject* a, PyObject* b) { return compare_bool(a, b, Py_EQ); }

// -- isinstance and issubclass --

namespace {

/// __bases__ as a tuple; empty without exception: this is no class.
Result<Ref<>> abstract_bases(PyObject* cls) {
  Ref<> bases = TRY(find_attr(cls, "__bases__"_name));
  if (bases && !PyTuple_Check(bases.get())) return Ref<>();
  return bases;
}
Result<bool> abstract_is_subclass(PyObject* derived, PyObject* cls) {
  RecursionGuard guard(" in __issubclass__");
  if (!guard) return Raised{};
  if (derived == cls) return true;
  Ref<> bases = TRY(abstract_bases(derived));
  if (!bases) return false;
  for (Py_ssize_t i = 0; i < tuple_size(bases.get()); i++) {
    if (TRY(abstract_is_subclass(item(bases.get(), i), cls))) return true;
  }
  return false;
}
Status check_class(PyObject* cls, const char* message) {
  Ref<> bases = TRY(abstract_bases(cls));
  if (bases) return {};
  return raise(PyExc_TypeError, "{}", message);
}

/// Does `o.__class__` of its instances give the type itself, as object's does?
bool has_own_class(PyTypeObject* type) {
  if (type->tp_getattro != generic_get_attr_slot) return false;
  static PyObject* of_object = nullptr;
  if (!of_object) of_object = type_lookup(&PyBaseObject_Type, "__class__"_name);
  return type_lookup(type, "__class__"_name) == of_object;
}

/// What type.__instancecheck__ does.
Result<bool> plain_is_instance(PyObject* o, PyObject* cls) {
  if (PyType_Check(cls)) {
    auto* type = reinterpret_cast<PyTypeObject*>(cls);
    if (is_instance_of(o, type)) return true;
    if (has_own_class(Py_TYPE(o))) return false;
    Ref<> claimed = TRY(find_attr(o, "__class__"_name));
    if (claimed && claimed.get() != object(Py_TYPE(o)) && PyType_Check(claimed.get()))
      return is_subtype(reinterpret_cast<PyTypeObject*>(claimed.get()), type);
    return false;
  }
  TRY(check_class(cls, "isinstance() arg 2 must be a type, a tuple of types, or a union"));
  Ref<> claimed = TRY(find_attr(o, "__class__"_name));
  if (!claimed) return false;
  return abstract_is_subclass(claimed.get(), cls);
}
Result<bool> plain_is_subclass(PyObject* derived, PyObject* cls) {
  if (PyType_Check(cls) && PyType_Check(derived))
    return is_subtype(reinterpret_cast<PyTypeObject*>(derived), reinterpret_cast<PyTypeObject*>(cls));
  TRY(check_class(derived, "issubclass() arg 1 must be a class"));
  TRY(check_class(cls, "issubclass() arg 2 must be a class, a tuple of classes, or a union"));
  return abstract_is_subclass(derived, cls);
}

}  // namespace

Result<bool> type_instance_check(PyObject* cls, PyObject* o) { return plain_is_instance(o, cls); }
Result<bool> type_subclass_check(PyObject* cls, PyObject* derived) { return plain_is_subclass(derived, cls); }

/// `int | str` stands for the tuple of its members, which is its first field.
static PyObject* members_if_union(PyObject* cls) {
  return Py_IS_TYPE(cls, &_PyUnion_Type) ? *reinterpret_cast<PyObject**>(cls + 1) : cls;
}

Result<bool> is_instance(PyObject* o, PyObject* cls) {
  if (object(Py_TYPE(o)) == cls) return true;
  if (PyType_CheckExact(cls)) return plain_is_instance(o, cls);
  cls = members_if_union(cls);
  if (PyTuple_Check(cls)) {
    RecursionGuard guard(" in __instancecheck__");
    if (!guard) return Raised{};
    for (Py_ssize_t i = 0; i < tuple_size(cls); i++) {
      if (TRY(is_instance(o, item(cls, i)))) return true;
    }
    return false;
  }
  Ref<> check = TRY(lookup_special(cls, "__instancecheck__"_name));
  if (!check) return plain_is_instance(o, cls);
  RecursionGuard guard(" in __instancecheck__");
  if (!guard) return Raised{};
  Ref<> r = TRY(call(check.get(), o));
  return is_true(r.get());
}
Result<bool> is_subclass(PyObject* derived, PyObject* cls) {
  if (PyType_CheckExact(cls)) {
    if (derived == cls) return true;
    return plain_is_subclass(derived, cls);
  }
  cls = members_if_union(cls);
  if (PyTuple_Check(cls)) {
    RecursionGuard guard(" in __subclasscheck__");
    if (!guard) return Raised{};
    for (Py_ssize_t i = 0; i < tuple_size(cls); i++) {
      if (TRY(is_subclass(derived, item(cls, i)))) return true;
    }
    return false;
  }
  Ref<> check = TRY(lookup_special(cls, "__subclasscheck__"_name));
  if (!check) return plain_is_subclass(derived, cls);
  RecursionGuard guard(" in __subclasscheck__");
  if (!guard) return Raised{};
  Ref<> r = TRY(call(check.get(), derived));
  return is_true(r.get());
}

bool is_callable(PyObject* o) { return Py_TYPE(o)->tp_call != nullptr; }

Ref<> dir(PyObject* o) {
  Ref<> names;
  if (!o) {
    PyObject* locals = hooks.current_locals ? hooks.current_locals() : nullptr;
    if (!locals) return pending_error() ? Raised{} : raise(PyExc_SystemError, "frame does not exist");
    names = TRY(mapping_keys(locals));
    if (!PyList_Check(names.get()))
      return raise(PyExc_TypeError, "dir(): expected keys() of locals to be a list, not '{}'", clip(type_name(names.get()), 200));
  } else {
    Ref<> method = TRY(lookup_special(o, "__dir__"_name));
    if (!method) return raise(PyExc_TypeError, "object does not provide __dir__");
    Ref<> raw = TRY(call(method.get()));
    names = TRY(to_list(raw.get()));
  }
  Ref<> sorted = TRY(call_method(names.get(), "sort"_name));
  return names;
}

}  // namespace taipan
