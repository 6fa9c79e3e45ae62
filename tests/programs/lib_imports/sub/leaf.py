from ..plain import value


def relative():
    return f"leaf sees {value}"
