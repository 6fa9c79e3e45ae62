// Saving ints, floats, texts and bytes.
#include <bit>
#include <cstring>

#include "base/float_text.h"
#include "modules/pickle/pickle.h"
#include "object/buffer.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/int.h"
#include "object/int_arithmetic.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "types/bytearray.h"
#include "types/codecs.h"
#include "types/float.h"
#include "types/memory.h"
#include "types/pickle_buffer.h"

namespace taipan::pickling {
namespace {

/// An instruction and a little-endian number of `width` bytes.
struct Header {
  char text[9];
  size_t size;
  Header(Instruction op, uint64_t n, size_t width) : size(1 + width) {
    text[0] = op;
    memcpy(text + 1, &n, width);
  }
  operator std::string_view() const { return {text, size}; }
};

Status save_long(Pickler& p, PyObject* o) {
  if (p.protocol < 2) {
    Ref<> digits = TRY(int_to_text(o, 10));
    TRY(write(p, LONG));
    TRY(write(p, narrow_text(digits.get())));
    return write(p, "L\n");
  }
  uint64_t bits = int_bit_length(o);
  if (bits / 8 + 1 > INT_MAX) return raise(PyExc_OverflowError, "int too large to pickle");
  size_t n = bits / 8 + 1;
  Ref<> data = TRY(allocate_bytes(static_cast<Py_ssize_t>(n)));
  auto* bytes = reinterpret_cast<uint8_t*>(bytes_data(data.get()));
  TRY(int_to_bytes(o, bytes, n, Endian::little, Signed::yes));
  if (int_sign(o) < 0 && n > 1 && bytes[n - 1] == 0xFF && bytes[n - 2] & 0x80) n--;
  Header header = n < 256 ? Header(LONG1, n, 1) : Header(LONG4, n, 4);
  return write_large(p, header, {reinterpret_cast<char*>(bytes), n}, nullptr);
}

}  // namespace

Status save_int(Pickler& p, PyObject* o) {
  int64_t n;
  if (int_to_int64(o, &n) != 0 || n != static_cast<int32_t>(n)) return save_long(p, o);
  if (!p.bin) {
    TextBuffer text;
    format(text, "{}{}\n", char{INT}, n);
    return write(p, text.view());
  }
  Instruction op = n < 0 || n > 0xFFFF ? BININT : n > 0xFF ? BININT2 : BININT1;
  size_t width = op == BININT ? 4 : op == BININT2 ? 2 : 1;
  char* to = room_for(p, 5);
  if (!to) return write(p, Header(op, static_cast<uint64_t>(n), width));
  to[0] = op;  // most of what is pickled are small ints: they are written in place
  memcpy(to + 1, &n, 4);
  p.out.size += static_cast<Py_ssize_t>(1 + width);
  return {};
}

Status save_float(Pickler& p, PyObject* o) {
  if (p.bin) return write(p, Header(BINFLOAT, __builtin_bswap64(std::bit_cast<uint64_t>(float_value(o))), 8));
  TextBuffer text;
  text.append(FLOAT);
  append_repr(text, float_value(o));
  text.append('\n');
  return text.ok() ? write(p, text.view()) : raise_no_memory();
}

namespace {

Status save_bytes_data(Pickler& p, PyObject* o, std::string_view data) {
  if (data.size() > 0xFFFFFFFF && p.protocol < 4)
    return raise(PyExc_OverflowError, "serializing a bytes object larger than 4 GiB requires pickle protocol 4 or higher");
  size_t n = data.size();
  Header header = n <= 0xFF ? Header(SHORT_BINBYTES, n, 1) : n <= 0xFFFFFFFF ? Header(BINBYTES, n, 4) : Header(BINBYTES8, n, 8);
  TRY(write_large(p, header, data, PyBytes_Check(o) ? o : nullptr));
  return memo_put(p, o);
}
Status save_bytearray_data(Pickler& p, PyObject* o, std::string_view data) {
  TRY(write_large(p, Header(BYTEARRAY8, data.size(), 8), data, PyByteArray_Check(o) ? o : nullptr));
  return memo_put(p, o);
}
/// Calls `callable(*args)` on loading.
Status save_as_call(Pickler& p, PyObject* o, PyObject* callable, Ref<> args) {
  if (!args) return Raised{};
  Ref<> reduced = TRY(tuple_of({callable, args.get()}));
  return save_reduced(p, reduced.get(), o);
}

}  // namespace

Status save_bytes(Pickler& p, PyObject* o) {
  if (p.protocol >= 3) return save_bytes_data(p, o, bytes_view(o));
  // There is no instruction for bytes yet: they are a Latin-1 text to be encoded, which Python 2 understands as well.
  if (Py_SIZE(o) == 0) return save_as_call(p, o, object(&PyBytes_Type), share(empty_tuple()));
  Ref<> text = TRY(new_str_latin1(bytes_view(o)));
  return save_as_call(p, o, library.codecs_encode, tuple_of({text.get(), "latin1"_name}));
}
Status save_bytearray(Pickler& p, PyObject* o) {
  if (p.protocol >= 5) return save_bytearray_data(p, o, bytearray_view(o));
  if (Py_SIZE(o) == 0) return save_as_call(p, o, object(&PyByteArray_Type), share(empty_tuple()));
  Ref<> copy = TRY(new_bytes(bytearray_view(o)));
  return save_as_call(p, o, object(&PyByteArray_Type), tuple_of({copy.get()}));
}
Status save_picklebuffer(Pickler& p, PyObject* o) {
  if (p.protocol < 5) return raise(library.pickling_error, "PickleBuffer can only pickled with protocol >= 5");
  Py_buffer* view = TRY(pickle_buffer_view(o));
  if (view->suboffsets || !is_contiguous(*view, 'A'))
    return raise(library.pickling_error, "PickleBuffer can not be pickled when pointing to a non-contiguous buffer");
  bool in_band = true;
  if (p.buffer_callback) {
    Ref<> answer = TRY(call(p.buffer_callback, o));
    in_band = TRY(is_true(answer.get()));
  }
  if (!in_band) {
    TRY(write(p, NEXT_BUFFER));
    return view->readonly ? write(p, READONLY_BUFFER) : Status();
  }
  std::string_view data(static_cast<const char*>(view->buf), static_cast<size_t>(view->len));
  return view->readonly ? save_bytes_data(p, o, data) : save_bytearray_data(p, o, data);
}

// -- text --

namespace {

/// Raw Unicode escapes, of what would end the line or be taken for an escape, too.
Status write_escaped(Pickler& p, PyObject* o) {
  TextBuffer text;
  text.append(UNICODE);
  for (Py_ssize_t i = 0; i < str_length(o); i++) {
    Py_UCS4 c = char_at(o, i);
    if (c > 0xFFFF) format(text, "\\U{}", Hex(c, 8));
    else if (c > 0xFF || c == '\\' || c == '\0' || c == '\n' || c == '\r' || c == 0x1A) format(text, "\\u{}", Hex(c, 4));
    else text.append(static_cast<char>(c));
  }
  text.append('\n');
  return text.ok() ? write(p, text.view()) : raise_no_memory();
}
Status write_utf8(Pickler& p, std::string_view data, PyObject* payload) {
  size_t n = data.size();
  if (n <= 0xFF && p.protocol >= 4) return write_large(p, Header(SHORT_BINUNICODE, n, 1), data, payload);
  if (n <= 0xFFFFFFFF) return write_large(p, Header(BINUNICODE, n, 4), data, payload);
  if (p.protocol >= 4) return write_large(p, Header(BINUNICODE8, n, 8), data, payload);
  return raise(PyExc_OverflowError, "serializing a string larger than 4 GiB requires pickle protocol 4 or higher");
}

}  // namespace

Status save_str(Pickler& p, PyObject* o) {
  if (!p.bin) {
    TRY(write_escaped(p, o));
    return memo_put(p, o);
  }
  if (is_ascii(o)) {
    TRY(write_utf8(p, narrow_text(o), nullptr));
    return memo_put(p, o);
  }
  Ref<> encoded = TRY(encode_utf8_text(o, "surrogatepass"));
  TRY(write_utf8(p, bytes_view(encoded.get()), encoded.get()));
  return memo_put(p, o);
}

}  // namespace taipan::pickling
