// Module posix.
#include "modules/posix/posix.h"

#include "modules/module.h"
#include "modules/modules.h"

namespace taipan::posix {

extern PyMethodDef stat_functions[];

static constexpr char doc[] =
    "What the operating system offers, as directly as possible. Programs use module os.";

static Status fill(PyObject* module) {
  for (PyMethodDef* rows : {stat_functions, path_functions, file_functions, directory_functions,
                            process_functions, identity_functions, scheduling_functions, system_functions})
    TRY(add_functions(module, rows));
  TRY(add_constants(module));
  TRY(add_types(module));
  TRY(add_directory_types(module));
  TRY(add_process_types(module));
  TRY(add_scheduling_types(module));
  TRY(add_system_types(module));
  TRY(add_limit_names(module));
  return add_to_module(module, "environ", make_environment());
}

}  // namespace taipan::posix

PyObject* init_posix() {
  return taipan::define_module<"posix", taipan::posix::doc, taipan::posix::fill>();
}
