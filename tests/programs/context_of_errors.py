"""Error handling in layers: retries, wrapping, groups, notes, cleanup, and the report a caller sees."""
import sys


class AppError(Exception):
    def __init__(self, message, **details):
        super().__init__(message)
        self.details = details
    def __str__(self): return self.args[0] + "".join(f" [{k}={v!r}]" for k, v in self.details.items())


class Retry(AppError): pass
class Fatal(AppError): pass


def report(error, depth=0, seen=None):
    seen = seen if seen is not None else set()
    pad = "  " * depth
    if id(error) in seen:
        return [pad + "(again)"]
    seen.add(id(error))
    lines = [f"{pad}{type(error).__qualname__}: {error}"]
    lines += [f"{pad}  note: {n}" for n in getattr(error, "__notes__", [])]
    frames, tb = [], error.__traceback__
    while tb:
        frames.append(f"{tb.tb_frame.f_code.co_name}+{tb.tb_lineno - tb.tb_frame.f_code.co_firstlineno}" if tb.tb_frame.f_code.co_name != "<module>" else "<module>")
        tb = tb.tb_next
    lines.append(f"{pad}  at {' > '.join(frames) or 'nowhere'}")
    for inner in getattr(error, "exceptions", ()):
        lines += report(inner, depth + 2, seen)
    if error.__cause__ is not None:
        lines += [pad + "  because:"] + report(error.__cause__, depth + 2, seen)
    elif error.__context__ is not None and not error.__suppress_context__:
        lines += [pad + "  while handling:"] + report(error.__context__, depth + 2, seen)
    return lines


def retrying(times):
    def decorate(f):
        def wrapper(*args):
            errors = []
            for attempt in range(times):
                try:
                    return f(*args, attempt)
                except Retry as error:
                    error.add_note(f"attempt {attempt + 1} of {times}")
                    errors.append(error)
                except Fatal:
                    raise
                except Exception as error:
                    raise AppError("unexpected", function=f.__name__) from error
            raise ExceptionGroup(f"{f.__name__} gave up", errors)
        return wrapper
    return decorate


@retrying(3)
def fetch(what, attempt):
    match what:
        case "good": return "value"
        case "late" if attempt == 2: return "value at last"
        case "late": raise Retry("not yet", n=attempt)
        case "never": raise Retry("no luck", n=attempt)
        case "fatal": raise Fatal("stop")
        case "bug": return {}["missing"]
        case "chain":
            try:
                1 / 0
            except ZeroDivisionError:
                raise Retry("after division")


for what in ("good", "late", "never", "fatal", "bug", "chain"):
    try:
        print(what, "->", fetch(what))
    except Exception as error:
        print(*report(error), sep="\n")


class Cleanup:
    def __init__(self, *steps): self.steps = steps
    def __enter__(self): return self
    def __exit__(self, kind, value, tb):
        problems = []
        for step in self.steps:
            try:
                step()
            except Exception as error:
                problems.append(error)
        if problems:
            raise ExceptionGroup("cleanup failed", problems) from value


def fail(kind, *args): raise kind(*args)


for body, steps in ((lambda: None, []), (lambda: fail(ValueError, "body"), []), (lambda: None, [lambda: fail(OSError, 5, "io")]), (lambda: fail(ValueError, "body"), [lambda: fail(OSError, 5, "io"), lambda: None, lambda: [][1]])):
    try:
        with Cleanup(*steps):
            body()
        print("clean")
    except Exception as error:
        print(*report(error), sep="\n")


def sort_out(error):
    try:
        raise error
    except* OSError as group:
        print("io:", [e.errno for e in group.exceptions])
    except* (ValueError, LookupError) as group:
        raise AppError("data problem", count=len(group.exceptions)) from group


mixed = ExceptionGroup("mixed", [OSError(1, "a"), ValueError("v"), KeyError("k"), ExceptionGroup("in", [OSError(2, "b"), TypeError("t")])])
for error in (OSError(9, "single"), mixed, ValueError("only")):
    try:
        sort_out(error)
    except BaseException as left:
        print(*report(left), sep="\n")
first = ValueError("first")
second = KeyError("second")
first.__context__, second.__context__ = second, first
print(*report(first), sep="\n")
try:
    try:
        raise first
    except ValueError:
        raise second
except KeyError as error:
    print(*report(error), sep="\n")


def nested(n):
    try:
        if n == 0: fail(LookupError, "bottom")
        nested(n - 1)
    except Exception as error:
        if n % 2: raise RuntimeError(f"level {n}") from error
        error.add_note(f"passed level {n}")
        raise


try:
    nested(4)
except Exception as error:
    print(*report(error), sep="\n")
print(sys.exc_info() == (None, None, None))
