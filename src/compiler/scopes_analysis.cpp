// The second half of the scopes' building: for every name of every block, whether it is local, global, free, or a
// cell that inner blocks share. What is bound goes down the tree of blocks, free names come up.
#include "compiler/scopes.h"
#include "object/name.h"

namespace taipan::compiler {

namespace {

/// What a block says about names to the blocks inside it. Names it does not speak of are as outside.
struct Surroundings {
  const Surroundings* outer;
  NameTable names;
  struct Saying {
    bool bound, global;
  };
  std::vector<Saying> sayings;

  void say(PyObject* name, Saying saying) {
    auto i = size_t(names.add(name));
    if (i == sayings.size()) sayings.push_back(saying);
    else sayings[i] = saying;
  }
  static Saying look_up(const Surroundings* s, PyObject* name) {
    for (; s; s = s->outer) {
      int i = s->names.find(name);
      if (i >= 0) return s->sayings[size_t(i)];
    }
    return {false, false};
  }
};

class Analyzer {
 public:
  explicit Analyzer(Context& c) : c_(c) {}

  /// `outside` is null for the module only. Names that are free in the block are added to `free`.
  Status block(Scope& s, const Surroundings* outside, NameTable& free);

 private:
  Result<NameScope> scope_of(Scope& s, PyObject* name, int flags, const Surroundings* outside);
  Raised error(Scope& s, PyObject* name, Ref<> message);

  Context& c_;
};

/// A SyntaxError at the global or nonlocal statement that named `name`.
Raised Analyzer::error(Scope& s, PyObject* name, Ref<> message) {
  if (!message) return Raised{};
  for (const Directive& d : s.directives) {
    if (d.name == name) return raise_syntax_error_at(message.get(), c_.filename(), d.location);
  }
  return raise(PyExc_RuntimeError, "BUG: internal directive bookkeeping broken");
}

Result<NameScope> Analyzer::scope_of(Scope& s, PyObject* name, int flags, const Surroundings* outside) {
  if (flags & kDefGlobal) {
    if (flags & kDefNonlocal) {
      return error(s, name, format_str("name '{}' is nonlocal and global", as_str(name)));
    }
    return NameScope::kGlobalExplicit;
  }
  auto around = Surroundings::look_up(outside, name);
  if (flags & kDefNonlocal) {
    if (!outside) return error(s, name, format_str("nonlocal declaration not allowed at module level"));
    if (!around.bound) return error(s, name, format_str("no binding for nonlocal '{}' found", as_str(name)));
    s.has_free = true;
    return NameScope::kFree;
  }
  if (flags & kDefBound) return NameScope::kLocal;
  if (around.bound) {
    s.has_free = true;
    return NameScope::kFree;
  }
  if (!around.global && s.nested) s.has_free = true;
  return NameScope::kGlobalImplicit;
}

Status Analyzer::block(Scope& s, const Surroundings* outside, NameTable& free) {
  std::vector<NameScope> scopes(s.symbols.size());
  for (size_t i = 0; i < s.symbols.size(); i++) {
    scopes[i] = TRY(scope_of(s, s.symbols[i], s.flags[i], outside));
    if (scopes[i] == NameScope::kFree) free.add(s.symbols[i]);
  }

  // What a class binds or declares global says nothing to the functions in it, but it offers them __class__.
  Surroundings inside{outside, {}, {}};
  if (s.type == ScopeType::kClass) {
    PyObject* name = "__class__"_name;
    inside.say(name, {true, Surroundings::look_up(outside, name).global});
  } else {
    for (size_t i = 0; i < s.symbols.size(); i++) {
      if (scopes[i] == NameScope::kGlobalExplicit) inside.say(s.symbols[i], {false, true});
      else if (scopes[i] == NameScope::kLocal) inside.say(s.symbols[i], {s.type == ScopeType::kFunction, false});
    }
  }
  NameTable unresolved;
  for (Scope* child : s.children) {
    TRY(block(*child, &inside, unresolved));
    if (child->has_free || child->child_has_free) s.child_has_free = true;
  }

  if (s.type == ScopeType::kFunction) {
    for (size_t i = 0; i < scopes.size(); i++) {
      if (scopes[i] == NameScope::kLocal && unresolved.find(s.symbols[i]) >= 0) scopes[i] = NameScope::kCell;
    }
  }
  for (size_t i = 0; i < scopes.size(); i++) s.flags[i] |= int(scopes[i]) << kScopeShift;

  for (PyObject* name : unresolved.names()) {
    if (s.type == ScopeType::kClass && name == "__class__"_name) {
      s.needs_class_closure = true;
      continue;
    }
    int i = s.symbols.find(name);
    if (i >= 0) {
      if (s.type == ScopeType::kFunction && scopes[size_t(i)] == NameScope::kCell) continue;  // resolved here
      if (s.type == ScopeType::kClass && s.flags[size_t(i)] & (kDefBound | kDefGlobal)) {
        s.flags[size_t(i)] |= kDefFreeClass;
      }
    } else if (!outside || Surroundings::look_up(outside, name).bound) {
      s.symbols.add(name);
      s.flags.push_back(int(NameScope::kFree) << kScopeShift);
    }
    free.add(name);
  }
  return {};
}

}  // namespace

Status analyze_scopes(Context& context, Scope& top) {
  NameTable free;
  return Analyzer(context).block(top, nullptr, free);
}

}  // namespace taipan::compiler
