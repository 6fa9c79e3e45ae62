// str's kernel: memory, making from text in various forms, hash, comparison, joining two.
// Layouts are the public header's: ASCII strs have the short head, compact ones the middle head,
// and instances of subclasses the long head with their characters in a block of their own.
#include "object/str.h"

#include "base/hash.h"
#include "base/search.h"
#include "base/short_text.h"
#include "base/utf8.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/str_internal.h"
#include "object/tuple.h"

namespace taipan {
namespace {

using Compact = PyCompactUnicodeObject;
using Long = PyUnicodeObject;

size_t head_size(bool ascii) { return ascii ? sizeof(Str) : sizeof(Compact); }

size_t compact_size(PyObject* s) {
  auto units = static_cast<size_t>(str_length(s)) + 1;
  return head_size(is_ascii(s)) + units * static_cast<size_t>(str_kind(s));
}

int kind_for(Py_UCS4 max_char) { return max_char < 0x100 ? 1 : max_char < 0x10000 ? 2 : 4; }

void init_state(Str* s, Py_ssize_t length, int kind, bool ascii, bool compact) {
  s->length = length;
  s->hash = -1;
  memset(&s->state, 0, sizeof s->state);
  s->state.kind = static_cast<unsigned>(kind);
  s->state.ascii = ascii;
  s->state.compact = compact;
  s->state.ready = 1;
  s->wstr = nullptr;
  if (!ascii || !compact) {
    auto c = reinterpret_cast<Compact*>(s);
    c->utf8 = nullptr;
    c->utf8_length = 0;
    c->wstr_length = 0;
  }
}

void terminate(PyObject* s) {
  memset(static_cast<char*>(str_data(s)) + str_length(s) * str_kind(s), 0,
         static_cast<size_t>(str_kind(s)));
}

template <class To>
void copy_to(To* to, PyObject* from, Py_ssize_t start, size_t n) {
  with_units(from, [&](auto units, size_t) {
    if constexpr (sizeof(*units) == sizeof(To))
      memcpy(to, units + start, n * sizeof(To));
    else
      copy_units(units + start, n, to);
  });
}

}  // namespace

// -- memory --

/// A str of more than no characters below 0x80, without them.
static inline Ref<> allocate_ascii(size_t n) {
  size_t size = sizeof(Str) + n + 1;
  auto* s = static_cast<Str*>(allocate_block(size));
  if (!s) [[unlikely]] return raise_no_memory();
  count_objects(1);
  s->ob_base = {1, &PyUnicode_Type};
  init_state(s, static_cast<Py_ssize_t>(n), PyUnicode_1BYTE_KIND, true, true);
  reinterpret_cast<char*>(s + 1)[n] = '\0';
  return adopt(object(s));
}

Ref<> new_ascii_str(std::string_view ascii) {
  Ref<> s = TRY(allocate_ascii(ascii.size()));
  copy_text(reinterpret_cast<char*>(reinterpret_cast<Str*>(s.get()) + 1), ascii.data(), ascii.size());
  return s;
}

Ref<> allocate_str(Py_ssize_t n, Py_UCS4 max_char) {
  if (max_char < 0x80 && n > 0 && n < PY_SSIZE_T_MAX / 2) [[likely]] return allocate_ascii(static_cast<size_t>(n));
  if (n == 0) return share(empty_str());
  if (max_char > 0x10FFFF)
    return raise(PyExc_SystemError, "invalid maximum character passed to PyUnicode_New");
  if (n < 0) return raise(PyExc_SystemError, "Negative size passed to PyUnicode_New");
  bool ascii = max_char < 0x80;
  int kind = kind_for(max_char);
  if (n > (PY_SSIZE_T_MAX - static_cast<Py_ssize_t>(sizeof(Compact))) / kind - 1)
    return raise_no_memory();
  size_t size = head_size(ascii) + (static_cast<size_t>(n) + 1) * static_cast<size_t>(kind);
  auto* s = static_cast<PyObject*>(allocate_block(size));
  if (!s) [[unlikely]] return raise_no_memory();
  count_objects(1);
  s->ob_refcnt = 1;
  s->ob_type = &PyUnicode_Type;
  init_state(reinterpret_cast<Str*>(s), n, kind, ascii, true);
  terminate(s);
  return adopt(s);
}

void str_dealloc(PyObject* o) {
  auto s = reinterpret_cast<Str*>(o);
  if (s->state.interned) forget_interned(o);
  if (s->state.ascii && s->state.compact && !s->wstr) [[likely]] {
    count_objects(-1);
    return free_block(o, compact_size(o));
  }
  void* data = s->state.ready ? PyUnicode_DATA(o) : nullptr;
  if (s->wstr && s->wstr != data) raw_free(s->wstr);
  if (!s->state.ascii || !s->state.compact) {
    auto c = reinterpret_cast<Compact*>(o);
    if (c->utf8 && c->utf8 != data) raw_free(c->utf8);
  }
  if (!s->state.compact) {
    if (data) raw_free(data);
    Py_TYPE(o)->tp_free(o);
  } else {
    free_object(o, compact_size(o));
  }
}

Ref<> new_str_subclass(PyTypeObject* type, PyObject* str) {
  PyObject* o = type->tp_alloc(type, 0);
  if (!o) return {};
  Ref<> self = adopt(o);
  auto s = reinterpret_cast<Str*>(o);
  int kind = str_kind(str);
  Py_ssize_t n = str_length(str);
  init_state(s, n, kind, is_ascii(str), false);
  size_t bytes = (static_cast<size_t>(n) + 1) * static_cast<size_t>(kind);
  void* data = raw_allocate(bytes);
  reinterpret_cast<Long*>(o)->data.any = data;
  if (!data) return raise_no_memory();
  memcpy(data, str_data(str), bytes);
  if (is_ascii(str)) {
    reinterpret_cast<Compact*>(o)->utf8 = static_cast<char*>(data);
    reinterpret_cast<Compact*>(o)->utf8_length = n;
  }
  s->hash = reinterpret_cast<Str*>(str)->hash;
  return self;
}

// -- making --

Ref<> new_str_latin1(std::string_view text) {
  if (text.size() == 1) return char_str(static_cast<unsigned char>(text[0]));
  auto units = reinterpret_cast<const uint8_t*>(text.data());
  Ref<> s = TRY(allocate_str(static_cast<Py_ssize_t>(text.size()), max_bound(units, text.size())));
  if (!text.empty()) memcpy(str_data(s.get()), text.data(), text.size());
  return s;
}

Ref<> new_str_of_good_utf8(std::string_view text, const Utf8Scan& scan) {
  if (scan.length == 1) {
    size_t at = 0;
    return char_str(next_code_point(text, at));
  }
  Ref<> s = TRY(allocate_str(static_cast<Py_ssize_t>(scan.length), scan.max));
  if (scan.max == 0x7F) {
    if (!text.empty()) memcpy(str_data(s.get()), text.data(), text.size());
    return s;
  }
  switch (str_kind(s.get())) {
    case 1:
      decode_utf8(text, static_cast<uint8_t*>(str_data(s.get())));
      break;
    case 2:
      decode_utf8(text, static_cast<uint16_t*>(str_data(s.get())));
      break;
    default:
      decode_utf8(text, static_cast<uint32_t*>(str_data(s.get())));
      break;
  }
  return s;
}

namespace {

Ref<> new_str_checked(std::string_view text, Surrogates surrogates) {
  Utf8Scan scan = scan_utf8(text, surrogates);
  if (scan.fault != Utf8Fault::none)
    return raise_decode_error("utf-8", text, scan.bytes, scan.fault_end,
                              utf8_fault_reason(scan.fault));
  return new_str_of_good_utf8(text, scan);
}

}  // namespace

Ref<> new_str(std::string_view utf8) { return new_str_checked(utf8, Surrogates::reject); }
Ref<> new_str_with_surrogates(std::string_view utf8) {
  return new_str_checked(utf8, Surrogates::pass);
}

Ref<> new_str_from_kind(int kind, const void* data, Py_ssize_t n) {
  auto size = static_cast<size_t>(n);
  auto make = [&](auto units) -> Ref<> {
    if (n == 1) return char_str(units[0]);
    Ref<> s = TRY(allocate_str(n, max_bound(units, size)));
    if (n == 0) return s;
    switch (str_kind(s.get())) {
      case 1:
        copy_units(units, size, static_cast<uint8_t*>(str_data(s.get())));
        break;
      case 2:
        copy_units(units, size, static_cast<uint16_t*>(str_data(s.get())));
        break;
      default:
        copy_units(units, size, static_cast<uint32_t*>(str_data(s.get())));
        break;
    }
    return s;
  };
  if (kind == 1) return make(static_cast<const uint8_t*>(data));
  if (kind == 2) return make(static_cast<const uint16_t*>(data));
  return make(static_cast<const uint32_t*>(data));
}

Ref<> char_str(Py_UCS4 c) {
  if (c < 256) return share(latin1_characters[c]);
  Ref<> s = TRY(allocate_str(1, c));
  PyUnicode_WRITE(str_kind(s.get()), str_data(s.get()), 0, c);
  return s;
}

PyObject* empty_str() { return ""_name; }

Ref<> exact_str(PyObject* s) {
  if (PyUnicode_CheckExact(s)) return share(s);
  return new_str_from_kind(str_kind(s), str_data(s), str_length(s));
}

// -- UTF-8 --

Result<std::string_view> to_utf8(PyObject* str) {
  if (is_ascii(str)) return narrow_text(str);
  auto c = reinterpret_cast<Compact*>(str);
  if (!c->utf8) {
    size_t surrogate = kNoSurrogate;
    size_t size =
        with_units(str, [&](auto units, size_t n) { return utf8_size(units, n, &surrogate); });
    if (surrogate != kNoSurrogate) {
      auto from = static_cast<Py_ssize_t>(surrogate), end = from + 1;
      while (end < str_length(str) && is_surrogate(char_at(str, end))) end++;
      return raise_encode_error("utf-8", str, from, end, "surrogates not allowed");
    }
    auto text = static_cast<char*>(raw_allocate(size + 1));
    if (!text) return raise_no_memory();
    *with_units(str, [&](auto units, size_t n) { return encode_utf8(units, n, text); }) = '\0';
    c->utf8 = text;
    c->utf8_length = static_cast<Py_ssize_t>(size);
  }
  return std::string_view(c->utf8, static_cast<size_t>(c->utf8_length));
}

std::string_view utf8_or_question(PyObject* str) {
  if (!PyUnicode_Check(str)) return "?";
  auto text = to_utf8(str);
  if (text) return *text;
  clear_error();
  return "?";
}

// -- characters --

void copy_characters(int kind, void* to, Py_ssize_t at, PyObject* from, Py_ssize_t start,
                     Py_ssize_t n) {
  auto size = static_cast<size_t>(n);
  switch (kind) {
    case 1:
      return copy_to(static_cast<uint8_t*>(to) + at, from, start, size);
    case 2:
      return copy_to(static_cast<uint16_t*>(to) + at, from, start, size);
    default:
      return copy_to(static_cast<uint32_t*>(to) + at, from, start, size);
  }
}
void copy_characters(PyObject* to, Py_ssize_t at, PyObject* from, Py_ssize_t start, Py_ssize_t n) {
  copy_characters(str_kind(to), str_data(to), at, from, start, n);
}

Ref<> str_slice(PyObject* s, Py_ssize_t low, Py_ssize_t high) {
  Py_ssize_t length = str_length(s);
  if (low < 0) low = 0;
  if (high > length) high = length;
  if (low >= high) return share(empty_str());
  if (low == 0 && high == length) return exact_str(s);
  if (is_ascii(s)) {
    if (high - low == 1) return char_str(char_at(s, low));
    Ref<> part = TRY(allocate_str(high - low, 0x7F));
    memcpy(str_data(part.get()), static_cast<char*>(str_data(s)) + low,
           static_cast<size_t>(high - low));
    return part;
  }
  return new_str_from_kind(str_kind(s), static_cast<char*>(str_data(s)) + low * str_kind(s),
                           high - low);
}

// -- hash and order --

Py_hash_t str_hash(PyObject* o) {
  auto s = reinterpret_cast<Str*>(o);
  if (s->hash == -1)
    s->hash = hash_bytes(str_data(o),
                         static_cast<size_t>(s->length) * static_cast<size_t>(s->state.kind));
  return s->hash;
}

bool str_equal(PyObject* a, PyObject* b) {
  if (a == b) return true;
  auto x = reinterpret_cast<Str*>(a), y = reinterpret_cast<Str*>(b);
  if (x->length != y->length || x->state.kind != y->state.kind) return false;
  if (x->hash != y->hash && x->hash != -1 && y->hash != -1) return false;
  return memcmp(str_data(a), str_data(b), static_cast<size_t>(x->length) * x->state.kind) == 0;
}
bool str_equal(PyObject* a, std::string_view ascii) {
  return is_ascii(a) && narrow_text(a) == ascii;
}

int str_compare(PyObject* a, PyObject* b) {
  if (a == b) return 0;
  return with_units(a, [&](auto x, size_t n) {
    return with_units(b, [&](auto y, size_t m) {
      size_t common = n < m ? n : m;
      if constexpr (sizeof(*x) == 1 && sizeof(*y) == 1) {
        int order = memcmp(x, y, common);
        if (order) return order < 0 ? -1 : 1;
      } else {
        for (size_t i = 0; i < common; i++)
          if (x[i] != y[i]) return x[i] < y[i] ? -1 : 1;
      }
      return n == m ? 0 : n < m ? -1 : 1;
    });
  });
}

// -- joining two --

Ref<> str_concat(PyObject* a, PyObject* b) {
  Py_ssize_t n = str_length(a), m = str_length(b);
  if (n == 0) return exact_str(b);
  if (m == 0) return exact_str(a);
  if (n > PY_SSIZE_T_MAX - m) return raise(PyExc_OverflowError, "strings are too large to concat");
  Py_UCS4 x = max_char_bound(a), y = max_char_bound(b);
  Ref<> s = TRY(allocate_str(n + m, x > y ? x : y));
  copy_characters(s.get(), 0, a, 0, n);
  copy_characters(s.get(), n, b, 0, m);
  return s;
}

namespace {

/// Nobody can notice when this str changes: one reference, no table knows it.
bool may_grow(PyObject* s) {
  return Py_REFCNT(s) == 1 && PyUnicode_CheckExact(s) && reinterpret_cast<Str*>(s)->state.compact &&
         !is_interned(s);
}

/// Drops what was computed from the old text.
void drop_caches(PyObject* s) {
  auto head = reinterpret_cast<Str*>(s);
  head->hash = -1;
  if (head->wstr) {
    if (head->wstr != str_data(s)) raw_free(head->wstr);
    head->wstr = nullptr;
  }
  if (!head->state.ascii) {
    auto c = reinterpret_cast<Compact*>(s);
    if (c->utf8) raw_free(c->utf8);
    c->utf8 = nullptr;
    c->utf8_length = c->wstr_length = 0;
  }
}

}  // namespace

Status str_append(PyObject** a, PyObject* b) {
  PyObject* s = *a;
  Py_ssize_t n = str_length(s), m = str_length(b);
  if (m == 0 && PyUnicode_CheckExact(s)) return {};
  if (may_grow(s) && n && str_kind(b) <= str_kind(s) && (is_ascii(b) || !is_ascii(s)) &&
      n + m < PY_SSIZE_T_MAX / 8) {
    drop_caches(s);
    // b cannot be s itself: its one reference is *a's.
    size_t size =
        head_size(is_ascii(s)) + static_cast<size_t>(n + m + 1) * static_cast<size_t>(str_kind(s));
    size_t steps = (size + kSizeStep - 1) / kSizeStep;
    auto grown = static_cast<PyObject*>(raw_reallocate(s, steps * kSizeStep));
    if (grown) {
      *a = grown;
      reinterpret_cast<Str*>(grown)->length = n + m;
      copy_characters(grown, n, b, 0, m);
      terminate(grown);
      return {};
    }
  }
  Ref<> joined = str_concat(s, b);
  *a = joined.release();
  Py_DECREF(s);
  if (!*a) return Raised{};
  return {};
}

// -- errors --

namespace {

Raised raise_unicode_error(PyObject* type, const char* encoding, Ref<> input, Py_ssize_t start,
                           Py_ssize_t end, const char* reason) {
  if (!input) return {};
  Ref<> name = new_str(encoding), why = new_str(reason), from = new_int(start), to = new_int(end);
  if (!name || !why || !from || !to) return {};
  Ref<> error = call(type, name.get(), input.get(), from.get(), to.get(), why.get());
  return error ? raise_instance(std::move(error)) : Raised{};
}

}  // namespace

Raised raise_decode_error(const char* encoding, std::string_view data, size_t start, size_t end,
                          const char* reason) {
  return raise_unicode_error(PyExc_UnicodeDecodeError, encoding, new_bytes(data),
                             static_cast<Py_ssize_t>(start), static_cast<Py_ssize_t>(end), reason);
}
Raised raise_encode_error(const char* encoding, PyObject* str, Py_ssize_t start, Py_ssize_t end,
                          const char* reason) {
  return raise_unicode_error(PyExc_UnicodeEncodeError, encoding, share(str), start, end, reason);
}

}  // namespace taipan
