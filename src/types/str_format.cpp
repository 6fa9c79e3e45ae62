// str.format, str.format_map, and the two iterators behind string.Formatter.
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/str_markup.h"
#include "types/str_methods.h"

namespace taipan {
namespace {

/// Where field names are looked up. `positional` false: format_map, which has only a mapping.
struct FieldSource {
  Arguments arguments{};
  PyObject* mapping = nullptr;
  bool positional = true;
};

class Formatter {
 public:
  explicit Formatter(const FieldSource& source) : source_(source) {}

  /// `depth` levels of nesting are still allowed: a spec may contain fields, those fields' specs
  /// none.
  Status expand(StrBuilder& out, TextRange text, int depth) {
    if (depth <= 0) return raise(PyExc_ValueError, "Max string recursion exceeded");
    MarkupReader reader(text);
    MarkupPiece piece;
    while (TRY(reader.next(piece))) {
      if (!out.add(piece.literal.str, piece.literal.start, piece.literal.end)) return Raised{};
      if (piece.has_field) TRY(put_field(out, piece, depth));
    }
    return {};
  }

 private:
  Status put_field(StrBuilder& out, const MarkupPiece& piece, int depth) {
    Ref<> value = TRY(find_value(piece.field));
    if (piece.conversion) value = TRY(convert(value.get(), piece.conversion));
    Ref<> spec_text;
    TextRange spec = piece.spec;
    if (piece.nested) {
      StrBuilder expanded;
      TRY(expand(expanded, spec, depth - 1));
      spec_text = TRY(expanded.finish());
      spec = whole(spec_text.get());
    }
    Ref<> text = TRY(render(value.get(), spec));
    if (!out.add(text.get())) return Raised{};
    return {};
  }

  static Ref<> convert(PyObject* value, Py_UCS4 conversion) {
    switch (conversion) {
      case 'r':
        return repr(value);
      case 's':
        return to_str(value);
      case 'a':
        return to_ascii(value);
      default:
        break;
    }
    if (conversion > 32 && conversion < 127)
      return raise(PyExc_ValueError, "Unknown conversion specifier {}",
                   static_cast<char>(conversion));
    return raise(PyExc_ValueError, "Unknown conversion specifier \\x{}", Hex{conversion});
  }

  static Ref<> render(PyObject* value, TextRange spec) {
    PyTypeObject* type = Py_TYPE(value);
    if (type == &PyUnicode_Type) return format_str_value(value, spec);
    if (type == &PyLong_Type) return format_int_value(value, spec);
    if (type == &PyFloat_Type) return format_float_value(value, spec);
    if (type == &PyComplex_Type) return format_complex_value(value, spec);
    Ref<> text = TRY(spec.to_str());
    return taipan::format(value, text.get());
  }

  Ref<> first_value(const FieldStart& start) {
    if (start.index >= 0) {
      if (!source_.positional)
        return raise(PyExc_ValueError, "Format string contains positional fields");
      if (start.index >= source_.arguments.count)
        return raise(PyExc_IndexError,
                     "Replacement index {} out of range for positional args tuple", start.index);
      return share(source_.arguments.items[start.index]);
    }
    Ref<> key = TRY(start.name.to_str());
    if (source_.mapping) return get_item(source_.mapping, key.get());
    for (Py_ssize_t i = 0; i < source_.arguments.named(); i++)
      if (str_equal(item(source_.arguments.names, i), key.get()))
        return share(source_.arguments.items[source_.arguments.count + i]);
    return raise_key_error(key.get());
  }

  static Ref<> take_step(PyObject* value, const FieldStep& step) {
    if (step.attribute || step.index < 0) {
      Ref<> name = TRY(step.name.to_str());
      return step.attribute ? get_attr(value, name.get()) : get_item(value, name.get());
    }
    if (is_sequence(value)) return sequence_item(value, step.index);
    Ref<> index = TRY(new_int(step.index));
    return get_item(value, index.get());
  }

  Ref<> find_value(TextRange field) {
    FieldStart start = TRY(split_field(field, &numbering_));
    Ref<> value = TRY(first_value(start));
    FieldStep step;
    while (TRY(next_step(start.rest, step))) value = TRY(take_step(value.get(), step));
    return value;
  }

  const FieldSource& source_;
  AutoNumber numbering_;
};

constexpr int kNesting = 2;

Ref<> format_from(PyObject* s, const FieldSource& source) {
  Formatter formatter(source);
  StrBuilder out;
  TRY(formatter.expand(out, whole(s), kNesting));
  return out.finish();
}

}  // namespace

Ref<> str_format(PyObject* s, Arguments arguments) {
  return format_from(s, {.arguments = arguments});
}

Ref<> str_format_map(PyObject* s, PyObject* mapping) {
  return format_from(s, {.mapping = mapping, .positional = false});
}

// -- _string's iterators --

namespace {

struct PieceIterator {
  PyObject_HEAD PyObject* str;
  MarkupReader reader;
};
struct StepIterator {
  PyObject_HEAD PyObject* str;
  TextRange rest;
};

void dealloc_pieces(PieceIterator& self) {
  Py_DECREF(self.str);
  deallocate(&self);
}
void dealloc_steps(StepIterator& self) {
  Py_DECREF(self.str);
  deallocate(&self);
}

Result<Ref<>> next_piece(PieceIterator& self) {
  MarkupPiece piece;
  if (!TRY(self.reader.next(piece))) return Ref<>();
  Ref<> literal = TRY(piece.literal.to_str());
  if (!piece.has_field) {
    Ref<> parts = TRY(tuple_of({literal.get(), Py_None, Py_None, Py_None}));
    return parts;
  }
  Ref<> field = TRY(piece.field.to_str());
  Ref<> spec = TRY(piece.spec.to_str());
  Ref<> conversion = none();
  if (piece.conversion) conversion = TRY(char_str(piece.conversion));
  Ref<> parts = TRY(tuple_of({literal.get(), field.get(), spec.get(), conversion.get()}));
  return parts;
}

Result<Ref<>> next_field_step(StepIterator& self) {
  FieldStep step;
  if (!TRY(next_step(self.rest, step))) return Ref<>();
  Ref<> key = step.index >= 0 ? new_int(step.index) : step.name.to_str();
  if (!key) return Raised{};
  Ref<> pair = TRY(tuple_of({step.attribute ? Py_True : Py_False, key.get()}));
  return pair;
}

PyObject* self_iter(PyObject* self) { return Py_NewRef(self); }

}  // namespace

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject TaipanFormatterIterator_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "formatteriterator",
    .tp_basicsize = sizeof(PieceIterator),
    .tp_dealloc = slot<dealloc_pieces>,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_iter = self_iter,
    .tp_iternext = slot<next_piece>,
};
constinit PyTypeObject TaipanFieldNameIterator_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "fieldnameiterator",
    .tp_basicsize = sizeof(StepIterator),
    .tp_dealloc = slot<dealloc_steps>,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_iter = self_iter,
    .tp_iternext = slot<next_field_step>,
};

namespace taipan {

Ref<> formatter_parser(PyObject* s) {
  if (!PyUnicode_Check(s)) return raise(PyExc_TypeError, "expected str, got {}", type_name(s));
  auto it = TRY(allocate<PieceIterator>(&TaipanFormatterIterator_Type));
  it->str = Py_NewRef(s);
  it->reader = MarkupReader(whole(s));
  return it;
}

Ref<> formatter_field_name_split(PyObject* s) {
  if (!PyUnicode_Check(s)) return raise(PyExc_TypeError, "expected str, got {}", type_name(s));
  FieldStart start = TRY(split_field(whole(s), nullptr));
  auto it = TRY(allocate<StepIterator>(&TaipanFieldNameIterator_Type));
  it->str = Py_NewRef(s);
  it->rest = start.rest;
  Ref<> first = start.index >= 0 ? new_int(start.index) : start.name.to_str();
  if (!first) return {};
  return tuple_of({first.get(), object(it.get())});
}

}  // namespace taipan
