// Built-in functions about iterables: iter, next, all, any, sum, min, max, sorted, and the
// asynchronous forms.
#include "modules/builtins.h"
#include "object/call.h"
#include "object/int.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/iterators.h"
#include "vm/vm.h"

namespace taipan::builtins {

static Ref<> iter(PyObject*, Arguments args) {
  if (!check_positional("iter", args.count, 1, 2)) return {};
  if (args.count == 1) return iterate(args.items[0]);
  if (!is_callable(args.items[0])) return raise(PyExc_TypeError, "iter(v, w): v must be callable");
  return new_callable_iterator(args.items[0], args.items[1]);
}

static Ref<> next(PyObject*, Arguments args) {
  if (!check_positional("next", args.count, 1, 2)) return {};
  PyObject* it = args.items[0];
  if (!is_iterator(it))
    return raise(PyExc_TypeError, "'{}' object is not an iterator", type_name(it));
  Ref<> item = adopt(Py_TYPE(it)->tp_iternext(it));
  if (item) return item;
  if (args.count == 2) {
    if (pending_error() && !clear_error_if(PyExc_StopIteration)) return {};
    return share(args.items[1]);
  }
  if (!pending_error()) return raise_bare(PyExc_StopIteration);
  return {};
}

static constexpr char aiter_doc[] =
    "aiter($module, async_iterable, /)\n--\n\nThe asynchronous iterator of an asynchronous "
    "iterable.";
static Ref<> aiter(PyObject*, PyObject* o) {
  PyAsyncMethods* async = Py_TYPE(o)->tp_as_async;
  if (!async || !async->am_aiter)
    return raise(PyExc_TypeError, "'{}' object is not an async iterable", clip(type_name(o), 200));
  Ref<> it = TRY(adopt(async->am_aiter(o)));
  PyAsyncMethods* of_it = Py_TYPE(it.get())->tp_as_async;
  if (!of_it || !of_it->am_anext)
    return raise(PyExc_TypeError, "aiter() returned not an async iterator of type '{}'",
                 clip(type_name(it.get()), 200));
  return it;
}

static constexpr char anext_doc[] =
    "anext($module, aiterator, default=<unrepresentable>, /)\n--\n\n"
    "An awaitable of the next item. With a default, that is awaited instead of StopAsyncIteration "
    "being raised.";
static Ref<> anext(PyObject*, PyObject* it, PyObject* fallback) {
  PyAsyncMethods* async = Py_TYPE(it)->tp_as_async;
  if (!async || !async->am_anext)
    return raise(PyExc_TypeError, "'{}' object is not an async iterator", clip(type_name(it), 200));
  Ref<> awaitable = TRY(adopt(async->am_anext(it)));
  return fallback ? new_anext_awaitable(awaitable.get(), fallback) : std::move(awaitable);
}

static constexpr char all_doc[] =
    "all($module, iterable, /)\n--\n\nAre all items true? (Yes, if there are none.)";
static Result<bool> all(PyObject*, PyObject* iterable) {
  Ref<> it = TRY(iterate(iterable));
  for (;;) {
    Ref<> item = TRY(taipan::next(it.get()));
    if (!item) return true;
    if (!TRY(is_true(item.get()))) return false;
  }
}
static constexpr char any_doc[] =
    "any($module, iterable, /)\n--\n\nIs one item true? (No, if there are none.)";
static Result<bool> any(PyObject*, PyObject* iterable) {
  Ref<> it = TRY(iterate(iterable));
  for (;;) {
    Ref<> item = TRY(taipan::next(it.get()));
    if (!item) return false;
    if (TRY(is_true(item.get()))) return true;
  }
}

// -- sum ------------------------------------------------------------------------------------

// While the total and the items stay machine integers, and then while they stay floats, no object
// is made for the intermediate results.
static Ref<> sum_of(PyObject* it, Ref<> total) {
  Ref<> item;
  int64_t n;
  if (PyLong_CheckExact(total.get()) && int_to_int64(total.get(), &n) == 0) {
    for (;;) {
      item = TRY(taipan::next(it));
      if (!item) return new_int(n);
      int64_t addend, larger;
      bool small = (PyLong_CheckExact(item.get()) || PyBool_Check(item.get())) &&
                   int_to_int64(item.get(), &addend) == 0;
      if (!small || __builtin_add_overflow(n, addend, &larger)) break;
      n = larger;
    }
    Ref<> so_far = TRY(new_int(n));
    total = TRY(binary(BinaryOp::Add, so_far.get(), item.get()));
  }
  if (PyFloat_CheckExact(total.get())) {
    double x = float_value(total.get());
    for (;;) {
      item = TRY(taipan::next(it));
      if (!item) return new_float(x);
      int64_t addend;
      if (PyFloat_CheckExact(item.get()))
        x += float_value(item.get());
      else if (PyLong_Check(item.get()) && int_to_int64(item.get(), &addend) == 0)
        x += static_cast<double>(addend);
      else
        break;
    }
    Ref<> so_far = TRY(new_float(x));
    total = TRY(binary(BinaryOp::Add, so_far.get(), item.get()));
  }
  for (;;) {
    item = TRY(taipan::next(it));
    if (!item) return total;
    total = TRY(binary(BinaryOp::Add, total.get(), item.get()));
  }
}

static constexpr char sum_doc[] =
    "sum($module, iterable, /, start=0)\n--\n\nThe sum of the items, added to a start value.";
static Ref<> sum(PyObject*, PyObject* iterable, PyObject* start) {
  Ref<> it = TRY(iterate(iterable));
  if (!start) return sum_of(it.get(), share(object(small_int(0))));
  if (PyUnicode_Check(start))
    return raise(PyExc_TypeError, "sum() can't sum strings [use ''.join(seq) instead]");
  if (PyBytes_Check(start))
    return raise(PyExc_TypeError, "sum() can't sum bytes [use b''.join(seq) instead]");
  if (PyByteArray_Check(start))
    return raise(PyExc_TypeError, "sum() can't sum bytearray [use b''.join(seq) instead]");
  return sum_of(it.get(), share(start));
}

// -- min and max ----------------------------------------------------------------------------

/// The named arguments of min and max.
static Status read_names(const char* function, Arguments args, PyObject** key,
                         PyObject** fallback) {
  if (args.named() > 2)
    return raise(PyExc_TypeError, "{}() takes at most 2 keyword arguments ({} given)", function, args.named());
  for (Py_ssize_t i = 0; i < args.named(); i++) {
    PyObject* name = item(args.names, i);
    PyObject* value = args.items[args.count + i];
    if (str_equal(name, "key"))
      *key = value;
    else if (str_equal(name, "default"))
      *fallback = value;
    else
      return raise(PyExc_TypeError, "'{}' is an invalid keyword argument for {}()", as_str(name),
                   function);
  }
  return {};
}

static Ref<> extremum(Arguments args, const char* name, int op) {
  if (args.count == 0)
    return raise(PyExc_TypeError, "{} expected at least 1 argument, got 0", name);
  PyObject *key = nullptr, *fallback = nullptr;
  TRY(read_names(name, args, &key, &fallback));
  if (key == Py_None) key = nullptr;
  bool several = args.count > 1;
  if (several && fallback)
    return raise(PyExc_TypeError,
                 "Cannot specify a default for {}() with multiple positional arguments", name);
  Ref<> it = several ? Ref<>() : TRY(iterate(args.items[0]));
  Ref<> best, best_value;
  for (Py_ssize_t i = 0;; i++) {
    Ref<> item;
    if (!several)
      item = TRY(taipan::next(it.get()));
    else if (i < args.count)
      item = share(args.items[i]);
    if (!item) break;
    Ref<> value = key ? TRY(call(key, item.get())) : item.copy();
    if (best && !TRY(compare_bool(value.get(), best_value.get(), op))) continue;
    best = std::move(item);
    best_value = std::move(value);
  }
  if (best) return best;
  if (fallback) return share(fallback);
  return raise(PyExc_ValueError, "{}() arg is an empty sequence", name);
}

static Ref<> min(PyObject*, Arguments args) { return extremum(args, "min", Py_LT); }
static Ref<> max(PyObject*, Arguments args) { return extremum(args, "max", Py_GT); }

static Ref<> sorted(PyObject*, Arguments args) {
  if (!check_positional("sorted", args.count, 1, 1)) return {};
  Ref<List> list = TRY(to_list(args.items[0]));
  Ref<> sort = TRY(get_attr(object(list.get()), "sort"_name));  // it checks the keywords
  TRY(done(vectorcall(sort.get(), args.items + args.count, 0, args.names)));
  return list;
}

constinit PyMethodDef iteration_functions[] = {
    positional_varargs<iter>(
        "iter",
        "iter(iterable) -> iterator\niter(callable, sentinel) -> iterator\n\n"
        "The iterator of an iterable, or one that calls a function until it returns the sentinel."),
    positional_varargs<next>(
        "next",
        "next(iterator[, default])\n\n"
        "The next item; at the end the default, or StopIteration if there is none."),
    method<aiter_doc, aiter>,
    method<anext_doc, anext>,
    method<all_doc, all>,
    method<any_doc, any>,
    method<sum_doc, sum>,
    varargs<min>("min",
                 "min(iterable, *[, default=obj, key=func]) -> value\n"
                 "min(arg1, arg2, *args, *[, key=func]) -> value\n\n"
                 "The smallest item of an iterable, or of the arguments. The default is for an "
                 "empty iterable."),
    varargs<max>("max",
                 "max(iterable, *[, default=obj, key=func]) -> value\n"
                 "max(arg1, arg2, *args, *[, key=func]) -> value\n\n"
                 "The largest item of an iterable, or of the arguments. The default is for an "
                 "empty iterable."),
    varargs<sorted>(
        "sorted",
        "sorted($module, iterable, /, *, key=None, reverse=False)\n--\n\n"
        "A new list of the items in ascending order; key and reverse as in list.sort()."),
    {},
};

}  // namespace taipan::builtins
