"""Context managers written by hand: stacks, generators, suppression, redirection, nesting order."""


class contextmanager:
    """Turns a generator function into a context manager factory."""

    def __init__(self, function):
        self.function = function

    def __call__(self, *args, **kwargs):
        return _Context(self.function(*args, **kwargs))


class _Context:
    def __init__(self, generator):
        self.generator = generator

    def __enter__(self):
        try:
            return next(self.generator)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None

    def __exit__(self, kind, value, traceback):
        if kind is None:
            try:
                next(self.generator)
            except StopIteration:
                return False
            raise RuntimeError("generator didn't stop")
        try:
            self.generator.throw(kind, value, traceback)
        except StopIteration as stop:
            return stop is not value
        except BaseException as error:
            if error is not value:
                raise
            return False
        raise RuntimeError("generator didn't stop after throw")


class ExitStack:
    def __init__(self):
        self.callbacks = []

    def enter(self, manager):
        value = type(manager).__enter__(manager)
        self.callbacks.append(lambda *info: type(manager).__exit__(manager, *info))
        return value

    def callback(self, function, *args):
        self.callbacks.append(lambda *info: function(*args) and None)

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        current = value
        while self.callbacks:
            info = (type(current), current, current.__traceback__) if current else (None, None, None)
            try:
                if self.callbacks.pop()(*info):
                    current = None
            except BaseException as error:
                current = error
        if current is not None and current is not value:
            raise current
        return current is None and value is not None


@contextmanager
def tag(name):
    print(f"<{name}>")
    try:
        yield name
    except ValueError as error:
        print(f"({name} saw {error})")
        raise
    finally:
        print(f"</{name}>")


@contextmanager
def suppress(*kinds):
    try:
        yield
    except kinds as error:
        print("suppressed", repr(error))


@contextmanager
def translate(kind, new):
    try:
        yield
    except kind as error:
        raise new(f"was {error}") from error


@contextmanager
def no_yield():
    if False:
        yield


@contextmanager
def two_yields():
    yield 1
    yield 2


with tag("html") as outer, tag("body"):
    print(outer)
with suppress(ValueError), tag("p"), tag("b"):
    raise ValueError("inner")
for manager in (no_yield, two_yields):
    try:
        with manager() as value:
            print("body", value)
    except RuntimeError as error:
        print(error)
try:
    with translate(KeyError, LookupError):
        {}["missing"]
except LookupError as error:
    print(repr(error), repr(error.__cause__))
with ExitStack() as stack:
    names = [stack.enter(tag(n)) for n in "abc"]
    stack.callback(print, "called", "back")
    print(names)
try:
    with ExitStack() as stack:
        stack.enter(suppress(TypeError))
        stack.enter(translate(ZeroDivisionError, TypeError))
        stack.callback(print, "before translation")
        1 / 0
    print("went on")
    with ExitStack() as stack:
        stack.callback(lambda: [][0])
        stack.enter(tag("t"))
        raise ValueError("first")
except IndexError as error:
    print(repr(error), "context", repr(error.__context__))


class Transaction(dict):
    def __enter__(self):
        self.saved = dict(self)
        return self

    def __exit__(self, kind, value, traceback):
        if kind:
            self.clear()
            self.update(self.saved)
        del self.saved
        return kind is not None and issubclass(kind, Exception)


accounts = Transaction(a=10, b=5)
with accounts as t:
    t["a"] -= 3
    t["b"] += 3
print(accounts)
with accounts:
    accounts["a"] -= 100
    accounts["c"]
print(accounts, vars(accounts))


def early(n):
    for i in range(n):
        with tag(str(i)):
            if i == 0:
                continue
            if i == 1:
                break
    with tag("return"):
        return "value"


print(early(5))


class Broken:
    def __enter__(self): return self
    def __exit__(self, *info): raise KeyError("exit")


try:
    with Broken():
        raise ValueError("body")
except KeyError as error:
    print(repr(error), repr(error.__context__))
