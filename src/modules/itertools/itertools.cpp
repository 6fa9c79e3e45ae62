// The module itertools: its list of types, and what they share.
#include "modules/itertools/itertools.h"

#include "modules/modules.h"

namespace taipan::itertools {

bool refuse_keywords(PyTypeObject* type, PyTypeObject* own, const char* name, PyObject* kwargs) {
  if (type != own && type->tp_init != own->tp_init) return true;
  return check_no_keywords_dict(name, kwargs);
}

Ref<> empty_iterator() { return iterate(empty_tuple()); }

Ref<> ssize_tuple(const Py_ssize_t* values, Py_ssize_t n) {
  Ref<Tuple> t = TRY(new_tuple(n));
  for (Py_ssize_t i = 0; i < n; i++) t->ob_item[i] = TRY(new_int(values[i])).release();
  return t;
}

Result<Py_ssize_t> state_index(PyObject* state, Py_ssize_t i, Py_ssize_t low, Py_ssize_t high) {
  PyObject* o = item(state, i);
  if (!PyLong_Check(o)) return raise(PyExc_TypeError, "an integer is required");
  int64_t value;
  if (int_to_int64(o, &value)) return raise(PyExc_OverflowError, "Python int too large to convert to C ssize_t");
  return value < low ? low : value > high ? high : static_cast<Py_ssize_t>(value);
}

Status own_tuple(PyObject** result) {
  if (Py_REFCNT(*result) == 1) {
    // A tuple of atoms that the collector dropped may hold containers from now on.
    if (!gc_is_tracked(*result)) gc_track(*result);
    return {};
  }
  Ref<> copy = TRY(tuple_of(reinterpret_cast<Tuple*>(*result)->ob_item, tuple_size(*result)));
  replace_field(*result, std::move(copy));
  return {};
}

namespace {

Status fill(PyObject* module) {
  for (PyTypeObject* type :
       {&accumulate_type, &combinations_type, &combinations_with_replacement_type, &cycle_type, &dropwhile_type,
        &takewhile_type, &islice_type, &starmap_type, &chain_type, &compress_type, &filterfalse_type, &count_type,
        &zip_longest_type, &pairwise_type, &permutations_type, &product_type, &repeat_type, &groupby_type, &grouper_type,
        &tee_type, &tee_data_type})
    TRY(add_type(module, type));
  return {};
}

constinit PyMethodDef rows[2]{};

constexpr char itertools_doc[] =
    "Functional tools for creating and using iterators.\n\n"
    "Without end: count, cycle, repeat.\n"
    "Ending with the shortest input: accumulate, chain, compress, dropwhile, filterfalse, groupby, islice,\n"
    "pairwise, starmap, takewhile, tee, zip_longest (with the longest).\n"
    "Of combinatorics: product, permutations, combinations, combinations_with_replacement.";

}  // namespace
}  // namespace taipan::itertools

PyObject* init_itertools() {
  namespace module = taipan::itertools;
  module::rows[0] = module::tee_row;
  return taipan::define_module<"itertools", module::itertools_doc, module::fill, module::rows>();
}
