__all__ = ["x", "not_there"]
x = 1
