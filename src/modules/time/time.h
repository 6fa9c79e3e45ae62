#pragma once
// The parts of the module time, and how its functions read their arguments.
#include <ctime>

#include "modules/module.h"
#include "object/object.h"

namespace taipan::timing {

extern PyMethodDef clock_rows[], calendar_rows[];
Status add_calendar(PyObject* module);  ///< struct_time and the time zone's constants

/// An int that C's int can hold.
Result<int> to_c_int(PyObject* o);

enum class Round { floor, ceiling, timeout };  ///< timeout: away from zero
/// Seconds, as an int or a float, in nanoseconds.
Result<int64_t> to_nanoseconds(PyObject* seconds, Round round);
/// Seconds as time_t, rounded down.
Result<time_t> to_time_t(PyObject* seconds);
Ref<> seconds_float(int64_t nanoseconds);

}  // namespace taipan::timing
