// PyUnicode_FromFormat, PyBytes_FromFormat and their va_list forms.
#include <cstdarg>
#include <cstdio>

#include "base/utf8.h"
#include "capi/export.h"
#include "object/bytes.h"
#include "object/error.h"
#include "object/protocol.h"
#include "object/str.h"
#include "types/codecs.h"

using namespace taipan;

namespace {

/// One conversion: %[0][width][.precision][ll|l|z]code.
struct Conversion {
  bool zeros = false;
  Py_ssize_t width = -1, precision = -1;
  int longs = 0;  // how many l
  bool size = false;
  char code = 0;
};

/// A number in a format; -1 if there is none.
Py_ssize_t take_number(const char*& p) {
  if (*p < '0' || *p > '9') return -1;
  Py_ssize_t n = 0;
  for (; *p >= '0' && *p <= '9'; p++)
    if (n < PY_SSIZE_T_MAX / 16) n = n * 10 + (*p - '0');
  return n;
}

Conversion take_conversion(const char*& p) {
  Conversion c;
  if (*p == '0') c.zeros = true, p++;
  c.width = take_number(p);
  if (*p == '.') {
    p++;
    c.precision = take_number(p);
    if (c.precision < 0) c.precision = 0;
  }
  while (*p == 'l') c.longs++, p++;
  if (*p == 'z') c.size = true, p++;
  c.code = *p;
  if (*p) p++;
  return c;
}

/// The digits of an integer argument.
std::string_view integer_text(const Conversion& c, va_list* arguments, char* room, size_t size) {
  int n;
  if (c.code == 'd' || c.code == 'i') {
    long long v = c.longs > 1 ? va_arg(*arguments, long long)
                  : c.longs   ? va_arg(*arguments, long)
                  : c.size    ? va_arg(*arguments, Py_ssize_t)
                              : va_arg(*arguments, int);
    n = snprintf(room, size, "%lld", v);
  } else {
    unsigned long long v = c.longs > 1 ? va_arg(*arguments, unsigned long long)
                           : c.longs   ? va_arg(*arguments, unsigned long)
                           : c.size    ? va_arg(*arguments, size_t)
                                       : va_arg(*arguments, unsigned);
    n = snprintf(room, size, c.code == 'x' ? "%llx" : "%llu", v);
  }
  return {room, static_cast<size_t>(n)};
}

class UnicodeFormatter {
 public:
  explicit UnicodeFormatter(va_list* arguments) : arguments_(arguments) {}

  Ref<> run(const char* p) {
    while (*p) {
      const char* percent = strchr(p, '%');
      size_t literal = percent ? static_cast<size_t>(percent - p) : strlen(p);
      for (size_t i = 0; i < literal; i++)
        if (static_cast<signed char>(p[i]) < 0)
          return raise(PyExc_ValueError,
                       "PyUnicode_FromFormatV() expects an ASCII-encoded format string, got a "
                       "non-ASCII byte: 0x{}",
                       Hex{static_cast<unsigned char>(p[i]), 2});
      if (!out_.add(std::string_view(p, literal))) return {};
      if (!percent) break;
      p = percent + 1;
      const char* start = percent;
      Conversion c = take_conversion(p);
      bool known = true;
      TRY(convert(c, &known));
      if (!known) {
        // The arguments that follow cannot be found any more: the rest stands as it is.
        if (!out_.add(std::string_view(start))) return {};
        break;
      }
    }
    return out_.finish();
  }

 private:
  Status convert(const Conversion& c, bool* known) {
    switch (c.code) {
      case '%':
        return done(out_.add('%'));
      case 'c': {
        int ordinal = va_arg(*arguments_, int);
        if (ordinal < 0 || ordinal > 0x10FFFF)
          return raise(PyExc_OverflowError, "character argument not in range(0x110000)");
        return done(out_.add(static_cast<Py_UCS4>(ordinal)));
      }
      case 'd':
      case 'i':
      case 'u':
      case 'x':
        return put_integer(c);
      case 'p': {
        char text[32];
        snprintf(text, sizeof text, "%p", va_arg(*arguments_, void*));
        return done((text[1] == 'x' || out_.add("0x")) && out_.add(std::string_view(text)));
      }
      case 's':
        return put_utf8(va_arg(*arguments_, const char*), c);
      case 'U':
        return put_str(va_arg(*arguments_, PyObject*), c);
      case 'V': {
        PyObject* o = va_arg(*arguments_, PyObject*);
        const char* text = va_arg(*arguments_, const char*);
        return o ? put_str(o, c) : put_utf8(text, c);
      }
      case 'S':
        return put_made(to_str(va_arg(*arguments_, PyObject*)), c);
      case 'R':
        return put_made(repr(va_arg(*arguments_, PyObject*)), c);
      case 'A':
        return put_made(to_ascii(va_arg(*arguments_, PyObject*)), c);
      default:
        *known = false;
        return {};
    }
  }
  static Status done(bool ok) {
    if (!ok) return Raised{};
    return {};
  }
  Status put_integer(const Conversion& c) {
    char room[64];
    std::string_view digits = integer_text(c, arguments_, room, sizeof room);
    auto n = static_cast<Py_ssize_t>(digits.size());
    Py_ssize_t zeros = c.precision > n ? c.precision - n : 0;
    Py_ssize_t spare = c.width > n + zeros ? c.width - n - zeros : 0;
    if (c.zeros) zeros += spare, spare = 0;
    bool negative = zeros && digits.starts_with('-');
    return done(out_.fill(' ', spare) && out_.add(digits.substr(0, negative)) &&
                out_.fill('0', zeros) && out_.add(digits.substr(negative)));
  }
  Status put_str(PyObject* s, const Conversion& c) {
    Py_ssize_t n = str_length(s);
    if (c.precision >= 0 && c.precision < n) n = c.precision;
    return done(out_.fill(' ', c.width > n ? c.width - n : 0) && out_.add(s, 0, n));
  }
  Status put_made(Ref<> s, const Conversion& c) {
    if (!s) return Raised{};
    return put_str(s.get(), c);
  }
  Status put_utf8(const char* text, const Conversion& c) {
    // The precision counts bytes: a sequence that it cuts shows as a replacement mark.
    size_t n = c.precision < 0 ? strlen(text) : strnlen(text, static_cast<size_t>(c.precision));
    Conversion plain = c;
    plain.precision = -1;
    return put_made(decode_utf8_text({text, n}, "replace"), plain);
  }

  va_list* arguments_;
  StrBuilder out_;
};

Ref<> format_bytes(const char* p, va_list* arguments) {
  BytesBuilder out;
  while (*p) {
    const char* percent = strchr(p, '%');
    if (!out.add({p, percent ? static_cast<size_t>(percent - p) : strlen(p)})) return {};
    if (!percent) break;
    p = percent + 1;
    Conversion c = take_conversion(p);
    bool ok = true;
    char room[64];
    switch (c.code) {
      case '%':
        ok = out.add('%');
        break;
      case 'c': {
        int byte = va_arg(*arguments, int);
        if (byte < 0 || byte > 255)
          return raise(PyExc_OverflowError,
                       "PyBytes_FromFormatV(): %c format expects an integer in range [0; 255]");
        ok = out.add(static_cast<char>(byte));
        break;
      }
      case 'd':
      case 'i':
      case 'u':
      case 'x':
        ok = out.add(integer_text(c, arguments, room, sizeof room));
        break;
      case 's': {
        const char* text = va_arg(*arguments, const char*);
        ok = out.add({text, c.precision < 0 ? strlen(text)
                                            : strnlen(text, static_cast<size_t>(c.precision))});
        break;
      }
      case 'p': {
        snprintf(room, sizeof room, "%p", va_arg(*arguments, void*));
        ok = (room[1] == 'x' || out.add("0x")) && out.add(std::string_view(room));
        break;
      }
      default:
        if (!out.add(std::string_view(percent))) return {};
        return out.finish();
    }
    if (!ok) return {};
  }
  return out.finish();
}

}  // namespace

CAPI PyObject* PyUnicode_FromFormatV(const char* text, va_list arguments) {
  va_list copy;
  va_copy(copy, arguments);
  Ref<> s = UnicodeFormatter(&copy).run(text);
  va_end(copy);
  return s.release();
}
CAPI PyObject* PyUnicode_FromFormat(const char* text, ...) {
  va_list arguments;
  va_start(arguments, text);
  PyObject* s = PyUnicode_FromFormatV(text, arguments);
  va_end(arguments);
  return s;
}
CAPI PyObject* PyBytes_FromFormatV(const char* text, va_list arguments) {
  va_list copy;
  va_copy(copy, arguments);
  Ref<> bytes = format_bytes(text, &copy);
  va_end(copy);
  return bytes.release();
}
CAPI PyObject* PyBytes_FromFormat(const char* text, ...) {
  va_list arguments;
  va_start(arguments, text);
  PyObject* bytes = PyBytes_FromFormatV(text, arguments);
  va_end(arguments);
  return bytes;
}
