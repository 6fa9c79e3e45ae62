"""A JSON reader and writer in plain Python: strings, characters, dictionaries, recursion, exceptions."""
import sys


class Reader:
    def __init__(self, text):
        self.text, self.at = text, 0

    def fail(self, what):
        raise ValueError(f"{what} at {self.at}")

    def skip(self):
        text, at = self.text, self.at
        while at < len(text) and text[at] in " \t\n\r":
            at += 1
        self.at = at
        return text[at] if at < len(text) else ""

    def value(self):
        char = self.skip()
        if char == "{":
            return self.object()
        if char == "[":
            return self.array()
        if char == '"':
            return self.string()
        if char == "-" or char.isdigit():
            return self.number()
        for word, value in (("true", True), ("false", False), ("null", None)):
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return value
        self.fail("unexpected character")

    def object(self):
        self.at += 1
        out = {}
        if self.skip() == "}":
            self.at += 1
            return out
        while True:
            self.skip()
            key = self.string()
            if self.skip() != ":":
                self.fail("expected ':'")
            self.at += 1
            out[key] = self.value()
            char = self.skip()
            self.at += 1
            if char == "}":
                return out
            if char != ",":
                self.fail("expected ','")

    def array(self):
        self.at += 1
        out = []
        if self.skip() == "]":
            self.at += 1
            return out
        while True:
            out.append(self.value())
            char = self.skip()
            self.at += 1
            if char == "]":
                return out
            if char != ",":
                self.fail("expected ','")

    def string(self):
        if self.text[self.at] != '"':
            self.fail("expected a string")
        start = self.at = self.at + 1
        parts = []
        while True:
            char = self.text[self.at]
            if char == '"':
                parts.append(self.text[start:self.at])
                self.at += 1
                return "".join(parts)
            if char == "\\":
                parts.append(self.text[start:self.at])
                escaped = self.text[self.at + 1]
                if escaped == "u":
                    parts.append(chr(int(self.text[self.at + 2:self.at + 6], 16)))
                    self.at += 4
                else:
                    parts.append({"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}.get(escaped, escaped))
                self.at += 2
                start = self.at
            else:
                self.at += 1

    def number(self):
        start = self.at
        while self.at < len(self.text) and self.text[self.at] in "+-0123456789.eE":
            self.at += 1
        text = self.text[start:self.at]
        try:
            return int(text)
        except ValueError:
            return float(text)


def write(value):
    if value is None or value is True or value is False:
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    if isinstance(value, list):
        return "[" + ",".join(write(item) for item in value) + "]"
    return "{" + ",".join(f"{write(key)}:{write(item)}" for key, item in value.items()) + "}"


def sample(n):
    return {"people": [{"id": i, "name": f"Person {i}", "tags": ["a", "b\n", "ü"], "score": i / 7, "active": i % 2 == 0, "parent": None, "path": [i, [i + 1, [i + 2]]]} for i in range(n)]}


def main(rounds):
    text = write(sample(60))
    for _ in range(rounds):
        data = Reader(text).value()
        again = write(data)
    assert again == text
    print(len(text), len(data["people"]))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
