"""Huffman coding: build the tree, encode to bits, pack into bytes, decode."""


class Node:
    __slots__ = ("weight", "order", "left", "right", "symbol")

    def __init__(self, weight, order, left=None, right=None, symbol=None):
        self.weight, self.order, self.left, self.right, self.symbol = weight, order, left, right, symbol

    def __lt__(self, other):
        return (self.weight, self.order) < (other.weight, other.order)

    def __iter__(self):
        if self.symbol is not None:
            yield self.symbol, ""
        else:
            for branch, bit in ((self.left, "0"), (self.right, "1")):
                for symbol, code in branch:
                    yield symbol, bit + code

    def __repr__(self):
        return repr(self.symbol) if self.symbol is not None else f"({self.left!r} {self.right!r})"


def build(text):
    counts = {}
    for char in text:
        counts[char] = counts.get(char, 0) + 1
    nodes = [Node(weight, i, symbol=char) for i, (char, weight) in enumerate(sorted(counts.items()))]
    order = len(nodes)
    while len(nodes) > 1:
        nodes.sort()
        a, b, *nodes = nodes
        nodes.append(Node(a.weight + b.weight, order, a, b))
        order += 1
    return nodes[0]


def pack(bits):
    padding = -len(bits) % 8
    return bytes([padding]) + int(bits + "0" * padding, 2).to_bytes((len(bits) + padding) // 8, "big") if bits else b"\0"


def unpack(data):
    padding, body = data[0], data[1:]
    bits = "".join(format(byte, "08b") for byte in body)
    return bits[:len(bits) - padding]


def decode(tree, bits):
    out, node = [], tree
    for bit in bits:
        node = node.left if bit == "0" else node.right
        if node.symbol is not None:
            out.append(node.symbol)
            node = tree
    if node is not tree:
        raise ValueError(f"{len(bits)} bits end inside a code")
    return "".join(out)


for text in ("abracadabra", "the quick brown fox jumps over the lazy dog", "mississippi river", "äöü äöü äää", "aab"):
    tree = build(text)
    codes = dict(tree)
    bits = "".join(codes[char] for char in text)
    packed = pack(bits)
    print(repr(text), len(text.encode()) * 8, "->", len(bits), "bits", packed.hex())
    print("  ", dict(sorted(codes.items(), key=lambda item: (len(item[1]), item[1]))))
    assert decode(tree, unpack(packed)) == text
    # No code is the beginning of another one.
    assert not any(a != b and b.startswith(a) for a in codes.values() for b in codes.values())
    print("   Kraft sum", sum(2 ** -len(code) for code in codes.values()), tree if len(codes) < 6 else "")
try:
    decode(build("abracadabra"), "1101")
except ValueError as error:
    print("ValueError:", error)
