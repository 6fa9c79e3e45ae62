#pragma once
// Ownership and failure, the two things that every function's type says here:
//   Ref<T>       owns one reference; empty means that an exception is pending
//   T*, T&       borrow
//   Status       done, or an exception is pending
//   Result<T>    a plain C++ value, or an exception is pending
// Functions that return one of these may run arbitrary Python code unless their comment says otherwise.
#include <Python.h>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace taipan {

/// Any object struct as the PyObject that it begins with.
template <class T>
PyObject* object(T* p) {
  return reinterpret_cast<PyObject*>(p);
}
template <class T>
  requires(!std::is_pointer_v<T>)
PyObject* object(T& p) {
  return reinterpret_cast<PyObject*>(&p);
}

/// What a failed operation returns: converts to the empty or failed value of every shape.
struct Raised {
  template <class T>
  operator T*() const {
    return nullptr;
  }
};

/// An owned reference. Empty means: the call failed and an exception is pending.
/// There is no implicit way from Ref to T*: it would dangle.
template <class T = PyObject>
class [[nodiscard, clang::trivial_abi]] Ref {
 public:
  Ref() = default;
  Ref(Raised) {}
  Ref(Ref&& from) noexcept : p_(std::exchange(from.p_, nullptr)) {}
  template <class U>
    requires(std::same_as<T, PyObject> && !std::same_as<U, PyObject>)
  Ref(Ref<U>&& from) noexcept : p_(reinterpret_cast<PyObject*>(from.release())) {}
  Ref& operator=(Ref&& from) noexcept {  // the old value dies last: its finalizer may look at us
    Ref old(std::move(*this));
    p_ = std::exchange(from.p_, nullptr);
    return *this;
  }
  ~Ref() { Py_XDECREF(reinterpret_cast<PyObject*>(p_)); }

  static Ref adopt(T* p) {  ///< Takes over a reference that someone gave us (null: failed).
    Ref r;
    r.p_ = p;
    return r;
  }
  static Ref share(T* p) {  ///< Adds a reference to a borrowed object (not null).
    Py_INCREF(reinterpret_cast<PyObject*>(p));
    return adopt(p);
  }

  explicit operator bool() const { return p_ != nullptr; }
  T* operator->() const { return p_; }
  T& operator*() const { return *p_; }
  T* get() const { return p_; }
  T* release() { return std::exchange(p_, nullptr); }
  void reset() { Ref old(std::move(*this)); }
  Ref copy() const { return share(p_); }
  /// The same reference seen as another layout; the caller knows the type.
  template <class U>
  Ref<U> as() && {
    return Ref<U>::adopt(reinterpret_cast<U*>(release()));
  }

 private:
  T* p_ = nullptr;
};

template <class T>
Ref<T> adopt(T* p) {
  return Ref<T>::adopt(p);
}
template <class T>
Ref<T> share(T* p) {
  return Ref<T>::share(p);
}
inline Ref<> none() { return share(Py_None); }
inline Ref<> boolean(bool b) { return share(b ? Py_True : Py_False); }
inline Ref<> not_implemented() { return share(Py_NotImplemented); }

/// The result of a call that yields nothing. Nodiscard: an ignored failure is a bug.
class [[nodiscard]] Status {
 public:
  constexpr Status() = default;
  constexpr Status(Raised) : failed_(true) {}
  constexpr explicit operator bool() const { return !failed_; }
  static Status from_c(int r) {  ///< From C's "negative means an exception is pending".
    Status s;
    s.failed_ = r < 0;
    return s;
  }
  int to_c() const { return failed_ ? -1 : 0; }

 private:
  bool failed_ = false;
};

/// A C++ value, or an exception pending.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T v) : value_(std::move(v)), ok_(true) {}
  Result(Raised) : value_{}, ok_(false) {}
  explicit operator bool() const { return ok_; }
  const T& operator*() const& { return value_; }
  T&& operator*() && { return std::move(value_); }
  T take() { return std::move(value_); }

 private:
  T value_;
  bool ok_;
};

template <class T> Ref<T> unwrap(Ref<T>&& r) { return std::move(r); }
template <class T> T unwrap(Result<T>&& r) { return r.take(); }
inline void unwrap(Status&&) {}

/// For calls whose result does not matter, only that they succeed: `TRY(done(call(f)))`.
template <class T>
Status done(Ref<T> r) {
  return r ? Status() : Status(Raised{});
}

/// Yields the value of an expression; if it failed, returns from the enclosing function.
#define TRY(...)                                            \
  ({                                                        \
    auto&& tried = (__VA_ARGS__);                           \
    if (!tried) [[unlikely]] return ::taipan::Raised{};     \
    ::taipan::unwrap(std::move(tried));                     \
  })

/// For the C boundary, where null and an exception pending mean the same.
template <class T>
PyObject* lower(Ref<T>&& r) {
  return reinterpret_cast<PyObject*>(r.release());
}

}  // namespace taipan
