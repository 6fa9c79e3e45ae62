#pragma once
// The grammar of the grammar_….cpp files, taken apart once into tables that the error pass walks.
#include <cstdint>
#include <string_view>

#include "syntax/token.h"
#include "syntax/tree.h"

namespace taipan::syntax {

extern const char kStatementRules[];
extern const char kExpressionRules[];
extern const char kErrorRules[];

struct Pass;
struct Cst;
/// Computes the value of an alternative from its items; null: no value (and maybe an error).
using RuleAction = Cst* (*)(Pass& pass, Cst** items);
/// The function behind `@name`, from error_rules.cpp.
RuleAction find_rule_action(std::string_view name);

struct GrammarItem {
  enum Op : uint8_t {
    kToken,
    kSoftKeyword,
    kAnySoftKeyword,
    kRule,
    kGroup,
    kOptional,
    kRepeat,
    kRepeat1,
    kGather,
    kAhead,
    kNotAhead,
    kCut,
    kForced,
  };
  Op op;
  Tok token = Tok::EndMarker;  ///< kToken, kForced; kGather: the separator
  uint16_t index = 0;          ///< kRule: rule; kGroup: first alternative; else: the inner item
  uint16_t count = 0;          ///< kGroup: alternatives
  std::string_view text;       ///< kSoftKeyword, kForced
};

struct GrammarAlternative {
  enum Value : uint8_t { kDefault, kNode, kItem, kCall, kAt, kRange, kFrom, kHere, kIndent };
  uint16_t first_item = 0, item_count = 0;
  bool error_rule = false;  ///< a single `invalid_…`
  Value value = kDefault;
  uint8_t version = 0;   ///< the feature version demanded, if any
  uint8_t a = 0, b = 0;  ///< items, from 1
  Kind kind{};
  RuleAction action = nullptr;
  std::string_view message, feature;
};

struct GrammarRule {
  std::string_view name;
  uint16_t first_alternative = 0, alternative_count = 0;
  bool memo = false, left = false, plain = false;
};

struct Grammar {
  GrammarRule* rules;
  GrammarAlternative* alternatives;
  GrammarItem* items;
  int rule_count, alternative_count, item_count;

  int find(std::string_view rule) const;
};

/// Made at the first error of the process.
const Grammar& grammar();

}  // namespace taipan::syntax
