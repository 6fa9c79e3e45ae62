#pragma once
// The smallest test framework that does: TEST(name) { CHECK(condition); CHECK_EQUAL(a, b); }. Tests register themselves;
// a failed check says where and goes on. The program ends with "N passed, N failed", which ./dev test sums up.
#include <cstdio>
#include <string>
#include <string_view>

namespace taipan::unit {

struct Test {
  const char* name;
  void (*body)();
  Test* next;
};
inline Test* first_test = nullptr;
inline int failed_checks = 0;

struct Register {
  Test test;
  Register(const char* name, void (*body)()) : test{name, body, first_test} { first_test = &test; }
};

inline std::string show(std::string_view s) { return "\"" + std::string(s) + "\""; }
inline std::string show(bool b) { return b ? "true" : "false"; }
inline std::string show(double d) { return std::to_string(d); }
template <class T>
std::string show(const T& value) {
  if constexpr (std::is_convertible_v<T, std::string_view>) return show(std::string_view(value));
  else return std::to_string(static_cast<long long>(value));
}

inline void fail(const char* file, int line, const std::string& what) {
  printf("%s:%d: %s\n", file, line, what.c_str());
  ++failed_checks;
}

inline int run_all() {
  int passed = 0, failed = 0;
  for (Test* t = first_test; t; t = t->next) {
    int before = failed_checks;
    t->body();
    if (failed_checks == before) ++passed;
    else printf("FAILED %s\n", t->name), ++failed;
  }
  printf("%d passed, %d failed\n", passed, failed);
  return failed != 0;
}

}  // namespace taipan::unit

#define TEST(name)                                                            \
  static void test_##name();                                                  \
  static taipan::unit::Register register_##name(#name, test_##name);         \
  static void test_##name()
#define CHECK(condition)                                                      \
  do {                                                                        \
    if (!(condition)) taipan::unit::fail(__FILE__, __LINE__, "not true: " #condition); \
  } while (0)
#define CHECK_EQUAL(actual, expected)                                         \
  do {                                                                        \
    const auto& a_ = (actual);                                                \
    const auto& e_ = (expected);                                              \
    if (!(a_ == e_)) taipan::unit::fail(__FILE__, __LINE__, #actual " is " + taipan::unit::show(a_) + ", not " + taipan::unit::show(e_)); \
  } while (0)
