"""Repeating events over a calendar: dates, generators, heaps, grouping, formatting; ISO weeks and zones."""
import calendar
import heapq
import itertools
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from functools import partial
from typing import Callable, Iterator


@dataclass(order=True)
class Event:
    start: datetime
    title: str = field(compare=False)
    length: timedelta = field(default=timedelta(hours=1), compare=False)

    @property
    def end(self):
        return self.start + self.length

    def overlaps(self, other):
        return self.start < other.end and other.start < self.end


Rule = Callable[[date], Iterator[date]]


def every(n: int, first: date) -> Iterator[date]:
    return (first + timedelta(days=n * i) for i in itertools.count())


def monthly(day: int, first: date) -> Iterator[date]:
    for months in itertools.count(first.month - 1):
        year, month = first.year + months // 12, months % 12 + 1
        last = calendar.monthrange(year, month)[1]
        yield date(year, month, min(day, last) if day > 0 else last + day + 1)


def nth_weekday(n, weekday, first):
    for months in itertools.count(first.month - 1):
        year, month = first.year + months // 12, months % 12 + 1
        days = [d for d in calendar.Calendar().itermonthdates(year, month) if d.month == month and d.weekday() == weekday]
        yield days[n]


def repeat(title, rule, at, first, length=timedelta(hours=1), skip=frozenset(), tz=timezone.utc):
    for day in rule(first):
        if day >= first and day not in skip:
            yield Event(datetime.combine(day, at, tz), title, length)


first = date(2024, 1, 30)
cet = timezone(timedelta(hours=1), "CET")
streams = [
    repeat("team", partial(every, 7), time(9, 30), first, skip={date(2024, 2, 13)}),
    repeat("pay day", partial(monthly, 31), time(8), first),
    repeat("month's end", partial(monthly, -1), time(23, 30), first, timedelta(hours=2), tz=cet),
    repeat("club", partial(nth_weekday, -1, calendar.TUESDAY), time(9), first, timedelta(minutes=45)),
]
merged = heapq.merge(*streams)
limit = datetime(2024, 5, 1, tzinfo=timezone.utc)
events = list(itertools.takewhile(lambda e: e.start < limit, merged))
for e in events:
    print(f"{e.start:%a %d %b %H:%M %Z}–{e.end:%H:%M} {e.title:<12} week {e.start.isocalendar().week:02}")
print([(a.title, b.title, str(b.start.date())) for a, b in itertools.pairwise(events) if a.overlaps(b)])
by_month = defaultdict(lambda: timedelta())
for e in events:
    by_month[e.start.strftime("%Y-%m")] += e.length
print({k: str(v) for k, v in by_month.items()}, sum(by_month.values(), timedelta()))
marks = {e.start.date() for e in events}


class Marked(calendar.TextCalendar):
    def formatday(self, day, weekday, width):
        text = super().formatday(day, weekday, width)
        return text.replace(" ", "*", 1) if day and date(2024, self.month, day) in marks else text

    def formatmonth(self, year, month, *args):
        self.month = month
        return super().formatmonth(year, month, *args)


print(Marked(calendar.MONDAY).formatmonth(2024, 2, 3))
free, cursor = [], datetime(2024, 2, 27, 8, tzinfo=timezone.utc)
for e in events:
    if e.start.date() == cursor.date():
        if e.start > cursor:
            free.append((f"{cursor:%H:%M}", f"{e.start:%H:%M}"))
        cursor = max(cursor, e.end)
print(free, cursor, min(events).title, max(events, key=lambda e: e.length).title, sorted({e.title for e in events}))
