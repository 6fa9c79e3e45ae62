// The module time.
#include "modules/time/time.h"

#include "modules/modules.h"

namespace taipan::timing {
namespace {

Status fill(PyObject* module) {
  TRY(add_functions(module, clock_rows));
  TRY(add_functions(module, calendar_rows));
  struct {
    const char* name;
    int clock;
  } const clocks[] = {
      {"CLOCK_REALTIME", CLOCK_REALTIME},
      {"CLOCK_MONOTONIC", CLOCK_MONOTONIC},
      {"CLOCK_MONOTONIC_RAW", CLOCK_MONOTONIC_RAW},
      {"CLOCK_PROCESS_CPUTIME_ID", CLOCK_PROCESS_CPUTIME_ID},
      {"CLOCK_THREAD_CPUTIME_ID", CLOCK_THREAD_CPUTIME_ID},
      {"CLOCK_BOOTTIME", CLOCK_BOOTTIME},
      {"CLOCK_TAI", CLOCK_TAI},
  };
  for (auto& row : clocks) TRY(add_int_to_module(module, row.name, row.clock));
  return add_calendar(module);
}

constexpr char time_doc[] =
    "This module provides various functions to manipulate time values.\n\n"
    "A moment is a number of seconds since the Epoch, January 1st 1970 in UTC, or a struct_time: a tuple of\n"
    "year, month, day, hours, minutes, seconds, weekday (Monday is 0), day of the year, and whether summer\n"
    "time is in effect (1), is not (0), or that is to be found out (-1).\n";

}  // namespace
}  // namespace taipan::timing

PyObject* init_time() {
  return taipan::define_module<"time", taipan::timing::time_doc, taipan::timing::fill>();
}
