#pragma once
// Turns a C++ function and its docstring into a row of a PyMethodDef table: `method<insert_doc, insert>`.
// The docstring's first lines are CPython's text signature; names, defaults, `/`, `*` come from there, the
// converters from the function's parameter types (convert.h). A constructor is declared likewise:
// `.tp_new = constructor<doc, fn>::tp_new` and `.tp_vectorcall = constructor<doc, fn>::vectorcall`.
#include <tuple>
#include <type_traits>

#include "object/convert.h"

namespace taipan {

// One non-template binder serves every function: all wording of argument errors is in arguments.cpp.
bool check_positional(const Signature&, Py_ssize_t nargs);
/// "getattr expected at least 2 arguments, got 0": for functions that have no text signature.
bool check_positional(std::string_view name, Py_ssize_t nargs, Py_ssize_t low, Py_ssize_t high);
bool bind_keywords(const Signature&, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames, PyObject** slots);
/// "name() takes no keyword arguments" unless kwnames is empty.
bool check_no_keywords(std::string_view name, PyObject* kwnames);
bool check_no_keywords_dict(std::string_view name, PyObject* kwargs);
/// Is `type` a class with an __init__ of its own? Then keywords are for that, and a constructor without any ignores them.
bool has_own_init(PyTypeObject* type);

/// A tuple and a dict of arguments laid out for vectorcall; borrows from both.
class FlatArguments {
 public:
  FlatArguments(PyObject* args, PyObject* kwargs);   // on failure: !ok(), MemoryError or TypeError set
  ~FlatArguments();
  FlatArguments(const FlatArguments&) = delete;
  bool ok() const { return ok_; }
  PyObject* const* items() const { return items_; }
  Py_ssize_t count() const { return count_; }
  PyObject* names() const { return names_.get(); }

 private:
  PyObject* const* items_ = nullptr;
  PyObject** owned_ = nullptr;
  Py_ssize_t count_ = 0;
  Ref<> names_;
  bool ok_ = true;
};

template <class P> using Stored = std::conditional_t<std::is_reference_v<P>, std::remove_reference_t<P>*, P>;
template <class P> P give(Stored<P> v) {
  if constexpr (std::is_reference_v<P>) return *v;
  else return v;
}

inline PyObject* lower(Status s) { return s ? Py_NewRef(Py_None) : nullptr; }
inline PyObject* lower(Result<bool> r) { return r ? Py_NewRef(*r ? Py_True : Py_False) : nullptr; }
PyObject* lower(Result<Py_ssize_t> r);
PyObject* lower(Result<int> r);
PyObject* lower(Result<double> r);
inline PyObject* lower(bool b) { return Py_NewRef(b ? Py_True : Py_False); }
PyObject* lower(Py_ssize_t n);
PyObject* lower(double d);

template <class F> struct Shape;
template <class R, class S, class... A> struct Shape<R (*)(S, A...)> {
  using Self = S;
  using Params = std::tuple<std::type_identity<A>...>;
  static constexpr size_t kCount = sizeof...(A);
};

template <class S> S receiver(PyObject* o) {
  if constexpr (std::is_reference_v<S>) return *reinterpret_cast<std::remove_reference_t<S>*>(o);
  else return reinterpret_cast<S>(o);
}

/// The arguments of one call, sorted into the signature's slots, become the C++ call.
template <const auto& Doc, auto Fn> struct Bound {
  static constexpr Signature kSig = parse_signature(Doc);
  using Self = typename Shape<decltype(Fn)>::Self;
  using Params = typename Shape<decltype(Fn)>::Params;
  static constexpr size_t N = Shape<decltype(Fn)>::kCount;
  static_assert(N == kSig.count + kSig.varargs, "the docstring and the function differ in the number of parameters");
  template <size_t I> using P = typename std::tuple_element_t<I, Params>::type;

  template <size_t I> static bool load(Stored<P<I>>& to, PyObject* const* slots, VarArgs rest) {
    if constexpr (kSig.varargs && I == kSig.positional) {
      to = rest;
      return true;
    } else {
      constexpr size_t K = I - (kSig.varargs && I > kSig.positional);
      PyObject* o = slots[K];
      if constexpr (!kSig.params[K].required()) {
        if (!o) {
          to = default_value<Stored<P<I>>>(kSig.params[K].fallback);
          return true;
        }
      }
      auto r = Convert<P<I>>::from(o, {kSig, K});
      if (!r) return false;
      to = *r;
      return true;
    }
  }
  template <size_t... I>
  static auto invoke(PyObject* self, PyObject* const* slots, VarArgs rest, std::index_sequence<I...>) {
    std::tuple<Stored<P<I>>...> values{};
    if (!(load<I>(std::get<I>(values), slots, rest) && ...)) return static_cast<PyObject*>(nullptr);
    if constexpr (std::is_void_v<decltype(Fn(receiver<Self>(self), give<P<I>>(std::get<I>(values))...))>) {
      Fn(receiver<Self>(self), give<P<I>>(std::get<I>(values))...);
      return Py_NewRef(Py_None);
    } else {
      return lower(Fn(receiver<Self>(self), give<P<I>>(std::get<I>(values))...));
    }
  }
  static PyObject* call(PyObject* self, PyObject* const* slots, VarArgs rest = {}) {
    return invoke(self, slots, rest, std::make_index_sequence<N>{});
  }

  static PyObject* noargs(PyObject* self, PyObject*) { return call(self, nullptr); }
  static PyObject* one(PyObject* self, PyObject* o) { return call(self, &o); }
  static PyObject* fast(PyObject* self, PyObject* const* args, Py_ssize_t nargs) {
    if constexpr (kSig.varargs) {
      return keywords(self, args, nargs, nullptr);
    } else {
      if (!check_positional(kSig, nargs)) return nullptr;
      if (static_cast<size_t>(nargs) == N) return call(self, args);
      PyObject* slots[N + 1]{};
      for (Py_ssize_t i = 0; i < nargs; i++) slots[i] = args[i];
      return call(self, slots);
    }
  }
  static PyObject* keywords(PyObject* self, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames) {
    PyObject* slots[N + 1]{};
    if (!bind_keywords(kSig, args, nargs, kwnames, slots)) return nullptr;
    Py_ssize_t taken = static_cast<Py_ssize_t>(kSig.positional);
    return call(self, slots, nargs > taken ? VarArgs{args + taken, nargs - taken} : VarArgs{});
  }

  static constexpr auto name = [] {
    std::array<char, kSig.name.size() + 1> a{};
    for (size_t i = 0; i < kSig.name.size(); i++) a[i] = kSig.name[i];
    return a;
  }();

  // Clang folds the cast of a function pointer in a static initializer when the condition is
  // __builtin_constant_p; without it the table would be filled by code at start-up.
  template <class F> static constexpr PyCFunction erase(F f) {
    return __builtin_constant_p(1) ? (PyCFunction)(void (*)())f : nullptr;
  }
  static constexpr PyMethodDef row(int extra_flags) {
    int extra = extra_flags |
                (kSig.receiver == "$type" ? METH_CLASS : kSig.receiver.empty() ? METH_STATIC : 0);
    if constexpr (N == 0) return {name.data(), noargs, METH_NOARGS | extra, Doc};
    else if constexpr (kSig.takes_keywords())
      return {name.data(), erase(keywords), METH_FASTCALL | METH_KEYWORDS | extra, Doc};
    else if constexpr (N == 1 && kSig.required == 1) return {name.data(), one, METH_O | extra, Doc};
    else return {name.data(), erase(fast), METH_FASTCALL | extra, Doc};
  }
};

/// One row: `method<insert_doc, insert>`; flags like METH_COEXIST as third argument.
template <const auto& Doc, auto Fn, int Flags = 0>
inline constexpr PyMethodDef method = Bound<Doc, Fn>::row(Flags);

/// A function whose arguments no text signature can say (max, getattr, dict.update …): it takes them raw.
struct Arguments {
  PyObject* const* items;
  Py_ssize_t count;     ///< positional ones
  PyObject* names;      ///< names of the keyword arguments, whose values follow; null for none
  Py_ssize_t named() const { return names ? Py_SIZE(names) : 0; }
};
template <auto Fn> struct Raw {
  using Self = typename Shape<decltype(Fn)>::Self;
  static PyObject* entry(PyObject* self, PyObject* const* args, Py_ssize_t n, PyObject* names) {
    return lower(Fn(receiver<Self>(self), Arguments{args, n, names}));
  }
  static PyObject* positional(PyObject* self, PyObject* const* args, Py_ssize_t n) {
    return lower(Fn(receiver<Self>(self), Arguments{args, n, nullptr}));
  }
};
/// Positional and keyword arguments. The docstring has no signature line (or an unparsed one).
template <auto Fn> constexpr PyMethodDef varargs(const char* name, const char* doc, int extra = 0) {
  return {name, __builtin_constant_p(1) ? (PyCFunction)(void (*)())Raw<Fn>::entry : nullptr,
          METH_FASTCALL | METH_KEYWORDS | extra, doc};
}
/// Positional arguments only; keywords get "name() takes no keyword arguments".
template <auto Fn> constexpr PyMethodDef positional_varargs(const char* name, const char* doc, int extra = 0) {
  return {name, __builtin_constant_p(1) ? (PyCFunction)(void (*)())Raw<Fn>::positional : nullptr,
          METH_FASTCALL | extra, doc};
}

/// A type's constructor by the same rules: Fn(PyTypeObject* type, parameters…) -> Ref<>.
template <const auto& Doc, auto Fn> struct constructor {
  static PyObject* tp_new(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
    FlatArguments flat(args, kwargs);
    if (!flat.ok()) return nullptr;
    return bind(object(type), flat.items(), flat.count(), flat.names());
  }
  static PyObject* vectorcall(PyObject* type, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
    return bind(type, args, PyVectorcall_NARGS(nargsf), kwnames);
  }

 private:
  using B = Bound<Doc, Fn>;
  static PyObject* bind(PyObject* type, PyObject* const* args, Py_ssize_t n, PyObject* kwnames) {
    if constexpr (!B::kSig.takes_keywords()) {
      if (kwnames && !has_own_init(reinterpret_cast<PyTypeObject*>(type)) && !check_no_keywords(B::kSig.name, kwnames))
        return nullptr;
      if constexpr (B::N == 0) {
        if (!check_positional(B::kSig, n)) return nullptr;
        return B::call(type, nullptr);
      } else {
        return B::fast(type, args, n);
      }
    } else {
      return B::keywords(type, args, n, kwnames);
    }
  }
};

/// A type's __init__ by the same rules: Fn(Self& self, parameters…) -> Status.
template <const auto& Doc, auto Fn> struct initializer {
  static int tp_init(PyObject* self, PyObject* args, PyObject* kwargs) {
    FlatArguments flat(args, kwargs);
    if (!flat.ok()) return -1;
    using B = Bound<Doc, Fn>;
    PyObject* done;
    if constexpr (!B::kSig.takes_keywords()) {
      if (!check_no_keywords(B::kSig.name, flat.names())) return -1;
      if constexpr (B::N == 0) done = check_positional(B::kSig, flat.count()) ? B::call(self, nullptr) : nullptr;
      else done = B::fast(self, flat.items(), flat.count());
    } else {
      done = B::keywords(self, flat.items(), flat.count(), flat.names());
    }
    Py_XDECREF(done);
    return done ? 0 : -1;
  }
};

}  // namespace taipan
