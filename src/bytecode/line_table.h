#pragma once
// The location table of a code object (`co_linetable`, PEP 626 and 657): one entry covers up to eight code
// units. An entry starts with a byte whose top bit is set, then a kind in four bits and the length in three;
// the kind says how the line (relative to the entry before) and the columns follow.
#include <cstdint>
#include <span>
#include <vector>

#include "bytecode/location.h"

namespace taipan {

class LineTableWriter {
 public:
  explicit LineTableWriter(int first_line) : line_(first_line) {}
  /// The next `units` code units come from `location`.
  void add(const Location& location, int units);
  const std::vector<uint8_t>& bytes() const { return bytes_; }

 private:
  void add_entry(const Location& location, int units);
  void add_head(int kind, int units) { bytes_.push_back(uint8_t(0x80 | kind << 3 | (units - 1))); }
  void add_unsigned(unsigned value);
  void add_signed(int value);

  std::vector<uint8_t> bytes_;
  int line_;
};

/// Walks over the entries of a table. Reads nothing outside it, whatever its bytes are: a table that is cut off
/// in the middle of an entry ends there.
class LineTableReader {
 public:
  LineTableReader(std::span<const uint8_t> table, int first_line)
      : table_(table), computed_line_(first_line) {}

  /// Moves to the next entry; false at the end.
  bool next();
  int start() const { return start_; }  ///< first code unit of the entry
  int end() const { return end_; }      ///< the unit behind its last one
  const Location& location() const { return location_; }
  /// The line, or -1.
  int line() const { return location_.line; }
  /// The last line known: what an entry without a line keeps.
  int computed_line() const { return computed_line_; }

 private:
  int read_byte();
  unsigned read_unsigned();
  int read_signed();

  std::span<const uint8_t> table_;
  size_t at_ = 0;
  int computed_line_;
  int start_ = 0, end_ = 0;
  Location location_;
};

/// The location of one code unit; unknown if the table does not reach it.
Location find_location(std::span<const uint8_t> table, int first_line, int unit);

}  // namespace taipan
