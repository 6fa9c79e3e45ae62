// list.sort(): Timsort with the merge policy of powersort.
//
// The array is read from the left as natural runs (ascending, or strictly descending and then reversed); short ones
// are lengthened by binary insertion. Runs wait on a stack; each boundary between two has a "power", its depth in
// the nearly optimal merge tree, and runs are merged while the boundary below is deeper. Merging gallops: when one
// run wins many times in a row, the next stretch is found by exponential search. All steps are stable.
#include "object/call.h"
#include "object/error.h"
#include "object/int.h"
#include "object/list.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"

namespace taipan {
namespace {

constexpr Py_ssize_t kMinGallop = 7;
constexpr int kMaxRuns = 85;

/// What all keys are, found out before sorting: such keys compare without running Python code. `pair`: tuples that are
/// not empty; what their first items are is known too.
enum class KeyKind : uint8_t { text, small_int, real, mixed, pair };

struct KeyKinds {
  KeyKind key = KeyKind::mixed, first = KeyKind::mixed;
};

/// Keys and, if a key function made them, the values that move with them.
struct Slice {
  PyObject** keys;
  PyObject** values;  // null without a key function

  Slice operator+(Py_ssize_t n) const { return {keys + n, values ? values + n : nullptr}; }
  void set(Py_ssize_t i, Slice from, Py_ssize_t j) const {
    keys[i] = from.keys[j];
    if (values) values[i] = from.values[j];
  }
  void copy(Py_ssize_t i, Slice from, Py_ssize_t j, Py_ssize_t n) const {
    memcpy(keys + i, from.keys + j, static_cast<size_t>(n) * sizeof(PyObject*));
    if (values) memcpy(values + i, from.values + j, static_cast<size_t>(n) * sizeof(PyObject*));
  }
  void move(Py_ssize_t i, Slice from, Py_ssize_t j, Py_ssize_t n) const {
    memmove(keys + i, from.keys + j, static_cast<size_t>(n) * sizeof(PyObject*));
    if (values) memmove(values + i, from.values + j, static_cast<size_t>(n) * sizeof(PyObject*));
  }
  void reverse(Py_ssize_t n) const {
    for (Py_ssize_t i = 0, j = n - 1; i < j; i++, j--) {
      std::swap(keys[i], keys[j]);
      if (values) std::swap(values[i], values[j]);
    }
  }
};

/// `kind` is what the keys are: the comparison is compiled into every loop.
template <KeyKind kind>
class Sorter {
 public:
  Sorter(KeyKind first, Slice all, Py_ssize_t n) : first_(first), base_(all.keys), length_(n) {}
  ~Sorter() { free(temp_memory_); }
  Status sort(Slice low, Py_ssize_t n);

 private:
  struct Run {
    Slice base;
    Py_ssize_t length;
    int power;
  };

  Result<bool> less(PyObject* a, PyObject* b);
  Result<bool> less_pair(PyObject* a, PyObject* b);
  Result<Py_ssize_t> count_run(Slice low, Py_ssize_t n, bool* descending);
  Status insertion_sort(Slice low, Py_ssize_t n, Py_ssize_t start);
  Result<Py_ssize_t> gallop_left(PyObject* key, PyObject** a, Py_ssize_t n, Py_ssize_t hint);
  Result<Py_ssize_t> gallop_right(PyObject* key, PyObject** a, Py_ssize_t n, Py_ssize_t hint);
  Status merge_low(Slice a, Py_ssize_t na, Slice b, Py_ssize_t nb);
  Status merge_high(Slice a, Py_ssize_t na, Slice b, Py_ssize_t nb);
  Status merge_low_loop(Slice& dest, Slice& a, Py_ssize_t& na, Slice& b, Py_ssize_t& nb);
  Status merge_high_loop(Slice& dest, Slice base_a, Slice& a, Py_ssize_t& na, Slice base_b, Slice& b, Py_ssize_t& nb);
  Status merge_at(int i);
  Status push_boundary(Py_ssize_t next_length);
  Result<Slice> temp(Py_ssize_t n, bool with_values);
  int boundary_power(Py_ssize_t start, Py_ssize_t n1, Py_ssize_t n2) const;

  KeyKind first_;  // of pairs: what their first items are
  PyObject** base_;
  Py_ssize_t length_;
  Py_ssize_t min_gallop_ = kMinGallop;
  Run runs_[kMaxRuns];
  int run_count_ = 0;
  PyObject** temp_memory_ = nullptr;
  Py_ssize_t temp_size_ = 0;
};

/// Keys of one kind. `mixed` may run Python code, and fail.
inline Result<bool> less_by_kind(KeyKind kind, PyObject* a, PyObject* b) {
  switch (kind) {
    case KeyKind::text: return str_compare(a, b) < 0;
    case KeyKind::small_int: return single_digit_value(a) < single_digit_value(b);
    case KeyKind::real: return float_value(a) < float_value(b);
    default: return compare_bool(a, b, Py_LT);
  }
}

template <KeyKind kind>
inline Result<bool> Sorter<kind>::less(PyObject* a, PyObject* b) {
  if constexpr (kind == KeyKind::pair) return less_pair(a, b);
  else return less_by_kind(kind, a, b);
}

/// Tuples, by the first items that differ; of those only the first pair has a kind that is known.
template <KeyKind kind>
Result<bool> Sorter<kind>::less_pair(PyObject* a, PyObject* b) {
  Py_ssize_t n = std::min(tuple_size(a), tuple_size(b)), i = 0;
  while (i < n && TRY(equal(item(a, i), item(b, i)))) i++;
  if (i == n) return tuple_size(a) < tuple_size(b);
  return less_by_kind(i == 0 ? first_ : KeyKind::mixed, item(a, i), item(b, i));
}

template <KeyKind kind>
Result<Slice> Sorter<kind>::temp(Py_ssize_t n, bool with_values) {
  Py_ssize_t wanted = with_values ? 2 * n : n;
  if (wanted > temp_size_) {
    free(temp_memory_);
    temp_memory_ = static_cast<PyObject**>(malloc(static_cast<size_t>(wanted) * sizeof(PyObject*)));
    temp_size_ = temp_memory_ ? wanted : 0;
    if (!temp_memory_) return raise_no_memory();
  }
  return Slice{temp_memory_, with_values ? temp_memory_ + n : nullptr};
}

template <KeyKind kind>
Result<Py_ssize_t> Sorter<kind>::count_run(Slice low, Py_ssize_t n, bool* descending) {
  *descending = false;
  if (n == 1) return Py_ssize_t{1};
  PyObject** k = low.keys;
  Py_ssize_t i = 2;
  if (TRY(less(k[1], k[0]))) {
    *descending = true;
    while (i < n && TRY(less(k[i], k[i - 1]))) i++;
  } else {
    while (i < n && !TRY(less(k[i], k[i - 1]))) i++;
  }
  return i;
}

/// low[0:start] is sorted; the rest is inserted one by one, its place found by halving.
template <KeyKind kind>
Status Sorter<kind>::insertion_sort(Slice low, Py_ssize_t n, Py_ssize_t start) {
  if (start == 0) start++;
  for (; start < n; start++) {
    Py_ssize_t l = 0, r = start;
    PyObject* pivot = low.keys[start];
    do {
      Py_ssize_t middle = l + ((r - l) >> 1);
      if (TRY(less(pivot, low.keys[middle]))) r = middle;
      else l = middle + 1;
    } while (l < r);
    PyObject* value = low.values ? low.values[start] : nullptr;
    low.move(l + 1, low, l, start - l);
    low.keys[l] = pivot;
    if (low.values) low.values[l] = value;
  }
  return {};
}

/// Where `key` belongs in the sorted a[0:n], left of equal items; the search spreads from a[hint].
template <KeyKind kind>
Result<Py_ssize_t> Sorter<kind>::gallop_left(PyObject* key, PyObject** a, Py_ssize_t n, Py_ssize_t hint) {
  Py_ssize_t last = 0, offset = 1;
  if (TRY(less(a[hint], key))) {
    Py_ssize_t most = n - hint;
    while (offset < most && TRY(less(a[hint + offset], key))) {
      last = offset;
      offset = (offset << 1) + 1;
    }
    if (offset > most) offset = most;
    last += hint;
    offset += hint;
  } else {
    Py_ssize_t most = hint + 1;
    while (offset < most && !TRY(less(a[hint - offset], key))) {
      last = offset;
      offset = (offset << 1) + 1;
    }
    if (offset > most) offset = most;
    Py_ssize_t kept = last;
    last = hint - offset;
    offset = hint - kept;
  }
  last++;
  while (last < offset) {
    Py_ssize_t middle = last + ((offset - last) >> 1);
    if (TRY(less(a[middle], key))) last = middle + 1;
    else offset = middle;
  }
  return offset;
}

/// The same, right of equal items.
template <KeyKind kind>
Result<Py_ssize_t> Sorter<kind>::gallop_right(PyObject* key, PyObject** a, Py_ssize_t n, Py_ssize_t hint) {
  Py_ssize_t last = 0, offset = 1;
  if (TRY(less(key, a[hint]))) {
    Py_ssize_t most = hint + 1;
    while (offset < most && TRY(less(key, a[hint - offset]))) {
      last = offset;
      offset = (offset << 1) + 1;
    }
    if (offset > most) offset = most;
    Py_ssize_t kept = last;
    last = hint - offset;
    offset = hint - kept;
  } else {
    Py_ssize_t most = n - hint;
    while (offset < most && !TRY(less(key, a[hint + offset]))) {
      last = offset;
      offset = (offset << 1) + 1;
    }
    if (offset > most) offset = most;
    last += hint;
    offset += hint;
  }
  last++;
  while (last < offset) {
    Py_ssize_t middle = last + ((offset - last) >> 1);
    if (TRY(less(key, a[middle]))) offset = middle;
    else last = middle + 1;
  }
  return offset;
}

// Both merges keep this true at every exit, failures included: what is not merged yet of the run in temporary
// memory fits exactly into the gap before (behind) the rest of the other run. So after a failed comparison the
// array is again a permutation of itself.

/// Merges with the shorter left run in temporary memory, from the left.
template <KeyKind kind>
Status Sorter<kind>::merge_low(Slice a, Py_ssize_t na, Slice b, Py_ssize_t nb) {
  Slice t = TRY(temp(na, a.values != nullptr));
  t.copy(0, a, 0, na);
  Slice dest = a, left = t;
  Status done = merge_low_loop(dest, left, na, b, nb);
  if (na) dest.copy(nb && na == 1 && done ? nb : 0, left, 0, na);
  return done;
}

template <KeyKind kind>
Status Sorter<kind>::merge_low_loop(Slice& dest, Slice& a, Py_ssize_t& na, Slice& b, Py_ssize_t& nb) {
  auto take_a = [&] {
    dest.set(0, a, 0);
    dest = dest + 1;
    a = a + 1;
    na--;
  };
  auto take_b = [&] {
    dest.set(0, b, 0);
    dest = dest + 1;
    b = b + 1;
    nb--;
  };
  // The last of `a` belongs behind all of `b` (the caller made sure): b moves forward, a's item is put behind it.
  auto finish = [&] {
    dest.move(0, b, 0, nb);
    return Status();
  };
  take_b();
  if (nb == 0) return {};
  if (na == 1) return finish();
  for (;;) {
    Py_ssize_t a_wins = 0, b_wins = 0;
    do {
      if (TRY(less(b.keys[0], a.keys[0]))) {
        take_b();
        b_wins++;
        a_wins = 0;
        if (nb == 0) return {};
      } else {
        take_a();
        a_wins++;
        b_wins = 0;
        if (na == 1) return finish();
      }
    } while ((a_wins | b_wins) < min_gallop_);
    min_gallop_++;
    do {
      min_gallop_ -= min_gallop_ > 1;
      a_wins = TRY(gallop_right(b.keys[0], a.keys, na, 0));
      if (a_wins) {
        dest.copy(0, a, 0, a_wins);
        dest = dest + a_wins;
        a = a + a_wins;
        na -= a_wins;
        if (na == 1) return finish();
        if (na == 0) return {};  // only an inconsistent comparison gets here
      }
      take_b();
      if (nb == 0) return {};
      b_wins = TRY(gallop_left(a.keys[0], b.keys, nb, 0));
      if (b_wins) {
        dest.move(0, b, 0, b_wins);
        dest = dest + b_wins;
        b = b + b_wins;
        nb -= b_wins;
        if (nb == 0) return {};
      }
      take_a();
      if (na == 1) return finish();
    } while (a_wins >= kMinGallop || b_wins >= kMinGallop);
    min_gallop_++;  // leaving gallop mode costs
  }
}

/// Merges with the shorter right run in temporary memory, from the right.
template <KeyKind kind>
Status Sorter<kind>::merge_high(Slice a, Py_ssize_t na, Slice b, Py_ssize_t nb) {
  Slice t = TRY(temp(nb, b.values != nullptr));
  t.copy(0, b, 0, nb);
  Slice dest = b + (nb - 1), last_a = a + (na - 1), last_b = t + (nb - 1);
  Status done = merge_high_loop(dest, a, last_a, na, t, last_b, nb);
  if (nb) dest.copy(na && nb == 1 && done ? -na : -(nb - 1), t, 0, nb);
  return done;
}

template <KeyKind kind>
Status Sorter<kind>::merge_high_loop(Slice& dest, Slice base_a, Slice& a, Py_ssize_t& na, Slice base_b, Slice& b,
                               Py_ssize_t& nb) {
  auto take_a = [&] {
    dest.set(0, a, 0);
    dest = dest + -1;
    a = a + -1;
    na--;
  };
  auto take_b = [&] {
    dest.set(0, b, 0);
    dest = dest + -1;
    b = b + -1;
    nb--;
  };
  // The first of `b` belongs before all of `a`.
  auto finish = [&] {
    dest.move(1 - na, a, 1 - na, na);
    return Status();
  };
  take_a();
  if (na == 0) return {};
  if (nb == 1) return finish();
  for (;;) {
    Py_ssize_t a_wins = 0, b_wins = 0;
    do {
      if (TRY(less(b.keys[0], a.keys[0]))) {
        take_a();
        a_wins++;
        b_wins = 0;
        if (na == 0) return {};
      } else {
        take_b();
        b_wins++;
        a_wins = 0;
        if (nb == 1) return finish();
      }
    } while ((a_wins | b_wins) < min_gallop_);
    min_gallop_++;
    do {
      min_gallop_ -= min_gallop_ > 1;
      Py_ssize_t k = TRY(gallop_right(b.keys[0], base_a.keys, na, na - 1));
      a_wins = na - k;
      if (a_wins) {
        dest = dest + -a_wins;
        a = a + -a_wins;
        dest.move(1, a, 1, a_wins);
        na -= a_wins;
        if (na == 0) return {};
      }
      take_b();
      if (nb == 1) return finish();
      k = TRY(gallop_left(a.keys[0], base_b.keys, nb, nb - 1));
      b_wins = nb - k;
      if (b_wins) {
        dest = dest + -b_wins;
        b = b + -b_wins;
        dest.copy(1, b, 1, b_wins);
        nb -= b_wins;
        if (nb == 1) return finish();
        if (nb == 0) return {};  // only an inconsistent comparison gets here
      }
      take_a();
      if (na == 0) return {};
    } while (a_wins >= kMinGallop || b_wins >= kMinGallop);
    min_gallop_++;
  }
}

/// Merges runs i and i + 1.
template <KeyKind kind>
Status Sorter<kind>::merge_at(int i) {
  Run &x = runs_[i], &y = runs_[i + 1];
  Slice a = x.base, b = y.base;
  Py_ssize_t na = x.length, nb = y.length;
  x.length = na + nb;
  if (i == run_count_ - 3) runs_[i + 1] = runs_[i + 2];
  run_count_--;
  // Items of `a` before b's first, and of `b` behind a's last, are in place already.
  Py_ssize_t k = TRY(gallop_right(b.keys[0], a.keys, na, 0));
  a = a + k;
  na -= k;
  if (na == 0) return {};
  nb = TRY(gallop_left(a.keys[na - 1], b.keys, nb, nb - 1));
  if (nb <= 0) return {};
  return na <= nb ? merge_low(a, na, b, nb) : merge_high(a, na, b, nb);
}

/// The depth in the merge tree of the boundary between two adjacent runs: the first binary digit in which the
/// midpoints of the two runs, as fractions of the whole, differ.
template <KeyKind kind>
int Sorter<kind>::boundary_power(Py_ssize_t start, Py_ssize_t n1, Py_ssize_t n2) const {
  int power = 0;
  Py_ssize_t a = 2 * start + n1, b = a + n1 + n2;
  for (;;) {
    power++;
    if (a >= length_) {
      a -= length_;
      b -= length_;
    } else if (b >= length_) {
      return power;
    }
    a <<= 1;
    b <<= 1;
  }
}

template <KeyKind kind>
Status Sorter<kind>::push_boundary(Py_ssize_t next_length) {
  if (run_count_ == 0) return {};
  Run& top = runs_[run_count_ - 1];
  int power = boundary_power(top.base.keys - base_, top.length, next_length);
  while (run_count_ > 1 && runs_[run_count_ - 2].power > power) TRY(merge_at(run_count_ - 2));
  runs_[run_count_ - 1].power = power;
  return {};
}

template <KeyKind kind>
Status Sorter<kind>::sort(Slice low, Py_ssize_t n) {
  // Between 32 and 64, such that n divided by it is a power of two or just below.
  Py_ssize_t min_run = n, odd = 0;
  while (min_run >= 64) {
    odd |= min_run & 1;
    min_run >>= 1;
  }
  min_run += odd;
  Py_ssize_t left = n;
  do {
    bool descending;
    Py_ssize_t length = TRY(count_run(low, left, &descending));
    if (descending) low.reverse(length);
    if (length < min_run) {
      Py_ssize_t forced = left <= min_run ? left : min_run;
      TRY(insertion_sort(low, forced, length));
      length = forced;
    }
    TRY(push_boundary(length));
    runs_[run_count_++] = {low, length, 0};
    low = low + length;
    left -= length;
  } while (left);
  while (run_count_ > 1) {
    int i = run_count_ - 2;
    if (i > 0 && runs_[i - 1].length < runs_[i + 1].length) i--;
    TRY(merge_at(i));
  }
  return {};
}

KeyKind kind_of(PyObject* key) {
  PyTypeObject* type = Py_TYPE(key);
  if (type == &PyUnicode_Type) return KeyKind::text;
  if (type == &PyLong_Type) return is_single_digit(key) ? KeyKind::small_int : KeyKind::mixed;
  if (type == &PyFloat_Type) return KeyKind::real;
  return type == &PyTuple_Type && tuple_size(key) ? KeyKind::pair : KeyKind::mixed;
}

KeyKinds kinds_of(PyObject** keys, Py_ssize_t n) {
  KeyKinds kinds{kind_of(keys[0])};
  if (kinds.key == KeyKind::mixed) return kinds;
  bool pairs = kinds.key == KeyKind::pair;
  if (pairs) kinds.first = kind_of(item(keys[0], 0));
  if (kinds.first == KeyKind::pair) kinds.first = KeyKind::mixed;  // only one level is looked into
  for (Py_ssize_t i = 1; i < n; i++) {
    if (kind_of(keys[i]) != kinds.key) return {};
    if (pairs && kind_of(item(keys[i], 0)) != kinds.first) kinds.first = KeyKind::mixed;
  }
  return kinds;
}

/// The array while it is sorted: taken from the list, which is empty meanwhile, so that a comparison that changes
/// the list is noticed instead of corrupting the array.
struct TakenItems {
  List* list;
  PyObject** items;
  Py_ssize_t n, allocated;

  explicit TakenItems(List* l) : list(l), items(l->ob_item), n(Py_SIZE(l)), allocated(l->allocated) {
    l->ob_item = nullptr;
    l->ob_base.ob_size = 0;
    l->allocated = -1;
  }
  Status give_back(Status done) {
    bool modified = list->allocated != -1;
    PyObject** added = list->ob_item;
    Py_ssize_t added_n = Py_SIZE(list), added_allocated = list->allocated;
    list->ob_item = items;
    list->ob_base.ob_size = n;
    list->allocated = allocated;
    if (modified && done) done = raise(PyExc_ValueError, "list modified during sort");
    if (added) {
      while (--added_n >= 0) Py_XDECREF(added[added_n]);
      list_items_free(added, added_allocated);
    }
    return done;
  }
};

Status sort_taken(TakenItems& taken, PyObject* key, bool reverse) {
  Py_ssize_t n = taken.n;
  Slice all{taken.items, nullptr};
  PyObject** keys = nullptr;
  if (key) {
    keys = static_cast<PyObject**>(malloc(static_cast<size_t>(n ? n : 1) * sizeof(PyObject*)));
    if (!keys) return raise_no_memory();
    all = {keys, taken.items};
  }
  Status done;
  Py_ssize_t made = 0;
  for (; keys && made < n && done; made++) {
    keys[made] = call(key, taken.items[made]).release();
    if (keys[made]) continue;
    done = Raised{};
    break;
  }
  if (done && n > 1) {
    // Sorting the reversed array and reversing the result keeps equal items in their order.
    if (reverse) all.reverse(n);
    KeyKinds kinds = kinds_of(all.keys, n);
    auto sort_by = [&]<KeyKind kind>() { return Sorter<kind>(kinds.first, all, n).sort(all, n); };
    switch (kinds.key) {
      case KeyKind::text: done = sort_by.template operator()<KeyKind::text>(); break;
      case KeyKind::small_int: done = sort_by.template operator()<KeyKind::small_int>(); break;
      case KeyKind::real: done = sort_by.template operator()<KeyKind::real>(); break;
      case KeyKind::pair: done = sort_by.template operator()<KeyKind::pair>(); break;
      case KeyKind::mixed: done = sort_by.template operator()<KeyKind::mixed>(); break;
    }
    if (reverse) all.reverse(n);
  }
  for (Py_ssize_t i = 0; i < made; i++) Py_DECREF(keys[i]);
  free(keys);
  return done;
}

}  // namespace

Status list_sort(PyObject* o, PyObject* key, bool reverse) {
  if (key == Py_None) key = nullptr;
  Ref<> hold = share(o);
  TakenItems taken(reinterpret_cast<List*>(o));
  return taken.give_back(sort_taken(taken, key, reverse));
}

}  // namespace taipan
