"""sys.argv: a small option parser."""
import sys


class UsageError(Exception):
    pass


def parse(argv, flags, options):
    seen, rest, it = {}, [], iter(argv)
    for word in it:
        match word.partition("="):
            case ("--", "", ""):
                rest += it
            case (name, "=", value) if name.removeprefix("--") in options and name.startswith("--"):
                key = name[2:]
                seen[key] = options[key](value)
            case (name, "", "") if name.startswith("--") and name[2:] in options:
                try:
                    seen[name[2:]] = options[name[2:]](next(it))
                except StopIteration:
                    raise UsageError(f"{name} needs a value") from None
            case (name, "", "") if name.startswith("--") and name[2:] in flags:
                seen[name[2:]] = True
            case (name, *_) if name.startswith("-") and name != "-":
                for letter in word[1:]:
                    if full := next((f for f in flags if f.startswith(letter)), None):
                        seen[full] = seen.get(full, 0) + 1
                    else:
                        raise UsageError(f"unknown option -{letter} in {word}")
            case _:
                rest.append(word)
    return seen, rest


print(len(sys.argv), sys.argv[1:])
try:
    print(parse(sys.argv[1:], ("verbose", "quiet"), {"count": int, "name": str}))
except UsageError as error:
    sys.exit(f"usage: {error}")
for argv in (["-vvq", "x"], ["--count=5", "--name", "a b"], ["--", "-v"], ["-"], ["--name"], ["-x"], ["--nope"], ["--count=abc"], []):
    try:
        print(argv, parse(argv, ("verbose", "quiet"), {"count": int, "name": str}))
    except (UsageError, ValueError) as error:
        print(argv, type(error).__name__, error)
sys.exit(len(sys.argv))
