// _thread._local: an object with other attributes in every thread. The local owns its dicts, one
// per thread; each thread owns a token, whose death takes the thread's dict out of the local. Token
// and local know each other without owning, so that neither keeps the other alive.
#include "modules/thread/thread.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "object/type_internal.h"
#include "object/weakref.h"

namespace taipan::threads {
namespace {

struct Token;
struct Local {
  PyObject_HEAD PyObject* key;  // under which tokens lie in the threads' dicts
  PyObject *args, *kwargs;
  PyObject* dicts;  // thread state id -> attributes
  PyObject* weaklist;
  Token* tokens;
};
struct Token {
  PyObject_HEAD Local* local;  // null once it is gone
  Token *next, **link;
  uint64_t thread;
};
Local& as(PyObject* o) { return *reinterpret_cast<Local*>(o); }

void token_dealloc(PyObject* o) {
  auto& token = *reinterpret_cast<Token*>(o);
  if (token.local) {
    *token.link = token.next;
    if (token.next) token.next->link = token.link;
    PendingError kept = PendingError::take();
    Ref<> id = new_int_unsigned(token.thread);
    if (!id || !token.local->dicts || !dict_pop(token.local->dicts, id.get())) clear_error();
    std::move(kept).restore();
  }
  deallocate(&token);
}

PyObject* thread_dict() {
  PyThreadState* ts = current_thread();
  if (!ts->dict) ts->dict = object(new_dict().release());
  return ts->dict;
}

/// A new dict for the calling thread, with its token in the thread's dict.
Result<PyObject*> make_attributes(Local& self) {
  PyObject* place = thread_dict();
  if (!place) return Raised{};
  Ref<Dict> attributes = TRY(new_dict());
  Ref<Token> token = TRY(allocate<Token>(&local_token_type));
  token->local = nullptr;
  token->thread = current_thread()->id;
  Ref<> id = TRY(new_int_unsigned(token->thread));
  TRY(dict_set(self.dicts, id.get(), object(attributes.get())));
  token->local = &self;
  token->next = self.tokens;
  token->link = &self.tokens;
  if (token->next) token->next->link = &token->next;
  self.tokens = token.get();
  TRY(dict_set(place, self.key, object(token.get())));
  return object(attributes.get());
}

/// The calling thread's attributes; borrowed. A thread's first use runs __init__ for it.
Result<PyObject*> attributes_of(Local& self) {
  Ref<> id = TRY(new_int_unsigned(current_thread()->id));
  if (PyObject* found = TRY(dict_find(self.dicts, id.get()))) return found;
  PyObject* made = TRY(make_attributes(self));
  PyTypeObject* type = Py_TYPE(object(self));
  if (type->tp_init != object_init && type->tp_init(object(self), self.args, self.kwargs) < 0) {
    PendingError kept = PendingError::take();
    if (!dict_pop(thread_dict(), self.key)) clear_error();  // the next use tries again
    std::move(kept).restore();
    return Raised{};
  }
  return made;
}

Ref<> make(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  bool given = tuple_size(args) || (kwargs && dict_size(kwargs));
  if (type->tp_init == object_init && given)
    return raise(PyExc_TypeError, "Initialization arguments are not supported");
  Ref<> self = TRY(adopt(type->tp_alloc(type, 0)));
  Local& x = as(self.get());
  x.args = Py_NewRef(args);
  x.kwargs = Py_XNewRef(kwargs);
  x.dicts = object(TRY(new_dict()).release());
  x.key = TRY(format_str("thread.local.0x{}", Hex{reinterpret_cast<uintptr_t>(&x)})).release();
  TRY(make_attributes(x));
  return self;
}
PyObject* local_new(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  return make(type, args, kwargs).release();
}

int traverse(PyObject* o, visitproc visit, void* arg) {
  Local& x = as(o);
  for (PyObject* field : {x.args, x.kwargs, x.dicts}) Py_VISIT(field);
  return 0;
}
int clear(PyObject* o) {
  Local& x = as(o);
  clear_field(x.args);
  clear_field(x.kwargs);
  if (x.dicts) dict_clear(x.dicts);
  return 0;
}
void dealloc(PyObject* o) {
  gc_untrack(o);
  Local& x = as(o);
  if (x.weaklist) clear_weakrefs(o);
  for (Token* t = x.tokens; t; t = t->next) t->local = nullptr;
  x.tokens = nullptr;
  if (x.key) {
    PendingError kept = PendingError::take();
    for (PyThreadState* ts = interpreter().threads; ts; ts = ts->next)
      if (ts->dict && !dict_pop(ts->dict, x.key)) clear_error();
    std::move(kept).restore();
  }
  clear(o);
  clear_field(x.dicts);
  clear_field(x.key);
  Py_TYPE(o)->tp_free(o);
}

Ref<> bind(PyObject* found, PyObject* o, PyTypeObject* type) {
  descrgetfunc get = Py_TYPE(found)->tp_descr_get;
  return get ? adopt(get(found, o, object(type))) : share(found);
}

Ref<> get_attribute(PyObject* o, PyObject* name) {
  Ref<> attributes = share(TRY(attributes_of(as(o))));
  if (!PyUnicode_Check(name))
    return raise(PyExc_TypeError, "attribute name must be string, not '{}'",
                 clip(type_name(name), 200));
  if (str_equal(name, "__dict__")) return attributes;
  PyTypeObject* type = Py_TYPE(o);
  PyObject* in_type = type_lookup(type, name);
  Ref<> found = in_type ? share(in_type) : Ref<>();
  if (found && Py_TYPE(in_type)->tp_descr_set && Py_TYPE(in_type)->tp_descr_get)
    return bind(in_type, o, type);
  if (PyObject* value = TRY(dict_find(attributes.get(), name))) return share(value);
  if (found) return bind(in_type, o, type);
  return raise(PyExc_AttributeError, "'{}' object has no attribute '{}'", clip(type->tp_name, 50),
               as_str(name));
}

Status set_attribute(PyObject* o, PyObject* name, PyObject* value) {
  Ref<> attributes = share(TRY(attributes_of(as(o))));
  PyTypeObject* type = Py_TYPE(o);
  if (PyUnicode_Check(name) && str_equal(name, "__dict__"))
    return raise(PyExc_AttributeError, "'{}' object attribute '{}' is read-only",
                 clip(type->tp_name, 100), as_str(name));
  PyObject* in_type = type_lookup(type, name);
  if (in_type && Py_TYPE(in_type)->tp_descr_set) {
    Ref<> kept = share(in_type);
    return Status::from_c(Py_TYPE(in_type)->tp_descr_set(in_type, o, value));
  }
  if (value) return dict_set(attributes.get(), name, value);
  if (TRY(dict_remove(attributes.get(), name))) return {};
  return raise(PyExc_AttributeError, "'{}' object has no attribute '{}'", clip(type->tp_name, 50),
               as_str(name));
}

}  // namespace

constinit PyTypeObject local_token_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_thread._localdummy",
    .tp_basicsize = sizeof(Token),
    .tp_dealloc = token_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_doc = "Thread-local dummy",
};

constinit PyTypeObject local_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_thread._local",
    .tp_basicsize = sizeof(Local),
    .tp_dealloc = dealloc,
    .tp_getattro = slot<get_attribute>,
    .tp_setattro = slot<set_attribute>,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "Data of each thread's own.",
    .tp_traverse = traverse,
    .tp_clear = clear,
    .tp_weaklistoffset = offsetof(Local, weaklist),
    .tp_alloc = generic_alloc,
    .tp_new = local_new,
    .tp_free = gc_free,
};

}  // namespace taipan::threads
