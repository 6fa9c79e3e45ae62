// The module _opcode: what the library's dis knows of instructions beyond their names.
#include "bytecode/opcode.h"
#include "modules/module.h"
#include "modules/modules.h"
#include "object/error.h"
#include "object/protocol.h"

namespace taipan {
namespace {

constexpr char stack_effect_doc[] =
    "stack_effect($module, opcode, oparg=None, /, *, jump=None)\n--\n\n"
    "How the instruction changes the depth of the stack.";
Result<Py_ssize_t> stack_effect(PyObject*, int opcode, PyObject* oparg, PyObject* jump) {
  int n = 0;
  if (opcode >= kHaveArgument) {
    if (oparg == Py_None) return raise(PyExc_ValueError, "stack_effect: opcode requires oparg but oparg was not specified");
    n = static_cast<int>(TRY(to_c_ssize(oparg)));
  } else if (oparg != Py_None) {
    return raise(PyExc_ValueError, "stack_effect: opcode does not permit oparg but oparg was specified");
  }
  if (jump != Py_None && jump != Py_True && jump != Py_False)
    return raise(PyExc_ValueError, "stack_effect: jump must be False, True or None");
  const OpcodeInfo* row = opcode >= 0 && opcode < 256 ? &kOpcodes[static_cast<size_t>(opcode)] : nullptr;
  if (!row || !row->exists() || row->specialized) return raise(PyExc_ValueError, "invalid opcode or oparg");
  Py_ssize_t straight = row->effect(n).net(), jumped = row->effect_jumped(n).net();
  if (jump == Py_True) return jumped;
  return jump == Py_False || straight > jumped ? straight : jumped;
}

constexpr char get_specialization_stats_doc[] =
    "get_specialization_stats($module, /)\n--\n\nNone: the statistics of specialised instructions are not kept.";
void get_specialization_stats(PyObject*) {}

constinit PyMethodDef rows[] = {
    method<stack_effect_doc, stack_effect>,
    method<get_specialization_stats_doc, get_specialization_stats>,
    {},
};
Status fill(PyObject*) { return {}; }
constexpr char doc[] = "Opcode support module.";

}  // namespace
}  // namespace taipan

PyObject* init_opcode() { return taipan::define_module<"_opcode", taipan::doc, taipan::fill, taipan::rows>(); }
