// The module _pickle: its functions, exceptions, and what it takes from the library.
#include "modules/module.h"

#include "modules/modules.h"
#include "modules/pickle/pickle.h"
#include "object/bind.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/type.h"
#include "runtime/import.h"

namespace taipan::pickling {

constinit Library library{};

namespace {

constexpr char module_doc[] = "What the module pickle does, made for speed.";

constexpr char dump_doc[] =
    "dump($module, /, obj, file, protocol=None, *, fix_imports=True,\n"
    "     buffer_callback=None)\n--\n\n"
    "Write an object to a binary file, as Pickler(file, protocol).dump(obj) does.";
Status dump_function(PyObject*, PyObject* o, PyObject* file, PyObject* protocol, bool fix_imports, PyObject* buffer_callback) {
  Ref<Pickler> p = TRY(new_pickler());
  TRY(set_protocol(*p, protocol, fix_imports));
  TRY(set_output_file(*p, file));
  TRY(set_buffer_callback(*p, buffer_callback));
  TRY(clear_output(*p));
  TRY(dump(*p, o));
  return flush_to_file(*p);
}
constexpr char dumps_doc[] =
    "dumps($module, /, obj, protocol=None, *, fix_imports=True,\n"
    "      buffer_callback=None)\n--\n\n"
    "An object as bytes, which loads() reads.";
Ref<> dumps_function(PyObject*, PyObject* o, PyObject* protocol, bool fix_imports, PyObject* buffer_callback) {
  Ref<Pickler> p = TRY(new_pickler());
  TRY(set_protocol(*p, protocol, fix_imports));
  TRY(set_buffer_callback(*p, buffer_callback));
  TRY(clear_output(*p));
  TRY(dump(*p, o));
  return take_output(*p);
}
constexpr char load_doc[] =
    "load($module, /, file, *, fix_imports=True, encoding='ASCII',\n"
    "     errors='strict', buffers=())\n--\n\n"
    "Read an object from a binary file, as Unpickler(file).load() does.";
Ref<> load_function(PyObject*, PyObject* file, bool fix_imports, std::string_view encoding, std::string_view errors, PyObject* buffers) {
  Ref<Unpickler> u = TRY(new_unpickler());
  TRY(set_input_file(*u, file));
  TRY(set_encoding(*u, encoding, errors));
  TRY(set_buffers(*u, buffers));
  u->fix_imports = fix_imports;
  return load(*u);
}
constexpr char loads_doc[] =
    "loads($module, data, /, *, fix_imports=True, encoding='ASCII',\n"
    "      errors='strict', buffers=())\n--\n\n"
    "The object that bytes of dumps() say. What follows it is ignored.";
Ref<> loads_function(PyObject*, PyObject* data, bool fix_imports, std::string_view encoding, std::string_view errors,
                     PyObject* buffers) {
  Ref<Unpickler> u = TRY(new_unpickler());
  TRY(set_input(*u, data));
  TRY(set_encoding(*u, encoding, errors));
  TRY(set_buffers(*u, buffers));
  u->fix_imports = fix_imports;
  return load(*u);
}

constinit PyMethodDef rows[] = {
    method<dump_doc, dump_function>, method<dumps_doc, dumps_function>, method<load_doc, load_function>,
    method<loads_doc, loads_function>, {},
};

// -- the library --

Status take(PyObject** field, const char* module, const char* name, PyTypeObject* type) {
  Ref<> value = TRY(import_attribute(module, name));
  if (type && Py_TYPE(value.get()) != type)
    return raise(PyExc_RuntimeError, "{}.{} should be a {}, not {}", module, name, type->tp_name, type_name(value.get()));
  replace_field(*field, std::move(value));
  return {};
}
Status take_library() {
  Library& l = library;
  PyTypeObject* dict = &PyDict_Type;
  TRY(take(&l.dispatch_table, "copyreg", "dispatch_table", dict));
  TRY(take(&l.extension_registry, "copyreg", "_extension_registry", dict));
  TRY(take(&l.inverted_registry, "copyreg", "_inverted_registry", dict));
  TRY(take(&l.extension_cache, "copyreg", "_extension_cache", dict));
  TRY(take(&l.names_2to3, "_compat_pickle", "NAME_MAPPING", dict));
  TRY(take(&l.modules_2to3, "_compat_pickle", "IMPORT_MAPPING", dict));
  TRY(take(&l.names_3to2, "_compat_pickle", "REVERSE_NAME_MAPPING", dict));
  TRY(take(&l.modules_3to2, "_compat_pickle", "REVERSE_IMPORT_MAPPING", dict));
  TRY(take(&l.codecs_encode, "codecs", "encode", nullptr));
  TRY(take(&l.getattr, "builtins", "getattr", nullptr));
  return take(&l.partial, "functools", "partial", nullptr);
}
Status make_exception(PyObject** field, const char* name, PyObject* base) {
  Ref<> cls = TRY(new_exception_class("_pickle", name, base));
  replace_field(*field, std::move(cls));
  return {};
}

Status fill(PyObject* module) {
  for (PyTypeObject* type : {&pickler_type, &unpickler_type, &PyPickleBuffer_Type}) TRY(add_type(module, type));
  TRY(ready_type(&pickler_memo_type));
  TRY(ready_type(&unpickler_memo_type));
  TRY(make_exception(&library.pickle_error, "PickleError", nullptr));
  TRY(make_exception(&library.pickling_error, "PicklingError", library.pickle_error));
  TRY(make_exception(&library.unpickling_error, "UnpicklingError", library.pickle_error));
  TRY(add_to_module(module, "PickleError", library.pickle_error));
  TRY(add_to_module(module, "PicklingError", library.pickling_error));
  TRY(add_to_module(module, "UnpicklingError", library.unpickling_error));
  return take_library();
}

}  // namespace
}  // namespace taipan::pickling

PyObject* init_pickle() {
  return taipan::define_module<"_pickle", taipan::pickling::module_doc, taipan::pickling::fill, taipan::pickling::rows>();
}
