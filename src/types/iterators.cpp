// What all iterators by index have in common.
#include "types/iterators.h"

#include "object/bind.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"

namespace taipan {

Ref<> new_sequence_iterator(PyTypeObject* type, PyObject* sequence) {
  auto it = TRY(allocate<SequenceIterator>(type));
  it->index = 0;
  it->sequence = Py_NewRef(sequence);
  gc_track(object(it.get()));
  return it;
}

void sequence_iterator_dealloc(SequenceIterator& self) {
  gc_untrack(object(self));
  Py_XDECREF(self.sequence);
  deallocate(&self);
}
int sequence_iterator_traverse(SequenceIterator& self, visitproc visit, void* arg) {
  Py_VISIT(self.sequence);
  return 0;
}
PyObject* iterate_self(PyObject* self) { return Py_NewRef(self); }

Ref<> builtin_iter() {
  PyObject* iter = interpreter().builtins ? dict_find_name(interpreter().builtins, "iter"_name) : nullptr;
  if (!iter) return raise(PyExc_AttributeError, "iter");
  return share(iter);
}

namespace {

constexpr char length_hint_doc[] = "__length_hint__($self, /)\n--\n\nHow many items are probably left.";
Result<Py_ssize_t> items_left(SequenceIterator& self) {
  if (!self.sequence) return Py_ssize_t{0};
  Py_ssize_t left = TRY(length(self.sequence)) - self.index;
  return left > 0 ? left : Py_ssize_t{0};
}

constexpr char reduce_doc[] = "__reduce__($self, /)\n--\n\nWhat pickling needs.";
Ref<> reduce(SequenceIterator& self) {
  Ref<> iter = TRY(builtin_iter());
  if (self.sequence) {
    Ref<> arguments = TRY(tuple_of({self.sequence}));
    Ref<> index = TRY(new_int(self.index));
    return tuple_of({iter.get(), arguments.get(), index.get()});
  }
  bool text = Py_TYPE(object(self)) == &PyUnicodeIter_Type || Py_TYPE(object(self)) == &_PyUnicodeASCIIIter_Type;
  Ref<> arguments = TRY(tuple_of({text ? empty_str() : empty_tuple()}));
  return tuple_of({iter.get(), arguments.get()});
}

constexpr char setstate_doc[] = "__setstate__($self, state, /)\n--\n\nGoes to an index, for unpickling.";
Status setstate(SequenceIterator& self, Py_ssize_t state) {
  if (!self.sequence) return {};
  Py_ssize_t size = TRY(length(self.sequence));
  self.index = state < 0 ? 0 : state > size ? size : state;
  return {};
}

}  // namespace

constinit PyMethodDef sequence_iterator_methods[] = {
    method<length_hint_doc, items_left>,
    method<reduce_doc, reduce>,
    method<setstate_doc, setstate>,
    {},
};

}  // namespace taipan
