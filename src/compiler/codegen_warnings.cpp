// Code that compiles but cannot be meant: SyntaxWarnings.
#include "compiler/codegen.h"
#include "object/str.h"

namespace taipan::compiler {

namespace {

/// The name of the type that a literal or display makes; null if the expression may be anything.
PyTypeObject* known_type(const ast::Expr* e) {
  using enum ast::Kind;
  switch (e->kind) {
    case Tuple: return &PyTuple_Type;
    case List: case ListComp: return &PyList_Type;
    case Dict: case DictComp: return &PyDict_Type;
    case Set: case SetComp: return &PySet_Type;
    case GeneratorExp: return &PyGen_Type;
    case Lambda: return &PyFunction_Type;
    case JoinedStr: case FormattedValue: return &PyUnicode_Type;
    case ConstantExpr: return Py_TYPE(constant_value(e));
    default: return nullptr;
  }
}

bool compares_by_value(const ast::Expr* e) {
  if (!is_constant(e)) return false;
  PyObject* v = constant_value(e);
  return v != Py_None && v != Py_False && v != Py_True && v != Py_Ellipsis;
}

}  // namespace

Status Compiler::check_compare(ast::node::Compare& e) {
  bool left = !compares_by_value(e.left);
  for (int i = 0; i < e.ops.size(); i++) {
    bool right = !compares_by_value(e.comparators[i]);
    auto op = e.ops[i];
    if ((op == ast::CompareOperator::Is || op == ast::CompareOperator::IsNot) && (!right || !left)) {
      return c_.warn(u_->location, new_str(op == ast::CompareOperator::Is
                                               ? "\"is\" with a literal. Did you mean \"==\"?"
                                               : "\"is not\" with a literal. Did you mean \"!=\"?"));
    }
    left = right;
  }
  return {};
}

Status Compiler::check_callable(ast::Expr* e) {
  using enum ast::Kind;
  switch (e->kind) {
    case ConstantExpr: case Tuple: case List: case ListComp: case Dict: case DictComp: case Set: case SetComp:
    case GeneratorExp: case JoinedStr: case FormattedValue:
      return c_.warn(u_->location, format_str("'{}' object is not callable; perhaps you missed a comma?",
                                              clip(known_type(e)->tp_name, 200)));
    default: return {};
  }
}

Status Compiler::check_subscriptable(ast::Expr* e) {
  using enum ast::Kind;
  switch (e->kind) {
    case ConstantExpr: {
      PyObject* v = constant_value(e);
      if (v != Py_None && v != Py_Ellipsis && !PyLong_Check(v) && !PyFloat_Check(v) && !PyComplex_Check(v) &&
          !PyAnySet_Check(v)) {
        return {};
      }
      [[fallthrough]];
    }
    case Set: case SetComp: case GeneratorExp: case Lambda:
      return c_.warn(u_->location, format_str("'{}' object is not subscriptable; perhaps you missed a comma?",
                                              clip(known_type(e)->tp_name, 200)));
    default: return {};
  }
}

Status Compiler::check_index(ast::Expr* e, ast::Expr* index) {
  PyTypeObject* type = known_type(index);
  if (!type || PyType_FastSubclass(type, Py_TPFLAGS_LONG_SUBCLASS) || type == &PySlice_Type) return {};
  using enum ast::Kind;
  switch (e->kind) {
    case ConstantExpr: {
      PyObject* v = constant_value(e);
      if (!PyUnicode_Check(v) && !PyBytes_Check(v) && !PyTuple_Check(v)) return {};
      [[fallthrough]];
    }
    case Tuple: case List: case ListComp: case JoinedStr: case FormattedValue:
      return c_.warn(u_->location,
                     format_str("{} indices must be integers or slices, not {}; perhaps you missed a comma?",
                                clip(known_type(e)->tp_name, 200), clip(type->tp_name, 200)));
    default: return {};
  }
}

}  // namespace taipan::compiler
