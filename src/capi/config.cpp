// initconfig.h as far as a running interpreter can answer: the configuration in force as C structure and as dict.
#include "runtime/config.h"

#include <cstring>

#include "capi/export.h"
#include "object/bind.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/int.h"
#include "object/name.h"
#include "object/str.h"

using namespace taipan;

namespace {
struct IntField {
  const char* name;
  int PyConfig::*field;
};
#define F(NAME) {#NAME, &PyConfig::NAME}
constexpr IntField int_fields[] = {
    F(_config_init), F(isolated), F(use_environment), F(dev_mode), F(install_signal_handlers), F(use_hash_seed), F(faulthandler),
    F(tracemalloc), F(import_time), F(code_debug_ranges), F(show_ref_count), F(dump_refs), F(malloc_stats), F(parse_argv),
    F(site_import), F(bytes_warning), F(warn_default_encoding), F(inspect), F(interactive), F(optimization_level),
    F(parser_debug), F(write_bytecode), F(verbose), F(quiet), F(user_site_directory), F(configure_c_stdio), F(buffered_stdio),
    F(use_frozen_modules), F(safe_path), F(pathconfig_warnings), F(skip_source_first_line), F(_install_importlib), F(_init_main),
    F(_isolated_interpreter), F(_is_python_build)};
#undef F

PyObject* not_for_changing() {
  raise(PyExc_NotImplementedError, "the configuration of a running interpreter cannot be read or changed in this way");
  return nullptr;
}
}  // namespace

CAPI void PyConfig_InitIsolatedConfig(PyConfig* c) {
  memset(c, 0, sizeof *c);
  c->_config_init = 3;
  c->isolated = c->safe_path = 1;
  c->code_debug_ranges = c->site_import = c->write_bytecode = c->buffered_stdio = c->_install_importlib = c->_init_main = 1;
}
CAPI void PyConfig_Clear(PyConfig*) {}
CAPI int _PyInterpreterState_GetConfigCopy(PyConfig* c) {
  PyConfig_InitIsolatedConfig(c);
  c->_config_init = 2;
  c->isolated = config.isolated;
  c->use_environment = !config.ignore_environment;
  c->dev_mode = config.dev_mode;
  c->install_signal_handlers = config.install_signal_handlers;
  c->use_hash_seed = config.use_hash_seed;
  c->hash_seed = config.hash_seed;
  c->site_import = !config.no_site;
  c->bytes_warning = config.bytes_warning;
  c->warn_default_encoding = config.warn_default_encoding;
  c->inspect = config.inspect;
  c->interactive = config.interactive;
  c->optimization_level = config.optimization;
  c->parser_debug = config.debug;
  c->write_bytecode = !config.dont_write_bytecode;
  c->verbose = config.verbose;
  c->quiet = config.quiet;
  c->user_site_directory = !config.no_user_site;
  c->buffered_stdio = config.buffered_stdio;
  c->safe_path = config.safe_path;
  c->skip_source_first_line = config.skip_first_line;
  c->code_debug_ranges = config.code_debug_ranges;
  c->use_frozen_modules = 1;
  return 0;
}
/// The numbers only: the texts are sys's to tell.
CAPI PyObject* _PyConfig_AsDict(const PyConfig* c) {
  Ref<Dict> made = new_dict();
  if (!made) return nullptr;
  for (const IntField& f : int_fields) {
    Ref<> name = new_str(f.name), value = new_int(c->*f.field);
    if (!name || !value || !dict_set(object(made.get()), name.get(), value.get())) return nullptr;
  }
  Ref<> seed = new_int_unsigned(c->hash_seed);
  if (!seed || !dict_set(object(made.get()), "hash_seed"_name, seed.get())) return nullptr;
  return lower(std::move(made));
}
CAPI int _PyConfig_FromDict(PyConfig*, PyObject*) { return not_for_changing() ? 0 : -1; }
CAPI int _PyInterpreterState_SetConfig(const PyConfig*) { return not_for_changing() ? 0 : -1; }
CAPI PyObject* _Py_GetConfigsAsDict() { return not_for_changing(); }
CAPI PyObject* _Py_Get_Getpath_CodeObject() { return not_for_changing(); }
CAPI void _PyPathConfig_ClearGlobal() {}
