// _PyUnicodeWriter, whose fields extension modules touch through macros: the buffer is a str of
// `size` characters that grows and widens; `readonly` means that it is somebody's str, shared until
// more is written.
#include "base/search.h"
#include "capi/export.h"
#include "object/error.h"
#include "object/str.h"
#include "types/format_spec.h"

using namespace taipan;

namespace {

void update(_PyUnicodeWriter* w) {
  w->maxchar = max_char_bound(w->buffer);
  w->data = str_data(w->buffer);
  if (w->readonly) {
    // As if it had no room and the wrong kind, so that every write goes through the slow path.
    w->kind = PyUnicode_WCHAR_KIND;
    w->size = 0;
  } else {
    w->kind = static_cast<PyUnicode_Kind>(str_kind(w->buffer));
    w->size = str_length(w->buffer);
  }
}

}  // namespace

CAPI void _PyUnicodeWriter_Init(_PyUnicodeWriter* w) {
  memset(w, 0, sizeof *w);
  w->min_char = 127;
}

CAPI int _PyUnicodeWriter_PrepareInternal(_PyUnicodeWriter* w, Py_ssize_t length,
                                          Py_UCS4 max_char) {
  if (length > PY_SSIZE_T_MAX - w->pos) return raise_no_memory(), -1;
  Py_ssize_t size = w->pos + length;
  if (max_char < w->min_char) max_char = w->min_char;
  if (max_char < w->maxchar) max_char = w->maxchar;
  if (w->overallocate && size <= PY_SSIZE_T_MAX - size / 4) size += size / 4;
  if (size < w->min_length) size = w->min_length;
  if (w->buffer && !w->readonly && size < w->size) size = w->size;
  Ref<> fresh = allocate_str(size, max_char);
  if (!fresh) return -1;
  if (w->buffer) {
    if (w->pos) copy_characters(fresh.get(), 0, w->buffer, 0, w->pos);
    Py_DECREF(w->buffer);
  }
  w->buffer = fresh.release();
  w->readonly = 0;
  update(w);
  return 0;
}

CAPI int _PyUnicodeWriter_PrepareKindInternal(_PyUnicodeWriter* w, enum PyUnicode_Kind kind) {
  Py_UCS4 max_char = kind == PyUnicode_1BYTE_KIND   ? 0xFF
                     : kind == PyUnicode_2BYTE_KIND ? 0xFFFF
                                                    : 0x10FFFF;
  return _PyUnicodeWriter_PrepareInternal(w, 0, max_char);
}

CAPI int _PyUnicodeWriter_WriteChar(_PyUnicodeWriter* w, Py_UCS4 c) {
  if (_PyUnicodeWriter_Prepare(w, 1, c) < 0) return -1;
  PyUnicode_WRITE(w->kind, w->data, w->pos, c);
  w->pos++;
  return 0;
}

CAPI int _PyUnicodeWriter_WriteSubstring(_PyUnicodeWriter* w, PyObject* s, Py_ssize_t start,
                                         Py_ssize_t end) {
  if (end == start) return 0;
  Py_UCS4 bound = max_char_bound(s);
  if (start || end != str_length(s))
    bound = with_units(s, [&](auto units, size_t) {
      return max_bound(units + start, static_cast<size_t>(end - start));
    });
  if (_PyUnicodeWriter_Prepare(w, end - start, bound) < 0) return -1;
  copy_characters(w->buffer, w->pos, s, start, end - start);
  w->pos += end - start;
  return 0;
}

CAPI int _PyUnicodeWriter_WriteStr(_PyUnicodeWriter* w, PyObject* s) {
  Py_ssize_t n = str_length(s);
  if (n == 0) return 0;
  if (!w->buffer && !w->overallocate) {
    w->readonly = 1;
    w->buffer = Py_NewRef(s);
    update(w);
    w->pos += n;
    return 0;
  }
  return _PyUnicodeWriter_WriteSubstring(w, s, 0, n);
}

CAPI int _PyUnicodeWriter_WriteLatin1String(_PyUnicodeWriter* w, const char* text, Py_ssize_t n) {
  if (n == -1) n = static_cast<Py_ssize_t>(strlen(text));
  if (n == 0) return 0;
  auto units = reinterpret_cast<const uint8_t*>(text);
  if (_PyUnicodeWriter_Prepare(w, n, max_bound(units, static_cast<size_t>(n))) < 0) return -1;
  for (Py_ssize_t i = 0; i < n; i++) PyUnicode_WRITE(w->kind, w->data, w->pos + i, units[i]);
  w->pos += n;
  return 0;
}
CAPI int _PyUnicodeWriter_WriteASCIIString(_PyUnicodeWriter* w, const char* text, Py_ssize_t n) {
  return _PyUnicodeWriter_WriteLatin1String(w, text, n);
}

CAPI PyObject* _PyUnicodeWriter_Finish(_PyUnicodeWriter* w) {
  Ref<> buffer = Ref<>::adopt(std::exchange(w->buffer, nullptr));
  if (w->pos == 0) return Py_NewRef(empty_str());
  if (w->readonly) return buffer.release();
  // Narrows too: what was reserved may have been wider than what came.
  return new_str_from_kind(str_kind(buffer.get()), str_data(buffer.get()), w->pos).release();
}
CAPI void _PyUnicodeWriter_Dealloc(_PyUnicodeWriter* w) { Py_CLEAR(w->buffer); }

CAPI int _PyUnicode_FormatAdvancedWriter(_PyUnicodeWriter* w, PyObject* o, PyObject* spec,
                                         Py_ssize_t start, Py_ssize_t end) {
  Ref<> text = format_str_value(o, {spec, start, end});
  return text ? _PyUnicodeWriter_WriteStr(w, text.get()) : -1;
}
