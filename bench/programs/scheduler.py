"""A little operating system: tasks of several classes, packets, queues, priorities. Objects and methods."""
import sys


class Packet:
    def __init__(self, kind, sender, payload):
        self.kind, self.sender, self.payload, self.next = kind, sender, payload, None


class Queue:
    """A linked list of packets."""

    def __init__(self):
        self.head = self.tail = None
        self.length = 0

    def push(self, packet):
        packet.next = None
        if self.tail is None:
            self.head = packet
        else:
            self.tail.next = packet
        self.tail = packet
        self.length += 1

    def pop(self):
        packet = self.head
        self.head = packet.next
        if self.head is None:
            self.tail = None
        self.length -= 1
        return packet


class Task:
    def __init__(self, system, name, priority):
        self.system, self.name, self.priority = system, name, priority
        self.inbox = Queue()
        self.waiting = False
        self.runs = 0

    @property
    def ready(self):
        return not self.waiting or self.inbox.length > 0

    def receive(self):
        if self.inbox.length:
            self.waiting = False
            return self.inbox.pop()
        self.waiting = True
        return None

    def run(self):
        raise NotImplementedError


class Worker(Task):
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    position = 0

    def run(self):
        packet = self.receive()
        if packet is None:
            return
        for i in range(len(packet.payload)):
            self.position = (self.position + 1) % 26
            packet.payload[i] = self.letters[self.position]
        self.system.send("handler-a" if self.position & 1 else "handler-b", Packet("work", self.name, packet.payload))


class Handler(Task):
    total = 0

    def run(self):
        packet = self.receive()
        if packet is None:
            return
        if packet.kind == "work":
            self.total += sum(map(ord, packet.payload)) & 255
            self.system.send("device-" + self.name[-1], Packet("data", self.name, self.total))
        elif packet.kind == "done":
            self.system.send("worker", Packet("more", self.name, [None] * 4))


class Device(Task):
    seen = 0

    def run(self):
        packet = self.receive()
        if packet is not None:
            self.seen = (self.seen * 31 + packet.payload) % 65521
            self.system.send(packet.sender, Packet("done", self.name, None))


class Idle(Task):
    register = 1

    def run(self):
        low = self.register & 1
        self.register >>= 1
        if low:
            self.register ^= 0xD008
        if self.register % 7 == 0:
            self.system.send("worker", Packet("more", self.name, [None] * 4))


class System:
    def __init__(self):
        self.tasks, self.sent = {}, 0
        for kind, name, priority in ((Idle, "idle", 0), (Worker, "worker", 10), (Handler, "handler-a", 20), (Handler, "handler-b", 21), (Device, "device-a", 30), (Device, "device-b", 31)):
            self.tasks[name] = kind(self, name, priority)
        self.order = sorted(self.tasks.values(), key=lambda task: -task.priority)

    def send(self, name, packet):
        self.sent += 1
        self.tasks[name].inbox.push(packet)

    def step(self):
        for task in self.order:
            if task.ready:
                task.runs += 1
                task.run()
                return


def main(steps):
    system = System()
    for _ in range(4):
        system.send("worker", Packet("more", "start", [None] * 4))
    for _ in range(steps):
        system.step()
    print(system.sent, [task.runs for task in system.order], [task.seen for task in system.order if isinstance(task, Device)])


main(int(sys.argv[1]) if len(sys.argv) > 1 else 900_000)
