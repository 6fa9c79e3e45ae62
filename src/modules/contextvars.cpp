// _contextvars: what contextvars.py names.
#include "modules/module.h"
#include "object/protocol.h"
#include "types/context.h"

namespace taipan {
namespace {

constexpr char contextvars_doc[] = "Context variables.";
constexpr char copy_context_doc[] =
    "copy_context($module, /)\n--\n\n"
    "A shallow copy of the current context.";
Ref<> copy_context_function(PyObject*) { return copy_current_context(); }

constinit PyMethodDef contextvars_rows[] = {method<copy_context_doc, copy_context_function>, {}};

Status fill(PyObject* module) {
  TRY(set_attr(module, "Context"_name, object(&PyContext_Type)));
  TRY(set_attr(module, "ContextVar"_name, object(&PyContextVar_Type)));
  return set_attr(module, "Token"_name, object(&PyContextToken_Type));
}

}  // namespace
}  // namespace taipan

using namespace taipan;

PyObject* init_contextvars() { return define_module<"_contextvars", contextvars_doc, fill, contextvars_rows>(); }
