"""Chained exceptions, uncaught: cause, context, suppressed context and notes."""


class ConfigError(Exception):
    pass


def read(name):
    try:
        return {"a": "1"}[name]
    except KeyError as error:
        raise ConfigError(f"no {name}") from error


def convert(name):
    try:
        return read(name)
    except ConfigError as error:
        error.add_note("while converting")
        error.add_note("second note\nwith two lines")
        try:
            raise ValueError("cleanup") from None
        finally:
            1 / 0


def top():
    try:
        convert("b")
    except ZeroDivisionError:
        raise RuntimeError("top level", 42)


top()
