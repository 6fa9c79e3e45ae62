// sys: limits, objects, frames, threads, exceptions.

#include <cstdio>

#include "modules/sys.h"
#include "object/alloc.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/exceptions.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "object/type_internal.h"
#include "runtime/audit.h"
#include "runtime/config.h"
#include "runtime/extension.h"
#include "runtime/gil.h"
#include "runtime/lifecycle.h"
#include "types/struct_sequence.h"
#include "vm/frame.h"
#include "vm/vm.h"

namespace taipan::sys {

// -- exceptions and exit --------------------------------------------------------------------

static constexpr char exc_info_doc[] =
    "exc_info($module, /)\n--\n\nType, value and traceback of the exception being handled; three "
    "times None outside of handlers.";
static Ref<> exc_info(PyObject*) {
  PyObject* e = handled_exception(current_thread());
  if (!e) return tuple_of({Py_None, Py_None, Py_None});
  PyObject* traceback = reinterpret_cast<Exception*>(e)->traceback;
  return tuple_of({object(Py_TYPE(e)), e, traceback ? traceback : Py_None});
}
static constexpr char exception_doc[] =
    "exception($module, /)\n--\n\nThe exception being handled, or None.";
static Ref<> exception(PyObject*) {
  PyObject* e = handled_exception(current_thread());
  return e ? share(e) : none();
}
static constexpr char exit_doc[] =
    "exit($module, status=None, /)\n--\n\n"
    "Raises SystemExit(status). The process ends with that status: an integer, 0 for None, 1 for "
    "anything else, which is printed.";
static Ref<> exit(PyObject*, PyObject* status) { return raise_value(PyExc_SystemExit, status); }

// -- objects --------------------------------------------------------------------------------

static constexpr char intern_doc[] =
    "intern($module, string, /)\n--\n\nThe one string object with this text: equal interned "
    "strings are identical.";
static Ref<> intern(PyObject*, Str& s) {
  if (!PyUnicode_CheckExact(object(s)))
    return raise(PyExc_TypeError, "can't intern {}", clip(type_name(object(s)), 400));
  return taipan::intern(share(object(s)));
}
static constexpr char getrefcount_doc[] =
    "getrefcount($module, object, /)\n--\n\nThe object's count of references; the argument itself "
    "is one of them.";
static Result<Py_ssize_t> getrefcount(PyObject*, PyObject* o) { return Py_REFCNT(o); }

static Result<Py_ssize_t> size_of(PyObject* o) {
  Ref<> method = TRY(lookup_special(o, "__sizeof__"_name));
  if (!method)
    return raise(PyExc_TypeError, "Type {} doesn't define __sizeof__", clip(type_name(o), 100));
  Ref<> answer = TRY(call(method.get()));
  if (!PyLong_Check(answer.get())) return raise(PyExc_TypeError, "an integer is required");
  Py_ssize_t n = TRY(to_ssize(answer.get(), PyExc_OverflowError));
  if (n < 0) return raise(PyExc_ValueError, "__sizeof__() should return >= 0");
  return n + static_cast<Py_ssize_t>(gc_has_head(o) ? gc_prefix(Py_TYPE(o)) : 0);
}
static constexpr char getsizeof_signature[] =
    "getsizeof(object, default=<unrepresentable>)\n--\n\n";
static Ref<> getsizeof(PyObject*, Arguments args) {
  static constexpr Signature kSig = parse_signature(getsizeof_signature);
  PyObject* slots[2]{};
  if (!bind_keywords(kSig, args.items, args.count, args.names, slots)) return {};
  auto n = size_of(slots[0]);
  if (n) return new_int(*n);
  if (slots[1] && clear_error_if(PyExc_TypeError)) return share(slots[1]);
  return {};
}
static constexpr char getallocatedblocks_doc[] =
    "getallocatedblocks($module, /)\n--\n\nHow many blocks of memory objects take.";
static Result<Py_ssize_t> getallocatedblocks(PyObject*) {
  return static_cast<Py_ssize_t>(allocated_blocks());
}
static constexpr char clear_type_cache_doc[] =
    "_clear_type_cache($module, /)\n--\n\nForgets cached attribute look-ups.";
static void clear_type_cache(PyObject*) { clear_method_cache(); }
static constexpr char debugmallocstats_doc[] =
    "_debugmallocstats($module, /)\n--\n\nPrints how many blocks of memory wait to be used again.";
static void debugmallocstats(PyObject*) {
  fprintf(stderr, "Blocks alive: %lld\n\n", static_cast<long long>(live_objects));
  for (size_t step = 1; step <= kLargestPooled / kSizeStep; step++)
    if (uint32_t n = free_lists[step].count) fprintf(stderr, "%u free blocks of %zu bytes\n", n, step * kSizeStep);
  // Blocks of one size serve several types.
  const struct {
    const char* name;
    size_t size;
  } types[] = {{"PyDictObject", sizeof(PyDictObject) + sizeof(GcHead)}, {"PyFloatObject", sizeof(PyFloatObject)},
               {"PyListObject", sizeof(PyListObject) + sizeof(GcHead)}};
  for (auto& t : types)
    fprintf(stderr, "%u free %ss * %zu bytes each\n", free_lists[(t.size + kSizeStep - 1) / kSizeStep].count, t.name, t.size);
}

// -- limits ---------------------------------------------------------------------------------

static constexpr char getrecursionlimit_doc[] =
    "getrecursionlimit($module, /)\n--\n\nHow deep calls may be nested.";
static Result<int> getrecursionlimit(PyObject*) { return interpreter().recursion_limit; }
static constexpr char setrecursionlimit_doc[] =
    "setrecursionlimit($module, limit, /)\n--\n\nSets how deep calls may be nested.";
static Status setrecursionlimit(PyObject*, int limit) {
  if (limit < 1) return raise(PyExc_ValueError, "recursion limit must be greater or equal than 1");
  PyThreadState* ts = current_thread();
  int depth = ts->recursion_limit - ts->recursion_remaining;
  if (depth >= limit) {
    return raise(
        PyExc_RecursionError,
        "cannot set the recursion limit to {} at the recursion depth {}: the limit is too low",
        limit, depth);
  }
  interpreter().recursion_limit = limit;
  for (PyThreadState* t = interpreter().threads; t; t = t->next) {
    t->recursion_remaining = limit - (t->recursion_limit - t->recursion_remaining);
    t->recursion_limit = limit;
  }
  return {};
}
static constexpr char get_int_max_str_digits_doc[] =
    "get_int_max_str_digits($module, /)\n--\n\nHow many digits conversions between int and text "
    "may have; 0 is no limit.";
static Result<int> get_int_max_str_digits(PyObject*) { return interpreter().int_max_str_digits; }
static constexpr char set_int_max_str_digits_doc[] =
    "set_int_max_str_digits($module, /, maxdigits)\n--\n\nSets how many digits conversions between "
    "int and text may have.";
static Status set_int_max_str_digits(PyObject*, int maxdigits) {
  if (maxdigits && maxdigits < 640)
    return raise(PyExc_ValueError, "maxdigits must be 0 or larger than 640");
  interpreter().int_max_str_digits = maxdigits;
  return {};
}
static constexpr char getswitchinterval_doc[] =
    "getswitchinterval($module, /)\n--\n\nSeconds after which a running thread is asked to let "
    "others run.";
static Result<double> getswitchinterval(PyObject*) {
  return 1e-6 * static_cast<double>(switch_interval);
}
static constexpr char setswitchinterval_doc[] =
    "setswitchinterval($module, interval, /)\n--\n\nSets after how many seconds a running thread "
    "is asked to let others run.";
static Status setswitchinterval(PyObject*, double interval) {
  if (interval <= 0) return raise(PyExc_ValueError, "switch interval must be strictly positive");
  switch_interval = static_cast<unsigned long>(1e6 * interval);
  if (!switch_interval) switch_interval = 1;
  return {};
}

// -- text, linking --------------------------------------------------------------------------

static constexpr char getdefaultencoding_doc[] =
    "getdefaultencoding($module, /)\n--\n\nThe encoding of str.encode() without argument: 'utf-8'.";
static Ref<> getdefaultencoding(PyObject*) { return share("utf-8"_name); }
static constexpr char getfilesystemencoding_doc[] =
    "getfilesystemencoding($module, /)\n--\n\nThe encoding of file names.";
static Ref<> getfilesystemencoding(PyObject*) { return new_str(config.fs_encoding); }
static constexpr char getfilesystemencodeerrors_doc[] =
    "getfilesystemencodeerrors($module, /)\n--\n\nWhat is done with file names that are no text in "
    "that encoding.";
static Ref<> getfilesystemencodeerrors(PyObject*) { return share("surrogateescape"_name); }

static constexpr char getdlopenflags_doc[] =
    "getdlopenflags($module, /)\n--\n\nThe flags extension modules are loaded with.";
static Result<int> getdlopenflags(PyObject*) { return extension_dlopen_flags; }
static constexpr char setdlopenflags_doc[] =
    "setdlopenflags($module, flags, /)\n--\n\nSets the flags extension modules are loaded with.";
static void setdlopenflags(PyObject*, int flags) { extension_dlopen_flags = flags; }
static constexpr char is_finalizing_doc[] =
    "is_finalizing($module, /)\n--\n\nIs the interpreter ending?";
static bool is_finalizing(PyObject*) { return interpreter().finalizing != 0; }

// -- frames and threads ---------------------------------------------------------------------

static constexpr char getframe_doc[] =
    "_getframe($module, depth=0, /)\n--\n\nThe frame of the running code, or of its caller so many "
    "levels up.";
static Ref<> getframe(PyObject*, int depth) {
  PyFrameObject* frame = current_frame_object(depth > 0 ? depth : 0);
  if (frame) {
    Ref<> found = share(object(frame));
    TRY(audit("sys._getframe", {found.get()}));
    return found;
  }
  if (pending_error()) return {};
  return raise(PyExc_ValueError, "call stack is not deep enough");
}
static constexpr char current_frames_doc[] =
    "_current_frames($module, /)\n--\n\nThe running frame of every thread, by the thread's id.";
static Ref<> current_frames(PyObject*) {
  TRY(audit("sys._current_frames", {}));
  Ref<Dict> all = TRY(new_dict());
  for (PyThreadState* t = interpreter().threads; t; t = t->next) {
    Frame* f = current_frame(t);
    if (!f) continue;
    FrameObject* frame = frame_object_of(f);
    if (!frame) return {};
    Ref<> id = TRY(new_int_unsigned(t->thread_id));
    TRY(dict_set(object(all.get()), id.get(), object(frame)));
  }
  return all;
}
static constexpr char current_exceptions_doc[] =
    "_current_exceptions($module, /)\n--\n\nThe exception that every thread is handling, by the "
    "thread's id.";
static Ref<> current_exceptions(PyObject*) {
  TRY(audit("sys._current_exceptions", {}));
  Ref<Dict> all = TRY(new_dict());
  for (PyThreadState* t = interpreter().threads; t; t = t->next) {
    PyObject* e = handled_exception(t);
    Ref<> info = TRY(tuple_of({e ? object(Py_TYPE(e)) : Py_None, e ? e : Py_None,
                               e && reinterpret_cast<Exception*>(e)->traceback
                                   ? reinterpret_cast<Exception*>(e)->traceback
                                   : Py_None}));
    Ref<> id = TRY(new_int_unsigned(t->thread_id));
    TRY(dict_set(object(all.get()), id.get(), info.get()));
  }
  return all;
}
static constexpr char getquickenedcount_doc[] =
    "_getquickenedcount($module, /)\n--\n\nNot counted: 0.";
static Result<int> getquickenedcount(PyObject*) { return 0; }

// -- coroutines and asynchronous generators -------------------------------------------------

static constexpr char get_origin_depth_doc[] =
    "get_coroutine_origin_tracking_depth($module, /)\n--\n\nHow many frames of their creation "
    "coroutines remember.";
static Result<int> get_origin_depth(PyObject*) {
  return current_thread()->coroutine_origin_tracking_depth;
}
static constexpr char set_origin_depth_doc[] =
    "set_coroutine_origin_tracking_depth($module, /, depth)\n--\n\nSets how many frames of their "
    "creation coroutines remember.";
static Status set_origin_depth(PyObject*, int depth) {
  if (depth < 0) return raise(PyExc_ValueError, "depth must be >= 0");
  current_thread()->coroutine_origin_tracking_depth = depth;
  return {};
}

static constexpr char get_asyncgen_hooks_doc[] =
    "get_asyncgen_hooks($module, /)\n--\n\nThe hooks that set_asyncgen_hooks() installed.";
static Ref<> get_asyncgen_hooks(PyObject*) {
  static PyTypeObject type;
  if (!type.tp_name) {
    static PyStructSequence_Field fields[] = {{"firstiter", "called on a generator's first iteration"},
                                              {"finalizer", "called when a generator is to be closed"},
                                              {}};
    PyStructSequence_Desc desc = {"asyncgen_hooks", "asyncgen_hooks\n\nHooks of asynchronous generators.", fields, 2};
    TRY(init_struct_sequence_type(&type, desc, Py_TPFLAGS_DISALLOW_INSTANTIATION));
  }
  PyThreadState* ts = current_thread();
  StructFiller f(&type);
  for (PyObject* o : {ts->async_gen_firstiter, ts->async_gen_finalizer})
    f.add(share(o ? o : Py_None));
  return f.finish();
}

static constexpr char set_asyncgen_hooks_signature[] =
    "set_asyncgen_hooks(firstiter=<unrepresentable>, finalizer=<unrepresentable>)\n--\n\n";
static Ref<> set_asyncgen_hooks(PyObject*, Arguments args) {
  static constexpr Signature kSig = parse_signature(set_asyncgen_hooks_signature);
  PyObject* given[2]{};
  if (!bind_keywords(kSig, args.items, args.count, args.names, given)) return {};
  const char* names[] = {"firstiter", "finalizer"};
  PyThreadState* ts = current_thread();
  PyObject** fields[] = {&ts->async_gen_firstiter, &ts->async_gen_finalizer};
  for (int i : {1, 0}) {
    if (given[i] && given[i] != Py_None && !is_callable(given[i]))
      return raise(PyExc_TypeError, "callable {} expected, got {}", names[i],
                   clip(type_name(given[i]), 50));
  }
  for (int i : {1, 0})
    if (given[i]) replace_field(*fields[i], given[i] == Py_None ? Ref<>() : share(given[i]));
  return none();
}

constinit PyMethodDef state_functions[] = {
    method<exc_info_doc, exc_info>,
    method<exception_doc, exception>,
    method<exit_doc, exit>,
    method<intern_doc, intern>,
    method<getrefcount_doc, getrefcount>,
    varargs<getsizeof>(
        "getsizeof",
        "getsizeof(object [, default]) -> int\n\n"
        "The bytes of memory that the object takes, not counting what it refers to."),
    method<getallocatedblocks_doc, getallocatedblocks>,
    method<clear_type_cache_doc, clear_type_cache>,
    method<debugmallocstats_doc, debugmallocstats>,
    method<getrecursionlimit_doc, getrecursionlimit>,
    method<setrecursionlimit_doc, setrecursionlimit>,
    method<get_int_max_str_digits_doc, get_int_max_str_digits>,
    method<set_int_max_str_digits_doc, set_int_max_str_digits>,
    method<getswitchinterval_doc, getswitchinterval>,
    method<setswitchinterval_doc, setswitchinterval>,
    method<getdefaultencoding_doc, getdefaultencoding>,
    method<getfilesystemencoding_doc, getfilesystemencoding>,
    method<getfilesystemencodeerrors_doc, getfilesystemencodeerrors>,
    method<getdlopenflags_doc, getdlopenflags>,
    method<setdlopenflags_doc, setdlopenflags>,
    method<is_finalizing_doc, is_finalizing>,
    method<getframe_doc, getframe>,
    method<current_frames_doc, current_frames>,
    method<current_exceptions_doc, current_exceptions>,
    method<getquickenedcount_doc, getquickenedcount>,
    method<get_origin_depth_doc, get_origin_depth>,
    method<set_origin_depth_doc, set_origin_depth>,
    method<get_asyncgen_hooks_doc, get_asyncgen_hooks>,
    varargs<set_asyncgen_hooks>(
        "set_asyncgen_hooks",
        "set_asyncgen_hooks(* [, firstiter] [, finalizer])\n\n"
        "Installs what is called on first iterations and when generators are to be closed."),
    {},
};

}  // namespace taipan::sys
