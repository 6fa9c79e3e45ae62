"""State machines: a table, a generator, classes switching __class__, and a parser of comments."""


def table_machine(rules, start, accept):
    def run(text):
        state = start
        for char in text:
            for (where, test), target in rules.items():
                if where == state and (char in test if isinstance(test, str) else test(char)):
                    state = target
                    break
            else:
                return False
        return state in accept
    return run


number = table_machine({("start", "+-"): "sign", ("start", str.isdigit): "int", ("sign", str.isdigit): "int", ("int", str.isdigit): "int", ("int", "."): "dot", ("dot", str.isdigit): "frac", ("frac", str.isdigit): "frac",
                        ("int", "eE"): "e", ("frac", "eE"): "e", ("e", "+-"): "esign", ("e", str.isdigit): "exp", ("esign", str.isdigit): "exp", ("exp", str.isdigit): "exp"}, "start", {"int", "frac", "exp"})
for text in ("1", "-12.5", "+3e10", "1.", ".5", "1e", "1e+", "2.5E-3", "", "abc", "1.2.3", "--1"):
    try:
        float(text)
        valid = True
    except ValueError:
        valid = False
    print(f"{text!r:<10} {number(text)!s:<6} float: {valid}")


def strip_comments():
    """Yields the text without C-like comments; strings are left alone. Driven by send()."""
    out, state, char = [], "code", None
    while True:
        char = yield "".join(out) if char is None else None
        if char is None:
            out.clear()
            continue
        match state, char:
            case "code", "/":
                state = "slash"
            case "code", '"':
                state = "string"
                out.append(char)
            case "code", _:
                out.append(char)
            case "slash", "/":
                state = "line"
            case "slash", "*":
                state = "block"
            case "slash", _:
                out += "/", char
                state = "code"
            case "line", "\n":
                out.append(char)
                state = "code"
            case "block", "*":
                state = "star"
            case "star", "/":
                out.append(" ")
                state = "code"
            case "star", c if c != "*":
                state = "block"
            case "string", "\\":
                out.append(char)
                state = "escape"
            case "string", '"':
                out.append(char)
                state = "code"
            case ("string" | "escape"), _:
                out.append(char)
                state = "string"


machine = strip_comments()
next(machine)
source = 'int x = 1; // one\nint /* the second */ y = 4 / 2; /* ** */ char *s = "// not \\" a comment /* nor this";\n/* open'
for char in source:
    machine.send(char)
print(machine.send(None))


class Door:
    """An object whose class is its state."""
    def __init__(self): self.log, self.__class__ = [], Closed
    def __repr__(self): return f"{type(self).__name__}{self.log}"
    def to(self, cls): self.log.append(type(self).__name__[0] + cls.__name__[0]); self.__class__ = cls
    def open(self): raise RuntimeError(f"cannot open when {type(self).__name__}")
    def close(self): raise RuntimeError(f"cannot close when {type(self).__name__}")
    def lock(self): raise RuntimeError(f"cannot lock when {type(self).__name__}")
    def unlock(self): raise RuntimeError(f"cannot unlock when {type(self).__name__}")


class Open(Door):
    def close(self): self.to(Closed)


class Closed(Door):
    def open(self): self.to(Open)
    def lock(self): self.to(Locked)


class Locked(Door):
    def unlock(self): self.to(Closed)


door = Door()
for action in "open close close lock open unlock lock unlock open lock".split():
    try:
        getattr(door, action)()
    except RuntimeError as error:
        print(error)
print(door, isinstance(door, Open), [c.__name__ for c in Door.__subclasses__()])


def traffic():
    while True:
        for light, seconds in (("green", 3), ("yellow", 1), ("red", 2)):
            while seconds:
                command = yield light
                if command == "emergency":
                    for _ in range(2):
                        yield "flashing"
                    break
                seconds -= command != "hold"


light = traffic()
print(next(light), [light.send(c) for c in (None, None, "hold", "hold", None, None, "emergency", None, None, None, None, None)])


class Vending:
    PRICES = {"tea": 120, "cake": 250}

    def __init__(self): self.credit, self.state, self.sold = 0, self.idle, []

    def idle(self, event):
        match event:
            case ("coin", (10 | 20 | 50 | 100 | 200) as value):
                self.credit += value
                return self.paying
            case ("coin", value):
                return f"{value} rejected"
            case ("select", _):
                return "insert coins"

    def paying(self, event):
        match event:
            case ("coin", int(value)) if value in (10, 20, 50, 100, 200):
                self.credit += value
            case ("select", item) if (price := self.PRICES.get(item)) is None:
                return f"no {item}"
            case ("select", item) if self.credit < price:
                return f"{price - self.credit} missing"
            case ("select", item):
                self.credit -= price
                self.sold.append(item)
                change, self.credit = self.credit, 0
                self.state = self.idle
                return f"{item}, {change} back"
            case ("cancel",):
                change, self.credit = self.credit, 0
                self.state = self.idle
                return f"{change} returned"
            case _:
                return "?"

    def __call__(self, *event):
        result = self.state(event)
        if callable(result):
            self.state = result
            result = None
        return result or f"credit {self.credit}"


vending = Vending()
for event in (("select", "tea"), ("coin", 3), ("coin", 100), ("coin", 50), ("select", "soup"), ("select", "cake"), ("select", "tea"), ("coin", 20), ("cancel",), ("coin", 200), ("dance", 1), ("coin", 50), ("select", "cake")):
    print(event, vending(*event))
print(vending.sold, vending.state.__name__)
