// The program `taipan`: options, start, run, stop.
#include <cstdio>

#include "cli/run.h"
#include "modules/modules.h"
#include "runtime/lifecycle.h"

using namespace taipan;

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
  find_paths(config, program);
  ConfigError error;
  if (!read_environment(config, error)) {
    fputs("Fatal Python error: ", stderr);
    if (error.where) fprintf(stderr, "%s: ", error.where);
    fprintf(stderr, "%s\nPython runtime state: %s\n\n", error.what, error.early ? "preinitializing" : "preinitialized");
    return 1;
  }
  publish_flags(config);
  if (!start(module_table())) return 1;
  int status = run_task(task);
  status = run_prompt_afterwards(task, status);
  int stopped = stop();
  return stopped ? stopped : status;
}
