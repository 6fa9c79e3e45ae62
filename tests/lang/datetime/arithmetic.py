# Sums, differences, quotients, comparisons and hashes of dates, times and durations.
import pickle
from datetime import date, time, datetime, timedelta, timezone, tzinfo

d = timedelta(days=-1, seconds=5, microseconds=7)
print(d, repr(d), d.total_seconds(), -d, abs(d), +d, bool(d), hash(d) == hash((-1, 5, 7)), timedelta() or "none")
#> -1 day, 0:00:05.000007 datetime.timedelta(days=-1, seconds=5, microseconds=7) -86394.999993 23:59:54.999993 23:59:54.999993 -1 day, 0:00:05.000007 True True none
print(d * 3, d * 1.5, 0.1 * d, d / 7, d / 0.3, d // 7, d / timedelta(1), d // timedelta(minutes=1), d % timedelta(hours=5), divmod(d, timedelta(hours=-5)))
#> -3 days, 0:00:15.000021 -2 days, 12:00:07.500010 -1 day, 21:36:00.500001 -1 day, 20:34:17.857144 -4 days, 16:00:16.666690 -1 day, 20:34:17.857143 -0.9999421295486111 -1440 1:00:05.000007 (4, datetime.timedelta(days=-1, seconds=72005, microseconds=7))
for n in range(-5, 6):
    print(n, timedelta(microseconds=n) / 2, timedelta(microseconds=n) / -2, timedelta(microseconds=n) * 0.5, timedelta(microseconds=n) // 2)
#> -5 -1 day, 23:59:59.999998 0:00:00.000002 -1 day, 23:59:59.999998 -1 day, 23:59:59.999997
#> -4 -1 day, 23:59:59.999998 0:00:00.000002 -1 day, 23:59:59.999998 -1 day, 23:59:59.999998
#> -3 -1 day, 23:59:59.999998 0:00:00.000002 -1 day, 23:59:59.999998 -1 day, 23:59:59.999998
#> -2 -1 day, 23:59:59.999999 0:00:00.000001 -1 day, 23:59:59.999999 -1 day, 23:59:59.999999
#> -1 0:00:00 0:00:00 0:00:00 -1 day, 23:59:59.999999
#> 0 0:00:00 0:00:00 0:00:00 0:00:00
#> 1 0:00:00 0:00:00 0:00:00 0:00:00
#> 2 0:00:00.000001 -1 day, 23:59:59.999999 0:00:00.000001 0:00:00.000001
#> 3 0:00:00.000002 -1 day, 23:59:59.999998 0:00:00.000002 0:00:00.000001
#> 4 0:00:00.000002 -1 day, 23:59:59.999998 0:00:00.000002 0:00:00.000002
#> 5 0:00:00.000002 -1 day, 23:59:59.999998 0:00:00.000002 0:00:00.000002
print(timedelta(0.5, 1.5, 0.5), timedelta(microseconds=0.5), timedelta(microseconds=1.5), timedelta(milliseconds=0.0005, microseconds=1),
      timedelta(weeks=1.1, hours=-3.3, minutes=1e-9), timedelta(days=10**40, hours=-24 * 10**40 + 1))
#> 12:00:01.500000 0:00:00 0:00:00.000002 0:00:00.000002 7 days, 13:30:00 1:00:00
print(date(2000, 2, 29) + timedelta(366), date(2000, 3, 1) - date(1999, 3, 1), date.max - date.min, date(2000, 1, 1) - timedelta(hours=47))
#> 2001-03-01 366 days, 0:00:00 3652058 days, 0:00:00 1999-12-31
a = datetime(2000, 1, 1, tzinfo=timezone.utc)
b = datetime(2000, 1, 1, 2, tzinfo=timezone(timedelta(hours=2), "here"))
print(a == b, hash(a) == hash(b), a - b, a < b, a.tzinfo, b.tzinfo, b.tzname(), b.dst(), repr(b))
#> True True 0:00:00 False UTC here here None datetime.datetime(2000, 1, 1, 2, 0, tzinfo=datetime.timezone(datetime.timedelta(seconds=7200), 'here'))
print(a == a.replace(tzinfo=None), a.astimezone(b.tzinfo), b.astimezone(timezone.utc), a.timestamp(), b.utctimetuple()[:6])
#> False 2000-01-01 02:00:00+02:00 2000-01-01 00:00:00+00:00 946684800.0 (2000, 1, 1, 0, 0, 0)
print(a.date() == date(2000, 1, 1), a == date(2000, 1, 1), date(2000, 1, 1) == a, time(1, 2) < time(1, 3), time(1) == time(1, tzinfo=timezone.utc))
#> True False False True False
print([date(y, 1, 1).isocalendar()[:] for y in range(2000, 2030)])
#> [(1999, 52, 6), (2001, 1, 1), (2002, 1, 2), (2003, 1, 3), (2004, 1, 4), (2004, 53, 6), (2005, 52, 7), (2007, 1, 1), (2008, 1, 2), (2009, 1, 4), (2009, 53, 5), (2010, 52, 6), (2011, 52, 7), (2013, 1, 2), (2014, 1, 3), (2015, 1, 4), (2015, 53, 5), (2016, 52, 7), (2018, 1, 1), (2019, 1, 2), (2020, 1, 3), (2020, 53, 5), (2021, 52, 6), (2022, 52, 7), (2024, 1, 1), (2025, 1, 3), (2026, 1, 4), (2026, 53, 5), (2027, 52, 6), (2029, 1, 1)]
print(date.fromordinal(730120), date(2024, 12, 30).isocalendar(), date(2024, 12, 30).timetuple().tm_yday, date.fromisocalendar(2020, 53, 7))
#> 2000-01-01 datetime.IsoCalendarDate(year=2025, week=1, weekday=1) 365 2021-01-03


class Zone(tzinfo):
    def utcoffset(self, dt):
        return timedelta(hours=2 if dt is not None and dt.fold == 0 else 1)

    def dst(self, dt):
        return timedelta(hours=1)

    def tzname(self, dt):
        return "50%"


z = Zone()
early, late = datetime(2020, 10, 25, 2, 30, tzinfo=z), datetime(2020, 10, 25, 2, 30, tzinfo=z, fold=1)
print(early == late, early == early.astimezone(timezone.utc), early.utcoffset(), late.utcoffset(), late.astimezone(timezone.utc), hash(early) == hash(late))
#> True False 2:00:00 1:00:00 2020-10-25 01:30:00+00:00 True
print(late.strftime("%Z %z"), z.fromutc(datetime(2020, 1, 1, tzinfo=z)), repr(late)[:60])
#> 50% +0100 2020-01-01 02:00:00+02:00 datetime.datetime(2020, 10, 25, 2, 30, fold=1, tzinfo=<__mai


class Sub(datetime):
    def __new__(cls, *args, **kwargs):
        return super().__new__(cls, *args, **kwargs)


s = Sub(2000, 1, 1)
for value in (s + timedelta(1), s.replace(year=5), Sub.fromisoformat("2001-01-01"), Sub.fromordinal(5), Sub.combine(date(1, 1, 1), time(1))):
    print(type(value).__name__, value)
#> Sub 2000-01-02 00:00:00
#> Sub 0005-01-01 00:00:00
#> Sub 2001-01-01 00:00:00
#> Sub 0001-01-05 00:00:00
#> Sub 0001-01-01 01:00:00
for value in (date(2000, 1, 2), time(1, 2, 3, 4, fold=1), datetime(2000, 1, 2, 3, 4, 5, 6, fold=1), timedelta(1, 2, 3), timezone.utc,
              timezone(timedelta(hours=1), "n"), datetime(1, 1, 1, tzinfo=timezone.utc)):
    print(value.__reduce__(), [pickle.loads(pickle.dumps(value, p)) == value for p in range(6)])
#> (<class 'datetime.date'>, (b'\x07\xd0\x01\x02',)) [True, True, True, True, True, True]
#> (<class 'datetime.time'>, (b'\x01\x02\x03\x00\x00\x04',)) [True, True, True, True, True, True]
#> (<class 'datetime.datetime'>, (b'\x07\xd0\x01\x02\x03\x04\x05\x00\x00\x06',)) [True, True, True, True, True, True]
#> (<class 'datetime.timedelta'>, (1, 2, 3)) [True, True, True, True, True, True]
#> (<class 'datetime.timezone'>, (datetime.timedelta(0),), None) [True, True, True, True, True, True]
#> (<class 'datetime.timezone'>, (datetime.timedelta(seconds=3600), 'n'), None) [True, True, True, True, True, True]
#> (<class 'datetime.datetime'>, (b'\x00\x01\x01\x01\x00\x00\x00\x00\x00\x00', datetime.timezone.utc)) [True, True, True, True, True, True]
