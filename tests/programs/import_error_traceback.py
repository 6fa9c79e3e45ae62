"""An error raised while importing: the traceback through the import, without the import system's own frames."""
import sys
try:
    import lib_broken.first
except ZeroDivisionError as error:
    sys.excepthook(type(error), error, error.__traceback__)
try:
    from lib_broken import syntax
except SyntaxError as error:
    print(error.msg, error.lineno, error.text.strip(), flush=True)
import lib_broken.missing_name
