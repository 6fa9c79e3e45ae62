#pragma once
// The state of the error pass: tokens fetched one by one, results remembered by place, the first
// error.
#include "syntax/grammar.h"
#include "syntax/literals.h"
#include "syntax/parser_core.h"

namespace taipan::syntax {

/// What a rule or token gave: enough of a tree to name things and to point at them.
struct Cst {
  enum Sort : uint8_t { kNothing, kToken, kSequence, kNode };
  Sort sort = kNothing;
  Kind kind{};                ///< kNode
  bool is_node = false;       ///< kNode with a kind of the tree's
  Constant::Kind constant{};  ///< of a ConstantExpr
  int count = 0;
  Range range;
  const Token* token = nullptr;  ///< kToken, and names
  Cst** items = nullptr;

  bool is(Kind k) const { return is_node && kind == k; }
  bool is_expression() const { return is_node && kind >= Kind::BoolOp && kind <= Kind::Slice; }
};

struct Pass {
  static constexpr int kMaxLevel = 6000;
  static constexpr int kCurrent = -5;  ///< a line or column: where the lexer is

  Context& context;
  TokenFeed& feed;
  Start start;
  const Grammar& rules = grammar();
  Pile<Token*> tokens;
  int mark = 0;
  int level = 0;
  bool errors_wanted = false;  ///< the rules for specific errors take part
  bool failed = false;         ///< an error is set
  const Diagnostic* error = nullptr;
  const Token* error_token =
      nullptr;  ///< where the error stands, if that is not where the pass stands

  Pass(Context& context, TokenFeed& feed, Start start)
      : context(context), feed(feed), start(start) {}
  Arena& arena() { return context.arena; }
  Lexer& lexer() { return feed.lexer; }

  Cst* rule(int index);
  void forget();  ///< between the two passes

  // Errors; the first one stays. All return null.
  Cst* raise_last(Diagnostic::Type type, std::string_view message);
  Cst* raise_token(const Token& token, Diagnostic::Type type, std::string_view message);
  /// Columns from 0, or kCurrent; an end column of -1 is none.
  Cst* raise_range(Diagnostic::Type type, int line, int column, int end_line, int end_column,
                   std::string_view message);
  Cst* raise_at(const Range& range, std::string_view message) {
    return raise_range(Diagnostic::kSyntaxError, range.line, range.column, range.end_line,
                       range.end_column, message);
  }
  Cst* raise_from_to(const Range& a, const Range& b, std::string_view message) {
    return raise_range(Diagnostic::kSyntaxError, a.line, a.column, b.end_line, b.end_column,
                       message);
  }
  Cst* raise_unclosed();
  Cst* raise_problem(const LiteralProblem& problem);
  Cst* raise_memory();
  bool fetch();
  const Token* last_token() const { return tokens.items[tokens.count - 1]; }

  Cst* make(Cst::Sort sort) {
    Cst* c = arena().make<Cst>();
    c->sort = sort;
    return c;
  }
  Range range_from(int from);

 private:
  Cst* alternatives(int first, int count);
  Cst* item(const GrammarItem& i);
  Cst* token_value(const Token* t);
  Cst* value(const GrammarAlternative& alt, Cst** items, int from);
  Cst* repeat(const GrammarItem& inner, bool needed);
  Cst* gather(const GrammarItem& i);
  Cst* left_recursive(int index);
  Cst* expect(const GrammarItem& i);
  std::string_view fill_message(std::string_view message, const Cst* about);
  std::string_view text_for(int line);
  Cst* raise_raw(Diagnostic::Type type, int line, int column, int end_line, int end_column,
                 std::string_view message);

  struct Memo {
    int rule;
    int mark;
    Cst* result;
    Memo* next;
  };
  Memo* remembered(int rule);
  void remember(int at, int rule, Cst* result);
  Pile<Memo*> memo_;
  Cst nothing_;
};

/// What an expression is called in messages.
std::string_view expression_name(const Cst* e);

}  // namespace taipan::syntax
