// _string: the parsing of format strings, for string.Formatter.
#include "modules/module.h"
#include "types/rows.h"
#include "types/str_methods.h"

namespace taipan {
namespace {

Ref<> parse(PyObject*, PyObject* s) { return formatter_parser(s); }
Ref<> split(PyObject*, PyObject* s) { return formatter_field_name_split(s); }

constinit PyMethodDef rows[] = {
    one_arg<split>(
        "formatter_field_name_split",
        "A field's name as what it begins with and an iterator over the steps behind it."),
    one_arg<parse>(
        "formatter_parser",
        "An iterator over the literal texts of a format string and the fields behind them."),
    {},
};
Status fill(PyObject*) { return {}; }
constexpr char doc[] = "Helpers of the string module.";

}  // namespace
}  // namespace taipan

PyObject* init_string() {
  return taipan::define_module<"_string", taipan::doc, taipan::fill, taipan::rows>();
}
