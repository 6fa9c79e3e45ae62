#pragma once
// Scopes: which names each block of the source binds and uses, and what each name is there (local, global, free,
// cell). Flags and numbers are those that the `_symtable` module shows.
#include <cstdint>
#include <deque>
#include <unordered_map>
#include <vector>

#include "compiler/context.h"

namespace taipan::compiler {

enum SymbolFlag : int {
  kDefGlobal = 1,           ///< global statement
  kDefLocal = 2,            ///< assigned
  kDefParameter = 4,
  kDefNonlocal = 8,
  kUse = 16,
  kDefFree = 32,
  kDefFreeClass = 64,       ///< free in a class's method, and bound in the class
  kDefImport = 128,
  kDefAnnotation = 256,
  kDefIteration = 512,      ///< target of a comprehension's `for`
  kDefBound = kDefLocal | kDefParameter | kDefImport,
};
inline constexpr int kScopeShift = 11, kScopeMask = 15;

enum class NameScope : uint8_t { kUnknown, kLocal, kGlobalExplicit, kGlobalImplicit, kFree, kCell };
enum class ScopeType : uint8_t { kFunction, kClass, kModule, kAnnotation };
enum class ComprehensionType : uint8_t { kNone, kList, kDict, kSet, kGenerator };

/// A name of a global or nonlocal statement and where it stands, for errors found during the analysis.
struct Directive {
  PyObject* name;
  Location location;
};

struct Scope {
  PyObject* name = nullptr;
  ScopeType type = ScopeType::kModule;
  const ast::Node* node = nullptr;
  Location location;
  NameTable symbols;
  std::vector<int> flags;             ///< SymbolFlags of each symbol, its NameScope above them
  std::vector<PyObject*> parameters;
  std::vector<Scope*> children;
  std::vector<Directive> directives;
  ComprehensionType comprehension = ComprehensionType::kNone;
  bool nested = false;                ///< inside a function
  bool has_free = false, child_has_free = false;
  bool is_generator = false, is_coroutine = false;
  bool has_varargs = false, has_varkeywords = false;
  bool returns_value = false;
  bool needs_class_closure = false;   ///< a method uses __class__ or super
  bool in_iteration_target = false;   ///< while a comprehension's target is visited
  int iterable_depth = 0;             ///< > 0 while a comprehension's iterable is visited

  int symbol_flags(PyObject* name) const {
    int i = symbols.find(name);
    return i < 0 ? 0 : flags[size_t(i)];
  }
  NameScope scope_of(PyObject* name) const {
    return NameScope(symbol_flags(name) >> kScopeShift & kScopeMask);
  }
};

class SymbolTable {
 public:
  /// Visits the whole tree and decides every name's scope.
  Status build(Context& context, ast::Mod* tree);
  Scope* top() const { return top_; }
  Scope* find(const ast::Node* node) const {
    auto it = by_node_.find(node);
    return it == by_node_.end() ? nullptr : it->second;
  }

 private:
  friend class ScopeBuilder;
  std::deque<Scope> scopes_;  // addresses stay
  std::unordered_map<const ast::Node*, Scope*> by_node_;
  Scope* top_ = nullptr;
};

/// The second half of build(): scopes_analysis.cpp.
Status analyze_scopes(Context& context, Scope& top);

}  // namespace taipan::compiler
