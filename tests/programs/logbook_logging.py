"""Loggers, handlers, filters, formatters, configuration by a dict."""
import io
import logging
import logging.config
import logging.handlers
import queue
import sys
import warnings

out = io.StringIO()
root = logging.getLogger()
handler = logging.StreamHandler(out)
handler.setFormatter(logging.Formatter("%(levelname)-8s|%(name)s|%(funcName)s:%(lineno)d|%(message)s"))
root.addHandler(handler)
log = logging.getLogger("app.db")
log.setLevel(logging.DEBUG)


def work(n):
    log.debug("working on %d %s", n, {"k": n})
    try:
        1 / n
    except ZeroDivisionError:
        log.exception("no %s", "luck")
    log.log(35, "between levels")


work(1)
work(0)
logging.getLogger("app").warning("parent %r", "text")
logging.getLogger("app.db.low").info("inherits %(a)s", {"a": 5})
log.propagate = False
log.error("lost")
log.propagate = True
log.addFilter(lambda record: "secret" not in record.getMessage())
log.info("secret thing")
logging.LoggerAdapter(log, {"user": "ann"}).info("adapted")
logging.addLevelName(35, "NOTICE")
log.log(35, "named")
log.info("stack", stack_info=False, extra={"x": 1}, stacklevel=1)
print(out.getvalue())
print(log, log.isEnabledFor(10), log.getEffectiveLevel(), logging.getLevelName(35), logging.getLevelName("INFO"), log.parent, log.getChild("x"), root.handlers)
memory = logging.handlers.MemoryHandler(10, flushLevel=logging.ERROR, target=handler)
q = queue.Queue()
listener = logging.handlers.QueueListener(q, handler)
quiet = logging.getLogger("quiet")
quiet.propagate = False
quiet.addHandler(memory)
quiet.addHandler(logging.handlers.QueueHandler(q))
out.truncate(0)
out.seek(0)
quiet.warning("kept")
print(repr(out.getvalue()))
quiet.error("flushed")
listener.start()
listener.stop()
print(out.getvalue())
logging.config.dictConfig({
    "version": 1, "disable_existing_loggers": False,
    "formatters": {"f": {"format": "{levelname}:{message}", "style": "{"}, "t": {"format": "$name $message", "style": "$"}},
    "handlers": {"a": {"class": "logging.StreamHandler", "formatter": "f", "stream": "ext://sys.stdout", "level": "INFO"},
                 "b": {"class": "logging.StreamHandler", "formatter": "t", "stream": sys.stdout}},
    "loggers": {"cfg": {"handlers": ["a", "b"], "level": "DEBUG", "propagate": False}}})
logging.getLogger("cfg").debug("only b")
logging.getLogger("cfg").info("both %s", "args")
logging.captureWarnings(True)
warnings.warn("a warning")
try:
    logging.config.dictConfig({"version": 1, "handlers": {"x": {"class": "nope.Nope"}}})
except ValueError as e:
    print(e, "<-", e.__cause__)
try:
    log.setLevel("NOPE")
except ValueError as e:
    print(e)
logging.raiseExceptions = False
root.warning("bad %d", "args")
print(logging.Formatter("%(asctime)s", datefmt="%Y").format(logging.makeLogRecord({"created": 0})), logging.BASIC_FORMAT)
logging.shutdown()
