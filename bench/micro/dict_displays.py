"""Dict displays, merging, copying, setdefault, get."""


def run(n):
    base = {"a": 1, "b": 2}
    for i in range(n):
        d = {"x": i, "y": i, "z": 3}
        d = {**base, "c": i}
        d.get("a")
        d.setdefault("d", 4)
        d.copy()
        base | d


run(1_000_000)
