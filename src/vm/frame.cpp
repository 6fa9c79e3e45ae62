// The data stack, and the end of a frame's life: its references are dropped or a frame object takes them over.
#include "vm/frame.h"

#include <cstdlib>

#include "object/alloc.h"
#include "object/error.h"
#include "object/gc.h"

namespace taipan {

static constexpr size_t kChunkBytes = 16 * 1024;

static _PyStackChunk* allocate_chunk(size_t bytes, _PyStackChunk* previous) {
  auto* chunk = static_cast<_PyStackChunk*>(malloc(bytes));
  if (!chunk) return nullptr;
  chunk->previous = previous;
  chunk->size = bytes;
  chunk->top = 0;
  return chunk;
}

PyObject** grow_data_stack(PyThreadState* ts, size_t words) {
  constexpr size_t kHead = offsetof(_PyStackChunk, data);
  if (words > (PY_SSIZE_T_MAX - kHead) / sizeof(PyObject*) / 4) {
    raise_no_memory();
    return nullptr;
  }
  size_t bytes = kChunkBytes;
  // One word more than asked: the first slot of the first chunk stays unused, see below.
  while (bytes < kHead + (words + 2) * sizeof(PyObject*)) bytes *= 2;
  _PyStackChunk* previous = ts->datastack_chunk;
  _PyStackChunk* chunk = allocate_chunk(bytes, previous);
  if (!chunk) {
    raise_no_memory();
    return nullptr;
  }
  if (previous) previous->top = ts->datastack_top - previous->data;
  ts->datastack_chunk = chunk;
  ts->datastack_limit = reinterpret_cast<PyObject**>(reinterpret_cast<char*>(chunk) + bytes);
  // A frame at data[0] gives its chunk back when it ends. The first chunk must stay, so it begins one slot later.
  PyObject** base = &chunk->data[previous == nullptr];
  ts->datastack_top = base + words;
  return base;
}

void release_stack_chunk(PyThreadState* ts) {
  _PyStackChunk* chunk = ts->datastack_chunk;
  _PyStackChunk* previous = chunk->previous;
  ts->datastack_chunk = previous;
  ts->datastack_top = previous->data + previous->top;
  ts->datastack_limit = reinterpret_cast<PyObject**>(reinterpret_cast<char*>(previous) + previous->size);
  free(chunk);
}

void free_data_stack(PyThreadState* ts) {
  for (_PyStackChunk* chunk = ts->datastack_chunk; chunk;) {
    _PyStackChunk* previous = chunk->previous;
    free(chunk);
    chunk = previous;
  }
  ts->datastack_chunk = nullptr;
  ts->datastack_top = ts->datastack_limit = nullptr;
}

// The frame object outlives its frame: it gets the frame's contents, and a link to the frame object of the
// caller, which may be made for that.
[[gnu::cold, gnu::noinline]] static void move_into_object(Frame* f, FrameObject* o) {
  auto* own = reinterpret_cast<Frame*>(o->f_frame_data);
  size_t bytes = reinterpret_cast<char*>(&f->slots[f->stacktop]) - reinterpret_cast<char*>(f);
  memcpy(static_cast<void*>(own), f, bytes);
  f = own;
  f->owner = FrameOwner::frame_object;
  f->frame_object = nullptr;
  o->f_frame = f;
  if (is_incomplete(f)) f->prev_instr = first_unit(f->code) + f->code->_co_firsttraceable;  // it shall have a line
  Frame* caller = first_complete(f->previous);
  if (caller) {
    PendingError pending = PendingError::take();
    FrameObject* back = frame_object_of(caller);
    if (back) {
      Py_INCREF(object(back));
      o->f_back = back;
    } else {
      clear_error();
    }
    std::move(pending).restore();
  }
  f->previous = nullptr;
  if (!gc_is_tracked(object(o))) gc_track(object(o));
}

[[gnu::cold, gnu::noinline]] static bool give_to_object(Frame* f) {
  FrameObject* o = f->frame_object;
  if (Py_REFCNT(object(o)) > 1) {
    move_into_object(f, o);
    Py_DECREF(object(o));
    return true;
  }
  f->frame_object = nullptr;
  // Nobody else holds the object. It reads its size from this frame's code while it dies.
  Py_DECREF(object(o));
  return false;
}

void clear_frame(PyThreadState* ts, Frame* f) {
  if (f->frame_object) [[unlikely]] {
    if (give_to_object(f)) return;
  }
  for (PyObject **p = f->slots, **end = p + f->stacktop; p < end; p++) Py_XDECREF(*p);
  Py_XDECREF(f->locals);
  Py_DECREF(object(f->func));
  Py_DECREF(object(f->code));
}

int traverse_frame(Frame* f, visitproc visit, void* arg) {
  Py_VISIT(f->frame_object);
  Py_VISIT(f->locals);
  Py_VISIT(object(f->func));
  Py_VISIT(object(f->code));
  for (int i = 0; i < f->stacktop; i++) Py_VISIT(f->slots[i]);
  return 0;
}

}  // namespace taipan
