// Module marshal.
#include "runtime/marshal.h"
#include "modules/modules.h"
#include "object/bind.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/int.h"
#include "object/str.h"
#include "runtime/audit.h"
#include "types/buffer.h"
#include "types/module.h"

namespace taipan {
namespace {

Status audit_dump(PyObject* value, int version) {
  if (!has_audit_hooks()) return {};
  Ref<> number = TRY(new_int(version));
  return audit("marshal.dumps", {value, number.get()});
}

constexpr char dump_doc[] =
    "dump($module, value, file, version=4, /)\n--\n\nWrites the value to a binary file, in this "
    "version of the format.";
Ref<> dump(PyObject*, PyObject* value, PyObject* file, int version) {
  TRY(audit_dump(value, version));
  Ref<> bytes = TRY(marshal_dump(value, version));
  return call_method(file, "write"_name, bytes.get());
}

constexpr char load_doc[] = "load($module, file, /)\n--\n\nReads one value from a binary file.";
Ref<> load(PyObject*, PyObject* file) {
  TRY(audit("marshal.load", {}));
  return marshal_load_file(file);
}

constexpr char dumps_doc[] =
    "dumps($module, value, version=4, /)\n--\n\nThe bytes that dump() would write.";
Ref<> dumps(PyObject*, PyObject* value, int version) {
  TRY(audit_dump(value, version));
  return marshal_dump(value, version);
}

constexpr char loads_doc[] =
    "loads($module, bytes, /)\n--\n\nThe value that the bytes stand for; what follows it is "
    "ignored.";
Ref<> loads(PyObject*, PyObject* bytes) {
  BufferView view;
  TRY(view.acquire(bytes));
  if (has_audit_hooks()) {
    Ref<> data = TRY(new_bytes(view.bytes()));
    TRY(audit("marshal.loads", {data.get()}));
  }
  return marshal_load(view.bytes());
}

int exec(PyObject* module) {
  return add_int_to_module(module, "version", marshal::kVersion).to_c();
}

constinit PyMethodDef methods[] = {method<dump_doc, dump>,
                                   method<load_doc, load>,
                                   method<dumps_doc, dumps>,
                                   method<loads_doc, loads>,
                                   {}};
PyModuleDef_Slot slots[] = {{Py_mod_exec, reinterpret_cast<void*>(exec)}, {}};
constexpr char doc[] =
    "Python values as bytes, in the format of .pyc files. Only for values of built-in types "
    "without cycles through\n"
    "user classes, and not for data from strangers: pickle and json are the general tools.";
PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "marshal", doc, 0, methods, slots, nullptr, nullptr, nullptr};

}  // namespace
}  // namespace taipan

PyObject* init_marshal() { return taipan::init_module_def(&taipan::definition); }
