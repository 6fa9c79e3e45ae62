// What the iterators of str, bytes and bytearray have in common.
#include "types/text_iterators.h"

#include "object/bind.h"
#include "object/error.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "types/rows.h"

namespace taipan {

PyObject* iterate_self(PyObject* self) { return Py_NewRef(self); }

namespace {

constexpr char length_hint_doc[] =
    "__length_hint__($self, /)\n--\n\nHow many items are probably left.";
Result<Py_ssize_t> items_left(SequenceIterator& self) {
  if (!self.sequence) return Py_ssize_t{0};
  Py_ssize_t left = TRY(length(self.sequence)) - self.index;
  return left > 0 ? left : Py_ssize_t{0};
}

constexpr char reduce_doc[] = "__reduce__($self, /)\n--\n\nWhat pickling needs.";
Ref<> reduce(SequenceIterator& self) {
  bool text = Py_TYPE(object(self)) == &PyUnicodeIter_Type ||
              Py_TYPE(object(self)) == &_PyUnicodeASCIIIter_Type;
  return reduce_index_iterator(object(self), "iter"_name, text ? empty_str() : empty_tuple());
}

constexpr char setstate_doc[] =
    "__setstate__($self, state, /)\n--\n\nGoes to an index, for unpickling.";
Status setstate(SequenceIterator& self, Py_ssize_t state) {
  if (!self.sequence) return {};
  Py_ssize_t size = TRY(length(self.sequence));
  self.index = state < 0 ? 0 : state > size ? size : state;
  return {};
}

}  // namespace

constinit PyMethodDef text_iterator_methods[] = {
    method<length_hint_doc, items_left>,
    method<reduce_doc, reduce>,
    method<setstate_doc, setstate>,
    {},
};

}  // namespace taipan
