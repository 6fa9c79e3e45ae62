// Files, commands, modules, standard input: each becomes the module __main__.
#include "cli/run.h"

#include <sys/stat.h>
#include <unistd.h>

#include <climits>
#include <cstdio>
#include <cstdlib>

#include "base/utf8.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/int.h"
#include "object/str.h"
#include "object/tuple.h"
#include "runtime/audit.h"
#include "runtime/config.h"
#include "runtime/fs_text.h"
#include "runtime/import.h"
#include "runtime/lifecycle.h"
#include "runtime/marshal.h"
#include "runtime/pending.h"
#include "runtime/source.h"
#include "runtime/traceback_print.h"
#include "types/module.h"
#include "vm/vm.h"

namespace taipan {
namespace {

Result<PyObject*> main_dict() {
  PyObject* module = TRY(add_module("__main__"));
  return module_dict(module);
}

/// sys.path.insert(0, folder).
Status prepend_path(PyObject* folder) {
  PyObject* path = sys_get("path"_name);
  if (!path || !PyList_Check(path)) return raise(PyExc_RuntimeError, "can't get sys.path");
  return done(call_method(path, "insert"_name, object(small_int(0)), folder));
}

/// The folder of a program, symbolic links to it followed.
Ref<> folder_of(const char* file) {
  char target[PATH_MAX];
  std::string_view path = file;
  if (realpath(file, target)) path = target;
  size_t slash = path.rfind('/');
  if (slash == path.npos) return new_str("");
  return decode_fs(path.substr(0, slash ? slash : 1));
}

Status set_loader(PyObject* dict, const char* class_name, PyObject* filename) {
  if (!interpreter().importlib) return {};  // -X bare
  Ref<> type = TRY(import_attribute("_frozen_importlib_external", class_name));
  Ref<> loader = TRY(call(type.get(), "__main__"_name, filename));
  return dict_set(dict, "__loader__"_name, loader.get());
}

Status run_code(PyObject* code) {
  PyObject* dict = TRY(main_dict());
  Ref<> kept = share(dict);
  Status status = done(eval_code(*reinterpret_cast<Code*>(code), dict));
  flush_quietly();  // what was printed comes before the traceback
  return status;
}

/// The path as seen from the root; nothing in it is resolved.
Ref<> absolute_path(const char* path) {
  char folder[PATH_MAX];
  if (path[0] == '/' || !getcwd(folder, sizeof folder)) return decode_fs(path);
  if (!path[0] || !strcmp(path, ".")) return decode_fs(folder);
  TextBuffer joined;
  if (!format(joined, "{}/{}", folder, path)) return raise_no_memory();
  return decode_fs(joined.view());
}

bool is_pyc(std::string_view path, std::string_view content) {
  uint32_t magic = 0;
  if (content.size() >= sizeof magic) memcpy(&magic, content.data(), sizeof magic);
  return path.ends_with(".pyc") || magic == marshal::kPycMagic;
}

Status run_file(const char* path) {
  Ref<> filename = TRY(absolute_path(path));
  TRY(audit("cpython.run_file", {filename.get()}));
  Ref<> content = TRY(read_file(filename.get()));
  if (!config.safe_path) {
    Ref<> folder = TRY(folder_of(path));
    TRY(prepend_path(folder.get()));
  }
  PyObject* dict = TRY(main_dict());
  TRY(dict_set(dict, "__file__"_name, filename.get()));
  TRY(dict_set(dict, "__cached__"_name, Py_None));
  std::string_view bytes = bytes_view(content.get());
  Ref<> code;
  if (is_pyc(path, bytes)) {
    TRY(set_loader(dict, "SourcelessFileLoader", filename.get()));
    code = TRY(code_from_pyc(bytes));
  } else {
    TRY(set_loader(dict, "SourceFileLoader", filename.get()));
    if (config.skip_first_line)
      bytes.remove_prefix(bytes.find('\n') == bytes.npos ? bytes.size() : bytes.find('\n'));
    code = TRY(compile_source(bytes, filename.get(), SourceKind::file, {.from_file = true}));
  }
  content.reset();
  Status status = run_code(code.get());
  if (!status) return status;
  TRY(dict_remove(dict, "__file__"_name));
  TRY(dict_remove(dict, "__cached__"_name));
  return {};
}

/// A folder or an archive with a __main__.py, as one of sys.path_hooks recognises it: then its
/// name, to become sys.path's first entry. Empty inside: an ordinary file.
Result<Ref<>> importer_for(const char* path) {
  PyObject* hooks = sys_get("path_hooks"_name);
  PyObject* cache = sys_get("path_importer_cache"_name);
  if (!hooks || !PyList_Check(hooks) || !cache || !PyDict_Check(cache)) return Ref<>();
  Ref<> filename = TRY(absolute_path(path));
  Ref<> kept_hooks = share(hooks), kept_cache = share(cache);
  for (Py_ssize_t i = 0; i < Py_SIZE(hooks); i++) {
    Ref<> hook = share(PyList_GET_ITEM(hooks, i));
    Ref<> importer = call(hook.get(), filename.get());
    if (importer) {
      TRY(dict_set(cache, filename.get(), importer.get()));
      return filename;
    }
    if (!clear_error_if(PyExc_ImportError)) return Raised{};
  }
  return Ref<>();
}

Status run_module(PyObject* name, bool set_argv0) {
  Ref<> run = TRY(import_attribute("runpy", "_run_module_as_main"));
  return done(call(run.get(), name, set_argv0 ? Py_True : Py_False));
}

Status run_command(const char* text) {
  if (!config.safe_path) TRY(prepend_path(empty_str()));
  Ref<> source = TRY(decode_fs(text));
  TRY(audit("cpython.run_command", {source.get()}));
  source = TRY(str_concat(source.get(), "\n"_name));
  SourceOptions options;
  options.flags = PyCF_IGNORE_COOKIE;
  auto encoded = to_utf8(source.get());
  if (!encoded) {
    fputs("Unable to decode the command from the command line:\n", stderr);
    return Raised{};
  }
  std::string_view utf8 = *encoded;
  Ref<> code = TRY(compile_source(utf8, "<string>"_name, SourceKind::file, options));
  return run_code(code.get());
}

Status run_stdin() {
  TRY(audit("cpython.run_stdin", {}));
  if (!config.safe_path) TRY(prepend_path(empty_str()));
  BytesBuilder text;
  for (;;) {
    if (!text.reserve(1 << 16)) return Raised{};
    ssize_t n = read(0, text.end(), 1 << 16);
    if (n <= 0) break;
    text.advance(n);
  }
  PyObject* dict = TRY(main_dict());
  Ref<> filename = TRY(new_str("<stdin>"));
  TRY(dict_set(dict, "__file__"_name, filename.get()));
  TRY(dict_set(dict, "__cached__"_name, Py_None));
  Ref<> code = TRY(compile_source(text.view(), filename.get(), SourceKind::file, {.from_file = true}));
  TRY(run_code(code.get()));
  TRY(dict_remove(dict, "__file__"_name));
  TRY(dict_remove(dict, "__cached__"_name));
  return {};
}

Status run_module_named(const char* text) {
  if (!config.safe_path) {
    char folder[PATH_MAX];
    Ref<> current = TRY(decode_fs(getcwd(folder, sizeof folder) ? folder : ""));
    TRY(prepend_path(current.get()));
  }
  Ref<> name = TRY(decode_fs(text));
  TRY(audit("cpython.run_module", {name.get()}));
  return run_module(name.get(), true);
}

/// $PYTHONSTARTUP is run before the first prompt; what goes wrong in it is shown and forgotten.
void run_startup_file() {
  const char* path = python_env("PYTHONSTARTUP");
  if (!path) return;
  auto run = [&]() -> Status {
    Ref<> name = TRY(decode_fs(path));
    TRY(audit("cpython.run_startup", {name.get()}));
    Ref<> content = read_file(name.get());
    if (!content) {
      write_stderr("Could not open PYTHONSTARTUP\n");
      return Raised{};
    }
    PyObject* dict = TRY(main_dict());
    TRY(dict_set(dict, "__file__"_name, name.get()));
    Ref<> code = compile_source(bytes_view(content.get()), name.get(), SourceKind::file);
    Status done = code ? run_code(code.get()) : Status(Raised{});
    PendingError kept = PendingError::take();
    if (!dict_remove(dict, "__file__"_name)) clear_error();
    std::move(kept).restore();
    return done;
  };
  if (!run()) report_uncaught();
}

int finish(Status status) {
  if (status) return 0;
  bool interrupted = pending_matches(PyExc_KeyboardInterrupt);
  int code = report_uncaught();
  if (!interrupted) return code;
  stop();
  exit_by_interrupt();
}

/// Could not read the program: CPython's words, and status 2.
bool is_readable(const char* path) {
  struct stat info;
  FILE* f = fopen(path, "rb");
  if (!f) {
    int error = errno;
    Ref<> name = absolute_path(path);
    TextBuffer text;
    if (name)
      format(text, "{}: can't open file {}: [Errno {}] {}\n", config.executable,
             as_repr(name.get()), error, strerror(error));
    fputs(text.c_str(), stderr);
    return false;
  }
  bool folder = !fstat(fileno(f), &info) && S_ISDIR(info.st_mode);
  fclose(f);
  if (folder)
    fprintf(stderr, "%s: '%s' is a directory, cannot continue\n", config.executable, path);
  return !folder;
}

}  // namespace

int run_task(const Task& task) {
  switch (task.kind) {
    case Task::kCommand:
      return finish(run_command(task.text));
    case Task::kModule:
      return finish(run_module_named(task.text));
    case Task::kFile: {
      Result<Ref<>> importer = importer_for(task.text);
      if (!importer) return report_uncaught();
      if (Ref<> entry = importer.take()) {
        Status s = prepend_path(entry.get());
        return finish(s ? run_module("__main__"_name, false) : s);
      }
      if (!is_readable(task.text)) return 2;
      return finish(run_file(task.text));
    }
    case Task::kStdin: {
      bool at_prompt = stdin_is_interactive();
      config.inspect = 0;
      if (!at_prompt) return finish(run_stdin());
      if (!config.safe_path && !prepend_path(empty_str())) return report_uncaught();
      print_banner();
      run_startup_file();
      return run_prompt();
    }
    default:
      return 0;
  }
}

bool stdin_is_interactive() { return config.interactive || isatty(0); }

int run_prompt_afterwards(const Task& task, int status) {
  // The program may have set the variable itself.
  const char* wish = config.ignore_environment ? nullptr : getenv("PYTHONINSPECT");
  if (wish && *wish && task.kind != Task::kStdin) config.inspect = 1;
  if (!config.inspect || !stdin_is_interactive()) return status;
  config.inspect = 0;
  return run_prompt();
}

}  // namespace taipan
