// The order of bases: C3 linearisation, the layout-giving base, and the lists of subclasses.
#include "object/alloc.h"
#include "object/call.h"
#include "object/error.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/type_internal.h"
#include "object/weakref.h"

namespace taipan {
namespace {

bool list_contains_from(PyObject* list, Py_ssize_t from, PyObject* what) {
  auto* l = reinterpret_cast<List*>(list);
  for (Py_ssize_t i = from; i < Py_SIZE(l); i++) {
    if (l->ob_item[i] == what) return true;
  }
  return false;
}

/// Why no order exists: the heads that are left, each blocked by another list's tail.
Raised raise_no_order(Ref<>* lists, Py_ssize_t* at, Py_ssize_t count) {
  Ref<Dict> heads = TRY(new_dict());
  for (Py_ssize_t i = 0; i < count; i++) {
    auto* l = reinterpret_cast<List*>(lists[i].get());
    if (at[i] < Py_SIZE(l)) TRY(dict_set(object(heads.get()), l->ob_item[at[i]], Py_None));
  }
  TextBuffer names;
  Py_ssize_t position = 0;
  PyObject *key, *value;
  while (dict_next(object(heads.get()), &position, &key, &value)) {
    Ref<> name = is_instance_of(key, &PyType_Type) ? type_short_name(reinterpret_cast<PyTypeObject*>(key)) : repr(key);
    if (!name) return Raised{};
    if (names.size()) names.append(", ");
    names.append(utf8_or_question(name.get()));
  }
  return raise(PyExc_TypeError, "Cannot create a consistent method resolution\norder (MRO) for bases {}", names.view());
}

/// Merges lists by C3: always take the first head that stands in no other list's tail.
Ref<> merge(Ref<>* lists, Py_ssize_t count, PyTypeObject* first) {
  Ref<List> result = TRY(new_list());
  TRY(list_append(object(result.get()), object(first)));
  auto* at = static_cast<Py_ssize_t*>(raw_allocate(sizeof(Py_ssize_t) * count));
  if (!at) return raise_no_memory();
  for (Py_ssize_t i = 0; i < count; i++) at[i] = 0;
  auto run = [&]() -> Status {
    for (;;) {
      PyObject* candidate = nullptr;
      bool left = false;
      for (Py_ssize_t i = 0; i < count && !candidate; i++) {
        auto* l = reinterpret_cast<List*>(lists[i].get());
        if (at[i] >= Py_SIZE(l)) continue;
        left = true;
        candidate = l->ob_item[at[i]];
        for (Py_ssize_t j = 0; j < count; j++) {
          if (list_contains_from(lists[j].get(), at[j] + 1, candidate)) {
            candidate = nullptr;
            break;
          }
        }
      }
      if (!candidate) {
        if (left) return raise_no_order(lists, at, count);
        return {};
      }
      TRY(list_append(object(result.get()), candidate));
      for (Py_ssize_t i = 0; i < count; i++) {
        auto* l = reinterpret_cast<List*>(lists[i].get());
        if (at[i] < Py_SIZE(l) && l->ob_item[at[i]] == candidate) at[i]++;
      }
    }
  };
  Status done = run();
  raw_free(at);
  if (!done) return Raised{};
  return result;
}

}  // namespace

static Status check_complete(PyTypeObject* base) {
  if (!base->tp_mro) return raise(PyExc_TypeError, "Cannot extend an incomplete type '{}'", clip(base->tp_name, 100));
  return {};
}

Ref<> c3_mro(PyTypeObject* type) {
  PyObject* bases = type->tp_bases;
  Py_ssize_t n = tuple_size(bases);
  for (Py_ssize_t i = 0; i < n; i++) TRY(check_complete(reinterpret_cast<PyTypeObject*>(item(bases, i))));
  for (Py_ssize_t i = 0; i < n; i++) {
    for (Py_ssize_t j = i + 1; j < n; j++) {
      if (item(bases, i) == item(bases, j)) {
        Ref<> name = TRY(type_short_name(reinterpret_cast<PyTypeObject*>(item(bases, i))));
        return raise(PyExc_TypeError, "duplicate base class {}", as_str(name.get()));
      }
    }
  }
  auto* lists = static_cast<Ref<>*>(raw_allocate(sizeof(Ref<>) * (n + 1)));
  if (!lists) return raise_no_memory();
  for (Py_ssize_t i = 0; i <= n; i++) new (&lists[i]) Ref<>();
  bool ok = true;
  for (Py_ssize_t i = 0; i <= n && ok; i++) {
    PyObject* from = i < n ? reinterpret_cast<PyTypeObject*>(item(bases, i))->tp_mro : bases;
    lists[i] = list_of(reinterpret_cast<Tuple*>(from)->ob_item, tuple_size(from));
    ok = static_cast<bool>(lists[i]);
  }
  Ref<> result;
  if (ok) result = merge(lists, n + 1, type);
  for (Py_ssize_t i = 0; i <= n; i++) lists[i].~Ref<>();
  raw_free(lists);
  return result;
}

/// The order of a type with one base: itself, then the base's.
static Ref<> mro_below(PyTypeObject* type, PyTypeObject* base) {
  TRY(check_complete(base));
  auto* above = reinterpret_cast<Tuple*>(base->tp_mro);
  Py_ssize_t n = Py_SIZE(above);
  Ref<Tuple> order = TRY(new_tuple(n + 1));
  order->ob_item[0] = Py_NewRef(object(type));
  for (Py_ssize_t i = 0; i < n; i++) order->ob_item[i + 1] = Py_NewRef(above->ob_item[i]);
  return order;
}

/// Has the metaclass an mro() other than type's?
static bool has_custom_mro(PyTypeObject* type) {
  if (is_exact(object(type), &PyType_Type)) return false;
  return type_lookup(Py_TYPE(type), "mro"_name) != type_lookup(&PyType_Type, "mro"_name);
}

Result<bool> compute_mro(PyTypeObject* type) {
  PyObject* before = type->tp_mro;
  Ref<> order;
  if (has_custom_mro(type)) {
    Ref<> mro = TRY(lookup_special(object(type), "mro"_name));
    if (!mro) return raise(PyExc_AttributeError, "mro");
    Ref<> list = TRY(call(mro.get()));
    order = TRY(to_tuple(list.get()));
    if (!tuple_size(order.get())) return raise(PyExc_TypeError, "type MRO must not be empty");
    PyTypeObject* solid = solid_base(type);
    for (Py_ssize_t i = 0; i < tuple_size(order.get()); i++) {
      PyObject* base = item(order.get(), i);
      if (!PyType_Check(base))
        return raise(PyExc_TypeError, "mro() returned a non-class ('{}')", clip(type_name(base), 500));
      if (!is_subtype(solid, solid_base(reinterpret_cast<PyTypeObject*>(base))))
        return raise(PyExc_TypeError, "mro() returned base with unsuitable layout ('{}')",
                     clip(reinterpret_cast<PyTypeObject*>(base)->tp_name, 500));
    }
  } else if (tuple_size(type->tp_bases) == 1) {
    order = TRY(mro_below(type, reinterpret_cast<PyTypeObject*>(item(type->tp_bases, 0))));
  } else {
    Ref<> list = TRY(c3_mro(type));
    order = TRY(to_tuple(list.get()));
  }
  if (type->tp_mro != before) return false;
  type_modified(type);
  replace_field(type->tp_mro, std::move(order));
  type_modified(type);
  return true;
}

bool extends_mro_of_base(PyTypeObject* type) {
  auto *mro = reinterpret_cast<Tuple*>(type->tp_mro), *of_base = reinterpret_cast<Tuple*>(type->tp_base->tp_mro);
  if (!of_base || mro->ob_item[0] != object(type)) return false;
  Py_ssize_t n = Py_SIZE(of_base);
  return Py_SIZE(mro) == n + 1 && !memcmp(mro->ob_item + 1, of_base->ob_item, static_cast<size_t>(n) * sizeof(PyObject*));
}

/// The nearest ancestor that adds fields of its own (beyond a __dict__ and a __weakref__).
PyTypeObject* solid_base(PyTypeObject* type) {
  PyTypeObject* base = type->tp_base ? solid_base(type->tp_base) : &PyBaseObject_Type;
  size_t own = type->tp_basicsize, below = base->tp_basicsize;
  bool extra;
  if (type->tp_itemsize || base->tp_itemsize) {
    extra = own != below || type->tp_itemsize != base->tp_itemsize;
  } else {
    if (type->tp_weaklistoffset && !base->tp_weaklistoffset &&
        static_cast<size_t>(type->tp_weaklistoffset) + sizeof(PyObject*) == own && has_feature(type, Py_TPFLAGS_HEAPTYPE))
      own -= sizeof(PyObject*);
    if (type->tp_dictoffset > 0 && !base->tp_dictoffset &&
        static_cast<size_t>(type->tp_dictoffset) + sizeof(PyObject*) == own && has_feature(type, Py_TPFLAGS_HEAPTYPE))
      own -= sizeof(PyObject*);
    extra = own != below;
  }
  return extra ? type : base;
}

PyTypeObject* best_base(PyObject* bases) {
  PyTypeObject *winner = nullptr, *result = nullptr;
  for (Py_ssize_t i = 0; i < tuple_size(bases); i++) {
    PyObject* o = item(bases, i);
    if (!PyType_Check(o)) return raise(PyExc_TypeError, "bases must be types");
    auto* base = reinterpret_cast<PyTypeObject*>(o);
    if (!(base->tp_flags & (Py_TPFLAGS_READY | Py_TPFLAGS_READYING)) && !ready_type(base)) return nullptr;
    if (!has_feature(base, Py_TPFLAGS_BASETYPE))
      return raise(PyExc_TypeError, "type '{}' is not an acceptable base type", clip(base->tp_name, 100));
    PyTypeObject* candidate = solid_base(base);
    if (!winner || is_subtype(candidate, winner)) {
      if (winner != candidate || !result) {
        winner = candidate;
        result = base;
      }
    } else if (!is_subtype(winner, candidate)) {
      return raise(PyExc_TypeError, "multiple bases have instance lay-out conflict");
    }
  }
  return result;
}

Result<PyTypeObject*> winning_metaclass(PyTypeObject* metatype, PyObject* bases) {
  PyTypeObject* winner = metatype;
  for (Py_ssize_t i = 0; i < tuple_size(bases); i++) {
    PyTypeObject* type = Py_TYPE(item(bases, i));
    if (is_subtype(winner, type)) continue;
    if (is_subtype(type, winner)) {
      winner = type;
      continue;
    }
    return raise(PyExc_TypeError,
                 "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the "
                 "metaclasses of all its bases");
  }
  return winner;
}

Status add_subclass(PyTypeObject* base, PyTypeObject* type) {
  Ref<> reference = TRY(new_weakref(object(type)));
  Ref<> key = TRY(new_int_unsigned(reinterpret_cast<uintptr_t>(type)));
  if (!base->tp_subclasses) base->tp_subclasses = object(TRY(new_dict()).release());
  return dict_set(base->tp_subclasses, key.get(), reference.get());
}
void remove_subclass(PyTypeObject* base, PyTypeObject* type) {
  if (!base->tp_subclasses) return;
  Ref<> key = new_int_unsigned(reinterpret_cast<uintptr_t>(type));
  if (!key || !dict_remove(base->tp_subclasses, key.get())) clear_error();
}
Status add_to_bases(PyTypeObject* type) {
  for (Py_ssize_t i = 0; i < tuple_size(type->tp_bases); i++)
    TRY(add_subclass(reinterpret_cast<PyTypeObject*>(item(type->tp_bases, i)), type));
  return {};
}
void remove_from_bases(PyTypeObject* type) {
  if (!type->tp_bases) return;
  for (Py_ssize_t i = 0; i < tuple_size(type->tp_bases); i++)
    remove_subclass(reinterpret_cast<PyTypeObject*>(item(type->tp_bases, i)), type);
}

}  // namespace taipan
