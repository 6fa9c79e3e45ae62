"""inspect, typing, types, abc, functools' introspection of signatures and sources."""
import abc
import collections.abc
import functools
import inspect
import types
import typing
from typing import Annotated, Any, Callable, Generic, Literal, NamedTuple, Optional, Protocol, TypedDict, TypeVar, Union, get_args, get_origin, get_type_hints, overload, runtime_checkable

T = TypeVar("T", bound=int)


def f(a: int, /, b: "str" = "x", *args: T, c: Optional[list[int]] = None, **kw: Any) -> Callable[[int], str]:
    """Doc of f.

        indented
    """
    local = a
    return lambda: (local, b)


sig = inspect.signature(f)
print(sig, list(sig.parameters.values())[1].kind, sig.return_annotation, sig.bind(1, "y", 2, c=None, d=4).arguments, inspect.getdoc(f))
print(sig.replace(return_annotation=int), inspect.signature(functools.partial(f, 1, c=[])), inspect.signature(len), inspect.signature(int.from_bytes))
print(get_type_hints(f), inspect.getfullargspec(f), inspect.get_annotations(f, eval_str=True)["b"])
print(inspect.getsource(f).splitlines()[0], inspect.getsourcelines(f)[1], inspect.getclosurevars(f(1)), inspect.cleandoc("  a\n    b\n"))


class Base(abc.ABC):
    @property
    @abc.abstractmethod
    def name(self): ...

    @abc.abstractmethod
    def run(self, x: int) -> int: ...

    @classmethod
    def make(cls): return cls()


class Child(Base):
    """A child."""
    name = "child"
    attr: int = 5

    def run(self, x): return x

    @staticmethod
    def static(): pass


for broken in (lambda: Base(), lambda: inspect.signature(5), lambda: sig.bind(), lambda: inspect.getsource(len), lambda: Literal[1]()):
    try:
        print(broken())
    except Exception as e:
        print(type(e).__name__, e)
print(Child.make().run(3), Base.__abstractmethods__ == {"name", "run"}, inspect.isabstract(Base), [n for n, _ in inspect.getmembers(Child, inspect.isfunction)], inspect.getmro(Child)[1].__name__)
print([(a.name, a.kind) for a in inspect.classify_class_attrs(Child) if not a.name.startswith("_")])
print(inspect.isgeneratorfunction(f), inspect.iscoroutinefunction(f), inspect.isbuiltin(len), inspect.ismethod(Child().run), inspect.getmodule(f).__name__, inspect.currentframe().f_code.co_name)


@runtime_checkable
class Sized2(Protocol):
    def __len__(self) -> int: ...


class Movie(TypedDict, total=False):
    title: str
    year: int


class Pair(NamedTuple):
    x: int
    y: str = "d"


class Box(Generic[T]):
    def __class_getitem__(cls, item):
        return super().__class_getitem__(item)


print(isinstance([], Sized2), isinstance(5, Sized2), Movie(title="x"), Movie.__optional_keys__ == {"title", "year"}, Pair(1), Pair._field_defaults, Pair.__annotations__)
print(Union[int, str, int], Optional[int], int | None, Literal["a", 1], Annotated[int, "meta"], list[T][int], dict[str, T].__parameters__, Callable[..., int], tuple[int, ...], Box[int], type[int])
print(get_origin(dict[str, int]), get_args(Union[int, str]), get_origin(Annotated[int, 5]), get_args(Callable[[int], str]), typing.ForwardRef("X"), T, typing.NewType("Id", int)(5), typing.cast(str, 5), typing.Final[int], typing.ClassVar[int])
for broken in (lambda: Union[5], lambda: Optional[int, str], lambda: T[int], lambda: Generic[int], lambda: isinstance(5, list[int]), lambda: Box[int, str], lambda: Movie.__instancecheck__({})):
    try:
        print(broken())
    except Exception as e:
        print(type(e).__name__, e)
print(types.new_class("New", (Child,), {}, lambda ns: ns.update(z=1)).z, types.SimpleNamespace(a=1, b=[2]), types.MappingProxyType({"a": 1}), types.resolve_bases((list[int],)), types.get_original_bases(Box) if hasattr(types, "get_original_bases") else "")
print([c.__name__ for c in (collections.abc.Mapping, collections.abc.Hashable) if isinstance({}, c)], issubclass(list, collections.abc.MutableSequence), collections.abc.Callable[[int], str])


@functools.singledispatch
def show(x): return "object"


@show.register
def _(x: int): return "int"


@show.register(list)
def _(x): return "list"


@functools.total_ordering
class V:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v
    def __lt__(self, o): return self.v < o.v


@functools.wraps(f)
def wrapper(*a): return f(*a)


print(show(1), show([]), show("s"), show(True), V(1) >= V(0), wrapper.__name__, inspect.unwrap(wrapper) is f, inspect.signature(wrapper) == sig, functools.reduce(lambda a, b: a * 10 + b, [1, 2, 3]))
print(inspect.formatannotation(list[int]), inspect.Parameter("p", inspect.Parameter.KEYWORD_ONLY, default=3), inspect.getattr_static(Child(), "run").__name__, inspect.getgeneratorstate(i for i in ()))
