"""cmd, getopt, optparse, cProfile-free timing, pstats' absence, calendar output, bdb-like tracing, trace, textpad of code."""
import cmd
import getopt
import io
import optparse
import os
import profile
import pstats
import rlcompleter
import sys
import trace
from contextlib import redirect_stdout


class Shell(cmd.Cmd):
    prompt = "> "
    intro = "Welcome"

    def do_add(self, line):
        """add A B -- sum"""
        print(sum(map(int, line.split())), file=self.stdout)

    def do_quit(self, line):
        return True

    def default(self, line):
        print("what?", line, file=self.stdout)

    def complete_add(self, text, line, begin, end):
        return [c for c in ("one", "other") if c.startswith(text)]


out = io.StringIO()
shell = Shell(stdin=io.StringIO("add 1 2\nhelp\nhelp add\n?nothing\n\nbogus x\nquit\nadd 9 9\n"), stdout=out)
shell.use_rawinput = False
shell.cmdloop()
print(out.getvalue(), shell.completenames("a"), shell.complete_add("o", "", 0, 0), shell.parseline("!ls -l"))
print(getopt.getopt(["-a", "-b", "val", "--long=5", "--flag", "rest", "-x"], "ab:", ["long=", "flag"]), getopt.gnu_getopt(["x", "-a", "y"], "a"))
for bad in (["-z"], ["-b"], ["--lon"], ["--nothing"], ["--flag=1"]):
    try:
        print(getopt.getopt(bad, "ab:", ["long=", "flag"]))
    except getopt.GetoptError as e:
        print(e, e.opt)
os.environ["COLUMNS"] = "80"
parser = optparse.OptionParser(usage="%prog [options] FILE", version="%prog 2", prog="tool", description="An old parser.")
parser.add_option("-n", "--number", type="int", default=5, help="a number [default: %default]", metavar="N")
parser.add_option("-q", action="store_false", dest="loud", default=True)
parser.add_option("--list", action="append", choices=["a", "b"])
group = optparse.OptionGroup(parser, "Others", "which are rare")
group.add_option("--rare", action="callback", callback=lambda option, opt, value, parser: print("callback", opt))
parser.add_option_group(group)
print(parser.format_help(), parser.parse_args(["-n3", "-q", "--list", "a", "--rare", "file"]))
sys.stderr = sys.stdout
for bad in (["-nx"], ["--list=c"], ["--what"]):
    try:
        parser.parse_args(bad)
    except SystemExit as e:
        print("exit", e.code)
print(rlcompleter.Completer({"alpha": 1, "also": 2}).global_matches("al"), rlcompleter.Completer({"t": ()}).attr_matches("t.co"))


def inner(n):
    return [i for i in range(n)]


def outer():
    return sum(len(inner(i)) for i in range(5))


p = profile.Profile()
print(p.runcall(outer))
stats = pstats.Stats(p, stream=(out := io.StringIO()))
print(sorted((f[2], cc, nc) for f, (cc, nc, tt, ct, callers) in stats.stats.items() if f[2] in ("inner", "outer")))
calls = []


def tracer(frame, event, arg):
    if frame.f_code.co_filename == inner.__code__.co_filename:
        calls.append((event, frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno))
    return tracer


sys.settrace(tracer)
inner(1)
sys.settrace(None)
print(calls)
t = trace.Trace(count=1, trace=0)
with redirect_stdout(io.StringIO()):
    t.runfunc(outer)
counts = t.results().counts
print(sorted((line, n) for (file, line), n in counts.items() if file == inner.__code__.co_filename) != [])
