#pragma once
// Trees as text: what ast.dump() gives for them.
#include <string>

#include "syntax/tree.h"

namespace taipan::syntax {

struct DumpOptions {
  bool include_attributes = false;
  int indent = -1;  ///< spaces a level; -1: all on one line
};
std::string dump(const Node* tree, const DumpOptions& options);

}  // namespace taipan::syntax
