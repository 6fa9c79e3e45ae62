"""An uncaught ExceptionGroup: the nested boxes of its traceback."""


def fail(kind, text):
    raise kind(text)


def gather(*calls):
    errors = []
    for call in calls:
        try:
            call()
        except Exception as error:
            errors.append(error)
    return errors


def inner():
    errors = gather(lambda: fail(KeyError, "k"), lambda: 1 / 0)
    raise ExceptionGroup("inner", errors)


def with_context():
    try:
        fail(OSError, "first")
    except OSError:
        fail(LookupError, "second")


def noted():
    error = ValueError("has notes")
    error.add_note("note one")
    error.add_note("note two")
    raise error


errors = gather(lambda: fail(ValueError, "v"), inner, with_context, noted)
errors.append(TypeError("never raised"))
raise ExceptionGroup("all of them", errors)
