"""A JSON reader and writer, its errors with line and column, and pretty printing."""


class JSONError(ValueError):
    def __init__(self, message, text, at):
        line = text.count("\n", 0, at) + 1
        column = at - text.rfind("\n", 0, at)
        super().__init__(f"{message}: line {line} column {column}")


ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def loads(text):
    at = 0

    def fail(message):
        raise JSONError(message, text, at)

    def peek():
        nonlocal at
        while at < len(text) and text[at] in " \t\r\n":
            at += 1
        return text[at:at + 1]

    def expect(char):
        nonlocal at
        if peek() != char:
            fail(f"expected {char!r}")
        at += 1

    def items(close, read):
        nonlocal at
        at += 1
        if peek() == close:
            at += 1
            return
        while True:
            yield read()
            match peek():
                case ",":
                    at += 1
                case c if c == close:
                    at += 1
                    return
                case _:
                    fail(f"expected ',' or {close!r}")

    def pair():
        if peek() != '"':
            fail("expected a key")
        key = string()
        expect(":")
        return key, value()

    def string():
        nonlocal at
        at += 1
        out = []
        while True:
            if at >= len(text):
                fail("unterminated string")
            match text[at]:
                case '"':
                    at += 1
                    return "".join(out)
                case "\\":
                    at += 1
                    c = text[at:at + 1]
                    if c == "u":
                        code = int(text[at + 1:at + 5], 16)
                        at += 4
                        if 0xD800 <= code < 0xDC00 and text[at + 1:at + 3] == "\\u":
                            code = 0x10000 + (code - 0xD800 << 10) + int(text[at + 3:at + 7], 16) - 0xDC00
                            at += 6
                        out.append(chr(code))
                    elif c in ESCAPES and c:
                        out.append(ESCAPES[c])
                    else:
                        fail("bad escape")
                    at += 1
                case c if c < " ":
                    fail("control character")
                case c:
                    out.append(c)
                    at += 1

    def number():
        nonlocal at
        start = at
        while at < len(text) and text[at] in "+-.eE0123456789":
            at += 1
        word = text[start:at]
        try:
            return int(word) if word.lstrip("-").isdigit() else float(word)
        except ValueError:
            at = start
            fail(f"bad number {word!r}")

    def value():
        nonlocal at
        match peek():
            case "{": return dict(items("}", pair))
            case "[": return list(items("]", value))
            case '"': return string()
            case c if c and c in "-0123456789": return number()
            case "": fail("unexpected end")
            case _:
                for word, constant in {"true": True, "false": False, "null": None}.items():
                    if text.startswith(word, at):
                        at += len(word)
                        return constant
                fail("unexpected character")

    result = value()
    if peek():
        fail("extra data")
    return result


def dumps(value, indent=None, level=0):
    newline, pad, end = ("", "", "") if indent is None else ("\n", " " * indent * (level + 1), " " * indent * level)
    comma = "," + (newline or " ")
    match value:
        case None: return "null"
        case bool(): return str(value).lower()
        case int() | float(): return repr(value)
        case str():
            out = "".join(f"\\u{ord(c):04x}" if c < " " and c not in "\n\t" else {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}.get(c, c) for c in value)
            return f'"{out}"'
        case [] | (): return "[]"
        case {} if not value: return "{}"
        case [*items]:
            inner = comma.join(pad + dumps(item, indent, level + 1) for item in items)
            return f"[{newline}{inner}{newline}{end}]"
        case dict():
            inner = comma.join(f"{pad}{dumps(str(k))}: {dumps(v, indent, level + 1)}" for k, v in value.items())
            return f"{{{newline}{inner}{newline}{end}}}"
        case _: raise TypeError(f"{type(value).__name__} is not for JSON")


for text in ('{"a": [1, 2.5, -3e2, true, null], "b": {"c": "x\\ny\\u00e9\\ud83d\\ude00"}}', "[]", "{}", ' "plain" ', "-0", "1e5", "[[[[]]]]", '{"k":{"k":{"k":[]}}}'):
    value = loads(text)
    print(value, dumps(value), loads(dumps(value)) == value)
print(dumps(loads('{"name": "tree", "children": [{"name": "leaf", "n": [1, 2]}, []], "e": {}}'), 2))
for bad in ("", "[1, 2", "[1 2]", '{"a" 1}', '{a: 1}', '"open', '"bad \\x"', "[1,]", "nul", "1 2", "-", "1.2.3", '{\n  "a": 1,\n  "b": tru\n}', '"\x01"', "[1]]"):
    try:
        print(loads(bad))
    except JSONError as error:
        print(f"{bad!r}: {error}")
for bad in ({1, 2}, object, b"x"):
    try:
        dumps([bad])
    except TypeError as error:
        print(error)
