// The type str: its table of methods, its slots, its iterators. The bodies are in the other
// str_*.cpp.
#include "base/unicode.h"
#include "object/bind.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/buffer.h"
#include "types/codecs.h"
#include "types/format_spec.h"
#include "types/slice_range.h"
#include "types/str_methods.h"
#include "types/text_iterators.h"

namespace taipan {
namespace {

// -- construction --

Ref<> make_exact(PyObject* o, const char* encoding, const char* errors) {
  if (!o) return share(empty_str());
  return encoding || errors ? decode_object(o, encoding, errors) : to_str(o);
}

/// A codec's or handler's name as C has it: no zeros inside.
Result<const char*> name_argument(PyObject* text, const char* which) {
  if (!text) return static_cast<const char*>(nullptr);
  if (!PyUnicode_Check(text))
    return raise(PyExc_TypeError, "str() argument '{}' must be str, not {}", which,
                 text == Py_None ? "None" : type_name(text));
  std::string_view name = TRY(to_utf8(text));
  if (name.find('\0') != name.npos) return raise(PyExc_ValueError, "embedded null character");
  return name.data();
}

constexpr char new_doc[] =
    "str(object=<unrepresentable>, encoding=<unrepresentable>, errors=<unrepresentable>)\n--\n\n";
Ref<> make(PyTypeObject* type, PyObject* o, PyObject* encoding, PyObject* errors) {
  const char* codec = TRY(name_argument(encoding, "encoding"));
  const char* handler = TRY(name_argument(errors, "errors"));
  Ref<> text = TRY(make_exact(o, codec, handler));
  return type == &PyUnicode_Type ? std::move(text) : new_str_subclass(type, text.get());
}

// -- methods with argument rules of their own --

Result<FindArguments> find_arguments(const char* name, PyObject* self, Arguments a) {
  FindArguments f = TRY(parse_find_arguments(name, a.items, a.count));
  if (!PyUnicode_Check(f.what))
    return raise(PyExc_TypeError, "must be str, not {}", clip(type_name(f.what), 100));
  return f;
}
Result<Py_ssize_t> find(PyObject* self, Arguments a) {
  FindArguments f = TRY(find_arguments("find", self, a));
  return str_find(self, f.what, f.start, f.end, Direction::forward);
}
Result<Py_ssize_t> rfind(PyObject* self, Arguments a) {
  FindArguments f = TRY(find_arguments("rfind", self, a));
  return str_find(self, f.what, f.start, f.end, Direction::backward);
}
Result<Py_ssize_t> must_find(Result<Py_ssize_t> at) {
  if (at && *at < 0) return raise(PyExc_ValueError, "substring not found");
  return at;
}
Result<Py_ssize_t> index(PyObject* self, Arguments a) {
  FindArguments f = TRY(find_arguments("index", self, a));
  return must_find(str_find(self, f.what, f.start, f.end, Direction::forward));
}
Result<Py_ssize_t> rindex(PyObject* self, Arguments a) {
  FindArguments f = TRY(find_arguments("rindex", self, a));
  return must_find(str_find(self, f.what, f.start, f.end, Direction::backward));
}
Result<Py_ssize_t> count(PyObject* self, Arguments a) {
  FindArguments f = TRY(find_arguments("count", self, a));
  return str_count(self, f.what, f.start, f.end);
}

Result<bool> matches(const char* name, PyObject* self, Arguments a, Side side) {
  FindArguments f = TRY(parse_find_arguments(name, a.items, a.count));
  if (PyUnicode_Check(f.what)) return str_matches_at(self, f.what, f.start, f.end, side);
  if (!PyTuple_Check(f.what))
    return raise(PyExc_TypeError, "{} first arg must be str or a tuple of str, not {}", name,
                 clip(type_name(f.what), 100));
  for (Py_ssize_t i = 0; i < tuple_size(f.what); i++) {
    PyObject* part = item(f.what, i);
    if (!PyUnicode_Check(part))
      return raise(PyExc_TypeError, "tuple for {} must only contain str, not {}", name,
                   clip(type_name(part), 100));
    if (str_matches_at(self, part, f.start, f.end, side)) return true;
  }
  return false;
}
Result<bool> startswith(PyObject* self, Arguments a) {
  return matches("startswith", self, a, Side::left);
}
Result<bool> endswith(PyObject* self, Arguments a) {
  return matches("endswith", self, a, Side::right);
}

Result<Py_UCS4> fill_character(PyObject* o) {
  if (!o) return Py_UCS4{' '};
  if (!PyUnicode_Check(o))
    return raise(PyExc_TypeError, "The fill character must be a unicode character, not {}",
                 clip(type_name(o), 100));
  if (str_length(o) != 1)
    return raise(PyExc_TypeError, "The fill character must be exactly one character long");
  return char_at(o, 0);
}
Ref<> center(PyObject* self, Py_ssize_t width, PyObject* fill) {
  Py_UCS4 c = TRY(fill_character(fill));
  Py_ssize_t spare = width - str_length(self);
  if (width <= str_length(self)) return exact_str(self);
  // An odd column goes to the left if the width is odd.
  Py_ssize_t left = spare / 2 + (spare & width & 1);
  return str_pad(self, left, spare - left, c);
}
Ref<> ljust(PyObject* self, Py_ssize_t width, PyObject* fill) {
  Py_UCS4 c = TRY(fill_character(fill));
  return width <= str_length(self) ? exact_str(self)
                                   : str_pad(self, 0, width - str_length(self), c);
}
Ref<> rjust(PyObject* self, Py_ssize_t width, PyObject* fill) {
  Py_UCS4 c = TRY(fill_character(fill));
  return width <= str_length(self) ? exact_str(self)
                                   : str_pad(self, width - str_length(self), 0, c);
}

Ref<> replace(PyObject* self, Str& old, Str& with, Py_ssize_t count) {
  return str_replace(self, object(old), object(with), count);
}
Ref<> removeprefix(PyObject* self, Str& prefix) {
  if (str_matches_at(self, object(prefix), 0, PY_SSIZE_T_MAX, Side::left))
    return str_slice(self, str_length(object(prefix)), str_length(self));
  return exact_str(self);
}
Ref<> removesuffix(PyObject* self, Str& suffix) {
  if (str_length(object(suffix)) &&
      str_matches_at(self, object(suffix), 0, PY_SSIZE_T_MAX, Side::right))
    return str_slice(self, 0, str_length(self) - str_length(object(suffix)));
  return exact_str(self);
}
Ref<> split(PyObject* self, PyObject* sep, Py_ssize_t maxsplit) {
  return str_split(self, sep, maxsplit, Direction::forward);
}
Ref<> rsplit(PyObject* self, PyObject* sep, Py_ssize_t maxsplit) {
  return str_split(self, sep, maxsplit, Direction::backward);
}
Ref<> splitlines(PyObject* self, int keepends) { return str_splitlines(self, keepends); }
Ref<> join(PyObject* self, PyObject* iterable) { return str_join(self, iterable); }
Ref<> partition(PyObject* self, PyObject* sep) {
  return str_partition(self, sep, Direction::forward);
}
Ref<> rpartition(PyObject* self, PyObject* sep) {
  return str_partition(self, sep, Direction::backward);
}
Ref<> strip(PyObject* self, PyObject* chars) { return str_strip(self, chars, Side::both); }
Ref<> lstrip(PyObject* self, PyObject* chars) { return str_strip(self, chars, Side::left); }
Ref<> rstrip(PyObject* self, PyObject* chars) { return str_strip(self, chars, Side::right); }
Ref<> maketrans(PyObject*, PyObject* x, Str* y, Str* z) {
  return str_maketrans(x, y ? object(y) : nullptr, z ? object(z) : nullptr);
}
Ref<> encode(PyObject* self, std::string_view encoding, std::string_view errors) {
  return encode_text(self, codec_argument(encoding), codec_argument(errors));
}
Ref<> format_self(PyObject* self, Str& spec) { return format_str_value(self, whole(object(spec))); }
Ref<> format_map(PyObject* self, PyObject* mapping) { return str_format_map(self, mapping); }
Ref<> getnewargs(PyObject* self) {
  Ref<> copy = TRY(new_str_from_kind(str_kind(self), str_data(self), str_length(self)));
  return tuple_of({copy.get()});
}

bool isascii(PyObject* self) { return is_ascii(self); }
bool isspace(PyObject* self) { return str_all_have(self, unicode::kSpace); }
bool isalpha(PyObject* self) { return str_all_have(self, unicode::kAlpha); }
bool isalnum(PyObject* self) { return str_all_have(self, unicode::kAlphanumeric); }
bool isdecimal(PyObject* self) { return str_all_have(self, unicode::kDecimal); }
bool isdigit(PyObject* self) { return str_all_have(self, unicode::kDigit); }
bool isnumeric(PyObject* self) { return str_all_have(self, unicode::kNumeric); }

Py_ssize_t size_in_memory(PyObject* self) {
  auto s = reinterpret_cast<Str*>(self);
  size_t head = !s->state.compact ? sizeof(PyUnicodeObject)
                : s->state.ascii  ? sizeof(PyASCIIObject)
                                  : sizeof(PyCompactUnicodeObject);
  auto size = static_cast<Py_ssize_t>(head) + (s->length + 1) * str_kind(self);
  if (s->wstr && s->wstr != str_data(self)) size += (s->length + 1) * Py_ssize_t{sizeof(wchar_t)};
  if (!s->state.ascii) {
    auto c = reinterpret_cast<PyCompactUnicodeObject*>(self);
    if (c->utf8) size += c->utf8_length + 1;
  }
  return size;
}

// -- the table --

constexpr char encode_doc[] =
    "encode($self, /, encoding='utf-8', errors='strict')\n--\n\n"
    "The text as bytes.\n\n"
    "  encoding\n    How characters become bytes.\n"
    "  errors\n    What to do about characters that the encoding lacks: 'strict' raises\n"
    "    UnicodeEncodeError, 'ignore' drops them, 'replace' puts '?'; also\n"
    "    'xmlcharrefreplace', 'backslashreplace', 'namereplace', 'surrogateescape',\n"
    "    'surrogatepass', and whatever codecs.register_error() has added.";
constexpr char replace_doc[] =
    "replace($self, old, new, count=-1, /)\n--\n\n"
    "A copy in which every old is a new; with a count, only the first so many.";
constexpr char split_doc[] =
    "split($self, /, sep=None, maxsplit=-1)\n--\n\n"
    "The parts between separators, as a list.\n\n"
    "Without sep, runs of whitespace separate and none stands at the ends. With\n"
    "maxsplit, only the first so many separators count.";
constexpr char rsplit_doc[] =
    "rsplit($self, /, sep=None, maxsplit=-1)\n--\n\n"
    "As split(), but maxsplit counts separators from the end.";
constexpr char join_doc[] =
    "join($self, iterable, /)\n--\n\n"
    "The strings of an iterable put together, with this one between them.";
constexpr char capitalize_doc[] =
    "capitalize($self, /)\n--\n\nA copy whose first character is in title case and all others in "
    "lower case.";
constexpr char casefold_doc[] =
    "casefold($self, /)\n--\n\nA copy made for comparing without regard to case.";
constexpr char title_doc[] =
    "title($self, /)\n--\n\nA copy in which each word begins in title case and goes on in lower "
    "case.";
constexpr char center_doc[] =
    "center($self, width, fillchar=' ', /)\n--\n\nA copy padded on both sides to the width.";
constexpr char ljust_doc[] =
    "ljust($self, width, fillchar=' ', /)\n--\n\nA copy padded on the right to the width.";
constexpr char rjust_doc[] =
    "rjust($self, width, fillchar=' ', /)\n--\n\nA copy padded on the left to the width.";
constexpr char expandtabs_doc[] =
    "expandtabs($self, /, tabsize=8)\n--\n\nA copy in which blanks up to the next tab stop stand "
    "for each tab.";
constexpr char partition_doc[] =
    "partition($self, sep, /)\n--\n\n"
    "What stands before the first sep, sep itself, and what stands behind it.\n\n"
    "Without sep: the whole string and two empty ones.";
constexpr char rpartition_doc[] =
    "rpartition($self, sep, /)\n--\n\n"
    "What stands before the last sep, sep itself, and what stands behind it.\n\n"
    "Without sep: two empty strings and the whole one.";
constexpr char lower_doc[] = "lower($self, /)\n--\n\nA copy in lower case.";
constexpr char upper_doc[] = "upper($self, /)\n--\n\nA copy in upper case.";
constexpr char swapcase_doc[] =
    "swapcase($self, /)\n--\n\nA copy with upper and lower case exchanged.";
constexpr char strip_doc[] =
    "strip($self, chars=None, /)\n--\n\n"
    "A copy without whitespace at both ends; or without any of the characters given.";
constexpr char lstrip_doc[] =
    "lstrip($self, chars=None, /)\n--\n\n"
    "A copy without whitespace at the beginning; or without any of the characters given.";
constexpr char rstrip_doc[] =
    "rstrip($self, chars=None, /)\n--\n\n"
    "A copy without whitespace at the end; or without any of the characters given.";
constexpr char splitlines_doc[] =
    "splitlines($self, /, keepends=False)\n--\n\nThe lines, without their ends unless keepends is "
    "true.";
constexpr char translate_doc[] =
    "translate($self, table, /)\n--\n\n"
    "A copy with each character looked up in a table by its number.\n\n"
    "The table gives a number, a string, or None to drop it; a LookupError keeps it.";
constexpr char zfill_doc[] =
    "zfill($self, width, /)\n--\n\nA copy with zeros on the left, behind a sign, up to the width.";
constexpr char removeprefix_doc[] =
    "removeprefix($self, prefix, /)\n--\n\nA copy without the prefix, if it is there.";
constexpr char removesuffix_doc[] =
    "removesuffix($self, suffix, /)\n--\n\nA copy without the suffix, if it is there.";
constexpr char isascii_doc[] =
    "isascii($self, /)\n--\n\nAre all characters below U+0080? True of the empty string.";
constexpr char islower_doc[] =
    "islower($self, /)\n--\n\nAre all cased characters lower case, and is there one?";
constexpr char isupper_doc[] =
    "isupper($self, /)\n--\n\nAre all cased characters upper case, and is there one?";
constexpr char istitle_doc[] =
    "istitle($self, /)\n--\n\nDoes each word begin in upper or title case and go on in lower case?";
constexpr char isspace_doc[] = "isspace($self, /)\n--\n\nIs it all whitespace, and not empty?";
constexpr char isdecimal_doc[] =
    "isdecimal($self, /)\n--\n\nIs it all decimal digits, and not empty?";
constexpr char isdigit_doc[] = "isdigit($self, /)\n--\n\nIs it all digits, and not empty?";
constexpr char isnumeric_doc[] =
    "isnumeric($self, /)\n--\n\nIs it all characters with a numeric value, and not empty?";
constexpr char isalpha_doc[] = "isalpha($self, /)\n--\n\nIs it all letters, and not empty?";
constexpr char isalnum_doc[] =
    "isalnum($self, /)\n--\n\nIs it all letters and numbers, and not empty?";
constexpr char isidentifier_doc[] =
    "isidentifier($self, /)\n--\n\nCould it be a name in Python? Keywords are not told apart: see "
    "keyword.iskeyword().";
constexpr char isprintable_doc[] =
    "isprintable($self, /)\n--\n\nWould repr() show all characters as they are? True of the empty "
    "string.";
constexpr char format_doc[] =
    "S.format(*args, **kwargs) -> str\n\n"
    "A copy with the fields in braces replaced by the arguments.";
constexpr char format_map_doc[] =
    "S.format_map(mapping) -> str\n\n"
    "A copy with the fields in braces replaced by the mapping's items.";
constexpr char format_self_doc[] =
    "__format__($self, format_spec, /)\n--\n\nThe string laid out as format_spec says.";
constexpr char maketrans_doc[] =
    "maketrans(x, y=<unrepresentable>, z=<unrepresentable>, /)\n--\n\n"
    "A table for translate().\n\n"
    "From a dict of characters or numbers; or from two strings of equal length, whose\n"
    "characters correspond, and a third, whose characters are dropped.";
constexpr char sizeof_doc[] = "__sizeof__($self, /)\n--\n\nSize in memory, in bytes.";
constexpr char find_doc[] =
    "S.find(sub[, start[, end]]) -> int\n\nThe lowest index at which sub lies within S[start:end], "
    "or -1.";
constexpr char rfind_doc[] =
    "S.rfind(sub[, start[, end]]) -> int\n\nThe highest index at which sub lies within "
    "S[start:end], or -1.";
constexpr char index_doc[] =
    "S.index(sub[, start[, end]]) -> int\n\nAs find(), but a ValueError if sub is nowhere.";
constexpr char rindex_doc[] =
    "S.rindex(sub[, start[, end]]) -> int\n\nAs rfind(), but a ValueError if sub is nowhere.";
constexpr char count_doc[] =
    "S.count(sub[, start[, end]]) -> int\n\nHow often sub occurs in S[start:end] without overlaps.";
constexpr char startswith_doc[] =
    "S.startswith(prefix[, start[, end]]) -> bool\n\n"
    "Does S[start:end] begin with the prefix? A tuple of strings: with any of them?";
constexpr char endswith_doc[] =
    "S.endswith(suffix[, start[, end]]) -> bool\n\n"
    "Does S[start:end] end with the suffix? A tuple of strings: with any of them?";
PyObject* getnewargs_noargs(PyObject* self, PyObject*) { return getnewargs(self).release(); }
PyObject* format_map_entry(PyObject* self, PyObject* mapping) {
  return format_map(self, mapping).release();
}

constinit PyMethodDef methods[] = {
    method<encode_doc, encode>,
    method<replace_doc, replace>,
    method<split_doc, split>,
    method<rsplit_doc, rsplit>,
    method<join_doc, join>,
    method<capitalize_doc, str_capitalize>,
    method<casefold_doc, str_casefold>,
    method<title_doc, str_title>,
    method<center_doc, center>,
    positional_varargs<count>("count", count_doc),
    method<expandtabs_doc, str_expandtabs>,
    positional_varargs<find>("find", find_doc),
    method<partition_doc, partition>,
    positional_varargs<index>("index", index_doc),
    method<ljust_doc, ljust>,
    method<lower_doc, str_lower>,
    method<lstrip_doc, lstrip>,
    positional_varargs<rfind>("rfind", rfind_doc),
    positional_varargs<rindex>("rindex", rindex_doc),
    method<rjust_doc, rjust>,
    method<rstrip_doc, rstrip>,
    method<rpartition_doc, rpartition>,
    method<splitlines_doc, splitlines>,
    method<strip_doc, strip>,
    method<swapcase_doc, str_swapcase>,
    method<translate_doc, str_translate>,
    method<upper_doc, str_upper>,
    positional_varargs<startswith>("startswith", startswith_doc),
    positional_varargs<endswith>("endswith", endswith_doc),
    method<removeprefix_doc, removeprefix>,
    method<removesuffix_doc, removesuffix>,
    method<isascii_doc, isascii>,
    method<islower_doc, str_is_lower>,
    method<isupper_doc, str_is_upper>,
    method<istitle_doc, str_is_title>,
    method<isspace_doc, isspace>,
    method<isdecimal_doc, isdecimal>,
    method<isdigit_doc, isdigit>,
    method<isnumeric_doc, isnumeric>,
    method<isalpha_doc, isalpha>,
    method<isalnum_doc, isalnum>,
    method<isidentifier_doc, str_is_identifier>,
    method<isprintable_doc, str_is_printable>,
    method<zfill_doc, str_zfill>,
    varargs<str_format>("format", format_doc),
    {"format_map", format_map_entry, METH_O, format_map_doc},
    method<format_self_doc, format_self>,
    method<maketrans_doc, maketrans>,
    method<sizeof_doc, size_in_memory>,
    {"__getnewargs__", getnewargs_noargs, METH_NOARGS, nullptr},
    {},
};

// -- slots --

Ref<> compare_strs(PyObject* a, PyObject* b, int op) {
  if (!PyUnicode_Check(a) || !PyUnicode_Check(b)) return not_implemented();
  if (op == Py_EQ || op == Py_NE) return boolean(str_equal(a, b) == (op == Py_EQ));
  int order = str_compare(a, b);
  switch (op) {
    case Py_LT:
      return boolean(order < 0);
    case Py_LE:
      return boolean(order <= 0);
    case Py_GT:
      return boolean(order > 0);
    default:
      return boolean(order >= 0);
  }
}

Ref<> concat(PyObject* a, PyObject* b) {
  if (!PyUnicode_Check(b))
    return raise(PyExc_TypeError, "can only concatenate str (not \"{}\") to str",
                 clip(type_name(b), 200));
  return str_concat(a, b);
}
Ref<> remainder(PyObject* a, PyObject* b) {
  if (!PyUnicode_Check(a)) return not_implemented();
  return str_percent(a, b);
}
Ref<> item_at(PyObject* s, Py_ssize_t i) {
  if (i < 0 || i >= str_length(s)) return raise(PyExc_IndexError, "string index out of range");
  return char_str(char_at(s, i));
}
Result<bool> contains_text(PyObject* s, PyObject* what) { return str_contains(s, what); }
Ref<> text_of(PyObject* s) { return exact_str(s); }
Py_ssize_t size_of(PyObject* s) { return str_length(s); }

constinit PyNumberMethods as_number = {.nb_remainder = slot<remainder>};
constinit PySequenceMethods as_sequence = {
    .sq_length = slot<size_of>,
    .sq_concat = slot<concat>,
    .sq_repeat = slot<str_repeat>,
    .sq_item = slot<item_at>,
    .sq_contains = slot<contains_text>,
};
constinit PyMappingMethods as_mapping = {.mp_length = slot<size_of>,
                                         .mp_subscript = slot<str_subscript>};

constexpr char type_doc[] =
    "str(object='') -> str\n"
    "str(bytes_or_buffer[, encoding[, errors]]) -> str\n\n"
    "Text: an immutable sequence of Unicode characters.\n\n"
    "Without encoding and errors, what the object says of itself (__str__, else __repr__).\n"
    "With one of them, the object's bytes, decoded.";

// -- iterators: the index grows, the str is dropped at the end --

PyObject* next_character(PyObject* o) {
  auto& self = *reinterpret_cast<SequenceIterator*>(o);
  if (!self.sequence) return nullptr;
  if (self.index < str_length(self.sequence))
    return char_str(char_at(self.sequence, self.index++)).release();
  clear_field(self.sequence);
  return nullptr;
}

}  // namespace

Ref<> str_iterate(PyObject* s) {
  return new_index_iterator(is_ascii(s) ? &_PyUnicodeASCIIIter_Type : &PyUnicodeIter_Type, s);
}

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject PyUnicode_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "str",
    .tp_basicsize = sizeof(PyUnicodeObject),
    .tp_dealloc = str_dealloc,
    .tp_repr = slot<str_repr>,
    .tp_as_number = &as_number,
    .tp_as_sequence = &as_sequence,
    .tp_as_mapping = &as_mapping,
    .tp_hash = str_hash,
    .tp_str = slot<text_of>,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_UNICODE_SUBCLASS |
                _Py_TPFLAGS_MATCH_SELF,
    .tp_doc = type_doc,
    .tp_richcompare = slot<compare_strs>,
    .tp_iter = slot<str_iterate>,
    .tp_methods = methods,
    .tp_new = constructor<new_doc, make>::tp_new,
    .tp_free = generic_free,
    .tp_vectorcall = constructor<new_doc, make>::vectorcall,
};

constinit PyTypeObject PyUnicodeIter_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "str_iterator",
    .tp_basicsize = sizeof(SequenceIterator),
    .tp_dealloc = index_iterator_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = index_iterator_traverse,
    .tp_iter = iterate_self,
    .tp_iternext = next_character,
    .tp_methods = text_iterator_methods,
};
constinit PyTypeObject _PyUnicodeASCIIIter_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "str_ascii_iterator",
    .tp_basicsize = sizeof(SequenceIterator),
    .tp_dealloc = index_iterator_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = index_iterator_traverse,
    .tp_iter = iterate_self,
    .tp_iternext = next_character,
    .tp_methods = text_iterator_methods,
};
