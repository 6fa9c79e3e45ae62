#pragma once
// The ways of a warning: queued while the text may still turn out wrong, or given at once.
#include "syntax/lexer.h"
#include "syntax/parser.h"

namespace taipan::syntax {

/// Gives warnings to whoever asked for them.
struct Delivery final : WarningPort {
  const ParseOptions& options;
  bool aborted = false;
  explicit Delivery(const ParseOptions& options) : options(options) {}
  bool give(const PendingWarning& w) override {
    if (!options.warn || aborted) return !aborted;
    Warning warning{w.syntax_warning ? Warning::kSyntaxWarning : Warning::kDeprecationWarning, w.message,
                    w.line, w.column};
    switch (options.warn(options.warn_context, warning)) {
      case WarningAction::kContinue: return true;
      case WarningAction::kMakeError: return false;
      default: aborted = true; return false;
    }
  }
};

/// Keeps warnings until it is known that the text is good.
struct WarningQueue final : WarningPort {
  struct Item {
    PendingWarning warning;
    Item* next;
  };
  Arena& arena;
  Item* first = nullptr;
  Item** last = &first;
  explicit WarningQueue(Arena& arena) : arena(arena) {}
  bool give(const PendingWarning& w) override {
    auto* item = arena.make<Item>();
    *item = {w, nullptr};
    *last = item;
    last = &item->next;
    return true;
  }
  /// The error that the first warning became which was not just taken note of.
  const Diagnostic* deliver(Delivery& to) {
    for (auto* i = first; i; i = i->next) {
      if (!to.give(i->warning)) return to.aborted ? nullptr : i->warning.as_error;
    }
    return nullptr;
  }
};

}  // namespace taipan::syntax
