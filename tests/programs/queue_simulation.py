"""A simulation of tills in a shop: generators as processes, a heap of events, seeded chance, statistics, a report."""
import heapq
import itertools
import random
import statistics
from collections import Counter, deque
from contextlib import contextmanager
from string import Template


class Simulation:
    def __init__(self):
        self.now, self.events, self.numbers = 0.0, [], itertools.count()

    def start(self, process, delay=0.0):
        heapq.heappush(self.events, (self.now + delay, next(self.numbers), process))

    def run(self, until):
        while self.events and self.events[0][0] <= until:
            self.now, _, process = heapq.heappop(self.events)
            try:
                request = next(process)
            except StopIteration:
                continue
            match request:
                case ("wait", delay):
                    self.start(process, delay)
                case ("queue", resource):
                    resource.ask(self, process)
                case other:
                    raise TypeError(f"unknown request {other!r}")


class Till:
    def __init__(self, name):
        self.name, self.busy, self.waiting, self.served = name, False, deque(), 0

    def ask(self, simulation, process):
        if self.busy:
            self.waiting.append(process)
        else:
            self.busy = True
            simulation.start(process)

    def free(self, simulation):
        self.served += 1
        if self.waiting:
            simulation.start(self.waiting.popleft())
        else:
            self.busy = False

    def __len__(self):
        return len(self.waiting) + self.busy


@contextmanager
def stopwatch(simulation, times):
    began = simulation.now
    try:
        yield
    finally:
        times.append(simulation.now - began)


def customer(simulation, tills, chance, waits, choices):
    goods = 1 + int(chance.expovariate(1 / 8))
    yield "wait", goods * 0.5
    till = min(tills, key=len)
    choices[till.name] += 1
    with stopwatch(simulation, waits):
        yield "queue", till
    yield "wait", 0.2 * goods + chance.triangular(0.1, 1.5, 0.4)
    till.free(simulation)


def arrivals(simulation, tills, chance, waits, choices):
    while True:
        simulation.start(customer(simulation, tills, chance, waits, choices))
        yield "wait", chance.gammavariate(2, 0.45)


report = Template("$tills tills, seed $seed: $served served, mean wait $mean, 90% below $high, longest $most; $choices")
for tills, seed in itertools.product((2, 3, 4), (1, 2)):
    simulation, chance = Simulation(), random.Random(seed)
    desks, waits, choices = [Till(c) for c in "ABCD"[:tills]], [], Counter()
    simulation.start(arrivals(simulation, desks, chance, waits, choices))
    simulation.run(until=480)
    print(report.substitute(tills=tills, seed=seed, served=sum(d.served for d in desks), mean=f"{statistics.fmean(waits):.3f}", high=f"{statistics.quantiles(waits, n=10)[-1]:.3f}", most=f"{max(waits):.3f}", choices=dict(sorted(choices.items()))))
broken = Simulation()
broken.start(iter([("sleep", 5)]))
try:
    broken.run(1)
except TypeError as e:
    print(e)
