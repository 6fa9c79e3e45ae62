#pragma once
// Arguments of functions that have no text signature, taken one after the other by the types of the variables that
// receive them; errors in getargs' words ("send() argument 1 must be …"). Variables whose argument is missing keep
// their values.
//   int                 an int in C's range            Py_ssize_t   an int in that range
//   unsigned            the low 32 bits of an int      PyObject*    anything, borrowed
//   BufferView          a bytes-like object            WritableView a writable one
//   std::string_view    the UTF-8 of a str without null characters (ends with a zero)
#include <string_view>

#include "object/bind.h"
#include "object/buffer.h"

namespace taipan {

class WritableView : public BufferView {};

/// Whose argument it is: 1, 2 …
struct ArgumentPlace {
  const char* function;
  Py_ssize_t number;
};
Raised raise_argument(ArgumentPlace place, const char* expected, PyObject* got);

Status take_argument(ArgumentPlace, PyObject* o, int& to);
Status take_argument(ArgumentPlace, PyObject* o, unsigned& to);
Status take_argument(ArgumentPlace, PyObject* o, Py_ssize_t& to);
Status take_argument(ArgumentPlace, PyObject* o, PyObject*& to);
Status take_argument(ArgumentPlace, PyObject* o, BufferView& to);
Status take_argument(ArgumentPlace, PyObject* o, WritableView& to);
Status take_argument(ArgumentPlace, PyObject* o, std::string_view& to);
Status take_argument(ArgumentPlace, PyObject* o, double& to);

/// "name() takes at least 2 arguments (1 given)" and so on; the first `required` must be there.
Status check_argument_range(const char* function, Py_ssize_t given, Py_ssize_t required, Py_ssize_t most);

template <class... T>
Status take_arguments(const char* function, Arguments a, Py_ssize_t required, T&... to) {
  TRY(check_argument_range(function, a.count, required, static_cast<Py_ssize_t>(sizeof...(T))));
  Py_ssize_t i = 0;
  bool ok = ((i >= a.count || take_argument({function, i + 1}, a.items[i], to) ? (i++, true) : false) && ...);
  return ok ? Status() : Status(Raised{});
}

/// The same with keywords: the parameters' names and which must be there come from a signature text.
template <const auto& Text, class... T>
Status take_named_arguments(Arguments a, T&... to) {
  static constexpr Signature kSig = parse_signature(Text);
  static_assert(kSig.count == sizeof...(T));
  static constexpr auto name = [] {
    std::array<char, kSig.name.size() + 1> text{};
    for (size_t i = 0; i < kSig.name.size(); i++) text[i] = kSig.name[i];
    return text;
  }();
  PyObject* given[sizeof...(T)]{};
  if (!bind_keywords(kSig, a.items, a.count, a.names, given)) return Raised{};
  Py_ssize_t i = 0;
  bool ok = ((!given[i] || take_argument({name.data(), i + 1}, given[i], to) ? (i++, true) : false) && ...);
  return ok ? Status() : Status(Raised{});
}

/// `socket(...)` as tp_init gets its arguments, laid out for the functions above.
inline Arguments arguments_of(const FlatArguments& flat) { return {flat.items(), flat.count(), flat.names()}; }

}  // namespace taipan
