#pragma once
// For fuzzers that need a running interpreter: started once, without site.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "compiler/compile.h"
#include "modules/modules.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "runtime/config.h"
#include "runtime/lifecycle.h"
#include "vm/verify.h"
#include "vm/vm.h"

namespace taipan::fuzz {

inline void start_interpreter() {
  config.executable = "/nowhere/taipan";
  config.no_site = 1;
  config.dont_write_bytecode = 1;
  config.use_hash_seed = true;
  if (!config.warn_options.append("ignore") || !start(module_table())) abort();
}

[[noreturn]] inline void die_of_pending(const char* what) {
  fprintf(stderr, "%s\n", what);
  report_uncaught();
  abort();
}

/// Runs Python source and gives what it binds to `name`; never dies.
inline PyObject* define(const char* source, PyObject* name) {
  PyObject* globals = object(new_dict().release());
  Ref<> code = Ref<>(compile_source(source, false, SourceMode::kExec, new_str("<harness>").release(), {}));
  if (!code) die_of_pending("the harness does not compile");
  Ref<> builtins = share(interpreter().builtins);
  if (!dict_set(globals, "__builtins__"_name, builtins.get()) || !eval_code(*reinterpret_cast<Code*>(code.get()), globals))
    die_of_pending("the harness does not run");
  PyObject* found = dict_find_name(globals, name);
  if (!found) abort();
  return found;
}

/// Every so often the cycles that inputs leave behind are collected.
inline void tidy() {
  static int inputs = 0;
  clear_error();
  if (++inputs % 500 == 0) gc_collect(2);
}

}  // namespace taipan::fuzz
