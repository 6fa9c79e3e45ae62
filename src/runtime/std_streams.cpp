// sys.stdin, sys.stdout, sys.stderr over the three descriptors, and flushing them.
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <string>

#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "runtime/config.h"
#include "runtime/lifecycle.h"
#include "types/codecs.h"

namespace taipan {
namespace {

struct Encoding {
  Ref<> name;
  std::string errors;
};

bool in_plain_locale() {
  const char* locale = setlocale(LC_CTYPE, nullptr);
  if (!locale) return true;
  for (const char* plain : {"C", "POSIX", "C.UTF-8", "C.utf8", "UTF-8"})
    if (!strcmp(locale, plain)) return true;
  return false;
}

/// The codec's own name: "latin-1" is iso8859-1.
Ref<> codec_name(const char* encoding) {
  if (!strcmp(encoding, "UTF-8") || !strcmp(encoding, "utf-8")) return share("utf-8"_name);
  Ref<> codec = TRY(lookup_codec(encoding));
  return get_attr(codec.get(), "name"_name);
}

/// PYTHONIOENCODING, else the locale's; in a locale that nobody chose, bytes that are no text must survive a round trip.
Result<Encoding> standard_encoding() {
  std::string name, errors;
  if (const char* given = config.stdio_encoding) {
    const char* colon = strchr(given, ':');
    name = colon ? std::string(given, colon) : given;
    if (colon) errors = colon + 1;
    if (!name.empty() && errors.empty()) errors = "strict";
  }
  if (name.empty()) name = config.utf8_mode ? "utf-8" : nl_langinfo(CODESET);
  if (errors.empty()) errors = config.utf8_mode || in_plain_locale() ? "surrogateescape" : "strict";
  Ref<> codec = TRY(codec_name(name.c_str()));
  return Encoding{std::move(codec), std::move(errors)};
}

bool is_open(int fd) { return fcntl(fd, F_GETFD) >= 0; }

Ref<> call_with_names(PyObject* callable, std::initializer_list<PyObject*> args,
                      std::initializer_list<std::pair<PyObject*, PyObject*>> named) {
  PyObject* items[16]{};
  size_t n = 0;
  for (PyObject* a : args) items[n++] = a;
  Ref<Tuple> names = TRY(new_tuple(static_cast<Py_ssize_t>(named.size())));
  Py_ssize_t i = 0;
  for (auto& [name, value] : named) {
    names->ob_item[i++] = Py_NewRef(name);
    items[n++] = value;
  }
  return vectorcall(callable, items, args.size(), object(names.get()));
}

Result<bool> is_true_method(PyObject* o, PyObject* name) {
  Ref<> answer = TRY(call_method(o, name));
  return is_true(answer.get());
}

bool flush(PyObject* name, bool report) {
  PyObject* file = sys_get(name);
  if (!file || file == Py_None) return true;
  Ref<> kept = share(file);
  Ref<> closed = get_attr(file, "closed"_name);
  if (closed) {
    auto yes = is_true(closed.get());
    if (yes && *yes) return true;
  }
  clear_error();
  if (call_method(file, "flush"_name)) return true;
  if (report)
    write_unraisable(file);
  else
    clear_error();
  return false;
}

}  // namespace

Ref<> make_std_stream(int fd, bool writes, const char* shown_name, const char* errors) {
  if (!is_open(fd)) return none();
  Ref<> open = TRY(import_attribute("_io", "open"));
  Ref<> number = TRY(new_int(fd));
  bool unbuffered = !config.buffered_stdio && writes;
  Ref<> buffering = TRY(new_int(unbuffered ? 0 : -1));
  Ref<> buffer =
      TRY(call_with_names(open.get(), {number.get(), writes ? "wb"_name : "rb"_name},
                          {{"buffering"_name, buffering.get()}, {"closefd"_name, Py_False}}));
  Ref<> raw = unbuffered ? buffer.copy() : TRY(get_attr(buffer.get(), "raw"_name));
  Ref<> name = TRY(new_str(shown_name));
  TRY(set_attr(raw.get(), "name"_name, name.get()));
  bool tty = TRY(is_true_method(raw.get(), "isatty"_name));
  bool line_buffered = config.buffered_stdio && (tty || fd == 2);
  Encoding encoding = TRY(standard_encoding());
  Ref<> error_name =
      TRY(new_str(errors ? std::string_view(errors) : std::string_view(encoding.errors)));
  Ref<> wrapper = TRY(import_attribute("_io", "TextIOWrapper"));
  Ref<> stream = TRY(call_with_names(wrapper.get(), {buffer.get()},
                                     {{"encoding"_name, encoding.name.get()},
                                      {"errors"_name, error_name.get()},
                                      {"newline"_name, "\n"_name},
                                      {"line_buffering"_name, line_buffered ? Py_True : Py_False},
                                      {"write_through"_name, config.buffered_stdio ? Py_False : Py_True}}));
  TRY(set_attr(stream.get(), "mode"_name, writes ? "w"_name : "r"_name));
  return stream;
}

Status make_std_streams() {
  const struct {
    int fd;
    const char* shown;
    PyObject *name, *original;
  } rows[] = {{0, "<stdin>", "stdin"_name, "__stdin__"_name},
              {1, "<stdout>", "stdout"_name, "__stdout__"_name},
              {2, "<stderr>", "stderr"_name, "__stderr__"_name}};
  for (auto& row : rows) {
    Ref<> stream = TRY(
        make_std_stream(row.fd, row.fd > 0, row.shown, row.fd == 2 ? "backslashreplace" : nullptr));
    TRY(sys_set(row.original, stream.get()));
    TRY(sys_set(row.name, stream.get()));
  }
  Ref<> open = TRY(import_attribute("_io", "open"));
  return dict_set(interpreter().builtins, "open"_name, open.get());
}

bool flush_std_streams() {
  if (!interpreter().sysdict) return true;
  PendingError kept = PendingError::take();
  bool ok = flush("stdout"_name, true);
  ok &= flush("stderr"_name, false);
  std::move(kept).restore();
  return ok;
}

void flush_quietly() {
  if (!interpreter().sysdict) return;
  PendingError kept = PendingError::take();
  flush("stderr"_name, false);
  flush("stdout"_name, false);
  std::move(kept).restore();
}

Status check_stdio_encoding() { return standard_encoding() ? Status() : Raised{}; }

}  // namespace taipan
