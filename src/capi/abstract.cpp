// abstract.h: calls, numbers, sequences, mappings, iterators.
#include <cstdarg>
#include <cstring>

#include "capi/export.h"
#include "object/bind.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/int.h"
#include "object/list.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/slice.h"
#include "vm/semantics.h"
#include "vm/vm.h"

using namespace taipan;

namespace {
int to_c(const Result<bool>& r) { return r ? *r : -1; }
Py_ssize_t to_c(const Result<Py_ssize_t>& r) { return r ? *r : -1; }
/// Most functions answer a null argument with SystemError, unless an exception says more.
template <class... P>
bool given(P... objects) {
  if ((objects && ...)) return true;
  if (!pending_error()) raise(PyExc_SystemError, "null argument to internal routine");
  return false;
}
template <Ref<> (*f)(PyObject*)>
PyObject* unary(PyObject* o) {
  return given(o) ? lower(f(o)) : nullptr;
}
}  // namespace

// -- calls --
CAPI PyObject* PyObject_Vectorcall(PyObject* f, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  return lower(vectorcall(f, args, nargsf, kwnames));
}
CAPI PyObject* PyObject_VectorcallDict(PyObject* f, PyObject* const* args, size_t nargsf, PyObject* kwargs) {
  Py_ssize_t n = PyVectorcall_NARGS(nargsf);
  if (!kwargs || !dict_size(kwargs)) return lower(vectorcall(f, args, nargsf));
  Ref<> positional = tuple_of(args, n);
  return positional ? lower(call_object(f, positional.get(), kwargs)) : nullptr;
}
CAPI PyObject* PyObject_VectorcallMethod(PyObject* name, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  return lower(vectorcall_method(name, args, nargsf, kwnames));
}
CAPI PyObject* _PyObject_FastCall(PyObject* f, PyObject* const* args, Py_ssize_t n) {
  return lower(vectorcall(f, args, static_cast<size_t>(n)));
}
CAPI PyObject* PyVectorcall_Call(PyObject* f, PyObject* args, PyObject* kwargs) {
  return tp_call_by_vectorcall(f, args, kwargs);
}
CAPI vectorcallfunc PyVectorcall_Function(PyObject* f) { return vectorcall_of(f); }
CAPI PyObject* _PyObject_MakeTpCall(PyThreadState*, PyObject* f, PyObject* const* args, Py_ssize_t n, PyObject* keywords) {
  if (!keywords || PyTuple_Check(keywords)) return lower(make_tp_call(f, args, n, keywords));
  Ref<> positional = tuple_of(args, n);
  return positional ? lower(call_object(f, positional.get(), keywords)) : nullptr;
}
CAPI PyObject* _Py_CheckFunctionResult(PyThreadState*, PyObject* f, PyObject* result, const char*) {
  return lower(check_call_result(f, result));
}
CAPI PyObject* PyObject_Call(PyObject* f, PyObject* args, PyObject* kwargs) { return lower(call_object(f, args, kwargs)); }
CAPI PyObject* PyObject_CallObject(PyObject* f, PyObject* args) {
  if (args && !PyTuple_Check(args)) {
    raise(PyExc_TypeError, "argument list must be a tuple");
    return nullptr;
  }
  return lower(call_object(f, args ? args : empty_tuple()));
}
#undef PyObject_CallNoArgs
#undef PyObject_CallOneArg
CAPI PyObject* PyObject_CallNoArgs(PyObject* f) { return lower(call(f)); }
CAPI PyObject* PyObject_CallOneArg(PyObject* f, PyObject* a) { return lower(call(f, a)); }

namespace {
/// Arguments until a null pointer; at most as many as fit a call from C.
Ref<> call_with_list(PyObject* callable, PyObject* first, va_list* list) {
  Ref<List> all = TRY(new_list());
  if (first) TRY(list_append(object(all.get()), first));
  while (auto* o = va_arg(*list, PyObject*)) TRY(list_append(object(all.get()), o));
  return vectorcall(callable, all->ob_item, static_cast<size_t>(Py_SIZE(all.get())));
}
PyObject* method_with_list(PyObject* o, PyObject* name, va_list* list) {
  if (!given(o, name)) return nullptr;
  Ref<> method = get_attr(o, name);
  return method ? lower(call_with_list(method.get(), nullptr, list)) : nullptr;
}
}  // namespace

CAPI PyObject* PyObject_CallFunctionObjArgs(PyObject* f, ...) {
  if (!given(f)) return nullptr;
  va_list list;
  va_start(list, f);
  Ref<> result = call_with_list(f, nullptr, &list);
  va_end(list);
  return lower(std::move(result));
}
CAPI PyObject* PyObject_CallMethodObjArgs(PyObject* o, PyObject* name, ...) {
  va_list list;
  va_start(list, name);
  PyObject* result = method_with_list(o, name, &list);
  va_end(list);
  return result;
}
CAPI PyObject* _PyObject_CallMethodIdObjArgs(PyObject* o, _Py_Identifier* id, ...) {
  Ref<> name = new_str(id->string);
  va_list list;
  va_start(list, id);
  PyObject* result = method_with_list(o, name.get(), &list);
  va_end(list);
  return result;
}

// -- basics --
CAPI PyObject* PyObject_Type(PyObject* o) { return given(o) ? Py_NewRef(object(Py_TYPE(o))) : nullptr; }
CAPI Py_ssize_t PyObject_Size(PyObject* o) { return given(o) ? to_c(length(o)) : -1; }
#undef PyObject_Length
CAPI Py_ssize_t PyObject_Length(PyObject* o) { return PyObject_Size(o); }
CAPI Py_ssize_t PyObject_LengthHint(PyObject* o, Py_ssize_t otherwise) { return to_c(length_hint(o, otherwise)); }
CAPI PyObject* PyObject_GetItem(PyObject* o, PyObject* key) { return given(o, key) ? lower(get_item(o, key)) : nullptr; }
CAPI int PyObject_SetItem(PyObject* o, PyObject* key, PyObject* value) { return given(o, key, value) ? set_item(o, key, value).to_c() : -1; }
CAPI int PyObject_DelItem(PyObject* o, PyObject* key) { return given(o, key) ? del_item(o, key).to_c() : -1; }
CAPI int PyObject_DelItemString(PyObject* o, const char* key) {
  Ref<> text = new_str(key);
  return text ? PyObject_DelItem(o, text.get()) : -1;
}
CAPI PyObject* PyObject_Format(PyObject* o, PyObject* spec) { return lower(taipan::format(o, spec)); }
CAPI PyObject* PyObject_GetIter(PyObject* o) { return lower(iterate(o)); }
CAPI int PyObject_IsInstance(PyObject* o, PyObject* cls) { return to_c(is_instance(o, cls)); }
CAPI int PyObject_IsSubclass(PyObject* derived, PyObject* cls) { return to_c(is_subclass(derived, cls)); }
CAPI int PyIter_Check(PyObject* o) { return is_iterator(o); }
CAPI PyObject* PyIter_Next(PyObject* o) {
  auto item = next(o);
  return item ? item.take().release() : nullptr;
}
CAPI PySendResult PyIter_Send(PyObject* iterator, PyObject* value, PyObject** result) {
  switch (send_to(iterator, value, result)) {
    case Sent::yielded: return PYGEN_NEXT;
    case Sent::returned: return PYGEN_RETURN;
    default: return PYGEN_ERROR;
  }
}
CAPI int _PyGen_FetchStopIterationValue(PyObject** value) { return take_stop_iteration_value(value).to_c(); }
CAPI int _PyGen_SetStopIterationValue(PyObject* value) {
  raise_stop_iteration(value);
  return 0;
}

// -- numbers --
#define BINARY(NAME, OP) \
  CAPI PyObject* PyNumber_##NAME(PyObject* a, PyObject* b) { return given(a, b) ? lower(binary(BinaryOp::OP, a, b)) : nullptr; }
BINARY(Add, Add) BINARY(And, And) BINARY(FloorDivide, FloorDiv) BINARY(Lshift, LShift) BINARY(MatrixMultiply, MatMult)
BINARY(Multiply, Mult) BINARY(Remainder, Mod) BINARY(Or, Or) BINARY(Rshift, RShift) BINARY(Subtract, Sub)
BINARY(TrueDivide, Div) BINARY(Xor, Xor) BINARY(InPlaceAdd, InPlaceAdd) BINARY(InPlaceAnd, InPlaceAnd)
BINARY(InPlaceFloorDivide, InPlaceFloorDiv) BINARY(InPlaceLshift, InPlaceLShift)
BINARY(InPlaceMatrixMultiply, InPlaceMatMult) BINARY(InPlaceMultiply, InPlaceMult) BINARY(InPlaceRemainder, InPlaceMod)
BINARY(InPlaceOr, InPlaceOr) BINARY(InPlaceRshift, InPlaceRShift) BINARY(InPlaceSubtract, InPlaceSub)
BINARY(InPlaceTrueDivide, InPlaceDiv) BINARY(InPlaceXor, InPlaceXor)
#undef BINARY
CAPI PyObject* PyNumber_Divmod(PyObject* a, PyObject* b) { return given(a, b) ? lower(taipan::divmod(a, b)) : nullptr; }
CAPI PyObject* PyNumber_Power(PyObject* a, PyObject* b, PyObject* modulus) { return lower(power(a, b, modulus)); }
CAPI PyObject* PyNumber_InPlacePower(PyObject* a, PyObject* b, PyObject* modulus) {
  return lower(modulus == Py_None ? binary(BinaryOp::InPlacePow, a, b) : power(a, b, modulus));
}
CAPI PyObject* PyNumber_Negative(PyObject* o) { return unary<negative>(o); }
CAPI PyObject* PyNumber_Positive(PyObject* o) { return unary<positive>(o); }
CAPI PyObject* PyNumber_Invert(PyObject* o) { return unary<invert>(o); }
CAPI PyObject* PyNumber_Absolute(PyObject* o) { return unary<absolute>(o); }
CAPI PyObject* PyNumber_Long(PyObject* o) { return unary<to_int>(o); }
CAPI PyObject* PyNumber_Float(PyObject* o) { return unary<to_float>(o); }
CAPI PyObject* PyNumber_Index(PyObject* o) {
  if (!given(o)) return nullptr;
  Ref<> i = taipan::index(o);
  return i && !PyLong_CheckExact(i.get()) ? lower(int_copy(i.get())) : lower(std::move(i));
}
CAPI PyObject* _PyNumber_Index(PyObject* o) { return given(o) ? lower(taipan::index(o)) : nullptr; }
CAPI int PyIndex_Check(PyObject* o) { return is_index(o); }
CAPI int PyNumber_Check(PyObject* o) {
  if (!o) return 0;
  PyNumberMethods* n = Py_TYPE(o)->tp_as_number;
  return (n && (n->nb_index || n->nb_int || n->nb_float)) || PyComplex_Check(o);
}
CAPI Py_ssize_t PyNumber_AsSsize_t(PyObject* o, PyObject* overflow) { return to_c(to_ssize(o, overflow)); }
CAPI PyObject* PyNumber_ToBase(PyObject* o, int base) {
  if (base != 2 && base != 8 && base != 10 && base != 16) {
    raise(PyExc_SystemError, "PyNumber_ToBase: base must be 2, 8, 10 or 16");
    return nullptr;
  }
  Ref<> i = taipan::index(o);
  if (!i) return nullptr;
  Ref<> digits = int_to_text(i.get(), base);
  if (!digits || base == 10) return lower(std::move(digits));
  const char* prefix = base == 2 ? "0b" : base == 8 ? "0o" : "0x";
  if (int_sign(i.get()) >= 0) return lower(format_str("{}{}", prefix, as_str(digits.get())));
  Ref<> positive_digits = str_slice(digits.get(), 1, str_length(digits.get()));
  return positive_digits ? lower(format_str("-{}{}", prefix, as_str(positive_digits.get()))) : nullptr;
}

// -- sequences --
CAPI int PySequence_Check(PyObject* o) { return is_sequence(o); }
CAPI Py_ssize_t PySequence_Size(PyObject* o) {
  if (!given(o)) return -1;
  PySequenceMethods* s = Py_TYPE(o)->tp_as_sequence;
  if (s && s->sq_length) return s->sq_length(o);
  bool mapping = Py_TYPE(o)->tp_as_mapping && Py_TYPE(o)->tp_as_mapping->mp_length;
  if (mapping) raise(PyExc_TypeError, "{} is not a sequence", clip(type_name(o), 200));
  else raise(PyExc_TypeError, "object of type '{}' has no len()", clip(type_name(o), 200));
  return -1;
}
#undef PySequence_Length
CAPI Py_ssize_t PySequence_Length(PyObject* o) { return PySequence_Size(o); }
CAPI PyObject* PySequence_Concat(PyObject* a, PyObject* b) { return given(a, b) ? lower(sequence_concat(a, b)) : nullptr; }
CAPI PyObject* PySequence_Repeat(PyObject* o, Py_ssize_t n) { return given(o) ? lower(sequence_repeat(o, n)) : nullptr; }
CAPI PyObject* PySequence_GetItem(PyObject* o, Py_ssize_t i) { return given(o) ? lower(sequence_item(o, i)) : nullptr; }
namespace {
int assign_item(PyObject* o, Py_ssize_t i, PyObject* value) {
  if (!given(o)) return -1;
  PySequenceMethods* s = Py_TYPE(o)->tp_as_sequence;
  const char* what = value ? "assignment" : "deletion";
  if (s && s->sq_ass_item) {
    if (i < 0 && s->sq_length) {
      Py_ssize_t n = s->sq_length(o);
      if (n < 0) return -1;
      i += n;
    }
    return s->sq_ass_item(o, i, value);
  }
  if (Py_TYPE(o)->tp_as_mapping && Py_TYPE(o)->tp_as_mapping->mp_ass_subscript)
    raise(PyExc_TypeError, "{} is not a sequence", clip(type_name(o), 200));
  else raise(PyExc_TypeError, "'{}' object doesn't support item {}", clip(type_name(o), 200), what);
  return -1;
}
/// o[low:high] = value, or without value its deletion.
int assign_slice(PyObject* o, Py_ssize_t low, Py_ssize_t high, PyObject* value) {
  if (!given(o)) return -1;
  PyMappingMethods* m = Py_TYPE(o)->tp_as_mapping;
  if (!m || !m->mp_ass_subscript) {
    raise(PyExc_TypeError, "'{}' object doesn't support slice {}", clip(type_name(o), 200), value ? "assignment" : "deletion");
    return -1;
  }
  Ref<> start = new_int(low), stop = new_int(high);
  if (!start || !stop) return -1;
  Ref<> slice = new_slice(start.get(), stop.get(), nullptr);
  return slice ? m->mp_ass_subscript(o, slice.get(), value) : -1;
}
}  // namespace
CAPI int PySequence_SetItem(PyObject* o, Py_ssize_t i, PyObject* value) { return assign_item(o, i, value); }
CAPI int PySequence_DelItem(PyObject* o, Py_ssize_t i) { return assign_item(o, i, nullptr); }
CAPI int PySequence_SetSlice(PyObject* o, Py_ssize_t low, Py_ssize_t high, PyObject* value) { return assign_slice(o, low, high, value); }
CAPI int PySequence_DelSlice(PyObject* o, Py_ssize_t low, Py_ssize_t high) { return assign_slice(o, low, high, nullptr); }
CAPI PyObject* PySequence_GetSlice(PyObject* o, Py_ssize_t low, Py_ssize_t high) {
  if (!given(o)) return nullptr;
  PyMappingMethods* m = Py_TYPE(o)->tp_as_mapping;
  if (!m || !m->mp_subscript) {
    raise(PyExc_TypeError, "'{}' object is unsliceable", clip(type_name(o), 200));
    return nullptr;
  }
  Ref<> start = new_int(low), stop = new_int(high);
  if (!start || !stop) return nullptr;
  Ref<> slice = new_slice(start.get(), stop.get(), nullptr);
  return slice ? m->mp_subscript(o, slice.get()) : nullptr;
}
CAPI PyObject* PySequence_Tuple(PyObject* o) { return given(o) ? lower(to_tuple(o)) : nullptr; }
CAPI PyObject* PySequence_List(PyObject* o) { return given(o) ? lower(to_list(o)) : nullptr; }
CAPI PyObject* PySequence_Fast(PyObject* o, const char* message) { return given(o) ? lower(to_fast_sequence(o, message)) : nullptr; }
CAPI int PySequence_Contains(PyObject* o, PyObject* item) { return to_c(contains(o, item)); }
#undef PySequence_In
CAPI int PySequence_In(PyObject* o, PyObject* item) { return to_c(contains(o, item)); }

namespace {
/// How often a value occurs, or (first) where it does; -1: an error, or it does not occur.
Py_ssize_t search(PyObject* o, PyObject* wanted, bool first) {
  if (!given(o, wanted)) return -1;
  Py_ssize_t count = 0, at = 0, found = -1;
  Status walked = for_each(o, [&](PyObject* item) -> Status {
    if (found < 0 || !first) {
      if (TRY(equal(item, wanted))) {
        count++;
        if (found < 0) found = at;
      }
    }
    at++;
    return {};
  });
  if (!walked) return -1;
  if (first && found < 0) raise(PyExc_ValueError, "sequence.index(x): x not in sequence");
  return first ? found : count;
}
}  // namespace
CAPI Py_ssize_t PySequence_Count(PyObject* o, PyObject* value) { return search(o, value, false); }
CAPI Py_ssize_t PySequence_Index(PyObject* o, PyObject* value) { return search(o, value, true); }
CAPI PyObject* PySequence_InPlaceConcat(PyObject* a, PyObject* b) { return PyNumber_InPlaceAdd(a, b); }
CAPI PyObject* PySequence_InPlaceRepeat(PyObject* o, Py_ssize_t n) {
  Ref<> count = new_int(n);
  return count ? PyNumber_InPlaceMultiply(o, count.get()) : nullptr;
}

// -- mappings --
CAPI int PyMapping_Check(PyObject* o) { return o && Py_TYPE(o)->tp_as_mapping && Py_TYPE(o)->tp_as_mapping->mp_subscript; }
CAPI Py_ssize_t PyMapping_Size(PyObject* o) {
  if (!given(o)) return -1;
  PyMappingMethods* m = Py_TYPE(o)->tp_as_mapping;
  if (m && m->mp_length) return m->mp_length(o);
  bool sequence = Py_TYPE(o)->tp_as_sequence && Py_TYPE(o)->tp_as_sequence->sq_length;
  if (sequence) raise(PyExc_TypeError, "{} is not a mapping", clip(type_name(o), 200));
  else raise(PyExc_TypeError, "object of type '{}' has no len()", clip(type_name(o), 200));
  return -1;
}
#undef PyMapping_Length
CAPI Py_ssize_t PyMapping_Length(PyObject* o) { return PyMapping_Size(o); }
CAPI PyObject* PyMapping_GetItemString(PyObject* o, const char* key) {
  Ref<> text = new_str(key);
  return text ? PyObject_GetItem(o, text.get()) : nullptr;
}
CAPI int PyMapping_SetItemString(PyObject* o, const char* key, PyObject* value) {
  Ref<> text = new_str(key);
  return text ? PyObject_SetItem(o, text.get(), value) : -1;
}
CAPI int PyMapping_HasKey(PyObject* o, PyObject* key) {
  Ref<> found = adopt(PyObject_GetItem(o, key));
  if (!found) clear_error();
  return static_cast<bool>(found);
}
CAPI int PyMapping_HasKeyString(PyObject* o, const char* key) {
  Ref<> found = adopt(PyMapping_GetItemString(o, key));
  if (!found) clear_error();
  return static_cast<bool>(found);
}
CAPI PyObject* PyMapping_Keys(PyObject* o) { return unary<mapping_keys>(o); }
CAPI PyObject* PyMapping_Values(PyObject* o) { return unary<mapping_values>(o); }
CAPI PyObject* PyMapping_Items(PyObject* o) { return unary<mapping_items>(o); }
