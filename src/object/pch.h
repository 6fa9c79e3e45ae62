#pragma once
// What nearly every file above `syntax/` includes; precompiled in builds without a compiler cache.
#include <Python.h>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
