// The locale that a program starts in. The C locale means that nobody chose an encoding: LC_CTYPE is coerced to a UTF-8
// one if there is any (PEP 538), for child processes too, and UTF-8 mode is switched on (PEP 540).
#include <langinfo.h>
#include <locale.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "runtime/config.h"

namespace taipan {
namespace {

constexpr const char* kTargets[] = {"C.UTF-8", "C.utf8", "UTF-8"};

bool is_c_locale() {
  const char* name = setlocale(LC_CTYPE, nullptr);
  return name && (!strcmp(name, "C") || !strcmp(name, "POSIX"));
}

/// LC_ALL overrides LC_CTYPE: then there is nothing to be done.
bool coerce(bool warns) {
  const char* all = getenv("LC_ALL");
  if (all && *all) return false;
  for (const char* target : kTargets) {
    if (!setlocale(LC_CTYPE, target)) continue;
    const char* codeset = nl_langinfo(CODESET);
    if (!codeset || !*codeset) {
      setlocale(LC_CTYPE, "");
      continue;
    }
    if (setenv("LC_CTYPE", target, 1)) return false;
    if (warns) {
      fprintf(stderr,
              "Python detected LC_CTYPE=C: LC_CTYPE coerced to %s (set another locale or PYTHONCOERCECLOCALE=0 to disable "
              "this locale coercion behavior).\n",
              target);
    }
    setlocale(LC_CTYPE, "");
    return true;
  }
  setlocale(LC_CTYPE, "");
  return false;
}

bool read_utf8_mode(Config& c, ConfigError& error) {
  constexpr const char* kWhere = "preconfig_init_utf8_mode";
  auto parse = [&](const char* text) {
    if (strcmp(text, "0") && strcmp(text, "1")) return false;
    c.utf8_mode = *text == '1';
    return true;
  };
  if (const char* option = x_option("utf8")) {
    if (!parse(*option ? option : "1")) {
      error = {kWhere, "invalid -X utf8 option value", true};
      return false;
    }
  } else if (const char* env = python_env("PYTHONUTF8")) {
    if (!parse(env)) {
      error = {kWhere, "invalid PYTHONUTF8 environment variable value", true};
      return false;
    }
  } else {
    c.utf8_mode = is_c_locale();
  }
  return true;
}

}  // namespace

bool settle_locale(Config& c, ConfigError& error) {
  setlocale(LC_CTYPE, "");
  bool c_locale = is_c_locale();
  if (!read_utf8_mode(c, error)) return false;
  const char* coercion = python_env("PYTHONCOERCECLOCALE");
  bool warns = coercion && !strcmp(coercion, "warn");
  if (c_locale && !(coercion && !strcmp(coercion, "0"))) c_locale = !coerce(warns);
  if (c_locale && warns) {
    fputs(
        "Python runtime initialized with LC_CTYPE=C (a locale with default ASCII encoding), which may cause Unicode "
        "compatibility problems. Using C.UTF-8, C.utf8, or UTF-8 (if available) as alternative Unicode-compatible locales "
        "is recommended.\n",
        stderr);
  }
  if (c_locale && !c.utf8_mode) c.fs_encoding = "ascii";
  return true;
}

}  // namespace taipan
