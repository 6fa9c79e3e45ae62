// Pattern.scanner(): one match after the other, also behind finditer().
#include <Python.h>
#include <structmember.h>

#include <new>

#include "modules/sre/pattern.h"
#include "object/bind.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/slot.h"
#include "object/type.h"

namespace taipan::sre {

namespace {
struct Scanner {
  PyObject_HEAD
  PyObject* pattern;
  Subject* subject;
  bool executing;
};
}  // namespace

static Scanner& as_scanner(PyObject* o) { return *reinterpret_cast<Scanner*>(o); }

Ref<> new_scanner(Pattern& pattern, PyObject* string, Py_ssize_t pos, Py_ssize_t endpos) {
  auto s = TRY(allocate<Scanner>(&scanner_type));
  s->pattern = nullptr;
  s->executing = false;
  void* memory = malloc(sizeof(Subject));
  s->subject = memory ? new (memory) Subject : nullptr;
  if (!memory) return raise_no_memory();
  TRY(s->subject->open(pattern, string, pos, endpos));
  s->pattern = Py_NewRef(object(pattern));
  gc_track(object(s.get()));
  return s;
}
static void scanner_dealloc(PyObject* o) {
  gc_untrack(o);
  if (Subject* s = as_scanner(o).subject) {
    s->~Subject();
    free(s);
  }
  Py_XDECREF(as_scanner(o).pattern);
  deallocate(&as_scanner(o));
}
static int scanner_traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(as_scanner(o).pattern);
  if (Subject* s = as_scanner(o).subject) Py_VISIT(s->string.get());
  return 0;
}

template <bool Search>
static Ref<> next_match(Scanner& self) {
  // A signal handler may come back in here while a match is being looked for.
  if (self.executing) return raise(PyExc_ValueError, "regular expression scanner already executing");
  Subject& s = *self.subject;
  if (s.matcher.start < 0) return none();
  auto& pattern = *reinterpret_cast<Pattern*>(self.pattern);
  self.executing = true;
  Outcome outcome = Search ? s.matcher.search(pattern.code) : s.matcher.match(pattern.code);
  self.executing = false;
  Ref<> match = TRY(new_match(pattern, s, outcome));
  if (outcome == Outcome::no) s.matcher.start = -1;  // exhausted
  else s.step();
  return match;
}

static constexpr char match_doc[] = "match($self, /)\n--\n\n";
static Ref<> match(Scanner& self) { return next_match<false>(self); }
static constexpr char search_doc[] = "search($self, /)\n--\n\n";
static Ref<> search(Scanner& self) { return next_match<true>(self); }

static constinit PyMethodDef scanner_methods[] = {method<match_doc, match>, method<search_doc, search>, {}};
static constinit PyMemberDef scanner_members[] = {
    {"pattern", T_OBJECT, offsetof(Scanner, pattern), READONLY, nullptr},
    {},
};

constinit PyTypeObject scanner_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_sre.SRE_Scanner",
    .tp_basicsize = sizeof(Scanner),
    .tp_dealloc = scanner_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_traverse = scanner_traverse,
    .tp_methods = scanner_methods,
    .tp_members = scanner_members,
};

Status ready_sre_types() {
  TRY(ready_type(&pattern_type));
  TRY(ready_type(&match_type));
  return ready_type(&scanner_type);
}

}  // namespace taipan::sre
