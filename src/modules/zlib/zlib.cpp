// Module zlib: whole compressions, checksums, constants. The objects are in streams.cpp.
#include "modules/zlib/zlib.h"

#include "modules/module.h"
#include "modules/modules.h"
#include "object/alloc.h"
#include "object/int.h"
#include "object/int_arithmetic.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/type.h"

namespace taipan::zlib {

PyObject* error;

Raised raise_zlib(const z_stream& z, int code, const char* what) {
  const char* why = nullptr;
  if (code == Z_VERSION_ERROR) why = "library version mismatch";
  if (!why) why = z.msg;
  if (!why) {
    if (code == Z_BUF_ERROR) why = "incomplete or truncated stream";
    else if (code == Z_STREAM_ERROR) why = "inconsistent stream state";
    else if (code == Z_DATA_ERROR) why = "invalid input data";
  }
  if (!why) return raise(error, "Error {} {}", code, what);
  return raise(error, "Error {} {}: {}", code, what, clip(why, 200));
}

void prepare(z_stream& z) {
  z = {};  // zlib takes its memory from malloc, also while others have the GIL
}

namespace {

// -- whole data -----------------------------------------------------------------------------

constexpr char compress_doc[] =
    "compress($module, data, /, level=Z_DEFAULT_COMPRESSION, wbits=MAX_WBITS)\n--\n\n"
    "Compresses data.\n\n"
    "  data\n    What to compress.\n  level\n    From 0 (not at all) to 9 (best), or -1 for the usual.\n"
    "  wbits\n    The window's size and what is put around the data.";
Ref<> compress(PyObject*, PyObject* data, Level level, WindowBits wbits) {
  BufferView view;
  TRY(view.acquire(data));
  z_stream z;
  prepare(z);
  int code = deflateInit2(&z, level.value, Z_DEFLATED, wbits.value, 8, Z_DEFAULT_STRATEGY);
  if (code == Z_MEM_ERROR) return raise(PyExc_MemoryError, "Out of memory while compressing data");
  if (code == Z_STREAM_ERROR) return raise(error, "Bad compression level");
  if (code != Z_OK) {
    deflateEnd(&z);
    return raise_zlib(z, code, "while compressing data");
  }
  Input input(z, view.bytes());
  Output output(z);
  bool last;
  do {
    last = input.feed();
    do {
      if (!output.grow()) {
        deflateEnd(&z);
        return raise_no_memory();
      }
      code = without_gil([&] { return deflate(&z, last ? Z_FINISH : Z_NO_FLUSH); });
      output.take();
      if (code == Z_STREAM_ERROR) {
        deflateEnd(&z);
        return raise_zlib(z, code, "while compressing data");
      }
    } while (output.full());
  } while (!last);
  code = deflateEnd(&z);
  if (code != Z_OK) return raise_zlib(z, code, "while finishing compression");
  return output.finish();
}

constexpr char decompress_doc[] =
    "decompress($module, data, /, wbits=MAX_WBITS, bufsize=DEF_BUF_SIZE)\n--\n\n"
    "Decompresses data.\n\n"
    "  data\n    What compress() gave.\n  wbits\n    The window's size and what is around the data.\n"
    "  bufsize\n    How much room the result gets at first.";
Ref<> decompress(PyObject*, PyObject* data, WindowBits wbits, BufferSize size) {
  BufferView view;
  TRY(view.acquire(data));
  if (size.value < 0) return raise(PyExc_ValueError, "bufsize must be non-negative");
  z_stream z;
  prepare(z);
  z.next_in = reinterpret_cast<Bytef*>(view.data());
  int code = inflateInit2(&z, wbits.value);
  if (code == Z_MEM_ERROR) return raise(PyExc_MemoryError, "Out of memory while decompressing data");
  if (code != Z_OK) {
    inflateEnd(&z);
    return raise_zlib(z, code, "while preparing to decompress data");
  }
  Input input(z, view.bytes());
  Py_ssize_t first = size.value == 0 ? 1 : size.value < (Py_ssize_t{1} << 30) ? size.value : Py_ssize_t{1} << 30;
  Output output(z, -1, first);
  bool last;
  do {
    last = input.feed();
    do {
      if (!output.grow()) {
        inflateEnd(&z);
        return raise_no_memory();
      }
      code = without_gil([&] { return inflate(&z, last ? Z_FINISH : Z_NO_FLUSH); });
      output.take();
      if (code != Z_OK && code != Z_BUF_ERROR && code != Z_STREAM_END) {
        if (code == Z_MEM_ERROR) {
          inflateEnd(&z);
          return raise(PyExc_MemoryError, "Out of memory while decompressing data");
        }
        Ref<> failed(raise_zlib(z, code, "while decompressing data"));
        inflateEnd(&z);
        return failed;
      }
    } while (output.full() && code != Z_STREAM_END);
  } while (code != Z_STREAM_END && !last);
  if (code != Z_STREAM_END) {
    Ref<> failed(raise_zlib(z, code, "while decompressing data"));
    inflateEnd(&z);
    return failed;
  }
  code = inflateEnd(&z);
  if (code != Z_OK) return raise_zlib(z, code, "while finishing decompression");
  return output.finish();
}

// -- objects --------------------------------------------------------------------------------

constexpr char compressobj_doc[] =
    "compressobj($module, /, level=Z_DEFAULT_COMPRESSION, method=DEFLATED,\n"
    "            wbits=MAX_WBITS, memLevel=DEF_MEM_LEVEL,\n"
    "            strategy=Z_DEFAULT_STRATEGY, zdict=None)\n--\n\n"
    "An object that compresses data piece by piece.\n\n"
    "  level\n    From 0 (not at all) to 9 (best), or -1 for the usual, which is 6.\n"
    "  method\n    DEFLATED, the only one.\n"
    "  wbits\n    The logarithm of the window's size: 9 to 15 with zlib's frame, -9 to -15 without any, 25 to 31 with gzip's.\n"
    "  memLevel\n    How much memory to use, 1 to 9: more is faster and compresses better.\n"
    "  strategy\n    Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY …\n"
    "  zdict\n    Bytes with runs that the data are likely to contain.";
Ref<> compressobj(PyObject*, Level level, Method method, WindowBits wbits, MemoryLevel memory, Strategy strategy,
                  Dictionary dictionary) {
  return new_compressor(level.value, method.value, wbits.value, memory.value, strategy.value, dictionary.o);
}
constexpr char decompressobj_doc[] =
    "decompressobj($module, /, wbits=MAX_WBITS, zdict=b\'\')\n--\n\n"
    "An object that decompresses data piece by piece.\n\n"
    "  wbits\n    The window's size and what is around the data.\n"
    "  zdict\n    The dictionary that the compressor had.";
Ref<> decompressobj(PyObject*, WindowBits wbits, Dictionary dictionary) {
  return new_decompressor(wbits.value, dictionary.o);
}

// -- checksums ------------------------------------------------------------------------------

Result<uLong> start_value(PyObject* o, uLong otherwise) {
  if (!o) return otherwise;
  Ref<> n = TRY(index(o));
  return static_cast<uLong>(static_cast<uint32_t>(int_to_uint64_mask(n.get())));
}
template <uLong (*sum)(uLong, const Bytef*, z_size_t)>
Ref<> checksum(PyObject* data, PyObject* start, uLong otherwise) {
  BufferView view;
  TRY(view.acquire(data));
  uLong value = TRY(start_value(start, otherwise));
  auto run = [&] { return sum(value, reinterpret_cast<const Bytef*>(view.data()), static_cast<z_size_t>(view.size())); };
  if (view.size() > 5 * 1024) {
    WithoutGil unlocked;
    value = run();
  } else {
    value = run();
  }
  return new_int_unsigned(value & 0xffffffffU);
}
constexpr char adler32_doc[] =
    "adler32($module, data, value=1, /)\n--\n\nThe Adler-32 checksum of data.\n\n  value\n    The checksum of what came before.";
Ref<> adler32_of(PyObject*, PyObject* data, PyObject* start) { return checksum<adler32_z>(data, start, 1); }
constexpr char crc32_doc[] =
    "crc32($module, data, value=0, /)\n--\n\nThe CRC-32 checksum of data.\n\n  value\n    The checksum of what came before.";
Ref<> crc32_of(PyObject*, PyObject* data, PyObject* start) { return checksum<crc32_z>(data, start, 0); }

constinit PyMethodDef functions[] = {
    method<adler32_doc, adler32_of>,
    method<compress_doc, compress>,
    method<compressobj_doc, compressobj>,
    method<crc32_doc, crc32_of>,
    method<decompress_doc, decompress>,
    method<decompressobj_doc, decompressobj>,
    {},
};

Status fill(PyObject* module) {
  TRY(ready_type(&compress_type));
  TRY(ready_type(&decompress_type));
  if (!error) error = TRY(new_exception_class("zlib", "error")).release();
  TRY(add_to_module(module, "error", error));
  static constexpr struct {
    const char* name;
    int value;
  } kNumbers[] = {
#define N(name) {#name, name},
      N(MAX_WBITS) N(Z_NO_COMPRESSION) N(Z_BEST_SPEED) N(Z_BEST_COMPRESSION) N(Z_DEFAULT_COMPRESSION) N(Z_FILTERED)
      N(Z_HUFFMAN_ONLY) N(Z_RLE) N(Z_FIXED) N(Z_DEFAULT_STRATEGY) N(Z_NO_FLUSH) N(Z_PARTIAL_FLUSH) N(Z_SYNC_FLUSH)
      N(Z_FULL_FLUSH) N(Z_FINISH) N(Z_BLOCK) N(Z_TREES)
#undef N
      {"DEFLATED", Z_DEFLATED}, {"DEF_MEM_LEVEL", 8}, {"DEF_BUF_SIZE", static_cast<int>(kBufferSize)},
  };
  for (auto& row : kNumbers) TRY(add_int_to_module(module, row.name, row.value));
  TRY(add_to_module(module, "ZLIB_VERSION", new_str(ZLIB_VERSION)));
  TRY(add_to_module(module, "ZLIB_RUNTIME_VERSION", new_str(zlibVersion())));
  return add_to_module(module, "__version__", new_str("1.0"));
}

constexpr char module_doc[] =
    "Compression as the library zlib does it, in the format that gzip and zip files use too.\n\n"
    "compress() and decompress() work on whole data, compressobj() and decompressobj() piece by piece;\n"
    "adler32() and crc32() are checksums. An argument 'wbits' says how large the window is and what stands\n"
    "around the compressed data.";

}  // namespace
}  // namespace taipan::zlib

PyObject* init_zlib() {
  namespace module = taipan::zlib;
  return taipan::define_module<"zlib", module::module_doc, module::fill, module::functions>();
}
