#!/usr/bin/env python3
"""Random syntax trees: both interpreters unparse and compile them, and all the code objects must be equal.

    random_trees.py [--python PATH] [--count N] [--seed N] [--show N]     compares; run it with the reference interpreter
    PYTHON random_trees.py --print SEED COUNT                             one line a tree

Each tree, made from the grammar by a seeded generator, is (1) compiled as it is, (2) unparsed, (3) parsed again from that
text and compiled. What the two interpreters must agree on: the text, both code objects, or the error.
"""
import ast
import random
import subprocess
import sys

from _codedump import canonical

NAMES = ["a", "b", "c", "x", "y", "self", "_p", "__q", "é", "ﬁ", "print", "match"]
CONSTANTS = [None, True, False, ..., 0, 1, -1, 255, 10**20, 1.5, 1e300, 1e309, 0.0, -0.0, 2j, "", "text", "it's", 'say "x"', "two\nlines",
             "é\0\\", "{brace}", "'\"", b"", b"bytes", b"\xff'"]
BINARY = [ast.Add, ast.Sub, ast.Mult, ast.MatMult, ast.Div, ast.Mod, ast.Pow, ast.LShift, ast.RShift, ast.BitOr, ast.BitXor, ast.BitAnd, ast.FloorDiv]
UNARY = [ast.Invert, ast.Not, ast.UAdd, ast.USub]
COMPARE = [ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Is, ast.IsNot, ast.In, ast.NotIn]
PLACE = {"lineno": 1, "col_offset": 0, "end_lineno": 1, "end_col_offset": 0}


class Trees:
    """One random module. `depth` is how much deeper the present node may go; the flags say what may stand here."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.function = self.coroutine = self.loop = self.in_class = False
        self.comprehension = 0

    def pick(self, choices):
        return self.random.choice(choices)

    def chance(self, p):
        return self.random.random() < p

    def some(self, make, low, high):
        return [make() for _ in range(self.random.randint(low, high))]

    def name(self):
        return self.pick(NAMES)

    # -- expressions --

    def expression(self, depth):
        if depth <= 0:
            if self.chance(0.5):
                return ast.Name(self.name(), ast.Load())
            return ast.Constant(self.pick(CONSTANTS))
        kinds = [self.binary, self.unary, self.boolean, self.comparison, self.conditional, self.call, self.attribute, self.subscript,
                 self.display, self.display, self.lambda_, self.comprehension_of, self.f_string, self.leaf, self.leaf, self.named]
        if self.function and not self.comprehension:
            kinds += [self.yield_]
        if self.coroutine:
            kinds += [self.await_]
        return self.pick(kinds)(depth - 1)

    def leaf(self, depth):
        return self.expression(0)

    def binary(self, depth):
        return ast.BinOp(self.expression(depth), self.pick(BINARY)(), self.expression(depth))

    def unary(self, depth):
        return ast.UnaryOp(self.pick(UNARY)(), self.expression(depth))

    def boolean(self, depth):
        return ast.BoolOp(self.pick([ast.And, ast.Or])(), self.some(lambda: self.expression(depth), 2, 3))

    def comparison(self, depth):
        n = self.random.randint(1, 2)
        return ast.Compare(self.expression(depth), [self.pick(COMPARE)() for _ in range(n)], [self.expression(depth) for _ in range(n)])

    def conditional(self, depth):
        return ast.IfExp(self.expression(depth), self.expression(depth), self.expression(depth))

    def starred_or(self, depth):
        e = self.expression(depth)
        return ast.Starred(e, ast.Load()) if self.chance(0.15) else e

    def call(self, depth):
        names = self.random.sample(NAMES, self.random.randint(0, 2))
        keywords = [ast.keyword(name, self.expression(depth)) for name in names]
        if self.chance(0.15):
            keywords.append(ast.keyword(None, self.expression(depth)))
        return ast.Call(self.expression(depth), self.some(lambda: self.starred_or(depth), 0, 3), keywords)

    def attribute(self, depth):
        return ast.Attribute(self.expression(depth), self.name(), ast.Load())

    def slice(self, depth):
        if self.chance(0.4):
            return ast.Slice(*[self.expression(depth) if self.chance(0.5) else None for _ in range(3)])
        if self.chance(0.2):
            return ast.Tuple([self.slice(depth - 1) if self.chance(0.3) else self.expression(depth) for _ in range(2)], ast.Load())
        return self.expression(depth)

    def subscript(self, depth):
        return ast.Subscript(self.expression(depth), self.slice(depth), ast.Load())

    def display(self, depth):
        kind = self.random.randint(0, 3)
        if kind == 0:
            return ast.Tuple(self.some(lambda: self.starred_or(depth), 0, 4), ast.Load())
        if kind == 1:
            return ast.List(self.some(lambda: self.starred_or(depth), 0, 4), ast.Load())
        if kind == 2:
            return ast.Set(self.some(lambda: self.starred_or(depth), 1, 4))
        keys = [None if self.chance(0.15) else self.expression(depth) for _ in range(self.random.randint(0, 3))]
        return ast.Dict(keys, [self.expression(depth) for _ in keys])

    def named(self, depth):
        if self.comprehension or self.in_class:
            return self.expression(depth)
        return ast.NamedExpr(ast.Name(self.name(), ast.Store()), self.expression(depth))

    def lambda_(self, depth):
        arguments = self.arguments(depth, annotations=False)
        kept = self.enter(function=True, coroutine=False, in_class=False, comprehension=0)
        body = self.expression(depth)
        self.leave(kept)
        return ast.Lambda(arguments, body)

    def comprehension_of(self, depth):
        self.comprehension += 1
        parts = []
        for _ in range(self.random.randint(1, 2)):
            kept = self.enter(coroutine=self.coroutine)
            parts.append(ast.comprehension(self.target(1), self.expression(depth), self.some(lambda: self.expression(depth - 1), 0, 2),
                                           int(self.coroutine and self.chance(0.3))))
            self.leave(kept)
        kind = self.random.randint(0, 3)
        if kind == 3:
            result = ast.DictComp(self.expression(depth), self.expression(depth), parts)
        else:
            result = [ast.ListComp, ast.SetComp, ast.GeneratorExp][kind](self.expression(depth), parts)
        self.comprehension -= 1
        return result

    def f_string(self, depth):
        values = []
        for _ in range(self.random.randint(0, 3)):
            if self.chance(0.5) and not (values and isinstance(values[-1], ast.Constant)):
                values.append(ast.Constant(self.pick(["text", "{", "}} ", "a'b", "\t", "é"])))
            else:
                form = ast.JoinedStr([ast.Constant(self.pick([">10", "x", ""]))]) if self.chance(0.3) else None
                values.append(ast.FormattedValue(self.expression(min(depth, 1)), self.pick([-1, -1, 115, 114, 97]), form))
        return ast.JoinedStr(values)

    def yield_(self, depth):
        if self.chance(0.3) and not self.coroutine:
            return ast.YieldFrom(self.expression(depth))
        return ast.Yield(self.expression(depth) if self.chance(0.7) else None)

    def await_(self, depth):
        return ast.Await(self.expression(depth))

    # -- targets, parameters, patterns --

    def target(self, depth, context=ast.Store):
        kind = self.random.randint(0, 5) if depth > 0 else 0
        if kind == 1:
            return ast.Attribute(self.expression(depth - 1), self.name(), context())
        if kind == 2:
            return ast.Subscript(self.expression(depth - 1), self.slice(depth - 1), context())
        if kind in (3, 4):
            items = self.some(lambda: self.target(depth - 1, context), 1, 3)
            if context is ast.Store and self.chance(0.3):
                i = self.random.randrange(len(items))
                items[i] = ast.Starred(items[i], ast.Store())
            return [ast.Tuple, ast.List][kind - 3](items, context())
        return ast.Name(self.name(), context())

    def arguments(self, depth, annotations=True):
        names = self.random.sample(NAMES, self.random.randint(0, 5))
        cuts = sorted(self.random.randint(0, len(names)) for _ in range(2))

        def arg(name):
            return ast.arg(name, self.expression(1) if annotations and self.chance(0.3) else None)
        positional, plain, keyword_only = names[:cuts[0]], names[cuts[0]:cuts[1]], names[cuts[1]:]
        star = arg("args") if self.chance(0.3) else None
        defaults = self.some(lambda: self.expression(min(depth, 1)), 0, len(positional) + len(plain))
        return ast.arguments([arg(n) for n in positional], [arg(n) for n in plain], star, [arg(n) for n in keyword_only],
                             [self.expression(1) if self.chance(0.5) else None for _ in keyword_only],
                             arg("kw") if self.chance(0.3) else None, defaults)

    def pattern(self, depth, irrefutable, bound):
        def capture():
            name = self.name()
            while name in bound:
                name += "_"
            bound.add(name)
            return name
        kind = self.random.randint(0, 7) if depth > 0 else self.random.randint(0, 2)
        if irrefutable and kind == 1:
            return ast.MatchAs(None, capture() if self.chance(0.6) else None)
        if kind <= 1:
            return ast.MatchValue(ast.Constant(self.pick([0, 1, "s", b"b", 1.5])))
        if kind == 2:
            return ast.MatchSingleton(self.pick([None, True, False]))
        if kind == 3:
            items = [self.pattern(depth - 1, True, bound) for _ in range(self.random.randint(0, 3))]
            if self.chance(0.4):
                items.append(ast.MatchStar(capture() if self.chance(0.6) else None))
            return ast.MatchSequence(items)
        if kind == 4:
            keys = [ast.Constant(k) for k in self.random.sample([0, 1, "k", "j", b"b"], self.random.randint(0, 2))]
            return ast.MatchMapping(keys, [self.pattern(depth - 1, True, bound) for _ in keys], capture() if self.chance(0.3) else None)
        if kind == 5:
            attributes = self.random.sample(NAMES, self.random.randint(0, 2))
            return ast.MatchClass(ast.Name(self.name(), ast.Load()), [self.pattern(depth - 1, True, bound) for _ in range(self.random.randint(0, 2))],
                                  attributes, [self.pattern(depth - 1, True, bound) for _ in attributes])
        if kind == 6:
            return ast.MatchAs(self.pattern(depth - 1, False, bound), capture())
        return ast.MatchOr([self.pattern(0, False, set()) for _ in range(2)])

    # -- statements --

    def enter(self, **state):
        kept = {name: getattr(self, name) for name in ("function", "coroutine", "loop", "in_class", "comprehension")}
        for name, value in state.items():
            setattr(self, name, value)
        return kept

    def leave(self, kept):
        for name, value in kept.items():
            setattr(self, name, value)

    def block(self, depth, **state):
        kept = self.enter(**state)
        body = self.some(lambda: self.statement(depth), 1, 3)
        self.leave(kept)
        return body

    def maybe_block(self, depth, p=0.3):
        return self.block(depth) if self.chance(p) else []

    def statement(self, depth):
        simple = [self.assign, self.assign, self.augmented, self.annotated, self.delete, self.expr, self.assert_, self.raise_, self.import_, self.pass_]
        if self.function:
            simple.append(self.return_)
        if self.loop:
            simple.append(self.jump)
        if depth <= 0:
            return self.pick(simple)(2)
        return self.pick(simple + [self.function_def, self.class_def, self.for_, self.while_, self.if_, self.with_, self.try_, self.match] * 2)(depth - 1)

    def assign(self, depth):
        return ast.Assign(self.some(lambda: self.target(2), 1, 2), self.expression(2))

    def augmented(self, depth):
        target = self.target(1)
        while not isinstance(target, (ast.Name, ast.Attribute, ast.Subscript)):
            target = self.target(1)
        return ast.AugAssign(target, self.pick(BINARY)(), self.expression(2))

    def annotated(self, depth):
        target = self.target(1)
        while not isinstance(target, (ast.Name, ast.Attribute, ast.Subscript)):
            target = self.target(1)
        simple = int(isinstance(target, ast.Name) and self.chance(0.7))
        kept = self.enter(function=False, coroutine=False)
        annotation = self.expression(1)
        self.leave(kept)
        return ast.AnnAssign(target, annotation, self.expression(2) if self.chance(0.5) else None, simple)

    def delete(self, depth):
        return ast.Delete(self.some(lambda: self.target(1, ast.Del), 1, 2))

    def expr(self, depth):
        return ast.Expr(self.expression(3))

    def assert_(self, depth):
        return ast.Assert(self.expression(2), self.expression(1) if self.chance(0.5) else None)

    def raise_(self, depth):
        if self.chance(0.2):
            return ast.Raise(None, None)
        return ast.Raise(self.expression(1), self.expression(1) if self.chance(0.4) else None)

    def import_(self, depth):
        names = [ast.alias(self.pick(["m", "m.n"]), self.pick([None, self.name()])) for _ in range(2)]
        if self.chance(0.5):
            return ast.Import(names)
        return ast.ImportFrom(self.pick(["m", "p.q"]), [ast.alias(self.name(), self.pick([None, "z"]))], self.random.randint(0, 2))

    def pass_(self, depth):
        return ast.Pass()

    def return_(self, depth):
        return ast.Return(self.expression(2) if self.chance(0.8) else None)

    def jump(self, depth):
        return self.pick([ast.Break, ast.Continue])()

    def function_def(self, depth):
        kind = ast.AsyncFunctionDef if self.chance(0.3) else ast.FunctionDef
        decorators = self.some(lambda: self.expression(1), 0, 1)
        arguments = self.arguments(depth)
        returns = self.expression(1) if self.chance(0.3) else None
        body = self.block(depth, function=True, coroutine=kind is ast.AsyncFunctionDef, loop=False, in_class=False, comprehension=0)
        if self.chance(0.2):
            body.insert(0, ast.Expr(ast.Constant(self.pick(["doc", "a\n  doc", 'q"""q']))))
        return kind(self.name(), arguments, body, decorators, returns)

    def class_def(self, depth):
        bases = self.some(lambda: self.expression(1), 0, 2)
        return ast.ClassDef(self.name(), bases, [ast.keyword("metaclass", self.expression(0))] if self.chance(0.2) else [],
                            self.block(depth, function=False, coroutine=False, loop=False, in_class=True), self.some(lambda: self.expression(1), 0, 1))

    def for_(self, depth):
        kind = ast.AsyncFor if self.coroutine and self.chance(0.4) else ast.For
        return kind(self.target(2), self.expression(2), self.block(depth, loop=True), self.maybe_block(depth))

    def while_(self, depth):
        return ast.While(self.expression(2), self.block(depth, loop=True), self.maybe_block(depth))

    def if_(self, depth):
        return ast.If(self.expression(2), self.block(depth), self.maybe_block(depth, 0.5))

    def with_(self, depth):
        kind = ast.AsyncWith if self.coroutine and self.chance(0.4) else ast.With
        items = self.some(lambda: ast.withitem(self.expression(1), self.target(1) if self.chance(0.6) else None), 1, 2)
        return kind(items, self.block(depth))

    def try_(self, depth):
        group = self.chance(0.25)
        # break, continue and return may not stand in an except* block.
        state = {"loop": False, "function": False, "coroutine": False} if group else {}

        def handler():
            return ast.ExceptHandler(self.expression(1), self.name() if self.chance(0.5) else None, self.block(depth, **state))
        handlers = self.some(handler, 1 if group else 0, 2)
        if handlers and not group and self.chance(0.3):
            handlers[-1].type = handlers[-1].name = None
        last = self.block(depth) if not handlers or self.chance(0.3) else []
        return (ast.TryStar if group else ast.Try)(self.block(depth), handlers, self.maybe_block(depth) if handlers else [], last)

    def match(self, depth):
        count = self.random.randint(1, 3)
        cases = [ast.match_case(self.pattern(2, False, set()), self.expression(1) if self.chance(0.3) else None, self.block(depth))
                 for _ in range(count)]
        return ast.Match(self.expression(1), cases)

    def module(self):
        return ast.Module(self.some(lambda: self.statement(3), 1, 3), [])


def outcome(work):
    try:
        result = work()
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"
    return result, None


def digest(code):
    out = []
    canonical(code, out)
    text = "".join(out)
    return f"{len(text)}/{hash(text) & 0xFFFFFFFFFFFFFFFF:016x}"


def describe(seed):
    tree = ast.fix_missing_locations(Trees(seed).module())
    code, error = outcome(lambda: compile(tree, "F", "exec", 0, True))
    parts = [error or digest(code)]
    text, error = outcome(lambda: ast.unparse(tree))
    parts.append(error or f"text {hash(text) & 0xFFFFFFFF:08x}")
    if text is not None:
        code, error = outcome(lambda: compile(text, "F", "exec", 0, True))
        parts.append(error or digest(code))
        again, error = outcome(lambda: ast.dump(ast.parse(text), include_attributes=True))
        parts.append(error or f"tree {hash(again) & 0xFFFFFFFF:08x}")
    return " | ".join(parts)


def print_all(seed, count):
    for i in range(seed, seed + count):
        print(i, describe(i).encode("unicode_escape").decode(), flush=True)


def answers(python, seed, count):
    done = subprocess.run([python, "-W", "ignore", __file__, "--print", str(seed), str(count)], capture_output=True, text=True,
                          env={"LANG": "C.UTF-8", "PYTHONHASHSEED": "0"}, stdin=subprocess.DEVNULL)
    lines = dict(line.split(" ", 1) for line in done.stdout.splitlines())
    if len(lines) < count:
        lines[str(seed + len(lines))] = f"status {done.returncode}: {done.stderr[-300:]}"
    return lines


def main():
    import argparse
    import concurrent.futures
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--python", default="build/dev/taipan")
    parser.add_argument("--count", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", type=int, default=10)
    options = parser.parse_args()
    chunk = min(options.count, 1000)
    equal = compiled = 0
    shown = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for seed in range(options.seed, options.seed + options.count, chunk):
            theirs, ours = pool.map(lambda python: answers(python, seed, chunk), (sys.executable, options.python))
            for i, text in theirs.items():
                compiled += not text.partition(" | ")[0].partition(":")[0].endswith("Error")
                if ours.get(i) == text:
                    equal += 1
                elif (shown := shown + 1) <= options.show:
                    print(f"tree {i} differs:\n  ours   {ours.get(i)}\n  theirs {text}")
    print(f"{compiled} of {options.count} trees compile")
    print(f"{equal} passed, {options.count - equal} failed")
    return equal != options.count


if __name__ == "__main__":
    if sys.argv[1:2] == ["--print"]:
        print_all(int(sys.argv[2]), int(sys.argv[3]))
    else:
        sys.exit(main())
