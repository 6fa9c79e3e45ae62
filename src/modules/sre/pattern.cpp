// re.Pattern: code that can be matched, and the ways to search with it.
#include "base/hash.h"
#include "modules/fields.h"
#include "modules/sre/sre.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/int.h"
#include "object/list.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/weakref.h"
#include "types/iterators.h"
#include "types/rows.h"

namespace taipan::sre {
namespace {

Pattern& as(PyObject* o) { return *reinterpret_cast<Pattern*>(o); }

void dealloc(PyObject* o) {
  gc_untrack(o);
  if (as(o).weaklist) clear_weakrefs(o);
  Fields<Pattern>::clear(o);
  as(o).tables.~Tables();
  Py_TYPE(o)->tp_free(o);
}

// -- one match --

constexpr char match_doc[] =
    "match($self, /, string, pos=0, endpos=sys.maxsize)\n--\n\n"
    "Matches zero or more characters at the beginning of the string.";
Ref<> match(Pattern& self, PyObject* string, Py_ssize_t pos, Py_ssize_t endpos) {
  State state;
  TRY(state.open(self, string, pos, endpos));
  return TRY(state.match()) ? state.match_object() : none();
}
constexpr char fullmatch_doc[] =
    "fullmatch($self, /, string, pos=0, endpos=sys.maxsize)\n--\n\nMatches against all of the string.";
Ref<> fullmatch(Pattern& self, PyObject* string, Py_ssize_t pos, Py_ssize_t endpos) {
  State state;
  TRY(state.open(self, string, pos, endpos));
  return TRY(state.match(true)) ? state.match_object() : none();
}
constexpr char search_doc[] =
    "search($self, /, string, pos=0, endpos=sys.maxsize)\n--\n\n"
    "Look for the first place in the string that matches and return its match object.\n\n"
    "Return None if there is none.";
Ref<> search(Pattern& self, PyObject* string, Py_ssize_t pos, Py_ssize_t endpos) {
  State state;
  TRY(state.open(self, string, pos, endpos));
  return TRY(state.search()) ? state.match_object() : none();
}

// -- all matches --

/// What findall lists of one match: its text, its only group, or a tuple of its groups.
Ref<> found(State& state, Py_ssize_t groups) {
  if (groups == 0) return state.text.slice(state.string, state.start, state.at);
  if (groups == 1) return state.group(1, true);
  Ref<Tuple> all = TRY(new_tuple(groups));
  for (Py_ssize_t i = 0; i < groups; i++) all->ob_item[i] = TRY(state.group(i + 1, true)).release();
  return all;
}
constexpr char findall_doc[] =
    "findall($self, /, string, pos=0, endpos=sys.maxsize)\n--\n\n"
    "Return a list of all non-overlapping matches of pattern in string.";
Ref<> findall(Pattern& self, PyObject* string, Py_ssize_t pos, Py_ssize_t endpos) {
  State state;
  TRY(state.open(self, string, pos, endpos));
  Ref<List> list = TRY(new_list());
  while (state.start <= state.end && TRY(state.search())) {
    Ref<> one = TRY(found(state, self.groups));
    TRY(list_append(object(list.get()), one.get()));
    state.advance();
  }
  return list;
}
constexpr char finditer_doc[] =
    "finditer($self, /, string, pos=0, endpos=sys.maxsize)\n--\n\n"
    "Return an iterator over all non-overlapping matches for the RE pattern in string.\n\n"
    "It yields match objects.";
Ref<> finditer(Pattern& self, PyObject* string, Py_ssize_t pos, Py_ssize_t endpos) {
  Ref<> scanner = TRY(make_scanner(self, string, pos, endpos));
  Ref<> search = TRY(get_attr(scanner.get(), "search"_name));
  return new_callable_iterator(search.get(), Py_None);
}
constexpr char scanner_doc[] = "scanner($self, /, string, pos=0, endpos=sys.maxsize)\n--\n\n";
Ref<> scanner(Pattern& self, PyObject* string, Py_ssize_t pos, Py_ssize_t endpos) {
  return make_scanner(self, string, pos, endpos);
}

constexpr char split_doc[] =
    "split($self, /, string, maxsplit=0)\n--\n\nSplit string by the occurrences of pattern.";
Ref<> split(Pattern& self, PyObject* string, Py_ssize_t maxsplit) {
  State state;
  TRY(state.open(self, string, 0, PY_SSIZE_T_MAX));
  Ref<List> list = TRY(new_list());
  auto add = [&](Ref<> part) -> Status {
    if (!part) return Raised{};
    return list_append(object(list.get()), part.get());
  };
  Py_ssize_t last = 0;
  for (Py_ssize_t n = 0; (!maxsplit || n < maxsplit) && TRY(state.search()); n++) {
    TRY(add(state.text.slice(string, last, state.start)));
    for (Py_ssize_t i = 1; i <= self.groups; i++) TRY(add(state.group(i, false)));
    last = state.at;
    state.advance();
  }
  TRY(add(state.text.slice(string, last, state.end)));
  return list;
}

// -- replacing --

/// Whether a template stands for itself, having no backslash.
bool is_literal(PyObject* templ) {
  Text text;
  if (!text.open(templ)) {
    clear_error();
    return false;
  }
  for (Py_ssize_t i = 0; i < text.length; i++)
    if (PyUnicode_READ(text.kind, text.data, i) == '\\') return false;
  return true;
}

/// The replacements made in `string`; the number of them into `*count`.
Ref<> replace(Pattern& self, PyObject* repl, PyObject* string, Py_ssize_t limit, Py_ssize_t* count) {
  Ref<> filter = share(repl);
  bool calls = is_callable(repl);
  if (!calls && !is_literal(repl)) {
    filter = TRY(call_library("_subx", {object(self), repl}));
    calls = is_callable(filter.get());
  }
  State state;
  TRY(state.open(self, string, 0, PY_SSIZE_T_MAX));
  Ref<List> list = TRY(new_list());
  auto add = [&](Ref<> part) -> Status {
    if (!part) return Raised{};
    if (part.get() == Py_None) return {};
    return list_append(object(list.get()), part.get());
  };
  Py_ssize_t last = 0, n = 0;
  while ((!limit || n < limit) && TRY(state.search())) {
    if (last < state.start) TRY(add(state.text.slice(string, last, state.start)));
    if (calls) {
      Ref<> m = TRY(state.match_object());
      TRY(add(call(filter.get(), m.get())));
    } else {
      TRY(add(filter.copy()));
    }
    last = state.at;
    n++;
    state.advance();
  }
  if (last < state.end) TRY(add(state.text.slice(string, last, state.end)));
  *count = n;
  Ref<> joiner = TRY(state.text.slice(string, 0, 0));
  if (Py_SIZE(object(list.get())) == 0) return joiner;
  return call_method(joiner.get(), "join"_name, list.get());
}

constexpr char sub_doc[] =
    "sub($self, /, repl, string, count=0)\n--\n\n"
    "Return the string with the leftmost non-overlapping occurrences of pattern replaced by repl.";
Ref<> sub(Pattern& self, PyObject* repl, PyObject* string, Py_ssize_t count) {
  Py_ssize_t made;
  return replace(self, repl, string, count, &made);
}
constexpr char subn_doc[] =
    "subn($self, /, repl, string, count=0)\n--\n\n"
    "Return the tuple (new_string, number_of_subs_made), where new_string is what sub() returns.";
Ref<> subn(Pattern& self, PyObject* repl, PyObject* string, Py_ssize_t count) {
  Py_ssize_t made;
  Ref<> result = TRY(replace(self, repl, string, count, &made));
  Ref<> number = TRY(new_int(made));
  return tuple_of({result.get(), number.get()});
}

// -- the object itself --

constexpr char copy_doc[] = "__copy__($self, /)\n--\n\n";
Ref<> copy(Pattern& self) { return share(object(self)); }
constexpr char deepcopy_doc[] = "__deepcopy__($self, memo, /)\n--\n\n";
Ref<> deepcopy(Pattern& self, PyObject*) { return share(object(self)); }

Ref<> repr_slot(PyObject* o) {
  Pattern& self = as(o);
  static constexpr struct { const char* name; int value; } kFlags[] = {
      {"re.TEMPLATE", 1}, {"re.IGNORECASE", 2}, {"re.LOCALE", 4}, {"re.MULTILINE", 8}, {"re.DOTALL", 16},
      {"re.UNICODE", 32}, {"re.VERBOSE", 64},   {"re.DEBUG", 128}, {"re.ASCII", 256},
  };
  int flags = self.flags;
  // For a str it goes without saying.
  if (PyUnicode_Check(self.pattern) && (flags & (kFlagLocale | kFlagUnicode | kFlagAscii)) == kFlagUnicode) flags &= ~kFlagUnicode;
  Ref<> shown = TRY(repr(self.pattern));
  StrBuilder out;
  if (!out.add("re.compile(")) return Raised{};
  if (!out.add(shown.get(), 0, str_length(shown.get()) < 200 ? str_length(shown.get()) : 200)) return Raised{};
  const char* separator = ", ";
  for (auto& flag : kFlags) {
    if (!(flags & flag.value)) continue;
    if (!out.add(separator) || !out.add(flag.name)) return Raised{};
    separator = "|";
    flags &= ~flag.value;
  }
  if (flags) {
    char text[24];
    snprintf(text, sizeof text, "0x%x", static_cast<unsigned>(flags));
    if (!out.add(separator) || !out.add(text)) return Raised{};
  }
  if (!out.add(")")) return Raised{};
  return out.finish();
}

Result<Py_hash_t> hash_slot(PyObject* o) {
  Pattern& self = as(o);
  Py_hash_t h = static_cast<Py_hash_t>(hash_bytes(self.code, sizeof(Word) * self.size()));
  h ^= TRY(hash(self.pattern));
  h ^= self.flags ^ self.is_bytes ^ self.groups;
  return h == -1 ? -2 : h;
}

Ref<> compare_slot(PyObject* a, PyObject* b, int op) {
  if ((op != Py_EQ && op != Py_NE) || Py_TYPE(a) != Py_TYPE(b)) return not_implemented();
  Pattern &x = as(a), &y = as(b);
  bool same = a == b;
  if (!same) {
    same = x.flags == y.flags && x.is_bytes == y.is_bytes && x.size() == y.size() &&
           memcmp(x.code, y.code, sizeof(Word) * x.size()) == 0;
    // Patterns that differ in spelling are different, though their code may be the same.
    if (same) same = TRY(equal(x.pattern, y.pattern));
  }
  return boolean(same == (op == Py_EQ));
}

Ref<> get_groupindex(PyObject* o, void*) {
  if (!as(o).groupindex) return new_dict();
  return new_mapping_proxy(as(o).groupindex);
}

constinit PyMethodDef methods[] = {
    method<match_doc, match>,
    method<fullmatch_doc, fullmatch>,
    method<search_doc, search>,
    method<sub_doc, sub>,
    method<subn_doc, subn>,
    method<findall_doc, findall>,
    method<split_doc, split>,
    method<finditer_doc, finditer>,
    method<scanner_doc, scanner>,
    method<copy_doc, copy>,
    method<deepcopy_doc, deepcopy>,
    kClassGetitemRow,
    {},
};
constinit PyGetSetDef getset[] = {
    {"groupindex", slot<get_groupindex>, nullptr, "A dictionary mapping group names to group numbers.", nullptr},
    {},
};
constinit PyMemberDef members[] = {
    {"pattern", T_OBJECT, offsetof(Pattern, pattern), READONLY, "The pattern string from which the RE object was compiled."},
    {"flags", T_INT, offsetof(Pattern, flags), READONLY, "The regex matching flags."},
    {"groups", T_PYSSIZET, offsetof(Pattern, groups), READONLY, "The number of capturing groups in the pattern."},
    {"__weaklistoffset__", T_PYSSIZET, offsetof(Pattern, weaklist), READONLY},
    {},
};

}  // namespace

constinit PyTypeObject pattern_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "re.Pattern",
    .tp_basicsize = offsetof(Pattern, code),
    .tp_itemsize = sizeof(Word),
    .tp_dealloc = dealloc,
    .tp_repr = slot<repr_slot>,
    .tp_hash = slot<hash_slot>,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_doc = "Compiled regular expression object.",
    .tp_traverse = Fields<Pattern>::traverse,
    .tp_clear = Fields<Pattern>::clear,
    .tp_richcompare = slot<compare_slot>,
    .tp_weaklistoffset = offsetof(Pattern, weaklist),
    .tp_methods = methods,
    .tp_members = members,
    .tp_getset = getset,
    .tp_alloc = generic_alloc,
    .tp_free = gc_free,
};

}  // namespace taipan::sre
