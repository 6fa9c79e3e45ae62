// The machine that runs a pickle: its loop, its stack, and the instructions that make atoms.
#include <bit>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "base/float_text.h"
#include "modules/pickle/pickle.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/int.h"
#include "object/int_arithmetic.h"
#include "object/list.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "types/bytearray.h"
#include "types/codecs.h"
#include "types/memoryview.h"

namespace taipan::pickling {

// -- the stack --

Raised raise_underflow(Unpickler& u) {
  return raise(library.unpickling_error, "{}", u.marks.size() ? "unexpected MARK found" : "unpickling stack underflow");
}
Status push(Unpickler& u, Ref<> o) {
  if (!o) return Raised{};
  if (!u.stack.append(o.get())) return raise_no_memory();
  o.release();
  return {};
}
Ref<> pop(Unpickler& u) {
  if (height(u) <= fence(u)) return raise_underflow(u);
  return adopt(u.stack.pop());
}
PyObject* top(Unpickler& u) {
  if (height(u) <= fence(u)) return raise_underflow(u);
  return u.stack.back();
}
void drop_to(Unpickler& u, Py_ssize_t to) {
  while (height(u) > to) Py_DECREF(u.stack.pop());
}
Result<Py_ssize_t> pop_mark(Unpickler& u) {
  if (u.marks.empty()) return raise(library.unpickling_error, "could not find MARK");
  return u.marks.pop();
}
Ref<> pop_tuple(Unpickler& u, Py_ssize_t from) {
  if (from < fence(u) || from > height(u)) return raise_underflow(u);
  Ref<> items = TRY(tuple_of(u.stack.data() + from, height(u) - from));
  drop_to(u, from);
  return items;
}
Ref<> pop_list(Unpickler& u, Py_ssize_t from) {
  if (from < fence(u) || from > height(u)) return raise_underflow(u);
  Ref<> items = TRY(list_of(u.stack.data() + from, height(u) - from));
  drop_to(u, from);
  return items;
}

// -- the memo --

/// Indices that run far ahead of all others (no pickler makes such) must not cost memory in proportion.
constexpr uint64_t kFarAhead = 1 << 16;

Status memo_set(Unpickler& u, uint64_t index, PyObject* o) {
  if (index > u.memo.size() * 2 + kFarAhead) {
    if (!u.far_memo) u.far_memo = object(TRY(new_dict()).release());
    Ref<> key = TRY(new_int_unsigned(index));
    if (!TRY(dict_contains(u.far_memo, key.get()))) u.memo_count++;
    return dict_set(u.far_memo, key.get(), o);
  }
  if (index >= u.memo.size()) {
    size_t size = index + 1;
    if (!u.memo.reserve(size < 32 ? 32 : size) || !u.memo.resize(size)) return raise_no_memory();
  }
  Py_INCREF(o);
  PyObject* old = std::exchange(u.memo[index], o);
  if (old) Py_DECREF(old);
  else u.memo_count++;
  return {};
}
PyObject* memo_find(Unpickler& u, uint64_t index) {
  if (index < u.memo.size() && u.memo[index]) return u.memo[index];
  if (!u.far_memo) return nullptr;
  Ref<> key = new_int_unsigned(index);
  Result<PyObject*> found = key ? dict_find(u.far_memo, key.get()) : Result<PyObject*>(Raised{});
  if (found) return *found;
  clear_error();
  return nullptr;
}
void clear_memo(Unpickler& u) {
  Vector<PyObject*> old = std::move(u.memo);
  u.memo_count = 0;
  clear_field(u.far_memo);
  for (PyObject* o : old) Py_XDECREF(o);
}

namespace {

Status push_from_memo(Unpickler& u, uint64_t index) {
  PyObject* o = memo_find(u, index);
  if (!o) return raise(library.unpickling_error, "Memo value not found at index {}", static_cast<int64_t>(index));
  return push(u, share(o));
}
Status put_top(Unpickler& u, uint64_t index) {
  PyObject* o = top(u);
  return o ? memo_set(u, index, o) : Raised{};
}

// -- operands --

/// An unsigned number of up to 4 bytes.
Result<uint32_t> read_number(Unpickler& u, int width) {
  const char* data = TRY(read(u, width));
  uint32_t n = 0;
  memcpy(&n, data, static_cast<size_t>(width));
  return n;
}
/// The size of data that follows, of 1, 4 or 8 bytes.
Result<Py_ssize_t> read_size(Unpickler& u, int width, const char* what) {
  const char* data = TRY(read(u, width));
  int64_t n = 0;
  memcpy(&n, data, static_cast<size_t>(width));
  if (n < 0)
    return raise(PyExc_OverflowError, "{} exceeds system's maximum {} {} bytes", what,
                 strcmp(what, "FRAME length") == 0 ? "of" : "size of", PY_SSIZE_T_MAX);
  return n;
}
/// A line as text with a terminating zero, its end included; shorter than `least`: truncated.
Result<std::string_view> read_text_line(Unpickler& u, size_t least, TextBuffer& copy) {
  std::string_view line = TRY(read_line(u));
  if (line.size() < least) return raise_truncated();
  if (!copy.append(line)) return raise_no_memory();
  copy.c_str();
  return copy.view();
}

// -- numbers --

Ref<> load_int(Unpickler& u) {
  TextBuffer copy;
  std::string_view line = TRY(read_text_line(u, 2, copy));
  char* end;
  errno = 0;
  long n = strtol(line.data(), &end, 0);
  if (errno || (*end != '\n' && *end != '\0')) {
    Ref<> large = int_from_text(line, 0);
    if (large) return large;
    if (pending_matches(PyExc_ValueError)) return raise(PyExc_ValueError, "could not convert string to int");
    return Raised{};
  }
  if (line.size() == 3 && (n == 0 || n == 1)) return boolean(n != 0);  // I00 and I01 are protocol 0's bools
  return new_int(n);
}
Ref<> load_long(Unpickler& u) {
  TextBuffer copy;
  std::string_view line = TRY(read_text_line(u, 2, copy));
  if (line[line.size() - 2] == 'L') line.remove_suffix(2);
  return int_from_text(line, 10);
}
Ref<> load_counted_long(Unpickler& u, int width) {
  auto n = static_cast<int32_t>(TRY(read_number(u, width)));
  if (n < 0) return raise(library.unpickling_error, "LONG pickle has negative byte count");
  if (n == 0) return new_int(0);
  const char* data = TRY(read(u, n));
  return int_from_bytes(reinterpret_cast<const uint8_t*>(data), static_cast<size_t>(n), Endian::little, Signed::yes);
}
Ref<> load_float(Unpickler& u) {
  TextBuffer copy;
  std::string_view line = TRY(read_text_line(u, 2, copy));
  ParsedFloat parsed = parse_float(line);
  if (parsed.length == 0) return raise(PyExc_ValueError, "could not convert string to float: '{}'", clip(line, 200));
  if (parsed.overflow) return raise(PyExc_OverflowError, "value too large to convert to float: '{}'", clip(line, 200));
  char next = line.data()[parsed.length];
  if (next != '\n' && next != '\0') return raise(PyExc_ValueError, "could not convert string to float");
  return new_float(parsed.value);
}
Ref<> load_binfloat(Unpickler& u) {
  const char* data = TRY(read(u, 8));
  uint64_t bits;
  memcpy(&bits, data, 8);
  return new_float(std::bit_cast<double>(__builtin_bswap64(bits)));
}

// -- bytes and text --

/// A string of Python 2: text, unless the caller wants bytes.
Ref<> decode_string(Unpickler& u, std::string_view data) {
  std::string_view encoding = bytes_view(u.encoding);
  if (encoding == "bytes") return new_bytes(data);
  return decode_text(data, encoding.data(), bytes_data(u.errors));
}
Ref<> load_string(Unpickler& u) {
  TextBuffer copy;
  std::string_view line = TRY(read_text_line(u, 0, copy));
  line.remove_suffix(1);
  size_t n = line.size();
  if (n < 2 || line[0] != line[n - 1] || (line[0] != '\'' && line[0] != '"'))
    return raise(library.unpickling_error, "the STRING opcode argument must be quoted");
  Ref<> data = TRY(decode_bytes_escape(line.substr(1, n - 2), nullptr));
  return decode_string(u, bytes_view(data.get()));
}
Ref<> load_binstring(Unpickler& u, int width) {
  auto n = static_cast<int32_t>(TRY(read_number(u, width)));
  if (n < 0) return raise(PyExc_OverflowError, "BINSTRING exceeds system's maximum size of {} bytes", PY_SSIZE_T_MAX);
  const char* data = TRY(read(u, n));
  return decode_string(u, {data, static_cast<size_t>(n)});
}
/// Input in memory says at once whether that much is left.
Status check_available(Unpickler& u, Py_ssize_t n) {
  if (!u.read && n > u.input_size - u.at) return raise_truncated();
  return {};
}
Ref<> load_binbytes(Unpickler& u, int width) {
  Py_ssize_t n = TRY(read_size(u, width, "BINBYTES"));
  TRY(check_available(u, n));
  Ref<> data = TRY(n <= 1 ? new_bytes("") : allocate_bytes(n));
  if (n == 1) return new_bytes({TRY(read(u, 1)), 1});
  TRY(read_into(u, bytes_data(data.get()), n));
  return data;
}
Ref<> load_bytearray(Unpickler& u) {
  Py_ssize_t n = TRY(read_size(u, 8, "BYTEARRAY8"));
  TRY(check_available(u, n));
  Ref<> data = TRY(new_bytearray({}));
  TRY(bytearray_resize(data.get(), n));
  TRY(read_into(u, reinterpret_cast<ByteArray*>(data.get())->ob_start, n));
  return data;
}
Ref<> load_unicode(Unpickler& u) {
  std::string_view line = TRY(read_line(u));
  return decode_raw_unicode_escape(line.substr(0, line.size() - 1), nullptr);
}
Ref<> load_binunicode(Unpickler& u, int width) {
  Py_ssize_t n = TRY(read_size(u, width, "BINUNICODE"));
  const char* data = TRY(read(u, n));
  return decode_utf8_text({data, static_cast<size_t>(n)}, "surrogatepass");
}

// -- out-of-band buffers --

Ref<> load_next_buffer(Unpickler& u) {
  if (!u.buffers)
    return raise(library.unpickling_error, "pickle stream refers to out-of-band data but no *buffers* argument was given");
  Ref<> buffer = TRY(next(u.buffers));
  if (!buffer) return raise(library.unpickling_error, "not enough out-of-band buffers");
  return buffer;
}
Status load_readonly_buffer(Unpickler& u) {
  PyObject* o = top(u);
  if (!o) return Raised{};
  Ref<> view = TRY(new_memoryview(o));
  if (reinterpret_cast<MemoryView*>(view.get())->view.readonly) return {};
  Ref<> read_only = TRY(call_method(view.get(), "toreadonly"_name));
  TRY(done(pop(u)));
  return push(u, std::move(read_only));
}

// -- persistent ids --

Ref<> load_persistent(Unpickler& u, Ref<> id) {
  return call_kept(u.persistent_load, u.self, id.get());
}
Raised raise_no_persistent_load() {
  return raise(library.unpickling_error,
               "A load persistent id instruction was encountered,\nbut no persistent_load function was specified.");
}
Ref<> load_persid(Unpickler& u) {
  if (!u.persistent_load) return raise_no_persistent_load();
  std::string_view line = TRY(read_line(u));
  Ref<> id = decode_ascii(line.substr(0, line.size() - 1), nullptr);
  if (!id) {
    if (clear_error_if(PyExc_UnicodeDecodeError))
      return raise(library.unpickling_error, "persistent IDs in protocol 0 must be ASCII strings");
    return Raised{};
  }
  return load_persistent(u, std::move(id));
}
Ref<> load_binpersid(Unpickler& u) {
  if (!u.persistent_load) return raise_no_persistent_load();
  return load_persistent(u, TRY(pop(u)));
}

// -- stack and memo --

Status load_pop(Unpickler& u) {
  if (u.marks.size() && u.marks.back() == height(u)) {
    u.marks.pop();
    return {};
  }
  return done(pop(u));
}
Status load_pop_mark(Unpickler& u) {
  drop_to(u, TRY(pop_mark(u)));
  return {};
}
Status load_dup(Unpickler& u) {
  PyObject* o = top(u);
  return o ? push(u, share(o)) : Raised{};
}
Status load_get(Unpickler& u) {
  std::string_view line = TRY(read_line(u));
  if (line.size() < 2) return raise_truncated();
  Ref<> key = TRY(int_from_text(line, 10));
  int64_t index;
  if (int_to_int64(key.get(), &index) != 0) return raise(PyExc_OverflowError, "Python int too large to convert to C ssize_t");
  return push_from_memo(u, static_cast<uint64_t>(index));
}
Status load_put(Unpickler& u) {
  std::string_view line = TRY(read_line(u));
  if (line.size() < 2) return raise_truncated();
  if (!top(u)) return Raised{};
  Ref<> key = TRY(int_from_text(line, 10));
  int64_t index;
  if (int_to_int64(key.get(), &index) != 0) return raise(PyExc_OverflowError, "Python int too large to convert to C ssize_t");
  if (index < 0) return raise(PyExc_ValueError, "negative PUT argument");
  return put_top(u, static_cast<uint64_t>(index));
}

Status load_small_tuple(Unpickler& u, Py_ssize_t n) {
  if (height(u) - n < fence(u)) return raise_underflow(u);
  return push(u, pop_tuple(u, height(u) - n));
}
Status load_tuple(Unpickler& u) { return push(u, pop_tuple(u, TRY(pop_mark(u)))); }
Status load_list(Unpickler& u) { return push(u, pop_list(u, TRY(pop_mark(u)))); }

Status load_proto(Unpickler& u) {
  auto n = static_cast<int>(TRY(read_number(u, 1)));
  if (n > kHighestProtocol) return raise(PyExc_ValueError, "unsupported pickle protocol: {}", n);
  u.protocol = n;
  return {};
}
Status load_frame(Unpickler& u) {
  Py_ssize_t n = TRY(read_size(u, 8, "FRAME length"));
  TRY(read(u, n));  // it is all here now
  u.at -= n;
  return {};
}
Raised raise_unknown(char instruction) {
  auto c = static_cast<unsigned char>(instruction);
  if (0x20 <= c && c <= 0x7E && c != '\'' && c != '\\')
    return raise(library.unpickling_error, "invalid load key, '{}'.", instruction);
  return raise(library.unpickling_error, "invalid load key, '\\x{}'.", Hex(c, 2));
}

Status step(Unpickler& u, char instruction) {
  switch (instruction) {
    case NONE: return push(u, none());
    case NEWTRUE: return push(u, boolean(true));
    case NEWFALSE: return push(u, boolean(false));
    case BININT: return push(u, new_int(static_cast<int32_t>(TRY(read_number(u, 4)))));
    case BININT1: return push(u, new_int(TRY(read_number(u, 1))));
    case BININT2: return push(u, new_int(TRY(read_number(u, 2))));
    case INT: return push(u, load_int(u));
    case LONG: return push(u, load_long(u));
    case LONG1: return push(u, load_counted_long(u, 1));
    case LONG4: return push(u, load_counted_long(u, 4));
    case FLOAT: return push(u, load_float(u));
    case BINFLOAT: return push(u, load_binfloat(u));
    case STRING: return push(u, load_string(u));
    case BINSTRING: return push(u, load_binstring(u, 4));
    case SHORT_BINSTRING: return push(u, load_binstring(u, 1));
    case UNICODE: return push(u, load_unicode(u));
    case SHORT_BINUNICODE: return push(u, load_binunicode(u, 1));
    case BINUNICODE: return push(u, load_binunicode(u, 4));
    case BINUNICODE8: return push(u, load_binunicode(u, 8));
    case SHORT_BINBYTES: return push(u, load_binbytes(u, 1));
    case BINBYTES: return push(u, load_binbytes(u, 4));
    case BINBYTES8: return push(u, load_binbytes(u, 8));
    case BYTEARRAY8: return push(u, load_bytearray(u));
    case NEXT_BUFFER: return push(u, load_next_buffer(u));
    case READONLY_BUFFER: return load_readonly_buffer(u);
    case EMPTY_TUPLE: return push(u, share(empty_tuple()));
    case TUPLE1: return load_small_tuple(u, 1);
    case TUPLE2: return load_small_tuple(u, 2);
    case TUPLE3: return load_small_tuple(u, 3);
    case TUPLE: return load_tuple(u);
    case EMPTY_LIST: return push(u, new_list());
    case LIST: return load_list(u);
    case EMPTY_DICT: return push(u, new_dict());
    case DICT: return load_dict(u);
    case EMPTY_SET: return push(u, call(object(&PySet_Type)));
    case FROZENSET: return load_frozenset(u);
    case ADDITEMS: return load_additems(u);
    case APPEND: return height(u) - 1 <= fence(u) ? Status(raise_underflow(u)) : load_append(u, height(u) - 1);
    case APPENDS: return load_append(u, TRY(pop_mark(u)));
    case SETITEM: return load_setitems(u, height(u) - 2);
    case SETITEMS: return load_setitems(u, TRY(pop_mark(u)));
    case MARK: return u.marks.append(height(u)) ? Status() : raise_no_memory();
    case POP: return load_pop(u);
    case POP_MARK: return load_pop_mark(u);
    case DUP: return load_dup(u);
    case GET: return load_get(u);
    case BINGET: return push_from_memo(u, TRY(read_number(u, 1)));
    case LONG_BINGET: return push_from_memo(u, TRY(read_number(u, 4)));
    case PUT: return load_put(u);
    case BINPUT: return put_top(u, TRY(read_number(u, 1)));
    case LONG_BINPUT: return put_top(u, TRY(read_number(u, 4)));
    case MEMOIZE: return put_top(u, static_cast<uint64_t>(u.memo_count));
    case GLOBAL: return load_global(u);
    case STACK_GLOBAL: return load_stack_global(u);
    case EXT1: return push(u, load_extension(u, TRY(read_number(u, 1))));
    case EXT2: return push(u, load_extension(u, TRY(read_number(u, 2))));
    case EXT4: return push(u, load_extension(u, static_cast<int32_t>(TRY(read_number(u, 4)))));
    case PERSID: return push(u, load_persid(u));
    case BINPERSID: return push(u, load_binpersid(u));
    case REDUCE: return load_reduce(u);
    case NEWOBJ: return load_newobj(u, false);
    case NEWOBJ_EX: return load_newobj(u, true);
    case OBJ: return load_obj(u);
    case INST: return load_inst(u);
    case BUILD: return load_build(u);
    case PROTO: return load_proto(u);
    case FRAME: return load_frame(u);
    default: return raise_unknown(instruction);
  }
}

}  // namespace

Ref<> load(Unpickler& u) {
  u.marks.clear();
  drop_to(u, 0);
  u.protocol = 0;
  for (;;) {
    Result<const char*> next = read(u, 1);
    if (!next) {
      if (pending_matches(library.unpickling_error)) {
        clear_error();
        return raise(PyExc_EOFError, "Ran out of input");
      }
      return Raised{};
    }
    char instruction = **next;
    if (instruction == STOP) break;
    TRY(step(u, instruction));
  }
  Ref<> result = TRY(pop(u));
  TRY(skip_consumed(u));
  return result;
}

}  // namespace taipan::pickling
