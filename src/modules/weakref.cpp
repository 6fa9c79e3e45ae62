// _weakref: what weakref.py builds on.
#include "object/weakref.h"

#include "modules/module.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/protocol.h"

namespace taipan {
namespace {

constexpr char weakref_doc[] = "Weak references: references that do not keep their object alive.";

constexpr char getweakrefcount_doc[] =
    "getweakrefcount($module, object, /)\n--\n\n"
    "How many weak references to the object there are.";
Py_ssize_t getweakrefcount(PyObject*, PyObject* o) { return weakref_count(o); }

Ref<> getweakrefs(PyObject*, Arguments a) {
  if (!check_positional("getweakrefs", a.count, 1, 1)) return {};
  return weakrefs_of(a.items[0]);
}

Ref<> proxy(PyObject*, Arguments a) {
  if (!check_positional("proxy", a.count, 1, 2)) return {};
  return new_weak_proxy(a.items[0], a.count > 1 ? a.items[1] : nullptr);
}

constexpr char remove_dead_weakref_doc[] =
    "_remove_dead_weakref($module, dct, key, /)\n--\n\n"
    "Take the key out of the dictionary if its value is a weak reference whose object is gone.";
Status remove_dead_weakref(PyObject*, Dict& dct, PyObject* key) {
  Py_hash_t h = TRY(hash(key));
  PyObject* value = TRY(dict_find(object(dct), key, h));
  if (!value) return {};
  if (!PyWeakref_Check(value)) return raise(PyExc_TypeError, "not a weakref");
  if (!weakref_target(value)) {
    Ref<> gone = TRY(dict_pop(object(dct), key, h));
  }
  return {};
}

PyObject* getweakrefs_one(PyObject* m, PyObject* o) { return getweakrefs(m, {&o, 1, nullptr}).release(); }

constinit PyMethodDef weakref_rows[] = {
    method<getweakrefcount_doc, getweakrefcount>,
    method<remove_dead_weakref_doc, remove_dead_weakref>,
    {"getweakrefs", getweakrefs_one, METH_O, "getweakrefs(object) -- a list of all weak references to the object."},
    positional_varargs<proxy>("proxy",
                              "proxy(object[, callback]) -- an object that stands for another without keeping it alive.\n"
                              "The callback is called with the proxy when the object is about to die."),
    {},
};

Status fill(PyObject* module) {
  TRY(set_attr(module, "ref"_name, object(&_PyWeakref_RefType)));
  TRY(set_attr(module, "ReferenceType"_name, object(&_PyWeakref_RefType)));
  TRY(set_attr(module, "ProxyType"_name, object(&_PyWeakref_ProxyType)));
  return set_attr(module, "CallableProxyType"_name, object(&_PyWeakref_CallableProxyType));
}

}  // namespace

}  // namespace taipan

using namespace taipan;

PyObject* init_weakref() { return define_module<"_weakref", weakref_doc, fill, weakref_rows>(); }
