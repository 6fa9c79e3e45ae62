// From the arguments of a call to the parameters of a Python function: sorted straight into the locals of the
// new frame. References travel: each argument is either stored or dropped.
#include "object/dict.h"
#include "object/error.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "vm/frame.h"
#include "vm/function.h"
#include "vm/semantics.h"

namespace taipan {

namespace {

/// One call while its arguments are sorted.
struct Binding {
  PyFunctionObject* func;
  PyCodeObject* code;
  PyObject** slots;
  int positional;   // parameters that take positional arguments
  int total;        // these and the keyword-only ones

  explicit Binding(PyFunctionObject* f, PyObject** to)
      : func(f), code(reinterpret_cast<PyCodeObject*>(f->func_code)), slots(to), positional(code->co_argcount),
        total(positional + code->co_kwonlyargcount) {}

  PyObject* name(int i) const { return local_name_of(i); }
  PyObject* local_name_of(int i) const { return PyTuple_GET_ITEM(code->co_localsplusnames, i); }
  int varargs_slot() const { return total; }
  int varkeywords_slot() const { return total + ((code->co_flags & CO_VARARGS) != 0); }
};

Raised raise_missing(const Binding& b, const char* kind, const int* missing, int n) {
  StrBuilder text;
  for (int i = 0; i < n; i++) {
    Ref<> quoted = repr(b.name(missing[i]));
    if (!quoted) return {};
    const char* between = i == 0 ? "" : i < n - 1 ? ", " : n == 2 ? " and " : ", and ";
    if (!text.add(std::string_view(between)) || !text.add(quoted.get())) return {};
  }
  Ref<> names = text.finish();
  if (!names) return {};
  return raise(PyExc_TypeError, "{}() missing {} required {} argument{}: {}", as_str(b.func->func_qualname), n, kind,
               n == 1 ? "" : "s", as_str(names.get()));
}

/// Reports every parameter in [low, high) that got nothing. 255 is what a message can reasonably list; more
/// are counted all the same.
Raised raise_missing_between(const Binding& b, const char* kind, int low, int high) {
  int n = 0;
  for (int i = low; i < high; i++) n += !b.slots[i];
  auto* missing = static_cast<int*>(malloc(sizeof(int) * (n ? n : 1)));
  if (!missing) return raise_no_memory();
  int k = 0;
  for (int i = low; i < high; i++)
    if (!b.slots[i]) missing[k++] = i;
  Raised r = raise_missing(b, kind, missing, n);
  free(missing);
  return r;
}

[[gnu::cold]] Raised raise_too_many(const Binding& b, Py_ssize_t given) {
  Py_ssize_t keyword_only = 0;
  for (int i = b.positional; i < b.total; i++) keyword_only += b.slots[i] != nullptr;
  PyObject* defaults = b.func->func_defaults;
  Py_ssize_t ndefaults = defaults ? PyTuple_GET_SIZE(defaults) : 0;
  Ref<> takes = ndefaults ? format_str("from {} to {}", b.positional - ndefaults, b.positional)
                          : format_str("{}", b.positional);
  if (!takes) return {};
  Ref<> also = keyword_only ? format_str(" positional argument{} (and {} keyword-only argument{})",
                                         given != 1 ? "s" : "", keyword_only, keyword_only != 1 ? "s" : "")
                            : share(empty_str());
  if (!also) return {};
  return raise(PyExc_TypeError, "{}() takes {} positional argument{} but {}{} {} given", as_str(b.func->func_qualname),
               as_str(takes.get()), ndefaults || b.positional != 1 ? "s" : "", given, as_str(also.get()),
               given == 1 && !keyword_only ? "was" : "were");
}

/// If some keywords name positional-only parameters: the error that lists them all, and true.
[[gnu::cold]] bool raise_positional_only_as_keyword(const Binding& b, PyObject* kwnames, bool* failed) {
  StrBuilder text;
  bool any = false;
  *failed = true;
  for (int k = 0; k < b.code->co_posonlyargcount; k++) {
    for (Py_ssize_t i = 0; i < Py_SIZE(kwnames); i++) {
      auto same = equal(b.name(k), item(kwnames, i));
      if (!same) return true;
      if (!*same) continue;
      if ((any && !text.add(std::string_view(", "))) || !text.add(item(kwnames, i))) return true;
      any = true;
    }
  }
  *failed = false;
  if (!any) return false;
  *failed = true;
  Ref<> names = text.finish();
  if (!names) return true;
  raise(PyExc_TypeError, "{}() got some positional-only arguments passed as keyword arguments: '{}'",
        as_str(b.func->func_qualname), as_str(names.get()));
  return true;
}

/// The parameter of that name: its index, -1 for none, -2 if comparing failed.
int find_parameter(const Binding& b, PyObject* keyword) {
  for (int i = b.code->co_posonlyargcount; i < b.total; i++)
    if (b.name(i) == keyword) return i;
  for (int i = b.code->co_posonlyargcount; i < b.total; i++) {
    auto same = equal(keyword, b.name(i));
    if (!same) return -2;
    if (*same) return i;
  }
  return -1;
}

/// Takes over `value`.
Status bind_keyword(const Binding& b, PyObject* keyword, Ref<> value, PyObject* varkeywords, PyObject* kwnames) {
  if (!PyUnicode_Check(keyword))
    return raise(PyExc_TypeError, "{}() keywords must be strings", as_str(b.func->func_qualname));
  int i = find_parameter(b, keyword);
  if (i == -2) return Raised{};
  if (i >= 0) {
    if (b.slots[i])
      return raise(PyExc_TypeError, "{}() got multiple values for argument '{}'", as_str(b.func->func_qualname),
                   as_str(keyword));
    b.slots[i] = value.release();
    return {};
  }
  if (varkeywords) return dict_set(varkeywords, keyword, value.get());
  bool failed = false;
  if (b.code->co_posonlyargcount && raise_positional_only_as_keyword(b, kwnames, &failed) && failed) return Raised{};
  return raise(PyExc_TypeError, "{}() got an unexpected keyword argument '{}'", as_str(b.func->func_qualname),
               as_str(keyword));
}

Status fill_defaults(const Binding& b, Py_ssize_t given) {
  PyObject* defaults = b.func->func_defaults;
  int ndefaults = defaults ? static_cast<int>(PyTuple_GET_SIZE(defaults)) : 0;
  int required = b.positional - ndefaults;
  if (required < 0) {  // more defaults than parameters: only the last ones count
    required = 0;
  }
  for (Py_ssize_t i = given; i < required; i++)
    if (!b.slots[i]) return raise_missing_between(b, "positional", static_cast<int>(given), required);
  for (int i = b.positional - 1, k = ndefaults - 1; k >= 0 && i >= 0; i--, k--)
    if (!b.slots[i]) b.slots[i] = Py_NewRef(PyTuple_GET_ITEM(defaults, k));
  return {};
}

Status fill_keyword_only(const Binding& b) {
  bool missing = false;
  for (int i = b.positional; i < b.total; i++) {
    if (b.slots[i]) continue;
    if (b.func->func_kwdefaults) {
      PyObject* found = TRY(dict_find(b.func->func_kwdefaults, b.name(i)));
      if (found) {
        b.slots[i] = Py_NewRef(found);
        continue;
      }
    }
    missing = true;
  }
  if (missing) return raise_missing_between(b, "keyword-only", b.positional, b.total);
  return {};
}

/// Puts the extra positional arguments into the `*args` tuple, or drops them (too many: told later).
Status bind_extra(const Binding& b, PyObject** extra, Py_ssize_t n) {
  if (b.code->co_flags & CO_VARARGS) {
    Ref<> tuple = TRY(build_tuple_stealing(extra, n));
    b.slots[b.varargs_slot()] = tuple.release();
    return {};
  }
  for (Py_ssize_t i = 0; i < n; i++) Py_DECREF(extra[i]);
  return {};
}

/// All arguments are owned by us; on failure those that are not stored yet are dropped.
Status bind_all(const Binding& b, PyObject** args, Py_ssize_t given, PyObject* kwnames) {
  Py_ssize_t nkw = kwnames ? PyTuple_GET_SIZE(kwnames) : 0;
  Py_ssize_t plain = given < b.positional ? given : b.positional;
  for (Py_ssize_t i = 0; i < plain; i++) b.slots[i] = args[i];
  PyObject** values = args + given;
  Py_ssize_t done = 0;
  auto drop_rest = [&] {
    for (; done < nkw; done++) Py_DECREF(values[done]);
  };
  Status status = bind_extra(b, args + plain, given - plain);
  PyObject* varkeywords = nullptr;
  if (status && b.code->co_flags & CO_VARKEYWORDS) {
    Ref<Dict> dict = new_dict();
    if (!dict) status = Raised{};
    else b.slots[b.varkeywords_slot()] = varkeywords = object(dict.release());
  }
  for (; status && done < nkw;) {
    Ref<> value = adopt(values[done]);
    status = bind_keyword(b, item(kwnames, done++), std::move(value), varkeywords, kwnames);
  }
  if (!status) {
    drop_rest();
    return status;
  }
  if (given > b.positional && !(b.code->co_flags & CO_VARARGS)) return raise_too_many(b, given);
  if (given < b.positional) TRY(fill_defaults(b, given));
  if (b.total > b.positional) TRY(fill_keyword_only(b));
  return {};
}

}  // namespace

bool bind_arguments(PyThreadState*, PyFunctionObject* func, PyObject** slots, PyObject** args, Py_ssize_t nargs,
                    PyObject* kwnames) {
  auto* code = reinterpret_cast<PyCodeObject*>(func->func_code);
  for (int i = 0; i < code->co_nlocalsplus; i++) slots[i] = nullptr;
  if (!kwnames && nargs == code->co_argcount && !code->co_kwonlyargcount &&
      !(code->co_flags & (CO_VARARGS | CO_VARKEYWORDS))) [[likely]] {
    for (Py_ssize_t i = 0; i < nargs; i++) slots[i] = args[i];
    return true;
  }
  Py_ssize_t given = nargs - (kwnames ? PyTuple_GET_SIZE(kwnames) : 0);
  return bool(bind_all(Binding(func, slots), args, given, kwnames));
}

/// A frame that failed to get its arguments: whatever it has is dropped.
[[gnu::cold]] static Frame* abandon_frame(PyThreadState* ts, Frame* f) {
  clear_and_pop(ts, f);
  return nullptr;
}

Frame* make_frame(PyThreadState* ts, PyFunctionObject* func, PyObject* locals, PyObject** args, Py_ssize_t nargs,
                  PyObject* kwnames) {
  auto* code = reinterpret_cast<PyCodeObject*>(func->func_code);
  Frame* f = push_frame_memory(ts, frame_words(code));
  if (!f) [[unlikely]] {
    for (Py_ssize_t i = 0; i < nargs; i++) Py_DECREF(args[i]);
    Py_DECREF(object(func));
    Py_XDECREF(locals);
    return nullptr;
  }
  init_frame(f, func, locals, code);
  if (!bind_arguments(ts, func, f->slots, args, nargs, kwnames)) [[unlikely]] return abandon_frame(ts, f);
  return f;
}

Frame* make_frame_from_tuple(PyThreadState* ts, PyFunctionObject* func, PyObject* locals, PyObject* args,
                             PyObject* kwargs) {
  Py_ssize_t n = PyTuple_GET_SIZE(args);
  Py_ssize_t nkw = kwargs ? dict_size(kwargs) : 0;
  PyObject* small[8];
  PyObject** all = small;
  Ref<Tuple> names;
  bool ok = true;
  if (n + nkw > 8) {
    all = static_cast<PyObject**>(malloc(sizeof(PyObject*) * (n + nkw)));
    if (!all) {
      raise_no_memory();
      ok = false;
    }
  }
  if (ok && nkw) {
    names = new_tuple(nkw);
    ok = bool(names);
  }
  if (!ok) {
    if (all != small) free(all);
    Py_DECREF(object(func));
    Py_XDECREF(locals);
    return nullptr;
  }
  for (Py_ssize_t i = 0; i < n; i++) all[i] = Py_NewRef(PyTuple_GET_ITEM(args, i));
  Py_ssize_t position = 0, k = 0;
  bool strings = true;
  PyObject *key, *value;
  while (nkw && dict_next(kwargs, &position, &key, &value)) {
    strings = strings && PyUnicode_Check(key);
    names->ob_item[k] = Py_NewRef(key);
    all[n + k++] = Py_NewRef(value);
  }
  Frame* f = nullptr;
  if (strings) {
    f = make_frame(ts, func, locals, all, n + nkw, object(names.get()));
  } else {
    for (Py_ssize_t i = 0; i < n + nkw; i++) Py_DECREF(all[i]);
    Py_DECREF(object(func));
    Py_XDECREF(locals);
    raise(PyExc_TypeError, "keywords must be strings");
  }
  if (all != small) free(all);
  return f;
}

}  // namespace taipan
