// Scopes as Python objects: what `_symtable.symtable` gives and the library's symtable.py wraps.
#include <Python.h>
#include <structmember.h>

#include "compiler/compile.h"
#include "compiler/fold.h"
#include "compiler/scopes.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/int.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"

namespace taipan {

namespace {

using namespace compiler;

struct Entry {
  PyObject_HEAD
  PyObject *id, *name, *symbols, *varnames, *children;
  int nested, type, line;
};

void dealloc(Entry& e) {
  for (PyObject* field : {e.id, e.name, e.symbols, e.varnames, e.children}) Py_XDECREF(field);
  generic_free(&e);
}

Ref<> show(Entry& e) {
  return format_str("<symtable entry {}({}), line {}>", as_str(e.name), as_str(e.id), e.line);
}

Ref<> make_entry(const Scope& s) {
  RecursionGuard guard(" while making a symbol table");
  if (!guard) return {};
  TRY(ready_type(&symtable_entry_type));
  Ref<> o = TRY(adopt(symtable_entry_type.tp_alloc(&symtable_entry_type, 0)));
  auto* e = reinterpret_cast<Entry*>(o.get());
  e->id = TRY(new_int_unsigned(reinterpret_cast<uintptr_t>(s.node))).release();
  e->name = Py_NewRef(s.name);
  e->symbols = object(TRY(new_dict()).release());
  for (size_t i = 0; i < s.symbols.size(); i++) {
    Ref<> flags = TRY(new_int(s.flags[i]));
    TRY(dict_set(e->symbols, s.symbols[i], flags.get()));
  }
  e->varnames = TRY(list_of(s.parameters.data(), Py_ssize_t(s.parameters.size()))).release();
  e->children = object(TRY(new_list()).release());
  for (const Scope* child : s.children) {
    Ref<> made = TRY(make_entry(*child));
    TRY(list_append(e->children, made.get()));
  }
  e->nested = s.nested;
  e->type = int(s.type);
  e->line = s.location.line;
  return o;
}

constinit PyMemberDef members[] = {
    {"id", T_OBJECT, offsetof(Entry, id), READONLY},
    {"name", T_OBJECT, offsetof(Entry, name), READONLY},
    {"symbols", T_OBJECT, offsetof(Entry, symbols), READONLY},
    {"varnames", T_OBJECT, offsetof(Entry, varnames), READONLY},
    {"children", T_OBJECT, offsetof(Entry, children), READONLY},
    {"nested", T_INT, offsetof(Entry, nested), READONLY},
    {"type", T_INT, offsetof(Entry, type), READONLY},
    {"lineno", T_INT, offsetof(Entry, line), READONLY},
    {},
};

}  // namespace

Ref<> symbol_table_objects(std::string_view source, bool bytes, SourceMode mode, PyObject* filename,
                           const CompileOptions& options) {
  Arena arena;
  syntax::Mod* tree = parse_source(source, bytes, mode, arena, filename, options);
  if (!tree) return Raised{};
  Context context(arena, filename, 0);
  context.features = unsigned(options.flags) & PyCF_MASK;
  TRY(find_features(context, tree));
  SymbolTable table;
  TRY(table.build(context, tree));
  return make_entry(*table.top());
}

constinit PyTypeObject symtable_entry_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "symtable entry",
    .tp_basicsize = sizeof(Entry),
    .tp_dealloc = slot<dealloc>,
    .tp_repr = slot<show>,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_members = members,
    .tp_alloc = generic_alloc,
    .tp_free = generic_free,
};

}  // namespace taipan
