"""str: concatenation, slicing, searching, splitting, joining, iterating."""


def run(n):
    text = "the quick brown fox jumps over the lazy dog"
    for i in range(n):
        words = text.split()
        joined = "-".join(words)
        joined.replace("-", " ").upper()
        text[4:9] == "quick"
        text.find("lazy")
        s = ""
        for c in text:
            s += c


run(300_000)
