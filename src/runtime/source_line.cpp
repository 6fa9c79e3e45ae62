// Lines of source files, as tracebacks and warnings show them.
#include "base/format.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/error.h"
#include "object/str.h"
#include "object/tuple.h"
#include "runtime/fs_text.h"
#include "runtime/lifecycle.h"
#include "runtime/traceback_print.h"

namespace taipan {
namespace {

/// The file itself, or a file of its last name in a folder of sys.path (code compiled elsewhere).
Ref<> find_source(PyObject* filename) {
  Ref<> content = read_file(filename);
  if (content) return content;
  clear_error();
  PyObject* path = sys_get("path"_name);
  if (!path || !PyList_Check(path)) return {};
  Py_ssize_t n = str_length(filename), low = n;
  while (low > 0 && char_at(filename, low - 1) != '/') low--;
  Ref<> tail = str_slice(filename, low, n);
  for (Py_ssize_t i = 0; tail && i < Py_SIZE(path); i++) {
    PyObject* folder = PyList_GET_ITEM(path, i);
    if (!PyUnicode_Check(folder)) continue;
    bool slash = str_length(folder) == 0 || char_at(folder, str_length(folder) - 1) == '/';
    Ref<> candidate = format_str("{}{}{}", as_str(folder), slash ? "" : "/", as_str(tail.get()));
    if (candidate) content = read_file(candidate.get());
    if (content) return content;
    clear_error();
  }
  clear_error();
  return {};
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\f'; }

/// The encoding that a "coding:" comment in one of the first two lines names.
std::string_view cookie(std::string_view text) {
  for (int line = 0; line < 2; line++) {
    size_t end = text.find('\n');
    std::string_view row = text.substr(0, end);
    size_t i = 0;
    while (i < row.size() && is_blank(row[i])) i++;
    if (i < row.size() && row[i] != '#' && row[i] != '\r') return {};
    size_t at = row.find("coding");
    if (at != row.npos && at + 6 < row.size() && (row[at + 6] == ':' || row[at + 6] == '=')) {
      at += 7;
      while (at < row.size() && is_blank(row[at])) at++;
      size_t stop = at;
      while (stop < row.size() &&
             (isalnum(static_cast<unsigned char>(row[stop])) || strchr("-_.", row[stop])))
        stop++;
      return row.substr(at, stop - at);
    }
    if (end == text.npos) break;
    text.remove_prefix(end + 1);
  }
  return {};
}

}  // namespace

static Ref<> find_line(PyObject* filename, int line) {
  if (!filename || !PyUnicode_Check(filename) || line < 1) return {};
  Py_ssize_t n = str_length(filename);
  if (!n || (char_at(filename, 0) == '<' && char_at(filename, n - 1) == '>')) return {};
  Ref<> content = find_source(filename);
  if (!content) return {};
  std::string_view text = bytes_view(content.get());
  std::string_view encoding = cookie(text);
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  for (int i = 1; i < line; i++) {
    size_t end = text.find_first_of("\r\n");
    if (end == text.npos) return {};
    bool pair = text[end] == '\r' && end + 1 < text.size() && text[end + 1] == '\n';
    text.remove_prefix(end + 1 + pair);
  }
  if (text.empty()) return {};
  text = text.substr(0, text.find_first_of("\r\n"));
  Ref<> decoded;
  if (encoding.empty() || encoding == "utf-8" || encoding == "utf8" || encoding == "utf_8") {
    decoded = new_str(text);
  } else {
    Ref<> bytes = new_bytes(text), name = new_str(encoding);
    if (bytes && name) decoded = call_method(bytes.get(), "decode"_name, name.get());
  }
  if (!decoded || !PyUnicode_Check(decoded.get())) {
    clear_error();
    return {};
  }
  return decoded;
}

Ref<> source_line(PyObject* filename, int line) {
  PendingError kept = PendingError::take();
  Ref<> found = find_line(filename, line);
  clear_error();
  std::move(kept).restore();
  return found;
}

}  // namespace taipan