// Path arguments.
#include "modules/posix/posix.h"

#include <fcntl.h>

#include "object/call.h"
#include "object/int.h"
#include "object/str.h"
#include "object/error.h"
#include "object/type.h"
#include "runtime/fs_text.h"
#include "types/buffer.h"

namespace taipan::posix {

static const char* accepted(int accept) {
  switch (accept) {
    case kDescriptor | kNone:
      return "string, bytes, os.PathLike, integer or None";
    case kDescriptor:
      return "string, bytes, os.PathLike or integer";
    case kNone:
      return "string, bytes, os.PathLike or None";
    default:
      return "string, bytes or os.PathLike";
  }
}

Status Path::parse(PyObject* argument, const char* function, const char* name, int accept) {
  argument_ = argument;
  if ((accept & kNone) && (!argument || argument == Py_None)) {
    bytes_ = share(empty_bytes());
    bytes_.reset();
    return {};
  }
  Ref<> o = share(argument);
  if (!PyUnicode_Check(argument) && !PyBytes_Check(argument)) {
    if ((accept & kDescriptor) && is_index(argument)) {
      Ref<> n = TRY(index(argument));
      int64_t value;
      int fits = int_to_int64(n.get(), &value);
      if (fits > 0 || (!fits && value > INT_MAX))
        return raise(PyExc_OverflowError, "fd is greater than maximum");
      if (fits < 0 || (!fits && value < INT_MIN))
        return raise(PyExc_OverflowError, "fd is less than minimum");
      fd_ = static_cast<int>(value);
      if (fd_ < 0) {
        errno = EBADF;
        return raise_errno();
      }
      return {};
    }
    Ref<> method = has_buffer(argument) ? Ref<>() : TRY(lookup_special(argument, "__fspath__"_name));
    if (has_buffer(argument)) {
      Ref<> text = TRY(format_str("{}: {} should be {}, not {}", function, name, accepted(accept), short_name(Py_TYPE(argument))));
      TRY(warn(PyExc_DeprecationWarning, 1, utf8_or_question(text.get()).data()));
      o = TRY(call(object(&PyBytes_Type), argument));
    } else if (!method) {
      return raise(PyExc_TypeError, "{}: {} should be {}, not {}", function, name, accepted(accept),
                   short_name(Py_TYPE(argument)));
    }
    if (method) o = TRY(call(method.get()));
    if (!PyUnicode_Check(o.get()) && !PyBytes_Check(o.get())) {
      return raise(PyExc_TypeError, "expected {}.__fspath__() to return str or bytes, not {}",
                   short_name(Py_TYPE(argument)), short_name(Py_TYPE(o.get())));
    }
  }
  was_bytes_ = PyBytes_Check(o.get());
  bytes_ = was_bytes_ ? std::move(o) : TRY(encode_fs(o.get()));
  if (bytes_view(bytes_.get()).find('\0') != std::string_view::npos) {
    bytes_.reset();
    if (!was_bytes_) return raise(PyExc_ValueError, "embedded null byte");
    return raise(PyExc_ValueError, "{}: embedded null character in {}", function, name);
  }
  return {};
}

Raised Path::raise_errno() const { return raise_os_error(errno, argument_); }
Raised Path::raise_errno(const Path& second) const {
  return raise_os_error(errno, argument_, second.argument_);
}

static Result<int> narrow(PyObject* number) {
  int64_t value;
  int fits = int_to_int64(number, &value);
  if (fits > 0 || (!fits && value > INT_MAX))
    return raise(PyExc_OverflowError, "fd is greater than maximum");
  if (fits < 0 || (!fits && value < INT_MIN))
    return raise(PyExc_OverflowError, "fd is less than minimum");
  return static_cast<int>(value);
}

Result<int> directory_descriptor(PyObject* o) {
  if (!o || o == Py_None) return AT_FDCWD;
  if (!is_index(o))
    return raise(PyExc_TypeError, "argument should be integer or None, not {}", type_name(o));
  Ref<> n = TRY(index(o));
  return narrow(n.get());
}

Result<int> descriptor(PyObject* o) {
  Ref<> number = share(o);
  if (!PyLong_Check(o)) {
    Ref<> method = TRY(find_attr(o, "fileno"_name));
    if (!method)
      return raise(PyExc_TypeError, "argument must be an int, or have a fileno() method.");
    number = TRY(call(method.get()));
    if (!PyLong_Check(number.get()))
      return raise(PyExc_TypeError, "fileno() returned a non-integer");
  }
  int64_t value;
  if (int_to_int64(number.get(), &value))
    return raise(PyExc_OverflowError, "Python int too large to convert to C int");
  if (value > INT_MAX || value < INT_MIN)
    return raise(PyExc_OverflowError, "Python int too large to convert to C int");
  if (value < 0)
    return raise(PyExc_ValueError, "file descriptor cannot be a negative integer ({})", value);
  return static_cast<int>(value);
}

Ref<> text_or_bytes(std::string_view name, bool bytes) {
  return bytes ? new_bytes(name) : decode_fs(name);
}

}  // namespace taipan::posix
