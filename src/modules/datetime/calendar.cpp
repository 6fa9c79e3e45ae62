// Days and dates: the Gregorian calendar continued backwards without end, and ISO weeks.
#include "modules/datetime/datetimes.h"

namespace taipan::datetimes {
namespace {

constexpr int kDaysBeforeMonth[] = {0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
constexpr int kDaysInMonth[] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
constexpr int kDaysIn4Years = 1461, kDaysIn100Years = 36524, kDaysIn400Years = 146097;

int days_before_year(int year) {
  int y = year - 1;
  return y * 365 + y / 4 - y / 100 + y / 400;
}

}  // namespace

bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }
int days_in_month(int year, int month) { return month == 2 && is_leap(year) ? 29 : kDaysInMonth[month]; }
int days_before_month(int year, int month) { return kDaysBeforeMonth[month] + (month > 2 && is_leap(year)); }
int to_ordinal(int year, int month, int day) { return days_before_year(year) + days_before_month(year, month) + day; }

YearMonthDay from_ordinal(int ordinal) {
  int n = ordinal - 1;
  int year = n / kDaysIn400Years * 400 + 1;
  n %= kDaysIn400Years;
  int centuries = n / kDaysIn100Years;
  n %= kDaysIn100Years;
  int fours = n / kDaysIn4Years;
  n %= kDaysIn4Years;
  int ones = n / 365;
  n %= 365;
  year += centuries * 100 + fours * 4 + ones;
  // The last day of a leap year (of four, or of four hundred years) counts as one too many.
  if (ones == 4 || centuries == 4) return {year - 1, 12, 31};
  int month = (n + 50) >> 5;  // right, or one too large
  int before = days_before_month(year, month);
  if (before > n) before = days_before_month(year, --month);
  return {year, month, n - before + 1};
}

int weekday(int year, int month, int day) { return (to_ordinal(year, month, day) + 6) % 7; }

int iso_week_1_monday(int year) {
  int first = to_ordinal(year, 1, 1);
  int day = (first + 6) % 7;
  int monday = first - day;
  return day > 3 ? monday + 7 : monday;  // week 1 is the one with the year's first Thursday
}

IsoProblem from_iso(int year, int week, int day, YearMonthDay* out) {
  if (week <= 0 || week >= 53) {
    if (week != 53) return IsoProblem::week;
    int first = year >= 1 ? weekday(year, 1, 1) : 0;  // long years begin on a Thursday, or are leap and on a Wednesday
    if (!(first == 3 || (first == 2 && is_leap(year)))) return IsoProblem::week;
  }
  if (day <= 0 || day >= 8) return IsoProblem::day;
  int ordinal = year >= 1 ? iso_week_1_monday(year) + (week - 1) * 7 + day - 1 : 0;
  if (ordinal < 1) *out = {1, 0, 0};
  else if (ordinal > kMaxOrdinal) *out = {kMaxYear + 1, 1, 1};
  else *out = from_ordinal(ordinal);
  return IsoProblem::none;
}

Moment moment_of(PyObject* o) {
  Moment m;
  const unsigned char* clock;
  if (is_time(o)) {
    clock = reinterpret_cast<Time*>(o)->data;
    m.fold = reinterpret_cast<Time*>(o)->fold;
  } else {
    const unsigned char* data = reinterpret_cast<Date*>(o)->data;
    m.year = data[0] << 8 | data[1], m.month = data[2], m.day = data[3];
    if (!is_datetime(o)) return m;
    clock = data + _PyDateTime_DATE_DATASIZE;
    m.fold = reinterpret_cast<DateTime*>(o)->fold;
  }
  m.hour = clock[0], m.minute = clock[1], m.second = clock[2];
  m.microsecond = clock[3] << 16 | clock[4] << 8 | clock[5];
  return m;
}

}  // namespace taipan::datetimes
