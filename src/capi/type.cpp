// object.h's types, descrobject.h, methodobject.h, classobject.h, funcobject.h, cellobject.h, genobject.h, structseq.h, code.h.
#include "capi/export.h"
#include "object/call.h"
#include "object/descriptor.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/int.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "object/weakref.h"
#include "types/code.h"
#include "types/module.h"
#include "types/simple_namespace.h"
#include "types/struct_sequence.h"
#include "vm/vm.h"

using namespace taipan;

namespace {
PyFunctionObject* as_function(PyObject* o) {
  if (PyFunction_Check(o)) return reinterpret_cast<PyFunctionObject*>(o);
  return raise_internal("bad argument to internal function");
}
}  // namespace

// -- types --

CAPI unsigned long PyType_GetFlags(PyTypeObject* type) { return type->tp_flags; }
CAPI void PyType_Modified(PyTypeObject* type) { type_modified(type); }
CAPI unsigned PyType_ClearCache(void) { return 0; }
CAPI const char* _PyType_Name(PyTypeObject* type) { return short_name(type); }
CAPI PyObject* PyType_GetName(PyTypeObject* type) { return type_short_name(type).release(); }
CAPI PyObject* PyType_GetQualName(PyTypeObject* type) { return get_attr(object(type), "__qualname__"_name).release(); }
CAPI PyObject* _PyType_Lookup(PyTypeObject* type, PyObject* name) { return type_lookup(type, name); }
CAPI PyObject* _PyType_LookupId(PyTypeObject* type, _Py_Identifier* id) {
  PyObject* name = _PyUnicode_FromId(id);
  return name ? type_lookup(type, name) : nullptr;
}
CAPI PyObject* PyType_GetModule(PyTypeObject* type) {
  if (!has_feature(type, Py_TPFLAGS_HEAPTYPE))
    return raise(PyExc_TypeError, "PyType_GetModule: Type '{}' is not a heap type", type->tp_name);
  PyObject* module = reinterpret_cast<PyHeapTypeObject*>(type)->ht_module;
  if (!module) return raise(PyExc_TypeError, "PyType_GetModule: Type '{}' has no associated module", type->tp_name);
  return module;
}
CAPI void* PyType_GetModuleState(PyTypeObject* type) {
  PyObject* module = PyType_GetModule(type);
  return module ? PyModule_GetState(module) : nullptr;
}
CAPI PyObject* PyType_GetModuleByDef(PyTypeObject* type, PyModuleDef* def) {
  PyObject* mro = type->tp_mro;
  for (Py_ssize_t i = 0; mro && i < tuple_size(mro); i++) {
    auto* cls = reinterpret_cast<PyHeapTypeObject*>(item(mro, i));
    if (!has_feature(&cls->ht_type, Py_TPFLAGS_HEAPTYPE)) continue;
    if (cls->ht_module && reinterpret_cast<Module*>(cls->ht_module)->def == def) return cls->ht_module;
  }
  return raise(PyExc_TypeError, "PyType_GetModuleByDef: No superclass of '{}' has the given module", type->tp_name);
}

namespace {
/// Where a slot of typeslots.h lies: in the type object or in one of the tables that it points to.
struct SlotPlace {
  short table;   // offset of the table's pointer in PyTypeObject; -1: the type itself
  short offset;
};
#define IN_TYPE(field) {-1, offsetof(PyTypeObject, field)}
#define IN_NUMBER(field) {offsetof(PyTypeObject, tp_as_number), offsetof(PyNumberMethods, field)}
#define IN_SEQUENCE(field) {offsetof(PyTypeObject, tp_as_sequence), offsetof(PySequenceMethods, field)}
#define IN_MAPPING(field) {offsetof(PyTypeObject, tp_as_mapping), offsetof(PyMappingMethods, field)}
#define IN_ASYNC(field) {offsetof(PyTypeObject, tp_as_async), offsetof(PyAsyncMethods, field)}
#define IN_BUFFER(field) {offsetof(PyTypeObject, tp_as_buffer), offsetof(PyBufferProcs, field)}
constexpr SlotPlace kSlotPlaces[] = {  // by number, from Py_bf_getbuffer == 1 on
    IN_BUFFER(bf_getbuffer), IN_BUFFER(bf_releasebuffer), IN_MAPPING(mp_ass_subscript), IN_MAPPING(mp_length), IN_MAPPING(mp_subscript),
    IN_NUMBER(nb_absolute), IN_NUMBER(nb_add), IN_NUMBER(nb_and), IN_NUMBER(nb_bool), IN_NUMBER(nb_divmod), IN_NUMBER(nb_float),
    IN_NUMBER(nb_floor_divide), IN_NUMBER(nb_index), IN_NUMBER(nb_inplace_add), IN_NUMBER(nb_inplace_and), IN_NUMBER(nb_inplace_floor_divide),
    IN_NUMBER(nb_inplace_lshift), IN_NUMBER(nb_inplace_multiply), IN_NUMBER(nb_inplace_or), IN_NUMBER(nb_inplace_power),
    IN_NUMBER(nb_inplace_remainder), IN_NUMBER(nb_inplace_rshift), IN_NUMBER(nb_inplace_subtract), IN_NUMBER(nb_inplace_true_divide),
    IN_NUMBER(nb_inplace_xor), IN_NUMBER(nb_int), IN_NUMBER(nb_invert), IN_NUMBER(nb_lshift), IN_NUMBER(nb_multiply), IN_NUMBER(nb_negative),
    IN_NUMBER(nb_or), IN_NUMBER(nb_positive), IN_NUMBER(nb_power), IN_NUMBER(nb_remainder), IN_NUMBER(nb_rshift), IN_NUMBER(nb_subtract),
    IN_NUMBER(nb_true_divide), IN_NUMBER(nb_xor), IN_SEQUENCE(sq_ass_item), IN_SEQUENCE(sq_concat), IN_SEQUENCE(sq_contains),
    IN_SEQUENCE(sq_inplace_concat), IN_SEQUENCE(sq_inplace_repeat), IN_SEQUENCE(sq_item), IN_SEQUENCE(sq_length), IN_SEQUENCE(sq_repeat),
    IN_TYPE(tp_alloc), IN_TYPE(tp_base), IN_TYPE(tp_bases), IN_TYPE(tp_call), IN_TYPE(tp_clear), IN_TYPE(tp_dealloc), IN_TYPE(tp_del),
    IN_TYPE(tp_descr_get), IN_TYPE(tp_descr_set), IN_TYPE(tp_doc), IN_TYPE(tp_getattr), IN_TYPE(tp_getattro), IN_TYPE(tp_hash), IN_TYPE(tp_init),
    IN_TYPE(tp_is_gc), IN_TYPE(tp_iter), IN_TYPE(tp_iternext), IN_TYPE(tp_methods), IN_TYPE(tp_new), IN_TYPE(tp_repr), IN_TYPE(tp_richcompare),
    IN_TYPE(tp_setattr), IN_TYPE(tp_setattro), IN_TYPE(tp_str), IN_TYPE(tp_traverse), IN_TYPE(tp_members), IN_TYPE(tp_getset), IN_TYPE(tp_free),
    IN_NUMBER(nb_matrix_multiply), IN_NUMBER(nb_inplace_matrix_multiply), IN_ASYNC(am_await), IN_ASYNC(am_aiter), IN_ASYNC(am_anext),
    IN_TYPE(tp_finalize), IN_ASYNC(am_send),
};
static_assert(std::size(kSlotPlaces) == Py_am_send);
}  // namespace
CAPI void* PyType_GetSlot(PyTypeObject* type, int slot) {
  if (slot < 1 || static_cast<size_t>(slot) > std::size(kSlotPlaces)) return raise_internal("bad argument to internal function");
  SlotPlace place = kSlotPlaces[slot - 1];
  char* base = reinterpret_cast<char*>(type);
  if (place.table >= 0) base = *reinterpret_cast<char**>(base + place.table);
  return base ? *reinterpret_cast<void**>(base + place.offset) : nullptr;
}
CAPI int PyType_FreezeInit(PyTypeObject*) { return 0; }

// -- descriptors and methods --

CAPI PyObject* PyDescr_NewMethod(PyTypeObject* type, PyMethodDef* row) { return new_method_descriptor(type, row).release(); }
CAPI PyObject* PyDescr_NewClassMethod(PyTypeObject* type, PyMethodDef* row) { return new_classmethod_descriptor(type, row).release(); }
CAPI PyObject* PyDescr_NewMember(PyTypeObject* type, PyMemberDef* row) { return new_member_descriptor(type, row).release(); }
CAPI PyObject* PyDescr_NewGetSet(PyTypeObject* type, PyGetSetDef* row) { return new_getset_descriptor(type, row).release(); }
CAPI int PyDescr_IsData(PyObject* o) { return is_data_descriptor(o); }
CAPI PyObject* PyMember_GetOne(const char* address, PyMemberDef* row) { return read_member(address, row).release(); }
CAPI int PyMember_SetOne(char* address, PyMemberDef* row, PyObject* value) { return write_member(address, row, value).to_c(); }
CAPI PyObject* PyWrapper_New(PyObject* descriptor, PyObject* self) { return new_method_wrapper(descriptor, self).release(); }
CAPI PyObject* PyCMethod_New(PyMethodDef* row, PyObject* self, PyObject* module, PyTypeObject* cls) {
  return new_builtin(row, self, module, cls).release();
}
#undef PyCFunction_NewEx
CAPI PyObject* PyCFunction_NewEx(PyMethodDef* row, PyObject* self, PyObject* module) { return new_builtin(row, self, module).release(); }
#undef PyCFunction_New
CAPI PyObject* PyCFunction_New(PyMethodDef* row, PyObject* self) { return new_builtin(row, self, nullptr).release(); }
CAPI PyCFunction PyCFunction_GetFunction(PyObject* o) { return PyCFunction_Check(o) ? PyCFunction_GET_FUNCTION(o) : raise_internal("bad argument to internal function"); }
CAPI PyObject* PyCFunction_GetSelf(PyObject* o) { return PyCFunction_Check(o) ? PyCFunction_GET_SELF(o) : raise_internal("bad argument to internal function"); }
CAPI int PyCFunction_GetFlags(PyObject* o) { return PyCFunction_Check(o) ? PyCFunction_GET_FLAGS(o) : -1; }
CAPI PyObject* PyCFunction_Call(PyObject* callable, PyObject* args, PyObject* kwargs) { return call_object(callable, args, kwargs).release(); }
CAPI PyObject* PyMethod_New(PyObject* function, PyObject* self) { return new_method(function, self).release(); }
CAPI PyObject* PyMethod_Function(PyObject* o) { return PyMethod_GET_FUNCTION(o); }
CAPI PyObject* PyMethod_Self(PyObject* o) { return PyMethod_GET_SELF(o); }
CAPI PyObject* PyInstanceMethod_New(PyObject* function) { return new_instance_method(function).release(); }
CAPI PyObject* PyInstanceMethod_Function(PyObject* o) { return PyInstanceMethod_GET_FUNCTION(o); }
CAPI PyObject* PyStaticMethod_New(PyObject* callable) { return make_static_method(callable).release(); }
CAPI PyObject* PyClassMethod_New(PyObject* callable) { return make_class_method(callable).release(); }

// -- functions, code, cells, generators --

CAPI PyObject* PyFunction_New(PyObject* code, PyObject* globals) { return new_function(code, globals).release(); }
CAPI PyObject* PyFunction_NewWithQualName(PyObject* code, PyObject* globals, PyObject* qualname) { return new_function(code, globals, qualname).release(); }
#define FUNCTION_FIELD(Name, field)                     \
  CAPI PyObject* PyFunction_Get##Name(PyObject* o) {    \
    PyFunctionObject* f = as_function(o);               \
    return f ? f->field : nullptr;                      \
  }
FUNCTION_FIELD(Code, func_code)
FUNCTION_FIELD(Globals, func_globals)
FUNCTION_FIELD(Module, func_module)
FUNCTION_FIELD(Defaults, func_defaults)
FUNCTION_FIELD(KwDefaults, func_kwdefaults)
FUNCTION_FIELD(Closure, func_closure)
#undef FUNCTION_FIELD
CAPI PyObject* PyFunction_GetAnnotations(PyObject* o) {
  // It stays with the function.
  Ref<> annotations = as_function(o) ? get_attr(o, "__annotations__"_name) : Ref<>();
  return annotations.get();
}
CAPI int PyFunction_SetDefaults(PyObject* o, PyObject* value) { return set_attr(o, "__defaults__"_name, value).to_c(); }
CAPI int PyFunction_SetKwDefaults(PyObject* o, PyObject* value) { return set_attr(o, "__kwdefaults__"_name, value).to_c(); }
CAPI int PyFunction_SetAnnotations(PyObject* o, PyObject* value) { return set_attr(o, "__annotations__"_name, value).to_c(); }
CAPI int PyFunction_SetClosure(PyObject* o, PyObject* value) {
  PyFunctionObject* f = as_function(o);
  if (!f) return -1;
  replace_field(f->func_closure, value == Py_None ? Ref<>() : share(value));
  return 0;
}
CAPI PyObject* PyCode_GetCode(PyCodeObject* code) { return code_bytes(code).release(); }
CAPI PyObject* PyCode_GetVarnames(PyCodeObject* code) { return code_varnames(code).release(); }
CAPI PyObject* PyCode_GetCellvars(PyCodeObject* code) { return code_cellvars(code).release(); }
CAPI PyObject* PyCode_GetFreevars(PyCodeObject* code) { return code_freevars(code).release(); }
CAPI PyCodeObject* PyCode_NewEmpty(const char* file, const char* function, int line) { return new_empty_code(file, function, line).release(); }
CAPI int PyCode_Addr2Line(PyCodeObject* code, int offset) { return code_line(code, offset); }
CAPI int PyCode_Addr2Location(PyCodeObject* code, int offset, int* line, int* column, int* end_line, int* end_column) {
  Location place = code_location(code, offset);
  *line = place.line, *column = place.column, *end_line = place.end_line, *end_column = place.end_column;
  return 1;
}
CAPI PyCodeObject* PyCode_NewWithPosOnlyArgs(int argcount, int posonly, int kwonly, int, int stack, int flags, PyObject* code, PyObject* consts,
                                             PyObject* names, PyObject* varnames, PyObject* freevars, PyObject* cellvars, PyObject* filename,
                                             PyObject* name, PyObject* qualname, int first_line, PyObject* lines, PyObject* exceptions) {
  CodeParts parts{.filename = filename, .name = name, .qualname = qualname, .flags = flags, .code = code, .first_line = first_line,
                  .line_table = lines, .constants = consts, .names = names, .argcount = argcount, .posonlyargcount = posonly,
                  .kwonlyargcount = kwonly, .stack_size = stack, .exception_table = exceptions};
  return new_code_from_variables(parts, varnames, freevars, cellvars).release();
}
CAPI PyCodeObject* PyCode_New(int argcount, int kwonly, int locals, int stack, int flags, PyObject* code, PyObject* consts, PyObject* names,
                              PyObject* varnames, PyObject* freevars, PyObject* cellvars, PyObject* filename, PyObject* name, PyObject* qualname,
                              int first_line, PyObject* lines, PyObject* exceptions) {
  return PyCode_NewWithPosOnlyArgs(argcount, 0, kwonly, locals, stack, flags, code, consts, names, varnames, freevars, cellvars, filename, name,
                                   qualname, first_line, lines, exceptions);
}
CAPI Py_ssize_t _PyEval_RequestCodeExtraIndex(freefunc f) { return request_code_extra(f); }
CAPI int _PyCode_GetExtra(PyObject* code, Py_ssize_t index, void** extra) { return get_code_extra(code, index, extra).to_c(); }
CAPI int _PyCode_SetExtra(PyObject* code, Py_ssize_t index, void* extra) { return set_code_extra(code, index, extra).to_c(); }
CAPI PyObject* PyCell_New(PyObject* content) { return new_cell(content).release(); }
CAPI PyObject* PyCell_Get(PyObject* cell) { return PyCell_Check(cell) ? Py_XNewRef(PyCell_GET(cell)) : raise_internal("bad argument to internal function"); }
CAPI int PyCell_Set(PyObject* cell, PyObject* value) {
  if (!PyCell_Check(cell)) {
    raise_internal("bad argument to internal function");
    return -1;
  }
  Ref<> old = adopt(std::exchange(reinterpret_cast<PyCellObject*>(cell)->ob_ref, Py_XNewRef(value)));
  return 0;
}
CAPI PySendResult PyIter_Send(PyObject* it, PyObject* value, PyObject** result) {
  PyAsyncMethods* async = Py_TYPE(it)->tp_as_async;
  if (async && async->am_send) return async->am_send(it, value, result);
  Ref<> r = value == Py_None && is_iterator(it) ? adopt(Py_TYPE(it)->tp_iternext(it)) : call_method(it, "send"_name, value);
  *result = r.release();
  if (*result) return PYGEN_NEXT;
  return _PyGen_FetchStopIterationValue(result) == 0 ? PYGEN_RETURN : PYGEN_ERROR;
}
CAPI int _PyGen_FetchStopIterationValue(PyObject** value) { return take_stop_iteration_value(value).to_c(); }
CAPI int _PyGen_SetStopIterationValue(PyObject* value) {
  raise_stop_iteration(value);
  return -1;
}
CAPI PyObject* PyWeakref_GetObject(PyObject* ref) {
  if (!ref || !PyWeakref_Check(ref)) return raise_internal("bad argument to internal function");
  PyObject* target = weakref_target(ref);
  return target ? target : Py_None;
}
CAPI PyObject* _PyNamespace_New(PyObject* names) { return new_namespace(names).release(); }

// -- struct sequences --

CAPI PyTypeObject* PyStructSequence_NewType(PyStructSequence_Desc* desc) { return reinterpret_cast<PyTypeObject*>(new_struct_sequence_type(*desc).release()); }
CAPI PyTypeObject* _PyStructSequence_NewType(PyStructSequence_Desc* desc, unsigned long flags) {
  return reinterpret_cast<PyTypeObject*>(new_struct_sequence_type(*desc, flags).release());
}
CAPI int PyStructSequence_InitType2(PyTypeObject* type, PyStructSequence_Desc* desc) { return init_struct_sequence_type(type, *desc).to_c(); }
CAPI void PyStructSequence_InitType(PyTypeObject* type, PyStructSequence_Desc* desc) { PyStructSequence_InitType2(type, desc); }
CAPI PyObject* PyStructSequence_New(PyTypeObject* type) { return lower(new_struct_sequence(type)); }
CAPI void PyStructSequence_SetItem(PyObject* o, Py_ssize_t i, PyObject* value) { reinterpret_cast<Tuple*>(o)->ob_item[i] = value; }
CAPI PyObject* PyStructSequence_GetItem(PyObject* o, Py_ssize_t i) { return reinterpret_cast<Tuple*>(o)->ob_item[i]; }
