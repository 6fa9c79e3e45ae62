// Configuration from the environment, and the flags that the public headers export as variables.
#include "runtime/config.h"

#include <Python.h>

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>

#include "base/format.h"

int Py_DebugFlag, Py_VerboseFlag, Py_QuietFlag, Py_InteractiveFlag, Py_InspectFlag, Py_OptimizeFlag,
    Py_NoSiteFlag, Py_FrozenFlag, Py_IgnoreEnvironmentFlag,
    Py_DontWriteBytecodeFlag, Py_NoUserSiteDirectory, Py_UnbufferedStdioFlag,
    Py_HashRandomizationFlag, Py_IsolatedFlag;
int Py_UTF8Mode;

namespace taipan {

Config config;

const char* python_env(const char* name) {
  if (config.ignore_environment) return nullptr;
  const char* value = getenv(name);
  return value && *value ? value : nullptr;
}

const char* x_option(const char* name) {
  size_t n = strlen(name);
  const char* found = nullptr;
  for (const char* option : config.x_options) {
    if (strncmp(option, name, n)) continue;
    if (option[n] == '=')
      found = option + n + 1;
    else if (!option[n])
      found = "";
  }
  return found;
}

/// A counter from the environment: any text that is no number counts as 1.
static void raise_flag(int& flag, const char* name) {
  const char* value = python_env(name);
  if (!value) return;
  char* end;
  long n = strtol(value, &end, 10);
  if (*end || n < 1 || n > INT_MAX) n = 1;
  if (flag < n) flag = static_cast<int>(n);
}

static void raise_switch(int& flag, const char* name) {
  int n = 0;
  raise_flag(n, name);
  if (n) flag = 1;
}

static bool refuse(ConfigError& error, const char* where, const char* what, bool early = false) {
  error = {where, what, early};
  return false;
}

static bool read_hash_seed(Config& c, ConfigError& error) {
  c.hash_randomization = 1;
  const char* seed = c.random_seed ? nullptr : python_env("PYTHONHASHSEED");
  if (!seed || !strcmp(seed, "random")) return true;
  char* end;
  unsigned long n = strtoul(seed, &end, 10);
  if (*end || *seed == '-' || n > 4294967295u)
    return refuse(error, "config_init_hash_seed", "PYTHONHASHSEED must be \"random\" or an integer in range [0; 4294967295]");
  c.use_hash_seed = true;
  c.hash_seed = static_cast<uint32_t>(n);
  c.hash_randomization = n != 0;
  return true;
}

static bool read_digit_limit(Config& c, ConfigError& error) {
  auto parse = [&](const char* text) {
    char* end;
    errno = 0;
    long n = strtol(text, &end, 10);
    if (*end || !*text || errno || n < 0 || (n != 0 && n < 640) || n > INT_MAX) return false;
    c.int_max_str_digits = static_cast<int>(n);
    return true;
  };
  constexpr const char* kWhere = "config_init_int_max_str_digits";
  if (const char* text = python_env("PYTHONINTMAXSTRDIGITS"); text && !parse(text))
    return refuse(error, kWhere, "PYTHONINTMAXSTRDIGITS: invalid limit; must be >= 640 or 0 for unlimited.");
  if (const char* text = x_option("int_max_str_digits"); text && !parse(text))
    return refuse(error, kWhere, "-X int_max_str_digits: invalid limit; must be >= 640 or 0 for unlimited.");
  return true;
}

/// Nothing can be traced yet, but what cannot be a number of frames is refused.
static bool check_tracemalloc(ConfigError& error) {
  auto is_count = [](const char* text) {
    char* end;
    long n = strtol(text, &end, 10);
    return !*end && n >= 0 && n <= INT_MAX;
  };
  constexpr const char* kWhere = "config_init_tracemalloc";
  if (const char* text = python_env("PYTHONTRACEMALLOC"); text && !is_count(text))
    return refuse(error, kWhere, "PYTHONTRACEMALLOC: invalid number of frames");
  if (const char* text = x_option("tracemalloc"); text && *text && !is_count(text))
    return refuse(error, kWhere, "-X tracemalloc=NFRAME: invalid number of frames");
  return true;
}

static bool check_allocator(ConfigError& error) {
  const char* name = python_env("PYTHONMALLOC");
  if (!name) return true;
  for (const char* known : {"default", "debug", "malloc", "malloc_debug", "pymalloc", "pymalloc_debug"})
    if (!strcmp(name, known)) return true;
  return refuse(error, "preconfig_init_allocator", "PYTHONMALLOC: unknown allocator", true);
}

static bool read_frozen_modules(Config& c, ConfigError& error) {
  const char* value = x_option("frozen_modules");
  if (!value || !*value || !strcmp(value, "on")) return true;
  if (strcmp(value, "off"))
    return refuse(error, nullptr, "bad value for option -X frozen_modules (expected \"on\" or \"off\")");
  c.frozen_modules = false;
  return true;
}

/// sys.warnoptions, weakest first: dev mode, the environment, -W, -b.
static bool order_warn_options(Config& c) {
  Vector<const char*> given = std::move(c.warn_options);
  c.warn_options = {};
  auto add = [&](const char* option) {
    for (const char* present : c.warn_options)
      if (!strcmp(present, option)) return true;
    return c.warn_options.append(option);
  };
  if (c.dev_mode && !add("default")) return false;
  if (const char* env = python_env("PYTHONWARNINGS")) {
    char* copy = strdup(env);  // kept: the list points into it
    if (!copy) return false;
    char* rest = copy;
    while (char* part = strsep(&rest, ","))
      if (*part && !add(part)) return false;
  }
  for (const char* option : given)
    if (!add(option)) return false;
  if (c.bytes_warning) return add(c.bytes_warning > 1 ? "error::BytesWarning" : "default::BytesWarning");
  return true;
}

/// PYTHONHOME is PREFIX or PREFIX:EXEC_PREFIX.
static bool read_home(Config& c) {
  c.home = python_env("PYTHONHOME");
  if (!c.home) return true;
  char* prefix = strdup(c.home);
  if (!prefix) return false;
  c.prefix = c.exec_prefix = prefix;
  if (char* colon = strchr(prefix, ':')) {
    *colon = 0;
    c.exec_prefix = colon + 1;
  }
  return true;
}

bool read_environment(Config& c, ConfigError& error) {
  if (c.isolated) c.ignore_environment = c.no_user_site = c.safe_path = 1;
  if (python_env("PYTHONDEVMODE") || x_option("dev")) c.dev_mode = 1;
  if (!settle_locale(c, error) || !check_allocator(error)) return false;
  raise_flag(c.debug, "PYTHONDEBUG");
  raise_flag(c.verbose, "PYTHONVERBOSE");
  raise_flag(c.optimization, "PYTHONOPTIMIZE");
  raise_flag(c.inspect, "PYTHONINSPECT");
  raise_switch(c.dont_write_bytecode, "PYTHONDONTWRITEBYTECODE");
  raise_switch(c.no_user_site, "PYTHONNOUSERSITE");
  if (python_env("PYTHONSAFEPATH")) c.safe_path = 1;
  int unbuffered = 0;
  raise_switch(unbuffered, "PYTHONUNBUFFERED");
  if (unbuffered) c.buffered_stdio = 0;
  if (python_env("PYTHONNODEBUGRANGES") || x_option("no_debug_ranges")) c.code_debug_ranges = 0;
  c.warn_default_encoding = python_env("PYTHONWARNDEFAULTENCODING") || x_option("warn_default_encoding");
  c.import_time = python_env("PYTHONPROFILEIMPORTTIME") || x_option("importtime");
  c.faulthandler = python_env("PYTHONFAULTHANDLER") || x_option("faulthandler") || c.dev_mode;
  if (const char* given = x_option("pycache_prefix"))
    c.pycache_prefix = *given ? given : nullptr;
  else
    c.pycache_prefix = python_env("PYTHONPYCACHEPREFIX");
  c.stdio_encoding = python_env("PYTHONIOENCODING");
  if (!read_frozen_modules(c, error) || !read_hash_seed(c, error) || !read_digit_limit(c, error) ||
      !check_tracemalloc(error))
    return false;
  for (int* flag : {&c.dont_write_bytecode, &c.no_user_site, &c.no_site, &c.ignore_environment, &c.isolated})
    *flag = *flag != 0;  // however often they were given
  if (!order_warn_options(c) || !read_home(c)) return refuse(error, nullptr, "memory allocation failed");
  return true;
}

/// PREFIX/lib/NAME.
static const char* join_library(const char* prefix, const char* name) {
  TextBuffer path;
  format(path, "{}/lib/{}", prefix, name);
  return strdup(path.c_str());
}
const char* library_folder() {
  static const char* folder = strcmp(config.prefix, "/usr") ? join_library(config.prefix, "python3.11") : kStdlib;
  return folder;
}
const char* library_zip() {
  static const char* zip = join_library(config.prefix, "python311.zip");
  return zip;
}
const char* extension_folder() {
  static const char* folder = join_library(config.exec_prefix, "python3.11/lib-dynload");
  return folder;
}

void publish_flags(const Config& c) {
  Py_DebugFlag = c.debug;
  Py_VerboseFlag = c.verbose;
  Py_QuietFlag = c.quiet;
  Py_InteractiveFlag = c.interactive;
  Py_InspectFlag = c.inspect;
  Py_OptimizeFlag = c.optimization;
  Py_NoSiteFlag = c.no_site;
  Py_BytesWarningFlag = c.bytes_warning;
  Py_IgnoreEnvironmentFlag = c.ignore_environment;
  Py_DontWriteBytecodeFlag = c.dont_write_bytecode;
  Py_NoUserSiteDirectory = c.no_user_site;
  Py_UnbufferedStdioFlag = !c.buffered_stdio;
  Py_HashRandomizationFlag = c.hash_randomization;
  Py_IsolatedFlag = c.isolated;
  Py_UTF8Mode = c.utf8_mode;
}

}  // namespace taipan
