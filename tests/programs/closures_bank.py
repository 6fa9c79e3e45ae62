"""Objects made of closures: accounts, stacks, iterators, lenses, parsers, coroutines by callbacks."""


def account(balance=0, *, overdraft=0):
    history = []

    def deposit(amount):
        nonlocal balance
        balance += amount
        history.append(("+", amount))
        return balance

    def withdraw(amount):
        nonlocal balance
        if balance - amount < -overdraft:
            raise ValueError(f"only {balance + overdraft} available")
        balance -= amount
        history.append(("-", amount))
        return balance

    def undo():
        nonlocal balance
        sign, amount = history.pop()
        balance += amount if sign == "-" else -amount
        return balance
    return {f.__name__: f for f in (deposit, withdraw, undo)} | {"history": lambda: tuple(history), "balance": lambda: balance}


a, b = account(100), account(overdraft=50)
print(a["deposit"](50), a["withdraw"](30), b["withdraw"](40), a["undo"](), a["history"](), b["history"](), a["balance"](), b["balance"]())
try:
    b["withdraw"](11)
except ValueError as error:
    print(error)
print(a["deposit"].__code__.co_freevars, [c.cell_contents for c in a["deposit"].__closure__], a["deposit"].__closure__[0] is a["withdraw"].__closure__[0])


# Pairs made of functions only.
cons = lambda h, t: lambda pick: pick(h, t)
head, tail = lambda p: p(lambda h, t: h), lambda p: p(lambda h, t: t)
def to_list(p): return [] if p is None else [head(p)] + to_list(tail(p))
def fold(f, start, p): return start if p is None else fold(f, f(start, head(p)), tail(p))
p = cons(1, cons(2, cons(3, None)))
print(to_list(p), fold(lambda a, b: a * 10 + b, 0, p), to_list(fold(lambda acc, x: cons(x, acc), None, p)))

# Church numerals.
zero = lambda f: lambda x: x
succ = lambda n: lambda f: lambda x: f(n(f)(x))
plus = lambda m: lambda n: lambda f: lambda x: m(f)(n(f)(x))
times = lambda m: lambda n: lambda f: m(n(f))
number = lambda n: n(lambda x: x + 1)(0)
two = succ(succ(zero))
three = succ(two)
print(number(plus(two)(three)), number(times(two)(three)), number(three(two)), number(times(three)(times(two)(three))))


# Parser combinators.
def char(test): return lambda s, i: [(s[i], i + 1)] if i < len(s) and test(s[i]) else []
def seq(*ps):
    def parse(s, i):
        results = [((), i)]
        for p in ps:
            results = [(values + (v,), k) for values, j in results for v, k in p(s, j)]
        return results
    return parse
def alt(*ps): return lambda s, i: [r for p in ps for r in p(s, i)]
def many(p):
    def parse(s, i):
        out = [((), i)]
        for v, j in p(s, i):
            out = [((v, *vs), k) for vs, k in parse(s, j)] + out
        return out
    return parse
def apply(f, p): return lambda s, i: [(f(v), j) for v, j in p(s, i)]
def lazy(get): return lambda s, i: get()(s, i)


digit = char(str.isdigit)
integer = apply(lambda v: int(v[0] + "".join(v[1])), seq(digit, many(digit)))
def token(c): return char(lambda x: x == c)
factor = alt(integer, apply(lambda v: v[1], seq(token("("), lazy(lambda: expression), token(")"))))
def chain(p, ops):
    def combine(v):
        total = v[0]
        for op, x in v[1]:
            total = ops[op](total, x)
        return total
    return apply(combine, seq(p, many(seq(char(lambda c: c in ops), p))))
term = chain(factor, {"*": lambda a, b: a * b, "/": lambda a, b: a // b})
expression = chain(term, {"+": lambda a, b: a + b, "-": lambda a, b: a - b})
for text in ("1+2*3", "(1+2)*3", "2*(3+4)*5-6/2", "7", "1+", "((2))", "10-2-3"):
    print(text, [v for v, i in expression(text, 0) if i == len(text)][:1])


# Generators and callbacks.
def channel():
    waiting, items = [], []

    def send(x):
        if waiting:
            waiting.pop(0)(x)
        else:
            items.append(x)

    def receive(callback):
        if items:
            callback(items.pop(0))
        else:
            waiting.append(callback)
    return send, receive


send, receive = channel()
log = []
receive(lambda x: log.append(("first", x)))
for x in "abc":
    send(x)
receive(lambda x: (log.append(("second", x)), receive(lambda y: log.append(("nested", y)))))
receive(log.append)
send("d")
print(log)
print([(lambda: (yield from range(n)))().__next__() for n in (1, 2)], [f(2) for f in [lambda x, k=k: x ** k for k in range(5)]], (lambda f: f(f))(lambda f: 42), [f() for f in (lambda: locals(), lambda x=1: locals())])
