"""Character by character: indexing, comparing, ord, chr, isdigit."""


def run(text):
    digits = letters = other = code = 0
    for i in range(len(text)):
        c = text[i]
        if c == " ":
            other += 1
        elif c.isdigit():
            digits += 1
        elif "a" <= c <= "z":
            letters += 1
            code += ord(c)
    for c in text:
        if c in "aeiou":
            other += 1
    return digits, letters, other, code


run("some text 123 with digits 456 " * 100_000)
