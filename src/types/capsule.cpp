// The capsule type.
#include "types/capsule.h"

#include "object/error.h"
#include "object/gc.h"
#include "object/hooks.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"

namespace taipan {

static Capsule* as_capsule(PyObject* o) { return reinterpret_cast<Capsule*>(o); }

static bool same_name(const char* a, const char* b) { return a == b || (a && b && strcmp(a, b) == 0); }

Ref<> new_capsule(void* pointer, const char* name, PyCapsule_Destructor destructor) {
  if (!pointer) return raise(PyExc_ValueError, "PyCapsule_New called with null pointer");
  auto capsule = TRY(allocate<Capsule>(&PyCapsule_Type));
  capsule->pointer = pointer;
  capsule->name = name;
  capsule->context = nullptr;
  capsule->destructor = destructor;
  return capsule;
}

bool capsule_is_valid(PyObject* o, const char* name) {
  return o && Py_IS_TYPE(o, &PyCapsule_Type) && as_capsule(o)->pointer && same_name(as_capsule(o)->name, name);
}

Result<Capsule*> checked_capsule(PyObject* o, const char* name, const char* caller) {
  if (!o || !Py_IS_TYPE(o, &PyCapsule_Type) || !as_capsule(o)->pointer)
    return raise(PyExc_ValueError, "{} called with invalid PyCapsule object", caller);
  if (!same_name(as_capsule(o)->name, name)) return raise(PyExc_ValueError, "{} called with incorrect name", caller);
  return as_capsule(o);
}

Result<void*> capsule_import(const char* name) {
  // The first part names a module, the others are attributes, one of the other.
  Ref<> found;
  std::string_view rest = name;
  while (true) {
    size_t dot = rest.find('.');
    std::string_view part = rest.substr(0, dot);
    if (!found) {
      TextBuffer text;
      if (!text.append(part)) return raise_no_memory();
      found = hooks.import_module(text.c_str());
      if (!found) return raise(PyExc_ImportError, "PyCapsule_Import could not import module \"{}\"", part);
    } else {
      Ref<> attribute = TRY(new_str(part));
      found = TRY(get_attr(found.get(), attribute.get()));
    }
    if (dot == rest.npos) break;
    rest.remove_prefix(dot + 1);
  }
  if (!capsule_is_valid(found.get(), name))
    return raise(PyExc_AttributeError, "PyCapsule_Import \"{}\" is not valid", name);
  return as_capsule(found.get())->pointer;
}

static void capsule_dealloc(PyObject* o) {
  if (PyCapsule_Destructor destroy = as_capsule(o)->destructor) destroy(o);
  deallocate(as_capsule(o));
}
static Ref<> capsule_repr(PyObject* o) {
  const char* name = as_capsule(o)->name;
  const char* quote = name ? "\"" : "";
  return format_str("<capsule object {}{}{} at 0x{}>", quote, name ? name : "NULL", quote,
                    Hex{reinterpret_cast<uintptr_t>(o)});
}

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject PyCapsule_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "PyCapsule",
    .tp_basicsize = sizeof(Capsule),
    .tp_dealloc = capsule_dealloc,
    .tp_repr = slot<capsule_repr>,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "A C pointer that one extension module hands to others, under a name that says\n"
              "what it points at. It can be held and passed on, but not looked into, from Python.",
};
