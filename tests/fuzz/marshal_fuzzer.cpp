// Feeds bytes to marshal; code objects that come out are verified and run, without builtins and for a short time.
// Whatever comes in, there is a value or an exception.
#include <pthread.h>
#include <unistd.h>

#include <atomic>

#include "fuzz/interpreter.h"
#include "runtime/marshal.h"
#include "runtime/pending.h"

using namespace taipan;
using namespace taipan::fuzz;

namespace {

constexpr useconds_t kTick = 100'000;
std::atomic<int> input_number = 0;

/// Interrupts code that runs for longer than a tick or two, again and again.
void* watch(void*) {
  int last = -1;
  for (;;) {
    usleep(kTick);
    int now = input_number;
    if (now == last && now % 2) {
      add_pending_call(
          [](void*) {
            (void)raise(PyExc_KeyboardInterrupt, "too slow");
            return -1;
          },
          nullptr);
    }
    last = now;
  }
}

void look_at(PyObject* o) {
  (void)hash(o);
  clear_error();
  (void)repr(o);
  clear_error();
  (void)marshal_dump(o, 4);
  clear_error();
}

void run(Code* code) {
  Ref<> globals = new_dict();
  Ref<> builtins = new_dict();
  if (!dict_set(globals.get(), "__builtins__"_name, builtins.get())) return;
  input_number++;  // odd: running
  Ref<> result;
  // With free variables or arguments it fails, which is looked at too.
  result = eval_code(*code, globals.get());
  clear_error();
  if (result && is_iterator(result.get())) {
    for (int i = 0; i < 20; i++) {
      auto item = next(result.get());
      if (!item || !item.take()) break;
    }
  }
  result.reset();
  globals.reset();
  clear_error();
  input_number++;
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  start_interpreter();
  pthread_t thread;
  if (pthread_create(&thread, nullptr, watch, nullptr)) abort();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Ref<> value = marshal_load({reinterpret_cast<const char*>(data), size});
  clear_error();
  if (value) {
    look_at(value.get());
    if (PyCode_Check(value.get())) run(reinterpret_cast<Code*>(value.get()));
  }
  value.reset();
  tidy();
  return 0;
}
