// ceval.h, pythonrun.h, code.h, funcobject.h, methodobject.h, marshal.h, sysmodule.h: code, what holds it, running it.
#include <cstdarg>
#include <cstdio>
#include <cstring>

#include "capi/export.h"
#include "object/bind.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/hooks.h"
#include "object/int.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "runtime/audit.h"
#include "runtime/import.h"
#include "runtime/lifecycle.h"
#include "runtime/marshal.h"
#include "runtime/source.h"
#include "types/code.h"
#include "vm/tracing.h"
#include "vm/vm.h"

using namespace taipan;

// -- code, functions, methods --
CAPI PyObject* PyCode_GetCode(PyCodeObject* code) { return lower(code_bytes(code)); }
CAPI PyObject* PyCode_GetVarnames(PyCodeObject* code) { return lower(code_varnames(code)); }
CAPI PyObject* PyCode_GetCellvars(PyCodeObject* code) { return lower(code_cellvars(code)); }
CAPI PyObject* PyCode_GetFreevars(PyCodeObject* code) { return lower(code_freevars(code)); }
CAPI int PyCode_Addr2Line(PyCodeObject* code, int offset) { return code_line(code, offset); }
CAPI PyCodeObject* PyCode_NewEmpty(const char* file, const char* function, int line) {
  return new_empty_code(file, function, line).release();
}
CAPI PyObject* PyFunction_New(PyObject* code, PyObject* globals) { return lower(new_function(code, globals)); }
CAPI PyObject* PyFunction_NewWithQualName(PyObject* code, PyObject* globals, PyObject* name) { return lower(new_function(code, globals, name)); }
namespace {
PyFunctionObject* function_of(PyObject* o) {
  if (PyFunction_Check(o)) return reinterpret_cast<PyFunctionObject*>(o);
  raise_internal("bad argument to internal function");
  return nullptr;
}
}  // namespace
#define FUNCTION_FIELD(NAME, FIELD)                       \
  CAPI PyObject* PyFunction_##NAME(PyObject* o) {         \
    PyFunctionObject* f = function_of(o);                 \
    return f ? f->FIELD : nullptr;                        \
  }
FUNCTION_FIELD(GetCode, func_code) FUNCTION_FIELD(GetGlobals, func_globals) FUNCTION_FIELD(GetModule, func_module)
FUNCTION_FIELD(GetDefaults, func_defaults) FUNCTION_FIELD(GetKwDefaults, func_kwdefaults)
FUNCTION_FIELD(GetClosure, func_closure) FUNCTION_FIELD(GetAnnotations, func_annotations)
#undef FUNCTION_FIELD
CAPI PyObject* PyMethod_New(PyObject* function, PyObject* self) { return lower(new_method(function, self)); }
CAPI PyObject* PyMethod_Function(PyObject* o) { return reinterpret_cast<PyMethodObject*>(o)->im_func; }
CAPI PyObject* PyMethod_Self(PyObject* o) { return reinterpret_cast<PyMethodObject*>(o)->im_self; }
CAPI PyObject* PyInstanceMethod_New(PyObject* function) { return lower(new_instance_method(function)); }
CAPI PyObject* PyStaticMethod_New(PyObject* callable) { return lower(new_static_method(callable)); }
CAPI PyObject* PyClassMethod_New(PyObject* callable) { return lower(new_class_method(callable)); }
CAPI PyObject* PyCell_New(PyObject* content) { return lower(new_cell(content)); }
CAPI PyObject* PyCMethod_New(PyMethodDef* row, PyObject* self, PyObject* module, PyTypeObject* cls) {
  bool wants_class = row->ml_flags & METH_METHOD;
  if (wants_class && !cls) {
    raise(PyExc_SystemError, "attempting to create PyCMethod with a METH_METHOD flag but no class");
    return nullptr;
  }
  if (!wants_class && cls) {
    raise(PyExc_SystemError, "attempting to create PyCFunction with class but no METH_METHOD flag");
    return nullptr;
  }
  return lower(new_builtin(row, self, module, cls));
}
#undef PyCFunction_New
#undef PyCFunction_NewEx
CAPI PyObject* PyCFunction_NewEx(PyMethodDef* row, PyObject* self, PyObject* module) { return PyCMethod_New(row, self, module, nullptr); }
CAPI PyObject* PyCFunction_New(PyMethodDef* row, PyObject* self) { return PyCMethod_New(row, self, nullptr, nullptr); }
CAPI PyCFunction PyCFunction_GetFunction(PyObject* o) { return reinterpret_cast<PyCFunctionObject*>(o)->m_ml->ml_meth; }
CAPI PyObject* PyCFunction_GetSelf(PyObject* o) {
  auto* f = reinterpret_cast<PyCFunctionObject*>(o);
  return f->m_ml->ml_flags & METH_STATIC ? nullptr : f->m_self;
}
CAPI int PyCFunction_GetFlags(PyObject* o) { return reinterpret_cast<PyCFunctionObject*>(o)->m_ml->ml_flags; }

// -- running --
CAPI PyObject* PyEval_EvalCode(PyObject* code, PyObject* globals, PyObject* locals) {
  return lower(eval_code(*reinterpret_cast<Code*>(code), globals, locals));
}
CAPI PyObject* PyEval_EvalCodeEx(PyObject* code, PyObject* globals, PyObject* locals, PyObject* const* args, int nargs,
                                 PyObject* const* kwargs, int nkw, PyObject* const* defaults, int ndefaults,
                                 PyObject* kwdefaults, PyObject* closure) {
  return lower(eval_code_ex(*reinterpret_cast<Code*>(code), globals, locals, args, nargs, kwargs, nkw, defaults, ndefaults, kwdefaults, closure));
}
CAPI PyObject* PyEval_GetBuiltins() { return current_builtins(); }
CAPI PyObject* PyEval_GetGlobals() { return current_globals(); }
CAPI PyObject* PyEval_GetLocals() { return hooks.current_locals ? hooks.current_locals() : nullptr; }
CAPI PyFrameObject* PyEval_GetFrame() { return current_frame_object(); }
CAPI int PyEval_MergeCompilerFlags(PyCompilerFlags* flags) {
  int inherited = current_code_flags() & PyCF_MASK;
  flags->cf_flags |= inherited;
  return flags->cf_flags != 0;
}
CAPI const char* PyEval_GetFuncName(PyObject* o) {
  if (PyMethod_Check(o)) return PyEval_GetFuncName(PyMethod_Function(o));
  if (PyFunction_Check(o)) return PyUnicode_AsUTF8(reinterpret_cast<PyFunctionObject*>(o)->func_name);
  if (PyCFunction_Check(o)) return reinterpret_cast<PyCFunctionObject*>(o)->m_ml->ml_name;
  return type_name(o);
}
CAPI const char* PyEval_GetFuncDesc(PyObject* o) {
  return PyMethod_Check(o) || PyFunction_Check(o) || PyCFunction_Check(o) ? "()" : " object";
}
CAPI void PyEval_SetTrace(Py_tracefunc function, PyObject* argument) {
  if (!set_trace(current_thread(), function, argument)) write_unraisable(nullptr);
}
CAPI void PyEval_SetProfile(Py_tracefunc function, PyObject* argument) {
  if (!set_profile(current_thread(), function, argument)) write_unraisable(nullptr);
}
CAPI int _PyEval_SetProfile(PyThreadState* ts, Py_tracefunc function, PyObject* argument) {
  return set_profile(ts, function, argument).to_c();
}

namespace {
SourceKind kind_of(int start) {
  return start == Py_file_input ? SourceKind::file : start == Py_eval_input ? SourceKind::eval : SourceKind::single;
}
Ref<> compiled(const char* text, PyObject* file, int start, PyCompilerFlags* flags, int optimization) {
  SourceOptions options;
  if (flags) options.flags = flags->cf_flags;
  options.flags |= PyCF_IGNORE_COOKIE;
  options.optimization = optimization;
  return compile_source(text, file, kind_of(start), options);
}
}  // namespace
CAPI PyObject* Py_CompileStringObject(const char* text, PyObject* file, int start, PyCompilerFlags* flags, int optimization) {
  return lower(compiled(text, file, start, flags, optimization));
}
CAPI PyObject* Py_CompileStringExFlags(const char* text, const char* file, int start, PyCompilerFlags* flags, int optimization) {
  Ref<> name = adopt(PyUnicode_DecodeFSDefault(file));
  return name ? lower(compiled(text, name.get(), start, flags, optimization)) : nullptr;
}
#undef Py_CompileString
CAPI PyObject* Py_CompileString(const char* text, const char* file, int start) { return Py_CompileStringExFlags(text, file, start, nullptr, -1); }
CAPI PyObject* PyRun_StringFlags(const char* text, int start, PyObject* globals, PyObject* locals, PyCompilerFlags* flags) {
  Ref<> code = compiled(text, "<string>"_name, start, flags, -1);
  return code ? lower(eval_code(*reinterpret_cast<Code*>(code.get()), globals, locals)) : nullptr;
}
#undef PyRun_String
CAPI PyObject* PyRun_String(const char* text, int start, PyObject* globals, PyObject* locals) {
  return PyRun_StringFlags(text, start, globals, locals, nullptr);
}
CAPI int PyRun_SimpleStringFlags(const char* text, PyCompilerFlags* flags) {
  auto main_module = add_module("__main__");
  if (!main_module) return -1;
  PyObject* dict = PyModule_GetDict(*main_module);
  Ref<> result = adopt(PyRun_StringFlags(text, Py_file_input, dict, dict, flags));
  if (result) return 0;
  PyErr_Print();
  return -1;
}
#undef PyRun_SimpleString
CAPI int PyRun_SimpleString(const char* text) { return PyRun_SimpleStringFlags(text, nullptr); }

// -- marshal, as files have it --
namespace {
/// Everything from here to the file's end.
bool read_rest(FILE* file, BytesBuilder* all) {
  for (;;) {
    if (!all->reserve(1 << 14)) return false;
    size_t n = fread(all->end(), 1, 1 << 14, file);
    if (!n) return true;
    all->advance(static_cast<Py_ssize_t>(n));
  }
}
long little_endian(FILE* file, int bytes) {
  unsigned long value = 0;
  for (int i = 0; i < bytes; i++) {
    int c = getc(file);
    if (c == EOF) {
      raise(PyExc_EOFError, "EOF read where data expected");
      return -1;
    }
    value |= static_cast<unsigned long>(c) << (8 * i);
  }
  return bytes == 2 ? static_cast<short>(value) : static_cast<int>(value);
}
}  // namespace
CAPI void PyMarshal_WriteLongToFile(long value, FILE* file, int) {
  for (int i = 0; i < 4; i++) putc(static_cast<int>(value >> (8 * i) & 0xFF), file);
}
CAPI void PyMarshal_WriteObjectToFile(PyObject* o, FILE* file, int version) {
  Ref<> bytes = marshal_dump(o, version);
  if (bytes) fwrite(PyBytes_AS_STRING(bytes.get()), 1, static_cast<size_t>(PyBytes_GET_SIZE(bytes.get())), file);
}
CAPI PyObject* PyMarshal_WriteObjectToString(PyObject* o, int version) { return lower(marshal_dump(o, version)); }
CAPI int PyMarshal_ReadShortFromFile(FILE* file) { return static_cast<int>(little_endian(file, 2)); }
CAPI long PyMarshal_ReadLongFromFile(FILE* file) { return little_endian(file, 4); }
CAPI PyObject* PyMarshal_ReadObjectFromString(const char* data, Py_ssize_t n) {
  return lower(marshal_load({data, static_cast<size_t>(n)}));
}
CAPI PyObject* PyMarshal_ReadLastObjectFromFile(FILE* file) {
  BytesBuilder all;
  return read_rest(file, &all) ? lower(marshal_load(all.view())) : nullptr;
}
CAPI PyObject* PyMarshal_ReadObjectFromFile(FILE* file) {
  // The reader does not tell how far it came, so it is given a Python file over the same bytes.
  long start = ftell(file);
  BytesBuilder all;
  if (!read_rest(file, &all)) return nullptr;
  Ref<> bytes = new_bytes(all.view()), make = import_attribute("io", "BytesIO");
  Ref<> stream = bytes && make ? call(make.get(), bytes.get()) : Ref<>();
  if (!stream) return nullptr;
  Ref<> o = marshal_load_file(stream.get());
  if (!o) return nullptr;
  Ref<> at = call_method(stream.get(), "tell"_name);
  if (!at) return nullptr;
  fseek(file, start + PyLong_AsLong(at.get()), SEEK_SET);
  return lower(std::move(o));
}

// -- sys --
CAPI PyObject* PySys_GetObject(const char* name) {
  Ref<> text = new_str(name);
  return text ? sys_get(text.get()) : nullptr;
}
CAPI int PySys_SetObject(const char* name, PyObject* value) {
  Ref<> text = new_str(name);
  if (!text) return -1;
  if (value) return sys_set(text.get(), value).to_c();
  return dict_remove(interpreter().sysdict, text.get()) ? 0 : -1;
}
CAPI int PySys_Audit(const char* event, const char* format, ...) {
  if (!has_audit_hooks()) return 0;
  Ref<> args;
  if (format && *format) {
    va_list list;
    va_start(list, format);
    args = adopt(Py_VaBuildValue(format, list));
    va_end(list);
    if (args && !PyTuple_Check(args.get())) args = tuple_of({args.get()});
  } else {
    args = share(empty_tuple());
  }
  Ref<> name = args ? new_str(event) : Ref<>();
  return name ? audit_with(name.get(), args.get()).to_c() : -1;
}
CAPI int PySys_AddAuditHook(Py_AuditHookFunction hook, void* data) { return add_c_audit_hook(hook, data) ? 0 : -1; }
