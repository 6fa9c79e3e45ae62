// The class Pickler and the view of its memo.
#include "modules/fields.h"
#include "modules/pickle/memo_proxy.h"
#include "modules/pickle/pickle.h"
#include "object/bind.h"
#include "object/dict.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/slot.h"
#include "object/tuple.h"
#include "object/type.h"

namespace taipan::pickling {
namespace {

int traverse(PyObject* o, visitproc visit, void* arg) {
  const Memo& memo = as_pickler(o).memo;
  for (size_t i = 0; i < memo.capacity(); i++) Py_VISIT(memo.slot(i).key);
  return Fields<Pickler>::traverse(o, visit, arg);
}
int clear(PyObject* o) {
  Fields<Pickler>::clear(o);
  as_pickler(o).self = nullptr;
  as_pickler(o).memo.clear();
  return 0;
}
void dealloc(PyObject* o) {
  gc_untrack(o);
  clear(o);
  Py_TYPE(o)->tp_free(o);
}

constexpr char pickler_doc[] =
    "Pickler(file, protocol=None, fix_imports=True, buffer_callback=None)\n--\n\n"
    "Writes objects to a binary file, whose write() takes bytes.\n\n"
    "protocol is 0 to 5, 4 by default; a negative one is the highest. With fix_imports, protocols\n"
    "below 3 name modules as Python 2 did. buffer_callback is called with each PickleBuffer, which\n"
    "stays out of the stream if the result is false; it needs protocol 5.";
Status init(Pickler& self, PyObject* file, PyObject* protocol, bool fix_imports, PyObject* buffer_callback) {
  if (self.write) clear(object(self));
  TRY(set_protocol(self, protocol, fix_imports));
  TRY(set_output_file(self, file));
  TRY(set_buffer_callback(self, buffer_callback));
  TRY(clear_output(self));
  self.fast = self.fast_nesting = 0;
  TRY(keep_method(object(self), "persistent_id"_name, &self.persistent_id, &self.self));
  Ref<> table = TRY(find_attr(object(self), "dispatch_table"_name));
  replace_field(self.dispatch_table, std::move(table));
  return {};
}

constexpr char dump_doc[] = "dump($self, obj, /)\n--\n\nWrite an object to the file.";
Status dump_method(Pickler& self, PyObject* o) {
  if (!self.write)
    return raise(library.pickling_error, "Pickler.__init__() was not called by {}.__init__()", type_name(object(self)));
  TRY(clear_output(self));
  TRY(dump(self, o));
  return flush_to_file(self);
}
constexpr char clear_memo_doc[] = "clear_memo($self, /)\n--\n\nForget which objects were written already.";
void clear_memo_method(Pickler& self) { self.memo.clear(); }
constexpr char sizeof_doc[] = "__sizeof__($self, /)\n--\n\nThe size in memory, in bytes.";
Py_ssize_t sizeof_method(Pickler& self) {
  auto size = static_cast<size_t>(Py_TYPE(object(self))->tp_basicsize) + self.memo.capacity() * sizeof(Memo::Entry);
  if (self.out.bytes) size += sizeof(PyBytesObject) + static_cast<size_t>(Py_SIZE(self.out.bytes));
  return static_cast<Py_ssize_t>(size);
}

Ref<> get_memo(PyObject* o, void*) { return new_memo_proxy(&pickler_memo_type, o); }
/// From a proxy, or a dict {id: (number, object)}.
Status fill_memo(PyObject* source, Memo* out) {
  if (Py_TYPE(source) == &pickler_memo_type) {
    const Memo& other = as_pickler(proxied(source)).memo;
    for (size_t i = 0; i < other.capacity(); i++)
      if (other.slot(i).key) TRY(out->set(other.slot(i).key, other.slot(i).index));
    return {};
  }
  if (!PyDict_Check(source))
    return raise(PyExc_TypeError, "'memo' attribute must be a PicklerMemoProxy object or dict, not {}", type_name(source));
  Py_ssize_t position = 0;
  PyObject *key, *value;
  while (dict_next(source, &position, &key, &value)) {
    if (!PyTuple_Check(value) || tuple_size(value) != 2) return raise(PyExc_TypeError, "'memo' values must be 2-item tuples");
    if (!PyLong_Check(item(value, 0))) return raise(PyExc_TypeError, "an integer is required");
    TRY(out->set(item(value, 1), TRY(to_int64(item(value, 0)))));
  }
  return {};
}
Status set_memo(PyObject* o, PyObject* value, void*) {
  if (!value) return raise(PyExc_TypeError, "attribute deletion is not supported");
  Memo fresh{};
  Status filled = fill_memo(value, &fresh);
  if (filled) fresh.swap(as_pickler(o).memo);
  fresh.clear();
  return filled;
}
Ref<> get_persistent_id(PyObject* o, void*) {
  return kept_method(as_pickler(o).persistent_id, as_pickler(o).self, "persistent_id");
}
Status set_persistent_id(PyObject* o, PyObject* value, void*) {
  TRY(check_kept_method(value, "persistent_id"));
  as_pickler(o).self = nullptr;
  replace_field(as_pickler(o).persistent_id, share(value));
  return {};
}

constinit PyMethodDef methods[] = {
    method<dump_doc, dump_method>, method<clear_memo_doc, clear_memo_method>, method<sizeof_doc, sizeof_method>, {},
};
constinit PyMemberDef members[] = {
    {"bin", T_INT, offsetof(Pickler, bin)},
    {"fast", T_INT, offsetof(Pickler, fast)},
    {"dispatch_table", T_OBJECT_EX, offsetof(Pickler, dispatch_table)},
    {},
};
constinit PyGetSetDef getset[] = {
    {"memo", slot<get_memo>, slot<set_memo>},
    {"persistent_id", slot<get_persistent_id>, slot<set_persistent_id>},
    {},
};

// -- the memo's view --

Pickler& owner(PyObject* proxy) { return as_pickler(proxied(proxy)); }
constexpr char proxy_clear_doc[] = "clear($self, /)\n--\n\nForget all objects.";
void proxy_clear(PyObject* self) { owner(self).memo.clear(); }
constexpr char proxy_copy_doc[] = "copy($self, /)\n--\n\nA dict {id: (number, object)} of the memo.";
Ref<Dict> proxy_copy(PyObject* self) {
  Ref<Dict> copy = TRY(new_dict());
  const Memo& memo = owner(self).memo;
  for (size_t i = 0; i < memo.capacity(); i++) {
    PyObject* o = memo.slot(i).key;
    if (!o) continue;
    Ref<> id = TRY(new_int_unsigned(reinterpret_cast<uintptr_t>(o))), index = TRY(new_int(memo.slot(i).index));
    Ref<> pair = TRY(tuple_of({index.get(), o}));
    TRY(dict_set(object(copy.get()), id.get(), pair.get()));
  }
  return copy;
}
constexpr char proxy_reduce_doc[] = "__reduce__($self, /)\n--\n\nHow to make a dict of it: a tuple for pickle.";
Ref<> proxy_reduce(PyObject* self) { return reduce_as_dict(proxy_copy(self)); }
Ref<> proxy_copy_method(PyObject* self) { return proxy_copy(self); }
constinit PyMethodDef proxy_methods[] = {
    method<proxy_clear_doc, proxy_clear>, method<proxy_copy_doc, proxy_copy_method>, method<proxy_reduce_doc, proxy_reduce>, {},
};

}  // namespace

Ref<Pickler> new_pickler() { return adopt(pickler_type.tp_alloc(&pickler_type, 0)).as<Pickler>(); }

constinit PyTypeObject pickler_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_pickle.Pickler",
    .tp_basicsize = sizeof(Pickler),
    .tp_dealloc = dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE,
    .tp_doc = pickler_doc,
    .tp_traverse = traverse,
    .tp_clear = clear,
    .tp_methods = methods,
    .tp_members = members,
    .tp_getset = getset,
    .tp_init = initializer<pickler_doc, init>::tp_init,
    .tp_new = generic_new,
};
constinit PyTypeObject pickler_memo_type = memo_proxy_type("_pickle.PicklerMemoProxy", proxy_methods);

}  // namespace taipan::pickling
