// modsupport.h: arguments put into the order of the parameters without conversion, and the checks of their number.
#include <algorithm>
#include <climits>
#include <cstdarg>
#include <string_view>

#include "capi/arguments.h"
#include "capi/export.h"
#include "object/error.h"
#include "object/str.h"
#include "object/type.h"

using namespace taipan;

namespace {

// -- parsers that are prepared once (Argument Clinic's) --

/// Fills the parser's fields on first use.
bool prepare(_PyArg_Parser* p) {
  if (p->kwtuple) return true;
  Py_ssize_t count = 0, unnamed = 0;
  while (p->keywords[count]) count++;
  while (unnamed < count && !*p->keywords[unnamed]) unnamed++;
  if (p->format) {
    std::string_view format = p->format;
    size_t end = std::min({format.find(':'), format.find(';'), format.size()});
    if (end < format.size() && format[end] == ':') p->fname = p->format + end + 1;
    if (end < format.size() && format[end] == ';') p->custom_msg = p->format + end + 1;
    Py_ssize_t units = 0, least = -1, most = -1;
    int level = 0;
    for (size_t i = 0; i < end; i++) {
      char c = format[i];
      if (c == '(' && level++ == 0) units++;
      else if (c == ')') level--;
      else if (level == 0 && c == '|') least = units;
      else if (level == 0 && c == '$') most = units;
      else if (level == 0 && isalpha(static_cast<unsigned char>(c))) {
        units++;
        if (c == 'e') i++;
      }
    }
    p->min = static_cast<int>(least < 0 ? units : least);
    p->max = static_cast<int>(most < 0 ? units : most);
  }
  Ref<Tuple> names = new_tuple(count - unnamed);
  if (!names) return false;
  for (Py_ssize_t i = unnamed; i < count; i++) {
    Ref<> name = new_interned(p->keywords[i]);
    if (!name) return false;
    names->ob_item[i - unnamed] = name.release();
  }
  p->pos = static_cast<int>(unnamed);
  p->kwtuple = lower(std::move(names));
  return true;
}

}  // namespace

#undef _PyArg_UnpackKeywords
/// Positional and keyword arguments in the order of the parameters, absent ones null. `buffer` has room for all of them.
CAPI Fast _PyArg_UnpackKeywords(Fast args, Py_ssize_t nargs, PyObject* kwargs, PyObject* kwnames, _PyArg_Parser* parser, int least, int most,
                                int least_keywords, PyObject** buffer) {
  if (!prepare(parser)) return nullptr;
  int pos = parser->pos;
  Py_ssize_t count = pos + tuple_size(parser->kwtuple);
  PyObject* tuple = parser->kwtuple;
  const char* f = parser->fname;
  auto name = f ? f : "function";
  auto braces = f ? "()" : "";
  if (!args && nargs == 0) args = buffer;
  Given given{args, nargs, kwnames ? nullptr : kwargs, kwnames};
  Py_ssize_t named = given.named();
  if (nargs + named > count) {
    return raise(PyExc_TypeError, "{}{} takes {} {} {}argument{} ({} given)", name, braces, "at most", count, nargs == 0 ? "keyword " : "",
                 count == 1 ? "" : "s", nargs + named);
  }
  if (nargs > most) {
    if (most == 0) return raise(PyExc_TypeError, "{}{} takes no positional arguments", name, braces);
    return raise(PyExc_TypeError, "{}{} takes {} {} positional argument{} ({} given)", name, braces, least < INT_MAX ? "at most" : "exactly", most,
                 most == 1 ? "" : "s", nargs);
  }
  if (nargs < least && nargs < pos) {
    Py_ssize_t needed = std::min(pos, least);
    return raise(PyExc_TypeError, "{}{} takes {} {} positional argument{} ({} given)", name, braces, needed < most ? "at least" : "exactly", needed,
                 needed == 1 ? "" : "s", nargs);
  }
  if (!named && nargs == count) return args;
  for (Py_ssize_t i = 0; i < nargs; i++) buffer[i] = args[i];
  Py_ssize_t left = named;
  int needed = std::max(least, least_keywords);
  for (Py_ssize_t i = std::max<Py_ssize_t>(nargs, pos); i < count; i++) {
    PyObject* value = nullptr;
    if (left) {
      Result<PyObject*> found = given.find(item(tuple, i - pos));
      if (!found) return nullptr;
      value = *found;
    }
    buffer[i] = value;
    if (value) {
      left--;
    } else if (i < least || (most <= i && i < most + least_keywords)) {
      return raise(PyExc_TypeError, "{}{} missing required argument '{}' (pos {})", name, braces, as_str(item(tuple, i - pos)), i + 1);
    }
  }
  (void)needed;
  for (Py_ssize_t i = nargs; i < pos; i++) buffer[i] = nullptr;
  if (!left) return buffer;
  for (Py_ssize_t i = pos; i < nargs; i++) {
    Result<PyObject*> found = given.find(item(tuple, i - pos));
    if (!found) return nullptr;
    if (*found)
      return raise(PyExc_TypeError, "argument for {}{} given by name ('{}') and position ({})", name, braces, as_str(item(tuple, i - pos)), i + 1);
  }
  Result<PyObject*> stranger = given.unknown([&](PyObject* key) -> Result<bool> {
    for (Py_ssize_t i = 0; i < tuple_size(tuple); i++)
      if (str_equal(key, item(tuple, i))) return true;
    return false;
  });
  if (!stranger) return nullptr;
  return raise(PyExc_TypeError, "'{}' is an invalid keyword argument for {}{}", as_str(*stranger ? *stranger : Py_None), f ? f : "this function",
               braces);
}
/// The same for a function with *args: the further positional arguments become a tuple at place `vararg`.
CAPI Fast _PyArg_UnpackKeywordsWithVararg(Fast args, Py_ssize_t nargs, PyObject* kwargs, PyObject* kwnames, _PyArg_Parser* parser, int least,
                                          int most, int least_keywords, int vararg, PyObject** buffer) {
  if (!prepare(parser)) return nullptr;
  Py_ssize_t further = std::max<Py_ssize_t>(0, nargs - vararg);
  if (nargs < least && nargs < parser->pos)
    return raise(PyExc_TypeError, "{}{} takes at least {} positional argument{} ({} given)", parser->fname ? parser->fname : "function",
                 parser->fname ? "()" : "", least, least == 1 ? "" : "s", nargs);
  Ref<> rest = tuple_of(args + nargs - further, further);
  if (!rest) return nullptr;
  Given given{args, nargs, kwnames ? nullptr : kwargs, kwnames};
  Py_ssize_t count = parser->pos + tuple_size(parser->kwtuple), taken = std::min<Py_ssize_t>(nargs, vararg), left = given.named();
  for (Py_ssize_t i = 0; i < taken; i++) buffer[i] = args[i];
  for (Py_ssize_t i = std::max<Py_ssize_t>(taken, parser->pos), out = i; i < count; i++, out++) {
    if (out == vararg) out++;
    Result<PyObject*> found = left ? given.find(item(parser->kwtuple, i - parser->pos)) : Result<PyObject*>(nullptr);
    if (!found) return nullptr;
    buffer[out] = *found;
    left -= *found != nullptr;
    if (!*found && (i < least || (most <= i && i < most + least_keywords)))
      return raise(PyExc_TypeError, "{}{} missing required argument '{}' (pos {})", parser->fname ? parser->fname : "function",
                   parser->fname ? "()" : "", as_str(item(parser->kwtuple, i - parser->pos)), i + 1);
  }
  if (left) {
    Result<PyObject*> stranger = given.unknown([&](PyObject* key) -> Result<bool> {
      for (Py_ssize_t i = 0; i < tuple_size(parser->kwtuple); i++)
        if (str_equal(key, item(parser->kwtuple, i))) return true;
      return false;
    });
    if (!stranger) return nullptr;
    if (*stranger)
      return raise(PyExc_TypeError, "'{}' is an invalid keyword argument for {}{}", as_str(*stranger), parser->fname ? parser->fname : "this function",
                   parser->fname ? "()" : "");
  }
  buffer[vararg] = rest.release();
  return buffer;
}

CAPI int PyArg_ValidateKeywordArguments(PyObject* kwargs) {
  Py_ssize_t position = 0;
  PyObject *key, *value;
  while (dict_next(kwargs, &position, &key, &value)) {
    if (PyUnicode_Check(key)) continue;
    raise(PyExc_TypeError, "keywords must be strings");
    return 0;
  }
  return 1;
}

namespace {
int unpack(Fast args, Py_ssize_t nargs, const char* name, Py_ssize_t least, Py_ssize_t most, va_list list) {
  if (!_PyArg_CheckPositional(name, nargs, least, most)) return 0;
  for (Py_ssize_t i = 0; i < nargs; i++) *va_arg(list, PyObject**) = args[i];
  return 1;
}
}  // namespace
#undef _PyArg_CheckPositional
CAPI int _PyArg_CheckPositional(const char* name, Py_ssize_t nargs, Py_ssize_t least, Py_ssize_t most) {
  if (least <= nargs && nargs <= most) return 1;
  bool few = nargs < least;
  Py_ssize_t bound = few ? least : most;
  const char* how = least == most ? "" : few ? "at least " : "at most ";
  if (name) raise(PyExc_TypeError, "{} expected {}{} argument{}, got {}", name, how, bound, bound == 1 ? "" : "s", nargs);
  else raise(PyExc_TypeError, "unpacked tuple should have {}{} element{}, but has {}", how, bound, bound == 1 ? "" : "s", nargs);
  return 0;
}
CAPI int PyArg_UnpackTuple(PyObject* args, const char* name, Py_ssize_t least, Py_ssize_t most, ...) {
  if (!PyTuple_Check(args)) {
    raise(PyExc_SystemError, "PyArg_UnpackTuple() argument list is not a tuple");
    return 0;
  }
  va_list list;
  va_start(list, most);
  int ok = unpack(fast_items(args), tuple_size(args), name, least, most, list);
  va_end(list);
  return ok;
}
CAPI int _PyArg_UnpackStack(Fast args, Py_ssize_t nargs, const char* name, Py_ssize_t least, Py_ssize_t most, ...) {
  va_list list;
  va_start(list, most);
  int ok = unpack(args, nargs, name, least, most, list);
  va_end(list);
  return ok;
}
#undef _PyArg_NoKeywords
#undef _PyArg_NoPositional
#undef _PyArg_NoKwnames
CAPI int _PyArg_NoKeywords(const char* function, PyObject* kwargs) {
  if (!kwargs || (PyDict_CheckExact(kwargs) && !dict_size(kwargs))) return 1;
  raise(PyExc_TypeError, "{}() takes no keyword arguments", function);
  return 0;
}
CAPI int _PyArg_NoKwnames(const char* function, PyObject* kwnames) {
  if (!kwnames || !tuple_size(kwnames)) return 1;
  raise(PyExc_TypeError, "{}() takes no keyword arguments", function);
  return 0;
}
CAPI int _PyArg_NoPositional(const char* function, PyObject* args) {
  if (!args || (PyTuple_CheckExact(args) && !tuple_size(args))) return 1;
  raise(PyExc_TypeError, "{}() takes no positional arguments", function);
  return 0;
}
CAPI void _PyArg_BadArgument(const char* function, const char* which, const char* wanted, PyObject* arg) {
  raise(PyExc_TypeError, "{}() {} must be {}, not {}", function, which, wanted, arg == Py_None ? "None" : std::string_view(clip(type_name(arg), 50)));
}
