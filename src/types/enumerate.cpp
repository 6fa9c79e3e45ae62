// enumerate and reversed.
#include "object/bind.h"
#include "object/call.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/stack.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/iterators.h"
#include "types/pair.h"
#include "types/rows.h"

namespace taipan {

// -- enumerate --

namespace {
struct Enumerate {
  PyObject_HEAD
  Py_ssize_t count;       // the next number, unless big
  PyObject* iterator;
  PyObject* pair;         // given out again as long as nobody else has it
  PyObject* big_count;    // the next number once it does not fit; else null
};
}  // namespace
static Enumerate* as_enumerate(PyObject* o) { return reinterpret_cast<Enumerate*>(o); }

static Ref<> make_enumerate(PyTypeObject* type, PyObject* iterable, PyObject* start) {
  Ref<> made = TRY(adopt(type->tp_alloc(type, 0)));
  Enumerate* e = as_enumerate(made.get());
  e->count = 0;
  e->iterator = e->pair = e->big_count = nullptr;
  if (start) {
    Ref<> n = TRY(index(start));
    int64_t value;
    if (int_to_int64(n.get(), &value) == 0 && value != PY_SSIZE_T_MAX) e->count = value;
    else e->count = PY_SSIZE_T_MAX, e->big_count = n.release();
  }
  e->iterator = TRY(iterate(iterable)).release();
  e->pair = TRY(tuple_of({Py_None, Py_None})).release();
  return made;
}

static bool is_keyword(PyObject* names, Py_ssize_t i, std::string_view expected) {
  if (str_equal(item(names, i), expected)) return true;
  (void)raise(PyExc_TypeError, "'{}' is an invalid keyword argument for enumerate()", as_str(item(names, i)));
  return false;
}

static Ref<> enumerate_of(PyTypeObject* type, const Arguments& a) {
  Py_ssize_t named = a.named(), total = a.count + named;
  if (total == 2) {
    if (named == 1 && !is_keyword(a.names, 0, "start")) return {};
    if (named == 2) {
      bool swapped = str_equal(item(a.names, 0), "start");
      if (!is_keyword(a.names, swapped, "iterable") || !is_keyword(a.names, !swapped, "start")) return {};
      if (swapped) return make_enumerate(type, a.items[1], a.items[0]);
    }
    return make_enumerate(type, a.items[0], a.items[1]);
  }
  if (total == 1) {
    if (named == 1 && !is_keyword(a.names, 0, "iterable")) return {};
    return make_enumerate(type, a.items[0], nullptr);
  }
  if (a.count == 0) return raise(PyExc_TypeError, "enumerate() missing required argument 'iterable'");
  return raise(PyExc_TypeError, "enumerate() takes at most 2 arguments ({} given)", total);
}
static PyObject* enumerate_new(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  FlatArguments flat(args, kwargs);
  return flat.ok() ? enumerate_of(type, {flat.items(), flat.count(), flat.names()}).release() : nullptr;
}
static PyObject* enumerate_vectorcall(PyObject* type, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  return enumerate_of(reinterpret_cast<PyTypeObject*>(type), {args, PyVectorcall_NARGS(nargsf), kwnames}).release();
}

static void enumerate_dealloc(PyObject* o) {
  gc_untrack(o);
  Enumerate* e = as_enumerate(o);
  Py_XDECREF(e->iterator);
  Py_XDECREF(e->pair);
  Py_XDECREF(e->big_count);
  Py_TYPE(o)->tp_free(o);
}
static int enumerate_traverse(PyObject* o, visitproc visit, void* arg) {
  Enumerate* e = as_enumerate(o);
  Py_VISIT(e->iterator);
  Py_VISIT(e->pair);
  Py_VISIT(e->big_count);
  return 0;
}

/// The number for this step; counts up.
static Ref<> take_number(Enumerate* e) {
  if (e->count < PY_SSIZE_T_MAX) return new_int(e->count++);
  if (!e->big_count) e->big_count = TRY(new_int(PY_SSIZE_T_MAX)).release();
  Ref<> one = TRY(new_int(1));
  Ref<> following = TRY(int_add(e->big_count, one.get()));
  return adopt(std::exchange(e->big_count, following.release()));
}

static PyObject* enumerate_next(PyObject* o) {
  Enumerate* e = as_enumerate(o);
  if (!has_stack(" while iterating")) return nullptr;
  Ref<> value = adopt(Py_TYPE(e->iterator)->tp_iternext(e->iterator));
  if (!value) return nullptr;
  Ref<> number = take_number(e);
  if (!number) return nullptr;
  return refill_pair(e->pair, std::move(number), std::move(value)).release();
}

static Ref<> enumerate_reduce(PyObject* o) {
  Enumerate* e = as_enumerate(o);
  Ref<> number = e->big_count ? share(e->big_count) : new_int(e->count);
  if (!number) return {};
  Ref<> args = TRY(tuple_of({e->iterator, number.get()}));
  return tuple_of({object(Py_TYPE(o)), args.get()});
}

static constinit PyMethodDef enumerate_methods[] = {
    noargs<enumerate_reduce>("__reduce__", kReduceDoc),
    kClassGetitemRow,
    {},
};

// -- reversed --

static SequenceIterator* as_reversed(PyObject* o) { return reinterpret_cast<SequenceIterator*>(o); }

static Ref<> reversed_of(PyTypeObject* type, PyObject* sequence) {
  PyObject* method = type_lookup(Py_TYPE(sequence), "__reversed__"_name);
  if (method == Py_None)
    return raise(PyExc_TypeError, "'{}' object is not reversible", clip(type_name(sequence), 200));
  Ref<> special = TRY(lookup_special(sequence, "__reversed__"_name));
  if (special) return call(special.get());
  if (!is_sequence(sequence))
    return raise(PyExc_TypeError, "'{}' object is not reversible", clip(type_name(sequence), 200));
  Py_ssize_t n = TRY(length(sequence));
  Ref<> made = TRY(adopt(type->tp_alloc(type, 0)));
  as_reversed(made.get())->index = n - 1;
  as_reversed(made.get())->sequence = Py_NewRef(sequence);
  return made;
}
static PyObject* reversed_new(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  if ((type == &PyReversed_Type || type->tp_init == PyReversed_Type.tp_init) &&
      !check_no_keywords_dict("reversed", kwargs))
    return nullptr;
  if (!check_positional("reversed", tuple_size(args), 1, 1)) return nullptr;
  return reversed_of(type, item(args, 0)).release();
}
static PyObject* reversed_vectorcall(PyObject* type, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  if (!check_no_keywords("reversed", kwnames) || !check_positional("reversed", PyVectorcall_NARGS(nargsf), 1, 1))
    return nullptr;
  return reversed_of(reinterpret_cast<PyTypeObject*>(type), args[0]).release();
}
static void reversed_dealloc(PyObject* o) {
  gc_untrack(o);
  Py_XDECREF(as_reversed(o)->sequence);
  Py_TYPE(o)->tp_free(o);
}
static PyObject* reversed_next(PyObject* o) {
  SequenceIterator* it = as_reversed(o);
  if (it->index >= 0 && it->sequence) {
    Ref<> hold = share(it->sequence);
    Ref<> value = sequence_item(hold.get(), it->index);
    if (value) {
      it->index--;
      return value.release();
    }
    if (!pending_matches(PyExc_IndexError) && !pending_matches(PyExc_StopIteration)) return nullptr;
    clear_error();
  }
  it->index = -1;
  clear_field(it->sequence);
  return nullptr;
}
static Result<Py_ssize_t> reversed_left(PyObject* o) {
  SequenceIterator* it = as_reversed(o);
  if (!it->sequence) return Py_ssize_t{0};
  Py_ssize_t n = TRY(length(it->sequence)), position = it->index + 1;
  return n < position ? Py_ssize_t{0} : position;
}
static Ref<> reversed_reduce(PyObject* o) {
  SequenceIterator* it = as_reversed(o);
  PyObject* type = object(Py_TYPE(o));
  Ref<> args = TRY(tuple_of({it->sequence ? it->sequence : empty_tuple()}));
  if (!it->sequence) return tuple_of({type, args.get()});
  Ref<> index = TRY(new_int(it->index));
  return tuple_of({type, args.get(), index.get()});
}
static Status reversed_setstate(PyObject* o, PyObject* state) {
  SequenceIterator* it = as_reversed(o);
  Py_ssize_t i = TRY(to_ssize(state, PyExc_OverflowError));
  if (!it->sequence) return {};
  Py_ssize_t n = TRY(length(it->sequence));
  it->index = i < -1 ? -1 : i > n - 1 ? n - 1 : i;
  return {};
}
static constinit PyMethodDef reversed_methods[] = {
    noargs<reversed_left>("__length_hint__", kLengthHintDoc),
    noargs<reversed_reduce>("__reduce__", kReduceDoc),
    one_arg<reversed_setstate>("__setstate__", kSetstateDoc),
    {},
};

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject PyEnum_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "enumerate",
    .tp_basicsize = sizeof(Enumerate),
    .tp_dealloc = enumerate_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_doc = "enumerate(iterable, start=0)\n--\n\n"
              "Pairs of a number and an item of the iterable; the numbers count up from start.",
    .tp_traverse = enumerate_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = enumerate_next,
    .tp_methods = enumerate_methods,
    .tp_alloc = generic_alloc,
    .tp_new = enumerate_new,
    .tp_free = gc_free,
    .tp_vectorcall = enumerate_vectorcall,
};
constinit PyTypeObject PyReversed_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "reversed",
    .tp_basicsize = sizeof(SequenceIterator),
    .tp_dealloc = reversed_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_doc = "reversed(sequence, /)\n--\n\n"
              "An iterator over the sequence's items, last one first.",
    .tp_traverse = index_iterator_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = reversed_next,
    .tp_methods = reversed_methods,
    .tp_alloc = generic_alloc,
    .tp_new = reversed_new,
    .tp_free = gc_free,
    .tp_vectorcall = reversed_vectorcall,
};
