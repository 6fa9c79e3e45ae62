// Encodings by name: the few that are known by heart, and the registry of search functions behind
// codecs.lookup().
#include "object/bytes.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/hooks.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "types/buffer.h"
#include "types/codecs.h"

namespace taipan {
namespace {

/// Lower case; runs of what is no letter, digit or '.' become '_' (none at the front or end).
/// False: too long.
bool normalize(std::string_view name, char* out, size_t room) {
  size_t n = 0;
  bool gap = false;
  for (char ch : name) {
    bool letter = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z');
    if (!letter && !(ch >= '0' && ch <= '9') && ch != '.') {
      gap = true;
      continue;
    }
    if (n + 2 >= room) return false;
    if (gap && n) out[n++] = '_';
    gap = false;
    out[n++] = letter ? static_cast<char>(ch | 0x20) : ch;
  }
  out[n] = '\0';
  return true;
}

enum class Known : uint8_t { none, utf8, utf16, utf32, ascii, latin1 };
Known known_encoding(const char* encoding) {
  if (!encoding) return Known::utf8;
  char text[16];
  if (!normalize(encoding, text, sizeof text)) return Known::none;
  std::string_view name = text;
  if (name.starts_with("utf")) {
    name.remove_prefix(3);
    if (name.starts_with('_')) name.remove_prefix(1);
    return name == "8"    ? Known::utf8
           : name == "16" ? Known::utf16
           : name == "32" ? Known::utf32
                          : Known::none;
  }
  if (name == "ascii" || name == "us_ascii") return Known::ascii;
  if (name == "latin1" || name == "latin_1" || name == "iso_8859_1" || name == "iso8859_1")
    return Known::latin1;
  return Known::none;
}

// -- the registry --

Status start_registry() {
  PyInterpreterState& state = interpreter();
  if (state.codec_search_path) return {};
  Ref<Dict> cache = TRY(new_dict());
  Ref<List> path = TRY(new_list());
  state.codec_search_cache = object(cache.release());
  state.codec_search_path = object(path.release());
  // The standard library's search function registers itself.
  if (!hooks.import_module) return {};
  Ref<> encodings = TRY(hooks.import_module("encodings"));
  return {};
}

/// Adds what was being done to the pending exception, if it is one that can be made anew.
void wrap_codec_error(const char* operation, const char* encoding) {
  PendingError pending = PendingError::take();
  auto type = reinterpret_cast<PyTypeObject*>(pending.type.get());
  auto base = reinterpret_cast<PyTypeObject*>(PyExc_BaseException);
  auto weak = static_cast<Py_ssize_t>(type->tp_weaklistoffset > 0 ? sizeof(PyObject*) : 0);
  bool plain = type->tp_init == base->tp_init && type->tp_new == base->tp_new &&
               type->tp_itemsize == base->tp_itemsize &&
               (type->tp_basicsize == base->tp_basicsize ||
                (weak && type->tp_basicsize == base->tp_basicsize + weak));
  if (!plain) return std::move(pending).restore();
  Ref<> cause = std::move(pending).instance();
  auto exception = reinterpret_cast<Exception*>(cause.get());
  Py_ssize_t n = exception->args ? tuple_size(exception->args) : 0;
  bool simple = n == 0 || (n == 1 && PyUnicode_CheckExact(item(exception->args, 0)));
  bool bare = !exception->dict || dict_size(exception->dict) == 0;
  if (!simple || !bare) {
    raise_instance(std::move(cause));
    return;
  }
  raise(object(Py_TYPE(cause.get())), "{} with '{}' codec failed ({}: {})", operation, encoding,
        type_name(cause.get()), as_str(cause.get()));
  Ref<> outer = take_error();
  auto o = reinterpret_cast<Exception*>(outer.get());
  replace_field(o->cause, std::move(cause));
  o->suppress_context = 1;
  raise_instance(std::move(outer));
}

/// item 0 (encoder) or 1 (decoder) of a codec, called; the first of the two results.
Ref<> run_codec(PyObject* codec, Py_ssize_t which, PyObject* o, const char* encoding,
                const char* errors) {
  bool decoding = which == 1;
  Ref<> function = share(item(codec, which));
  Ref<> result;
  if (errors) {
    Ref<> handler = TRY(new_str(errors));
    result = call(function.get(), o, handler.get());
  } else {
    result = call(function.get(), o);
  }
  if (!result) {
    wrap_codec_error(decoding ? "decoding" : "encoding", encoding);
    return {};
  }
  if (!PyTuple_Check(result.get()) || tuple_size(result.get()) != 2)
    return raise(PyExc_TypeError, "{}",
                 decoding ? "decoder must return a tuple (object,integer)"
                          : "encoder must return a tuple (object, integer)");
  return share(item(result.get(), 0));
}

/// A codec between str and bytes; others say so in an attribute.
Ref<> lookup_text_codec(const char* encoding, const char* alternative) {
  Ref<> codec = TRY(lookup_codec(encoding));
  if (PyTuple_CheckExact(codec.get())) return codec;
  Ref<> flag = TRY(find_attr(codec.get(), "_is_text_encoding"_name));
  if (flag && !TRY(is_true(flag.get())))
    return raise(PyExc_LookupError,
                 "'{}' is not a text encoding; use {} to handle arbitrary codecs",
                 clip(encoding, 400), alternative);
  return codec;
}

}  // namespace

Ref<> normalize_encoding(std::string_view name) {
  TextBuffer text;
  char* room = text.reserve(name.size() + 3);
  if (!room) return raise_no_memory();
  normalize(name, room, name.size() + 3);
  return new_str(room);
}

Status register_codec(PyObject* search_function) {
  TRY(start_registry());
  if (!is_callable(search_function)) return raise(PyExc_TypeError, "argument must be callable");
  return list_append(interpreter().codec_search_path, search_function);
}

Status unregister_codec(PyObject* search_function) {
  PyObject* path = interpreter().codec_search_path;
  if (!path) return {};
  for (Py_ssize_t i = 0; i < Py_SIZE(path); i++) {
    if (fast_items(path)[i] != search_function) continue;
    dict_clear(interpreter().codec_search_cache);
    auto list = reinterpret_cast<List*>(path);
    Ref<> old = adopt(list->ob_item[i]);
    memmove(list->ob_item + i, list->ob_item + i + 1,
            static_cast<size_t>(Py_SIZE(path) - i - 1) * sizeof(PyObject*));
    reinterpret_cast<PyVarObject*>(path)->ob_size--;
    return {};
  }
  return {};
}

Ref<> lookup_codec(const char* encoding) {
  if (!encoding) return raise_internal("codec name is null");
  TRY(start_registry());
  Ref<> name = intern(TRY(normalize_encoding(encoding)));
  PyObject* cache = interpreter().codec_search_cache;
  if (PyObject* known = TRY(dict_find(cache, name.get()))) return share(known);
  PyObject* path = interpreter().codec_search_path;
  if (Py_SIZE(path) == 0)
    return raise(PyExc_LookupError, "no codec search functions registered: can't find encoding");
  for (Py_ssize_t i = 0; i < Py_SIZE(path); i++) {
    Ref<> function = share(fast_items(path)[i]);
    Ref<> found = TRY(call(function.get(), name.get()));
    if (found.get() == Py_None) continue;
    if (!PyTuple_Check(found.get()) || tuple_size(found.get()) != 4)
      return raise(PyExc_TypeError, "codec search functions must return 4-tuples");
    TRY(dict_set(cache, name.get(), found.get()));
    return found;
  }
  return raise(PyExc_LookupError, "unknown encoding: {}", encoding);
}

Ref<> encode_with_codec(PyObject* o, const char* encoding, const char* errors) {
  Ref<> codec = TRY(lookup_codec(encoding));
  return run_codec(codec.get(), 0, o, encoding, errors);
}
Ref<> decode_with_codec(PyObject* o, const char* encoding, const char* errors) {
  Ref<> codec = TRY(lookup_codec(encoding));
  return run_codec(codec.get(), 1, o, encoding, errors);
}

// -- str and bytes --

namespace {

Ref<> decode_by_registry(PyObject* o, const char* encoding, const char* errors) {
  Ref<> codec = TRY(lookup_text_codec(encoding, "codecs.decode()"));
  Ref<> text = TRY(run_codec(codec.get(), 1, o, encoding, errors));
  if (!PyUnicode_Check(text.get()))
    return raise(PyExc_TypeError,
                 "'{}' decoder returned '{}' instead of 'str'; use codecs.decode() to decode to "
                 "arbitrary types",
                 clip(encoding, 400), clip(type_name(text.get()), 400));
  return text;
}

}  // namespace

Ref<> decode_text(std::string_view data, const char* encoding, const char* errors) {
  switch (known_encoding(encoding)) {
    case Known::utf8:
      return decode_utf8_text(data, errors);
    case Known::utf16: {
      int order = 0;
      return decode_utf16(data, errors, &order);
    }
    case Known::utf32: {
      int order = 0;
      return decode_utf32(data, errors, &order);
    }
    case Known::ascii:
      return decode_ascii(data, errors);
    case Known::latin1:
      return decode_latin1(data);
    case Known::none:
      break;
  }
  Ref<> bytes = TRY(new_bytes(data));
  return decode_by_registry(bytes.get(), encoding, errors);
}

Ref<> decode_object(PyObject* o, const char* encoding, const char* errors) {
  if (PyUnicode_Check(o)) return raise(PyExc_TypeError, "decoding str is not supported");
  if (!has_buffer(o))
    return raise(PyExc_TypeError, "decoding to str: need a bytes-like object, {} found",
                 clip(type_name(o), 80));
  BufferView view;
  TRY(view.acquire(o));
  if (view.size() == 0) return share(empty_str());
  return decode_text(view.bytes(), encoding, errors);
}

Ref<> encode_text(PyObject* str, const char* encoding, const char* errors) {
  switch (known_encoding(encoding)) {
    case Known::utf8:
      return encode_utf8_text(str, errors);
    case Known::utf16:
      return encode_utf16(str, errors, 0);
    case Known::utf32:
      return encode_utf32(str, errors, 0);
    case Known::ascii:
      return encode_ascii(str, errors);
    case Known::latin1:
      return encode_latin1(str, errors);
    case Known::none:
      break;
  }
  Ref<> codec = TRY(lookup_text_codec(encoding, "codecs.encode()"));
  Ref<> made = TRY(run_codec(codec.get(), 0, str, encoding, errors));
  if (PyBytes_Check(made.get())) return made;
  if (PyByteArray_Check(made.get())) {
    TextBuffer text;
    format(text,
           "encoder {} returned bytearray instead of bytes; use codecs.encode() to encode to "
           "arbitrary types",
           encoding);
    TRY(warn(PyExc_RuntimeWarning, 1, text.c_str()));
    BufferView view;
    TRY(view.acquire(made.get()));
    return new_bytes(view.bytes());
  }
  return raise(PyExc_TypeError,
               "'{}' encoder returned '{}' instead of 'bytes'; use codecs.encode() to encode to "
               "arbitrary types",
               clip(encoding, 400), clip(type_name(made.get()), 400));
}

bool fs_is_ascii = false;

Ref<> decode_fs(std::string_view path) {
  return fs_is_ascii ? decode_ascii(path, "surrogateescape") : decode_utf8_text(path, "surrogateescape");
}
Ref<> encode_fs(PyObject* str) {
  return fs_is_ascii ? encode_ascii(str, "surrogateescape") : encode_utf8_text(str, "surrogateescape");
}

}  // namespace taipan
