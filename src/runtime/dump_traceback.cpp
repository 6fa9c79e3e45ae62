#include "runtime/dump_traceback.h"

#include <unistd.h>

#include <cstring>

#include "object/dict.h"
#include "object/gc.h"
#include "object/name.h"
#include "object/str.h"
#include "runtime/lifecycle.h"
#include "types/code.h"
#include "types/module.h"
#include "types/set.h"
#include "vm/frame.h"

namespace taipan {
namespace {

constexpr int kMostFrames = 100, kMostThreads = 100, kMostCharacters = 500;

void put(int fd, const char* text, size_t n) {
  while (n > 0) {
    ssize_t done = write(fd, text, n);
    if (done <= 0) return;
    text += done;
    n -= static_cast<size_t>(done);
  }
}

/// A str in ASCII, everything else escaped; long ones are cut.
void put_str(int fd, PyObject* s) {
  if (!s || !PyUnicode_Check(s)) return dump_text(fd, "???");
  Py_ssize_t n = str_length(s);
  bool cut = n > kMostCharacters;
  if (cut) n = kMostCharacters;
  for (Py_ssize_t i = 0; i < n; i++) {
    Py_UCS4 c = char_at(s, i);
    char one = static_cast<char>(c);
    if (c >= ' ' && c <= '~') {
      put(fd, &one, 1);
    } else {
      dump_text(fd, c <= 0xff ? "\\x" : c <= 0xffff ? "\\u" : "\\U");
      dump_hex(fd, c, c <= 0xff ? 2 : c <= 0xffff ? 4 : 8);
    }
  }
  if (cut) dump_text(fd, "...");
}

void put_frame(int fd, Frame* f) {
  PyCodeObject* code = f->code;
  dump_text(fd, "  File \"");
  put_str(fd, code->co_filename);
  dump_text(fd, "\", line ");
  int line = code_line(code, last_unit(f) * static_cast<int>(sizeof(CodeUnit)));
  if (line >= 0) dump_decimal(fd, static_cast<unsigned long>(line));
  else dump_text(fd, "???");
  dump_text(fd, " in ");
  put_str(fd, code->co_name);
  dump_text(fd, "\n");
}

void put_frames(int fd, PyThreadState* ts) {
  Frame* f = ts->cframe ? first_complete(ts->cframe->current_frame) : nullptr;
  if (!f) return dump_text(fd, "  <no Python frame>\n");
  for (int depth = 0; f; depth++, f = first_complete(f->previous)) {
    if (depth >= kMostFrames) return dump_text(fd, "  ...\n");
    put_frame(fd, f);
  }
}

}  // namespace

void dump_text(int fd, const char* text) { put(fd, text, strlen(text)); }
void dump_decimal(int fd, unsigned long value, int width) {
  char digits[24], *end = digits + sizeof digits, *at = end;
  do *--at = static_cast<char>('0' + value % 10);
  while ((value /= 10) || end - at < width);
  put(fd, at, static_cast<size_t>(end - at));
}
void dump_hex(int fd, unsigned long value, int width) {
  char digits[24], *end = digits + sizeof digits, *at = end;
  do *--at = "0123456789abcdef"[value & 15];
  while ((value >>= 4) || end - at < width);
  put(fd, at, static_cast<size_t>(end - at));
}

void dump_traceback(int fd, PyThreadState* ts) {
  dump_text(fd, "Stack (most recent call first):\n");
  put_frames(fd, ts);
}

void dump_all_tracebacks(int fd, PyThreadState* current) {
  int count = 0;
  for (PyThreadState* ts = interpreter().threads; ts; ts = ts->next, count++) {
    if (count) dump_text(fd, "\n");
    if (count >= kMostThreads) return dump_text(fd, "...\n");
    dump_text(fd, ts == current ? "Current thread 0x" : "Thread 0x");
    dump_hex(fd, ts->thread_id, 16);
    dump_text(fd, " (most recent call first):\n");
    if (ts == current && gc_state.collecting) dump_text(fd, "  Garbage-collecting\n");
    put_frames(fd, ts);
  }
}

void dump_extension_modules(int fd) {
  PyObject* modules = interpreter().modules;
  if (!modules || !PyDict_CheckExact(modules)) return;
  PyObject* library = sys_get("stdlib_module_names"_name);
  Py_ssize_t position = 0, count = 0;
  PyObject *key, *value;
  while (dict_next(modules, &position, &key, &value)) {
    if (!PyUnicode_Check(key) || !PyModule_Check(value)) continue;
    // Modules with a definition come from C++ or C code.
    if (!reinterpret_cast<Module*>(value)->def) continue;
    bool known = false;
    PyObject* name;
    Py_ssize_t at = 0;
    while (library && is_any_set(library) && !known && set_next(library, &at, &name))
      known = PyUnicode_Check(name) && str_equal(name, key);
    if (known) continue;
    dump_text(fd, count ? ", " : "\nExtension modules: ");
    count++;
    put_str(fd, key);
  }
  if (!count) return;
  dump_text(fd, " (total: ");
  dump_decimal(fd, static_cast<unsigned long>(count));
  dump_text(fd, ")\n");
}

}  // namespace taipan
