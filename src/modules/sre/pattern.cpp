// re.Pattern.
#include "modules/sre/pattern.h"

#include <structmember.h>

#include "base/hash.h"
#include "object/bind.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/hooks.h"
#include "object/int.h"
#include "object/name.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "object/weakref.h"
#include "types/iterators.h"
#include "types/rows.h"

namespace taipan::sre {

static Pattern& as_pattern(PyObject* o) { return *reinterpret_cast<Pattern*>(o); }

static void pattern_dealloc(PyObject* o) {
  gc_untrack(o);
  Pattern& p = as_pattern(o);
  clear_weakrefs(o);
  Py_XDECREF(p.pattern);
  Py_XDECREF(p.groupindex);
  Py_XDECREF(p.indexgroup);
  free_object(o, offsetof(Pattern, code) + static_cast<size_t>(Py_SIZE(o)) * sizeof(Code));
}
static int pattern_traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(as_pattern(o).pattern);
  Py_VISIT(as_pattern(o).groupindex);
  Py_VISIT(as_pattern(o).indexgroup);
  return 0;
}

// -- single matches --

enum class Where { start, whole, anywhere };

static Ref<> find_one(Pattern& self, PyObject* string, Py_ssize_t pos, Py_ssize_t endpos, Where where) {
  Subject s;
  TRY(s.open(self, string, pos, endpos));
  s.matcher.match_all = where == Where::whole;
  Outcome outcome = where == Where::anywhere ? s.matcher.search(self.code) : s.matcher.match(self.code);
  return new_match(self, s, outcome);
}

static constexpr char match_doc[] =
    "match($self, /, string, pos=0, endpos=sys.maxsize)\n--\n\n"
    "The match at the beginning of the string, or None.";
static Ref<> match(Pattern& self, PyObject* string, Py_ssize_t pos, Py_ssize_t endpos) {
  return find_one(self, string, pos, endpos, Where::start);
}
static constexpr char fullmatch_doc[] =
    "fullmatch($self, /, string, pos=0, endpos=sys.maxsize)\n--\n\n"
    "The match of all of the string, or None.";
static Ref<> fullmatch(Pattern& self, PyObject* string, Py_ssize_t pos, Py_ssize_t endpos) {
  return find_one(self, string, pos, endpos, Where::whole);
}
static constexpr char search_doc[] =
    "search($self, /, string, pos=0, endpos=sys.maxsize)\n--\n\n"
    "The first match anywhere in the string, or None.";
static Ref<> search(Pattern& self, PyObject* string, Py_ssize_t pos, Py_ssize_t endpos) {
  return find_one(self, string, pos, endpos, Where::anywhere);
}

// -- all matches --

/// Calls visit() after each match until there is none; `most` 0: no limit.
template <class F>
static Result<Py_ssize_t> each_match(Pattern& self, Subject& s, Py_ssize_t most, F&& visit) {
  Py_ssize_t n = 0;
  while ((most == 0 || n < most) && s.matcher.start <= s.matcher.end) {
    Outcome outcome = s.matcher.search(self.code);
    if (outcome == Outcome::failed) return Raised{};
    if (outcome == Outcome::no) break;
    TRY(visit());
    n++;
    s.step();
  }
  return n;
}

static constexpr char findall_doc[] =
    "findall($self, /, string, pos=0, endpos=sys.maxsize)\n--\n\n"
    "A list of the texts of all matches that do not overlap: of the group if the pattern has one,\n"
    "tuples of the groups if it has several.";
static Ref<> findall(Pattern& self, PyObject* string, Py_ssize_t pos, Py_ssize_t endpos) {
  Subject s;
  TRY(s.open(self, string, pos, endpos));
  Ref<> list = TRY(new_list());
  auto add = [&]() -> Status {
    if (self.groups <= 1) {
      Ref<> text = TRY(s.group(self.groups, true));
      return list_append(list.get(), text.get());
    }
    auto texts = TRY(new_tuple(self.groups));
    for (Py_ssize_t i = 0; i < self.groups; i++) texts->ob_item[i] = TRY(s.group(i + 1, true)).release();
    return list_append(list.get(), object(texts.get()));
  };
  Py_ssize_t n = TRY(each_match(self, s, 0, add));
  (void)n;
  return list;
}

static constexpr char finditer_doc[] =
    "finditer($self, /, string, pos=0, endpos=sys.maxsize)\n--\n\n"
    "An iterator over all matches that do not overlap.";
static Ref<> finditer(Pattern& self, PyObject* string, Py_ssize_t pos, Py_ssize_t endpos) {
  Ref<> scanner = TRY(new_scanner(self, string, pos, endpos));
  Ref<> search = TRY(get_attr(scanner.get(), "search"_name));
  return new_callable_iterator(search.get(), Py_None);
}
static constexpr char scanner_doc[] = "scanner($self, /, string, pos=0, endpos=sys.maxsize)\n--\n\n";
static Ref<> scanner(Pattern& self, PyObject* string, Py_ssize_t pos, Py_ssize_t endpos) {
  return new_scanner(self, string, pos, endpos);
}

static constexpr char split_doc[] =
    "split($self, /, string, maxsplit=0)\n--\n\n"
    "The parts of the string between matches, and the groups' texts between the parts.";
static Ref<> split(Pattern& self, PyObject* string, Py_ssize_t maxsplit) {
  Subject s;
  TRY(s.open(self, string, 0, PY_SSIZE_T_MAX));
  Ref<> list = TRY(new_list());
  Py_ssize_t last = s.matcher.start;
  if (maxsplit >= 0) {
    auto add = [&]() -> Status {
      Ref<> part = TRY(s.slice(last, s.matcher.start));
      TRY(list_append(list.get(), part.get()));
      for (Py_ssize_t i = 1; i <= self.groups; i++) {
        part = TRY(s.group(i, false));
        TRY(list_append(list.get(), part.get()));
      }
      last = s.matcher.position;
      return {};
    };
    Py_ssize_t n = TRY(each_match(self, s, maxsplit, add));
    (void)n;
  }
  Ref<> rest = TRY(s.slice(last, s.matcher.end));
  TRY(list_append(list.get(), rest.get()));
  return list;
}

// -- substitution --

/// What replaces a match: a constant, or something to call with the match.
struct Replacement {
  Ref<> value;
  bool called = false;
};
static Result<bool> is_literal(PyObject* text) {
  BufferView buffer;
  const void* data;
  Py_ssize_t n;
  int size;
  bool is_bytes;
  if (!text_of(text, buffer, &data, &n, &size, &is_bytes)) {
    clear_error();
    return false;
  }
  for (Py_ssize_t i = 0; i < n; i++) {
    uint32_t c = size == 1   ? static_cast<const uint8_t*>(data)[i]
                 : size == 2 ? static_cast<const uint16_t*>(data)[i]
                             : static_cast<const uint32_t*>(data)[i];
    if (c == '\\') return false;
  }
  return true;
}
static Status prepare(Pattern& self, PyObject* repl, Replacement* out) {
  if (is_callable(repl)) {
    *out = {share(repl), true};
    return {};
  }
  if (TRY(is_literal(repl))) {
    *out = {share(repl), false};
    return {};
  }
  Ref<> re = TRY(hooks.import_module("re"));
  Ref<> compile = TRY(get_attr(re.get(), "_subx"_name));
  Ref<> filter = TRY(call(compile.get(), object(&self), repl));
  bool called = is_callable(filter.get());
  *out = {std::move(filter), called};
  return {};
}

static Ref<> substitute(Pattern& self, PyObject* repl, PyObject* string, Py_ssize_t most, Py_ssize_t* made) {
  Replacement replacement;
  TRY(prepare(self, repl, &replacement));
  Subject s;
  TRY(s.open(self, string, 0, PY_SSIZE_T_MAX));
  Ref<> parts = TRY(new_list());
  Py_ssize_t copied = 0;
  auto replace = [&]() -> Status {
    Py_ssize_t from = s.matcher.start, to = s.matcher.position;
    if (copied < from) {
      Ref<> between = TRY(s.slice(copied, from));
      TRY(list_append(parts.get(), between.get()));
    }
    Ref<> text;
    if (replacement.called) {
      Ref<> match = TRY(new_match(self, s, Outcome::yes));
      text = TRY(call(replacement.value.get(), match.get()));
    } else {
      text = replacement.value.copy();
    }
    if (text.get() != Py_None) TRY(list_append(parts.get(), text.get()));
    copied = to;
    return {};
  };
  *made = most < 0 ? 0 : TRY(each_match(self, s, most, replace));
  if (copied < s.endpos) {
    Ref<> rest = TRY(s.slice(copied, s.endpos));
    TRY(list_append(parts.get(), rest.get()));
  }
  Ref<> joiner = TRY(s.slice(0, 0));
  if (Py_SIZE(parts.get()) == 0) return joiner;
  return call_method(joiner.get(), "join"_name, parts.get());
}

static constexpr char sub_doc[] =
    "sub($self, /, repl, string, count=0)\n--\n\n"
    "The string with its matches, or the first count of them, replaced by repl.";
static Ref<> sub(Pattern& self, PyObject* repl, PyObject* string, Py_ssize_t count) {
  Py_ssize_t made;
  return substitute(self, repl, string, count, &made);
}
static constexpr char subn_doc[] =
    "subn($self, /, repl, string, count=0)\n--\n\n"
    "The pair (new string, number of replacements).";
static Ref<> subn(Pattern& self, PyObject* repl, PyObject* string, Py_ssize_t count) {
  Py_ssize_t made;
  Ref<> text = TRY(substitute(self, repl, string, count, &made));
  Ref<> n = TRY(new_int(made));
  return tuple_of({text.get(), n.get()});
}

// -- basics --

static constexpr char copy_doc[] = "__copy__($self, /)\n--\n\n";
static Ref<> copy(Pattern& self) { return share(object(self)); }
static constexpr char deepcopy_doc[] = "__deepcopy__($self, memo, /)\n--\n\n";
static Ref<> deepcopy(Pattern& self, PyObject*) { return share(object(self)); }

static Ref<> pattern_repr(Pattern& self) {
  constexpr struct {
    const char* name;
    int value;
  } kFlags[] = {{"re.TEMPLATE", 1}, {"re.IGNORECASE", 2}, {"re.LOCALE", 4},  {"re.MULTILINE", 8},
                {"re.DOTALL", 16},  {"re.VERBOSE", 64},   {"re.DEBUG", 128}, {"re.ASCII", 256}};
  int flags = self.flags;
  // UNICODE goes without saying for str.
  if (self.is_bytes == 0 && (flags & (4 | 256 | 32)) == 32) flags &= ~32;
  StrBuilder text;
  if (!text.add("re.compile(")) return {};
  Ref<> source = TRY(repr(self.pattern));
  Py_ssize_t n = str_length(source.get());
  if (!text.add(source.get(), 0, n < 200 ? n : 200)) return {};
  bool first = true;
  auto add = [&](std::string_view name) {
    bool done = text.add(first ? ", " : "|") && text.add(name);
    first = false;
    return done;
  };
  for (auto& f : kFlags) {
    if (!(flags & f.value)) continue;
    flags &= ~f.value;
    if (!add(f.name)) return {};
  }
  if (flags) {
    char rest[24];
    snprintf(rest, sizeof rest, "0x%x", static_cast<unsigned>(flags));
    if (!add(rest)) return {};
  }
  if (!text.add(")")) return {};
  return text.finish();
}

static Result<Py_hash_t> pattern_hash(Pattern& self) {
  Py_hash_t h = TRY(hash(self.pattern));
  h ^= hash_bytes(self.code, static_cast<size_t>(Py_SIZE(&self)) * sizeof(Code));
  h ^= self.flags ^ self.is_bytes ^ Py_SIZE(&self);
  return h == -1 ? -2 : h;
}
static Ref<> pattern_compare(PyObject* a, PyObject* b, int op) {
  if ((op != Py_EQ && op != Py_NE) || !Py_IS_TYPE(b, &pattern_type)) return not_implemented();
  if (a == b) return boolean(op == Py_EQ);
  Pattern &x = as_pattern(a), &y = as_pattern(b);
  bool same = x.flags == y.flags && x.is_bytes == y.is_bytes && Py_SIZE(&x) == Py_SIZE(&y) &&
              memcmp(x.code, y.code, static_cast<size_t>(Py_SIZE(&x)) * sizeof(Code)) == 0 &&
              TRY(equal(x.pattern, y.pattern));
  return boolean(same == (op == Py_EQ));
}

static Ref<> get_groupindex(Pattern& self, void*) { return new_mapping_proxy(self.groupindex); }

static constinit PyMethodDef pattern_methods[] = {
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
static constinit PyMemberDef pattern_members[] = {
    {"pattern", T_OBJECT, offsetof(Pattern, pattern), READONLY, "The text that the pattern was made from."},
    {"flags", T_INT, offsetof(Pattern, flags), READONLY, "The flags."},
    {"groups", T_PYSSIZET, offsetof(Pattern, groups), READONLY, "How many groups there are."},
    {},
};
static constinit PyGetSetDef pattern_getset[] = {
    {"groupindex", slot<get_groupindex>, nullptr, "The numbers of the named groups.", nullptr},
    {},
};

constinit PyTypeObject pattern_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "re.Pattern",
    .tp_basicsize = offsetof(Pattern, code),
    .tp_itemsize = sizeof(Code),
    .tp_dealloc = pattern_dealloc,
    .tp_repr = slot<pattern_repr>,
    .tp_hash = slot<pattern_hash>,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_doc = "A compiled regular expression.",
    .tp_traverse = pattern_traverse,
    .tp_richcompare = slot<pattern_compare>,
    .tp_weaklistoffset = offsetof(Pattern, weakreflist),
    .tp_methods = pattern_methods,
    .tp_members = pattern_members,
    .tp_getset = pattern_getset,
};

}  // namespace taipan::sre
