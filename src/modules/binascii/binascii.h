#pragma once
// The parts of the module binascii.
#include "modules/module.h"
#include "types/buffer.h"

namespace taipan::binascii {

extern PyObject* error;  // binascii.Error

/// Bytes of a buffer, or of an ASCII str.
class AsciiInput {
 public:
  Status acquire(PyObject* o);
  std::string_view bytes() const { return text_; }

 private:
  std::string_view text_;
  BufferView view_;
};

extern PyMethodDef base64_rows[], quoted_printable_rows[];

}  // namespace taipan::binascii
