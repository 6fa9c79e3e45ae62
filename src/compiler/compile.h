#pragma once
// The compiler's door: tree to code object, source to code object.
#include <string_view>

#include "base/arena.h"
#include "object/object.h"
#include "syntax/tree.h"

namespace taipan::syntax {
struct Diagnostic;
}
namespace taipan {

struct CompileOptions {
  int flags = 0;           ///< PyCF_* and CO_FUTURE_* bits
  int optimize = -1;       ///< 0, 1, 2, as -O; -1: the interpreter's
  int feature_version = 11;
  bool from_file = false;  ///< the bytes are a file's: its encoding errors name the file
};

/// What kind of source `compile()` was told: its third argument.
enum class SourceMode : uint8_t { kExec, kEval, kSingle, kFunctionType };

/// A tree becomes code. Folding changes the tree. Failed: SyntaxError, RecursionError, MemoryError …
Ref<Code> compile_tree(syntax::Mod* tree, Arena& arena, PyObject* filename, const CompileOptions& options);

/// Source becomes a tree, its errors exceptions. `bytes` says whether the source is bytes with a coding cookie
/// (a str's text is UTF-8 already). Null: an exception is pending.
syntax::Mod* parse_source(std::string_view source, bool bytes, SourceMode mode, Arena& arena, PyObject* filename,
                          const CompileOptions& options);

/// Both.
Ref<Code> compile_source(std::string_view source, bool bytes, SourceMode mode, PyObject* filename,
                         const CompileOptions& options);

/// The scopes of a source as `_symtable` shows them: the entry of the module.
Ref<> symbol_table_objects(std::string_view source, bool bytes, SourceMode mode, PyObject* filename,
                           const CompileOptions& options);
extern PyTypeObject symtable_entry_type;

/// The exception that a diagnostic describes.
Raised raise_diagnostic(const syntax::Diagnostic& d, PyObject* filename);

}  // namespace taipan
