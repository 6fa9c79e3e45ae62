"""Readers and writers for CSV, INI and key-value text; quoting, errors with line numbers, round trips."""


class FormatError(ValueError):
    def __init__(self, line, text):
        super().__init__(f"line {line}: {text}")
        self.line = line


def read_csv(text, delimiter=",", quote='"'):
    row, field, state, line = [], [], "start", 1
    for c in text + "\n" * (not text.endswith("\n") and bool(text)):
        match state, c:
            case ("start", c) if c == quote: state = "quoted"
            case (("start" | "plain" | "after"), c) if c == delimiter:
                row.append("".join(field))
                field, state = [], "start"
            case ("start" | "plain" | "after"), "\n":
                yield row + ["".join(field)]
                row, field, state = [], [], "start"
            case ("start" | "plain"), c:
                field.append(c)
                state = "plain"
            case ("quoted", c) if c == quote: state = "after"
            case "quoted", c: field.append(c)
            case ("after", c) if c == quote:
                field.append(c)
                state = "quoted"
            case "after", c: raise FormatError(line, f"{c!r} after a quoted field")
        line += c == "\n"
    if state == "quoted": raise FormatError(line - 1, "quote never closed")


def write_csv(rows, delimiter=",", quote='"'):
    def field(x):
        x = "" if x is None else str(x)
        return quote + x.replace(quote, quote * 2) + quote if any(c in x for c in (delimiter, quote, "\n")) else x
    return "".join(delimiter.join(map(field, row)) + "\n" for row in rows)


text = 'name,age,quote\nAda,36,"She said ""hello"", then left"\n"Multi\nline",,x\n"",0,"a,b"\nplain"inside,1,2\n'
rows = list(read_csv(text))
for row in rows: print(row)
print(list(read_csv(write_csv(rows))) == rows, write_csv([[1, None, 2.5, "a\"b", "c;d", True]], ";"), end="")
for bad in ('a,"b"c\n', 'a\n"open\nmore', '"a" ,b'):
    try: print(list(read_csv(bad)))
    except FormatError as error: print(error, error.line)
print(list(read_csv("")), list(read_csv("\n")), list(read_csv("a")), list(read_csv(",")), list(read_csv("a\tb\n'c\td'\te", "\t", "'")))
header, *body = rows
records = [dict(zip(header, row)) for row in body]
print(records[0], [r["age"] for r in records], max(records, key=lambda r: len(r["quote"]))["name"])


class Ini(dict):
    def __init__(self, text=""):
        super().__init__()
        section, last = None, None
        for number, raw in enumerate(text.splitlines(), 1):
            line = raw.split(" #")[0].rstrip()
            if not line or line.lstrip()[0] in "#;": continue
            match line:
                case str() if line[0].isspace() and last: self[section][last] += "\n" + line.strip()
                case str() if line.startswith("[") and line.endswith("]"):
                    section = line[1:-1].strip()
                    if section in self: raise FormatError(number, f"[{section}] again")
                    self[section], last = {}, None
                case _ if "=" in line or ":" in line:
                    if section is None: raise FormatError(number, "no section yet")
                    at = min(i for i in (line.find("="), line.find(":")) if i >= 0)
                    last = line[:at].strip().lower()
                    self[section][last] = line[at + 1:].strip()
                case _: raise FormatError(number, f"cannot read {line!r}")

    def get_as(self, section, key, kind=str, default=...):
        try: value = self[section][key]
        except KeyError:
            if default is ...: raise LookupError(f"[{section}] {key} is missing") from None
            return default
        for name, depth in [(k, v) for k, v in self[section].items()]: value = value.replace(f"${{{name}}}", depth)
        if kind is bool:
            if value.lower() not in ("yes", "no", "true", "false", "1", "0"): raise ValueError(f"{value!r} is no bool")
            return value.lower() in ("yes", "true", "1")
        return kind(value)

    def __str__(self): return "\n".join(f"[{s}]\n" + "".join(f"{k} = {v}\n".replace("\n", "\n  ").removesuffix("  ") for k, v in d.items()) for s, d in self.items())


ini = Ini("""# comment
[server]
Host = example.org
port: 8080   # inline
url = http://${host}:${port}/
secure = yes
[paths]
list = a
  b
  c
empty =
; another comment
""")
print(ini, ini.get_as("server", "port", int), ini.get_as("server", "url"), ini.get_as("server", "secure", bool), ini.get_as("paths", "list").split(), repr(ini.get_as("paths", "empty")), ini.get_as("x", "y", int, 5))
print(Ini(str(ini)) == ini)
for bad in ("key = 1", "[a]\nnonsense", "[a]\n[a]", "[a]\nx=1\n\n???"):
    try: Ini(bad)
    except FormatError as error: print(error)
for args in (("server", "nope"), ("server", "host", int), ("server", "host", bool)):
    try: ini.get_as(*args)
    except (LookupError, ValueError) as error: print(type(error).__name__, error)
def flatten(x, prefix=""):
    match x:
        case dict(): yield from (p for k, v in x.items() for p in flatten(v, f"{prefix}.{k}" if prefix else k))
        case list(): yield from (p for i, v in enumerate(x) for p in flatten(v, f"{prefix}[{i}]"))
        case _: yield prefix, x
print(dict(flatten({"a": {"b": [1, {"c": None}], "d": "x"}, "e": []})), dict(flatten(ini))["paths.list"])
def query(text):
    out = {}
    for part in text.split("&"):
        key, _, value = part.partition("=")
        data, i = bytearray(), 0
        while i < len(value):
            if value[i] == "%": data.append(int(value[i + 1:i + 3], 16)); i += 3
            else: data += (" " if value[i] == "+" else value[i]).encode(); i += 1
        out.setdefault(key, []).append(data.decode())
    return out
print(query("q=a+b%20c&q=%C3%A9%F0%9F%98%80&empty=&n=1"), "&".join(f"{k}={''.join(c if c.isalnum() else ''.join(f'%{b:02X}' for b in c.encode()) for c in v)}" for k, v in {"a b": "x&y", "é": "ü"}.items()))
