"""Identifiers, escapes and normalisation in source code; names in error messages."""


def attempt(source):
    space = {}
    try:
        exec(source, space)
        return {k: v for k, v in space.items() if k != "__builtins__" and not callable(v)}
    except SyntaxError as error:
        return f"{type(error).__name__}: {error.msg} ({error.lineno}, {error.offset})"
    except Exception as error:
        return f"{type(error).__name__}: {error}"


for source in ("é = 1", "名前 = 'x'", "ñandú_2 = 2", "_é = 1", "ﬁ = 1; fi += 1", "ℌ = 1; H += 1", "x² = 1", "²x = 1", "x\u0301 = 1", "\u0301x = 1", "a\u00b7b = 1", "\u212e = 1", "𝐱 = 1; x += 1", "ᵃ = 1", "Å = 1; Å += 1", "x\u200b = 1", "x = 1\u00a0", "x = “a”", "x = 1 – 2", "x = 5 × 2", "x = 1；y = 2", "x ＝ 1", "print（1）", "٣ = 1", "x٣ = 1", "😀 = 1", "x = '😀'", "# 😀 comment", "x = 1 # ñ", "é.é = 1", "def ß(ä=1): return ä\nx = ß(ä=2)", "class Ω: δ = 1\nx = Ω.δ", "for ι in 'ab': pass", "lambda λ: λ", "import ünknown_module", "from sys import ünknown", "del é", "ünbound", "'a'.ünknown", "(5).ä", "f'{ä}'", "f'{é=}' if False else None; é = 2; x = f'{é=}'", "x = '\\N{GREEK SMALL LETTER PI}'", "x = b'\\xc3\\xa9'.decode()", "global é; é = 5", "x = {'é': 1}['é']", "é: int = 5", "x = (é := 1)", "match 1:\n case é: pass", "with open('/dev/null') as ƒ: x = 1", "try: 1/0\nexcept ZeroDivisionError as ε: x = str(ε)", "async def ƒ(): await ä", "\ufeffx = 1", "x = 1\ufeff", "x = '\ud800'" if False else "y = 1", "x = '\\ud800'", "\\u0061 = 1", "x = 'a\\\nb'", "x = '\\é'" if False else "x = 'é\\\\'", "ª = 1; a += 1", "ſ = 1; s += 1", "ǆ = 1", "K = 1; K += 1"):
    print(ascii(source), attempt(source))
source = "größe = 5\nwerte = [größe, undefiniert_ä, größe]"
try:
    exec(compile(source, "datei_ü.py", "exec"))
except NameError as error:
    print(error, error.name, error.__traceback__.tb_next.tb_frame.f_code.co_filename, error.__traceback__.tb_next.tb_lineno, list(error.__traceback__.tb_next.tb_frame.f_code.co_positions())[10:14])
for source in ("ä = (1,\nö = 2)", "日本 = 1 +", "x = 'äöü", "äöü äöü", "if ä:\nö", "f'{ä ö}'", "f'äöü{'", "x = '''日本\n語", "ä = 1 2 日", "def ä(ö, ö): pass", "日本語()[1] = = 2"):
    try:
        compile(source, "f", "exec")
    except SyntaxError as error:
        print(repr(source), error.msg, error.lineno, error.offset, error.end_lineno, error.end_offset, repr(error.text))


class Ünicode:
    ä = 1
    def __init__(self): self.ö = 2
    def __getattr__(self, name): return f"<{name}>"
    def µ(self, *, ñ): return ñ


u = Ünicode()
print(u.ä, u.ö, u.ﬁ, u.ü, vars(u), u.µ(ñ=3), u.µ(**{"ñ": 4}), Ünicode.µ.__qualname__, Ünicode.__dict__["ä"], getattr(u, "ﬁ"), getattr(u, "fi"), [n for n in dir(Ünicode) if not n.isascii()])
for call in (lambda: u.µ(), lambda: u.µ(n=1), lambda: u.µ(1), lambda: Ünicode(1), lambda: u + 1, lambda: Ünicode.ß, lambda: setattr(5, "ä", 1)):
    try:
        call()
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
def ƒ(α, β=2, *γ, δ, **ε): return locals()
print(ƒ(1, δ=4), ƒ.__code__.co_varnames, ƒ.__name__, ƒ(1, 2, 3, δ=5, ζ=6), "ａ" == "a", eval("ａ", {"a": "normalised"}), "{ä} {ö[ü]}".format(ä=1, ö={"ü": 2}), "%(ä)s" % {"ä": 3}, f"{'ä':ö>3}")
