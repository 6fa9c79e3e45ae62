#pragma once
// What the command line and the environment ask for; read once at start, shown by sys.flags.
#include <cstdint>

#include "base/vector.h"

namespace taipan {

struct Config {
  int debug = 0, inspect = 0, interactive = 0, optimization = 0, dont_write_bytecode = 0;
  int no_user_site = 0, no_site = 0, ignore_environment = 0, verbose = 0, bytes_warning = 0, quiet = 0;
  int hash_randomization = 1, isolated = 0, dev_mode = 0, utf8_mode = 0, warn_default_encoding = 0, safe_path = 0;
  int int_max_str_digits = -1;
  int buffered_stdio = 1, install_signal_handlers = 1, code_debug_ranges = 1;
  bool use_hash_seed = false;
  uint32_t hash_seed = 0;
  bool random_seed = false;                ///< -R: whatever PYTHONHASHSEED says
  const char* executable = nullptr;       ///< absolute path of this program; "" if unknown
  const char* base_executable = nullptr;  ///< the one that a virtual environment was made from
  const char* program = nullptr;          ///< argv[0]
  const char* pycache_prefix = nullptr;
  const char* check_hash_pycs = "default";
  const char* stdio_encoding = nullptr;   ///< PYTHONIOENCODING, "encoding[:errors]"
  const char* fs_encoding = "utf-8";      ///< "ascii" in the C locale if UTF-8 mode was switched off
  bool frozen_modules = true;              ///< -X frozen_modules
  bool import_time = false;                ///< -X importtime
  bool faulthandler = false;
  Vector<const char*> argv;               ///< sys.argv
  Vector<const char*> orig_argv;
  Vector<const char*> warn_options;       ///< -W and PYTHONWARNINGS, weakest first
  Vector<const char*> x_options;          ///< NAME or NAME=VALUE
  const char* prefix = "/usr";
  const char* exec_prefix = "/usr";
  const char* home = nullptr;              ///< PYTHONHOME
  bool has_path_file = false;              ///< a ._pth file says all of sys.path
  Vector<const char*> path_file;
  bool skip_first_line = false;            ///< -x
};

/// The configuration in force; filled by cli/ before start(), constant after.
extern Config config;

/// Why the interpreter cannot start; `where` may be null.
struct ConfigError {
  const char* where;
  const char* what;
  bool early = false;  ///< found before the rest of the configuration was looked at
};
/// Reads the PYTHON… variables, unless the configuration says that they are to be ignored, and the locale, which may be
/// coerced to UTF-8 (PEP 538) or turn UTF-8 mode on (PEP 540). Values of options win. False: `error` tells why.
bool read_environment(Config& c, ConfigError& error);
/// LC_CTYPE from the environment, its coercion, UTF-8 mode.
bool settle_locale(Config& c, ConfigError& error);
/// The library's folders, from PYTHONHOME or as built in: kept for the process's life.
const char* library_folder();
const char* library_zip();
const char* extension_folder();
/// getenv unless -E or -I; an empty value counts as unset.
const char* python_env(const char* name);
/// Value of -X name: "" if it has none, null if it was not given.
const char* x_option(const char* name);
/// Sets Py_VerboseFlag and its kin, which extension modules read.
void publish_flags(const Config& c);

// The installation that we run with.
inline constexpr const char* kVersionText = "3.11.2";
inline constexpr const char* kFullVersion = "3.11.2 (main, Nov 21 2026, 00:00:00) [Taipan 0.1, Clang 19.1.7]";  ///< sys.version
inline constexpr const char* kStdlib = "/usr/lib/python3.11";

}  // namespace taipan
