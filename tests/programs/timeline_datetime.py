"""Dates, times, zones and formats on a timeline."""
import calendar
from datetime import date, datetime, time, timedelta, timezone, UTC

start = datetime(2024, 2, 28, 22, 30, tzinfo=timezone.utc)
steps = [start + timedelta(hours=7 * i) for i in range(8)]
tokyo = timezone(timedelta(hours=9), "JST")
for step in steps:
    print(step.isoformat(), step.astimezone(tokyo).strftime("%a %d %b %Y %H:%M %Z (%z) week %V day %j"), step.date().isocalendar().week)
print(steps[-1] - steps[0], (steps[-1] - steps[0]) / timedelta(hours=1), min(steps) == start)
for text, form in [("05/03/24 14:07", "%d/%m/%y %H:%M"), ("Mar 3 2020 1:02:03.5 PM +0130", "%b %d %Y %I:%M:%S.%f %p %z"), ("2021 W05 3", "%G W%V %u"),
                   ("Thursday 12 January 2023", "%A %d %B %Y"), ("20240229", "%Y%m%d"), ("31/02/2024", "%d/%m/%Y"), ("x", "%Y"), ("2024 extra", "%Y")]:
    try:
        print(text, "->", repr(datetime.strptime(text, form)))
    except ValueError as e:
        print(text, "->", e)


def birthdays(born, until):
    """The days after the first; those of the 29th of February are on the 28th in other years."""
    for year in range(born.year + 1, until.year + 1):
        try:
            day = born.replace(year=year)
        except ValueError:
            day = date(year, 2, 28)
        if day <= until:
            yield day


print([d.strftime("%Y:%a") for d in birthdays(date(2000, 2, 29), date(2012, 3, 1))])
print([date(2024, m, calendar.monthrange(2024, m)[1]).toordinal() for m in range(1, 13)])
print(datetime.combine(date(2024, 1, 1), time(12, 30, 15, 250)), time(23, 59).replace(second=59), time.fromisoformat("04:23:01.5+02:00"))
print(datetime.fromtimestamp(0, UTC), datetime.fromtimestamp(1e9, tokyo), datetime(2001, 9, 9, 1, 46, 40, tzinfo=UTC).timestamp())
print(sorted([date(2024, 5, 1), date(2023, 12, 31), datetime(2024, 1, 1).date()]), date.min, datetime.max, timedelta.max)
try:
    print(date(2024, 1, 1) < datetime(2024, 1, 1))
except TypeError as e:
    print(e)
print(f"{start:%Y-%m-%d}", f"{date(2024, 7, 4):%d.%m.}", f"{timedelta(days=-1, hours=5)}", str(timedelta(weeks=2, microseconds=1)), [timedelta(minutes=m) for m in (59, 60, 1440)])
print(calendar.TextCalendar(6).formatmonth(2024, 2), calendar.isleap(1900), calendar.weekday(2024, 2, 29), calendar.timegm((1970, 1, 2, 0, 0, 0)))
print(list(calendar.Calendar().itermonthdays2(2024, 9))[:8], calendar.month_name[5], calendar.day_abbr[6])
