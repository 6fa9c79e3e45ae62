// Names, mangling, syntax errors and warnings, the limit of recursion.
#include "compiler/context.h"

#include <cstdio>
#include <cstdlib>

#include "object/call.h"
#include "object/hooks.h"
#include "object/int.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/thread.h"
#include "object/tuple.h"

namespace taipan::compiler {

namespace {

// One level of Python's recursion limit counts for three levels of the tree.
constexpr int kNodesPerFrame = 3;

}  // namespace

TreeDepth::TreeDepth() {
  PyThreadState* ts = current_thread();
  int limit = interpreter().recursion_limit;
  int used = limit - ts->recursion_remaining;
  constexpr int kLargest = INT32_MAX / kNodesPerFrame;
  depth_ = used < 0 ? 0 : used > kLargest ? INT32_MAX - 1 : used * kNodesPerFrame;
  limit_ = limit > kLargest ? INT32_MAX - 1 : limit * kNodesPerFrame;
}

bool TreeDepth::stack_left() {
  char here;
  return &here >= extended(current_thread())->stack_limit;
}

void TreeDepth::Level::raise(const char* message) { (void)taipan::raise(PyExc_RecursionError, "{}", message); }

Context::Context(Arena& arena, PyObject* filename, int optimize)
    : arena_(&arena), filename_(filename), optimize_(optimize) {}

bool Context::stack_left() {
  if (TreeDepth::stack_left()) return true;
  (void)raise(PyExc_RecursionError, "{}", kTooDeepToCompile);
  return false;
}

Result<PyObject*> Context::name(Ref<> str) {
  if (!str) return Raised{};
  return pool_.keep(intern(std::move(str)));
}

Result<PyObject*> Context::name(std::string_view text) { return name(new_str_with_surrogates(text)); }

Result<PyObject*> Context::name(ast::Identifier id) {
  if (!id->object) id->object = TRY(name(id->text));
  return static_cast<PyObject*>(id->object);
}

ast::Identifier Context::identifier(PyObject* name) {
  auto* id = arena_->make<ast::NameText>();
  id->object = name;
  return id;
}

Result<PyObject*> Context::mangle(PyObject* class_name, PyObject* name) {
  Py_ssize_t n = str_length(name);
  if (!class_name || n < 2 || char_at(name, 0) != '_' || char_at(name, 1) != '_') return name;
  if (char_at(name, n - 1) == '_' && char_at(name, n - 2) == '_') return name;
  for (Py_ssize_t i = 0; i < n; i++) {
    if (char_at(name, i) == '.') return name;  // a module's: the parts of `import a.__b`
  }
  Py_ssize_t length = str_length(class_name), skip = 0;
  while (skip < length && char_at(class_name, skip) == '_') skip++;
  if (skip == length) return name;
  StrBuilder b;
  if (!b.add('_') || !b.add(class_name, skip, length) || !b.add(name)) return Raised{};
  return this->name(b.finish());
}

namespace {

/// The source line, read from the file; None if that cannot be.
Ref<> line_of_file(PyObject* filename, int line) {
  auto path = to_utf8(filename);
  if (!path) {
    clear_error();
    return none();
  }
  FILE* file = fopen((*path).data(), "r");
  if (!file) return none();
  char* buffer = nullptr;
  size_t capacity = 0;
  ssize_t n = -1;
  for (int i = 0; i < line; i++) {
    n = getline(&buffer, &capacity, file);
    if (n < 0) break;
  }
  Ref<> result = n < 0 ? none() : new_str(std::string_view(buffer, size_t(n)));
  free(buffer);
  fclose(file);
  if (result) return result;
  clear_error();
  return none();
}

}  // namespace

Raised raise_placed_syntax_error(Ref<> message, PyObject* filename, const Location& where) {
  Ref<> line = new_int(where.line), column = new_int(where.column + 1);
  Ref<> end_line = new_int(where.end_line), end_column = new_int(where.end_column + 1);
  if (!message || !line || !column || !end_line || !end_column) return {};
  Ref<> text = line_of_file(filename, where.line);
  if (!text) return {};
  Ref<> place = tuple_of({filename, line.get(), column.get(), text.get(), end_line.get(), end_column.get()});
  if (!place) return {};
  Ref<> arguments = tuple_of({message.get(), place.get()});
  if (!arguments) return {};
  return raise_value(PyExc_SyntaxError, arguments.get());
}

Raised raise_syntax_error_at(PyObject* message, PyObject* filename, const Location& where) {
  Ref<> error = call(PyExc_SyntaxError, message);
  if (!error) return {};
  auto* e = reinterpret_cast<PySyntaxErrorObject*>(error.get());
  auto put = [](PyObject*& field, Ref<> value) {
    bool made = bool(value);
    replace_field(field, std::move(value));
    return made;
  };
  bool made = put(e->lineno, new_int(where.line)) && put(e->offset, new_int(where.column + 1)) &&
              put(e->end_lineno, new_int(where.end_line)) &&
              put(e->end_offset, where.end_column < 0 ? none() : new_int(where.end_column + 1)) &&
              put(e->filename, share(filename)) && put(e->text, line_of_file(filename, where.line));
  if (!made) return {};
  return raise_instance(std::move(error));
}

Raised Context::raise_syntax_error(Ref<> message, const Location& where) {
  if (!message) return {};
  return raise_syntax_error_at(message.get(), filename_, where);
}

Status Context::warn(const Location& where, Ref<> message) {
  if (!message) return Raised{};
  if (!hooks.warn_explicit) return {};
  if (hooks.warn_explicit(PyExc_SyntaxWarning, message.get(), filename_, where.line)) return {};
  if (!clear_error_if(PyExc_SyntaxWarning)) return Raised{};
  return raise_placed_syntax_error(std::move(message), filename_, where);
}

PyObject* docstring_of(const ast::Seq<ast::Stmt*>& body) {
  if (!has_docstring(body)) return nullptr;
  return static_cast<PyObject*>(ast::cast<ast::node::ConstantExpr>(
      ast::cast<ast::node::ExprStmt>(body[0]).value).value.object);
}

bool has_docstring(const ast::Seq<ast::Stmt*>& body) {
  auto* s = body.empty() ? nullptr : ast::as<ast::node::ExprStmt>(body[0]);
  auto* c = s ? ast::as<ast::node::ConstantExpr>(s->value) : nullptr;
  if (!c) return false;
  return c->value.kind == ast::Constant::kText ||
         (c->value.kind == ast::Constant::kObject &&
          PyUnicode_CheckExact(static_cast<PyObject*>(c->value.object)));
}

}  // namespace taipan::compiler
