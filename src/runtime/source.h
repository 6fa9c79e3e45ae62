#pragma once
// Source text to code objects: the compiler as the rest of the interpreter calls it.
#include <string_view>

#include "object/object.h"

namespace taipan {

enum class SourceKind { file, eval, single, function_type };

struct SourceOptions {
  int flags = 0;             ///< CO_FUTURE_… and PyCF_… bits
  int feature_version = -1;
  int optimization = -1;     ///< -1: the interpreter's own
  bool from_file = false;    ///< run from a file: encoding errors name it
};
/// compile(): a code object (an ast tree if PyCF_ONLY_AST is set). Text as bytes of a file: with cookie, BOM, any newline.
Ref<> compile_source(std::string_view text, PyObject* filename, SourceKind kind, const SourceOptions& options = {});
/// The same from an `ast` tree.
Ref<> compile_tree(PyObject* tree, PyObject* filename, SourceKind kind, const SourceOptions& options);

/// Is it an instance of ast.AST?
Result<bool> is_syntax_tree(PyObject* o);

/// Is it an instance of ast.AST?
Result<bool> is_syntax_tree(PyObject* o);

}  // namespace taipan
