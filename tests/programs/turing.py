"""Small machines: a Turing machine, a stack machine with a compiler, brainf*** and a register machine."""


def turing(rules, tape, state="start", limit=10000):
    cells, head, steps = dict(enumerate(tape)), 0, 0
    while state != "halt" and steps < limit:
        symbol = cells.get(head, "_")
        try:
            write, move, state = rules[state, symbol]
        except KeyError:
            return f"stuck in {state} on {symbol!r} after {steps}"
        cells[head] = write
        head += {"L": -1, "R": 1, "S": 0}[move]
        steps += 1
    text = "".join(cells.get(i, "_") for i in range(min(cells), max(cells) + 1)).strip("_")
    return text, steps


INCREMENT = {("start", "0"): ("0", "R", "start"), ("start", "1"): ("1", "R", "start"), ("start", "_"): ("_", "L", "carry"),
             ("carry", "1"): ("0", "L", "carry"), ("carry", "0"): ("1", "S", "halt"), ("carry", "_"): ("1", "S", "halt")}
BEAVER = {("start", "_"): ("1", "R", "b"), ("start", "1"): ("1", "L", "c"), ("b", "_"): ("1", "L", "start"), ("b", "1"): ("1", "R", "b"),
          ("c", "_"): ("1", "L", "b"), ("c", "1"): ("1", "S", "halt")}
print(turing(INCREMENT, "1011"), turing(INCREMENT, "111"), turing(INCREMENT, ""), turing(INCREMENT, "12"), turing(BEAVER, ""))


def brain(program, text=""):
    jumps, stack = {}, []
    for i, c in enumerate(program):
        if c == "[":
            stack.append(i)
        elif c == "]":
            j = stack.pop()
            jumps[i], jumps[j] = j, i
    tape, at, ip, out, source = [0] * 100, 0, 0, [], iter(text)
    while ip < len(program):
        match program[ip]:
            case ">": at += 1
            case "<": at -= 1
            case "+": tape[at] = tape[at] + 1 & 255
            case "-": tape[at] = tape[at] - 1 & 255
            case ".": out.append(chr(tape[at]))
            case ",": tape[at] = ord(next(source, "\0"))
            case "[" if not tape[at]: ip = jumps[ip]
            case "]" if tape[at]: ip = jumps[ip]
        ip += 1
    return "".join(out)


print(brain("++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.--------.>>+."))
print(brain(",[.,]", "echo"), brain(">,[>,]<[.<]", "reverse"))


class Stack:
    """A stack machine whose code is made from nested tuples."""

    def compile(self, tree):
        match tree:
            case int() | float():
                yield "push", tree
            case str():
                yield "load", tree
            case ("let", name, value, body):
                yield from self.compile(value)
                yield "store", name
                yield from self.compile(body)
            case ("if", test, then, other):
                then, other = [*self.compile(then)], [*self.compile(other)]
                yield from self.compile(test)
                yield "jump_if_false", len(then) + 1
                yield from then
                yield "jump", len(other)
                yield from other
            case ("while", test, body):
                test, body = [*self.compile(test)], [*self.compile(body)]
                yield from test
                yield "jump_if_false", len(body) + 2
                yield from body
                yield "drop", None
                yield "jump", -(len(test) + len(body) + 3)
                yield "push", 0
            case ("do", *parts, last):
                for part in parts:
                    yield from self.compile(part)
                    yield "drop", None
                yield from self.compile(last)
            case ("set", name, value):
                yield from self.compile(value)
                yield "dup", None
                yield "store", name
            case (operator, left, right):
                yield from self.compile(left)
                yield from self.compile(right)
                yield "op", operator
            case _:
                raise SyntaxError(f"cannot compile {tree!r}")

    def run(self, code, **names):
        stack, ip, executed = [], 0, 0
        while ip < len(code):
            op, argument = code[ip]
            ip, executed = ip + 1, executed + 1
            match op:
                case "push": stack.append(argument)
                case "load": stack.append(names[argument])
                case "store": names[argument] = stack.pop()
                case "dup": stack.append(stack[-1])
                case "drop": stack.pop()
                case "jump": ip += argument
                case "jump_if_false":
                    if not stack.pop():
                        ip += argument
                case "op":
                    b, a = stack.pop(), stack.pop()
                    stack.append({"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "<": lambda: a < b, "%": lambda: a % b}[argument]())
        return stack, executed


machine = Stack()
for tree, names in (
    (("+", 1, ("*", 2, 3)), {}),
    (("let", "x", 5, ("*", "x", ("-", "x", 1))), {}),
    (("if", ("<", "n", 10), ("+", "n", 100), ("-", "n", 100)), {"n": 50}),
    (("let", "i", 0, ("let", "s", 0, ("do", ("while", ("<", "i", "n"), ("do", ("set", "i", ("+", "i", 1)), ("set", "s", ("+", "s", "i")))), "s"))), {"n": 100}),
):
    code = list(machine.compile(tree))
    print(len(code), code[:4], *machine.run(code, **names))
for tree in (("+", 1), ["list"], None):
    try:
        list(machine.compile(tree))
    except SyntaxError as error:
        print(error)
