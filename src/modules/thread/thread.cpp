// Module _thread: starting threads, and the types of lock.cpp and local.cpp.
#include "modules/thread/thread.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "modules/module.h"
#include "modules/modules.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/exceptions.h"
#include "object/int.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "object/weakref.h"
#include "runtime/audit.h"
#include "runtime/gil.h"
#include "runtime/lifecycle.h"
#include "runtime/pending.h"
#include "runtime/thread_state.h"
#include "runtime/traceback_print.h"
#include "types/struct_sequence.h"

namespace taipan::threads {
namespace {

long running = 0;
size_t stack_bytes = 0;  // 0: the system's default

struct Start {
  PyObject *function, *args, *kwargs;
  PyThreadState* ts;
};

void* run(void* argument) {
  auto* start = static_cast<Start*>(argument);
  PyThreadState* ts = start->ts;
  adopt_thread_state(ts);
  take_gil(ts);
  running++;
  Ref<> function = adopt(start->function), args = adopt(start->args), kwargs = adopt(start->kwargs);
  delete start;
  if (!call_object(function.get(), args.get(), kwargs.get())) {
    if (!clear_error_if(PyExc_SystemExit))
      report_unraisable_message("in thread started by", function.get());
  }
  function.reset();
  args.reset();
  kwargs.reset();
  running--;
  clear_thread_state(ts);
  forget_own_thread_state();
  drop_gil(ts);
  delete_thread_state(ts);
  return nullptr;
}

Ref<> start_new_thread(PyObject*, Arguments a) {
  if (!check_positional("start_new_thread", a.count, 2, 3)) return {};
  PyObject *function = a.items[0], *args = a.items[1], *kwargs = a.count > 2 ? a.items[2] : nullptr;
  if (!is_callable(function)) return raise(PyExc_TypeError, "first arg must be callable");
  if (!PyTuple_Check(args)) return raise(PyExc_TypeError, "2nd arg must be a tuple");
  if (kwargs && !PyDict_Check(kwargs))
    return raise(PyExc_TypeError, "optional 3rd arg must be a dictionary");
  TRY(audit("_thread.start_new_thread", {function, args, kwargs ? kwargs : Py_None}));
  PyThreadState* ts = new_thread_state();
  if (!ts) return raise_no_memory();
  auto* start = new Start{Py_NewRef(function), Py_NewRef(args), Py_XNewRef(kwargs), ts};
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  // Small stacks get what our own reserve takes of them on top.
  if (stack_bytes) pthread_attr_setstacksize(&attributes, stack_bytes + 512 * 1024);
  pthread_t id;
  int error = pthread_create(&id, &attributes, run, start);
  pthread_attr_destroy(&attributes);
  if (error) {
    Py_DECREF(function);
    Py_DECREF(args);
    Py_XDECREF(kwargs);
    delete start;
    clear_thread_state(ts);
    delete_thread_state(ts);
    return raise(PyExc_RuntimeError, "can't start new thread");
  }
  return new_int_unsigned(static_cast<uint64_t>(id));
}

constexpr char allocate_lock_doc[] = "allocate_lock($module, /)\n--\n\nA new open lock.";
Ref<> allocate_lock(PyObject*) { return new_lock(); }
constexpr char allocate_doc[] =
    "allocate($module, /)\n--\n\nAn obsolete synonym of allocate_lock().";

constexpr char get_ident_doc[] =
    "get_ident($module, /)\n--\n\nA number that no other running thread has.";
Ref<> get_ident(PyObject*) { return new_int_unsigned(static_cast<uint64_t>(pthread_self())); }
constexpr char get_native_id_doc[] =
    "get_native_id($module, /)\n--\n\nThe thread's number in the operating system.";
Result<int> get_native_id(PyObject*) { return static_cast<int>(gettid()); }
constexpr char count_doc[] =
    "_count($module, /)\n--\n\nHow many threads run that this module started.";
Result<Py_ssize_t> count(PyObject*) { return static_cast<Py_ssize_t>(running); }

constexpr char exit_doc[] = "exit($module, /)\n--\n\nEnds the thread: raises SystemExit.";
constexpr char exit_thread_doc[] = "exit_thread($module, /)\n--\n\nAn obsolete synonym of exit().";
Ref<> exit(PyObject*) { return raise_bare(PyExc_SystemExit); }

Ref<> interrupt_main(PyObject*, Arguments a) {
  if (!check_positional("interrupt_main", a.count, 0, 1)) return {};
  int64_t number = SIGINT;
  if (a.count) {
    Ref<> n = TRY(index(a.items[0]));
    number = TRY(to_int64(n.get()));
  }
  if (number < 1 || number >= NSIG) return raise(PyExc_ValueError, "signal number out of range");
  simulate_signal(static_cast<int>(number));
  return none();
}

Ref<> stack_size(PyObject*, Arguments a) {
  if (!check_positional("stack_size", a.count, 0, 1)) return {};
  Py_ssize_t wanted = a.count ? TRY(to_ssize(a.items[0], PyExc_OverflowError)) : 0;
  if (wanted < 0) return raise(PyExc_ValueError, "size must be 0 or a positive value");
  Ref<> old = TRY(new_int(static_cast<int64_t>(stack_bytes)));
  if (wanted && wanted < 32768) return raise(PyExc_ValueError, "size not valid: {} bytes", wanted);
  if (a.count) stack_bytes = static_cast<size_t>(wanted);
  return old;
}

/// The thread's last act is to open this lock: that is what join() waits for. Only weakly known,
/// for the lock may be gone before the thread.
void open_sentinel(void* weak) {
  Ref<> reference = adopt(static_cast<PyObject*>(weak));
  PyObject* lock = reinterpret_cast<PyWeakReference*>(reference.get())->wr_object;
  if (lock && lock != Py_None && reinterpret_cast<Lock*>(lock)->locked)
    release(*reinterpret_cast<Lock*>(lock));
}
constexpr char set_sentinel_doc[] =
    "_set_sentinel($module, /)\n--\n\nA lock that is opened when the calling thread ends.";
Ref<> set_sentinel(PyObject*) {
  PyThreadState* ts = current_thread();
  if (ts->on_delete) {
    ts->on_delete = nullptr;
    Ref<> old = adopt(static_cast<PyObject*>(std::exchange(ts->on_delete_data, nullptr)));
  }
  Ref<> lock = TRY(new_lock());
  ts->on_delete_data = TRY(new_weakref(lock.get())).release();
  ts->on_delete = open_sentinel;
  return lock;
}

// -- exceptions in threads ------------------------------------------------------------------

PyTypeObject* hook_arguments_type = nullptr;

/// threading.excepthook's default: "Exception in thread NAME:" and the traceback, to sys.stderr or
/// the thread's own.
Ref<> excepthook(PyObject*, PyObject* args) {
  if (Py_TYPE(args) != hook_arguments_type)
    return raise(PyExc_TypeError, "_thread.excepthook argument type must be ExceptHookArgs");
  PyObject *type = item(args, 0), *value = item(args, 1), *traceback = item(args, 2),
           *thread = item(args, 3);
  if (type == PyExc_SystemExit) return none();
  PyObject* file = sys_get("stderr"_name);
  Ref<> target = file && file != Py_None ? share(file) : Ref<>();
  if (!target) {
    if (thread == Py_None) return none();
    Ref<> own = TRY(find_attr(thread, "_stderr"_name));
    if (!own || own.get() == Py_None) return none();
    target = std::move(own);
  }
  TextBuffer out;
  Ref<> name = thread == Py_None ? Ref<>() : TRY(find_attr(thread, "name"_name));
  if (name)
    format(out, "Exception in thread {}:\n", as_str(name.get()));
  else
    format(out, "Exception in thread {}:\n", static_cast<uint64_t>(pthread_self()));
  if (is_exception(value)) {
    if (traceback != Py_None && !reinterpret_cast<Exception*>(value)->traceback)
      reinterpret_cast<Exception*>(value)->traceback = Py_NewRef(traceback);
    format_exception(out, value);
  }
  Ref<> text = TRY(new_str_with_surrogates(out.view()));
  TRY(done(call_method(target.get(), "write"_name, text.get())));
  return call_method(target.get(), "flush"_name);
}
constexpr char excepthook_doc[] =
    "_excepthook($module, exc_type, /)\n--\n\nPrints an exception that ended a thread.";

Status fill(PyObject* module) {
  static PyStructSequence_Field fields[] = {{"exc_type", "the exception's class"},
                                            {"exc_value", "the exception"},
                                            {"exc_traceback", "its traceback"},
                                            {"thread", "the thread"},
                                            {}};
  PyStructSequence_Desc desc = {"_thread._ExceptHookArgs", "What threading.excepthook gets.",
                                fields, 4};
  Ref<> args_type = TRY(new_struct_sequence_type(desc));
  TRY(add_to_module(module, "_ExceptHookArgs", args_type.get()));
  hook_arguments_type = reinterpret_cast<PyTypeObject*>(args_type.release());
  for (PyTypeObject* type : {&lock_type, &rlock_type, &local_token_type, &local_type})
    TRY(ready_type(type));
  TRY(add_to_module(module, "LockType", object(&lock_type)));
  TRY(add_to_module(module, "RLock", object(&rlock_type)));
  TRY(add_to_module(module, "_local", object(&local_type)));
  TRY(add_to_module(module, "error", PyExc_RuntimeError));
  return add_to_module(module, "TIMEOUT_MAX",
                       new_float(static_cast<double>(kLongestTimeout / 1000000)));
}

constexpr char start_doc[] =
    "start_new_thread(function, args[, kwargs])\n(start_new() is an obsolete synonym)\n\n"
    "Runs function(*args, **kwargs) in a new thread and returns its identifier.";
constinit PyMethodDef methods[] = {
    positional_varargs<start_new_thread>("start_new_thread", start_doc),
    positional_varargs<start_new_thread>("start_new", start_doc),
    method<allocate_lock_doc, allocate_lock>,
    method<allocate_doc, allocate_lock>,
    method<exit_thread_doc, exit>,
    method<exit_doc, exit>,
    positional_varargs<interrupt_main>(
        "interrupt_main",
        "interrupt_main(signum=signal.SIGINT, /)\n\nMakes the main thread see a signal."),
    method<get_ident_doc, get_ident>,
    method<get_native_id_doc, get_native_id>,
    method<count_doc, count>,
    positional_varargs<stack_size>("stack_size",
                                   "stack_size([size]) -> size\n\nThe stack size of new threads in "
                                   "bytes, 0 for the system's; sets it."),
    method<set_sentinel_doc, set_sentinel>,
    method<excepthook_doc, excepthook>,
    {},
};
constexpr char doc[] = "Threads and locks, the lowest layer. Programs use module threading.";

}  // namespace
}  // namespace taipan::threads

PyObject* init_thread() {
  using namespace taipan;
  return define_module<"_thread", threads::doc, threads::fill, threads::methods>();
}
