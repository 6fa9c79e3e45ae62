// object.h, abstract.h: the object protocol: attributes, text, comparison, classes.
#include "capi/export.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"

using namespace taipan;

namespace {

/// A name given as C text, for the functions that take one.
Ref<> name_of(const char* text) { return new_interned(text); }
Ref<> name_of(_Py_Identifier* id) { return adopt(Py_XNewRef(_PyUnicode_FromId(id))); }

/// -1, 0: absent, 1: found.
int look_up(Result<Ref<>> found, PyObject** result) {
  *result = nullptr;
  if (!found) return -1;
  *result = found.take().release();
  return *result != nullptr;
}

Ref<> null_text() { return new_str("<NULL>"); }

}  // namespace

CAPI PyObject* PyObject_GetAttr(PyObject* o, PyObject* name) {
  if (!PyUnicode_Check(name)) return raise(PyExc_TypeError, "attribute name must be string, not '{}'", clip(type_name(name), 200));
  return get_attr(o, name).release();
}
CAPI PyObject* PyObject_GetAttrString(PyObject* o, const char* text) {
  Ref<> name = name_of(text);
  return name ? get_attr(o, name.get()).release() : nullptr;
}
CAPI int PyObject_SetAttr(PyObject* o, PyObject* name, PyObject* value) {
  if (!PyUnicode_Check(name)) {
    raise(PyExc_TypeError, "attribute name must be string, not '{}'", clip(type_name(name), 200));
    return -1;
  }
  return set_attr(o, name, value).to_c();
}
CAPI int PyObject_SetAttrString(PyObject* o, const char* text, PyObject* value) {
  Ref<> name = name_of(text);
  return name ? set_attr(o, name.get(), value).to_c() : -1;
}
CAPI int PyObject_HasAttr(PyObject* o, PyObject* name) {
  Result<bool> has = has_attr(o, name);
  if (!has) clear_error();
  return has && *has;
}
CAPI int PyObject_HasAttrString(PyObject* o, const char* text) {
  Ref<> name = name_of(text);
  if (name) return PyObject_HasAttr(o, name.get());
  clear_error();
  return 0;
}
CAPI int _PyObject_LookupAttr(PyObject* o, PyObject* name, PyObject** result) { return look_up(find_attr(o, name), result); }
CAPI int _PyObject_LookupAttrId(PyObject* o, _Py_Identifier* id, PyObject** result) {
  Ref<> name = name_of(id);
  if (name) return look_up(find_attr(o, name.get()), result);
  *result = nullptr;
  return -1;
}
CAPI PyObject* _PyObject_GetAttrId(PyObject* o, _Py_Identifier* id) {
  Ref<> name = name_of(id);
  return name ? get_attr(o, name.get()).release() : nullptr;
}
CAPI int _PyObject_SetAttrId(PyObject* o, _Py_Identifier* id, PyObject* value) {
  Ref<> name = name_of(id);
  return name ? set_attr(o, name.get(), value).to_c() : -1;
}
CAPI PyObject* _PyObject_LookupSpecialId(PyObject* o, _Py_Identifier* id) {
  Ref<> name = name_of(id);
  if (!name) return nullptr;
  Result<Ref<>> found = lookup_special(o, name.get());
  return found ? found.take().release() : nullptr;
}
CAPI int _PyObject_GetMethod(PyObject* o, PyObject* name, PyObject** method) {
  Result<MethodLookup> found = get_method(o, name);
  *method = nullptr;
  if (!found) return 0;
  MethodLookup lookup = found.take();
  *method = lookup.callable.release();
  return lookup.unbound;
}
CAPI PyObject** _PyObject_GetDictPtr(PyObject* o) {
  return has_feature(Py_TYPE(o), Py_TPFLAGS_MANAGED_DICT) ? exposed_dict_slot(o) : dict_slot(o);
}
CAPI PyObject* PyObject_GenericGetDict(PyObject* o, void* context) { return get_dict_attribute(o, context).release(); }
CAPI int PyObject_GenericSetDict(PyObject* o, PyObject* value, void* context) { return set_dict_attribute(o, value, context).to_c(); }
CAPI PyObject* _PyObject_GenericGetAttrWithDict(PyObject* o, PyObject* name, PyObject* dict, int suppress) {
  if (!dict) {
    Ref<> value = generic_get_attr(o, name);
    if (!value && suppress) clear_error_if(PyExc_AttributeError);
    return value.release();
  }
  PyObject* in_type = type_lookup(Py_TYPE(o), name);
  if (in_type && Py_TYPE(in_type)->tp_descr_get && Py_TYPE(in_type)->tp_descr_set)
    return Py_TYPE(in_type)->tp_descr_get(in_type, o, object(Py_TYPE(o)));
  Result<PyObject*> own = dict_find(dict, name);
  if (!own) return nullptr;
  if (*own) return Py_NewRef(*own);
  if (in_type && Py_TYPE(in_type)->tp_descr_get) return Py_TYPE(in_type)->tp_descr_get(in_type, o, object(Py_TYPE(o)));
  if (in_type) return Py_NewRef(in_type);
  if (!suppress)
    raise(PyExc_AttributeError, "'{}' object has no attribute '{}'", clip(type_name(o), 50), as_str(name));
  return nullptr;
}
CAPI int _PyObject_GenericSetAttrWithDict(PyObject* o, PyObject* name, PyObject* value, PyObject* dict) {
  if (!dict) return generic_set_attr(o, name, value).to_c();
  PyObject* in_type = type_lookup(Py_TYPE(o), name);
  if (in_type && Py_TYPE(in_type)->tp_descr_set) return Py_TYPE(in_type)->tp_descr_set(in_type, o, value);
  if (value) return dict_set(dict, name, value).to_c();
  Result<bool> removed = dict_remove(dict, name);
  if (!removed) return -1;
  if (*removed) return 0;
  raise_value(PyExc_AttributeError, name);
  return -1;
}

CAPI PyObject* PyObject_Repr(PyObject* o) { return o ? repr(o).release() : null_text().release(); }
CAPI PyObject* PyObject_Str(PyObject* o) { return o ? to_str(o).release() : null_text().release(); }
CAPI PyObject* PyObject_ASCII(PyObject* o) { return o ? to_ascii(o).release() : null_text().release(); }
CAPI PyObject* PyObject_Format(PyObject* o, PyObject* spec) {
  if (spec && !PyUnicode_Check(spec)) return raise(PyExc_SystemError, "Format specifier must be a string, not {}", clip(type_name(spec), 200));
  return format(o, spec).release();
}
CAPI PyObject* PyObject_Dir(PyObject* o) { return dir(o).release(); }
CAPI int PyObject_IsTrue(PyObject* o) { return to_c(is_true(o)); }
CAPI int PyObject_Not(PyObject* o) {
  int r = to_c(is_true(o));
  return r < 0 ? r : !r;
}
CAPI Py_hash_t PyObject_Hash(PyObject* o) {
  Result<Py_hash_t> h = hash(o);
  return h ? *h : -1;
}
CAPI PyObject* PyObject_RichCompare(PyObject* a, PyObject* b, int op) {
  if (a && b) return compare(a, b, op).release();
  if (!pending_error()) raise_internal("bad argument to internal function");
  return nullptr;
}
CAPI int PyObject_RichCompareBool(PyObject* a, PyObject* b, int op) { return to_c(compare_bool(a, b, op)); }
CAPI int PyObject_IsInstance(PyObject* o, PyObject* cls) { return to_c(is_instance(o, cls)); }
CAPI int PyObject_IsSubclass(PyObject* derived, PyObject* cls) { return to_c(is_subclass(derived, cls)); }
CAPI int _PyObject_RealIsInstance(PyObject* o, PyObject* cls) { return to_c(type_instance_check(cls, o)); }
CAPI int _PyObject_RealIsSubclass(PyObject* derived, PyObject* cls) { return to_c(type_subclass_check(cls, derived)); }
CAPI int PyCallable_Check(PyObject* o) { return o && is_callable(o); }
CAPI PyObject* PyObject_Type(PyObject* o) { return o ? Py_NewRef(object(Py_TYPE(o))) : raise_internal("null argument to internal routine"); }
CAPI PyObject* _PyObject_FunctionStr(PyObject* o) {
  Result<Ref<>> qualname = find_attr(o, "__qualname__"_name);
  if (!qualname) return nullptr;
  if (!*qualname) return to_str(o).release();
  Result<Ref<>> module = find_attr(o, "__module__"_name);
  if (!module) return nullptr;
  if (*module && PyUnicode_Check((*module).get()) && !str_equal((*module).get(), "builtins"))
    return format_str("{}.{}()", as_str((*module).get()), as_str((*qualname).get())).release();
  return format_str("{}()", as_str((*qualname).get())).release();
}

CAPI Py_ssize_t PyObject_Size(PyObject* o) {
  Result<Py_ssize_t> n = length(o);
  return n ? *n : -1;
}
#undef PyObject_Length
CAPI Py_ssize_t PyObject_Length(PyObject* o) { return PyObject_Size(o); }
CAPI Py_ssize_t PyObject_LengthHint(PyObject* o, Py_ssize_t otherwise) {
  Result<Py_ssize_t> n = length_hint(o, otherwise);
  return n ? *n : -1;
}
CAPI PyObject* PyObject_GetItem(PyObject* o, PyObject* key) { return get_item(o, key).release(); }
CAPI int PyObject_SetItem(PyObject* o, PyObject* key, PyObject* value) { return set_item(o, key, value).to_c(); }
CAPI int PyObject_DelItem(PyObject* o, PyObject* key) { return del_item(o, key).to_c(); }
CAPI int PyObject_DelItemString(PyObject* o, const char* text) {
  Ref<> key = new_str(text);
  return key ? del_item(o, key.get()).to_c() : -1;
}
CAPI PyObject* PyObject_GetIter(PyObject* o) { return iterate(o).release(); }
CAPI PyObject* PyObject_GetAIter(PyObject* o) {
  PyAsyncMethods* async = Py_TYPE(o)->tp_as_async;
  if (!async || !async->am_aiter)
    return raise(PyExc_TypeError, "'{}' object is not an async iterable", clip(type_name(o), 200));
  Ref<> it = adopt(async->am_aiter(o));
  if (!it || PyAIter_Check(it.get())) return it.release();
  return raise(PyExc_TypeError, "aiter() returned not an async iterator of type '{}'", clip(type_name(it.get()), 100));
}
CAPI int PyIter_Check(PyObject* o) { return is_iterator(o); }
CAPI int PyAIter_Check(PyObject* o) { return Py_TYPE(o)->tp_as_async && Py_TYPE(o)->tp_as_async->am_anext; }
CAPI PyObject* PyIter_Next(PyObject* it) {
  Result<Ref<>> item = next(it);
  return item ? item.take().release() : nullptr;
}

CAPI int PyObject_AsFileDescriptor(PyObject* o) {
  Ref<> number = PyLong_Check(o) ? share(o) : Ref<>();
  if (!number) {
    Result<Ref<>> method = find_attr(o, "fileno"_name);
    if (!method) return -1;
    if (!*method) {
      raise(PyExc_TypeError, "argument must be an int, or have a fileno() method.");
      return -1;
    }
    number = call((*method).get());
    if (!number) return -1;
    if (!PyLong_Check(number.get())) {
      raise(PyExc_TypeError, "fileno() returned a non-integer");
      return -1;
    }
  }
  int fd = _PyLong_AsInt(number.get());
  if (fd == -1 && pending_error()) return -1;
  if (fd < 0) {
    raise(PyExc_ValueError, "file descriptor cannot be a negative integer ({})", fd);
    return -1;
  }
  return fd;
}

CAPI int PyObject_Print(PyObject* o, FILE* file, int flags) {
  Ref<> text = !o ? null_text() : flags & Py_PRINT_RAW ? to_str(o) : repr(o);
  if (!text) return -1;
  std::string_view bytes = utf8_or_question(text.get());
  if (fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size()) return 0;
  raise_os_error(errno);
  clearerr(file);
  return -1;
}
CAPI int _PyObject_IsFreed(PyObject* o) { return !o || !Py_TYPE(o); }
CAPI void _PyObject_Dump(PyObject* o) {
  fprintf(stderr, "object address  : %p\n", static_cast<void*>(o));
  if (!o) return;
  fprintf(stderr, "object refcount : %zd\nobject type     : %p\nobject type name: %s\n", Py_REFCNT(o), static_cast<void*>(Py_TYPE(o)),
          type_name(o));
}

#undef Py_Is
#undef Py_IsNone
#undef Py_IsTrue
#undef Py_IsFalse
#undef Py_NewRef
#undef Py_XNewRef
CAPI int Py_Is(PyObject* a, PyObject* b) { return a == b; }
CAPI int Py_IsNone(PyObject* o) { return o == Py_None; }
CAPI int Py_IsTrue(PyObject* o) { return o == Py_True; }
CAPI int Py_IsFalse(PyObject* o) { return o == Py_False; }
CAPI void Py_IncRef(PyObject* o) { Py_XINCREF(o); }
CAPI void Py_DecRef(PyObject* o) { Py_XDECREF(o); }
CAPI void _Py_IncRef(PyObject* o) { Py_INCREF(o); }
CAPI void _Py_DecRef(PyObject* o) { Py_DECREF(o); }
CAPI PyObject* Py_NewRef(PyObject* o) {
  Py_INCREF(o);
  return o;
}
CAPI PyObject* Py_XNewRef(PyObject* o) {
  Py_XINCREF(o);
  return o;
}
CAPI void _Py_NewReference(PyObject* o) { Py_SET_REFCNT(o, 1); }
