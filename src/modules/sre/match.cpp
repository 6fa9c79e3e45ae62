// re.Match: where a pattern and its groups matched.
#include "modules/fields.h"
#include "modules/sre/sre.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/int.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/rows.h"

namespace taipan::sre {
namespace {

Match& as(PyObject* o) { return *reinterpret_cast<Match*>(o); }

// -- groups --

Result<Py_ssize_t> group_number(Match& self, PyObject* index) {
  Py_ssize_t i = -1;
  if (is_index(index)) {
    i = TRY(to_ssize(index));
  } else if (self.pattern->groupindex) {
    PyObject* number = TRY(dict_find(self.pattern->groupindex, index));
    if (number && PyLong_Check(number)) i = TRY(to_ssize(number));
  }
  if (i < 0 || i >= self.groups) return raise(PyExc_IndexError, "no such group");
  return i;
}

Ref<> slice_group(Match& self, Py_ssize_t i, PyObject* otherwise) {
  Py_ssize_t from = self.mark[2 * i], to = self.mark[2 * i + 1];
  if (from < 0) return share(otherwise);
  Text text;
  TRY(text.open(self.string));
  // A bytearray may have shrunk since.
  if (from > text.length) from = text.length;
  if (to > text.length) to = text.length;
  return text.slice(self.string, from, to);
}
Ref<> slice_by_name(Match& self, PyObject* index) {
  Py_ssize_t i = TRY(group_number(self, index));
  return slice_group(self, i, Py_None);
}

constexpr char group_doc[] =
    "group([group1, ...]) -> str or tuple.\n"
    "    Return subgroup(s) of the match by indices or names.\n"
    "    For 0 returns the entire match.";
Ref<> group(Match& self, Arguments args) {
  if (args.count == 0) return slice_group(self, 0, Py_None);
  if (args.count == 1) return slice_by_name(self, args.items[0]);
  Ref<Tuple> all = TRY(new_tuple(args.count));
  for (Py_ssize_t i = 0; i < args.count; i++) all->ob_item[i] = TRY(slice_by_name(self, args.items[i])).release();
  return all;
}
Ref<> subscript(PyObject* o, PyObject* index) { return slice_by_name(as(o), index); }

constexpr char groups_doc[] =
    "groups($self, /, default=None)\n--\n\n"
    "Return a tuple containing all the subgroups of the match, from 1.\n\n"
    "  default\n    Is used for groups that did not participate in the match.";
Ref<> groups(Match& self, PyObject* otherwise) {
  Ref<Tuple> all = TRY(new_tuple(self.groups - 1));
  for (Py_ssize_t i = 1; i < self.groups; i++) all->ob_item[i - 1] = TRY(slice_group(self, i, otherwise)).release();
  return all;
}

constexpr char groupdict_doc[] =
    "groupdict($self, /, default=None)\n--\n\n"
    "Return a dictionary containing all the named subgroups of the match, keyed by the subgroup name.\n\n"
    "  default\n    Is used for groups that did not participate in the match.";
Ref<> groupdict(Match& self, PyObject* otherwise) {
  Ref<Dict> result = TRY(new_dict());
  Py_ssize_t position = 0;
  PyObject *name, *number;
  while (self.pattern->groupindex && dict_next(self.pattern->groupindex, &position, &name, &number)) {
    Ref<> keep = share(name);
    Py_ssize_t i = TRY(group_number(self, name));
    Ref<> value = TRY(slice_group(self, i, otherwise));
    TRY(dict_set(object(result.get()), name, value.get()));
  }
  return result;
}

// -- positions --

Ref<> pair(Py_ssize_t from, Py_ssize_t to) {
  Ref<> a = TRY(new_int(from)), b = TRY(new_int(to));
  return tuple_of({a.get(), b.get()});
}
Result<Py_ssize_t> number_or_whole(Match& self, PyObject* group) {
  if (!group) return Py_ssize_t{0};
  return group_number(self, group);
}
constexpr char start_doc[] =
    "start($self, group=0, /)\n--\n\nReturn index of the start of the substring matched by group.";
Result<Py_ssize_t> start(Match& self, PyObject* group) { return self.mark[2 * TRY(number_or_whole(self, group))]; }
constexpr char end_doc[] =
    "end($self, group=0, /)\n--\n\nReturn index of the end of the substring matched by group.";
Result<Py_ssize_t> end(Match& self, PyObject* group) { return self.mark[2 * TRY(number_or_whole(self, group)) + 1]; }
constexpr char span_doc[] =
    "span($self, group=0, /)\n--\n\n"
    "For match object m, return the 2-tuple (m.start(group), m.end(group)).";
Ref<> span(Match& self, PyObject* group) {
  Py_ssize_t i = TRY(number_or_whole(self, group));
  return pair(self.mark[2 * i], self.mark[2 * i + 1]);
}

Ref<> get_regs(PyObject* o, void*) {
  Match& self = as(o);
  if (self.regs) return share(self.regs);
  Ref<Tuple> regs = TRY(new_tuple(self.groups));
  for (Py_ssize_t i = 0; i < self.groups; i++) regs->ob_item[i] = TRY(pair(self.mark[2 * i], self.mark[2 * i + 1])).release();
  self.regs = Py_NewRef(object(regs.get()));
  return regs;
}
Ref<> get_lastindex(PyObject* o, void*) {
  if (as(o).lastindex < 0) return none();
  return new_int(as(o).lastindex);
}
Ref<> get_lastgroup(PyObject* o, void*) {
  Match& self = as(o);
  PyObject* names = self.pattern->indexgroup;
  if (!names || self.lastindex < 0 || self.lastindex >= tuple_size(names)) return none();
  return share(item(names, self.lastindex));
}

// -- others --

constexpr char expand_doc[] =
    "expand($self, /, template)\n--\n\n"
    "Return the string obtained by doing backslash substitution on the string template, as done by the sub() method.";
Ref<> expand(Match& self, PyObject* templ) {
  return call_library("_expand", {object(self.pattern), object(self), templ});
}
constexpr char copy_doc[] = "__copy__($self, /)\n--\n\n";
Ref<> copy(Match& self) { return share(object(self)); }
constexpr char deepcopy_doc[] = "__deepcopy__($self, memo, /)\n--\n\n";
Ref<> deepcopy(Match& self, PyObject*) { return share(object(self)); }

Ref<> repr_slot(PyObject* o) {
  Match& self = as(o);
  Ref<> text = TRY(slice_group(self, 0, Py_None));
  return format_str("<{} object; span=({}, {}), match={}>", type_name(o), self.mark[0], self.mark[1], as_repr(text.get()));
}

constinit PyMethodDef methods[] = {
    positional_varargs<group>("group", group_doc),
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
constinit PyGetSetDef getset[] = {
    {"lastindex", slot<get_lastindex>, nullptr, "The integer index of the last matched capturing group.", nullptr},
    {"lastgroup", slot<get_lastgroup>, nullptr, "The name of the last matched capturing group.", nullptr},
    {"regs", slot<get_regs>, nullptr, nullptr, nullptr},
    {},
};
constinit PyMemberDef members[] = {
    {"string", T_OBJECT, offsetof(Match, string), READONLY, "The string passed to match() or search()."},
    {"re", T_OBJECT, offsetof(Match, pattern), READONLY, "The regular expression object."},
    {"pos", T_PYSSIZET, offsetof(Match, pos), READONLY,
     "The index into the string at which the RE engine started looking for a match."},
    {"endpos", T_PYSSIZET, offsetof(Match, endpos), READONLY,
     "The index into the string beyond which the RE engine will not go."},
    {},
};
constinit PyMappingMethods as_mapping = {.mp_subscript = slot<subscript>};

}  // namespace

constinit PyTypeObject match_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "re.Match",
    .tp_basicsize = offsetof(Match, mark),
    .tp_itemsize = sizeof(Py_ssize_t),
    .tp_dealloc = Fields<Match>::dealloc,
    .tp_repr = slot<repr_slot>,
    .tp_as_mapping = &as_mapping,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_doc = "The result of re.match() and re.search().\nMatch objects always have a boolean value of True.",
    .tp_traverse = Fields<Match>::traverse,
    .tp_clear = Fields<Match>::clear,
    .tp_methods = methods,
    .tp_members = members,
    .tp_getset = getset,
    .tp_alloc = generic_alloc,
    .tp_free = gc_free,
};

Ref<> State::match_object() const {
  Py_ssize_t groups = pattern->groups + 1;
  Ref<Match> m = TRY(adopt(reinterpret_cast<Match*>(match_type.tp_alloc(&match_type, 2 * groups))));
  m->string = Py_NewRef(string);
  m->pattern = share(pattern).release();
  m->pos = pos;
  m->endpos = end;
  m->lastindex = lastindex;
  m->groups = groups;
  m->mark[0] = start;
  m->mark[1] = at;
  for (Py_ssize_t i = 1; i < groups; i++) {
    bool matched = has_group(i);
    m->mark[2 * i] = matched ? marks[2 * i - 2] : -1;
    m->mark[2 * i + 1] = matched ? marks[2 * i - 1] : -1;
  }
  return m;
}

}  // namespace taipan::sre
