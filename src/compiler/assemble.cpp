// A unit becomes a code object: the instructions at its head, numbering of cells, the passes, the parts together.
#include <string>

#include "compiler/codegen.h"
#include "compiler/passes.h"
#include "object/bytes.h"
#include "object/name.h"
#include "object/tuple.h"
#include "types/code.h"

namespace taipan::compiler {

namespace {

/// Where each cell and free variable lies among the locals: behind them, but a cell that is a parameter stays there.
struct CellSlots {
  explicit CellSlots(const Unit& u) {
    int locals = int(u.varnames.size());
    int count = int(u.cellvars.size() + u.freevars.size());
    for (int i = 0; i < count; i++) {
      int parameter = i < int(u.cellvars.size()) ? u.varnames.find(u.cellvars[size_t(i)]) : -1;
      before.push_back(parameter >= 0 ? parameter : locals + i);
    }
    int dropped = 0;
    for (int i = 0; i < count; i++) {
      bool is_parameter = before[size_t(i)] != locals + i;
      dropped += is_parameter;
      after.push_back(is_parameter ? before[size_t(i)] : locals + i - dropped);
    }
  }
  std::vector<int> before;  ///< as if nothing shared a slot: the order of MAKE_CELLs
  std::vector<int> after;   ///< the slots in the frame
};

bool uses_cell(Op op) {
  return op == Op::MAKE_CELL || op == Op::LOAD_CLOSURE || op == Op::LOAD_DEREF || op == Op::STORE_DEREF ||
         op == Op::DELETE_DEREF || op == Op::LOAD_CLASSDEREF;
}

/// COPY_FREE_VARS, MAKE_CELL …, RETURN_GENERATOR, POP_TOP in front of all else.
void insert_prefix(Unit& u, const CellSlots& slots, int flags) {
  std::vector<Instruction> prefix;
  auto add = [&](Op op, int operand, Location l = kNoLocation) { prefix.push_back({op, operand, nullptr, nullptr, l}); };
  if (u.freevars.size()) add(Op::COPY_FREE_VARS, int(u.freevars.size()));
  int count = int(u.cellvars.size());
  std::vector<int> order(u.varnames.size() + size_t(count), -1);
  for (int i = 0; i < count; i++) order[size_t(slots.before[size_t(i)])] = i;
  for (int cell : order) {
    if (cell >= 0) add(Op::MAKE_CELL, cell);
  }
  if (flags & (CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR)) {
    add(Op::RETURN_GENERATOR, 0, {u.first_line, u.first_line, -1, -1});
    add(Op::POP_TOP, 0);
  }
  auto& code = u.graph.entry()->code;
  code.insert(code.begin(), prefix.begin(), prefix.end());
}

void place_cells(Unit& u, const CellSlots& slots) {
  for (Block* b = u.graph.entry(); b; b = b->next) {
    for (Instruction& i : b->code) {
      if (uses_cell(i.op)) i.operand = slots.after[size_t(i.operand)];
    }
  }
}

Ref<> tuple_of(const std::vector<PyObject*>& items) {
  return taipan::tuple_of(items.data(), Py_ssize_t(items.size()));
}

template <class T>
Ref<> bytes_of(const std::vector<T>& v) {
  return new_bytes({reinterpret_cast<const char*>(v.data()), v.size() * sizeof(T)});
}

struct Variables {
  std::vector<PyObject*> names;
  std::string kinds;
};

Variables variables_of(const Unit& u) {
  Variables v;
  auto add = [&](PyObject* name, int kind) {
    v.names.push_back(name);
    v.kinds.push_back(char(kind));
  };
  for (PyObject* name : u.varnames.names()) {
    add(name, kLocalVariable | (u.cellvars.find(name) >= 0 ? kCellVariable : 0));
  }
  for (PyObject* name : u.cellvars.names()) {
    if (u.varnames.find(name) < 0) add(name, kCellVariable);
  }
  for (PyObject* name : u.freevars.names()) add(name, kFreeVariable);
  return v;
}

Ref<Code> make_code(Context& c, Unit& u, ConstantCache& cache, const MachineCode& bytes, int flags, int stack_size) {
  Variables variables = variables_of(u);
  Ref<> names = Ref<>(share(TRY(cache.merge(TRY(tuple_of(u.names.names()))))));
  Ref<> constants = Ref<>(share(TRY(cache.merge(TRY(tuple_of(u.constants.items()))))));
  Ref<> locals = Ref<>(share(TRY(cache.merge(TRY(tuple_of(variables.names))))));
  Ref<> kinds = TRY(new_bytes(variables.kinds));
  Ref<> code = TRY(bytes_of(bytes.code));
  Ref<> line_table = TRY(bytes_of(bytes.line_table));
  Ref<> exception_table = TRY(bytes_of(bytes.exception_table));
  return new_code({.filename = c.filename(), .name = u.name, .qualname = u.qualname ? u.qualname : u.name,
                   .flags = flags, .code = code.get(), .first_line = u.first_line, .line_table = line_table.get(),
                   .constants = constants.get(), .names = names.get(), .locals_plus_names = locals.get(),
                   .locals_plus_kinds = kinds.get(), .argcount = u.posonlyargcount + u.argcount,
                   .posonlyargcount = u.posonlyargcount, .kwonlyargcount = u.kwonlyargcount,
                   .stack_size = stack_size, .exception_table = exception_table.get(), .trusted = true});
}

}  // namespace

Ref<Code> Compiler::assemble(bool add_none) {
  Unit& u = *u_;
  FlowGraph& graph = u.graph;
  Block* last = graph.current();
  if (last->empty() || last->last().op != Op::RETURN_VALUE) {
    unset_location();
    if (add_none) TRY(load_none());
    emit(Op::RETURN_VALUE);
  }
  TRY(normalize_blocks(graph));
  int flags = code_flags();
  CellSlots slots(u);
  insert_prefix(u, slots, flags);
  place_cells(u, slots);
  TRY(optimize(graph, u.constants));
  duplicate_exits_without_line(graph);
  trim_unused_constants(graph, u.constants);
  propagate_locations(graph);
  guarantee_lines_for_exits(graph, u.first_line);
  // A generator starts with the value of its first send() on the stack.
  int stack_size = measure_stack(graph, u.scope->is_generator || u.scope->is_coroutine);
  label_handlers(graph);
  remove_nops(graph);
  direct_jumps(graph);
  place(graph);
  return make_code(c_, u, cache_, emit_bytes(graph, u.first_line), flags, stack_size);
}

}  // namespace taipan::compiler
