# A jump into the middle of a display, with another object where the list would be.
import sys


def f(x, y, a, c):
    d = (x +
         y)
    b = [*a,
         *c]
    return b, d


def tracer(frame, event, argument):
    first = frame.f_code.co_firstlineno
    if event == "line" and frame.f_lineno == first + 2:
        frame.f_lineno = first + 4
    return tracer


for x in (5, {1}):
    sys.settrace(tracer)
    try:
        f(x, 1, [1], [2])
    except SystemError as problem:
        print(problem)
    finally:
        sys.settrace(None)
#> a display under construction was replaced by 'int'
#> a display under construction was replaced by 'set'
