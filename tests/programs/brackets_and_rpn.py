"""Bracket matching, infix to postfix, postfix evaluation, with precise error positions."""
PAIRS = {")": "(", "]": "[", "}": "{"}


class Mismatch(Exception):
    def __init__(self, text, at, why):
        super().__init__(f"{why} at {at}")
        self.text, self.at, self.why = text, at, why

    def show(self):
        return f"{self.text}\n{' ' * self.at}^ {self.why}"


def match(text):
    stack, pairs = [], []
    for at, char in enumerate(text):
        if char in PAIRS.values():
            stack.append((char, at))
        elif char in PAIRS:
            if not stack:
                raise Mismatch(text, at, f"nothing opened for {char!r}")
            opened, where = stack.pop()
            if opened != PAIRS[char]:
                raise Mismatch(text, at, f"{char!r} closes {opened!r} of {where}")
            pairs.append((where, at))
    if stack:
        raise Mismatch(text, stack[-1][1], f"{stack[-1][0]!r} never closed")
    return sorted(pairs)


for text in ("", "()", "([]{()})", "(]", "(()", "())", "{a[b(c)d]e}", "x"):
    try:
        print(repr(text), match(text))
    except Mismatch as error:
        print(error.show())

OPERATORS = {"+": (1, "left", lambda a, b: a + b), "-": (1, "left", lambda a, b: a - b), "*": (2, "left", lambda a, b: a * b), "/": (2, "left", lambda a, b: a / b),
             "%": (2, "left", lambda a, b: a % b), "^": (3, "right", lambda a, b: a ** b)}


def lex(text):
    at = 0
    while at < len(text):
        start = at
        if text[at].isspace():
            at += 1
            continue
        if text[at].isdigit():
            while at < len(text) and (text[at].isdigit() or text[at] == "."):
                at += 1
            yield start, float(text[start:at]) if "." in text[start:at] else int(text[start:at])
            continue
        if text[at] not in "+-*/%^()":
            raise Mismatch(text, at, f"unknown {text[at]!r}")
        at += 1
        yield start, text[start]


def postfix(text):
    out, stack = [], []
    for at, token in lex(text):
        if not isinstance(token, str):
            out.append(token)
        elif token == "(":
            stack.append((token, at))
        elif token == ")":
            while stack and stack[-1][0] != "(":
                out.append(stack.pop()[0])
            if not stack:
                raise Mismatch(text, at, "no '('")
            stack.pop()
        else:
            level, side, _ = OPERATORS[token]
            while stack and stack[-1][0] != "(" and (OPERATORS[stack[-1][0]][0] > level or OPERATORS[stack[-1][0]][0] == level and side == "left"):
                out.append(stack.pop()[0])
            stack.append((token, at))
    while stack:
        token, at = stack.pop()
        if token == "(":
            raise Mismatch(text, at, "no ')'")
        out.append(token)
    return out


def evaluate(tokens):
    stack = []
    for token in tokens:
        if isinstance(token, str):
            if len(stack) < 2:
                raise ValueError(f"{token} needs two operands, has {len(stack)}")
            b, a = stack.pop(), stack.pop()
            stack.append(OPERATORS[token][2](a, b))
        else:
            stack.append(token)
    if len(stack) != 1:
        raise ValueError(f"{len(stack)} values left")
    return stack[0]


for text in ("1 + 2 * 3", "(1 + 2) * 3", "2 ^ 3 ^ 2", "10 / 4", "8 - 3 - 2", "2.5 * (1 + 3) % 7", "1 / 0", "1 +", "(1", "1)", "2 $ 3", "1 2", "", "((((5))))", "1 + 2 * 3 - 4 / 5 ^ 6 % 7"):
    try:
        tokens = postfix(text)
        print(f"{text:<28} {' '.join(map(str, tokens)):<28} {evaluate(tokens)}")
    except Mismatch as error:
        print(error.show())
    except (ValueError, ArithmeticError) as error:
        print(f"{text:<28} {type(error).__name__}: {error}")


def infix(tokens):
    """Back from postfix with as few parentheses as needed."""
    stack = []
    for token in tokens:
        if isinstance(token, str):
            (b, lb), (a, la) = stack.pop(), stack.pop()
            level, side, _ = OPERATORS[token]
            a = f"({a})" if la < level or la == level and side == "right" else a
            b = f"({b})" if lb < level or lb == level and side == "left" else b
            stack.append((f"{a} {token} {b}", level))
        else:
            stack.append((str(token), 9))
    return stack[0][0]


for text in ("((1 + 2)) * 3", "1 - (2 - 3)", "(1 - 2) - 3", "(2 ^ 3) ^ 2", "2 ^ (3 ^ 2)", "(1 * 2) + (3 / (4 * 5))"):
    back = infix(postfix(text))
    print(f"{text:<26} {back:<22} {evaluate(postfix(text)) == evaluate(postfix(back))}")
