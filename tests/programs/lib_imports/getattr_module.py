def __getattr__(name):
    if name == "nope":
        raise AttributeError("module says no")
    return f"made {name}"


def __dir__():
    return ["custom"]
