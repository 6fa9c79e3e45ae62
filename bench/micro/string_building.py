"""+= on a local, join of a generator, io.StringIO."""
import io


def run(n):
    s = ""
    for i in range(n):
        s += "ab"
    parts = "".join(str(i) for i in range(n // 2))
    out = io.StringIO()
    for i in range(n):
        out.write("ab")
    return len(s), len(parts), len(out.getvalue())


run(3_250_000)
