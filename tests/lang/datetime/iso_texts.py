# ISO 8601 both ways.
from datetime import date, time, datetime, timedelta, timezone


def t(f, text):
    try:
        print(text, f(text))
    except ValueError as e:
        print(e)


for text in ["2020-02-29", "20200229", "2020-W09-6", "2020W096", "2020W09", "2020-W09", "2021-02-29", "2020-0229", "202002-29",
             "2020-W53", "2021-W53", "2020-W00", "2020-W01-8", "2020W0", "20200229x", "", "２０２０-01-01"]:
    t(date.fromisoformat, text)
#> 2020-02-29 2020-02-29
#> 20200229 2020-02-29
#> 2020-W09-6 2020-02-29
#> 2020W096 2020-02-29
#> 2020W09 2020-02-24
#> 2020-W09 2020-02-24
#> day is out of range for month
#> Invalid isoformat string: '2020-0229'
#> Invalid isoformat string: '202002-29'
#> 2020-W53 2020-12-28
#> Invalid isoformat string: '2021-W53'
#> Invalid isoformat string: '2020-W00'
#> Invalid isoformat string: '2020-W01-8'
#> Invalid isoformat string: '2020W0'
#> Invalid isoformat string: '20200229x'
#> Invalid isoformat string: ''
#> Invalid isoformat string: '２０２０-01-01'
for text in ["12", "12:30", "1230", "12:30:45", "123045", "12:30:45.5", "12:30:45,123456789", "123045.123", "T12", "12:3", "12:", "25:00",
             "12:30Z", "12:30+01", "12:30-01:30", "12:30+0130", "12:30+01:30:15.000001", "12:30+24:00", "12:30:45.", "12:30+", "12:30 Z"]:
    t(time.fromisoformat, text)
#> 12 12:00:00
#> 12:30 12:30:00
#> 1230 12:30:00
#> 12:30:45 12:30:45
#> 123045 12:30:45
#> 12:30:45.5 12:30:45.500000
#> 12:30:45,123456789 12:30:45.123456
#> 123045.123 12:30:45.123000
#> T12 12:00:00
#> Invalid isoformat string: '12:3'
#> Invalid isoformat string: '12:'
#> hour must be in 0..23
#> 12:30Z 12:30:00+00:00
#> 12:30+01 12:30:00+01:00
#> 12:30-01:30 12:30:00-01:30
#> 12:30+0130 12:30:00+01:30
#> 12:30+01:30:15.000001 12:30:00+01:30:15.000001
#> offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not datetime.timedelta(days=1).
#> Invalid isoformat string: '12:30:45.'
#> Invalid isoformat string: '12:30+'
#> 12:30 Z 12:30:00+00:00
for text in ["2020-02-29", "2020-02-29T", "2020-02-29T12", "20200229T123045", "20200229 123045.25+0100", "2020-W09-6T10:00", "2020W0961000",
             "2020W091000", "2020-W09-10", "2020-02-29é10:00", "2020-02-29€10:00Z", "2020-02-2910:00", "2020W09T10", "2020-W09-6-10"]:
    t(datetime.fromisoformat, text)
#> 2020-02-29 2020-02-29 00:00:00
#> Invalid isoformat string: '2020-02-29T'
#> 2020-02-29T12 2020-02-29 12:00:00
#> 20200229T123045 2020-02-29 12:30:45
#> 20200229 123045.25+0100 2020-02-29 12:30:45.250000+01:00
#> 2020-W09-6T10:00 2020-02-29 10:00:00
#> 2020W0961000 2020-02-24 10:00:00
#> 2020W091000 2020-02-24 00:00:00
#> 2020-W09-10 2020-02-24 10:00:00
#> 2020-02-29é10:00 2020-02-29 10:00:00
#> 2020-02-29€10:00Z 2020-02-29 10:00:00+00:00
#> Invalid isoformat string: '2020-02-2910:00'
#> 2020W09T10 2020-02-24 10:00:00
#> 2020-W09-6-10 2020-02-29 10:00:00
moment = datetime(2001, 2, 3, 4, 5, 6, 7089, timezone(timedelta(hours=-3, minutes=-30)))
for spec in ["auto", "hours", "minutes", "seconds", "milliseconds", "microseconds"]:
    print(moment.isoformat(" ", spec), moment.timetz().isoformat(spec), moment.replace(microsecond=0, tzinfo=None).isoformat(timespec=spec))
#> 2001-02-03 04:05:06.007089-03:30 04:05:06.007089-03:30 2001-02-03T04:05:06
#> 2001-02-03 04-03:30 04-03:30 2001-02-03T04
#> 2001-02-03 04:05-03:30 04:05-03:30 2001-02-03T04:05
#> 2001-02-03 04:05:06-03:30 04:05:06-03:30 2001-02-03T04:05:06
#> 2001-02-03 04:05:06.007-03:30 04:05:06.007-03:30 2001-02-03T04:05:06.000
#> 2001-02-03 04:05:06.007089-03:30 04:05:06.007089-03:30 2001-02-03T04:05:06.000000
print(moment, repr(moment), moment.time(), repr(moment.timetz()), moment.date(), moment.ctime(), sep="\n")
#> 2001-02-03 04:05:06.007089-03:30
#> datetime.datetime(2001, 2, 3, 4, 5, 6, 7089, tzinfo=datetime.timezone(datetime.timedelta(days=-1, seconds=73800)))
#> 04:05:06.007089
#> datetime.time(4, 5, 6, 7089, tzinfo=datetime.timezone(datetime.timedelta(days=-1, seconds=73800)))
#> 2001-02-03
#> Sat Feb  3 04:05:06 2001
print(moment.strftime("%Y %z %Z %f %% %j"), f"{moment:%H:%M}", f"{moment}", format(moment.date(), ""), moment.date().strftime("%z|%Z|%f"))
#> 2001 -0330 UTC-03:30 007089 % 034 04:05 2001-02-03 04:05:06.007089-03:30 2001-02-03 ||000000
