#pragma once
// The state of TextIOWrapper, shared by its reading and writing halves.
#include "modules/io/io.h"

namespace taipan::io {

/// How text becomes bytes and back: three encodings directly, all others through the codec's incremental objects.
enum class Encoding : uint8_t { utf8, ascii, latin1, other };

struct TextWrapper : IOBase {
  PyObject* buffer;
  PyObject* encoding;       // as given
  PyObject* errors;
  PyObject* codec;          // CodecInfo; null for the direct encodings
  PyObject* encoder;        // of the codec
  PyObject* decoder;        // of the codec; null for the direct encodings
  PyObject* newline_decoder;  // null unless line breaks are universal
  PyObject* newline;        // the argument; null for None
  PyObject* carry;          // bytes: the incomplete end of what was decoded directly
  PyObject* decoded;        // str read ahead; null: none
  Py_ssize_t used;          // characters of `decoded` that are consumed
  PyObject* chunk;          // bytes: the input that gave `decoded`, with the carry in front of it; null: unknown
  int chunk_flags;          // the decoder's state before it
  PyObject* pending;        // bytes list waiting to be written; null: none
  Py_ssize_t pending_size;
  Py_ssize_t chunk_size;
  Encoding kind;
  LineEnd line_end;
  bool readable, writable, seekable, telling, has_read1;
  bool line_buffering, write_through, translate_write;  // '\n' becomes `newline` when written
  bool initialized, detached, finalizing;
};
inline TextWrapper& text(PyObject* o) { return *reinterpret_cast<TextWrapper*>(o); }

Status check_usable(TextWrapper& t);
Status check_open(TextWrapper& t);
/// Writes the pending bytes to the buffer.
Status write_pending(TextWrapper& t);
void drop_decoded(TextWrapper& t);
Status reset_decoder(TextWrapper& t);
/// Decodes more input behind `carry`; final: nothing follows.
Ref<> decode_input(TextWrapper& t, PyObject* input, bool final);
Ref<> encode_output(TextWrapper& t, PyObject* str);
/// Line break rules from a `newline` argument (checked).
Status set_newline(TextWrapper& t, PyObject* newline);
Status set_codec(TextWrapper& t, PyObject* encoding, PyObject* errors);

Ref<> text_read(PyObject* self, PyObject* size);
Ref<> text_readline(PyObject* self, Py_ssize_t limit);
Result<Ref<>> text_next(PyObject* self);
Ref<> text_write(PyObject* self, Str& s);
Ref<> text_tell(PyObject* self);
Ref<> text_seek(PyObject* self, PyObject* cookie, int whence);

}  // namespace taipan::io
