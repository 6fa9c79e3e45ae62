// BaseException, and the type objects of the whole hierarchy from the rows of exceptions.def.
#include "object/exceptions.h"

#include <Python.h>
#include <structmember.h>

#include "object/bind.h"
#include "object/dict.h"
#include "object/gc.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"

namespace taipan::exceptions {

// -- life -----------------------------------------------------------------------------------

PyObject* base_new(PyTypeObject* type, PyObject* args, PyObject*) {
  PyObject* self = type->tp_alloc(type, 0);  // zeroed
  if (!self) return nullptr;
  reinterpret_cast<Exception*>(self)->args = Py_NewRef(args ? args : empty_tuple());
  return self;
}

int base_init(PyObject* self, PyObject* args, PyObject* kwargs) {
  if (!check_no_keywords_dict(type_name(self), kwargs)) return -1;
  replace_field(reinterpret_cast<Exception*>(self)->args, share(args));
  return 0;
}

// Exceptions of the plain layout whose class is built in: one tuple, one object, no dict of
// keywords.
static PyObject* base_vectorcall(PyObject* type, PyObject* const* args, size_t nargsf,
                                 PyObject* kwnames) {
  auto* t = reinterpret_cast<PyTypeObject*>(type);
  if (!check_no_keywords(t->tp_name, kwnames)) return nullptr;
  Py_ssize_t n = PyVectorcall_NARGS(nargsf);
  Ref<> tuple = n ? tuple_of(args, n) : share(empty_tuple());
  return tuple ? base_new(t, tuple.get(), nullptr) : nullptr;
}

int visit_head(PyObject* self, visitproc visit, void* arg) {
  auto& x = *reinterpret_cast<Exception*>(self);
  for (PyObject* o : {x.dict, x.args, x.notes, x.traceback, x.cause, x.context}) Py_VISIT(o);
  return 0;
}

void clear_head(PyObject* self) {
  auto& x = *reinterpret_cast<Exception*>(self);
  clear_field(x.dict);
  clear_field(x.args);
  clear_field(x.notes);
  clear_field(x.traceback);
  clear_field(x.cause);
  clear_field(x.context);
}

void dealloc_with(PyObject* self, destructor own, inquiry clear) {
  gc_untrack(self);
  // Called for a subclass's instance, its dealloc has already begun: it must not be put aside any
  // more.
  if (Py_TYPE(self)->tp_dealloc != own) {
    clear(self);
    Py_TYPE(self)->tp_free(self);
    return;
  }
  if (TrashGuard guard{self}; guard) {
    clear(self);
    Py_TYPE(self)->tp_free(self);
  }
}

// -- text -----------------------------------------------------------------------------------

PyObject* base_str(PyObject* self) {
  PyObject* args = reinterpret_cast<Exception*>(self)->args;
  switch (tuple_size(args)) {
    case 0:
      return Py_NewRef(empty_str());
    case 1:
      return to_str(item(args, 0)).release();
    default:
      return to_str(args).release();
  }
}

static Ref<> base_repr(PyObject* self) {
  PyObject* args = reinterpret_cast<Exception*>(self)->args;
  const char* name = short_name(Py_TYPE(self));
  if (tuple_size(args) == 1) return format_str("{}({})", name, as_repr(item(args, 0)));
  return format_str("{}{}", name, as_repr(args));
}

PyObject* key_error_str(PyObject* self) {
  // A message that is a key of str type would otherwise be indistinguishable from words.
  PyObject* args = reinterpret_cast<Exception*>(self)->args;
  if (tuple_size(args) == 1) return repr(item(args, 0)).release();
  return base_str(self);
}

// -- methods --------------------------------------------------------------------------------

Ref<> reduce_to(PyObject* self, PyObject* args, PyObject* state) {
  PyObject* type = object(Py_TYPE(self));
  return state ? tuple_of({type, args, state}) : tuple_of({type, args});
}

static constexpr char reduce_doc[] = "__reduce__($self, /)\n--\n\nState for pickle.";
static Ref<> reduce(PyObject* self) {
  auto& x = *reinterpret_cast<Exception*>(self);
  return reduce_to(self, x.args, x.dict);
}

static constexpr char setstate_doc[] =
    "__setstate__($self, state, /)\n--\n\nSets the attributes that a dict names.";
static Status setstate(PyObject* self, PyObject* state) {
  if (state == Py_None) return {};
  if (!PyDict_Check(state)) return raise(PyExc_TypeError, "state is not a dictionary");
  Py_ssize_t position = 0;
  PyObject *key, *value;
  while (dict_next(state, &position, &key, &value)) {
    Ref<> k = share(key), v = share(value);
    TRY(set_attr(self, k.get(), v.get()));
  }
  return {};
}

static Status set_traceback(PyObject* self, PyObject* tb) {
  if (!tb) return raise(PyExc_TypeError, "__traceback__ may not be deleted");
  if (tb != Py_None && !is_exact(tb, &PyTraceBack_Type))
    return raise(PyExc_TypeError, "__traceback__ must be a traceback or None");
  replace_field(reinterpret_cast<Exception*>(self)->traceback, tb == Py_None ? Ref<>() : share(tb));
  return {};
}

static constexpr char with_traceback_doc[] =
    "with_traceback($self, tb, /)\n--\n\nReplaces the traceback and returns the exception itself.";
static Ref<> with_traceback(PyObject* self, PyObject* tb) {
  TRY(set_traceback(self, tb));
  return share(self);
}

static constexpr char add_note_doc[] =
    "add_note($self, note, /)\n--\n\nAdds a text that tracebacks show below the message.";
static Status add_note(PyObject* self, PyObject* note) {
  if (!PyUnicode_Check(note))
    return raise(PyExc_TypeError, "note must be a str, not '{}'", type_name(note));
  Ref<> notes = TRY(find_attr(self, "__notes__"_name));
  if (!notes) {
    notes = TRY(new_list());
    TRY(set_attr(self, "__notes__"_name, notes.get()));
  }
  if (!PyList_Check(notes.get()))
    return raise(PyExc_TypeError, "Cannot add note: __notes__ is not a list");
  return list_append(notes.get(), note);
}

static constinit PyMethodDef base_methods[] = {
    method<reduce_doc, reduce>,
    method<setstate_doc, setstate>,
    method<with_traceback_doc, with_traceback>,
    method<add_note_doc, add_note>,
    {},
};

// -- attributes -----------------------------------------------------------------------------

static Ref<> get_dict(PyObject* self, void*) { return get_instance_dict(self); }
static Status set_dict(PyObject* self, PyObject* value, void*) {
  if (!value) return raise(PyExc_TypeError, "cannot delete __dict__");
  if (!PyDict_Check(value))
    return raise(PyExc_TypeError, "__dict__ must be set to a dictionary, not a '{}'",
                 type_name(value));
  replace_field(reinterpret_cast<Exception*>(self)->dict, share(value));
  return {};
}

static Ref<> get_args(PyObject* self, void*) {
  PyObject* args = reinterpret_cast<Exception*>(self)->args;
  return args ? share(args) : none();
}
static Status set_args(PyObject* self, PyObject* value, void*) {
  if (!value) return raise(PyExc_TypeError, "args may not be deleted");
  replace_field(reinterpret_cast<Exception*>(self)->args, TRY(to_tuple(value)));
  return {};
}

static Ref<> get_traceback(PyObject* self, void*) {
  PyObject* tb = reinterpret_cast<Exception*>(self)->traceback;
  return tb ? share(tb) : none();
}
static Status set_traceback_attribute(PyObject* self, PyObject* value, void*) {
  return set_traceback(self, value);
}

static Ref<> get_context(PyObject* self, void*) {
  PyObject* o = reinterpret_cast<Exception*>(self)->context;
  return o ? share(o) : none();
}
static Status set_context(PyObject* self, PyObject* value, void*) {
  if (!value) return raise(PyExc_TypeError, "__context__ may not be deleted");
  if (value != Py_None && !is_exception(value))
    return raise(PyExc_TypeError, "exception context must be None or derive from BaseException");
  replace_field(reinterpret_cast<Exception*>(self)->context,
                value == Py_None ? Ref<>() : share(value));
  return {};
}

static Ref<> get_cause(PyObject* self, void*) {
  PyObject* o = reinterpret_cast<Exception*>(self)->cause;
  return o ? share(o) : none();
}
static Status set_cause(PyObject* self, PyObject* value, void*) {
  if (!value) return raise(PyExc_TypeError, "__cause__ may not be deleted");
  if (value != Py_None && !is_exception(value))
    return raise(PyExc_TypeError, "exception cause must be None or derive from BaseException");
  auto& x = *reinterpret_cast<Exception*>(self);
  x.suppress_context = 1;
  replace_field(x.cause, value == Py_None ? Ref<>() : share(value));
  return {};
}

static constinit PyGetSetDef base_getset[] = {
    {"__dict__", slot<get_dict>, slot<set_dict>},
    {"args", slot<get_args>, slot<set_args>},
    {"__traceback__", slot<get_traceback>, slot<set_traceback_attribute>},
    {"__context__", slot<get_context>, slot<set_context>, "exception context"},
    {"__cause__", slot<get_cause>, slot<set_cause>, "exception cause"},
    {},
};

static constinit PyMemberDef base_members[] = {
    {"__suppress_context__", T_BOOL, offsetof(Exception, suppress_context)},
    {},
};

// -- helpers of the other layouts -----------------------------------------------------------

Status bind_keyword_only(PyObject* kwargs, const char* function,
                         std::initializer_list<const char*> names, PyObject** values) {
  if (!kwargs) return {};
  auto most = static_cast<Py_ssize_t>(names.size());
  if (dict_size(kwargs) > most)
    return raise(PyExc_TypeError, "{}() takes at most {} keyword argument{} ({} given)", function, most,
                 most == 1 ? "" : "s", dict_size(kwargs));
  Py_ssize_t position = 0;
  PyObject *key, *value;
  while (dict_next(kwargs, &position, &key, &value)) {
    if (!PyUnicode_Check(key)) return raise(PyExc_TypeError, "keywords must be strings");
    size_t i = 0;
    for (const char* name : names) {
      if (str_equal(key, name)) break;
      i++;
    }
    if (i == names.size())
      return raise(PyExc_TypeError, "'{}' is an invalid keyword argument for {}()", as_str(key),
                   function);
    values[i] = value;
  }
  return {};
}

Status check_argument_count(std::string_view function, Py_ssize_t n, Py_ssize_t low,
                            Py_ssize_t high) {
  if (low <= n && n <= high) return {};
  Py_ssize_t bound = n < low ? low : high;
  const char* how = low == high ? "exactly" : n < low ? "at least" : "at most";
  return raise(PyExc_TypeError, "{} takes {} {} argument{} ({} given)", function, how, bound,
               bound == 1 ? "" : "s", n);
}

// -- the reserve of MemoryErrors ------------------------------------------------------------

constexpr int kSpareCount = 16;
static PyObject* spares[kSpareCount];
static int spare_count = 0;

using MemoryErrorLayout = Layout<Exception>;
static void memory_error_dealloc(PyObject* self) {
  if (Py_TYPE(self) != reinterpret_cast<PyTypeObject*>(PyExc_MemoryError)) {
    MemoryErrorLayout::dealloc(self);
    return;
  }
  gc_untrack(self);
  MemoryErrorLayout::clear(self);
  if (spare_count < kSpareCount)
    spares[spare_count++] = self;
  else
    Py_TYPE(self)->tp_free(self);
}

PyObject* memory_error_new(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  if (object(type) != PyExc_MemoryError || !spare_count) return base_new(type, args, kwargs);
  PyObject* self = take_spare_memory_error();
  replace_field(reinterpret_cast<Exception*>(self)->args, share(args ? args : empty_tuple()));
  return self;
}

// -- the types ------------------------------------------------------------------------------

using Base = Layout<Exception>;
constexpr Kind kind_base{Base::size,  Base::dealloc, Base::traverse,
                         Base::clear, base_init,     base_new};
constexpr Kind kind_memory_error{Base::size, memory_error_dealloc, Base::traverse, Base::clear,
                                 base_init,  memory_error_new};
constexpr Kind kind_key_error{Base::size, Base::dealloc, Base::traverse, Base::clear,
                              base_init,  nullptr,       key_error_str};

template <class L>
constexpr Kind kind_of(initproc init, newfunc make, reprfunc str, PyMemberDef* members,
                       PyMethodDef* methods = nullptr, PyGetSetDef* getset = nullptr) {
  return {L::size, L::dealloc, L::traverse, L::clear, init, make, str, members, methods, getset};
}
using SE = PySyntaxErrorObject;
constexpr Kind kind_syntax_error =
    kind_of<Layout<SE, &SE::msg, &SE::filename, &SE::lineno, &SE::offset, &SE::end_lineno,
                   &SE::end_offset, &SE::text, &SE::print_file_and_line>>(
        syntax_error_init, nullptr, syntax_error_str, syntax_error_members);
using IE = PyImportErrorObject;
constexpr Kind kind_import_error = kind_of<Layout<IE, &IE::msg, &IE::name, &IE::path>>(
    import_error_init, nullptr, import_error_str, import_error_members, import_error_methods);
using NE = PyNameErrorObject;
constexpr Kind kind_name_error =
    kind_of<Layout<NE, &NE::name>>(name_error_init, nullptr, base_str, name_error_members);
using AE = PyAttributeErrorObject;
constexpr Kind kind_attribute_error = kind_of<Layout<AE, &AE::obj, &AE::name>>(
    attribute_error_init, nullptr, base_str, attribute_error_members);
using SI = PyStopIterationObject;
constexpr Kind kind_stop_iteration =
    kind_of<Layout<SI, &SI::value>>(stop_iteration_init, nullptr, nullptr, stop_iteration_members);
using SX = PySystemExitObject;
constexpr Kind kind_system_exit =
    kind_of<Layout<SX, &SX::code>>(system_exit_init, nullptr, nullptr, system_exit_members);
using UE = PyUnicodeErrorObject;
using UnicodeLayout = Layout<UE, &UE::encoding, &UE::object, &UE::reason>;
constexpr Kind kind_unicode_encode_error = kind_of<UnicodeLayout>(
    unicode_encode_error_init, base_new, unicode_encode_error_str, unicode_encode_error_members);
constexpr Kind kind_unicode_decode_error = kind_of<UnicodeLayout>(
    unicode_decode_error_init, base_new, unicode_decode_error_str, unicode_decode_error_members);
constexpr Kind kind_unicode_translate_error =
    kind_of<UnicodeLayout>(unicode_translate_error_init, base_new, unicode_translate_error_str,
                           unicode_translate_error_members);
using OE = PyOSErrorObject;
constexpr Kind kind_os_error =
    kind_of<Layout<OE, &OE::myerrno, &OE::strerror, &OE::filename, &OE::filename2>>(
        os_error_init, os_error_new, os_error_str, os_error_members, os_error_methods,
        os_error_getset);
using GE = PyBaseExceptionGroupObject;
constexpr Kind kind_group = kind_of<Layout<GE, &GE::msg, &GE::excs>>(
    group_init, group_new, group_str, group_members, group_methods);

enum class Form { own, plain, derived };

constexpr PyTypeObject type_object(const char* name, PyTypeObject* base, const Kind& kind,
                                   Form form, const char* doc) {
  PyTypeObject t{};
  t.ob_base = kStaticTypeHead;
  t.tp_name = name;
  t.tp_basicsize = kind.size;
  t.tp_dealloc = kind.dealloc;
  t.tp_flags =
      Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASE_EXC_SUBCLASS;
  t.tp_doc = doc;
  t.tp_traverse = kind.traverse;
  t.tp_clear = kind.clear;
  t.tp_base = base;
  t.tp_dictoffset = offsetof(Exception, dict);
  t.tp_init = kind.init;
  t.tp_free = gc_free;
  if (form != Form::derived) t.tp_new = kind.make;
  if (form == Form::own || kind.str == key_error_str) {
    t.tp_str = kind.str;
    t.tp_members = kind.members;
    t.tp_methods = kind.methods;
    t.tp_getset = kind.getset;
  }
  if (form == Form::plain && kind.make == base_new) t.tp_vectorcall = base_vectorcall;
  return t;
}

constexpr PyTypeObject base_exception_type() {
  PyTypeObject t =
      type_object("BaseException", nullptr, kind_base, Form::plain, "The root of all exceptions.");
  t.tp_repr = slot<base_repr>;
  t.tp_str = base_str;
  t.tp_getattro = PyObject_GenericGetAttr;
  t.tp_setattro = PyObject_GenericSetAttr;
  t.tp_methods = base_methods;
  t.tp_members = base_members;
  t.tp_getset = base_getset;
  return t;
}

}  // namespace taipan::exceptions

using namespace taipan::exceptions;

constinit PyTypeObject _PyExc_BaseException = base_exception_type();
#define EXC(name, base, kind, form, doc) extern PyTypeObject _PyExc_##name;
#include "object/exceptions.def"
#undef EXC
#define EXC(name, base, kind, form, doc) \
  constinit PyTypeObject _PyExc_##name = \
      type_object(#name, &_PyExc_##base, kind_##kind, Form::form, doc);
#include "object/exceptions.def"
#undef EXC

constinit PyObject* PyExc_BaseException =
    __builtin_constant_p(1) ? (PyObject*)&_PyExc_BaseException : nullptr;
#define EXC(name, base, kind, form, doc) \
  constinit PyObject* PyExc_##name = __builtin_constant_p(1) ? (PyObject*)&_PyExc_##name : nullptr;
#include "object/exceptions.def"
#undef EXC
constinit PyObject* PyExc_EnvironmentError =
    __builtin_constant_p(1) ? (PyObject*)&_PyExc_OSError : nullptr;
constinit PyObject* PyExc_IOError = __builtin_constant_p(1) ? (PyObject*)&_PyExc_OSError : nullptr;

namespace taipan {

PyTypeObject* const exception_types[] = {
    &_PyExc_BaseException,
#define EXC(name, base, kind, form, doc) &_PyExc_##name,
#include "object/exceptions.def"
#undef EXC
};
const size_t exception_type_count = std::size(exception_types);

PyObject* take_spare_memory_error() {
  using exceptions::spare_count;
  if (!spare_count) return nullptr;
  PyObject* self = exceptions::spares[--spare_count];
  Py_SET_REFCNT(self, 1);
  auto& x = *reinterpret_cast<Exception*>(self);
  x.suppress_context = 0;
  x.args = Py_NewRef(empty_tuple());
  gc_track(self);
  return self;
}

Status start_exceptions() {
  PyObject* made[exceptions::kSpareCount];
  auto* type = reinterpret_cast<PyTypeObject*>(PyExc_MemoryError);
  for (PyObject*& o : made) {
    o = exceptions::base_new(type, nullptr, nullptr);
    if (!o) return Raised{};
  }
  for (PyObject* o : made) Py_DECREF(o);  // their dealloc keeps them in the reserve
  return exceptions::make_exception_group_type();
}

void stop_exceptions() {
  using exceptions::spare_count;
  while (spare_count) gc_free(exceptions::spares[--spare_count]);
  exceptions::drop_exception_group_type();
}

}  // namespace taipan
