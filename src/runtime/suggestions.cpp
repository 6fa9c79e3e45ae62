// "Did you mean": the closest name among those that the failed look-up could have found. The
// distance counts moves and case changes; a candidate may differ in a third of the characters at
// most.
#include <algorithm>

#include "object/error.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "runtime/traceback_print.h"
#include "vm/frame.h"
#include "vm/vm.h"

namespace taipan {
namespace {

constexpr Py_ssize_t kMaxCandidates = 750;
constexpr size_t kMaxLength = 40;
constexpr size_t kMoveCost = 2;
constexpr size_t kCaseCost = 1;

size_t substitution_cost(char a, char b) {
  if ((a & 31) != (b & 31)) return kMoveCost;  // not even the same letter in another case
  if (a == b) return 0;
  auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return lower(a) == lower(b) ? kCaseCost : kMoveCost;
}

/// Levenshtein's distance with one row of the matrix; a number above `limit` if it is larger than
/// that.
size_t distance_between(std::string_view a, std::string_view b, size_t limit) {
  while (!a.empty() && !b.empty() && a.front() == b.front()) a.remove_prefix(1), b.remove_prefix(1);
  while (!a.empty() && !b.empty() && a.back() == b.back()) a.remove_suffix(1), b.remove_suffix(1);
  if (a.empty() || b.empty()) return (a.size() + b.size()) * kMoveCost;
  if (a.size() > kMaxLength || b.size() > kMaxLength) return limit + 1;
  if (b.size() < a.size()) std::swap(a, b);
  if ((b.size() - a.size()) * kMoveCost > limit) return limit + 1;
  size_t row[kMaxLength];
  for (size_t i = 0; i < a.size(); i++) row[i] = (i + 1) * kMoveCost;
  size_t result = 0;
  for (size_t j = 0; j < b.size(); j++) {
    size_t diagonal = j * kMoveCost;
    size_t least = SIZE_MAX;
    result = diagonal;
    for (size_t i = 0; i < a.size(); i++) {
      size_t substitute = diagonal + substitution_cost(b[j], a[i]);
      diagonal = row[i];
      result = std::min(std::min(result, diagonal) + kMoveCost, substitute);
      row[i] = result;
      least = std::min(least, result);
    }
    if (least > limit) return limit + 1;
  }
  return result;
}

Ref<> closest(PyObject* candidates, PyObject* name) {
  Py_ssize_t n = Py_SIZE(candidates);
  if (n >= kMaxCandidates) return {};
  std::string_view wanted = TRY(to_utf8(name));
  size_t best = SIZE_MAX;
  PyObject* found = nullptr;
  for (Py_ssize_t i = 0; i < n; i++) {
    PyObject* candidate = fast_items(candidates)[i];
    if (!PyUnicode_Check(candidate)) return {};
    if (str_equal(name, candidate)) continue;
    std::string_view text = TRY(to_utf8(candidate));
    size_t limit = std::min((wanted.size() + text.size() + 3) * kMoveCost / 6, best - 1);
    size_t distance = distance_between(wanted, text, limit);
    if (distance > limit) continue;
    if (!found || distance < best) {
      found = candidate;
      best = distance;
    }
  }
  return found ? share(found) : Ref<>();
}

Ref<> for_attribute(PyObject* exception) {
  auto& e = *reinterpret_cast<PyAttributeErrorObject*>(exception);
  if (!e.name || !e.obj || !PyUnicode_CheckExact(e.name)) return {};
  Ref<> names = TRY(dir(e.obj));
  return closest(names.get(), e.name);
}

Ref<> for_variable(PyObject* exception) {
  auto& e = *reinterpret_cast<PyNameErrorObject*>(exception);
  if (!e.name || !e.traceback || !PyUnicode_CheckExact(e.name)) return {};
  auto* t = reinterpret_cast<PyTracebackObject*>(e.traceback);
  while (t->tb_next) t = t->tb_next;
  Frame* frame = reinterpret_cast<FrameObject*>(t->tb_frame)->f_frame;
  Ref<> locals = TRY(get_attr(object(frame->code), "co_varnames"_name));
  for (PyObject* scope : {locals.get(), frame->globals, frame->builtins}) {
    Ref<List> names = TRY(to_list(scope));
    Ref<> found = closest(object(names.get()), e.name);
    if (found || pending_error()) return found;
  }
  return {};
}

}  // namespace

Ref<> suggest_name(PyObject* exception) {
  Ref<> found;
  if (object(Py_TYPE(exception)) == PyExc_AttributeError)
    found = for_attribute(exception);
  else if (object(Py_TYPE(exception)) == PyExc_NameError)
    found = for_variable(exception);
  clear_error();
  return found;
}

}  // namespace taipan
