#pragma once
// Tuples whose items have names (sys.version_info, os.stat_result …). The first n_in_sequence fields are the tuple's
// items; further fields lie behind them and are reached by name only.
#include <Python.h>
#include <structseq.h>

#include "object/object.h"

namespace taipan {

Ref<> new_struct_sequence_type(const PyStructSequence_Desc& desc, unsigned long extra_flags = 0);
/// A static type's fields for the description; readies it.
Status init_struct_sequence_type(PyTypeObject* type, const PyStructSequence_Desc& desc, unsigned long extra_flags = 0);
/// An instance whose fields are null, to be set with set_field before anyone sees it.
Ref<Tuple> new_struct_sequence(PyTypeObject* type);
inline void set_field(Tuple& t, Py_ssize_t i, Ref<> value) { t.ob_item[i] = value.release(); }

/// Fills instances in order: `StructFiller f(type); f.add(new_int(3)); return f.finish();`
class StructFiller {
 public:
  explicit StructFiller(PyTypeObject* type) : made_(new_struct_sequence(type)) {}
  void add(Ref<> value) {
    if (!made_ || !value) failed_ = true;
    if (made_) made_->ob_item[next_++] = value.release();
  }
  Ref<> finish();

 private:
  Ref<Tuple> made_;
  Py_ssize_t next_ = 0;
  bool failed_ = false;
};

}  // namespace taipan
