// weakref.proxy: an object that stands for another as long as that lives. Every slot does what it does on the object.
#include "object/call.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/weakref.h"

namespace taipan {

void weakref_dealloc(PyObject* o);

/// The object behind a proxy, held while it is used; anything else as it is.
static Ref<> behind(PyObject* o) {
  if (!PyWeakref_CheckProxy(o)) return share(o);
  PyObject* target = weakref_target(o);
  if (!target) return raise(PyExc_ReferenceError, "weakly-referenced object no longer exists");
  return share(target);
}

template <Ref<> (*Fn)(PyObject*)>
static Ref<> unary(PyObject* o) {
  auto x = TRY(behind(o));
  return Fn(x.get());
}
template <BinaryOp Op>
static Ref<> both(PyObject* a, PyObject* b) {
  auto x = TRY(behind(a));
  auto y = TRY(behind(b));
  return binary(Op, x.get(), y.get());
}
static Ref<> proxy_divmod(PyObject* a, PyObject* b) {
  auto x = TRY(behind(a));
  auto y = TRY(behind(b));
  return divmod(x.get(), y.get());
}
template <BinaryOp Op>
static Ref<> proxy_power(PyObject* a, PyObject* b, PyObject* c) {
  auto x = TRY(behind(a));
  auto y = TRY(behind(b));
  if (!c || c == Py_None) return binary(Op, x.get(), y.get());
  auto z = TRY(behind(c));
  return power(x.get(), y.get(), z.get());
}

static Result<bool> proxy_bool(PyObject* o) {
  auto x = TRY(behind(o));
  return is_true(x.get());
}
static Ref<> proxy_get_attr(PyObject* o, PyObject* name) {
  auto x = TRY(behind(o));
  return get_attr(x.get(), name);
}
static Status proxy_set_attr(PyObject* o, PyObject* name, PyObject* value) {
  auto x = TRY(behind(o));
  return set_attr(x.get(), name, value);
}
static Ref<> proxy_compare(PyObject* a, PyObject* b, int op) {
  auto x = TRY(behind(a));
  auto y = TRY(behind(b));
  return compare(x.get(), y.get(), op);
}
static Ref<> proxy_repr(PyObject* o) {
  PyObject* target = weakref_target(o);
  if (!target) target = Py_None;
  return format_str("<weakproxy at 0x{} to {} at 0x{}>", Hex{reinterpret_cast<uintptr_t>(o)}, type_name(target),
                    Hex{reinterpret_cast<uintptr_t>(target)});
}
static Result<Py_ssize_t> proxy_length(PyObject* o) {
  auto x = TRY(behind(o));
  return length(x.get());
}
static Ref<> proxy_item(PyObject* o, PyObject* key) {
  auto x = TRY(behind(o));
  auto k = TRY(behind(key));
  return get_item(x.get(), k.get());
}
static Status proxy_set_item(PyObject* o, PyObject* key, PyObject* value) {
  auto x = TRY(behind(o));
  return value ? set_item(x.get(), key, value) : del_item(x.get(), key);
}
static Result<bool> proxy_contains(PyObject* o, PyObject* value) {
  auto x = TRY(behind(o));
  return contains(x.get(), value);
}
static Ref<> proxy_iter(PyObject* o) {
  auto x = TRY(behind(o));
  return iterate(x.get());
}
static Result<Ref<>> proxy_next(PyObject* o) {
  auto x = TRY(behind(o));
  if (!is_iterator(x.get()))
    return raise(PyExc_TypeError, "Weakref proxy referenced a non-iterator '{}' object", clip(type_name(x.get()), 200));
  return next(x.get());
}
static PyObject* proxy_call(PyObject* o, PyObject* args, PyObject* kwargs) {
  Ref<> x = behind(o);
  return x ? call_object(x.get(), args, kwargs).release() : nullptr;
}
static PyObject* proxy_bytes(PyObject* o, PyObject*) {
  Ref<> x = behind(o);
  return x ? call_method(x.get(), "__bytes__"_name).release() : nullptr;
}
static PyObject* proxy_reversed(PyObject* o, PyObject*) {
  Ref<> x = behind(o);
  return x ? call_method(x.get(), "__reversed__"_name).release() : nullptr;
}

static int proxy_traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(reinterpret_cast<WeakRef*>(o)->wr_callback);
  return 0;
}
static int proxy_clear(PyObject* o) {
  untie_weakref(reinterpret_cast<WeakRef*>(o));
  clear_field(reinterpret_cast<WeakRef*>(o)->wr_callback);
  return 0;
}

static constinit PyNumberMethods proxy_as_number = {
    .nb_add = slot<both<BinaryOp::Add>>,
    .nb_subtract = slot<both<BinaryOp::Sub>>,
    .nb_multiply = slot<both<BinaryOp::Mult>>,
    .nb_remainder = slot<both<BinaryOp::Mod>>,
    .nb_divmod = slot<proxy_divmod>,
    .nb_power = slot<proxy_power<BinaryOp::Pow>>,
    .nb_negative = slot<unary<negative>>,
    .nb_positive = slot<unary<positive>>,
    .nb_absolute = slot<unary<absolute>>,
    .nb_bool = slot<proxy_bool>,
    .nb_invert = slot<unary<invert>>,
    .nb_lshift = slot<both<BinaryOp::LShift>>,
    .nb_rshift = slot<both<BinaryOp::RShift>>,
    .nb_and = slot<both<BinaryOp::And>>,
    .nb_xor = slot<both<BinaryOp::Xor>>,
    .nb_or = slot<both<BinaryOp::Or>>,
    .nb_int = slot<unary<to_int>>,
    .nb_float = slot<unary<to_float>>,
    .nb_inplace_add = slot<both<BinaryOp::InPlaceAdd>>,
    .nb_inplace_subtract = slot<both<BinaryOp::InPlaceSub>>,
    .nb_inplace_multiply = slot<both<BinaryOp::InPlaceMult>>,
    .nb_inplace_remainder = slot<both<BinaryOp::InPlaceMod>>,
    .nb_inplace_power = slot<proxy_power<BinaryOp::InPlacePow>>,
    .nb_inplace_lshift = slot<both<BinaryOp::InPlaceLShift>>,
    .nb_inplace_rshift = slot<both<BinaryOp::InPlaceRShift>>,
    .nb_inplace_and = slot<both<BinaryOp::InPlaceAnd>>,
    .nb_inplace_xor = slot<both<BinaryOp::InPlaceXor>>,
    .nb_inplace_or = slot<both<BinaryOp::InPlaceOr>>,
    .nb_floor_divide = slot<both<BinaryOp::FloorDiv>>,
    .nb_true_divide = slot<both<BinaryOp::Div>>,
    .nb_inplace_floor_divide = slot<both<BinaryOp::InPlaceFloorDiv>>,
    .nb_inplace_true_divide = slot<both<BinaryOp::InPlaceDiv>>,
    .nb_index = slot<unary<index>>,
    .nb_matrix_multiply = slot<both<BinaryOp::MatMult>>,
    .nb_inplace_matrix_multiply = slot<both<BinaryOp::InPlaceMatMult>>,
};
static constinit PySequenceMethods proxy_as_sequence = {.sq_length = slot<proxy_length>, .sq_contains = slot<proxy_contains>};
static constinit PyMappingMethods proxy_as_mapping = {
    .mp_length = slot<proxy_length>, .mp_subscript = slot<proxy_item>, .mp_ass_subscript = slot<proxy_set_item>};
static constinit PyMethodDef proxy_methods[] = {
    {"__bytes__", proxy_bytes, METH_NOARGS, nullptr},
    {"__reversed__", proxy_reversed, METH_NOARGS, nullptr},
    {},
};

static constexpr PyTypeObject proxy_type(const char* name, ternaryfunc call) {
  return {
      .ob_base = kStaticTypeHead,
      .tp_name = name,
      .tp_basicsize = sizeof(WeakRef),
      .tp_dealloc = weakref_dealloc,
      .tp_repr = slot<proxy_repr>,
      .tp_as_number = &proxy_as_number,
      .tp_as_sequence = &proxy_as_sequence,
      .tp_as_mapping = &proxy_as_mapping,
      .tp_hash = PyObject_HashNotImplemented,
      .tp_call = call,
      .tp_str = slot<unary<to_str>>,
      .tp_getattro = slot<proxy_get_attr>,
      .tp_setattro = slot<proxy_set_attr>,
      .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
      .tp_traverse = proxy_traverse,
      .tp_clear = proxy_clear,
      .tp_richcompare = slot<proxy_compare>,
      .tp_iter = slot<proxy_iter>,
      .tp_iternext = slot<proxy_next>,
      .tp_methods = proxy_methods,
  };
}

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject _PyWeakref_ProxyType = proxy_type("weakref.ProxyType", nullptr);
constinit PyTypeObject _PyWeakref_CallableProxyType = proxy_type("weakref.CallableProxyType", proxy_call);
