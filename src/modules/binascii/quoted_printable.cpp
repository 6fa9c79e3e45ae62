// Quoted-printable (RFC 1521): mostly readable text, other bytes as =XX, lines of at most 76 characters.
#include "modules/binascii/binascii.h"
#include "object/bytes.h"

namespace taipan::binascii {
namespace {

constexpr size_t kLongestLine = 76;

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

constexpr char a2b_qp_doc[] = "a2b_qp($module, /, data, header=False)\n--\n\nDecode a string of qp-encoded data.";
Ref<> a2b_qp(PyObject*, PyObject* data, bool header) {
  AsciiInput input;
  TRY(input.acquire(data));
  std::string_view in = input.bytes();
  BytesBuilder out;
  for (size_t i = 0; i < in.size();) {
    char c = in[i++];
    if (c == '=') {
      if (i >= in.size()) break;
      if (in[i] == '\n' || in[i] == '\r') {  // a soft line break
        while (i < in.size() && in[i] != '\n') i++;
        if (i < in.size()) i++;
        continue;
      }
      if (in[i] == '=') {
        i++;
      } else if (i + 1 < in.size() && hex_value(in[i]) >= 0 && hex_value(in[i + 1]) >= 0) {
        c = static_cast<char>(hex_value(in[i]) << 4 | hex_value(in[i + 1]));
        i += 2;
      }
    } else if (header && c == '_') {
      c = ' ';
    }
    if (!out.add(c)) return Raised{};
  }
  return out.finish();
}

struct Encoder {
  std::string_view in;
  bool quote_tabs, is_text, header, crlf;
  BytesBuilder out;
  size_t line = 0;  // characters in the current line
  size_t i = 0;

  char at(size_t k) const { return k < in.size() ? in[k] : '\0'; }
  bool last() const { return i + 1 == in.size(); }

  bool must_quote() const {
    auto c = static_cast<uint8_t>(in[i]);
    if (c > 126 || c == '=' || (header && c == '_')) return true;
    // A lone dot ends a message in SMTP.
    if (c == '.' && line == 0 && (last() || at(i + 1) == '\n' || at(i + 1) == '\r' || at(i + 1) == 0)) return true;
    if (c == '\r' || c == '\n') return !is_text;
    if ((c == '\t' || c == ' ') && last()) return true;
    return c < 33 && (quote_tabs || (c != '\t' && c != ' '));
  }
  bool line_end() { return (!crlf || out.add('\r')) && out.add('\n'); }
  bool soft_break() {
    line = 0;
    return out.add('=') && line_end();
  }
  bool hex(char c) {
    constexpr char kHex[] = "0123456789ABCDEF";
    return out.add(kHex[static_cast<uint8_t>(c) >> 4]) && out.add(kHex[c & 15]);
  }
  bool quoted() {
    if (line + 3 >= kLongestLine && !soft_break()) return false;
    line += 3;
    return out.add('=') && hex(in[i++]);
  }
  bool hard_break() {
    line = 0;
    // Blanks at the end of a line might get lost on the way.
    if (out.size() && (out.end()[-1] == ' ' || out.end()[-1] == '\t')) {
      char blank = out.end()[-1];
      out.end()[-1] = '=';
      if (!hex(blank)) return false;
    }
    i += in[i] == '\r' ? 2 : 1;
    return line_end();
  }
  bool plain() {
    if (!last() && at(i + 1) != '\n' && line + 1 >= kLongestLine && !soft_break()) return false;
    line++;
    char c = in[i++];
    return out.add(header && c == ' ' ? '_' : c);
  }
  bool run() {
    while (i < in.size()) {
      bool ok;
      if (must_quote()) ok = quoted();
      else if (is_text && (in[i] == '\n' || (in[i] == '\r' && at(i + 1) == '\n'))) ok = hard_break();
      else ok = plain();
      if (!ok) return false;
    }
    return true;
  }
};

constexpr char b2a_qp_doc[] =
    "b2a_qp($module, /, data, quotetabs=False, istext=True, header=False)\n--\n\n"
    "Encode a string using quoted-printable encoding.\n\n"
    "If istext is true, line ends stay as they are and only blanks in front of them are quoted; else \\r and \\n are\n"
    "quoted. quotetabs quotes all blanks and tabs. header writes blanks as underscores.";
Ref<> b2a_qp(PyObject*, PyObject* data, bool quote_tabs, bool is_text, bool header) {
  BufferView view;
  TRY(view.acquire(data));
  std::string_view in = view.bytes();
  // The first line end tells which kind to write.
  size_t end = in.find('\n');
  bool crlf = end != in.npos && end > 0 && in[end - 1] == '\r';
  Encoder encoder{in, quote_tabs, is_text, header, crlf};
  return encoder.run() ? encoder.out.finish() : Ref<>();
}

}  // namespace

constinit PyMethodDef quoted_printable_rows[] = {
    method<a2b_qp_doc, a2b_qp>,
    method<b2a_qp_doc, b2a_qp>,
    {},
};

}  // namespace taipan::binascii
