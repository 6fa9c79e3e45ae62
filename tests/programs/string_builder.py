"""Building text: tables, boxes, templates, roman numerals, number words, palindromes, anagrams."""


def table(rows, header=None, align=None):
    rows = [[str(cell) for cell in row] for row in ([header] if header else []) + list(rows)]
    widths = [max(map(len, column)) for column in zip(*rows)]
    align = align or "<" * len(widths)
    line = "+" + "+".join("-" * (w + 2) for w in widths) + "+"
    out = [line]
    for i, row in enumerate(rows):
        out.append("|" + "|".join(f" {cell:{a}{w}} " for cell, w, a in zip(row, widths, align)) + "|")
        if header and i == 0:
            out.append(line.replace("-", "="))
    return "\n".join(out + [line])


def roman(n):
    out = ""
    for value, letters in zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "M CM D CD C XC L XL X IX V IV I".split()):
        count, n = divmod(n, value)
        out += letters * count
    return out


def unroman(text):
    values = dict(zip("IVXLCDM", (1, 5, 10, 50, 100, 500, 1000)))
    return sum(-values[a] if values[a] < values.get(b, 0) else values[a] for a, b in zip(text, text[1:] + " "))


ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def words(n):
    if n < 0:
        return "minus " + words(-n)
    if n < 20:
        return ONES[n]
    if n < 100:
        return TENS[n // 10 - 2] + (f"-{ONES[n % 10]}" if n % 10 else "")
    for size, name in ((10 ** 9, "billion"), (10 ** 6, "million"), (1000, "thousand"), (100, "hundred")):
        if n >= size:
            rest = n % size
            return f"{words(n // size)} {name}" + (f"{' and ' if rest < 100 else ' '}{words(rest)}" if rest else "")


class Template:
    def __init__(self, text):
        self.parts = []
        while text:
            before, found, rest = text.partition("{{")
            self.parts.append(("text", before))
            if found:
                name, end, rest = rest.partition("}}")
                if not end:
                    raise ValueError(f"never closed: {name!r}")
                name, *filters = (part.strip() for part in name.split("|"))
                self.parts.append(("name", name, filters))
            text = rest

    def render(self, **values):
        out = []
        for part in self.parts:
            match part:
                case "text", text:
                    out.append(text)
                case "name", name, filters:
                    value = values
                    for step in name.split("."):
                        value = value[step] if isinstance(value, dict) else getattr(value, step)
                    for f in filters:
                        value = {"upper": str.upper, "title": str.title, "len": len, "rev": lambda s: s[::-1], "sum": sum}[f](value)
                    out.append(str(value))
        return "".join(out)


print(table([("apple", 3, 0.5), ("banana", 12, 0.25), ("cherry", 100, 12.0)], ("fruit", "count", "price"), "<>>"))
print(table([("é", "日本"), ("", "x")]))
print(table(((n, roman(n), words(n)) for n in (1, 4, 9, 14, 40, 90, 400, 1994, 2024, 3999)), None, ">^<"))
print(all(unroman(roman(n)) == n for n in range(1, 4000)), max((roman(n) for n in range(1, 4000)), key=len))
print(words(-1000001), "|", words(123456789), "|", words(10 ** 9), "|", max((words(n) for n in range(1000)), key=len))
t = Template("Dear {{ name | title }}, {{ items | len }} items cost {{order.total}}; {{ name|upper|rev }}!")
print(t.render(name="ada lovelace", items=[1, 2, 3], order={"total": 9.5}))
for text, values in (("{{ x", {}), ("{{ x }}", {}), ("{{ x.y }}", {"x": 5}), ("{{ x | nope }}", {"x": 1})):
    try:
        print(Template(text).render(**values))
    except Exception as error:
        print(type(error).__name__, error)
clean = lambda s: "".join(c for c in s.casefold() if c.isalnum())
for s in ("A man, a plan, a canal: Panama!", "Was it a car or a cat I saw?", "Not a palindrome", "", "Ésope reste ici et se repose"):
    print(repr(s), clean(s) == clean(s)[::-1])
groups = {}
for w in "listen silent enlist google elbow below state taste inlets".split():
    groups.setdefault("".join(sorted(w)), []).append(w)
print([g for g in groups.values() if len(g) > 1])
print("\n".join(("*" * (2 * i + 1)).center(11) for i in range(6)))
print("".join(chr(ord(c) ^ 32) if c.isascii() and c.isalpha() else c for c in "Hello, Wörld"), "ab" * 3 + "-" * 5, "%s" * 3 % (1, 2, 3))
