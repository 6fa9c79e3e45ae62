// Shows what the parser makes of files: trees as ast.dump() shows them, or the error.
//
//   ast_dump [options] FILE …     ast_dump [options] --list NAMES    (a file with one path a line)
//   --attributes  --indent N  --mode exec|eval|single|func_type  --type-comments  --incomplete
//   --feature-version N  --warnings (shown after the result)  --warnings-are-errors
//   --out DIR     write the dump of the n-th file to DIR/n instead of to the screen
//   --interactive the lines of the files come one after the other, as at a prompt; shows the
//   prompts and the errors
//   --stack BYTES the parser may use no more of the stack
//   --time N      parse each file N times and say how long it took
//   --blocks      the files hold many texts each, with lines "\0@@\n" between them; a line for
//   each: the error,
//                 or OK, or (with --dump) the tree
#include <iconv.h>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "syntax/dump.h"
#include "syntax/parser.h"
#include "syntax/source.h"

using namespace taipan;
using namespace taipan::syntax;

namespace {

struct Settings {
  ParseOptions parse;
  DumpOptions dump;
  const char* out = nullptr;
  int repeat = 0;
  bool blocks = false;
  bool dump_blocks = false;
  bool warnings = false;
  bool warnings_are_errors = false;
};

bool read_file(const char* path, std::string& text) {
  FILE* f = fopen(path, "rb");
  if (!f) return false;
  char buffer[65536];
  while (size_t n = fread(buffer, 1, sizeof buffer, f)) text.append(buffer, n);
  fclose(f);
  return true;
}

const char* type_name(const Diagnostic& d) {
  switch (d.type) {
    case Diagnostic::kSyntaxError:
      return "SyntaxError";
    case Diagnostic::kIndentationError:
      return "IndentationError";
    case Diagnostic::kTabError:
      return "TabError";
    case Diagnostic::kMemoryError:
      return "MemoryError";
    case Diagnostic::kRecursionError:
      return "RecursionError";
    case Diagnostic::kValueError:
      return "ValueError";
    default:
      return "UnicodeEncodeError";
  }
}

std::string describe(const Diagnostic& d) {
  std::string s = type_name(d);
  s.append("|").append(d.message);
  char place[128];
  snprintf(place, sizeof place, "|%d|%d|%d|%d|", d.line, d.column, d.end_line, d.end_column);
  if (d.end_line == Diagnostic::kAbsent)
    snprintf(place, sizeof place, "|%d|%d|None|None|", d.line, d.column);
  if (!d.place) snprintf(place, sizeof place, "|-|");
  s += place;
  if (d.place) {
    if (!d.text.data())
      s += "None";
    else
      for (char c : d.text) {
        if (c == '\n')
          s += "\\n";
        else
          s += c;
      }
  }
  return s;
}

/// Other encodings: whatever the C library knows.
std::string_view decode(void*, std::string_view encoding, std::string_view bytes, Arena& arena,
                        std::string_view& problem) {
  iconv_t how = iconv_open("UTF-8", std::string(encoding).c_str());
  if (how == iconv_t(-1)) {
    problem = arena.copy("unknown encoding: " + std::string(encoding));
    return {};
  }
  size_t room = bytes.size() * 4 + 1, left = bytes.size();
  char* out = static_cast<char*>(arena.allocate(room, 1));
  char *to = out, *from = const_cast<char*>(bytes.data());
  if (iconv(how, &from, &left, &to, &room) == size_t(-1)) problem = "cannot decode";
  iconv_close(how);
  return problem.empty() ? std::string_view(out, static_cast<size_t>(to - out))
                         : std::string_view();
}

struct Heard {
  const Settings& settings;
  std::string text;
};

WarningAction hear(void* context, const Warning& w) {
  auto& heard = *static_cast<Heard*>(context);
  if (heard.settings.warnings) {
    heard.text +=
        w.category == Warning::kSyntaxWarning ? " W|SyntaxWarning|" : " W|DeprecationWarning|";
    heard.text.append(w.message).append("|").append(std::to_string(w.line));
  }
  return heard.settings.warnings_are_errors ? WarningAction::kMakeError : WarningAction::kContinue;
}

std::string treat_quietly(std::string_view text, const Settings& settings, ParseOptions& options,
                          bool bytes) {
  Arena arena;
  if (bytes) {
    Source source = decode_source(text, {decode, nullptr}, arena);
    if (source.error) return describe(*source.error);
    text = source.text;
    options.columns_in_bytes = source.columns_in_bytes;
  }
  ParseResult r = parse(text, options, arena);
  if (r.error) return describe(*r.error);
  if (!r.tree) return r.needs_more ? "needs more" : "nothing";
  if (settings.blocks && !settings.dump_blocks) return "OK";
  return dump(r.tree, settings.dump);
}

std::string treat(std::string_view text, const Settings& settings, bool bytes) {
  Heard heard{settings, {}};
  ParseOptions options = settings.parse;
  options.warn = hear;
  options.warn_context = &heard;
  std::string result = treat_quietly(text, settings, options, bytes);
  return result + heard.text;
}

/// What a user who types these lines sees.
std::string session(std::string_view text, const Settings& settings) {
  std::string shown, statement;
  ParseOptions options = settings.parse;
  options.mode = Mode::kSingle;
  options.interactive = true;
  bool more = false;
  for (;;) {
    shown += more ? "... " : ">>> ";
    if (text.empty() && !more) break;
    options.input_ended = text.empty();
    size_t end = text.find('\n') + 1;
    statement.append(text.substr(0, end));
    text.remove_prefix(end);
    Arena arena;
    ParseResult r = parse(statement, options, arena);
    if (r.error) shown += "\n" + describe(*r.error) + "\n";
    more = r.needs_more;
    if (r.tree && r.consumed < statement.size()) shown += "[left over]";
    if (!more) statement.clear();
  }
  return shown;
}

void time_it(std::string_view text, const Settings& settings) {
  auto start = std::chrono::steady_clock::now();
  size_t memory = 0;
  for (int i = 0; i < settings.repeat; ++i) {
    Arena arena;
    Source source = decode_source(text, {}, arena);
    parse(source.text, settings.parse, arena);
    memory = arena.used();
  }
  double us =
      std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count();
  printf("%.0f us, %.1f MB/s, %zu bytes of tree\n", us / settings.repeat,
         static_cast<double>(text.size()) * settings.repeat / us, memory);
}

}  // namespace

int main(int argc, char** argv) {
  Settings settings;
  std::vector<std::string> files;
  for (int i = 1; i < argc; ++i) {
    std::string_view a = argv[i];
    if (a == "--attributes")
      settings.dump.include_attributes = true;
    else if (a == "--indent")
      settings.dump.indent = atoi(argv[++i]);
    else if (a == "--type-comments")
      settings.parse.type_comments = true;
    else if (a == "--out")
      settings.out = argv[++i];
    else if (a == "--time")
      settings.repeat = atoi(argv[++i]);
    else if (a == "--stack")
      settings.parse.stack_limit =
          static_cast<char*>(__builtin_frame_address(0)) - atoi(argv[++i]);
    else if (a == "--incomplete")
      settings.parse.allow_incomplete_input = true;
    else if (a == "--interactive")
      settings.parse.interactive = true;
    else if (a == "--feature-version")
      settings.parse.feature_version = atoi(argv[++i]);
    else if (a == "--warnings")
      settings.warnings = true;
    else if (a == "--warnings-are-errors")
      settings.warnings_are_errors = true;
    else if (a == "--dump")
      settings.dump_blocks = true;
    else if (a == "--blocks")
      settings.blocks = true;
    else if (a == "--mode") {
      std::string_view m = argv[++i];
      settings.parse.mode = m == "eval"        ? Mode::kEval
                            : m == "single"    ? Mode::kSingle
                            : m == "func_type" ? Mode::kFunctionType
                                               : Mode::kFile;
    } else if (a == "--list") {
      std::string names;
      if (!read_file(argv[++i], names)) return 1;
      for (size_t at = 0; at < names.size();) {
        size_t end = names.find('\n', at);
        if (end == names.npos) end = names.size();
        files.push_back(names.substr(at, end - at));
        at = end + 1;
      }
    } else {
      files.emplace_back(a);
    }
  }
  for (size_t n = 0; n < files.size(); ++n) {
    std::string text;
    if (!read_file(files[n].c_str(), text)) {
      fprintf(stderr, "cannot read %s\n", files[n].c_str());
      continue;
    }
    if (settings.repeat) {
      time_it(text, settings);
      continue;
    }
    std::string result;
    if (settings.blocks) {
      constexpr std::string_view mark("\0@@\n", 4);
      for (size_t at = 0; at < text.size();) {
        size_t end = text.find(mark, at);
        if (end == text.npos) end = text.size();
        result += treat(std::string_view(text).substr(at, end - at), settings, false);
        result += '\n';
        if (!settings.out)
          fwrite(result.data(), 1, result.size(), stdout), fflush(stdout), result.clear();
        at = end + mark.size();
      }
    } else if (settings.parse.interactive) {
      result = session(text, settings) + "\n";
    } else {
      result = treat(text, settings, true) + "\n";
    }
    FILE* f = stdout;
    if (settings.out)
      f = fopen((std::string(settings.out) + "/" + std::to_string(n)).c_str(), "wb");
    if (!f) return 1;
    fwrite(result.data(), 1, result.size(), f);
    if (settings.out) fclose(f);
  }
}
