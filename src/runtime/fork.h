#pragma once
// What must happen around fork() for a process that goes on running Python: the hooks of os.register_at_fork, and a child
// in which the calling thread is the only one.
#include "object/object.h"

namespace taipan {

enum class ForkPoint { before, in_child, in_parent };
Status add_fork_hook(ForkPoint point, PyObject* callable);
void before_fork();
void after_fork_in_child();
void after_fork_in_parent();

}  // namespace taipan
