#pragma once
// How much C++ stack is left: for recursion that RecursionGuard does not count, because a program may rightly go deep
// there (chains of iterators, nested keys, objects that die together).
#include "object/ref.h"

namespace taipan {

/// Somewhat above the address where RecursionGuard stops. Null: no limit known.
extern __thread char* stack_floor;

/// One comparison.
inline bool stack_is_low() { return static_cast<char*>(__builtin_frame_address(0)) < stack_floor; }

/// May it go deeper all the same, because an overflow is being reported? If not, raises RecursionError "maximum recursion
/// depth exceeded{where}".
[[gnu::cold]] bool check_low_stack(const char* where);
/// Use: `if (!has_stack(" while hashing")) return Raised{};`
inline bool has_stack(const char* where) { return !stack_is_low() || check_low_stack(where); }

/// Deallocates what had to wait until there was room on the stack.
void deallocate_set_aside();

}  // namespace taipan
