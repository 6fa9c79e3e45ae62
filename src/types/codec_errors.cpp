// Calling error handlers, the registry of handlers, and the eight that are always there.
#include "types/codec_errors.h"

#include "base/unicode.h"
#include "base/utf8.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/tuple.h"
#include "types/codecs.h"

namespace taipan {

ErrorMode error_mode(const char* errors) {
  if (!errors) return ErrorMode::strict;
  std::string_view name = errors;
  if (name == "strict") return ErrorMode::strict;
  if (name == "ignore") return ErrorMode::ignore;
  if (name == "replace") return ErrorMode::replace;
  if (name == "surrogateescape") return ErrorMode::surrogateescape;
  return ErrorMode::other;
}

Ref<> make_unicode_error(PyObject* type, const char* encoding, PyObject* input, Py_ssize_t start,
                         Py_ssize_t end, const char* reason) {
  Ref<> name = TRY(new_str(encoding)), from = TRY(new_int(start)), to = TRY(new_int(end)),
        why = TRY(new_str(reason));
  return call(type, name.get(), input, from.get(), to.get(), why.get());
}

namespace {

/// The same exception object serves all errors of one text.
Status update_error(PyObject* exception, Py_ssize_t start, Py_ssize_t end, const char* reason) {
  auto e = reinterpret_cast<PyUnicodeErrorObject*>(exception);
  Ref<> why = TRY(new_str(reason));
  e->start = start;
  e->end = end;
  replace_field(e->reason, std::move(why));
  return {};
}

/// Checks a handler's answer (text, position) and gives its parts.
struct Answer {
  Ref<> text;
  Py_ssize_t position;
};
Result<Answer> check_answer(PyObject* answer, bool decoding) {
  bool good = PyTuple_Check(answer) && tuple_size(answer) == 2 &&
              (PyUnicode_Check(item(answer, 0)) || (!decoding && PyBytes_Check(item(answer, 0)))) &&
              is_index(item(answer, 1));
  if (!good)
    return raise(PyExc_TypeError, "{} error handler must return ({}, int) tuple",
                 decoding ? "decoding" : "encoding", decoding ? "str" : "str/bytes");
  Py_ssize_t position = TRY(to_ssize(item(answer, 1), PyExc_IndexError));
  return Answer{share(item(answer, 0)), position};
}

Status place(Py_ssize_t position, Py_ssize_t size, Py_ssize_t* at) {
  Py_ssize_t p = position < 0 ? position + size : position;
  if (p < 0 || p > size)
    return raise(PyExc_IndexError, "position {} from error handler out of bounds", p);
  *at = p;
  return {};
}

}  // namespace

Status DecodeErrors::handle(StrBuilder& out, size_t start, size_t end, const char* reason,
                            size_t* at) {
  if (mode_ == ErrorMode::ignore || mode_ == ErrorMode::replace) {
    *at = end;
    if (mode_ == ErrorMode::replace && !out.add(Py_UCS4{0xFFFD})) return Raised{};
    return {};
  }
  if (mode_ == ErrorMode::surrogateescape) {
    bool high = true;
    for (size_t i = start; i < end; i++) high &= static_cast<unsigned char>(data_[i]) >= 0x80;
    if (high) {
      *at = end;
      for (size_t i = start; i < end; i++)
        if (!out.add(Py_UCS4{0xDC00u + static_cast<unsigned char>(data_[i])})) return Raised{};
      return {};
    }
  }
  return call_handler(out, start, end, reason, at);
}

Status DecodeErrors::call_handler(StrBuilder& out, size_t start, size_t end, const char* reason,
                                  size_t* at) {
  auto from = static_cast<Py_ssize_t>(start), to = static_cast<Py_ssize_t>(end);
  if (!exception_) {
    Ref<> bytes = TRY(new_bytes(data_));
    exception_ =
        TRY(make_unicode_error(PyExc_UnicodeDecodeError, encoding_, bytes.get(), from, to, reason));
  } else {
    TRY(update_error(exception_.get(), from, to, reason));
  }
  if (mode_ == ErrorMode::strict) return raise_instance(exception_.copy());
  if (!handler_) handler_ = TRY(lookup_error_handler(errors_));
  Ref<> answer = TRY(call(handler_.get(), exception_.get()));
  Answer a = TRY(check_answer(answer.get(), true));
  // The handler may have put another input into the exception.
  PyObject* input = reinterpret_cast<PyUnicodeErrorObject*>(exception_.get())->object;
  if (!input || !PyBytes_Check(input))
    return raise(PyExc_TypeError, "exception attribute object must be bytes");
  input_ = share(input);
  data_ = bytes_view(input);
  Py_ssize_t next = 0;
  TRY(place(a.position, Py_SIZE(input), &next));
  *at = static_cast<size_t>(next);
  if (!out.add(a.text.get())) return Raised{};
  return {};
}

Status EncodeErrors::update(Py_ssize_t start, Py_ssize_t end, const char* reason) {
  if (exception_) return update_error(exception_.get(), start, end, reason);
  exception_ =
      TRY(make_unicode_error(PyExc_UnicodeEncodeError, encoding_, str_, start, end, reason));
  return {};
}

Raised EncodeErrors::fail(Py_ssize_t start, Py_ssize_t end, const char* reason) {
  if (update(start, end, reason)) raise_instance(exception_.copy());
  return {};
}

Ref<> EncodeErrors::handle(Py_ssize_t start, Py_ssize_t end, const char* reason, Py_ssize_t* at) {
  if (mode_ == ErrorMode::strict) return fail(start, end, reason);
  if (mode_ == ErrorMode::ignore) {
    *at = end;
    return share(empty_str());
  }
  if (!handler_) handler_ = TRY(lookup_error_handler(errors_));
  TRY(update(start, end, reason));
  Ref<> answer = TRY(call(handler_.get(), exception_.get()));
  Answer a = TRY(check_answer(answer.get(), false));
  TRY(place(a.position, str_length(str_), at));
  return std::move(a.text);
}

// -- the handlers --

namespace {

/// The kind of error, and the clamped bounds.
struct Fault {
  enum { encode, decode, translate } kind;
  PyUnicodeErrorObject* e;
  Py_ssize_t start, end;
  PyObject* str() const { return e->object; }
  std::string_view bytes() const { return bytes_view(e->object); }
};

Raised raise_wrong_exception(PyObject* e) {
  return raise(PyExc_TypeError, "don't know how to handle {} in error callback",
               clip(type_name(e), 200));
}

Result<Fault> inspect(PyObject* exception) {
  auto e = reinterpret_cast<PyUnicodeErrorObject*>(exception);
  auto is = [&](PyObject* type) {
    return is_instance_of(exception, reinterpret_cast<PyTypeObject*>(type));
  };
  Fault f{Fault::encode, e, 0, 0};
  if (is(PyExc_UnicodeEncodeError))
    f.kind = Fault::encode;
  else if (is(PyExc_UnicodeDecodeError))
    f.kind = Fault::decode;
  else if (is(PyExc_UnicodeTranslateError))
    f.kind = Fault::translate;
  else
    return raise_wrong_exception(exception);
  bool decoding = f.kind == Fault::decode;
  if (!e->object || (decoding ? !PyBytes_Check(e->object) : !PyUnicode_Check(e->object)))
    return raise(PyExc_TypeError, "object attribute must be {}", decoding ? "bytes" : "unicode");
  Py_ssize_t size = decoding ? Py_SIZE(e->object) : str_length(e->object);
  f.start = e->start < 0 ? 0 : e->start >= size ? (size ? size - 1 : 0) : e->start;
  f.end = e->end < 1 ? 1 : e->end > size ? size : e->end;
  return f;
}

Ref<> answer(Ref<> text, Py_ssize_t position) {
  if (!text) return {};
  Ref<> at = TRY(new_int(position));
  return tuple_of({text.get(), at.get()});
}
Ref<> finish(StrBuilder& out, Py_ssize_t position) { return answer(out.finish(), position); }

Ref<> strict_errors(PyObject*, PyObject* e) {
  if (PyExceptionInstance_Check(e)) return raise_instance(share(e));
  return raise(PyExc_TypeError, "codec must pass exception instance");
}

Ref<> ignore_errors(PyObject*, PyObject* e) {
  Fault f = TRY(inspect(e));
  return answer(share(empty_str()), f.end);
}

Ref<> replace_errors(PyObject*, PyObject* e) {
  Fault f = TRY(inspect(e));
  StrBuilder out;
  Py_ssize_t n = f.kind == Fault::decode ? 1 : f.end - f.start;
  if (!out.fill(f.kind == Fault::encode ? '?' : 0xFFFD, n)) return {};
  return finish(out, f.end);
}

bool add_number(StrBuilder& out, std::string_view before, uint32_t value, int base, int digits,
                std::string_view after) {
  char text[12];
  int n = 0;
  do text[n++] = "0123456789abcdef"[value % static_cast<unsigned>(base)];
  while ((value /= static_cast<unsigned>(base)) || n < digits);
  if (!out.add(before)) return false;
  while (n > 0)
    if (!out.add(static_cast<Py_UCS4>(text[--n]))) return false;
  return out.add(after);
}
bool add_escape(StrBuilder& out, Py_UCS4 c) {
  if (c < 0x100) return add_number(out, "\\x", c, 16, 2, "");
  return c < 0x10000 ? add_number(out, "\\u", c, 16, 4, "") : add_number(out, "\\U", c, 16, 8, "");
}

Ref<> xmlcharrefreplace_errors(PyObject*, PyObject* e) {
  if (!is_instance_of(e, reinterpret_cast<PyTypeObject*>(PyExc_UnicodeEncodeError)))
    return raise_wrong_exception(e);
  Fault f = TRY(inspect(e));
  StrBuilder out;
  for (Py_ssize_t i = f.start; i < f.end; i++)
    if (!add_number(out, "&#", char_at(f.str(), i), 10, 1, ";")) return {};
  return finish(out, f.end);
}

Ref<> backslashreplace_errors(PyObject*, PyObject* e) {
  Fault f = TRY(inspect(e));
  StrBuilder out;
  for (Py_ssize_t i = f.start; i < f.end; i++) {
    Py_UCS4 c = f.kind == Fault::decode
                    ? static_cast<unsigned char>(f.bytes()[static_cast<size_t>(i)])
                    : char_at(f.str(), i);
    if (!add_escape(out, c)) return {};
  }
  return finish(out, f.end);
}

Ref<> namereplace_errors(PyObject*, PyObject* e) {
  if (!is_instance_of(e, reinterpret_cast<PyTypeObject*>(PyExc_UnicodeEncodeError)))
    return raise_wrong_exception(e);
  Fault f = TRY(inspect(e));
  StrBuilder out;
  for (Py_ssize_t i = f.start; i < f.end; i++) {
    Py_UCS4 c = char_at(f.str(), i);
    TextBuffer name;
    bool ok = unicode::append_name(c, name)
                  ? out.add("\\N{") && out.add(name.view()) && out.add("}")
                  : add_escape(out, c);
    if (!ok) return {};
  }
  return finish(out, f.end);
}

/// The five encodings that surrogatepass knows.
struct UnitForm {
  int bytes;  // of a surrogate; 0: another encoding
  bool utf8 = false, big = false;
};
UnitForm unit_form(PyObject* encoding) {
  if (!encoding || !PyUnicode_Check(encoding)) return {0};
  std::string_view name = utf8_or_question(encoding);
  auto same = [](char a, char b) { return (a | 0x20) == b; };
  if (name.size() < 4 || !same(name[0], 'u') || !same(name[1], 't') || !same(name[2], 'f'))
    return {0};
  name.remove_prefix(3);
  if (name[0] == '-' || name[0] == '_') name.remove_prefix(1);
  if (name == "8") return {3, true};
  int bytes = name.starts_with("16") ? 2 : name.starts_with("32") ? 4 : 0;
  if (!bytes) return {0};
  name.remove_prefix(2);
  if (name.empty()) return {bytes};
  if (name[0] == '-' || name[0] == '_') name.remove_prefix(1);
  if (name.size() != 2 || !same(name[1], 'e')) return {0};
  if (same(name[0], 'b')) return {bytes, false, true};
  return same(name[0], 'l') ? UnitForm{bytes} : UnitForm{0};
}

Ref<> pass_encoding(const Fault& f, UnitForm form) {
  BytesBuilder out;
  for (Py_ssize_t i = f.start; i < f.end; i++) {
    Py_UCS4 c = char_at(f.str(), i);
    if (!is_surrogate(c)) return raise_instance(share(object(f.e)));
    char bytes[4];
    if (form.utf8)
      encode_code_point(c, bytes);
    else
      for (int k = 0; k < form.bytes; k++)
        bytes[form.big ? form.bytes - 1 - k : k] = static_cast<char>(c >> 8 * k);
    if (!out.add({bytes, static_cast<size_t>(form.bytes)})) return {};
  }
  return answer(out.finish(), f.end);
}
Ref<> pass_decoding(const Fault& f, UnitForm form) {
  std::string_view rest = f.bytes().substr(static_cast<size_t>(f.start));
  Py_UCS4 c = 0;
  if (rest.size() >= static_cast<size_t>(form.bytes)) {
    auto byte = [&](int i) { return static_cast<unsigned char>(rest[static_cast<size_t>(i)]); };
    if (form.utf8) {
      if ((byte(0) & 0xF0) == 0xE0 && (byte(1) & 0xC0) == 0x80 && (byte(2) & 0xC0) == 0x80)
        c = (byte(0) & 0x0Fu) << 12 | (byte(1) & 0x3Fu) << 6 | (byte(2) & 0x3Fu);
    } else {
      for (int k = 0; k < form.bytes; k++)
        c |= static_cast<Py_UCS4>(byte(form.big ? form.bytes - 1 - k : k)) << 8 * k;
    }
  }
  if (!is_surrogate(c)) return raise_instance(share(object(f.e)));
  return answer(char_str(c), f.start + form.bytes);
}

Ref<> surrogatepass_errors(PyObject*, PyObject* e) {
  Fault f = TRY(inspect(e));
  if (f.kind == Fault::translate) return raise_wrong_exception(e);
  UnitForm form = unit_form(f.e->encoding);
  if (!form.bytes) return raise_instance(share(e));
  return f.kind == Fault::encode ? pass_encoding(f, form) : pass_decoding(f, form);
}

Ref<> surrogateescape_errors(PyObject*, PyObject* e) {
  Fault f = TRY(inspect(e));
  if (f.kind == Fault::translate) return raise_wrong_exception(e);
  if (f.kind == Fault::encode) {
    BytesBuilder out;
    for (Py_ssize_t i = f.start; i < f.end; i++) {
      Py_UCS4 c = char_at(f.str(), i);
      if (c < 0xDC80 || c > 0xDCFF) return raise_instance(share(e));
      if (!out.add(static_cast<char>(c - 0xDC00))) return {};
    }
    return answer(out.finish(), f.end);
  }
  // No encoding has longer faults than four bytes; ASCII stays for the decoder.
  StrBuilder out;
  Py_ssize_t at = f.start;
  for (; at < f.end && at - f.start < 4; at++) {
    auto c = static_cast<unsigned char>(f.bytes()[static_cast<size_t>(at)]);
    if (c < 0x80) break;
    if (!out.add(Py_UCS4{0xDC00u + c})) return {};
  }
  if (at == f.start) return raise_instance(share(e));
  return finish(out, at);
}

template <auto Fn>
PyObject* entry(PyObject* self, PyObject* e) {
  return Fn(self, e).release();
}

struct NamedHandler {
  const char* name;
  PyMethodDef row;
};
constinit NamedHandler handlers[] = {
    {"strict",
     {"strict_errors", entry<strict_errors>, METH_O, "The handler 'strict': raises the error."}},
    {"ignore",
     {"ignore_errors", entry<ignore_errors>, METH_O,
      "The handler 'ignore': drops what is malformed."}},
    {"replace",
     {"replace_errors", entry<replace_errors>, METH_O,
      "The handler 'replace': puts a replacement mark."}},
    {"xmlcharrefreplace",
     {"xmlcharrefreplace_errors", entry<xmlcharrefreplace_errors>, METH_O,
      "The handler 'xmlcharrefreplace': XML's character references."}},
    {"backslashreplace",
     {"backslashreplace_errors", entry<backslashreplace_errors>, METH_O,
      "The handler 'backslashreplace': backslash escapes."}},
    {"namereplace",
     {"namereplace_errors", entry<namereplace_errors>, METH_O,
      "The handler 'namereplace': \\N{...} escapes."}},
    {"surrogatepass",
     {"surrogatepass", entry<surrogatepass_errors>, METH_O,
      "The handler 'surrogatepass': lone surrogates pass."}},
    {"surrogateescape",
     {"surrogateescape", entry<surrogateescape_errors>, METH_O,
      "The handler 'surrogateescape': bytes travel as lone surrogates."}},
};

Result<PyObject*> error_registry() {
  PyObject*& registry = interpreter().codec_error_registry;
  if (!registry) {
    Ref<Dict> dict = TRY(new_dict());
    for (NamedHandler& h : handlers) {
      Ref<> function = TRY(new_builtin(&h.row, nullptr, nullptr));
      Ref<> name = TRY(new_interned(h.name));
      TRY(dict_set(object(dict.get()), name.get(), function.get()));
    }
    registry = object(dict.release());
  }
  return registry;
}

}  // namespace

Status register_error_handler(const char* name, PyObject* handler) {
  if (!is_callable(handler)) return raise(PyExc_TypeError, "handler must be callable");
  PyObject* registry = TRY(error_registry());
  Ref<> key = TRY(new_str(name));
  return dict_set(registry, key.get(), handler);
}

Ref<> lookup_error_handler(const char* name) {
  PyObject* registry = TRY(error_registry());
  Ref<> key = TRY(new_str(name ? name : "strict"));
  PyObject* handler = TRY(dict_find(registry, key.get()));
  if (!handler)
    return raise(PyExc_LookupError, "unknown error handler name '{}'",
                 clip(name ? name : "strict", 400));
  return share(handler);
}

}  // namespace taipan
