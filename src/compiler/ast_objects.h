#pragma once
// The tree as Python sees it: the classes of the `ast` module (made from ast.def), trees of their instances from trees
// of nodes and back, and the check of trees that come from Python.
#include "base/arena.h"
#include "compiler/constants.h"
#include "object/object.h"
#include "syntax/tree.h"

namespace taipan {

/// Makes the classes, once.
Status start_ast_classes();
/// Adds all classes to a module's namespace (`_ast`).
Status add_ast_classes(PyObject* module);
/// Is it an instance of ast.AST?
Result<bool> is_ast_node(PyObject* o);

/// The tree as instances of ast.AST.
Ref<> tree_to_objects(syntax::Mod* tree);

enum class TreeMode : uint8_t { kModule, kExpression, kInteractive };

/// The tree that an ast.Module, ast.Expression or ast.Interactive describes, checked; the objects in it are kept by
/// the pool. Null: an exception is pending.
syntax::Mod* tree_from_objects(PyObject* o, TreeMode mode, Arena& arena, compiler::ObjectPool& pool);

/// Refuses trees that no source could have given where the compiler relies on it.
Status validate_tree(syntax::Mod* tree);

/// The class of a node, of a sum type ("expr"), an enumeration's member; borrowed.
struct AstClasses {
  static constexpr int kKinds = 0
#define NODE(...) +1
#define PLAIN(...) +1
#define POSITIONED(...) +1
#include "syntax/ast.def"
      ;
  PyObject* base;              ///< ast.AST
  PyObject* of_kind[kKinds];
  PyObject *mod, *stmt, *expr, *pattern, *excepthandler, *type_ignore;
#define ENUM(Name, python_name, ...) \
  PyObject* python_name##_class;     \
  PyObject* python_name##_members[16];    /* classes */ \
  PyObject* python_name##_singletons[16];
#include "syntax/ast.def"
};
extern AstClasses ast_classes;
extern PyTypeObject ast_type;

}  // namespace taipan
