#pragma once
// The built-in exception types and what their implementations share. The hierarchy is
// exceptions.def.
#include <cstddef>
#include <initializer_list>
#include <string_view>

#include "object/error.h"
#include "object/object.h"

namespace taipan {

/// After ready_types(): makes ExceptionGroup (it has two bases, so it is a class made at run time),
/// fills the reserve of MemoryError instances. Once, at start.
Status start_exceptions();
/// Drops both; at stop.
void stop_exceptions();
/// Every static exception type, base classes first.
extern PyTypeObject* const exception_types[];
extern const size_t exception_type_count;

/// A MemoryError instance without context or traceback that was made at start; null: the reserve is
/// used up. Owned.
PyObject* take_spare_memory_error();

/// Makes a fetched exception's value an instance of its type, by CPython's rules.
void normalize_error(PendingError& e);
/// If an AttributeError without `name` and `obj` is pending, gives it these (for "Did you mean").
void note_attribute_error(PyObject* o, PyObject* name);
[[noreturn]] void abort_without_memory(const char* why);

inline bool is_exception(PyObject* o) { return PyExceptionInstance_Check(o); }
inline bool is_exception_class(PyObject* o) { return PyExceptionClass_Check(o); }
bool is_exception_group(PyObject* o);

// -- exception groups --
/// BaseExceptionGroup(message, list of exceptions).
Ref<> new_exception_group(const char* message, PyObject* exceptions);
/// group.split(type): first: what matches or None, second: the rest or None.
Result<std::pair<Ref<>, Ref<>>> split_exception_group(PyObject* group, PyObject* type);
/// What a try statement with except* clauses must raise in the end: `excs` is the list of what its
/// clauses raised and what stayed unhandled. None: nothing.
Ref<> prepare_reraise_star(PyObject* original, PyObject* excs);

// -- shared by the implementing files --
namespace exceptions {

PyObject* base_new(PyTypeObject* type, PyObject* args, PyObject* kwargs);
int base_init(PyObject* self, PyObject* args, PyObject* kwargs);
PyObject* base_str(PyObject* self);
/// The header fields' part of tp_traverse, tp_clear.
int visit_head(PyObject* self, visitproc visit, void* arg);
void clear_head(PyObject* self);
/// `(type, args[, state])`.
Ref<> reduce_to(PyObject* self, PyObject* args, PyObject* state);
/// Keyword-only arguments of a constructor, borrowed into `values`; others raise "'x' is an invalid
/// keyword argument for F()".
Status bind_keyword_only(PyObject* kwargs, const char* function,
                         std::initializer_list<const char*> names, PyObject** values);
/// "F takes exactly N arguments (M given)" unless low <= n <= high.
Status check_argument_count(std::string_view function, Py_ssize_t n, Py_ssize_t low,
                            Py_ssize_t high);

/// What one layout adds to the head: its fields give the collector's functions and the destructor.
template <class L, PyObject* L::*... Fields>
struct Layout {
  static int traverse(PyObject* self, visitproc visit, void* arg) {
    [[maybe_unused]] auto& x = *reinterpret_cast<L*>(self);
    int r = visit_head(self, visit, arg);
    ((r = r ? r : x.*Fields ? visit(x.*Fields, arg) : 0), ...);
    return r;
  }
  static int clear(PyObject* self) {
    [[maybe_unused]] auto& x = *reinterpret_cast<L*>(self);
    (clear_field(x.*Fields), ...);
    clear_head(self);
    return 0;
  }
  static void dealloc(PyObject* self);
  static constexpr Py_ssize_t size = sizeof(L);
};

/// One row's implementation: the functions and tables of its type.
struct Kind {
  Py_ssize_t size;
  destructor dealloc;
  traverseproc traverse;
  inquiry clear;
  initproc init;
  newfunc make = nullptr;
  reprfunc str = nullptr;
  PyMemberDef* members = nullptr;
  PyMethodDef* methods = nullptr;
  PyGetSetDef* getset = nullptr;
};
void dealloc_with(PyObject* self, destructor own, inquiry clear);
template <class L, PyObject* L::*... Fields>
void Layout<L, Fields...>::dealloc(PyObject* self) {
  dealloc_with(self, dealloc, clear);
}

#define TAIPAN_EXCEPTION_TABLES(X)                                                           \
  X(syntax_error)                                                                            \
  X(import_error) X(name_error) X(attribute_error) X(stop_iteration) X(system_exit)          \
      X(unicode_encode_error) X(unicode_decode_error) X(unicode_translate_error) X(os_error) \
          X(group)
#define X(name)                                                      \
  int name##_init(PyObject* self, PyObject* args, PyObject* kwargs); \
  extern PyMemberDef name##_members[];
TAIPAN_EXCEPTION_TABLES(X)
#undef X
#undef TAIPAN_EXCEPTION_TABLES

PyObject* syntax_error_str(PyObject* self);
PyObject* import_error_str(PyObject* self);
PyObject* key_error_str(PyObject* self);
PyObject* unicode_encode_error_str(PyObject* self);
PyObject* unicode_decode_error_str(PyObject* self);
PyObject* unicode_translate_error_str(PyObject* self);
PyObject* os_error_new(PyTypeObject* type, PyObject* args, PyObject* kwargs);
PyObject* os_error_str(PyObject* self);
PyObject* group_new(PyTypeObject* type, PyObject* args, PyObject* kwargs);
PyObject* group_str(PyObject* self);
PyObject* memory_error_new(PyTypeObject* type, PyObject* args, PyObject* kwargs);
extern PyMethodDef import_error_methods[], os_error_methods[], group_methods[];
extern PyGetSetDef os_error_getset[];
/// The run-time class `ExceptionGroup`, borrowed.
PyTypeObject* exception_group_type();
Status make_exception_group_type();
void drop_exception_group_type();

}  // namespace exceptions
}  // namespace taipan
