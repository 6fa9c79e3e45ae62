// Writing JSON: string literals, and whole values as long as no indentation is wanted.
#include <cmath>

#include "base/float_text.h"
#include "modules/fields.h"
#include "modules/json/json.h"
#include "modules/parse_arguments.h"
#include "object/call.h"
#include "object/cfunction.h"
#include "object/dict.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/list.h"
#include "object/str.h"
#include "object/thread.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/float.h"
#include "types/rows.h"

namespace taipan::json {
namespace {

// -- string literals ------------------------------------------------------------------------

/// Must this character be escaped?
template <bool ascii>
bool is_special(Py_UCS4 c) {
  if (c < ' ' || c == '"' || c == '\\') return true;
  return ascii && c > '~';
}

bool add_escape(StrBuilder& out, Py_UCS4 c) {
  static constexpr char kHex[] = "0123456789abcdef";
  auto unit = [&](Py_UCS4 u) {
    char text[6] = {'\\', 'u', kHex[u >> 12 & 15], kHex[u >> 8 & 15], kHex[u >> 4 & 15], kHex[u & 15]};
    return out.add(std::string_view(text, 6));
  };
  switch (c) {
    case '"': return out.add(std::string_view("\\\""));
    case '\\': return out.add(std::string_view("\\\\"));
    case '\b': return out.add(std::string_view("\\b"));
    case '\f': return out.add(std::string_view("\\f"));
    case '\n': return out.add(std::string_view("\\n"));
    case '\r': return out.add(std::string_view("\\r"));
    case '\t': return out.add(std::string_view("\\t"));
  }
  if (c < 0x10000) return unit(c);
  return unit(Py_UNICODE_HIGH_SURROGATE(c)) && unit(Py_UNICODE_LOW_SURROGATE(c));
}

template <bool ascii>
bool add_quoted(StrBuilder& out, PyObject* text) {
  if (!out.add(Py_UCS4{'"'})) return false;
  bool ok = with_units(text, [&]<class Unit>(const Unit* units, size_t n) {
    size_t from = 0;
    for (size_t i = 0; i < n; i++) {
      if (!is_special<ascii>(units[i])) continue;
      if (i > from && !out.add(text, static_cast<Py_ssize_t>(from), static_cast<Py_ssize_t>(i))) return false;
      if (!add_escape(out, units[i])) return false;
      from = i + 1;
    }
    if (from == 0) return out.add(text);
    return from == n || out.add(text, static_cast<Py_ssize_t>(from), static_cast<Py_ssize_t>(n));
  });
  return ok && out.add(Py_UCS4{'"'});
}

template <bool ascii>
Ref<> quote(PyObject*, PyObject* text) {
  if (!PyUnicode_Check(text))
    return raise(PyExc_TypeError, "first argument must be a string, not {}", clip(type_name(text), 80));
  StrBuilder out;
  if (!add_quoted<ascii>(out, text)) return raise_no_memory();
  return out.finish();
}

// -- the encoder ----------------------------------------------------------------------------

enum class Quoting : uint8_t { by_call, ascii, unicode };

struct Encoder {
  PyObject_HEAD
  PyObject *markers, *fallback, *encoder, *indent, *key_separator, *item_separator;
  char sort_keys, skip_keys;
  bool allow_nan;
  Quoting quoting;  // what `encoder` does, if it is one of ours
  template <class F>
  void each(F&& f) {
    f(markers), f(fallback), f(encoder), f(indent), f(key_separator), f(item_separator);
  }
};

/// One value being written.
class Writer {
 public:
  explicit Writer(Encoder& e) : e_(e) {}
  Status value(PyObject* o);
  Ref<> finish() { return out_.finish(); }

 private:
  Status add(std::string_view ascii) { return out_.add(ascii) ? Status() : Status(raise_no_memory()); }
  Status add(PyObject* text) { return out_.add(text) ? Status() : Status(raise_no_memory()); }
  Status string(PyObject* text);
  Status real(PyObject* o);
  Status integer(PyObject* o);
  Status list(PyObject* o);
  Status dict(PyObject* o);
  Status member(PyObject* key, PyObject* value, bool& first);
  Status other(PyObject* o);
  /// Notes that `o` is being written; the result is empty if circles are not looked for.
  Result<Ref<>> enter(PyObject* o);
  Status leave(Ref<> mark);

  Encoder& e_;
  StrBuilder out_;
};

Result<Ref<>> Writer::enter(PyObject* o) {
  if (e_.markers == Py_None) return Ref<>();
  Ref<> mark = TRY(new_int_unsigned(reinterpret_cast<uintptr_t>(o)));
  if (TRY(dict_contains(e_.markers, mark.get()))) return raise(PyExc_ValueError, "Circular reference detected");
  TRY(dict_set(e_.markers, mark.get(), o));
  return mark;
}
Status Writer::leave(Ref<> mark) {
  if (!mark) return {};
  if (TRY(dict_remove(e_.markers, mark.get()))) return {};
  return raise_key_error(mark.get());
}

Status Writer::string(PyObject* text) {
  if (e_.quoting != Quoting::by_call) {
    bool ok = e_.quoting == Quoting::ascii ? add_quoted<true>(out_, text) : add_quoted<false>(out_, text);
    return ok ? Status() : Status(raise_no_memory());
  }
  Ref<> quoted = TRY(call(e_.encoder, text));
  if (!PyUnicode_Check(quoted.get()))
    return raise(PyExc_TypeError, "encoder() must return a string, not {}", clip(type_name(quoted.get()), 80));
  return add(quoted.get());
}

Status Writer::real(PyObject* o) {
  double v = float_value(o);
  if (!std::isfinite(v)) {
    if (!e_.allow_nan) return raise(PyExc_ValueError, "Out of range float values are not JSON compliant");
    return add(std::isnan(v) ? "NaN" : v > 0 ? "Infinity" : "-Infinity");
  }
  TextBuffer text;
  if (!append_repr(text, v)) return raise_no_memory();
  return add(text.view());
}

Status Writer::integer(PyObject* o) {
  if (is_single_digit(o)) {
    char text[16];
    char* end = text + sizeof text;
    char* at = end;
    int64_t v = single_digit_value(o);
    uint64_t rest = static_cast<uint64_t>(v < 0 ? -v : v);
    do *--at = static_cast<char>('0' + rest % 10);
    while (rest /= 10);
    if (v < 0) *--at = '-';
    return add(std::string_view(at, static_cast<size_t>(end - at)));
  }
  Ref<> text = TRY(int_to_text(o, 10));
  return add(text.get());
}

Status Writer::member(PyObject* key, PyObject* item, bool& first) {
  // What stands between members is written only when the key is known to be one.
  const char* constant = key == Py_True ? "true" : key == Py_False ? "false" : key == Py_None ? "null" : nullptr;
  if (!PyUnicode_Check(key) && !PyFloat_Check(key) && !constant && !PyLong_Check(key)) {
    if (e_.skip_keys) return {};
    return raise(PyExc_TypeError, "keys must be str, int, float, bool or None, not {}", clip(type_name(key), 100));
  }
  if (!first) TRY(add(e_.item_separator));
  first = false;
  if (PyUnicode_Check(key)) {
    TRY(string(key));
  } else {
    Ref<> text;
    if (constant) {
      text = TRY(new_interned(constant));
    } else if (PyFloat_Check(key)) {
      Writer number(e_);
      TRY(number.real(key));
      text = TRY(number.finish());
    } else {
      text = TRY(int_to_text(key, 10));
    }
    TRY(string(text.get()));
  }
  TRY(add(e_.key_separator));
  return value(item);
}

Status Writer::dict(PyObject* o) {
  if (TRY(length(o)) == 0) return add("{}");
  Ref<> mark = TRY(enter(o));
  TRY(add("{"));
  bool first = true;
  if (!e_.sort_keys && PyDict_CheckExact(o)) {
    PyObject *key, *item;
    Py_ssize_t position = 0;
    while (dict_next(o, &position, &key, &item)) {
      Ref<> k = share(key), v = share(item);  // default() may change the dict
      TRY(member(k.get(), v.get(), first));
    }
  } else {
    Ref<> items = TRY(mapping_items(o));
    if (e_.sort_keys) TRY(list_sort(items.get(), nullptr, false));
    for (Py_ssize_t i = 0; i < list_size(items.get()); i++) {
      Ref<> pair = share(list_item(items.get(), i));
      if (!PyTuple_Check(pair.get()) || tuple_size(pair.get()) != 2)
        return raise(PyExc_ValueError, "items must return 2-tuples");
      TRY(member(item(pair.get(), 0), item(pair.get(), 1), first));
    }
  }
  TRY(leave(std::move(mark)));
  return add("}");
}

Status Writer::list(PyObject* o) {
  Ref<> items = TRY(to_fast_sequence(o, "_iterencode_list needs a sequence"));
  if (Py_SIZE(items.get()) == 0) return add("[]");
  Ref<> mark = TRY(enter(o));
  TRY(add("["));
  for (Py_ssize_t i = 0; i < Py_SIZE(items.get()); i++) {
    if (i) TRY(add(e_.item_separator));
    Ref<> one = share(fast_items(items.get())[i]);
    TRY(value(one.get()));
  }
  TRY(leave(std::move(mark)));
  return add("]");
}

Status Writer::other(PyObject* o) {
  Ref<> mark = TRY(enter(o));
  Ref<> replaced = TRY(call(e_.fallback, o));
  RecursionGuard guard(" while encoding a JSON object");
  if (!guard) return Raised{};
  TRY(value(replaced.get()));
  return leave(std::move(mark));
}

Status Writer::value(PyObject* o) {
  if (o == Py_None) return add("null");
  if (o == Py_True) return add("true");
  if (o == Py_False) return add("false");
  if (PyUnicode_Check(o)) return string(o);
  if (PyLong_Check(o)) return integer(o);
  if (PyFloat_Check(o)) return real(o);
  bool is_list = PyList_Check(o) || PyTuple_Check(o);
  if (!is_list && !PyDict_Check(o)) return other(o);
  RecursionGuard guard(" while encoding a JSON object");
  if (!guard) return Raised{};
  return is_list ? list(o) : dict(o);
}

// -- the type -------------------------------------------------------------------------------

constexpr char make_encoder_doc[] =
    "make_encoder(markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)\n--\n\n";
Ref<> make(PyTypeObject* type, PyObject* markers, PyObject* fallback, PyObject* encoder, PyObject* indent,
           PyObject* key_separator, PyObject* item_separator, bool sort_keys, bool skip_keys, bool allow_nan) {
  if (markers != Py_None && !PyDict_Check(markers))
    return raise(PyExc_TypeError, "make_encoder() argument 1 must be dict or None, not {}", clip(type_name(markers), 200));
  PyObject* separators[] = {key_separator, item_separator};
  for (int i = 0; i < 2; i++)
    if (!PyUnicode_Check(separators[i])) return raise_argument({"make_encoder", 5 + i}, "str", separators[i]);
  Ref<Encoder> e = TRY(adopt(reinterpret_cast<Encoder*>(type->tp_alloc(type, 0))));
  e->markers = Py_NewRef(markers);
  e->fallback = Py_NewRef(fallback);
  e->encoder = Py_NewRef(encoder);
  e->indent = Py_NewRef(indent);
  e->key_separator = Py_NewRef(key_separator);
  e->item_separator = Py_NewRef(item_separator);
  e->sort_keys = sort_keys;
  e->skip_keys = skip_keys;
  e->allow_nan = allow_nan;
  if (PyCFunction_Check(encoder)) {
    PyCFunction f = reinterpret_cast<PyCFunctionObject*>(encoder)->m_ml->ml_meth;
    e->quoting = f == Plain<quote<true>>::one ? Quoting::ascii : f == Plain<quote<false>>::one ? Quoting::unicode : Quoting::by_call;
  }
  return e;
}

constexpr char kCallText[] = "_iterencode(obj, _current_indent_level)\n--\n\n";
PyObject* call_slot(PyObject* o, PyObject* args, PyObject* kwargs) {
  FlatArguments flat(args, kwargs);
  PyObject* value;
  Py_ssize_t level;
  if (!flat.ok() || !take_named_arguments<kCallText>(arguments_of(flat), value, level)) return nullptr;
  Writer writer(*reinterpret_cast<Encoder*>(o));
  if (!writer.value(value)) return nullptr;
  Ref<> text = writer.finish();
  if (!text) return nullptr;
  PyObject* piece = text.get();
  return list_of(&piece, 1).release();
}

constinit PyMemberDef members[] = {
    {"markers", T_OBJECT, offsetof(Encoder, markers), READONLY, "The containers being written, to find circles; or None."},
    {"default", T_OBJECT, offsetof(Encoder, fallback), READONLY, "Replaces what JSON has no form for."},
    {"encoder", T_OBJECT, offsetof(Encoder, encoder), READONLY, "Makes literals of strings."},
    {"indent", T_OBJECT, offsetof(Encoder, indent), READONLY, "Indentation, which is not supported."},
    {"key_separator", T_OBJECT, offsetof(Encoder, key_separator), READONLY, "Stands between key and value."},
    {"item_separator", T_OBJECT, offsetof(Encoder, item_separator), READONLY, "Stands between items."},
    {"sort_keys", T_BOOL, offsetof(Encoder, sort_keys), READONLY, "Are members sorted?"},
    {"skipkeys", T_BOOL, offsetof(Encoder, skip_keys), READONLY, "Are members left out whose key is of another type?"},
    {},
};

// -- the module -----------------------------------------------------------------------------

constexpr char scanstring_doc[] =
    "scanstring(string, end, strict=True) -> (string, end)\n\n"
    "Reads a JSON string literal; `end` is where it begins, behind the quote. The text without escapes, and the\n"
    "position behind the closing quote. If strict, control characters are refused.";
Ref<> scanstring(PyObject*, Arguments a) {
  PyObject* text = nullptr;
  Py_ssize_t end = 0, next = 0;
  PyObject* strict = Py_True;
  TRY(take_arguments("scanstring", a, 2, text, end, strict));
  bool is_strict = TRY(is_true(strict));
  if (!PyUnicode_Check(text))
    return raise(PyExc_TypeError, "first argument must be a string, not {}", clip(type_name(text), 80));
  Ref<> value = TRY(scan_string(text, end, is_strict, &next));
  Ref<> position = TRY(new_int(next));
  return tuple_of({value.get(), position.get()});
}

}  // namespace

constinit PyTypeObject encoder_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_json.Encoder",
    .tp_basicsize = sizeof(Encoder),
    .tp_dealloc = Fields<Encoder>::dealloc,
    .tp_call = call_slot,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "Encoder(markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)",
    .tp_traverse = Fields<Encoder>::traverse,
    .tp_clear = Fields<Encoder>::clear,
    .tp_members = members,
    .tp_alloc = generic_alloc,
    .tp_new = constructor<make_encoder_doc, make>::tp_new,
    .tp_free = gc_free,
};

constinit PyMethodDef functions[] = {
    one_arg<quote<true>>("encode_basestring_ascii", "encode_basestring_ascii(string) -> string\n\nA str as a JSON literal of "
                         "ASCII characters."),
    one_arg<quote<false>>("encode_basestring", "encode_basestring(string) -> string\n\nA str as a JSON literal."),
    positional_varargs<scanstring>("scanstring", scanstring_doc),
    {},
};

}  // namespace taipan::json
