// _thread.lock and _thread.RLock.
#include <cerrno>
#include <ctime>

#include "modules/thread/thread.h"
#include "modules/time/time.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "object/weakref.h"
#include "runtime/gil.h"
#include "runtime/pending.h"
#include "types/module.h"

namespace taipan::threads {

static timespec monotonic_now() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t;
}

Result<bool> Mutex::lock(int64_t microseconds) {
  if (try_lock()) return true;
  if (microseconds == 0) return false;
  timespec until = monotonic_now();
  if (microseconds > 0) {
    until.tv_sec += microseconds / 1000000;
    until.tv_nsec += microseconds % 1000000 * 1000;
    if (until.tv_nsec >= 1000000000) {
      until.tv_nsec -= 1000000000;
      until.tv_sec++;
    }
  }
  for (;;) {
    int r, error;
    {
      WithoutGil unlocked;
      r = microseconds < 0 ? sem_wait(&semaphore_)
                           : sem_clockwait(&semaphore_, CLOCK_MONOTONIC, &until);
      error = errno;
    }
    if (r == 0) return true;
    if (error == ETIMEDOUT) return false;
    TRY(run_signal_handlers());  // interrupted by one
    TRY(run_pending_calls());
  }
}

Result<int64_t> parse_timeout(bool blocking, PyObject* seconds) {
  constexpr int64_t kNotGiven = -1'000'000'000;
  int64_t ns = seconds ? TRY(timing::to_nanoseconds(seconds, timing::Round::timeout)) : kNotGiven;
  bool given = ns != kNotGiven;
  if (!blocking && given)
    return raise(PyExc_ValueError, "can't specify a timeout for a non-blocking call");
  if (ns < 0 && given)
    return raise(PyExc_ValueError, "timeout value must be positive");
  if (!blocking) return int64_t{0};
  if (!given) return int64_t{-1};
  if (ns / 1000 > kLongestTimeout) return raise(PyExc_OverflowError, "timeout value is too large");
  return ns / 1000 + (ns % 1000 > 0);
}

static Result<int64_t> timeout_of(Arguments args, bool& blocking) {
  static constexpr char text[] = "acquire(blocking=True, timeout=-1)\n--\n\n";
  static constexpr Signature kSig = parse_signature(text);
  PyObject* given[2]{};
  if (!bind_keywords(kSig, args.items, args.count, args.names, given)) return Raised{};
  blocking = given[0] ? TRY(is_true(given[0])) : true;
  return parse_timeout(blocking, given[1]);
}

// -- lock -----------------------------------------------------------------------------------

static Result<bool> lock_acquire(Lock& self, Arguments args) {
  bool blocking;
  int64_t timeout = TRY(timeout_of(args, blocking));
  bool got = TRY(self.mutex.lock(timeout));
  if (got) self.locked = true;
  return got;
}
static Result<bool> lock_enter(Lock& self, Arguments) {
  if (!TRY(self.mutex.lock(-1))) return false;
  self.locked = true;
  return true;
}
void release(Lock& self) {
  self.locked = false;
  self.mutex.unlock();
}
static Status lock_release(Lock& self) {
  if (!self.locked) return raise(PyExc_RuntimeError, "release unlocked lock");
  release(self);
  return {};
}
static PyObject* lock_release_entry(PyObject* self, PyObject*) {
  return lock_release(*reinterpret_cast<Lock*>(self)) ? Py_NewRef(Py_None) : nullptr;
}
static PyObject* lock_exit(PyObject* self, PyObject* const*, Py_ssize_t) {
  return lock_release_entry(self, nullptr);
}
static PyObject* lock_locked(PyObject* self, PyObject*) {
  return Py_NewRef(reinterpret_cast<Lock*>(self)->locked ? Py_True : Py_False);
}
static PyObject* lock_reinit(PyObject* o, PyObject*) {
  Lock& self = *reinterpret_cast<Lock*>(o);
  self.mutex.start();
  self.locked = false;
  return Py_NewRef(Py_None);
}
static Ref<> lock_repr(Lock& self) {
  return format_str("<{} {} object at 0x{}>", self.locked ? "locked" : "unlocked",
                    type_name(object(self)), Hex{reinterpret_cast<uintptr_t>(&self)});
}
static void lock_dealloc(PyObject* o) {
  Lock& self = *reinterpret_cast<Lock*>(o);
  if (self.weaklist) clear_weakrefs(o);
  self.mutex.stop();
  deallocate(&self);
}

Ref<> new_lock() {
  Ref<Lock> self = TRY(allocate<Lock>(&lock_type));
  self->mutex.start();
  self->weaklist = nullptr;
  self->locked = false;
  return self;
}

static constexpr char acquire_doc[] =
    "acquire(blocking=True, timeout=-1) -> bool\n(acquire_lock() is an obsolete synonym)\n\n"
    "Closes the lock; waits until it is open, for so many seconds at most. Was it closed by us?";
static constexpr char unlock_doc[] =
    "release()\n(release_lock() is an obsolete synonym)\n\nOpens the lock; another thread may have "
    "closed it.";
static constexpr char locked_doc[] =
    "locked() -> bool\n(locked_lock() is an obsolete synonym)\n\nIs the lock closed?";

template <auto F>
static constexpr PyCFunction cast_fast() {
  return __builtin_constant_p(1) ? (PyCFunction)(void (*)())F : nullptr;
}

static constinit PyMethodDef lock_methods[] = {
    varargs<lock_acquire>("acquire_lock", acquire_doc),
    varargs<lock_acquire>("acquire", acquire_doc),
    {"release_lock", lock_release_entry, METH_NOARGS, unlock_doc},
    {"release", lock_release_entry, METH_NOARGS, unlock_doc},
    {"locked_lock", lock_locked, METH_NOARGS, locked_doc},
    {"locked", lock_locked, METH_NOARGS, locked_doc},
    varargs<lock_enter>("__enter__", acquire_doc),
    {"__exit__", cast_fast<lock_exit>(), METH_FASTCALL, unlock_doc},
    {"_at_fork_reinit", lock_reinit, METH_NOARGS, nullptr},
    {},
};

constinit PyTypeObject lock_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_thread.lock",
    .tp_basicsize = sizeof(Lock),
    .tp_dealloc = lock_dealloc,
    .tp_repr = slot<lock_repr>,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_doc = "A lock: closed by acquire(), opened by release(). Made by allocate_lock().",
    .tp_weaklistoffset = offsetof(Lock, weaklist),
    .tp_methods = lock_methods,
};

// -- RLock ----------------------------------------------------------------------------------

namespace {

struct RLock {
  PyObject_HEAD Mutex mutex;
  PyObject* weaklist;
  unsigned long owner;  // 0: open
  unsigned long count;
};
RLock& as_rlock(PyObject* o) { return *reinterpret_cast<RLock*>(o); }
unsigned long me() { return current_thread()->thread_id; }
bool is_mine(const RLock& self) { return self.count && self.owner == me(); }

Result<bool> take(RLock& self, int64_t timeout) {
  if (is_mine(self)) {
    if (self.count == ULONG_MAX)
      return raise(PyExc_OverflowError, "Internal lock count overflowed");
    self.count++;
    return true;
  }
  if (!TRY(self.mutex.lock(timeout))) return false;
  self.owner = me();
  self.count = 1;
  return true;
}
Result<bool> rlock_acquire(RLock& self, Arguments args) {
  bool blocking;
  int64_t timeout = TRY(timeout_of(args, blocking));
  return take(self, timeout);
}
Result<bool> rlock_enter(RLock& self, Arguments) { return take(self, -1); }

Status give_back(RLock& self) {
  if (!is_mine(self)) return raise(PyExc_RuntimeError, "cannot release un-acquired lock");
  if (--self.count == 0) {
    self.owner = 0;
    self.mutex.unlock();
  }
  return {};
}
PyObject* rlock_release(PyObject* o, PyObject*) {
  return give_back(as_rlock(o)) ? Py_NewRef(Py_None) : nullptr;
}
PyObject* rlock_exit(PyObject* o, PyObject* const*, Py_ssize_t) {
  return rlock_release(o, nullptr);
}
PyObject* rlock_is_owned(PyObject* o, PyObject*) {
  return Py_NewRef(is_mine(as_rlock(o)) ? Py_True : Py_False);
}
PyObject* rlock_reinit(PyObject* o, PyObject*) {
  as_rlock(o).mutex.start();
  as_rlock(o).owner = as_rlock(o).count = 0;
  return Py_NewRef(Py_None);
}

// What a condition variable needs to open a lock however often it was closed, and to close it again
// as often.
Ref<> release_save(RLock& self) {
  if (!self.count) return raise(PyExc_RuntimeError, "cannot release un-acquired lock");
  Ref<> count = TRY(new_int_unsigned(self.count)), owner = TRY(new_int_unsigned(self.owner));
  self.owner = self.count = 0;
  self.mutex.unlock();
  return tuple_of({count.get(), owner.get()});
}
PyObject* rlock_release_save(PyObject* o, PyObject*) { return release_save(as_rlock(o)).release(); }
Status acquire_restore(RLock& self, PyObject* state) {
  if (!PyTuple_Check(state) || tuple_size(state) != 2)
    return raise(PyExc_TypeError, "expected a pair of integers");
  int64_t count = TRY(to_int64(item(state, 0))), owner = TRY(to_int64(item(state, 1)));
  TRY(self.mutex.lock(-1));
  self.count = static_cast<unsigned long>(count);
  self.owner = static_cast<unsigned long>(owner);
  return {};
}
PyObject* rlock_acquire_restore(PyObject* o, PyObject* state) {
  return acquire_restore(as_rlock(o), state) ? Py_NewRef(Py_None) : nullptr;
}

Ref<> rlock_repr(RLock& self) {
  return format_str("<{} {} object owner={} count={} at 0x{}>", self.count ? "locked" : "unlocked",
                    type_name(object(self)), self.owner, self.count,
                    Hex{reinterpret_cast<uintptr_t>(&self)});
}
PyObject* rlock_new(PyTypeObject* type, PyObject*, PyObject*) {
  PyObject* o = type->tp_alloc(type, 0);
  if (o) as_rlock(o).mutex.start();
  return o;
}
void rlock_dealloc(PyObject* o) {
  if (as_rlock(o).weaklist) clear_weakrefs(o);
  as_rlock(o).mutex.stop();
  Py_TYPE(o)->tp_free(o);
}

constinit PyMethodDef rlock_methods[] = {
    varargs<rlock_acquire>("acquire",
                           "acquire(blocking=True, timeout=-1) -> bool\n\nCloses the lock; its "
                           "owner may do so again."),
    {"release", rlock_release, METH_NOARGS,
     "release()\n\nOpens the lock after as many calls as acquire() had. Only for its owner."},
    {"_is_owned", rlock_is_owned, METH_NOARGS,
     "_is_owned() -> bool\n\nDoes the calling thread own the lock?"},
    {"_acquire_restore", rlock_acquire_restore, METH_O,
     "_acquire_restore(state) -> None\n\nFor threading.Condition."},
    {"_release_save", rlock_release_save, METH_NOARGS,
     "_release_save() -> tuple\n\nFor threading.Condition."},
    varargs<rlock_enter>("__enter__", "Closes the lock."),
    {"__exit__", cast_fast<rlock_exit>(), METH_FASTCALL, "release()"},
    {"_at_fork_reinit", rlock_reinit, METH_NOARGS, nullptr},
    {},
};

}  // namespace

constinit PyTypeObject rlock_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_thread.RLock",
    .tp_basicsize = sizeof(RLock),
    .tp_dealloc = rlock_dealloc,
    .tp_repr = slot<rlock_repr>,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = "A lock that its owner may close several times.",
    .tp_weaklistoffset = offsetof(RLock, weaklist),
    .tp_methods = rlock_methods,
    .tp_alloc = generic_alloc,
    .tp_new = rlock_new,
    .tp_free = generic_free,
};

}  // namespace taipan::threads
