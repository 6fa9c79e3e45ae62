// Binding of arguments for built-in functions, and every wording of what can be wrong with them.
#include <algorithm>
#include <climits>

#include "object/bind.h"
#include "object/int.h"
#include "object/name.h"
#include "object/str.h"
#include "object/tuple.h"

namespace taipan {
namespace {

const char* plural(Py_ssize_t n) { return n == 1 ? "" : "s"; }

struct Keywords {
  PyObject* const* values;
  PyObject* names;
  Py_ssize_t count;

  PyObject* find(std::string_view name) const {
    for (Py_ssize_t i = 0; i < count; i++)
      if (matches(i, name)) return values[i];
    return nullptr;
  }
  bool matches(Py_ssize_t i, std::string_view name) const { return str_equal(item(names, i), name); }
};

}  // namespace

bool check_positional(std::string_view name, Py_ssize_t nargs, Py_ssize_t low, Py_ssize_t high) {
  if (low <= nargs && nargs <= high) return true;
  bool few = nargs < low;
  Py_ssize_t bound = few ? low : high;
  const char* how = low == high ? "" : few ? "at least " : "at most ";
  if (!name.data()) raise(PyExc_TypeError, "unpacked tuple should have {}{} element{}, but has {}", how, bound, plural(bound), nargs);
  else raise(PyExc_TypeError, "{} expected {}{} argument{}, got {}", name, how, bound, plural(bound), nargs);
  return false;
}
bool check_positional(const Signature& f, Py_ssize_t nargs) {
  return check_positional(f.name, nargs, static_cast<Py_ssize_t>(f.required), static_cast<Py_ssize_t>(f.count));
}

bool check_no_keywords(std::string_view name, PyObject* kwnames) {
  if (!kwnames || !Py_SIZE(kwnames)) return true;
  raise(PyExc_TypeError, "{}() takes no keyword arguments", name);
  return false;
}
bool has_own_init(PyTypeObject* type) {
  PyTypeObject* native = type;
  while (native->tp_flags & Py_TPFLAGS_HEAPTYPE) native = native->tp_base;
  return type->tp_init != native->tp_init;
}
bool check_no_keywords_dict(std::string_view name, PyObject* kwargs) {
  if (!kwargs || !reinterpret_cast<Dict*>(kwargs)->ma_used) return true;
  raise(PyExc_TypeError, "{}() takes no keyword arguments", name);
  return false;
}

namespace {

/// All parameters by name, some of them unknown or doubled: say which.
bool refuse_surplus_keywords(const Signature& f, const Keywords& kw, Py_ssize_t nargs) {
  for (Py_ssize_t i = static_cast<Py_ssize_t>(f.positional_only); i < std::min<Py_ssize_t>(nargs, f.positional); i++) {
    if (kw.find(f.params[i].name)) {
      raise(PyExc_TypeError, "argument for {}() given by name ('{}') and position ({})", f.name, f.params[i].name, i + 1);
      return false;
    }
  }
  for (Py_ssize_t k = 0; k < kw.count; k++) {
    auto named = [&](const Param& p) { return kw.matches(k, p.name); };
    if (!std::any_of(f.params.begin() + f.positional_only, f.params.begin() + f.count, named)) {
      raise(PyExc_TypeError, "'{}' is an invalid keyword argument for {}()", as_str(item(kw.names, k)), f.name);
      return false;
    }
  }
  return true;
}

}  // namespace

bool bind_keywords(const Signature& f, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames, PyObject** slots) {
  Keywords kw{args + nargs, kwnames, kwnames ? tuple_size(kwnames) : 0};
  Py_ssize_t max = f.count, positional = f.positional, required = f.required;
  if (!f.varargs) {
    if (nargs + kw.count > max) {
      raise(PyExc_TypeError, "{}() takes at most {} {}argument{} ({} given)", f.name, max, nargs == 0 ? "keyword " : "",
            plural(max), nargs + kw.count);
      return false;
    }
    if (nargs > positional) {
      if (positional == 0) raise(PyExc_TypeError, "{}() takes no positional arguments", f.name);
      else
        raise(PyExc_TypeError, "{}() takes {} {} positional argument{} ({} given)", f.name,
              required < positional ? "at most" : "exactly", positional, plural(positional), nargs);
      return false;
    }
    Py_ssize_t must = std::min<Py_ssize_t>(f.positional_only, required);
    if (nargs < must) {
      raise(PyExc_TypeError, "{}() takes {} {} positional argument{} ({} given)", f.name,
            must < positional ? "at least" : "exactly", must, plural(must), nargs);
      return false;
    }
  }
  std::copy_n(args, std::min(nargs, positional), slots);
  Py_ssize_t left = kw.count;
  for (Py_ssize_t i = std::max<Py_ssize_t>(std::min(nargs, positional), f.positional_only); i < max; i++) {
    const Param& p = f.params[i];
    slots[i] = left ? kw.find(p.name) : nullptr;
    if (slots[i]) {
      left--;
    } else if (p.required()) {
      raise(PyExc_TypeError, "{}() missing required argument '{}' (pos {})", f.name, p.name, i + 1);
      return false;
    }
  }
  return left == 0 || refuse_surplus_keywords(f, kw, nargs);
}

Raised raise_wrong_type(Where w, const char* expected, PyObject* got) {
  const Signature& f = w.sig;
  TextBuffer which;
  if (w.index >= f.positional_only) format(which, " '{}'", f.params[w.index].name);
  else if (f.count > 1) format(which, " {}", w.index + 1);
  return raise(PyExc_TypeError, "{}() argument{} must be {}, not {}", f.name, which.view(), expected,
               got == Py_None ? "None" : type_name(got));
}

Result<Py_ssize_t> Convert<Py_ssize_t>::from(PyObject* o, Where) {
  Ref<> n = TRY(index(o));
  int64_t value;
  if (int_to_int64(n.get(), &value) != 0) return raise(PyExc_OverflowError, "Python int too large to convert to C ssize_t");
  return static_cast<Py_ssize_t>(value);
}
Result<int> Convert<int>::from(PyObject* o, Where) {
  Ref<> n = TRY(index(o));
  int64_t value;
  if (int_to_int64(n.get(), &value) != 0 || value > INT_MAX || value < INT_MIN)
    return raise(PyExc_OverflowError, "Python int too large to convert to C int");
  return static_cast<int>(value);
}
Result<uint32_t> Convert<uint32_t>::from(PyObject* o, Where) {
  Ref<> n = TRY(index(o));
  int64_t value;
  if (int_to_int64(n.get(), &value) != 0 || value > UINT32_MAX)
    return raise(PyExc_OverflowError, "Python int too large to convert to C unsigned long");
  if (value < 0) return raise(PyExc_OverflowError, "can't convert negative value to unsigned int");
  return static_cast<uint32_t>(value);
}
Result<long long> Convert<long long>::from(PyObject* o, Where) {
  Ref<> n = TRY(index(o));
  int64_t value;
  if (int_to_int64(n.get(), &value) != 0) return raise(PyExc_OverflowError, "Python int too large to convert to C long long");
  return static_cast<long long>(value);
}
Result<double> Convert<double>::from(PyObject* o, Where) { return to_double(o); }
Result<SliceIndex> Convert<SliceIndex>::from(PyObject* o, Where) {
  if (o != Py_None && !is_index(o))
    return raise(PyExc_TypeError, "slice indices must be integers or None or have an __index__ method");
  if (o == Py_None) return SliceIndex{0};
  return SliceIndex{TRY(to_ssize(o))};
}
Result<std::string_view> Convert<std::string_view>::from(PyObject* o, Where w) {
  if (!PyUnicode_Check(o)) return raise_wrong_type(w, "str", o);
  std::string_view text = TRY(to_utf8(o));
  if (text.find('\0') != text.npos) return raise(PyExc_ValueError, "embedded null character");
  return text;
}
Result<CodePoint> Convert<CodePoint>::from(PyObject* o, Where w) {
  if (!PyUnicode_Check(o)) return raise_wrong_type(w, "a unicode character", o);
  if (str_length(o) != 1) return raise_wrong_type(w, "a unicode character", o);
  return CodePoint{char_at(o, 0)};
}

PyObject* lower(Result<Py_ssize_t> r) { return r ? new_int(*r).release() : nullptr; }
PyObject* lower(Result<int> r) { return r ? new_int(*r).release() : nullptr; }
PyObject* lower(Result<double> r) { return r ? new_float(*r).release() : nullptr; }
PyObject* lower(Py_ssize_t n) { return new_int(n).release(); }
PyObject* lower(double d) { return new_float(d).release(); }

}  // namespace taipan
