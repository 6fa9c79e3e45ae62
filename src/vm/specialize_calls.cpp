// Specialisation of calls.
#include "object/dict.h"
#include "object/str.h"
#include "object/type.h"
#include "vm/function.h"
#include "vm/specialize.h"

namespace taipan {

PyObject* len_function = nullptr;
PyObject* isinstance_function = nullptr;
PyObject* list_append_method = nullptr;

/// The PRECALL in front may have done the CALL's work as well: not with its new form.
static void separate_precall(CodeUnit* at) {
  CodeUnit* precall = at - 1 - cache_units(Opcode::PRECALL);
  if (opcode_of(*precall) == Opcode::PRECALL_PY_EXACT_ARGS) set_opcode(precall, Opcode::PRECALL_PYFUNC);
}

static void specialize_class_call(CodeUnit* at, PyTypeObject* type, Py_ssize_t nargs) {
  PyObject* init = inlinable_init(type);
  if (!init || !assign_version(type)) return not_specialized(at);
  auto* code = reinterpret_cast<PyCodeObject*>(reinterpret_cast<PyFunctionObject*>(init)->func_code);
  if (code->co_flags & (CO_VARARGS | CO_VARKEYWORDS) || code->co_kwonlyargcount || code->co_argcount != nargs + 1)
    return not_specialized(at);
  write_u32(at + 1 + CallCache::function_version, type->tp_version_tag);
  specialized_to(at, Opcode::CALL_CLASS);
}

void specialize_call(CodeUnit* at, PyObject* callable, Py_ssize_t nargs, bool has_self, PyObject* kwnames) {
  separate_precall(at);
  if (kwnames) return not_specialized(at);
  if (Py_TYPE(callable) == &PyType_Type && !has_self)
    return specialize_class_call(at, reinterpret_cast<PyTypeObject*>(callable), nargs);
  if (!is_plain_function(callable)) return not_specialized(at);
  auto* func = reinterpret_cast<PyFunctionObject*>(callable);
  auto* code = reinterpret_cast<PyCodeObject*>(func->func_code);
  constexpr int kKinds = CO_VARARGS | CO_VARKEYWORDS | CO_OPTIMIZED;
  if ((code->co_flags & kKinds) != CO_OPTIMIZED || code->co_kwonlyargcount) return not_specialized(at);
  uint32_t version = function_version(func);
  if (!version) return not_specialized(at);
  write_u32(at + 1 + CallCache::function_version, version);
  if (nargs == code->co_argcount) {
    CodeUnit* precall = at - 1 - cache_units(Opcode::PRECALL);
    if (opcode_of(*precall) == Opcode::PRECALL_PYFUNC) set_opcode(precall, Opcode::PRECALL_PY_EXACT_ARGS);
    return specialized_to(at, Opcode::CALL_PY_EXACT_ARGS);
  }
  Py_ssize_t ndefaults = func->func_defaults ? PyTuple_GET_SIZE(func->func_defaults) : 0;
  Py_ssize_t fewest = code->co_argcount - ndefaults;
  if (nargs > code->co_argcount || nargs < fewest || fewest < 0 || fewest > 0xffff) return not_specialized(at);
  at[1 + CallCache::fewest_arguments] = static_cast<CodeUnit>(fewest);
  specialized_to(at, Opcode::CALL_PY_WITH_DEFAULTS);
}

/// Is this the builtin function of that name? Then it is remembered in `known`.
static bool is_builtin(PyObject* callable, PyObject* name, std::string_view text, PyObject*& known) {
  if (known) return callable == known;
  PyObject* builtins = interpreter().builtins;
  if (!builtins || dict_find_name(builtins, name) != callable) return false;
  if (reinterpret_cast<PyCFunctionObject*>(callable)->m_ml->ml_name != text) return false;
  known = Py_NewRef(callable);
  return true;
}

static Opcode builtin_form(PyObject* callable, Py_ssize_t nargs, PyObject* kwnames) {
  constexpr int kKinds = METH_VARARGS | METH_FASTCALL | METH_NOARGS | METH_O | METH_KEYWORDS | METH_METHOD;
  switch (reinterpret_cast<PyCFunctionObject*>(callable)->m_ml->ml_flags & kKinds) {
    case METH_O:
      if (nargs != 1 || kwnames) break;
      return is_builtin(callable, "len"_name, "len", len_function) ? Opcode::PRECALL_NO_KW_LEN
                                                                   : Opcode::PRECALL_NO_KW_BUILTIN_O;
    case METH_FASTCALL:
      if (kwnames) break;
      if (nargs == 2 && is_builtin(callable, "isinstance"_name, "isinstance", isinstance_function))
        return Opcode::PRECALL_NO_KW_ISINSTANCE;
      return Opcode::PRECALL_NO_KW_BUILTIN_FAST;
    case METH_FASTCALL | METH_KEYWORDS: return Opcode::PRECALL_BUILTIN_FAST_WITH_KEYWORDS;
    default: break;
  }
  return Opcode::CACHE;
}

static Opcode method_form(const CodeUnit* at, PyObject* callable, Py_ssize_t nargs, PyObject* kwnames) {
  constexpr int kKinds = METH_VARARGS | METH_FASTCALL | METH_NOARGS | METH_O | METH_KEYWORDS | METH_METHOD;
  switch (reinterpret_cast<PyMethodDescrObject*>(callable)->d_method->ml_flags & kKinds) {
    case METH_NOARGS: return nargs == 1 && !kwnames ? Opcode::PRECALL_NO_KW_METHOD_DESCRIPTOR_NOARGS : Opcode::CACHE;
    case METH_O: {
      if (nargs != 2 || kwnames) return Opcode::CACHE;
      if (!list_append_method) list_append_method = Py_XNewRef(type_lookup(&PyList_Type, "append"_name));
      constexpr int kOverCall = 1 + cache_units(Opcode::PRECALL) + 1 + cache_units(Opcode::CALL);
      bool result_unused = opcode_of(at[kOverCall]) == Opcode::POP_TOP;
      return callable == list_append_method && result_unused ? Opcode::PRECALL_NO_KW_LIST_APPEND
                                                             : Opcode::PRECALL_NO_KW_METHOD_DESCRIPTOR_O;
    }
    case METH_FASTCALL: return kwnames ? Opcode::CACHE : Opcode::PRECALL_NO_KW_METHOD_DESCRIPTOR_FAST;
    case METH_FASTCALL | METH_KEYWORDS: return Opcode::PRECALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS;
    default: return Opcode::CACHE;
  }
}

static Opcode class_form(const CodeUnit* at, PyTypeObject* type, Py_ssize_t nargs, PyObject* kwnames) {
  constexpr int kOverCall = 1 + cache_units(Opcode::PRECALL) + 1 + cache_units(Opcode::CALL);
  if (type == &PySuper_Type && nargs == 0 && unspecialized(opcode_of(at[kOverCall])) == Opcode::LOAD_METHOD)
    return Opcode::PRECALL_SUPER__LOAD_METHOD;
  if (nargs == 1 && !kwnames) {
    if (type == &PyType_Type) return Opcode::PRECALL_NO_KW_TYPE_1;
    if (type == &PyUnicode_Type) return Opcode::PRECALL_NO_KW_STR_1;
    if (type == &PyTuple_Type) return Opcode::PRECALL_NO_KW_TUPLE_1;
  }
  return type->tp_vectorcall && Py_TYPE(type) == &PyType_Type ? Opcode::PRECALL_BUILTIN_CLASS : Opcode::CACHE;
}

void specialize_precall(CodeUnit* at, PyObject* callable, Py_ssize_t nargs, bool is_method, PyObject* kwnames) {
  // Forms that skip the CALL rely on its having no EXTENDED_ARG.
  if (nargs > 0xff) return not_specialized(at);
  Opcode form = Opcode::CACHE;
  PyTypeObject* type = Py_TYPE(callable);
  if (type == &PyFunction_Type) form = Opcode::PRECALL_PYFUNC;
  else if (type == &PyMethod_Type) form = is_method ? Opcode::CACHE : Opcode::PRECALL_BOUND_METHOD;
  else if (type == &PyCFunction_Type) form = builtin_form(callable, nargs, kwnames);
  else if (type == &PyMethodDescr_Type) form = method_form(at, callable, nargs, kwnames);
  else if (PyType_Check(callable)) form = class_form(at, reinterpret_cast<PyTypeObject*>(callable), nargs, kwnames);
  if (form == Opcode::CACHE) return not_specialized(at);
  specialized_to(at, form);
}

}  // namespace taipan
