#pragma once
// The machine as the rest of the program sees it.
#include <span>

#include "object/object.h"
#include "object/protocol.h"

struct _PyInterpreterFrame;

namespace taipan {

/// All static types of this floor, for ready_types().
std::span<PyTypeObject* const> vm_types();
/// Fills the hooks that this floor serves (current globals and builtins, super's arguments). Once, at start.
void start_vm();
/// Prepares a thread state for running code: handler table, first C frame, exception stack. Before its first call.
void start_thread_vm(PyThreadState* ts);
/// Frees what start_thread_vm and running took.
void stop_thread_vm(PyThreadState* ts);

// -- running code --
/// Runs module-like code (no arguments). `locals` null: the globals. Builtins come from globals['__builtins__'].
Ref<> eval_code(Code& code, PyObject* globals, PyObject* locals = nullptr);
/// The same for code with free variables and arguments: exec's closure, PyEval_EvalCodeEx.
Ref<> eval_code_ex(Code& code, PyObject* globals, PyObject* locals, PyObject* const* args, Py_ssize_t nargs,
                   PyObject* const* kwargs, Py_ssize_t nkw, PyObject* const* defaults, Py_ssize_t ndefaults,
                   PyObject* kwdefaults, PyObject* closure);
/// builtins.__build_class__(func, name, *bases, metaclass=…, **kwds), as a fast call with keywords.
Ref<> build_class(PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames);
/// The builtins dict that code with these globals uses; borrowed.
PyObject* builtins_of_globals(PyThreadState* ts, PyObject* globals);

// -- the running frame --
PyObject* current_globals();    ///< borrowed; null: no Python code runs
PyObject* current_builtins();   ///< borrowed; the interpreter's if no Python code runs
Ref<> current_locals();         ///< locals(): SystemError "frame does not exist" without a frame
/// The frame object of the running frame `depth` levels up; borrowed. Null without exception: no such frame.
PyFrameObject* current_frame_object(int depth = 0);
int current_code_flags();        ///< co_flags of the running code; 0 if no Python code runs
Ref<> frame_locals(_PyInterpreterFrame* f);  ///< f_locals
/// Copies fast locals to the dict and back.
Status fast_to_locals(_PyInterpreterFrame* f);
void locals_to_fast(_PyInterpreterFrame* f, bool clear);
int frame_line(_PyInterpreterFrame* f);      ///< -1: no line
Ref<PyFrameObject> new_frame_object(PyThreadState* ts, PyCodeObject* code, PyObject* globals, PyObject* locals);
int line_of(PyCodeObject* code, int byte_offset);

// -- objects of this floor --
Ref<> new_function(PyObject* code, PyObject* globals, PyObject* qualname = nullptr);
Ref<> new_method(PyObject* function, PyObject* self);
Ref<> new_instance_method(PyObject* function);
Ref<> new_cell(PyObject* content = nullptr);
/// What new_static_method and new_class_method (object/protocol.h) do.
Ref<> make_static_method(PyObject* callable);
Ref<> make_class_method(PyObject* callable);
/// anext(iterator, default): what `await` gets. `awaitable` from get_async_next.
Ref<> new_anext_awaitable(PyObject* awaitable, PyObject* fallback);
Ref<> await_iterator(PyObject* o);           ///< o.__await__(), checked; coroutines as they are
Ref<> generator_send(PyObject* generator, PyObject* value);
void set_function_defaults_version(PyFunctionObject* f);  ///< after a change that call caches depend on
/// Has the running exception's value been taken as StopIteration's? Gives its value (None if nothing is pending).
Status take_stop_iteration_value(PyObject** value);

// -- exceptions --
/// Adds an entry for the running frame to the pending exception's traceback.
void add_traceback(_PyInterpreterFrame* f);
/// An entry for code that is not Python's own (the C part of an extension, a template …).
void add_synthetic_traceback(const char* function, const char* file, int line);
Ref<> new_traceback(PyObject* next, PyFrameObject* frame, int lasti, int line);
int traceback_line(PyTracebackObject* t);
/// The exception being handled now; borrowed, null if none.
PyObject* handled_exception(PyThreadState* ts);

// -- tracing --
Status set_profile(PyThreadState* ts, Py_tracefunc function, PyObject* argument);
Status set_trace(PyThreadState* ts, Py_tracefunc function, PyObject* argument);
/// Looks at c_tracefunc, c_profilefunc and `tracing` anew: chooses the handler table.
void update_tracing(PyThreadState* ts);

}  // namespace taipan
