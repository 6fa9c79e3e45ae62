// IncrementalNewlineDecoder: wraps a decoder, turns "\r\n" and "\r" into "\n" on request and remembers which were seen;
// and the search for the end of a line that all text files share.
#include "modules/io/io.h"

namespace taipan::io {
namespace {

enum Seen { kSeenCr = 1, kSeenLf = 2, kSeenCrLf = 4 };

struct NewlineDecoder {
  PyObject_HEAD
  PyObject* decoder;  // null before __init__; None: input is text already
  PyObject* errors;
  bool pending_cr;    // the last chunk ended in '\r': the next may begin with its '\n'
  bool translate;
  int seen;
};
NewlineDecoder& self_of(PyObject* o) { return *reinterpret_cast<NewlineDecoder*>(o); }

Status check_ready(NewlineDecoder& d) {
  if (!d.decoder) return raise(PyExc_ValueError, "IncrementalNewlineDecoder.__init__() not called");
  return {};
}

/// Notes which line breaks a text has, and copies it with all of them as '\n' if asked to.
Ref<> scan(NewlineDecoder& d, Ref<> text) {
  PyObject* t = text.get();
  Py_ssize_t n = str_length(t);
  int kind = PyUnicode_KIND(t);
  const void* data = PyUnicode_DATA(t);
  int seen = 0;
  bool has_cr = false;
  for (Py_ssize_t i = 0; i < n; i++) {
    Py_UCS4 c = PyUnicode_READ(kind, data, i);
    if (c == '\n') {
      seen |= kSeenLf;
    } else if (c == '\r') {
      has_cr = true;
      if (i + 1 < n && PyUnicode_READ(kind, data, i + 1) == '\n') seen |= kSeenCrLf, i++;
      else seen |= kSeenCr;
    }
  }
  d.seen |= seen;
  if (!d.translate || !has_cr) return text;
  StrBuilder out;
  Py_ssize_t from = 0;
  for (Py_ssize_t i = 0; i < n; i++) {
    if (PyUnicode_READ(kind, data, i) != '\r') continue;
    if (!out.add(t, from, i) || !out.add(Py_UCS4{'\n'})) return Raised{};
    if (i + 1 < n && PyUnicode_READ(kind, data, i + 1) == '\n') i++;
    from = i + 1;
  }
  if (!out.add(t, from, n)) return Raised{};
  return out.finish();
}

static constexpr char init_doc[] =
    "IncrementalNewlineDecoder(decoder, translate, errors='strict')\n--\n\n"
    "A decoder around another one (or None) that translates line breaks and remembers which it met.";
Status decoder_init(PyObject* self, PyObject* decoder, bool translate, PyObject* errors) {
  NewlineDecoder& d = self_of(self);
  replace_field(d.decoder, share(decoder));
  replace_field(d.errors, share(errors ? errors : "strict"_name));
  d.translate = translate;
  d.seen = 0;
  d.pending_cr = false;
  return {};
}

static constexpr char decode_doc[] = "decode($self, /, input, final=False)\n--\n\nThe next piece of text.";
Ref<> decoder_decode(PyObject* self, PyObject* input, bool final) { return newline_decode(self, input, final); }

static constexpr char getstate_doc[] = "getstate($self, /)\n--\n\nWhat setstate wants: undecoded input and a flag.";
Ref<> decoder_getstate(PyObject* self) {
  NewlineDecoder& d = self_of(self);
  TRY(check_ready(d));
  Ref<> buffer;
  Ref<> flag = share(object(small_int(0)));
  if (d.decoder != Py_None) {
    Ref<> state = TRY(call_method(d.decoder, "getstate"_name));
    if (!PyTuple_Check(state.get())) return raise(PyExc_TypeError, "illegal decoder state");
    if (tuple_size(state.get()) != 2) return raise(PyExc_TypeError, "illegal decoder state");
    buffer = share(item(state.get(), 0));
    flag = share(item(state.get(), 1));
  } else {
    buffer = TRY(new_bytes(std::string_view()));
  }
  int64_t n = TRY(to_int64(flag.get()));
  Ref<> combined = TRY(new_int(n << 1 | (d.pending_cr ? 1 : 0)));
  return tuple_of({buffer.get(), combined.get()});
}
static constexpr char setstate_doc[] = "setstate($self, state, /)\n--\n\nGo back to a state.";
Ref<> decoder_setstate(PyObject* self, PyObject* state) {
  NewlineDecoder& d = self_of(self);
  TRY(check_ready(d));
  if (!PyTuple_Check(state) || tuple_size(state) != 2) return raise(PyExc_TypeError, "state argument must be a tuple");
  int64_t flag = TRY(to_int64(item(state, 1)));
  d.pending_cr = flag & 1;
  if (d.decoder == Py_None) return none();
  Ref<> inner_flag = TRY(new_int(flag >> 1));
  Ref<> inner = TRY(tuple_of({item(state, 0), inner_flag.get()}));
  return call_method(d.decoder, "setstate"_name, inner.get());
}
static constexpr char reset_doc[] = "reset($self, /)\n--\n\nForget everything.";
Ref<> decoder_reset(PyObject* self) {
  NewlineDecoder& d = self_of(self);
  TRY(check_ready(d));
  d.seen = 0;
  d.pending_cr = false;
  if (d.decoder == Py_None) return none();
  return call_method(d.decoder, "reset"_name);
}
Ref<> get_newlines(PyObject* self, void*) {
  NewlineDecoder& d = self_of(self);
  TRY(check_ready(d));
  Ref<> cr = TRY(new_str("\r")), lf = TRY(new_str("\n")), crlf = TRY(new_str("\r\n"));
  PyObject* parts[3];
  Py_ssize_t n = 0;
  if (d.seen & kSeenCr) parts[n++] = cr.get();
  if (d.seen & kSeenLf) parts[n++] = lf.get();
  if (d.seen & kSeenCrLf) parts[n++] = crlf.get();
  if (n == 0) return none();
  return n == 1 ? share(parts[0]) : tuple_of(parts, n);
}

void decoder_dealloc(PyObject* o) {
  NewlineDecoder& d = self_of(o);
  Py_XDECREF(d.decoder);
  Py_XDECREF(d.errors);
  Py_TYPE(o)->tp_free(o);
}

constinit PyMethodDef methods[] = {method<decode_doc, decoder_decode>, method<getstate_doc, decoder_getstate>,
                                   method<setstate_doc, decoder_setstate>, method<reset_doc, decoder_reset>, {}};
constinit PyGetSetDef getset[] = {{"newlines", slot<get_newlines>, nullptr, nullptr, nullptr}, {}};

}  // namespace

Ref<> newline_decode(PyObject* self, PyObject* input, bool final) {
  NewlineDecoder& d = self_of(self);
  TRY(check_ready(d));
  Ref<> text;
  if (d.decoder != Py_None) text = TRY(call_method(d.decoder, "decode"_name, input, final ? Py_True : Py_False));
  else text = share(input);
  if (!PyUnicode_Check(text.get()))
    return raise(PyExc_TypeError, "decoder should return a string result, not '{}'", clip(type_name(text.get()), 200));
  Py_ssize_t n = str_length(text.get());
  if (d.pending_cr && (final || n > 0)) {
    Ref<> cr = TRY(char_str('\r'));
    text = TRY(str_concat(cr.get(), text.get()));
    d.pending_cr = false;
    n++;
  }
  // A '\r' at the end waits for what follows, so that "\r\n" is never split.
  if (!final && n > 0 && char_at(text.get(), n - 1) == '\r') {
    text = TRY(str_slice(text.get(), 0, n - 1));
    d.pending_cr = true;
  }
  return scan(d, std::move(text));
}

Ref<> new_newline_decoder(PyObject* decoder, bool translate) {
  PyObject* o = IncrementalNewlineDecoder_Type.tp_alloc(&IncrementalNewlineDecoder_Type, 0);
  if (!o) return Raised{};
  Ref<> made = adopt(o);
  TRY(decoder_init(o, decoder, translate, nullptr));
  return made;
}

Py_ssize_t find_line_end(const LineEnd& mode, PyObject* text, Py_ssize_t from, Py_ssize_t* scanned) {
  Py_ssize_t n = str_length(text);
  int kind = PyUnicode_KIND(text);
  const void* data = PyUnicode_DATA(text);
  *scanned = n;
  auto find = [&](Py_UCS4 c, Py_ssize_t i) -> Py_ssize_t {
    if (kind == PyUnicode_1BYTE_KIND) {
      auto* bytes = static_cast<const char*>(data);
      auto* at = i < n ? static_cast<const char*>(memchr(bytes + i, static_cast<int>(c), static_cast<size_t>(n - i))) : nullptr;
      return at ? at - bytes : -1;
    }
    for (; i < n; i++)
      if (PyUnicode_READ(kind, data, i) == c) return i;
    return -1;
  };
  if (mode.translated) {
    Py_ssize_t at = find('\n', from);
    return at < 0 ? -1 : at + 1;
  }
  if (mode.universal) {
    for (Py_ssize_t i = from; i < n; i++) {
      Py_UCS4 c = PyUnicode_READ(kind, data, i);
      if (c == '\n') return i + 1;
      if (c == '\r') return i + 1 < n && PyUnicode_READ(kind, data, i + 1) == '\n' ? i + 2 : i + 1;
    }
    return -1;
  }
  Py_ssize_t length = mode.terminator ? str_length(mode.terminator) : 1;
  Py_UCS4 first = mode.terminator ? char_at(mode.terminator, 0) : '\n';
  for (Py_ssize_t i = from;;) {
    Py_ssize_t at = find(first, i);
    if (at < 0) return -1;
    if (length == 1) return at + 1;
    if (at + 1 >= n) {  // the second half may come later
      *scanned = at;
      return -1;
    }
    if (PyUnicode_READ(kind, data, at + 1) == char_at(mode.terminator, 1)) return at + 2;
    i = at + 1;
  }
}

constinit PyTypeObject IncrementalNewlineDecoder_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_io.IncrementalNewlineDecoder",
    .tp_basicsize = sizeof(NewlineDecoder),
    .tp_dealloc = decoder_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = init_doc,
    .tp_methods = methods,
    .tp_getset = getset,
    .tp_init = initializer<init_doc, decoder_init>::tp_init,
    .tp_new = generic_new,
};

}  // namespace taipan::io
