#pragma once
// Running what the command line asks for. Each returns the exit status.
#include "cli/options.h"

namespace taipan {

int run_task(const Task& task);
/// A prompt (or a program typed at it), after `-i` or when standard input is a terminal.
int run_prompt();
void print_banner();

}  // namespace taipan
