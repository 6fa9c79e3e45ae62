"""Exceptions of our own that are uncaught: module, qualname, odd __str__, notes, attributes."""
import sys


class Outer:
    class Nested(Exception):
        pass


class Silent(Exception):
    def __str__(self): return ""


class Broken(Exception):
    def __str__(self): raise ValueError("no text for you")


class Multi(Exception):
    def __str__(self): return "line one\nline two"


class Elsewhere(Exception):
    __module__ = "made.up"


def show(error):
    try:
        raise error
    except BaseException as caught:
        sys.excepthook(type(caught), caught, caught.__traceback__.tb_next)


noted = ValueError("noted")
noted.add_note("first note")
noted.add_note("second\nin two lines")
noted.__notes__.append(5)
odd_notes = ValueError("odd notes")
odd_notes.__notes__ = "not a list"
for error in (Outer.Nested("nested"), Silent("x"), Broken("x"), Multi(), Elsewhere("there"), ValueError(), ValueError(None), KeyError("key"), KeyError(("a", 1)), OSError(2, "gone", "file"), noted, odd_notes,
              SyntaxError("plain"), SyntaxError("with place", ("name.py", 3, 5, "abc def ghi\n", 3, 8)), SyntaxError("no text", ("name.py", 3, None, None)), SyntaxError("far", ("x.py", 1, 99, "short", 1, 120)), IndentationError("deep", ("<string>", 2, 3, "  x", 2, 4)),
              UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"), SystemExit(5), KeyboardInterrupt(), StopIteration(7), Exception("a", "b"), BaseException(), MemoryError(), GeneratorExit(), Warning("w"), NotImplementedError, ZeroDivisionError("ünï")):
    show(error)


class Suggest:
    attribute_name = 1
    other_thing = 2


def names():
    local_variable = 1
    for action in (lambda: Suggest.attribute_nam, lambda: Suggest().other_thin, lambda: local_varible, lambda: lenght, lambda: sys.excpthook, lambda: [].apend, lambda: "".joined, lambda: Suggest.zzz, lambda: Suggest().__clas__, lambda: prnt(local_variable)):
        try:
            action()
        except (AttributeError, NameError) as error:
            sys.excepthook(type(error), error, None)


names()
raise Outer.Nested("at the", "end") from Multi()
