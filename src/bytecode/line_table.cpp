#include "bytecode/line_table.h"

namespace taipan {

namespace {

// Kinds 0–9 hold short columns in one more byte; the kind is the column's upper bits.
constexpr int kOneLine = 10;  // 10, 11, 12: the line advances by 0, 1, 2; two bytes of columns
constexpr int kNoColumns = 13;
constexpr int kLong = 14;
constexpr int kNone = 15;
constexpr int kLongestEntry = 8;

}  // namespace

void LineTableWriter::add_unsigned(unsigned value) {
  while (value >= 64) {
    bytes_.push_back(uint8_t(0x40 | (value & 0x3f)));
    value >>= 6;
  }
  bytes_.push_back(uint8_t(value));
}

void LineTableWriter::add_signed(int value) {
  add_unsigned(value < 0 ? (0u - unsigned(value)) << 1 | 1 : unsigned(value) << 1);
}

void LineTableWriter::add(const Location& location, int units) {
  for (; units > kLongestEntry; units -= kLongestEntry) add_entry(location, kLongestEntry);
  add_entry(location, units);
}

void LineTableWriter::add_entry(const Location& l, int units) {
  if (l.line < 0) {
    add_head(kNone, units);
    return;
  }
  int delta = l.line - line_;
  line_ = l.line;
  if (l.column < 0 || l.end_column < 0) {
    if (l.end_line == l.line || l.end_line == -1) {
      add_head(kNoColumns, units);
      add_signed(delta);
      return;
    }
  } else if (l.end_line == l.line) {
    if (delta == 0 && l.column < 80 && l.end_column >= l.column && l.end_column - l.column < 16) {
      add_head(l.column >> 3, units);
      bytes_.push_back(uint8_t((l.column & 7) << 4 | (l.end_column - l.column)));
      return;
    }
    if (delta >= 0 && delta < 3 && l.column < 128 && l.end_column < 128) {
      add_head(kOneLine + delta, units);
      bytes_.push_back(uint8_t(l.column));
      bytes_.push_back(uint8_t(l.end_column));
      return;
    }
  }
  add_head(kLong, units);
  add_signed(delta);
  add_unsigned(unsigned(l.end_line - l.line));
  add_unsigned(unsigned(l.column + 1));
  add_unsigned(unsigned(l.end_column + 1));
}

int LineTableReader::read_byte() { return at_ < table_.size() ? table_[at_++] : 0; }

unsigned LineTableReader::read_unsigned() {
  unsigned value = 0;
  for (int shift = 0;; shift += 6) {
    int byte = read_byte();
    if (shift < 32) value |= unsigned(byte & 0x3f) << shift;
    if (!(byte & 0x40)) return value;
  }
}

int LineTableReader::read_signed() {
  unsigned value = read_unsigned();
  return value & 1 ? -int(value >> 1) : int(value >> 1);
}

bool LineTableReader::next() {
  if (at_ >= table_.size()) return false;
  int head = read_byte();
  int kind = head >> 3 & 15;
  start_ = end_;
  end_ = start_ + (head & 7) + 1;
  if (kind == kNone) {
    location_ = kNoLocation;
    return true;
  }
  // Line numbers of tables from outside may overflow; they only need to stay defined.
  auto advance = [&](int delta) { computed_line_ = int(unsigned(computed_line_) + unsigned(delta)); };
  location_ = kNoLocation;
  switch (kind) {
    case kLong:
      advance(read_signed());
      location_.end_line = int(unsigned(computed_line_) + read_unsigned());
      location_.column = int(read_unsigned()) - 1;
      location_.end_column = int(read_unsigned()) - 1;
      break;
    case kNoColumns:
      advance(read_signed());
      location_.end_line = computed_line_;
      break;
    case kOneLine:
    case kOneLine + 1:
    case kOneLine + 2:
      advance(kind - kOneLine);
      location_.end_line = computed_line_;
      location_.column = read_byte();
      location_.end_column = read_byte();
      break;
    default: {
      int byte = read_byte();
      location_.end_line = computed_line_;
      location_.column = kind << 3 | byte >> 4;
      location_.end_column = location_.column + (byte & 15);
    }
  }
  location_.line = computed_line_;
  return true;
}

Location find_location(std::span<const uint8_t> table, int first_line, int unit) {
  LineTableReader reader(table, first_line);
  while (reader.next()) {
    if (unit < reader.end()) return reader.location();
  }
  return kNoLocation;
}

}  // namespace taipan
