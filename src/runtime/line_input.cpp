// The hooks by which the distribution's readline module edits lines, and reading without it.
#include "runtime/line_input.h"

#include <pthread.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "object/alloc.h"
#include "object/bytes.h"
#include "object/error.h"
#include "object/protocol.h"
#include "object/str.h"
#include "runtime/gil.h"
#include "runtime/lifecycle.h"
#include "runtime/pending.h"
#include "types/codecs.h"

#define EXPORTED extern "C" __attribute__((visibility("default")))

EXPORTED int (*PyOS_InputHook)(void) = nullptr;
EXPORTED char* (*PyOS_ReadlineFunctionPointer)(FILE*, FILE*, const char*) = nullptr;
extern "C" __attribute__((visibility("default"))) PyThreadState* _PyOS_ReadlineTState = nullptr;

using namespace taipan;

/// Without an editor: the terminal's own. Null: interrupted.
static char* read_plainly(FILE* in, const char* prompt) {
  if (prompt) fputs(prompt, stderr);
  fflush(stderr);
  if (PyOS_InputHook) PyOS_InputHook();
  char* line = nullptr;
  size_t room = 0;
  ssize_t n = getline(&line, &room, in);
  if (n < 0) {
    free(line);
    clearerr(in);
    n = 0;
    line = nullptr;
  }
  auto copy = static_cast<char*>(malloc(static_cast<size_t>(n) + 1));  // the GIL is not held
  if (copy) {
    if (n) memcpy(copy, line, static_cast<size_t>(n));
    copy[n] = 0;
  }
  free(line);
  return copy;
}

/// A line in memory of PyMem_Malloc, "" at the end of input; null with an exception.
EXPORTED char* PyOS_Readline(FILE* in, FILE* out, const char* prompt) {
  if (_PyOS_ReadlineTState == current_thread()) {
    (void)raise(PyExc_RuntimeError, "can't re-enter readline");
    return nullptr;
  }
  static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
  PyThreadState* me = current_thread();
  char* line;
  {
    WithoutGil unlocked;
    pthread_mutex_lock(&one_at_a_time);
    _PyOS_ReadlineTState = me;
    bool terminal = isatty(fileno(in)) && isatty(fileno(out));
    line = terminal && PyOS_ReadlineFunctionPointer ? PyOS_ReadlineFunctionPointer(in, out, prompt) : read_plainly(in, prompt);
    _PyOS_ReadlineTState = nullptr;
    pthread_mutex_unlock(&one_at_a_time);
  }
  if (!line) {
    if (run_signal_handlers() && !pending_error()) (void)raise_bare(PyExc_KeyboardInterrupt);
    return nullptr;
  }
  size_t n = strlen(line) + 1;
  auto copy = static_cast<char*>(raw_allocate(n));
  if (copy)
    memcpy(copy, line, n);
  else
    (void)raise_no_memory();
  raw_free(line);
  return copy;
}

namespace taipan {

bool can_edit_lines() { return PyOS_ReadlineFunctionPointer && isatty(0) && isatty(1); }

/// The text of the terminal is in sys.stdin's encoding.
static Ref<> stream_encoding(PyObject* name, PyObject* attribute) {
  PyObject* stream = sys_get(name);
  Ref<> value = stream && stream != Py_None ? get_attr(stream, attribute) : Ref<>();
  if (value && PyUnicode_Check(value.get())) return value;
  clear_error();
  return share(str_equal(attribute, "encoding") ? "utf-8"_name : "strict"_name);
}

Ref<> edit_line(PyObject* prompt) {
  Ref<> encoding = TRY(stream_encoding("stdin"_name, "encoding"_name));
  Ref<> errors = TRY(stream_encoding("stdin"_name, "errors"_name));
  Ref<> shown = TRY(encode_text(prompt, utf8_or_question(encoding.get()).data(), "replace"));
  char* line = PyOS_Readline(stdin, stdout, bytes_data(shown.get()));
  if (!line) return {};
  Ref<> text = decode_text(line, utf8_or_question(encoding.get()).data(), utf8_or_question(errors.get()).data());
  raw_free(line);
  return text;
}

}  // namespace taipan
