// Module _json: the fast parts of module json.
#include "modules/json/json.h"

#include "modules/module.h"
#include "modules/modules.h"
#include "object/type.h"

namespace taipan::json {
namespace {

Status fill(PyObject* module) {
  TRY(add_functions(module, functions));
  TRY(ready_type(&scanner_type));
  TRY(ready_type(&encoder_type));
  TRY(add_to_module(module, "make_scanner", object(&scanner_type)));
  return add_to_module(module, "make_encoder", object(&encoder_type));
}
constexpr char doc[] = "The fast parts of module json.";

}  // namespace
}  // namespace taipan::json

PyObject* init_json() { return taipan::define_module<"_json", taipan::json::doc, taipan::json::fill>(); }
