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
  int buffered_stdio = 1, install_signal_handlers = 1;
  bool use_hash_seed = false;
  uint32_t hash_seed = 0;
  const char* executable = nullptr;       ///< absolute path of this program; "" if unknown
  const char* pycache_prefix = nullptr;
  const char* check_hash_pycs = "default";
  const char* stdio_encoding = nullptr;   ///< PYTHONIOENCODING, "encoding[:errors]"
  Vector<const char*> argv;               ///< sys.argv
  Vector<const char*> orig_argv;
  Vector<const char*> warn_options;       ///< -W and PYTHONWARNINGS, weakest first
  Vector<const char*> x_options;          ///< NAME or NAME=VALUE
  const char* home = "/usr";              ///< prefix
  bool skip_first_line = false;            ///< -x
};

/// The configuration in force; filled by cli/ before start(), constant after.
extern Config config;

/// Reads the PYTHON… variables, unless the configuration says that they are to be ignored. Values of options win.
/// Null, or the text of a fatal error.
const char* read_environment(Config& c);
/// getenv unless -E or -I; an empty value counts as unset.
const char* python_env(const char* name);
/// Value of -X name: "" if it has none, null if it was not given.
const char* x_option(const char* name);
/// Sets Py_VerboseFlag and its kin, which extension modules read.
void publish_flags(const Config& c);

// The installation that we run with.
inline constexpr const char* kVersionText = "3.11.2";
inline constexpr const char* kStdlib = "/usr/lib/python3.11";
inline constexpr const char* kStdlibZip = "/usr/lib/python311.zip";
inline constexpr const char* kDynload = "/usr/lib/python3.11/lib-dynload";

}  // namespace taipan
