#pragma once
// Importing. The work is done by the library's importlib; here is what C code and the import statement see of it,
// and what importlib itself is made of.
#include <span>
#include <string_view>

#include "object/object.h"

namespace taipan {

/// The table of built-in modules, as cli/ hands it to start(): name and initialiser (one or two phases).
using BuiltinModule = _inittab;
extern std::span<const BuiltinModule> builtin_modules;
const BuiltinModule* find_builtin_module(std::string_view name);

/// `import a.b.c`: the module a.b.c itself.
Ref<> import_module(std::string_view dotted_name);
Ref<> import_module(PyObject* dotted_name);
Ref<> import_attribute(const char* module, const char* name);
/// builtins.__import__. globals, fromlist may be null or None.
Ref<> import_level(PyObject* name, PyObject* globals, PyObject* fromlist, int level);
/// sys.modules[name], initialised; empty inside: absent.
Result<Ref<>> imported_module(PyObject* name);
/// The module of that name in sys.modules, a new one if there is none (PyImport_AddModule). Borrowed.
Result<PyObject*> add_module(const char* name);

/// Runs a built-in module's initialiser; for two-phase ones the module is made but not yet executed.
Ref<> create_builtin_module(const BuiltinModule& row, PyObject* spec);

/// The spec of a built-in module made before importlib runs: a class of that name with the attribute `name`.
Ref<> new_early_spec(const char* class_name, const char* module_name);
/// Executes importlib's two files and installs them in sys.meta_path and sys.path_hooks.
Status start_import();

// -- modules that come with the interpreter instead of being searched for --
struct FrozenModule {
  const char* name;
  const char* file;      ///< under the library's folder, without .py; null: not of the library
  bool is_package;
  const char* origin;    ///< the name that importlib is told (`__origname__`); null: none
};
const FrozenModule* find_frozen_module(std::string_view name);
std::span<const FrozenModule> frozen_modules();
/// Compiles a frozen module's source from the library, with "<frozen NAME>" as file name.
Ref<> compile_frozen(const FrozenModule& module, std::string_view library);
/// Its code: the embedded one if the library on disk is the one it was made from, else compiled.
Ref<> frozen_code(const FrozenModule& module);
/// Changes co_filename in a code object and all those among its constants.
Status set_code_filename(PyObject* code, PyObject* old_name, PyObject* filename);

}  // namespace taipan
