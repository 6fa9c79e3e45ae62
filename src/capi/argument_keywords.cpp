// cpython/modsupport.h: arguments put in the order of their parameters, as functions with generated parsers take them.
#include "capi/export.h"
#include "object/bind.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"

using namespace taipan;

namespace {
/// Fills the parser in at its first use: how many parameters have no name, and the names of the others as a tuple.
bool prepare(_PyArg_Parser* parser) {
  if (parser->kwtuple) return true;
  int n = 0, unnamed = 0;
  for (; parser->keywords[n]; n++)
    if (!*parser->keywords[n]) unnamed = n + 1;
  Ref<Tuple> names = new_tuple(n - unnamed);
  if (!names) return false;
  for (int i = unnamed; i < n; i++) {
    names->ob_item[i - unnamed] = PyUnicode_InternFromString(parser->keywords[i]);
    if (!names->ob_item[i - unnamed]) return false;
  }
  parser->pos = unnamed;
  parser->kwtuple = lower(std::move(names));
  return true;
}

struct Caller {
  const char *name, *call;
  explicit Caller(const _PyArg_Parser* p) : name(p->fname ? p->fname : "function"), call(p->fname ? "()" : "") {}
};

/// The keyword arguments of a call: a dict, or names beside the values behind the positional ones.
struct Keywords {
  PyObject *dict, *names;
  PyObject* const* values;
  Py_ssize_t count() const { return dict ? dict_size(dict) : names ? tuple_size(names) : 0; }
  Result<PyObject*> find(PyObject* name) const {
    if (dict) return dict_find(dict, name);
    for (Py_ssize_t i = 0; names && i < tuple_size(names); i++)
      if (item(names, i) == name) return values[i];
    for (Py_ssize_t i = 0; names && i < tuple_size(names); i++)
      if (TRY(equal(item(names, i), name))) return values[i];
    return nullptr;
  }
};

bool positional_count(const Caller& c, const char* how, Py_ssize_t bound, Py_ssize_t given) {
  raise(PyExc_TypeError, "{}{} takes {} {} positional argument{} ({} given)", c.name, c.call, how, bound, bound == 1 ? "" : "s", given);
  return false;
}
bool check_counts(const _PyArg_Parser* parser, Py_ssize_t nargs, Py_ssize_t nkw, int least, int most) {
  Caller c(parser);
  Py_ssize_t all = parser->pos + tuple_size(parser->kwtuple);
  if (nargs + nkw > all) {
    raise(PyExc_TypeError, "{}{} takes at most {} {}argument{} ({} given)", c.name, c.call, all, nargs == 0 ? "keyword " : "",
          all == 1 ? "" : "s", nargs + nkw);
    return false;
  }
  if (nargs > most) {
    if (most) return positional_count(c, least < most ? "at most" : "exactly", most, nargs);
    raise(PyExc_TypeError, "{}{} takes no positional arguments", c.name, c.call);
    return false;
  }
  int unnamed = std::min(parser->pos, least);
  if (nargs < unnamed) return positional_count(c, unnamed < most ? "at least" : "exactly", unnamed, nargs);
  return true;
}

/// Keywords were left over: one came by position, too, or is unknown.
void explain_rest(const _PyArg_Parser* parser, const Keywords& keywords, Py_ssize_t nargs) {
  Caller c(parser);
  PyObject* names = parser->kwtuple;
  for (Py_ssize_t i = parser->pos; i < nargs; i++) {
    PyObject* name = item(names, i - parser->pos);
    auto twice = keywords.find(name);
    if (!twice) return;
    if (!*twice) continue;
    raise(PyExc_TypeError, "argument for {}{} given by name ('{}') and position ({})", c.name, c.call, as_str(name), i + 1);
    return;
  }
  Ref<> given = keywords.dict ? Ref<>(dict_keys_list(keywords.dict)) : share(keywords.names);
  if (!given) return;
  for (Py_ssize_t i = 0; i < Py_SIZE(given.get()); i++) {
    PyObject* name = fast_items(given.get())[i];
    if (!PyUnicode_Check(name)) {
      raise(PyExc_TypeError, "keywords must be strings");
      return;
    }
    auto known = contains(names, name);
    if (!known) return;
    if (*known) continue;
    raise(PyExc_TypeError, "'{}' is an invalid keyword argument for {}{}", as_str(name), parser->fname ? parser->fname : "this function", c.call);
    return;
  }
}
}  // namespace

#undef _PyArg_UnpackKeywords
CAPI PyObject* const* _PyArg_UnpackKeywords(PyObject* const* args, Py_ssize_t nargs, PyObject* kwargs, PyObject* kwnames,
                                            _PyArg_Parser* parser, int least, int most, int least_keywords, PyObject** out) {
  if (!args && nargs == 0) args = out;
  if (!prepare(parser)) return nullptr;
  Keywords keywords{kwargs, kwnames, args + nargs};
  Py_ssize_t left = keywords.count();
  if (!left && !least_keywords && least <= nargs && nargs <= most) return args;
  if (!check_counts(parser, nargs, left, least, most)) return nullptr;
  Py_ssize_t all = parser->pos + tuple_size(parser->kwtuple);
  int required = least_keywords ? most + least_keywords : least;
  for (Py_ssize_t i = 0; i < nargs; i++) out[i] = args[i];
  for (Py_ssize_t i = nargs; i < parser->pos; i++) out[i] = nullptr;
  for (Py_ssize_t i = std::max<Py_ssize_t>(nargs, parser->pos); i < all; i++) {
    PyObject* name = item(parser->kwtuple, i - parser->pos);
    auto found = left ? keywords.find(name) : Result<PyObject*>(nullptr);
    if (!found) return nullptr;
    out[i] = *found;
    if (*found) {
      left--;
    } else if (i < least || (most <= i && i < required)) {
      Caller c(parser);
      raise(PyExc_TypeError, "{}{} missing required argument '{}' (pos {})", c.name, c.call, as_str(name), i + 1);
      return nullptr;
    }
  }
  if (!left) return out;
  explain_rest(parser, keywords, nargs);
  return nullptr;
}
