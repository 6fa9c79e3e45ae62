"""A framework of plug-ins: registration by decorators and __init_subclass__, dependency injection by annotations, lazy attributes, events, pickled state."""
import contextlib
import copy
import functools
import inspect
import io
import pickle
import types
import typing
import weakref
from abc import ABC, abstractmethod


class Container:
    def __init__(self):
        self.makers, self.made = {}, {}

    def provides(self, maker):
        self.makers[typing.get_type_hints(maker)["return"]] = maker
        return maker

    def get(self, cls, _path=()):
        if cls in _path:
            raise RecursionError(" -> ".join(c.__name__ for c in (*_path, cls)))
        if cls not in self.made:
            maker = self.makers.get(cls, cls)
            hints = typing.get_type_hints(maker if inspect.isfunction(maker) else maker.__init__)
            hints.pop("return", None)
            self.made[cls] = maker(**{name: self.get(kind, (*_path, cls)) for name, kind in hints.items()})
        return self.made[cls]


class Signal:
    def __init__(self):
        self.receivers = []

    def connect(self, f):
        self.receivers.append(weakref.WeakMethod(f) if inspect.ismethod(f) else weakref.ref(f))
        return f

    def send(self, *args):
        results = []
        for ref in self.receivers[:]:
            f = ref()
            if f is None:
                self.receivers.remove(ref)
            else:
                results.append(f(*args))
        return results


class lazy:
    def __init__(self, f):
        functools.update_wrapper(self, f)
        self.f = f

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        value = instance.__dict__[self.name] = self.f(instance)
        return value


class Plugin(ABC):
    known: typing.ClassVar[dict[str, type]] = {}
    name: str

    def __init_subclass__(cls, /, name=None, **kw):
        super().__init_subclass__(**kw)
        cls.name = name or cls.__name__.lower()
        if not inspect.isabstract(cls):
            Plugin.known[cls.name] = cls

    @abstractmethod
    def run(self, text: str) -> str: ...

    def __class_getitem__(cls, name):
        return cls.known[name]

    @lazy
    def cost(self):
        """Computed once."""
        print("computing", self.name)
        return len(self.name)


class Upper(Plugin):
    def run(self, text):
        return text.upper()


class Count(Plugin, name="wc"):
    def __init__(self, start=0):
        self.n = start

    def run(self, text):
        self.n += len(text.split())
        return f"{text} ({self.n})"

    def __getstate__(self):
        return {"n": self.n, "version": 2}

    def __setstate__(self, state):
        self.n = state["n"] + 100


class Log:
    def __init__(self):
        self.lines = []

    def write(self, *parts):
        self.lines.append(" ".join(map(str, parts)))


class Pipeline:
    def __init__(self, log: Log, first: Upper, second: Count):
        self.log, self.steps = log, [first, second]
        self.done = Signal()

    def __call__(self, text):
        for step in self.steps:
            text = step.run(text)
            self.log.write(step.name, text)
        self.done.send(text)
        return text

    def __or__(self, other):
        twin = copy.copy(self)
        twin.steps = [*self.steps, other]
        return twin


container = Container()


@container.provides
def make_counter() -> Count:
    return Count(10)


pipe = container.get(Pipeline)
seen = []
pipe.done.connect(listener := lambda text: seen.append(text))
print(pipe("hello big world"), (pipe | Plugin["upper"]())("x y"), seen, container.get(Log).lines, container.get(Pipeline) is pipe)
del listener
print(pipe.done.send("gone"), len(pipe.done.receivers), sorted(Plugin.known), Plugin["wc"] is Count, Upper().cost, (u := Upper()).cost + u.cost, Upper.cost.__doc__)
restored = pickle.loads(pickle.dumps([pipe.steps[1]] * 2))
print(restored[0].n, restored[0] is restored[1], vars(restored[0]), copy.deepcopy(pipe.steps[1]).n)


class A:
    def __init__(self, b: "B"): ...


class B:
    def __init__(self, a: A): ...


for broken in (lambda: container.get(A), lambda: Plugin(), lambda: Plugin["none"], lambda: container.get(int | str)):
    try:
        print(broken())
    except Exception as e:
        print(type(e).__name__, str(e)[:60])
module = types.ModuleType("late")
exec("from __main__ import Plugin\nclass Late(Plugin, name='late'):\n    def run(self, text): return text[::-1]\n", module.__dict__)
with contextlib.redirect_stdout(io.StringIO()) as out:
    print(Plugin["late"]().run("abc"))
print(out.getvalue(), module.Late.__mro__[1].__name__, module.Late.__qualname__, inspect.signature(Pipeline), Plugin.run.__isabstractmethod__)
