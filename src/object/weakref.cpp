// weakref.ref, and how references are tied to and untied from their object.
//
// An object's references form a doubly linked list. The plain one without a callback, if there is one, comes
// first, then the plain proxy; both are shared by all who ask for one.
#include "object/weakref.h"

#include <Python.h>
#include <structmember.h>

#include "base/vector.h"
#include "object/bind.h"
#include "object/call.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"

namespace taipan {

static WeakRef* as_ref(PyObject* o) { return reinterpret_cast<WeakRef*>(o); }
static WeakRef** list_of(PyObject* o) { return reinterpret_cast<WeakRef**>(weakref_list(o)); }

// -- tying and untying --

namespace {
/// The two shared references of an object; null if it has none.
struct Shared {
  WeakRef* plain = nullptr;
  WeakRef* proxy = nullptr;
};
}  // namespace

static Shared shared_refs(WeakRef* head) {
  Shared s;
  if (head && !head->wr_callback && PyWeakref_CheckRefExact(head)) {
    s.plain = head;
    head = head->wr_next;
  }
  if (head && !head->wr_callback && PyWeakref_CheckProxy(head)) s.proxy = head;
  return s;
}

static void tie(WeakRef* ref, PyObject* o, WeakRef* after) {
  WeakRef** list = list_of(o);
  ref->wr_prev = after;
  WeakRef** link = after ? &after->wr_next : list;
  ref->wr_next = *link;
  if (ref->wr_next) ref->wr_next->wr_prev = ref;
  *link = ref;
}

void untie_weakref(WeakRef* ref) {
  if (ref->wr_object == Py_None) return;
  WeakRef** list = list_of(ref->wr_object);
  if (*list == ref) *list = ref->wr_next;
  ref->wr_object = Py_None;
  if (ref->wr_prev) ref->wr_prev->wr_next = ref->wr_next;
  if (ref->wr_next) ref->wr_next->wr_prev = ref->wr_prev;
  ref->wr_prev = ref->wr_next = nullptr;
}

static void clear_weakref(WeakRef* ref) {
  untie_weakref(ref);
  clear_field(ref->wr_callback);
}

static void init_weakref(WeakRef* ref, PyObject* o, PyObject* callback, vectorcallfunc entry) {
  ref->hash = -1;
  ref->wr_object = o;
  ref->wr_prev = ref->wr_next = nullptr;
  ref->wr_callback = Py_XNewRef(callback);
  ref->vectorcall = entry;
}

static PyObject* weakref_vectorcall(PyObject* self, PyObject* const*, size_t nargsf, PyObject* kwnames) {
  if (!check_no_keywords("weakref", kwnames) || !check_positional("weakref", PyVectorcall_NARGS(nargsf), 0, 0))
    return nullptr;
  PyObject* target = weakref_target(self);
  return Py_NewRef(target ? target : Py_None);
}

static Status check_referable(PyObject* o) {
  if (weakref_list(o)) return {};
  return raise(PyExc_TypeError, "cannot create weak reference to '{}' object", type_name(o));
}

static Ref<> make_ref(PyTypeObject* type, PyObject* o, PyObject* callback) {
  TRY(check_referable(o));
  if (callback == Py_None) callback = nullptr;
  bool shareable = !callback && type == &_PyWeakref_RefType;
  if (WeakRef* plain = shared_refs(*list_of(o)).plain; plain && shareable) return share(object(plain));
  Ref<> made = adopt(type->tp_alloc(type, 0));
  if (!made) return made;
  init_weakref(as_ref(made.get()), o, callback, weakref_vectorcall);
  Shared s = shared_refs(*list_of(o));
  tie(as_ref(made.get()), o, shareable ? nullptr : s.proxy ? s.proxy : s.plain);
  return made;
}

Ref<> new_weakref(PyObject* o, PyObject* callback) { return make_ref(&_PyWeakref_RefType, o, callback); }

Ref<> new_weak_proxy(PyObject* o, PyObject* callback) {
  TRY(check_referable(o));
  if (callback == Py_None) callback = nullptr;
  Shared s = shared_refs(*list_of(o));
  if (s.proxy && !callback) return share(object(s.proxy));
  PyTypeObject* type = is_callable(o) ? &_PyWeakref_CallableProxyType : &_PyWeakref_ProxyType;
  auto made = TRY(allocate<WeakRef>(type));
  init_weakref(made.get(), o, callback, nullptr);
  s = shared_refs(*list_of(o));
  tie(made.get(), o, callback && s.proxy ? s.proxy : s.plain);
  gc_track(object(made.get()));
  return made;
}

// -- the end of an object --

static void call_back(PyObject* ref, PyObject* callback) {
  if (!call(callback, ref)) write_unraisable(callback);
}

void clear_weakrefs_slow(PyObject* o) {
  WeakRef** list = list_of(o);
  for (int i = 0; i < 2 && *list && !(*list)->wr_callback; i++) clear_weakref(*list);  // the shared ones
  if (!*list) return;
  PendingError kept = PendingError::take();
  // All are untied before the first callback runs, since callbacks may look at each other's references.
  struct Due {
    Ref<> ref, callback;
  };
  Vector<Due> due;
  while (WeakRef* ref = *list) {
    Ref<> callback = adopt(std::exchange(ref->wr_callback, nullptr));
    Ref<> hold;
    if (Py_REFCNT(object(ref)) > 0) hold = share(object(ref));
    untie_weakref(ref);
    if (hold && callback && !due.append({std::move(hold), std::move(callback)})) (void)raise_no_memory();
  }
  if (pending_error()) write_unraisable(nullptr);
  for (Due& d : due) call_back(d.ref.get(), d.callback.get());
  if (kept.type) std::move(kept).restore();
}

Py_ssize_t weakref_count(PyObject* o) {
  if (!weakref_list(o)) return 0;
  Py_ssize_t n = 0;
  for (WeakRef* r = *list_of(o); r; r = r->wr_next) n++;
  return n;
}

Ref<> weakrefs_of(PyObject* o) {
  Ref<> result = TRY(new_list());
  if (!weakref_list(o)) return result;
  for (WeakRef* r = *list_of(o); r; r = r->wr_next) TRY(list_append(result.get(), object(r)));
  return result;
}

// -- the type --

static PyObject* ref_new(PyTypeObject* type, PyObject* args, PyObject*) {
  if (!check_positional("__new__", tuple_size(args), 1, 2)) return nullptr;
  return make_ref(type, item(args, 0), tuple_size(args) > 1 ? item(args, 1) : nullptr).release();
}
static int ref_init(PyObject*, PyObject* args, PyObject* kwargs) {
  return check_no_keywords_dict("ref", kwargs) && check_positional("__init__", tuple_size(args), 1, 2) ? 0 : -1;
}
static void ref_dealloc(PyObject* o) {
  gc_untrack(o);
  clear_weakref(as_ref(o));
  Py_TYPE(o)->tp_free(o);
}
static int ref_traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(as_ref(o)->wr_callback);
  return 0;
}
static int ref_clear(PyObject* o) {
  clear_weakref(as_ref(o));
  return 0;
}

static Result<Py_hash_t> ref_hash(PyObject* self) {
  WeakRef* ref = as_ref(self);
  if (ref->hash != -1) return ref->hash;
  PyObject* target = weakref_target(self);
  if (!target) return raise(PyExc_TypeError, "weak object has gone away");
  Ref<> hold = share(target);
  return ref->hash = TRY(hash(target));
}

static Ref<> ref_repr(PyObject* self) {
  PyObject* target = weakref_target(self);
  if (!target) return format_str("<weakref at 0x{}; dead>", Hex{reinterpret_cast<uintptr_t>(self)});
  Ref<> hold = share(target);
  Ref<> name = TRY(find_attr(target, "__name__"_name));
  if (name && PyUnicode_Check(name.get()))
    return format_str("<weakref at 0x{}; to '{}' at 0x{} ({})>", Hex{reinterpret_cast<uintptr_t>(self)},
                      type_name(target), Hex{reinterpret_cast<uintptr_t>(target)}, as_str(name.get()));
  return format_str("<weakref at 0x{}; to '{}' at 0x{}>", Hex{reinterpret_cast<uintptr_t>(self)}, type_name(target),
                    Hex{reinterpret_cast<uintptr_t>(target)});
}

static Ref<> ref_compare(PyObject* a, PyObject* b, int op) {
  if ((op != Py_EQ && op != Py_NE) || !PyWeakref_Check(a) || !PyWeakref_Check(b)) return not_implemented();
  PyObject *x = weakref_target(a), *y = weakref_target(b);
  if (!x || !y) return boolean((a == b) == (op == Py_EQ));
  Ref<> hold_x = share(x), hold_y = share(y);
  return compare(x, y, op);
}

static constinit PyMemberDef ref_members[] = {
    {"__callback__", T_OBJECT, offsetof(WeakRef, wr_callback), READONLY, nullptr},
    {},
};
static constinit PyMethodDef ref_methods[] = {
    {"__class_getitem__", class_getitem, METH_O | METH_CLASS, "See PEP 585"},
    {},
};

void weakref_dealloc(PyObject* o) {  // the proxies' too
  gc_untrack(o);
  clear_weakref(as_ref(o));
  deallocate(as_ref(o));
}

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject _PyWeakref_RefType = {
    .ob_base = kStaticTypeHead,
    .tp_name = "weakref.ReferenceType",
    .tp_basicsize = sizeof(PyWeakReference),
    .tp_dealloc = ref_dealloc,
    .tp_vectorcall_offset = offsetof(PyWeakReference, vectorcall),
    .tp_repr = slot<ref_repr>,
    .tp_hash = slot<ref_hash>,
    .tp_call = tp_call_by_vectorcall,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL | Py_TPFLAGS_BASETYPE,
    .tp_traverse = ref_traverse,
    .tp_clear = ref_clear,
    .tp_richcompare = slot<ref_compare>,
    .tp_methods = ref_methods,
    .tp_members = ref_members,
    .tp_init = ref_init,
    .tp_alloc = generic_alloc,
    .tp_new = ref_new,
    .tp_free = gc_free,
};
