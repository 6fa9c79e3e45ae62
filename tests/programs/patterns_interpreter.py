"""An arithmetic language: tokenizer, parser and evaluator written with match statements."""


class Num:
    __match_args__ = ("value",)
    def __init__(self, value): self.value = value
    def __repr__(self): return f"Num({self.value})"


class Var:
    __match_args__ = ("name",)
    def __init__(self, name): self.name = name
    def __repr__(self): return f"Var({self.name!r})"


class Op:
    __match_args__ = ("sign", "left", "right")
    def __init__(self, sign, left, right): self.sign, self.left, self.right = sign, left, right
    def __repr__(self): return f"Op({self.sign!r}, {self.left}, {self.right})"


class Call:
    __match_args__ = ("name", "args")
    def __init__(self, name, args): self.name, self.args = name, args
    def __repr__(self): return f"Call({self.name!r}, {self.args})"


class ParseError(Exception):
    pass


def tokens(text):
    i = 0
    while i < len(text):
        match text[i]:
            case " " | "\t":
                i += 1
            case "+" | "-" | "*" | "/" | "^" | "(" | ")" | "," | "=" as symbol:
                yield symbol, i
                i += 1
            case c if c.isdigit() or c == ".":
                start = i
                while i < len(text) and (text[i].isdigit() or text[i] == "."):
                    i += 1
                number = text[start:i]
                yield (float(number) if "." in number else int(number)), start
            case c if c.isidentifier():
                start = i
                while i < len(text) and text[start:i + 1].isidentifier():
                    i += 1
                yield ("name", text[start:i]), start
            case c:
                raise ParseError(f"unexpected {c!r} at {i}")
    yield None, i


LEVELS = {"=": (1, "right"), "+": (2, "left"), "-": (2, "left"), "*": (3, "left"), "/": (3, "left"), "^": (5, "right")}


class Parser:
    def __init__(self, text):
        self.tokens = list(tokens(text))
        self.at = 0

    @property
    def peek(self):
        return self.tokens[self.at][0]

    def take(self, expected=None):
        token, place = self.tokens[self.at]
        if expected is not None and token != expected:
            raise ParseError(f"expected {expected!r} at {place}, found {token!r}")
        self.at += 1
        return token

    def parse(self):
        tree = self.expression(0)
        self.take() if self.peek is None else self.take("end")
        return tree

    def expression(self, level):
        left = self.atom()
        while isinstance(self.peek, str) and self.peek in LEVELS:
            precedence, side = LEVELS[self.peek]
            if precedence <= level:
                break
            sign = self.take()
            left = Op(sign, left, self.expression(precedence - (side == "right")))
        return left

    def atom(self):
        match self.take():
            case int() | float() as number:
                return Num(number)
            case ("name", name) if self.peek == "(":
                self.take()
                args = []
                while self.peek != ")":
                    args.append(self.expression(0))
                    if self.peek == ",":
                        self.take()
                self.take(")")
                return Call(name, args)
            case ("name", name):
                return Var(name)
            case "-":
                return Op("-", Num(0), self.expression(4))
            case "(":
                inner = self.expression(0)
                self.take(")")
                return inner
            case other:
                raise ParseError(f"no expression starts with {other!r}")


def simplify(tree):
    match tree:
        case Op(sign, left, right):
            match sign, simplify(left), simplify(right):
                case ("+", Num(0), x) | ("+", x, Num(0)) | ("*", Num(1), x) | ("*", x, Num(1)) | ("^", x, Num(1)):
                    return x
                case "*", (Num(0) as zero), _:
                    return zero
                case "*", _, Num(value=0) as zero:
                    return zero
                case ("+" | "-" | "*") as s, Num(a), Num(b):
                    return Num({"+": a + b, "-": a - b, "*": a * b}[s])
                case s, l, r:
                    return Op(s, l, r)
        case Call(name, [*args]):
            return Call(name, [simplify(a) for a in args])
    return tree


def evaluate(tree, env):
    match tree:
        case Num(value):
            return value
        case Var(name) if name in env:
            return env[name]
        case Var(name):
            raise NameError(f"{name} has no value")
        case Op("=", Var(name), right):
            env[name] = value = evaluate(right, env)
            return value
        case Op("=", left, _):
            raise ParseError(f"cannot assign to {left}")
        case Op(sign, left, right):
            a, b = evaluate(left, env), evaluate(right, env)
            match sign:
                case "+": return a + b
                case "-": return a - b
                case "*": return a * b
                case "/": return a / b
                case "^": return a ** b
        case Call("max" | "min" as name, [first, *rest]):
            return {"max": max, "min": min}[name](evaluate(x, env) for x in [first, *rest])
        case Call("sqrt", [x]):
            return evaluate(x, env) ** 0.5
        case Call(name, args):
            raise NameError(f"no function {name} of {len(args)} arguments")


env = {}
for line in ("1 + 2 * 3", "(1 + 2) * 3", "2 ^ 3 ^ 2", "-2 ^ 2", "x = y = 4", "x * y - 1", "sqrt(x * 4) / 8", "max(1, x, 3.5)", "0 * unknown + 1 * x ^ 1",
             "unknown", "1 +", "1 2", "3 = x", "f(1, 2)", "max()", "1 / 0", "2 $ 3", "(1", "1..2", "größe = 5", "größe * 2"):
    try:
        tree = Parser(line).parse()
        print(f"{line:<24} {evaluate(tree, env)!s:<8} {simplify(tree)}")
    except (ParseError, NameError, ArithmeticError, ValueError) as error:
        print(f"{line:<24} {type(error).__name__}: {error}")
print(env)
