"""Linked list, binary tree, trie, ring buffer, disjoint sets: container protocols of our own."""


class Linked:
    class Node:
        __slots__ = "value", "next"
        def __init__(self, value, next=None): self.value, self.next = value, next

    def __init__(self, items=()):
        self.head, self.size = None, 0
        self.extend(items)

    def __iter__(self):
        node = self.head
        while node:
            yield node.value
            node = node.next

    def __len__(self): return self.size
    def __bool__(self): return self.head is not None
    def __repr__(self): return f"Linked({' -> '.join(map(repr, self))})"

    def _node(self, i):
        if i < 0:
            i += self.size
        if not 0 <= i < self.size:
            raise IndexError(f"no item {i}")
        node = self.head
        while i:
            node, i = node.next, i - 1
        return node

    def __getitem__(self, i):
        if isinstance(i, slice):
            return Linked(self[k] for k in range(*i.indices(self.size)))
        return self._node(i).value

    def __setitem__(self, i, value): self._node(i).value = value

    def __delitem__(self, i):
        node = self._node(i)
        if node is self.head:
            self.head = node.next
        else:
            self._node(i % self.size - 1).next = node.next
        self.size -= 1

    def extend(self, items):
        last = self._node(-1) if self.size else None
        for item in items:
            node = Linked.Node(item)
            if last:
                last.next = node
            else:
                self.head = node
            last = node
            self.size += 1

    def reverse(self):
        before, node = None, self.head
        while node:
            node.next, before, node = before, node, node.next
        self.head = before
        return self

    def __eq__(self, other): return isinstance(other, Linked) and [*self] == [*other]
    def __add__(self, other): out = Linked(self); out.extend(other); return out
    def __contains__(self, x): return any(x is v or x == v for v in self)


class Tree:
    def __init__(self, items=()):
        self.root = None
        for item in items:
            self.add(item)

    def add(self, value):
        place = self, "root"
        while node := getattr(*place):
            if value == node.value:
                return False
            place = node, "left" if value < node.value else "right"
        setattr(*place, type("Node", (), {"value": value, "left": None, "right": None})())
        return True

    def __iter__(self):
        def walk(node):
            if node:
                yield from walk(node.left)
                yield node.value
                yield from walk(node.right)
        return walk(self.root)

    def __reversed__(self):
        stack, node = [], self.root
        while stack or node:
            while node:
                stack.append(node)
                node = node.right
            node = stack.pop()
            yield node.value
            node = node.left

    def depth(self):
        measure = lambda node: 1 + max(measure(node.left), measure(node.right)) if node else 0
        return measure(self.root)


class Trie:
    def __init__(self, words=()):
        self.root = {}
        for word in words:
            node = self.root
            for c in word:
                node = node.setdefault(c, {})
            node[""] = word

    def starting(self, prefix):
        node = self.root
        for c in prefix:
            if c not in node:
                return
            node = node[c]
        stack = [node]
        while stack:
            node = stack.pop()
            for key, child in sorted(node.items(), reverse=True):
                if key:
                    stack.append(child)
            if "" in node:
                yield node[""]


class Ring:
    def __init__(self, size): self.items, self.start = [], 0; self.size = size
    def push(self, x):
        if len(self.items) < self.size:
            self.items.append(x)
        else:
            self.items[self.start] = x
            self.start = (self.start + 1) % self.size
    def __iter__(self): return (self.items[(self.start + i) % len(self.items)] for i in range(len(self.items)))


l = Linked("abc")
l.extend(range(3))
print(l, len(l), l[0], l[-1], l[1:4], l[::-2], "b" in l, 9 in l, bool(Linked()), list(reversed(l)), l + "z", l == Linked(l), l != [])
l[1] = "B"
del l[0], l[-1], l[1]
print(l, l.reverse(), len(l), sorted(l, key=str), [*map(str, l)])
for bad in (lambda: l[10], lambda: l[-9], lambda: l["x"], lambda: Linked()[0]):
    try:
        bad()
    except Exception as error:
        print(type(error).__name__, error)
t = Tree([50, 30, 70, 20, 40, 60, 80, 30])
print(list(t), list(reversed(t)), t.depth(), t.add(65), t.add(65), min(t), 40 in t, Tree(range(50)).depth())
trie = Trie("car card care cat dog do done".split())
print(list(trie.starting("car")), list(trie.starting("d")), list(trie.starting("x")), list(trie.starting("")))
ring = Ring(3)
for i in range(8):
    ring.push(i)
print(list(ring), ring.items)


class Sets:
    def __init__(self): self.parent = {}
    def find(self, x):
        self.parent.setdefault(x, x)
        if self.parent[x] != x:
            self.parent[x] = self.find(self.parent[x])
        return self.parent[x]
    def join(self, a, b): self.parent[self.find(a)] = self.find(b)


s = Sets()
for a, b in ("ab", "cd", "bc", "xy"):
    s.join(a, b)
print(s.find("a") == s.find("d"), s.find("a") == s.find("x"), sorted(s.parent), s.parent)
