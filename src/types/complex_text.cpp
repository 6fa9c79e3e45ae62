// complex(…): from numbers and from text.
#include "base/float_text.h"
#include "object/call.h"
#include "object/error.h"
#include "object/int.h"
#include "object/name.h"
#include "object/number_text.h"
#include "object/protocol.h"
#include "types/complex.h"
#include "types/complex_new.h"

namespace taipan {
namespace {

Ref<> new_of_type(PyTypeObject* type, Py_complex z) {
  if (type == &PyComplex_Type) return new_complex(z);
  Ref<> o = TRY(adopt(type->tp_alloc(type, 0)));
  reinterpret_cast<Complex*>(o.get())->cval = z;
  return o;
}

/// [(] real, real±imag j, or imag j [)], where an imaginary part of 1 may be left out.
class ComplexReader {
 public:
  explicit ComplexReader(std::string_view text) : s_(text) {}

  bool read(Py_complex* z) {
    skip_blanks();
    bool parenthesis = take('(');
    if (parenthesis) skip_blanks();
    *z = {0, 0};
    double first;
    if (number(&first)) {
      if (peek() == '+' || peek() == '-') {
        z->real = first;
        if (!number(&z->imag)) z->imag = take_any() == '+' ? 1.0 : -1.0;
        if (!take_j()) return false;
      } else if (take_j()) {
        z->imag = first;
      } else {
        z->real = first;
      }
    } else {
      z->imag = 1.0;
      if (peek() == '+' || peek() == '-') z->imag = take_any() == '+' ? 1.0 : -1.0;
      if (!take_j()) return false;
    }
    skip_blanks();
    if (parenthesis) {
      if (!take(')')) return false;
      skip_blanks();
    }
    return s_.empty();
  }

 private:
  char peek() const { return s_.empty() ? '\0' : s_[0]; }
  char take_any() {
    char c = s_[0];
    s_.remove_prefix(1);
    return c;
  }
  bool take(char c) {
    if (s_.empty() || s_[0] != c) return false;
    s_.remove_prefix(1);
    return true;
  }
  bool take_j() { return take('j') || take('J'); }
  void skip_blanks() {
    while (!s_.empty() && (s_[0] == ' ' || (s_[0] >= '\t' && s_[0] <= '\r'))) s_.remove_prefix(1);
  }
  bool number(double* value) {
    ParsedFloat parsed = parse_float(s_);
    if (parsed.length == 0) return false;
    *value = parsed.value;
    s_.remove_prefix(parsed.length);
    return true;
  }

  std::string_view s_;
};

/// The result of o.__complex__(), o itself if it is exactly complex; empty inside: there is no such method.
Result<Ref<>> special_complex(PyObject* o) {
  if (is_exact(o, &PyComplex_Type)) return share(o);
  Ref<> method = TRY(lookup_special(o, "__complex__"_name));
  if (!method) return Ref<>();
  PyObject* no_args[1] = {nullptr};
  Ref<> z = TRY(vectorcall(method.get(), no_args + 1, PY_VECTORCALL_ARGUMENTS_OFFSET));
  if (!PyComplex_Check(z.get()))
    return raise(PyExc_TypeError, "__complex__ returned non-complex (type {})", clip(type_name(z.get()), 200));
  if (is_exact(z.get(), &PyComplex_Type)) return z;
  TextBuffer text;
  format(text,
         "__complex__ returned non-complex (type {}).  The ability to return an instance of a strict subclass of "
         "complex is deprecated, and may be removed in a future version of Python.",
         clip(type_name(z.get()), 200));
  TRY(warn(PyExc_DeprecationWarning, 1, text.c_str()));
  return z;
}

bool is_number(PyObject* o) {
  PyNumberMethods* number = Py_TYPE(o)->tp_as_number;
  return number && (number->nb_float || number->nb_index || PyComplex_Check(o));
}

}  // namespace

Result<Py_complex> to_complex(PyObject* o) {
  if (PyComplex_Check(o)) return complex_value(o);
  Ref<> z = TRY(special_complex(o));
  if (z) return complex_value(z.get());
  return Py_complex{TRY(to_double(o)), 0};
}

Ref<> complex_from_text(PyTypeObject* type, PyObject* str) {
  auto malformed = [] { return raise(PyExc_ValueError, "complex() arg is a malformed string"); };
  TextBuffer text, plain;
  if (!append_number_text(text, str)) return Raised{};
  std::string_view view = text.view();
  if (view.find('_') != view.npos) {
    if (!strip_underscores(view, plain)) {
      return raise(PyExc_ValueError, "could not convert string to complex: {}", as_repr(str));
    }
    view = plain.view();
  }
  Py_complex z;
  if (!ComplexReader(view).read(&z)) return malformed();
  return new_of_type(type, z);
}

Ref<> complex_new(Type* type, PyObject* real, PyObject* imag) {
  if (!real) real = object(small_int(0));
  if (is_exact(real, &PyComplex_Type) && !imag && type == &PyComplex_Type) return share(real);
  if (PyUnicode_Check(real)) {
    if (imag) return raise(PyExc_TypeError, "complex() can't take second arg if first is a string");
    return complex_from_text(type, real);
  }
  if (imag && PyUnicode_Check(imag)) return raise(PyExc_TypeError, "complex() second arg can't be a string");
  Ref<> converted = TRY(special_complex(real));
  if (!converted) converted = share(real);
  PyObject* r = converted.get();
  if (!is_number(r))
    return raise(PyExc_TypeError, "complex() first argument must be a string or a number, not '{}'", clip(type_name(r), 200));
  if (imag && !is_number(imag))
    return raise(PyExc_TypeError, "complex() second argument must be a number, not '{}'", clip(type_name(imag), 200));
  Py_complex a{0, 0}, b{0, 0};
  bool real_is_complex = PyComplex_Check(r);
  if (real_is_complex) a = complex_value(r);
  else a.real = float_value(TRY(to_float(r)).get());
  if (!imag) return new_of_type(type, a);
  // Each part may itself be complex: real + imag*1j.
  if (PyComplex_Check(imag)) {
    b = complex_value(imag);
    a.real -= b.imag;
  } else {
    b.real = float_value(TRY(to_float(imag)).get());
  }
  if (real_is_complex) b.real += a.imag;
  return new_of_type(type, {a.real, b.real});
}

}  // namespace taipan
