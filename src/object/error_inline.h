#pragma once
// The template halves of error.h: they turn arguments into a list and call one plain function.
#include "object/error.h"

namespace taipan {

bool write_str_argument(TextBuffer& out, const void* o);
bool write_repr_argument(TextBuffer& out, const void* o);
bool write_address_argument(TextBuffer& out, const void* p);
inline FormatArg format_arg(AsAddress a) { return FormatArg::of_custom(a.address, write_address_argument); }
inline FormatArg format_arg(AsStr a) { return FormatArg::of_custom(a.o, write_str_argument); }
inline FormatArg format_arg(AsRepr a) { return FormatArg::of_custom(a.o, write_repr_argument); }

[[gnu::cold, gnu::noinline]] Raised raise_formatted(PyObject* type, std::string_view text, const FormatArg* args);
Ref<> format_str_list(std::string_view text, const FormatArg* args);

template <class... A>
Raised raise(PyObject* type, FormatString<std::type_identity_t<A>...> text, const A&... args) {
  if constexpr (sizeof...(A) == 0) {
    return raise_formatted(type, text.text(), nullptr);
  } else {
    const FormatArg list[] = {format_arg(args)...};
    return raise_formatted(type, text.text(), list);
  }
}
template <class... A>
Ref<> format_str(FormatString<std::type_identity_t<A>...> text, const A&... args) {
  if constexpr (sizeof...(A) == 0) {
    return format_str_list(text.text(), nullptr);
  } else {
    const FormatArg list[] = {format_arg(args)...};
    return format_str_list(text.text(), list);
  }
}

}  // namespace taipan
