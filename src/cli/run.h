#pragma once
// Running what the command line asks for. Each returns the exit status.
#include "cli/options.h"

namespace taipan {

int run_task(const Task& task);
/// The prompt that -i or PYTHONINSPECT asks for after the program; the new exit status.
int run_prompt_afterwards(const Task& task, int status);
/// A prompt (or a program typed at it), after `-i` or when standard input is a terminal.
int run_prompt();
void print_banner();
/// Is standard input a terminal, or taken for one (-i)?
bool stdin_is_interactive();

}  // namespace taipan
