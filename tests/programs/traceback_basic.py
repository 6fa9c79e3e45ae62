"""An uncaught error a few calls deep: the traceback on stderr, exit status 1."""
import sys


def parse(text):
    key, _, value = text.partition("=")
    return key.strip(), int(value)


def load(lines):
    return dict(parse(line) for line in lines if line)


class Settings:
    def __init__(self, lines):
        self.values = load(lines)

    def __getitem__(self, key):
        return self.values[key]


good = Settings(["width = 10", "", "height=20"])
print(good["width"] * good["height"])
try:
    good["depth"]
except KeyError as error:
    print("KeyError", error)
print("before", flush=True)
bad = Settings(["width = 10",
                "height = tall"])
print("never")
