#pragma once
// Raising, testing and handling exceptions. The pending exception is PyThreadState's curexc_*: value and
// traceback may be null and the value unnormalised (a str), as extension modules are used to.
#include <Python.h>

#include "base/format.h"
#include "object/object.h"
#include "object/thread.h"

namespace taipan {

/// Sets the pending exception with a text built from `{}`s and returns what every failed function returns:
///   return raise(PyExc_TypeError, "'{}' object is not iterable", type_name(o));
/// Arguments: C strings, string_view, integers, characters; objects as `as_str(o)` or `as_repr(o)` (may run Python code).
/// The number of `{}` is checked during compilation.
template <class... A>
[[gnu::cold]] Raised raise(PyObject* type, FormatString<std::type_identity_t<A>...> text, const A&... args);

/// Sets the pending exception to `type(value)`; the value may be any object (a tuple is the arguments).
Raised raise_value(PyObject* type, PyObject* value);
/// Sets the pending exception `type()` without arguments.
Raised raise_bare(PyObject* type);
/// Re-raises an exception instance (its own traceback goes on).
Raised raise_instance(Ref<> instance);
Raised raise_no_memory();
/// SystemError "bad argument to internal function" and its kin.
Raised raise_internal(const char* what);
/// OSError (of the errno's subclass) from errno, with optional file names (borrowed).
Raised raise_os_error(int error, PyObject* filename = nullptr, PyObject* filename2 = nullptr);
/// KeyError(key): the key is wrapped in a tuple so that tuple keys show as they are.
Raised raise_key_error(PyObject* key);
/// StopIteration(value), null or None for none.
Raised raise_stop_iteration(PyObject* value);

/// Is an exception pending? Its type, borrowed.
inline PyObject* pending_error() { return current_thread()->curexc_type; }
/// Does the pending exception match a class or a tuple of classes? Runs no Python code.
bool pending_matches(PyObject* type);
bool exception_matches(PyObject* raised, PyObject* type);
/// Drops the pending exception.
void clear_error();
/// If the pending exception matches, drops it and returns true.
bool clear_error_if(PyObject* type);

/// A fetched exception: taken out of the thread while cleaning up, put back after.
struct PendingError {
  Ref<> type, value, traceback;
  static PendingError take();             ///< fetches (and clears)
  void restore() &&;                      ///< puts it back, replacing what is pending now
  /// The instance (normalised, __traceback__ set). Never empty if type is set: failing to normalise gives that error.
  Ref<> instance() &&;
};
/// Takes the pending exception as a normalised instance with its traceback. Empty if none is pending.
Ref<> take_error();
/// Chains: sets `context` (owned) as __context__ of the pending exception.
void chain_context(PendingError&& context);
/// Chains: sets `cause` as __cause__ and __context__ of the pending exception (`raise … from cause`).
void chain_cause(PendingError&& cause);

/// Reports the pending exception through sys.unraisablehook and clears it ("Exception ignored in: …").
void write_unraisable(PyObject* where);

/// warnings.warn_explicit's C form, through hooks. Failed: the warning was turned into an exception.
Status warn(PyObject* category, int stack_level, const char* text);

// -- formatting of arguments --
struct AsStr { PyObject* o; };
struct AsRepr { PyObject* o; };
struct AsAddress { const void* address; };  ///< as `%p`: 0x7f…
inline AsAddress as_address(const void* p) { return {p}; }
inline AsStr as_str(PyObject* o) { return {o}; }
inline AsRepr as_repr(PyObject* o) { return {o}; }
/// Builds a str from a text with `{}`s.
template <class... A>
Ref<> format_str(FormatString<std::type_identity_t<A>...> text, const A&... args);

}  // namespace taipan

#include "object/error_inline.h"
