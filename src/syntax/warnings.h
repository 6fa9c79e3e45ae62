#pragma once
// The ways of a warning: counted, or given to whoever asked for it.
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
    Warning warning{w.syntax_warning ? Warning::kSyntaxWarning : Warning::kDeprecationWarning,
                    w.message, w.line, w.column};
    switch (options.warn(options.warn_context, warning)) {
      case WarningAction::kContinue:
        return true;
      case WarningAction::kMakeError:
        return false;
      default:
        aborted = true;
        return false;
    }
  }
};

/// Only counts: the fast parser is not the one to give warnings, as the text may turn out wrong,
/// and as their order is that in which CPython's parser comes to them.
struct WarningCounter final : WarningPort {
  int count = 0;
  bool give(const PendingWarning&) override { return ++count, true; }
};

}  // namespace taipan::syntax
