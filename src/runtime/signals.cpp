// Signals: the C handler only notes that one arrived; the main thread runs the Python handlers at
// its next stop.
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "object/call.h"
#include "object/error.h"
#include "object/int.h"
#include "runtime/pending.h"
#include "runtime/thread_state.h"
#include "vm/vm.h"

namespace taipan {

int wakeup_fd = -1;
bool wakeup_warns = true;

namespace {

struct Slot {
  volatile sig_atomic_t tripped;
  PyObject* handler;
};
Slot slots[NSIG];
volatile sig_atomic_t any_tripped;
bool interrupt_by_default =
    false;  // SIGINT raises KeyboardInterrupt until signal.signal() says otherwise

int warn_about_wakeup(void* error) {
  errno = static_cast<int>(reinterpret_cast<intptr_t>(error));
  (void)raise_os_error(errno);
  write_unraisable(nullptr);
  return 0;
}

void set_action(int number, void (*handler)(int)) {
  struct sigaction action{};
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_ONSTACK;
  sigaction(number, &action, nullptr);
}

}  // namespace

void trip_signal(int number) {
  slots[number].tripped = 1;
  any_tripped = 1;
  set_pending(Pending::signal);
  if (wakeup_fd < 0) return;
  auto byte = static_cast<unsigned char>(number);
  ssize_t n = write(wakeup_fd, &byte, 1);
  if (n < 0 && (wakeup_warns || (errno != EAGAIN && errno != EWOULDBLOCK)))
    add_pending_call(warn_about_wakeup, reinterpret_cast<void*>(intptr_t{errno}));
}

void on_signal(int number) {
  int saved = errno;
  trip_signal(number);
  errno = saved;
}

void simulate_signal(int number) {
  PyObject* handler = slots[number].handler;
  bool handled = handler ? handler != Py_None && !PyLong_Check(handler)
                         : number == SIGINT && interrupt_by_default;
  if (handled) trip_signal(number);
}

PyObject* signal_handler(int number) { return slots[number].handler; }

void set_signal_handler(int number, Ref<> handler) {
  if (number == SIGINT) interrupt_by_default = false;
  replace_field(slots[number].handler, std::move(handler));
}

void start_signals() {
  set_action(SIGPIPE, SIG_IGN);
  set_action(SIGXFSZ, SIG_IGN);
  struct sigaction old;
  // A parent that ignores the interrupt (nohup, a shell's background job) wants it ignored here
  // too.
  if (!sigaction(SIGINT, nullptr, &old) && old.sa_handler == SIG_DFL) {
    set_action(SIGINT, on_signal);
    interrupt_by_default = true;
  }
}

void stop_signals() {
  for (int i = 1; i < NSIG; i++) {
    PyObject* handler = slots[i].handler;
    bool is_python = handler && handler != Py_None && !PyLong_Check(handler);
    if (is_python || (i == SIGINT && interrupt_by_default)) set_action(i, SIG_DFL);
    clear_field(slots[i].handler);
    slots[i].tripped = 0;
  }
}

Status run_signal_handlers() {
  if (!is_main_thread() || !any_tripped) return {};
  any_tripped = 0;
  clear_pending(Pending::signal);
  for (int i = 1; i < NSIG; i++) {
    if (!slots[i].tripped) continue;
    slots[i].tripped = 0;
    PyObject* handler = slots[i].handler;
    Ref<> done;
    if (!handler && i == SIGINT) {
      (void)raise_bare(PyExc_KeyboardInterrupt);
    } else if (!handler || handler == Py_None || PyLong_Check(handler)) {
      continue;  // it was set back to the system's handling in the meantime
    } else {
      Ref<> keep = share(handler);
      Ref<> number = TRY(new_int(i));
      PyFrameObject* frame = current_frame_object();
      done = call(handler, number.get(), frame ? object(frame) : Py_None);
    }
    if (!done) {  // the remaining signals come at the next stop
      any_tripped = 1;
      set_pending(Pending::signal);
      return Raised{};
    }
  }
  return {};
}

void exit_by_interrupt() {
  set_action(SIGINT, SIG_DFL);
  kill(getpid(), SIGINT);
  _exit(128 + SIGINT);
}

}  // namespace taipan
