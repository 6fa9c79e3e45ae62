// Module _imp: what importlib is built on. The lock is importlib's global one.
#include <pthread.h>

#include "base/hash.h"
#include "modules/modules.h"
#include "object/bind.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/int.h"
#include "object/str.h"
#include "object/tuple.h"
#include "runtime/config.h"
#include "runtime/extension.h"
#include "runtime/gil.h"
#include "runtime/import.h"
#include "runtime/marshal.h"
#include "types/buffer.h"
#include "types/memoryview.h"
#include "types/module.h"
#include "vm/vm.h"

namespace taipan {
namespace {

// -- the import lock ------------------------------------------------------------------------

pthread_mutex_t import_mutex = PTHREAD_MUTEX_INITIALIZER;
PyThreadState* lock_owner = nullptr;
int lock_level = 0;

constexpr char lock_held_doc[] =
    "lock_held($module, /)\n--\n\nIs the import lock held by some thread?";
bool lock_held(PyObject*) { return lock_owner != nullptr; }

constexpr char acquire_lock_doc[] =
    "acquire_lock($module, /)\n--\n\nTakes the import lock; a thread may take it several times.";
void acquire_lock(PyObject*) {
  PyThreadState* me = current_thread();
  if (lock_owner == me) {
    lock_level++;
    return;
  }
  if (pthread_mutex_trylock(&import_mutex)) {
    WithoutGil unlocked;
    pthread_mutex_lock(&import_mutex);
  }
  lock_owner = me;
  lock_level = 1;
}

constexpr char release_lock_doc[] = "release_lock($module, /)\n--\n\nGives the import lock back.";
Status release_lock(PyObject*) {
  if (lock_owner != current_thread())
    return raise(PyExc_RuntimeError, "not holding the import lock");
  if (--lock_level == 0) {
    lock_owner = nullptr;
    pthread_mutex_unlock(&import_mutex);
  }
  return {};
}

// -- built-in and extension modules ---------------------------------------------------------

constexpr char is_builtin_doc[] =
    "is_builtin($module, name, /)\n--\n\n1 if there is a built-in module of this name, -1 if it "
    "cannot be made anew, else 0.";
Result<int> is_builtin(PyObject*, Str& name) {
  std::string_view text = utf8_or_question(object(name));
  if (!find_builtin_module(text)) return 0;
  return text == "sys" || text == "builtins" ? -1 : 1;
}

constexpr char create_builtin_doc[] =
    "create_builtin($module, spec, /)\n--\n\nMakes a built-in module.";
Ref<> create_builtin(PyObject*, PyObject* spec) {
  Ref<> name = TRY(get_attr(spec, "name"_name));
  if (!PyUnicode_Check(name.get()))
    return raise(PyExc_TypeError, "expected str, got {}", type_name(name.get()));
  std::string_view text = utf8_or_question(name.get());
  const BuiltinModule* row = find_builtin_module(text);
  if (!row) return none();
  if (text == "sys" || text == "builtins") {
    Ref<> present = TRY(imported_module(name.get()));
    if (present) return present;
  }
  return create_builtin_module(*row, spec);
}

Result<int> exec_module_object(PyObject* module) {
  if (!PyModule_Check(module)) return 0;
  auto* m = reinterpret_cast<Module*>(module);
  if (!m->def || !m->def->m_slots || m->state) return 0;
  TRY(exec_module(module, m->def));
  return 0;
}
constexpr char exec_builtin_doc[] =
    "exec_builtin($module, mod, /)\n--\n\nInitialises a built-in module.";
Result<int> exec_builtin(PyObject*, PyObject* mod) { return exec_module_object(mod); }
constexpr char exec_dynamic_doc[] =
    "exec_dynamic($module, mod, /)\n--\n\nInitialises an extension module.";
Result<int> exec_dynamic(PyObject*, PyObject* mod) { return exec_module_object(mod); }

constexpr char create_dynamic_doc[] =
    "create_dynamic($module, spec, file=<unrepresentable>, /)\n--\n\nLoads an extension module.";
Ref<> create_dynamic(PyObject*, PyObject* spec, PyObject*) { return load_extension(spec); }

constexpr char extension_suffixes_doc[] =
    "extension_suffixes($module, /)\n--\n\nThe endings of extension modules' file names.";
Ref<> extension_suffixes(PyObject*) {
  Ref<List> list = TRY(new_list());
  for (const char* suffix : {".cpython-311-x86_64-linux-gnu.so", ".abi3.so", ".so"}) {
    Ref<> text = TRY(new_str(suffix));
    TRY(list_append(object(list.get()), text.get()));
  }
  return list;
}

// -- frozen modules -------------------------------------------------------------------------

Raised no_frozen(PyObject* name) {
  Ref<> text = TRY(format_str("No such frozen object named {}", as_repr(name)));
  Ref<Tuple> names = TRY(new_tuple(1));
  names->ob_item[0] = Py_NewRef("name"_name);
  PyObject* items[] = {text.get(), name};
  Ref<> error = TRY(vectorcall(PyExc_ImportError, items, 1, object(names.get())));
  return raise_value(PyExc_ImportError, error.get());
}
const FrozenModule* find(Str& name) { return find_frozen_module(utf8_or_question(object(name))); }

int frozen_override = 0;
/// Are the modules used that a start does not strictly need? (-X frozen_modules=off)
bool use_frozen(const FrozenModule* m) {
  if (!m) return false;
  std::string_view name = m->name;
  if (name == "_frozen_importlib" || name == "_frozen_importlib_external" || name == "zipimport")
    return true;
  if (frozen_override) return frozen_override > 0;
  return config.frozen_modules;
}

constexpr char is_frozen_doc[] =
    "is_frozen($module, name, /)\n--\n\nIs there a frozen module of this name?";
bool is_frozen(PyObject*, Str& name) { return use_frozen(find(name)); }

constexpr char is_frozen_package_doc[] =
    "is_frozen_package($module, name, /)\n--\n\nIs the frozen module of this name a package?";
Result<bool> is_frozen_package(PyObject*, Str& name) {
  const FrozenModule* m = find(name);
  if (!m) return no_frozen(object(name));
  return m->is_package;
}

constexpr char find_frozen_doc[] =
    "find_frozen($module, name, /, *, withdata=False)\n--\n\n"
    "None, or (data, is it a package?, the name it was made from); data only if it is wanted.";
Ref<> find_frozen(PyObject*, Str& name, bool withdata) {
  const FrozenModule* m = find(name);
  if (!use_frozen(m)) return none();
  Ref<> data = none();
  if (withdata) {
    Ref<> code = TRY(frozen_code(*m));
    Ref<> bytes = TRY(marshal_dump(code.get(), marshal::kVersion));
    data = TRY(new_memoryview(bytes.get()));
  }
  Ref<> original = m->origin ? TRY(new_str(m->origin)) : none();
  return tuple_of({data.get(), m->is_package ? Py_True : Py_False, original.get()});
}

constexpr char get_frozen_object_doc[] =
    "get_frozen_object($module, name, data=None, /)\n--\n\nThe code of a frozen module, or of its "
    "data.";
Ref<> get_frozen_object(PyObject*, Str& name, PyObject* data) {
  if (data != Py_None) {
    BufferView view;
    TRY(view.acquire(data));
    Ref<> code = marshal_load(view.bytes());
    if (code && !PyCode_Check(code.get()))
      return raise(PyExc_TypeError, "frozen object {} is not a code object", as_repr(object(name)));
    return code;
  }
  const FrozenModule* m = find(name);
  if (!use_frozen(m)) return no_frozen(object(name));
  return frozen_code(*m);
}

constexpr char init_frozen_doc[] = "init_frozen($module, name, /)\n--\n\nImports a frozen module.";
Ref<> init_frozen(PyObject*, Str& name) {
  const FrozenModule* m = find(name);
  if (!m) return none();
  Ref<> code = TRY(frozen_code(*m));
  PyObject* module = TRY(add_module(m->name));
  Ref<> kept = share(module);
  TRY(done(eval_code(*reinterpret_cast<Code*>(code.get()), module_dict(module))));
  return kept;
}

constexpr char frozen_names_doc[] =
    "_frozen_module_names($module, /)\n--\n\nThe names of the frozen modules.";
Ref<> frozen_names(PyObject*) {
  Ref<List> names = TRY(new_list());
  for (const FrozenModule& m : frozen_modules()) {
    Ref<> name = TRY(new_str(m.name));
    TRY(list_append(object(names.get()), name.get()));
  }
  return names;
}
constexpr char override_doc[] =
    "_override_frozen_modules_for_tests($module, override, /)\n--\n\nTurns frozen modules on (1), "
    "off (-1), or back to the default (0).";
void override_frozen(PyObject*, int override) { frozen_override = override; }

// -- code -----------------------------------------------------------------------------------

constexpr char fix_co_filename_doc[] =
    "_fix_co_filename($module, code, path, /)\n--\n\nChanges the file name in a code object and "
    "those inside it.";
Status fix_co_filename(PyObject*, Code& code, Str& path) {
  if (str_equal(code.co_filename, object(path))) return {};
  Ref<> old = share(code.co_filename);
  return set_code_filename(object(code), old.get(), object(path));
}

constexpr char source_hash_doc[] =
    "source_hash($module, /, key, source)\n--\n\nThe hash by which hash-based .pyc files know "
    "their source: eight bytes.";
Ref<> source_hash(PyObject*, long long key, PyObject* source) {
  BufferView view;
  TRY(view.acquire(source));
  uint64_t hash = siphash13({static_cast<uint64_t>(key), 0}, view.data(), view.bytes().size());
  return new_bytes({reinterpret_cast<const char*>(&hash), sizeof hash});
}

int exec(PyObject* module) {
  Ref<> policy = new_str(config.check_hash_pycs);
  return policy ? add_to_module(module, "check_hash_based_pycs", policy.get()).to_c() : -1;
}

constinit PyMethodDef methods[] = {
    method<lock_held_doc, lock_held>,
    method<acquire_lock_doc, acquire_lock>,
    method<release_lock_doc, release_lock>,
    method<extension_suffixes_doc, extension_suffixes>,
    method<is_builtin_doc, is_builtin>,
    method<create_builtin_doc, create_builtin>,
    method<exec_builtin_doc, exec_builtin>,
    method<create_dynamic_doc, create_dynamic>,
    method<exec_dynamic_doc, exec_dynamic>,
    method<is_frozen_doc, is_frozen>,
    method<is_frozen_package_doc, is_frozen_package>,
    method<find_frozen_doc, find_frozen>,
    method<get_frozen_object_doc, get_frozen_object>,
    method<init_frozen_doc, init_frozen>,
    method<frozen_names_doc, frozen_names>,
    method<override_doc, override_frozen>,
    method<fix_co_filename_doc, fix_co_filename>,
    method<source_hash_doc, source_hash>,
    {},
};
PyModuleDef_Slot slots[] = {{Py_mod_exec, reinterpret_cast<void*>(exec)}, {}};
constexpr char doc[] =
    "The lowest part of importing: locks, built-in, frozen and extension modules.";
PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_imp", doc, 0, methods, slots, nullptr, nullptr, nullptr};

}  // namespace
}  // namespace taipan

PyObject* init_imp() { return taipan::init_module_def(&taipan::definition); }
