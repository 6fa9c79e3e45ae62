// The modules that every start needs, reported as CPython reports its frozen ones. Their code lies in the executable;
// where the library on disk is another than the one of the build, its own files are compiled instead.
#include <sys/mman.h>
#include <sys/stat.h>

#include "object/bytes.h"
#include "object/error.h"
#include "object/str.h"
#include "object/tuple.h"
#include "runtime/config.h"
#include "runtime/frozen_image.h"
#include "runtime/fs_text.h"
#include "runtime/import.h"
#include "runtime/source.h"
#include "types/set.h"

namespace taipan {

static constexpr FrozenModule kFrozen[] = {
    {"_frozen_importlib", "importlib/_bootstrap", false, "importlib._bootstrap"},
    {"_frozen_importlib_external", "importlib/_bootstrap_external", false, "importlib._bootstrap_external"},
    {"zipimport", "zipimport", false, "zipimport"},
    {"abc", "abc", false, "abc"},
    {"codecs", "codecs", false, "codecs"},
    {"io", "io", false, "io"},
    {"_collections_abc", "_collections_abc", false, "_collections_abc"},
    {"_sitebuiltins", "_sitebuiltins", false, "_sitebuiltins"},
    {"genericpath", "genericpath", false, "genericpath"},
    {"ntpath", "ntpath", false, "ntpath"},
    {"posixpath", "posixpath", false, "posixpath"},
    {"os.path", "posixpath", false, "posixpath"},
    {"os", "os", false, "os"},
    {"site", "site", false, "site"},
    {"stat", "stat", false, "stat"},
    {"importlib.util", "importlib/util", false, "importlib.util"},
    {"importlib.machinery", "importlib/machinery", false, "importlib.machinery"},
    {"runpy", "runpy", false, "runpy"},
    // What the tests of importing play with. "<": a package's own __init__.
    {"__hello__", "__hello__", false, "__hello__"},
    {"__hello_alias__", "__hello__", false, "__hello__"},
    {"__phello_alias__", "__hello__", true, "__hello__"},
    {"__phello_alias__.spam", "__hello__", false, "__hello__"},
    {"__phello__", "__phello__/__init__", true, "__phello__"},
    {"__phello__.__init__", "__phello__/__init__", false, "<__phello__"},
    {"__phello__.ham", "__phello__/ham/__init__", true, "__phello__.ham"},
    {"__phello__.ham.__init__", "__phello__/ham/__init__", false, "<__phello__.ham"},
    {"__phello__.ham.eggs", "__phello__/ham/eggs", false, "__phello__.ham.eggs"},
    {"__phello__.spam", "__phello__/spam", false, "__phello__.spam"},
    {"__hello_only__", nullptr, false, nullptr},
};
static constexpr std::string_view kHelloOnly = "initialized = True\nprint(\"Hello world!\")\n";

std::span<const FrozenModule> frozen_modules() { return kFrozen; }

const FrozenModule* find_frozen_module(std::string_view name) {
  for (const FrozenModule& row : kFrozen)
    if (name == row.name) return &row;
  return nullptr;
}

/// The first row of the same file: the one whose name the code bears.
static const FrozenModule& original(const FrozenModule& m) {
  if (m.file)
    for (const FrozenModule& row : kFrozen)
      if (row.file && !strcmp(row.file, m.file)) return row;
  return m;
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

Ref<> compile_frozen(const FrozenModule& module, std::string_view library) {
  const FrozenModule& m = original(module);
  Ref<> filename = TRY(format_str("<frozen {}>", m.origin ? m.origin : m.name));
  SourceOptions options;
  options.optimization = 0;
  if (!m.file) return compile_source(kHelloOnly, filename.get(), SourceKind::file, options);
  TextBuffer path;
  if (!format(path, "{}/{}.py", library, m.file)) return raise_no_memory();
  Ref<> name = TRY(decode_fs(path.view()));
  Ref<> source = TRY(read_file(name.get()));
  return compile_source(bytes_view(source.get()), filename.get(), SourceKind::file, options);
}

/// Is the embedded code that of the file on disk? A library without sources has nothing newer to offer.
static bool is_current(const FrozenModule& m, const FrozenImage& image) {
  if (!m.file) return true;
  TextBuffer path;
  struct stat info;
  if (!format(path, "{}/{}.py", library_folder(), m.file) || stat(path.c_str(), &info)) return true;
  return info.st_size == image.size && info.st_mtime == image.mtime;
}

static void make_own(char* from, char* to) {
#if defined(MADV_POPULATE_WRITE)
  constexpr uintptr_t kPage = 4096;
  uintptr_t start = reinterpret_cast<uintptr_t>(from) & ~(kPage - 1), end = reinterpret_cast<uintptr_t>(to) & ~(kPage - 1);
  if (start < end) madvise(reinterpret_cast<void*>(start), end - start, MADV_POPULATE_WRITE);
#endif
}
void prepare_frozen_objects() {
  make_own(taipan_frozen_code_start, taipan_frozen_code_end);
  make_own(taipan_start_names_start, taipan_start_names_end);
}

Status make_frozen_sets(const FrozenSetConstant* sets, int64_t count) {
  for (int64_t i = 0; i < count; i++) {
    Ref<> set = TRY(new_frozenset(sets[i].items));
    if (!*sets[i].slot) *sets[i].slot = set.release();
  }
  return {};
}

Ref<> frozen_code(const FrozenModule& module) {
  const FrozenModule& m = original(module);
  if (!taipan_frozen_images) return compile_frozen(m, library_folder());
  FrozenImage& image = taipan_frozen_images[&m - kFrozen];
  if (!image.code || !is_current(m, image)) return compile_frozen(m, library_folder());
  TRY(make_frozen_sets(image.sets, std::exchange(image.set_count, 0)));
  return share(object(image.code));
}

}  // namespace taipan
