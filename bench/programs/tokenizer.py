"""A hand-written tokenizer and a recursive-descent evaluator of expressions."""


class Tokens:
    def __init__(self, text):
        self.text, self.at = text, 0
        self.kind = self.value = None
        self.advance()

    def advance(self):
        text, at = self.text, self.at
        n = len(text)
        while at < n and text[at] in " \t\n":
            at += 1
        if at == n:
            self.kind, self.value, self.at = "end", None, at
            return
        c = text[at]
        start = at
        if c.isdigit():
            while at < n and (text[at].isdigit() or text[at] == "."):
                at += 1
            word = text[start:at]
            self.kind, self.value = "number", float(word) if "." in word else int(word)
        elif c.isalpha() or c == "_":
            while at < n and (text[at].isalnum() or text[at] == "_"):
                at += 1
            self.kind, self.value = "name", text[start:at]
        else:
            at += 1
            self.kind, self.value = "sign", c
        self.at = at


class Evaluator:
    def __init__(self, text, names):
        self.tokens, self.names = Tokens(text), names

    def accept(self, *signs):
        tokens = self.tokens
        if tokens.kind == "sign" and tokens.value in signs:
            sign = tokens.value
            tokens.advance()
            return sign
        return None

    def sum(self):
        value = self.product()
        while sign := self.accept("+", "-"):
            right = self.product()
            value = value + right if sign == "+" else value - right
        return value

    def product(self):
        value = self.atom()
        while sign := self.accept("*", "/"):
            right = self.atom()
            value = value * right if sign == "*" else value / right
        return value

    def atom(self):
        if self.accept("("):
            value = self.sum()
            if not self.accept(")"):
                raise SyntaxError("')' expected")
            return value
        if self.accept("-"):
            return -self.atom()
        tokens = self.tokens
        kind, value = tokens.kind, tokens.value
        tokens.advance()
        if kind == "number":
            return value
        if kind == "name":
            return self.names[value]
        raise SyntaxError(f"unexpected {value!r}")


def main(rounds):
    names = {"alpha": 3, "beta_2": 0.5, "gamma": 11}
    texts = [f"(alpha + {i}) * (gamma - {i % 7}.25) / (1 + beta_2 * {i + 1}) - -{i}" for i in range(50)]
    total = 0.0
    for _ in range(rounds):
        for text in texts:
            total += Evaluator(text, names).sum()
    print(f"{total:.6f}")


main(500)
