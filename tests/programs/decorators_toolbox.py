"""Decorators with and without arguments, on functions and classes: timing-free toolbox."""


def wraps(original):
    def apply(wrapper):
        for attribute in ("__name__", "__qualname__", "__doc__", "__module__"):
            setattr(wrapper, attribute, getattr(original, attribute))
        wrapper.__dict__.update(original.__dict__)
        wrapper.__wrapped__ = original
        return wrapper
    return apply


def traced(function=None, *, indent="  ", out=print):
    if function is None:
        return lambda f: traced(f, indent=indent, out=out)
    depth = 0

    @wraps(function)
    def wrapper(*args, **kwargs):
        nonlocal depth
        shown = ", ".join([*map(repr, args), *(f"{k}={v!r}" for k, v in kwargs.items())])
        out(f"{indent * depth}{function.__name__}({shown})")
        depth += 1
        try:
            result = function(*args, **kwargs)
        except Exception as error:
            out(f"{indent * (depth - 1)}! {type(error).__name__}")
            raise
        finally:
            depth -= 1
        out(f"{indent * depth}-> {result!r}")
        return result
    return wrapper


def retry(times, *errors):
    def decorate(function):
        @wraps(function)
        def wrapper(*args):
            failures = []
            for attempt in range(1, times + 1):
                try:
                    return function(*args, attempt)
                except errors as error:
                    failures.append(error)
            raise ExceptionGroup(f"{function.__name__} failed {times} times", failures)
        return wrapper
    return decorate


def typed(function):
    """Checks arguments against the annotations."""
    hints = function.__annotations__
    names = function.__code__.co_varnames[:function.__code__.co_argcount]

    @wraps(function)
    def wrapper(*args, **kwargs):
        for name, value in [*zip(names, args), *kwargs.items()]:
            if name in hints and not isinstance(value, hints[name]):
                raise TypeError(f"{function.__name__}: {name} is {type(value).__name__}, wanted {hints[name]}")
        result = function(*args, **kwargs)
        if "return" in hints and not isinstance(result, hints["return"]):
            raise TypeError(f"{function.__name__} returned {result!r}")
        return result
    return wrapper


def singleton(cls):
    instances = {}

    def get(*args):
        return instances.setdefault(cls, None) or instances.__setitem__(cls, cls(*args)) or instances[cls]
    return get


def total_order(cls):
    def derive(name, function):
        function.__name__ = name
        if name not in cls.__dict__:
            setattr(cls, name, function)
    derive("__gt__", lambda self, other: other < self)
    derive("__le__", lambda self, other: not other < self)
    derive("__ge__", lambda self, other: not self < other)
    return cls


@traced
def ackermann(m, n):
    """The usual one."""
    if m == 0:
        return n + 1
    return ackermann(m - 1, 1 if n == 0 else ackermann(m, n - 1))


print(ackermann(1, 1), ackermann.__name__, ackermann.__doc__, ackermann.__wrapped__ is not ackermann)


@traced(indent="..")
def divide(a, *, by):
    return a / by


try:
    divide(1, by=0)
except ZeroDivisionError as error:
    print("caught", error)


@retry(3, ValueError, KeyError)
def flaky(limit, attempt):
    if attempt < limit:
        raise (ValueError if attempt % 2 else KeyError)(attempt)
    return f"worked at {attempt}"


print(flaky(1), flaky(3))
try:
    flaky(9)
except ExceptionGroup as group:
    print(group, [repr(e) for e in group.exceptions])


@typed
def repeat(text: str, n: int | None = 2) -> str:
    return text * (n or 0) if n != 7 else 7


for args in (("ab",), ("ab", 3), ("ab", None), (1, 2), ("ab", "c"), ("ab", 7)):
    try:
        print(repeat(*args))
    except TypeError as error:
        print(error)


@singleton
class Config:
    def __init__(self, *args): self.args = args


print(Config(1, 2) is Config(3), Config().args)


@total_order
class Version:
    def __init__(self, text): self.parts = tuple(map(int, text.split(".")))
    def __lt__(self, other): return self.parts < other.parts
    def __eq__(self, other): return self.parts == other.parts
    def __repr__(self): return ".".join(map(str, self.parts))


versions = [Version(v) for v in ("1.10", "1.9", "0.1", "1.9.1")]
print(sorted(versions), max(versions), versions[0] >= versions[1], versions[0] <= versions[1], versions[2] > versions[3])
