#pragma once
// The method table that bytes and bytearray share, as a template over which of them it is. `T` has
//   Hold            a class that keeps an object's memory in place while its view is used
//   make            new_bytes or new_bytearray
//   same            what an unchanged receiver gives: itself or a copy
//   kShare          whether objects may be shared instead of copied
#include <array>

#include "base/search.h"
#include "object/bytes.h"
#include "object/error.h"
#include "object/protocol.h"
#include "object/tuple.h"
#include "types/buffer.h"
#include "types/bytes_methods.h"
#include "types/codecs.h"

namespace taipan {

/// An object that has a buffer: checked in the order of the arguments, its memory is taken later.
struct BytesLike {
  PyObject* object;
};
template <>
struct Convert<BytesLike> {
  static Result<BytesLike> from(PyObject* o, Where) {
    if (has_buffer(o)) return BytesLike{o};
    return raise(PyExc_TypeError, "a bytes-like object is required, not '{}'",
                 clip(type_name(o), 100));
  }
};

template <class T>
struct ByteMethods {
  using Hold = typename T::Hold;

  static Result<Py_ssize_t> find(PyObject* self, Arguments a) {
    Hold text(self);
    return bytes_find(text.view(), "find", a, Direction::forward);
  }
  static Result<Py_ssize_t> rfind(PyObject* self, Arguments a) {
    Hold text(self);
    return bytes_find(text.view(), "rfind", a, Direction::backward);
  }
  static Result<Py_ssize_t> index(PyObject* self, Arguments a) {
    Hold text(self);
    return bytes_index(text.view(), "index", a, Direction::forward);
  }
  static Result<Py_ssize_t> rindex(PyObject* self, Arguments a) {
    Hold text(self);
    return bytes_index(text.view(), "rindex", a, Direction::backward);
  }
  static Result<Py_ssize_t> count(PyObject* self, Arguments a) {
    Hold text(self);
    return bytes_count(text.view(), a);
  }
  static Result<bool> startswith(PyObject* self, Arguments a) {
    Hold text(self);
    return bytes_matches(text.view(), "startswith", a, Side::left);
  }
  static Result<bool> endswith(PyObject* self, Arguments a) {
    Hold text(self);
    return bytes_matches(text.view(), "endswith", a, Side::right);
  }
  static Ref<> replace(PyObject* self, BytesLike old, BytesLike with, Py_ssize_t limit) {
    Hold text(self);
    Ref<> made = TRY(bytes_replace(text.view(), old.object, with.object, limit, T::make));
    return made ? std::move(made) : T::same(self);
  }
  static Ref<> split(PyObject* self, PyObject* sep, Py_ssize_t maxsplit) {
    Hold text(self);
    return bytes_split(text.view(), sep, maxsplit, Direction::forward, T::make);
  }
  static Ref<> rsplit(PyObject* self, PyObject* sep, Py_ssize_t maxsplit) {
    Hold text(self);
    return bytes_split(text.view(), sep, maxsplit, Direction::backward, T::make);
  }
  static Ref<> splitlines(PyObject* self, int keepends) {
    Hold text(self);
    return bytes_splitlines(text.view(), keepends, T::make);
  }
  static Ref<> join(PyObject* self, PyObject* iterable) {
    Hold text(self);
    return bytes_join(text.view(), iterable, T::make, T::kShare);
  }
  static Ref<> part(PyObject* self, PyObject* separator, Direction direction) {
    Hold text(self);
    BufferView view;
    TRY(view.acquire(separator));
    size_t at = TRY(bytes_partition_point(text.view(), view.bytes(), direction));
    if (at == kNotFound) {
      Ref<> whole = TRY(T::same(self)), one = TRY(T::make({})), two = TRY(T::make({}));
      if (direction == Direction::forward) return tuple_of({whole.get(), one.get(), two.get()});
      return tuple_of({one.get(), two.get(), whole.get()});
    }
    Ref<> before = TRY(T::make(text.view().substr(0, at)));
    Ref<> middle = T::kShare ? share(separator) : T::make(view.bytes());
    if (!middle) return {};
    Ref<> after = TRY(T::make(text.view().substr(at + view.bytes().size())));
    return tuple_of({before.get(), middle.get(), after.get()});
  }
  static Ref<> partition(PyObject* self, PyObject* sep) {
    return part(self, sep, Direction::forward);
  }
  static Ref<> rpartition(PyObject* self, PyObject* sep) {
    return part(self, sep, Direction::backward);
  }

  static Ref<> stripped(PyObject* self, PyObject* chars, Side side) {
    Hold text(self);
    BytesIn rest = TRY(bytes_strip(text.view(), chars, side));
    return rest.size() == text.view().size() ? T::same(self) : T::make(rest);
  }
  static Ref<> strip(PyObject* self, PyObject* chars) { return stripped(self, chars, Side::both); }
  static Ref<> lstrip(PyObject* self, PyObject* chars) { return stripped(self, chars, Side::left); }
  static Ref<> rstrip(PyObject* self, PyObject* chars) {
    return stripped(self, chars, Side::right);
  }
  static Ref<> removeprefix(PyObject* self, PyObject* prefix) {
    Hold text(self);
    BufferView view;
    TRY(view.acquire(prefix));
    if (!view.size() || !text.view().starts_with(view.bytes())) return T::same(self);
    return T::make(text.view().substr(view.bytes().size()));
  }
  static Ref<> removesuffix(PyObject* self, PyObject* suffix) {
    Hold text(self);
    BufferView view;
    TRY(view.acquire(suffix));
    if (!view.size() || !text.view().ends_with(view.bytes())) return T::same(self);
    return T::make(text.view().substr(0, text.view().size() - view.bytes().size()));
  }

  static Py_ssize_t spare(PyObject* self, Py_ssize_t width) {
    auto n = static_cast<Py_ssize_t>(Hold(self).view().size());
    return width > n ? width - n : 0;
  }
  static Ref<> padded(PyObject* self, Py_ssize_t left, Py_ssize_t right, char fill) {
    if (left == 0 && right == 0) return T::same(self);
    Hold text(self);
    return bytes_pad(text.view(), left, right, fill, T::make);
  }
  static Ref<> center(PyObject* self, Py_ssize_t width, PyObject* fillchar) {
    char fill = TRY(bytes_fill(fillchar, "center"));
    Py_ssize_t n = spare(self, width), left = n / 2 + (n & width & 1);
    return padded(self, left, n - left, fill);
  }
  static Ref<> ljust(PyObject* self, Py_ssize_t width, PyObject* fillchar) {
    char fill = TRY(bytes_fill(fillchar, "ljust"));
    return padded(self, 0, spare(self, width), fill);
  }
  static Ref<> rjust(PyObject* self, Py_ssize_t width, PyObject* fillchar) {
    char fill = TRY(bytes_fill(fillchar, "rjust"));
    return padded(self, spare(self, width), 0, fill);
  }
  static Ref<> zfill(PyObject* self, Py_ssize_t width) {
    if (spare(self, width) == 0) return T::same(self);
    Hold text(self);
    return bytes_zfill(text.view(), width, T::make);
  }
  static Ref<> expandtabs(PyObject* self, int tabsize) {
    Hold text(self);
    return bytes_expandtabs(text.view(), tabsize, T::make);
  }
  static Ref<> translate(PyObject* self, PyObject* table, PyObject* deleted) {
    Hold text(self);
    bool changed = false;
    Ref<> made = TRY(bytes_translate(text.view(), table, deleted, T::make, &changed));
    return changed ? std::move(made) : T::same(self);
  }
  static Ref<> maketrans(PyObject*, PyObject* from, PyObject* to) {
    return bytes_maketrans(from, to);
  }
  static Ref<> hex(PyObject* self, PyObject* sep, int group) {
    Hold text(self);
    return bytes_hex(text.view(), sep, group);
  }
  static Ref<> decode(PyObject* self, std::string_view encoding, std::string_view errors) {
    Hold text(self);
    if (text.view().empty()) return share(empty_str());  // whatever the encoding
    return decode_text(text.view(), codec_argument(encoding), codec_argument(errors));
  }

  template <AsciiCase How>
  static PyObject* change_case(PyObject* self, PyObject*) {
    Hold text(self);
    return bytes_change_case(text.view(), How, T::make).release();
  }
  template <AsciiClass What>
  static PyObject* all(PyObject* self, PyObject*) {
    return Py_NewRef(bytes_all(Hold(self).view(), What) ? Py_True : Py_False);
  }
  template <bool (*Ask)(BytesIn)>
  static PyObject* ask(PyObject* self, PyObject*) {
    return Py_NewRef(Ask(Hold(self).view()) ? Py_True : Py_False);
  }

  // -- slots --
  static Py_ssize_t size(PyObject* self) { return Py_SIZE(self); }
  static Result<bool> contains(PyObject* self, PyObject* what) {
    Hold text(self);
    return bytes_contains(text.view(), what);
  }
  static Ref<> repeat(PyObject* self, Py_ssize_t n) {
    if (n == 1 && T::kShare) return T::same(self);
    Hold text(self);
    return bytes_repeat(text.view(), n, T::make);
  }
  static Ref<> remainder(PyObject* self, PyObject* arguments) {
    if (!T::check(self)) return not_implemented();
    Hold text(self);
    return bytes_percent(text.view(), arguments, T::make);
  }
};

namespace byte_docs {
inline constexpr char find[] =
    "B.find(sub[, start[, end]]) -> int\n\nThe lowest index at which sub, a byte or bytes, lies "
    "within B[start:end], or -1.";
inline constexpr char rfind[] =
    "B.rfind(sub[, start[, end]]) -> int\n\nThe highest index at which sub, a byte or bytes, lies "
    "within B[start:end], or -1.";
inline constexpr char index[] =
    "B.index(sub[, start[, end]]) -> int\n\nAs find(), but a ValueError if sub is nowhere.";
inline constexpr char rindex[] =
    "B.rindex(sub[, start[, end]]) -> int\n\nAs rfind(), but a ValueError if sub is nowhere.";
inline constexpr char count[] =
    "B.count(sub[, start[, end]]) -> int\n\nHow often sub occurs in B[start:end] without overlaps.";
inline constexpr char startswith[] =
    "B.startswith(prefix[, start[, end]]) -> bool\n\nDoes B[start:end] begin with the prefix, or "
    "with one of a tuple?";
inline constexpr char endswith[] =
    "B.endswith(suffix[, start[, end]]) -> bool\n\nDoes B[start:end] end with the suffix, or with "
    "one of a tuple?";
inline constexpr char replace[] =
    "replace($self, old, new, count=-1, /)\n--\n\nA copy in which every old is a new; with a "
    "count, only the first so many.";
inline constexpr char split[] =
    "split($self, /, sep=None, maxsplit=-1)\n--\n\nThe parts between separators, as a list. "
    "Without sep, runs of ASCII whitespace separate.";
inline constexpr char rsplit[] =
    "rsplit($self, /, sep=None, maxsplit=-1)\n--\n\nAs split(), but maxsplit counts separators "
    "from the end.";
inline constexpr char splitlines[] =
    "splitlines($self, /, keepends=False)\n--\n\nThe lines, without their ends unless keepends is "
    "true.";
inline constexpr char join[] =
    "join($self, iterable_of_bytes, /)\n--\n\nThe bytes-like objects of an iterable put together, "
    "with this one between them.";
inline constexpr char partition[] =
    "partition($self, sep, /)\n--\n\nWhat stands before the first sep, sep, and what stands behind "
    "it; all and two empty ones if it is not there.";
inline constexpr char rpartition[] =
    "rpartition($self, sep, /)\n--\n\nWhat stands before the last sep, sep, and what stands behind "
    "it; two empty ones and all if it is not there.";
inline constexpr char strip[] =
    "strip($self, bytes=None, /)\n--\n\nA copy without ASCII whitespace, or the bytes given, at "
    "both ends.";
inline constexpr char lstrip[] =
    "lstrip($self, bytes=None, /)\n--\n\nA copy without ASCII whitespace, or the bytes given, at "
    "the beginning.";
inline constexpr char rstrip[] =
    "rstrip($self, bytes=None, /)\n--\n\nA copy without ASCII whitespace, or the bytes given, at "
    "the end.";
inline constexpr char removeprefix[] =
    "removeprefix($self, prefix, /)\n--\n\nA copy without the prefix, if it is there.";
inline constexpr char removesuffix[] =
    "removesuffix($self, suffix, /)\n--\n\nA copy without the suffix, if it is there.";
inline constexpr char center[] =
    "center($self, width, fillchar=b' ', /)\n--\n\nA copy padded on both sides to the width.";
inline constexpr char ljust[] =
    "ljust($self, width, fillchar=b' ', /)\n--\n\nA copy padded on the right to the width.";
inline constexpr char rjust[] =
    "rjust($self, width, fillchar=b' ', /)\n--\n\nA copy padded on the left to the width.";
inline constexpr char zfill[] =
    "zfill($self, width, /)\n--\n\nA copy with zeros on the left, behind a sign, up to the width.";
inline constexpr char expandtabs[] =
    "expandtabs($self, /, tabsize=8)\n--\n\nA copy in which blanks up to the next tab stop stand "
    "for each tab.";
inline constexpr char translate[] =
    "translate($self, table, /, delete=b'')\n--\n\nA copy without the bytes in delete, and the "
    "others looked up in a table of 256 (None: kept).";
inline constexpr char maketrans[] =
    "maketrans(frm, to, /)\n--\n\nA table for translate() that turns each byte of the first into "
    "the one of the second.";
inline constexpr char hex[] =
    "hex($self, /, sep=<unrepresentable>, bytes_per_sep=1)\n--\n\nThe bytes in hexadecimal, with "
    "sep between groups; groups are counted from the right, negative sizes from the left.";
inline constexpr char decode[] =
    "decode($self, /, encoding='utf-8', errors='strict')\n--\n\nThe text that the bytes "
    "encode.\n\nerrors names what to do about bytes that mean nothing: 'strict' "
    "raises\nUnicodeDecodeError, 'ignore' drops them, 'replace' puts U+FFFD, and so on.";
inline constexpr char fromhex[] =
    "fromhex($type, string, /)\n--\n\nThe bytes that pairs of hexadecimal digits give; blanks may "
    "stand between.";
inline constexpr char lower[] =
    "B.lower() -> copy of B\n\nA copy with ASCII letters in lower case.";
inline constexpr char upper[] =
    "B.upper() -> copy of B\n\nA copy with ASCII letters in upper case.";
inline constexpr char swapcase[] =
    "B.swapcase() -> copy of B\n\nA copy with upper and lower case of ASCII letters exchanged.";
inline constexpr char title[] =
    "B.title() -> copy of B\n\nA copy in which each ASCII word begins in upper case and goes on in "
    "lower case.";
inline constexpr char capitalize[] =
    "B.capitalize() -> copy of B\n\nA copy with the first byte in upper case and all others in "
    "lower case.";
inline constexpr char isalnum[] =
    "B.isalnum() -> bool\n\nIs it all ASCII letters and digits, and not empty?";
inline constexpr char isalpha[] = "B.isalpha() -> bool\n\nIs it all ASCII letters, and not empty?";
inline constexpr char isascii[] = "B.isascii() -> bool\n\nAre all bytes below 128? True if empty.";
inline constexpr char isdigit[] = "B.isdigit() -> bool\n\nIs it all ASCII digits, and not empty?";
inline constexpr char isspace[] =
    "B.isspace() -> bool\n\nIs it all ASCII whitespace, and not empty?";
inline constexpr char islower[] =
    "B.islower() -> bool\n\nAre all ASCII letters lower case, and is there one?";
inline constexpr char isupper[] =
    "B.isupper() -> bool\n\nAre all ASCII letters upper case, and is there one?";
inline constexpr char istitle[] =
    "B.istitle() -> bool\n\nDoes each ASCII word begin in upper case and go on in lower case?";
}  // namespace byte_docs

template <class T>
inline constexpr std::array kByteRows = {
    positional_varargs<ByteMethods<T>::find>("find", byte_docs::find),
    positional_varargs<ByteMethods<T>::rfind>("rfind", byte_docs::rfind),
    positional_varargs<ByteMethods<T>::index>("index", byte_docs::index),
    positional_varargs<ByteMethods<T>::rindex>("rindex", byte_docs::rindex),
    positional_varargs<ByteMethods<T>::count>("count", byte_docs::count),
    positional_varargs<ByteMethods<T>::startswith>("startswith", byte_docs::startswith),
    positional_varargs<ByteMethods<T>::endswith>("endswith", byte_docs::endswith),
    method<byte_docs::replace, ByteMethods<T>::replace>,
    method<byte_docs::split, ByteMethods<T>::split>,
    method<byte_docs::rsplit, ByteMethods<T>::rsplit>,
    method<byte_docs::splitlines, ByteMethods<T>::splitlines>,
    method<byte_docs::join, ByteMethods<T>::join>,
    method<byte_docs::partition, ByteMethods<T>::partition>,
    method<byte_docs::rpartition, ByteMethods<T>::rpartition>,
    method<byte_docs::strip, ByteMethods<T>::strip>,
    method<byte_docs::lstrip, ByteMethods<T>::lstrip>,
    method<byte_docs::rstrip, ByteMethods<T>::rstrip>,
    method<byte_docs::removeprefix, ByteMethods<T>::removeprefix>,
    method<byte_docs::removesuffix, ByteMethods<T>::removesuffix>,
    method<byte_docs::center, ByteMethods<T>::center>,
    method<byte_docs::ljust, ByteMethods<T>::ljust>,
    method<byte_docs::rjust, ByteMethods<T>::rjust>,
    method<byte_docs::zfill, ByteMethods<T>::zfill>,
    method<byte_docs::expandtabs, ByteMethods<T>::expandtabs>,
    method<byte_docs::translate, ByteMethods<T>::translate>,
    method<byte_docs::maketrans, ByteMethods<T>::maketrans>,
    method<byte_docs::hex, ByteMethods<T>::hex>,
    method<byte_docs::decode, ByteMethods<T>::decode>,
    PyMethodDef{"lower", ByteMethods<T>::template change_case<AsciiCase::lower>, METH_NOARGS,
                byte_docs::lower},
    PyMethodDef{"upper", ByteMethods<T>::template change_case<AsciiCase::upper>, METH_NOARGS,
                byte_docs::upper},
    PyMethodDef{"swapcase", ByteMethods<T>::template change_case<AsciiCase::swap>, METH_NOARGS,
                byte_docs::swapcase},
    PyMethodDef{"title", ByteMethods<T>::template change_case<AsciiCase::title>, METH_NOARGS,
                byte_docs::title},
    PyMethodDef{"capitalize", ByteMethods<T>::template change_case<AsciiCase::capital>, METH_NOARGS,
                byte_docs::capitalize},
    PyMethodDef{"isalnum", ByteMethods<T>::template all<AsciiClass::alnum>, METH_NOARGS,
                byte_docs::isalnum},
    PyMethodDef{"isalpha", ByteMethods<T>::template all<AsciiClass::alpha>, METH_NOARGS,
                byte_docs::isalpha},
    PyMethodDef{"isascii", ByteMethods<T>::template all<AsciiClass::ascii>, METH_NOARGS,
                byte_docs::isascii},
    PyMethodDef{"isdigit", ByteMethods<T>::template all<AsciiClass::digit>, METH_NOARGS,
                byte_docs::isdigit},
    PyMethodDef{"isspace", ByteMethods<T>::template all<AsciiClass::space>, METH_NOARGS,
                byte_docs::isspace},
    PyMethodDef{"islower", ByteMethods<T>::template ask<bytes_is_lower>, METH_NOARGS,
                byte_docs::islower},
    PyMethodDef{"isupper", ByteMethods<T>::template ask<bytes_is_upper>, METH_NOARGS,
                byte_docs::isupper},
    PyMethodDef{"istitle", ByteMethods<T>::template ask<bytes_is_title>, METH_NOARGS,
                byte_docs::istitle},
};

/// The shared rows, a type's own, and the terminating empty one.
template <size_t N, size_t M>
consteval std::array<PyMethodDef, N + M + 1> join_rows(const std::array<PyMethodDef, N>& a,
                                                       const std::array<PyMethodDef, M>& b) {
  std::array<PyMethodDef, N + M + 1> all{};
  for (size_t i = 0; i < N; i++) all[i] = a[i];
  for (size_t i = 0; i < M; i++) all[N + i] = b[i];
  return all;
}

}  // namespace taipan
