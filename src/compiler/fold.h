#pragma once
// Folding: the passes over the tree before scopes are built.
#include "compiler/context.h"

namespace taipan::compiler {

/// Finds the `from __future__` imports at the top; adds their features to the context.
Status find_features(Context& context, ast::Mod* tree);

/// Makes objects of all literals and computes what can be computed now, in place.
Status fold(Context& context, ast::Mod* tree);

/// `'…%s…' % (a, b)` as an f-string: null if the format or the items are not of the simple kind.
Result<ast::node::JoinedStr*> format_as_joined(Context& context, ast::node::BinOp& node, PyObject* format,
                                               const ast::Seq<ast::Expr*>& items);

/// A new literal node in the tree.
ast::node::ConstantExpr* make_constant(Context& context, PyObject* value, const ast::Range& range);

}  // namespace taipan::compiler
