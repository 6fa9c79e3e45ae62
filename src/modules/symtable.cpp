// _symtable: the compiler's view of scopes.
#include "compiler/compile.h"
#include "compiler/scopes.h"
#include "modules/module.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/str.h"
#include "runtime/fs_text.h"
#include "types/buffer.h"
#include "types/codecs.h"

namespace taipan {
namespace {

constexpr char symtable_doc[] =
    "symtable($module, source, filename, startstr, /)\n--\n\n"
    "The scopes of a source: the entry of its outermost block, with those of the inner ones.";
Ref<> symtable(PyObject*, PyObject* source, PyObject* filename, std::string_view start) {
  SourceMode mode;
  if (start == "exec") mode = SourceMode::kExec;
  else if (start == "eval") mode = SourceMode::kEval;
  else if (start == "single") mode = SourceMode::kSingle;
  else return raise(PyExc_ValueError, "symtable() arg 3 must be 'exec' or 'eval' or 'single'");
  Ref<> name = TRY(path_text(filename));
  bool is_text = PyUnicode_Check(source);
  Ref<> owner = is_text || PyBytes_Check(source) ? share(source) : Ref<>();
  if (!owner) {
    if (!has_buffer(source)) {
      return raise(PyExc_TypeError, "symtable() arg 1 must be a string or bytes object");
    }
    owner = TRY(call(object(&PyBytes_Type), source));
  }
  std::string_view text = is_text ? TRY(to_utf8(owner.get())) : bytes_view(owner.get());
  if (text.find('\0') != text.npos) return raise(PyExc_ValueError, "source code string cannot contain null bytes");
  return symbol_table_objects(text, !is_text, mode, name.get(), {});
}

Status fill(PyObject* module) {
  using namespace compiler;
  struct { const char* name; int value; } constants[] = {
      {"USE", kUse}, {"DEF_GLOBAL", kDefGlobal}, {"DEF_NONLOCAL", kDefNonlocal}, {"DEF_LOCAL", kDefLocal},
      {"DEF_PARAM", kDefParameter}, {"DEF_FREE", kDefFree}, {"DEF_FREE_CLASS", kDefFreeClass},
      {"DEF_IMPORT", kDefImport}, {"DEF_BOUND", kDefBound}, {"DEF_ANNOT", kDefAnnotation},
      {"TYPE_FUNCTION", int(ScopeType::kFunction)}, {"TYPE_CLASS", int(ScopeType::kClass)},
      {"TYPE_MODULE", int(ScopeType::kModule)}, {"LOCAL", int(NameScope::kLocal)},
      {"GLOBAL_EXPLICIT", int(NameScope::kGlobalExplicit)}, {"GLOBAL_IMPLICIT", int(NameScope::kGlobalImplicit)},
      {"FREE", int(NameScope::kFree)}, {"CELL", int(NameScope::kCell)}, {"SCOPE_OFF", kScopeShift},
      {"SCOPE_MASK", kScopeMask},
  };
  for (auto& c : constants) TRY(add_int_to_module(module, c.name, c.value));
  return {};
}

constinit PyMethodDef rows[] = {method<symtable_doc, symtable>, {}};
constexpr char module_doc[] = "The compiler's view of scopes; the module symtable wraps it.";

}  // namespace
}  // namespace taipan

PyObject* init_symtable() {
  return taipan::define_module<"_symtable", taipan::module_doc, taipan::fill, taipan::rows>();
}
