// The prompt: reads a statement line by line until it is complete, runs it in __main__, shows
// errors and goes on. A statement is incomplete when the parser says so; a compound one ends with
// an empty line.
#include <unistd.h>

#include <cstdio>

#include "cli/run.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/str.h"
#include "runtime/config.h"
#include "runtime/import.h"
#include "runtime/lifecycle.h"
#include "runtime/line_input.h"
#include "runtime/source.h"
#include "runtime/traceback_print.h"
#include "types/module.h"
#include "vm/vm.h"

namespace taipan {
namespace {

enum class Line { text, unfinished, end, interrupted };  // unfinished: the input ends without a newline

/// sys.ps1 or sys.ps2 as text; a failing __str__ shows nothing.
Ref<> prompt_text(PyObject* name) {
  flush_quietly();
  PyObject* prompt = sys_get(name);
  Ref<> text = prompt ? to_str(prompt) : Ref<>();
  clear_error();
  return text ? std::move(text) : share(empty_str());
}

void show_prompt(PyObject* text) {
  std::string_view utf8 = utf8_or_question(text);
  FILE* out = isatty(1) ? stdout : stderr;
  fwrite(utf8.data(), 1, utf8.size(), out);
  fflush(out);
}

Ref<> typed_line(PyObject* in, PyObject* prompt_name) {
  Ref<> prompt = TRY(prompt_text(prompt_name));
  if (can_edit_lines()) return edit_line(prompt.get());
  show_prompt(prompt.get());
  Ref<> kept = share(in);
  return call_method(in, "readline"_name);
}

Line read_line(BytesBuilder& source, PyObject* prompt_name) {
  PyObject* in = sys_get("stdin"_name);
  if (!in || in == Py_None) return Line::end;
  Ref<> line = typed_line(in, prompt_name);
  if (!line || !PyUnicode_Check(line.get())) {
    if (clear_error_if(PyExc_KeyboardInterrupt)) return Line::interrupted;
    if (pending_error()) report_uncaught();
    return Line::end;
  }
  if (!str_length(line.get())) return Line::end;
  std::string_view utf8 = utf8_or_question(line.get());
  if (!source.add(utf8)) clear_error();
  return utf8.ends_with('\n') ? Line::text : Line::unfinished;
}

bool is_empty(std::string_view source) {
  size_t at = source.find_first_not_of(" \t\f\r\n");
  return at == source.npos || source[at] == '#';
}

/// Is the pending exception the parser's "incomplete input"? Then it is dropped.
bool needs_more() {
  if (!pending_matches(PyExc_SyntaxError)) return false;
  Ref<> e = take_error();
  PyObject* message = e ? reinterpret_cast<PySyntaxErrorObject*>(e.get())->msg : nullptr;
  if (message && PyUnicode_Check(message) && str_equal(message, "incomplete input")) return true;
  (void)raise_instance(std::move(e));
  return false;
}

/// Is the pending exception about the backslash that ends the line? Then it is dropped: the statement goes on.
bool is_continued() {
  if (!pending_matches(PyExc_SyntaxError)) return false;
  Ref<> e = take_error();
  PyObject* message = e ? reinterpret_cast<PySyntaxErrorObject*>(e.get())->msg : nullptr;
  if (message && PyUnicode_Check(message) &&
      (str_equal(message, "unexpected EOF while parsing") ||
       str_equal(message, "unexpected character after line continuation character")))
    return true;
  (void)raise_instance(std::move(e));
  return false;
}

/// Reads one statement. Empty: an error is pending, or (without exception) the input ended, or
/// there was nothing.
Ref<> read_statement(int& future_flags, bool& at_end) {
  BytesBuilder source;
  PyObject* prompt_name = "ps1"_name;
  for (;;) {
    Line line = read_line(source, prompt_name);
    prompt_name = "ps2"_name;
    if (line == Line::interrupted) {
      write_stderr("\nKeyboardInterrupt\n");
      return {};
    }
    SourceOptions options;
    options.flags = future_flags | PyCF_IGNORE_COOKIE;
    if (line == Line::end) {
      write_stderr("\n");
      at_end = !source.size();
      if (is_empty(source.view())) return {};
    } else {
      if (is_empty(source.view())) return {};
      options.flags |= PyCF_DONT_IMPLY_DEDENT | PyCF_ALLOW_INCOMPLETE_INPUT;
    }
    // Without the last newline: then a block counts as complete only after an empty line.
    std::string_view text = source.view();
    if (line == Line::text && text.ends_with('\n')) text.remove_suffix(1);
    if (line == Line::unfinished) continue;
    Ref<> code = compile_source(text, "<stdin>"_name, SourceKind::single, options);
    if (code) {
      future_flags |= reinterpret_cast<Code*>(code.get())->co_flags & PyCF_MASK;
      return code;
    }
    if (line == Line::end || !(needs_more() || (text.ends_with('\\') && is_continued()))) return {};
    // A line that cannot be continued ("1 +") shows its error with the newline in place.
    if (!compile_source(source.view(), "<stdin>"_name, SourceKind::single, options) && !needs_more()) return {};
  }
}

Status set_prompts() {
  if (!sys_get("ps1"_name)) TRY(sys_set("ps1"_name, ">>> "_name));
  if (!sys_get("ps2"_name)) TRY(sys_set("ps2"_name, "... "_name));
  return {};
}

void run_startup_hook() {
  // The library's line editing, where the distribution has it.
  if (!config.isolated && isatty(0) && !import_module("readline")) clear_error();
  PyObject* hook = sys_get("__interactivehook__"_name);
  if (!hook || config.isolated || !stdin_is_interactive()) return;
  Ref<> kept = share(hook);
  if (!call(hook)) {
    write_stderr("Failed calling sys.__interactivehook__\n");
    report_uncaught();
  }
}

}  // namespace

void print_banner() {
  if (config.quiet) return;
  PyObject* version = sys_get("version"_name);
  TextBuffer text;
  format(text, "Python {} on linux\n", version ? as_str(version) : as_str(empty_str()));
  if (!config.no_site) text.append("Type \"help\", \"copyright\", \"credits\" or \"license\" for more information.\n");
  write_stderr(text.view());
}

int run_prompt() {
  if (!set_prompts()) return report_uncaught();
  run_startup_hook();
  auto main = add_module("__main__");
  if (!main) return report_uncaught();
  Ref<> kept = share(*main);
  PyObject* dict = module_dict(*main);
  int future_flags = 0, status = 0;
  for (bool at_end = false; !at_end;) {
    Ref<> code = read_statement(future_flags, at_end);
    if (!code && !pending_error()) continue;
    status = 0;
    if (code && eval_code(*reinterpret_cast<Code*>(code.get()), dict)) {
      flush_quietly();
      continue;
    }
    flush_quietly();
    if (pending_matches(PyExc_SystemExit)) return exit_status_of_system_exit();
    report_uncaught();
  }
  flush_quietly();
  return status;
}

}  // namespace taipan
