// Option parsing: single letters that may be joined, -c and -m end the options, long options are few.
#include "cli/options.h"

#include <cstdio>
#include <cstring>

#include "base/format.h"

namespace taipan {

namespace {

char message[200];
const char* complain(const char* format, const char* what) {
  snprintf(message, sizeof message, format, what);
  return message;
}

/// One letter without argument. False: unknown.
bool apply_flag(char letter, Config& c, Task& task) {
  switch (letter) {
    case 'b':
      c.bytes_warning++;
      return true;
    case 'B':
      c.dont_write_bytecode++;
      return true;
    case 'd':
      c.debug++;
      return true;
    case 'E':
      c.ignore_environment++;
      return true;
    case 'h':
    case '?':
      task.kind = Task::kHelp;
      return true;
    case 'i':
      c.inspect++;
      c.interactive++;
      return true;
    case 'I':
      c.isolated++;
      return true;
    case 'O':
      c.optimization++;
      return true;
    case 'P':
      c.safe_path = 1;
      return true;
    case 'q':
      c.quiet++;
      return true;
    case 'R':
      c.random_seed = true;
      return true;
    case 's':
      c.no_user_site++;
      return true;
    case 'S':
      c.no_site++;
      return true;
    case 't':
      return true;
    case 'u':
      c.buffered_stdio = 0;
      return true;
    case 'v':
      c.verbose++;
      return true;
    case 'V':
      task.kind = Task::kVersion;
      task.version_flags++;
      return true;
    case 'x':
      c.skip_first_line = true;
      return true;
    default:
      return false;
  }
}

bool is_help(const char* option, Task::Kind* kind) {
  constexpr struct {
    const char* name;
    Task::Kind kind;
  } rows[] = {{"--help", Task::kHelp},
              {"--help-env", Task::kHelpEnvironment},
              {"--help-xoptions", Task::kHelpXOptions},
              {"--help-all", Task::kHelpAll}};
  for (auto& row : rows)
    if (!strcmp(option, row.name)) return *kind = row.kind, true;
  return false;
}

}  // namespace

const char* parse_options(int argc, char** argv, Config& c, Task& task) {
  for (int k = 0; k < argc; k++)
    if (!c.orig_argv.append(argv[k])) return "no memory";
  bool decided = false;  // -V and -h win over what follows
  int i = 1;
  const char* ended_by = nullptr;
  for (; i < argc && !ended_by; i++) {
    const char* arg = argv[i];
    if (arg[0] != '-' || !arg[1]) break;
    if (!strcmp(arg, "--")) {
      i++;
      break;
    }
    if (arg[1] == '-') {
      if (Task::Kind help; is_help(arg, &help))
        task.kind = help, decided = true;
      else if (!strcmp(arg, "--version"))
        task.kind = Task::kVersion, task.version_flags++, decided = true;
      else if (!strcmp(arg, "--check-hash-based-pycs")) {
        if (i + 1 >= argc) return complain("Argument expected for the %s options", arg);
        c.check_hash_pycs = argv[++i];
        if (strcmp(c.check_hash_pycs, "always") && strcmp(c.check_hash_pycs, "never") &&
            strcmp(c.check_hash_pycs, "default"))
          return "--check-hash-based-pycs must be one of 'default', 'always', or 'never'";
      } else {
        return complain("unknown option %s", arg);
      }
      continue;
    }
    for (const char* p = arg + 1; *p; p++) {
      if (strchr("cmWX", *p)) {
        const char* value = p[1] ? p + 1 : i + 1 < argc ? argv[++i] : nullptr;
        char option[] = {'-', *p, 0};
        if (!value) return complain("Argument expected for the %s option", option);
        if (*p == 'W') {
          if (!c.warn_options.append(value)) return "no memory";
        } else if (*p == 'X') {
          if (!c.x_options.append(value)) return "no memory";
        } else {
          if (!decided) task.kind = *p == 'c' ? Task::kCommand : Task::kModule;
          task.text = value;
          ended_by = *p == 'c' ? "-c" : "-m";
        }
        break;
      }
      if (!apply_flag(*p, c, task)) {
        if (*p == 'J') return "-J is reserved for Jython";
        char option[] = {'-', *p, 0};
        return complain("Unknown option: %s", option);
      }
      if (strchr("Vh?", *p)) decided = true;
    }
  }
  if (decided) return nullptr;
  const char* first = ended_by ? ended_by : "";
  if (!ended_by && i < argc) {
    first = argv[i];
    if (strcmp(first, "-")) {
      task.kind = Task::kFile;
      task.text = first;
    }
    i++;
  }
  if (!c.argv.append(first)) return "no memory";
  for (; i < argc; i++)
    if (!c.argv.append(argv[i])) return "no memory";
  return nullptr;
}

}  // namespace taipan
