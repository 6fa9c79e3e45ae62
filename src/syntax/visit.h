#pragma once
// Walking over the fields of a node, whatever its kind: from ast.def, like all that treats nodes
// alike.
#include <string_view>

#include "syntax/tree.h"

namespace taipan::syntax {

/// The node's class name in the `ast` module.
std::string_view class_name(Kind kind);

namespace detail {
template <class T>
const Range* range_in(const Node* n) {
  if constexpr (requires(const T& x) { x.range; })
    return &reinterpret_cast<const T*>(n)->range;
  else
    return nullptr;
}
}  // namespace detail

/// The position of a node, or null for kinds that have none.
inline const Range* range_of(const Node* n) {
  switch (n->kind) {
#define NODE(Base, Name, ...) \
  case Kind::Name:            \
    return detail::range_in<node::Name>(n);
#define PLAIN(Name, ...) \
  case Kind::Name:       \
    return nullptr;
#define POSITIONED(Name, ...) \
  case Kind::Name:            \
    return detail::range_in<Name>(n);
#include "syntax/ast.def"
  }
  return nullptr;
}

/// Calls visit.field(name, value), .optional(name, value), .list(name, sequence) or
/// .optionals(name, sequence) for each field in order.
template <class V>
void for_each_field(const Node* n, V&& visit) {
  switch (n->kind) {
#define FIELD(T, name) visit.field(#name, x.name);
#define OPTIONAL(T, name) visit.optional(#name, x.name);
#define LIST(T, name) visit.list(#name, x.name);
#define OPTIONALS(T, name) visit.optionals(#name, x.name);
#define NODE(Base, Name, ...)                                           \
  case Kind::Name: {                                                    \
    [[maybe_unused]] auto& x = *reinterpret_cast<const node::Name*>(n); \
    __VA_ARGS__ break;                                                  \
  }
#define PLAIN(Name, python_name, ...)                        \
  case Kind::Name: {                                         \
    [[maybe_unused]] auto& x = *static_cast<const Name*>(n); \
    __VA_ARGS__ break;                                       \
  }
#define POSITIONED(Name, python_name, ...)                   \
  case Kind::Name: {                                         \
    [[maybe_unused]] auto& x = *static_cast<const Name*>(n); \
    __VA_ARGS__ break;                                       \
  }
#include "syntax/ast.def"
#undef FIELD
#undef OPTIONAL
#undef LIST
#undef OPTIONALS
  }
}

/// The class name of a member of an enumeration: "Load", "Add" …
#define ENUM(Name, python_name, ...) std::string_view class_name(Name value);
#include "syntax/ast.def"

}  // namespace taipan::syntax
