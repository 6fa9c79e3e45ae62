// A pickler's stream: its buffer, frames (protocol 4: runs of instructions that a reader can fetch at once), the memo.
#include <cstring>

#include "modules/pickle/pickle.h"
#include "object/alloc.h"
#include "object/bytes.h"
#include "object/call.h"

namespace taipan::pickling {

// -- memo --

Memo::Entry* Memo::place(PyObject* o) const {
  auto hash = reinterpret_cast<uintptr_t>(o) >> 4;
  for (size_t i = hash, step = hash;; i = i * 5 + step + 1, step >>= 5) {
    Entry* e = &entries_[i & mask_];
    if (e->key == o || !e->key) return e;
  }
}
Py_ssize_t Memo::find(PyObject* o) const {
  if (!entries_) return -1;
  Entry* e = place(o);
  return e->key ? e->index : -1;
}
bool Memo::grow() {
  size_t capacity = entries_ ? (mask_ + 1) * (used_ > 50000 ? 2 : 4) : 32;
  auto* fresh = static_cast<Entry*>(raw_allocate(capacity * sizeof(Entry)));
  if (!fresh) return false;
  memset(static_cast<void*>(fresh), 0, capacity * sizeof(Entry));
  Memo old = *this;
  entries_ = fresh;
  mask_ = capacity - 1;
  for (size_t i = 0; i < old.capacity(); i++)
    if (old.entries_[i].key) *place(old.entries_[i].key) = old.entries_[i];
  raw_free(old.entries_);
  return true;
}
Status Memo::set(PyObject* o, Py_ssize_t index) {
  if (used_ * 3 >= capacity() * 2 && !grow()) return raise_no_memory();
  Entry* e = place(o);
  if (!e->key) {
    e->key = Py_NewRef(o);
    used_++;
  }
  e->index = index;
  return {};
}
void Memo::clear() {
  Memo old = *this;
  entries_ = nullptr;
  mask_ = used_ = 0;
  for (size_t i = 0; i < old.capacity(); i++) Py_XDECREF(old.entries_[i].key);
  raw_free(old.entries_);
}
void Memo::swap(Memo& other) { std::swap(*this, other); }

Status memo_put(Pickler& p, PyObject* o) {
  if (p.fast) return {};
  Py_ssize_t index = p.memo.size();
  TRY(p.memo.set(o, index));
  if (p.protocol >= 4) return write(p, MEMOIZE);
  if (!p.bin) {
    TextBuffer text;
    format(text, "{}{}\n", char{PUT}, index);
    return write(p, text.view());
  }
  if (index < 256) {
    char code[] = {BINPUT, static_cast<char>(index)};
    return write(p, code, sizeof code);
  }
  if (index > 0xFFFFFFFF) return raise(library.pickling_error, "memo id too large for LONG_BINPUT");
  char code[5] = {LONG_BINPUT};
  memcpy(code + 1, &index, 4);
  return write(p, code, sizeof code);
}
Status memo_get(Pickler& p, PyObject* o) {
  Py_ssize_t index = p.memo.find(o);
  if (index < 0) return raise_key_error(o);
  if (!p.bin) {
    TextBuffer text;
    format(text, "{}{}\n", char{GET}, index);
    return write(p, text.view());
  }
  if (index < 256) {
    char code[] = {BINGET, static_cast<char>(index)};
    return write(p, code, sizeof code);
  }
  if (index > 0xFFFFFFFF) return raise(library.pickling_error, "memo id too large for LONG_BINGET");
  char code[5] = {LONG_BINGET};
  memcpy(code + 1, &index, 4);
  return write(p, code, sizeof code);
}

// -- the buffer --

Status clear_output(Pickler& p) {
  Ref<> fresh = TRY(allocate_bytes(p.write ? 4096 : 128));
  replace_field(p.out.bytes, std::move(fresh));
  p.out.size = 0;
  p.frame_start = -1;
  return {};
}
namespace {

Status make_room(Pickler& p, Py_ssize_t n) {
  Py_ssize_t capacity = Py_SIZE(p.out.bytes);
  if (n <= capacity - p.out.size) return {};
  if (n > PY_SSIZE_T_MAX / 2 - p.out.size) return raise_no_memory();
  Py_ssize_t wanted = (p.out.size + n) / 2 * 3 + 64;
  // A bytes object of a class of sizes of its own is copied as it grows; the size is the buffer's room.
  return resize_bytes(&p.out.bytes, wanted);
}

}  // namespace

Status write_slowly(Pickler& p, const char* data, Py_ssize_t n) {
  bool opens_frame = p.framing && p.frame_start == -1;
  TRY(make_room(p, n + (opens_frame ? kFrameHeader : 0)));
  if (opens_frame) {
    p.frame_start = p.out.size;
    p.out.size += kFrameHeader;  // written when the frame's length is known
  }
  memcpy(p.out.data() + p.out.size, data, static_cast<size_t>(n));
  p.out.size += n;
  return {};
}

Status commit_frame(Pickler& p) {
  if (!p.framing || p.frame_start == -1) return {};
  char* head = p.out.data() + p.frame_start;
  Py_ssize_t length = p.out.size - p.frame_start - kFrameHeader;
  if (length >= kFrameMinimum) {
    head[0] = FRAME;
    memcpy(head + 1, &length, 8);
  } else {
    memmove(head, head + kFrameHeader, static_cast<size_t>(length));
    p.out.size -= kFrameHeader;
  }
  p.frame_start = -1;
  return {};
}
Status end_long_frame(Pickler& p) {
  TRY(commit_frame(p));
  // What is complete need not be kept in memory.
  return p.write ? flush_to_file(p) : Status();
}

Ref<> take_output(Pickler& p) {
  TRY(commit_frame(p));
  TRY(resize_bytes(&p.out.bytes, p.out.size));
  Ref<> result = adopt(std::exchange(p.out.bytes, nullptr));
  p.out.size = 0;
  return result;
}
Status flush_to_file(Pickler& p) {
  Ref<> data = TRY(take_output(p));
  TRY(clear_output(p));
  return done(call(p.write, data.get()));
}

Status write_large(Pickler& p, std::string_view header, std::string_view data, PyObject* payload) {
  bool framing = p.framing, direct = static_cast<Py_ssize_t>(data.size()) >= kFrameTarget;
  if (direct) {
    TRY(commit_frame(p));
    p.framing = false;
  }
  TRY(write(p, header));
  if (direct && p.write) {
    TRY(flush_to_file(p));
    Ref<> copy = TRY(payload ? share(payload) : new_bytes(data));
    TRY(done(call(p.write, copy.get())));
    TRY(clear_output(p));
  } else {
    TRY(write(p, data));
  }
  p.framing = framing;
  return {};
}

}  // namespace taipan::pickling
