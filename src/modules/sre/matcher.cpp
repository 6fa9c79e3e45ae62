// Matching and searching in texts of every width.
#include "modules/sre/matcher.h"

#include "object/error.h"
#include "object/hooks.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/bytes.h"

namespace taipan::sre {

Status interrupt() {
  if (!interpreter().pending) return {};
  return hooks.handle_pending(current_thread());
}

namespace {

template <class F>
Result<bool> with_matcher(State& state, bool whole, F&& f) {
  switch (state.text.kind) {
    case 1: return f(Matcher<uint8_t>(state, whole));
    case 2: return f(Matcher<uint16_t>(state, whole));
    default: return f(Matcher<uint32_t>(state, whole));
  }
}

}  // namespace

Result<bool> State::match(bool whole) {
  return with_matcher(*this, whole, [this](auto&& matcher) { return matcher.match_at(start, must_advance); });
}
Result<bool> State::search() {
  return with_matcher(*this, false, [](auto&& matcher) { return matcher.search(); });
}

Status Text::open(PyObject* string) {
  if (PyUnicode_Check(string)) {
    data = str_data(string);
    length = str_length(string);
    kind = str_kind(string);
    return {};
  }
  if (!has_buffer(string) || !buffer.acquire(string)) {
    clear_error();
    return raise(PyExc_TypeError, "expected string or bytes-like object, got '{}'", clip(type_name(string), 200));
  }
  data = buffer.data();
  length = buffer.size();
  is_bytes = true;
  return {};
}

Ref<> Text::slice(PyObject* string, Py_ssize_t from, Py_ssize_t to) const {
  if (!is_bytes) return str_slice(string, from, to);
  if (is_exact(string, &PyBytes_Type) && from == 0 && to == length) return share(string);
  return new_bytes({static_cast<const char*>(data) + from, static_cast<size_t>(to - from)});
}

Status State::open(Pattern& p, PyObject* s, Py_ssize_t from, Py_ssize_t to) {
  pattern = &p;
  string = s;
  TRY(text.open(s));
  if (p.is_bytes >= 0 && text.is_bytes != (p.is_bytes == 1))
    return text.is_bytes ? raise(PyExc_TypeError, "cannot use a string pattern on a bytes-like object")
                         : raise(PyExc_TypeError, "cannot use a bytes pattern on a string-like object");
  auto clamp = [this](Py_ssize_t i) { return i < 0 ? 0 : i > text.length ? text.length : i; };
  pos = start = clamp(from);
  end = clamp(to);
  if (!marks.resize(2 * static_cast<size_t>(p.groups)) || !repeats.append({})) return raise_no_memory();
  for (Py_ssize_t& mark : marks) mark = -1;
  return {};
}

Ref<> State::group(Py_ssize_t i, bool empty_if_absent) const {
  if (has_group(i)) return text.slice(string, marks[2 * i - 2], marks[2 * i - 1]);
  return empty_if_absent ? text.slice(string, 0, 0) : none();
}

}  // namespace taipan::sre
