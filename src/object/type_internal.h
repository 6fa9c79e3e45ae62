#pragma once
// What the files of the type machinery share among themselves.
#include <string_view>

#include "object/dict.h"
#include "object/object.h"
#include "object/slots.h"
#include "object/tuple.h"
#include "object/type.h"

namespace taipan {

/// Subclasses are kept in tp_subclasses: a dict from the subclass's address (int) to a weak reference. Calls
/// visit(PyTypeObject*) -> bool for each live one; false stops.
template <class F>
void for_each_subclass(PyTypeObject* type, F&& visit) {
  PyObject* subclasses = type->tp_subclasses;
  if (!subclasses) return;
  Ref<> keep = share(subclasses);
  Py_ssize_t position = 0;
  PyObject *key, *reference;
  while (dict_next(subclasses, &position, &key, &reference)) {
    PyObject* sub = reinterpret_cast<PyWeakReference*>(reference)->wr_object;
    if (sub == Py_None || !sub) continue;
    if (!visit(reinterpret_cast<PyTypeObject*>(sub))) return;
  }
}
Status add_subclass(PyTypeObject* base, PyTypeObject* type);
void remove_subclass(PyTypeObject* base, PyTypeObject* type);
Status add_to_bases(PyTypeObject* type);
void remove_from_bases(PyTypeObject* type);

/// Computes the MRO (type.mro() of a metaclass that overrides it) and stores it.
/// False if a metaclass's mro() has made another one meanwhile, which stays.
Result<bool> compute_mro(PyTypeObject* type);
/// C3 linearisation of the type and its bases: a list.
Ref<> c3_mro(PyTypeObject* type);
/// The base whose layout the instances extend; checks that all bases agree.
PyTypeObject* best_base(PyObject* bases);
PyTypeObject* solid_base(PyTypeObject* type);

/// Copies what a type did not define from a base: flags and sizes; then slot by slot.
void inherit_special(PyTypeObject* type, PyTypeObject* base);
/// `whole`: what the base has inherited, too.
void inherit_slots(PyTypeObject* type, PyTypeObject* base, bool whole = false);

/// The slots that a type defines and that special methods can show.
class FilledSlots {
 public:
  FilledSlots() {}  ///< none
  explicit FilledSlots(PyTypeObject* type);

  struct Slot {
    SlotRow* row;
    void* value;
  };
  int count() const { return count_; }
  const Slot* begin() const { return slots_; }
  const Slot* end() const { return slots_ + count_; }

 private:
  int count_ = 0;
  Slot slots_[kSlotRowCount];
};
/// Slot wrappers (`__add__` for nb_add …) for the slots that a static type defines.
Status add_slot_wrappers(PyTypeObject* type, const FilledSlots& filled);
/// Sets every slot of a new class from its MRO's special methods.
void set_slots_from_methods(PyTypeObject* type);
/// After type.__name = value: sets the slots that this name feeds, in the type and its subclasses.
void update_slots(PyTypeObject* type, PyObject* name);
/// `type.tp_new` as `__new__`.
Status add_new_method(PyTypeObject* type);
extern PyMethodDef new_method_row;
bool is_slot_new(newfunc f);
bool is_new_method(PyObject* builtin_function);  ///< made by add_new_method?

/// Is the type's MRO its only base's with itself in front?
bool extends_mro_of_base(PyTypeObject* type);
/// Was the type made by type.__new__, so that its slots come from methods alone?
bool is_made_by_new_type(const PyTypeObject* type);

Py_hash_t hash_not_implemented(PyObject* o);
PyObject* object_new(PyTypeObject* type, PyObject* args, PyObject* kwargs);
int object_init(PyObject* self, PyObject* args, PyObject* kwargs);
PyObject* type_new(PyTypeObject* metatype, PyObject* args, PyObject* kwargs);

void subtype_dealloc(PyObject* o);
int subtype_traverse(PyObject* o, visitproc visit, void* arg);
int subtype_clear(PyObject* o);
extern PyGetSetDef subtype_getset_full[];       // __dict__, __weakref__
extern PyGetSetDef subtype_getset_dict_only[];
extern PyGetSetDef subtype_getset_weakref_only[];

/// The text behind the signature of a docstring, and the signature itself ("(x, /)"); null data: none.
std::string_view doc_without_signature(std::string_view name, const char* doc);
std::string_view doc_signature(std::string_view name, const char* doc);
/// `__doc__` and `__text_signature__` values: str or None.
Ref<> doc_object(std::string_view name, const char* doc);
Ref<> signature_object(std::string_view name, const char* doc);

void clear_method_cache();

/// May an object (or class) change from one layout to the other? Raises if not; `attribute`: "__class__" or "__bases__".
bool compatible_for_assignment(PyTypeObject* old_type, PyTypeObject* new_type, const char* attribute);
/// Adds the names of a class's attributes, its bases' included, to a dict (dir()).
Status merge_class_attributes(PyObject* into, PyObject* cls);


/// What object's, type's or a module's way of getting attributes finds; absent: empty inside, without the
/// AttributeError. Another way raises it.
Result<Ref<>> find_attr_by(getattrofunc way, PyObject* o, PyObject* name);
bool tells_absence(getattrofunc way);  ///< one of these
Result<Ref<>> find_on_type(PyTypeObject* type, PyObject* name);

}  // namespace taipan
