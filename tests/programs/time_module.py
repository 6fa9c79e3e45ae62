"""time: conversions and formatting of fixed moments, and that clocks go on."""
import time
moments = (0, 86399, 951782400, 1709164800, 1e9, -86400)
for t in moments:
    g = time.gmtime(t)
    print(t, tuple(g), g.tm_year, g.tm_yday, time.strftime("%Y-%m-%d %H:%M:%S %a %b %j %%", g), time.asctime(g))
print(time.strptime("2024-02-29 12:30", "%Y-%m-%d %H:%M")[:5], time.mktime(time.localtime(1000000000)) == 1000000000)
print(repr(time.gmtime(0)), time.struct_time((2000, 1, 2, 3, 4, 5, 6, 7, 8)).tm_min, time.gmtime(0) < time.gmtime(1), time.gmtime(0).tm_zone, len(time.gmtime(0)), time.gmtime(0).n_fields)
a, b = time.monotonic(), time.monotonic()
c, d = time.perf_counter_ns(), time.perf_counter_ns()
print(a <= b, c <= d, isinstance(time.time(), float), isinstance(time.time_ns(), int), time.time() > 1.6e9, time.process_time() >= 0, time.thread_time() >= 0)
start = time.perf_counter()
time.sleep(0.02)
elapsed = time.perf_counter() - start
print(0.015 < elapsed < 5, time.sleep(0), time.timezone, time.daylight, time.tzname[0], time.altzone)
for bad in (lambda: time.sleep(-1), lambda: time.sleep("x"), lambda: time.sleep(), lambda: time.gmtime("x"), lambda: time.gmtime(1e20), lambda: time.strftime(5), lambda: time.strftime("%Y", (1, 2)), lambda: time.mktime((1, 2, 3)), lambda: time.struct_time((1, 2)), lambda: time.struct_time(5), lambda: time.strptime("x", "%Y"), lambda: time.strptime("5", "%q"), lambda: time.asctime((2000, 13, 1, 0, 0, 0, 0, 0, 0)), lambda: time.asctime(5), lambda: time.get_clock_info("x"), lambda: time.gmtime(0).tm_nope, lambda: time.gmtime(float("nan"))):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
info = time.get_clock_info("monotonic")
print(info.monotonic, info.adjustable, info.implementation, time.gmtime(0)[2:4], time.gmtime(0).tm_isdst, time.strftime("", time.gmtime(0)) == "", time.strftime("é%d日", time.gmtime(0)))
