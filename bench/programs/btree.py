"""A B-tree: insertion with splitting, search, ordered iteration."""
from bisect import bisect_left

ORDER = 16


class Node:
    __slots__ = ("keys", "values", "children")

    def __init__(self, keys, values, children):
        self.keys, self.values, self.children = keys, values, children

    def is_full(self):
        return len(self.keys) >= 2 * ORDER - 1


class BTree:
    def __init__(self):
        self.root = Node([], [], [])
        self.size = 0

    def __len__(self):
        return self.size

    def __getitem__(self, key):
        node = self.root
        while True:
            i = bisect_left(node.keys, key)
            if i < len(node.keys) and node.keys[i] == key:
                return node.values[i]
            if not node.children:
                raise KeyError(key)
            node = node.children[i]

    def __contains__(self, key):
        try:
            self[key]
        except KeyError:
            return False
        return True

    def __setitem__(self, key, value):
        if self.root.is_full():
            self.root = Node([], [], [self.root])
            self.split(self.root, 0)
        node = self.root
        while True:
            i = bisect_left(node.keys, key)
            if i < len(node.keys) and node.keys[i] == key:
                node.values[i] = value
                return
            if not node.children:
                node.keys.insert(i, key)
                node.values.insert(i, value)
                self.size += 1
                return
            if node.children[i].is_full():
                self.split(node, i)
                continue
            node = node.children[i]

    def split(self, parent, i):
        child = parent.children[i]
        middle = ORDER - 1
        right = Node(child.keys[middle + 1:], child.values[middle + 1:], child.children[middle + 1:])
        parent.keys.insert(i, child.keys[middle])
        parent.values.insert(i, child.values[middle])
        parent.children.insert(i + 1, right)
        del child.keys[middle:], child.values[middle:], child.children[middle + 1:]

    def __iter__(self):
        return self.walk(self.root)

    def walk(self, node):
        if not node.children:
            yield from node.keys
            return
        for i, key in enumerate(node.keys):
            yield from self.walk(node.children[i])
            yield key
        yield from self.walk(node.children[-1])


def main(n):
    tree = BTree()
    for i in range(n):
        tree[i * 7919 % 100_003] = i
    found = sum(1 for i in range(0, 100_003, 3) if i in tree)
    total = 0
    for position, key in enumerate(tree):
        total = (total + position * key) & 0xFFFFFFFF
    print(len(tree), found, total)


main(100_000)
