#pragma once
// Checked text formatting: `{}` stands for the next argument, and the number of `{}` is compared
// with the number of arguments while compiling. Any other brace is an ordinary character.
// The result is UTF-8 in a buffer that starts on the stack and grows on the heap; when memory
// runs out, the text is cut short and `ok()` says so.
//
// A type `T` becomes an argument through a function `FormatArg format_arg(const T&)` found in
// namespace taipan (or the type's own); object/ adds the kinds that hold Python objects that way.
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace taipan {

class TextBuffer {
 public:
  TextBuffer() : data_(inline_) {}
  TextBuffer(const TextBuffer&) = delete;
  TextBuffer& operator=(const TextBuffer&) = delete;
  ~TextBuffer();

  /// False: out of memory, nothing was added, and `ok()` is false from now on.
  bool append(std::string_view text);
  bool append(char c) { return append(std::string_view(&c, 1)); }
  /// The code point in UTF-8; lone surrogates in the same three-byte form.
  bool append_code_point(uint32_t c);
  /// Room for `n` more bytes at the end; they count once `advance` is called.
  char* reserve(size_t n);
  void advance(size_t n) { size_ += n; }
  void clear() { size_ = 0; }

  bool ok() const { return ok_; }
  /// For a writer that failed for another reason than memory (a Python exception is pending).
  void fail() { ok_ = false; }
  size_t size() const { return size_; }
  const char* data() const { return data_; }
  std::string_view view() const { return {data_, size_}; }
  /// The text with a terminating zero.
  const char* c_str();

 private:
  static constexpr size_t kInline = 240;
  char* data_;
  size_t size_ = 0;
  size_t capacity_ = kInline;
  bool ok_ = true;
  char inline_[kInline];
};

/// One argument of `format`, without its type.
struct FormatArg {
  enum class Kind : uint8_t {
    text,
    signed_integer,
    unsigned_integer,
    character,
    code_point,
    hex,
    real,
    custom
  };
  /// Appends `value` to the buffer. False: stop (out of memory, or an exception is pending).
  using Writer = bool (*)(TextBuffer&, const void* value);

  Kind kind;
  uint8_t width = 0;  // hex: the least number of digits
  union {
    struct {
      const char* data;
      size_t size;
    } text;
    int64_t integer;
    uint64_t natural;
    double real;
    struct {
      const void* value;
      Writer write;
    } custom;
  };

  static FormatArg of_text(std::string_view s) {
    return {.kind = Kind::text, .text = {s.data(), s.size()}};
  }
  static FormatArg of_signed(int64_t v) { return {.kind = Kind::signed_integer, .integer = v}; }
  static FormatArg of_unsigned(uint64_t v) {
    return {.kind = Kind::unsigned_integer, .natural = v};
  }
  static FormatArg of_real(double v) { return {.kind = Kind::real, .real = v}; }
  static FormatArg of_custom(const void* v, Writer w) {
    return {.kind = Kind::custom, .custom = {v, w}};
  }
};

/// Lower-case hexadecimal digits, at least `width` of them: `Hex(byte, 2)`.
struct Hex {
  uint64_t value;
  uint8_t width = 1;
};
/// One character, as UTF-8.
struct CodePoint {
  uint32_t value;
};
/// At most `n` bytes of a text, never cutting a UTF-8 sequence: what `%.200s` does in C.
std::string_view clip(std::string_view text, size_t n);

inline FormatArg format_arg(std::string_view s) { return FormatArg::of_text(s); }
inline FormatArg format_arg(const char* s) { return FormatArg::of_text(s ? s : "(null)"); }
inline FormatArg format_arg(char c) {
  return {.kind = FormatArg::Kind::character, .natural = static_cast<unsigned char>(c)};
}
inline FormatArg format_arg(CodePoint c) {
  return {.kind = FormatArg::Kind::code_point, .natural = c.value};
}
inline FormatArg format_arg(Hex h) {
  return {.kind = FormatArg::Kind::hex, .width = h.width, .natural = h.value};
}
inline FormatArg format_arg(double v) { return FormatArg::of_real(v); }
template <std::integral I>
  requires(!std::same_as<I, char> && !std::same_as<I, bool>)
FormatArg format_arg(I v) {
  if constexpr (std::is_signed_v<I>)
    return FormatArg::of_signed(v);
  else
    return FormatArg::of_unsigned(v);
}
FormatArg format_arg(bool) = delete;  // "{}" of a bool is nearly always a mistake

/// Not constexpr: reaching it while compiling is the compile error.
void bad_format_string(const char* why);

constexpr size_t count_placeholders(std::string_view s) {
  size_t n = 0;
  for (size_t i = 0; i + 1 < s.size(); i++)
    if (s[i] == '{' && s[i + 1] == '}') n++, i++;
  return n;
}

template <class... A>
class BasicFormatString {
 public:
  template <class S>
    requires std::convertible_to<const S&, std::string_view>
  consteval BasicFormatString(const S& text) : text_(text) {
    if (count_placeholders(text_) != sizeof...(A))
      bad_format_string("the number of {} differs from the number of arguments");
  }
  constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};
/// The parameter type of everything that formats: `FormatString<A...> text, const A&... args`.
template <class... A>
using FormatString = BasicFormatString<std::type_identity_t<A>...>;

/// The core: not a template. False as `TextBuffer::append`.
bool format_to(TextBuffer& out, std::string_view text, const FormatArg* args);

template <class... A>
bool format(TextBuffer& out, FormatString<A...> text, const A&... args) {
  if constexpr (sizeof...(A) == 0) {
    return format_to(out, text.text(), nullptr);
  } else {
    const FormatArg list[] = {format_arg(args)...};
    return format_to(out, text.text(), list);
  }
}

}  // namespace taipan
