// functools.lru_cache's wrapper: a dict from argument keys to results; with a bound on its size, to links of a ring in the
// order of use, the oldest behind the root. Calling the function and hashing its arguments may run anything, also calls of
// this very wrapper: the ring and the dict are consistent whenever that can happen.
#include "modules/fields.h"
#include "modules/functools/functools.h"
#include "modules/module.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/tuple.h"
#include "object/type.h"
#include "object/weakref.h"
#include "types/rows.h"
#include "vm/vm.h"

namespace taipan::functools {
namespace {

struct Link {
  PyObject_HEAD
  Link *previous, *next;  // not owned: the dict owns the links
  Py_hash_t hash;
  PyObject *key, *result;
};

struct Wrapper {
  PyObject_HEAD
  Link root;              // a ring's end; no object
  Py_ssize_t maxsize;     // -1: no bound
  PyObject* (*call)(Wrapper&, PyObject* args, PyObject* kwargs);
  bool typed;
  Py_ssize_t hits, misses;
  PyObject *cache, *function, *info_type, *dict, *weaklist;
  template <class F> void each(F&& f) { f(cache), f(function), f(info_type), f(dict); }
};
Wrapper& as(PyObject* o) { return *reinterpret_cast<Wrapper*>(o); }

PyObject* keyword_mark;  // stands between positional and keyword arguments in a key

// -- the ring --

void extract(Link* link) {
  link->previous->next = link->next;
  link->next->previous = link->previous;
}
void append(Wrapper& self, Link* link) {
  Link* last = self.root.previous;
  last->next = link;
  self.root.previous = link;
  link->previous = last;
  link->next = &self.root;
}
/// The links from the oldest on, each with a reference of its own: the ring is empty then.
void clear_ring(Wrapper& self) {
  self.root.next = self.root.previous = &self.root;
}

void dealloc_link(PyObject* o) {
  auto* link = reinterpret_cast<Link*>(o);
  clear_field(link->key);
  clear_field(link->result);
  free_object(o, sizeof(Link));
}

// -- keys --

Ref<> make_key(PyObject* args, PyObject* kwargs, bool typed) {
  Py_ssize_t n = tuple_size(args), named = kwargs ? dict_size(kwargs) : 0;
  if (!typed && !named) {
    if (n == 1) {
      // One str or int hashes fast and equals nothing of another type that a call could give.
      PyObject* only = item(args, 0);
      if (is_exact(only, &PyUnicode_Type) || is_exact(only, &PyLong_Type)) return share(only);
    }
    return share(args);
  }
  Py_ssize_t size = n + (named ? 1 + 2 * named : 0) + (typed ? n + named : 0), at = 0;
  Ref<Tuple> key = TRY(new_tuple(size));
  auto add = [&](PyObject* o) { key->ob_item[at++] = Py_NewRef(o); };
  for (Py_ssize_t i = 0; i < n; i++) add(item(args, i));
  Py_ssize_t position = 0;
  PyObject *name, *value;
  if (named) {
    add(keyword_mark);
    while (dict_next(kwargs, &position, &name, &value)) add(name), add(value);
  }
  if (typed) {
    for (Py_ssize_t i = 0; i < n; i++) add(object(Py_TYPE(item(args, i))));
    position = 0;
    while (named && dict_next(kwargs, &position, &name, &value)) add(object(Py_TYPE(value)));
  }
  return key;
}

// -- the three ways to call --

PyObject* call_uncached(Wrapper& self, PyObject* args, PyObject* kwargs) {
  self.misses++;
  return call_object(self.function, args, kwargs).release();
}

Ref<> infinite(Wrapper& self, PyObject* args, PyObject* kwargs) {
  Ref<> key = TRY(make_key(args, kwargs, self.typed));
  Py_hash_t h = TRY(hash(key.get()));
  if (PyObject* known = TRY(dict_find(self.cache, key.get(), h))) {
    self.hits++;
    return share(known);
  }
  self.misses++;
  Ref<> result = TRY(call_object(self.function, args, kwargs));
  TRY(dict_set(self.cache, key.get(), result.get(), h));
  return result;
}
PyObject* call_infinite(Wrapper& self, PyObject* args, PyObject* kwargs) { return infinite(self, args, kwargs).release(); }

/// Puts a new link for the key into dict and ring.
Status remember(Wrapper& self, PyObject* key, Py_hash_t h, PyObject* result) {
  auto* link = reinterpret_cast<Link*>(allocate_object(&lru_link_type, sizeof(Link)));
  if (!link) return Raised{};
  link->hash = h;
  link->key = Py_NewRef(key);
  link->result = Py_NewRef(result);
  link->previous = link->next = nullptr;
  Ref<> owned = adopt(object(link));
  TRY(dict_set(self.cache, key, owned.get(), h));
  append(self, link);  // the dict keeps it alive
  return {};
}

/// The oldest link gets a new key and result.
Status reuse_oldest(Wrapper& self, PyObject* key, Py_hash_t h, PyObject* result) {
  Link* link = self.root.next;
  if (link == &self.root) return {};  // everything was removed meanwhile
  extract(link);
  Result<Ref<>> popped = dict_pop(self.cache, link->key, link->hash);
  if (!popped) {
    append(self, link);
    return Raised{};
  }
  Ref<> owned = popped.take();
  if (!owned) return {};  // a nested call has removed it already
  // The old key and result die last: their finalizers may call us.
  Ref<> old_key = adopt(std::exchange(link->key, Py_NewRef(key)));
  Ref<> old_result = adopt(std::exchange(link->result, Py_NewRef(result)));
  link->hash = h;
  TRY(dict_set(self.cache, key, owned.get(), h));
  append(self, link);
  return {};
}

Ref<> bounded(Wrapper& self, PyObject* args, PyObject* kwargs) {
  Ref<> key = TRY(make_key(args, kwargs, self.typed));
  Py_hash_t h = TRY(hash(key.get()));
  if (PyObject* known = TRY(dict_find(self.cache, key.get(), h))) {
    auto* link = reinterpret_cast<Link*>(known);
    extract(link);
    append(self, link);
    self.hits++;
    return share(link->result);
  }
  self.misses++;
  Ref<> result = TRY(call_object(self.function, args, kwargs));
  // The call may have been made again inside itself.
  if (TRY(dict_find(self.cache, key.get(), h))) return result;
  if (dict_size(self.cache) < self.maxsize) TRY(remember(self, key.get(), h, result.get()));
  else TRY(reuse_oldest(self, key.get(), h, result.get()));
  return result;
}
PyObject* call_bounded(Wrapper& self, PyObject* args, PyObject* kwargs) { return bounded(self, args, kwargs).release(); }

// -- the type --

constexpr char wrapper_doc[] =
    "Create a cached callable that wraps another function.\n\n"
    "user_function:      the function being cached\n\n"
    "maxsize:  0         for no caching\n"
    "          None      for unlimited cache size\n"
    "          n         for a bounded cache\n\n"
    "typed:    False     cache f(3) and f(3.0) as identical calls\n"
    "          True      cache f(3) and f(3.0) as distinct calls\n\n"
    "cache_info_type:    namedtuple class with the fields:\n"
    "                        hits misses currsize maxsize\n";
constexpr char new_doc[] = "lru_cache(user_function, maxsize, typed, cache_info_type)\n--\n\n";
Ref<> create(Type* type, PyObject* function, PyObject* maxsize_object, bool typed, PyObject* info_type) {
  if (!is_callable(function)) return raise(PyExc_TypeError, "the first argument must be callable");
  Py_ssize_t maxsize = -1;
  if (maxsize_object != Py_None) {
    if (!is_index(maxsize_object)) return raise(PyExc_TypeError, "maxsize should be integer or None");
    maxsize = TRY(to_ssize(maxsize_object, PyExc_OverflowError));
    if (maxsize < 0) maxsize = 0;
  }
  Ref<Dict> cache = TRY(new_dict());
  Ref<Wrapper> self = TRY(adopt(reinterpret_cast<Wrapper*>(type->tp_alloc(type, 0))));
  clear_ring(*self.get());
  self->call = maxsize < 0 ? call_infinite : maxsize == 0 ? call_uncached : call_bounded;
  self->maxsize = maxsize;
  self->typed = typed;
  self->cache = object(cache.release());
  self->function = Py_NewRef(function);
  self->info_type = Py_NewRef(info_type);
  return self;
}

PyObject* call_slot(PyObject* o, PyObject* args, PyObject* kwargs) {
  if (!as(o).function || !as(o).cache) return raise_internal("call of a cleared lru_cache wrapper");
  Ref<> keep = share(o);
  return as(o).call(as(o), args, kwargs);
}

Ref<> descr_get(PyObject* o, PyObject* instance, PyObject*) {
  if (!instance || instance == Py_None) return share(o);
  return new_method(o, instance);
}

int traverse(PyObject* o, visitproc visit, void* arg) {
  // Links are no containers to the collector: their contents count as ours.
  Wrapper& self = as(o);
  for (Link* link = self.root.next; link && link != &self.root; link = link->next) {
    Py_VISIT(link->key);
    Py_VISIT(link->result);
  }
  return Fields<Wrapper>::traverse(o, visit, arg);
}
int clear(PyObject* o) {
  clear_ring(as(o));
  return Fields<Wrapper>::clear(o);
}
void dealloc(PyObject* o) {
  gc_untrack(o);
  if (as(o).weaklist) clear_weakrefs(o);
  clear(o);
  Py_TYPE(o)->tp_free(o);
}

Ref<> cache_info(Wrapper& self) {
  Ref<> hits = TRY(new_int(self.hits)), misses = TRY(new_int(self.misses)), size = TRY(new_int(dict_size(self.cache)));
  Ref<> maxsize = self.maxsize < 0 ? none() : TRY(new_int(self.maxsize));
  return call(self.info_type, hits.get(), misses.get(), maxsize.get(), size.get());
}
Status cache_clear(Wrapper& self) {
  clear_ring(self);
  self.hits = self.misses = 0;
  // Links out of the ring die with the dict's items, which may call us again: into a new, empty dict.
  Ref<Dict> fresh = TRY(new_dict());
  replace_field(self.cache, Ref<>(std::move(fresh)));
  return {};
}
Ref<> reduce(PyObject* o) { return get_attr(o, "__qualname__"_name); }
Ref<> copy(PyObject* o) { return share(o); }
Ref<> deepcopy(PyObject* o, PyObject*) { return share(o); }

constinit PyMethodDef methods[] = {
    noargs<cache_info>("cache_info", "Report cache statistics"),
    noargs<cache_clear>("cache_clear", "Clear the cache and cache statistics"),
    noargs<reduce>("__reduce__", nullptr),
    noargs<copy>("__copy__", nullptr),
    one_arg<deepcopy>("__deepcopy__", nullptr),
    {},
};
constinit PyGetSetDef getset[] = {kDictAttribute, {}};

}  // namespace

constinit PyTypeObject lru_link_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "functools._lru_list_elem",
    .tp_basicsize = sizeof(Link),
    .tp_dealloc = dealloc_link,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
};

constinit PyTypeObject lru_cache_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "functools._lru_cache_wrapper",
    .tp_basicsize = sizeof(Wrapper),
    .tp_dealloc = dealloc,
    .tp_call = call_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_METHOD_DESCRIPTOR,
    .tp_doc = wrapper_doc,
    .tp_traverse = traverse,
    .tp_clear = clear,
    .tp_weaklistoffset = offsetof(Wrapper, weaklist),
    .tp_methods = methods,
    .tp_getset = getset,
    .tp_descr_get = slot<descr_get>,
    .tp_dictoffset = offsetof(Wrapper, dict),
    .tp_alloc = generic_alloc,
    .tp_new = constructor<new_doc, create>::tp_new,
    .tp_free = gc_free,
};

Status start_lru_cache() {
  TRY(ready_type(&lru_link_type));
  if (!keyword_mark) keyword_mark = TRY(call(object(&PyBaseObject_Type))).release();
  return {};
}

}  // namespace taipan::functools
