// The module _sre: what the library's package re is built on. Here are its functions and the scanner.
#include "modules/sre/sre.h"

#include <new>

#include "modules/fields.h"
#include "modules/module.h"
#include "modules/modules.h"
#include "modules/sre/characters.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/hooks.h"
#include "object/int.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/rows.h"

namespace taipan::sre {
namespace {

// -- the scanner: one match after the other --

struct Scanner {
  PyObject_HEAD
  PyObject *pattern, *string;
  State* state;
  bool finished;
  template <class F> void each(F&& f) { f(pattern), f(string); }
};
Scanner& as(PyObject* o) { return *reinterpret_cast<Scanner*>(o); }

void scanner_dealloc(PyObject* o) {
  gc_untrack(o);
  delete std::exchange(as(o).state, nullptr);
  Fields<Scanner>::clear(o);
  Py_TYPE(o)->tp_free(o);
}

template <bool kSearch>
Ref<> scan(Scanner& self) {
  if (self.finished) return none();
  if (!TRY(kSearch ? self.state->search() : self.state->match())) {
    self.finished = true;
    return none();
  }
  Ref<> m = TRY(self.state->match_object());
  self.state->advance();
  return m;
}
constexpr char scan_match_doc[] = "match($self, /)\n--\n\n";
Ref<> scan_match(Scanner& self) { return scan<false>(self); }
constexpr char scan_search_doc[] = "search($self, /)\n--\n\n";
Ref<> scan_search(Scanner& self) { return scan<true>(self); }

constinit PyMethodDef scanner_methods[] = {
    method<scan_match_doc, scan_match>,
    method<scan_search_doc, scan_search>,
    {},
};
constinit PyMemberDef scanner_members[] = {
    {"pattern", T_OBJECT, offsetof(Scanner, pattern), READONLY, nullptr},
    {},
};

}  // namespace

constinit PyTypeObject scanner_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_sre.SRE_Scanner",
    .tp_basicsize = sizeof(Scanner),
    .tp_dealloc = scanner_dealloc,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_traverse = Fields<Scanner>::traverse,
    .tp_methods = scanner_methods,
    .tp_members = scanner_members,
    .tp_alloc = generic_alloc,
    .tp_free = gc_free,
};

Ref<> make_scanner(Pattern& pattern, PyObject* string, Py_ssize_t pos, Py_ssize_t endpos) {
  Ref<Scanner> scanner = TRY(adopt(reinterpret_cast<Scanner*>(scanner_type.tp_alloc(&scanner_type, 0))));
  scanner->state = new (std::nothrow) State;
  if (!scanner->state) return raise_no_memory();
  TRY(scanner->state->open(pattern, string, pos, endpos));
  scanner->pattern = share(object(pattern)).release();
  scanner->string = Py_NewRef(string);
  return scanner;
}

Ref<> call_library(const char* function, std::initializer_list<PyObject*> args) {
  Ref<> module = TRY(hooks.import_module("re"));
  Ref<> name = TRY(new_str(function));
  Ref<> f = TRY(get_attr(module.get(), name.get()));
  return vectorcall(f.get(), args.begin(), args.size());
}

namespace {

// -- the module's functions --

constexpr char ascii_iscased_doc[] = "ascii_iscased($module, character, /)\n--\n\n";
bool ascii_iscased(PyObject*, int c) { return is_ascii_alpha(static_cast<uint32_t>(c)); }
constexpr char unicode_iscased_doc[] = "unicode_iscased($module, character, /)\n--\n\n";
bool unicode_iscased(PyObject*, int c) {
  auto u = static_cast<uint32_t>(c);
  return lower_unicode(u) != u || upper_unicode(u) != u;
}
constexpr char ascii_tolower_doc[] = "ascii_tolower($module, character, /)\n--\n\n";
Py_ssize_t ascii_tolower(PyObject*, int c) { return static_cast<int>(lower_ascii(static_cast<uint32_t>(c))); }
constexpr char unicode_tolower_doc[] = "unicode_tolower($module, character, /)\n--\n\n";
Py_ssize_t unicode_tolower(PyObject*, int c) { return static_cast<int>(lower_unicode(static_cast<uint32_t>(c))); }
constexpr char getcodesize_doc[] = "getcodesize($module, /)\n--\n\n";
Py_ssize_t getcodesize(PyObject*) { return sizeof(Word); }

constexpr char compile_doc[] =
    "compile($module, /, pattern, flags, code, groups, groupindex,\n        indexgroup)\n--\n\n";
Ref<> compile(PyObject*, PyObject* pattern, int flags, List& code, Py_ssize_t groups, Dict& groupindex, Tuple& indexgroup) {
  int is_bytes = -1;
  if (pattern != Py_None) {
    Text text;
    TRY(text.open(pattern));
    is_bytes = text.is_bytes;
  }
  Py_ssize_t n = Py_SIZE(object(code));
  Ref<Pattern> self = TRY(adopt(reinterpret_cast<Pattern*>(pattern_type.tp_alloc(&pattern_type, n))));
  for (Py_ssize_t i = 0; i < n; i++) {
    PyObject* word = code.ob_item[i];
    int64_t value;
    if (!PyLong_Check(word) || int_to_int64(word, &value) != 0 || value < 0 || value > UINT32_MAX)
      return raise(PyExc_OverflowError, "regular expression code size limit exceeded");
    self->code[i] = static_cast<Word>(value);
  }
  self->groups = groups;
  self->pattern = Py_NewRef(pattern);
  self->flags = flags;
  self->is_bytes = is_bytes;
  if (dict_size(object(groupindex))) {
    self->groupindex = share(object(groupindex)).release();
    if (tuple_size(object(indexgroup))) self->indexgroup = share(object(indexgroup)).release();
  }
  if (!TRY(validate(self->code, self->size(), groups))) return raise(PyExc_RuntimeError, "invalid SRE code");
  return self;
}

// The module has no docstring.
constexpr const char* no_doc = nullptr;

constinit PyMethodDef rows[] = {
    method<ascii_iscased_doc, ascii_iscased>,
    method<unicode_iscased_doc, unicode_iscased>,
    method<ascii_tolower_doc, ascii_tolower>,
    method<unicode_tolower_doc, unicode_tolower>,
    method<getcodesize_doc, getcodesize>,
    method<compile_doc, compile>,
    {},
};

Status fill(PyObject* module) {
  TRY(ready_type(&pattern_type));
  TRY(ready_type(&match_type));
  TRY(ready_type(&scanner_type));
  struct {
    PyObject* name;
    int64_t value;
  } const numbers[] = {
      {"MAGIC"_name, kMagic},
      {"CODESIZE"_name, sizeof(Word)},
      {"MAXREPEAT"_name, kMaxRepeat},
      {"MAXGROUPS"_name, kMaxGroups},
  };
  for (auto& row : numbers) {
    Ref<> value = TRY(new_int(row.value));
    TRY(set_attr(module, row.name, value.get()));
  }
  // The notice is part of the module's interface.
  Ref<> notice = TRY(new_str(" SRE 2.2.2 Copyright (c) 1997-2002 by Secret Labs AB "));
  return set_attr(module, "copyright"_name, notice.get());
}

}  // namespace
}  // namespace taipan::sre

PyObject* init_sre() {
  return taipan::define_module<"_sre", taipan::sre::no_doc, taipan::sre::fill, taipan::sre::rows>();
}
