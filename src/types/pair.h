#pragma once
// Iterators that give out tuples use the last one again when nobody else holds it any more.
#include "object/gc.h"
#include "object/tuple.h"

namespace taipan {

inline Ref<> refill_pair(PyObject* pair, Ref<> first, Ref<> second) {
  if (Py_REFCNT(pair) != 1) {
    auto fresh = TRY(new_tuple(2));
    fresh->ob_item[0] = first.release();
    fresh->ob_item[1] = second.release();
    return fresh;
  }
  Ref<> hold = share(pair);  // the old items' finalizers must not find it free again
  auto* t = reinterpret_cast<Tuple*>(pair);
  Ref<> old_first = adopt(std::exchange(t->ob_item[0], first.release()));
  Ref<> old_second = adopt(std::exchange(t->ob_item[1], second.release()));
  // The collector may have untracked it when it held atoms only.
  if (!gc_is_tracked(pair)) gc_track(pair);
  return hold;
}

}  // namespace taipan
