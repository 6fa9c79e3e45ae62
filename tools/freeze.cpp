// The build step that embeds code: the first stage of the interpreter (no import, nothing embedded) compiles the modules
// of a plain start, and loads those of runtime/library_images.h, from the library, and writes the code objects, as they
// lie in memory, in assembler. Pointers become symbols, so that the linked executable needs no work at start. The table of
// all static names comes with them.
//
//   freeze OUT.s LIBRARY
#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <unordered_map>
#include <vector>

#include "modules/modules.h"
#include "object/bytes.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/static_names.h"
#include "object/str.h"
#include "object/tuple.h"
#include "runtime/config.h"
#include "runtime/frozen_image.h"
#include "runtime/fs_text.h"
#include "runtime/import.h"
#include "runtime/library_images.h"
#include "runtime/lifecycle.h"
#include "runtime/marshal.h"
#include "runtime/source.h"
#include "runtime/traceback_print.h"
#include "types/code.h"
#include "types/module.h"
#include "vm/verify.h"

using namespace taipan;

extern "C" {
extern char taipan_empty_tuple[], taipan_short_bytes[], taipan_ascii_characters[], taipan_upper_characters[];
}

namespace {

struct SetSlot {
  std::string slot, items;
};

/// Writes objects, each once; what they refer to comes after them.
class ImageWriter {
 public:
  explicit ImageWriter(FILE* out) : out_(out) {}
  /// How the assembler calls the object; it is written sooner or later.
  std::string symbol(PyObject* o);
  void write_pending();
  /// Writes the names that running a module asks for: those of its own code and its classes', and of the functions made.
  void write_names_of_body(Code* body);
  std::vector<SetSlot> take_sets() { return std::move(sets_); }
  /// Sections that are written from now on: what one kind of program uses lies together.
  void set_group(std::string group) { group_ = std::move(group); }
  /// After everything else.
  void write_name_table();
  bool failed() const { return failed_; }

 private:
  void write(PyObject* o);
  void write_str(PyObject* s);
  void write_tuple(PyObject* t);
  void write_code(Code* c);
  /// The object's memory; `pointers`: words (by offset) that are symbols.
  void write_memory(PyObject* o, const void* bytes, size_t size, const std::unordered_map<size_t, std::string>& words);
  void write_head(PyObject* o, const char* section);
  static std::string name_symbol(PyObject* s);
  std::string fixed_symbol(PyObject* o);

  FILE* out_;
  std::string group_ = "frozen";
  std::unordered_map<PyObject*, std::string> symbols_;
  std::unordered_map<std::string, PyObject*> names_;
  std::vector<PyObject*> pending_;
  std::vector<PyObject*> written_names_;
  std::vector<SetSlot> sets_;
  bool failed_ = false;
};

constexpr const char *kNames = "taipan_names", *kBytes = ".data.bytes_";
bool is_name_section(const char* section) { return section == kNames; }

bool within(PyObject* o, const char* start, size_t size) {
  auto* p = reinterpret_cast<const char*>(o);
  return p >= start && p < start + size;
}
std::string offset_from(const char* symbol, PyObject* o, const char* start) {
  return std::string(symbol) + "+" + std::to_string(reinterpret_cast<char*>(o) - start);
}

/// The mangled name of name_object<"text">.
std::string ImageWriter::name_symbol(PyObject* s) {
  std::string_view text = narrow_text(s);
  std::string size = std::to_string(text.size() + 1), m = "_ZN6taipan11name_objectIXtlNS_11NameLiteralILm";
  m += size + "EEE";
  if (!text.empty()) {
    m += "tlA" + size + "_c";
    for (char c : text) m += "Lc" + std::to_string(c) + "E";
    m += "E";
  }
  return m + "EEEE";
}

/// Objects that the executable has anyway.
std::string ImageWriter::fixed_symbol(PyObject* o) {
  if (o == Py_None) return "_Py_NoneStruct";
  if (o == Py_True) return "_Py_TrueStruct";
  if (o == Py_False) return "_Py_FalseStruct";
  if (o == Py_Ellipsis) return "_Py_EllipsisObject";
  if (o == empty_tuple()) return offset_from("taipan_empty_tuple", o, taipan_empty_tuple);
  auto* small = reinterpret_cast<char*>(small_int(kSmallIntMin));
  if (within(o, small, (kSmallIntMax - kSmallIntMin + 1) * sizeof(Int)))
    return offset_from("_PyRuntime", o, reinterpret_cast<char*>(_PyRuntime));
  if (within(o, taipan_short_bytes, 257 * sizeof(PyBytesObject)))
    return offset_from("taipan_short_bytes", o, taipan_short_bytes);
  if (within(o, taipan_ascii_characters, 128 * 64)) return offset_from("taipan_ascii_characters", o, taipan_ascii_characters);
  if (within(o, taipan_upper_characters, 128 * 80)) return offset_from("taipan_upper_characters", o, taipan_upper_characters);
  if (within(o, __start_taipan_names, size_t(__stop_taipan_names - __start_taipan_names))) return name_symbol(o);
  return "";
}

std::string ImageWriter::symbol(PyObject* o) {
  if (auto found = symbols_.find(o); found != symbols_.end()) return found->second;
  std::string s = fixed_symbol(o);
  if (s.empty()) {
    s = ".Lobject" + std::to_string(symbols_.size());
    pending_.push_back(Py_NewRef(o));
  }
  return symbols_[o] = s;
}

void ImageWriter::write_pending() {
  for (size_t i = 0; i < pending_.size(); i++) write(pending_[i]);
  pending_.clear();
}

void ImageWriter::write_names_of_body(Code* body) {
  for (Py_ssize_t i = 0; i < tuple_size(body->co_names); i++) (void)symbol(item(body->co_names, i));
  for (Py_ssize_t i = 0; i < tuple_size(body->co_consts); i++) {
    if (!PyCode_Check(item(body->co_consts, i))) continue;
    auto* inner = reinterpret_cast<Code*>(item(body->co_consts, i));
    (void)symbol(inner->co_name);
    (void)symbol(inner->co_qualname);
    bool is_class = !(inner->co_flags & CO_OPTIMIZED);
    if (is_class) write_names_of_body(inner);
  }
  write_pending();
}

void ImageWriter::write_head(PyObject* o, const char* section) {
  bool has_head = PyType_IS_GC(Py_TYPE(o));
  // Tables of lines and the like are hardly ever looked at: they stay out of the way.
  std::string group = is_name_section(section) ? "" : section == kBytes ? "all" : group_;
  fprintf(out_, "\t.section %s%s,\"aw\"\n\t.p2align 4\n%s%s:\n\t.quad %lld\n", section, group.c_str(), has_head ? "\t.quad 0,0\n" : "",
          symbols_[o].c_str(), static_cast<long long>(kImmortal));
}

void ImageWriter::write_memory(PyObject* o, const void* bytes, size_t size,
                               const std::unordered_map<size_t, std::string>& words) {
  auto* p = static_cast<const char*>(bytes);
  for (size_t at = sizeof(Py_ssize_t); at < size; at += 8) {
    if (auto w = words.find(at); w != words.end()) {
      fprintf(out_, "\t.quad %s\n", w->second.c_str());
      continue;
    }
    uint64_t word = 0;
    memcpy(&word, p + at, size - at < 8 ? size - at : 8);
    fprintf(out_, "\t.quad %#llx\n", static_cast<unsigned long long>(word));
  }
}

void ImageWriter::write_str(PyObject* s) {
  bool is_name = is_interned(s) && is_ascii(s);
  size_t head = is_ascii(s) ? sizeof(PyASCIIObject) : sizeof(PyCompactUnicodeObject);
  size_t size = head + static_cast<size_t>(str_length(s) + 1) * static_cast<size_t>(str_kind(s));
  std::string copy(reinterpret_cast<char*>(s), size);
  auto* a = reinterpret_cast<PyASCIIObject*>(copy.data());
  a->hash = -1;
  a->wstr = nullptr;
  a->state.interned = is_name ? SSTATE_INTERNED_IMMORTAL : SSTATE_NOT_INTERNED;
  if (!is_ascii(s)) {
    auto* c = reinterpret_cast<PyCompactUnicodeObject*>(a);
    c->utf8 = nullptr;
    c->utf8_length = c->wstr_length = 0;
  }
  // Names are walked at start: they lie there back to back, in sizes that are multiples of 16.
  write_head(s, is_name ? kNames : ".data.texts_");
  write_memory(s, copy.data(), size, {{8, "PyUnicode_Type"}});
  if (is_name) {
    fprintf(out_, "\t.p2align 4\n");
    written_names_.push_back(s);
  }
}

void ImageWriter::write_name_table() {
  std::vector<PyObject*> names = written_names_;
  for_each_static_name([&](PyObject* s) { names.push_back(s); });
  for (int c = 0; c < 256; c++) {
    Ref<> character = char_str(static_cast<Py_UCS4>(c));
    if (std::ranges::find(names, character.get()) == names.end()) names.push_back(character.get());
  }
  size_t size = 1024;
  while (size * 3 < names.size() * 4) size *= 2;
  std::vector<uint32_t> hashes(size);
  std::vector<std::string> symbols(size, "0");
  for (PyObject* s : names) {
    uint32_t hash = static_name_hash({static_cast<const char*>(str_data(s)), static_cast<size_t>(str_length(s))});
    size_t i = hash & (size - 1);
    while (hashes[i]) i = (i + 1) & (size - 1);
    hashes[i] = hash;
    symbols[i] = symbol(s);
  }
  fprintf(out_, "\t.section .rodata.static_names,\"a\"\n\t.p2align 3\n.Lname_entries:\n");
  for (size_t i = 0; i < size; i++) fprintf(out_, "\t.long %u, %s\n", hashes[i], symbols[i].c_str());
  fprintf(out_, "\t.globl taipan_static_names\n\t.hidden taipan_static_names\ntaipan_static_names:\n"
                "\t.quad %zu, .Lname_entries\n", size - 1);
}

void ImageWriter::write_tuple(PyObject* t) {
  std::unordered_map<size_t, std::string> words = {{8, "PyTuple_Type"}};
  for (Py_ssize_t i = 0; i < tuple_size(t); i++) {
    PyObject* o = item(t, i);
    size_t at = offsetof(PyTupleObject, ob_item) + static_cast<size_t>(i) * 8;
    if (PyFrozenSet_CheckExact(o)) {
      Ref<> items = to_tuple(o);
      sets_.push_back({symbols_[t] + "+" + std::to_string(at), symbol(items.get())});
      words[at] = "0";
      (void)items.release();
    } else {
      words[at] = symbol(o);
    }
  }
  write_head(t, ".data.tuples_");
  write_memory(t, t, offsetof(PyTupleObject, ob_item) + static_cast<size_t>(tuple_size(t)) * 8, words);
}

void ImageWriter::write_code(Code* c) {
  std::unordered_map<size_t, std::string> words = {{8, "PyCode_Type"}};
#define FIELD(f) words[offsetof(Code, f)] = symbol(reinterpret_cast<PyObject*>(c->f))
  FIELD(co_consts);
  FIELD(co_names);
  FIELD(co_exceptiontable);
  FIELD(co_localsplusnames);
  FIELD(co_localspluskinds);
  FIELD(co_filename);
  FIELD(co_name);
  FIELD(co_qualname);
  FIELD(co_linetable);
#undef FIELD
  words[offsetof(Code, co_weakreflist)] = words[offsetof(Code, _co_code)] = words[offsetof(Code, _co_linearray)] =
      words[offsetof(Code, co_extra)] = "0";
  write_head(reinterpret_cast<PyObject*>(c), ".data.code_");
  size_t size = offsetof(Code, co_code_adaptive) + static_cast<size_t>(code_size(c)) * sizeof(CodeUnit);
  write_memory(reinterpret_cast<PyObject*>(c), c, size, words);
}

void ImageWriter::write(PyObject* o) {
  if (PyCode_Check(o)) return write_code(reinterpret_cast<Code*>(o));
  if (PyTuple_CheckExact(o)) return write_tuple(o);
  if (PyUnicode_CheckExact(o)) return write_str(o);
  const char* type = nullptr;
  size_t size = 0;
  const char* section = ".data.texts_";
  if (PyBytes_CheckExact(o)) {
    type = "PyBytes_Type";
    size = offsetof(PyBytesObject, ob_sval) + static_cast<size_t>(Py_SIZE(o)) + 1;
    bytes_hash_field(o) = -1;
    section = kBytes;
  } else if (PyLong_CheckExact(o)) {
    type = "PyLong_Type";
    size = offsetof(Int, ob_digit) + static_cast<size_t>(Py_ABS(Py_SIZE(o))) * sizeof(digit);
  } else if (PyFloat_CheckExact(o)) {
    type = "PyFloat_Type";
    size = sizeof(Float);
  } else if (PyComplex_CheckExact(o)) {
    type = "PyComplex_Type";
    size = sizeof(Complex);
  } else {
    fprintf(stderr, "freeze: no way to embed a constant of type %s\n", Py_TYPE(o)->tp_name);
    failed_ = true;
    return;
  }
  write_head(o, section);
  write_memory(o, o, size, {{8, type}});
}

struct Row {
  std::string code = "0";
  int64_t size = 0, mtime = 0;
  std::vector<SetSlot> sets;
};

bool is_first_of_its_file(std::span<const FrozenModule> all, const FrozenModule& m) {
  for (const FrozenModule& earlier : all) {
    if (&earlier == &m) return true;
    if (earlier.file && m.file && !strcmp(earlier.file, m.file)) return false;
  }
  return true;
}

/// A module that the library lacks stays without image.
bool compile(std::span<const FrozenModule> all, const FrozenModule& m, const char* library, ImageWriter& writer, Row& row, Ref<>& code) {
  if (!is_first_of_its_file(all, m)) return true;
  if (m.file) {
    std::string path = std::string(library) + "/" + m.file + ".py";
    struct stat info;
    if (stat(path.c_str(), &info)) return true;
    row.size = info.st_size;
    row.mtime = info.st_mtime;
  }
  code = compile_frozen(m, library);
  if (!code) {
    print_pending_to_stderr();
    return false;
  }
  writer.write_names_of_body(reinterpret_cast<Code*>(code.get()));
  return true;
}

bool freeze(ImageWriter& writer, Row& row, Ref<> code) {
  row.code = writer.symbol(code.get());
  writer.write_pending();
  row.sets = writer.take_sets();
  (void)code.release();  // symbols are known by address: nothing may take its place
  return !writer.failed();
}

struct LibraryKeyRow {
  int64_t size;
  Digest digest;
  size_t image;
};
struct LibraryRows {
  std::vector<Row> images;
  std::vector<LibraryKeyRow> keys;
};

/// The content of a module's `.pyc` file behind the header, if it is there and of the source as it is.
Ref<> read_cache(const std::string& folder, const std::string& name, const struct stat& source) {
  Ref<> path = TRY(new_str(folder + "__pycache__/" + name + ".cpython-311.pyc"));
  Ref<> file = read_file(path.get());
  if (!file) {
    clear_error();
    return {};
  }
  std::string_view data = bytes_view(file.get());
  uint32_t header[4];  // magic, flags, time, size
  if (data.size() <= sizeof header) return {};
  memcpy(header, data.data(), sizeof header);
  if (header[0] != marshal::kPycMagic || header[1] || header[2] != static_cast<uint32_t>(source.st_mtime) ||
      header[3] != static_cast<uint32_t>(source.st_size))
    return {};
  return new_bytes(data.substr(sizeof header));
}

Status verify_all(Code* code) {
  TRY(verify_before_first_run(code));
  for (Py_ssize_t i = 0; i < tuple_size(code->co_consts); i++)
    if (PyCode_Check(item(code->co_consts, i))) TRY(verify_all(reinterpret_cast<Code*>(item(code->co_consts, i))));
  return {};
}

/// A module that the library lacks, or whose source does not compile, is left out.
bool embed(const std::string& library, const std::string& module, ImageWriter& writer, LibraryRows& rows) {
  std::string path = library + "/" + module + ".py", stem = path.substr(0, path.size() - 3);
  size_t slash = stem.rfind('/') + 1;
  struct stat info;
  Ref<> name = new_str(path), source = name && !stat(path.c_str(), &info) ? read_file(name.get()) : Ref<>();
  Ref<> code = source ? compile_source(bytes_view(source.get()), name.get(), SourceKind::file) : Ref<>();
  Ref<> held = code ? share(code.get()) : Ref<>();  // as by importlib: marshal's bytes tell whether others refer to an object
  Ref<> own = code ? marshal_dump(code.get(), marshal::kVersion) : Ref<>();  // what Taipan's cache will have
  code = own ? marshal_load(bytes_view(own.get())) : Ref<>();
  if (!code || !verify_all(reinterpret_cast<Code*>(code.get()))) {
    clear_error();
    return true;
  }
  auto add_key = [&](PyObject* data) {
    std::string_view bytes = bytes_view(data);
    rows.keys.push_back({static_cast<int64_t>(bytes.size()), digest_of(bytes), rows.images.size()});
  };
  add_key(own.get());
  if (Ref<> cached = read_cache(stem.substr(0, slash), stem.substr(slash), info)) {
    Ref<> theirs = marshal_load(bytes_view(cached.get()));
    Result<bool> same = theirs ? equal(theirs.get(), code.get()) : Result<bool>(false);
    if (same && *same) add_key(cached.get());
    clear_error();
  }
  Row& row = rows.images.emplace_back();
  row.code = writer.symbol(code.get());
  writer.write_pending();
  row.sets = writer.take_sets();
  (void)code.release();
  return !writer.failed();
}

void write_sets(FILE* out, const char* label, const std::vector<SetSlot>& sets) {
  fprintf(out, "%s:\n", label);
  for (const SetSlot& s : sets) fprintf(out, "\t.quad %s, %s\n", s.slot.c_str(), s.items.c_str());
}

void write_library_rows(FILE* out, LibraryRows& rows) {
  fprintf(out, "\t.section .rodata.frozen_sets,\"a\"\n\t.p2align 3\n");
  for (size_t i = 0; i < rows.images.size(); i++) write_sets(out, (".Llibrary_sets" + std::to_string(i)).c_str(), rows.images[i].sets);
  std::ranges::sort(rows.keys, {}, &LibraryKeyRow::size);
  fprintf(out, "\t.globl taipan_library_key_count\n\t.hidden taipan_library_key_count\ntaipan_library_key_count:\n\t.quad %zu\n"
               "\t.globl taipan_library_keys\n\t.hidden taipan_library_keys\ntaipan_library_keys:\n", rows.keys.size());
  for (const LibraryKeyRow& key : rows.keys)
    fprintf(out, "\t.quad %lld, %#llx, %#llx, .Llibrary_image%zu\n", static_cast<long long>(key.size),
            static_cast<unsigned long long>(key.digest.first), static_cast<unsigned long long>(key.digest.second), key.image);
  fprintf(out, "\t.section .data.frozen_images,\"aw\"\n\t.p2align 3\n");
  for (size_t i = 0; i < rows.images.size(); i++)
    fprintf(out, ".Llibrary_image%zu:\n\t.quad %s, .Llibrary_sets%zu, %zu\n", i, rows.images[i].code.c_str(), i, rows.images[i].sets.size());
}

void write_rows(FILE* out, const std::vector<Row>& rows) {
  fprintf(out, "\t.section .rodata.frozen_sets,\"a\"\n\t.p2align 3\n");
  for (size_t i = 0; i < rows.size(); i++) write_sets(out, (".Lsets" + std::to_string(i)).c_str(), rows[i].sets);
  fprintf(out, "\t.section .data.frozen_images,\"aw\"\n\t.p2align 3\n\t.globl taipan_frozen_images\n"
               "\t.hidden taipan_frozen_images\ntaipan_frozen_images:\n");
  for (size_t i = 0; i < rows.size(); i++) {
    const Row& r = rows[i];
    fprintf(out, "\t.quad %lld, %lld, %s, .Lsets%zu, %zu\n", static_cast<long long>(r.size),
            static_cast<long long>(r.mtime), r.code.c_str(), i, r.sets.size());
  }
}

}  // namespace

bool is_run_by_start(std::string_view module) {
  constexpr std::string_view kModules[] = {"_frozen_importlib", "_frozen_importlib_external", "zipimport", "abc", "codecs", "io",
                                           "_collections_abc", "_sitebuiltins", "genericpath", "posixpath", "os", "site", "stat"};
  return std::ranges::find(kModules, module) != std::end(kModules);
}
void write_label(FILE* out, const char* section, const char* name) {
  fprintf(out, "\t.section %s,\"aw\"\n\t.globl %s\n\t.hidden %s\n%s:\n", section, name, name, name);
}

/// For their names.
void make_modules_of_a_start() {
  for (const char* name : {"_thread", "_weakref", "_io", "marshal", "posix", "time", "_codecs", "_signal", "_abc", "_stat"}) {
    Ref<> spec = new_early_spec("Spec", name);
    Ref<> module = spec ? create_builtin_module(*find_builtin_module(name), spec.get()) : Ref<>();
    PyModuleDef* definition = module && PyModule_Check(module.get()) ? reinterpret_cast<Module*>(module.get())->def : nullptr;
    if (definition) (void)exec_module(module.get(), definition);
    clear_error();
  }
}

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  config.ignore_environment = config.no_site = 1;
  config.executable = argv[0];
  if (!config.x_options.append("bare") || !start(module_table())) return 1;
  FILE* out = fopen(argv[1], "w");
  if (!out) {
    perror(argv[1]);
    return 1;
  }
  ImageWriter writer(out);
  make_modules_of_a_start();
  write_label(out, kNames, "taipan_start_names_start");
  // The names that a start has interned come first, back to back, for each start asks for them.
  for_each_interned([](PyObject* s, void* to) { (void)static_cast<ImageWriter*>(to)->symbol(s); }, &writer);
  writer.write_pending();
  std::vector<Row> rows;
  std::span<const FrozenModule> all = frozen_modules();
  write_label(out, ".data.code_frozen", "taipan_frozen_code_start");
  std::vector<Ref<>> codes;
  for (const FrozenModule& m : all)
    if (Ref<>& code = codes.emplace_back(); !compile(all, m, argv[2], writer, rows.emplace_back(), code)) return 1;
  write_label(out, kNames, "taipan_start_names_end");
  for (bool first : {true, false}) {
    for (size_t i = 0; i < rows.size(); i++)
      if (codes[i] && is_run_by_start(all[i].name) == first && !freeze(writer, rows[i], std::move(codes[i]))) return 1;
    if (first) write_label(out, ".data.code_frozen", "taipan_frozen_code_end");
  }
  write_rows(out, rows);
  LibraryRows library;
  for (const char* module : library_image_files()) {
    bool at_each_start = std::string_view(module).starts_with("encodings/");
    writer.set_group(at_each_start ? "frozen" : "library" + std::to_string(library.images.size()));
    if (!embed(argv[2], module, writer, library)) return 1;
  }
  write_library_rows(out, library);
  writer.write_name_table();
  fprintf(out, "\t.section .note.GNU-stack,\"\",@progbits\n");
  return fclose(out) ? 1 : 0;
}
