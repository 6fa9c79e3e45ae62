// re.Match.
#include <Python.h>
#include <structmember.h>

#include "modules/sre/pattern.h"
#include "object/bind.h"
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
#include "types/rows.h"

namespace taipan::sre {

static Match& as_match(PyObject* o) { return *reinterpret_cast<Match*>(o); }

Ref<> new_match(Pattern& pattern, Subject& subject, Outcome outcome) {
  if (outcome == Outcome::failed) return {};
  if (outcome == Outcome::no) return none();
  Py_ssize_t groups = pattern.groups + 1;
  size_t size = offsetof(Match, marks) + static_cast<size_t>(groups) * 2 * sizeof(Py_ssize_t);
  Ref<Match> m = adopt(reinterpret_cast<Match*>(allocate_var_object(&match_type, size, groups)));
  if (!m) return {};
  Matcher& found = subject.matcher;
  m->string = subject.string.copy().release();
  m->regs = nullptr;
  m->pattern = reinterpret_cast<Pattern*>(Py_NewRef(object(pattern)));
  m->pos = subject.pos;
  m->endpos = subject.endpos;
  m->last_index = found.last_index;
  m->marks[0] = found.start;
  m->marks[1] = found.position;
  for (Py_ssize_t i = 1; i < groups; i++) {
    bool matched = found.group_matched(i);
    m->marks[2 * i] = matched ? found.marks[2 * i - 2] : -1;
    m->marks[2 * i + 1] = matched ? found.marks[2 * i - 1] : -1;
  }
  gc_track(object(m.get()));
  return m;
}

static void match_dealloc(PyObject* o) {
  gc_untrack(o);
  Match& m = as_match(o);
  Py_XDECREF(m.string);
  Py_XDECREF(m.regs);
  Py_XDECREF(object(m.pattern));
  free_object(o, offsetof(Match, marks) + static_cast<size_t>(Py_SIZE(o)) * 2 * sizeof(Py_ssize_t));
}
static int match_traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(as_match(o).string);
  Py_VISIT(as_match(o).regs);
  Py_VISIT(as_match(o).pattern);
  return 0;
}
static int match_clear(PyObject* o) {
  clear_field(as_match(o).string);
  clear_field(as_match(o).regs);
  return 0;
}

static Ref<> group_text(Match& m, Py_ssize_t i, PyObject* absent) {
  if (!m.string || m.marks[2 * i] < 0) return share(absent);
  return slice_of(m.string, m.marks[2 * i], m.marks[2 * i + 1]);
}

/// A group by number or name.
static Result<Py_ssize_t> group_number(Match& m, PyObject* key) {
  Py_ssize_t i = -1;
  if (is_index(key)) {
    auto n = to_ssize(key, nullptr);
    if (n) i = *n;
    else clear_error();
  } else {
    auto found = dict_find(m.pattern->groupindex, key);
    if (!found) clear_error();
    else if (*found && PyLong_Check(*found)) {
      auto n = to_ssize(*found, nullptr);
      if (n) i = *n;
      else clear_error();
    }
  }
  if (i < 0 || i >= Py_SIZE(&m)) return raise(PyExc_IndexError, "no such group");
  return i;
}
static Ref<> group_by_key(Match& m, PyObject* key) {
  Py_ssize_t i = TRY(group_number(m, key));
  return group_text(m, i, Py_None);
}

static Ref<> group(Match& self, Arguments a) {
  if (a.count == 0) return group_text(self, 0, Py_None);
  if (a.count == 1) return group_by_key(self, a.items[0]);
  auto result = TRY(new_tuple(a.count));
  for (Py_ssize_t i = 0; i < a.count; i++) result->ob_item[i] = TRY(group_by_key(self, a.items[i])).release();
  return result;
}
static Ref<> match_item(Match& self, PyObject* key) { return group_by_key(self, key); }

static constexpr char groups_doc[] =
    "groups($self, /, default=None)\n--\n\n"
    "A tuple of all groups' texts; for those that took no part, the default.";
static Ref<> groups(Match& self, PyObject* absent) {
  auto result = TRY(new_tuple(Py_SIZE(&self) - 1));
  for (Py_ssize_t i = 1; i < Py_SIZE(&self); i++) result->ob_item[i - 1] = TRY(group_text(self, i, absent)).release();
  return result;
}

static constexpr char groupdict_doc[] =
    "groupdict($self, /, default=None)\n--\n\n"
    "A dictionary of the named groups' texts; for those that took no part, the default.";
static Ref<> groupdict(Match& self, PyObject* absent) {
  auto result = TRY(new_dict());
  Py_ssize_t position = 0;
  PyObject *name, *number;
  while (dict_next(self.pattern->groupindex, &position, &name, &number)) {
    Ref<> hold = share(name);
    Py_ssize_t i = TRY(group_number(self, name));
    Ref<> text = TRY(group_text(self, i, absent));
    TRY(dict_set(object(result.get()), name, text.get()));
  }
  return result;
}

static constexpr char start_doc[] =
    "start($self, group=0, /)\n--\n\n"
    "Where the group's text begins; -1 if it took no part.";
static Result<Py_ssize_t> start(Match& self, PyObject* key) {
  Py_ssize_t i = key ? TRY(group_number(self, key)) : 0;
  return self.marks[2 * i];
}
static constexpr char end_doc[] =
    "end($self, group=0, /)\n--\n\n"
    "Where the group's text ends; -1 if it took no part.";
static Result<Py_ssize_t> end(Match& self, PyObject* key) {
  Py_ssize_t i = key ? TRY(group_number(self, key)) : 0;
  return self.marks[2 * i + 1];
}
static Ref<> span_of(Match& m, Py_ssize_t i) {
  Ref<> from = TRY(new_int(m.marks[2 * i])), to = TRY(new_int(m.marks[2 * i + 1]));
  return tuple_of({from.get(), to.get()});
}
static constexpr char span_doc[] =
    "span($self, group=0, /)\n--\n\n"
    "The pair (m.start(group), m.end(group)).";
static Ref<> span(Match& self, PyObject* key) {
  Py_ssize_t i = key ? TRY(group_number(self, key)) : 0;
  return span_of(self, i);
}

static constexpr char expand_doc[] =
    "expand($self, /, template)\n--\n\n"
    "The template with its backslash references replaced by the groups' texts.";
static Ref<> expand(Match& self, PyObject* text) {
  Ref<> re = TRY(hooks.import_module("re"));
  Ref<> helper = TRY(get_attr(re.get(), "_expand"_name));
  return call(helper.get(), object(self.pattern), object(&self), text);
}

static constexpr char copy_doc[] = "__copy__($self, /)\n--\n\n";
static Ref<> copy(Match& self) { return share(object(self)); }
static constexpr char deepcopy_doc[] = "__deepcopy__($self, memo, /)\n--\n\n";
static Ref<> deepcopy(Match& self, PyObject*) { return share(object(self)); }

static Ref<> match_repr(Match& self) {
  Ref<> text = TRY(group_text(self, 0, Py_None));
  return format_str("<{} object; span=({}, {}), match={}>", type_name(object(self)), self.marks[0], self.marks[1],
                    as_repr(text.get()));
}

static Ref<> get_lastindex(Match& self, void*) { return self.last_index >= 0 ? new_int(self.last_index) : none(); }
static Ref<> get_lastgroup(Match& self, void*) {
  PyObject* names = self.pattern->indexgroup;
  if (!names || self.last_index < 0 || self.last_index >= tuple_size(names)) return none();
  return share(item(names, self.last_index));
}
static Ref<> get_regs(Match& self, void*) {
  if (!self.regs) {
    auto spans = TRY(new_tuple(Py_SIZE(&self)));
    for (Py_ssize_t i = 0; i < Py_SIZE(&self); i++) spans->ob_item[i] = TRY(span_of(self, i)).release();
    self.regs = object(spans.release());
  }
  return share(self.regs);
}

static constinit PyMethodDef match_methods[] = {
    positional_varargs<group>("group",
                              "group([group1, ...]) -> str or tuple.\n"
                              "    The texts of the groups with these numbers or names.\n"
                              "    Without arguments, the whole match."),
    method<start_doc, start>,
    method<end_doc, end>,
    method<span_doc, span>,
    method<groups_doc, groups>,
    method<groupdict_doc, groupdict>,
    method<expand_doc, expand>,
    method<copy_doc, copy>,
    method<deepcopy_doc, deepcopy>,
    kClassGetitemRow,
    {},
};
static constinit PyMemberDef match_members[] = {
    {"string", T_OBJECT, offsetof(Match, string), READONLY, "The string that was searched."},
    {"re", T_OBJECT, offsetof(Match, pattern), READONLY, "The pattern."},
    {"pos", T_PYSSIZET, offsetof(Match, pos), READONLY, "Where the search began."},
    {"endpos", T_PYSSIZET, offsetof(Match, endpos), READONLY, "The search looked no further than this."},
    {},
};
static constinit PyGetSetDef match_getset[] = {
    {"lastindex", slot<get_lastindex>, nullptr, "The number of the group that was closed last.", nullptr},
    {"lastgroup", slot<get_lastgroup>, nullptr, "The name of the group that was closed last.", nullptr},
    {"regs", slot<get_regs>, nullptr, nullptr, nullptr},
    {},
};
static constinit PyMappingMethods match_as_mapping = {.mp_subscript = slot<match_item>};

constinit PyTypeObject match_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "re.Match",
    .tp_basicsize = offsetof(Match, marks),
    .tp_itemsize = sizeof(Py_ssize_t),
    .tp_dealloc = match_dealloc,
    .tp_repr = slot<match_repr>,
    .tp_as_mapping = &match_as_mapping,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_doc = "What re.match() and re.search() found. It is always true.",
    .tp_traverse = match_traverse,
    .tp_clear = match_clear,
    .tp_methods = match_methods,
    .tp_members = match_members,
    .tp_getset = match_getset,
};

}  // namespace taipan::sre
