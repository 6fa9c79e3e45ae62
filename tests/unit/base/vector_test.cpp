#include "base/vector.h"

#include <cstdint>
#include <memory>

#include "check.h"

using namespace taipan;

TEST(vector_keeps_what_is_appended) {
  Vector<int> v;
  CHECK(v.empty());
  for (int i = 0; i < 1000; ++i) CHECK(v.append(i));
  CHECK_EQUAL(v.size(), 1000u);
  CHECK_EQUAL(v[999], 999);
  CHECK_EQUAL(v.pop(), 999);
  v.truncate(10);
  CHECK_EQUAL(v.back(), 9);
  int more[] = {1, 2, 3};
  CHECK(v.extend(more, 3));
  CHECK_EQUAL(v.size(), 13u);
  CHECK(v.extend(nullptr, 0));
}

TEST(vector_refuses_sizes_beyond_memory) {
  Vector<uint64_t> v;
  CHECK(v.append(7));
  CHECK(!v.reserve(SIZE_MAX / 4));
  CHECK(!v.extend(v.data(), SIZE_MAX));
  CHECK_EQUAL(v.size(), 1u);
  CHECK_EQUAL(v[0], 7u);
}

TEST(vector_moves_and_destroys_its_items) {
  struct Counted {
    explicit Counted(int* n) : count(n) { ++*n; }
    Counted(Counted&& from) noexcept : count(from.count) { ++*count; }
    ~Counted() { --*count; }
    int* count;
  };
  int alive = 0;
  {
    Vector<Counted> v;
    for (int i = 0; i < 50; ++i) CHECK(v.append(Counted(&alive)));
    CHECK_EQUAL(alive, 50);
    Vector<Counted> w = std::move(v);
    CHECK_EQUAL(v.size(), 0u);
    CHECK_EQUAL(alive, 50);
    w.pop();
    CHECK_EQUAL(alive, 49);
    w.clear();
    CHECK_EQUAL(alive, 0);
  }
  CHECK_EQUAL(alive, 0);
}
