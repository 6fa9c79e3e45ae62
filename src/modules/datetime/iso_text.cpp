// Reading ISO 8601: dates by month or week, times to the microsecond, offsets; with or without separators.
#include <algorithm>

#include "modules/datetime/datetimes.h"
#include "object/error.h"

namespace taipan::datetimes {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Reads a text from left to right; beyond its end are zeros.
struct Reader {
  std::string_view text;
  size_t at = 0;

  char peek(size_t ahead = 0) const { return at + ahead < text.size() ? text[at + ahead] : '\0'; }
  bool done() const { return at >= text.size(); }
  bool skip(char c) { return !done() && text[at] == c && ++at; }
  bool number(int digits, int* out) {
    int value = 0;
    for (int i = 0; i < digits; i++, at++) {
      if (!is_digit(peek())) return false;
      value = value * 10 + (text[at] - '0');
    }
    *out = value;
    return true;
  }
};

bool read_week_date(Reader& in, bool dashed, Moment* out) {
  int week, day = 1;
  if (!in.number(2, &week)) return false;
  if (!in.done()) {
    if (dashed && !in.skip('-')) return false;
    if (!in.number(1, &day)) return false;
  }
  YearMonthDay date;
  if (from_iso(out->year, week, day, &date) != IsoProblem::none) return false;
  out->year = date.year, out->month = date.month, out->day = date.day;
  return true;
}

/// HH[:MM[:SS[.f…]]]; without the first colon there must be none. `*more`: something follows.
bool read_clock(std::string_view text, char next, Moment* out, bool* more) {
  Reader in{text};
  int* parts[] = {&out->hour, &out->minute, &out->second};
  bool colons = true;
  out->hour = out->minute = out->second = out->microsecond = 0;
  *more = false;
  for (int i = 0; i < 3; i++) {
    if (!in.number(2, parts[i])) return false;
    char c = in.done() ? next : in.peek();
    if (i == 0) colons = c == ':';
    if (in.at + 1 >= text.size()) {
      *more = c != '\0';
      return true;
    }
    in.at++;
    if (colons && c == ':') continue;
    if (c == '.' || c == ',') break;
    if (colons) return false;
    in.at--;
  }
  size_t left = text.size() - in.at;
  int digits = left >= 6 ? 6 : static_cast<int>(left);
  if (!in.number(digits, &out->microsecond)) return false;
  for (int i = digits; i < 6; i++) out->microsecond *= 10;
  while (is_digit(in.peek())) in.at++;
  *more = !in.done() || next != '\0';
  return true;
}

/// Where the date ends in a text of at least 7 characters; 0: nowhere.
size_t separator_position(std::string_view text) {
  size_t n = text.size();
  if (n == 7) return 7;
  if (text[4] != '-') {
    if (text[4] != 'W') return 8;  // YYYYMMDD
    size_t end = 7;
    while (end < n && is_digit(text[end])) end++;
    if (end < 9) return end;
    return end % 2 == 0 ? 7 : 8;  // digits of a time follow at once: they are even in number
  }
  if (text[5] != 'W') return 10;  // YYYY-MM-DD
  if (n > 8 && text[8] == '-') {
    if (n == 9) return 0;
    return n > 10 && is_digit(text[10]) ? 8 : 10;  // a hyphen may also separate YYYY-Www from the time
  }
  return 8;
}

}  // namespace

bool parse_iso_date(std::string_view text, Moment* out) {
  Reader in{text};
  if (!in.number(4, &out->year)) return false;
  bool dashed = in.skip('-');
  if (in.skip('W')) return read_week_date(in, dashed, out);
  if (!in.number(2, &out->month)) return false;
  if (dashed && !in.skip('-')) return false;
  return in.number(2, &out->day) && in.done();
}

bool parse_iso_time(std::string_view text, IsoTime* out) {
  size_t zone = text.find_first_of("+-Z");
  std::string_view clock = text.substr(0, zone);
  bool more;
  if (!read_clock(clock, zone == text.npos ? '\0' : text[zone], &out->moment, &more)) return false;
  if (zone == text.npos) return !more;
  out->has_zone = true;
  if (text[zone] == 'Z') return zone + 1 == text.size();
  Moment offset;
  if (!read_clock(text.substr(zone + 1), '\0', &offset, &more) || more) return false;
  int sign = text[zone] == '-' ? -1 : 1;
  out->zone_seconds = sign * static_cast<int>(offset.seconds_of_day());
  out->zone_microseconds = sign * offset.microsecond;
  return true;
}

bool parse_iso_datetime(std::string_view text, IsoTime* out) {
  if (text.size() < 7) return false;
  size_t end = separator_position(text);
  if (end == 0 || end > text.size()) return false;
  if (!parse_iso_date(text.substr(0, end), &out->moment)) return false;
  if (text.size() == end) return true;
  auto c = static_cast<unsigned char>(text[end]);  // the separator is any character
  size_t width = c < 0x80 ? 1 : (c & 0xf0) == 0xe0 ? 3 : (c & 0xf0) == 0xf0 ? 4 : 2;
  return parse_iso_time(text.substr(std::min(end + width, text.size())), out);
}

Ref<> zone_of(const IsoTime& parsed) {
  if (!parsed.has_zone) return none();
  if (parsed.zone_seconds == 0) return share(utc());
  Ref<> delta = TRY(new_delta(0, parsed.zone_seconds, parsed.zone_microseconds));
  return new_timezone(delta.get(), nullptr);
}

Raised raise_invalid_iso(PyObject* text) { return raise(PyExc_ValueError, "Invalid isoformat string: {}", as_repr(text)); }

}  // namespace taipan::datetimes
