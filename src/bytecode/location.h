#pragma once
// Where in the source an instruction comes from.

namespace taipan {

/// Lines from 1, columns in UTF-8 bytes from 0, the end exclusive; -1 where unknown.
struct Location {
  int line = -1, end_line = -1, column = -1, end_column = -1;
  bool operator==(const Location&) const = default;
};
inline constexpr Location kNoLocation{};

}  // namespace taipan
