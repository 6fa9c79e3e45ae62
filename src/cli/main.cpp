// The program `taipan`: options, start, run, stop.
#include <unistd.h>

#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>

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

int main(int argc, char** argv) {
  Task task;
  const char* program = argc ? argv[0] : "taipan";
  if (const char* error = parse_options(argc, argv, config, task)) {
    fprintf(stderr, "%s\n", error);
    fprintf(
        stderr,
        "usage: %s [option] ... [-c cmd | -m mod | file | -] [arg] ...\nTry `python -h' for more "
        "information.\n",
        program);
    return 2;
  }
  if (task.kind == Task::kHelp) {
    print_usage(false, program);
    return 0;
  }
  if (task.kind == Task::kVersion) {
    if (task.version_flags > 1)
      printf("Python %s (main) [Taipan 0.1, Clang %s]\n", kVersionText, __clang_version__);
    else
      printf("Python %s\n", kVersionText);
    return 0;
  }
  if (const char* error = read_environment(config)) {
    fprintf(stderr, "Fatal Python error: config_init: %s\nPython runtime state: preinitialized\n\n",
            error);
    return 1;
  }
  config.executable = find_executable(program);
  publish_flags(config);
  if (!start(module_table())) return 1;
  int status = run_task(task);
  if (config.inspect &&
      (task.kind == Task::kFile || task.kind == Task::kCommand || task.kind == Task::kModule))
    status = run_prompt();
  int stopped = stop();
  return stopped ? stopped : status;
}
