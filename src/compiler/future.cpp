// `from __future__ import …` at the head of a module.
#include <string_view>

#include "compiler/fold.h"

namespace taipan::compiler {

namespace {

using namespace ast::node;

// Features that became the language need no flag.
constexpr std::string_view kMandatory[] = {"nested_scopes",  "generators",     "division",        "absolute_import",
                                           "with_statement", "print_function", "unicode_literals", "generator_stop"};

Status add_features(Context& c, ImportFrom& s) {
  for (ast::Alias* alias : s.names) {
    std::string_view feature = alias->name->text;
    bool mandatory = false;
    for (std::string_view name : kMandatory) mandatory |= name == feature;
    if (mandatory) continue;
    Location where{s.range.line, s.range.line, s.range.column, -1};
    if (feature == "annotations") {
      c.features |= CO_FUTURE_ANNOTATIONS;
    } else if (feature == "barry_as_FLUFL") {
      c.features |= CO_FUTURE_BARRY_AS_BDFL;
    } else if (feature == "braces") {
      return c.syntax_error(where, "not a chance");
    } else {
      return c.syntax_error(where, "future feature {} is not defined", clip(feature, 100));
    }
  }
  return {};
}

}  // namespace

Status find_features(Context& c, ast::Mod* tree) {
  const ast::Seq<ast::Stmt*>* body = nullptr;
  if (auto* m = ast::as<Module>(tree)) body = &m->body;
  else if (auto* m = ast::as<Interactive>(tree)) body = &m->body;
  if (!body) return {};
  // Something else ends the head of the module, but what stands on the same line is still looked at.
  bool done = false;
  int line_before = 0;
  for (int i = has_docstring(*body); i < body->size(); i++) {
    ast::Range at = (*body)[i]->range;
    if (done && at.line > line_before) break;
    line_before = at.line;
    auto* s = ast::as<ImportFrom>((*body)[i]);
    if (!s || !s->module || s->module->text != "__future__") {
      done = true;
      continue;
    }
    if (done) {
      // CPython counts this column from 0.
      return c.syntax_error({at.line, at.line, at.column - 1, -1},
                            "from __future__ imports must occur at the beginning of the file");
    }
    TRY(add_features(c, *s));
    c.future_line = at.line;
  }
  return {};
}

}  // namespace taipan::compiler
