#pragma once
// The passes over a finished flow graph, in the order in which assemble() runs them.
#include <cstdint>
#include <vector>

#include "compiler/flow_graph.h"
#include "object/ref.h"

namespace taipan::compiler {

class ConstantTable;

/// Jumps past empty blocks. Fails on a graph with code behind a jump inside a block.
Status normalize_blocks(FlowGraph& graph);
/// Peephole rules within each block, inlining of small exits, removal of what cannot be reached.
Status optimize(FlowGraph& graph, ConstantTable& constants);
/// Gives every jump to an exit without a line its own copy, which takes the line of the jump.
void duplicate_exits_without_line(FlowGraph& graph);
/// Drops the constants behind the last one in use (never the first: it may be a docstring).
void trim_unused_constants(FlowGraph& graph, ConstantTable& constants);
void propagate_locations(FlowGraph& graph);
/// An exit that is still without a line takes the line before it.
void guarantee_lines_for_exits(FlowGraph& graph, int first_line);
/// Fills in each block's depth; the deepest.
int measure_stack(FlowGraph& graph, int depth_at_entry);
/// Writes at each instruction where its exceptions go, and turns SETUP_* and POP_BLOCK into nothing.
void label_handlers(FlowGraph& graph);
void remove_nops(FlowGraph& graph);
/// Gives jumps their direction.
void direct_jumps(FlowGraph& graph);
/// Places blocks and computes jump distances until the sizes of operands are settled.
void place(FlowGraph& graph);

/// What a code object consists of, in bytes.
struct MachineCode {
  std::vector<uint16_t> code;
  std::vector<uint8_t> line_table, exception_table;
};
MachineCode emit_bytes(FlowGraph& graph, int first_line);

}  // namespace taipan::compiler
