// From source or tree to code: the passes in their order, and the parser's diagnostics as exceptions.
#include "compiler/compile.h"

#include "compiler/codegen.h"
#include "compiler/fold.h"
#include "object/hooks.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/thread.h"
#include "object/tuple.h"
#include "syntax/parser.h"
#include "syntax/source.h"
#include "types/codecs.h"

namespace taipan {

using namespace compiler;

Ref<Code> compile_tree(syntax::Mod* tree, Arena& arena, PyObject* filename, const CompileOptions& options) {
  int optimize = options.optimize < 0 ? interpreter().optimization : options.optimize;
  Context context(arena, filename, optimize);
  context.features = unsigned(options.flags) & PyCF_MASK;
  TRY(find_features(context, tree));
  TRY(fold(context, tree));
  SymbolTable table;
  TRY(table.build(context, tree));
  return Compiler(context, table, options.flags).compile(tree);
}

namespace {

PyObject* type_of(syntax::Diagnostic::Type type) {
  using D = syntax::Diagnostic;
  switch (type) {
    case D::kSyntaxError: return PyExc_SyntaxError;
    case D::kIndentationError: return PyExc_IndentationError;
    case D::kTabError: return PyExc_TabError;
    case D::kMemoryError: return PyExc_MemoryError;
    case D::kRecursionError: return PyExc_RecursionError;
    case D::kValueError: return PyExc_ValueError;
    case D::kUnicodeError: return PyExc_UnicodeError;
  }
  return PyExc_SyntaxError;
}

}  // namespace

Raised raise_diagnostic(const syntax::Diagnostic& d, PyObject* filename) {
  PyObject* type = type_of(d.type);
  if (d.type == syntax::Diagnostic::kMemoryError) return raise_no_memory();
  Ref<> message = new_str_with_surrogates(d.message);
  if (!message) return {};
  if (!d.place) return raise_value(type, message.get());
  Ref<> text = d.text.data() ? new_str_with_surrogates(d.text) : none();
  auto number = [](int n) { return n == syntax::Diagnostic::kAbsent ? none() : new_int(n); };
  Ref<> line = number(d.line), column = number(d.column);
  Ref<> end_line = number(d.end_line), end_column = number(d.end_column);
  if (!text || !line || !column || !end_line || !end_column) return {};
  bool has_end = d.end_line != syntax::Diagnostic::kAbsent;
  Ref<> place = has_end ? tuple_of({filename, line.get(), column.get(), text.get(), end_line.get(), end_column.get()})
                        : tuple_of({filename, line.get(), column.get(), text.get()});
  if (!place) return {};
  Ref<> arguments = tuple_of({message.get(), place.get()});
  if (!arguments) return {};
  return raise_value(type, arguments.get());
}

namespace {

syntax::Mode mode_of(SourceMode mode) {
  switch (mode) {
    case SourceMode::kExec: return syntax::Mode::kFile;
    case SourceMode::kEval: return syntax::Mode::kEval;
    case SourceMode::kSingle: return syntax::Mode::kSingle;
    case SourceMode::kFunctionType: return syntax::Mode::kFunctionType;
  }
  return syntax::Mode::kFile;
}

syntax::WarningAction show_warning(void* filename, const syntax::Warning& warning) {
  if (!hooks.warn_explicit) return syntax::WarningAction::kContinue;
  Ref<> text = new_str(warning.message);
  if (!text) return syntax::WarningAction::kAbort;
  PyObject* category = warning.category == syntax::Warning::kSyntaxWarning ? PyExc_SyntaxWarning
                                                                           : PyExc_DeprecationWarning;
  if (hooks.warn_explicit(category, text.get(), static_cast<PyObject*>(filename), warning.line)) {
    return syntax::WarningAction::kContinue;
  }
  return clear_error_if(category) ? syntax::WarningAction::kMakeError
                                                  : syntax::WarningAction::kAbort;
}

/// Codecs that the parser does not know. What they raise becomes the SyntaxError's message, as far as it is about
/// the text.
std::string_view decode_by_codec(void*, std::string_view encoding, std::string_view bytes, Arena& arena,
                                 std::string_view& problem) {
  std::string_view name = arena.copy(encoding);  // with a zero behind it
  Ref<> text = decode_text(bytes, name.data(), nullptr);
  if (text) {
    auto utf8 = to_utf8(text.get());
    if (utf8) return arena.copy(*utf8);
  }
  if (!pending_matches(PyExc_LookupError) && !pending_matches(PyExc_SyntaxError) &&
      !pending_matches(PyExc_UnicodeDecodeError)) {
    return {};
  }
  Ref<> error = take_error();
  Ref<> message = to_str(error.get());
  if (message) problem = arena.copy(utf8_or_question(message.get()));
  return {};
}

}  // namespace

syntax::Mod* parse_source(std::string_view source, bool bytes, SourceMode mode, Arena& arena, PyObject* filename,
                          const CompileOptions& options) {
  syntax::ParseOptions p;
  p.mode = mode_of(mode);
  p.type_comments = options.flags & PyCF_TYPE_COMMENTS;
  p.barry_as_FLUFL = options.flags & CO_FUTURE_BARRY_AS_BDFL;
  p.dont_imply_dedent = options.flags & PyCF_DONT_IMPLY_DEDENT;
  p.allow_incomplete_input = options.flags & PyCF_ALLOW_INCOMPLETE_INPUT;
  p.feature_version = options.feature_version;
  p.max_int_digits = interpreter().int_max_str_digits;
  p.warn = show_warning;
  p.warn_context = filename;
  if (bytes && !(options.flags & PyCF_IGNORE_COOKIE)) {
    std::string_view file_name = options.from_file ? utf8_or_question(filename) : std::string_view();
    bool whole_lines = mode != SourceMode::kExec;   // nothing adds the newline that the last line may lack
    syntax::Source decoded = syntax::decode_source(source, {decode_by_codec}, arena, file_name, whole_lines);
    if (decoded.error) return raise_diagnostic(*decoded.error, filename);
    if (decoded.aborted) return nullptr;
    source = decoded.text;
    p.columns_in_bytes = decoded.columns_in_bytes;
  }
  syntax::ParseResult result = syntax::parse(source, p, arena);
  if (result.tree) return result.tree;
  if (result.error) return raise_diagnostic(*result.error, filename);
  return nullptr;
}

Ref<Code> compile_source(std::string_view source, bool bytes, SourceMode mode, PyObject* filename,
                         const CompileOptions& options) {
  Arena arena;
  syntax::Mod* tree = parse_source(source, bytes, mode, arena, filename, options);
  if (!tree) return Raised{};
  return compile_tree(tree, arena, filename, options);
}

}  // namespace taipan
