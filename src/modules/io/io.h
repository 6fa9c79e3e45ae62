#pragma once
// The _io module: raw files, buffers, text. Shared among the files of this folder; others use modules/io/open.h.
#include "object/bind.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/exceptions.h"
#include "object/gc.h"
#include "object/hooks.h"
#include "object/int.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "object/weakref.h"

extern "C" {
PyAPI_DATA(PyTypeObject) _PyBytesIOBuffer_Type;  // CPython's name: extension modules may look for it
}

namespace taipan::io {

extern PyTypeObject IOBase_Type, RawIOBase_Type, BufferedIOBase_Type, TextIOBase_Type;
extern PyTypeObject FileIO_Type, BytesIO_Type, StringIO_Type;
extern PyTypeObject BufferedReader_Type, BufferedWriter_Type, BufferedRandom_Type, BufferedRWPair_Type;
extern PyTypeObject IncrementalNewlineDecoder_Type, TextIOWrapper_Type;

inline constexpr Py_ssize_t kDefaultBufferSize = 8192;

/// The fields that instances of the abstract bases have.
struct IOBase {
  PyObject_HEAD
  PyObject* dict;
  PyObject* weaklist;
};

/// io.UnsupportedOperation(message).
Raised raise_unsupported(const char* message);
PyObject* unsupported_operation();  ///< the class, borrowed
Raised raise_closed();              ///< ValueError "I/O operation on closed file."

/// Does the object's `closed` say True?
Result<bool> is_closed(PyObject* file);
/// `_checkClosed`, `_checkSeekable`, …: raise what their names say.
Status check_closed(PyObject* file);
Status check_capability(PyObject* file, PyObject* method, const char* message);
/// Runs close() of an object about to die, unless it is closed already; errors are dropped. As tp_finalize.
void finalize_file(PyObject* file);
/// An OSError/ValueError of seek: whence as an int; "invalid whence (5, should be 0, 1 or 2)".
Result<int64_t> to_offset(PyObject* o);

/// size arguments of read-like methods: None or -1 means everything.
Result<Py_ssize_t> read_size(PyObject* size_or_none);

/// A writable buffer argument (readinto) or a readable one (write): released with the scope.
class BufferView {
 public:
  BufferView() = default;
  ~BufferView();
  BufferView(const BufferView&) = delete;
  Status acquire_readable(PyObject* o);
  Status acquire_writable(PyObject* o);
  char* data() const { return static_cast<char*>(view_.buf); }
  Py_ssize_t size() const { return view_.len; }

 private:
  Py_buffer view_{};
};

/// The line break at which a line ends, by newline mode. `translated`: only '\n' counts; `universal`: '\n', '\r', '\r\n'; else `terminator`.
struct LineEnd {
  bool translated = false;
  bool universal = false;
  PyObject* terminator = nullptr;  // borrowed str; null: '\n'
};
/// Position behind the first line break at or after `from`; -1: none, then `*scanned` is where searching may go on.
Py_ssize_t find_line_end(const LineEnd& mode, PyObject* text, Py_ssize_t from, Py_ssize_t* scanned);

/// Shared by StringIO and TextIOWrapper: a decoder that translates line breaks (newline_decoder.cpp).
Ref<> new_newline_decoder(PyObject* decoder, bool translate);
/// decoder.decode(input, final) without the method call.
Ref<> newline_decode(PyObject* newline_decoder, PyObject* input, bool final);
inline bool is_newline_decoder(PyObject* o) { return Py_TYPE(o) == &IncrementalNewlineDecoder_Type; }

/// FileIO.write's and read's system calls with retries after signals; -1: an exception is pending; -2: would block.
Py_ssize_t write_all_or_some(int fd, const char* data, Py_ssize_t n);
Py_ssize_t read_some(int fd, char* to, Py_ssize_t n);

inline int visit_base(IOBase* o, visitproc visit, void* arg) {
  Py_VISIT(o->dict);
  return 0;
}

}  // namespace taipan::io
