// Reading: a machine with a state per place in a record, fed with the characters of lines.
#include "base/vector.h"
#include "modules/csv/csv.h"
#include "modules/fields.h"
#include "object/call.h"
#include "object/gc.h"
#include "object/list.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"

namespace taipan::csv {
namespace {

enum class State : uint8_t {
  start_record, start_field, escaped, in_field, in_quotes, escaped_in_quotes, quote_in_quotes, line_ended, after_escaped_end,
};
/// The end of the line as a character.
constexpr Py_UCS4 kEnd = static_cast<Py_UCS4>(-2);
bool is_line_end(Py_UCS4 c) { return c == '\n' || c == '\r' || c == kEnd; }

struct Reader {
  PyObject_HEAD
  PyObject *lines, *dialect, *fields;
  Vector<Py_UCS4> field;  // the field being read
  State state;
  bool numeric;
  unsigned long line_number;
  template <class F>
  void each(F&& f) {
    f(lines), f(dialect), f(fields);
  }
};
Dialect& dialect_of(Reader& r) { return *reinterpret_cast<Dialect*>(r.dialect); }

Status add(Reader& r, Py_UCS4 c) {
  if (static_cast<int64_t>(r.field.size()) >= field_limit)
    return raise(error, "field larger than field limit ({})", field_limit);
  return r.field.append(c) ? Status() : Status(raise_no_memory());
}
Status save(Reader& r, Ref<> text) {
  if (r.numeric) {
    r.numeric = false;
    text = TRY(to_float(text.get()));
  }
  return list_append(r.fields, text.get());
}
Status save(Reader& r) {
  Ref<> text = TRY(new_str_from_kind(4, r.field.data(), static_cast<Py_ssize_t>(r.field.size())));
  r.field.clear();
  return save(r, std::move(text));
}
Status end_field(Reader& r, Py_UCS4 c) {
  TRY(save(r));
  r.state = c == kEnd ? State::start_record : State::line_ended;
  return {};
}

Status in_field(Reader& r, Py_UCS4 c) {
  Dialect& d = dialect_of(r);
  if (is_line_end(c)) return end_field(r, c);
  if (c == d.escape) {
    r.state = State::escaped;
    return {};
  }
  if (c == d.delimiter) {
    TRY(save(r));
    r.state = State::start_field;
    return {};
  }
  return add(r, c);
}

Status start_field(Reader& r, Py_UCS4 c) {
  Dialect& d = dialect_of(r);
  if (is_line_end(c)) return end_field(r, c);
  if (c == d.quote && d.quoting != kNone) {
    r.state = State::in_quotes;
  } else if (c == d.escape) {
    r.state = State::escaped;
  } else if (c == ' ' && d.skip_initial_space) {
    // skipped
  } else if (c == d.delimiter) {
    return save(r);
  } else {
    r.numeric = d.quoting == kNonNumeric;
    TRY(add(r, c));
    r.state = State::in_field;
  }
  return {};
}

Status in_quotes(Reader& r, Py_UCS4 c) {
  Dialect& d = dialect_of(r);
  if (c == kEnd) return {};
  if (c == d.escape) {
    r.state = State::escaped_in_quotes;
    return {};
  }
  if (c == d.quote && d.quoting != kNone) {
    r.state = d.double_quote ? State::quote_in_quotes : State::in_field;
    return {};
  }
  return add(r, c);
}

/// Behind a quote inside quotes: another quote stands for itself, or the field ends.
Status quote_in_quotes(Reader& r, Py_UCS4 c) {
  Dialect& d = dialect_of(r);
  if (d.quoting != kNone && c == d.quote) {
    r.state = State::in_quotes;
    return add(r, c);
  }
  if (c == d.delimiter) {
    r.state = State::start_field;
    return save(r);
  }
  if (is_line_end(c)) return end_field(r, c);
  if (d.strict) return raise(error, "'{}' expected after '{}'", CodePoint{d.delimiter}, CodePoint{d.quote});
  r.state = State::in_field;
  return add(r, c);
}

Status process(Reader& r, Py_UCS4 c) {
  switch (r.state) {
    case State::start_record:
      if (c == kEnd) return {};
      if (is_line_end(c)) {
        r.state = State::line_ended;
        return {};
      }
      r.state = State::start_field;
      return start_field(r, c);
    case State::start_field: return start_field(r, c);
    case State::escaped:
      if (c == '\n' || c == '\r') {
        r.state = State::after_escaped_end;
        return add(r, c);
      }
      r.state = State::in_field;
      return add(r, c == kEnd ? '\n' : c);
    case State::after_escaped_end: return c == kEnd ? Status() : in_field(r, c);
    case State::in_field: return in_field(r, c);
    case State::in_quotes: return in_quotes(r, c);
    case State::escaped_in_quotes:
      r.state = State::in_quotes;
      return add(r, c == kEnd ? '\n' : c);
    case State::quote_in_quotes: return quote_in_quotes(r, c);
    case State::line_ended:
      if (c == '\n' || c == '\r') return {};
      if (c != kEnd)
        return raise(error,
                     "new-line character seen in unquoted field - do you need to open the file in universal-newline mode?");
      r.state = State::start_record;
      return {};
  }
  return {};
}

/// A plain field that ends in this line is cut out of it at once: the position behind its delimiter, or `i`.
template <class Unit>
Result<Py_ssize_t> take_plain(Reader& r, PyObject* line, const Unit* units, Py_ssize_t i, Py_ssize_t n) {
  Dialect& d = dialect_of(r);
  Py_UCS4 c = units[i];
  if (is_line_end(c) || (c == d.quote && d.quoting != kNone) || (c == ' ' && d.skip_initial_space)) return i;
  Py_ssize_t end = i;
  while (end < n) {
    Py_UCS4 u = units[end];
    if (u == d.delimiter || u == d.escape || u == '\n' || u == '\r') break;
    end++;
  }
  if (end == i || end == n || units[end] != d.delimiter || end - i > field_limit) return i;
  r.numeric = d.quoting == kNonNumeric;
  TRY(save(r, TRY(str_slice(line, i, end))));
  r.state = State::start_field;
  return end + 1;
}

template <class Unit>
Status read_line(Reader& r, PyObject* line, const Unit* units, Py_ssize_t n) {
  for (Py_ssize_t i = 0; i < n;) {
    if (r.state == State::start_field || r.state == State::start_record) {
      Py_ssize_t next = TRY(take_plain(r, line, units, i, n));
      if (next > i) {
        i = next;
        continue;
      }
    }
    TRY(process(r, units[i]));
    i++;
  }
  return process(r, kEnd);
}

Result<Ref<>> next_row(Reader& r) {
  replace_field(r.fields, Ref<>(TRY(new_list())));
  r.field.clear();
  r.state = State::start_record;
  r.numeric = false;
  do {
    Ref<> line = TRY(next(r.lines));
    if (!line) {
      // The input ends inside a record.
      if (r.field.empty() && r.state != State::in_quotes) return Ref<>();
      if (dialect_of(r).strict) return raise(error, "unexpected end of data");
      TRY(save(r));
      break;
    }
    if (!PyUnicode_Check(line.get()))
      return raise(error, "iterator should return strings, not {} (the file should be opened in text mode)",
                   clip(type_name(line.get()), 200));
    r.line_number++;
    TRY(with_units(line.get(), [&]<class Unit>(const Unit* units, size_t n) {
      return read_line(r, line.get(), units, static_cast<Py_ssize_t>(n));
    }));
  } while (r.state != State::start_record);
  return adopt(std::exchange(r.fields, nullptr));
}

void dealloc(PyObject* o) {
  gc_untrack(o);
  Fields<Reader>::clear(o);
  reinterpret_cast<Reader*>(o)->field.~Vector();
  Py_TYPE(o)->tp_free(o);
}
constinit PyMemberDef members[] = {
    {"dialect", T_OBJECT, offsetof(Reader, dialect), READONLY},
    {"line_num", T_ULONG, offsetof(Reader, line_number), READONLY},
    {},
};

}  // namespace

Ref<> new_reader(PyObject*, Arguments a) {
  if (!check_positional("", a.count, 1, 2)) return {};
  Ref<Reader> r = TRY(adopt(reinterpret_cast<Reader*>(generic_alloc(&reader_type, 0))));
  new (&r->field) Vector<Py_UCS4>();
  r->lines = TRY(iterate(a.items[0])).release();
  r->dialect = object(TRY(make_dialect(a.count > 1 ? a.items[1] : nullptr, a.items + a.count, a.names)).release());
  return r;
}

constinit PyTypeObject reader_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_csv.reader",
    .tp_basicsize = sizeof(Reader),
    .tp_dealloc = dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_doc = "CSV reader\n\nReads tables from lines of text: an iterator of rows, each a list of fields.\n",
    .tp_traverse = Fields<Reader>::traverse,
    .tp_clear = Fields<Reader>::clear,
    .tp_iter = slot<share<PyObject>>,
    .tp_iternext = slot<next_row>,
    .tp_members = members,
    .tp_free = gc_free,
};

}  // namespace taipan::csv
