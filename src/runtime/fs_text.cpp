// The file system's text: UTF-8, with undecodable bytes smuggled through as lone surrogates.
#include "runtime/fs_text.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/format.h"
#include "base/utf8.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/error.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/type.h"
#include "runtime/gil.h"

namespace taipan {

Ref<> decode_fs(std::string_view bytes) {
  Utf8Scan scan = scan_utf8(bytes);
  if (scan.fault == Utf8Fault::none) return new_str(bytes);
  TextBuffer text;
  while (scan.fault != Utf8Fault::none) {
    text.append(bytes.substr(0, scan.bytes));
    text.append_code_point(0xDC00 + static_cast<unsigned char>(bytes[scan.bytes]));
    bytes.remove_prefix(scan.bytes + 1);
    scan = scan_utf8(bytes);
  }
  text.append(bytes);
  if (!text.ok()) return raise_no_memory();
  return new_str_with_surrogates(text.view());
}

Ref<> encode_fs(PyObject* str) {
  if (is_ascii(str))
    return new_bytes(
        {static_cast<const char*>(PyUnicode_DATA(str)), static_cast<size_t>(str_length(str))});
  TextBuffer out;
  for (Py_ssize_t i = 0; i < str_length(str); i++) {
    Py_UCS4 c = char_at(str, i);
    if (c >= 0xDC80 && c <= 0xDCFF) {
      out.append(static_cast<char>(c - 0xDC00));
    } else if (is_surrogate(c)) {
      Ref<> error = TRY(adopt(PyObject_CallFunction(PyExc_UnicodeEncodeError, "sOnns", "utf-8", str,
                                                    i, i + 1, "surrogates not allowed")));
      return raise_value(PyExc_UnicodeEncodeError, error.get());
    } else {
      out.append_code_point(c);
    }
  }
  if (!out.ok()) return raise_no_memory();
  return new_bytes(out.view());
}

Ref<> fs_path(PyObject* o) {
  if (PyUnicode_Check(o) || PyBytes_Check(o)) return share(o);
  Ref<> method = TRY(lookup_special(o, "__fspath__"_name));
  if (!method)
    return raise(PyExc_TypeError, "expected str, bytes or os.PathLike object, not {}",
                 short_name(Py_TYPE(o)));
  Ref<> path = TRY(call(method.get()));
  if (PyUnicode_Check(path.get()) || PyBytes_Check(path.get())) return path;
  return raise(PyExc_TypeError, "expected {}.__fspath__() to return str or bytes, not {}",
               short_name(Py_TYPE(o)), short_name(Py_TYPE(path.get())));
}

Ref<> path_bytes(PyObject* o) {
  Ref<> path = TRY(fs_path(o));
  bool is_text = PyUnicode_Check(path.get());
  if (is_text) path = TRY(encode_fs(path.get()));
  if (bytes_view(path.get()).find('\0') != std::string_view::npos)
    return raise(PyExc_ValueError, "embedded null {}", is_text ? "character" : "byte");
  return path;
}

Ref<> read_file(PyObject* path) {
  Ref<> name = TRY(path_bytes(path));
  int fd;
  {
    WithoutGil unlocked;
    fd = open(bytes_data(name.get()), O_RDONLY | O_CLOEXEC);
  }
  if (fd < 0) return raise_os_error(errno, path);
  struct stat info;
  BytesBuilder content;
  if (!fstat(fd, &info)) {
    if (S_ISDIR(info.st_mode)) {
      close(fd);
      return raise_os_error(EISDIR, path);
    }
    if (!content.reserve(info.st_size + 1)) {
      close(fd);
      return {};
    }
  }
  for (;;) {
    constexpr Py_ssize_t kStep = 64 * 1024;
    Py_ssize_t room = content.size() < info.st_size ? info.st_size - content.size() + 1 : kStep;
    if (!content.reserve(room)) break;
    ssize_t n;
    {
      WithoutGil unlocked;
      n = read(fd, content.end(), static_cast<size_t>(room));
    }
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) (void)raise_os_error(errno, path);
    if (n <= 0) break;
    content.advance(n);
  }
  close(fd);
  if (pending_error()) return {};
  return content.finish();
}

}  // namespace taipan
