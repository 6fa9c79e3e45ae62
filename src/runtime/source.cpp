// The runtime's view of the compiler.
#include "runtime/source.h"

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

Ref<> compile_source(std::string_view text, PyObject* filename, SourceKind kind,
                     const SourceOptions& options) {
  CompileOptions o;
  o.flags = options.flags;
  o.optimize = options.optimization >= 0 ? options.optimization : interpreter().optimization;
  if (options.feature_version >= 0) o.feature_version = options.feature_version;
  if (options.flags & PyCF_ONLY_AST)
    return raise(PyExc_NotImplementedError, "syntax trees as objects are not available yet");
  bool bytes = !(options.flags & PyCF_IGNORE_COOKIE);
  return compile_source(text, bytes, mode_of(kind), filename, o);
}

Ref<> compile_tree(PyObject*, PyObject*, SourceKind, const SourceOptions&) {
  return raise(PyExc_NotImplementedError, "syntax trees as objects are not available yet");
}

Result<bool> is_syntax_tree(PyObject*) { return false; }

}  // namespace taipan
