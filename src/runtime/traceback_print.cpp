// The text of an uncaught exception, letter for letter as CPython 3.11 writes it. Everything is
// collected in one buffer; whatever goes wrong on the way (a failing __str__, a missing file)
// shortens the text and is forgotten.
#include "runtime/traceback_print.h"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <span>

#include "base/utf8.h"
#include "bytecode/line_table.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/exceptions.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "runtime/carets.h"
#include "runtime/lifecycle.h"
#include "vm/frame.h"
#include "vm/vm.h"

namespace taipan {
namespace {

constexpr int kMaxGroupWidth = 15;
constexpr int kMaxGroupDepth = 10;
constexpr int kSourceIndent = 4;
constexpr long kRepeatCutoff = 3;
constexpr int64_t kDefaultLimit = 1000;

class Printer {
 public:
  explicit Printer(TextBuffer& out) : out_(out) {}
  void chain(PyObject* e);
  void traceback(PyObject* t, const char* header, const char* header_margin);

 private:
  void indent(int n) {
    for (int i = 0; i < n; i++) out_.append(' ');
  }
  const char* margin_text() const { return depth_ ? "| " : ""; }
  void margin() { margin(margin_text()); }
  void margin(const char* text) {
    indent(2 * depth_);
    out_.append(text);
  }
  void str(PyObject* o) { write_str_argument(out_, o); }

  void before(PyObject* e, const char* words);
  void single(PyObject* e);
  void group(PyObject* e);
  void entry(PyTracebackObject* t, PyCodeObject* code);
  void repeated(long count);
  /// The place in the source that a SyntaxError names; then the exception shows as its `msg`.
  /// False: not one.
  bool source_place(PyObject* e, Ref<>& message);
  void error_text(std::string_view text, int64_t offset, int64_t end_offset);
  void message(PyObject* type, PyObject* value);
  void notes(PyObject* e);

  TextBuffer& out_;
  Ref<List> seen_;
  int depth_ = 0;
  bool need_close_ = false;
};

bool already_seen(Ref<List>& seen, PyObject* o) {
  if (!seen) seen = new_list();
  if (!seen) return true;
  for (Py_ssize_t i = 0; i < Py_SIZE(seen.get()); i++)
    if (seen->ob_item[i] == o) return true;
  return false;
}

void Printer::before(PyObject* e, const char* words) {
  RecursionGuard guard(" in print_chained");
  if (!guard) return clear_error();
  bool close = need_close_;
  chain(e);
  need_close_ = close;
  margin();
  out_.append('\n');
  margin();
  out_.append(words);
  margin();
  out_.append('\n');
}

void Printer::chain(PyObject* e) {
  RecursionGuard guard(" in print_exception_recursive");
  if (!guard) return clear_error();
  if (is_exception(e)) {
    Ref<> kept = share(e);
    if (!already_seen(seen_, e) && !list_append(object(seen_.get()), e)) clear_error();
    auto& x = *reinterpret_cast<Exception*>(e);
    if (x.cause) {
      Ref<> cause = share(x.cause);
      if (!already_seen(seen_, x.cause))
        before(cause.get(),
               "The above exception was the direct cause of the following exception:\n");
    } else if (x.context && !x.suppress_context) {
      Ref<> context = share(x.context);
      if (!already_seen(seen_, x.context))
        before(context.get(),
               "During handling of the above exception, another exception occurred:\n");
    }
    if (is_exception_group(e))
      group(e);
    else
      single(e);
    return;
  }
  single(e);
}

void Printer::group(PyObject* e) {
  if (depth_ > kMaxGroupDepth) {
    margin();
    format(out_, "... (max_group_depth is {})\n", kMaxGroupDepth);
    return;
  }
  if (depth_ == 0) depth_++;
  single(e);
  Ref<> excs = share(reinterpret_cast<PyBaseExceptionGroupObject*>(e)->excs);
  Py_ssize_t total = tuple_size(excs.get());
  Py_ssize_t n = total <= kMaxGroupWidth ? total : kMaxGroupWidth + 1;
  need_close_ = false;
  for (Py_ssize_t i = 0; i < n; i++) {
    bool last = i == n - 1;
    if (last) need_close_ = true;  // the closing line may be drawn by a group inside
    bool truncated = i >= kMaxGroupWidth;
    indent(2 * depth_);
    out_.append(i == 0 ? "+-" : "  ");
    if (truncated)
      out_.append("+---------------- ... ----------------\n");
    else
      format(out_, "+---------------- {} ----------------\n", i + 1);
    depth_++;
    if (truncated) {
      Py_ssize_t more = total - kMaxGroupWidth;
      margin();
      format(out_, "and {} more exception{}\n", more, more > 1 ? "s" : "");
    } else {
      chain(item(excs.get(), i));
    }
    if (last && need_close_) {
      indent(2 * depth_);
      out_.append("+------------------------------------\n");
      need_close_ = false;
    }
    depth_--;
  }
  if (depth_ == 1) depth_--;
}

void Printer::single(PyObject* e) {
  if (!is_exception(e)) {
    format(out_, "TypeError: print_exception(): Exception expected for value, {} found\n",
           type_name(e));
    return;
  }
  if (PyObject* t = reinterpret_cast<Exception*>(e)->traceback; t && t != Py_None) {
    bool is_group = is_exception_group(e);
    traceback(t,
              is_group ? "Exception Group Traceback (most recent call last):\n"
                       : "Traceback (most recent call last):\n",
              is_group && depth_ == 1 ? "+ " : margin_text());
  }
  Ref<> shown = share(e);
  source_place(e, shown);
  message(object(Py_TYPE(e)), shown.get());
  if (Ref<> name = suggest_name(e)) format(out_, ". Did you mean: '{}'?", as_str(name.get()));
  out_.append('\n');
  notes(e);
  clear_error();
}

// -- entries of the traceback ---------------------------------------------------------------

void Printer::repeated(long count) {
  count -= kRepeatCutoff;
  format(out_, "  [Previous line repeated {} more time{}]\n", count, count > 1 ? "s" : "");
}

void Printer::traceback(PyObject* first, const char* header, const char* header_margin) {
  int64_t limit = kDefaultLimit;
  PyObject* wanted = sys_get("tracebacklimit"_name);
  if (wanted && PyLong_Check(wanted)) {
    int64_t value;
    int fits = int_to_int64(wanted, &value);
    limit = fits > 0 ? INT64_MAX : fits < 0 ? 0 : value;
    if (limit <= 0) return;
  }
  margin(header_margin);
  out_.append(header);
  auto* t = reinterpret_cast<PyTracebackObject*>(first);
  int64_t depth = 0;
  for (auto* at = t; at; at = at->tb_next) depth++;
  for (; depth > limit; depth--) t = t->tb_next;
  PyObject *last_file = nullptr, *last_name = nullptr;
  int last_line = -1;
  long count = 0;
  for (; t; t = t->tb_next) {
    PyCodeObject* code = reinterpret_cast<FrameObject*>(t->tb_frame)->f_frame->code;
    int line = traceback_line(t);
    if (code->co_filename != last_file || last_line == -1 || line != last_line ||
        code->co_name != last_name) {
      if (count > kRepeatCutoff) repeated(count);
      last_file = code->co_filename;
      last_name = code->co_name;
      last_line = line;
      count = 0;
    }
    if (++count <= kRepeatCutoff) entry(t, code);
  }
  if (count > kRepeatCutoff) repeated(count);
}

void Printer::entry(PyTracebackObject* t, PyCodeObject* code) {
  margin();
  format(out_, "  File \"{}\", line {}, in {}\n", as_str(code->co_filename), traceback_line(t),
         as_str(code->co_name));
  Ref<> line = source_line(code->co_filename, traceback_line(t));
  if (!line) return;
  Py_ssize_t n = str_length(line.get()), blank = 0;
  while (blank < n) {
    Py_UCS4 c = char_at(line.get(), blank);
    if (c != ' ' && c != '\t' && c != '\f') break;
    blank++;
  }
  Ref<> stripped = str_slice(line.get(), blank, n);
  if (!stripped) return clear_error();
  margin();
  indent(kSourceIndent);
  str(stripped.get());
  out_.append('\n');

  PyObject* table = code->co_linetable;
  std::span<const uint8_t> bytes(reinterpret_cast<const uint8_t*>(PyBytes_AS_STRING(table)),
                                 static_cast<size_t>(Py_SIZE(table)));
  Location place = find_location(bytes, code->co_firstlineno, t->tb_lasti / 2);
  std::optional<Carets> carets = find_carets(line.get(), blank, place);
  if (!carets) return;
  margin();
  indent(kSourceIndent);
  for (Py_ssize_t i = blank; i < carets->end; i++) {
    if (i < carets->start)
      out_.append(' ');
    else if (carets->has_anchor && i >= carets->anchor_start && i < carets->anchor_end)
      out_.append('^');
    else
      out_.append(carets->has_anchor ? '~' : '^');
  }
  out_.append('\n');
}

// -- the exception itself -------------------------------------------------------------------

/// An int attribute; None counts as absent. False: no such int.
bool read_int(PyObject* o, PyObject* name, int64_t& value, bool may_be_none) {
  Ref<> found = get_attr(o, name);
  if (!found) return false;
  if (found.get() == Py_None) {
    value = -1;
    return may_be_none;
  }
  return PyLong_Check(found.get()) && int_to_int64(found.get(), &value) == 0;
}

bool Printer::source_place(PyObject* e, Ref<>& message) {
  auto marker = find_attr(e, "print_file_and_line"_name);
  if (!marker || !*marker) {
    clear_error();
    return false;
  }
  auto fail = [] {
    clear_error();
    return false;
  };
  Ref<> text_message = get_attr(e, "msg"_name);
  Ref<> filename = text_message ? get_attr(e, "filename"_name) : Ref<>();
  int64_t line, offset, end_line, end_offset;
  if (!filename || !read_int(e, "lineno"_name, line, false) ||
      !read_int(e, "offset"_name, offset, true) ||
      !read_int(e, "end_lineno"_name, end_line, true) ||
      !read_int(e, "end_offset"_name, end_offset, true))
    return fail();
  if (end_line == -1) end_line = line;
  Ref<> text = get_attr(e, "text"_name);
  if (!text) return fail();
  message = std::move(text_message);
  margin();
  if (filename.get() == Py_None)
    format(out_, "  File \"<string>\", line {}\n", line);
  else
    format(out_, "  File \"{}\", line {}\n", as_str(filename.get()), line);
  if (text.get() == Py_None || !PyUnicode_Check(text.get())) return true;
  TextBuffer utf8;
  write_str_argument(utf8, text.get());
  if (end_line > line)
    end_offset = static_cast<int64_t>(utf8.size());  // only the first line is shown
  end_offset = std::min(end_offset, static_cast<int64_t>(utf8.size()) + 1);
  error_text(utf8.view(), offset, end_offset);
  return true;
}

// Offsets count from 1. Nothing of this is aligned to a group's margin, in CPython neither.
void Printer::error_text(std::string_view text, int64_t offset, int64_t end_offset) {
  int64_t carets = end_offset > 0 && end_offset > offset ? end_offset - offset : 1;
  offset--;
  while (!text.empty() && (text[0] == ' ' || text[0] == '\t' || text[0] == '\f')) {
    text.remove_prefix(1);
    offset--;
  }
  auto length = [&] { return static_cast<int64_t>(text.size()) - (text.ends_with('\n') ? 1 : 0); };
  if (offset > length()) offset = length();
  for (;;) {
    size_t newline = text.find('\n');
    if (newline == text.npos || static_cast<int64_t>(newline) >= offset) break;
    text.remove_prefix(newline + 1);
    offset -= static_cast<int64_t>(newline) + 1;
  }
  indent(kSourceIndent);
  out_.append(text);
  if (!text.ends_with('\n')) out_.append('\n');
  if (offset < 0) return;
  indent(kSourceIndent);
  for (int64_t i = 0; i < offset; i++) out_.append(' ');
  for (int64_t i = 0; i < carets; i++) out_.append('^');
  out_.append('\n');
}

void Printer::message(PyObject* type, PyObject* value) {
  margin();
  Ref<> module = get_attr(type, "__module__"_name);
  if (!module || !PyUnicode_Check(module.get())) {
    clear_error();
    out_.append("<unknown>.");
  } else if (!str_equal(module.get(), "builtins") && !str_equal(module.get(), "__main__")) {
    str(module.get());
    out_.append('.');
  }
  Ref<> name = get_attr(type, "__qualname__"_name);
  if (!name || !PyUnicode_Check(name.get())) {
    clear_error();
    out_.append("<unknown>");
  } else {
    str(name.get());
  }
  if (value == Py_None) return;
  Ref<> text = to_str(value);
  if (!text) {
    clear_error();
    out_.append(": <exception str() failed>");
  } else if (str_length(text.get())) {
    out_.append(": ");
    str(text.get());
  }
}

void Printer::notes(PyObject* e) {
  auto found = find_attr(e, "__notes__"_name);
  if (!found || !*found) return clear_error();
  Ref<> notes = found.take();
  if (!is_sequence(notes.get())) {
    Ref<> text = repr(notes.get());
    margin();
    if (!text) {
      clear_error();
      out_.append("<__notes__ repr() failed>");
    } else {
      str(text.get());
    }
    return;  // without a newline, as only lists of notes end their lines
  }
  auto n = length(notes.get());
  if (!n) return clear_error();
  for (Py_ssize_t i = 0; i < *n; i++) {
    Ref<> note = sequence_item(notes.get(), i);
    if (!note) return clear_error();
    Ref<> text = to_str(note.get());
    if (!text) {
      clear_error();
      margin();
      out_.append("<note str() failed>");
    } else {
      Ref<> lines = call_method(text.get(), "splitlines"_name, Py_True);
      if (!lines) return clear_error();
      for (Py_ssize_t k = 0; k < Py_SIZE(lines.get()); k++) {
        margin();
        str(PyList_GET_ITEM(lines.get(), k));
      }
    }
    out_.append('\n');
  }
}

}  // namespace

void format_exception(TextBuffer& out, PyObject* exception) {
  Printer(out).chain(exception);
  clear_error();
}

void format_traceback(TextBuffer& out, PyObject* traceback) {
  Printer(out).traceback(traceback, "Traceback (most recent call last):\n", "");
  clear_error();
}

// -- where it goes --------------------------------------------------------------------------

void write_stderr(PyObject* str) {
  PyObject* file = sys_get("stderr"_name);
  if (file == Py_None) return;
  PendingError kept = PendingError::take();
  if (file) {
    Ref<> owner = share(file);
    Ref<> done = call_method(file, "write"_name, str);
    if (done) done = call_method(file, "flush"_name);
    clear_error();
  } else {
    std::string_view text = utf8_or_question(str);
    fwrite(text.data(), 1, text.size(), stderr);
    fflush(stderr);
  }
  std::move(kept).restore();
}

void write_stderr(std::string_view utf8) {
  if (Ref<> text = new_str_with_surrogates(utf8))
    write_stderr(text.get());
  else
    clear_error();
}

void display_exception(PyObject* value, PyObject* traceback) {
  if (is_exception(value) && traceback && is_exact(traceback, &PyTraceBack_Type)) {
    auto& x = *reinterpret_cast<Exception*>(value);
    if (!x.traceback) x.traceback = Py_NewRef(traceback);
  }
  TextBuffer out;
  format_exception(out, value);
  write_stderr(out.view());
}

void print_pending_to_stderr() {
  TextBuffer out;
  if (is_started()) {
    Ref<> e = take_error();
    if (e) format_exception(out, e.get());
  } else {  // perhaps exceptions cannot be made yet
    PendingError e = PendingError::take();
    if (!e.type) return;
    format(out, "{}: ", reinterpret_cast<PyTypeObject*>(e.type.get())->tp_name);
    if (e.value) write_str_argument(out, e.value.get());
    clear_error();
    out.append('\n');
  }
  fwrite(out.data(), 1, out.size(), stderr);
  fflush(stderr);
}

}  // namespace taipan
