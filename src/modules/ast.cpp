// _ast: the classes of syntax trees, and the flags with which compile() gives trees.
#include "compiler/ast_objects.h"
#include "modules/module.h"

namespace taipan {
namespace {

Status fill(PyObject* module) {
  TRY(add_ast_classes(module));
  TRY(add_int_to_module(module, "PyCF_ALLOW_TOP_LEVEL_AWAIT", PyCF_ALLOW_TOP_LEVEL_AWAIT));
  TRY(add_int_to_module(module, "PyCF_ONLY_AST", PyCF_ONLY_AST));
  return add_int_to_module(module, "PyCF_TYPE_COMMENTS", PyCF_TYPE_COMMENTS);
}

constexpr char ast_doc[] = "The classes of syntax trees; the module ast has what works with them.";

}  // namespace
}  // namespace taipan

PyObject* init_ast() { return taipan::define_module<"_ast", taipan::ast_doc, taipan::fill>(); }
