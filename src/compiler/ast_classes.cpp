// The classes of the `ast` module, made from ast.def. Only ast.AST itself is written by hand.
#include <Python.h>
#include <structmember.h>

#include <string>

#include "compiler/ast_objects.h"
#include "object/bind.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "syntax/visit.h"
#include "types/module.h"

namespace taipan {

AstClasses ast_classes;

namespace syntax::asdl {

struct Field {
  const char* name;
  const char* type;
  char mark;  // ' ', '?' or '*', as in an ASDL description
};
struct Class {
  const char* base;
  const Field* fields;
};

template <class T> constexpr const char* type_text();
#define TYPE(T, text) template <> constexpr const char* type_text<T>() { return text; }
TYPE(Mod, "mod")
TYPE(Stmt, "stmt")
TYPE(Expr, "expr")
TYPE(Pattern, "pattern")
TYPE(ExceptHandler, "excepthandler")
TYPE(TypeIgnore, "type_ignore")
TYPE(Identifier, "identifier")
TYPE(String, "string")
TYPE(Constant, "constant")
TYPE(Int, "int")
#define ENUM(Name, python_name, ...) TYPE(Name, #python_name)
#define PLAIN(Name, python_name, ...) TYPE(Name, #python_name)
#define POSITIONED(Name, python_name, ...) TYPE(Name, #python_name)
#include "syntax/ast.def"
#undef TYPE

#define FIELD(T, name) {#name, type_text<T>(), ' '},
#define OPTIONAL(T, name) {#name, type_text<T>(), '?'},
#define LIST(T, name) {#name, type_text<T>(), '*'},
#define OPTIONALS(T, name) {#name, type_text<T>(), '*'},
#define NODE(Base, Name, ...) constexpr Field k##Name##Fields[] = {__VA_ARGS__ {}};
#define PLAIN(Name, python_name, ...) constexpr Field k##Name##Fields[] = {__VA_ARGS__ {}};
#define POSITIONED(Name, python_name, ...) constexpr Field k##Name##Fields[] = {__VA_ARGS__ {}};
#include "syntax/ast.def"
#undef FIELD
#undef OPTIONAL
#undef LIST
#undef OPTIONALS

constexpr Class kClasses[] = {
#define NODE(Base, Name, ...) {type_text<Base>(), k##Name##Fields},
#define PLAIN(Name, python_name, ...) {nullptr, k##Name##Fields},
#define POSITIONED(Name, python_name, ...) {nullptr, k##Name##Fields},
#include "syntax/ast.def"
};

struct Enumeration {
  const char* name;
  const char* members;  // separated by ", "
};

}  // namespace syntax::asdl

namespace {

using namespace syntax::asdl;

struct AstNode {
  PyObject_HEAD
  PyObject* dict;
};

// -- ast.AST --

Status init(PyObject* self, PyObject* args, PyObject* kwargs) {
  Ref<> fields = TRY(find_attr(object(Py_TYPE(self)), "_fields"_name));
  Py_ssize_t count = fields ? TRY(length(fields.get())) : 0;
  Py_ssize_t given = tuple_size(args);
  if (given > count) {
    return raise(PyExc_TypeError, "{} constructor takes at most {} positional argument{}",
                 clip(Py_TYPE(self)->tp_name, 400), count, count == 1 ? "" : "s");
  }
  for (Py_ssize_t i = 0; i < given; i++) {
    Ref<> name = TRY(sequence_item(fields.get(), i));
    TRY(set_attr(self, name.get(), item(args, i)));
  }
  if (!kwargs) return {};
  Py_ssize_t position = 0;
  PyObject *key, *value;
  while (dict_next(kwargs, &position, &key, &value)) {
    for (Py_ssize_t i = 0; fields && i < given; i++) {
      Ref<> name = TRY(sequence_item(fields.get(), i));
      if (TRY(equal(name.get(), key))) {
        return raise(PyExc_TypeError, "{} got multiple values for argument '{}'",
                     clip(Py_TYPE(self)->tp_name, 400), as_str(key));
      }
    }
    TRY(set_attr(self, key, value));
  }
  return {};
}

int init_slot(PyObject* self, PyObject* args, PyObject* kwargs) { return init(self, args, kwargs).to_c(); }

Ref<> reduce(PyObject* self) {
  Ref<> dict = TRY(find_attr(self, "__dict__"_name));
  if (!dict) return tuple_of({object(Py_TYPE(self)), empty_tuple()});
  return tuple_of({object(Py_TYPE(self)), empty_tuple(), dict.get()});
}
PyObject* reduce_row(PyObject* self, PyObject*) { return reduce(self).release(); }

int traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(reinterpret_cast<AstNode*>(o)->dict);
  return 0;
}
int clear(PyObject* o) {
  clear_field(reinterpret_cast<AstNode*>(o)->dict);
  return 0;
}
void dealloc(PyObject* o) {
  gc_untrack(o);
  clear(o);
  Py_TYPE(o)->tp_free(o);
}

PyObject* get_dict(PyObject* o, void*) { return get_instance_dict(o).release(); }

constinit PyMethodDef methods[] = {
    {"__reduce__", reduce_row, METH_NOARGS, nullptr},
    {},
};
constinit PyGetSetDef getset[] = {
    {"__dict__", get_dict},
    {},
};

// -- the others --

std::string signature_of(const char* name, const Field* fields) {
  std::string text = name;
  for (const Field* f = fields; f->name; f++) {
    text += f == fields ? "(" : ", ";
    text += f->type;
    if (f->mark != ' ') text += f->mark;
    text += ' ';
    text += f->name;
  }
  return fields->name ? text + ")" : text;
}

Ref<> field_names(const Field* fields) {
  auto list = TRY(new_list());
  for (const Field* f = fields; f->name; f++) TRY(list_append(object(list.get()), TRY(new_interned(f->name)).get()));
  return to_tuple(object(list.get()));
}

Result<PyObject*> make_class(const char* name, PyObject* base, const Field* fields, const std::string& doc) {
  Ref<Dict> dict = TRY(new_dict());
  PyObject* d = object(dict.get());
  Ref<> names = TRY(field_names(fields));
  TRY(dict_set(d, "_fields"_name, names.get()));
  TRY(dict_set(d, "__match_args__"_name, names.get()));
  TRY(dict_set(d, "__module__"_name, "ast"_name));
  TRY(dict_set(d, "__doc__"_name, TRY(new_str(doc)).get()));
  for (const Field* f = fields; f->name; f++) {
    if (f->mark == '?') TRY(dict_set(d, TRY(new_interned(f->name)).get(), Py_None));
  }
  Ref<> class_name = TRY(new_interned(name)), bases = TRY(tuple_of({base}));
  return TRY(call(object(&PyType_Type), class_name.get(), bases.get(), d)).release();
}

enum class Attributes { kNone, kPosition, kPositionWithEnd };

Status set_attributes(PyObject* type, Attributes which) {
  Ref<> names = which == Attributes::kNone
                    ? share(empty_tuple())
                    : TRY(tuple_of({"lineno"_name, "col_offset"_name, "end_lineno"_name, "end_col_offset"_name}));
  TRY(set_attr(type, "_attributes"_name, names.get()));
  if (which != Attributes::kPosition) return {};
  // The end may be left out.
  TRY(set_attr(type, "end_lineno"_name, Py_None));
  return set_attr(type, "end_col_offset"_name, Py_None);
}

constexpr Field kNoFields[] = {{}};

/// "expr = BoolOp(…)\n     | NamedExpr(…)": what `ast.expr.__doc__` shows.
std::string sum_doc(const char* base) {
  std::string text = base, separator = " = ";
  std::string next = "\n" + std::string(text.size(), ' ') + " | ";
  for (int k = 0; k < AstClasses::kKinds; k++) {
    if (!kClasses[k].base || std::string_view(kClasses[k].base) != base) continue;
    std::string name(syntax::class_name(syntax::Kind(k)));
    text += separator + signature_of(name.c_str(), kClasses[k].fields);
    separator = next;
  }
  return text;
}

Status make_sums() {
  auto make = [](PyObject*& to, const char* name, Attributes attributes) -> Status {
    to = TRY(make_class(name, ast_classes.base, kNoFields, sum_doc(name)));
    return set_attributes(to, attributes);
  };
  TRY(make(ast_classes.mod, "mod", Attributes::kNone));
  TRY(make(ast_classes.stmt, "stmt", Attributes::kPosition));
  TRY(make(ast_classes.expr, "expr", Attributes::kPosition));
  TRY(make(ast_classes.pattern, "pattern", Attributes::kPositionWithEnd));
  TRY(make(ast_classes.excepthandler, "excepthandler", Attributes::kPosition));
  return make(ast_classes.type_ignore, "type_ignore", Attributes::kNone);
}

PyObject* base_named(const char* name) {
  std::string_view n = name;
  return n == "mod" ? ast_classes.mod : n == "stmt" ? ast_classes.stmt : n == "expr" ? ast_classes.expr
         : n == "pattern" ? ast_classes.pattern : n == "excepthandler" ? ast_classes.excepthandler
                                                                       : ast_classes.type_ignore;
}

Status make_nodes() {
  for (int k = 0; k < AstClasses::kKinds; k++) {
    std::string name(syntax::class_name(syntax::Kind(k)));
    const Class& c = kClasses[k];
    PyObject* base = c.base ? base_named(c.base) : ast_classes.base;
    ast_classes.of_kind[k] = TRY(make_class(name.c_str(), base, c.fields, signature_of(name.c_str(), c.fields)));
  }
#define PLAIN(Name, ...) TRY(set_attributes(ast_classes.of_kind[int(syntax::Kind::Name)], Attributes::kNone));
#define POSITIONED(Name, ...) TRY(set_attributes(ast_classes.of_kind[int(syntax::Kind::Name)], Attributes::kPosition));
#include "syntax/ast.def"
  return {};
}

Status make_enumeration(const char* name, std::string_view members, PyObject*& base, PyObject** classes,
                        PyObject** singletons) {
  std::string doc = std::string(name) + " = ";
  for (char c : members) doc += c == ',' ? std::string(" |") : std::string(1, c);
  base = TRY(make_class(name, ast_classes.base, kNoFields, doc));
  TRY(set_attributes(base, Attributes::kNone));
  for (int i = 0; !members.empty(); i++) {
    size_t comma = members.find(", ");
    std::string member(members.substr(0, comma));
    members = comma == members.npos ? std::string_view() : members.substr(comma + 2);
    classes[i] = TRY(make_class(member.c_str(), base, kNoFields, member));
    singletons[i] = TRY(adopt(generic_new(reinterpret_cast<Type*>(classes[i]), nullptr, nullptr))).release();
  }
  return {};
}

Status make_enumerations() {
#define ENUM(Name, python_name, ...)                                                               \
  TRY(make_enumeration(#python_name, #__VA_ARGS__, ast_classes.python_name##_class,                \
                       ast_classes.python_name##_members, ast_classes.python_name##_singletons));
#include "syntax/ast.def"
  return {};
}

}  // namespace

Status start_ast_classes() {
  if (ast_classes.base) return {};
  TRY(ready_type(&ast_type));
  for (PyObject* name : {"_fields"_name, "__match_args__"_name, "_attributes"_name}) {
    TRY(dict_set(ast_type.tp_dict, name, empty_tuple()));
  }
  type_modified(&ast_type);
  ast_classes.base = object(&ast_type);
  TRY(make_sums());
  TRY(make_nodes());
  return make_enumerations();
}

Status add_ast_classes(PyObject* module) {
  TRY(start_ast_classes());
  auto add = [&](PyObject* type) { return add_to_module(module, short_name(reinterpret_cast<Type*>(type)), type); };
  TRY(add(ast_classes.base));
  for (PyObject* type : {ast_classes.mod, ast_classes.stmt, ast_classes.expr, ast_classes.pattern,
                         ast_classes.excepthandler, ast_classes.type_ignore}) {
    TRY(add(type));
  }
  for (PyObject* type : ast_classes.of_kind) TRY(add(type));
#define ENUM(Name, python_name, ...)                                              \
  TRY(add(ast_classes.python_name##_class));                                      \
  for (PyObject* type : ast_classes.python_name##_members) {                      \
    if (type) TRY(add(type));                                                     \
  }
#include "syntax/ast.def"
  return {};
}

Result<bool> is_ast_node(PyObject* o) {
  TRY(start_ast_classes());
  return is_instance(o, ast_classes.base);
}

constinit PyTypeObject ast_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "ast.AST",
    .tp_basicsize = sizeof(AstNode),
    .tp_dealloc = dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = traverse,
    .tp_clear = clear,
    .tp_methods = methods,
    .tp_getset = getset,
    .tp_dictoffset = offsetof(AstNode, dict),
    .tp_init = init_slot,
    .tp_alloc = generic_alloc,
    .tp_new = generic_new,
    .tp_free = gc_free,
};

}  // namespace taipan
