// What sys tells about the interpreter: versions, sizes, flags, paths.
#include <unistd.h>

#include <cfloat>
#include <cstdio>

#include "base/hash.h"
#include "modules/sys.h"
#include "object/dict.h"
#include "object/int.h"
#include "object/list.h"
#include "object/str.h"
#include "object/tuple.h"
#include "runtime/config.h"
#include "runtime/fs_text.h"
#include "runtime/import.h"
#include "types/module.h"
#include "types/simple_namespace.h"
#include "types/struct_sequence.h"

namespace taipan::sys {
namespace {

using Field = PyStructSequence_Field;
constexpr int kHexVersion = 0x030b02f0;

/// A type without constructor whose fields these are.
Ref<> make_type(const char* name, const char* doc, Field* fields, int count) {
  PyStructSequence_Desc desc = {name, doc, fields, count};
  return new_struct_sequence_type(desc, Py_TPFLAGS_DISALLOW_INSTANTIATION);
}
PyTypeObject* as_type(const Ref<>& o) { return reinterpret_cast<PyTypeObject*>(o.get()); }

Ref<> version_info() {
  static Field fields[] = {{"major", "major release number"},
                           {"minor", "minor release number"},
                           {"micro", "patch release number"},
                           {"releaselevel", "'alpha', 'beta', 'candidate' or 'final'"},
                           {"serial", "number of the pre-release"},
                           {}};
  Ref<> type = TRY(make_type("sys.version_info",
                             "sys.version_info\n\nThe version as a tuple with names.", fields, 5));
  StructFiller f(as_type(type));
  for (int n : {3, 11, 2}) f.add(new_int(n));
  f.add(share("final"_name));
  f.add(new_int(0));
  return f.finish();
}

Ref<> flags() {
  static Field fields[] = {{"debug", "-d"},
                           {"inspect", "-i"},
                           {"interactive", "-i"},
                           {"optimize", "-O or -OO"},
                           {"dont_write_bytecode", "-B"},
                           {"no_user_site", "-s"},
                           {"no_site", "-S"},
                           {"ignore_environment", "-E"},
                           {"verbose", "-v"},
                           {"bytes_warning", "-b"},
                           {"quiet", "-q"},
                           {"hash_randomization", "-R"},
                           {"isolated", "-I"},
                           {"dev_mode", "-X dev"},
                           {"utf8_mode", "-X utf8"},
                           {"warn_default_encoding", "-X warn_default_encoding"},
                           {"safe_path", "-P"},
                           {"int_max_str_digits", "-X int_max_str_digits"},
                           {}};
  Ref<> type = TRY(make_type("sys.flags", "sys.flags\n\nThe command line's switches.", fields, 18));
  const Config& c = config;
  StructFiller f(as_type(type));
  for (int n : {c.debug, c.inspect, c.interactive, c.optimization, c.dont_write_bytecode,
                c.no_user_site, c.no_site, c.ignore_environment, c.verbose, c.bytes_warning,
                c.quiet, c.hash_randomization, c.isolated})
    f.add(new_int(n));
  f.add(boolean(c.dev_mode));
  f.add(new_int(c.utf8_mode));
  f.add(new_int(c.warn_default_encoding));
  f.add(boolean(c.safe_path));
  f.add(new_int(config.int_max_str_digits));
  return f.finish();
}

Ref<> float_info() {
  static Field fields[] = {{"max", "largest finite number"},
                           {"max_exp", "largest exponent of two"},
                           {"max_10_exp", "largest exponent of ten"},
                           {"min", "smallest normal number"},
                           {"min_exp", "smallest exponent of two"},
                           {"min_10_exp", "smallest exponent of ten"},
                           {"dig", "decimal digits that survive"},
                           {"mant_dig", "bits of the mantissa"},
                           {"epsilon", "distance from 1 to the next number"},
                           {"radix", "base of the exponent"},
                           {"rounds", "rounding mode"},
                           {}};
  Ref<> type =
      TRY(make_type("sys.float_info", "sys.float_info\n\nThe floating point format.", fields, 11));
  StructFiller f(as_type(type));
  f.add(new_float(DBL_MAX));
  f.add(new_int(DBL_MAX_EXP));
  f.add(new_int(DBL_MAX_10_EXP));
  f.add(new_float(DBL_MIN));
  f.add(new_int(DBL_MIN_EXP));
  f.add(new_int(DBL_MIN_10_EXP));
  f.add(new_int(DBL_DIG));
  f.add(new_int(DBL_MANT_DIG));
  f.add(new_float(DBL_EPSILON));
  f.add(new_int(FLT_RADIX));
  f.add(new_int(1));
  return f.finish();
}

Ref<> int_info() {
  static Field fields[] = {{"bits_per_digit", "bits of a digit"},
                           {"sizeof_digit", "bytes of a digit"},
                           {"default_max_str_digits", "default limit of digits in conversions"},
                           {"str_digits_check_threshold", "smallest limit that can be set"},
                           {}};
  Ref<> type = TRY(make_type("sys.int_info", "sys.int_info\n\nHow ints are stored.", fields, 4));
  StructFiller f(as_type(type));
  for (int n : {PyLong_SHIFT, static_cast<int>(sizeof(digit)), 4300, 640}) f.add(new_int(n));
  return f.finish();
}

Ref<> hash_info() {
  static Field fields[] = {{"width", "bits of a hash"},
                           {"modulus", "prime modulus of number hashes"},
                           {"inf", "hash of infinity"},
                           {"nan", "unused"},
                           {"imag", "factor of the imaginary part"},
                           {"algorithm", "hash of text and bytes"},
                           {"hash_bits", "its bits"},
                           {"seed_bits", "bits of its key"},
                           {"cutoff", "length up to which another is used"},
                           {}};
  Ref<> type =
      TRY(make_type("sys.hash_info", "sys.hash_info\n\nThe parameters of hash values.", fields, 9));
  StructFiller f(as_type(type));
  f.add(new_int(64));
  f.add(new_int(static_cast<int64_t>(kHashModulus)));
  f.add(new_int(kHashInfinity));
  f.add(new_int(0));
  f.add(new_int(kHashImaginary));
  f.add(new_str("siphash13"));
  for (int n : {64, 128, 0}) f.add(new_int(n));
  return f.finish();
}

Ref<> thread_info() {
  static Field fields[] = {{"name", "the threads' library"},
                           {"lock", "what locks are made of"},
                           {"version", "its version"},
                           {}};
  Ref<> type =
      TRY(make_type("sys.thread_info", "sys.thread_info\n\nHow threads are made.", fields, 3));
  char version[256] = "";
  size_t n = confstr(_CS_GNU_LIBPTHREAD_VERSION, version, sizeof version);
  StructFiller f(as_type(type));
  f.add(new_str("pthread"));
  f.add(new_str("semaphore"));
  f.add(n ? new_str(version) : none());
  return f.finish();
}

Ref<> implementation(PyObject* version) {
  Ref<Dict> d = TRY(new_dict());
  const struct {
    const char* name;
    const char* text;
  } texts[] = {{"name", "cpython"}, {"cache_tag", "cpython-311"}};
  auto add = [&](const char* name, Ref<> value) -> Status {
    if (!value) return Raised{};
    Ref<> key = TRY(new_interned(name));
    return dict_set(object(d.get()), key.get(), value.get());
  };
  for (auto& row : texts) TRY(add(row.name, new_interned(row.text)));
  TRY(add("version", share(version)));
  TRY(add("hexversion", new_int(kHexVersion)));
  TRY(add("_multiarch", new_str("x86_64-linux-gnu")));
  TRY(add("engine", new_str("taipan")));
  return new_namespace(object(d.get()));
}

Ref<> builtin_names() {
  Ref<List> names = TRY(new_list());
  for (const BuiltinModule& row : builtin_modules) {
    Ref<> name = TRY(new_interned(row.name));
    TRY(list_append(object(names.get()), name.get()));
  }
  TRY(list_sort(object(names.get()), nullptr, false));
  return to_tuple(object(names.get()));
}

Ref<> decoded_list(const Vector<const char*>& texts) {
  Ref<List> list = TRY(new_list());
  for (const char* text : texts) {
    Ref<> s = TRY(decode_fs(text));
    TRY(list_append(object(list.get()), s.get()));
  }
  return list;
}

/// -X NAME[=VALUE] as a dict; a name without value is True.
Ref<> x_options() {
  Ref<Dict> d = TRY(new_dict());
  for (const char* option : config.x_options) {
    const char* equal = strchr(option, '=');
    std::string_view text = option;
    Ref<> key = TRY(decode_fs(equal ? text.substr(0, static_cast<size_t>(equal - option)) : text));
    Ref<> value = equal ? TRY(decode_fs(equal + 1)) : boolean(true);
    TRY(dict_set(object(d.get()), key.get(), value.get()));
  }
  return d;
}

Ref<> search_path() {
  Ref<List> path = TRY(new_list());
  auto add = [&](std::string_view folder) -> Status {
    Ref<> s = TRY(decode_fs(folder));
    return list_append(object(path.get()), s.get());
  };
  if (config.has_path_file) {
    for (const char* folder : config.path_file) TRY(add(folder));
    return path;
  }
  if (const char* extra = python_env("PYTHONPATH")) {
    std::string_view rest = extra;
    for (;;) {
      size_t colon = rest.find(':');
      TRY(add(rest.substr(0, colon)));
      if (colon == rest.npos) break;
      rest.remove_prefix(colon + 1);
    }
  }
  for (const char* folder : {library_zip(), library_folder(), extension_folder()}) TRY(add(folder));
  return path;
}

}  // namespace

Status add_information(PyObject* m) {
  Ref<> version = TRY(version_info());
  TRY(add_to_module(m, "version_info", version.get()));
  TRY(add_to_module(m, "implementation", implementation(version.get())));
  TRY(add_to_module(m, "flags", flags()));
  TRY(add_to_module(m, "float_info", float_info()));
  TRY(add_to_module(m, "int_info", int_info()));
  TRY(add_to_module(m, "hash_info", hash_info()));
  TRY(add_to_module(m, "thread_info", thread_info()));
  const struct {
    const char* name;
    const char* text;
  } texts[] = {{"version", kFullVersion},
               {"copyright", "Copyright (c) the Taipan developers."},
               {"platform", "linux"},
               {"byteorder", "little"},
               {"float_repr_style", "short"},
               {"platlibdir", "lib"},
               {"abiflags", ""},
               {"_framework", ""},
               {"prefix", config.prefix},
               {"exec_prefix", config.exec_prefix},
               {"base_prefix", config.prefix},
               {"base_exec_prefix", config.exec_prefix},
               {"_stdlib_dir", library_folder()}};
  for (auto& row : texts) TRY(add_to_module(m, row.name, new_str(row.text)));
  const struct {
    const char* name;
    int64_t n;
  } numbers[] = {{"hexversion", kHexVersion},
                 {"api_version", PYTHON_API_VERSION},
                 {"maxsize", PY_SSIZE_T_MAX},
                 {"maxunicode", 0x10ffff}};
  for (auto& row : numbers) TRY(add_int_to_module(m, row.name, row.n));
  Ref<> executable = TRY(decode_fs(config.executable ? config.executable : ""));
  TRY(add_to_module(m, "executable", executable.get()));
  Ref<> base = TRY(decode_fs(config.base_executable ? config.base_executable : ""));
  TRY(add_to_module(m, "_base_executable", base.get()));
  TRY(add_to_module(m, "_home", Py_None));
  TRY(add_to_module(m, "pycache_prefix",
                    config.pycache_prefix ? TRY(decode_fs(config.pycache_prefix)) : none()));
  TRY(add_to_module(m, "dont_write_bytecode", boolean(config.dont_write_bytecode)));
  Ref<> cpython = TRY(new_str("CPython"));
  TRY(add_to_module(m, "_git", tuple_of({cpython.get(), empty_str(), empty_str()})));
  TRY(add_to_module(m, "builtin_module_names", builtin_names()));
  TRY(add_to_module(m, "stdlib_module_names", library_names()));
  TRY(add_to_module(m, "argv", decoded_list(config.argv)));
  TRY(add_to_module(m, "orig_argv", decoded_list(config.orig_argv)));
  TRY(add_to_module(m, "warnoptions", decoded_list(config.warn_options)));
  TRY(add_to_module(m, "_xoptions", x_options()));
  TRY(add_to_module(m, "path", search_path()));
  TRY(add_to_module(m, "meta_path", new_list()));
  TRY(add_to_module(m, "path_hooks", new_list()));
  return add_to_module(m, "path_importer_cache", new_dict());
}

}  // namespace taipan::sys
