"""Reading a web server's log with a regular expression; statistics by path, status and hour."""
import re
from collections import defaultdict

LINE = re.compile(r'(?P<host>\S+) - (?P<user>\S+) \[(?P<day>\d+)/(?P<month>\w+)/(?P<year>\d+):(?P<hour>\d+):\d+:\d+ [^\]]+\] '
                  r'"(?P<method>[A-Z]+) (?P<path>[^ "]+)[^"]*" (?P<status>\d{3}) (?P<size>\d+|-)')


def make_log(n):
    lines = []
    for i in range(n):
        lines.append(f'10.0.{i % 7}.{i % 251} - {"ann" if i % 5 else "-"} [{i % 28 + 1:02}/Nov/2024:{i % 24:02}:{i % 60:02}:00 +0000] '
                     f'"{"GET" if i % 3 else "POST"} /shop/item{i % 40}?page={i % 9} HTTP/1.1" {200 if i % 13 else 404} '
                     f'{"-" if i % 13 == 0 else i * 37 % 9000}')
        if i % 100 == 99:
            lines.append("a line that does not match")
    return "\n".join(lines)


def read(text):
    hits, sizes, hours, bad = defaultdict(int), defaultdict(int), [0] * 24, 0
    for line in text.split("\n"):
        found = LINE.match(line)
        if not found:
            bad += 1
            continue
        path = found["path"].partition("?")[0]
        hits[path, int(found["status"])] += 1
        if found["size"] != "-":
            sizes[path] += int(found["size"])
        hours[int(found["hour"])] += 1
    return hits, sizes, hours, bad


def main():
    text = make_log(12_000)
    for _ in range(16):
        hits, sizes, hours, bad = read(text)
    for (path, status), n in sorted(hits.items(), key=lambda pair: (-pair[1], pair[0]))[:3]:
        print(path, status, n, sizes[path])
    print(hours, bad)


main()
