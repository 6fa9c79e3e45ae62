#pragma once
// The lexer: source text in, one token at a time out. Its state is open: where an error stands, and
// which line is shown with it, depends on how far the lexer has read.
#include <cstdint>
#include <string_view>

#include "base/arena.h"
#include "syntax/diagnostics.h"
#include "syntax/names.h"
#include "syntax/token.h"
#include "syntax/tree.h"

namespace taipan::syntax {

/// A warning of the lexer or the literals.
struct PendingWarning {
  bool syntax_warning = false;  ///< SyntaxWarning, not DeprecationWarning
  std::string_view message;
  int line = 0, column = 0;
};
/// Where warnings go. Returns false if the warning has to be an error.
struct WarningPort {
  virtual bool give(const PendingWarning& warning) = 0;

 protected:
  ~WarningPort() = default;
};

/// `# type: ignore` comments, in order.
struct IgnoreComment {
  int line;
  std::string_view tag;
  IgnoreComment* next;
};

class Lexer {
 public:
  static constexpr int kMaxLevel = 200;
  static constexpr int kMaxIndent = 100;

  struct Options {
    bool type_comments = false;
    bool interactive = false;  ///< lines come from a prompt
    bool async_hacks = false;  ///< before 3.7: async and await are names outside `async def`
    bool more_lines = false;   ///< the end of the text is not the end of the input
    int starting_line = 0;     ///< f-strings: tokens that end on this line …
    int starting_column = 0;   ///< … are this far to the right
    int first_line = 1;
  };

  /// What stopped the lexer.
  enum class Stop : uint8_t {
    kNone,
    kEnd,    ///< the end of the text, perhaps inside brackets or after a backslash
    kError,  ///< `error` says what
    kDedent,
    kTabs,
    kTooDeep,
    kContinuation,
    kDecode,
  };

  /// `text` must be followed by a NUL and have '\n' as its only line end.
  Lexer(std::string_view text, const Options& options, NameTable& names, WarningPort* warnings);

  Token next();
  /// Makes the next token after the end a NEWLINE's company: closes all blocks.
  void close_blocks() {
    pending_ = -indent_;
    indent_ = 0;
  }
  int indent() const { return indent_; }

  // The state that errors look at.
  const char* source;
  const char* end;
  const char* cur;
  const char* line_start;
  const char* buffer;  ///< where the text begins that an error shows
  const char* token_start = nullptr;
  const char* read_to =
      nullptr;  ///< how far lines have been read, if that is beyond the current one
  int line;
  int level = 0;
  struct Bracket {
    char open;
    int line, column;
  };
  Bracket brackets[kMaxLevel];
  Stop stop = Stop::kNone;
  const Diagnostic* error = nullptr;
  bool ended_in_string = false;  ///< the text ended inside a string
  IgnoreComment* ignores = nullptr;
  Options options;

  /// The end of the line that was read last.
  const char* line_end() const;
  Arena& arena() { return names_.arena(); }

 private:
  bool load_line(bool in_token);
  bool read_indentation(bool& blank);
  Token make(Tok kind, const char* start, const char* finish);
  void look_beyond(Tok kind, const char* start, const char* finish);
  Token name();
  Token number(const char* start, char first);
  Token string(const char* start);
  Token comment(bool blank, bool& is_token);
  Token punctuation();
  Token fail(Stop why);
  Token fail(const char* at, const char* format, ...) __attribute__((format(printf, 3, 4)));
  Token fail_range(int column, int end_column, const char* at, const char* message);
  bool number_ends(const char* p, const char* kind, Token& failure);
  const char* decimal_tail(const char* p, Token& failure);
  bool check_identifier(const char* start, Token& failure);
  bool continuation(const char* p);
  void tidy_async(Token& token);

  NameTable& names_;
  WarningPort* warnings_;
  IgnoreComment** last_ignore_ = &ignores;
  bool at_line_start_ = true;
  bool line_pending_ = true;  ///< the next character belongs to a line not yet begun
  int pending_ = 0;           ///< INDENTs (> 0) or DEDENTs (< 0) still to be given
  int indent_ = 0;
  int string_line_ = 0;  ///< where the last string began
  const char* string_line_start_ = nullptr;
  int columns_[kMaxIndent];       ///< with tabs to multiples of 8
  int alternatives_[kMaxIndent];  ///< with tabs as 1: both must agree
  // async_hacks only
  bool async_def_ = false, async_def_newline_ = false;
  int async_def_indent_ = 0;
};

/// printf into the arena; %s and %d only, with Python's widths not needed.
std::string_view format_text(Arena& arena, const char* format, ...)
    __attribute__((format(printf, 2, 3)));

}  // namespace taipan::syntax
