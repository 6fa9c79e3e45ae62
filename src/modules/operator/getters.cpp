// operator.itemgetter and operator.attrgetter: callables that fetch items or attributes of their argument.
#include <Python.h>
#include <structmember.h>

#include "modules/module.h"
#include "modules/operator/operator.h"
#include "object/call.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/rows.h"

namespace taipan {
namespace {

/// Both kinds: what to fetch, one thing or a tuple of several.
struct Getter {
  PyObject_HEAD
  PyObject* keys;         // a tuple; attrgetter: of tuples of names, one for each step of "a.b.c"
  vectorcallfunc entry;
};
Getter& as(PyObject* o) { return *reinterpret_cast<Getter*>(o); }

int traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(as(o).keys);
  return 0;
}
int clear(PyObject* o) {
  clear_field(as(o).keys);
  return 0;
}
void dealloc(PyObject* o) {
  gc_untrack(o);
  clear_field(as(o).keys);
  Py_TYPE(o)->tp_free(o);
}

/// Fetch(argument, key) for each key: one result alone, several as a tuple.
template <Ref<> (*fetch)(PyObject* o, PyObject* key)>
Ref<> fetch_all(PyObject* keys, PyObject* o) {
  Py_ssize_t n = tuple_size(keys);
  if (n == 1) return fetch(o, item(keys, 0));
  Ref<Tuple> result = TRY(new_tuple(n));
  for (Py_ssize_t i = 0; i < n; i++) result->ob_item[i] = TRY(fetch(o, item(keys, i))).release();
  return result;
}

template <NameLiteral name, Ref<> (*fetch)(PyObject*, PyObject*)>
PyObject* entry(PyObject* self, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  if (!check_no_keywords(name.text, kwnames) || !check_positional(name.text, PyVectorcall_NARGS(nargsf), 1, 1)) return nullptr;
  Ref<> keys = share(as(self).keys);
  return fetch_all<fetch>(keys.get(), args[0]).release();
}

Ref<> make(PyTypeObject* type, Ref<> keys, vectorcallfunc entry) {
  Ref<Getter> self = TRY(adopt(reinterpret_cast<Getter*>(type->tp_alloc(type, 0))));
  self->keys = keys.release();
  self->entry = entry;
  return self;
}

constinit PyMemberDef members[] = {
    {"__vectorcalloffset__", T_PYSSIZET, offsetof(Getter, entry), READONLY},
    {},
};

// -- itemgetter --

constexpr char itemgetter_doc[] =
    "itemgetter(item, ...) --> itemgetter object\n\n"
    "A callable that fetches items of its argument: itemgetter(2)(r) is r[2],\n"
    "itemgetter(2, 5, 3)(r) is (r[2], r[5], r[3]).";

PyObject* itemgetter_new(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  if (!check_no_keywords_dict("itemgetter", kwargs)) return nullptr;
  if (tuple_size(args) == 0 && !check_positional("itemgetter", 0, 1, 1)) return nullptr;
  return make(type, share(args), entry<"itemgetter", get_item>).release();
}
Ref<> itemgetter_repr(PyObject* o) {
  ReprGuard guard(o);
  if (!guard) return guard.seen() ? format_str("{}(...)", type_name(o)) : Ref<>();
  PyObject* keys = as(o).keys;
  if (tuple_size(keys) == 1) return format_str("{}({})", type_name(o), as_repr(item(keys, 0)));
  return format_str("{}{}", type_name(o), as_repr(keys));
}
Ref<> itemgetter_reduce(PyObject* o) { return tuple_of({object(Py_TYPE(o)), as(o).keys}); }

constinit PyMethodDef itemgetter_methods[] = {
    noargs<itemgetter_reduce>("__reduce__", "Return state information for pickling"),
    {},
};

// -- attrgetter --

constexpr char attrgetter_doc[] =
    "attrgetter(attr, ...) --> attrgetter object\n\n"
    "A callable that fetches attributes of its argument: attrgetter('name')(r) is r.name,\n"
    "attrgetter('name', 'date')(r) is (r.name, r.date), attrgetter('name.first')(r) is r.name.first.";

Ref<> fetch_dotted(PyObject* o, PyObject* steps) {
  Ref<> value = share(o);
  for (Py_ssize_t i = 0; i < tuple_size(steps); i++) value = TRY(get_attr(value.get(), item(steps, i)));
  return value;
}

/// "a.b.c" as a tuple of interned names.
Ref<> split_name(PyObject* name) {
  if (!PyUnicode_Check(name)) return raise(PyExc_TypeError, "attribute name must be a string");
  Py_ssize_t n = str_length(name), parts = 1;
  for (Py_ssize_t i = 0; i < n; i++) parts += char_at(name, i) == '.';
  Ref<Tuple> steps = TRY(new_tuple(parts));
  Py_ssize_t start = 0, part = 0;
  for (Py_ssize_t i = 0; i <= n; i++) {
    if (i < n && char_at(name, i) != '.') continue;
    steps->ob_item[part++] = intern(TRY(str_slice(name, start, i))).release();
    start = i + 1;
  }
  return steps;
}

PyObject* attrgetter_new(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  if (!check_no_keywords_dict("attrgetter", kwargs)) return nullptr;
  Py_ssize_t n = tuple_size(args);
  if (n == 0 && !check_positional("attrgetter", 0, 1, 1)) return nullptr;
  Ref<Tuple> names = new_tuple(n);
  if (!names) return nullptr;
  for (Py_ssize_t i = 0; i < n; i++) {
    Ref<> steps = split_name(item(args, i));
    if (!steps) return nullptr;
    names->ob_item[i] = steps.release();
  }
  return make(type, std::move(names), entry<"attrgetter", fetch_dotted>).release();
}

/// The names as they were given.
Ref<> joined_names(PyObject* keys) {
  Ref<Tuple> names = TRY(new_tuple(tuple_size(keys)));
  for (Py_ssize_t i = 0; i < tuple_size(keys); i++) {
    PyObject* steps = item(keys, i);
    StrBuilder text;
    for (Py_ssize_t k = 0; k < tuple_size(steps); k++)
      if ((k && !text.add(Py_UCS4{'.'})) || !text.add(item(steps, k))) return Raised{};
    names->ob_item[i] = TRY(text.finish()).release();
  }
  return names;
}
Ref<> attrgetter_repr(PyObject* o) {
  ReprGuard guard(o);
  if (!guard) return guard.seen() ? format_str("{}(...)", type_name(o)) : Ref<>();
  Ref<> names = TRY(joined_names(as(o).keys));
  if (tuple_size(names.get()) == 1) return format_str("{}({})", type_name(o), as_repr(item(names.get(), 0)));
  return format_str("{}{}", type_name(o), as_repr(names.get()));
}
Ref<> attrgetter_reduce(PyObject* o) {
  Ref<> names = TRY(joined_names(as(o).keys));
  return tuple_of({object(Py_TYPE(o)), names.get()});
}

constinit PyMethodDef attrgetter_methods[] = {
    noargs<attrgetter_reduce>("__reduce__", "Return state information for pickling"),
    {},
};

}  // namespace

constinit PyTypeObject itemgetter_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "operator.itemgetter",
    .tp_basicsize = sizeof(Getter),
    .tp_dealloc = dealloc,
    .tp_vectorcall_offset = offsetof(Getter, entry),
    .tp_repr = slot<itemgetter_repr>,
    .tp_call = tp_call_by_vectorcall,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL,
    .tp_doc = itemgetter_doc,
    .tp_traverse = traverse,
    .tp_clear = clear,
    .tp_methods = itemgetter_methods,
    .tp_members = members,
    .tp_alloc = generic_alloc,
    .tp_new = itemgetter_new,
    .tp_free = gc_free,
};

constinit PyTypeObject attrgetter_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "operator.attrgetter",
    .tp_basicsize = sizeof(Getter),
    .tp_dealloc = dealloc,
    .tp_vectorcall_offset = offsetof(Getter, entry),
    .tp_repr = slot<attrgetter_repr>,
    .tp_call = tp_call_by_vectorcall,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL,
    .tp_doc = attrgetter_doc,
    .tp_traverse = traverse,
    .tp_clear = clear,
    .tp_methods = attrgetter_methods,
    .tp_members = members,
    .tp_alloc = generic_alloc,
    .tp_new = attrgetter_new,
    .tp_free = gc_free,
};

}  // namespace taipan
