// Writing, and the module.
#include "modules/csv/csv.h"
#include "modules/fields.h"
#include "modules/module.h"
#include "modules/modules.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/list.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/rows.h"

namespace taipan::csv {

PyObject *error, *dialects;
int64_t field_limit = 128 * 1024;

namespace {

struct Writer {
  PyObject_HEAD
  PyObject *write, *dialect;
  template <class F>
  void each(F&& f) {
    f(write), f(dialect);
  }
};

bool is_number(PyObject* o) {
  PyNumberMethods* n = Py_TYPE(o)->tp_as_number;
  return (n && (n->nb_index || n->nb_int || n->nb_float)) || PyComplex_Check(o);
}

/// Builds one record.
class Record {
 public:
  explicit Record(Dialect& d) : d_(d) {}

  Status add(PyObject* value) {
    bool quoted = d_.quoting == kAll || (d_.quoting == kNonNumeric && !is_number(value));
    if (PyUnicode_Check(value)) return add_text(value, quoted);
    if (value == Py_None) return add_text(empty_str(), quoted);
    Ref<> text = TRY(to_str(value));
    return add_text(text.get(), quoted);
  }
  Ref<> finish() {
    if (fields_ > 0 && size_ == 0) {
      // One empty field: without quotes the line would be empty.
      if (d_.quoting == kNone) return raise(error, "single empty field record must be quoted");
      fields_ = 0;
      TRY(add_text(empty_str(), true));
    }
    if (!text_.add(d_.line_end)) return raise_no_memory();
    return text_.finish();
  }

 private:
  bool is_special(Py_UCS4 c) const {
    if (c == d_.delimiter || c == d_.escape || c == d_.quote) return true;
    for (Py_ssize_t i = 0, n = str_length(d_.line_end); i < n; i++)
      if (char_at(d_.line_end, i) == c) return true;
    return false;
  }
  Status put(Py_UCS4 c) {
    size_++;
    return text_.add(c) ? Status() : Status(raise_no_memory());
  }
  /// The field's characters with what must stand in front of some. `quoted` becomes true if quotes are needed around.
  Status put_field(StrBuilder& to, PyObject* text, bool& quoted) {
    bool ok = true;
    Status failed;
    auto add_units = [&]<class Unit>(const Unit* units, size_t n) {
      size_t from = 0;
      auto flush = [&](size_t end) {
        if (end > from) ok = ok && to.add(text, static_cast<Py_ssize_t>(from), static_cast<Py_ssize_t>(end));
        from = end;
      };
      for (size_t i = 0; i < n && ok; i++) {
        Py_UCS4 c = units[i];
        if (!is_special(c)) continue;
        bool escape = d_.quoting == kNone;
        if (!escape) {
          if (c == d_.quote) {
            if (d_.double_quote) {
              flush(i);
              ok = ok && to.add(c);
            } else {
              escape = true;
            }
          } else if (c == d_.escape) {
            escape = true;
          }
          if (!escape) quoted = true;
        }
        if (escape) {
          if (d_.escape == kUnset) {
            failed = raise(error, "need to escape, but no escapechar set");
            return;
          }
          flush(i);
          ok = ok && to.add(d_.escape);
        }
      }
      flush(n);
    };
    with_units(text, add_units);
    if (!ok) return raise_no_memory();
    return failed;
  }
  Status add_text(PyObject* text, bool quoted) {
    if (fields_ > 0) TRY(put(d_.delimiter));
    fields_++;
    StrBuilder field;
    TRY(put_field(field, text, quoted));
    size_ += field.size();
    Ref<> made = TRY(field.finish());
    if (quoted) TRY(put(d_.quote));
    if (!text_.add(made.get())) return raise_no_memory();
    if (quoted) TRY(put(d_.quote));
    return {};
  }

  Dialect& d_;
  StrBuilder text_;
  Py_ssize_t size_ = 0, fields_ = 0;
};

Ref<> write_row(Writer& w, PyObject* row) {
  Ref<> fields = iterate(row);
  if (!fields) {
    if (clear_error_if(PyExc_TypeError)) raise(error, "iterable expected, not {}", clip(type_name(row), 200));
    return {};
  }
  Record record(*reinterpret_cast<Dialect*>(w.dialect));
  for (;;) {
    Ref<> field = TRY(next(fields.get()));
    if (!field) break;
    TRY(record.add(field.get()));
  }
  Ref<> line = TRY(record.finish());
  return call(w.write, line.get());
}
Ref<> write_rows(Writer& w, PyObject* rows) {
  TRY(for_each(rows, [&](PyObject* row) -> Status { return done(write_row(w, row)); }));
  return none();
}

constinit PyMethodDef writer_methods[] = {
    one_arg<write_row>("writerow", "writerow(iterable)\n\nWrites the fields of one record. What is no str is written as "
                       "str() shows it."),
    one_arg<write_rows>("writerows", "writerows(iterable of iterables)\n\nWrites one record after the other."),
    {},
};
constinit PyMemberDef writer_members[] = {{"dialect", T_OBJECT, offsetof(Writer, dialect), READONLY}, {}};

}  // namespace

constinit PyTypeObject writer_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_csv.writer",
    .tp_basicsize = sizeof(Writer),
    .tp_dealloc = Fields<Writer>::dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_doc = "CSV writer\n\nWrites sequences as lines of a table.\n",
    .tp_traverse = Fields<Writer>::traverse,
    .tp_clear = Fields<Writer>::clear,
    .tp_methods = writer_methods,
    .tp_members = writer_members,
    .tp_free = gc_free,
};

Ref<> new_writer(PyObject*, Arguments a) {
  if (!check_positional("", a.count, 1, 2)) return {};
  Ref<Writer> w = TRY(adopt(reinterpret_cast<Writer*>(generic_alloc(&writer_type, 0))));
  w->write = TRY(find_attr(a.items[0], "write"_name)).release();
  if (!w->write || !is_callable(w->write)) return raise(PyExc_TypeError, "argument 1 must have a \"write\" method");
  w->dialect = object(TRY(make_dialect(a.count > 1 ? a.items[1] : nullptr, a.items + a.count, a.names)).release());
  return w;
}

// -- the module -----------------------------------------------------------------------------

namespace {

Ref<> register_dialect(PyObject*, Arguments a) {
  if (!check_positional("", a.count, 1, 2)) return {};
  if (!PyUnicode_Check(a.items[0])) return raise(PyExc_TypeError, "dialect name must be a string");
  Ref<Dialect> d = TRY(make_dialect(a.count > 1 ? a.items[1] : nullptr, a.items + a.count, a.names));
  TRY(dict_set(dialects, a.items[0], object(d.get())));
  return none();
}
constexpr char unregister_doc[] = "unregister_dialect($module, /, name)\n--\n\nDrop a registered dialect.";
Status unregister_dialect(PyObject*, PyObject* name) {
  if (TRY(dict_remove(dialects, name))) return {};
  return raise(error, "unknown dialect");
}
constexpr char get_doc[] = "get_dialect($module, /, name)\n--\n\nThe dialect that is registered by this name.";
Ref<> get_dialect(PyObject*, PyObject* name) { return registered(name); }
constexpr char list_doc[] = "list_dialects($module, /)\n--\n\nThe names of all registered dialects.";
Ref<> list_dialects(PyObject*) { return dict_keys_list(dialects); }

constexpr char limit_doc[] =
    "field_size_limit($module, /, new_limit=<unrepresentable>)\n--\n\n"
    "How long a field may be that is read; sets a new limit if one is given, and returns the old one.";
Ref<> field_size_limit(PyObject*, PyObject* limit) {
  int64_t old = field_limit;
  if (limit) {
    if (!PyLong_CheckExact(limit)) return raise(PyExc_TypeError, "limit must be an integer");
    field_limit = TRY(to_int64(limit));
  }
  return new_int(old);
}

constinit PyMethodDef functions[] = {
    varargs<new_reader>("reader",
                        "    csv_reader = reader(iterable [, dialect='excel']\n"
                        "                        [optional keyword args])\n"
                        "    for row in csv_reader:\n        process(row)\n\n"
                        "An iterator of rows, made of lines of text: a file, a list … Options change the dialect's.\n"),
    varargs<new_writer>("writer",
                        "    csv_writer = csv.writer(fileobj [, dialect='excel']\n"
                        "                            [optional keyword args])\n"
                        "    csv_writer.writerow(row)\n    csv_writer.writerows(rows)\n\n"
                        "Writes rows to whatever has a method write(). Options change the dialect's.\n"),
    method<list_doc, list_dialects>,
    varargs<register_dialect>("register_dialect",
                              "Gives a dialect a name.\n    dialect = csv.register_dialect(name[, dialect[, **fmtparams]])"),
    method<unregister_doc, unregister_dialect>,
    method<get_doc, get_dialect>,
    method<limit_doc, field_size_limit>,
    {},
};

Status fill(PyObject* module) {
  TRY(ready_type(&dialect_type));
  TRY(ready_type(&reader_type));
  TRY(ready_type(&writer_type));
  if (!dialects) dialects = object(TRY(new_dict()).release());
  if (!error) error = TRY(new_exception_class("_csv", "Error")).release();
  TRY(add_to_module(module, "Dialect", object(&dialect_type)));
  TRY(add_to_module(module, "Reader", object(&reader_type)));
  TRY(add_to_module(module, "Writer", object(&writer_type)));
  TRY(add_to_module(module, "Error", error));
  TRY(add_to_module(module, "_dialects", dialects));
  TRY(add_int_to_module(module, "QUOTE_MINIMAL", kMinimal));
  TRY(add_int_to_module(module, "QUOTE_ALL", kAll));
  TRY(add_int_to_module(module, "QUOTE_NONNUMERIC", kNonNumeric));
  TRY(add_int_to_module(module, "QUOTE_NONE", kNone));
  return add_to_module(module, "__version__", new_str("1.0"));
}

constexpr char module_doc[] =
    "Reading and writing of comma separated values (PEP 305).\n\n"
    "A dialect is a set of options: the name of a registered one, or a class or instance with the attributes\n"
    "delimiter, quotechar, escapechar, doublequote, skipinitialspace, lineterminator and quoting. The last is\n"
    "one of QUOTE_MINIMAL (quotes where they are needed), QUOTE_ALL, QUOTE_NONNUMERIC (around all but numbers;\n"
    "a reader makes floats of fields without quotes) and QUOTE_NONE.\n";

}  // namespace
}  // namespace taipan::csv

PyObject* init_csv() {
  namespace module = taipan::csv;
  return taipan::define_module<"_csv", module::module_doc, module::fill, module::functions>();
}
