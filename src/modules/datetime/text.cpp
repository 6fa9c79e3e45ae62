// Showing dates and times: ISO 8601, offsets, strftime with the directives that time.strftime does not know.
#include "modules/datetime/datetimes.h"

#include "object/call.h"
#include "object/hooks.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "types/float.h"

namespace taipan::datetimes {

void append_number(TextBuffer& out, int value, int width) {
  char digits[16];
  char* p = digits + sizeof digits;
  do *--p = static_cast<char>('0' + value % 10), width--;
  while ((value /= 10) || width > 0);
  out.append({p, static_cast<size_t>(digits + sizeof digits - p)});
}

Ref<> finish_text(TextBuffer& text) { return ascii_text(text); }

void append_date(TextBuffer& out, const Moment& m) {
  append_number(out, m.year, 4);
  out.append('-');
  append_number(out, m.month, 2);
  out.append('-');
  append_number(out, m.day, 2);
}

Status append_time(TextBuffer& out, const Moment& m, std::string_view timespec) {
  constexpr std::string_view kSpecs[] = {"auto", "hours", "minutes", "seconds", "milliseconds", "microseconds"};
  size_t spec = 0;
  while (spec < std::size(kSpecs) && kSpecs[spec] != timespec) spec++;
  if (spec == std::size(kSpecs)) return raise(PyExc_ValueError, "Unknown timespec value");
  if (spec == 0) spec = m.microsecond ? 5 : 3;
  append_number(out, m.hour, 2);
  if (spec >= 2) out.append(':'), append_number(out, m.minute, 2);
  if (spec >= 3) out.append(':'), append_number(out, m.second, 2);
  if (spec == 4) out.append('.'), append_number(out, m.microsecond / 1000, 3);
  if (spec == 5) out.append('.'), append_number(out, m.microsecond, 6);
  return {};
}

Status append_utcoffset(TextBuffer& out, const char* separator, PyObject* tzinfo, PyObject* argument) {
  Ref<> offset = TRY(call_utcoffset(tzinfo, argument));
  if (offset.get() == Py_None) return {};
  const Delta& d = as_delta(offset.get());
  int64_t total = (d.days * kSecondsPerDay + d.seconds) * 1000000 + d.microseconds;
  out.append(total < 0 ? '-' : '+');
  if (total < 0) total = -total;
  int seconds = static_cast<int>(total / 1000000), microseconds = static_cast<int>(total % 1000000);
  append_number(out, seconds / 3600, 2);
  out.append(separator);
  append_number(out, seconds / 60 % 60, 2);
  if (seconds % 60 || microseconds) out.append(separator), append_number(out, seconds % 60, 2);
  if (microseconds) out.append('.'), append_number(out, microseconds, 6);
  return {};
}

namespace {

/// The name of the time zone as part of a format: its percent signs doubled.
Ref<> zone_name_for_format(PyObject* o, PyObject* argument) {
  PyObject* tzinfo = is_date(o) && !is_datetime(o) ? Py_None : tzinfo_of(o);
  if (tzinfo == Py_None) return new_str("");
  Ref<> name = TRY(call_tzname(tzinfo, argument));
  if (name.get() == Py_None) return new_str("");
  Ref<> percent = TRY(new_str("%")), doubled = TRY(new_str("%%"));
  return call_method(name.get(), "replace"_name, percent.get(), doubled.get());
}

Status expand(PyObject* o, std::string_view format, PyObject* argument, TextBuffer& out) {
  for (size_t i = 0; i < format.size() && format[i]; i++) {
    if (format[i] != '%' || i + 1 == format.size() || !format[i + 1]) {
      out.append(format[i]);
      continue;
    }
    switch (char c = format[++i]) {
      case 'z': {
        PyObject* tzinfo = is_date(o) && !is_datetime(o) ? Py_None : tzinfo_of(o);
        if (tzinfo != Py_None) TRY(append_utcoffset(out, "", tzinfo, argument));
        break;
      }
      case 'Z': {
        Ref<> name = TRY(zone_name_for_format(o, argument));
        if (!PyUnicode_Check(name.get())) return raise(PyExc_TypeError, "tzname.replace() did not return a string");
        out.append(TRY(to_utf8(name.get())));
        break;
      }
      case 'f': append_number(out, moment_of(o).microsecond, 6); break;
      default: out.append('%'), out.append(c);
    }
  }
  return out.ok() ? Status() : raise_no_memory();
}

}  // namespace

Ref<> strftime(PyObject* o, PyObject* format, PyObject* timetuple, PyObject* tzinfo_argument) {
  TextBuffer expanded;
  TRY(expand(o, TRY(to_utf8(format)), tzinfo_argument, expanded));
  Ref<> time = TRY(hooks.import_module("time"));
  Ref<> text = TRY(new_str(expanded.view()));
  return call_method(time.get(), "strftime"_name, text.get(), timetuple);
}

Ref<> format_by_strftime(PyObject* o, PyObject* args) {
  if (tuple_size(args) != 1) return raise(PyExc_TypeError, "__format__() takes exactly 1 argument ({} given)", tuple_size(args));
  PyObject* spec = item(args, 0);
  TRY(check_str_argument("__format__", 1, spec));
  if (str_length(spec) == 0) return to_str(o);
  return call_method(o, "strftime"_name, spec);
}

Ref<> new_struct_time(const Moment& m, int dst) {
  int year_day = days_before_month(m.year, m.month) + m.day;
  int fields[] = {m.year, m.month, m.day, m.hour, m.minute, m.second, weekday(m.year, m.month, m.day), year_day, dst};
  Ref<Tuple> tuple = TRY(new_tuple(std::size(fields)));
  for (size_t i = 0; i < std::size(fields); i++) tuple->ob_item[i] = TRY(new_int(fields[i])).release();
  Ref<> time = TRY(hooks.import_module("time"));
  return call_method(time.get(), "struct_time"_name, tuple.get());
}

}  // namespace taipan::datetimes
