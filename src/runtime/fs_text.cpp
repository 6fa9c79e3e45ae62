// Paths as arguments, and files as a whole.
#include "runtime/fs_text.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "object/buffer.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/error.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/type.h"
#include "runtime/gil.h"

namespace taipan {

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

Ref<> path_text(PyObject* o) {
  Ref<> path;
  if (has_buffer(o) && !PyBytes_Check(o)) {
    Ref<> text = TRY(format_str("path should be string, bytes, or os.PathLike, not {}", clip(type_name(o), 200)));
    TRY(warn(PyExc_DeprecationWarning, 1, utf8_or_question(text.get()).data()));
    path = TRY(call(object(&PyBytes_Type), o));
  } else {
    path = TRY(fs_path(o));
  }
  if (PyBytes_Check(path.get())) path = TRY(decode_fs(bytes_view(path.get())));
  for (Py_ssize_t i = 0; i < str_length(path.get()); i++)
    if (!char_at(path.get(), i)) return raise(PyExc_ValueError, "embedded null character");
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
    if (n == 0) {
      close(fd);
      return content.finish();
    }
    if (n < 0) {
      (void)raise_os_error(errno, path);
      break;
    }
    content.advance(n);
  }
  close(fd);
  return {};
}

}  // namespace taipan
