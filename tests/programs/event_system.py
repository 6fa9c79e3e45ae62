"""Signals, observers, bound methods, weak-free unsubscription, priorities, and exceptions in handlers."""


class Signal:
    def __init__(self, name): self.name, self.slots = name, []

    def connect(self, slot=None, *, priority=0, once=False):
        if slot is None:
            return lambda f: self.connect(f, priority=priority, once=once)
        self.slots.append((priority, len(self.slots), slot, once))
        self.slots.sort(key=lambda entry: (-entry[0], entry[1]))
        return slot

    def disconnect(self, slot):
        before = len(self.slots)
        self.slots = [entry for entry in self.slots if entry[2] != slot]
        if len(self.slots) == before:
            raise LookupError(f"{getattr(slot, '__qualname__', slot)} is not connected to {self.name}")

    def __call__(self, *args, **kwargs):
        results, errors = [], []
        for entry in list(self.slots):
            *_, slot, once = entry
            if once:
                self.slots.remove(entry)
            try:
                results.append(slot(*args, **kwargs))
            except StopIteration:
                break
            except Exception as error:
                error.add_note(f"in slot {getattr(slot, '__name__', '?')} of {self.name}")
                errors.append(error)
        if errors:
            raise ExceptionGroup(f"{self.name}: {len(errors)} slots failed", errors)
        return results

    def __set_name__(self, owner, name): self.attribute = "_signal_" + name

    def __get__(self, obj, cls=None):
        if obj is None:
            return self
        return obj.__dict__.setdefault(self.attribute, Signal(f"{cls.__name__}.{self.name}"))

    def __iadd__(self, slot): self.connect(slot); return self
    def __isub__(self, slot): self.disconnect(slot); return self
    def __set__(self, obj, value): assert value is obj.__dict__[self.attribute], "signals cannot be replaced"
    def __len__(self): return len(self.slots)
    def __contains__(self, slot): return any(entry[2] == slot for entry in self.slots)


class Button:
    clicked = Signal("clicked")
    moved = Signal("moved")

    def __init__(self, label): self.label = label
    def click(self, n=1): return self.clicked(self.label, n)


class Logger:
    def __init__(self): self.lines = []
    def log(self, label, n): self.lines.append(f"{label} x{n}"); return len(self.lines)


a, b, logger = Button("a"), Button("b"), Logger()
a.clicked += logger.log
b.clicked.connect(logger.log)
a.clicked.connect(lambda label, n: f"lambda {label}", priority=5)


@a.clicked.connect(priority=10, once=True)
def first(label, n): return "first, only once"


print(a.click(), a.click(2), b.click(3), logger.lines)
print(len(a.clicked), logger.log in a.clicked, first in a.clicked, len(b.moved), a.clicked is a.clicked, a.clicked is not b.clicked, type(Button.clicked).__name__)
a.clicked -= logger.log
try:
    a.clicked -= logger.log
except LookupError as error:
    print(error)
try:
    a.clicked = Signal("other")
except AssertionError as error:
    print(error)


@b.clicked.connect
def failing(label, n): raise ValueError(f"{label} {n}")


@b.clicked.connect
def also_failing(label, n): return label / n


b.clicked.connect(lambda *args: "still called")
try:
    b.click(0)
except ExceptionGroup as group:
    print(group.message)
    for error in group.exceptions:
        print("  ", type(error).__name__, error, error.__notes__)


@b.clicked.connect(priority=99)
def stop(label, n):
    if n == 7: raise StopIteration
    return "going on"


print(b.click(7))
try:
    b.click(1)
except* ValueError as group:
    print("values", len(group.exceptions))
except* TypeError as group:
    print("types", len(group.exceptions))
chain = Signal("chain")
trail = []


@chain.connect
def grow(n):
    trail.append(n)
    if n:
        chain.connect(lambda m, n=n: trail.append(("late", n, m)), once=True)
        chain(n - 1)


chain(3)
print(trail, len(chain))


class Property:
    """An attribute that tells when it changes."""
    def __set_name__(self, owner, name): self.name = name
    def __get__(self, obj, cls): return obj.__dict__[self.name] if obj else self
    def __set__(self, obj, value):
        old = obj.__dict__.get(self.name)
        obj.__dict__[self.name] = value
        if old != value:
            obj.changed(self.name, old, value)


class Model:
    changed = Signal("changed")
    x, y = Property(), Property()


m, seen = Model(), []
m.changed.connect(lambda *change: seen.append(change))
m.changed.connect(lambda name, old, new: name == "x" and setattr(m, "y", new * 2))
m.x = 1
m.x = 1
m.x = 5
m.y = 0
print(seen, m.x, m.y)
