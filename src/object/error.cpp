// Raising, fetching, matching and chaining. The invariant kept everywhere: curexc_type is set
// exactly when an exception is pending; value and traceback may still be null, and the value
// unnormalised.
#include "object/error.h"

#include <cerrno>
#include <cstdlib>

#include "base/utf8.h"
#include "object/call.h"
#include "object/exceptions.h"
#include "object/hooks.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"

namespace taipan {


namespace {

void set_pending(PyThreadState* ts, PyObject* type, PyObject* value, PyObject* traceback) {
  PyObject* old[] = {ts->curexc_type, ts->curexc_value, ts->curexc_traceback};
  ts->curexc_type = type;
  ts->curexc_value = value;
  ts->curexc_traceback = traceback;
  for (PyObject* o : old) Py_XDECREF(o);
}

/// The exception being handled by the innermost except or finally block, borrowed; null if none.
PyObject* handled_exception(PyThreadState* ts) {
  for (_PyErr_StackItem* item = ts->exc_info; item; item = item->previous_item)
    if (item->exc_value && item->exc_value != Py_None) return item->exc_value;
  return nullptr;
}

Ref<> create_exception(PyObject* type, PyObject* value) {
  Ref<> made;
  if (!value || value == Py_None)
    made = call(type);
  else if (PyTuple_Check(value))
    made = call_object(type, value);
  else
    made = call(type, value);
  if (made && !PyExceptionInstance_Check(made.get()))
    return raise(PyExc_TypeError,
                 "calling {} should have returned an instance of BaseException, not {}",
                 as_repr(type), type_name(made.get()));
  return made;
}

// `value` becomes the context's successor. If the context's own chain already leads to `value`,
// that link is cut, so that no cycle of __context__ arises; a cycle that was there before is
// noticed by the slower second pointer.
void link_context(PyObject* value, PyObject* context) {
  if (value == context) return;
  auto next = [](PyObject* o) { return reinterpret_cast<Exception*>(o)->context; };
  PyObject* at = context;
  PyObject* slow = context;
  bool advance_slow = false;
  while (PyObject* before = next(at)) {
    if (before == value) {
      clear_field(reinterpret_cast<Exception*>(at)->context);
      break;
    }
    at = before;
    if (at == slow) break;
    if (advance_slow) slow = next(slow);
    advance_slow = !advance_slow;
  }
  replace_field(reinterpret_cast<Exception*>(value)->context, share(context));
}

}  // namespace

Raised raise_value(PyObject* type, PyObject* value) {
  PyThreadState* ts = current_thread();
  if (type && !PyExceptionClass_Check(type)) {
    return raise(PyExc_SystemError,
                 "_PyErr_SetObject: exception {} is not a BaseException subclass", as_repr(type));
  }
  Ref<> owner = value ? share(value) : Ref<>();
  if (PyObject* context = handled_exception(ts)) {
    Ref<> kept = share(context);
    if (!value || !PyExceptionInstance_Check(value)) {
      clear_error();
      owner = create_exception(type, value);
      if (!owner) return {};
      value = owner.get();
    }
    link_context(value, context);
  }
  PyObject* traceback = nullptr;
  if (value && PyExceptionInstance_Check(value))
    traceback = Py_XNewRef(reinterpret_cast<Exception*>(value)->traceback);
  set_pending(ts, Py_XNewRef(type), owner.release(), traceback);
  return {};
}

Raised raise_bare(PyObject* type) { return raise_value(type, nullptr); }

Raised raise_instance(Ref<> instance) {
  PyObject* traceback = Py_XNewRef(reinterpret_cast<Exception*>(instance.get())->traceback);
  PyObject* type = Py_NewRef(object(Py_TYPE(instance.get())));
  set_pending(current_thread(), type, instance.release(), traceback);
  return {};
}

Raised raise_no_memory() {
  // The instance comes from a reserve, since raising must not need memory.
  if (PyObject* spare = take_spare_memory_error()) {
    Ref<> owner = adopt(spare);
    return raise_value(PyExc_MemoryError, spare);
  }
  return raise_value(PyExc_MemoryError, nullptr);
}

Raised raise_internal(const char* what) { return raise(PyExc_SystemError, "{}", what); }

Raised raise_os_error(int error, PyObject* filename, PyObject* filename2) {
  if (error == EINTR && hooks.handle_pending && !hooks.handle_pending(current_thread())) return {};
  Ref<> message = new_str(error ? strerror(error) : "Error");
  Ref<> number = message ? new_int(error) : Ref<>();
  if (!number) return {};
  Ref<> args;
  if (!filename) {
    args = tuple_of({number.get(), message.get()});
  } else if (!filename2) {
    args = tuple_of({number.get(), message.get(), filename});
  } else {
    args = tuple_of({number.get(), message.get(), filename, object(small_int(0)), filename2});
  }
  Ref<> instance = args ? call_object(PyExc_OSError, args.get()) : Ref<>();
  if (!instance) return {};
  return raise_value(object(Py_TYPE(instance.get())), instance.get());
}

Raised raise_key_error(PyObject* key) {
  Ref<> args = tuple_of({key});
  if (!args) return {};
  return raise_value(PyExc_KeyError, args.get());
}

Raised raise_stop_iteration(PyObject* value) {
  if (!value || value == Py_None) return raise_bare(PyExc_StopIteration);
  // A tuple or an exception would be taken for the arguments or for the instance.
  if (!PyTuple_Check(value) && !PyExceptionInstance_Check(value))
    return raise_value(PyExc_StopIteration, value);
  Ref<> instance = call(PyExc_StopIteration, value);
  if (!instance) return {};
  return raise_value(PyExc_StopIteration, instance.get());
}

Raised raise_formatted(PyObject* type, std::string_view text, const FormatArg* args) {
  clear_error();
  Ref<> message = format_str_list(text, args);
  if (!message) return {};
  return raise_value(type, message.get());
}

Ref<> format_str_list(std::string_view text, const FormatArg* args) {
  TextBuffer out;
  if (!format_to(out, text, args) || !out.ok()) {
    if (pending_error()) return {};
    return raise_no_memory();
  }
  return new_str_with_surrogates(out.view());
}

// -- arguments of messages ------------------------------------------------------------------

namespace {

bool write_str(TextBuffer& out, PyObject* str) {
  size_t n = static_cast<size_t>(str_length(str)), surrogate = 0;
  auto write = [&](auto* units) {
    char* at = out.reserve(utf8_size(units, n, &surrogate));
    if (!at) return false;
    out.advance(static_cast<size_t>(encode_utf8(units, n, at) - at));
    return true;
  };
  const void* data = PyUnicode_DATA(str);
  switch (PyUnicode_KIND(str)) {
    case PyUnicode_1BYTE_KIND:
      return write(static_cast<const uint8_t*>(data));
    case PyUnicode_2BYTE_KIND:
      return write(static_cast<const uint16_t*>(data));
    default:
      return write(static_cast<const uint32_t*>(data));
  }
}

}  // namespace

bool write_str_argument(TextBuffer& out, const void* o) {
  auto* value = static_cast<PyObject*>(const_cast<void*>(o));
  if (!value) return out.append("<NULL>");
  if (PyUnicode_CheckExact(value)) return write_str(out, value);
  Ref<> text = to_str(value);
  return text && write_str(out, text.get());
}

bool write_repr_argument(TextBuffer& out, const void* o) {
  auto* value = static_cast<PyObject*>(const_cast<void*>(o));
  if (!value) return out.append("<NULL>");
  Ref<> text = repr(value);
  return text && write_str(out, text.get());
}
bool write_address_argument(TextBuffer& out, const void* p) {
  return out.append("0x") && format(out, "{}", Hex{reinterpret_cast<uintptr_t>(p)});
}

// -- testing and dropping -------------------------------------------------------------------

bool exception_matches(PyObject* raised, PyObject* type) {
  if (!raised || !type) return false;
  if (PyTuple_Check(type)) {
    for (Py_ssize_t i = 0; i < tuple_size(type); i++)
      if (exception_matches(raised, item(type, i))) return true;
    return false;
  }
  if (PyExceptionInstance_Check(raised)) raised = object(Py_TYPE(raised));
  if (PyExceptionClass_Check(raised) && PyExceptionClass_Check(type))
    return is_subtype(reinterpret_cast<PyTypeObject*>(raised),
                      reinterpret_cast<PyTypeObject*>(type));
  return raised == type;
}

bool pending_matches(PyObject* type) { return exception_matches(pending_error(), type); }

void clear_error() {
  PyThreadState* ts = current_thread();
  if (ts->curexc_type) set_pending(ts, nullptr, nullptr, nullptr);
}

bool clear_error_if(PyObject* type) {
  if (!pending_matches(type)) return false;
  clear_error();
  return true;
}

// -- fetched exceptions ---------------------------------------------------------------------

PendingError PendingError::take() {
  PyThreadState* ts = current_thread();
  PendingError e;
  e.type = adopt(std::exchange(ts->curexc_type, nullptr));
  e.value = adopt(std::exchange(ts->curexc_value, nullptr));
  e.traceback = adopt(std::exchange(ts->curexc_traceback, nullptr));
  return e;
}

void PendingError::restore() && {
  PyObject* t = type.release();
  PyObject* v = value.release();
  set_pending(current_thread(), t, v, traceback.release());
}

namespace {

/// One attempt at making value an instance of type. False: another exception is pending.
bool normalize_once(PendingError& e) {
  if (!PyExceptionClass_Check(e.type.get())) return true;
  PyObject* value = e.value.get();
  if (value && PyExceptionInstance_Check(value)) {
    PyObject* actual = object(Py_TYPE(value));
    if (actual == e.type.get()) return true;
    auto sub = is_subclass(actual, e.type.get());
    if (!sub) return false;
    if (*sub) {  // the more derived class is the exception's type
      e.type = share(actual);
      return true;
    }
  }
  Ref<> made = create_exception(e.type.get(), value);
  if (!made) return false;
  e.type = share(object(Py_TYPE(made.get())));
  e.value = std::move(made);
  return true;
}

}  // namespace

namespace {
struct Headroom {
  PyThreadState* ts = current_thread();
  Headroom() { ts->recursion_headroom++; }
  ~Headroom() { ts->recursion_headroom--; }
};
}  // namespace

void normalize_error(PendingError& e) {
  if (!e.type) return;
  // Making the instance may go a little deeper than the limit: it is the report of what happened there.
  Headroom headroom;
  for (int depth = 1; !normalize_once(e); depth++) {
    // The constructor failed: what it raised takes over, with the traceback so far if it has none
    // of its own.
    Ref<> first_traceback = std::move(e.traceback);
    constexpr int kLimit = 32;
    if (depth == kLimit) {
      clear_error();
      (void)raise(PyExc_RecursionError,
                  "maximum recursion depth exceeded while normalizing an exception");
    } else if (depth > kLimit) {
      clear_error();
      e.type = share(PyExc_MemoryError);
      e.value = adopt(take_spare_memory_error());
      if (!e.value)
        abort_without_memory("Cannot recover from MemoryErrors while normalizing exceptions.");
      e.traceback = std::move(first_traceback);
      return;
    }
    e = PendingError::take();
    if (!e.traceback) e.traceback = std::move(first_traceback);
  }
}

Ref<> PendingError::instance() && {
  normalize_error(*this);
  if (value && traceback && PyExceptionInstance_Check(value.get()))
    replace_field(reinterpret_cast<Exception*>(value.get())->traceback, std::move(traceback));
  type.reset();
  traceback.reset();
  return std::move(value);
}

Ref<> take_error() { return PendingError::take().instance(); }

void chain_context(PendingError&& context) {
  if (!context.type) return;
  if (!pending_error()) {
    std::move(context).restore();
    return;
  }
  // Both are taken before either is made an instance: no call may start with an exception pending.
  PendingError now = PendingError::take();
  Ref<> before = std::move(context).instance();
  normalize_error(now);
  if (before && now.value && PyExceptionInstance_Check(now.value.get()) &&
      before.get() != now.value.get())
    replace_field(reinterpret_cast<Exception*>(now.value.get())->context, std::move(before));
  std::move(now).restore();
}

void chain_cause(PendingError&& cause) {
  PendingError now = PendingError::take();
  Ref<> before = std::move(cause).instance();
  normalize_error(now);
  if (before && now.value && PyExceptionInstance_Check(now.value.get())) {
    auto* e = reinterpret_cast<Exception*>(now.value.get());
    e->suppress_context = 1;
    replace_field(e->context, before.copy());
    replace_field(e->cause, std::move(before));
  }
  std::move(now).restore();
}

void note_attribute_error(PyObject* o, PyObject* name) {
  // While types are being made ready, there are no instances yet.
  if (!has_feature(reinterpret_cast<PyTypeObject*>(PyExc_AttributeError), Py_TPFLAGS_READY)) return;
  if (!pending_matches(PyExc_AttributeError)) return;
  PendingError e = PendingError::take();
  normalize_error(e);
  if (e.value && exception_matches(e.value.get(), PyExc_AttributeError)) {
    auto* error = reinterpret_cast<PyAttributeErrorObject*>(e.value.get());
    if (!error->name && !error->obj) {
      error->name = Py_NewRef(name);
      error->obj = Py_NewRef(o);
    }
  }
  std::move(e).restore();
}

// -- reports that go through higher floors --------------------------------------------------

void write_unraisable(PyObject* where) {
  if (hooks.unraisable && pending_error()) hooks.unraisable(where);
  clear_error();
}

Status warn(PyObject* category, int stack_level, const char* text) {
  if (!hooks.warn) return {};
  Ref<> message = TRY(new_str(text));
  return hooks.warn(category, message.get(), stack_level);
}

// -- recursion ------------------------------------------------------------------------------

bool RecursionGuard::check(PyThreadState* ts, const char* where) {
  // A raised limit takes effect where the old one is reached.
  int depth = ts->recursion_limit - ts->recursion_remaining;
  int limit = interpreter().recursion_limit;
  char here;
  ptrdiff_t beyond = extended(ts)->stack_limit - &here;
  if (depth < limit && ts->recursion_limit != limit) {
    ts->recursion_limit = limit;
    ts->recursion_remaining = limit - depth;
  }
  if (ts->recursion_remaining >= 0 && beyond <= 0) return true;
  // While an overflow is being reported, a little more is allowed on both counts.
  constexpr int kHeadroomCalls = 50;
  constexpr ptrdiff_t kHeadroomBytes = 128 * 1024;
  if (ts->recursion_headroom && ts->recursion_remaining >= -kHeadroomCalls &&
      beyond < kHeadroomBytes)
    return true;
  ts->recursion_headroom++;
  (void)raise(PyExc_RecursionError, "maximum recursion depth exceeded{}", where);
  ts->recursion_headroom--;
  return false;
}

void abort_without_memory(const char* why) {
  fprintf(stderr, "Fatal Python error: %s\n", why);
  abort();
}

}  // namespace taipan
