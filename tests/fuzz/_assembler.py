"""Makes code objects instruction by instruction, following the stack, so that most of them pass the verifier: what they
do is senseless, but every handler is reached with operands that no compiler gives it."""
import dis
import types

OP = dis.opmap
CONSTANTS = (None, True, False, 0, 1, -1, 255, 2.5, "text", "", b"bytes", (), (1, 2), ("a", "b"), ("real",), frozenset({1}), 1 << 70, ...)
NAMES = ("real", "append", "x", "__class__", "items", "a", "__enter__", "len", "print", "ValueError", "list", "range", "isinstance", "__doc__")
O, N, L, S, D, E, H = "object null list set dict exception handled".split()


class Assembler:
    def __init__(self, rng, inner=None):
        self.rng = rng
        self.constants = list(CONSTANTS) + ([inner] if inner else [])
        self.units, self.stack, self.deepest = bytearray(), [], 0
        self.places = []            # (unit, depth) of each instruction
        self.jumps = []             # (unit of the operand's instruction, depth)
        self.generator = rng.random() < 0.3
        self.locals = ["a", "b", "c"]
        self.cells = ["d", "e"] if rng.random() < 0.5 else []

    def emit(self, name, operand=0, pops=0, pushes=()):
        self.places.append((len(self.units) // 2, len(self.stack)))
        while operand > 255 and operand >> 8:
            self.units += bytes((OP["EXTENDED_ARG"], operand >> 8))
            operand &= 255
        self.units += bytes((OP[name], operand))
        self.units += bytes(2 * dis._inline_cache_entries[OP[name]])
        if pops:
            del self.stack[-pops:]
        self.stack += pushes
        self.deepest = max(self.deepest, len(self.stack))

    def load(self):
        rng = self.rng
        match rng.randrange(6):
            case 0 | 1: self.emit("LOAD_CONST", rng.randrange(len(self.constants)), 0, [O])
            case 2: self.emit("LOAD_FAST", rng.randrange(len(self.locals)), 0, [O])
            case 3: self.emit("LOAD_NAME" if rng.random() < 0.3 else "LOAD_GLOBAL", 2 * rng.randrange(len(NAMES) // 2), 0, [O])
            case 4 if self.cells: self.emit(rng.choice(("LOAD_DEREF", "LOAD_CLOSURE")), 3 + rng.randrange(len(self.cells)), 0, [O])
            case _: self.emit(rng.choice(("LOAD_ASSERTION_ERROR", "LOAD_BUILD_CLASS")), 0, 0, [O])

    def objects(self):
        """How many items on top of the stack are no NULL."""
        n = 0
        for kind in reversed(self.stack):
            if kind == N:
                break
            n += 1
        return n

    def call(self):
        n = self.rng.randrange(4)
        if self.rng.random() < 0.5:
            self.emit("PUSH_NULL", 0, 0, [N])
            self.load()
        else:
            self.load()
            self.emit("LOAD_METHOD", self.rng.randrange(len(NAMES)), 1, [N, O])
        for _ in range(n):
            self.load()
        if n == 2 and self.rng.random() < 0.4:
            self.emit("KW_NAMES", CONSTANTS.index(("a", "b")))
        elif n and self.rng.random() < 0.2:
            self.emit("KW_NAMES", CONSTANTS.index(("real",)))
        self.emit("PRECALL", n)
        self.emit("CALL", n, n + 2, [O])

    def step(self):
        rng, stack, have = self.rng, self.stack, self.objects()
        if have < 2 or rng.random() < 0.25:
            return self.load() if len(stack) < 14 else self.emit("RESUME", 0)
        n = rng.randrange(1, have + 1)
        where = [k for k in range(1, len(stack)) if stack[-1 - k] in (L, S, D)]
        match rng.randrange(30):
            case 0: self.emit("BINARY_OP", rng.randrange(26), 2, [O])
            case 1: self.emit("COMPARE_OP", rng.randrange(6), 2, [O])
            case 2: self.emit(rng.choice(("IS_OP", "CONTAINS_OP")), rng.randrange(2), 2, [O])
            case 3: self.emit(rng.choice(("UNARY_NOT", "UNARY_NEGATIVE", "UNARY_INVERT", "UNARY_POSITIVE")), 0, 1, [O])
            case 4: self.emit(*rng.choice((("BUILD_TUPLE", n, n, [O]), ("BUILD_LIST", n, n, [L]), ("BUILD_SET", n, n, [S]), ("BUILD_STRING", n, n, [O]))))
            case 5: self.emit("BUILD_MAP", n // 2, n // 2 * 2, [D])
            case 6: self.emit("COPY", rng.randrange(1, len(stack) + 1)); stack.append(stack[-(self.units[-1])])
            case 7:
                k = rng.randrange(1, len(stack) + 1)
                self.emit("SWAP", k)
                stack[-1], stack[-k] = stack[-k], stack[-1]
            case 8: self.emit("POP_TOP", 0, 1)
            case 9: self.emit("STORE_FAST", rng.randrange(len(self.locals)), 1)
            case 10: self.emit("DELETE_FAST", rng.randrange(len(self.locals)))
            case 11 if self.cells: self.emit(*rng.choice((("STORE_DEREF", 3, 1), ("DELETE_DEREF", 3))))
            case 12: self.emit("LOAD_ATTR", rng.randrange(len(NAMES)), 1, [O])
            case 13: self.emit("STORE_ATTR", rng.randrange(len(NAMES)), 2)
            case 14: self.emit("BINARY_SUBSCR", 0, 2, [O])
            case 15 if have >= 3: self.emit("STORE_SUBSCR", 0, 3)
            case 16: self.emit("GET_ITER", 0, 1, [O])
            case 17: self.emit("UNPACK_SEQUENCE", rng.randrange(4), 1); stack += [O] * self.units[-3]; self.deepest = max(self.deepest, len(stack))
            case 18: self.emit("UNPACK_EX", rng.randrange(3), 1); stack += [O] * (self.units[-1] + 1); self.deepest = max(self.deepest, len(stack))
            case 19 if where:
                k = rng.choice(where)
                kind = stack[-1 - k]
                self.emit({L: rng.choice(("LIST_APPEND", "LIST_EXTEND")), S: rng.choice(("SET_ADD", "SET_UPDATE")), D: "DICT_UPDATE"}[kind], k, 1)
            case 20: self.emit("FORMAT_VALUE", rng.randrange(4), 1, [O])
            case 21: self.emit(rng.choice(("GET_LEN", "MATCH_MAPPING", "MATCH_SEQUENCE")), 0, 0, [O])
            case 22: self.emit("MATCH_KEYS", 0, 0, [O])
            case 23 if have >= 3: self.emit("MATCH_CLASS", rng.randrange(3), 3, [O])
            case 24: self.emit("BEFORE_WITH", 0, 1, [O, O])
            case 25: self.emit("MAKE_FUNCTION", rng.choice((0, 0, 1, 2, 4, 8)), 0); self.stack[-2 if self.units[-1] else -1:] = [O]
            case 26: self.call()
            case 27 if self.generator:
                match rng.randrange(3):
                    case 0: self.emit("YIELD_VALUE", 0, 1, [O]); self.emit("RESUME", 1)
                    case 1: self.emit("GET_YIELD_FROM_ITER", 0, 1, [O]); self.delegate()
                    case 2: self.emit("GET_AWAITABLE", rng.randrange(3), 1, [O]); self.delegate()
            case 28: self.jump()
            case 29: self.emit(*rng.choice((("BUILD_SLICE", 2, 2, [O]), ("RESUME", 0), ("GET_AITER", 0, 1, [O]), ("GET_ANEXT", 0, 0, [O]), ("IMPORT_NAME", 5, 2, [O]),
                                            ("IMPORT_FROM", 1, 0, [O]), ("PRINT_EXPR", 0, 1), ("SETUP_ANNOTATIONS",), ("DELETE_NAME", 1), ("STORE_NAME", 2, 1), ("STORE_GLOBAL", 3, 1),
                                            ("DELETE_GLOBAL", 3), ("DELETE_ATTR", 1, 1), ("DELETE_SUBSCR", 0, 2), ("IMPORT_STAR", 0, 1))))

    def delegate(self):
        self.emit("LOAD_CONST", 0, 0, [O])
        self.emit("SEND", 3)
        self.emit("YIELD_VALUE")
        self.emit("RESUME", self.rng.choice((2, 3)))
        self.emit("JUMP_BACKWARD_NO_INTERRUPT", 4, 2, [O])

    def jump(self):
        self.load()
        name = self.rng.choice(("POP_JUMP_FORWARD_IF_TRUE", "POP_JUMP_FORWARD_IF_NONE", "POP_JUMP_FORWARD_IF_FALSE", "FOR_ITER", "POP_JUMP_BACKWARD_IF_NONE",
                                "POP_JUMP_BACKWARD_IF_FALSE", "JUMP_IF_TRUE_OR_POP"))
        if name == "FOR_ITER":
            self.emit("GET_ITER", 0, 1, [O])
        self.emit(name)
        self.jumps.append((len(self.units) // 2 - 1, len(self.stack) - (name != "JUMP_IF_TRUE_OR_POP"), "BACKWARD" in name))
        if name == "FOR_ITER":
            self.stack.append(O)
        else:
            del self.stack[-1]
        self.deepest = max(self.deepest, len(self.stack))

    def finish(self):
        self.load()
        self.emit("RETURN_VALUE", 0, 1)
        ranges, handlers = [], []
        for _ in range(self.rng.randrange(3)):
            first, last = sorted(self.rng.sample(range(len(self.places)), 2))
            if ranges and ranges[-1][1] > first:
                continue
            depth = max(min(depth for _, depth in self.places[first:last]) - self.rng.choice((1, 1, 2, 0, 3)), 0)
            ranges.append((first, last, depth))
        table = bytearray()
        for first, last, depth in ranges:
            start, end = self.places[first][0], self.places[last][0]
            handler, lasti = len(self.units) // 2, self.rng.randrange(2)
            self.stack = [O] * depth + [O] * lasti + [E]
            self.deepest = max(self.deepest, len(self.stack) + 1)
            self.emit("PUSH_EXC_INFO", 0, 1, [H, E])
            for _ in range(self.rng.randrange(6)):
                self.step()
            while self.stack and self.stack[-1] != E and len(self.stack) > depth + lasti + 2:
                self.emit("POP_TOP", 0, 1)
            match self.rng.randrange(4):
                case 0: self.emit("RERAISE", 0)
                case 1 if lasti: self.emit("RERAISE", 2)
                case 2: self.emit("LOAD_CONST", 0, 0, [O]); self.emit("CHECK_EXC_MATCH", 0, 1, [O]); self.emit("RETURN_VALUE")
                case _: self.emit("POP_TOP", 0, 1); self.emit("POP_EXCEPT", 0, 1); self.emit("LOAD_CONST", 3, 0, [O]); self.emit("RETURN_VALUE")
            for position, number in enumerate((start, end - start, handler, depth << 1 | lasti)):
                table += bytes(((number >> 6 & 63) | 64 | (0 if position else 128), number & 63))
        for unit, depth, backward in self.jumps:
            if backward:
                targets = [u for u, d in self.places if d == depth and 0 < unit + 1 - u < 256 and u > 12]
                if targets:
                    self.units[2 * unit + 1] = unit + 1 - self.rng.choice(targets)
            else:
                targets = [u for u, d in self.places if d == depth and 0 <= u - unit - 1 < 256]
                if targets:
                    self.units[2 * unit + 1] = self.rng.choice(targets) - unit - 1
        return bytes(table)


def assemble(rng, depth=0):
    self = Assembler(rng, assemble(rng, depth + 1) if depth < 2 and rng.random() < 0.5 else None)
    for k in range(len(self.cells)):
        self.emit("MAKE_CELL", 3 + k)
    flags = 0x3 if rng.random() < 0.8 else 0
    if self.generator:
        flags |= rng.choice((0x20, 0x20, 0x80, 0x200, 0x100 | 0x20))
        self.emit("RETURN_GENERATOR", 0, 0, [O])
        self.emit("POP_TOP", 0, 1)
    self.emit("RESUME", 0)
    for _ in range(rng.randrange(3, 40)):
        self.step()
    table = self.finish()
    lines = bytes(byte for unit in range(0, len(self.units) // 2, 8) for byte in (0x80 | 13 << 3 | min(7, len(self.units) // 2 - unit - 1), rng.randrange(4)))
    return types.CodeType(0, 0, 0, 3, self.deepest + rng.choice((0, 1, 1, 2)), flags, bytes(self.units), tuple(self.constants), NAMES, tuple(self.locals), "assembled", "f",
                          "f", 1, lines, table, (), tuple(self.cells))
