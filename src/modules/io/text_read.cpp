// TextIOWrapper: reading, writing and positions.
#include "modules/io/text_wrapper.h"

namespace taipan::io {
namespace {

/// Reads and decodes one chunk. False: the end.
Result<bool> read_chunk(TextWrapper& t, Py_ssize_t hint) {
  if (!t.readable) return raise_unsupported("not readable");
  Ref<> before;
  int flags = 0;
  if (t.telling) {
    if (t.decoder) {
      Ref<> state = TRY(call_method(t.decoder, "getstate"_name));
      if (!PyTuple_Check(state.get()) || tuple_size(state.get()) != 2) return raise(PyExc_TypeError, "illegal decoder state");
      before = share(item(state.get(), 0));
      flags = static_cast<int>(TRY(to_int64(item(state.get(), 1))));
      if (!PyBytes_Check(before.get()))
        return raise(PyExc_TypeError, "illegal decoder state: the first item should be a bytes object, not '{}'",
                     clip(type_name(before.get()), 200));
    } else {
      before = t.carry ? share(t.carry) : share(empty_bytes());
    }
  }
  Ref<> size = TRY(new_int(std::max(t.chunk_size, hint)));
  Ref<> input = TRY(call_method(t.buffer, t.has_read1 ? "read1"_name : "read"_name, size.get()));
  Py_ssize_t length;
  {
    BufferView view;
    if (!view.acquire_readable(input.get()))
      return raise(PyExc_TypeError, "underlying {}() should have returned a bytes-like object, not '{}'",
                   t.has_read1 ? "read1" : "read", clip(type_name(input.get()), 200));
    length = view.size();
    if (t.telling) {
      BytesBuilder both;
      if (!both.add(bytes_view(before.get())) || !both.add({view.data(), static_cast<size_t>(length)})) return Raised{};
      replace_field(t.chunk, both.finish());
      t.chunk_flags = flags;
    }
  }
  bool end = length == 0;
  Ref<> decoded = TRY(decode_input(t, input.get(), end));
  if (str_length(decoded.get()) > 0) end = false;
  replace_field(t.decoded, std::move(decoded));
  t.used = 0;
  return !end;
}

/// Characters read ahead and not yet used.
Py_ssize_t left(const TextWrapper& t) { return t.decoded ? str_length(t.decoded) - t.used : 0; }
Ref<> take(TextWrapper& t, Py_ssize_t n) {
  if (!t.decoded) return share(empty_str());
  n = std::min(n, left(t));
  Ref<> piece = t.used == 0 && n == str_length(t.decoded) ? share(t.decoded) : str_slice(t.decoded, t.used, t.used + n);
  t.used += n;
  return piece;
}

Ref<> read_all(TextWrapper& t) {
  Ref<> bytes = TRY(call_method(t.buffer, "read"_name));
  Ref<> decoded = TRY(decode_input(t, bytes.get(), true));
  Ref<> result = TRY(take(t, PY_SSIZE_T_MAX));
  drop_decoded(t);
  return str_length(result.get()) ? str_concat(result.get(), decoded.get()) : std::move(decoded);
}

Status prepare_reading(TextWrapper& t) {
  TRY(check_open(t));
  if (!t.readable) return raise_unsupported("not readable");
  return write_pending(t);
}

Ref<> read_line(TextWrapper& t, Py_ssize_t limit) {
  StrBuilder line;
  for (;;) {
    while (left(t) == 0) {
      if (!TRY(read_chunk(t, 0))) {
        drop_decoded(t);
        return line.finish();
      }
    }
    // A two-character line break may be split between two chunks: the first half waits in front of the next.
    Py_ssize_t scanned, end = find_line_end(t.line_end, t.decoded, t.used, &scanned);
    Py_ssize_t n = (end < 0 ? str_length(t.decoded) : end) - t.used;
    if (limit >= 0 && line.size() + n >= limit) {
      Py_ssize_t wanted = limit - line.size();
      if (!line.add(t.decoded, t.used, t.used + wanted)) return Raised{};
      t.used += wanted;
      return line.finish();
    }
    if (end >= 0) {
      if (!line.size()) return take(t, n);
      if (!line.add(t.decoded, t.used, end)) return Raised{};
      t.used = end;
      return line.finish();
    }
    if (scanned < str_length(t.decoded) && t.line_end.terminator && str_length(t.line_end.terminator) == 2) {
      Ref<> half = TRY(str_slice(t.decoded, scanned, str_length(t.decoded)));
      if (!line.add(t.decoded, t.used, scanned)) return Raised{};
      if (!TRY(read_chunk(t, 0))) {
        drop_decoded(t);
        if (!line.add(half.get())) return Raised{};
        return line.finish();
      }
      replace_field(t.decoded, str_concat(half.get(), t.decoded));
      if (!t.decoded) return Raised{};
      clear_field(t.chunk);  // positions inside this piece cannot be told
      continue;
    }
    if (!line.add(t.decoded, t.used, str_length(t.decoded))) return Raised{};
    t.used = str_length(t.decoded);
  }
}

/// '\n' as the file's own line break.
Ref<> with_newlines(PyObject* s, PyObject* newline) {
  StrBuilder out;
  Py_ssize_t from = 0, n = str_length(s);
  for (Py_ssize_t i = 0; i < n; i++) {
    if (char_at(s, i) != '\n') continue;
    if (!out.add(s, from, i) || !out.add(newline)) return Raised{};
    from = i + 1;
  }
  if (!out.add(s, from, n)) return Raised{};
  return out.finish();
}
bool contains(PyObject* s, Py_UCS4 c) {
  for (Py_ssize_t i = 0, n = str_length(s); i < n; i++)
    if (char_at(s, i) == c) return true;
  return false;
}

}  // namespace

Ref<> text_read(PyObject* self, PyObject* size) {
  TextWrapper& t = text(self);
  Py_ssize_t n = size ? TRY(read_size(size)) : -1;
  TRY(prepare_reading(t));
  if (n < 0) return read_all(t);
  Ref<> first = TRY(take(t, n));
  if (str_length(first.get()) == n) return first;
  StrBuilder out;
  if (!out.add(first.get())) return Raised{};
  while (out.size() < n) {
    if (!TRY(read_chunk(t, n - out.size()))) break;
    Ref<> piece = TRY(take(t, n - out.size()));
    if (!out.add(piece.get())) return Raised{};
  }
  return out.finish();
}

Ref<> text_readline(PyObject* self, Py_ssize_t limit) {
  TextWrapper& t = text(self);
  TRY(prepare_reading(t));
  return read_line(t, limit);
}
Result<Ref<>> text_next(PyObject* self) {
  TextWrapper& t = text(self);
  TRY(check_usable(t));
  t.telling = false;
  Ref<> line;
  if (Py_TYPE(self) == &TextIOWrapper_Type) {
    TRY(prepare_reading(t));
    line = TRY(read_line(t, -1));
  } else {
    line = TRY(call_method(self, "readline"_name));
    if (!PyUnicode_Check(line.get()))
      return raise(PyExc_OSError, "readline() should have returned a str object, not '{}'", clip(type_name(line.get()), 200));
  }
  if (str_length(line.get())) return line;
  drop_decoded(t);
  t.telling = t.seekable;
  return Ref<>();
}

Status write_pending(TextWrapper& t) {
  if (!t.pending) return {};
  Ref<> parts = adopt(std::exchange(t.pending, nullptr));
  t.pending_size = 0;
  BytesBuilder all;
  auto* list = reinterpret_cast<List*>(parts.get());
  for (Py_ssize_t i = 0; i < Py_SIZE(list); i++)
    if (!all.add(bytes_view(list->ob_item[i]))) return Raised{};
  Ref<> bytes = TRY(all.finish());
  Ref<> done = TRY(call_method(t.buffer, "write"_name, bytes.get()));
  return {};
}

Ref<> text_write(PyObject* self, Str& argument) {
  TextWrapper& t = text(self);
  TRY(check_open(t));
  if (!t.writable) return raise_unsupported("not writable");
  Ref<> s = share(object(&argument));
  Py_ssize_t length = str_length(s.get());
  bool has_newline = (t.translate_write || t.line_buffering) && contains(s.get(), '\n');
  bool flush = t.line_buffering && (has_newline || contains(s.get(), '\r'));
  if (has_newline && t.translate_write) s = TRY(with_newlines(s.get(), t.newline));
  Ref<> bytes = TRY(encode_output(t, s.get()));
  if (!t.pending) t.pending = object(TRY(new_list()).release());
  TRY(list_append(t.pending, bytes.get()));
  t.pending_size += Py_SIZE(bytes.get());
  if (t.pending_size >= t.chunk_size || flush || t.write_through) TRY(write_pending(t));
  if (flush) Ref<> done = TRY(call_method(t.buffer, "flush"_name));
  if (t.decoded || t.chunk || t.carry) {
    drop_decoded(t);
    if (t.readable) TRY(reset_decoder(t));
  }
  return new_int(length);
}

// -- positions: a position is where a decoder without state can go on; a decoder's flags stand above bit 64 --

Ref<> text_tell(PyObject* self) {
  TextWrapper& t = text(self);
  TRY(check_open(t));
  if (!t.seekable) return raise_unsupported("underlying stream is not seekable");
  if (!t.telling) return raise(PyExc_OSError, "telling position disabled by next() call");
  TRY(write_pending(t));
  Ref<> flushed = TRY(call_method(self, "flush"_name));
  Ref<> at = TRY(call_method(t.buffer, "tell"_name));
  if (!t.decoded && !t.carry && !t.decoder) return at;
  if (!t.chunk) {
    if (!t.decoded || left(t) == 0) return at;
    return raise(PyExc_OSError, "can't reconstruct logical file position");
  }
  int64_t position = TRY(to_int64(at.get())) - Py_SIZE(t.chunk);
  // Decode the chunk again, byte by byte, until it has given what was used.
  Ref<> chunk = share(t.chunk), carry = t.carry ? share(t.carry) : Ref<>();
  Ref<> codec_state = t.decoder ? call_method(t.decoder, "getstate"_name) : Ref<>();
  Ref<> newline_state = t.newline_decoder ? call_method(t.newline_decoder, "getstate"_name) : Ref<>();
  if ((t.decoder && !codec_state) || (t.newline_decoder && !newline_state)) return Raised{};
  auto replay = [&]() -> Result<int64_t> {
    TRY(reset_decoder(t));
    if (t.decoder && t.chunk_flags) {
      Ref<> flags = TRY(new_int(t.chunk_flags));
      Ref<> state = TRY(tuple_of({empty_bytes(), flags.get()}));
      Ref<> done = TRY(call_method(t.decoder, "setstate"_name, state.get()));
    }
    Py_ssize_t given = 0;
    std::string_view bytes = bytes_view(chunk.get());
    if (t.used == 0) return position;
    for (size_t i = 0; i < bytes.size(); i++) {
      Ref<> one = TRY(new_bytes(bytes.substr(i, 1)));
      Ref<> piece = TRY(decode_input(t, one.get(), false));
      given += str_length(piece.get());
      if (given >= t.used) return given == t.used ? position + static_cast<int64_t>(i) + 1 : -1;
    }
    Ref<> rest = TRY(decode_input(t, empty_bytes(), true));
    given += str_length(rest.get());
    return given == t.used ? position + static_cast<int64_t>(bytes.size()) : -1;
  };
  auto found = replay();
  PendingError pending = PendingError::take();
  replace_field(t.carry, std::move(carry));
  if (codec_state) Ref<> done = call_method(t.decoder, "setstate"_name, codec_state.get());
  if (newline_state) Ref<> done = call_method(t.newline_decoder, "setstate"_name, newline_state.get());
  if (pending.type) std::move(pending).restore();
  if (!found) return Raised{};
  if (*found < 0) return raise(PyExc_OSError, "can't reconstruct logical file position");
  return new_int(*found);
}

Ref<> text_seek(PyObject* self, PyObject* cookie, int whence) {
  TextWrapper& t = text(self);
  TRY(check_open(t));
  if (!t.seekable) return raise_unsupported("underlying stream is not seekable");
  Ref<> target = share(cookie);
  if (whence == 1) {
    if (TRY(is_true(cookie))) return raise_unsupported("can't do nonzero cur-relative seeks");
    target = TRY(call_method(self, "tell"_name));
  } else if (whence == 2) {
    if (TRY(is_true(cookie))) return raise_unsupported("can't do nonzero end-relative seeks");
    Ref<> flushed = TRY(call_method(self, "flush"_name));
    drop_decoded(t);
    if (t.readable) TRY(reset_decoder(t));
    return call_method(t.buffer, "seek"_name, small_int(0), small_int(2));
  } else if (whence != 0) {
    return raise(PyExc_ValueError, "invalid whence ({}, should be {}, {} or {})", whence, 0, 1, 2);
  }
  int64_t position;
  Ref<> number = TRY(index(target.get()));
  if (int_to_int64(number.get(), &position) != 0) return raise(PyExc_OverflowError, "Python int too large to convert to C long");
  if (position < 0) return raise(PyExc_ValueError, "negative seek position {}", as_repr(target.get()));
  Ref<> flushed = TRY(call_method(self, "flush"_name));
  Ref<> moved = TRY(call_method(t.buffer, "seek"_name, number.get()));
  drop_decoded(t);
  if (t.readable) TRY(reset_decoder(t));
  if (t.encoder) {  // a byte order mark stands only at the start
    Ref<> done = TRY(position == 0 ? call_method(t.encoder, "reset"_name) : call_method(t.encoder, "setstate"_name, small_int(0)));
  }
  return number;
}

}  // namespace taipan::io
