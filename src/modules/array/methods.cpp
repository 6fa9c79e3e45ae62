// array's methods.
#include <cstring>

#include "modules/array/array.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "types/buffer.h"

namespace taipan::arrays {
namespace {

constexpr char append_doc[] = "append($self, v, /)\n--\n\nAppend new value v to the end of the array.";
Status append_method(Array& self, PyObject* v) { return append(self, v); }

constexpr char extend_doc[] = "extend($self, bb, /)\n--\n\nAppend items to the end of the array.";
Status extend_method(Array& self, PyObject* items) { return extend(self, items); }

constexpr char insert_doc[] = "insert($self, i, v, /)\n--\n\nInsert a new item v into the array before position i.";
Status insert_method(Array& self, Py_ssize_t i, PyObject* v) { return insert(self, i, v); }

constexpr char count_doc[] = "count($self, v, /)\n--\n\nReturn number of occurrences of v in the array.";
Result<Py_ssize_t> count(Array& self, PyObject* v) {
  Py_ssize_t n = 0;
  for (Py_ssize_t i = 0; i < self.size(); i++) {
    Ref<> o = TRY(self.get(i));
    n += TRY(equal(o.get(), v));
  }
  return n;
}

/// The first place of v in [start, stop), -1 if there is none.
Result<Py_ssize_t> find(Array& self, PyObject* v, Py_ssize_t start, Py_ssize_t stop) {
  for (Py_ssize_t i = start; i < stop && i < self.size(); i++) {
    Ref<> o = TRY(self.get(i));
    if (TRY(equal(o.get(), v))) return i;
  }
  return Py_ssize_t{-1};
}

constexpr char index_doc[] =
    "index($self, v, start=0, stop=sys.maxsize, /)\n--\n\n"
    "Return index of first occurrence of v in the array.\n\nRaise ValueError if the value is not present.";
Result<Py_ssize_t> index_method(Array& self, PyObject* v, SliceIndex start, SliceIndex stop) {
  Py_ssize_t low = start.value, high = stop.value, n = self.size();
  if (low < 0 && (low += n) < 0) low = 0;
  if (high < 0) high += n;
  Py_ssize_t at = TRY(find(self, v, low, high));
  if (at < 0) return raise(PyExc_ValueError, "array.index(x): x not in array");
  return at;
}

constexpr char remove_doc[] = "remove($self, v, /)\n--\n\nRemove the first occurrence of v in the array.";
Status remove(Array& self, PyObject* v) {
  Py_ssize_t at = TRY(find(self, v, 0, PY_SSIZE_T_MAX));
  if (at < 0) return raise(PyExc_ValueError, "array.remove(x): x not in array");
  return remove_range(self, at, at + 1);
}

constexpr char pop_doc[] = "pop($self, i=-1, /)\n--\n\nReturn the i-th element and delete it from the array.\n\ni defaults to -1.";
Ref<> pop(Array& self, Py_ssize_t i) {
  Py_ssize_t n = self.size();
  if (n == 0) return raise(PyExc_IndexError, "pop from empty array");
  if (i < 0) i += n;
  if (i < 0 || i >= n) return raise(PyExc_IndexError, "pop index out of range");
  Ref<> o = TRY(self.get(i));
  TRY(remove_range(self, i, i + 1));
  return o;
}

constexpr char reverse_doc[] = "reverse($self, /)\n--\n\nReverse the order of the items in the array.";
void reverse(Array& self) {
  char item[8];
  auto width = static_cast<size_t>(self.itemsize());
  for (Py_ssize_t i = 0, j = self.size() - 1; i < j; i++, j--) {
    memcpy(item, self.at(i), width);
    memcpy(self.at(i), self.at(j), width);
    memcpy(self.at(j), item, width);
  }
}

constexpr char byteswap_doc[] =
    "byteswap($self, /)\n--\n\n"
    "Byteswap all items of the array.\n\n"
    "If the items are not 1, 2, 4, or 8 bytes in size, RuntimeError is raised.";
void byteswap(Array& self) {
  Py_ssize_t width = self.itemsize();
  for (Py_ssize_t i = 0; i < self.size(); i++)
    for (char *low = self.at(i), *high = low + width - 1; low < high; low++, high--) std::swap(*low, *high);
}

constexpr char buffer_info_doc[] =
    "buffer_info($self, /)\n--\n\n"
    "Return a tuple (address, length) giving the current memory address and the length in items of the buffer used to "
    "hold array's contents.\n\nIn bytes it has length times itemsize.";
Ref<> buffer_info(Array& self) {
  Ref<> address = TRY(new_int_unsigned(reinterpret_cast<uintptr_t>(self.items))), n = TRY(new_int(self.size()));
  return tuple_of({address.get(), n.get()});
}

// -- copies --

Ref<> copied(Array& self) {
  Ref<Array> made = TRY(new_array(Py_TYPE(object(self)), self.size(), self.descriptor));
  if (self.size()) memcpy(made->items, self.items, static_cast<size_t>(self.size() * self.itemsize()));
  return made;
}
constexpr char copy_doc[] = "__copy__($self, /)\n--\n\nReturn a copy of the array.";
Ref<> copy(Array& self) { return copied(self); }
constexpr char deepcopy_doc[] = "__deepcopy__($self, unused, /)\n--\n\nReturn a copy of the array.";
Ref<> deepcopy(Array& self, PyObject*) { return copied(self); }

constexpr char sizeof_doc[] = "__sizeof__($self, /)\n--\n\nSize of the array in memory, in bytes.";
Py_ssize_t size_of(Array& self) { return Py_TYPE(object(self))->tp_basicsize + self.allocated * self.itemsize(); }

// -- lists, bytes, text --

constexpr char tolist_doc[] = "tolist($self, /)\n--\n\nConvert array to an ordinary list with the same items.";
Ref<> tolist(Array& self) {
  Ref<List> list = TRY(new_list(self.size()));
  for (Py_ssize_t i = 0; i < self.size(); i++) list->ob_item[i] = TRY(self.get(i)).release();
  return list;
}
constexpr char fromlist_doc[] = "fromlist($self, list, /)\n--\n\nAppend items to array from list.";
Status fromlist(Array& self, PyObject* list) {
  if (!PyList_Check(list)) return raise(PyExc_TypeError, "arg must be list");
  Py_ssize_t n = Py_SIZE(list), old = self.size();
  if (n == 0) return {};
  TRY(resize(self, old + n));
  memset(self.at(old), 0, static_cast<size_t>(n * self.itemsize()));
  for (Py_ssize_t i = 0; i < n; i++) {
    Ref<> value = share(fast_items(list)[i]);
    Status done = self.descriptor->set(self.at(old + i), value.get());
    if (done && Py_SIZE(list) != n) done = raise(PyExc_RuntimeError, "list changed size during iteration");
    if (!done) {
      PendingError error = PendingError::take();
      if (!resize(self, old)) clear_error();
      std::move(error).restore();
      return Raised{};
    }
  }
  return {};
}

constexpr char tobytes_doc[] =
    "tobytes($self, /)\n--\n\nConvert the array to an array of machine values and return the bytes representation.";
Ref<> tobytes(Array& self) {
  if (self.size() > PY_SSIZE_T_MAX / self.itemsize()) return raise_no_memory();
  return new_bytes({self.items, static_cast<size_t>(self.size() * self.itemsize())});
}
constexpr char frombytes_doc[] =
    "frombytes($self, buffer, /)\n--\n\nAppends items from the string, interpreting it as an array of machine values, as if it "
    "had been read from a file using the fromfile() method.";
Status frombytes(Array& self, PyObject* buffer) { return append_bytes(self, buffer); }

constexpr char tounicode_doc[] =
    "tounicode($self, /)\n--\n\n"
    "The items of an array of type 'u' as a str.\n\nOther arrays raise ValueError; their bytes can be decoded instead.";
Ref<> tounicode(Array& self) {
  if (self.descriptor->typecode != 'u')
    return raise(PyExc_ValueError, "tounicode() may only be called on unicode type arrays");
  auto* text = reinterpret_cast<const Py_UCS4*>(self.items);
  for (Py_ssize_t i = 0; i < self.size(); i++)
    if (text[i] > 0x10FFFF)
      return raise(PyExc_ValueError, "character U+{} is not in range [U+0000; U+10ffff]", Hex{text[i]});
  return new_str_from_kind(4, self.items, self.size());
}
constexpr char fromunicode_doc[] =
    "fromunicode($self, ustr, /)\n--\n\n"
    "Appends the characters of a str to an array of type 'u'.\n\nOther arrays raise ValueError; they can take encoded bytes instead.";
Status fromunicode(Array& self, Str& text) {
  if (self.descriptor->typecode != 'u')
    return raise(PyExc_ValueError, "fromunicode() may only be called on unicode type arrays");
  return append_text(self, object(text));
}

// -- files --

constexpr char fromfile_doc[] =
    "fromfile($self, f, n, /)\n--\n\nRead n objects from the file object f and append them to the end of the array.";
Status fromfile(Array& self, PyObject* f, Py_ssize_t n) {
  if (n < 0) return raise(PyExc_ValueError, "negative count");
  if (n > PY_SSIZE_T_MAX / self.itemsize()) return raise_no_memory();
  Ref<> wanted = TRY(new_int(n * self.itemsize())), bytes = TRY(call_method(f, "read"_name, wanted.get()));
  if (!PyBytes_Check(bytes.get())) return raise(PyExc_TypeError, "read() didn't return bytes");
  bool enough = Py_SIZE(bytes.get()) == n * self.itemsize();
  TRY(append_bytes(self, bytes.get()));
  if (!enough) return raise(PyExc_EOFError, "read() didn't return enough bytes");
  return {};
}
constexpr char tofile_doc[] = "tofile($self, f, /)\n--\n\nWrite all items (as machine values) to the file object f.";
Status tofile(Array& self, PyObject* f) {
  constexpr Py_ssize_t kBlock = 64 * 1024;
  Py_ssize_t total = self.size() * self.itemsize();
  for (Py_ssize_t at = 0; at < total; at += kBlock) {
    Py_ssize_t n = total - at < kBlock ? total - at : kBlock;
    Ref<> bytes = TRY(new_bytes({self.items + at, static_cast<size_t>(n)}));
    Ref<> done = TRY(call_method(f, "write"_name, bytes.get()));
    total = self.size() * self.itemsize();  // the file may have changed the array
  }
  return {};
}

}  // namespace

Ref<> reduce_ex(Array& self, PyObject* protocol);
static constexpr char reduce_ex_doc[] = "__reduce_ex__($self, value, /)\n--\n\nReturn state information for pickling.";

constinit PyMethodDef array_methods[] = {
    method<append_doc, append_method>,
    method<buffer_info_doc, buffer_info>,
    method<byteswap_doc, byteswap>,
    method<copy_doc, copy>,
    method<count_doc, count>,
    method<deepcopy_doc, deepcopy>,
    method<extend_doc, extend_method>,
    method<fromfile_doc, fromfile>,
    method<fromlist_doc, fromlist>,
    method<frombytes_doc, frombytes>,
    method<fromunicode_doc, fromunicode>,
    method<index_doc, index_method>,
    method<insert_doc, insert_method>,
    method<pop_doc, pop>,
    method<reduce_ex_doc, reduce_ex>,
    method<remove_doc, remove>,
    method<reverse_doc, reverse>,
    method<tofile_doc, tofile>,
    method<tolist_doc, tolist>,
    method<tobytes_doc, tobytes>,
    method<tounicode_doc, tounicode>,
    method<sizeof_doc, size_of>,
    {},
};

}  // namespace taipan::arrays
