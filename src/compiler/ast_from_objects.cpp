// Instances of the `ast` module's classes as a tree of nodes. Anything may be in them: what has the wrong type is
// refused here, what has the wrong shape in ast_validate.cpp.
#include <cstdio>
#include <type_traits>
#include <iterator>

#include "compiler/ast_objects.h"
#include "object/bytes.h"
#include "object/error.h"
#include "object/int.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/thread.h"
#include "object/tuple.h"
#include "syntax/visit.h"

namespace taipan {

namespace {

namespace ast = syntax;

class FromObjects {
 public:
  FromObjects(Arena& arena, compiler::ObjectPool& pool) : arena_(arena), pool_(pool) {}
  Status read(PyObject* o, ast::Mod*& to);
  Status finish() {
    if (!late_.type) return {};
    std::move(late_).restore();
    return Raised{};
  }

 private:
  // -- one value; None is a null pointer --
  Status read(PyObject* o, ast::Stmt*& to);
  Status read(PyObject* o, ast::Expr*& to);
  Status read(PyObject* o, ast::Pattern*& to);
  Status read(PyObject* o, ast::ExceptHandler*& to);
  Status read(PyObject* o, ast::TypeIgnore*& to);
#define PLAIN(Name, ...) Status read(PyObject* o, ast::Name*& to);
#define POSITIONED(Name, ...) Status read(PyObject* o, ast::Name*& to);
#include "syntax/ast.def"
  Status read(PyObject* o, ast::Identifier& to);
  Status read(PyObject* o, ast::String& to);
  Status read(PyObject* o, ast::Int& to);
  Status read(PyObject* o, ast::Constant& to) {
    to.kind = ast::Constant::kObject;
    to.object = pool_.keep(share(o));
    return {};
  }
#define ENUM(Name, python_name, ...)                                                              \
  Status read(PyObject* o, ast::Name& to) {                                                       \
    for (int i = 0; i < int(std::size(ast_classes.python_name##_members)); i++) {                 \
      PyObject* type = ast_classes.python_name##_members[i];                                      \
      if (!type) break;                                                                           \
      if (TRY(is_instance(o, type))) {                                                            \
        to = ast::Name(i);                                                                        \
        return {};                                                                                \
      }                                                                                           \
    }                                                                                             \
    return unexpected(#python_name, o);                                                           \
  }
#include "syntax/ast.def"

  // -- fields --
  Raised unexpected(const char* sort, PyObject* o) {
    return raise(PyExc_TypeError, "expected some sort of {}, but got {}", sort, as_repr(o));
  }
  Result<Ref<>> attribute(PyObject* o, const char* name) { return find_attr(o, TRY(new_interned(name)).get()); }
  Result<Ref<>> required_attribute(PyObject* o, const char* name, const char* class_name) {
    Ref<> value = TRY(attribute(o, name));
    if (!value) return raise(PyExc_TypeError, "required field \"{}\" missing from {}", name, class_name);
    return value;
  }
  template <class T>
  Status guarded_read(PyObject* o, const char* class_name, T& to) {
    char where[80];
    snprintf(where, sizeof where, " while traversing '%s' node", class_name);
    RecursionGuard guard(where);
    if (!guard) return Raised{};
    return read(o, to);
  }
  template <class T>
  Status field(PyObject* o, const char* name, const char* class_name, T& to) {
    Ref<> value = TRY(required_attribute(o, name, class_name));
    return guarded_read(value.get(), class_name, to);
  }
  template <class T>
  Status optional(PyObject* o, const char* name, const char* class_name, T& to) {
    Ref<> value = TRY(attribute(o, name));
    if (!value || value.get() == Py_None) return {};
    return guarded_read(value.get(), class_name, to);
  }
  template <class T>
  Status list(PyObject* o, const char* name, const char* class_name, ast::Seq<T>& to) {
    Ref<> value = TRY(required_attribute(o, name, class_name));
    if (!PyList_Check(value.get())) {
      return raise(PyExc_TypeError, "{} field \"{}\" must be a list, not a {}", class_name, name,
                   clip(type_name(value.get()), 200));
    }
    Py_ssize_t n = Py_SIZE(value.get());
    if (n > INT32_MAX) return raise_no_memory();
    to.items = arena_.array<T>(size_t(n));
    to.count = 0;
    for (Py_ssize_t i = 0; i < n; i++) {
      Ref<> item = share(reinterpret_cast<List*>(value.get())->ob_item[i]);
      T one{};
      TRY(guarded_read(item.get(), class_name, one));
      if (n != Py_SIZE(value.get())) {
        return raise(PyExc_RuntimeError, "{} field \"{}\" changed size during iteration", class_name, name);
      }
      new (&to.items[to.count++]) T(one);
    }
    return {};
  }
  Status range(PyObject* o, const char* class_name, ast::Range& to, bool end_required);
  template <class Sum>
  Status read_sum(PyObject* o, const char* name, const ast::Range& position, Sum*& to);
  template <class Sum>
  Status read_positioned(PyObject* o, const char* name, bool end_required, Sum*& to);

  /// A pointer that must not be null.
  Status present(const void* p, const char* name, const char* class_name) {
    if (!p) return raise(PyExc_ValueError, "field '{}' is required for {}", name, class_name);
    return {};
  }
  template <class T>
  Status check_present(const T& value, const char* name, const char* class_name) {
    if constexpr (std::is_pointer_v<T>) return present(value, name, class_name);
    else return {};
  }

  template <class T>
  T* make() {
    T* node = arena_.make<T>();
    static_cast<ast::Node*>(node)->kind = T::kKind;
    return node;
  }
  template <class T>
  bool is_a(PyObject* o, Status& status) {
    auto r = is_instance(o, ast_classes.of_kind[int(T::kKind)]);
    if (!r) status = Raised{};
    return r && *r;
  }

#define NODE(Base, Name, ...)                        \
  Status fill(PyObject* o, ast::node::Name& to);     \
  Status check(const ast::node::Name& node);
#define PLAIN(Name, ...)                             \
  Status fill(PyObject* o, ast::Name& to);           \
  Status check(const ast::Name& node);
#define POSITIONED(Name, ...)                        \
  Status fill(PyObject* o, ast::Name& to);           \
  Status check(const ast::Name& node);
#include "syntax/ast.def"

  // What product types lack is told only if nothing else is wrong with the tree.
  void check_later(Status status) {
    if (status) return;
    PendingError error = PendingError::take();
    if (!late_.type) late_ = std::move(error);
  }

  Arena& arena_;
  compiler::ObjectPool& pool_;
  PendingError late_;
};

// The fields of each kind, read in order …
#define FIELD(T, name) TRY(field(o, #name, class_name, to.name));
#define OPTIONAL(T, name) TRY(optional(o, #name, class_name, to.name));
#define LIST(T, name) TRY(list(o, #name, class_name, to.name));
#define OPTIONALS(T, name) TRY(list(o, #name, class_name, to.name));
#define FILL(Type, ...)                                                             \
  Status FromObjects::fill([[maybe_unused]] PyObject* o, [[maybe_unused]] Type& to) { \
    [[maybe_unused]] const char* class_name = syntax::class_name(Type::kKind).data(); \
    __VA_ARGS__                                                                     \
    return {};                                                                      \
  }
#define NODE(Base, Name, ...) FILL(ast::node::Name, __VA_ARGS__)
#define PLAIN(Name, python_name, ...) FILL(ast::Name, __VA_ARGS__)
#define POSITIONED(Name, python_name, ...) FILL(ast::Name, __VA_ARGS__)
#include "syntax/ast.def"
#undef FIELD
#undef OPTIONAL
#undef LIST
#undef OPTIONALS
#undef FILL

// … and afterwards, those that must not be None.
#define FIELD(T, name) TRY(check_present(node.name, #name, class_name));
#define OPTIONAL(T, name)
#define LIST(T, name)
#define OPTIONALS(T, name)
#define CHECK(Type, ...)                                                            \
  Status FromObjects::check([[maybe_unused]] const Type& node) {                    \
    [[maybe_unused]] const char* class_name = syntax::class_name(Type::kKind).data(); \
    __VA_ARGS__                                                                     \
    return {};                                                                      \
  }
#define NODE(Base, Name, ...) CHECK(ast::node::Name, __VA_ARGS__)
#define PLAIN(Name, python_name, ...) CHECK(ast::Name, __VA_ARGS__)
#define POSITIONED(Name, python_name, ...) CHECK(ast::Name, __VA_ARGS__)
#include "syntax/ast.def"
#undef FIELD
#undef OPTIONAL
#undef LIST
#undef OPTIONALS
#undef CHECK

Status FromObjects::range(PyObject* o, const char* class_name, ast::Range& to, bool end_required) {
  TRY(field(o, "lineno", class_name, to.line));
  TRY(field(o, "col_offset", class_name, to.column));
  if (end_required) {
    TRY(field(o, "end_lineno", class_name, to.end_line));
    return field(o, "end_col_offset", class_name, to.end_column);
  }
  to.end_line = to.line;
  to.end_column = to.column;
  TRY(optional(o, "end_lineno", class_name, to.end_line));
  return optional(o, "end_col_offset", class_name, to.end_column);
}

// -- sums: which of the classes is it? --

template <class T>
void set_range(T* node, const ast::Range& range) {
  if constexpr (requires { node->range; }) node->range = range;
}

// Rows of other sums vanish by `if constexpr`.
#define NODE(Base, Name, ...)                                                          \
  if constexpr (std::is_same_v<ast::Base, Sum>) {                                      \
    Status failed;                                                                     \
    if (is_a<ast::node::Name>(o, failed)) {                                            \
      auto* node = make<ast::node::Name>();                                            \
      TRY(fill(o, *node));                                                             \
      TRY(check(*node));                                                               \
      set_range(node, position);                                                       \
      to = reinterpret_cast<Sum*>(node);                                               \
      return {};                                                                       \
    }                                                                                  \
    if (!failed) return Raised{};                                                      \
  }
template <class Sum>
Status FromObjects::read_sum(PyObject* o, const char* name, const ast::Range& position, Sum*& to) {
#include "syntax/ast.def"
  return unexpected(name, o);
}

template <class Sum>
Status FromObjects::read_positioned(PyObject* o, const char* name, bool end_required, Sum*& to) {
  to = nullptr;
  if (o == Py_None) return {};
  ast::Range position;
  TRY(range(o, name, position, end_required));
  return read_sum(o, name, position, to);
}

Status FromObjects::read(PyObject* o, ast::Mod*& to) {
  return o == Py_None ? Status() : read_sum(o, "mod", {}, to);
}
Status FromObjects::read(PyObject* o, ast::Stmt*& to) { return read_positioned(o, "stmt", false, to); }
Status FromObjects::read(PyObject* o, ast::Expr*& to) { return read_positioned(o, "expr", false, to); }
Status FromObjects::read(PyObject* o, ast::Pattern*& to) { return read_positioned(o, "pattern", true, to); }
Status FromObjects::read(PyObject* o, ast::ExceptHandler*& to) {
  return read_positioned(o, "excepthandler", false, to);
}
Status FromObjects::read(PyObject* o, ast::TypeIgnore*& to) {
  return o == Py_None ? Status() : read_sum(o, "type_ignore", {}, to);
}

#define PLAIN(Name, ...)                                      \
  Status FromObjects::read(PyObject* o, ast::Name*& to) {     \
    auto* node = make<ast::Name>();                           \
    TRY(fill(o, *node));                                      \
    check_later(check(*node));                                \
    to = node;                                                \
    return {};                                                \
  }
#define POSITIONED(Name, python_name, ...)                    \
  Status FromObjects::read(PyObject* o, ast::Name*& to) {     \
    auto* node = make<ast::Name>();                           \
    TRY(fill(o, *node));                                      \
    TRY(range(o, #python_name, node->range, false));          \
    check_later(check(*node));                                \
    to = node;                                                \
    return {};                                                \
  }
#include "syntax/ast.def"

// -- leaves --

/// UTF-8 in which lone surrogates stand in their three-byte form.
std::string_view utf8_of(PyObject* s, Arena& arena) {
  TextBuffer text;
  for (Py_ssize_t i = 0; i < str_length(s); i++) text.append_code_point(char_at(s, i));
  return arena.copy(text.view());
}

Status FromObjects::read(PyObject* o, ast::Identifier& to) {
  if (o == Py_None) return {};
  if (!PyUnicode_CheckExact(o)) return raise(PyExc_TypeError, "AST identifier must be of type str");
  auto* id = arena_.make<ast::NameText>();
  id->text = utf8_of(o, arena_);
  id->object = pool_.keep(intern(share(o)));
  to = id;
  return {};
}

Status FromObjects::read(PyObject* o, ast::String& to) {
  if (o == Py_None) return {};
  if (!PyUnicode_CheckExact(o) && !PyBytes_CheckExact(o)) {
    return raise(PyExc_TypeError, "AST string must be of type str");
  }
  to = PyBytes_CheckExact(o) ? arena_.copy(bytes_view(o)) : utf8_of(o, arena_);
  return {};
}

Status FromObjects::read(PyObject* o, ast::Int& to) {
  if (!PyLong_Check(o)) return raise(PyExc_ValueError, "invalid integer value: {}", as_repr(o));
  int64_t value;
  if (int_to_int64(o, &value) != 0 || value < INT32_MIN || value > INT32_MAX) {
    return raise(PyExc_OverflowError, "Python int too large to convert to C int");
  }
  to = int(value);
  return {};
}

}  // namespace

ast::Mod* tree_from_objects(PyObject* o, TreeMode mode, Arena& arena, compiler::ObjectPool& pool) {
  TRY(start_ast_classes());
  constexpr ast::Kind kWanted[] = {ast::Kind::Module, ast::Kind::Expression, ast::Kind::Interactive};
  ast::Kind wanted = kWanted[int(mode)];
  if (!TRY(is_instance(o, ast_classes.of_kind[int(wanted)]))) {
    return raise(PyExc_TypeError, "expected {} node, got {}", syntax::class_name(wanted), clip(type_name(o), 400));
  }
  ast::Mod* tree = nullptr;
  FromObjects reader(arena, pool);
  TRY(reader.read(o, tree));
  TRY(reader.finish());
  return tree;
}

}  // namespace taipan
