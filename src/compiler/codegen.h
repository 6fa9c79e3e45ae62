#pragma once
// Code generation: one walk over the tree that fills a flow graph for each code object. The instructions, their order
// and their locations are CPython 3.11's. One class, its methods in codegen_*.cpp by subject.
#include <memory>
#include <vector>

#include "compiler/context.h"
#include "compiler/flow_graph.h"
#include "compiler/scopes.h"
#include "object/object.h"

namespace taipan::compiler {

enum class UnitKind : uint8_t { kModule, kClass, kFunction, kAsyncFunction, kLambda, kComprehension };

/// A statement that `return`, `break` and `continue` must leave properly.
struct FrameBlock {
  enum Type : uint8_t {
    kWhileLoop, kForLoop, kTryExcept, kFinallyTry, kFinallyEnd, kWith, kAsyncWith, kHandlerCleanup, kPopValue,
    kExceptionHandler, kExceptionGroupHandler, kAsyncComprehension,
  };
  Type type;
  Block* block = nullptr;                                 ///< a loop's head
  Block* exit = nullptr;                                  ///< behind a loop
  const ast::Seq<ast::Stmt*>* final_body = nullptr;       ///< kFinallyTry
  const ast::Stmt* with = nullptr;                        ///< kWith, kAsyncWith
  PyObject* name = nullptr;                               ///< kHandlerCleanup: `except … as name`
};

/// One code object in the making.
struct Unit {
  Unit(ConstantCache& cache) : constants(cache) {}
  Unit* outer = nullptr;
  Scope* scope = nullptr;
  UnitKind kind = UnitKind::kModule;
  PyObject* name = nullptr;
  PyObject* qualname = nullptr;
  PyObject* class_name = nullptr;  ///< of the innermost class: private names are mangled with it
  NameTable names, varnames, cellvars, freevars;
  ConstantTable constants;
  FlowGraph graph;
  std::vector<FrameBlock> frame_blocks;
  int argcount = 0, posonlyargcount = 0, kwonlyargcount = 0;
  int first_line = 0;
  Location location;
};

struct PatternState;

class Compiler {
 public:
  Compiler(Context& context, SymbolTable& table, int flags)
      : c_(context), table_(table), flags_(flags) {}
  Ref<Code> compile(ast::Mod* tree);

 private:
  // -- units: codegen.cpp --
  Status enter(PyObject* name, UnitKind kind, const ast::Node* node, int line);
  void leave();
  Status set_qualname();
  /// The finished code object of the current unit.
  Ref<Code> assemble(bool add_none);
  int code_flags() const;

  // -- emission: codegen.cpp --
  void emit(Op op, int operand = 0) { add({op, operand, nullptr, nullptr, u_->location}); }
  void emit_jump(Op op, Block* target) { add({op, 0, target, nullptr, u_->location}); }
  void emit_no_line(Op op, int operand = 0) { add({op, operand, nullptr, nullptr, kNoLocation}); }
  void emit_jump_no_line(Op op, Block* target) { add({op, 0, target, nullptr, kNoLocation}); }
  void add(const Instruction& i) { u_->graph.add(i); }
  Block* make_block() { return u_->graph.make(); }
  void use(Block* b) { u_->graph.use(b); }
  Status load_constant(Ref<> o);
  Status load_constant(PyObject* o) { return load_constant(share(o)); }
  Status load_none() { return load_constant(Py_None); }
  Status load_int(Py_ssize_t value);
  /// An instruction with a name (mangled) as operand.
  Status emit_name(Op op, PyObject* name);
  Status name_op(PyObject* name, ast::ExprContext context);
  Status name_op(ast::Identifier id, ast::ExprContext context) { return name_op(TRY(c_.name(id)), context); }
  Status check_forbidden(PyObject* name, ast::ExprContext context);
  void emit_call(int arguments) {
    emit(Op::PRECALL, arguments);
    emit(Op::CALL, arguments);
  }
  Status emit_yield_from(bool await);
  /// GET_AWAITABLE and the loop behind it.
  Status emit_await(int where);
  void emit_yield();

  template <class N>
  void set_location(const N* node) { u_->location = location_of(node); }
  void unset_location() { u_->location = kNoLocation; }
  struct KeepLocation {
    explicit KeepLocation(Compiler& c) : unit(c.u_), location(c.u_->location) {}
    ~KeepLocation() { unit->location = location; }
    Unit* unit;
    Location location;
  };
  template <class... A>
  Raised error(FormatString<std::type_identity_t<A>...> text, const A&... args) {
    return raise_placed_syntax_error(format_str(text, args...), c_.filename(), u_->location);
  }
  bool allows_top_level_await() const;
  bool deferred_annotations() const { return c_.features & CO_FUTURE_ANNOTATIONS; }

  Status push_block(const FrameBlock& block);
  void pop_block() { u_->frame_blocks.pop_back(); }
  /// Emits what leaving the innermost blocks takes; stops at a loop if `loop` is wanted.
  Status unwind(bool preserve_top, const FrameBlock** loop);
  Status unwind_one(const FrameBlock& block, bool preserve_top);

  // -- statements --
  Status visit(ast::Stmt* s);
  Status visit_all(const ast::Seq<ast::Stmt*>& list, int from = 0);
  Status body(const ast::Seq<ast::Stmt*>& list);
  Status expression_statement(ast::node::ExprStmt& s);
  Status if_statement(ast::node::If& s);
  Status for_loop(ast::node::For& s);
  Status async_for(ast::node::AsyncFor& s);
  Status while_loop(ast::node::While& s);
  Status return_statement(ast::node::Return& s);
  Status break_statement();
  Status continue_statement();
  Status assert_statement(ast::node::Assert& s);
  Status assign(ast::node::Assign& s);
  Status augmented_assignment(ast::node::AugAssign& s);
  Status annotated_assignment(ast::node::AnnAssign& s);
  Status check_annotation_value(ast::Expr* e);
  Status check_annotation_subscript(ast::Expr* e);
  Status raise_statement(ast::node::Raise& s);
  Status import(ast::node::Import& s);
  Status import_as(PyObject* name, PyObject* as_name);
  Status import_from(ast::node::ImportFrom& s);

  // -- exceptions --
  template <class T>
  Status try_statement(T& s);
  template <class T>
  Status try_finally(T& s);
  Status try_except(ast::node::Try& s);
  Status try_except(ast::node::TryStar& s);
  Status except_handler(ast::node::ExceptHandlerNode& h, Block* end);
  Status except_star_handler(ast::node::ExceptHandlerNode& h, Block* next);
  /// `name = None; del name`.
  Status forget(PyObject* name);
  void pop_except_and_reraise();
  template <class W>
  Status with(W& s, int item);
  Status call_exit_with_nones();

  // -- functions and classes --
  Status function(ast::Stmt* s, ast::Identifier name, ast::Arguments* args, const ast::Seq<ast::Stmt*>& body,
                  const ast::Seq<ast::Expr*>& decorators, ast::Expr* returns, bool is_async);
  Ref<Code> function_body(ast::Stmt* s, PyObject* name, ast::Arguments* args, const ast::Seq<ast::Stmt*>& body,
                          bool is_async, int first_line);
  Status class_definition(ast::node::ClassDef& s);
  Status class_body(ast::node::ClassDef& s);
  Status lambda(ast::node::Lambda& e);
  Status decorators(const ast::Seq<ast::Expr*>& list);
  void apply_decorators(const ast::Seq<ast::Expr*>& list);
  Result<int> default_arguments(ast::Arguments* args);
  Result<bool> keyword_defaults(ast::Arguments* args);
  Result<bool> annotations(ast::Arguments* args, ast::Expr* returns);
  Status argument_annotation(PyObject* name, ast::Expr* annotation, int& count);
  Status annotation_text(ast::Expr* annotation);
  Status check_debug_arguments(ast::Arguments* args);
  void count_arguments(ast::Arguments* args);
  Status make_closure(Code* code, int flags);

  // -- expressions --
  Status visit(ast::Expr* e);
  Status visit_inner(ast::Expr* e);
  Status visit_all(const ast::Seq<ast::Expr*>& list);
  /// Jumps to `target` if the truth of `e` is `when`.
  Status jump_if(ast::Expr* e, Block* target, bool when);
  Status if_expression(ast::node::IfExp& e);
  Status bool_op(ast::node::BoolOp& e);
  Status compare(ast::node::Compare& e);
  Status jump_if_chain(ast::node::Compare& e, Block* target, bool when);
  void emit_compare(ast::CompareOperator op);
  Status subscript(ast::node::Subscript& e);
  Status slice(ast::node::Slice& e);
  Status attribute(ast::node::Attribute& e);
  void move_to_attribute(const ast::node::Attribute& e);
  Status starred_items(const ast::Seq<ast::Expr*>& elts, int pushed, Op build, Op add, Op extend, bool tuple);
  Status unpack(const ast::Seq<ast::Expr*>& elts);
  Status sequence(const ast::Seq<ast::Expr*>& elts, ast::ExprContext context, bool tuple);
  Status dict(ast::node::Dict& e);
  Status dict_part(ast::node::Dict& e, int begin, int end);
  Status joined_str(ast::node::JoinedStr& e);
  Status formatted_value(ast::node::FormattedValue& e);
  Status check_compare(ast::node::Compare& e);
  Status check_callable(ast::Expr* e);
  Status check_subscriptable(ast::Expr* e);
  Status check_index(ast::Expr* e, ast::Expr* index);

  // -- calls --
  Status call(ast::node::Call& e);
  Result<bool> method_call(ast::node::Call& e);
  Status call_arguments(int pushed, const ast::Seq<ast::Expr*>& args, const ast::Seq<ast::Keyword*>& keywords);
  Status call_with_unpacking(int pushed, const ast::Seq<ast::Expr*>& args, const ast::Seq<ast::Keyword*>& keywords);
  Status check_keywords(const ast::Seq<ast::Keyword*>& keywords);
  Status keyword_values(const ast::Seq<ast::Keyword*>& keywords);
  Status keyword_dict(const ast::Seq<ast::Keyword*>& keywords, int begin, int end);

  // -- comprehensions --
  Status comprehension(ast::Expr* e, ComprehensionType type, const char* name,
                       const ast::Seq<ast::Comprehension*>& generators, ast::Expr* elt, ast::Expr* value);
  struct Generators {
    const ast::Seq<ast::Comprehension*>& list;
    ComprehensionType type;
    ast::Expr* elt;
    ast::Expr* value;
  };
  Status generator(const Generators& g, int index, int depth);
  Status sync_generator(const Generators& g, int index, int depth);
  Status async_generator(const Generators& g, int index, int depth);
  Status generator_rest(const Generators& g, int index, int depth);

  // -- patterns --
  Status match(ast::node::Match& s);
  Status pattern(ast::Pattern* p, PatternState& state);
  Status subpattern(ast::Pattern* p, PatternState& state);
  Status value_pattern(ast::node::MatchValue& p, PatternState& state);
  Status singleton_pattern(ast::node::MatchSingleton& p, PatternState& state);
  Status sequence_pattern(ast::node::MatchSequence& p, PatternState& state);
  Status sequence_by_unpacking(const ast::Seq<ast::Pattern*>& patterns, PatternState& state);
  Status sequence_by_subscripts(const ast::Seq<ast::Pattern*>& patterns, int star, PatternState& state);
  Status mapping_pattern(ast::node::MatchMapping& p, PatternState& state);
  Status mapping_keys(ast::node::MatchMapping& p);
  Status class_pattern(ast::node::MatchClass& p, PatternState& state);
  Status check_class_keywords(ast::node::MatchClass& p);
  Status as_pattern(ast::node::MatchAs& p, PatternState& state);
  Status or_pattern(ast::node::MatchOr& p, PatternState& state);
  Status reorder_stores(const std::vector<PyObject*>& wanted, PatternState& state);
  Status store_capture(PyObject* name, PatternState& state);
  void ensure_fail_blocks(PatternState& state, int n);
  void jump_to_fail(PatternState& state, Op op);
  void use_fail_blocks(PatternState& state);
  void rotate(int count);

  Context& c_;
  SymbolTable& table_;
  int flags_;
  bool interactive_ = false;
  ConstantCache cache_;
  std::vector<std::unique_ptr<Unit>> units_;
  Unit* u_ = nullptr;
};

/// How many values may lie on the stack before collections and calls are built piece by piece.
inline constexpr int kStackUseGuideline = 30;

inline bool is_constant(const ast::Expr* e) { return e->kind == ast::Kind::ConstantExpr; }
inline PyObject* constant_value(const ast::Expr* e) {
  return static_cast<PyObject*>(static_cast<const ast::node::ConstantExpr*>(e)->value.object);
}
/// BINARY_OP's operand.
int binary_operand(ast::BinaryOperator op, bool in_place);

/// An annotation as the text that `from __future__ import annotations` keeps of it.
Ref<> unparse(Context& context, ast::Expr* e);

}  // namespace taipan::compiler
