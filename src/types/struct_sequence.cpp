// Named tuples of the interpreter. How many fields a type has is kept in its dict, as Python
// programs expect: n_sequence_fields, n_fields, n_unnamed_fields.
#include "types/struct_sequence.h"
#include "object/alloc.h"

#include <structmember.h>

#include "object/bind.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"

const char* const PyStructSequence_UnnamedField = "unnamed field";

namespace taipan {
namespace {

Py_ssize_t count_of(PyTypeObject* type, PyObject* name) {
  PyObject* n = type_lookup(type, name);
  return n && PyLong_Check(n) ? single_digit_value(n) : 0;
}
Py_ssize_t field_count(PyTypeObject* type) { return count_of(type, "n_fields"_name); }

/// The name of a field: the members are in order, unnamed fields have none.
const char* field_name(PyTypeObject* type, Py_ssize_t i) {
  Py_ssize_t offset = offsetof(Tuple, ob_item) + i * static_cast<Py_ssize_t>(sizeof(PyObject*));
  for (PyMemberDef* m = type->tp_members; m && m->name; m++)
    if (m->offset == offset) return m->name;
  return nullptr;
}

int traverse(PyObject* o, visitproc visit, void* arg) {
  if (Py_TYPE(o)->tp_flags & Py_TPFLAGS_HEAPTYPE) Py_VISIT(Py_TYPE(o));
  auto* t = reinterpret_cast<Tuple*>(o);
  for (Py_ssize_t i = 0, n = field_count(Py_TYPE(o)); i < n; i++) Py_VISIT(t->ob_item[i]);
  return 0;
}

void dealloc(PyObject* o) {
  gc_untrack(o);
  PyTypeObject* type = Py_TYPE(o);
  auto* t = reinterpret_cast<Tuple*>(o);
  for (Py_ssize_t i = 0, n = field_count(type); i < n; i++) Py_XDECREF(t->ob_item[i]);
  type->tp_free(o);
  if (type->tp_flags & Py_TPFLAGS_HEAPTYPE) Py_DECREF(object(type));
}

PyObject* make(PyTypeObject* type, PyObject* args, PyObject* kwargs);

Ref<> struct_repr(PyObject* o) {
  StrBuilder out;
  PyTypeObject* type = Py_TYPE(o);
  if (!out.add(std::string_view(type->tp_name)) || !out.add('(')) return {};
  auto* t = reinterpret_cast<Tuple*>(o);
  for (Py_ssize_t i = 0; i < Py_SIZE(o); i++) {
    if (i && !out.add(std::string_view(", "))) return {};
    // By position among the named fields, whatever the fields before it are: stat_result shows its whole seconds
    // under the names of the fractions.
    const char* name = type->tp_members[i].name;
    if (!name)
      return raise(PyExc_SystemError, "In structseq_repr(), member {} name is NULL for type {}", i,
                   type->tp_name);
    Ref<> value = TRY(repr(t->ob_item[i]));
    if (!out.add(std::string_view(name)) || !out.add('=') || !out.add(value.get())) return {};
  }
  if (!out.add(')')) return {};
  return out.finish();
}

Ref<> make_from(PyTypeObject* type, PyObject* given, PyObject* dict) {
  Ref<> sequence = TRY(to_fast_sequence(given, "constructor requires a sequence"));
  if (dict && !PyDict_Check(dict))
    return raise(PyExc_TypeError, "{}() takes a dict as second arg, if any", type->tp_name);
  Py_ssize_t n = Py_SIZE(sequence.get());
  Py_ssize_t low = count_of(type, "n_sequence_fields"_name), high = field_count(type);
  if (n < low || n > high) {
    const char* how = low == high ? "a" : n < low ? "an at least" : "an at most";
    return raise(PyExc_TypeError, "{}() takes {} {}-sequence ({}-sequence given)", type->tp_name,
                 how, n < low ? low : high, n);
  }
  Ref<Tuple> made = TRY(new_struct_sequence(type));
  for (Py_ssize_t i = 0; i < high; i++) {
    PyObject* value = Py_None;
    if (i < n) {
      value = fast_items(sequence.get())[i];
    } else if (const char* name = dict ? field_name(type, i) : nullptr) {
      Ref<> key = TRY(new_interned(name));
      if (PyObject* found = TRY(dict_find(dict, key.get()))) value = found;
    }
    made->ob_item[i] = Py_NewRef(value);
  }
  return made;
}

constexpr char new_doc[] =
    "structseq(sequence, dict=<unrepresentable>)\n--\n\nMakes one from a sequence.";
PyObject* make(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  static constexpr Signature kSig = parse_signature(new_doc);
  FlatArguments flat(args, kwargs);
  PyObject* slots[2]{};
  if (!flat.ok() || !bind_keywords(kSig, flat.items(), flat.count(), flat.names(), slots))
    return nullptr;
  return make_from(type, slots[0], slots[1]).release();
}

PyObject* reduce(PyObject* o, PyObject*) {
  auto build = [&]() -> Ref<> {
    auto* t = reinterpret_cast<Tuple*>(o);
    Ref<> visible = TRY(tuple_of(t->ob_item, Py_SIZE(o)));
    Ref<Dict> hidden = TRY(new_dict());
    for (Py_ssize_t i = Py_SIZE(o); i < field_count(Py_TYPE(o)); i++) {
      const char* name = field_name(Py_TYPE(o), i);
      if (!name) continue;
      Ref<> key = TRY(new_interned(name));
      TRY(dict_set(object(hidden.get()), key.get(), t->ob_item[i]));
    }
    Ref<> args = TRY(tuple_of({visible.get(), object(hidden.get())}));
    return tuple_of({object(Py_TYPE(o)), args.get()});
  };
  return build().release();
}

constinit PyMethodDef methods[] = {{"__reduce__", reduce, METH_NOARGS, nullptr}, {}};

struct Counts {
  Py_ssize_t fields = 0, unnamed = 0;
};
Counts count_fields(const PyStructSequence_Desc& desc) {
  Counts c;
  for (; desc.fields[c.fields].name; c.fields++)
    if (desc.fields[c.fields].name == PyStructSequence_UnnamedField) c.unnamed++;
  return c;
}

/// Lives as long as the type: for ever.
PyMemberDef* make_members(const PyStructSequence_Desc& desc, Counts c) {
  size_t size = static_cast<size_t>(c.fields - c.unnamed + 1) * sizeof(PyMemberDef);
  auto* members = static_cast<PyMemberDef*>(raw_allocate(size));
  if (!members) return nullptr;
  memset(members, 0, size);
  PyMemberDef* m = members;
  for (Py_ssize_t i = 0; i < c.fields; i++) {
    if (desc.fields[i].name == PyStructSequence_UnnamedField) continue;
    *m++ = {desc.fields[i].name, T_OBJECT,
            static_cast<Py_ssize_t>(offsetof(Tuple, ob_item) +
                                    static_cast<size_t>(i) * sizeof(PyObject*)),
            READONLY, desc.fields[i].doc};
  }
  return members;
}

Status add_counts(PyTypeObject* type, const PyStructSequence_Desc& desc, Counts c) {
  const struct {
    PyObject* name;
    Py_ssize_t n;
  } rows[] = {{"n_sequence_fields"_name, desc.n_in_sequence},
              {"n_fields"_name, c.fields},
              {"n_unnamed_fields"_name, c.unnamed}};
  for (auto& row : rows) {
    Ref<> n = TRY(new_int(row.n));
    TRY(dict_set(type->tp_dict, row.name, n.get()));
  }
  Ref<List> names = TRY(new_list());
  for (Py_ssize_t i = 0; i < desc.n_in_sequence; i++) {
    if (desc.fields[i].name == PyStructSequence_UnnamedField) continue;
    Ref<> name = TRY(new_interned(desc.fields[i].name));
    TRY(list_append(object(names.get()), name.get()));
  }
  Ref<Tuple> match_args = TRY(to_tuple(object(names.get())));
  TRY(dict_set(type->tp_dict, "__match_args__"_name, object(match_args.get())));
  type_modified(type);
  return {};
}

}  // namespace

Ref<> new_struct_sequence_type(const PyStructSequence_Desc& desc, unsigned long extra_flags) {
  Counts c = count_fields(desc);
  PyMemberDef* members = make_members(desc, c);
  if (!members) return raise_no_memory();
  PyType_Slot slots[] = {
      {Py_tp_dealloc, reinterpret_cast<void*>(dealloc)},
      {Py_tp_new, reinterpret_cast<void*>(make)},
      {Py_tp_doc, const_cast<char*>(desc.doc)},
      {Py_tp_repr, reinterpret_cast<void*>(static_cast<reprfunc>(slot<struct_repr>))},
      {Py_tp_members, members},
      {Py_tp_methods, methods},
      {Py_tp_traverse, reinterpret_cast<void*>(traverse)},
      {},
  };
  PyType_Spec spec = {desc.name, sizeof(Tuple) - sizeof(PyObject*), sizeof(PyObject*),
                      static_cast<unsigned>(Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | extra_flags),
                      slots};
  Ref<> bases = TRY(tuple_of({object(&PyTuple_Type)}));
  Ref<> type = TRY(type_from_spec(nullptr, &spec, bases.get(), UndottedName::accept));
  TRY(add_counts(reinterpret_cast<PyTypeObject*>(type.get()), desc, c));
  return type;
}

Status init_struct_sequence_type(PyTypeObject* type, const PyStructSequence_Desc& desc,
                                 unsigned long extra_flags) {
  Counts c = count_fields(desc);
  PyMemberDef* members = make_members(desc, c);
  if (!members) return raise_no_memory();
  type->tp_name = desc.name;
  type->tp_basicsize = sizeof(Tuple) - sizeof(PyObject*);
  type->tp_itemsize = sizeof(PyObject*);
  type->tp_repr = slot<struct_repr>;
  type->tp_doc = desc.doc;
  type->tp_base = &PyTuple_Type;
  type->tp_methods = methods;
  type->tp_new = extra_flags & Py_TPFLAGS_DISALLOW_INSTANTIATION ? nullptr : make;
  type->tp_dealloc = dealloc;
  type->tp_traverse = traverse;
  type->tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | extra_flags;
  type->tp_members = members;
  if (!Py_REFCNT(object(type))) Py_SET_REFCNT(object(type), kImmortal);
  TRY(ready_type(type));
  return add_counts(type, desc, c);
}

Ref<Tuple> new_struct_sequence(PyTypeObject* type) {
  Py_ssize_t n = field_count(type);
  auto* made = reinterpret_cast<Tuple*>(type->tp_alloc(type, n));
  if (!made) return {};
  for (Py_ssize_t i = 0; i < n; i++) made->ob_item[i] = nullptr;
  Py_SET_SIZE(object(made), count_of(type, "n_sequence_fields"_name));
  return adopt(made);
}

Ref<> StructFiller::finish() {
  if (failed_ || !made_) return {};
  return std::move(made_);
}

}  // namespace taipan
