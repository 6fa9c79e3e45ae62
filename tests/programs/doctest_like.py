"""Runs the examples in docstrings through compile(..., 'single') and a display hook, like a shell would."""
import sys


class Shell:
    def __init__(self, **names): self.names, self.out = {"__name__": "shell", **names}, []

    def run(self, source):
        self.out, shown = [], sys.displayhook
        sys.displayhook = lambda value: value is not None and self.out.append(repr(value))
        self.names["print"] = lambda *a, sep=" ", end="\n": self.out.extend((sep.join(map(str, a)) + end).rstrip("\n").split("\n"))
        try:
            exec(compile(source, "<shell>", "single"), self.names)
        except Exception as error:
            self.out.append("Traceback (most recent call last):")
            self.out.append(f"{type(error).__name__}: {error}")
        finally:
            sys.displayhook = shown
        return self.out


def examples(doc):
    source, expected = [], []
    for line in (doc or "").splitlines() + [">>>"]:
        line = line.strip()
        if line.startswith(">>>"):
            if source:
                yield "\n".join(source) + "\n", expected
            source, expected = [line[4:]] if line[4:] else [], []
        elif line.startswith("...") and source:
            source.append("    " * line.startswith("...     ") + line[4:].lstrip() if line[4:] else "")
        elif line and source:
            expected.append(line)


def check(obj, names):
    shell, good, bad = Shell(**names), 0, 0
    for source, expected in examples(obj.__doc__):
        got = shell.run(source)
        if expected[:1] == ["Traceback (most recent call last):"]:
            expected = [expected[0], expected[-1]]
        if got == expected:
            good += 1
        else:
            bad += 1
            print(f"in {obj.__name__}: {source.strip()!r} gave {got}, expected {expected}")
    return good, bad


def gcd(a, b):
    """
    >>> gcd(12, 18)
    6
    >>> gcd(7, 0), gcd(0, 0)
    (7, 0)
    >>> gcd(1.5, 'x')
    Traceback (most recent call last):
      anything
    TypeError: unsupported operand type(s) for %: 'float' and 'str'
    >>> for n in range(3):
    ...     print(gcd(n, 4))
    4
    1
    2
    >>> x = gcd(100, 75); x
    25
    >>> gcd(2, 4)
    3
    """
    while b:
        a, b = b, a % b
    return a


class Stack(list):
    """
    >>> s = Stack('ab')
    >>> s
    Stack(['a', 'b'])
    >>> s.push(1).push(2)
    Stack(['a', 'b', 1, 2])
    >>> s.top
    2
    >>> Stack().top
    Traceback (most recent call last):
    IndexError: list index out of range
    >>> class Sub(Stack):
    ...     pass
    ...
    >>> Sub([1])
    Sub([1])
    >>> if s:
    ...     len(s)
    ...
    4
    >>> None
    >>> print('a', 'b', sep='-')
    a-b
    """
    __slots__ = ()
    def push(self, x): self.append(x); return self
    @property
    def top(self): return self[-1]
    def __repr__(self): return f"{type(self).__name__}({super().__repr__()})"


def syntax():
    """
    >>> 1 +
    Traceback (most recent call last):
    SyntaxError: invalid syntax (<shell>, line 1)
    >>> def f(x): return x * 2
    ...
    >>> f(21)
    42
    >>> f('ab'); f(2)
    'abab'
    4
    >>> [f(i) for i in range(3)]
    [0, 2, 4]
    >>> lambda: 0 # doctest
    wrong on purpose
    """


names = {"gcd": gcd, "Stack": Stack}
for obj in (gcd, Stack):
    print(obj.__name__, check(obj, names))
good, bad = 0, 0
for source, expected in list(examples(syntax.__doc__))[:-1]:
    good += Shell(f=lambda x: x * 2).run(source)[-1:] == expected[-1:] or source.startswith("def")
print("syntax", good)
