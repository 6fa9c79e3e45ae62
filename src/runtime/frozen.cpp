// The modules that every start needs. They are reported as CPython reports its frozen ones; their
// code comes from the library's own files: the cached .pyc if it belongs to the source, else
// compiled anew.
#include <sys/stat.h>

#include "object/bytes.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/str.h"
#include "object/tuple.h"
#include "runtime/config.h"
#include "runtime/fs_text.h"
#include "runtime/import.h"
#include "runtime/marshal.h"
#include "runtime/source.h"

namespace taipan {

static constexpr FrozenModule kFrozen[] = {
    {"_frozen_importlib", "importlib/_bootstrap", false},
    {"_frozen_importlib_external", "importlib/_bootstrap_external", false},
    {"zipimport", "zipimport", false},
    {"abc", "abc", false},
    {"codecs", "codecs", false},
    {"io", "io", false},
    {"_collections_abc", "_collections_abc", false},
    {"_sitebuiltins", "_sitebuiltins", false},
    {"genericpath", "genericpath", false},
    {"ntpath", "ntpath", false},
    {"posixpath", "posixpath", false},
    {"os", "os", false},
    {"site", "site", false},
    {"stat", "stat", false},
    {"importlib.util", "importlib/util", false},
    {"importlib.machinery", "importlib/machinery", false},
    {"runpy", "runpy", false},
    {"__hello__", "__hello__", false},
    {"__phello__", "__phello__/__init__", true},
    {"__phello__.spam", "__phello__/spam", false},
};

std::span<const FrozenModule> frozen_modules() { return kFrozen; }

const FrozenModule* find_frozen_module(std::string_view name) {
  if (name == "os.path") name = "posixpath";
  for (const FrozenModule& row : kFrozen)
    if (name == row.name) return &row;
  return nullptr;
}

/// folder/__pycache__/base.cpython-311.pyc
static bool cache_path(TextBuffer& out, const FrozenModule& m) {
  std::string_view file = m.file;
  size_t slash = file.rfind('/');
  std::string_view folder = slash == file.npos ? "" : file.substr(0, slash + 1);
  std::string_view base = slash == file.npos ? file : file.substr(slash + 1);
  return format(out, "{}/{}__pycache__/{}.cpython-311.pyc", kStdlib, folder, base);
}

/// The cached code if its header names the source's size and time; empty without exception if not.
static Ref<> cached_code(const FrozenModule& m, const char* source_path) {
  TextBuffer path;
  if (!cache_path(path, m)) return raise_no_memory();
  struct stat info;
  if (stat(source_path, &info)) return {};
  Ref<> name = TRY(decode_fs(path.view()));
  Ref<> data = read_file(name.get());
  if (!data) {
    clear_error();
    return {};
  }
  std::string_view bytes = bytes_view(data.get());
  uint32_t header[4]{};
  if (bytes.size() >= sizeof header) memcpy(header, bytes.data(), sizeof header);
  if (header[0] != marshal::kPycMagic || header[1] != 0 ||
      header[2] != static_cast<uint32_t>(info.st_mtime) ||
      header[3] != static_cast<uint32_t>(info.st_size))
    return {};
  Ref<> code = code_from_pyc(bytes);
  if (!code) clear_error();
  return code;
}

Status set_code_filename(PyObject* code, PyObject* old_name, PyObject* filename) {
  auto* c = reinterpret_cast<Code*>(code);
  if (old_name && !str_equal(c->co_filename, old_name)) return {};
  replace_field(c->co_filename, share(filename));
  for (Py_ssize_t i = 0; i < tuple_size(c->co_consts); i++) {
    PyObject* constant = item(c->co_consts, i);
    if (PyCode_Check(constant)) TRY(set_code_filename(constant, old_name, filename));
  }
  return {};
}

Ref<> frozen_code(const FrozenModule& m) {
  TextBuffer path;
  if (!format(path, "{}/{}.py", kStdlib, m.file)) return raise_no_memory();
  Ref<> code = config.optimization ? Ref<>() : cached_code(m, path.c_str());
  if (!code) {
    if (pending_error()) return {};
    Ref<> name = TRY(decode_fs(path.view()));
    Ref<> source = TRY(read_file(name.get()));
    code = TRY(compile_source(bytes_view(source.get()), name.get(), SourceKind::file));
  }
  std::string_view shown = m.name;
  if (shown == "_frozen_importlib") shown = "importlib._bootstrap";
  if (shown == "_frozen_importlib_external") shown = "importlib._bootstrap_external";
  Ref<> filename = TRY(format_str("<frozen {}>", shown));
  TRY(set_code_filename(code.get(), nullptr, filename.get()));
  return code;
}

}  // namespace taipan
