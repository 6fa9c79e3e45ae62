// Module _tokenize: the lexer's tokens as tuples.
#include <cstdlib>

#include "base/vector.h"
#include "compiler/compile.h"
#include "modules/module.h"
#include "modules/modules.h"
#include "modules/parse_arguments.h"
#include "object/gc.h"
#include "object/hooks.h"
#include "object/int.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "syntax/lexer.h"
#include "types/codecs.h"

namespace taipan {
namespace {

using syntax::Lexer;
using syntax::Tok;
using syntax::Token;

/// Warnings go to the program at once.
struct GiveWarning final : syntax::WarningPort {
  bool give(const syntax::PendingWarning& w) override {
    Ref<> name = new_str("<string>"), text = new_str(w.message);
    PyObject* category = w.syntax_warning ? PyExc_SyntaxWarning : PyExc_DeprecationWarning;
    return name && text && hooks.warn_explicit(category, text.get(), name.get(), w.line);
  }
};

/// What one iteration needs; made behind the object because the lexer cannot be moved.
struct Tokens {
  Vector<char> text;  // lines end '\n', a zero behind
  Arena arena;
  syntax::NameTable names{arena};
  GiveWarning warnings;
  Lexer lexer;
  explicit Tokens(Vector<char>&& source)
      : text(std::move(source)), lexer({text.data(), text.size() - 1}, {}, names, &warnings) {}
};
struct TokenizerIter {
  PyObject_HEAD
  Tokens* tokens;
};

/// The number that module token gives a kind.
int number_of(Tok kind) {
  switch (kind) {
    case Tok::Name: return 1;
    case Tok::Number: return 2;
    case Tok::String: return 3;
    case Tok::Newline: return 4;
    case Tok::Indent: return 5;
    case Tok::Dedent: return 6;
    default: break;
  }
  static constexpr std::string_view kOperators[] = {  // from 7 on
      "(",  ")",  "[",  "]",  ":",  ",",  ";",  "+",  "-",  "*",  "/",  "|",   "&",   "<",   ">",  "=",
      ".",  "%",  "{",  "}",  "==", "!=", "<=", ">=", "~",  "^",  "<<", ">>",  "**",  "+=",  "-=", "*=",
      "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "**=", "//", "//=", "@", "@=", "->", "...", ":="};
  std::string_view text = syntax::spelling(kind);
  if (text.empty()) return 54;  // OP: any other character
  if (text == "await") return 55;
  if (text == "async") return 56;
  for (size_t i = 0; i < std::size(kOperators); i++)
    if (kOperators[i] == text) return static_cast<int>(i) + 7;
  return 1;  // keywords are names
}

constexpr char kNewText[] = "tokenizeriter(source)\n--\n\n";
PyObject* new_slot(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  FlatArguments flat(args, kwargs);
  if (!flat.ok()) return nullptr;
  PyObject* source;
  if (!take_named_arguments<kNewText>(arguments_of(flat), source)) return nullptr;
  auto made = [&]() -> Ref<TokenizerIter> {
    if (!PyUnicode_Check(source))
      return raise(PyExc_TypeError, "tokenizeriter() argument 'source' must be str, not {}", clip(type_name(source), 50));
    std::string_view given = TRY(to_utf8(source));
    if (given.find('\0') != given.npos) return raise(PyExc_ValueError, "embedded null character");
    Vector<char> text;
    if (!text.reserve(given.size() + 2)) return raise_no_memory();
    bool ok = true;
    for (size_t i = 0; i < given.size(); i++) {
      char c = given[i];
      if (c == '\r') {
        c = '\n';
        if (i + 1 < given.size() && given[i + 1] == '\n') i++;
      }
      ok = ok && text.append(c);
    }
    if (ok && !text.empty() && text.back() != '\n') ok = text.append('\n');
    if (!ok || !text.append('\0')) return raise_no_memory();
    Ref<TokenizerIter> it = TRY(adopt(reinterpret_cast<TokenizerIter*>(type->tp_alloc(type, 0))));
    it->tokens = new (std::nothrow) Tokens(std::move(text));
    if (!it->tokens) return raise_no_memory();
    return it;
  }();
  return object(made.release());
}
void dealloc(PyObject* o) {
  delete reinterpret_cast<TokenizerIter*>(o)->tokens;
  Py_TYPE(o)->tp_free(o);
}

Result<Ref<>> next_token(TokenizerIter& it) {
  if (!it.tokens) return Ref<>();
  Lexer& lexer = it.tokens->lexer;
  Token t = lexer.next();
  if (pending_error()) return Raised{};  // a warning became one
  if (t.kind == Tok::Error && lexer.stop == Lexer::Stop::kError && lexer.error) {
    Ref<> name = TRY(new_str("<string>"));
    return raise_diagnostic(*lexer.error, name.get());
  }
  if (t.kind == Tok::Error || t.kind == Tok::EndMarker || t.kind == Tok::NeedMore) {
    Ref<> end = TRY(new_str("EOF"));
    return raise_stop_iteration(end.get());
  }
  bool has_text = t.end > t.start && t.kind != Tok::Indent && t.kind != Tok::Dedent;
  std::string_view text = has_text ? std::string_view(lexer.source + t.start, t.end - t.start) : std::string_view();
  Ref<> string = TRY(new_str(text));
  Ref<> line = TRY(decode_utf8_text({lexer.buffer, static_cast<size_t>(lexer.line_end() - lexer.buffer)}, "replace"));
  Ref<> numbers[5];
  const int values[] = {number_of(t.kind), t.range.line, t.range.end_line, t.range.column, t.range.end_column};
  for (int i = 0; i < 5; i++) numbers[i] = TRY(new_int(values[i]));
  return Result<Ref<>>(TRY(tuple_of({string.get(), numbers[0].get(), numbers[1].get(), numbers[2].get(), numbers[3].get(),
                                     numbers[4].get(), line.get()})));
}

constinit PyTypeObject tokenizer_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_tokenize.TokenizerIter",
    .tp_basicsize = sizeof(TokenizerIter),
    .tp_dealloc = dealloc,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_iter = slot<share<PyObject>>,
    .tp_iternext = slot<next_token>,
    .tp_alloc = generic_alloc,
    .tp_new = new_slot,
    .tp_free = generic_free,
};

Status fill(PyObject* module) { return add_type(module, &tokenizer_type); }

}  // namespace
}  // namespace taipan

PyObject* init_tokenize() {
  // Without documentation, as everything private.
  static PyModuleDef_Slot slots[] = {{Py_mod_exec, reinterpret_cast<void*>(taipan::module_exec<taipan::fill>)}, {}};
  static PyModuleDef def = {PyModuleDef_HEAD_INIT, "_tokenize", nullptr, 0, nullptr, slots};
  return taipan::init_module_def(&def);
}
