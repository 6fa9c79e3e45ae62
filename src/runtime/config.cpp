// Configuration from the environment, and the flags that the public headers export as variables.
#include "runtime/config.h"

#include <Python.h>

#include <cstdlib>
#include <cstring>

int Py_DebugFlag, Py_VerboseFlag, Py_QuietFlag, Py_InteractiveFlag, Py_InspectFlag, Py_OptimizeFlag,
    Py_NoSiteFlag, Py_BytesWarningFlag, Py_FrozenFlag, Py_IgnoreEnvironmentFlag,
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

static const char* read_hash_seed(Config& c) {
  const char* seed = python_env("PYTHONHASHSEED");
  if (!seed || !strcmp(seed, "random")) return nullptr;
  char* end;
  unsigned long n = strtoul(seed, &end, 10);
  if (*end || *seed == '-' || n > 4294967295u)
    return "PYTHONHASHSEED must be \"random\" or an integer in range [0; 4294967295]";
  c.use_hash_seed = true;
  c.hash_seed = static_cast<uint32_t>(n);
  c.hash_randomization = n != 0;
  return nullptr;
}

static const char* read_digit_limit(Config& c) {
  auto parse = [&](const char* text) {
    char* end;
    long n = strtol(text, &end, 10);
    if (*end || !*text || (n != 0 && n < 640) || n > INT_MAX) return false;
    c.int_max_str_digits = static_cast<int>(n);
    return true;
  };
  if (const char* text = python_env("PYTHONINTMAXSTRDIGITS"); text && !parse(text))
    return "PYTHONINTMAXSTRDIGITS: invalid limit; must be >= 640 or 0 for unlimited.";
  if (const char* text = x_option("int_max_str_digits"); text && !parse(text))
    return "-X int_max_str_digits: invalid limit; must be >= 640 or 0 for unlimited.";
  return nullptr;
}

const char* read_environment(Config& c) {
  if (c.isolated) c.ignore_environment = c.no_user_site = c.safe_path = 1;
  raise_flag(c.debug, "PYTHONDEBUG");
  raise_flag(c.verbose, "PYTHONVERBOSE");
  raise_flag(c.optimization, "PYTHONOPTIMIZE");
  raise_flag(c.inspect, "PYTHONINSPECT");
  raise_flag(c.dont_write_bytecode, "PYTHONDONTWRITEBYTECODE");
  raise_flag(c.no_user_site, "PYTHONNOUSERSITE");
  if (python_env("PYTHONSAFEPATH")) c.safe_path = 1;
  if (python_env("PYTHONUNBUFFERED")) c.buffered_stdio = 0;
  if (python_env("PYTHONDEVMODE") || x_option("dev")) c.dev_mode = 1;
  if (python_env("PYTHONWARNDEFAULTENCODING") || x_option("warn_default_encoding"))
    c.warn_default_encoding = 1;
  if (const char* mode = x_option("utf8")) {
    c.utf8_mode = *mode ? atoi(mode) : 1;
  } else if (const char* env = python_env("PYTHONUTF8")) {
    c.utf8_mode = !strcmp(env, "1");
  }
  if (!c.pycache_prefix) {
    const char* given = x_option("pycache_prefix");
    c.pycache_prefix = given && *given ? given : python_env("PYTHONPYCACHEPREFIX");
  }
  c.stdio_encoding = python_env("PYTHONIOENCODING");
  if (const char* error = read_digit_limit(c)) return error;
  return read_hash_seed(c);
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
