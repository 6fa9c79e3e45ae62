// zip, map and filter.
#include "base/vector.h"
#include "object/bind.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/stack.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/rows.h"

namespace taipan {

/// iter() of each argument from the `from`th on: a tuple.
static Ref<Tuple> iterators_of(PyObject* args, Py_ssize_t from) {
  Py_ssize_t n = tuple_size(args) - from;
  auto iterators = TRY(new_tuple(n));
  for (Py_ssize_t i = 0; i < n; i++) iterators->ob_item[i] = TRY(iterate(item(args, from + i))).release();
  return iterators;
}
/// An iterator over an iterator over …: the chain may be long.
static PyObject* step(PyObject* iterator) {
  if (!has_stack(" while iterating")) return nullptr;
  return Py_TYPE(iterator)->tp_iternext(iterator);
}

// -- zip --

namespace {
struct Zip {
  PyObject_HEAD
  Py_ssize_t count;
  Tuple* iterators;
  PyObject* result;  // given out again as long as nobody else has it
  bool strict;
};
}  // namespace
static Zip* as_zip(PyObject* o) { return reinterpret_cast<Zip*>(o); }

static Ref<> make_zip(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  bool strict = false;
  if (kwargs) {
    Py_ssize_t position = 0;
    PyObject *key, *value;
    while (dict_next(kwargs, &position, &key, &value)) {
      if (!PyUnicode_Check(key)) return raise(PyExc_TypeError, "keywords must be strings");
      if (!str_equal(key, "strict"))
        return raise(PyExc_TypeError, "'{}' is an invalid keyword argument for zip()", as_str(key));
      strict = TRY(is_true(value));
    }
  }
  auto iterators = TRY(iterators_of(args, 0));
  Py_ssize_t n = tuple_size(args);
  auto result = TRY(new_tuple(n));
  for (Py_ssize_t i = 0; i < n; i++) result->ob_item[i] = none().release();
  Ref<> made = TRY(adopt(type->tp_alloc(type, 0)));
  Zip* z = as_zip(made.get());
  z->count = n;
  z->iterators = iterators.release();
  z->result = object(result.release());
  z->strict = strict;
  return made;
}
static PyObject* zip_new(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  return make_zip(type, args, kwargs).release();
}
static void zip_dealloc(PyObject* o) {
  gc_untrack(o);
  Py_XDECREF(object(as_zip(o)->iterators));
  Py_XDECREF(as_zip(o)->result);
  Py_TYPE(o)->tp_free(o);
}
static int zip_traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(as_zip(o)->iterators);
  Py_VISIT(as_zip(o)->result);
  return 0;
}

static const char* earlier_arguments(Py_ssize_t i) { return i == 1 ? " " : "s 1-"; }

/// Argument `i` (from 0) ended first. With strict, all others must end now too.
static PyObject* check_all_ended(Zip* z, Py_ssize_t i) {
  if (pending_error() && !clear_error_if(PyExc_StopIteration)) return nullptr;
  if (i > 0)
    return raise(PyExc_ValueError, "zip() argument {} is shorter than argument{}{}", i + 1, earlier_arguments(i), i);
  for (i = 1; i < z->count; i++) {
    if (Ref<> extra = adopt(step(z->iterators->ob_item[i])))
      return raise(PyExc_ValueError, "zip() argument {} is longer than argument{}{}", i + 1, earlier_arguments(i), i);
    if (pending_error() && !clear_error_if(PyExc_StopIteration)) return nullptr;
  }
  return nullptr;
}

static PyObject* zip_next(PyObject* o) {
  Zip* z = as_zip(o);
  if (z->count == 0) return nullptr;
  bool reuse = Py_REFCNT(z->result) == 1;
  Ref<Tuple> result = reuse ? share(reinterpret_cast<Tuple*>(z->result)) : new_tuple(z->count);
  if (!result) return nullptr;
  for (Py_ssize_t i = 0; i < z->count; i++) {
    Ref<> value = adopt(step(z->iterators->ob_item[i]));
    if (!value) return z->strict ? check_all_ended(z, i) : nullptr;
    Ref<> old = adopt(std::exchange(result->ob_item[i], value.release()));
  }
  // The collector may have untracked it when it held atoms only.
  if (reuse && !gc_is_tracked(z->result)) gc_track(z->result);
  return object(result.release());
}

static Ref<> zip_reduce(PyObject* o) {
  PyObject *type = object(Py_TYPE(o)), *iterators = object(as_zip(o)->iterators);
  return as_zip(o)->strict ? tuple_of({type, iterators, Py_True}) : tuple_of({type, iterators});
}
static Status zip_setstate(PyObject* o, PyObject* state) {
  as_zip(o)->strict = TRY(is_true(state));
  return {};
}
static constinit PyMethodDef zip_methods[] = {
    noargs<zip_reduce>("__reduce__", kReduceDoc),
    one_arg<zip_setstate>("__setstate__", kSetstateDoc),
    {},
};

// -- map --

namespace {
struct Map {
  PyObject_HEAD
  Tuple* iterators;
  PyObject* function;
};
}  // namespace
static Map* as_map(PyObject* o) { return reinterpret_cast<Map*>(o); }

static PyObject* map_new(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  if ((type == &PyMap_Type || type->tp_init == PyMap_Type.tp_init) && !check_no_keywords_dict("map", kwargs))
    return nullptr;
  if (tuple_size(args) < 2) return raise(PyExc_TypeError, "map() must have at least two arguments.");
  auto iterators = iterators_of(args, 1);
  if (!iterators) return nullptr;
  PyObject* made = type->tp_alloc(type, 0);
  if (!made) return nullptr;
  as_map(made)->iterators = iterators.release();
  as_map(made)->function = Py_NewRef(item(args, 0));
  return made;
}
static PyObject* map_vectorcall(PyObject* type, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  if (!check_no_keywords("map", kwnames)) return nullptr;
  Ref<> tuple = tuple_of(args, PyVectorcall_NARGS(nargsf));
  return tuple ? map_new(reinterpret_cast<PyTypeObject*>(type), tuple.get(), nullptr) : nullptr;
}
static void map_dealloc(PyObject* o) {
  gc_untrack(o);
  Py_XDECREF(object(as_map(o)->iterators));
  Py_XDECREF(as_map(o)->function);
  Py_TYPE(o)->tp_free(o);
}
static int map_traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(as_map(o)->iterators);
  Py_VISIT(as_map(o)->function);
  return 0;
}
static PyObject* map_next(PyObject* o) {
  Map* m = as_map(o);
  Py_ssize_t n = Py_SIZE(m->iterators);
  constexpr Py_ssize_t kFew = 5;
  PyObject* few[kFew + 1];
  Vector<PyObject*> many;
  if (n > kFew && !many.resize(static_cast<size_t>(n) + 1)) return raise_no_memory();
  PyObject** slots = n > kFew ? many.data() : few;  // one spare slot in front for the callee
  Py_ssize_t i = 0;
  PyObject* result = nullptr;
  for (; i < n; i++) {
    slots[i + 1] = step(m->iterators->ob_item[i]);
    if (!slots[i + 1]) break;
  }
  if (i == n)
    result = vectorcall(m->function, slots + 1, static_cast<size_t>(n) | PY_VECTORCALL_ARGUMENTS_OFFSET).release();
  for (Py_ssize_t j = 0; j < i; j++) Py_DECREF(slots[j + 1]);
  return result;
}
static Ref<> map_reduce(PyObject* o) {
  Map* m = as_map(o);
  Py_ssize_t n = Py_SIZE(m->iterators);
  auto args = TRY(new_tuple(n + 1));
  args->ob_item[0] = Py_NewRef(m->function);
  for (Py_ssize_t i = 0; i < n; i++) args->ob_item[i + 1] = Py_NewRef(m->iterators->ob_item[i]);
  return tuple_of({object(Py_TYPE(o)), object(args.get())});
}
static constinit PyMethodDef map_methods[] = {noargs<map_reduce>("__reduce__", kReduceDoc), {}};

// -- filter --

namespace {
struct Filter {
  PyObject_HEAD
  PyObject* function;
  PyObject* iterator;
};
}  // namespace
static Filter* as_filter(PyObject* o) { return reinterpret_cast<Filter*>(o); }

static Ref<> make_filter(PyTypeObject* type, PyObject* function, PyObject* iterable) {
  Ref<> iterator = TRY(iterate(iterable));
  Ref<> made = TRY(adopt(type->tp_alloc(type, 0)));
  as_filter(made.get())->function = Py_NewRef(function);
  as_filter(made.get())->iterator = iterator.release();
  return made;
}
static PyObject* filter_new(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  if ((type == &PyFilter_Type || type->tp_init == PyFilter_Type.tp_init) && !check_no_keywords_dict("filter", kwargs))
    return nullptr;
  if (!check_positional("filter", tuple_size(args), 2, 2)) return nullptr;
  return make_filter(type, item(args, 0), item(args, 1)).release();
}
static PyObject* filter_vectorcall(PyObject* type, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  if (!check_no_keywords("filter", kwnames) || !check_positional("filter", PyVectorcall_NARGS(nargsf), 2, 2))
    return nullptr;
  return make_filter(reinterpret_cast<PyTypeObject*>(type), args[0], args[1]).release();
}
static void filter_dealloc(PyObject* o) {
  gc_untrack(o);
  Py_XDECREF(as_filter(o)->function);
  Py_XDECREF(as_filter(o)->iterator);
  Py_TYPE(o)->tp_free(o);
}
static int filter_traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(as_filter(o)->function);
  Py_VISIT(as_filter(o)->iterator);
  return 0;
}
static Result<bool> passes(PyObject* function, PyObject* value) {
  if (function == Py_None || function == object(&PyBool_Type)) return is_true(value);
  Ref<> verdict = TRY(call(function, value));
  return is_true(verdict.get());
}
static PyObject* filter_next(PyObject* o) {
  Filter* f = as_filter(o);
  for (;;) {
    Ref<> value = adopt(step(f->iterator));
    if (!value) return nullptr;
    auto good = passes(f->function, value.get());
    if (!good) return nullptr;
    if (*good) return value.release();
  }
}
static Ref<> filter_reduce(PyObject* o) {
  Ref<> args = TRY(tuple_of({as_filter(o)->function, as_filter(o)->iterator}));
  return tuple_of({object(Py_TYPE(o)), args.get()});
}
static constinit PyMethodDef filter_methods[] = {noargs<filter_reduce>("__reduce__", kReduceDoc), {}};

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject PyZip_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "zip",
    .tp_basicsize = sizeof(Zip),
    .tp_dealloc = zip_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_doc = "zip(*iterables, strict=False) --> tuples of one item from each iterable\n\n"
              "   >>> list(zip('ab', (1, 2)))\n"
              "   [('a', 1), ('b', 2)]\n\n"
              "It ends when the shortest iterable does. With strict true, they must all be equally long,\n"
              "or a ValueError is raised.",
    .tp_traverse = zip_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = zip_next,
    .tp_methods = zip_methods,
    .tp_alloc = generic_alloc,
    .tp_new = zip_new,
    .tp_free = gc_free,
};
constinit PyTypeObject PyMap_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "map",
    .tp_basicsize = sizeof(Map),
    .tp_dealloc = map_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_doc = "map(func, *iterables) --> map object\n\n"
              "An iterator over the results of func, called with one item from each iterable.\n"
              "It ends when the shortest iterable does.",
    .tp_traverse = map_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = map_next,
    .tp_methods = map_methods,
    .tp_alloc = generic_alloc,
    .tp_new = map_new,
    .tp_free = gc_free,
    .tp_vectorcall = map_vectorcall,
};
constinit PyTypeObject PyFilter_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "filter",
    .tp_basicsize = sizeof(Filter),
    .tp_dealloc = filter_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_doc = "filter(function or None, iterable) --> filter object\n\n"
              "An iterator over the items for which function(item) is true;\n"
              "with None, over the items that are true.",
    .tp_traverse = filter_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = filter_next,
    .tp_methods = filter_methods,
    .tp_alloc = generic_alloc,
    .tp_new = filter_new,
    .tp_free = gc_free,
    .tp_vectorcall = filter_vectorcall,
};
