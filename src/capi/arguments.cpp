// modsupport.h: PyArg_Parse and its family: arguments of C functions, described by a format.
//
// A format is a row of units (letters with modifiers, "(…)" for sequences), "|" before the optional ones, "$" before
// those by keyword only, then ":name" for messages or ";message". Each unit takes its C variables from the va_list.
#include <algorithm>
#include <cfloat>
#include <climits>
#include <cstdarg>
#include <string_view>

#include "base/vector.h"
#include "capi/arguments.h"
#include "capi/export.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/int.h"
#include "object/int_arithmetic.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"

using namespace taipan;

namespace {

/// What must be given back when a later argument turns out wrong.
struct Cleanup {
  enum Kind { memory, buffer, converter } kind;
  void* what;
  void* (*convert)(PyObject*, void*);
};

/// va_list can be an array: behind a struct it can be passed by reference.
struct Variables {
  va_list list;
  explicit Variables(va_list from) { va_copy(list, from); }
  ~Variables() { va_end(list); }
  template <class T> T next() { return va_arg(list, T); }
};

/// Words about the argument that does not fit, put into sentences by the caller.
struct Mismatch {
  TextBuffer words;
  bool set = false;
};

class Parser {
 public:
  Parser(const char* format, Variables& variables) : at_(format), variables_(variables) {
    std::string_view all(format);
    size_t colon = all.find(':'), semicolon = all.find(';');
    if (colon != all.npos) function_ = format + colon + 1;
    else if (semicolon != all.npos) message_ = format + semicolon + 1;
    end_ = format + std::min({colon, semicolon, all.size()});
  }
  ~Parser() {
    if (!failed_) return;
    for (size_t i = cleanups_.size(); i-- > 0;) {
      const Cleanup& c = cleanups_[i];
      switch (c.kind) {
        case Cleanup::memory:
          PyMem_Free(*static_cast<void**>(c.what));
          *static_cast<void**>(c.what) = nullptr;
          break;
        case Cleanup::buffer: PyBuffer_Release(static_cast<Py_buffer*>(c.what)); break;
        case Cleanup::converter: c.convert(nullptr, c.what); break;
      }
    }
  }

  const char* function() const { return function_; }
  const char* message() const { return message_; }
  bool done() const { return at_ >= end_; }
  char peek() const { return at_ < end_ ? *at_ : '\0'; }
  bool accept(char c) {
    if (peek() != c) return false;
    at_++;
    return true;
  }
  bool fail() {
    failed_ = true;
    return false;
  }

  /// One unit for one argument. False: it does not fit (then mismatch has words) or an exception is pending.
  bool convert(PyObject* arg, Py_ssize_t number);
  /// The unit is passed over, its variables left alone.
  void skip();
  bool fails_as(Py_ssize_t number);

 private:
  bool unit(PyObject* arg);
  bool sequence(PyObject* arg);
  bool expected(const char* what, PyObject* arg) {
    mismatch_.set = format(mismatch_.words, "must be {}, not {}", what, arg == Py_None ? "None" : std::string_view(clip(type_name(arg), 50)));
    return false;
  }
  bool wrong(const char* words) {
    mismatch_.set = format(mismatch_.words, "{}", words);
    return false;
  }
  template <class T> bool store_checked(PyObject* arg, int64_t low, int64_t high, const char* below, const char* above);
  template <class T> bool store_masked(PyObject* arg);
  bool text(PyObject* arg, char code);
  bool encoded(PyObject* arg);
  bool contiguous_bytes(PyObject* arg, const char** data, Py_ssize_t* n);
  bool add_cleanup(Cleanup c) {
    if (cleanups_.append(c)) return true;
    raise_no_memory();
    return false;
  }

  const char* at_;
  const char* end_;
  Variables& variables_;
  const char* function_ = nullptr;
  const char* message_ = nullptr;
  Mismatch mismatch_;
  Vector<Cleanup> cleanups_;
  Py_ssize_t levels_[32]{};  // numbers of the items inside tuples, for messages
  int depth_ = 0;
  bool failed_ = false;
};

bool Parser::fails_as(Py_ssize_t number) {
  failed_ = true;
  if (pending_error()) return false;
  if (message_) {
    raise(PyExc_TypeError, "{}", message_);
    return false;
  }
  TextBuffer where;
  bool ok = !function_ || format(where, "{}() ", function_);
  ok = ok && (number ? format(where, "argument {}", number) : format(where, "argument"));
  for (int i = 0; ok && i < depth_ && levels_[i] > 0; i++) ok = format(where, ", item {}", levels_[i] - 1);
  if (ok) raise(PyExc_TypeError, "{} {}", where.view(), mismatch_.set ? mismatch_.words.view() : "is wrong");
  return false;
}

bool Parser::convert(PyObject* arg, Py_ssize_t number) {
  depth_ = 0;
  bool ok = peek() == '(' ? sequence(arg) : unit(arg);
  return ok || fails_as(number);
}

bool Parser::sequence(PyObject* arg) {
  at_++;  // (
  const char* start = at_;
  Py_ssize_t n = 0;
  int level = 0;
  for (const char* p = start; p < end_; p++) {
    char c = *p;
    if (c == '(') {
      if (level++ == 0) n++;
    } else if (c == ')') {
      if (level-- == 0) break;
    } else if (level == 0 && isalpha(static_cast<unsigned char>(c))) {
      if (c == 'e' && p + 1 < end_) p++;
      n++;
    }
  }
  if (!PySequence_Check(arg) || PyBytes_Check(arg)) {
    mismatch_.set = format(mismatch_.words, "must be {}-item sequence, not {}", n, arg == Py_None ? "None" : std::string_view(clip(type_name(arg), 50)));
    return false;
  }
  Result<Py_ssize_t> length = taipan::length(arg);
  if (!length) return false;
  if (*length != n) {
    mismatch_.set = format(mismatch_.words, "must be sequence of length {}, not {}", n, *length);
    return false;
  }
  if (depth_ >= 31) return wrong("has too many levels");
  int mine = depth_++;
  for (Py_ssize_t i = 0; i < n; i++) {
    // The item stays alive with the sequence, whose borrowed content the caller gets.
    Ref<> element = sequence_item(arg, i);
    if (!element) {
      clear_error();
      return wrong("is not retrievable");
    }
    levels_[mine] = i + 1;
    if (!(peek() == '(' ? sequence(element.get()) : unit(element.get()))) return false;
  }
  levels_[mine] = 0;
  depth_ = mine;
  if (!accept(')')) {
    raise(PyExc_SystemError, "bad format string");
    return false;
  }
  return true;
}

template <class T>
bool Parser::store_checked(PyObject* arg, int64_t low, int64_t high, const char* below, const char* above) {
  T* to = variables_.next<T*>();
  int overflow;
  Ref<> number = index(arg);
  if (!number) return false;
  int64_t value = PyLong_AsLongLongAndOverflow(number.get(), &overflow);
  if (!overflow && value >= low && value <= high) {
    *to = static_cast<T>(value);
    return true;
  }
  if (overflow && sizeof(T) == 8) raise(PyExc_OverflowError, "Python int too large to convert to C long");
  else raise(PyExc_OverflowError, "{}", overflow < 0 || value < low ? below : above);
  return false;
}
template <class T>
bool Parser::store_masked(PyObject* arg) {
  T* to = variables_.next<T*>();
  Ref<> number = PyLong_Check(arg) ? share(arg) : index(arg);
  if (!number) return false;
  *to = static_cast<T>(int_to_uint64_mask(number.get()));
  return true;
}

bool Parser::contiguous_bytes(PyObject* arg, const char** data, Py_ssize_t* n) {
  PyBufferProcs* procs = Py_TYPE(arg)->tp_as_buffer;
  if (!procs || !procs->bf_getbuffer || procs->bf_releasebuffer) return expected("read-only bytes-like object", arg);
  Py_buffer view;
  if (PyObject_GetBuffer(arg, &view, PyBUF_SIMPLE) < 0) {
    clear_error();
    return wrong("must be bytes-like object");
  }
  *data = static_cast<const char*>(view.buf);
  *n = view.len;
  PyBuffer_Release(&view);
  return true;
}

/// s z y and their forms with "*" and "#".
bool Parser::text(PyObject* arg, char code) {
  bool none_allowed = code == 'z', bytes_only = code == 'y';
  if (accept('*')) {
    auto* view = variables_.next<Py_buffer*>();
    if (none_allowed && arg == Py_None) {
      PyBuffer_FillInfo(view, nullptr, nullptr, 0, 1, 0);
    } else if (!bytes_only && PyUnicode_Check(arg)) {
      Result<std::string_view> utf8 = to_utf8(arg);
      if (!utf8) return false;
      PyBuffer_FillInfo(view, arg, const_cast<char*>((*utf8).data()), static_cast<Py_ssize_t>((*utf8).size()), 1, 0);
    } else {
      if (PyObject_GetBuffer(arg, view, PyBUF_SIMPLE) < 0) {
        clear_error();
        return expected(bytes_only ? "bytes-like object" : none_allowed ? "str, bytes-like object or None" : "str or bytes-like object", arg);
      }
      if (!PyBuffer_IsContiguous(view, 'C')) {
        PyBuffer_Release(view);
        return expected("contiguous buffer", arg);
      }
    }
    return add_cleanup({Cleanup::buffer, view, nullptr});
  }
  if (accept('#')) {
    auto** to = variables_.next<const char**>();
    auto* n = variables_.next<Py_ssize_t*>();
    if (none_allowed && arg == Py_None) {
      *to = nullptr;
      *n = 0;
      return true;
    }
    if (!bytes_only && PyUnicode_Check(arg)) {
      Result<std::string_view> utf8 = to_utf8(arg);
      if (!utf8) return false;
      *to = (*utf8).data();
      *n = static_cast<Py_ssize_t>((*utf8).size());
      return true;
    }
    return contiguous_bytes(arg, to, n);
  }
  auto** to = variables_.next<const char**>();
  Py_ssize_t n;
  if (none_allowed && arg == Py_None) {
    *to = nullptr;
    return true;
  }
  if (bytes_only) {
    if (!contiguous_bytes(arg, to, &n)) return false;
    if (strlen(*to) == static_cast<size_t>(n)) return true;
    raise(PyExc_ValueError, "embedded null byte");
    return false;
  }
  if (!PyUnicode_Check(arg)) return expected(none_allowed ? "str or None" : "str", arg);
  Result<std::string_view> utf8 = to_utf8(arg);
  if (!utf8) return false;
  *to = (*utf8).data();
  if (strlen(*to) == (*utf8).size()) return true;
  raise(PyExc_ValueError, "embedded null character");
  return false;
}

/// es, et, es#, et#: text in an encoding, in memory that the caller frees or has provided.
bool Parser::encoded(PyObject* arg) {
  auto* encoding = variables_.next<const char*>();
  if (!encoding) encoding = "utf-8";
  bool bytes_pass;
  if (accept('s')) bytes_pass = false;
  else if (accept('t')) bytes_pass = true;
  else return wrong("(unknown parser marker combination)");
  auto** buffer = variables_.next<char**>();
  bool sized = accept('#');
  auto* size = sized ? variables_.next<Py_ssize_t*>() : nullptr;
  Ref<> bytes;
  if (bytes_pass && (PyBytes_Check(arg) || PyByteArray_Check(arg))) {
    bytes = adopt(PyBytes_FromObject(arg));
    if (!bytes) return false;
  } else if (PyUnicode_Check(arg)) {
    bytes = adopt(PyUnicode_AsEncodedString(arg, encoding, nullptr));
    if (!bytes) {
      clear_error();
      return wrong("(encoding failed)");
    }
  } else {
    return expected(bytes_pass ? "str, bytes or bytearray" : "str", arg);
  }
  std::string_view data = bytes_view(bytes.get());
  if (sized && *buffer) {
    if (static_cast<size_t>(*size) < data.size() + 1) {
      raise(PyExc_ValueError, "encoded string too long ({}, maximum length {})", data.size(), *size - 1);
      return false;
    }
  } else {
    if (!sized && memchr(data.data(), 0, data.size())) {
      raise(PyExc_ValueError, "embedded null byte");
      return false;
    }
    *buffer = static_cast<char*>(PyMem_Malloc(data.size() + 1));
    if (!*buffer) {
      raise_no_memory();
      return false;
    }
    if (!add_cleanup({Cleanup::memory, buffer, nullptr})) return false;
  }
  memcpy(*buffer, data.data(), data.size());
  (*buffer)[data.size()] = '\0';
  if (sized) *size = static_cast<Py_ssize_t>(data.size());
  return true;
}

bool Parser::unit(PyObject* arg) {
  char code = peek();
  at_++;
  switch (code) {
    case 'b': return store_checked<unsigned char>(arg, 0, UCHAR_MAX, "unsigned byte integer is less than minimum", "unsigned byte integer is greater than maximum");
    case 'h':
      return store_checked<short>(arg, SHRT_MIN, SHRT_MAX, "signed short integer is less than minimum", "signed short integer is greater than maximum");
    case 'i': return store_checked<int>(arg, INT_MIN, INT_MAX, "signed integer is less than minimum", "signed integer is greater than maximum");
    case 'l': return store_checked<long>(arg, LONG_MIN, LONG_MAX, "", "");
    case 'L': return store_checked<long long>(arg, LLONG_MIN, LLONG_MAX, "", "");
    case 'n': {
      auto* to = variables_.next<Py_ssize_t*>();
      Ref<> number = index(arg);
      if (!number) return false;
      *to = PyLong_AsSsize_t(number.get());
      return *to != -1 || !pending_error();
    }
    case 'B': return store_masked<unsigned char>(arg);
    case 'H': return store_masked<unsigned short>(arg);
    case 'I': return store_masked<unsigned>(arg);
    case 'k':
      if (!PyLong_Check(arg)) return expected("int", arg);
      return store_masked<unsigned long>(arg);
    case 'K':
      if (!PyLong_Check(arg)) return expected("int", arg);
      return store_masked<unsigned long long>(arg);
    case 'f': case 'd': {
      void* to = variables_.next<void*>();
      Result<double> value = to_double(arg);
      if (!value) return false;
      if (code == 'f') *static_cast<float*>(to) = static_cast<float>(*value);
      else *static_cast<double*>(to) = *value;
      return true;
    }
    case 'D': {
      auto* to = variables_.next<Py_complex*>();
      *to = PyComplex_AsCComplex(arg);
      return !pending_error();
    }
    case 'c': {
      auto* to = variables_.next<char*>();
      if (PyBytes_Check(arg) && Py_SIZE(arg) == 1) *to = PyBytes_AS_STRING(arg)[0];
      else if (PyByteArray_Check(arg) && Py_SIZE(arg) == 1) *to = PyByteArray_AS_STRING(arg)[0];
      else return expected("a byte string of length 1", arg);
      return true;
    }
    case 'C': {
      auto* to = variables_.next<int*>();
      if (!PyUnicode_Check(arg) || str_length(arg) != 1) return expected("a unicode character", arg);
      *to = static_cast<int>(char_at(arg, 0));
      return true;
    }
    case 'p': {
      auto* to = variables_.next<int*>();
      Result<bool> value = is_true(arg);
      if (value) *to = *value;
      return static_cast<bool>(value);
    }
    case 's': case 'z': case 'y': return text(arg, code);
    case 'e': return encoded(arg);
    case 'S': case 'Y': case 'U': {
      auto** to = variables_.next<PyObject**>();
      bool fits = code == 'S' ? PyBytes_Check(arg) : code == 'Y' ? PyByteArray_Check(arg) : PyUnicode_Check(arg);
      if (!fits) return expected(code == 'S' ? "bytes" : code == 'Y' ? "bytearray" : "str", arg);
      *to = arg;
      return true;
    }
    case 'O':
      if (accept('!')) {
        auto* type = variables_.next<PyTypeObject*>();
        auto** to = variables_.next<PyObject**>();
        if (!is_instance_of(arg, type)) return expected(type->tp_name, arg);
        *to = arg;
        return true;
      }
      if (accept('&')) {
        auto* converter = variables_.next<int (*)(PyObject*, void*)>();
        void* to = variables_.next<void*>();
        int r = converter(arg, to);
        if (!r) return wrong("(unspecified)");
        if (r != Py_CLEANUP_SUPPORTED) return true;
        return add_cleanup({Cleanup::converter, to, reinterpret_cast<void* (*)(PyObject*, void*)>(converter)});
      }
      *variables_.next<PyObject**>() = arg;
      return true;
    case 'w': {
      auto* view = variables_.next<Py_buffer*>();
      if (!accept('*')) return wrong("(invalid use of 'w' format character)");
      if (PyObject_GetBuffer(arg, view, PyBUF_WRITABLE) < 0) {
        clear_error();
        return expected("read-write bytes-like object", arg);
      }
      if (!PyBuffer_IsContiguous(view, 'C')) {
        PyBuffer_Release(view);
        return expected("contiguous buffer", arg);
      }
      return add_cleanup({Cleanup::buffer, view, nullptr});
    }
    default: break;
  }
  raise(PyExc_SystemError, "impossible<bad format char>");
  return false;
}

void Parser::skip() {
  char c = peek();
  at_++;
  switch (c) {
    case 'e':
      variables_.next<const char*>();
      at_++;
      variables_.next<char**>();
      if (accept('#')) variables_.next<Py_ssize_t*>();
      break;
    case 's': case 'z': case 'y': case 'w':
      variables_.next<void*>();
      if (accept('#')) variables_.next<Py_ssize_t*>();
      else accept('*');
      break;
    case 'O':
      if (accept('!')) variables_.next<PyTypeObject*>();
      else if (accept('&')) variables_.next<int (*)(PyObject*, void*)>();
      variables_.next<void*>();
      break;
    case '(':
      while (!done() && peek() != ')') skip();
      accept(')');
      break;
    default: variables_.next<void*>();
  }
}

/// The numbers of units in all and of those that must be given.
struct Counts {
  Py_ssize_t least = -1, most = 0;
};
Counts count_units(const char* format) {
  Counts n;
  int level = 0;
  for (const char* p = format; *p && *p != ':' && *p != ';'; p++) {
    if (*p == '(') {
      if (level++ == 0) n.most++;
    } else if (*p == ')') {
      level--;
    } else if (level == 0 && *p == '|') {
      n.least = n.most;
    } else if (level == 0 && isalpha(static_cast<unsigned char>(*p))) {
      n.most++;
      if (*p == 'e' && p[1]) p++;
    }
  }
  if (n.least < 0) n.least = n.most;
  return n;
}

int parse_positional(Fast args, Py_ssize_t nargs, const char* format, va_list given, bool single) {
  Variables variables(given);
  Parser parser(format, variables);
  Counts units = count_units(format);
  if (nargs < units.least || nargs > units.most) {
    if (parser.message()) {
      raise(PyExc_TypeError, "{}", parser.message());
    } else {
      const char* how = units.least == units.most ? "exactly" : nargs < units.least ? "at least" : "at most";
      Py_ssize_t bound = nargs < units.least ? units.least : units.most;
      raise(PyExc_TypeError, "{}{} takes {} {} argument{} ({} given)", parser.function() ? parser.function() : "function",
            parser.function() ? "()" : "", how, bound, bound == 1 ? "" : "s", nargs);
    }
    return 0;
  }
  for (Py_ssize_t i = 0; i < nargs; i++) {
    parser.accept('|');
    if (!parser.convert(args[i], single ? 0 : i + 1)) return 0;
  }
  return 1;
}

int parse_keywords(const Given& given, const char* format, const char* const* names, va_list list) {
  Variables variables(list);
  Parser parser(format, variables);
  const char* f = parser.function();
  auto name = f ? f : "function";
  auto braces = f ? "()" : "";
  Py_ssize_t count = 0, unnamed = 0;
  while (names[count]) count++;
  while (unnamed < count && !*names[unnamed]) unnamed++;
  Py_ssize_t named = given.named();
  auto bad = [&] { return parser.fail(), 0; };
  if (given.nargs + named > count) {
    raise(PyExc_TypeError, "{}{} takes {} {} {}argument{} ({} given)", name, braces, "at most", count, given.nargs == 0 ? "keyword " : "",
          count == 1 ? "" : "s", given.nargs + named);
    return bad();
  }
  Py_ssize_t least = PY_SSIZE_T_MAX, positional = PY_SSIZE_T_MAX, left = named;
  bool skipped = false;
  for (Py_ssize_t i = 0; i < count; i++) {
    if (parser.accept('|')) least = i;
    if (parser.accept('$')) {
      positional = i;
      if (positional < given.nargs) {
        if (positional == 0) raise(PyExc_TypeError, "{}{} takes no positional arguments", name, braces);
        else
          raise(PyExc_TypeError, "{}{} takes {} {} positional argument{} ({} given)", name, braces, least < i ? "at most" : "exactly", positional,
                positional == 1 ? "" : "s", given.nargs);
        return bad();
      }
    }
    if (parser.accept('|')) least = i;
    PyObject* value = nullptr;
    if (i < given.nargs) {
      value = given.args[i];
    } else if (left && i >= unnamed) {
      Ref<> key = new_str(names[i]);
      if (!key) return bad();
      Result<PyObject*> found = given.find(key.get());
      if (!found) return bad();
      value = *found;
      left -= value != nullptr;
    }
    if (value) {
      if (!parser.convert(value, i + 1)) return 0;
      continue;
    }
    if (i < least) {
      if (i < unnamed) {
        Py_ssize_t needed = std::min(unnamed, least);
        raise(PyExc_TypeError, "{}{} takes {} {} positional argument{} ({} given)", name, braces, needed < count ? "at least" : "exactly", needed,
              needed == 1 ? "" : "s", given.nargs);
        return bad();
      }
      raise(PyExc_TypeError, "{}{} missing required argument '{}' (pos {})", name, braces, names[i], i + 1);
      return bad();
    }
    skipped = true;
    parser.skip();
  }
  (void)skipped;
  if (left == 0) return 1;
  for (Py_ssize_t i = unnamed; i < std::min(given.nargs, count); i++) {
    Ref<> key = new_str(names[i]);
    if (!key) return bad();
    Result<PyObject*> found = given.find(key.get());
    if (!found) return bad();
    if (!*found) continue;
    raise(PyExc_TypeError, "argument for {}{} given by name ('{}') and position ({})", name, braces, names[i], i + 1);
    return bad();
  }
  Result<PyObject*> stranger = given.unknown([&](PyObject* key) -> Result<bool> {
    for (Py_ssize_t i = unnamed; i < count; i++)
      if (str_equal(key, names[i])) return true;
    return false;
  });
  if (stranger && *stranger) raise(PyExc_TypeError, "'{}' is an invalid keyword argument for {}{}", as_str(*stranger), f ? f : "this function", braces);
  return bad();
}

}  // namespace

CAPI int PyArg_VaParse(PyObject* args, const char* format, va_list list) {
  return parse_positional(fast_items(args), tuple_size(args), format, list, false);
}
CAPI int _PyArg_VaParse_SizeT(PyObject* args, const char* format, va_list list) { return PyArg_VaParse(args, format, list); }
#define PARSE_TUPLE(function)                                          \
  CAPI int function(PyObject* args, const char* format, ...) {         \
    va_list list;                                                      \
    va_start(list, format);                                            \
    int ok = PyArg_VaParse(args, format, list);                        \
    va_end(list);                                                      \
    return ok;                                                         \
  }
#undef PyArg_ParseTuple
#undef PyArg_Parse
PARSE_TUPLE(PyArg_ParseTuple)
PARSE_TUPLE(_PyArg_ParseTuple_SizeT)
#define PARSE_ONE(function)                                            \
  CAPI int function(PyObject* arg, const char* format, ...) {          \
    va_list list;                                                      \
    va_start(list, format);                                            \
    int ok = parse_positional(&arg, 1, format, list, true);            \
    va_end(list);                                                      \
    return ok;                                                         \
  }
PARSE_ONE(PyArg_Parse)
PARSE_ONE(_PyArg_Parse_SizeT)
#define PARSE_STACK(function)                                                         \
  CAPI int function(Fast args, Py_ssize_t nargs, const char* format, ...) {           \
    va_list list;                                                                     \
    va_start(list, format);                                                           \
    int ok = parse_positional(args, nargs, format, list, false);                      \
    va_end(list);                                                                     \
    return ok;                                                                        \
  }
#undef _PyArg_ParseStack
PARSE_STACK(_PyArg_ParseStack)
PARSE_STACK(_PyArg_ParseStack_SizeT)

CAPI int PyArg_VaParseTupleAndKeywords(PyObject* args, PyObject* kwargs, const char* format, char** names, va_list list) {
  return parse_keywords({fast_items(args), tuple_size(args), kwargs, nullptr}, format, names, list);
}
CAPI int _PyArg_VaParseTupleAndKeywords_SizeT(PyObject* args, PyObject* kwargs, const char* format, char** names, va_list list) {
  return PyArg_VaParseTupleAndKeywords(args, kwargs, format, names, list);
}
#define PARSE_KEYWORDS(function)                                                                            \
  CAPI int function(PyObject* args, PyObject* kwargs, const char* format, char** names, ...) {              \
    va_list list;                                                                                           \
    va_start(list, names);                                                                                  \
    int ok = PyArg_VaParseTupleAndKeywords(args, kwargs, format, names, list);                              \
    va_end(list);                                                                                           \
    return ok;                                                                                              \
  }
#undef PyArg_ParseTupleAndKeywords
PARSE_KEYWORDS(PyArg_ParseTupleAndKeywords)
PARSE_KEYWORDS(_PyArg_ParseTupleAndKeywords_SizeT)
#define PARSE_KEYWORDS_FAST(function)                                                                       \
  CAPI int function(PyObject* args, PyObject* kwargs, _PyArg_Parser* parser, ...) {                         \
    va_list list;                                                                                           \
    va_start(list, parser);                                                                                 \
    int ok = parse_keywords({fast_items(args), tuple_size(args), kwargs, nullptr}, parser->format, parser->keywords, list); \
    va_end(list);                                                                                           \
    return ok;                                                                                              \
  }
#undef _PyArg_ParseTupleAndKeywordsFast
PARSE_KEYWORDS_FAST(_PyArg_ParseTupleAndKeywordsFast)
PARSE_KEYWORDS_FAST(_PyArg_ParseTupleAndKeywordsFast_SizeT)
#define PARSE_STACK_KEYWORDS(function)                                                                      \
  CAPI int function(Fast args, Py_ssize_t nargs, PyObject* kwnames, _PyArg_Parser* parser, ...) {           \
    va_list list;                                                                                           \
    va_start(list, parser);                                                                                 \
    int ok = parse_keywords({args, nargs, nullptr, kwnames}, parser->format, parser->keywords, list);       \
    va_end(list);                                                                                           \
    return ok;                                                                                              \
  }
#undef _PyArg_ParseStackAndKeywords
PARSE_STACK_KEYWORDS(_PyArg_ParseStackAndKeywords)
PARSE_STACK_KEYWORDS(_PyArg_ParseStackAndKeywords_SizeT)
