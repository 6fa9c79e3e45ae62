"""finally in all its company: return, break, continue, nesting, generators, overwritten exceptions."""
log = []


def note(x):
    log.append(x)
    return x


def shape1(n):
    try:
        if n == 0: return note("body")
        if n == 1: raise ValueError(n)
        if n == 2: raise KeyError(n)
        note("fall")
    except ValueError:
        return note("except")
    else:
        return note("else")
    finally:
        note("finally")
    return "unreachable"


def shape2(n):
    for i in range(3):
        try:
            if n == 0: continue
            if n == 1: break
            if n == 2: return i
            if n == 3: raise ValueError
        except ValueError:
            if i == 1: break
            continue
        finally:
            note(i)
            if n == 4 and i == 1: break
    else:
        return "else"
    return "broke"


def shape3():
    try:
        try:
            raise ValueError("inner")
        finally:
            note("f1")
            try:
                raise KeyError("in finally")
            except KeyError:
                note("handled")
    except ValueError as e:
        note(str(e))
        return repr(e.__context__)
    finally:
        note("f2")


def shape4():
    while True:
        try:
            try:
                return "lost"
            finally:
                break
        finally:
            note("outer")
    return "after break"


def shape5():
    try:
        return note(1)
    finally:
        try:
            return note(2)
        finally:
            return note(3)


def shape6():
    try:
        raise ValueError("swallowed")
    finally:
        return "return in finally swallows"


def shape7():
    for i in range(5):
        try:
            raise ValueError
        finally:
            if i < 3:
                continue
            return i


def shape8():
    x = "before"
    try:
        return x
    finally:
        x = "after"


def shape9():
    out = []
    for a in range(2):
        try:
            for b in range(3):
                try:
                    if b == 1: continue
                    if a == 1: break
                    out.append((a, b))
                finally:
                    out.append("f")
        finally:
            out.append("F")
    return out


def shape10():
    try:
        try:
            raise ValueError("first")
        except ValueError:
            raise KeyError("second")
        finally:
            note("between")
    except KeyError as e:
        return repr(e.__context__)


def shape11():
    e = "outer"
    try:
        raise ValueError
    except ValueError as e:
        pass
    try:
        return e
    except UnboundLocalError as error:
        return str(error)


def gen():
    try:
        yield 1
        try:
            yield 2
        finally:
            yield 3
    finally:
        note("gen closed")
        yield 4


def run(f, *args):
    log.clear()
    try:
        result = f(*args)
    except BaseException as error:
        result = f"raised {error!r}"
    print(f.__name__, args, result, log)


for n in range(4): run(shape1, n)
for n in range(6): run(shape2, n)
for f in (shape3, shape4, shape5, shape6, shape7, shape8, shape9, shape10, shape11): run(f)
log.clear()
print(list(gen()), log)
g = gen()
print(next(g), g.throw(KeyError("x")))
try:
    next(g)
except KeyError as error:
    print("came through", error)
g = gen()
next(g), next(g)
try:
    g.close()
except RuntimeError as error:
    print(error)


class Quiet:
    def __enter__(self): return self
    def __exit__(self, *a): note("exit"); return a[0] is ValueError


def mixed(n):
    with Quiet():
        try:
            with Quiet():
                if n == 0: raise ValueError
                if n == 1: raise KeyError
                if n == 2: return "returned"
        except KeyError:
            note("caught")
            raise ValueError
        finally:
            note("finally")
    return "end"


for n in range(4): run(mixed, n)
def deep(n):
    try:
        if n: deep(n - 1)
        else: raise ValueError("bottom")
    finally:
        note(n)
run(deep, 5)
def loop_var():
    try:
        for i in (1, 2): pass
    finally:
        return i
run(loop_var)
def del_in_finally():
    x = 1
    try: return x
    finally: del x
run(del_in_finally)
def raise_from_none():
    try: 1 / 0
    except ZeroDivisionError: raise ValueError("clean") from None
run(raise_from_none)
def bare_raise_nested():
    try: raise ValueError("original")
    except ValueError:
        try: raise KeyError
        except KeyError: pass
        raise
run(bare_raise_nested)
def reraise_after():
    try:
        try: raise ValueError("v")
        except ValueError as e: saved = e
        raise
    except RuntimeError as e: return str(e)
run(reraise_after)
