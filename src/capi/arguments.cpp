// modsupport.h: PyArg_Parse and its kin.
#include <cstring>

#include "capi/argument_reader.h"
#include "capi/export.h"
#include "object/bind.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"

using namespace taipan;

namespace {
/// What a format says apart from its units.
struct FormatFacts {
  int least = -1, most = 0, positional_most = -1;
  const char* function = nullptr;
  const char* message = nullptr;
};
FormatFacts facts_of(const char* format) {
  FormatFacts f;
  int level = 0;
  const char* p = format;
  for (; *p && !(level == 0 && (*p == ':' || *p == ';')); p++) {
    if (*p == '(') {
      if (level++ == 0) f.most++;
    } else if (*p == ')') {
      level--;
    } else if (level == 0) {
      if (*p == '|') f.least = f.most;
      else if (*p == '$') f.positional_most = f.most;
      else if (*p == 'e') f.most++, p++;
      else if (isalpha(static_cast<unsigned char>(*p))) f.most++;
    }
  }
  if (*p == ':') f.function = p + 1;
  if (*p == ';') f.message = p + 1;
  if (f.least < 0) f.least = f.most;
  if (f.positional_most < 0) f.positional_most = f.most;
  if (f.positional_most < f.least && strchr(format, '$') && !strchr(format, '|')) f.least = f.most;
  return f;
}

bool wrong_count(const FormatFacts& f, Py_ssize_t given) {
  if (f.message) {
    raise(PyExc_TypeError, "{}", f.message);
    return false;
  }
  const char* name = f.function ? f.function : "function";
  const char* call = f.function ? "()" : "";
  if (f.most == 0) {
    raise(PyExc_TypeError, "{}{} takes no arguments", name, call);
    return false;
  }
  const char* how = f.least == f.most ? "exactly" : given < f.least ? "at least" : "at most";
  int bound = given < f.least ? f.least : f.most;
  raise(PyExc_TypeError, "{}{} takes {} {} argument{} ({} given)", name, call, how, bound, bound == 1 ? "" : "s", given);
  return false;
}

bool parse_items(PyObject* const* args, Py_ssize_t n, const char* format, va_list* list, bool sizes) {
  FormatFacts f = facts_of(format);
  if (n < f.least || n > f.most) return wrong_count(f, n);
  ArgumentReader reader(format, list, sizes);
  for (Py_ssize_t i = 0; i < n; i++) {
    if (*reader.at() == '|') reader.step();
    if (reader.read(args[i])) continue;
    if (!pending_error() && f.message) raise(PyExc_TypeError, "{}", f.message);
    reader.raise_problem(f.function, i + 1);
    reader.release_all();
    return false;
  }
  return true;
}
bool parse_tuple(PyObject* args, const char* format, va_list* list, bool sizes) {
  if (!PyTuple_Check(args)) {
    raise(PyExc_SystemError, "new style getargs format but argument is not a tuple");
    return false;
  }
  return parse_items(reinterpret_cast<Tuple*>(args)->ob_item, tuple_size(args), format, list, sizes);
}
/// PyArg_Parse: one argument, or a tuple if the format is a group.
bool parse_one(PyObject* o, const char* format, va_list* list, bool sizes) {
  FormatFacts f = facts_of(format);
  if (f.most == 0) {
    if (!o) return true;
    raise(PyExc_TypeError, "{}{} takes no arguments", f.function ? f.function : "function", f.function ? "()" : "");
    return false;
  }
  if (f.most != 1) {
    raise(PyExc_SystemError, "old style getargs format uses new features");
    return false;
  }
  if (!o) {
    raise(PyExc_TypeError, "{}{} takes at least one argument", f.function ? f.function : "function", f.function ? "()" : "");
    return false;
  }
  ArgumentReader reader(format, list, sizes);
  if (reader.read(o)) return true;
  if (!pending_error() && f.message) raise(PyExc_TypeError, "{}", f.message);
  reader.raise_problem(f.function, 0);
  reader.release_all();
  return false;
}

// -- with keywords --
Py_ssize_t count_names(const char* const* names, Py_ssize_t* positional_only) {
  Py_ssize_t n = 0;
  *positional_only = 0;
  for (; names[n]; n++)
    if (!*names[n]) *positional_only = n + 1;
  return n;
}
bool too_many(const FormatFacts& f, Py_ssize_t given, Py_ssize_t most, bool keywords) {
  const char* name = f.function ? f.function : "function";
  raise(PyExc_TypeError, "{}{} takes {} {} {}argument{} ({} given)", name, f.function ? "()" : "", f.least == most ? "exactly" : "at most", most,
        keywords ? "keyword " : "", most == 1 ? "" : "s", given);
  return false;
}

bool unknown_keyword(const FormatFacts& f, PyObject* kwargs, const char* const* names, Py_ssize_t positional_only, Py_ssize_t count) {
  PyObject *key, *value;
  Py_ssize_t position = 0;
  while (dict_next(kwargs, &position, &key, &value)) {
    if (!PyUnicode_Check(key)) {
      raise(PyExc_TypeError, "keywords must be strings");
      return false;
    }
    bool known = false;
    for (Py_ssize_t i = positional_only; i < count && !known; i++) known = PyUnicode_CompareWithASCIIString(key, names[i]) == 0;
    if (known) continue;
    raise(PyExc_TypeError, "'{}' is an invalid keyword argument for {}{}", as_str(key), f.function ? f.function : "this function",
          f.function ? "()" : "");
    return false;
  }
  return true;
}

bool parse_with_keywords(PyObject* args, PyObject* kwargs, const char* format, const char* const* names, va_list* list, bool sizes) {
  FormatFacts f = facts_of(format);
  Py_ssize_t positional_only, count = count_names(names, &positional_only);
  Py_ssize_t nargs = tuple_size(args), nkw = kwargs ? dict_size(kwargs) : 0;
  if (nargs + nkw > count) return too_many(f, nargs + nkw, count, nargs == 0);
  ArgumentReader reader(format, list, sizes);
  bool optional = false;
  Py_ssize_t used = 0;
  auto fail = [&](Py_ssize_t number) {
    if (!pending_error() && f.message) raise(PyExc_TypeError, "{}", f.message);
    reader.raise_problem(f.function, number);
    reader.release_all();
    return false;
  };
  for (Py_ssize_t i = 0; i < count; i++) {
    if (*reader.at() == '|') {
      optional = true;
      reader.step();
    }
    if (*reader.at() == '$') {
      reader.step();
      if (nargs > i) {
        Py_ssize_t most = i;
        raise(PyExc_TypeError, "{}{} takes {} {} positional argument{} ({} given)", f.function ? f.function : "function",
              f.function ? "()" : "", f.least < most || optional ? "at most" : "exactly", most, most == 1 ? "" : "s", nargs);
        return fail(0);
      }
    }
    if (!at_unit(reader.at())) {
      raise(PyExc_SystemError, "More keyword list entries ({}) than format specifiers ({})", count, i);
      return fail(0);
    }
    PyObject* value = nullptr;
    if (i < nargs) {
      value = item(args, i);
    } else if (nkw && i >= positional_only) {
      Ref<> name = new_str(names[i]);
      auto found = name ? dict_find(kwargs, name.get()) : Result<PyObject*>(Raised{});
      if (!found) return fail(0);
      value = *found;
      used += value != nullptr;
    }
    if (value) {
      if (!reader.read(value)) return fail(i + 1);
      continue;
    }
    if (!optional) {
      if (i < positional_only) {
        raise(PyExc_TypeError, "{}{} takes {} {} positional argument{} ({} given)", f.function ? f.function : "function",
              f.function ? "()" : "", positional_only < f.most ? "at least" : "exactly", std::min<Py_ssize_t>(positional_only, f.least),
              std::min<Py_ssize_t>(positional_only, f.least) == 1 ? "" : "s", nargs);
      } else {
        raise(PyExc_TypeError, "{}{} missing required argument '{}' (pos {})", f.function ? f.function : "function", f.function ? "()" : "", names[i], i + 1);
      }
      return fail(0);
    }
    if (!reader.skip()) return fail(0);
  }
  if (*reader.at() == '|' || *reader.at() == '$') reader.step();
  if (at_unit(reader.at())) {
    raise(PyExc_SystemError, "more argument specifiers than keyword list entries (remaining format:'{}')", reader.at());
    return fail(0);
  }
  if (used < nkw) {
    for (Py_ssize_t i = positional_only; i < nargs && i < count; i++) {
      Ref<> name = new_str(names[i]);
      auto twice = name ? dict_find(kwargs, name.get()) : Result<PyObject*>(Raised{});
      if (!twice) return fail(0);
      if (!*twice) continue;
      raise(PyExc_TypeError, "argument for {}{} given by name ('{}') and position ({})", f.function ? f.function : "function", f.function ? "()" : "", names[i], i + 1);
      return fail(0);
    }
    if (!unknown_keyword(f, kwargs, names, positional_only, count)) return fail(0);
  }
  return true;
}
bool check_with_keywords(PyObject* args, PyObject* kwargs, const char* format, char** names) {
  if (args && PyTuple_Check(args) && (!kwargs || PyDict_Check(kwargs)) && format && names) return true;
  raise_internal("bad argument to internal function");
  return false;
}
}  // namespace

#define WITH_LIST(LAST, CALL)     \
  va_list list;                   \
  va_start(list, LAST);           \
  bool ok = CALL;                 \
  va_end(list);                   \
  return ok
CAPI int PyArg_Parse(PyObject* o, const char* format, ...) { WITH_LIST(format, parse_one(o, format, &list, false)); }
CAPI int _PyArg_Parse_SizeT(PyObject* o, const char* format, ...) { WITH_LIST(format, parse_one(o, format, &list, true)); }
CAPI int PyArg_ParseTuple(PyObject* args, const char* format, ...) { WITH_LIST(format, parse_tuple(args, format, &list, false)); }
CAPI int _PyArg_ParseTuple_SizeT(PyObject* args, const char* format, ...) { WITH_LIST(format, parse_tuple(args, format, &list, true)); }
CAPI int PyArg_VaParse(PyObject* args, const char* format, va_list list) { return parse_tuple(args, format, reinterpret_cast<va_list*>(list), false); }
CAPI int _PyArg_VaParse_SizeT(PyObject* args, const char* format, va_list list) { return parse_tuple(args, format, reinterpret_cast<va_list*>(list), true); }
CAPI int _PyArg_ParseStack_SizeT(PyObject* const* args, Py_ssize_t n, const char* format, ...) {
  WITH_LIST(format, parse_items(args, n, format, &list, true));
}
CAPI int PyArg_ParseTupleAndKeywords(PyObject* args, PyObject* kwargs, const char* format, char** names, ...) {
  if (!check_with_keywords(args, kwargs, format, names)) return 0;
  WITH_LIST(names, parse_with_keywords(args, kwargs, format, names, &list, false));
}
CAPI int _PyArg_ParseTupleAndKeywords_SizeT(PyObject* args, PyObject* kwargs, const char* format, char** names, ...) {
  if (!check_with_keywords(args, kwargs, format, names)) return 0;
  WITH_LIST(names, parse_with_keywords(args, kwargs, format, names, &list, true));
}
#undef WITH_LIST

CAPI int PyArg_ValidateKeywordArguments(PyObject* kwargs) {
  if (!PyDict_Check(kwargs)) {
    raise_internal("bad argument to internal function");
    return 0;
  }
  PyObject *key, *value;
  Py_ssize_t position = 0;
  while (dict_next(kwargs, &position, &key, &value)) {
    if (PyUnicode_Check(key)) continue;
    raise(PyExc_TypeError, "keywords must be strings");
    return 0;
  }
  return 1;
}

// -- unpacking without conversion --
namespace {
bool unpack(PyObject* const* args, Py_ssize_t n, const char* name, Py_ssize_t low, Py_ssize_t high, va_list* list) {
  if (!_PyArg_CheckPositional(name, n, low, high)) return false;
  for (Py_ssize_t i = 0; i < n; i++) *va_arg(*list, PyObject**) = args[i];
  return true;
}
}  // namespace
#undef _PyArg_CheckPositional
CAPI int _PyArg_CheckPositional(const char* name, Py_ssize_t n, Py_ssize_t low, Py_ssize_t high) {
  if (n >= low && n <= high) return 1;
  bool few = n < low;
  Py_ssize_t bound = few ? low : high;
  const char* how = low == high ? "" : few ? "at least " : "at most ";
  if (name) {
    raise(PyExc_TypeError, "{} expected {}{} argument{}, got {}", clip(name, 200), how, bound, bound == 1 ? "" : "s", n);
  } else {
    raise(PyExc_TypeError, "unpacked tuple should have {}{} element{}, but has {}", how, bound, bound == 1 ? "" : "s", n);
  }
  return 0;
}
CAPI int PyArg_UnpackTuple(PyObject* args, const char* name, Py_ssize_t low, Py_ssize_t high, ...) {
  if (!PyTuple_Check(args)) {
    raise(PyExc_SystemError, "PyArg_UnpackTuple() argument list is not a tuple");
    return 0;
  }
  va_list list;
  va_start(list, high);
  bool ok = unpack(reinterpret_cast<Tuple*>(args)->ob_item, tuple_size(args), name, low, high, &list);
  va_end(list);
  return ok;
}
CAPI int _PyArg_UnpackStack(PyObject* const* args, Py_ssize_t n, const char* name, Py_ssize_t low, Py_ssize_t high, ...) {
  va_list list;
  va_start(list, high);
  bool ok = unpack(args, n, name, low, high, &list);
  va_end(list);
  return ok;
}
CAPI void _PyArg_BadArgument(const char* function, const char* shown, const char* wanted, PyObject* got) {
  raise(PyExc_TypeError, "{}() {} must be {}, not {}", clip(function, 200), clip(shown, 200), clip(wanted, 50),
        clip(got == Py_None ? "None" : type_name(got), 50));
}
#undef _PyArg_NoKeywords
#undef _PyArg_NoPositional
CAPI int _PyArg_NoKeywords(const char* function, PyObject* kwargs) {
  if (!kwargs || !dict_size(kwargs)) return 1;
  raise(PyExc_TypeError, "{}() takes no keyword arguments", clip(function, 200));
  return 0;
}
CAPI int _PyArg_NoPositional(const char* function, PyObject* args) {
  if (!args || !tuple_size(args)) return 1;
  raise(PyExc_TypeError, "{}() takes no positional arguments", clip(function, 200));
  return 0;
}
