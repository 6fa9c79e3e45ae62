// zlib.Compress and zlib.Decompress.
#include "modules/zlib/zlib.h"
#include "object/gc.h"
#include "object/slot.h"
#include "object/type.h"

namespace taipan::zlib {
namespace {

struct Stream {
  PyObject_HEAD
  z_stream z;
  PyObject *unused_data, *unconsumed_tail, *dictionary;
  char eof;
  bool live;  // the library's part is there
  threads::Mutex mutex;
};

Ref<Stream> new_stream(PyTypeObject* type) {
  Ref<Stream> s = TRY(allocate<Stream>(type));
  s->unused_data = s->unconsumed_tail = s->dictionary = nullptr;
  s->eof = 0;
  s->live = false;
  s->mutex.start();
  prepare(s->z);
  s->unused_data = Py_NewRef(empty_bytes());
  s->unconsumed_tail = Py_NewRef(empty_bytes());
  return s;
}
template <int (*end)(z_stream*)>
void dealloc(PyObject* o) {
  auto& s = *reinterpret_cast<Stream*>(o);
  if (s.live) end(&s.z);
  s.mutex.stop();
  clear_field(s.unused_data);
  clear_field(s.unconsumed_tail);
  clear_field(s.dictionary);
  deallocate(&s);
}

// -- compressing ----------------------------------------------------------------------------

constexpr char compress_doc[] =
    "compress($self, data, /)\n--\n\nCompresses more data: what is ready of the result. The rest stays inside until flush().";
Ref<> compress(Stream& s, PyObject* data) {
  BufferView view;
  TRY(view.acquire(data));
  Guard guard(s.mutex);
  if (!guard) return {};
  Input input(s.z, view.bytes());
  Output output(s.z);
  bool last;
  do {
    last = input.feed();
    do {
      if (!output.grow()) return raise_no_memory();
      int code = without_gil([&] { return deflate(&s.z, Z_NO_FLUSH); });
      output.take();
      if (code == Z_STREAM_ERROR) return raise_zlib(s.z, code, "while compressing data");
    } while (output.full());
  } while (!last);
  return output.finish();
}

constexpr char flush_doc[] =
    "flush($self, mode=zlib.Z_FINISH, /)\n--\n\nThe rest of the result.\n\n"
    "  mode\n    Z_FINISH ends the stream; with Z_SYNC_FLUSH and Z_FULL_FLUSH it goes on.";
Ref<> flush(Stream& s, FlushMode mode) {
  if (mode.value == Z_NO_FLUSH) return share(empty_bytes());
  Guard guard(s.mutex);
  if (!guard) return {};
  s.z.avail_in = 0;
  Output output(s.z);
  int code;
  do {
    if (!output.grow()) return raise_no_memory();
    code = without_gil([&] { return deflate(&s.z, mode.value); });
    output.take();
    if (code == Z_STREAM_ERROR) return raise_zlib(s.z, code, "while flushing");
  } while (output.full());
  if (code == Z_STREAM_END && mode.value == Z_FINISH) {
    code = deflateEnd(&s.z);
    if (code != Z_OK) return raise_zlib(s.z, code, "while finishing compression");
    s.live = false;
  } else if (code != Z_OK && code != Z_BUF_ERROR) {
    return raise_zlib(s.z, code, "while flushing");
  }
  return output.finish();
}

/// A copy of a stream by the library's own means.
Ref<> copy_stream(Stream& s, int (*copy)(z_stream*, z_stream*), const char* memory, const char* what) {
  Ref<Stream> twin = TRY(new_stream(Py_TYPE(&s)));
  Guard guard(s.mutex);
  if (!guard) return {};
  int code = copy(&twin->z, &s.z);
  if (code == Z_STREAM_ERROR) return raise(PyExc_ValueError, "Inconsistent stream state");
  if (code == Z_MEM_ERROR) return raise(PyExc_MemoryError, "{}", memory);
  if (code != Z_OK) return raise_zlib(s.z, code, what);
  twin->live = true;
  twin->eof = s.eof;
  replace_field(twin->unused_data, share(s.unused_data));
  replace_field(twin->unconsumed_tail, share(s.unconsumed_tail));
  if (s.dictionary) replace_field(twin->dictionary, share(s.dictionary));
  return twin;
}
constexpr char copy_doc[] = "copy($self, /)\n--\n\nA second object in the same state.";
constexpr char shallow_doc[] = "__copy__($self, /)\n--\n\nThe same as copy().";
constexpr char deep_doc[] = "__deepcopy__($self, memo, /)\n--\n\nThe same as copy().";
Ref<> copy_compressor(Stream& s) {
  return copy_stream(s, deflateCopy, "Can't allocate memory for compression object", "while copying compression object");
}
Ref<> deep_copy_compressor(Stream& s, PyObject*) { return copy_compressor(s); }
Ref<> copy_decompressor(Stream& s) {
  return copy_stream(s, inflateCopy, "Can't allocate memory for decompression object",
                     "while copying decompression object");
}
Ref<> deep_copy_decompressor(Stream& s, PyObject*) { return copy_decompressor(s); }

// -- decompressing --------------------------------------------------------------------------

Status set_dictionary(Stream& s) {
  BufferView view;
  TRY(view.acquire(s.dictionary));
  if (view.size() > UINT_MAX) return raise(PyExc_OverflowError, "zdict length does not fit in an unsigned int");
  int code = inflateSetDictionary(&s.z, reinterpret_cast<Bytef*>(view.data()), static_cast<uInt>(view.size()));
  if (code != Z_OK) return raise_zlib(s.z, code, "while setting zdict");
  return {};
}

/// Input behind the end of the stream is unused data; input that found no room for its result is the tail. A stream that
/// ends while there is a tail leaves what follows in both, as programs know it.
Status keep_rest(Stream& s, std::string_view rest, int code) {
  if (code == Z_STREAM_END && !rest.empty()) {
    BytesBuilder all;
    if (!all.add(bytes_view(s.unused_data)) || !all.add(rest)) return raise_no_memory();
    replace_field(s.unused_data, TRY(all.finish()));
    s.z.avail_in = 0;
  }
  if ((!rest.empty() && code != Z_STREAM_END) || Py_SIZE(s.unconsumed_tail)) replace_field(s.unconsumed_tail, TRY(new_bytes(rest)));
  return {};
}

/// Inflates as long as there is input and room; the library's last word.
Result<int> inflate_into(Stream& s, Input& input, Output& output, int flush_last) {
  int code;
  bool last;
  do {
    last = input.feed();
    do {
      if (!output.grow()) return raise_no_memory();
      code = without_gil([&] { return inflate(&s.z, last ? flush_last : Z_SYNC_FLUSH); });
      output.take();
      if (code == Z_NEED_DICT && s.dictionary) TRY(set_dictionary(s));
      else if (code != Z_OK && code != Z_BUF_ERROR && code != Z_STREAM_END) return code;
    } while ((output.full() && !output.at_limit() && code != Z_STREAM_END) || code == Z_NEED_DICT);
    if (output.at_limit()) return code;
  } while (code != Z_STREAM_END && !last);
  return code;
}

constexpr char decompress_doc[] =
    "decompress($self, data, /, max_length=0)\n--\n\nDecompresses more data: what is ready of the result.\n\n"
    "  max_length\n    No more bytes than this (0: any number); input that is left over then is in unconsumed_tail.";
Ref<> decompress(Stream& s, PyObject* data, Py_ssize_t limit) {
  if (limit < 0) return raise(PyExc_ValueError, "max_length must be non-negative");
  BufferView view;
  TRY(view.acquire(data));
  Guard guard(s.mutex);
  if (!guard) return {};
  Input input(s.z, view.bytes());
  Output output(s.z, limit == 0 ? -1 : limit);
  int code = TRY(inflate_into(s, input, output, Z_SYNC_FLUSH));
  TRY(keep_rest(s, input.rest(), code));
  if (code == Z_STREAM_END) s.eof = 1;
  else if (code != Z_OK && code != Z_BUF_ERROR) return raise_zlib(s.z, code, "while decompressing data");
  return output.finish();
}

constexpr char end_doc[] =
    "flush($self, length=zlib.DEF_BUF_SIZE, /)\n--\n\nThe rest of the result.\n\n  length\n    How much room it gets at first.";
Ref<> flush_decompressor(Stream& s, BufferSize length) {
  if (length.value <= 0) return raise(PyExc_ValueError, "length must be greater than zero");
  Guard guard(s.mutex);
  if (!guard) return {};
  Ref<> tail = share(s.unconsumed_tail);
  Input input(s.z, bytes_view(tail.get()));
  Output output(s.z, -1, length.value < (Py_ssize_t{1} << 30) ? length.value : Py_ssize_t{1} << 30);
  int code = TRY(inflate_into(s, input, output, Z_FINISH));
  TRY(keep_rest(s, input.rest(), code));
  if (code == Z_STREAM_END) {
    s.eof = 1;
    s.live = false;
    code = inflateEnd(&s.z);
    if (code != Z_OK) return raise_zlib(s.z, code, "while finishing decompression");
  }
  return output.finish();
}

constinit PyMethodDef compress_methods[] = {
    method<compress_doc, compress>,
    method<flush_doc, flush>,
    method<copy_doc, copy_compressor>,
    method<shallow_doc, copy_compressor>,
    method<deep_doc, deep_copy_compressor>,
    {},
};
constinit PyMethodDef decompress_methods[] = {
    method<decompress_doc, decompress>,
    method<end_doc, flush_decompressor>,
    method<copy_doc, copy_decompressor>,
    method<shallow_doc, copy_decompressor>,
    method<deep_doc, deep_copy_decompressor>,
    {},
};
constinit PyMemberDef decompress_members[] = {
    {"unused_data", T_OBJECT, offsetof(Stream, unused_data), READONLY},
    {"unconsumed_tail", T_OBJECT, offsetof(Stream, unconsumed_tail), READONLY},
    {"eof", T_BOOL, offsetof(Stream, eof), READONLY},
    {},
};

}  // namespace

constinit PyTypeObject compress_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "zlib.Compress",
    .tp_basicsize = sizeof(Stream),
    .tp_dealloc = dealloc<deflateEnd>,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_methods = compress_methods,
};
constinit PyTypeObject decompress_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "zlib.Decompress",
    .tp_basicsize = sizeof(Stream),
    .tp_dealloc = dealloc<inflateEnd>,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_methods = decompress_methods,
    .tp_members = decompress_members,
};

Ref<> new_compressor(int level, int method, int wbits, int memory_level, int strategy, PyObject* dictionary) {
  BufferView words;
  if (dictionary) TRY(words.acquire(dictionary));
  if (dictionary && words.size() > UINT_MAX) return raise(PyExc_OverflowError, "zdict length does not fit in an unsigned int");
  Ref<Stream> s = TRY(new_stream(&compress_type));
  int code = deflateInit2(&s->z, level, method, wbits, memory_level, strategy);
  if (code == Z_MEM_ERROR) return raise(PyExc_MemoryError, "Can't allocate memory for compression object");
  if (code == Z_STREAM_ERROR) return raise(PyExc_ValueError, "Invalid initialization option");
  if (code != Z_OK) return raise_zlib(s->z, code, "while creating compression object");
  s->live = true;
  if (!dictionary) return s;
  code = deflateSetDictionary(&s->z, reinterpret_cast<Bytef*>(words.data()), static_cast<uInt>(words.size()));
  if (code == Z_STREAM_ERROR) return raise(PyExc_ValueError, "Invalid dictionary");
  if (code != Z_OK) return raise(PyExc_ValueError, "deflateSetDictionary()");
  return s;
}

Ref<> new_decompressor(int wbits, PyObject* dictionary) {
  if (dictionary && !has_buffer(dictionary))
    return raise(PyExc_TypeError, "zdict argument must support the buffer protocol");
  Ref<Stream> s = TRY(new_stream(&decompress_type));
  if (dictionary) s->dictionary = Py_NewRef(dictionary);
  int code = inflateInit2(&s->z, wbits);
  if (code == Z_MEM_ERROR) return raise(PyExc_MemoryError, "Can't allocate memory for decompression object");
  if (code == Z_STREAM_ERROR) return raise(PyExc_ValueError, "Invalid initialization option");
  if (code != Z_OK) return raise_zlib(s->z, code, "while creating decompression object");
  s->live = true;
  // A raw stream does not ask for its dictionary.
  if (dictionary && wbits < 0) TRY(set_dictionary(*s));
  return s;
}

}  // namespace taipan::zlib
