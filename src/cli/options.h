#pragma once
// The command line.
#include "runtime/config.h"

namespace taipan {

/// What to run.
struct Task {
  enum Kind { kFile, kCommand, kModule, kStdin, kVersion, kHelp, kHelpEnvironment, kHelpXOptions, kHelpAll } kind = kStdin;
  const char* text = nullptr;  ///< file name, command or module
  int version_flags = 0;       ///< how often -V
};
/// Fills the configuration. Null, or the text of a usage error (its exit status is 2).
const char* parse_options(int argc, char** argv, Config& c, Task& task);
/// Finds the program, its virtual environment, the library beside it, and a ._pth file, which isolates.
void find_paths(Config& c, const char* program);
/// Prints what -h or one of its kin asks for.
void print_help(const char* program, const Task& task);

}  // namespace taipan
