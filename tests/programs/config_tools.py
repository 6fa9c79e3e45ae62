"""configparser, string.Template, textwrap, shlex, fnmatch, glob patterns, netrc-like texts."""
import configparser
import fnmatch
import io
import shlex
import string
import textwrap

text = """
[DEFAULT]
home = /srv
debug = no
[web]
root: %(home)s/www
port = 8080
hosts = a.example
    b.example
; a comment
empty =
alone
[db "main"]
url = postgres://${user}
retries = 0x10
"""
parser = configparser.ConfigParser(allow_no_value=True)
parser.read_string(text)
print(parser.sections(), dict(parser["web"]), parser.getint("web", "port"), parser.getboolean("web", "debug"), parser.get("web", "missing", fallback="?"))
parser["new"] = {"a": "1", "B": "two"}
parser.set("web", "port", "9090")
out = io.StringIO()
parser.write(out)
print(out.getvalue())
other = configparser.ConfigParser(interpolation=configparser.ExtendedInterpolation(), delimiters="=", comment_prefixes="#", strict=False)
other.read_dict({"a": {"x": "1", "y": "${x}2"}, "b": {"z": "${a:y}3"}})
print(other["b"]["z"], other.has_option("a", "q"), other.options("a"), list(other.items("a")))
for broken in ("no section\n", "[a]\n[a]\n", "[a]\nx=1\nx=2\n", "[a]\nx=%(y)s\n", "[a]\nx=%(x)s\n", "[a]\n=\n"):
    try:
        p = configparser.ConfigParser()
        p.read_string(broken)
        print(p["a"]["x"])
    except configparser.Error as e:
        print(type(e).__name__, str(e).replace("\n", "|"))
t = string.Template("$name owes ${amount}$$ to $other")
print(t.safe_substitute(name="Ann", amount=5), t.substitute({"name": "A", "amount": 1}, other="B"), t.get_identifiers(), t.is_valid())
for broken in ("$", "${a", "$1"):
    try:
        print(string.Template(broken).substitute())
    except (ValueError, KeyError) as e:
        print(type(e).__name__, e)
print(string.capwords("the quick  brown fox"), string.Formatter().format("{0!r:>6}|{a[1]}|{b.real:.1f}", "x", a=[1, 2], b=2.25), string.punctuation)
story = """   The wind blew hard, and the long-forgotten ship -- a three-master called "Extraordinarily-Named" -- went down.

   Nobody saw it."""
print(textwrap.fill(story, 40, initial_indent="* ", subsequent_indent="  "), textwrap.shorten(story, 50, placeholder=" [...]"), textwrap.wrap("aaaaaaaaaaaaaaaa bb", 5), sep="\n")
print(textwrap.dedent("    a\n      b\n\n    c"), textwrap.indent("a\n\nb", "> ", lambda line: True), sep="\n")
print(shlex.split("cp 'a b' \"c \\\"d\\\"\" e\\ f # not"), shlex.split("a # b", comments=True), shlex.join(["a b", "c'd", ""]), shlex.quote("$x"))
print(list(shlex.shlex("a=b; c|d 'e f'", punctuation_chars=True)), fnmatch.filter(["a.py", "b.txt", "[x].py", "A.PY"], "[!b]*.py"), fnmatch.translate("a?[b-d]*"))
