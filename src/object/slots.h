#pragma once
// The one table that ties special methods to type slots: `__add__` ↔ nb_add and so on.
#include "object/object.h"

namespace taipan {

/// wrapperbase is CPython's public struct: name, offset into PyHeapTypeObject, the generic slot function
/// that calls the Python method, the wrapper that calls the slot from Python, the docstring, flags, name object.
using SlotRow = wrapperbase;
inline constexpr int kSlotRowCount = 92;
extern SlotRow slot_rows[kSlotRowCount + 1];  ///< ends with a row whose name is null; sorted by offset
/// The address of a slot in a type; null if the type lacks the table that holds it.
void** slot_address(PyTypeObject* type, int offset);
inline constexpr int kSlotTakesKeywords = PyWrapperFlag_KEYWORDS;

}  // namespace taipan
