"""A small Lisp: reader, evaluator with tail calls, closures, macros, printer, errors."""


class LispError(Exception):
    pass


class Symbol(str):
    def __repr__(self): return str(self)


def read(text):
    tokens = text.replace("(", " ( ").replace(")", " ) ").replace("'", " ' ").split()

    def form():
        if not tokens:
            raise LispError("unexpected end")
        token = tokens.pop(0)
        if token == "(":
            out = []
            while tokens and tokens[0] != ")":
                out.append(form())
            if not tokens:
                raise LispError("missing )")
            tokens.pop(0)
            return out
        if token == ")":
            raise LispError("unexpected )")
        if token == "'":
            return [Symbol("quote"), form()]
        if token in ("#t", "#f"):
            return token == "#t"
        for kind in (int, float):
            try:
                return kind(token)
            except ValueError:
                pass
        return Symbol(token)

    while tokens:
        yield form()


def show(x):
    match x:
        case True: return "#t"
        case False: return "#f"
        case list(): return f"({' '.join(map(show, x))})"
        case Lambda(): return f"<lambda {show(x.params)}>"
        case _ if callable(x): return "<builtin>"
    return str(x)


class Env(dict):
    def __init__(self, outer=None, **kw):
        super().__init__(**kw)
        self.outer = outer

    def __missing__(self, key):
        if self.outer is None:
            raise LispError(f"unbound {key}")
        return self.outer[key]

    def home(self, key):
        env = self
        while env is not None and key not in env:
            env = env.outer
        if env is None:
            raise LispError(f"cannot set {key}")
        return env


class Lambda:
    def __init__(self, params, body, env): self.params, self.body, self.env = params, body, env

    def bind(self, args):
        if len(args) != len(self.params):
            raise LispError(f"{len(self.params)} arguments wanted, {len(args)} given")
        env = Env(self.env)
        env.update(zip(self.params, args))
        return env


class Macro(Lambda):
    pass


def evaluate(x, env):
    while True:
        match x:
            case Symbol(): return env[x]
            case [] | int() | float(): return x
            case ["quote", value]: return value
            case ["if", test, then, *other]:
                x = then if evaluate(test, env) is not False else (other[0] if other else [])
                continue
            case ["define", [name, *params], *body]:
                env[name] = Lambda(params, [Symbol("begin"), *body], env)
                return name
            case ["define", name, value]:
                env[name] = evaluate(value, env)
                return name
            case ["set!", name, value]:
                env.home(name)[name] = evaluate(value, env)
                return []
            case ["lambda", params, *body]: return Lambda(params, [Symbol("begin"), *body], env)
            case ["macro", name, params, body]:
                env[name] = Macro(params, body, env)
                return name
            case ["let", bindings, *body]:
                inner = Env(env)
                for name, value in bindings:
                    inner[name] = evaluate(value, env)
                x, env = [Symbol("begin"), *body], inner
                continue
            case ["begin", *parts, last]:
                for part in parts:
                    evaluate(part, env)
                x = last
                continue
        function = evaluate(x[0], env)
        if isinstance(function, Macro):
            x = evaluate(function.body, function.bind(x[1:]))
            continue
        args = [evaluate(a, env) for a in x[1:]]
        if isinstance(function, Lambda):
            x, env = function.body, function.bind(args)
            continue
        if not callable(function):
            raise LispError(f"{show(function)} is no function")
        try:
            return function(*args)
        except (TypeError, ZeroDivisionError, IndexError) as error:
            raise LispError(f"in {show(x[0])}") from error


def product(*args):
    out = 1
    for a in args:
        out *= a
    return out


output = []
root = Env()
root.update({Symbol(k): v for k, v in {
    "+": lambda *a: sum(a), "*": product, "-": lambda a, *b: a - sum(b) if b else -a, "/": lambda a, b: a / b, "<": lambda a, b: a < b, "=": lambda a, b: a == b, "mod": lambda a, b: a % b,
    "cons": lambda a, b: [a, *b], "car": lambda a: a[0], "cdr": lambda a: a[1:], "list": lambda *a: list(a), "null?": lambda a: a == [], "display": lambda *a: output.append(" ".join(map(show, a))) or [],
    "append": lambda *a: sum(a, []), "length": len}.items()})

program = """
(define (fact n) (if (< n 2) 1 (* n (fact (- n 1)))))
(fact 20)
(define (loop n acc) (if (= n 0) acc (loop (- n 1) (+ acc n))))
(loop 20000 0)
(define (map f l) (if (null? l) '() (cons (f (car l)) (map f (cdr l)))))
(map (lambda (x) (* x x)) '(1 2 3 4))
(define (compose f g) (lambda (x) (f (g x))))
((compose (lambda (x) (+ x 1)) fact) 5)
(define (counter) (let ((n 0)) (lambda () (set! n (+ n 1)) n)))
(define c (counter))
(c) (c)
(list (c) (c))
(macro unless (test body) (list 'if test ''() body))
(unless #f (+ 1 2))
(let ((x 2) (y 3)) (display 'sum (+ x y) '(a (b "c"))) (* x y))
'(quote a)
(lambda (x y) x)
+
(- 5) (/ 1 4)
(if #f 1)
"""
for form in read(program):
    print(show(form)[:60].ljust(60), "=>", show(evaluate(form, root)))
print(output)
for bad in ("(fact", ")", "nothing", "(1 2)", "(car '())", "(fact 1 2)", "(set! zz 1)", "(/ 1 0)", "(+ 1 'a)"):
    try:
        for form in read(bad):
            print(show(evaluate(form, root)))
    except LispError as error:
        print(f"{bad}: {error}" + (f" <- {type(error.__cause__).__name__}: {error.__cause__}" if error.__cause__ else ""))
