// The runtime's view of the compiler.
#include "runtime/source.h"

#include "compiler/ast_objects.h"
#include "compiler/compile.h"
#include "object/error.h"
#include "object/protocol.h"
#include "runtime/audit.h"

namespace taipan {

static SourceMode mode_of(SourceKind kind) {
  switch (kind) {
    case SourceKind::file:
      return SourceMode::kExec;
    case SourceKind::eval:
      return SourceMode::kEval;
    case SourceKind::single:
      return SourceMode::kSingle;
    case SourceKind::function_type:
      break;
  }
  return SourceMode::kFunctionType;
}

static CompileOptions options_of(const SourceOptions& options) {
  CompileOptions o;
  o.flags = options.flags;
  o.optimize = options.optimization >= 0 ? options.optimization : interpreter().optimization;
  o.from_file = options.from_file;
  if (options.feature_version >= 0) o.feature_version = options.feature_version;
  return o;
}

Ref<> compile_source(std::string_view text, PyObject* filename, SourceKind kind,
                     const SourceOptions& options) {
  CompileOptions o = options_of(options);
  bool bytes = !(options.flags & PyCF_IGNORE_COOKIE);
  if (!(options.flags & PyCF_ONLY_AST))
    return compile_source(text, bytes, mode_of(kind), filename, o);
  Arena arena;
  syntax::Mod* tree = parse_source(text, bytes, mode_of(kind), arena, filename, o);
  if (!tree) return {};
  return tree_to_objects(tree);
}

Ref<> compile_tree(PyObject* tree, PyObject* filename, SourceKind kind,
                   const SourceOptions& options) {
  if (options.flags & PyCF_ONLY_AST) return share(tree);
  Arena arena;
  compiler::ObjectPool pool;
  TreeMode mode = kind == SourceKind::file   ? TreeMode::kModule
                  : kind == SourceKind::eval ? TreeMode::kExpression
                                             : TreeMode::kInteractive;
  syntax::Mod* nodes = tree_from_objects(tree, mode, arena, pool);
  if (!nodes) return {};
  TRY(validate_tree(nodes));
  return compile_tree(nodes, arena, filename, options_of(options));
}

Result<bool> is_syntax_tree(PyObject* o) { return is_ast_node(o); }

}  // namespace taipan
