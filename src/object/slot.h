#pragma once
// `slot<f>`: a typed C++ function where CPython's struct wants a C function pointer, e.g.
// `.tp_repr = slot<repr>`. Parameters may be layouts by reference (`List& self`); results as in ref.h.
#include "object/object.h"

namespace taipan {

// How one C argument becomes the parameter the function asks for, and back.
template <class P, class C> P lift(C c) {
  if constexpr (std::is_reference_v<P>) return *reinterpret_cast<std::remove_reference_t<P>*>(c);
  else if constexpr (std::is_same_v<P, C>) return c;
  else return reinterpret_cast<P>(c);
}
template <class T> inline constexpr bool kIsRef = false;
template <class T> inline constexpr bool kIsRef<Ref<T>> = true;
template <class T> inline constexpr bool kIsResult = false;
template <class T> inline constexpr bool kIsResult<Result<T>> = true;

template <class R, class V> R drop(V&& v) {
  using D = std::decay_t<V>;
  if constexpr (kIsRef<D>) return reinterpret_cast<R>(v.release());
  else if constexpr (std::is_same_v<D, Result<Ref<>>>) return v ? lower(v.take()) : nullptr;  // tp_iternext: empty = exhausted
  else if constexpr (std::is_same_v<D, Status>) return v ? 0 : -1;
  else if constexpr (kIsResult<D>) return v ? R(*v) : R(-1);
  else return v;
}
template <class R, class... A> using FunctionPointer = R (*)(A...);

template <auto Fn> struct Slot {
  template <class R, class... A> constexpr operator FunctionPointer<R, A...>() const {
    return convert<R, A...>(Fn);
  }

 private:
  template <class R, class... A, class V, class... P>
  static constexpr FunctionPointer<R, A...> convert(V (*)(P...)) {
    static_assert(sizeof...(A) == sizeof...(P), "this slot takes a different number of arguments");
    return [](A... a) -> R {
      if constexpr (std::is_void_v<R>) Fn(lift<P>(a)...);
      else return drop<R>(Fn(lift<P>(a)...));
    };
  }
};
template <auto Fn> inline constexpr Slot<Fn> slot{};

}  // namespace taipan
