// Start and stop. The order of start is the order of need: a current thread, hash key, names, small
// ints, types, exceptions, then modules, import, streams. The order of stop is CPython's, since
// programs see it in what their finalizers still find.
#include "runtime/lifecycle.h"

#include <pthread.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "base/hash.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/exceptions.h"
#include "object/gc.h"
#include "object/gc_start.h"
#include "object/hooks.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "object/weakref.h"
#include "runtime/config.h"
#include "runtime/dump_traceback.h"
#include "runtime/frozen_image.h"
#include "runtime/gil.h"
#include "runtime/import.h"
#include "runtime/pending.h"
#include "runtime/thread_state.h"
#include "types/code.h"
#include "types/dict.h"
#include "types/generic_alias.h"
#include "types/iterators.h"
#include "runtime/traceback_print.h"
#include "runtime/warnings.h"
#include "types/codecs.h"
#include "types/context.h"
#include "types/module.h"
#include "vm/vm.h"

namespace taipan {

void (*run_exit_callbacks)() = nullptr;
void (*stop_fault_handler)() = nullptr;

namespace {

bool started = false;

/// `state`: how far the start had come.
bool fail(const char* what, const char* state = "preinitialized") {
  fflush(stdout);
  fprintf(stderr, "Fatal Python error: %s\nPython runtime state: %s\n", what, state);
  fflush(stderr);
  if (current_thread() && pending_error()) print_pending_to_stderr();
  fprintf(stderr, "\nCurrent thread 0x%016lx (most recent call first):\n  <no Python frame>\n", pthread_self());
  return false;
}
bool fail_late(const char* what) { return fail(what, "core initialized"); }

/// What decides where modules are searched for: shown when not even `encodings` can be imported.
void show_path_configuration() {
  auto text = [](const char* name, const char* value) {
    if (value)
      fprintf(stderr, "  %s = '%s'\n", name, value);
    else
      fprintf(stderr, "  %s = (not set)\n", name);
  };
  const Config& c = config;
  fputs("Python path configuration:\n", stderr);
  text("PYTHONHOME", c.home);
  text("PYTHONPATH", python_env("PYTHONPATH"));
  text("program name", c.program);
  fprintf(stderr, "  isolated = %d\n  environment = %d\n  user site = %d\n  safe_path = %d\n  import site = %d\n", c.isolated,
          !c.ignore_environment, !c.no_user_site, c.safe_path, !c.no_site);
  fputs("  is in build tree = 0\n", stderr);
  text("stdlib dir", library_folder());
  text("sys._base_executable", c.base_executable);
  text("sys.base_prefix", c.prefix);
  text("sys.base_exec_prefix", c.exec_prefix);
  text("sys.platlibdir", "lib");
  text("sys.executable", c.executable);
  text("sys.prefix", c.prefix);
  text("sys.exec_prefix", c.exec_prefix);
  fputs("  sys.path = [\n", stderr);
  for (const char* folder : {library_zip(), library_folder(), extension_folder()}) fprintf(stderr, "    '%s',\n", folder);
  fputs("  ]\n", stderr);
}

bool fail_without_encodings() {
  show_path_configuration();
  return fail_late("init_fs_encoding: failed to get the Python codec of the filesystem encoding");
}

/// Crashes show tracebacks: module faulthandler, before anything else can go wrong.
Status start_faulthandler() {
  Ref<> enable = TRY(import_attribute("faulthandler", "enable"));
  return done(call(enable.get()));
}

bool start_hashes() {
  if (config.use_hash_seed) {
    hash_secret = hash_secret_from_seed(config.hash_seed);
    return true;
  }
  return hash_secret_from_system(hash_secret);
}

void fill_hooks() {
  hooks.import_module = [](const char* name) { return import_module(name); };
  hooks.warn = warn_at_level;
  hooks.warn_explicit = [](PyObject* category, PyObject* text, PyObject* filename, int line) {
    return warn_explicit(category, text, filename, line, nullptr, nullptr, nullptr, nullptr);
  };
  hooks.unraisable = report_unraisable;
  hooks.handle_pending = handle_pending;
  hooks.new_static_method = make_static_method;
  hooks.new_class_method = make_class_method;
  hooks.new_mapping_proxy = make_mapping_proxy;
  hooks.new_union = make_union;
  hooks.new_generic_alias = make_generic_alias;
  hooks.find_in_module = find_in_module;
  hooks.new_sequence_iterator = [](PyObject* sequence) { return new_index_iterator(&PySeqIter_Type, sequence); };
}

/// Types, from nothing to instances of every one.
bool start_objects() {
  if (!start_hashes()) return fail("failed to get random numbers to initialize Python");
  if (!intern_static_names() || !start_ints())
    return fail("no memory for the first objects");
  std::span<PyTypeObject* const> lists[] = {
      all_static_types(), {exception_types, exception_type_count}, vm_types()};
  // Making a type ready may raise and drop AttributeErrors: every type object must look like one by then.
  for (auto list : lists)
    for (PyTypeObject* type : list)
      if (!Py_TYPE(object(type))) Py_SET_TYPE(object(type), &PyType_Type);
  // Static methods of the other types are instances of this one.
  if (!ready_type(&PyStaticMethod_Type)) return fail("cannot make the built-in types ready");
  for (auto list : lists)
    if (!ready_types(list.data(), list.size())) return fail("cannot make the built-in types ready");
  if (!gc_start() || !start_exceptions() || !start_contexts()) return fail("cannot make the exceptions");
  return true;
}

Status start_module(const char* name) {
  const BuiltinModule* row = find_builtin_module(name);
  if (!row) return raise(PyExc_SystemError, "the module table lacks {}", name);
  Ref<> spec = TRY(new_early_spec("InitialSpec", name));
  Ref<> module = TRY(create_builtin_module(*row, spec.get()));
  if (auto* def = reinterpret_cast<Module*>(module.get())->def) TRY(exec_module(module.get(), def));
  Ref<> key = TRY(new_interned(name));
  return dict_set(interpreter().modules, key.get(), module.get());
}

Status start_core_modules() {
  interpreter().modules = object(TRY(new_dict()).release());
  TRY(start_module("sys"));
  TRY(start_module("builtins"));
  PyObject* builtins = TRY(dict_find(interpreter().modules, "builtins"_name));
  PyObject* sys = TRY(dict_find(interpreter().modules, "sys"_name));
  interpreter().builtins = Py_NewRef(module_dict(builtins));
  interpreter().sysdict = Py_NewRef(module_dict(sys));
  TRY(sys_set("modules"_name, interpreter().modules));
  interpreter().import_func = Py_XNewRef(dict_find_name(interpreter().builtins, "__import__"_name));
  interpreter().builtins_copy = object(TRY(dict_copy(interpreter().builtins)).release());
  return {};
}

Status start_main_module() {
  PyObject* main = TRY(add_module("__main__"));
  PyObject* dict = module_dict(main);
  Ref<Dict> annotations = TRY(new_dict());
  TRY(dict_set(dict, "__annotations__"_name, object(annotations.get())));
  PyObject* builtins = TRY(dict_find(interpreter().modules, "builtins"_name));
  TRY(dict_set(dict, "__builtins__"_name, builtins));
  Ref<> importer = import_attribute("_frozen_importlib", "BuiltinImporter");
  if (!importer) return Raised{};
  return dict_set(dict, "__loader__"_name, importer.get());
}

bool has_warn_options() {
  PyObject* options = sys_get("warnoptions"_name);
  return options && PyList_Check(options) && Py_SIZE(options) > 0;
}

}  // namespace

PyObject* sys_get(PyObject* name) {
  PyObject* dict = interpreter().sysdict;
  return dict ? dict_find_name(dict, name) : nullptr;
}
Status sys_set(PyObject* name, PyObject* value) {
  if (!value) {
    TRY(dict_remove(interpreter().sysdict, name));
    return {};
  }
  return dict_set(interpreter().sysdict, name, value);
}

bool is_started() { return started; }

void fatal_error(const char* where, const char* what) {
  if (stop_fault_handler) stop_fault_handler();
  fprintf(stderr, where ? "Fatal Python error: %s: %s\n" : "Fatal Python error: %s%s\n",
          where ? where : "", what);
  if (started) {
    fprintf(stderr, "Python runtime state: initialized\n\n");
    fflush(stderr);
    dump_all_tracebacks(2, own_thread_state());
    dump_extension_modules(2);
  }
  fflush(stderr);
  abort();
}

bool start(std::span<const BuiltinModule> modules) {
  builtin_modules = modules;
  set_main_thread();
  start_gil();
  interpreter().optimization = config.optimization;
  keep_columns = config.code_debug_ranges;
  fs_is_ascii = !strcmp(config.fs_encoding, "ascii");
  if (config.int_max_str_digits >= 0) interpreter().int_max_str_digits = config.int_max_str_digits;
  PyThreadState* ts = new_thread_state();
  if (!ts) return fail("can't make first thread");
  adopt_thread_state(ts);
  take_gil(ts);
  fill_hooks();
  prepare_frozen_objects();
  start_vm();
  if (!start_objects()) return false;
  gc_set_started(false);
  if (!start_core_modules()) return fail("can't initialize builtins and sys");
  started = true;
  if (x_option("bare")) {
    gc_set_started(true);
    if (make_bare_streams() && add_module("__main__")) return true;
    return fail("cannot start");
  }
  if (!make_early_stderr() || !start_import()) return fail_late("init_importlib: can't import importlib");
  if (config.install_signal_handlers) {
    start_signals();
    if (!import_module("_signal")) return fail_late("can't import signal");
  }
  if (!import_module("encodings")) return fail_without_encodings();
  if (!check_stdio_encoding())
    return fail_late("init_stdio_encoding: failed to get the Python codec name of the stdio encoding");
  if (config.faulthandler && !start_faulthandler()) return fail_late("can't enable the fault handler");
  if (!make_std_streams()) return fail_late("init_sys_streams: can't initialize sys standard streams");
  if (!start_main_module()) return fail_late("can't add __main__");
  if (has_warn_options() && !import_module("warnings")) clear_error();
  if (!config.no_site && !import_module("site")) {
    report_uncaught();
    return false;
  }
  gc_set_started(true);
  return true;
}

// -- stop -----------------------------------------------------------------------------------

namespace {

void join_threads() {
  Ref<> name = new_str("threading");
  if (!name) return clear_error();
  PyObject* threading = dict_find_name(interpreter().modules, name.get());
  if (!threading) return;
  Ref<> kept = share(threading);
  if (!call_method(threading, "_shutdown"_name)) write_unraisable(threading);
}

// What a module's finalizers must not find half dead; the streams go back to the original ones.
void forget_sys_attributes() {
  static constexpr const char* kNames[] = {"path",
                                           "argv",
                                           "ps1",
                                           "ps2",
                                           "last_type",
                                           "last_value",
                                           "last_traceback",
                                           "path_hooks",
                                           "path_importer_cache",
                                           "meta_path",
                                           "__interactivehook__"};
  for (const char* name : kNames) {
    Ref<> key = new_interned(name);
    if (!key || !sys_set(key.get(), Py_None)) write_unraisable(nullptr);
  }
  const struct {
    PyObject *name, *original;
  } streams[] = {{"stdin"_name, "__stdin__"_name},
                 {"stdout"_name, "__stdout__"_name},
                 {"stderr"_name, "__stderr__"_name}};
  for (auto& s : streams) {
    PyObject* value = sys_get(s.original);
    if (!sys_set(s.name, value ? value : Py_None)) write_unraisable(nullptr);
  }
  if (!dict_set(interpreter().builtins, "_"_name, Py_None)) write_unraisable(nullptr);
}

/// Lets go of sys.modules' modules; weak references remember them in the order of their import.
Ref<List> release_modules() {
  Ref<List> survivors = new_list();
  PyObject* modules = interpreter().modules;
  if (!survivors || !PyDict_CheckExact(modules)) return survivors;
  Py_ssize_t position = 0;
  PyObject *key, *value;
  while (dict_next(modules, &position, &key, &value)) {
    if (PyModule_Check(value)) {
      Ref<> name = share(key), reference = new_weakref(value);
      Ref<> pair = reference ? tuple_of({key, reference.get()}) : Ref<>();
      if (!pair || !list_append(object(survivors.get()), pair.get())) write_unraisable(nullptr);
    }
    if (!dict_set(modules, key, Py_None)) write_unraisable(nullptr);
  }
  dict_clear(modules);
  return survivors;
}

/// The modules that something still refers to lose their content, the last imported first.
void empty_survivors(PyObject* survivors) {
  for (Py_ssize_t i = Py_SIZE(survivors); i-- > 0;) {
    PyObject* pair = PyList_GET_ITEM(survivors, i);
    PyObject* module = reinterpret_cast<PyWeakReference*>(item(pair, 1))->wr_object;
    if (!module || module == Py_None) continue;
    PyObject* dict = module_dict(module);
    if (!dict || dict == interpreter().builtins || dict == interpreter().sysdict) continue;
    Ref<> kept = share(module);
    Ref<> kept_dict = share(dict);
    clear_module_dict(dict);
  }
}

/// Objects that the collector had to leave alone are a program's fault worth a warning.
void tell_of_garbage() {
  PyObject* garbage = gc_state.garbage;
  if (!garbage || !Py_SIZE(garbage) || (gc_state.debug & kGcDebugSaveAll)) return;
  bool lists = gc_state.debug & kGcDebugUncollectable;
  Ref<> text = format_str("gc: {} uncollectable objects at shutdown{}", Py_SIZE(garbage),
                          lists ? "" : "; use gc.set_debug(gc.DEBUG_UNCOLLECTABLE) to list them");
  Ref<> name = new_str("gc");
  if (!text || !name ||
      !warn_explicit(PyExc_ResourceWarning, text.get(), name.get(), 0, name.get(), nullptr, nullptr, nullptr))
    write_unraisable(nullptr);
  if (!lists) return;
  Ref<> shown = repr(garbage);
  if (!shown) return write_unraisable(garbage);
  write_stderr("      ");
  write_stderr(shown.get());
  write_stderr("\n");
}

/// What the program put into builtins goes, and what it replaced comes back: finalizers still print.
void restore_builtins() {
  PyInterpreterState& interp = interpreter();
  Ref<Dict> old = dict_copy(interp.builtins);  // dies when the dict is whole again
  dict_clear(interp.builtins);
  if (!old || !dict_merge(interp.builtins, interp.builtins_copy, 1)) clear_error();
}

void finalize_modules() {
  PyInterpreterState& interp = interpreter();
  forget_sys_attributes();
  Ref<List> survivors = release_modules();
  restore_builtins();
  gc_collect_at_exit(true);
  tell_of_garbage();
  if (survivors) empty_survivors(object(survivors.get()));
  survivors.reset();
  clear_module_dict(interp.sysdict);
  restore_builtins();
  gc_collect_at_exit(true);
}

void drop_interpreter_objects() {
  PyInterpreterState& interp = interpreter();
  PyObject** fields[] = {
      &interp.codec_search_path, &interp.codec_search_cache, &interp.codec_error_registry,
      &interp.importlib,         &interp.import_func,        &interp.dict,
      &interp.modules,           &interp.builtins_copy};
  for (PyObject** field : fields) clear_field(*field);
  if (interp.sysdict) dict_clear(interp.sysdict);
  clear_field(interp.sysdict);
  if (interp.builtins) dict_clear(interp.builtins);
  clear_field(interp.builtins);
}

}  // namespace

int stop() {
  if (!started) return 0;
  PyThreadState* ts = current_thread();
  join_threads();
  finish_pending_calls();
  if (run_exit_callbacks) run_exit_callbacks();
  int status = flush_std_streams() ? 0 : 120;
  finalizing_thread = ts;
  interpreter().finalizing = 1;
  started = false;
  stop_signals();
  if (gc_state.enabled) gc_collect_at_exit(false);
  finalize_modules();
  if (stop_fault_handler) stop_fault_handler();
  if (!flush_std_streams()) status = 120;
  clear_error();
  bool count = getenv("TAIPAN_LIVE_OBJECTS") != nullptr;
  if (count) {  // for leak tests: what is still there when everything has been let go
    clear_thread_state(ts);
    drop_interpreter_objects();
    gc_collect(2);
    stop_exceptions();
    fprintf(stderr, "live objects: %lld\n", static_cast<long long>(allocated_blocks()));
  }
  return status;
}

}  // namespace taipan
