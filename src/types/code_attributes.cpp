// What Python sees of a code object: names by kind, instructions as they were, lines, positions, copies with changes.
#include <Python.h>

#include <climits>
#include <string>
#include <vector>

#include "bytecode/line_table.h"
#include "object/bind.h"
#include "object/bytes.h"
#include "object/error.h"
#include "object/int.h"
#include "object/name.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/code.h"

namespace taipan {

namespace {

Ref<> names_of_kind(Code* c, uint8_t kind, int count) {
  auto result = TRY(new_tuple(count));
  int n = 0;
  for (int i = 0; i < c->co_nlocalsplus; i++) {
    if (local_kind(c, i) & kind) result->ob_item[n++] = Py_NewRef(item(c->co_localsplusnames, i));
  }
  return result;
}

}  // namespace

Ref<> code_varnames(Code* c) { return names_of_kind(c, kLocalVariable, c->co_nlocals); }
Ref<> code_cellvars(Code* c) { return names_of_kind(c, kCellVariable, c->co_ncellvars); }
Ref<> code_freevars(Code* c) { return names_of_kind(c, kFreeVariable, c->co_nfreevars); }

Ref<> code_bytes(Code* c) {
  if (c->_co_code) return share(c->_co_code);
  Ref<> bytes = TRY(new_bytes({c->co_code_adaptive, size_t(code_size(c)) * sizeof(CodeUnit)}));
  unquicken(reinterpret_cast<CodeUnit*>(bytes_data(bytes.get())), code_size(c));
  c->_co_code = Py_NewRef(bytes.get());
  return bytes;
}

namespace {

PyObject* get_varnames(PyObject* o, void*) { return code_varnames(reinterpret_cast<Code*>(o)).release(); }
PyObject* get_cellvars(PyObject* o, void*) { return code_cellvars(reinterpret_cast<Code*>(o)).release(); }
PyObject* get_freevars(PyObject* o, void*) { return code_freevars(reinterpret_cast<Code*>(o)).release(); }
PyObject* get_code(PyObject* o, void*) { return code_bytes(reinterpret_cast<Code*>(o)).release(); }
PyObject* get_adaptive(PyObject* o, void*) {
  auto* c = reinterpret_cast<Code*>(o);
  return new_bytes({c->co_code_adaptive, size_t(code_size(c)) * sizeof(CodeUnit)}).release();
}

/// One step of the line table of Python before 3.10: pairs of a byte distance and a signed line distance.
void append_line_delta(BytesBuilder& out, int bytes, int lines) {
  auto pair = [&](int b, int l) {
    out.add(char(b));
    out.add(char(l));
  };
  for (; bytes > 255; bytes -= 255) pair(255, 0);
  for (; lines > 127; lines -= 127) pair(std::exchange(bytes, 0), 127);
  for (; lines < -128; lines += 128) pair(std::exchange(bytes, 0), -128);
  pair(bytes, lines);
}

PyObject* get_lnotab(PyObject* o, void*) {
  auto* c = reinterpret_cast<Code*>(o);
  BytesBuilder out;
  int line = c->co_firstlineno, at = 0;
  LineTableReader reader(line_table(c), line);
  while (reader.next()) {
    if (reader.computed_line() == line) continue;
    int start = reader.start() * int(sizeof(CodeUnit));
    append_line_delta(out, start - at, reader.computed_line() - line);
    at = start;
    line = reader.computed_line();
  }
  return out.finish().release();
}

// -- iterators --

struct LineIteratorObject {
  PyObject_HEAD
  Code* code;
  LineTableReader lines;
};
struct PositionsIterator {
  PyObject_HEAD
  Code* code;
  LineTableReader reader;
  int at;
  bool valid;
};

Ref<> number_or_none(int n) { return n < 0 ? none() : new_int(n); }

constexpr char lines_doc[] =
    "co_lines($self, /)\n--\n\nIterate over (start, end, line): byte offsets, and the line of what is between them.";
Ref<> lines(Code& c) {
  auto it = adopt(line_iterator_type.tp_alloc(&line_iterator_type, 0));
  if (!it) return Raised{};
  auto* self = reinterpret_cast<LineIteratorObject*>(it.get());
  new (&self->lines) LineTableReader(line_table(&c), c.co_firstlineno);
  self->code = reinterpret_cast<Code*>(Py_NewRef(object(c)));
  return it;
}

Result<Ref<>> next_line(LineIteratorObject& it) {
  if (!it.lines.next()) return Ref<>();
  constexpr int kUnit = sizeof(CodeUnit);
  Ref<> start = TRY(new_int(it.lines.start() * kUnit)), end = TRY(new_int(it.lines.end() * kUnit));
  Ref<> line = TRY(number_or_none(it.lines.line()));
  return TRY(tuple_of({start.get(), end.get(), line.get()}));
}

constexpr char positions_doc[] =
    "co_positions($self, /)\n--\n\n"
    "Iterate over (line, end line, column, end column) of each code unit; None where unknown.";
Ref<> positions(Code& c) {
  auto it = adopt(positions_iterator_type.tp_alloc(&positions_iterator_type, 0));
  if (!it) return Raised{};
  auto* self = reinterpret_cast<PositionsIterator*>(it.get());
  new (&self->reader) LineTableReader(line_table(&c), c.co_firstlineno);
  self->valid = self->reader.next();
  self->code = reinterpret_cast<Code*>(Py_NewRef(object(c)));
  return it;
}

Result<Ref<>> next_position(PositionsIterator& it) {
  while (it.valid && it.at >= it.reader.end()) it.valid = it.reader.next();
  if (!it.valid) return Ref<>();
  it.at++;
  const Location& l = it.reader.location();
  Ref<> line = TRY(number_or_none(l.line)), end_line = TRY(number_or_none(l.end_line));
  Ref<> column = TRY(number_or_none(l.column)), end_column = TRY(number_or_none(l.end_column));
  return TRY(tuple_of({line.get(), end_line.get(), column.get(), end_column.get()}));
}

template <class T>
void dealloc_iterator(T& it) {
  Py_XDECREF(object(it.code));
  generic_free(&it);
}

// -- making from Python --

Status check_names(PyObject* tuple) {
  for (Py_ssize_t i = 0; i < tuple_size(tuple); i++) {
    if (!PyUnicode_Check(item(tuple, i))) {
      return raise(PyExc_TypeError, "name tuples must contain only strings, not '{}'",
                   clip(type_name(item(tuple, i)), 500));
    }
  }
  return {};
}

/// Names are interned in place, so that the caller's tuple must not be touched. What is no str is copied as it is:
/// new_code refuses it in its turn.
Ref<> copy_names(PyObject* tuple) {
  auto copy = TRY(new_tuple(tuple_size(tuple)));
  for (Py_ssize_t i = 0; i < tuple_size(tuple); i++) {
    PyObject* name = item(tuple, i);
    Ref<> exact = PyUnicode_CheckExact(name) || !PyUnicode_Check(name) ? share(name) : TRY(str_slice(name, 0, str_length(name)));
    copy->ob_item[i] = exact.release();
  }
  return copy;
}

Py_ssize_t find_name(PyObject* names, PyObject* name) {
  for (Py_ssize_t i = 0; i < tuple_size(names); i++) {
    PyObject* other = item(names, i);
    if (PyUnicode_Check(other) && PyUnicode_Check(name) && str_equal(other, name)) return i;
  }
  return -1;
}

}  // namespace

Ref<Code> new_code_from_variables(CodeParts parts, PyObject* varnames, PyObject* freevars, PyObject* cellvars) {
  for (PyObject* tuple : {varnames, freevars, cellvars, parts.names}) {
    if (!tuple || !PyTuple_Check(tuple)) return raise_internal(nullptr);
    }
  Py_ssize_t locals = tuple_size(varnames);
  std::vector<PyObject*> names(reinterpret_cast<Tuple*>(varnames)->ob_item,
                               reinterpret_cast<Tuple*>(varnames)->ob_item + locals);
  auto kinds = std::string(static_cast<size_t>(locals), char(kLocalVariable));
  for (Py_ssize_t i = 0; i < tuple_size(cellvars); i++) {
    Py_ssize_t local = find_name(varnames, item(cellvars, i));
    if (local >= 0) {
      kinds[size_t(local)] = char(uint8_t(kinds[size_t(local)]) | kCellVariable);
    } else {
      names.push_back(item(cellvars, i));
      kinds.push_back(char(kCellVariable));
    }
  }
  for (Py_ssize_t i = 0; i < tuple_size(freevars); i++) {
    names.push_back(item(freevars, i));
    kinds.push_back(char(kFreeVariable));
  }
  Ref<> all_names = TRY(tuple_of(names.data(), Py_ssize_t(names.size())));
  Ref<> all_kinds = TRY(new_bytes(kinds));
  parts.locals_plus_names = all_names.get();
  parts.locals_plus_kinds = all_kinds.get();
  return new_code(parts);
}

namespace {

/// The number of local variables is given twice and must agree.
Ref<> check_locals(Ref<Code> code, int given) {
  if (code->co_nlocals == given) return code;
  return raise(PyExc_ValueError, "code: co_nlocals != len(co_varnames)");
}

Ref<> make_code(PyTypeObject*, int argcount, int posonlyargcount, int kwonlyargcount, int nlocals, int stacksize,
                int flags, Bytes& codestring, Tuple& constants, Tuple& names, Tuple& varnames, Str& filename,
                Str& name, Str& qualname, int firstlineno, Bytes& linetable, Bytes& exceptiontable,
                Tuple* freevars, Tuple* cellvars) {
  if (argcount < 0) return raise(PyExc_ValueError, "code: argcount must not be negative");
  if (posonlyargcount < 0) return raise(PyExc_ValueError, "code: posonlyargcount must not be negative");
  if (kwonlyargcount < 0) return raise(PyExc_ValueError, "code: kwonlyargcount must not be negative");
  if (nlocals < 0) return raise(PyExc_ValueError, "code: nlocals must not be negative");
  for (Tuple* tuple : {&names, &varnames, freevars, cellvars}) {
    if (tuple) TRY(check_names(object(tuple)));
  }
  Ref<> own_names = TRY(copy_names(object(names)));
  Ref<> own_varnames = TRY(copy_names(object(varnames)));
  Ref<> own_freevars = TRY(copy_names(freevars ? object(freevars) : empty_tuple()));
  Ref<> own_cellvars = TRY(copy_names(cellvars ? object(cellvars) : empty_tuple()));
  Ref<> own_constants = TRY(tuple_of(constants.ob_item, Py_SIZE(&constants)));
  Ref<Code> code = TRY(new_code_from_variables(
      {.filename = object(filename), .name = object(name), .qualname = object(qualname), .flags = flags,
       .code = object(codestring), .first_line = firstlineno, .line_table = object(linetable),
       .constants = own_constants.get(), .names = own_names.get(), .argcount = argcount,
       .posonlyargcount = posonlyargcount, .kwonlyargcount = kwonlyargcount, .stack_size = stacksize,
       .exception_table = object(exceptiontable)},
      own_varnames.get(), own_freevars.get(), own_cellvars.get()));
  return check_locals(std::move(code), nlocals);
}

constexpr char replace_doc[] =
    "replace($self, /, *, co_argcount=-1, co_posonlyargcount=-1, co_kwonlyargcount=-1, co_nlocals=-1, "
    "co_stacksize=-1, co_flags=-1, co_firstlineno=-1, co_code=None, co_consts=None, co_names=None, "
    "co_varnames=None, co_freevars=None, co_cellvars=None, co_filename=None, co_name=None, co_qualname=None, "
    "co_linetable=None, co_exceptiontable=None)\n--\n\n"
    "A copy of the code object with other values for the given fields.";

/// The new value of a numeric field; -1 stands for the old one.
Result<int> choose(int given, int old, const char* name) {
  if (given == -1) given = old;
  if (given < 0) return raise(PyExc_ValueError, "{} must be a positive integer", name);
  return given;
}

Ref<> replace(Code& c, int argcount, int posonlyargcount, int kwonlyargcount, int nlocals, int stacksize, int flags,
              int firstlineno, Bytes* code, Tuple* consts, Tuple* names, Tuple* varnames, Tuple* freevars,
              Tuple* cellvars, Str* filename, Str* name, Str* qualname, Bytes* linetable, Bytes* exceptiontable) {
  CodeParts p;
  p.argcount = TRY(choose(argcount, c.co_argcount, "co_argcount"));
  p.posonlyargcount = TRY(choose(posonlyargcount, c.co_posonlyargcount, "co_posonlyargcount"));
  p.kwonlyargcount = TRY(choose(kwonlyargcount, c.co_kwonlyargcount, "co_kwonlyargcount"));
  nlocals = TRY(choose(nlocals, c.co_nlocals, "co_nlocals"));
  p.stack_size = TRY(choose(stacksize, c.co_stacksize, "co_stacksize"));
  p.flags = TRY(choose(flags, c.co_flags, "co_flags"));
  p.first_line = TRY(choose(firstlineno, c.co_firstlineno, "co_firstlineno"));
  Ref<> own_code = code ? share(object(code)) : TRY(code_bytes(&c));
  Ref<> own_varnames = TRY(varnames ? copy_names(object(varnames)) : code_varnames(&c));
  Ref<> own_freevars = TRY(freevars ? copy_names(object(freevars)) : code_freevars(&c));
  Ref<> own_cellvars = TRY(cellvars ? copy_names(object(cellvars)) : code_cellvars(&c));
  Ref<> own_names = TRY(copy_names(names ? object(names) : c.co_names));
  PyObject* constants = consts ? object(consts) : c.co_consts;
  Ref<> own_constants = TRY(tuple_of(reinterpret_cast<Tuple*>(constants)->ob_item, tuple_size(constants)));
  p.code = own_code.get();
  p.names = own_names.get();
  p.constants = own_constants.get();
  p.filename = filename ? object(filename) : c.co_filename;
  p.name = name ? object(name) : c.co_name;
  p.qualname = qualname ? object(qualname) : c.co_qualname;
  p.line_table = linetable ? object(linetable) : c.co_linetable;
  p.exception_table = exceptiontable ? object(exceptiontable) : c.co_exceptiontable;
  Ref<Code> made = TRY(new_code_from_variables(p, own_varnames.get(), own_freevars.get(), own_cellvars.get()));
  return check_locals(std::move(made), nlocals);
}

constexpr char sizeof_doc[] = "__sizeof__($self, /)\n--\n\nThe size of the code object in bytes.";
Py_ssize_t size_of(Code& c) {
  return Py_ssize_t(offsetof(Code, co_code_adaptive) + size_t(code_size(&c)) * sizeof(CodeUnit));
}

constexpr char varname_doc[] =
    "_varname_from_oparg($self, /, oparg)\n--\n\nThe local variable that an operand means.";
Ref<> varname_from_operand(Code& c, int oparg) {
  if (oparg < 0 || oparg >= c.co_nlocalsplus) return raise(PyExc_IndexError, "tuple index out of range");
  return share(item(c.co_localsplusnames, oparg));
}

}  // namespace

namespace detail {

constexpr char code_doc[] =
    "code(argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize, flags, codestring, constants, names, "
    "varnames, filename, name, qualname, firstlineno, linetable, exceptiontable, freevars=(), cellvars=(), /)\n--\n\n"
    "A code object: compiled instructions and what belongs to them.";
PyObject* code_new(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  return constructor<code_doc, make_code>::tp_new(type, args, kwargs);
}

constinit PyMethodDef code_methods[] = {
    method<sizeof_doc, size_of>,
    method<lines_doc, lines>,
    method<positions_doc, positions>,
    method<replace_doc, replace>,
    method<varname_doc, varname_from_operand>,
    {},
};

constinit PyGetSetDef code_getset[] = {
    {"co_lnotab", get_lnotab},
    {"_co_code_adaptive", get_adaptive},
    {"co_varnames", get_varnames},
    {"co_cellvars", get_cellvars},
    {"co_freevars", get_freevars},
    {"co_code", get_code},
    {},
};

}  // namespace detail

constinit PyTypeObject line_iterator_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "line_iterator",
    .tp_basicsize = sizeof(LineIteratorObject),
    .tp_dealloc = slot<dealloc_iterator<LineIteratorObject>>,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = slot<next_line>,
    .tp_alloc = generic_alloc,
    .tp_free = generic_free,
};
constinit PyTypeObject positions_iterator_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "positions_iterator",
    .tp_basicsize = sizeof(PositionsIterator),
    .tp_dealloc = slot<dealloc_iterator<PositionsIterator>>,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = slot<next_position>,
    .tp_alloc = generic_alloc,
    .tp_free = generic_free,
};

}  // namespace taipan
