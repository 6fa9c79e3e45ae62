// _csv.Dialect: the options of a format, checked.
#include "modules/csv/csv.h"
#include "modules/fields.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/int.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/rows.h"

namespace taipan::csv {
namespace {

enum Option { kDelimiter, kDoubleQuote, kEscape, kLineEnd, kQuote, kQuoting, kSkip, kStrict, kOptions };
constexpr const char* kNames[kOptions] = {"delimiter", "doublequote", "escapechar",       "lineterminator",
                                          "quotechar", "quoting",     "skipinitialspace", "strict"};

Status set_character(const char* name, PyObject* o, Py_UCS4& to, Py_UCS4 otherwise, bool may_be_none) {
  to = otherwise;
  if (!o) return {};
  if (may_be_none && o == Py_None) {
    to = kUnset;
    return {};
  }
  if (!PyUnicode_Check(o))
    return raise(PyExc_TypeError, "\"{}\" must be string{}, not {}", name, may_be_none ? " or None" : "",
                 clip(type_name(o), 200));
  if (str_length(o) != 1) return raise(PyExc_TypeError, "\"{}\" must be a 1-character string", name);
  to = char_at(o, 0);
  return {};
}
Status set_flag(PyObject* o, char& to, bool otherwise) {
  to = o ? TRY(is_true(o)) : otherwise;
  return {};
}

Status set_options(Dialect& d, PyObject* const* o) {
  TRY(set_character("delimiter", o[kDelimiter], d.delimiter, ',', false));
  TRY(set_flag(o[kDoubleQuote], d.double_quote, true));
  TRY(set_character("escapechar", o[kEscape], d.escape, kUnset, true));
  if (!o[kLineEnd]) {
    d.line_end = TRY(new_str("\r\n")).release();
  } else if (o[kLineEnd] != Py_None) {
    if (!PyUnicode_Check(o[kLineEnd])) return raise(PyExc_TypeError, "\"lineterminator\" must be a string");
    d.line_end = Py_NewRef(o[kLineEnd]);
  }
  TRY(set_character("quotechar", o[kQuote], d.quote, '"', true));
  int64_t quoting = kMinimal;
  if (o[kQuoting]) {
    if (!PyLong_CheckExact(o[kQuoting])) return raise(PyExc_TypeError, "\"quoting\" must be an integer");
    quoting = TRY(to_int64(o[kQuoting]));
  }
  TRY(set_flag(o[kSkip], d.skip_initial_space, false));
  TRY(set_flag(o[kStrict], d.strict, false));
  if (quoting < kMinimal || quoting > kNone) return raise(PyExc_TypeError, "bad \"quoting\" value");
  // No quote character and nothing said about quoting means: no quoting.
  if (o[kQuote] == Py_None && !o[kQuoting]) quoting = kNone;
  d.quoting = static_cast<int>(quoting);
  if (quoting != kNone && d.quote == kUnset) return raise(PyExc_TypeError, "quotechar must be set if quoting enabled");
  if (!d.line_end) return raise(PyExc_TypeError, "lineterminator must be set");
  return {};
}

/// Sorts keyword arguments into the options; `base` may be among them.
Status sort_keywords(PyObject* names, PyObject* const* values, PyObject** options, PyObject** base) {
  Py_ssize_t n = names ? tuple_size(names) : 0;
  for (Py_ssize_t i = 0; i < n; i++) {
    PyObject* name = item(names, i);
    int k = 0;
    while (k < kOptions && !str_equal(name, kNames[k])) k++;
    if (k < kOptions) {
      if (options[k])
        return raise(PyExc_TypeError, "argument for function given by name ('{}') and position ({})", kNames[k], k + 2);
      options[k] = values[i];
    } else if (str_equal(name, "dialect")) {
      *base = values[i];
    } else {
      return raise(PyExc_TypeError, "'{}' is an invalid keyword argument for this function", as_str(name));
    }
  }
  return {};
}

Ref<Dialect> make(PyTypeObject* type, PyObject* base, PyObject** options) {
  Ref<> kept_base;
  Ref<> found[kOptions];
  if (base && base != Py_None) {
    kept_base = TRY(PyUnicode_Check(base) ? registered(base) : share(base));
    base = kept_base.get();
    bool plain = true;
    for (int i = 0; i < kOptions; i++) plain &= !options[i];
    if (plain && is_instance_of(base, &dialect_type)) return std::move(kept_base).as<Dialect>();
    for (int i = 0; i < kOptions; i++) {
      if (options[i]) continue;
      Ref<> name = TRY(new_interned(kNames[i]));
      found[i] = get_attr(base, name.get());
      if (!found[i]) clear_error();
      options[i] = found[i].get();
    }
  }
  Ref<Dialect> d = TRY(adopt(reinterpret_cast<Dialect*>(type->tp_alloc(type, 0))));
  TRY(set_options(*d, options));
  return d;
}

PyObject* new_slot(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  FlatArguments flat(args, kwargs);
  if (!flat.ok()) return nullptr;
  PyObject* options[kOptions]{};
  PyObject* base = nullptr;
  Py_ssize_t given = flat.count() + (flat.names() ? tuple_size(flat.names()) : 0);
  if (given > kOptions + 1) {
    raise(PyExc_TypeError, "function takes at most {} arguments ({} given)", kOptions + 1, given);
    return nullptr;
  }
  if (flat.count() > 0) base = flat.items()[0];
  for (Py_ssize_t i = 1; i < flat.count(); i++) options[i - 1] = flat.items()[i];
  if (!sort_keywords(flat.names(), flat.items() + flat.count(), options, &base)) return nullptr;
  return object(make(type, base, options).release());
}

void dealloc(PyObject* o) {
  clear_field(reinterpret_cast<Dialect*>(o)->line_end);
  Py_TYPE(o)->tp_free(o);
}

Ref<> character(Py_UCS4 c) { return c == kUnset ? none() : char_str(c); }
Dialect& as(PyObject* o) { return *reinterpret_cast<Dialect*>(o); }
Ref<> get_delimiter(PyObject* o, void*) { return character(as(o).delimiter); }
Ref<> get_escape(PyObject* o, void*) { return character(as(o).escape); }
Ref<> get_quote(PyObject* o, void*) { return character(as(o).quote); }
Ref<> get_line_end(PyObject* o, void*) { return share(as(o).line_end ? as(o).line_end : Py_None); }
Ref<> get_quoting(PyObject* o, void*) { return new_int(as(o).quoting); }

Ref<> refuse_pickling(Dialect& d, Arguments) {
  return raise(PyExc_TypeError, "cannot pickle '{}' instances", short_name(Py_TYPE(&d)));
}

constinit PyGetSetDef getset[] = {
    {"delimiter", slot<get_delimiter>},  {"escapechar", slot<get_escape>}, {"lineterminator", slot<get_line_end>},
    {"quotechar", slot<get_quote>}, {"quoting", slot<get_quoting>},   {},
};
constinit PyMemberDef members[] = {
    {"skipinitialspace", T_BOOL, offsetof(Dialect, skip_initial_space), READONLY},
    {"doublequote", T_BOOL, offsetof(Dialect, double_quote), READONLY},
    {"strict", T_BOOL, offsetof(Dialect, strict), READONLY},
    {},
};
constinit PyMethodDef methods[] = {
    positional_varargs<refuse_pickling>("__reduce__", "Raises an exception: dialects are not pickled."),
    positional_varargs<refuse_pickling>("__reduce_ex__", "Raises an exception: dialects are not pickled."),
    {},
};

}  // namespace

Ref<Dialect> make_dialect(PyObject* base, PyObject* const* option_values, PyObject* option_names) {
  PyObject* options[kOptions]{};
  PyObject* ignored = base;
  TRY(sort_keywords(option_names, option_values, options, &ignored));
  return make(&dialect_type, ignored, options);
}

Ref<> registered(PyObject* name) {
  PyObject* found = TRY(dict_find(dialects, name));
  if (!found) return raise(error, "unknown dialect");
  return share(found);
}

constinit PyTypeObject dialect_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_csv.Dialect",
    .tp_basicsize = sizeof(Dialect),
    .tp_dealloc = dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = "CSV dialect\n\nThe Dialect type records CSV parsing and generation options.\n",
    .tp_methods = methods,
    .tp_members = members,
    .tp_getset = getset,
    .tp_alloc = generic_alloc,
    .tp_new = new_slot,
    .tp_free = generic_free,
};

}  // namespace taipan::csv
