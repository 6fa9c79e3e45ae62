// Reading JSON: one class per width of the text's characters, so that the inner loops read an array.
#include <cmath>

#include "base/float_text.h"
#include "modules/fields.h"
#include "modules/json/json.h"
#include "modules/parse_arguments.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/gc.h"
#include "object/hooks.h"
#include "object/int.h"
#include "object/list.h"
#include "object/str.h"
#include "object/thread.h"
#include "object/type.h"
#include "types/float.h"

namespace taipan::json {

Raised raise_decode_error(const char* message, PyObject* text, Py_ssize_t at) {
  Ref<> module = hooks.import_module("json.decoder");
  Ref<> error = module ? get_attr(module.get(), "JSONDecodeError"_name) : Ref<>();
  Ref<> words = error ? new_str(message) : Ref<>(), position = words ? new_int(at) : Ref<>();
  Ref<> made = position ? call(error.get(), words.get(), text, position.get()) : Ref<>();
  if (made) raise_value(error.get(), made.get());
  return {};
}

namespace {

struct Scanner {
  PyObject_HEAD
  char strict;
  PyObject *object_hook, *pairs_hook, *parse_float, *parse_int, *parse_constant;
  template <class F>
  void each(F&& f) {
    f(object_hook), f(pairs_hook), f(parse_float), f(parse_int), f(parse_constant);
  }
};

/// "There is no value here", which module json turns into its own error.
Raised raise_no_value(Py_ssize_t at) {
  Ref<> position = new_int(at);
  if (!position) return {};
  return raise_stop_iteration(position.get());
}

template <class Unit>
int hex_digit(Unit c) {
  if (c >= '0' && c <= '9') return static_cast<int>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<int>(c - 'a') + 10;
  if (c >= 'A' && c <= 'F') return static_cast<int>(c - 'A') + 10;
  return -1;
}

template <class Unit>
class Reader {
 public:
  Reader(PyObject* text, const Unit* units, Py_ssize_t n) : text_(text), units_(units), size_(n) {}

  Ref<> string(Py_ssize_t start, bool strict, Py_ssize_t* next);
  Ref<> value(Scanner& s, Py_ssize_t at, Py_ssize_t* next);

 private:
  Ref<> object(Scanner& s, Py_ssize_t at, Py_ssize_t* next);
  Ref<> array(Scanner& s, Py_ssize_t at, Py_ssize_t* next);
  Ref<> number(Scanner& s, Py_ssize_t start, Py_ssize_t* next);
  Ref<> constant(Scanner& s, std::string_view name, Py_ssize_t at, Py_ssize_t* next);
  Result<Py_UCS4> escape(Py_ssize_t* at);
  Result<Py_UCS4> four_digits(Py_ssize_t start, Py_ssize_t reported);

  bool is(Py_ssize_t at, char c) const { return at < size_ && units_[at] == static_cast<Unit>(c); }
  bool is_digit(Py_ssize_t at) const { return at < size_ && units_[at] >= '0' && units_[at] <= '9'; }
  Py_ssize_t skip_blanks(Py_ssize_t at) const {
    while (at < size_ && (units_[at] == ' ' || units_[at] == '\n' || units_[at] == '\t' || units_[at] == '\r')) at++;
    return at;
  }
  bool has_word(Py_ssize_t at, std::string_view word) const {
    if (size_ - at < static_cast<Py_ssize_t>(word.size())) return false;
    for (size_t i = 0; i < word.size(); i++)
      if (units_[at + static_cast<Py_ssize_t>(i)] != static_cast<Unit>(word[i])) return false;
    return true;
  }
  Ref<> piece(Py_ssize_t low, Py_ssize_t high) const {
    if constexpr (sizeof(Unit) == 1)
      return new_str_latin1({reinterpret_cast<const char*>(units_ + low), static_cast<size_t>(high - low)});
    else return new_str_from_kind(sizeof(Unit), units_ + low, high - low);
  }
  Raised raise_at(const char* message, Py_ssize_t at) const { return raise_decode_error(message, text_, at); }

  PyObject* text_;
  const Unit* units_;
  Py_ssize_t size_;
  Ref<Dict> names_;  // keys seen so far: equal ones are one object
};

// -- strings --------------------------------------------------------------------------------

template <class Unit>
Result<Py_UCS4> Reader<Unit>::four_digits(Py_ssize_t start, Py_ssize_t reported) {
  Py_UCS4 c = 0;
  for (Py_ssize_t i = start; i < start + 4; i++) {
    int digit = hex_digit(units_[i]);
    if (digit < 0) return raise_at("Invalid \\uXXXX escape", reported);
    c = c << 4 | static_cast<Py_UCS4>(digit);
  }
  return c;
}

/// The character of the escape whose letter is at `*at`, which moves behind it.
template <class Unit>
Result<Py_UCS4> Reader<Unit>::escape(Py_ssize_t* at) {
  Py_ssize_t i = *at;
  Unit letter = units_[i];
  if (letter != 'u') {
    *at = i + 1;
    switch (letter) {
      case '"': return Py_UCS4{'"'};
      case '\\': return Py_UCS4{'\\'};
      case '/': return Py_UCS4{'/'};
      case 'b': return Py_UCS4{'\b'};
      case 'f': return Py_UCS4{'\f'};
      case 'n': return Py_UCS4{'\n'};
      case 'r': return Py_UCS4{'\r'};
      case 't': return Py_UCS4{'\t'};
    }
    return raise_at("Invalid \\escape", i - 1);
  }
  Py_ssize_t end = i + 5;
  if (end >= size_) return raise_at("Invalid \\uXXXX escape", i);
  Py_UCS4 c = TRY(four_digits(i + 1, i));
  if (Py_UNICODE_IS_HIGH_SURROGATE(c) && end + 6 < size_ && units_[end] == '\\' && units_[end + 1] == 'u') {
    Py_UCS4 low = TRY(four_digits(end + 2, end + 1));
    if (Py_UNICODE_IS_LOW_SURROGATE(low)) {
      c = Py_UNICODE_JOIN_SURROGATES(c, low);
      end += 6;
    }
  }
  *at = end;
  return c;
}

template <class Unit>
Ref<> Reader<Unit>::string(Py_ssize_t start, bool strict, Py_ssize_t* next) {
  Py_ssize_t from = start;
  StrBuilder built;
  for (;;) {
    Py_ssize_t i = from;
    for (; i < size_; i++) {
      Unit c = units_[i];
      if (c == '"' || c == '\\') break;
      if (c <= 0x1f && strict) return raise_at("Invalid control character at", i);
    }
    if (i >= size_) return raise_at("Unterminated string starting at", start - 1);
    if (units_[i] == '"') {
      *next = i + 1;
      if (from == start) return piece(start, i);  // without escapes
      if (!built.add(text_, from, i)) return raise_no_memory();
      return built.finish();
    }
    if (!built.add(text_, from, i)) return raise_no_memory();
    if (++i == size_) return raise_at("Unterminated string starting at", start - 1);
    Py_UCS4 c = TRY(escape(&i));
    if (!built.add(c)) return raise_no_memory();
    from = i;
  }
}

// -- values ---------------------------------------------------------------------------------

template <class Unit>
Ref<> Reader<Unit>::object(Scanner& s, Py_ssize_t at, Py_ssize_t* next) {
  bool pairs = s.pairs_hook != Py_None;
  Ref<> result = TRY(pairs ? Ref<>(new_list()) : Ref<>(new_dict()));
  at = skip_blanks(at);
  if (!is(at, '}')) {
    for (;;) {
      if (!is(at, '"')) return raise_at("Expecting property name enclosed in double quotes", at);
      Ref<> key = TRY(string(at + 1, s.strict != 0, &at));
      if (!names_) names_ = TRY(new_dict());
      key = share(TRY(dict_set_default(taipan::object(names_.get()), key.get(), key.get())));
      at = skip_blanks(at);
      if (!is(at, ':')) return raise_at("Expecting ':' delimiter", at);
      Ref<> item = TRY(value(s, skip_blanks(at + 1), &at));
      if (pairs) {
        Ref<> pair = TRY(tuple_of({key.get(), item.get()}));
        TRY(list_append(result.get(), pair.get()));
      } else {
        TRY(dict_set(result.get(), key.get(), item.get()));
      }
      at = skip_blanks(at);
      if (is(at, '}')) break;
      if (!is(at, ',')) return raise_at("Expecting ',' delimiter", at);
      at = skip_blanks(at + 1);
    }
  }
  *next = at + 1;
  if (pairs) return call(s.pairs_hook, result.get());
  if (s.object_hook != Py_None) return call(s.object_hook, result.get());
  return result;
}

template <class Unit>
Ref<> Reader<Unit>::array(Scanner& s, Py_ssize_t at, Py_ssize_t* next) {
  Ref<List> list = TRY(new_list());
  at = skip_blanks(at);
  if (!is(at, ']')) {
    for (;;) {
      Ref<> item = TRY(value(s, at, &at));
      TRY(list_append(taipan::object(list.get()), item.get()));
      at = skip_blanks(at);
      if (is(at, ']')) break;
      if (!is(at, ',')) return raise_at("Expecting ',' delimiter", at);
      at = skip_blanks(at + 1);
    }
  }
  *next = at + 1;
  return list;
}

template <class Unit>
Ref<> Reader<Unit>::number(Scanner& s, Py_ssize_t start, Py_ssize_t* next) {
  Py_ssize_t i = start;
  bool negative = is(i, '-'), is_float = false;
  if (negative) i++;
  if (is(i, '0')) {
    i++;
  } else {
    if (!is_digit(i)) return raise_no_value(start);
    while (is_digit(i)) i++;
  }
  if (is(i, '.') && is_digit(i + 1)) {
    is_float = true;
    i += 2;
    while (is_digit(i)) i++;
  }
  if (is(i, 'e') || is(i, 'E')) {
    Py_ssize_t e = i + 1;
    if (is(e, '-') || is(e, '+')) e++;
    if (is_digit(e)) {
      is_float = true;
      while (is_digit(e)) e++;
      i = e;
    }
  }
  *next = i;
  PyObject* parse = is_float ? s.parse_float : s.parse_int;
  if (parse != taipan::object(is_float ? &PyFloat_Type : &PyLong_Type)) {
    Ref<> text = TRY(piece(start, i));
    return call(parse, text.get());
  }
  if (!is_float && i - start <= 18) {
    int64_t value = 0;
    for (Py_ssize_t k = start + negative; k < i; k++) value = value * 10 + static_cast<int64_t>(units_[k] - '0');
    return new_int(negative ? -value : value);
  }
  if constexpr (sizeof(Unit) == 1) {
    if (is_float)
      return new_float(
          taipan::parse_float({reinterpret_cast<const char*>(units_ + start), static_cast<size_t>(i - start)}).value);
  }
  TextBuffer digits;
  for (Py_ssize_t k = start; k < i; k++) digits.append(static_cast<char>(units_[k]));
  if (!digits.ok()) return raise_no_memory();
  if (is_float) return new_float(taipan::parse_float(digits.view()).value);
  return int_from_text(digits.view(), 10);
}

template <class Unit>
Ref<> Reader<Unit>::constant(Scanner& s, std::string_view name, Py_ssize_t at, Py_ssize_t* next) {
  *next = at + static_cast<Py_ssize_t>(name.size());
  Ref<> text = TRY(new_interned(name));
  return call(s.parse_constant, text.get());
}

template <class Unit>
Ref<> Reader<Unit>::value(Scanner& s, Py_ssize_t at, Py_ssize_t* next) {
  if (at < 0) return raise(PyExc_ValueError, "idx cannot be negative");
  if (at >= size_) return raise_no_value(at);
  switch (units_[at]) {
    case '"': return string(at + 1, s.strict != 0, next);
    case '{': {
      RecursionGuard guard(" while decoding a JSON object from a unicode string");
      if (!guard) return {};
      return object(s, at + 1, next);
    }
    case '[': {
      RecursionGuard guard(" while decoding a JSON array from a unicode string");
      if (!guard) return {};
      return array(s, at + 1, next);
    }
    case 'n':
      if (!has_word(at, "null")) break;
      *next = at + 4;
      return none();
    case 't':
      if (!has_word(at, "true")) break;
      *next = at + 4;
      return boolean(true);
    case 'f':
      if (!has_word(at, "false")) break;
      *next = at + 5;
      return boolean(false);
    case 'N':
      if (has_word(at, "NaN")) return constant(s, "NaN", at, next);
      break;
    case 'I':
      if (has_word(at, "Infinity")) return constant(s, "Infinity", at, next);
      break;
    case '-':
      if (has_word(at, "-Infinity")) return constant(s, "-Infinity", at, next);
      break;
  }
  return number(s, at, next);
}

// -- the type -------------------------------------------------------------------------------

constexpr char make_scanner_doc[] = "make_scanner(context)\n--\n\nJSON scanner object";
Ref<> make(PyTypeObject* type, PyObject* context) {
  Ref<Scanner> s = TRY(adopt(reinterpret_cast<Scanner*>(type->tp_alloc(type, 0))));
  Ref<> strict = TRY(get_attr(context, "strict"_name));
  s->strict = TRY(is_true(strict.get()));
  s->object_hook = TRY(get_attr(context, "object_hook"_name)).release();
  s->pairs_hook = TRY(get_attr(context, "object_pairs_hook"_name)).release();
  s->parse_float = TRY(get_attr(context, "parse_float"_name)).release();
  s->parse_int = TRY(get_attr(context, "parse_int"_name)).release();
  s->parse_constant = TRY(get_attr(context, "parse_constant"_name)).release();
  return s;
}

constexpr char kCallText[] = "scan_once(string, idx)\n--\n\n";
Ref<> scan(Scanner& s, Arguments a) {
  PyObject* text;
  Py_ssize_t at, next = 0;
  TRY(take_named_arguments<kCallText>(a, text, at));
  if (!PyUnicode_Check(text))
    return raise(PyExc_TypeError, "first argument must be a string, not {}", clip(type_name(text), 80));
  Ref<> value = TRY(with_units(text, [&]<class Unit>(const Unit* units, size_t n) {
    return Reader<Unit>(text, units, static_cast<Py_ssize_t>(n)).value(s, at, &next);
  }));
  Ref<> end = TRY(new_int(next));
  return tuple_of({value.get(), end.get()});
}
PyObject* call_slot(PyObject* o, PyObject* args, PyObject* kwargs) {
  FlatArguments flat(args, kwargs);
  if (!flat.ok()) return nullptr;
  return scan(*reinterpret_cast<Scanner*>(o), arguments_of(flat)).release();
}

constinit PyMemberDef members[] = {
    {"strict", T_BOOL, offsetof(Scanner, strict), READONLY, "Are control characters refused inside strings?"},
    {"object_hook", T_OBJECT, offsetof(Scanner, object_hook), READONLY, "Gets each dict."},
    {"object_pairs_hook", T_OBJECT, offsetof(Scanner, pairs_hook), READONLY},
    {"parse_float", T_OBJECT, offsetof(Scanner, parse_float), READONLY, "Makes numbers with a point or exponent."},
    {"parse_int", T_OBJECT, offsetof(Scanner, parse_int), READONLY, "Makes whole numbers."},
    {"parse_constant", T_OBJECT, offsetof(Scanner, parse_constant), READONLY, "Makes NaN and the infinities."},
    {},
};

}  // namespace

Ref<> scan_string(PyObject* text, Py_ssize_t end, bool strict, Py_ssize_t* next) {
  if (end < 0 || end > str_length(text)) return raise(PyExc_ValueError, "end is out of bounds");
  return with_units(text, [&]<class Unit>(const Unit* units, size_t n) {
    return Reader<Unit>(text, units, static_cast<Py_ssize_t>(n)).string(end, strict, next);
  });
}

constinit PyTypeObject scanner_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_json.Scanner",
    .tp_basicsize = sizeof(Scanner),
    .tp_dealloc = Fields<Scanner>::dealloc,
    .tp_call = call_slot,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "JSON scanner object",
    .tp_traverse = Fields<Scanner>::traverse,
    .tp_clear = Fields<Scanner>::clear,
    .tp_members = members,
    .tp_alloc = generic_alloc,
    .tp_new = constructor<make_scanner_doc, make>::tp_new,
    .tp_free = gc_free,
};

}  // namespace taipan::json
