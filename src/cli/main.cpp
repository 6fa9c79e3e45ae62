// The program `taipan`: options, start, run, stop.
#include <unistd.h>

#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "cli/run.h"
#include "modules/modules.h"
#include "runtime/lifecycle.h"

using namespace taipan;

/// Where this program lies; kept for the process's life.
static const char* find_executable(const char* argv0) {
  static char path[PATH_MAX];
  if (strchr(argv0, '/')) {
    if (argv0[0] == '/') return argv0;
    if (!getcwd(path, sizeof path)) return "";
    size_t n = strlen(path);
    snprintf(path + n, sizeof path - n, "/%s", !strncmp(argv0, "./", 2) ? argv0 + 2 : argv0);
    return path;
  }
  const char* folders = getenv("PATH");
  for (const char* at = folders ? folders : ""; *at;) {
    size_t n = strcspn(at, ":");
    snprintf(path, sizeof path, "%.*s/%s", static_cast<int>(n), at, argv0);
    if (!access(path, X_OK)) return path;
    at += n + (at[n] == ':');
  }
  return "";
}

/// The executable that a virtual environment's own stands for: in the folder that pyvenv.cfg names as home.
static const char* find_base_executable(const char* executable) {
  std::string_view path = executable;
  size_t slash = path.rfind('/');
  if (slash == path.npos) return executable;
  std::string folder(path.substr(0, slash)), name(path.substr(slash + 1));
  FILE* settings = fopen((folder + "/pyvenv.cfg").c_str(), "r");
  if (!settings) settings = fopen((folder + "/../pyvenv.cfg").c_str(), "r");
  if (!settings) return executable;
  char line[PATH_MAX + 64], home[PATH_MAX];
  bool found = false;
  while (!found && fgets(line, sizeof line, settings)) found = sscanf(line, " home = %4095[^\r\n]", home) == 1;
  fclose(settings);
  if (!found) return executable;
  std::string base = std::string(home) + "/" + name;
  char real[PATH_MAX];
  // The home may lack a program of this name: then the one that ours is a link to is meant.
  if (access(base.c_str(), X_OK) && realpath(executable, real)) base = real;
  return strdup(base.c_str());
}

static int refuse_options(const char* error, const char* program) {
  fprintf(stderr, "%s\n", error);
  fprintf(stderr, "usage: %s [option] ... [-c cmd | -m mod | file | -] [arg] ...\nTry `python -h' for more information.\n",
          program);
  return 2;
}

/// What the configuration itself answers: help and version. The version wins over nothing that came before it.
static bool answer(const Task& task, const char* program) {
  switch (task.kind) {
    case Task::kVersion:
      printf("Python %s\n", task.version_flags > 1 ? kFullVersion : kVersionText);
      return true;
    case Task::kHelp:
    case Task::kHelpEnvironment:
    case Task::kHelpXOptions:
    case Task::kHelpAll:
      print_help(program, task);
      return true;
    default:
      return false;
  }
}

int main(int argc, char** argv) {
  Task task;
  const char* program = argc ? argv[0] : "taipan";
  if (const char* error = parse_options(argc, argv, config, task)) return refuse_options(error, program);
  if (answer(task, program)) return 0;
  ConfigError error;
  if (!read_environment(config, error)) {
    fputs("Fatal Python error: ", stderr);
    if (error.where) fprintf(stderr, "%s: ", error.where);
    fprintf(stderr, "%s\nPython runtime state: %s\n\n", error.what, error.early ? "preinitializing" : "preinitialized");
    return 1;
  }
  config.program = program;
  config.executable = find_executable(program);
  config.base_executable = find_base_executable(config.executable);
  publish_flags(config);
  if (!start(module_table())) return 1;
  int status = run_task(task);
  status = run_prompt_afterwards(task, status);
  int stopped = stop();
  return stopped ? stopped : status;
}
