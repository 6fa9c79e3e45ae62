"""Generators as pipelines, coroutines, trees and schedulers."""


def coroutine(function):
    def start(*args, **kwargs):
        generator = function(*args, **kwargs)
        next(generator)
        return generator
    return start


def numbers(n):
    for i in range(n):
        yield i


def chunked(items, size):
    chunk = []
    for item in items:
        chunk.append(item)
        if len(chunk) == size:
            yield tuple(chunk)
            chunk = []
    if chunk:
        yield tuple(chunk)


def peekable(items):
    """send(True) looks at the next item without taking it."""
    for item in items:
        while (yield item):
            pass


def interleave(*sources):
    active = [iter(s) for s in sources]
    while active:
        for source in list(active):
            try:
                yield next(source)
            except StopIteration:
                active.remove(source)


@coroutine
def averager():
    total = count = 0
    average = None
    while True:
        try:
            value = yield average
        except ValueError as error:
            print("reset:", error)
            total = count = 0
            average = None
            continue
        if value is None:
            return total, count
        total += value
        count += 1
        average = total / count


@coroutine
def broadcast(*targets):
    try:
        while True:
            item = yield
            for target in targets:
                target.send(item)
    finally:
        for target in targets:
            target.close()


@coroutine
def collect(out, keep=lambda item: True):
    try:
        while True:
            item = yield
            if keep(item):
                out.append(item)
    except GeneratorExit:
        out.append("closed")
        raise


def walk(tree, depth=0):
    match tree:
        case (name, *children):
            yield depth, name
            for child in children:
                yield from walk(child, depth + 1)
        case leaf:
            yield depth, leaf


def tasks(schedule):
    """Round robin over generators; a task may yield a new task or a number of rounds to sleep."""
    queue, sleeping, log = list(schedule), [], []
    while queue or sleeping:
        for entry in list(sleeping):
            entry[0] -= 1
            if entry[0] <= 0:
                sleeping.remove(entry)
                queue.append(entry[1])
        if not queue:
            continue
        name, task = queue.pop(0)
        try:
            request = next(task)
        except StopIteration as stop:
            log.append(f"{name} ended with {stop.value}")
            continue
        match request:
            case int(rounds):
                sleeping.append([rounds, (name, task)])
            case (new_name, new_task):
                queue += [(name, task), (new_name, new_task)]
            case _:
                queue.append((name, task))
        log.append(f"{name}: {request if not isinstance(request, tuple) else request[0]}")
    return log


print(list(chunked(numbers(7), 3)), list(interleave("abc", [1], range(7, 9))))
p = peekable("xyz")
print(next(p), p.send(True), p.send(True), next(p), list(p))
average = averager()
print([average.send(x) for x in (10, 20, 60)], average.throw(ValueError("start again")), average.send(4))
try:
    average.send(None)
except StopIteration as stop:
    print("final", stop.value)
everything, even = [], []
hub = broadcast(collect(everything), collect(even, lambda n: n % 2 == 0))
for n in numbers(5):
    hub.send(n)
hub.close()
print(everything, even)
for depth, name in walk(("root", ("a", "a1", ("a2", "deep")), "b", ("c",))):
    print("  " * depth + name)


def worker(n):
    for i in range(n):
        yield i if i % 2 else None
    return n * 10


def parent():
    yield "child", worker(2)
    yield 2
    return "done"


print(*tasks([("one", worker(3)), ("boss", parent()), ("two", worker(1))]), sep="\n")


def flatten(items):
    for item in items:
        if isinstance(item, (list, tuple)):
            count = yield from flatten(item)
            yield f"({count})"
        else:
            yield item
    return len(items)


print(*flatten([1, [2, (3, 4, [])], [[5]]]))
