// Module _locale: the C library's locale.
#include <langinfo.h>
#include <libintl.h>
#include <locale.h>

#include <cerrno>
#include <climits>
#include <cstring>
#include <cwchar>

#include "base/vector.h"
#include "modules/module.h"
#include "modules/modules.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/int.h"
#include "object/str.h"
#include "object/tuple.h"
#include "runtime/fs_text.h"

namespace taipan {
namespace {

PyObject* locale_error = nullptr;

/// Text of the C library in the locale's encoding, which is UTF-8 or a part of it.
Ref<> text(const char* s) { return s ? decode_fs(s) : none(); }

Ref<> set_locale(PyObject*, Arguments args) {
  if (!check_positional("setlocale", args.count, 1, 2)) return {};
  Ref<> n = TRY(index(args.items[0]));
  int category = static_cast<int>(TRY(to_int64(n.get())));
  const char* wanted = nullptr;
  if (args.count > 1 && args.items[1] != Py_None) {
    if (!PyUnicode_Check(args.items[1]))
      return raise(PyExc_TypeError, "setlocale() argument 2 must be str or None, not {}",
                   type_name(args.items[1]));
    std::string_view name = TRY(to_utf8(args.items[1]));
    if (name.find('\0') != name.npos) return raise(PyExc_ValueError, "embedded null character");
    wanted = name.data();
  }
  const char* result = setlocale(category, wanted);
  if (!result)
    return raise(locale_error, "{}", wanted ? "unsupported locale setting" : "locale query failed");
  return text(result);
}

Ref<> grouping(const char* bytes) {
  Ref<List> list = TRY(new_list());
  if (!*bytes) return list;
  for (;; bytes++) {
    Ref<> n = TRY(new_int(*bytes));
    TRY(list_append(object(list.get()), n.get()));
    if (!*bytes || *bytes == CHAR_MAX) return list;
  }
}
constexpr char localeconv_doc[] =
    "localeconv($module, /)\n--\n\nHow the locale writes numbers and money.";
Ref<> conventions(PyObject*) {
  const lconv* l = localeconv();
  Ref<Dict> d = TRY(new_dict());
  auto add = [&](const char* name, Ref<> value) -> Status {
    if (!value) return Raised{};
    Ref<> key = TRY(new_str(name));
    return dict_set(object(d.get()), key.get(), value.get());
  };
#define S(name) TRY(add(#name, text(l->name)));
#define I(name) TRY(add(#name, new_int(l->name)));
  S(decimal_point) S(thousands_sep) TRY(add("grouping", grouping(l->grouping)));
  S(int_curr_symbol)
  S(currency_symbol) S(mon_decimal_point) S(mon_thousands_sep)
      TRY(add("mon_grouping", grouping(l->mon_grouping)));
  S(positive_sign)
  S(negative_sign) I(int_frac_digits) I(frac_digits) I(p_cs_precedes) I(p_sep_by_space)
      I(n_cs_precedes) I(n_sep_by_space) I(p_sign_posn) I(n_sign_posn)
#undef S
#undef I
          return d;
}

/// Wide characters are what the C library compares.
Result<Vector<wchar_t>> wide(PyObject* s) {
  Vector<wchar_t> out;
  for (Py_ssize_t i = 0; i < str_length(s); i++) {
    Py_UCS4 c = char_at(s, i);
    if (!c) return raise(PyExc_ValueError, "embedded null character");
    if (!out.append(static_cast<wchar_t>(c))) return raise_no_memory();
  }
  if (!out.append(0)) return raise_no_memory();
  return out;
}
constexpr char strcoll_doc[] =
    "strcoll($module, os1, os2, /)\n--\n\nCompares two texts as the locale sorts them.";
Result<int> collate(PyObject*, Str& a, Str& b) {
  Vector<wchar_t> x = TRY(wide(object(a))), y = TRY(wide(object(b)));
  return wcscoll(x.data(), y.data());
}
constexpr char strxfrm_doc[] =
    "strxfrm($module, string, /)\n--\n\nA text whose plain order is that of the locale.";
Ref<> transform(PyObject*, Str& s) {
  Vector<wchar_t> in = TRY(wide(object(s)));
  errno = 0;
  size_t n = wcsxfrm(nullptr, in.data(), 0);
  if (errno && errno != ERANGE) return raise_os_error(errno);
  Vector<wchar_t> out;
  if (!out.resize(n + 1)) return raise_no_memory();
  n = wcsxfrm(out.data(), in.data(), n + 1);
  StrBuilder result;
  for (size_t i = 0; i < n; i++) {
    auto c = static_cast<Py_UCS4>(out[i]);
    if (!result.add(c <= 0x10ffff ? c : 0xfffd)) return {};
  }
  return result.finish();
}

constexpr struct {
  const char* name;
  int value;
} kItems[] = {
#define N(name) {#name, name},
    N(DAY_1) N(DAY_2) N(DAY_3) N(DAY_4) N(DAY_5) N(DAY_6) N(DAY_7) N(ABDAY_1) N(ABDAY_2) N(ABDAY_3)
        N(ABDAY_4) N(ABDAY_5) N(ABDAY_6) N(ABDAY_7) N(MON_1) N(MON_2) N(MON_3) N(MON_4) N(MON_5)
            N(MON_6) N(MON_7) N(MON_8) N(MON_9) N(MON_10) N(MON_11) N(MON_12) N(ABMON_1) N(ABMON_2)
                N(ABMON_3) N(ABMON_4) N(ABMON_5) N(ABMON_6) N(ABMON_7) N(ABMON_8) N(ABMON_9)
                    N(ABMON_10) N(ABMON_11) N(ABMON_12) N(RADIXCHAR) N(THOUSEP) N(CRNCYSTR)
                        N(D_T_FMT) N(D_FMT) N(T_FMT) N(AM_STR) N(PM_STR) N(CODESET) N(T_FMT_AMPM)
                            N(ERA) N(ERA_D_FMT) N(ERA_D_T_FMT) N(ERA_T_FMT) N(ALT_DIGITS) N(YESEXPR)
                                N(NOEXPR) N(_DATE_FMT)
#undef N
};
constexpr char nl_langinfo_doc[] =
    "nl_langinfo($module, key, /)\n--\n\nA text of the locale: names of days, formats of dates …";
Ref<> language_information(PyObject*, int key) {
  for (auto& row : kItems)
    if (row.value == key) return text(nl_langinfo(key));
  return raise(PyExc_ValueError, "unsupported langinfo constant");
}

constexpr char gettext_doc[] = "gettext($module, msg, /)\n--\n\nThe translation of a message.";
Ref<> translate(PyObject*, std::string_view message) { return text(gettext(message.data())); }
constexpr char dgettext_doc[] =
    "dgettext($module, domain, msg, /)\n--\n\nThe translation of a message in a domain.";
Ref<> translate_in(PyObject*, PyObject* domain, std::string_view message) {
  const char* name = domain == Py_None ? nullptr : TRY(to_utf8(domain)).data();
  return text(dgettext(name, message.data()));
}
constexpr char dcgettext_doc[] =
    "dcgettext($module, domain, msg, category, /)\n--\n\nThe translation of a message in a domain "
    "and category.";
Ref<> translate_category(PyObject*, PyObject* domain, std::string_view message, int category) {
  const char* name = domain == Py_None ? nullptr : TRY(to_utf8(domain)).data();
  return text(dcgettext(name, message.data(), category));
}
constexpr char textdomain_doc[] =
    "textdomain($module, domain, /)\n--\n\nSets the domain of messages; None asks for it.";
Ref<> set_domain(PyObject*, PyObject* domain) {
  const char* name = domain == Py_None ? nullptr : TRY(to_utf8(domain)).data();
  const char* result = textdomain(name);
  return result ? text(result) : Ref<>(raise_os_error(errno));
}
constexpr char bindtextdomain_doc[] =
    "bindtextdomain($module, domain, dir, /)\n--\n\nSets the folder of a domain's messages; None "
    "asks for it.";
Ref<> bind_domain(PyObject*, std::string_view domain, PyObject* folder) {
  if (domain.empty()) return raise(locale_error, "domain must be a non-empty string");
  Ref<> path = folder == Py_None ? Ref<>() : TRY(path_bytes(folder));
  const char* result =
      bindtextdomain(domain.data(), path ? PyBytes_AS_STRING(path.get()) : nullptr);
  return result ? text(result) : Ref<>(raise_os_error(errno));
}
constexpr char codeset_doc[] =
    "bind_textdomain_codeset($module, domain, codeset, /)\n--\n\nSets the encoding of a domain's "
    "messages; None asks for it.";
Ref<> bind_codeset(PyObject*, std::string_view domain, PyObject* codeset) {
  const char* name = codeset == Py_None ? nullptr : TRY(to_utf8(codeset)).data();
  const char* result = bind_textdomain_codeset(domain.data(), name);
  return result ? text(result) : none();
}
constexpr char getencoding_doc[] = "getencoding($module, /)\n--\n\nThe locale's encoding.";
Ref<> encoding(PyObject*) {
  const char* name = nl_langinfo(CODESET);
  return text(name && *name ? name : "utf-8");
}

Status fill(PyObject* module) {
  static constexpr struct {
    const char* name;
    int value;
  } kCategories[] = {{"LC_CTYPE", LC_CTYPE},       {"LC_TIME", LC_TIME},
                     {"LC_COLLATE", LC_COLLATE},   {"LC_MONETARY", LC_MONETARY},
                     {"LC_MESSAGES", LC_MESSAGES}, {"LC_NUMERIC", LC_NUMERIC},
                     {"LC_ALL", LC_ALL},           {"CHAR_MAX", CHAR_MAX}};
  for (auto& row : kCategories) TRY(add_int_to_module(module, row.name, row.value));
  for (auto& row : kItems) TRY(add_int_to_module(module, row.name, row.value));
  Ref<> name = TRY(new_str("Error")), bases = TRY(tuple_of({PyExc_Exception}));
  Ref<Dict> dict = TRY(new_dict());
  TRY(dict_set(object(dict.get()), "__module__"_name, "locale"_name));
  Ref<> error = TRY(call(object(&PyType_Type), name.get(), bases.get(), object(dict.get())));
  locale_error = Py_NewRef(error.get());
  return add_to_module(module, "Error", std::move(error));
}

constinit PyMethodDef methods[] = {
    positional_varargs<set_locale>("setlocale",
                                   "setlocale($module, category, locale=<unrepresentable>, "
                                   "/)\n--\n\nSets or asks for the locale of a category."),
    method<localeconv_doc, conventions>,
    method<strcoll_doc, collate>,
    method<strxfrm_doc, transform>,
    method<nl_langinfo_doc, language_information>,
    method<gettext_doc, translate>,
    method<dgettext_doc, translate_in>,
    method<dcgettext_doc, translate_category>,
    method<textdomain_doc, set_domain>,
    method<bindtextdomain_doc, bind_domain>,
    method<codeset_doc, bind_codeset>,
    method<getencoding_doc, encoding>,
    {},
};
constexpr char doc[] = "The C library's locale. Programs use module locale.";

}  // namespace
}  // namespace taipan

PyObject* init_locale() {
  return taipan::define_module<"_locale", taipan::doc, taipan::fill, taipan::methods>();
}
