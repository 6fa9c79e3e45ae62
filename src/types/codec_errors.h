#pragma once
// What happens at malformed input: the error handler, called by name, decides. One of these objects
// accompanies one encoding or decoding; it makes the exception and finds the handler only when the
// first error comes.
#include <string_view>

#include "object/object.h"
#include "object/str.h"

namespace taipan {

/// Handlers that need no exception object.
enum class ErrorMode : uint8_t { strict, ignore, replace, surrogateescape, other };
ErrorMode error_mode(const char* errors);

class DecodeErrors {
 public:
  DecodeErrors(const char* encoding, const char* errors, std::string_view data)
      : encoding_(encoding), errors_(errors), mode_(error_mode(errors)), data_(data) {}
  /// Deals with the malformed data()[start:end): adds the replacement and sets where decoding goes
  /// on.
  Status handle(StrBuilder& out, size_t start, size_t end, const char* reason, size_t* at);
  /// What is being decoded: a handler may have replaced it.
  std::string_view data() const { return data_; }

 private:
  Status call_handler(StrBuilder& out, size_t start, size_t end, const char* reason, size_t* at);
  const char* encoding_;
  const char* errors_;
  ErrorMode mode_;
  std::string_view data_;
  Ref<> handler_, exception_, input_;
};

class EncodeErrors {
 public:
  EncodeErrors(const char* encoding, const char* errors, PyObject* str)
      : encoding_(encoding), errors_(errors), mode_(error_mode(errors)), str_(str) {}
  ErrorMode mode() const { return mode_; }
  /// The replacement for str[start:end), a str or bytes, and where encoding goes on.
  Ref<> handle(Py_ssize_t start, Py_ssize_t end, const char* reason, Py_ssize_t* at);
  /// The exception itself.
  Raised fail(Py_ssize_t start, Py_ssize_t end, const char* reason);

 private:
  Status update(Py_ssize_t start, Py_ssize_t end, const char* reason);
  const char* encoding_;
  const char* errors_;
  ErrorMode mode_;
  PyObject* str_;
  Ref<> handler_, exception_;
};

/// How a handler of its own is told what it handles, for UnicodeTranslateError too.
Ref<> make_unicode_error(PyObject* type, const char* encoding, PyObject* input, Py_ssize_t start,
                         Py_ssize_t end, const char* reason);

}  // namespace taipan
