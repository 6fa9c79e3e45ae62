from . import cycle_a
seen = [n for n in ("first", "last") if hasattr(cycle_a, n)]
