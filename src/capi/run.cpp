// pythonrun.h, compile.h, sysmodule.h, fileobject.h, marshal.h, pylifecycle.h, osmodule.h: running code, the system's part.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <csignal>

#include "capi/export.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/int.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "runtime/audit.h"
#include "runtime/fork.h"
#include "runtime/fs_text.h"
#include "runtime/gil.h"
#include "runtime/import.h"
#include "runtime/lifecycle.h"
#include "runtime/marshal.h"
#include "runtime/pending.h"
#include "runtime/source.h"
#include "runtime/traceback_print.h"
#include "vm/vm.h"

using namespace taipan;

namespace {

SourceKind kind_of(int start) {
  switch (start) {
    case Py_single_input: return SourceKind::single;
    case Py_eval_input: return SourceKind::eval;
    case Py_func_type_input: return SourceKind::function_type;
    default: return SourceKind::file;
  }
}
Ref<> compile_text(const char* text, PyObject* filename, int start, PyCompilerFlags* flags, int optimization) {
  SourceOptions options;
  options.flags = (flags ? flags->cf_flags : 0) | PyCF_SOURCE_IS_UTF8;
  options.optimization = optimization;
  return compile_source(text, filename, kind_of(start), options);
}
Ref<> read_all(FILE* file) {
  TextBuffer text;
  char chunk[8192];
  while (size_t n = fread(chunk, 1, sizeof chunk, file))
    if (!text.append({chunk, n})) return raise_no_memory();
  return new_bytes(text.view());
}

}  // namespace

// -- compiling and running --

CAPI PyObject* Py_CompileStringObject(const char* text, PyObject* filename, int start, PyCompilerFlags* flags, int optimization) {
  return compile_text(text, filename, start, flags, optimization).release();
}
CAPI PyObject* Py_CompileStringExFlags(const char* text, const char* file, int start, PyCompilerFlags* flags, int optimization) {
  Ref<> filename = decode_fs(file);
  return filename ? compile_text(text, filename.get(), start, flags, optimization).release() : nullptr;
}
#undef Py_CompileStringFlags
CAPI PyObject* Py_CompileStringFlags(const char* text, const char* file, int start, PyCompilerFlags* flags) {
  return Py_CompileStringExFlags(text, file, start, flags, -1);
}
#undef Py_CompileString
CAPI PyObject* Py_CompileString(const char* text, const char* file, int start) { return Py_CompileStringExFlags(text, file, start, nullptr, -1); }
CAPI PyObject* PyEval_EvalCode(PyObject* code, PyObject* globals, PyObject* locals) {
  return eval_code(*reinterpret_cast<Code*>(code), globals, locals).release();
}
CAPI PyObject* PyEval_EvalCodeEx(PyObject* code, PyObject* globals, PyObject* locals, PyObject* const* args, int nargs, PyObject* const* kwargs,
                                 int nkw, PyObject* const* defaults, int ndefaults, PyObject* kwdefaults, PyObject* closure) {
  return eval_code_ex(*reinterpret_cast<Code*>(code), globals, locals, args, nargs, kwargs, nkw, defaults, ndefaults, kwdefaults, closure).release();
}
CAPI PyObject* PyRun_StringFlags(const char* text, int start, PyObject* globals, PyObject* locals, PyCompilerFlags* flags) {
  Ref<> filename = new_str("<string>");
  Ref<> code = filename ? compile_text(text, filename.get(), start, flags, -1) : Ref<>();
  return code ? PyEval_EvalCode(code.get(), globals, locals) : nullptr;
}
#undef PyRun_String
CAPI PyObject* PyRun_String(const char* text, int start, PyObject* globals, PyObject* locals) {
  return PyRun_StringFlags(text, start, globals, locals, nullptr);
}
CAPI int PyRun_SimpleStringFlags(const char* text, PyCompilerFlags* flags) {
  PyObject* main = PyImport_AddModule("__main__");
  if (!main) return -1;
  PyObject* dict = PyModule_GetDict(main);
  Ref<> result = adopt(PyRun_StringFlags(text, Py_file_input, dict, dict, flags));
  if (result) return 0;
  PyErr_Print();
  return -1;
}
#undef PyRun_SimpleString
CAPI int PyRun_SimpleString(const char* text) { return PyRun_SimpleStringFlags(text, nullptr); }
CAPI PyObject* PyRun_FileExFlags(FILE* file, const char* name, int start, PyObject* globals, PyObject* locals, int close, PyCompilerFlags* flags) {
  Ref<> text = read_all(file);
  if (close) fclose(file);
  Ref<> filename = text ? decode_fs(name) : Ref<>();
  Ref<> code = filename ? compile_text(bytes_data(text.get()), filename.get(), start, flags, -1) : Ref<>();
  return code ? PyEval_EvalCode(code.get(), globals, locals) : nullptr;
}

// -- sys --

CAPI PyObject* PySys_GetObject(const char* text) {
  PendingError pending = PendingError::take();
  Ref<> name = new_interned(text);
  PyObject* value = name ? sys_get(name.get()) : nullptr;
  clear_error();
  if (pending.type) std::move(pending).restore();
  return value;
}
CAPI int PySys_SetObject(const char* text, PyObject* value) {
  Ref<> name = new_interned(text);
  if (!name) return -1;
  if (value) return sys_set(name.get(), value).to_c();
  return dict_remove(interpreter().sysdict, name.get()) ? 0 : -1;
}
CAPI PyObject* _PySys_GetAttr(PyThreadState*, PyObject* name) { return sys_get(name); }
CAPI int PySys_Audit(const char* event, const char* format, ...) {
  va_list list;
  va_start(list, format);
  Ref<> args = format && *format ? adopt(Py_VaBuildValue(format, list)) : tuple_of({});
  va_end(list);
  if (args && !PyTuple_Check(args.get())) args = tuple_of({args.get()});
  if (!args) return -1;
  Ref<> sys = import_module("sys");
  Ref<> method = sys ? get_attr(sys.get(), "audit"_name) : Ref<>();
  Ref<> name = method ? new_str(event) : Ref<>();
  Ref<> head = name ? tuple_of({name.get()}) : Ref<>();
  Ref<> all = head ? sequence_concat(head.get(), args.get()) : Ref<>();
  return all && call_object(method.get(), all.get()) ? 0 : -1;
}
namespace {
/// To sys.stdout or sys.stderr; C's streams serve when there is none. The pending exception is kept.
void write_stream(PyObject* name, FILE* otherwise, std::string_view text) {
  PendingError pending = PendingError::take();
  PyObject* stream = sys_get(name);
  Ref<> str = new_str_latin1(text);
  if (!stream || stream == Py_None || !str || !call_method(stream, "write"_name, str.get())) {
    clear_error();
    fwrite(text.data(), 1, text.size(), otherwise);
  }
  if (pending.type) std::move(pending).restore();
}
void write_formatted(PyObject* name, FILE* otherwise, const char* format, va_list list) {
  char text[1001];
  int n = vsnprintf(text, sizeof text, format, list);
  write_stream(name, otherwise, {text, n < 0 ? 0 : std::min<size_t>(static_cast<size_t>(n), sizeof text - 1)});
  if (n >= static_cast<int>(sizeof text)) write_stream(name, otherwise, "... truncated");
}
void write_object_text(PyObject* name, FILE* otherwise, const char* format, va_list list) {
  Ref<> text = adopt(PyUnicode_FromFormatV(format, list));
  PyObject* stream = sys_get(name);
  if (!text || !stream || !call_method(stream, "write"_name, text.get())) {
    clear_error();
    if (text) fputs(PyUnicode_AsUTF8(text.get()), otherwise);
  }
}
}  // namespace
#define WRITER(function, write, name, stream)          \
  CAPI void function(const char* format, ...) {        \
    va_list list;                                      \
    va_start(list, format);                            \
    write(name, stream, format, list);                 \
    va_end(list);                                      \
  }
WRITER(PySys_WriteStdout, write_formatted, "stdout"_name, stdout)
WRITER(PySys_WriteStderr, write_formatted, "stderr"_name, stderr)
WRITER(PySys_FormatStdout, write_object_text, "stdout"_name, stdout)
WRITER(PySys_FormatStderr, write_object_text, "stderr"_name, stderr)
#undef WRITER

// -- files --

CAPI int PyFile_WriteObject(PyObject* o, PyObject* file, int flags) {
  if (!file) {
    raise(PyExc_TypeError, "writeobject with NULL file");
    return -1;
  }
  Ref<> text = flags & Py_PRINT_RAW ? to_str(o) : repr(o);
  return text && call_method(file, "write"_name, text.get()) ? 0 : -1;
}
CAPI int PyFile_WriteString(const char* text, PyObject* file) {
  if (!file) {
    if (!pending_error()) raise(PyExc_SystemError, "null file for PyFile_WriteString");
    return -1;
  }
  if (pending_error()) return -1;
  Ref<> str = new_str(text);
  return str && call_method(file, "write"_name, str.get()) ? 0 : -1;
}
CAPI PyObject* PyFile_GetLine(PyObject* file, int n) {
  Ref<> size = new_int(n > 0 ? n : -1);
  Ref<> line = size ? call_method(file, "readline"_name, size.get()) : Ref<>();
  if (!line || n >= 0) return line.release();
  Result<Py_ssize_t> length = taipan::length(line.get());
  if (!length) return nullptr;
  if (*length == 0) return raise(PyExc_EOFError, "EOF when reading a line");
  Ref<> stripped = call_method(line.get(), "rstrip"_name, PyBytes_Check(line.get()) ? Ref<>(new_bytes("\n")).get() : Ref<>(new_str("\n")).get());
  return stripped.release();
}
CAPI PyObject* PyFile_FromFd(int fd, const char*, const char* mode, int buffering, const char* encoding, const char* errors, const char* newline,
                             int closefd) {
  Ref<> io = import_module("_io");
  return io ? PyObject_CallMethod(io.get(), "open", "isisssO", fd, mode, buffering, encoding, errors, newline, closefd ? Py_True : Py_False) : nullptr;
}
CAPI PyObject* PyFile_OpenCodeObject(PyObject* path) {
  Ref<> io = import_module("_io");
  return io ? PyObject_CallMethod(io.get(), "open", "Os", path, "rb") : nullptr;
}
CAPI PyObject* PyOS_FSPath(PyObject* path) {
  if (PyUnicode_Check(path) || PyBytes_Check(path)) return Py_NewRef(path);
  Ref<> os = import_module("os");
  return os ? call_method(os.get(), "fspath"_name, path).release() : nullptr;
}
CAPI FILE* _Py_fopen_obj(PyObject* path, const char* mode) {
  PyObject* converted = nullptr;
  if (!PyUnicode_FSConverter(path, &converted)) return nullptr;
  Ref<> name = adopt(converted);
  FILE* file;
  {
    WithoutGil unlocked;
    file = fopen(bytes_data(name.get()), mode);
  }
  if (file) fcntl(fileno(file), F_SETFD, FD_CLOEXEC);
  else raise_os_error(errno, path);
  return file;
}
CAPI int _Py_open(const char* path, int flags) {
  int fd;
  do {
    WithoutGil unlocked;
    fd = open(path, flags | O_CLOEXEC);
  } while (fd < 0 && errno == EINTR && run_signal_handlers());
  if (fd < 0 && !pending_error()) PyErr_SetFromErrnoWithFilename(PyExc_OSError, path);
  return fd;
}
CAPI Py_ssize_t _Py_read(int fd, void* buffer, size_t n) {
  ssize_t got;
  do {
    WithoutGil unlocked;
    got = read(fd, buffer, n);
  } while (got < 0 && errno == EINTR && run_signal_handlers());
  if (got < 0 && !pending_error()) raise_os_error(errno);
  return got;
}
CAPI Py_ssize_t _Py_write(int fd, const void* buffer, size_t n) {
  ssize_t put;
  do {
    WithoutGil unlocked;
    put = write(fd, buffer, n);
  } while (put < 0 && errno == EINTR && run_signal_handlers());
  if (put < 0 && !pending_error()) raise_os_error(errno);
  return put;
}
CAPI int _Py_dup(int fd) {
  int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  if (copy < 0) raise_os_error(errno);
  return copy;
}
CAPI int _Py_fstat_noraise(int fd, struct stat* s) { return fstat(fd, s); }
CAPI int _Py_fstat(int fd, struct stat* s) {
  int r = fstat(fd, s);
  if (r) raise_os_error(errno);
  return r ? -1 : 0;
}
CAPI int _Py_set_inheritable(int fd, int inheritable, int*) {
  int flags = fcntl(fd, F_GETFD);
  if (flags >= 0 && fcntl(fd, F_SETFD, inheritable ? flags & ~FD_CLOEXEC : flags | FD_CLOEXEC) >= 0) return 0;
  raise_os_error(errno);
  return -1;
}
CAPI wchar_t* Py_DecodeLocale(const char* text, size_t* n) {
  Ref<> str = decode_fs(text);
  Py_ssize_t length = 0;
  wchar_t* wide = str ? PyUnicode_AsWideCharString(str.get(), &length) : nullptr;
  if (!wide) clear_error();
  if (n) *n = wide ? static_cast<size_t>(length) : static_cast<size_t>(-1);
  return wide;
}
CAPI char* Py_EncodeLocale(const wchar_t* text, size_t* error_at) {
  Ref<> str = adopt(PyUnicode_FromWideChar(text, -1));
  Ref<> bytes = str ? adopt(PyUnicode_EncodeFSDefault(str.get())) : Ref<>();
  if (error_at) *error_at = static_cast<size_t>(-1);
  if (!bytes) {
    clear_error();
    return nullptr;
  }
  auto* copy = static_cast<char*>(PyMem_Malloc(bytes_view(bytes.get()).size() + 1));
  return copy ? strcpy(copy, bytes_data(bytes.get())) : nullptr;
}

// -- the process --

CAPI PyOS_sighandler_t PyOS_getsig(int number) {
  struct sigaction action;
  return sigaction(number, nullptr, &action) ? SIG_ERR : action.sa_handler;
}
CAPI PyOS_sighandler_t PyOS_setsig(int number, PyOS_sighandler_t handler) {
  struct sigaction action{}, old;
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_ONSTACK;
  return sigaction(number, &action, &old) ? SIG_ERR : old.sa_handler;
}
CAPI int PyOS_InterruptOccurred(void) { return 0; }
CAPI void PyOS_BeforeFork(void) { before_fork(); }
CAPI void PyOS_AfterFork_Parent(void) { after_fork_in_parent(); }
CAPI void PyOS_AfterFork_Child(void) { after_fork_in_child(); }
CAPI void PyOS_AfterFork(void) { after_fork_in_child(); }
extern "C" {
__attribute__((visibility("default"))) extern const unsigned long Py_Version = PY_VERSION_HEX;
}
CAPI int Py_IsInitialized(void) { return is_started(); }
CAPI void Py_Initialize(void) {}
CAPI void Py_InitializeEx(int) {}
CAPI const char* Py_GetVersion(void) {
  PyObject* version = PySys_GetObject("version");
  return version ? PyUnicode_AsUTF8(version) : PY_VERSION;
}
CAPI const char* Py_GetPlatform(void) { return "linux"; }
CAPI const char* Py_GetCopyright(void) {
  PyObject* text = PySys_GetObject("copyright");
  return text ? PyUnicode_AsUTF8(text) : "";
}
CAPI const char* Py_GetCompiler(void) { return "[Clang " __clang_version__ "]"; }
CAPI const char* Py_GetBuildInfo(void) { return ""; }
CAPI void Py_Exit(int status) {
  int late = stop();
  exit(late ? late : status);
}
CAPI int Py_AtExit(void (*function)(void)) { return atexit(function) ? -1 : 0; }
CAPI int Py_FdIsInteractive(FILE* file, const char*) { return isatty(fileno(file)); }

// -- marshal --

CAPI PyObject* PyMarshal_WriteObjectToString(PyObject* o, int version) { return marshal_dump(o, version).release(); }
CAPI PyObject* PyMarshal_ReadObjectFromString(const char* data, Py_ssize_t n) { return marshal_load({data, static_cast<size_t>(n)}).release(); }
CAPI void PyMarshal_WriteObjectToFile(PyObject* o, FILE* file, int version) {
  if (Ref<> bytes = marshal_dump(o, version)) fwrite(bytes_data(bytes.get()), 1, bytes_view(bytes.get()).size(), file);
}
CAPI void PyMarshal_WriteLongToFile(long value, FILE* file, int) {
  for (int i = 0; i < 4; i++) putc(static_cast<int>(value >> 8 * i & 0xFF), file);
}
CAPI int PyMarshal_ReadShortFromFile(FILE* file) {
  int low = getc(file), high = getc(file);
  if (low == EOF || high == EOF) {
    raise(PyExc_EOFError, "EOF read where data expected");
    return -1;
  }
  return static_cast<int16_t>(low | high << 8);
}
CAPI long PyMarshal_ReadLongFromFile(FILE* file) {
  uint32_t value = 0;
  for (int i = 0; i < 4; i++) {
    int c = getc(file);
    if (c == EOF) {
      raise(PyExc_EOFError, "EOF read where data expected");
      return -1;
    }
    value |= static_cast<uint32_t>(c) << 8 * i;
  }
  return static_cast<int32_t>(value);
}
CAPI PyObject* PyMarshal_ReadLastObjectFromFile(FILE* file) {
  Ref<> bytes = read_all(file);
  return bytes ? marshal_load(bytes_view(bytes.get())).release() : nullptr;
}
CAPI PyObject* PyMarshal_ReadObjectFromFile(FILE* file) {
  // The reader of strings does not tell how far it came, so it is given a Python file over the same bytes.
  long start = ftell(file);
  Ref<> bytes = read_all(file), make = import_attribute("io", "BytesIO");
  Ref<> stream = bytes && make ? call(make.get(), bytes.get()) : Ref<>();
  Ref<> o = stream ? marshal_load_file(stream.get()) : Ref<>();
  Ref<> end = o ? call_method(stream.get(), "tell"_name) : Ref<>();
  if (!end) return nullptr;
  fseek(file, start + PyLong_AsLong(end.get()), SEEK_SET);
  return o.release();
}
