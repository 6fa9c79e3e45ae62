// Line and exception tables: what is written is read back, and damaged tables end instead of running over.
#include <vector>

#include "bytecode/exception_table.h"
#include "bytecode/line_table.h"
#include "check.h"

using namespace taipan;

namespace {
uint32_t state = 12345;
int random_below(int n) {
  state = state * 1664525 + 1013904223;
  return static_cast<int>((state >> 8) % static_cast<uint32_t>(n));
}
}  // namespace

TEST(line_table_reads_back_what_was_written) {
  for (int round = 0; round < 300; ++round) {
    LineTableWriter writer(100);
    std::vector<Location> by_unit;
    int line = 100;
    for (int i = 0; i < 60; ++i) {
      line += random_below(5) == 0 ? random_below(4000) - 1500 : random_below(3) - 1;
      if (line < 1) line = 1;
      Location location;
      switch (random_below(5)) {
        case 0: location = kNoLocation; break;
        case 1: location = {line, line, -1, -1}; break;
        default: {
          int column = random_below(random_below(4) ? 90 : 400), width = random_below(random_below(4) ? 15 : 300);
          int lines = random_below(6) ? 0 : random_below(200);
          location = {line, line + lines, column, lines ? random_below(300) : column + width};
        }
      }
      int units = 1 + random_below(20);
      writer.add(location, units);
      by_unit.insert(by_unit.end(), static_cast<size_t>(units), location);
    }
    for (size_t unit = 0; unit < by_unit.size(); ++unit) {
      Location got = find_location(writer.bytes(), 100, static_cast<int>(unit));
      if (!(got == by_unit[unit])) CHECK_EQUAL(got.line, by_unit[unit].line);
    }
    CHECK(find_location(writer.bytes(), 100, static_cast<int>(by_unit.size()) + 5) == kNoLocation);
  }
}

TEST(damaged_line_tables_end) {
  for (int round = 0; round < 20000; ++round) {
    std::vector<uint8_t> bytes(static_cast<size_t>(random_below(30)));
    for (uint8_t& b : bytes) b = static_cast<uint8_t>(random_below(256));
    LineTableReader reader(bytes, 1);
    int entries = 0;
    while (reader.next()) ++entries;
    CHECK(entries <= static_cast<int>(bytes.size()));
  }
}

TEST(exception_table_finds_the_covering_entry) {
  for (int round = 0; round < 300; ++round) {
    std::vector<uint8_t> table;
    std::vector<ExceptionEntry> entries;
    int at = 0;
    for (int i = 0; i < 1 + random_below(40); ++i) {
      at += random_below(100);
      int length = 1 + random_below(random_below(5) ? 50 : 5000);
      ExceptionEntry e{at, at + length, random_below(100000), random_below(30), random_below(2) == 1};
      append_exception_entry(table, e);
      entries.push_back(e);
      at += length;
    }
    for (int unit = 0; unit < at + 10; unit += 1 + at / 500) {
      const ExceptionEntry* want = nullptr;
      for (const ExceptionEntry& e : entries)
        if (e.start <= unit && unit < e.end) want = &e;
      ExceptionEntry got;
      bool found = find_exception_entry(table, unit, got);
      if (found != (want != nullptr)) CHECK_EQUAL(found, want != nullptr);
      else if (want && (got.start != want->start || got.end != want->end || got.handler != want->handler || got.depth != want->depth || got.push_lasti != want->push_lasti))
        CHECK_EQUAL(got.start, want->start);
    }
  }
}

TEST(damaged_exception_tables_end) {
  for (int round = 0; round < 20000; ++round) {
    std::vector<uint8_t> bytes(static_cast<size_t>(random_below(30)));
    for (uint8_t& b : bytes) b = static_cast<uint8_t>(random_below(256));
    ExceptionTableReader reader(bytes);
    ExceptionEntry e;
    int entries = 0;
    while (reader.next(e)) ++entries;
    CHECK(entries <= static_cast<int>(bytes.size()));
    find_exception_entry(bytes, random_below(100), e);
  }
}
