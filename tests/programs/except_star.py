"""Exception groups: nesting, splitting, re-raising, and how except* builds what is left."""
import sys


def show(error, depth=0):
    pad = "  " * depth
    notes = "".join(f" [{note}]" for note in getattr(error, "__notes__", ()))
    print(f"{pad}{type(error).__name__}: {error}{notes}")
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            show(inner, depth + 1)


def tree():
    return ExceptionGroup("top", [
        ValueError("v1"),
        ExceptionGroup("left", [TypeError("t1"), ValueError("v2")]),
        ExceptionGroup("right", [ExceptionGroup("deep", [OSError(2, "gone"), KeyError("k")]), ValueError("v3")]),
    ])


show(tree())
for kind in (ValueError, (TypeError, OSError), LookupError, RuntimeError, ExceptionGroup):
    match, rest = tree().split(kind)
    print("--", kind if isinstance(kind, tuple) else kind.__name__)
    for label, part in (("match", match), ("rest", rest)):
        print(label)
        if part is not None:
            show(part, 1)


def handle(error, log):
    try:
        try:
            raise error
        except* ValueError as group:
            log.append(("V", [str(e) for e in leaves(group)]))
        except* (OSError, TypeError) as group:
            log.append(("OT", [type(e).__name__ for e in leaves(group)]))
            raise
        except* KeyError as group:
            log.append(("K", len(group.exceptions)))
            raise RuntimeError("replaced") from group
        else:
            log.append("else")
        finally:
            log.append("finally")
    except BaseException as left:
        return left


def leaves(group):
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from leaves(error)
        else:
            yield error


for error in (tree(), ValueError("alone"), KeyError("alone"), RuntimeError("unmatched"), BaseExceptionGroup("base", [KeyboardInterrupt(), ValueError("x")])):
    log = []
    left = handle(error, log)
    print("==", log)
    if left is not None:
        show(left)
        for inner in getattr(left, "exceptions", ()):
            print("   cause", repr(inner.__cause__), "context", type(inner.__context__).__name__)


class Tagged(ExceptionGroup):
    def __new__(cls, message, errors, tag=None):
        self = super().__new__(cls, message, errors)
        self.tag = tag
        return self

    def derive(self, errors):
        return Tagged(self.message, errors, self.tag)


tagged = Tagged("tagged", [ValueError(1), TypeError(2)], "T")
tagged.add_note("a note")
tagged.__cause__ = KeyError("cause")
part = tagged.subgroup(ValueError)
print(type(part).__name__, part.tag, part.__notes__, repr(part.__cause__), part.__notes__ is tagged.__notes__)
print(tagged.subgroup(lambda e: True) is tagged, tagged.subgroup(lambda e: False), tagged.split(Tagged)[1])


def collect(*actions):
    errors = []
    for action in actions:
        try:
            action()
        except Exception as error:
            errors.append(error)
    if errors:
        raise ExceptionGroup(f"{len(errors)} of {len(actions)} failed", errors)


try:
    collect(lambda: 1 / 0, lambda: {}["x"], lambda: None, lambda: int("z"))
except* ArithmeticError as group:
    print(repr(group), sys.exc_info()[0].__name__)
except* LookupError as group:
    print(repr(group), group.exceptions[0].__traceback__ is not None)
except* ValueError:
    print("in between", type(sys.exception()).__name__)
print(sys.exception())
nested = ExceptionGroup("1", [ExceptionGroup("2", [ExceptionGroup("3", [ValueError("bottom")])])])
try:
    raise nested
except* ValueError as group:
    print(repr(group), group is nested, group.exceptions[0] is nested.exceptions[0])
for x in range(3):
    try:
        if x:
            raise ValueError(x)
    except* ValueError as e:
        if x == 1:
            print("one", e.exceptions)
