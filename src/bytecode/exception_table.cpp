#include "bytecode/exception_table.h"

namespace taipan {

namespace {

constexpr uint8_t kFirstByte = 0x80, kMore = 0x40;

void append_number(std::vector<uint8_t>& table, unsigned value, uint8_t mark) {
  for (int shift = 24; shift > 0; shift -= 6) {
    if (value >= 1u << shift) {
      table.push_back(uint8_t((value >> shift & 0x3f) | kMore | mark));
      mark = 0;
    }
  }
  table.push_back(uint8_t((value & 0x3f) | mark));
}

}  // namespace

void append_exception_entry(std::vector<uint8_t>& table, const ExceptionEntry& e) {
  append_number(table, unsigned(e.start), kFirstByte);
  append_number(table, unsigned(e.end - e.start), 0);
  append_number(table, unsigned(e.handler), 0);
  append_number(table, unsigned(e.depth) << 1 | unsigned(e.push_lasti), 0);
}

int ExceptionTableReader::read_number() {
  unsigned value = 0;
  while (at_ < table_.size()) {
    uint8_t byte = table_[at_++];
    value = value << 6 | (byte & 0x3f);
    if (!(byte & kMore)) break;
  }
  return int(value & 0x3fffffff);
}

bool ExceptionTableReader::next(ExceptionEntry& entry) {
  if (at_ >= table_.size()) return false;
  entry.start = read_number();
  entry.end = entry.start + read_number();
  entry.handler = read_number();
  int depth = read_number();
  entry.depth = depth >> 1;
  entry.push_lasti = depth & 1;
  return true;
}

bool find_exception_entry(std::span<const uint8_t> table, int unit, ExceptionEntry& entry) {
  // Binary search over bytes: the invariant is that the wanted entry, if there is one, begins in [low, high).
  size_t low = 0, high = table.size();
  auto start_at = [&](size_t at) {
    int start = table[at] & 0x3f;
    while (table[at] & kMore && at + 1 < table.size()) start = start << 6 | (table[++at] & 0x3f);
    return start;
  };
  while (high - low > 24) {
    size_t middle = low + (high - low) / 2;
    while (middle > low && !(table[middle] & kFirstByte)) middle--;
    if (middle == low) break;
    if (start_at(middle) <= unit) low = middle;
    else high = middle;
  }
  ExceptionTableReader reader(table.subspan(low));
  while (reader.next(entry)) {
    if (entry.start > unit) return false;
    if (unit < entry.end) return true;
  }
  return false;
}

}  // namespace taipan
