// What remains of the runtime's own headers: version, files by name, descriptors, text of locales.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "capi/export.h"
#include "object/bind.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/error.h"
#include "object/int.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/str.h"
#include "runtime/audit.h"
#include "runtime/fs_text.h"
#include "runtime/gil.h"
#include "runtime/lifecycle.h"
#include "runtime/pending.h"

using namespace taipan;

CAPI const unsigned long Py_Version;
const unsigned long Py_Version = PY_VERSION_HEX;
CAPI int Py_IsInitialized() { return is_started(); }

/// open() of C for a path that Python has, told to audit hooks.
CAPI FILE* _Py_fopen_obj(PyObject* path, const char* mode) {
  Ref<> mode_text = new_str(mode), zero = share(object(small_int(0)));
  if (!mode_text || !audit("open", {path, mode_text.get(), zero.get()})) return nullptr;
  Ref<> bytes = path_bytes(path);
  if (!bytes) return nullptr;
  for (;;) {
    FILE* file;
    {
      WithoutGil unlocked;
      file = fopen(PyBytes_AS_STRING(bytes.get()), mode);
    }
    if (file) {
      fcntl(fileno(file), F_SETFD, FD_CLOEXEC);
      return file;
    }
    if (errno != EINTR) {
      raise_os_error(errno, path);
      return nullptr;
    }
    if (!run_signal_handlers()) return nullptr;
  }
}
CAPI int PyObject_AsFileDescriptor(PyObject* o) {
  Ref<> number;
  if (PyLong_Check(o)) {
    number = share(o);
  } else {
    auto method = find_attr(o, "fileno"_name);
    if (!method) return -1;
    Ref<> fileno_of = method.take();
    if (!fileno_of) {
      raise(PyExc_TypeError, "argument must be an int, or have a fileno() method.");
      return -1;
    }
    number = call(fileno_of.get());
    if (!number) return -1;
    if (!PyLong_Check(number.get())) {
      raise(PyExc_TypeError, "fileno() returned a non-integer");
      return -1;
    }
  }
  int fd = _PyLong_AsInt(number.get());
  if (fd == -1 && pending_error()) return -1;
  if (fd < 0) raise(PyExc_ValueError, "file descriptor cannot be a negative integer ({})", fd);
  return fd < 0 ? -1 : fd;
}
CAPI int PyFile_WriteObject(PyObject* o, PyObject* file, int flags) {
  if (!file) {
    raise(PyExc_TypeError, "writeobject with NULL file");
    return -1;
  }
  Ref<> text = flags & Py_PRINT_RAW ? to_str(o) : repr(o);
  return text && call_method(file, "write"_name, text.get()) ? 0 : -1;
}
CAPI int PyFile_WriteString(const char* text, PyObject* file) {
  Ref<> str = new_str(text);
  return str ? PyFile_WriteObject(str.get(), file, Py_PRINT_RAW) : -1;
}
