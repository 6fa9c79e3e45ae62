// Pattern matching. Captured values stay on the stack until the whole pattern has matched, so that a failure binds
// nothing; where a failure must pop n of them, it jumps to the n-th of a row of POP_TOPs.
#include "compiler/codegen.h"

#include <algorithm>

#include "object/int.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "types/set.h"

namespace taipan::compiler {

struct PatternState {
  std::vector<PyObject*> stores;   ///< names captured so far, in the order of their values on the stack
  bool allow_irrefutable = false;  ///< may a pattern that always matches stand here?
  std::vector<Block*> fail_pop;    ///< [n]: pops n values, then the case has failed
  int on_top = 0;                  ///< values on the stack above the stores that a failure must pop too
};

namespace {

bool is_wildcard(const ast::Pattern* p) {
  return p->kind == ast::Kind::MatchAs && !static_cast<const ast::node::MatchAs*>(p)->name;
}
bool is_star_wildcard(const ast::Pattern* p) {
  return p->kind == ast::Kind::MatchStar && !static_cast<const ast::node::MatchStar*>(p)->name;
}
bool contains(const std::vector<PyObject*>& names, PyObject* name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

// -- failing --

void Compiler::ensure_fail_blocks(PatternState& state, int n) {
  while (int(state.fail_pop.size()) <= n) state.fail_pop.push_back(make_block());
}

void Compiler::jump_to_fail(PatternState& state, Op op) {
  int pops = state.on_top + int(state.stores.size());
  ensure_fail_blocks(state, pops);
  emit_jump(op, state.fail_pop[size_t(pops)]);
}

void Compiler::use_fail_blocks(PatternState& state) {
  for (size_t n = state.fail_pop.size(); n-- > 0;) {
    use(state.fail_pop[n]);
    if (n) emit(Op::POP_TOP);
  }
  state.fail_pop.clear();
}

/// The top of the stack goes below the `count - 1` values under it.
void Compiler::rotate(int count) {
  while (count > 1) emit(Op::SWAP, count--);
}

Status Compiler::store_capture(PyObject* name, PatternState& state) {
  if (!name) {
    emit(Op::POP_TOP);
    return {};
  }
  TRY(check_forbidden(name, ast::ExprContext::Store));
  if (contains(state.stores, name)) return error("multiple assignments to name {} in pattern", as_repr(name));
  rotate(state.on_top + int(state.stores.size()) + 1);
  state.stores.push_back(name);
  return {};
}

// -- the statement --

Status Compiler::match(ast::node::Match& s) {
  TRY(visit(s.subject));
  Block* end = make_block();
  int cases = s.cases.size();
  bool has_default = cases > 1 && is_wildcard(s.cases[cases - 1]->pattern);
  int tested = cases - has_default;
  for (int i = 0; i < tested; i++) {
    ast::MatchCase* m = s.cases[i];
    set_location(m->pattern);
    bool last = i == tested - 1;
    if (!last) emit(Op::COPY, 1);
    PatternState state;
    state.allow_irrefutable = m->guard || i == cases - 1;
    TRY(pattern(m->pattern, state));
    for (PyObject* name : state.stores) TRY(name_op(name, ast::ExprContext::Store));
    if (m->guard) {
      ensure_fail_blocks(state, 0);
      TRY(jump_if(m->guard, state.fail_pop[0], false));
    }
    if (!last) emit(Op::POP_TOP);
    TRY(visit_all(m->body));
    emit_jump(Op::JUMP, end);
    // Cleaning up after a failure belongs to the pattern's line.
    set_location(m->pattern);
    use_fail_blocks(state);
  }
  if (has_default) {
    ast::MatchCase* m = s.cases[cases - 1];
    set_location(m->pattern);
    emit(cases == 1 ? Op::POP_TOP : Op::NOP);
    if (m->guard) TRY(jump_if(m->guard, end, false));
    TRY(visit_all(m->body));
  }
  use(end);
  return {};
}

// -- patterns --

Status Compiler::pattern(ast::Pattern* p, PatternState& state) {
  Context::Nesting nesting(c_);
  if (!nesting) return Raised{};
  set_location(p);
  using enum ast::Kind;
  switch (p->kind) {
    case MatchValue: return value_pattern(ast::cast<ast::node::MatchValue>(p), state);
    case MatchSingleton: return singleton_pattern(ast::cast<ast::node::MatchSingleton>(p), state);
    case MatchSequence: return sequence_pattern(ast::cast<ast::node::MatchSequence>(p), state);
    case MatchMapping: return mapping_pattern(ast::cast<ast::node::MatchMapping>(p), state);
    case MatchClass: return class_pattern(ast::cast<ast::node::MatchClass>(p), state);
    case MatchStar: {
      auto& m = ast::cast<ast::node::MatchStar>(p);
      return store_capture(m.name ? TRY(c_.name(m.name)) : nullptr, state);
    }
    case MatchAs: return as_pattern(ast::cast<ast::node::MatchAs>(p), state);
    case MatchOr: return or_pattern(ast::cast<ast::node::MatchOr>(p), state);
    default: return {};
  }
}

Status Compiler::subpattern(ast::Pattern* p, PatternState& state) {
  bool old = std::exchange(state.allow_irrefutable, true);
  TRY(pattern(p, state));
  state.allow_irrefutable = old;
  return {};
}

Status Compiler::value_pattern(ast::node::MatchValue& p, PatternState& state) {
  if (!is_constant(p.value) && p.value->kind != ast::Kind::Attribute) {
    return error("patterns may only match literals and attribute lookups");
  }
  TRY(visit(p.value));
  emit_compare(ast::CompareOperator::Eq);
  jump_to_fail(state, Op::POP_JUMP_IF_FALSE);
  return {};
}

Status Compiler::singleton_pattern(ast::node::MatchSingleton& p, PatternState& state) {
  TRY(load_constant(TRY(c_.object(p.value))));
  emit_compare(ast::CompareOperator::Is);
  jump_to_fail(state, Op::POP_JUMP_IF_FALSE);
  return {};
}

Status Compiler::as_pattern(ast::node::MatchAs& p, PatternState& state) {
  PyObject* name = p.name ? TRY(c_.name(p.name)) : nullptr;
  if (!p.pattern) {
    if (!state.allow_irrefutable) {
      if (name) return error("name capture {} makes remaining patterns unreachable", as_repr(name));
      return error("wildcard makes remaining patterns unreachable");
    }
    return store_capture(name, state);
  }
  state.on_top++;
  emit(Op::COPY, 1);
  TRY(pattern(p.pattern, state));
  state.on_top--;
  return store_capture(name, state);
}

Status Compiler::sequence_pattern(ast::node::MatchSequence& p, PatternState& state) {
  int size = p.patterns.size(), star = -1;
  bool only_wildcards = true, star_wildcard = false;
  for (int i = 0; i < size; i++) {
    ast::Pattern* sub = p.patterns[i];
    if (sub->kind == ast::Kind::MatchStar) {
      if (star >= 0) return error("multiple starred names in sequence pattern");
      star_wildcard = is_star_wildcard(sub);
      only_wildcards &= star_wildcard;
      star = i;
    } else {
      only_wildcards &= is_wildcard(sub);
    }
  }
  state.on_top++;  // the subject
  emit(Op::MATCH_SEQUENCE);
  jump_to_fail(state, Op::POP_JUMP_IF_FALSE);
  if (star < 0 || size > 1) {
    emit(Op::GET_LEN);
    TRY(load_int(star < 0 ? size : size - 1));
    emit_compare(star < 0 ? ast::CompareOperator::Eq : ast::CompareOperator::GtE);
    jump_to_fail(state, Op::POP_JUMP_IF_FALSE);
  }
  state.on_top--;
  if (only_wildcards) {
    emit(Op::POP_TOP);
    return {};
  }
  return star_wildcard ? sequence_by_subscripts(p.patterns, star, state) : sequence_by_unpacking(p.patterns, state);
}

Status Compiler::sequence_by_unpacking(const ast::Seq<ast::Pattern*>& patterns, PatternState& state) {
  int n = patterns.size();
  bool starred = false;
  for (int i = 0; i < n; i++) {
    if (patterns[i]->kind != ast::Kind::MatchStar) continue;
    int after = n - i - 1;
    if (i >= 1 << 8 || after >= INT32_MAX >> 8) {
      return error("too many expressions in star-unpacking sequence pattern");
    }
    emit(Op::UNPACK_EX, i + (after << 8));
    starred = true;
  }
  if (!starred) emit(Op::UNPACK_SEQUENCE, n);
  state.on_top += n;
  for (ast::Pattern* sub : patterns) {
    state.on_top--;
    TRY(subpattern(sub, state));
  }
  return {};
}

// With `*_` the items are taken one by one: nothing is made of the rest.
Status Compiler::sequence_by_subscripts(const ast::Seq<ast::Pattern*>& patterns, int star, PatternState& state) {
  state.on_top++;
  int n = patterns.size();
  for (int i = 0; i < n; i++) {
    if (is_wildcard(patterns[i]) || i == star) continue;
    emit(Op::COPY, 1);
    if (i < star) {
      TRY(load_int(i));
    } else {
      // The subject need not support negative indices.
      emit(Op::GET_LEN);
      TRY(load_int(n - i));
      emit(Op::BINARY_OP, binary_operand(ast::BinaryOperator::Sub, false));
    }
    emit(Op::BINARY_SUBSCR);
    TRY(subpattern(patterns[i], state));
  }
  state.on_top--;
  emit(Op::POP_TOP);
  return {};
}

Status Compiler::mapping_keys(ast::node::MatchMapping& p) {
  Ref<> seen = TRY(new_set(nullptr));
  for (int i = 0; i < p.keys.size(); i++) {
    ast::Expr* key = p.keys[i];
    if (!key) {
      set_location(p.patterns[i]);
      return error("can't use NULL keys in MatchMapping (set 'rest' parameter instead)");
    }
    if (is_constant(key)) {
      if (TRY(taipan::contains(seen.get(), constant_value(key)))) {
        return error("mapping pattern checks duplicate key ({})", as_repr(constant_value(key)));
      }
      TRY(set_add(seen.get(), constant_value(key)));
    } else if (key->kind != ast::Kind::Attribute) {
      return error("mapping pattern keys may only match literals and attribute lookups");
    }
    TRY(visit(key));
  }
  return {};
}

Status Compiler::mapping_pattern(ast::node::MatchMapping& p, PatternState& state) {
  int size = p.keys.size();
  if (size != p.patterns.size()) {
    return error("keys ({}) / patterns ({}) length mismatch in mapping pattern", size, p.patterns.size());
  }
  state.on_top++;  // the subject
  emit(Op::MATCH_MAPPING);
  jump_to_fail(state, Op::POP_JUMP_IF_FALSE);
  if (!size && !p.rest) {
    state.on_top--;
    emit(Op::POP_TOP);
    return {};
  }
  if (size) {
    emit(Op::GET_LEN);
    TRY(load_int(size));
    emit_compare(ast::CompareOperator::GtE);
    jump_to_fail(state, Op::POP_JUMP_IF_FALSE);
  }
  TRY(mapping_keys(p));
  emit(Op::BUILD_TUPLE, size);
  emit(Op::MATCH_KEYS);
  state.on_top += 2;  // keys, values
  emit(Op::COPY, 1);
  TRY(load_none());
  emit(Op::IS_OP, 1);
  jump_to_fail(state, Op::POP_JUMP_IF_FALSE);
  emit(Op::UNPACK_SEQUENCE, size);
  state.on_top += size - 1;
  for (ast::Pattern* sub : p.patterns) {
    state.on_top--;
    TRY(subpattern(sub, state));
  }
  state.on_top -= 2;  // what follows takes keys and subject
  if (!p.rest) {
    emit(Op::POP_TOP);
    emit(Op::POP_TOP);
    return {};
  }
  // **rest: a copy of the subject without the keys.
  emit(Op::BUILD_MAP, 0);
  emit(Op::SWAP, 3);
  emit(Op::DICT_UPDATE, 2);
  emit(Op::UNPACK_SEQUENCE, size);
  for (int left = size; left > 0; left--) {
    emit(Op::COPY, 1 + left);
    emit(Op::SWAP, 2);
    emit(Op::DELETE_SUBSCR);
  }
  return store_capture(TRY(c_.name(p.rest)), state);
}

Status Compiler::check_class_keywords(ast::node::MatchClass& p) {
  for (int i = 0; i < p.kwd_attrs.size(); i++) {
    PyObject* name = TRY(c_.name(p.kwd_attrs[i]));
    set_location(p.kwd_patterns[i]);
    TRY(check_forbidden(name, ast::ExprContext::Store));
    for (int j = i + 1; j < p.kwd_attrs.size(); j++) {
      if (TRY(c_.name(p.kwd_attrs[j])) == name) {
        set_location(p.kwd_patterns[j]);
        return error("attribute name repeated in class pattern: {}", as_str(name));
      }
    }
  }
  return {};
}

Status Compiler::class_pattern(ast::node::MatchClass& p, PatternState& state) {
  int args = p.patterns.size(), keywords = p.kwd_attrs.size();
  if (keywords != p.kwd_patterns.size()) {
    return error("kwd_attrs ({}) / kwd_patterns ({}) length mismatch in class pattern", keywords,
                 p.kwd_patterns.size());
  }
  if (keywords) {
    TRY(check_class_keywords(p));
    set_location(&p);
  }
  TRY(visit(p.cls));
  auto names = TRY(new_tuple(keywords));
  for (int i = 0; i < keywords; i++) names->ob_item[i] = Py_NewRef(TRY(c_.name(p.kwd_attrs[i])));
  TRY(load_constant(std::move(names)));
  emit(Op::MATCH_CLASS, args);
  emit(Op::COPY, 1);
  TRY(load_none());
  emit(Op::IS_OP, 1);
  state.on_top++;  // the tuple of attributes, or None
  jump_to_fail(state, Op::POP_JUMP_IF_FALSE);
  emit(Op::UNPACK_SEQUENCE, args + keywords);
  state.on_top += args + keywords - 1;
  for (int i = 0; i < args + keywords; i++) {
    state.on_top--;
    ast::Pattern* sub = i < args ? p.patterns[i] : p.kwd_patterns[i - args];
    if (is_wildcard(sub)) emit(Op::POP_TOP);
    else TRY(subpattern(sub, state));
  }
  return {};
}

/// Brings the captured values of one alternative into the order of the first one's.
Status Compiler::reorder_stores(const std::vector<PyObject*>& wanted, PatternState& state) {
  auto& stores = state.stores;
  for (size_t to = stores.size(); to-- > 0;) {
    auto found = std::find(stores.begin(), stores.end(), wanted[to]);
    if (found == stores.end()) return error("alternative patterns bind different names");
    auto from = size_t(found - stores.begin());
    if (from == to) continue;
    size_t rotations = from + 1;
    std::vector<PyObject*> moved(stores.begin(), stores.begin() + ptrdiff_t(rotations));
    stores.erase(stores.begin(), stores.begin() + ptrdiff_t(rotations));
    stores.insert(stores.begin() + ptrdiff_t(to - from), moved.begin(), moved.end());
    while (rotations--) rotate(int(to) + 1);
  }
  return {};
}

Status Compiler::or_pattern(ast::node::MatchOr& p, PatternState& state) {
  Block* end = make_block();
  int size = p.patterns.size();
  std::vector<PyObject*> control;  // the names that the first alternative binds: all must bind these
  for (int i = 0; i < size; i++) {
    ast::Pattern* alternative = p.patterns[i];
    set_location(alternative);
    PatternState inner;
    inner.allow_irrefutable = i == size - 1 && state.allow_irrefutable;
    emit(Op::COPY, 1);
    TRY(pattern(alternative, inner));
    if (i == 0) control = inner.stores;
    else if (inner.stores.size() != control.size()) return error("alternative patterns bind different names");
    else TRY(reorder_stores(control, inner));
    emit_jump(Op::JUMP, end);
    use_fail_blocks(inner);
  }
  // None matched: drop the copy of the subject.
  emit(Op::POP_TOP);
  jump_to_fail(state, Op::JUMP);
  use(end);
  // The new captures go below whatever lies between them and the captures before.
  int rotations = int(control.size()) + 1 + state.on_top + int(state.stores.size());
  for (PyObject* name : control) {
    rotate(rotations);
    if (contains(state.stores, name)) return error("multiple assignments to name {} in pattern", as_repr(name));
    state.stores.push_back(name);
  }
  emit(Op::POP_TOP);
  return {};
}

}  // namespace taipan::compiler
