// modsupport.h: objects built from a format (Py_BuildValue) and calls with such arguments.
#include <cstdarg>
#include <cstring>

#include "capi/export.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/protocol.h"
#include "object/int.h"
#include "object/str.h"
#include "object/tuple.h"

using namespace taipan;

namespace {

/// Walks the format; arguments come from the va_list in order. The first failure stops the building, but the rest is
/// still read, so that "N" arguments are released.
class Builder {
 public:
  Builder(const char* format, va_list* args) : at_(format), args_(args) {}

  /// Everything up to `end`: none is None, one is itself, more are a tuple.
  Ref<> build_all() {
    Py_ssize_t n = count('\0');
    if (n < 0) return Raised{};
    if (n == 0) return none();
    if (n == 1) return build();
    return sequence('\0', n, false);
  }
  Ref<> build_arguments() {
    Py_ssize_t n = count('\0');
    return n < 0 ? Ref<>(Raised{}) : sequence('\0', n, false);
  }

 private:
  static bool is_filler(char c) { return c == ',' || c == ':' || c == ' ' || c == '\t'; }

  Py_ssize_t count(char end) {
    Py_ssize_t n = 0;
    int level = 0;
    for (const char* p = at_; level > 0 || *p != end; p++) {
      switch (*p) {
        case '\0': raise(PyExc_SystemError, "unmatched paren in format"); return -1;
        case '(': case '[': case '{':
          if (level++ == 0) n++;
          break;
        case ')': case ']': case '}': level--; break;
        case '#': case '&': break;
        default:
          if (level == 0 && !is_filler(*p)) n++;
      }
    }
    return n;
  }

  Ref<> sequence(char end, Py_ssize_t n, bool as_list) {
    Ref<List> items = new_list();
    bool ok = static_cast<bool>(items);
    for (Py_ssize_t i = 0; i < n; i++) {
      Ref<> o = build();
      ok = ok && o && list_append(object(items.get()), o.get());
    }
    finish(end);
    if (!ok) return Raised{};
    if (as_list) return items;
    return tuple_of(items->ob_item, Py_SIZE(items.get()));
  }
  Ref<> dictionary(Py_ssize_t n) {
    Ref<Dict> d = new_dict();
    bool ok = static_cast<bool>(d);
    for (Py_ssize_t i = 0; i < n; i += 2) {
      Ref<> key = build(), value = build();
      ok = ok && key && value && dict_set(object(d.get()), key.get(), value.get());
    }
    finish('}');
    if (!ok) return Raised{};
    return d;
  }
  void finish(char end) {
    while (is_filler(*at_)) at_++;
    if (end && *at_ == end) at_++;
  }

  template <class T> T arg() { return va_arg(*args_, T); }

  /// "s#", "y#": a length follows.
  Ref<> text(bool bytes) {
    const char* s = arg<const char*>();
    Py_ssize_t n = -1;
    if (*at_ == '#') {
      at_++;
      n = arg<Py_ssize_t>();
    }
    if (!s) return none();
    std::string_view view = n < 0 ? std::string_view(s) : std::string_view(s, static_cast<size_t>(n));
    return bytes ? new_bytes(view) : new_str(view);
  }

  Ref<> build() {
    while (is_filler(*at_)) at_++;
    switch (char c = *at_++) {
      case '(': { Py_ssize_t n = count(')'); return n < 0 ? Ref<>() : sequence(')', n, false); }
      case '[': { Py_ssize_t n = count(']'); return n < 0 ? Ref<>() : sequence(']', n, true); }
      case '{': { Py_ssize_t n = count('}'); return n < 0 ? Ref<>() : dictionary(n); }
      case 'b': case 'B': case 'h': case 'i': return new_int(arg<int>());
      case 'H': return new_int(arg<int>());
      case 'I': return new_int_unsigned(arg<unsigned>());
      case 'n': return new_int(arg<Py_ssize_t>());
      case 'l': return new_int(arg<long>());
      case 'k': return new_int_unsigned(arg<unsigned long>());
      case 'L': return new_int(arg<long long>());
      case 'K': return new_int_unsigned(arg<unsigned long long>());
      case 'p': return boolean(arg<int>());
      case 'd': case 'f': return new_float(arg<double>());
      case 'c': { char byte = static_cast<char>(arg<int>()); return new_bytes({&byte, 1}); }
      case 'C': return char_str(static_cast<Py_UCS4>(arg<int>()));
      case 's': case 'z': case 'U': return text(false);
      case 'y': return text(true);
      case 'N': case 'S': case 'O': {
        if (*at_ == '&') {
          at_++;
          auto convert = arg<PyObject* (*)(void*)>();
          return adopt(convert(arg<void*>()));
        }
        PyObject* o = arg<PyObject*>();
        if (o) return c == 'N' ? adopt(o) : share(o);
        if (!pending_error()) raise(PyExc_SystemError, "NULL object passed to Py_BuildValue");
        return Raised{};
      }
      default: return raise(PyExc_SystemError, "bad format char passed to Py_BuildValue");
    }
  }

  const char* at_;
  va_list* args_;
};

Ref<> call_with(PyObject* callable, const char* format, va_list* args) {
  if (!callable) return pending_error() ? Raised{} : raise(PyExc_SystemError, "null argument to internal routine");
  if (!format || !*format) return call(callable);
  // One argument that is a tuple is the tuple of arguments, as it always was.
  Ref<> built = TRY(Builder(format, args).build_arguments());
  if (tuple_size(built.get()) == 1 && PyTuple_Check(item(built.get(), 0))) return call_object(callable, item(built.get(), 0));
  return call_object(callable, built.get());
}

}  // namespace

CAPI PyObject* Py_VaBuildValue(const char* format, va_list args) {
  va_list copy;
  va_copy(copy, args);
  Ref<> made = Builder(format, &copy).build_all();
  va_end(copy);
  return made.release();
}
CAPI PyObject* Py_BuildValue(const char* format, ...) {
  va_list args;
  va_start(args, format);
  Ref<> made = Builder(format, &args).build_all();
  va_end(args);
  return made.release();
}
CAPI PyObject* PyObject_CallFunction(PyObject* callable, const char* format, ...) {
  va_list args;
  va_start(args, format);
  Ref<> made = call_with(callable, format, &args);
  va_end(args);
  return made.release();
}
CAPI PyObject* PyObject_CallMethod(PyObject* o, const char* name, const char* format, ...) {
  Ref<> key = new_str(name);
  Ref<> method = key ? get_attr(o, key.get()) : Ref<>();
  if (!method) return nullptr;
  va_list args;
  va_start(args, format);
  Ref<> made = call_with(method.get(), format, &args);
  va_end(args);
  return made.release();
}
