"""Positions under the source line: every kind of expression that can fail, printed by sys.excepthook."""
import sys


class Thing:
    def __getattr__(self, name):
        raise AttributeError(f"no {name}")

    def method(self):
        return None


def attribute(): return Thing().first.second
def call(): return Thing().method()(1, 2, 3)
def index(): return [1, 2, 3][10] + 5
def nested_index(d): return d["a"]["b"]["c"]["d"]
def binary(): return (1 + 2) * ("a" + 1) - 3
def binary_wide(): return      1     +    None
def unary(): return -    "text"
def compare(): return 1 < 2 < "three"
def unicode_line(): return "äöü" + "日本語" + 1 + "x"
def keyword(): return print("a", sep=5, end="b")
def comprehension(): return [1 / n for n in (2, 1, 0)]
def generator(): return sum(int(c) for c in "12x")
def lambda_line(): return (lambda x: x.missing)(5)
def star(): return max(*[1], *5)
def fstring(): return f"value {undefined!r:>10}"
def format_spec(): return f"{'text':d}"
def subscript_store(): (1, 2)[0] = 5
def attribute_store(): None.attribute = 5
def delete(): del {}["key"]
def unpack(): a, b = [1, 2, 3]
def augmented(): x = []; x += 5; return x
def in_test(): return 5 in 6
def for_loop():
    for letter in 5: pass
def with_statement():
    with 5 as five: pass
def assertion(): assert len("abc") == 4, "wrong length"
def raising(): raise ValueError("direct") from KeyError("cause")
def chained_methods():
    return ("text"
            .upper()
            .missing()
            .lower())
def multi_line_call():
    return max(
        1,
        2,
        "three",
    )
def multi_line_binary():
    return (1 +
            2 * 3 +
            "x" +
            4)
def walrus(): return (n := int("n")) + n
def ternary(): return (1 if [] else {}["k"]) + 1
def import_error(): import no_such_module.sub
def import_from():
    from sys import no_such_name
def slice_error(): return "abc"["a":2]
def await_like(): return (yield_from_list())["x"]
def yield_from_list(): return [1]
def global_name(): return undefined_global + 1
def deep(n=3): return deep(n - 1) if n else 1 / 0
def class_body():
    class Inner:
        value = 1
        other = value.missing
def decorated():
    @undefined_decorator
    def f(): pass
def default_value():
    def f(x=1 / 0): pass
def annotation():
    def f(x: undefined_type): pass
def tabs():
	return 1 +	"tab"


for function in (attribute, call, index, lambda: nested_index({"a": {"b": {}}}), binary, binary_wide, unary, compare, unicode_line, keyword, comprehension, generator, lambda_line,
                 star, fstring, format_spec, subscript_store, attribute_store, delete, unpack, augmented, in_test, for_loop, with_statement, assertion, raising, chained_methods,
                 multi_line_call, multi_line_binary, walrus, ternary, import_error, import_from, slice_error, await_like, global_name, deep, class_body, decorated, default_value, annotation, tabs):
    try:
        function()
    except Exception as error:
        # The outer frame is this loop's: the printed part starts below it.
        error.__traceback__ = error.__traceback__.tb_next
        sys.excepthook(type(error), error, error.__traceback__)
