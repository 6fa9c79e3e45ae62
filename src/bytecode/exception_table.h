#pragma once
// The exception table of a code object: which handler covers which code units. Entries are sorted and do not
// overlap. Four numbers each (start, length, handler, depth << 1 | lasti) in big-endian groups of six bits;
// the top bit marks an entry's first byte, so that a reader can find entries in the middle of the table.
#include <cstdint>
#include <span>
#include <vector>

namespace taipan {

struct ExceptionEntry {
  int start = 0, end = 0;   ///< code units, the end exclusive
  int handler = 0;          ///< where the handler begins
  int depth = 0;            ///< the stack is cut down to this before the exception is pushed
  bool push_lasti = false;  ///< the offset of what raised is pushed under the exception
};

void append_exception_entry(std::vector<uint8_t>& table, const ExceptionEntry& entry);

/// Walks over a table. Reads nothing outside it, whatever its bytes are.
class ExceptionTableReader {
 public:
  explicit ExceptionTableReader(std::span<const uint8_t> table) : table_(table) {}
  bool next(ExceptionEntry& entry);

 private:
  int read_number();
  std::span<const uint8_t> table_;
  size_t at_ = 0;
};

/// The entry that covers a code unit. False: none does. Takes time logarithmic in the table's size.
bool find_exception_entry(std::span<const uint8_t> table, int unit, ExceptionEntry& entry);

}  // namespace taipan
