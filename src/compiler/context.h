#pragma once
// What all passes of one compilation share: the file's name, the options, the objects that the tree borrows,
// names as interned strs, errors with a place in the source, and the limit of recursion.
#include <string_view>

#include "base/arena.h"
#include "bytecode/location.h"
#include "compiler/constants.h"
#include "compiler/tree_depth.h"
#include "object/error.h"
#include "object/ref.h"
#include "syntax/tree.h"

namespace taipan::compiler {

namespace ast = taipan::syntax;

inline Location location_of(const ast::Range& r) { return {r.line, r.end_line, r.column, r.end_column}; }
template <class N>
Location location_of(const N* node) { return location_of(node->range); }

class Context {
 public:
  Context(Arena& arena, PyObject* filename, int optimize);

  Arena& arena() { return *arena_; }
  ObjectPool& pool() { return pool_; }
  PyObject* filename() const { return filename_; }
  int optimize_level() const { return optimize_; }
  unsigned features = 0;    ///< CO_FUTURE_* in force, from the flags and from the source
  int future_line = -1;     ///< the last line of `from __future__` imports at the top

  /// The name as an interned str, borrowed.
  Result<PyObject*> name(ast::Identifier id);
  Result<PyObject*> name(std::string_view text);
  /// A str that a pass made, interned.
  Result<PyObject*> name(Ref<> str);
  /// A name as the class that contains it sees it: `__x` is `_C__x`. No class: null.
  Result<PyObject*> mangle(PyObject* class_name, PyObject* name);
  /// An identifier for the tree.
  ast::Identifier identifier(PyObject* name);
  Result<PyObject*> object(ast::Constant& c) { return object_of(c, pool_); }

  /// SyntaxError found before code generation: its only argument is the message, the place is in its attributes.
  /// Columns are in bytes, as the tree has them.
  template <class... A>
  [[gnu::cold]] Raised syntax_error(const Location& where, FormatString<std::type_identity_t<A>...> text, const A&... args) {
    return raise_syntax_error(format_str(text, args...), where);
  }
  /// A SyntaxWarning; turned into an error by a filter, it is the SyntaxError of the same text.
  Status warn(const Location& where, Ref<> message);

  /// False: the C++ stack is nearly used up, RecursionError is pending.
  bool stack_left();
  /// Counts one more level of the tree while it lives; false: too deep, RecursionError is pending.
  struct Nesting : TreeDepth::Level {
    explicit Nesting(Context& c) : Level(c.depth_, kTooDeepToCompile) {}
  };

 private:
  Raised raise_syntax_error(Ref<> message, const Location& where);

  Arena* arena_;
  ObjectPool pool_;
  PyObject* filename_;
  int optimize_;
  TreeDepth depth_;
};

/// A SyntaxError whose attributes say where; a negative end column means None.
Raised raise_syntax_error_at(PyObject* message, PyObject* filename, const Location& where);
/// A SyntaxError made of (message, (filename, line, …)): those of code generation.
Raised raise_placed_syntax_error(Ref<> message, PyObject* filename, const Location& where);

bool has_docstring(const ast::Seq<ast::Stmt*>& body);
/// The docstring at the head of a folded body, borrowed from the tree; null if there is none.
PyObject* docstring_of(const ast::Seq<ast::Stmt*>& body);

}  // namespace taipan::compiler
