"""A little spreadsheet: a parser of formulas, a graph of dependencies, evaluation with errors as values."""
import functools
import graphlib
import operator
import re
import string
from collections.abc import MutableMapping

TOKEN = re.compile(r"\s*(?:(?P<num>\d+\.?\d*)|(?P<range>[A-Z]\d+:[A-Z]\d+)|(?P<cell>[A-Z]\d+)|(?P<name>[A-Z]+)|(?P<text>\"[^\"]*\")|(?P<op><=|>=|<>|[-+*/^&=<>(),]))")
LEVELS = [{"=": operator.eq, "<>": operator.ne, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge}, {"&": lambda a, b: f"{a}{b}"},
          {"+": operator.add, "-": operator.sub}, {"*": operator.mul, "/": operator.truediv}, {"^": operator.pow}]


class FormulaError(Exception):
    pass


class Parser:
    def __init__(self, text):
        self.tokens, position = [], 0
        while text[position:].strip():
            m = TOKEN.match(text, position)
            if not m:
                raise FormulaError(f"unexpected {text[position:].strip()[0]!r} at {position}")
            self.tokens.append((m.lastgroup, m[m.lastgroup]))
            position = m.end()
        self.at = 0

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else (None, None)

    def take(self, value=None):
        kind, text = self.peek()
        if kind is None or value is not None and text != value:
            raise FormulaError(f"expected {value or 'something'}, got {text or 'the end'}")
        self.at += 1
        return kind, text

    def expression(self, level=0):
        if level == len(LEVELS):
            return self.atom()
        left = self.expression(level + 1)
        while self.peek()[1] in LEVELS[level]:
            op = LEVELS[level][self.take()[1]]
            right = self.expression(level + 1)
            left = ("call", op, [left, right])
        return left

    def atom(self):
        match self.take():
            case "num", text:
                return "value", float(text) if "." in text else int(text)
            case "text", text:
                return "value", text[1:-1]
            case "cell", name:
                return "cell", name
            case "range", both:
                a, b = both.split(":")
                return "range", [f"{c}{r}" for c in string.ascii_uppercase[ord(a[0]) - 65:ord(b[0]) - 64] for r in range(int(a[1:]), int(b[1:]) + 1)]
            case "name", name:
                self.take("(")
                args = []
                while self.peek()[1] != ")":
                    args.append(self.expression())
                    if self.peek()[1] == ",":
                        self.take()
                self.take(")")
                return "function", name, args
            case "op", "-":
                return "call", operator.neg, [self.atom()]
            case "op", "(":
                inside = self.expression()
                self.take(")")
                return inside
            case _, other:
                raise FormulaError(f"unexpected {other}")

    @classmethod
    def parse(cls, text):
        parser = cls(text)
        tree = parser.expression()
        if parser.peek()[0]:
            raise FormulaError(f"left over: {parser.peek()[1]}")
        return tree


class Sheet(MutableMapping):
    functions = {"SUM": lambda *v: sum(flat(v)), "MAX": lambda *v: max(flat(v)), "IF": lambda c, a, b: a if c else b, "LEN": len, "AVG": lambda *v: functools.reduce(operator.add, list(flat(v))) / len(list(flat(v)))}

    def __init__(self, **cells):
        self.cells, self.values = {}, {}
        self.update(cells)

    def __setitem__(self, name, content):
        try:
            self.cells[name] = Parser.parse(content[1:]) if isinstance(content, str) and content.startswith("=") else ("value", content)
        except FormulaError as e:
            self.cells[name] = ("error", str(e))
        self.values = None

    def __getitem__(self, name):
        if self.values is None:
            self.recalculate()
        return self.values[name]

    def __delitem__(self, name):
        del self.cells[name]
        self.values = None

    def __iter__(self):
        return iter(sorted(self.cells))

    def __len__(self):
        return len(self.cells)

    def recalculate(self):
        self.values = {}
        graph = {name: set(needs(tree)) & self.cells.keys() for name, tree in self.cells.items()}
        try:
            order = list(graphlib.TopologicalSorter(graph).static_order())
        except graphlib.CycleError as e:
            cycle = set(e.args[1])
            order = [n for n in graph if n not in cycle]
            self.values.update(dict.fromkeys(cycle, "#CYCLE"))
        for name in order:
            try:
                self.values[name] = self.evaluate(self.cells[name])
            except (ArithmeticError, TypeError, ValueError) as e:
                self.values[name] = f"#{type(e).__name__}"
            except KeyError as e:
                self.values[name] = f"#NAME {e.args[0]}"

    def evaluate(self, tree):
        match tree:
            case "value", value:
                return value
            case "cell", name:
                return self.values.get(name, 0)
            case "range", names:
                return [self.values.get(n, 0) for n in names]
            case "call", op, args:
                return op(*map(self.evaluate, args))
            case "function", name, args:
                return self.functions[name](*map(self.evaluate, args))
            case "error", text:
                raise ValueError(text)


def flat(values):
    for v in values:
        if isinstance(v, list):
            yield from flat(v)
        else:
            yield v


def needs(tree):
    match tree:
        case "cell", name:
            yield name
        case "range", names:
            yield from names
        case (_, *rest):
            for part in flat(rest):
                if isinstance(part, tuple):
                    yield from needs(part)


sheet = Sheet(A1=3, A2=4.5, A3="=A1 + A2 * 2 ^ 2", B1="=SUM(A1:A3, 10) / 2", B2='=IF(A1 < A2, "less" & "!", "more")', B3="=1 / (A1 - 3)", C1="=C2", C2="=C1 + 1", C3="=NOPE(1)", D1="=(1 + ", D2="=A1 $ 2", D3="=LEN(B2) * -2", D4="=MAX(A1:B1)", E1="=B2 + 1", E2="=AVG(A1:A2)", E3="=1 2")
for name, value in sheet.items():
    print(name, repr(value))
sheet["A1"] = 10
del sheet["A2"]
sheet.update(C2=7, D9="=SUM(A1:C9)")
print({k: v for k, v in sheet.items()}, len(sheet), "A2" in sheet, sheet.get("Z9"), sheet.pop("A1"), sheet["A3"])
