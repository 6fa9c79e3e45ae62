"""A discrete-event simulation of a bank: customers, counters, a heap of events."""
import heapq
from collections import deque


class Simulation:
    def __init__(self):
        self.now, self.sequence, self.events = 0.0, 0, []

    def after(self, delay, action, *args):
        self.sequence += 1
        heapq.heappush(self.events, (self.now + delay, self.sequence, action, args))

    def run(self):
        while self.events:
            self.now, _, action, args = heapq.heappop(self.events)
            action(*args)


class Random:
    def __init__(self, seed): self.state = seed

    def uniform(self, low, high):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
        return low + (high - low) * (self.state >> 11) / (1 << 53)


class Bank:
    def __init__(self, simulation, counters, seed):
        self.simulation, self.free, self.random = simulation, counters, Random(seed)
        self.queue = deque()
        self.served, self.waited, self.longest = 0, 0.0, 0

    def arrive(self, left):
        self.queue.append(self.simulation.now)
        self.longest = max(self.longest, len(self.queue))
        self.serve()
        if left > 1:
            self.simulation.after(self.random.uniform(0.1, 1.9), self.arrive, left - 1)

    def serve(self):
        while self.free and self.queue:
            self.free -= 1
            self.waited += self.simulation.now - self.queue.popleft()
            self.simulation.after(self.random.uniform(1.0, 5.0), self.leave)

    def leave(self):
        self.free += 1
        self.served += 1
        self.serve()


simulation = Simulation()
banks = [Bank(simulation, 3, seed) for seed in range(1, 9)]
for bank in banks:
    simulation.after(0.0, bank.arrive, 25_000)
simulation.run()
print(sum(b.served for b in banks), f"{sum(b.waited for b in banks):.3f}", max(b.longest for b in banks))
