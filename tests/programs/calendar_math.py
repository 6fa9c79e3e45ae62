"""Calendar arithmetic with integers: day numbers, weekdays, leap years, Easter, printing a month."""
MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Mo Tu We Th Fr Sa Su".split()


class Date:
    __slots__ = ("year", "month", "day")
    __match_args__ = __slots__

    def __init__(self, year, month, day):
        if not 1 <= month <= 12:
            raise ValueError(f"no month {month}")
        if not 1 <= day <= Date.length(year, month):
            raise ValueError(f"{MONTHS[month - 1]} {year} has no day {day}")
        self.year, self.month, self.day = year, month, day

    @staticmethod
    def leap(year): return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)

    @staticmethod
    def length(year, month): return 31 - (month - 1) % 7 % 2 if month != 2 else 28 + Date.leap(year)

    def __int__(self):
        a = (14 - self.month) // 12
        y, m = self.year + 4800 - a, self.month + 12 * a - 3
        return self.day + (153 * m + 2) // 5 + 365 * y + y // 4 - y // 100 + y // 400 - 32045

    __index__ = __int__

    @classmethod
    def of(cls, number):
        a = number + 32044
        b = (4 * a + 3) // 146097
        c = a - 146097 * b // 4
        d = (4 * c + 3) // 1461
        e = c - 1461 * d // 4
        m = (5 * e + 2) // 153
        return cls(100 * b + d - 4800 + m // 10, m + 3 - 12 * (m // 10), e - (153 * m + 2) // 5 + 1)

    @classmethod
    def parse(cls, text):
        match text.replace("-", ".").split("."):
            case [day, month, year] if len(year) == 4:
                return cls(int(year), int(month), int(day))
            case [year, month, day] if len(year) == 4:
                return cls(int(year), int(month), int(day))
            case parts:
                raise ValueError(f"{text!r} has {len(parts)} parts")

    def __sub__(self, other):
        match other:
            case Date(): return int(self) - int(other)
            case int(): return Date.of(int(self) - other)
        return NotImplemented

    def __add__(self, days): return Date.of(int(self) + days) if isinstance(days, int) else NotImplemented
    __radd__ = __add__
    def __eq__(self, other): return isinstance(other, Date) and int(self) == int(other)
    def __lt__(self, other): return int(self) < int(other) if isinstance(other, Date) else NotImplemented
    def __hash__(self): return int(self)
    def __str__(self): return f"{self.year:04}-{self.month:02}-{self.day:02}"
    def __repr__(self): return f"Date({self})"

    def __format__(self, spec):
        out = ""
        for c in spec or "Y-m-d":
            out += {"Y": f"{self.year}", "m": f"{self.month:02}", "d": f"{self.day}", "B": MONTHS[self.month - 1], "a": DAYS[self.weekday]}.get(c, c)
        return out

    @property
    def weekday(self): return int(self) % 7


def easter(year):
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    l = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * l) // 451
    month, day = divmod(h + l - 7 * m + 114, 31)
    return Date(year, month, day + 1)


def month(year, number):
    first = Date(year, number, 1)
    cells = ["  "] * first.weekday + [f"{d:2}" for d in range(1, Date.length(year, number) + 1)]
    rows = [" ".join(cells[i:i + 7]) for i in range(0, len(cells), 7)]
    return "\n".join([f"{MONTHS[number - 1]} {year}".center(20).rstrip(), " ".join(DAYS), *rows])


today = Date(2024, 2, 28)
print(today, repr(today), today + 2, 2 + today, today - 59, Date(2000, 1, 1) - Date(1900, 1, 1), f"{today:a, d. B Y}", f"{today}", hex(today))
print(month(2024, 2), month(2023, 1), sep="\n")
print([str(easter(y)) for y in range(2020, 2031)], min(easter(y) - Date(y, 3, 21) for y in range(1900, 2100)))
print([y for y in range(1890, 1930, 2) if Date.leap(y)], [Date.length(2023, m) for m in range(1, 13)])
print(all(int(Date.of(n)) == n for n in range(2415021, 2488069, 37)), Date.of(0 + 2440588), sorted([today, Date(1999, 12, 31), today - 1]))
print([sum(Date(y, m, 13).weekday == 4 for m in range(1, 13)) for y in range(2020, 2027)], {Date(2024, 1, 1): "x"}[Date.parse("1.1.2024")], Date.parse("2024-12-31") - Date.parse("01.01.2024"))
for bad in (lambda: Date(2023, 2, 29), lambda: Date(2024, 13, 1), lambda: Date.parse("1.2"), lambda: Date.parse("a.b.2024"), lambda: today + 1.5, lambda: today < 5, lambda: today - "x", lambda: setattr(today, "hour", 1)):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
