// The class Unpickler and the view of its memo.
#include "modules/fields.h"
#include "modules/pickle/memo_proxy.h"
#include "modules/pickle/pickle.h"
#include "object/bind.h"
#include "object/buffer.h"
#include "object/dict.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/type.h"

namespace taipan::pickling {
namespace {

int traverse(PyObject* o, visitproc visit, void* arg) {
  Unpickler& u = as_unpickler(o);
  for (PyObject* each : u.stack) Py_VISIT(each);
  for (PyObject* each : u.memo) Py_VISIT(each);
  return Fields<Unpickler>::traverse(o, visit, arg);
}
int clear(PyObject* o) {
  Unpickler& u = as_unpickler(o);
  u.marks.clear();
  drop_to(u, 0);
  clear_memo(u);
  release_buffer(&u.buffer);
  u.input = nullptr;
  u.input_size = u.at = 0;
  u.self = nullptr;
  return Fields<Unpickler>::clear(o);
}
void dealloc(PyObject* o) {
  gc_untrack(o);
  clear(o);
  as_unpickler(o).stack.~Vector();
  as_unpickler(o).marks.~Vector();
  as_unpickler(o).memo.~Vector();
  Py_TYPE(o)->tp_free(o);
}

constexpr char unpickler_doc[] =
    "Unpickler(file, *, fix_imports=True, encoding='ASCII', errors='strict',\n"
    "          buffers=())\n--\n\n"
    "Reads objects from a binary file, which has read() and readline().\n\n"
    "The stream says its protocol itself. fix_imports, encoding and errors are for pickles of\n"
    "Python 2: names of modules are translated, and its strings decoded (encoding 'bytes': left as\n"
    "bytes). buffers gives the memory that the pickler left out of the stream.";
Status init(Unpickler& self, PyObject* file, bool fix_imports, std::string_view encoding, std::string_view errors, PyObject* buffers) {
  if (self.read) clear(object(self));
  TRY(set_input_file(self, file));
  TRY(set_encoding(self, encoding, errors));
  TRY(set_buffers(self, buffers));
  self.fix_imports = fix_imports;
  TRY(keep_method(object(self), "persistent_load"_name, &self.persistent_load, &self.self));
  self.protocol = 0;
  return {};
}

constexpr char load_doc[] = "load($self, /)\n--\n\nRead an object from the file.";
Ref<> load_method(Unpickler& self) {
  if (!self.read)
    return raise(library.unpickling_error, "Unpickler.__init__() was not called by {}.__init__()", type_name(object(self)));
  return load(self);
}
constexpr char find_class_doc[] =
    "find_class($self, module_name, global_name, /)\n--\n\n"
    "The object of that name in a module, which is imported.\n\n"
    "Called for every class and function in a pickle; a subclass may allow fewer.";
Ref<> find_class_method(Unpickler& self, PyObject* module, PyObject* name) {
  if (!PyUnicode_Check(module)) return raise(PyExc_TypeError, "must be str, not {}", type_name(module));
  if (!PyUnicode_Check(name)) return raise(PyExc_TypeError, "attribute name must be string, not '{}'", type_name(name));
  return find_class(self, module, name);
}
constexpr char sizeof_doc[] = "__sizeof__($self, /)\n--\n\nThe size in memory, in bytes.";
Py_ssize_t sizeof_method(Unpickler& self) {
  auto size = static_cast<size_t>(Py_TYPE(object(self))->tp_basicsize);
  size += (self.memo.size() + self.stack.size() + self.marks.size()) * sizeof(PyObject*);
  if (self.encoding) size += static_cast<size_t>(Py_SIZE(self.encoding) + 1);
  if (self.errors) size += static_cast<size_t>(Py_SIZE(self.errors) + 1);
  return static_cast<Py_ssize_t>(size);
}

Ref<> get_memo(PyObject* o, void*) { return new_memo_proxy(&unpickler_memo_type, o); }
Ref<Dict> memo_dict(Unpickler& u) {
  Ref<Dict> copy = u.far_memo ? dict_copy(u.far_memo) : new_dict();
  if (!copy) return Raised{};
  for (size_t i = 0; i < u.memo.size(); i++) {
    if (!u.memo[i]) continue;
    Ref<> key = TRY(new_int_unsigned(i));
    TRY(dict_set(object(copy.get()), key.get(), u.memo[i]));
  }
  return copy;
}
Status set_memo(PyObject* o, PyObject* value, void*) {
  if (!value) return raise(PyExc_TypeError, "attribute deletion is not supported");
  Ref<> dict;
  if (Py_TYPE(value) == &unpickler_memo_type) dict = TRY(memo_dict(as_unpickler(proxied(value))));
  else if (PyDict_Check(value)) dict = TRY(dict_copy(value));
  else
    return raise(PyExc_TypeError, "'memo' attribute must be an UnpicklerMemoProxy object or dict, not {}", type_name(value));
  Py_ssize_t position = 0;
  PyObject *key, *each;
  while (dict_next(dict.get(), &position, &key, &each)) {
    if (!PyLong_Check(key)) return raise(PyExc_TypeError, "memo key must be integers");
    if (TRY(to_int64(key)) < 0) return raise(PyExc_ValueError, "memo key must be positive integers.");
  }
  Unpickler& u = as_unpickler(o);
  clear_memo(u);
  for (position = 0; dict_next(dict.get(), &position, &key, &each);)
    TRY(memo_set(u, static_cast<uint64_t>(TRY(to_int64(key))), each));
  return {};
}
Ref<> get_persistent_load(PyObject* o, void*) {
  return kept_method(as_unpickler(o).persistent_load, as_unpickler(o).self, "persistent_load");
}
Status set_persistent_load(PyObject* o, PyObject* value, void*) {
  TRY(check_kept_method(value, "persistent_load"));
  as_unpickler(o).self = nullptr;
  replace_field(as_unpickler(o).persistent_load, share(value));
  return {};
}

constinit PyMethodDef methods[] = {
    method<load_doc, load_method>, method<find_class_doc, find_class_method>, method<sizeof_doc, sizeof_method>, {},
};
constinit PyGetSetDef getset[] = {
    {"memo", slot<get_memo>, slot<set_memo>},
    {"persistent_load", slot<get_persistent_load>, slot<set_persistent_load>},
    {},
};

// -- the memo's view --

constexpr char proxy_clear_doc[] = "clear($self, /)\n--\n\nForget all objects.";
void proxy_clear(PyObject* self) { clear_memo(as_unpickler(proxied(self))); }
constexpr char proxy_copy_doc[] = "copy($self, /)\n--\n\nA dict {number: object} of the memo.";
Ref<> proxy_copy(PyObject* self) { return memo_dict(as_unpickler(proxied(self))); }
constexpr char proxy_reduce_doc[] = "__reduce__($self, /)\n--\n\nHow to make a dict of it: a tuple for pickle.";
Ref<> proxy_reduce(PyObject* self) { return reduce_as_dict(memo_dict(as_unpickler(proxied(self)))); }
constinit PyMethodDef proxy_methods[] = {
    method<proxy_clear_doc, proxy_clear>, method<proxy_copy_doc, proxy_copy>, method<proxy_reduce_doc, proxy_reduce>, {},
};

}  // namespace

/// All bytes zero is the empty state of every field, the vectors too.
Ref<Unpickler> new_unpickler(PyTypeObject* type) { return adopt(type->tp_alloc(type, 0)).as<Unpickler>(); }

constinit PyTypeObject unpickler_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_pickle.Unpickler",
    .tp_basicsize = sizeof(Unpickler),
    .tp_dealloc = dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE,
    .tp_doc = unpickler_doc,
    .tp_traverse = traverse,
    .tp_clear = clear,
    .tp_methods = methods,
    .tp_getset = getset,
    .tp_init = initializer<unpickler_doc, init>::tp_init,
    .tp_new = generic_new,
};
constinit PyTypeObject unpickler_memo_type = memo_proxy_type("_pickle.UnpicklerMemoProxy", proxy_methods);

}  // namespace taipan::pickling
