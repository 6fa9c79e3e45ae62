// UnicodeEncodeError, UnicodeDecodeError, UnicodeTranslateError: one layout, three constructors and
// messages.
#include <Python.h>
#include <structmember.h>

#include "object/buffer.h"
#include "object/bytes.h"
#include "object/exceptions.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"

namespace taipan::exceptions {

static PyUnicodeErrorObject& as(PyObject* self) {
  return *reinterpret_cast<PyUnicodeErrorObject*>(self);
}

namespace {

/// Reads the arguments of one constructor in turn.
struct Reader {
  PyObject* args;
  Py_ssize_t at = 0;

  Ref<> text() {
    PyObject* o = item(args, at++);
    if (PyUnicode_Check(o)) return share(o);
    return raise(PyExc_TypeError, "argument {} must be str, not {}", at,
                 o == Py_None ? "None" : type_name(o));
  }
  Ref<> any() { return share(item(args, at++)); }
  Result<Py_ssize_t> number() { return to_ssize(item(args, at++), PyExc_OverflowError); }
};

Ref<> to_bytes(PyObject* o) {
  if (PyBytes_Check(o)) return share(o);
  BufferView view;
  TRY(view.acquire(o));
  return new_bytes(view.bytes());
}

Status fill(PyObject* self, PyObject* args, bool encoding, bool bytes) {
  TRY(check_argument_count("function", tuple_size(args), encoding ? 5 : 4, encoding ? 5 : 4));
  Reader read{args};
  Ref<> code = encoding ? TRY(read.text()) : Ref<>();
  Ref<> subject = bytes ? read.any() : TRY(read.text());
  Py_ssize_t start = TRY(read.number());
  Py_ssize_t end = TRY(read.number());
  Ref<> reason = TRY(read.text());
  if (bytes) subject = TRY(to_bytes(subject.get()));
  auto& x = as(self);
  x.start = start;
  x.end = end;
  replace_field(x.encoding, std::move(code));
  replace_field(x.object, std::move(subject));
  replace_field(x.reason, std::move(reason));
  return {};
}

int init(PyObject* self, PyObject* args, PyObject* kwargs, bool encoding, bool bytes) {
  if (base_init(self, args, kwargs) < 0) return -1;
  return fill(self, args, encoding, bytes).to_c();
}

/// '\xe9', 'ሴ' or '\U00012345', for messages.
struct EscapedChar {
  Py_UCS4 c;
};
bool write_escaped(TextBuffer& out, const void* p) {
  Py_UCS4 c = static_cast<const EscapedChar*>(p)->c;
  if (c <= 0xff) return format(out, "\\x{}", Hex{c, 2});
  if (c <= 0xffff) return format(out, "\\u{}", Hex{c, 4});
  return format(out, "\\U{}", Hex{c, 8});
}
FormatArg format_arg(const EscapedChar& c) { return FormatArg::of_custom(&c, write_escaped); }

PyObject* reason_of(PyUnicodeErrorObject& x) { return x.reason ? x.reason : Py_None; }

}  // namespace

int unicode_encode_error_init(PyObject* self, PyObject* args, PyObject* kwargs) {
  return init(self, args, kwargs, true, false);
}
int unicode_decode_error_init(PyObject* self, PyObject* args, PyObject* kwargs) {
  return init(self, args, kwargs, true, true);
}
int unicode_translate_error_init(PyObject* self, PyObject* args, PyObject* kwargs) {
  return init(self, args, kwargs, false, false);
}

// The fields may have been changed from Python: start and end are not trusted.
static bool is_single(PyUnicodeErrorObject& x, Py_ssize_t size) {
  return x.start >= 0 && x.start < size && x.end == x.start + 1;
}

PyObject* unicode_encode_error_str(PyObject* self) {
  auto& x = as(self);
  if (!x.object) return Py_NewRef(empty_str());
  PyObject* code = x.encoding ? x.encoding : Py_None;
  if (PyUnicode_Check(x.object) && is_single(x, str_length(x.object))) {
    return format_str("'{}' codec can't encode character '{}' in position {}: {}", as_str(code),
                      EscapedChar{char_at(x.object, x.start)}, x.start, as_str(reason_of(x)))
        .release();
  }
  return format_str("'{}' codec can't encode characters in position {}-{}: {}", as_str(code),
                    x.start, x.end - 1, as_str(reason_of(x)))
      .release();
}

PyObject* unicode_decode_error_str(PyObject* self) {
  auto& x = as(self);
  if (!x.object) return Py_NewRef(empty_str());
  PyObject* code = x.encoding ? x.encoding : Py_None;
  if (PyBytes_Check(x.object) && is_single(x, PyBytes_GET_SIZE(x.object))) {
    auto byte = static_cast<unsigned char>(PyBytes_AS_STRING(x.object)[x.start]);
    return format_str("'{}' codec can't decode byte 0x{} in position {}: {}", as_str(code),
                      Hex{byte, 2}, x.start, as_str(reason_of(x)))
        .release();
  }
  return format_str("'{}' codec can't decode bytes in position {}-{}: {}", as_str(code), x.start,
                    x.end - 1, as_str(reason_of(x)))
      .release();
}

PyObject* unicode_translate_error_str(PyObject* self) {
  auto& x = as(self);
  if (!x.object) return Py_NewRef(empty_str());
  if (PyUnicode_Check(x.object) && is_single(x, str_length(x.object))) {
    return format_str("can't translate character '{}' in position {}: {}",
                      EscapedChar{char_at(x.object, x.start)}, x.start, as_str(reason_of(x)))
        .release();
  }
  return format_str("can't translate characters in position {}-{}: {}", x.start, x.end - 1,
                    as_str(reason_of(x)))
      .release();
}

#define UNICODE_MEMBERS                                                                            \
  {"encoding", T_OBJECT, offsetof(PyUnicodeErrorObject, encoding), 0, "the codec's name"},         \
      {"object", T_OBJECT, offsetof(PyUnicodeErrorObject, object), 0, "what was to be converted"}, \
      {"start", T_PYSSIZET, offsetof(PyUnicodeErrorObject, start), 0, "where the fault starts"},   \
      {"end", T_PYSSIZET, offsetof(PyUnicodeErrorObject, end), 0, "where the fault ends"},         \
      {"reason", T_OBJECT, offsetof(PyUnicodeErrorObject, reason), 0, "why"}, {}
constinit PyMemberDef unicode_encode_error_members[] = {UNICODE_MEMBERS};
constinit PyMemberDef unicode_decode_error_members[] = {UNICODE_MEMBERS};
constinit PyMemberDef unicode_translate_error_members[] = {UNICODE_MEMBERS};
#undef UNICODE_MEMBERS

}  // namespace taipan::exceptions
