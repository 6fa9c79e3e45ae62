"""strip, split, join, replace, find, startswith, upper."""


def run(n):
    line = "  alpha, beta, gamma, delta  "
    for i in range(n):
        parts = line.strip().split(", ")
        "-".join(parts)
        line.replace("a", "o")
        line.find("gamma")
        line.startswith("  al")
        parts[1].upper()
        line.count("a")


run(800_000)
