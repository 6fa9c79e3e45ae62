// unicodedata: the character database as a module. Its functions are also methods of the type UCD,
// whose one instance, ucd_3_2_0, answers as version 3.2 of the database did.
#include "base/unicode.h"
#include "modules/module.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/str.h"
#include "object/type.h"
#include "types/buffer.h"

extern PyTypeObject TaipanUcd_Type;

namespace taipan {
namespace {

bool is_old(PyObject* self) { return Py_TYPE(self) == &TaipanUcd_Type; }
/// Does the version that `self` stands for have this character?
bool known(PyObject* self, uint32_t c) { return !is_old(self) || unicode::v3_2::is_assigned(c); }

constexpr char decimal_doc[] =
    "decimal($self, chr, default=<unrepresentable>, /)\n--\n\nThe value of a decimal digit; else "
    "the default, or ValueError.";
Ref<> decimal(PyObject* self, CodePoint chr, PyObject* fallback) {
  int value =
      is_old(self) ? unicode::v3_2::decimal_value(chr.value) : unicode::decimal_value(chr.value);
  if (value >= 0) return new_int(value);
  if (fallback) return share(fallback);
  return raise(PyExc_ValueError, "not a decimal");
}
constexpr char digit_doc[] =
    "digit($self, chr, default=<unrepresentable>, /)\n--\n\nThe value of a digit; else the "
    "default, or ValueError.";
Ref<> digit(PyObject* self, CodePoint chr, PyObject* fallback) {
  int value = known(self, chr.value) ? unicode::digit_value(chr.value) : -1;
  if (value >= 0) return new_int(value);
  if (fallback) return share(fallback);
  return raise(PyExc_ValueError, "not a digit");
}
constexpr char numeric_doc[] =
    "numeric($self, chr, default=<unrepresentable>, /)\n--\n\nThe numeric value as a float; else "
    "the default, or ValueError.";
Ref<> numeric(PyObject* self, CodePoint chr, PyObject* fallback) {
  if (known(self, chr.value) && unicode::is_numeric(chr.value))
    return new_float(unicode::numeric_value(chr.value));
  if (fallback) return share(fallback);
  return raise(PyExc_ValueError, "not a numeric character");
}

constexpr char category_doc[] =
    "category($self, chr, /)\n--\n\nThe general category, such as 'Lu'.";
Ref<> category(PyObject* self, CodePoint chr) {
  return new_str(is_old(self) ? unicode::v3_2::category(chr.value) : unicode::category(chr.value));
}
constexpr char bidirectional_doc[] =
    "bidirectional($self, chr, /)\n--\n\nThe class for bidirectional text, such as 'AL'; empty if "
    "there is none.";
Ref<> bidirectional(PyObject* self, CodePoint chr) {
  return new_str(is_old(self) ? unicode::v3_2::bidirectional(chr.value)
                              : unicode::bidirectional(chr.value));
}
constexpr char combining_doc[] =
    "combining($self, chr, /)\n--\n\nThe canonical combining class; 0 if it does not combine.";
Ref<> combining(PyObject* self, CodePoint chr) {
  return new_int(known(self, chr.value) ? unicode::combining(chr.value) : 0);
}
constexpr char mirrored_doc[] =
    "mirrored($self, chr, /)\n--\n\n1 if it is mirrored in text from right to left, else 0.";
Ref<> mirrored(PyObject* self, CodePoint chr) {
  return new_int(is_old(self) ? unicode::v3_2::mirrored(chr.value)
                              : unicode::has(chr.value, unicode::kMirrored));
}
constexpr char east_asian_width_doc[] =
    "east_asian_width($self, chr, /)\n--\n\nThe width in East Asian typography, such as 'W'.";
Ref<> east_asian_width(PyObject* self, CodePoint chr) {
  return new_str(is_old(self) ? unicode::v3_2::east_asian_width(chr.value)
                              : unicode::east_asian_width(chr.value));
}

constexpr char decomposition_doc[] =
    "decomposition($self, chr, /)\n--\n\nThe decomposition as the database writes it: a tag, code "
    "points in hexadecimal.";
Ref<> decomposition(PyObject* self, CodePoint chr) {
  if (!known(self, chr.value)) return share(empty_str());
  unicode::Decomposition d = unicode::decomposition(chr.value);
  TextBuffer text;
  bool ok = text.append(d.tag);
  for (unsigned i = 0; i < d.count; i++) {
    char digits[8];
    int n = d.points[i] > 0xFFFF ? 5 : 4;
    for (int k = 0; k < n; k++) digits[k] = "0123456789ABCDEF"[d.points[i] >> 4 * (n - 1 - k) & 15];
    ok = ok && (text.size() == 0 || text.append(' ')) &&
         text.append({digits, static_cast<size_t>(n)});
  }
  return ok ? new_str(text.view()) : raise_no_memory();
}

constexpr char name_doc[] =
    "name($self, chr, default=<unrepresentable>, /)\n--\n\nThe character's name; else the default, "
    "or ValueError.";
Ref<> name(PyObject* self, CodePoint chr, PyObject* fallback) {
  TextBuffer text;
  if (known(self, chr.value) && unicode::append_name(chr.value, text)) return new_str(text.view());
  if (fallback) return share(fallback);
  return raise(PyExc_ValueError, "no such name");
}

constexpr size_t kLongestName = 256;
constexpr char lookup_doc[] =
    "lookup($self, name, /)\n--\n\nThe character of that name, or the sequence of characters; "
    "KeyError if there is none.";
Ref<> lookup(PyObject* self, PyObject* wanted) {
  BufferView view;
  std::string_view text;
  if (PyUnicode_Check(wanted)) {
    text = TRY(to_utf8(wanted));
  } else {
    TRY(view.acquire(wanted));
    text = view.bytes();
  }
  if (text.size() > kLongestName) return raise(PyExc_KeyError, "name too long");
  unicode::Named found = unicode::lookup_name(text, unicode::NamedSequences::yes);
  if (!found.count || (found.count == 1 && !known(self, found.single)))
    return raise(PyExc_KeyError, "undefined character name '{}'", text);
  if (found.count == 1) return char_str(found.single);
  return new_str_from_kind(4, found.points, found.count);
}

Result<unicode::Form> parse_form(PyObject* form) {
  std::string_view text = is_ascii(form) ? narrow_text(form) : std::string_view();
  if (text == "NFC") return unicode::Form::nfc;
  if (text == "NFD") return unicode::Form::nfd;
  if (text == "NFKC") return unicode::Form::nfkc;
  if (text == "NFKD") return unicode::Form::nfkd;
  return raise(PyExc_ValueError, "invalid normalization form");
}

bool surely_normal(PyObject* str, unicode::Form form) {
  return is_ascii(str) || with_units(str, [&](auto units, size_t n) {
           return unicode::surely_normalized(units, n, form);
         });
}
Ref<> normal_form(PyObject* self, PyObject* str, unicode::Form form) {
  Vector<uint32_t> text, normal;
  if (!text.resize(static_cast<size_t>(str_length(str)))) return raise_no_memory();
  copy_characters(4, text.data(), 0, str, 0, str_length(str));
  auto version = is_old(self) ? unicode::Version::v3_2 : unicode::Version::current;
  if (!unicode::normalize(text.data(), text.size(), form, normal, version))
    return raise_no_memory();
  return new_str_from_kind(4, normal.data(), static_cast<Py_ssize_t>(normal.size()));
}

constexpr char normalize_doc[] =
    "normalize($self, form, unistr, /)\n--\n\nThe string in normal form 'NFC', 'NFKC', 'NFD' or "
    "'NFKD'.";
Ref<> normalize(PyObject* self, Str& form, Str& unistr) {
  if (unistr.length == 0) return share(object(unistr));
  unicode::Form f = TRY(parse_form(object(form)));
  if (!is_old(self) && surely_normal(object(unistr), f)) return share(object(unistr));
  return normal_form(self, object(unistr), f);
}
constexpr char is_normalized_doc[] =
    "is_normalized($self, form, unistr, /)\n--\n\nIs the string in that normal form?";
Result<bool> is_normalized(PyObject* self, Str& form, Str& unistr) {
  if (unistr.length == 0) return true;
  unicode::Form f = TRY(parse_form(object(form)));
  if (!is_old(self) && surely_normal(object(unistr), f)) return true;
  Ref<> normal = TRY(normal_form(self, object(unistr), f));
  return str_equal(normal.get(), object(unistr));
}

constinit PyMethodDef rows[] = {
    method<decimal_doc, decimal>,
    method<digit_doc, digit>,
    method<numeric_doc, numeric>,
    method<category_doc, category>,
    method<bidirectional_doc, bidirectional>,
    method<combining_doc, combining>,
    method<mirrored_doc, mirrored>,
    method<east_asian_width_doc, east_asian_width>,
    method<decomposition_doc, decomposition>,
    method<name_doc, name>,
    method<lookup_doc, lookup>,
    method<is_normalized_doc, is_normalized>,
    method<normalize_doc, normalize>,
    {},
};

PyObject* old_version(PyObject*, void*) { return new_str("3.2.0").release(); }
constinit PyGetSetDef ucd_getset[] = {
    {"unidata_version", old_version, nullptr, "The database's version."}, {}};

void dealloc(PyObject* o) { free_object(o, sizeof(PyObject)); }

Status fill(PyObject* module) {
  TRY(add_to_module(module, "unidata_version", new_str(unicode::kVersion)));
  TRY(add_type(module, &TaipanUcd_Type));
  return add_to_module(module, "ucd_3_2_0",
                       adopt(allocate_object(&TaipanUcd_Type, sizeof(PyObject))));
}

constexpr char doc[] = "The Unicode character database, version 14.0.0.";

}  // namespace
}  // namespace taipan

constinit PyTypeObject TaipanUcd_Type = {
    .ob_base = taipan::kStaticTypeHead,
    .tp_name = "unicodedata.UCD",
    .tp_basicsize = sizeof(PyObject),
    .tp_dealloc = taipan::dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_methods = taipan::rows,
    .tp_getset = taipan::ucd_getset,
};

PyObject* init_unicodedata() {
  return taipan::define_module<"unicodedata", taipan::doc, taipan::fill, taipan::rows>();
}
