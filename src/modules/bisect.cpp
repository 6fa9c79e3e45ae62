// The module _bisect: where a value belongs in a sorted list, and inserting it there.
#include "modules/module.h"
#include "modules/modules.h"
#include "object/call.h"
#include "object/int.h"
#include "object/protocol.h"

namespace taipan {
namespace {

enum class Side { left, right };

Result<Py_ssize_t> optional_index(PyObject* o) {
  if (o == Py_None) return -1;
  if (!is_index(o)) return raise(PyExc_TypeError, "argument should be integer or None, not '{}'", clip(type_name(o), 200));
  return to_ssize(o, PyExc_OverflowError);
}

template <Side side>
Result<Py_ssize_t> find(PyObject* a, PyObject* x, Py_ssize_t low, Py_ssize_t high, PyObject* key) {
  if (low < 0) return raise(PyExc_ValueError, "lo must be non-negative");
  if (high == -1) high = TRY(length(a));
  while (low < high) {
    Py_ssize_t middle = low + (high - low) / 2;
    Ref<> o = TRY(sequence_item(a, middle));
    if (key != Py_None) o = TRY(call(key, o.get()));
    // The right side: behind what equals x.
    bool behind = side == Side::left ? TRY(compare_bool(o.get(), x, Py_LT)) : !TRY(compare_bool(x, o.get(), Py_LT));
    if (behind) low = middle + 1;
    else high = middle;
  }
  return low;
}

template <Side side>
Result<Py_ssize_t> bisect(PyObject*, PyObject* a, PyObject* x, Py_ssize_t low, PyObject* high, PyObject* key) {
  return find<side>(a, x, low, TRY(optional_index(high)), key);
}

template <Side side>
Status insort(PyObject*, PyObject* a, PyObject* x, Py_ssize_t low, PyObject* high, PyObject* key) {
  Py_ssize_t end = TRY(optional_index(high));
  Ref<> value = key == Py_None ? share(x) : TRY(call(key, x));
  Ref<> index = TRY(new_int(TRY(find<side>(a, value.get(), low, end, key))));
  Ref<> done = TRY(call_method(a, "insert"_name, index.get(), x));
  return {};
}

constexpr char bisect_right_doc[] =
    "bisect_right($module, /, a, x, lo=0, hi=None, *, key=None)\n--\n\n"
    "Where x belongs in the sorted list a: a[:i] has values <= x, a[i:] values > x; behind those that equal x.\n\n"
    "lo and hi bound the part of a that is searched. A key function is applied to a's items, not to x.";
constexpr char bisect_left_doc[] =
    "bisect_left($module, /, a, x, lo=0, hi=None, *, key=None)\n--\n\n"
    "Where x belongs in the sorted list a: a[:i] has values < x, a[i:] values >= x; in front of those that equal x.\n\n"
    "lo and hi bound the part of a that is searched. A key function is applied to a's items, not to x.";
constexpr char insort_right_doc[] =
    "insort_right($module, /, a, x, lo=0, hi=None, *, key=None)\n--\n\n"
    "Put x into the sorted list a, behind values that equal it.\n\n"
    "lo and hi bound the part of a that is searched; a key function is applied to x and to a's items.";
constexpr char insort_left_doc[] =
    "insort_left($module, /, a, x, lo=0, hi=None, *, key=None)\n--\n\n"
    "Put x into the sorted list a, in front of values that equal it.\n\n"
    "lo and hi bound the part of a that is searched; a key function is applied to x and to a's items.";

constinit PyMethodDef rows[] = {
    method<bisect_right_doc, bisect<Side::right>>,
    method<insort_right_doc, insort<Side::right>>,
    method<bisect_left_doc, bisect<Side::left>>,
    method<insort_left_doc, insort<Side::left>>,
    {},
};

Status fill(PyObject*) { return {}; }

constexpr char bisect_doc[] =
    "Bisection algorithms.\n\n"
    "A list stays sorted without being sorted anew at each insertion: worth it for long lists, and\n"
    "where comparing is expensive.\n";

}  // namespace
}  // namespace taipan

PyObject* init_bisect() { return taipan::define_module<"_bisect", taipan::bisect_doc, taipan::fill, taipan::rows>(); }
