// contextvars.ContextVar and contextvars.Token.
#include <Python.h>
#include <structmember.h>

#include "base/hash.h"
#include "object/bind.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/thread.h"
#include "object/type.h"
#include "types/context.h"
#include "types/context_layout.h"
#include "types/rows.h"

namespace taipan {

static PyContextVar* as_var(PyObject* o) { return reinterpret_cast<PyContextVar*>(o); }
static PyContextToken* as_token(PyObject* o) { return reinterpret_cast<PyContextToken*>(o); }
static PyObject token_missing = {kImmortal, &token_missing_type};

// -- ContextVar --

Ref<> new_context_var(PyObject* name, PyObject* fallback) {
  if (!PyUnicode_Check(name)) return raise(PyExc_TypeError, "context variable name must be a str");
  Py_hash_t h = TRY(hash(name));
  auto var = TRY(allocate<PyContextVar>(&PyContextVar_Type));
  var->name = Py_NewRef(name);
  var->fallback = Py_XNewRef(fallback);
  // Variables differ by identity; the name only spreads the hashes.
  h ^= hash_pointer(var.get());
  var->hash = h == -1 ? -2 : h;
  var->cached = nullptr;
  var->cached_thread = var->cached_version = 0;
  if (gc_may_be_tracked(name) || (fallback && gc_may_be_tracked(fallback))) gc_track(object(var.get()));
  return var;
}

static void remember(PyContextVar* var, PyObject* value) {
  PyThreadState* ts = current_thread();
  var->cached = value;
  var->cached_thread = ts->id;
  var->cached_version = ts->context_ver;
}

Result<Ref<>> context_var_get(PyObject* o, PyObject* fallback) {
  PyContextVar* var = as_var(o);
  PyThreadState* ts = current_thread();
  if (var->cached && var->cached_thread == ts->id && var->cached_version == ts->context_ver) return share(var->cached);
  if (ts->context) {
    PyObject* value = TRY(dict_find(reinterpret_cast<PyContext*>(ts->context)->values, o));
    if (value) {
      remember(var, value);
      return share(value);
    }
  }
  if (fallback) return share(fallback);
  if (var->fallback) return share(var->fallback);
  return Ref<>{};
}

static Status store(PyContextVar* var, PyObject* value) {
  var->cached = nullptr;
  PyContext* context = TRY(current_context());
  PyObject* values = TRY(own_values(context));
  TRY(dict_set(values, object(var), value));
  remember(var, value);
  return {};
}

Ref<> context_var_set(PyObject* o, PyObject* value) {
  PyContext* context = TRY(current_context());
  PyObject* old = TRY(dict_find(context->values, o));
  auto token = TRY(allocate<PyContextToken>(&PyContextToken_Type));
  token->context = reinterpret_cast<PyContext*>(Py_NewRef(object(context)));
  token->var = reinterpret_cast<PyContextVar*>(Py_NewRef(o));
  token->old_value = Py_XNewRef(old);
  token->used = false;
  gc_track(object(token.get()));
  TRY(store(as_var(o), value));
  return token;
}

Status context_var_reset(PyObject* o, PyObject* t) {
  PyContextToken* token = as_token(t);
  if (token->used) return raise(PyExc_RuntimeError, "{} has already been used once", as_repr(t));
  if (object(token->var) != o) return raise(PyExc_ValueError, "{} was created by a different ContextVar", as_repr(t));
  PyContext* context = TRY(current_context());
  if (token->context != context) return raise(PyExc_ValueError, "{} was created in a different Context", as_repr(t));
  token->used = true;
  if (token->old_value) return store(as_var(o), token->old_value);
  as_var(o)->cached = nullptr;
  PyObject* values = TRY(own_values(context));
  bool found = TRY(dict_remove(values, o));
  if (!found) return raise_value(PyExc_LookupError, o);
  return {};
}

static constexpr char var_new_doc[] = "ContextVar(name, /, *, default=<unrepresentable>)\n--\n\n";
static Ref<> var_new(PyTypeObject*, PyObject* name, PyObject* fallback) { return new_context_var(name, fallback); }

static int var_clear(PyObject* o) {
  clear_field(as_var(o)->name);
  clear_field(as_var(o)->fallback);
  as_var(o)->cached = nullptr;
  return 0;
}
static void var_dealloc(PyObject* o) {
  gc_untrack(o);
  var_clear(o);
  deallocate(as_var(o));
}
static int var_traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(as_var(o)->name);
  Py_VISIT(as_var(o)->fallback);
  return 0;
}
static Py_hash_t var_hash(PyObject* o) { return as_var(o)->hash; }
static Ref<> var_repr(PyObject* o) {
  Hex address{reinterpret_cast<uintptr_t>(o)};
  if (as_var(o)->fallback)
    return format_str("<ContextVar name={} default={} at 0x{}>", as_repr(as_var(o)->name), as_repr(as_var(o)->fallback), address);
  return format_str("<ContextVar name={} at 0x{}>", as_repr(as_var(o)->name), address);
}

static constexpr char get_doc[] =
    "get($self, default=<unrepresentable>, /)\n--\n\n"
    "The variable's value in the current context.\n\n"
    "If it has none: the default, else the variable's own default, else a LookupError.";
static Ref<> get(PyObject* self, PyObject* fallback) {
  Ref<> value = TRY(context_var_get(self, fallback));
  if (value) return value;
  return raise_value(PyExc_LookupError, self);
}
static constexpr char set_doc[] =
    "set($self, value, /)\n--\n\n"
    "Give the variable a value in the current context; the token returned can undo it.";
static constexpr char reset_doc[] =
    "reset($self, token, /)\n--\n\n"
    "Give the variable back the value from before the set() that made the token.";
static Status reset(PyObject* self, PyObject* token) {
  if (!PyContextToken_CheckExact(token))
    return raise(PyExc_TypeError, "expected an instance of Token, got {}", as_repr(token));
  return context_var_reset(self, token);
}
static constinit PyMethodDef var_methods[] = {
    method<get_doc, get>,
    method<set_doc, context_var_set>,
    method<reset_doc, reset>,
    kClassGetitemRow,
    {},
};
static constinit PyMemberDef var_members[] = {
    {"name", T_OBJECT, offsetof(PyContextVar, name), READONLY, nullptr},
    {},
};

// -- Token --

static PyObject* token_new(PyTypeObject*, PyObject*, PyObject*) {
  return raise(PyExc_RuntimeError, "Tokens can only be created by ContextVars");
}
static int token_clear(PyObject* o) {
  clear_field(as_token(o)->context);
  clear_field(as_token(o)->var);
  clear_field(as_token(o)->old_value);
  return 0;
}
static void token_dealloc(PyObject* o) {
  gc_untrack(o);
  token_clear(o);
  deallocate(as_token(o));
}
static int token_traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(as_token(o)->context);
  Py_VISIT(as_token(o)->var);
  Py_VISIT(as_token(o)->old_value);
  return 0;
}
static Ref<> token_repr(PyObject* o) {
  return format_str("<Token{} var={} at 0x{}>", as_token(o)->used ? " used" : "", as_repr(object(as_token(o)->var)),
                    Hex{reinterpret_cast<uintptr_t>(o)});
}
static Ref<> token_var(PyObject* o, void*) { return share(object(as_token(o)->var)); }
static Ref<> token_old_value(PyObject* o, void*) {
  return share(as_token(o)->old_value ? as_token(o)->old_value : &token_missing);
}
static constinit PyGetSetDef token_getset[] = {
    {"var", slot<token_var>, nullptr, nullptr, nullptr},
    {"old_value", slot<token_old_value>, nullptr, nullptr, nullptr},
    {},
};
static constinit PyMethodDef token_methods[] = {kClassGetitemRow, {}};

static Ref<> missing_repr(PyObject*) { return new_str("<Token.MISSING>"); }
static void missing_dealloc(PyObject* o) { o->ob_refcnt = kImmortal; }
constinit PyTypeObject token_missing_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "Token.MISSING",
    .tp_basicsize = sizeof(PyObject),
    .tp_dealloc = missing_dealloc,
    .tp_repr = slot<missing_repr>,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
};

Status start_contexts() {
  TRY(ready_type(&token_missing_type));
  TRY(ready_type(&PyContextToken_Type));
  return dict_set(PyContextToken_Type.tp_dict, "MISSING"_name, &token_missing);
}

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject PyContextVar_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_contextvars.ContextVar",
    .tp_basicsize = sizeof(PyContextVar),
    .tp_dealloc = var_dealloc,
    .tp_repr = slot<var_repr>,
    .tp_hash = var_hash,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = var_traverse,
    .tp_clear = var_clear,
    .tp_methods = var_methods,
    .tp_members = var_members,
    .tp_new = constructor<var_new_doc, var_new>::tp_new,
};
constinit PyTypeObject PyContextToken_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_contextvars.Token",
    .tp_basicsize = sizeof(PyContextToken),
    .tp_dealloc = token_dealloc,
    .tp_repr = slot<token_repr>,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = token_traverse,
    .tp_clear = token_clear,
    .tp_methods = token_methods,
    .tp_getset = token_getset,
    .tp_new = token_new,
};
