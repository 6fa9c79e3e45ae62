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
    if (feature == "annotations") {
      c.features |= CO_FUTURE_ANNOTATIONS;
    } else if (feature == "barry_as_FLUFL") {
      c.features |= CO_FUTURE_BARRY_AS_BDFL;
    } else if (feature == "braces") {
      return c.syntax_error(location_of(&s), "not a chance");
    } else {
      return c.syntax_error(location_of(&s), "future feature {} is not defined", clip(feature, 100));
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
  for (int i = has_docstring(*body); i < body->size(); i++) {
    auto* s = ast::as<ImportFrom>((*body)[i]);
    if (!s || !s->module || s->level != 0 || s->module->text != "__future__") break;
    TRY(add_features(c, *s));
    c.future_line = s->range.line;
  }
  return {};
}

}  // namespace taipan::compiler
