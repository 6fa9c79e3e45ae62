#pragma once
// "__init__"_name is the interned str '__init__', a static object: no table to keep, no look-up, no failure.
// All of them lie in one linker section that intern_static_names() walks once at start.
#include <Python.h>

#include <cstddef>

namespace taipan {

template <size_t N>
struct NameLiteral {
  char text[N]{};
  consteval NameLiteral(const char (&s)[N]) {
    for (size_t i = 0; i < N; i++) text[i] = s[i];
  }
};

/// A compact ASCII str with its characters behind it. Sizes are multiples of 16, so the section can be walked.
template <size_t N>
struct alignas(16) StaticName {
  PyASCIIObject head;
  char text[N];
};

inline constexpr Py_ssize_t kStaticNameRefs = Py_ssize_t{1} << 60;

template <NameLiteral L>
[[gnu::section("taipan_names"), gnu::used]] inline constinit StaticName<sizeof(L.text)> name_object = [] {
  StaticName<sizeof(L.text)> n{};
  n.head.ob_base = {kStaticNameRefs, &PyUnicode_Type};
  n.head.length = sizeof(L.text) - 1;
  n.head.hash = -1;
  n.head.state = {SSTATE_INTERNED_IMMORTAL, PyUnicode_1BYTE_KIND, 1, 1, 1};
  for (size_t i = 0; i < sizeof(L.text); i++) n.text[i] = L.text[i];
  return n;
}();

template <NameLiteral L>
PyObject* operator""_name() {
  return reinterpret_cast<PyObject*>(&name_object<L>);
}

/// Enters every static name into the table of interned strings. Called once, before any string is made.
/// False: no memory.
bool intern_static_names();

}  // namespace taipan
