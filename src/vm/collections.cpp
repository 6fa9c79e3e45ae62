// Building and taking apart collections: the meaning behind handlers/collections.cpp.
#include "object/dict.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/format_spec.h"
#include "types/set.h"
#include "vm/semantics.h"
#include "vm/vm.h"

namespace taipan {

Ref<> build_tuple_stealing(PyObject** items, Py_ssize_t n) {
  return tuple_taking(items, n);
}

Ref<> build_list_stealing(PyObject** items, Py_ssize_t n) {
  Ref<List> list = new_list(n);
  if (!list) {
    for (Py_ssize_t i = 0; i < n; i++) Py_DECREF(items[i]);
    return {};
  }
  if (n) memcpy(list->ob_item, items, n * sizeof(PyObject*));
  return list;
}

Ref<> build_set(PyObject** items, Py_ssize_t n) {
  Ref<> set = TRY(new_set());
  for (Py_ssize_t i = 0; i < n; i++) TRY(set_add(set.get(), items[i]));
  return set;
}

Ref<> build_map(PyObject** pairs, Py_ssize_t n) {
  Ref<Dict> dict = TRY(n > 5 ? new_dict_sized(n) : new_dict());
  for (Py_ssize_t i = 0; i < n; i++) TRY(dict_set(object(dict.get()), pairs[2 * i], pairs[2 * i + 1]));
  return dict;
}

Ref<> build_const_key_map(PyObject* keys, PyObject** values, Py_ssize_t n) {
  if (!PyTuple_CheckExact(keys) || Py_SIZE(keys) != n)
    return raise(PyExc_SystemError, "bad BUILD_CONST_KEY_MAP keys argument");
  Ref<Dict> dict = TRY(n > 5 ? new_dict_sized(n) : new_dict());
  for (Py_ssize_t i = 0; i < n; i++) TRY(dict_set(object(dict.get()), item(keys, i), values[i]));
  return dict;
}

Ref<> build_string(PyObject** parts, Py_ssize_t n) {
  for (Py_ssize_t i = 0; i < n; i++) {
    if (!PyUnicode_Check(parts[i])) [[unlikely]]
      return raise(PyExc_TypeError, "sequence item {}: expected str instance, {} found", i, clip(type_name(parts[i]), 80));
  }
  if (n == 2) return str_concat(parts[0], parts[1]);
  Py_ssize_t size = 0;
  Py_UCS4 widest = 0x7f;
  for (Py_ssize_t i = 0; i < n; i++) {
    if (__builtin_add_overflow(size, str_length(parts[i]), &size)) return raise_no_memory();
    Py_UCS4 max_char = PyUnicode_MAX_CHAR_VALUE(parts[i]);
    if (max_char > widest) widest = max_char;
  }
  Ref<> text = TRY(allocate_str(size, widest));
  Py_ssize_t at = 0;
  for (Py_ssize_t i = 0; i < n; at += str_length(parts[i++])) copy_characters(text.get(), at, parts[i], 0, str_length(parts[i]));
  return text;
}

Ref<> format_value(PyObject* value, PyObject* spec, unsigned conversion) {
  Ref<> converted;
  switch (conversion) {
    case 1: converted = TRY(to_str(value)); break;
    case 2: converted = TRY(repr(value)); break;
    case 3: converted = TRY(to_ascii(value)); break;
    default:
      // What built-in types do with a format needs no look-up of __format__.
      if (PyLong_CheckExact(value)) {
        if (!spec) return int_to_text(value, 10);
        if (PyUnicode_Check(spec)) return format_int_value(value, whole(spec));
      } else if (PyFloat_CheckExact(value)) {
        if (!spec) return repr(value);
        if (PyUnicode_Check(spec)) return format_float_value(value, whole(spec));
      }
      converted = share(value);
  }
  if (PyUnicode_CheckExact(converted.get())) {
    if (!spec) return converted;
    if (PyUnicode_Check(spec)) return format_str_value(converted.get(), whole(spec));
  }
  return format(converted.get(), spec);
}

static bool is_not_iterable(PyObject* o) { return !Py_TYPE(o)->tp_iter && !is_sequence(o); }

Status list_extend_from(PyObject* list, PyObject* iterable) {
  // Items are collected first when the source is the list itself.
  if (PyList_CheckExact(iterable) || PyTuple_CheckExact(iterable)) {
    Ref<> copy;
    if (iterable == list) iterable = (copy = TRY(to_tuple(iterable))).get();
    Py_ssize_t n = Py_SIZE(iterable);
    for (Py_ssize_t i = 0; i < n && i < Py_SIZE(iterable); i++) TRY(list_append(list, fast_items(iterable)[i]));
    return {};
  }
  Ref<> iterator = iterate(iterable);
  if (!iterator) {
    if (pending_matches(PyExc_TypeError) && is_not_iterable(iterable)) {
      clear_error();
      return raise(PyExc_TypeError, "Value after * must be an iterable, not {}", type_name(iterable));
    }
    return Raised{};
  }
  TRY(length_hint(iterable, 8));  // its errors count, as for list.extend
  for (;;) {
    Ref<> next_item = TRY(next(iterator.get()));
    if (!next_item) return {};
    TRY(list_append(list, next_item.get()));
  }
}

Status dict_update_from(PyObject* dict, PyObject* mapping) {
  if (dict_merge(dict, mapping, 1)) return {};
  if (!clear_error_if(PyExc_AttributeError)) return Raised{};
  return raise(PyExc_TypeError, "'{}' object is not a mapping", type_name(mapping));
}

/// "module.f()", or the str of anything that is not a function of its own kind.
static Ref<> function_text(PyObject* callable) {
  Ref<> qualname = TRY(find_attr(callable, "__qualname__"_name));
  if (!qualname) return to_str(callable);
  Ref<> module = TRY(find_attr(callable, "__module__"_name));
  if (module && module.get() != Py_None) {
    bool builtin = PyUnicode_Check(module.get()) && str_equal(module.get(), "builtins");
    if (!builtin) return format_str("{}.{}()", as_str(module.get()), as_str(qualname.get()));
  }
  return format_str("{}()", as_str(qualname.get()));
}

/// The exception of dict_merge with duplicates refused, in the words of a call.
static Raised explain_merge_failure(PyObject* callable, PyObject* mapping) {
  if (clear_error_if(PyExc_AttributeError)) {
    Ref<> text = TRY(function_text(callable));
    return raise(PyExc_TypeError, "{} argument after ** must be a mapping, not {}", as_str(text.get()),
                 type_name(mapping));
  }
  if (!pending_matches(PyExc_KeyError)) return {};
  PendingError pending = PendingError::take();
  Ref<> key;
  if (pending.value && is_instance_of(pending.value.get(), reinterpret_cast<PyTypeObject*>(PyExc_BaseException))) {
    PyObject* args = reinterpret_cast<PyBaseExceptionObject*>(pending.value.get())->args;
    if (args && Py_SIZE(args) == 1) key = share(item(args, 0));
  } else if (pending.value) {
    key = PyTuple_Check(pending.value.get()) && Py_SIZE(pending.value.get()) == 1
              ? share(item(pending.value.get(), 0)) : pending.value.copy();
  }
  if (!key) {
    std::move(pending).restore();
    return {};
  }
  Ref<> text = TRY(function_text(callable));
  return raise(PyExc_TypeError, "{} got multiple values for keyword argument '{}'", as_str(text.get()),
               as_str(key.get()));
}

Status dict_merge_from(PyObject* callable, PyObject* dict, PyObject* mapping) {
  if (dict_merge(dict, mapping, 2)) return {};
  return explain_merge_failure(callable, mapping);
}

/// A TypeError of CALL_FUNCTION_EX's `*args`.
Ref<> call_arguments_tuple(PyObject* callable, PyObject* args) {
  if (PyTuple_CheckExact(args)) return share(args);
  if (is_not_iterable(args)) {
    Ref<> text = TRY(function_text(callable));
    return raise(PyExc_TypeError, "{} argument after * must be an iterable, not {}", as_str(text.get()),
                 type_name(args));
  }
  return to_tuple(args);
}

static void drop_unpacked(PyObject** top, Py_ssize_t n) {
  for (Py_ssize_t i = 1; i <= n; i++) Py_DECREF(top[-i]);
}

bool unpack_iterable(PyObject* o, Py_ssize_t before, Py_ssize_t after, PyObject** top) {
  Ref<> iterator = iterate(o);
  if (!iterator) {
    if (pending_matches(PyExc_TypeError) && is_not_iterable(o)) {
      clear_error();
      raise(PyExc_TypeError, "cannot unpack non-iterable {} object", type_name(o));
    }
    return false;
  }
  Py_ssize_t taken = 0;
  for (; taken < before; taken++) {
    auto got = next(iterator.get());
    if (got) {
      if (Ref<> value = got.take()) {
        top[-1 - taken] = value.release();
        continue;
      }
      if (after < 0)
        raise(PyExc_ValueError, "not enough values to unpack (expected {}, got {})", before, taken);
      else
        raise(PyExc_ValueError, "not enough values to unpack (expected at least {}, got {})", before + after, taken);
    }
    drop_unpacked(top, taken);
    return false;
  }
  if (after < 0) {
    auto got = next(iterator.get());
    if (got) {
      Ref<> extra = got.take();
      if (!extra) return true;
      raise(PyExc_ValueError, "too many values to unpack (expected {})", before);
    }
    drop_unpacked(top, taken);
    return false;
  }
  Ref<List> rest = to_list(iterator.get());
  Py_ssize_t n = rest ? Py_SIZE(rest.get()) : 0;
  if (!rest || n < after) {
    if (rest)
      raise(PyExc_ValueError, "not enough values to unpack (expected at least {}, got {})", before + after, before + n);
    drop_unpacked(top, taken);
    return false;
  }
  // The items behind the star move off the list's end.
  PyObject** slot = top - 1 - before;
  PyObject** items = rest->ob_item;
  for (Py_ssize_t i = 0; i < after; i++) slot[-1 - i] = items[n - after + i];
  Py_SET_SIZE(rest.get(), n - after);
  *slot = object(rest.release());
  return true;
}

}  // namespace taipan
