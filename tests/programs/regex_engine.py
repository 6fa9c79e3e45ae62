"""A regular expression engine: parser, Thompson's automaton, and a backtracking matcher, compared."""


class Node:
    def __init__(self, kind, *args): self.kind, self.args = kind, args
    def __repr__(self): return f"{self.kind}({', '.join(map(repr, self.args))})"


def parse(pattern):
    at = 0

    def peek(): return pattern[at] if at < len(pattern) else None

    def alternatives():
        nonlocal at
        options = [sequence()]
        while peek() == "|":
            at += 1
            options.append(sequence())
        return options[0] if len(options) == 1 else Node("alt", *options)

    def sequence():
        parts = []
        while peek() not in (None, "|", ")"):
            parts.append(repeated())
        return parts[0] if len(parts) == 1 else Node("seq", *parts)

    def repeated():
        nonlocal at
        node = atom()
        while (c := peek()) and c in "*+?":
            at += 1
            node = Node({"*": "star", "+": "plus", "?": "opt"}[c], node)
        return node

    def atom():
        nonlocal at
        c = pattern[at]
        at += 1
        match c:
            case "(":
                node = alternatives()
                if peek() != ")":
                    raise ValueError(f"missing ) at {at}")
                at += 1
                return node
            case ".":
                return Node("any")
            case "[":
                negated = peek() == "^"
                at += negated
                chars = set()
                while (c := peek()) != "]" or not chars:
                    if c is None:
                        raise ValueError("missing ]")
                    if pattern[at + 1:at + 2] == "-" and pattern[at + 2:at + 3] not in ("]", ""):
                        chars |= {chr(x) for x in range(ord(c), ord(pattern[at + 2]) + 1)}
                        at += 3
                    else:
                        chars.add(c)
                        at += 1
                at += 1
                return Node("set", frozenset(chars), negated)
            case "\\":
                c = peek()
                at += 1
                classes = {"d": "0123456789", "s": " \t\n", "w": "abcdefghijklmnopqrstuvwxyz_0123456789"}
                return Node("set", frozenset(classes[c]), False) if c in classes else Node("char", c)
            case "*" | "+" | "?":
                raise ValueError(f"nothing to repeat at {at - 1}")
        return Node("char", c)

    tree = alternatives()
    if at < len(pattern):
        raise ValueError(f"unbalanced ) at {at}")
    return tree


def accepts(node, c):
    match node.kind:
        case "char": return c == node.args[0]
        case "any": return c != "\n"
        case "set": return (c in node.args[0]) != node.args[1]


class Automaton:
    def __init__(self, tree):
        self.edges, self.empty = [], []
        self.start = self.state()
        self.end = self.build(tree, self.start)

    def state(self):
        self.edges.append([])
        self.empty.append([])
        return len(self.edges) - 1

    def build(self, node, start):
        match node.kind:
            case "seq":
                for part in node.args:
                    start = self.build(part, start)
                return start
            case "alt":
                end = self.state()
                for option in node.args:
                    first = self.state()
                    self.empty[start].append(first)
                    self.empty[self.build(option, first)].append(end)
                return end
            case "star" | "plus" | "opt" as kind:
                first, end = self.state(), self.state()
                self.empty[start].append(first)
                last = self.build(node.args[0], first)
                self.empty[last].append(end)
                if kind != "opt":
                    self.empty[last].append(first)
                if kind != "plus":
                    self.empty[start].append(end)
                return end
            case _:
                end = self.state()
                self.edges[start].append((node, end))
                return end

    def closure(self, states):
        states, stack = set(states), list(states)
        while stack:
            for other in self.empty[stack.pop()]:
                if other not in states:
                    states.add(other)
                    stack.append(other)
        return states

    def longest(self, text):
        states, best = self.closure({self.start}), None
        for i, c in enumerate(text + "\0"):
            if self.end in states:
                best = i
            states = self.closure({end for s in states for node, end in self.edges[s] if i < len(text) and accepts(node, c)})
            if not states:
                break
        return best


def backtrack(node, text, at, go):
    """Calls go with every place where the node can end; the first true answer wins."""
    match node.kind, node.args:
        case "seq", ():
            return go(at)
        case "seq", (first, *rest):
            return backtrack(first, text, at, lambda i: backtrack(Node("seq", *rest), text, i, go))
        case "alt", options:
            return any(backtrack(option, text, at, go) for option in options)
        case "star", (inner,):
            return backtrack(inner, text, at, lambda i: i > at and backtrack(node, text, i, go)) or go(at)
        case "plus", (inner,):
            return backtrack(Node("seq", inner, Node("star", inner)), text, at, go)
        case "opt", (inner,):
            return backtrack(inner, text, at, go) or go(at)
    return at < len(text) and accepts(node, text[at]) and go(at + 1)


for pattern, texts in (("a(b|c)*d", ["ad", "abcbcd", "abce", ""]), ("[a-c]+x?", ["abcx", "x", "ccc"]), ("\\d+(\\.\\d+)?", ["3.14", "42", ".5", "1."]), ("(a*)*b", ["aaab", "b", "aaa"]),
                       ("h.llo|w[^aeiou]rld", ["hello", "hallo", "world", "wxrld"]), ("", ["", "a"]), ("(|a)b", ["b", "ab"]), ("\\w+@\\w+\\.com", ["joe@mail.com", "joe@mail.org"]), ("a?a?a?a?aaaa", ["aaaa", "aaa", "a" * 8])):
    tree = parse(pattern)
    machine = Automaton(tree)
    print(pattern or "(empty)", tree if len(pattern) < 10 else "", len(machine.edges))
    for text in texts:
        longest = machine.longest(text)
        full = bool(backtrack(tree, text, 0, lambda i: i == len(text)))
        print(f"   {text!r:<16} longest={longest} full={full} agree={full == (longest == len(text))}")
for bad in ("(a", "a)", "*a", "[abc", "a|*"):
    try:
        parse(bad)
    except ValueError as error:
        print(f"{bad!r}: {error}")
