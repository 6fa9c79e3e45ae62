#pragma once
// The parser of sources without errors: recursive descent with precedence climbing over an array of
// tokens. It knows no messages: at the first thing that does not fit it *fails*, which puts it on a
// token that nothing accepts, so that every loop ends and callers need no checks. error_pass.h then
// finds out what to say.
#include <cstdlib>

#include "syntax/literals.h"
#include "syntax/token_feed.h"

namespace taipan::syntax {

/// Growable, uninitialised; ends the process when memory ends, as Arena does.
template <class T>
struct Pile {
  T* items = nullptr;
  int count = 0, room = 0;
  Pile() = default;
  Pile(const Pile&) = delete;
  Pile& operator=(const Pile&) = delete;
  ~Pile() { free(items); }
  void reserve(int n) {
    if (n <= room) return;
    room = n > room * 2 ? n : room * 2;
    items =
        static_cast<T*>(realloc(static_cast<void*>(items), sizeof(T) * static_cast<size_t>(room)));
    if (!items) abort();
  }
  void push(const T& item) {
    if (count == room) [[unlikely]]
      reserve(room ? room * 2 : 64);
    items[count++] = item;
  }
};

class Parser {
 public:
  Parser(Context& context, TokenFeed& feed);
  Parser(const Parser&) = delete;

  /// Null if the text has an error (or, interactively, needs more).
  Mod* file();
  Mod* eval();
  Mod* single();
  Mod* function_type();
  Expr* fstring();

  bool needs_more() const { return needs_more_; }
  /// How deep the nesting got, in calls.
  int deepest() const { return deepest_; }
  /// The end of the last token used, in bytes.
  size_t consumed() const { return consumed_; }

 private:
  // -- tokens
  bool at(Tok k) const { return t_->kind == k; }
  bool accept(Tok k) {
    if (t_->kind != k) return false;
    ++t_;
    return true;
  }
  void expect(Tok k) {
    if (t_->kind == k) [[likely]]
      ++t_;
    else
      fail();
  }
  bool failed() const { return t_ == poison_ + 1; }
  void fail();
  Identifier name();
  /// For what came with version 3.`minor`.
  void since(int minor) {
    if (context_.options.feature_version < minor) [[unlikely]]
      fail();
  }
  Range from(const Token* start) const {
    return {start->range.line, start->range.column, t_[-1].range.end_line, t_[-1].range.end_column};
  }
  Range from_statement(const Token* start) const;
  bool starts_expression() const;

  // -- nodes
  template <class T>
  T* node(Range range) {
    T* n = arena_.make<T>();
    static_cast<Node*>(n)->kind = T::kKind;  // a constant has a field `kind` of its own
    n->range = range;
    return n;
  }
  template <class T>
  T* plain() {
    T* n = arena_.make<T>();
    static_cast<Node*>(n)->kind = T::kKind;  // a constant has a field `kind` of its own
    return n;
  }
  /// The nodes pushed since `base`, as a sequence in the arena.
  template <class T>
  Seq<T> take(int base) {
    Seq<T> s;
    // After a failure anything may lie on the pile: whoever stopped in the middle did not clean up.
    if (failed()) return s;
    s.count = pile_.count - base;
    s.items = arena_.array<T>(static_cast<size_t>(s.count));
    for (int i = 0; i < s.count; ++i) {
      if constexpr (std::is_pointer_v<T>)
        s.items[i] = static_cast<T>(pile_.items[base + i]);
      else
        s.items[i] = static_cast<T>(reinterpret_cast<uintptr_t>(pile_.items[base + i]));
    }
    pile_.count = base;
    return s;
  }
  template <class T>
  Seq<T> one(T item) {
    Seq<T> s{arena_.array<T>(1), 1};
    s.items[0] = item;
    return s;
  }
  int mark() const { return pile_.count; }
  void push(const void* p) { pile_.push(const_cast<void*>(p)); }
  Expr* constant(Range range, Constant::Kind kind);

  /// Counts nesting; fails beyond what any source may have.
  struct Nested {
    Parser& p;
    explicit Nested(Parser& p) : p(p) {
      if (++p.depth_ > p.deepest_) [[unlikely]]
        p.deeper();
    }
    ~Nested() { --p.depth_; }
  };
  void deeper();

  // -- statements (parse_statements.cpp)
  Seq<Stmt*> statements(Tok until);
  void statement();
  void simple_statements();
  Stmt* simple_statement();
  Stmt* expression_statement();
  Stmt* annotated(const Token* start, Expr* target);
  Stmt* augmented(const Token* start, Expr* target);
  Stmt* assignment(const Token* start, Expr* first);
  Stmt* import_names();
  Stmt* import_from();
  Seq<Alias*> import_from_names();
  Identifier dotted_name();
  Stmt* delete_statement();
  template <class T>
  Stmt* name_list();
  String type_comment();
  Expr* assigned_value();

  // -- compound statements (parse_compound.cpp)
  Seq<Stmt*> block();
  Stmt* compound_statement();
  Stmt* if_statement();
  Seq<Stmt*> else_block();
  Stmt* while_statement();
  Stmt* for_statement(const Token* start, bool is_async);
  Stmt* with_statement(const Token* start, bool is_async);
  bool items_in_parentheses() const;
  void with_item(bool in_parentheses);
  Stmt* try_statement();
  Stmt* decorated();
  Stmt* function(const Token* start, bool is_async, Seq<Expr*> decorators);
  Stmt* class_statement(Seq<Expr*> decorators);
  String function_type_comment();
  const Token* closing(const Token* open) const;

  // -- match (parse_patterns.cpp)
  bool match_ahead() const;
  Stmt* match_statement();
  MatchCase* case_block();
  Pattern* open_pattern();
  Pattern* pattern();
  Pattern* or_pattern();
  Pattern* closed_pattern();
  Pattern* maybe_star_pattern();
  Pattern* mapping_pattern();
  Pattern* class_pattern(const Token* start, Expr* cls);
  Pattern* literal_pattern();
  Pattern* value_pattern(Expr* value, const Token* start);
  Expr* signed_number();
  Expr* literal_key();
  Identifier capture_target();
  Expr* name_or_attribute();

  // -- expressions (parse_expressions.cpp)
  Expr* star_expressions();
  Expr* star_expression();
  Expr* expressions();
  Expr* star_named_expression();
  Expr* named_expression();
  Expr* expression();
  Expr* disjunction();
  Expr* conditional(const Token* start, Expr* left, bool ternary);
  Expr* or_rest(const Token* start, Expr* left);
  Expr* and_rest(const Token* start, Expr* left);
  Expr* inversion();
  Expr* comparison_rest(const Token* start, Expr* left);
  bool comparison_operator(CompareOperator& op);
  Expr* bitwise_or();
  Expr* binary_rest(const Token* start, Expr* left, int minimum);
  Expr* unary();
  Expr* power();
  Expr* lambda();
  Expr* yield_expression();
  Expr* tuple_rest(const Token* start, Expr* first, Expr* (Parser::*item)());
  Expr* starred(Expr* (Parser::*value)());

  // -- atoms and what follows them (parse_atoms.cpp)
  Expr* primary();
  Expr* atom();
  Expr* parenthesized();
  Expr* list_display();
  Expr* brace_display();
  Expr* dict_rest(const Token* start, Expr* key);
  Expr* strings();
  Expr* number();
  Seq<Comprehension*> comprehensions();
  bool comprehension_ahead() const { return at(Tok::For) || at(Tok::Async); }
  Expr* slices();
  Expr* slice();
  Expr* call(const Token* start, Expr* function);
  void arguments(Seq<Expr*>* args, Seq<Keyword*>* keywords, const Token* open);

  // -- parameters (parse_parameters.cpp)
  enum class For : bool { kFunction, kLambda };
  Arguments* parameters(For what, Tok close);
  Arg* parameter(For what, bool star);

  // -- targets
  Expr* star_targets();
  Expr* target(Expr* e);
  static bool is_star_target(const Expr* e);
  static bool is_single_target(const Expr* e);
  static bool is_delete_target(const Expr* e);
  static void set_context(Expr* e, ExprContext context);

  Context& context_;
  Arena& arena_;
  const Token* t_;
  Pile<Token> tokens_;
  Pile<void*> pile_;
  Token poison_[4];
  Expr* bad_;
  Pattern* bad_pattern_;
  Identifier bad_name_;
  Identifier match_, case_, underscore_;
  int depth_ = 0, deepest_ = 0;
  bool needs_more_ = false;
  size_t consumed_ = 0;
  IgnoreComment* ignores_;
};

}  // namespace taipan::syntax
