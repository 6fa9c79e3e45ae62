#pragma once
// The syntax tree: plain structs in an arena, generated from ast.def. No Python objects: the compiler
// turns constants into objects, so that lexer, parser and tree are tested and fuzzed alone.
#include <cstdint>
#include <string_view>

namespace taipan::syntax {

/// A run of values in the arena. Never owns.
template <class T>
struct Seq {
  T* items = nullptr;
  int count = 0;
  T* begin() const { return items; }
  T* end() const { return items + count; }
  T& operator[](int i) const { return items[i]; }
  T& back() const { return items[count - 1]; }
  bool empty() const { return count == 0; }
  int size() const { return count; }
};

/// An interned name, NFKC-normalised UTF-8: one per text and tree, so names are compared by address.
struct NameText {
  std::string_view text;
  mutable void* object = nullptr;  ///< the compiler's cache of the str; borrowed from the compiler's name table
};
using Identifier = const NameText*;

/// Text in the arena: UTF-8 in which lone surrogates stand as their three-byte forms. Absent if data() is null.
using String = std::string_view;
using Int = int;

/// Where a node stands: lines from 1, columns in UTF-8 bytes from 0, the end exclusive.
struct Range {
  int line = 0, column = 0, end_line = 0, end_column = 0;
};

/// The value of a literal. `object` holds anything that no literal can say (what folding made, what a
/// tree built from Python contained): a borrowed PyObject*, kept alive by the compiler.
struct Constant {
  enum Kind : uint8_t { kNone, kTrue, kFalse, kEllipsis, kInteger, kFloat, kImaginary, kText, kBytes, kObject };
  Kind kind = kNone;
  bool small = false;        ///< kInteger: `integer` holds the value; else `text` has its source form
  uint64_t integer = 0;      ///< kInteger, if small
  double real = 0;           ///< kFloat, and kImaginary's imaginary part
  std::string_view text;     ///< kText: UTF-8 as in String; kBytes: the bytes; big kInteger: digits without '_', prefix (0x, 0o, 0b) kept
  void* object = nullptr;    ///< kObject
};

#define ENUM(Name, python_name, ...) enum class Name : uint8_t { __VA_ARGS__ };
#include "syntax/ast.def"

struct Mod;
struct Stmt;
struct Expr;
struct Pattern;
struct ExceptHandler;
struct TypeIgnore;
#define PLAIN(Name, python_name, ...) struct Name;
#define POSITIONED(Name, python_name, ...) struct Name;
#include "syntax/ast.def"

// How a field of each type is held: nodes by pointer, everything else by value.
template <class T> struct Held { using type = T*; };
template <> struct Held<Identifier> { using type = Identifier; };
template <> struct Held<String> { using type = String; };
template <> struct Held<Constant> { using type = Constant; };
template <> struct Held<Int> { using type = Int; };
#define ENUM(Name, ...) template <> struct Held<Name> { using type = Name; };
#include "syntax/ast.def"
template <class T> using held = typename Held<T>::type;

/// Every node's kind: the rows of ast.def in order, sums and products alike.
enum class Kind : uint8_t {
#define NODE(Base, Name, ...) Name,
#define PLAIN(Name, ...) Name,
#define POSITIONED(Name, ...) Name,
#include "syntax/ast.def"
};

struct Node {
  Kind kind;
};
struct Mod : Node {};
struct Stmt : Node { Range range; };
struct Expr : Node { Range range; };
struct Pattern : Node { Range range; };
struct ExceptHandler : Node { Range range; };
struct TypeIgnore : Node {};

namespace detail {
struct PositionedNode : Node { Range range; };
}  // namespace detail

// `slice` or `Int simple` etc. become plain members; optional pointers are null when absent.
#define FIELD(T, name) held<T> name{};
#define OPTIONAL(T, name) held<T> name{};
#define LIST(T, name) Seq<held<T>> name{};
#define OPTIONALS(T, name) Seq<held<T>> name{};
// A node struct may have the name of an enumeration's member or of a base type; the structs live in
// their own namespace so that `node::Mod` (none) and BinaryOperator::Mod never meet.
namespace node {
#define NODE(Base, Name, ...)                        \
  struct Name : Base {                               \
    static constexpr Kind kKind = Kind::Name;        \
    __VA_ARGS__                                      \
  };
#include "syntax/ast.def"
}  // namespace node
#define PLAIN(Name, python_name, ...)                \
  struct Name : Node {                               \
    static constexpr Kind kKind = Kind::Name;        \
    __VA_ARGS__                                      \
  };
#define POSITIONED(Name, python_name, ...)           \
  struct Name : detail::PositionedNode {             \
    static constexpr Kind kKind = Kind::Name;        \
    __VA_ARGS__                                      \
  };
#include "syntax/ast.def"
#undef FIELD
#undef OPTIONAL
#undef LIST
#undef OPTIONALS

/// The node as the struct of its kind; null if it is of another kind (or null itself).
template <class T, class B>
T* as(B* n) {
  return n && n->kind == T::kKind ? static_cast<T*>(n) : nullptr;
}
template <class T, class B>
T& cast(B* n) {
  return *static_cast<T*>(n);
}

}  // namespace taipan::syntax
