#pragma once
// What instructions mean, as plain functions: the handlers call them, and so may a compiler or a stepping view.
// All return owned references; null or false means that an exception is pending.
#include "object/object.h"
#include "object/protocol.h"
#include "vm/frame.h"

namespace taipan {

// -- names --
[[gnu::noinline]] Ref<> load_name(Frame* f, PyObject* name);
[[gnu::noinline]] Ref<> load_global(PyObject* globals, PyObject* builtins, PyObject* name);
Status store_name(Frame* f, PyObject* name, PyObject* value);
Status delete_name(Frame* f, PyObject* name);
Status delete_global(Frame* f, PyObject* name);
Status setup_annotations(Frame* f);
Ref<> load_class_deref(Frame* f, unsigned slot);
Ref<> load_build_class(Frame* f);
[[gnu::cold, gnu::noinline]] Raised raise_name_error(PyObject* name);
[[gnu::cold, gnu::noinline]] Raised raise_unbound_local(PyCodeObject* code, unsigned slot);
/// For cells: UnboundLocalError for the function's own, NameError for an enclosing one's.
[[gnu::cold, gnu::noinline]] Raised raise_unbound_cell(PyCodeObject* code, unsigned slot);

// -- collections --
Ref<> build_string(PyObject** parts, Py_ssize_t n);
Ref<> format_value(PyObject* value, PyObject* spec, unsigned conversion);
Ref<> build_tuple_stealing(PyObject** items, Py_ssize_t n);
Ref<> build_list_stealing(PyObject** items, Py_ssize_t n);
Ref<> build_set(PyObject** items, Py_ssize_t n);
Ref<> build_map(PyObject** pairs, Py_ssize_t n);
Ref<> build_const_key_map(PyObject* keys, PyObject** values, Py_ssize_t n);
Status list_extend_from(PyObject* list, PyObject* iterable);
Status dict_update_from(PyObject* dict, PyObject* mapping);
Status dict_merge_from(PyObject* callable, PyObject* dict, PyObject* mapping);
/// Unpacks into `to`, the last item first (`to[-1]` is the first item); fails without leaving anything there.
bool unpack_iterable(PyObject* o, Py_ssize_t before, Py_ssize_t after, PyObject** top);

// -- calls --
/// `*args` as a tuple, or the TypeError that names the callable.
Ref<> call_arguments_tuple(PyObject* callable, PyObject* args);
/// Sorts arguments into the locals of a new frame; takes over the references of all `args` (also on failure).
bool bind_arguments(PyThreadState* ts, PyFunctionObject* func, PyObject** slots, PyObject** args, Py_ssize_t nargs,
                    PyObject* kwnames);
/// A frame for a function with its arguments bound, not yet linked. Takes over `func`, `locals` (may be null)
/// and all `args`, on failure too.
Frame* make_frame(PyThreadState* ts, PyFunctionObject* func, PyObject* locals, PyObject** args, Py_ssize_t nargs,
                  PyObject* kwnames);
/// The same for `f(*args, **kwargs)`; args a tuple, kwargs a dict or null, both borrowed.
Frame* make_frame_from_tuple(PyThreadState* ts, PyFunctionObject* func, PyObject* locals, PyObject* args,
                             PyObject* kwargs);
void clear_and_pop(PyThreadState* ts, Frame* f);
Ref<> make_function(Frame* f, PyObject** top, unsigned flags);

// -- exceptions --
/// `raise exception from cause` (either may be null; both taken over). True: a re-raise, whose traceback goes on as it is.
bool do_raise(PyThreadState* ts, PyObject* exception, PyObject* cause);
Result<bool> check_except_type(PyObject* type);
Result<bool> check_except_star_type(PyObject* type);
/// Splits for `except*`: what matches (None: nothing) and what remains.
Status match_exception_group(PyObject* exception, PyObject* type, PyObject** match, PyObject** rest);
/// The methods of a context manager, bound: `enter` and `exit`; error texts of `with` and `async with`.
Status load_with_methods(PyObject* manager, bool async, Ref<>* enter, Ref<>* exit);

// -- iteration, generators --
enum class Sent { yielded, returned, error };
Sent send_to(PyObject* receiver, PyObject* value, PyObject** result);
Ref<> get_awaitable(PyObject* o, unsigned context);
Ref<> get_async_iterator(PyObject* o);
Ref<> get_async_next(PyObject* iterator);
Ref<> yield_from_iterator(Frame* f, PyObject* iterable);

// -- matching --
/// The values of all keys as a tuple; None if one is missing.
Ref<> match_keys(PyObject* mapping, PyObject* keys);
/// The attributes that a class pattern asks for; empty inside: no match.
Result<Ref<>> match_class(PyObject* subject, PyObject* type, Py_ssize_t positional, PyObject* names);

// -- imports --
Ref<> import_name(Frame* f, PyObject* name, PyObject* fromlist, PyObject* level);
Ref<> import_from(PyObject* module, PyObject* name);
Status import_star(Frame* f, PyObject* module);

}  // namespace taipan
