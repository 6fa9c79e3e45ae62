// Making, comparing and showing code objects.
#include "types/code.h"

#include <Python.h>
#include <structmember.h>

#include <climits>

#include "bytecode/line_table.h"
#include "object/alloc.h"
#include "object/bytes.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "object/weakref.h"
#include "types/constant_key.h"
#include "types/set.h"

namespace taipan {

namespace {

/// A new code object is specialised after this many calls and loops.
constexpr short kWarmup = -8;

struct Counts {
  int locals = 0, cells = 0, plain_cells = 0, free = 0;
  bool ordered = true;  ///< kinds that exist, locals before plain cells before free variables
};

Counts count_kinds(PyObject* kinds) {
  Counts c;
  for (char ch : bytes_view(kinds)) {
    auto kind = uint8_t(ch);
    if (kind & kLocalVariable) {
      c.ordered &= (kind & ~kCellVariable) == kLocalVariable && !c.plain_cells && !c.free;
      c.locals++;
      c.cells += (kind & kCellVariable) != 0;
    } else if (kind & kCellVariable) {
      c.ordered &= kind == kCellVariable && !c.free;
      c.cells++;
      c.plain_cells++;
    } else {
      c.ordered &= kind == kFreeVariable;
      c.free++;
    }
  }
  return c;
}

bool is_tuple(PyObject* o) { return o && PyTuple_Check(o); }
bool is_bytes(PyObject* o) { return o && PyBytes_Check(o); }
bool is_str(PyObject* o) { return o && PyUnicode_Check(o); }

Status check(const CodeParts& p, const Counts& counts) {
  if (Py_SIZE(p.code) > INT_MAX) return raise(PyExc_OverflowError, "code: co_code larger than INT_MAX");
  if (Py_SIZE(p.code) % Py_ssize_t(sizeof(CodeUnit)) != 0) {
    return raise(PyExc_ValueError, "code: co_code is malformed");
  }
  if (!counts.ordered) return raise(PyExc_ValueError, "code: the kinds of variables are malformed");
  int64_t arguments = int64_t{p.argcount} + p.kwonlyargcount + ((p.flags & CO_VARARGS) != 0) +
                      ((p.flags & CO_VARKEYWORDS) != 0);
  if (counts.locals < arguments) return raise(PyExc_ValueError, "code: co_varnames is too small");
  return {};
}

Status check_types(const CodeParts& p) {
  bool good = p.posonlyargcount >= 0 && p.argcount >= p.posonlyargcount && p.kwonlyargcount >= 0 &&
              p.stack_size >= 0 && p.flags >= 0 && is_bytes(p.code) && is_tuple(p.constants) && is_tuple(p.names) &&
              is_tuple(p.locals_plus_names) && is_bytes(p.locals_plus_kinds) &&
              tuple_size(p.locals_plus_names) == Py_SIZE(p.locals_plus_kinds) && is_str(p.name) &&
              is_str(p.qualname) && is_str(p.filename) && is_bytes(p.line_table) && is_bytes(p.exception_table);
  if (!good) return raise_internal(nullptr);
  return {};
}

void intern_item(PyObject*& slot) {
  if (!is_interned(slot)) replace_field(slot, intern(share(slot)));
}

Status intern_names(PyObject* tuple) {
  for (Py_ssize_t i = 0; i < tuple_size(tuple); i++) {
    PyObject*& slot = reinterpret_cast<Tuple*>(tuple)->ob_item[i];
    if (!slot || !PyUnicode_CheckExact(slot)) {
      return raise(PyExc_SystemError, "non-string found in code slot");
    }
    intern_item(slot);
  }
  return {};
}

bool looks_like_name(PyObject* s) {
  if (!is_ascii(s)) return false;
  for (Py_ssize_t i = 0; i < str_length(s); i++) {
    Py_UCS4 c = char_at(s, i);
    if (!(c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) return false;
  }
  return true;
}

/// Strings that look like names are interned: attribute names given as text are found by identity. Returns whether
/// an item was replaced. `depth`: those of deeper nested tuples stay as they are.
bool intern_constants(PyObject* tuple, int depth = 200) {
  bool changed = false;
  for (Py_ssize_t i = 0; i < tuple_size(tuple); i++) {
    PyObject*& slot = reinterpret_cast<Tuple*>(tuple)->ob_item[i];
    if (PyUnicode_CheckExact(slot)) {
      if (is_interned(slot) || !looks_like_name(slot)) continue;
      PyObject* before = slot;
      intern_item(slot);
      changed |= slot != before;
    } else if (depth == 0) {
      continue;
    } else if (PyTuple_CheckExact(slot)) {
      intern_constants(slot, depth - 1);
    } else if (PyFrozenSet_CheckExact(slot)) {
      Ref<> items = to_tuple(slot);
      if (!items || !intern_constants(items.get(), depth - 1)) {
        clear_error();
        continue;
      }
      Ref<> rebuilt = new_frozenset(items.get());
      if (rebuilt) replace_field(slot, std::move(rebuilt));
      else clear_error();
      changed = true;
    }
  }
  return changed;
}

size_t code_memory(Py_ssize_t units) { return offsetof(Code, co_code_adaptive) + static_cast<size_t>(units) * sizeof(CodeUnit); }

int find_first_traceable(Code* code) {
  int at = 0;
  while (at < code_size(code) && opcode_of(code_units(code)[at]) != Opcode::RESUME) at++;
  return at;
}

}  // namespace

bool keep_columns = true;

/// The table with lines alone.
static Ref<> without_columns(PyObject* table, int first_line) {
  auto* data = reinterpret_cast<const uint8_t*>(bytes_data(table));
  LineTableReader reader({data, static_cast<size_t>(Py_SIZE(table))}, first_line);
  LineTableWriter writer(first_line);
  while (reader.next()) writer.add({.line = reader.line()}, reader.end() - reader.start());
  return new_bytes({reinterpret_cast<const char*>(writer.bytes().data()), writer.bytes().size()});
}

Ref<Code> new_code(const CodeParts& p) {
  TRY(check_types(p));
  Counts counts = count_kinds(p.locals_plus_kinds);
  TRY(check(p, counts));
  TRY(intern_names(p.names));
  TRY(intern_names(p.locals_plus_names));
  intern_constants(p.constants);
  Ref<> lines = keep_columns ? share(p.line_table) : TRY(without_columns(p.line_table, p.first_line));

  Py_ssize_t units = Py_SIZE(p.code) / Py_ssize_t(sizeof(CodeUnit));
  auto result = adopt(reinterpret_cast<Code*>(allocate_var_object(&PyCode_Type, code_memory(units), units)));
  if (!result) return Raised{};
  Code* c = result.get();
  c->co_filename = Py_NewRef(p.filename);
  c->co_name = Py_NewRef(p.name);
  c->co_qualname = Py_NewRef(p.qualname);
  c->co_flags = p.flags;
  c->co_firstlineno = p.first_line;
  c->co_linetable = lines.release();
  c->co_consts = Py_NewRef(p.constants);
  c->co_names = Py_NewRef(p.names);
  c->co_localsplusnames = Py_NewRef(p.locals_plus_names);
  c->co_localspluskinds = Py_NewRef(p.locals_plus_kinds);
  c->co_argcount = p.argcount;
  c->co_posonlyargcount = p.posonlyargcount;
  c->co_kwonlyargcount = p.kwonlyargcount;
  c->co_stacksize = p.stack_size;
  c->co_exceptiontable = Py_NewRef(p.exception_table);
  c->co_nlocalsplus = int(tuple_size(p.locals_plus_names));
  c->co_nlocals = counts.locals;
  c->co_nplaincellvars = counts.plain_cells;
  c->co_ncellvars = counts.cells;
  c->co_nfreevars = counts.free;
  c->co_weakreflist = nullptr;
  c->_co_code = nullptr;
  c->_co_linearray = nullptr;
  c->co_extra = nullptr;
  c->co_warmup = kWarmup;
  c->_co_linearray_entry_size = !p.trusted;
  memcpy(c->co_code_adaptive, bytes_data(p.code), size_t(Py_SIZE(p.code)));
  c->_co_firsttraceable = find_first_traceable(c);
  return result;
}

Ref<Code> new_empty_code(const char* filename, const char* function, int first_line) {
  Ref<> file = TRY(new_str(filename)), name = TRY(new_str(function));
  // RESUME, raise AssertionError: it is never meant to run.
  const CodeUnit body[] = {make_unit(Opcode::RESUME, 0), make_unit(Opcode::LOAD_ASSERTION_ERROR, 0),
                           make_unit(Opcode::RAISE_VARARGS, 1)};
  Ref<> code = TRY(new_bytes({reinterpret_cast<const char*>(body), sizeof body}));
  const char lines[] = {char(0x80 | 13 << 3 | 2), 0};  // no columns, three units
  Ref<> table = TRY(new_bytes({lines, sizeof lines}));
  PyObject* nothing = empty_tuple();
  return new_code({.filename = file.get(), .name = name.get(), .qualname = name.get(),
                   .flags = CO_OPTIMIZED | CO_NEWLOCALS, .code = code.get(), .first_line = first_line,
                   .line_table = table.get(), .constants = nothing, .names = nothing,
                   .locals_plus_names = nothing, .locals_plus_kinds = empty_bytes(), .stack_size = 1,
                   .exception_table = empty_bytes(), .trusted = true});
}

std::span<const uint8_t> line_table(Code* code) {
  std::string_view v = bytes_view(code->co_linetable);
  return {reinterpret_cast<const uint8_t*>(v.data()), v.size()};
}

std::span<const uint8_t> exception_table(Code* code) {
  std::string_view v = bytes_view(code->co_exceptiontable);
  return {reinterpret_cast<const uint8_t*>(v.data()), v.size()};
}

void unquicken(CodeUnit* units, int count) {
  for (int i = 0; i < count; i++) {
    Opcode base = unspecialized(opcode_of(units[i]));
    units[i] = make_unit(base, operand_of(units[i]));
    for (int caches = cache_units(base); caches > 0 && i + 1 < count; caches--) units[++i] = 0;
  }
}

Location code_location(Code* code, int byte_offset) {
  if (byte_offset < 0) return {code->co_firstlineno, -1, -1, -1};
  return find_location(line_table(code), code->co_firstlineno, byte_offset / int(sizeof(CodeUnit)));
}

int code_line(Code* code, int byte_offset) { return code_location(code, byte_offset).line; }

// -- comparing --

namespace {

/// The unit as it was before specialisation; caches count as zero.
bool same_units(Code* a, Code* b) {
  CodeUnit *x = code_units(a), *y = code_units(b);
  for (int i = 0; i < code_size(a); i++) {
    Opcode op = unspecialized(opcode_of(x[i]));
    if (op != unspecialized(opcode_of(y[i])) || operand_of(x[i]) != operand_of(y[i])) return false;
    i += cache_units(op);
  }
  return true;
}

bool same_names(PyObject* a, PyObject* b) {
  if (tuple_size(a) != tuple_size(b)) return false;
  for (Py_ssize_t i = 0; i < tuple_size(a); i++) {
    if (!str_equal(item(a, i), item(b, i))) return false;
  }
  return true;
}

}  // namespace

bool code_equal(Code* a, Code* b) {
  return a == b ||
         (str_equal(a->co_name, b->co_name) && a->co_argcount == b->co_argcount &&
          a->co_posonlyargcount == b->co_posonlyargcount && a->co_kwonlyargcount == b->co_kwonlyargcount &&
          a->co_flags == b->co_flags && a->co_firstlineno == b->co_firstlineno && code_size(a) == code_size(b) &&
          same_units(a, b) && same_constant(a->co_consts, b->co_consts) && same_names(a->co_names, b->co_names) &&
          same_names(a->co_localsplusnames, b->co_localsplusnames) &&
          bytes_view(a->co_linetable) == bytes_view(b->co_linetable) &&
          bytes_view(a->co_exceptiontable) == bytes_view(b->co_exceptiontable));
}

Py_hash_t code_hash(Code* c) {
  auto h = uint64_t(str_hash(c->co_name)) ^ constant_hash(c->co_consts) ^ constant_hash(c->co_names) ^
           constant_hash(c->co_localsplusnames);
  for (int n : {c->co_argcount, c->co_posonlyargcount, c->co_kwonlyargcount, c->co_flags, c->co_firstlineno,
                code_size(c)}) {
    h = (h ^ uint64_t(n)) * 1000003;
  }
  auto result = Py_hash_t(h);
  return result == -1 ? -2 : result;
}

namespace {

Ref<> richcompare(PyObject* a, PyObject* b, int op) {
  if ((op != Py_EQ && op != Py_NE) || !PyCode_Check(a) || !PyCode_Check(b)) return not_implemented();
  return boolean(code_equal(reinterpret_cast<Code*>(a), reinterpret_cast<Code*>(b)) == (op == Py_EQ));
}

Py_hash_t hash_slot(Code& c) { return code_hash(&c); }

Ref<> show(Code& c) {
  int line = c.co_firstlineno != 0 ? c.co_firstlineno : -1;
  if (c.co_filename && PyUnicode_Check(c.co_filename)) {
    return format_str("<code object {} at {}, file \"{}\", line {}>", as_str(c.co_name), as_address(&c),
                      as_str(c.co_filename), line);
  }
  return format_str("<code object {} at {}, file ???, line {}>", as_str(c.co_name), as_address(&c), line);
}

// -- foreign data --

struct Extra {
  Py_ssize_t size;
  void* slots[1];
};

constexpr Py_ssize_t kMaxExtras = MAX_CO_EXTRA_USERS;
constinit freefunc extra_free[kMaxExtras] = {};
constinit Py_ssize_t extra_count = 0;

void free_extra(Code& c) {
  auto* extra = static_cast<Extra*>(c.co_extra);
  if (!extra) return;
  for (Py_ssize_t i = 0; i < extra->size; i++) {
    if (extra->slots[i] && extra_free[i]) extra_free[i](extra->slots[i]);
  }
  raw_free(extra);
}

void dealloc(Code& c) {
  if (c.co_weakreflist) clear_weakrefs(object(c));
  free_extra(c);
  Py_XDECREF(c.co_consts);
  Py_XDECREF(c.co_names);
  Py_XDECREF(c.co_localsplusnames);
  Py_XDECREF(c.co_localspluskinds);
  Py_XDECREF(c.co_filename);
  Py_XDECREF(c.co_name);
  Py_XDECREF(c.co_qualname);
  Py_XDECREF(c.co_linetable);
  Py_XDECREF(c.co_exceptiontable);
  Py_XDECREF(c._co_code);
  if (c._co_linearray) raw_free(c._co_linearray);
  free_object(object(c), code_memory(Py_SIZE(&c)));
}

constinit PyMemberDef members[] = {
    {"co_argcount", T_INT, offsetof(Code, co_argcount), READONLY},
    {"co_posonlyargcount", T_INT, offsetof(Code, co_posonlyargcount), READONLY},
    {"co_kwonlyargcount", T_INT, offsetof(Code, co_kwonlyargcount), READONLY},
    {"co_stacksize", T_INT, offsetof(Code, co_stacksize), READONLY},
    {"co_flags", T_INT, offsetof(Code, co_flags), READONLY},
    {"co_names", T_OBJECT, offsetof(Code, co_names), READONLY},
    {"co_filename", T_OBJECT, offsetof(Code, co_filename), READONLY},
    {"co_name", T_OBJECT, offsetof(Code, co_name), READONLY},
    {"co_qualname", T_OBJECT, offsetof(Code, co_qualname), READONLY},
    {"co_firstlineno", T_INT, offsetof(Code, co_firstlineno), READONLY},
    {"co_linetable", T_OBJECT, offsetof(Code, co_linetable), READONLY},
    {"co_exceptiontable", T_OBJECT, offsetof(Code, co_exceptiontable), READONLY},
    {"co_consts", T_OBJECT, offsetof(Code, co_consts), READONLY},
    {"co_nlocals", T_INT, offsetof(Code, co_nlocals), READONLY},
    {},
};

}  // namespace

Py_ssize_t request_code_extra(freefunc free) {
  if (extra_count >= kMaxExtras) return -1;
  extra_free[extra_count] = free;
  return extra_count++;
}

Status get_code_extra(PyObject* o, Py_ssize_t index, void** to) {
  if (!PyCode_Check(o)) return raise_internal(nullptr);
  auto* extra = static_cast<Extra*>(reinterpret_cast<Code*>(o)->co_extra);
  *to = extra && index >= 0 && index < extra->size ? extra->slots[index] : nullptr;
  return {};
}

Status set_code_extra(PyObject* o, Py_ssize_t index, void* value) {
  if (!PyCode_Check(o) || index < 0 || index >= extra_count) return raise_internal(nullptr);
  auto*& field = reinterpret_cast<Code*>(o)->co_extra;
  auto* extra = static_cast<Extra*>(field);
  if (!extra || extra->size <= index) {
    Py_ssize_t old = extra ? extra->size : 0;
    extra = static_cast<Extra*>(raw_reallocate(extra, sizeof(Extra) + size_t(extra_count - 1) * sizeof(void*)));
    if (!extra) return raise_no_memory();
    for (Py_ssize_t i = old; i < extra_count; i++) extra->slots[i] = nullptr;
    extra->size = extra_count;
    field = extra;
  }
  if (extra->slots[index] && extra_free[index]) extra_free[index](extra->slots[index]);
  extra->slots[index] = value;
  return {};
}

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject PyCode_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "code",
    .tp_basicsize = offsetof(PyCodeObject, co_code_adaptive),
    .tp_itemsize = sizeof(CodeUnit),
    .tp_dealloc = slot<dealloc>,
    .tp_repr = slot<show>,
    .tp_hash = slot<hash_slot>,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "A code object: compiled instructions and what belongs to them.",
    .tp_richcompare = slot<richcompare>,
    .tp_weaklistoffset = offsetof(PyCodeObject, co_weakreflist),
    .tp_methods = detail::code_methods,
    .tp_members = members,
    .tp_getset = detail::code_getset,
    .tp_alloc = generic_alloc,
    .tp_new = detail::code_new,
    .tp_free = generic_free,
};
