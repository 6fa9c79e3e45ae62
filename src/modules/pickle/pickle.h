#pragma once
// The module _pickle: the stream's instructions, the state of a pickler and of an unpickler, and what the files share.
#include <cstring>
#include <string_view>

#include "base/vector.h"
#include "object/error.h"
#include "object/name.h"
#include "object/object.h"

namespace taipan::pickling {

inline constexpr int kHighestProtocol = 5, kDefaultProtocol = 4;
inline constexpr int kBatchSize = 1000;          // items of a container per MARK
inline constexpr Py_ssize_t kFrameMinimum = 4;   // shorter frames go without a header
inline constexpr Py_ssize_t kFrameTarget = 64 * 1024;
inline constexpr Py_ssize_t kFrameHeader = 9;
inline constexpr int kFastNestingLimit = 50;
inline constexpr Py_ssize_t kPrefetch = 1024 * 16;

enum Instruction : char {
  MARK = '(', STOP = '.', POP = '0', POP_MARK = '1', DUP = '2', FLOAT = 'F', INT = 'I', BININT = 'J', BININT1 = 'K', LONG = 'L',
  BININT2 = 'M', NONE = 'N', PERSID = 'P', BINPERSID = 'Q', REDUCE = 'R', STRING = 'S', BINSTRING = 'T', SHORT_BINSTRING = 'U',
  UNICODE = 'V', BINUNICODE = 'X', APPEND = 'a', BUILD = 'b', GLOBAL = 'c', DICT = 'd', EMPTY_DICT = '}', APPENDS = 'e',
  GET = 'g', BINGET = 'h', INST = 'i', LONG_BINGET = 'j', LIST = 'l', EMPTY_LIST = ']', OBJ = 'o', PUT = 'p', BINPUT = 'q',
  LONG_BINPUT = 'r', SETITEM = 's', TUPLE = 't', EMPTY_TUPLE = ')', SETITEMS = 'u', BINFLOAT = 'G',
  // protocol 2
  PROTO = '\x80', NEWOBJ = '\x81', EXT1 = '\x82', EXT2 = '\x83', EXT4 = '\x84', TUPLE1 = '\x85', TUPLE2 = '\x86',
  TUPLE3 = '\x87', NEWTRUE = '\x88', NEWFALSE = '\x89', LONG1 = '\x8a', LONG4 = '\x8b',
  // protocol 3
  BINBYTES = 'B', SHORT_BINBYTES = 'C',
  // protocol 4
  SHORT_BINUNICODE = '\x8c', BINUNICODE8 = '\x8d', BINBYTES8 = '\x8e', EMPTY_SET = '\x8f', ADDITEMS = '\x90', FROZENSET = '\x91',
  NEWOBJ_EX = '\x92', STACK_GLOBAL = '\x93', MEMOIZE = '\x94', FRAME = '\x95',
  // protocol 5
  BYTEARRAY8 = '\x96', NEXT_BUFFER = '\x97', READONLY_BUFFER = '\x98',
};

/// What the module takes from the library, and its exception classes. Filled when it is first imported.
struct Library {
  PyObject *pickle_error, *pickling_error, *unpickling_error;
  PyObject *dispatch_table, *extension_registry, *inverted_registry, *extension_cache;  // copyreg's
  PyObject *names_2to3, *modules_2to3, *names_3to2, *modules_3to2;                      // _compat_pickle's
  PyObject *codecs_encode, *getattr, *partial;
};
extern Library library;
extern PyTypeObject pickler_type, unpickler_type, pickler_memo_type, unpickler_memo_type;

/// Objects by identity with a number each; owns them. All zeros is the empty one.
class Memo {
 public:
  struct Entry {
    PyObject* key;
    Py_ssize_t index;
  };
  Py_ssize_t find(PyObject* o) const;  ///< -1: absent
  Status set(PyObject* o, Py_ssize_t index);
  void clear();                        ///< gives the memory back, too
  Py_ssize_t size() const { return static_cast<Py_ssize_t>(used_); }
  size_t capacity() const { return entries_ ? mask_ + 1 : 0; }
  const Entry& slot(size_t i) const { return entries_[i]; }  ///< key null: empty
  void swap(Memo& other);

 private:
  Entry* place(PyObject* o) const;
  bool grow();
  Entry* entries_;
  size_t mask_, used_;
};

/// A bytes object that grows. All zeros: there is none.
struct Output {
  PyObject* bytes;
  Py_ssize_t size;
  char* data() { return reinterpret_cast<Bytes*>(bytes)->ob_sval; }
};

struct Pickler {
  PyObject_HEAD
  Memo memo;
  Output out;
  PyObject* write;  // the file's method; null: the stream stays in memory
  PyObject* dispatch_table;
  PyObject* reducer_override;
  PyObject* buffer_callback;
  PyObject* fast_memo;             // ids of the containers being saved, in fast mode, from a certain depth on
  PyObject *persistent_id, *self;  // the method; if it is bound to this pickler itself: the function, and the pickler (borrowed)
  Py_ssize_t frame_start;          // -1: no frame is open
  int protocol, bin, fast, fast_nesting;
  bool framing, fix_imports;
  template <class F> void each(F&& f) {
    f(write), f(dispatch_table), f(reducer_override), f(buffer_callback), f(fast_memo), f(persistent_id), f(out.bytes);
  }
};
inline Pickler& as_pickler(PyObject* o) { return *reinterpret_cast<Pickler*>(o); }

/// A method of `o`, kept without the cycle that a bound method of `o` itself would make. `*self` is borrowed.
Status keep_method(PyObject* o, PyObject* name, PyObject** function, PyObject** self);
Ref<> call_kept(PyObject* function, PyObject* self, PyObject* argument);

// -- output.cpp --
Status clear_output(Pickler& p);
Status write_slowly(Pickler& p, const char* data, Py_ssize_t n);  ///< opens a frame, makes room
/// Where n bytes can be written at once; null: a frame must be opened or room made first.
inline char* room_for(Pickler& p, Py_ssize_t n) {
  if (n > Py_SIZE(p.out.bytes) - p.out.size || (p.framing && p.frame_start == -1)) return nullptr;
  return p.out.data() + p.out.size;
}
inline Status write(Pickler& p, const char* data, Py_ssize_t n) {
  char* to = room_for(p, n);
  if (!to) return write_slowly(p, data, n);
  memcpy(to, data, static_cast<size_t>(n));
  p.out.size += n;
  return {};
}
inline Status write(Pickler& p, std::string_view data) { return write(p, data.data(), static_cast<Py_ssize_t>(data.size())); }
inline Status write(Pickler& p, Instruction op) {
  char c = op;
  return write(p, &c, 1);
}
/// A header and data that may be too large to be copied; `payload` (may be null) is an object with that data.
Status write_large(Pickler& p, std::string_view header, std::string_view data, PyObject* payload);
Status commit_frame(Pickler& p);
Status end_long_frame(Pickler& p);
/// Between two objects: a frame that has become long enough ends.
inline Status frame_boundary(Pickler& p) {
  if (!p.framing || p.frame_start == -1 || p.out.size - p.frame_start - kFrameHeader < kFrameTarget) return {};
  return end_long_frame(p);
}
Ref<> take_output(Pickler& p);
Status flush_to_file(Pickler& p);
Status memo_put(Pickler& p, PyObject* o);
Status memo_get(Pickler& p, PyObject* o);

// -- saving --
enum class Persistent : bool { ask, done };
Status save(Pickler& p, PyObject* o, Persistent persistent = Persistent::ask);
Status dump(Pickler& p, PyObject* o);
Status save_int(Pickler& p, PyObject* o);
Status save_float(Pickler& p, PyObject* o);
Status save_bytes(Pickler& p, PyObject* o);
Status save_bytearray(Pickler& p, PyObject* o);
Status save_picklebuffer(Pickler& p, PyObject* o);
Status save_str(Pickler& p, PyObject* o);
Status save_tuple(Pickler& p, PyObject* o);
Status save_list(Pickler& p, PyObject* o);
Status save_dict(Pickler& p, PyObject* o);
Status save_set(Pickler& p, PyObject* o);
Status save_frozenset(Pickler& p, PyObject* o);
Status save_type(Pickler& p, PyObject* o);
Status save_global(Pickler& p, PyObject* o, PyObject* name = nullptr);
/// `reduced` is what __reduce__ gave; o (may be null) is what it stands for.
Status save_reduced(Pickler& p, PyObject* reduced, PyObject* o);
Status save_batches_of_list(Pickler& p, PyObject* iterator);
Status save_batches_of_dict(Pickler& p, PyObject* iterator);
Status set_protocol(Pickler& p, PyObject* protocol, bool fix_imports);
Status set_buffer_callback(Pickler& p, PyObject* callback);
Status set_output_file(Pickler& p, PyObject* file);
Ref<Pickler> new_pickler();

// -- loading --

struct Unpickler {
  PyObject_HEAD
  Vector<PyObject*> stack;         // owned references
  Vector<Py_ssize_t> marks;        // heights of the stack
  Vector<PyObject*> memo;          // by index; null: nothing there
  PyObject* far_memo;              // dict of the indices that are far beyond all others
  Py_ssize_t memo_count;
  Py_buffer buffer;                // the input read so far, or all of it
  const char* input;
  Py_ssize_t input_size, at, prefetched_at;
  PyObject *read, *readinto, *readline, *peek;  // the file's methods; null: the input is all there is
  PyObject* buffers;               // iterator over out-of-band buffers
  PyObject *encoding, *errors;     // bytes
  PyObject *persistent_load, *self;
  int protocol;
  bool fix_imports;
  template <class F> void each(F&& f) {
    f(far_memo), f(read), f(readinto), f(readline), f(peek), f(buffers), f(encoding), f(errors), f(persistent_load);
  }
};
inline Unpickler& as_unpickler(PyObject* o) { return *reinterpret_cast<Unpickler*>(o); }

Ref<Unpickler> new_unpickler(PyTypeObject* type = &unpickler_type);
Status set_input(Unpickler& u, PyObject* data);
Status set_input_file(Unpickler& u, PyObject* file);
Status set_encoding(Unpickler& u, std::string_view encoding, std::string_view errors);
Status set_buffers(Unpickler& u, PyObject* buffers);
void clear_memo(Unpickler& u);

// -- input.cpp --
/// The next n bytes; they stay valid until the next read.
Result<const char*> read(Unpickler& u, Py_ssize_t n);
Status read_into(Unpickler& u, char* out, Py_ssize_t n);
Result<std::string_view> read_line(Unpickler& u);  ///< with its line end
Status skip_consumed(Unpickler& u);
Raised raise_truncated();

// -- the machine --
Ref<> load(Unpickler& u);
Ref<> find_class(Unpickler& u, PyObject* module, PyObject* name);
Ref<> call_find_class(Unpickler& u, PyObject* module, PyObject* name);  ///< as a subclass may have it
Ref<> load_extension(Unpickler& u, int64_t code);
Status memo_set(Unpickler& u, uint64_t index, PyObject* o);
PyObject* memo_find(Unpickler& u, uint64_t index);  ///< borrowed, null: absent

/// Height below which nothing may be popped: the last MARK.
inline Py_ssize_t fence(Unpickler& u) { return u.marks.size() ? u.marks.back() : 0; }
inline Py_ssize_t height(Unpickler& u) { return static_cast<Py_ssize_t>(u.stack.size()); }
Raised raise_underflow(Unpickler& u);
Result<Py_ssize_t> pop_mark(Unpickler& u);
Status push(Unpickler& u, Ref<> o);
Ref<> pop(Unpickler& u);
PyObject* top(Unpickler& u);  ///< borrowed; null: underflow
void drop_to(Unpickler& u, Py_ssize_t height);
Ref<> pop_tuple(Unpickler& u, Py_ssize_t from);
Ref<> pop_list(Unpickler& u, Py_ssize_t from);

Status load_build(Unpickler& u);
Status load_append(Unpickler& u, Py_ssize_t from);
Status load_setitems(Unpickler& u, Py_ssize_t from);
Status load_additems(Unpickler& u);
Status load_dict(Unpickler& u);
Status load_frozenset(Unpickler& u);
Status load_newobj(Unpickler& u, bool with_keywords);
Status load_obj(Unpickler& u);
Status load_inst(Unpickler& u);
Status load_reduce(Unpickler& u);
Status load_global(Unpickler& u);
Status load_stack_global(Unpickler& u);

/// A dotted name's parts; "<locals>" among them: AttributeError.
Ref<> dotted_path(PyObject* o, PyObject* name);
/// The attribute that a path of names leads to; `*parent` is what it was found in. Empty inside: absent.
Result<Ref<>> follow_path(PyObject* o, PyObject* path, Ref<>* parent);

}  // namespace taipan::pickling
