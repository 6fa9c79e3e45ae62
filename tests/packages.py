#!/usr/bin/env python3
"""Uses Debian's Python packages, NumPy and SQLAlchemy among them, on Taipan and on CPython, and compares what they print.

  tests/packages.py [--python PATH] [WORD ...]

Each program below needs the packages that its first line names; programs whose packages are not installed are skipped, and said to be.
"""
import argparse
import concurrent.futures
import importlib.util
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ORACLE = "/usr/bin/python3.11"
PACKAGES = "/usr/lib/python3/dist-packages"

PROGRAMS = {
    "colouring": '''
# pygments
import pygments, pygments.lexers, pygments.formatters, pygments.styles
code = open("/usr/lib/python3.11/heapq.py").read()
for name in ("python", "pytb", "c++", "html", "json", "bash", "rst", "yaml", "sql", "rust", "css", "ini", "make"):
    lexer = pygments.lexers.get_lexer_by_name(name)
    print(name, lexer.name, [str(t) for t, _ in lexer.get_tokens(code)][:400:7])
for formatter in ("html", "latex", "terminal256", "rtf", "svg", "bbcode", "raw"):
    print(formatter, pygments.highlight(code[:3000], pygments.lexers.PythonLexer(), pygments.formatters.get_formatter_by_name(formatter)))
print(sorted(pygments.styles.get_all_styles()), pygments.lexers.guess_lexer("#!/usr/bin/perl\\nprint 1;").name)
''',
    "colouring from the shell": "-m pygments -l python -f html -O full,style=colorful /usr/lib/python3.11/bisect.py",
    "documents": '''
# docutils
import docutils.core, docutils.utils
text = """
=====
Title
=====

:Author: Somebody
:Date: 2024

Section *one*
=============

A paragraph with ``code``, **bold**, a link_ and `another <http://x.org>`_. |sub|

.. _link: http://example.org
.. |sub| replace:: substituted

* item
* item two

  1. nested
  2. list

+------+-----+
| a    | b   |
+======+=====+
| 1    | 2   |
+------+-----+

.. note:: Take care.

.. code:: python

   def f(): return 1

Term
    Definition [#f]_

.. [#f] A footnote.

.. unknown:: directive

`broken
"""
settings = {"report_level": 5, "datestamp": None, "generator": None, "source_link": None, "embed_stylesheet": False, "syntax_highlight": "none", "_disable_config": True}
for writer in ("html4", "html5", "latex", "manpage", "xml", "pseudoxml"):
    print(writer, docutils.core.publish_string(text, writer_name=writer, settings_overrides=settings).decode())
''',
    "mathematics": '''
# sympy mpmath
from sympy import *
x, y, n = symbols("x y n")
print(integrate(exp(x) * sin(x), x), integrate(1 / (1 + x**2), (x, 0, oo)), diff(sin(x) ** x, x), limit(sin(x) / x, x, 0))
print(solve(x**3 - 2 * x + 1, x), factor(x**4 - 1), expand((x + y) ** 5), simplify(sin(x) ** 2 + cos(x) ** 2), series(exp(x), x, 0, 6))
print(Matrix([[1, 2], [3, 4]]).inv(), Matrix([[2, 1], [1, 2]]).eigenvals(), summation(1 / n**2, (n, 1, oo)), N(pi, 50), factorint(2**67 - 1), nextprime(10**12))
print(latex(Integral(sqrt(x), x)), dsolve(Derivative(Function("f")(x), x) - Function("f")(x)), apart(1 / (x**2 - 1)), gcd(x**2 - 1, x - 1), Rational(1, 3) + Rational(1, 6))
pprint(Integral(x**2 / (1 + x), x))
import mpmath
mpmath.mp.dps = 40
print(mpmath.zeta(3), mpmath.quad(lambda t: mpmath.exp(-t**2), [-mpmath.inf, mpmath.inf]), mpmath.findroot(mpmath.cos, 1.5), mpmath.gamma(0.5))
''',
    "templates": '''
# jinja2 markupsafe
import os
import jinja2, markupsafe
from jinja2 import Environment, DictLoader, StrictUndefined, sandbox
env = Environment(loader=DictLoader({
    "base": "<h1>{% block title %}Base{% endblock %}</h1>{% block body %}{% endblock %}",
    "page": "{% extends 'base' %}{% block title %}{{ super() }}+{{ t|upper }}{% endblock %}{% block body %}{% for k, v in items|dictsort %}{{ loop.index }}:{{ k }}={{ v }}{{ ', ' if not loop.last }}{% else %}none{% endfor %}{% endblock %}",
    "macro": "{% macro field(name, type='text') %}<input {{ {'name': name, 'type': type}|xmlattr }}>{{ caller() if caller }}{% endmacro %}{{ field('a') }}{% call field('b', 'c') %}inner{% endcall %}",
}), autoescape=True, trim_blocks=True)
print(env.get_template("page").render(t="é<", items={"b": 2, "a": "<1>"}), env.get_template("macro").render())
for source in ("{{ [3,1,2]|sort|join('-') }} {{ 'abc'[::-1] }} {{ 7 // 2 }} {{ 2 ** 10 }} {{ 'x' ~ 5 }}", "{% set ns = namespace(n=0) %}{% for i in range(5) if i is odd %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}",
               "{{ users|map(attribute='name')|list }} {{ users|groupby('age')|length }} {{ users|selectattr('age', '>', 5)|first }}", "{% filter upper %}{% raw %}{{ x }}{% endraw %}{% endfilter %}{# c #}",
               "{{ '%05.1f'|format(3.14159) }} {{ 'a b'|urlencode }} {{ '<b>'|e }} {{ 'long text here'|truncate(8) }} {{ 'one two'|wordcount }} {{ {'a': [1]}|tojson }} {{ 1234567|filesizeformat }}", "{{ missing }}|{{ missing.x }}", "{% if %}", "{{ 1/0 }}", "{% for x in y %}"):
    try:
        print(env.from_string(source).render(users=[{"name": "a", "age": 3}, {"name": "b", "age": 9}]))
    except Exception as e:
        print(type(e).__name__, e)
print(sandbox.SandboxedEnvironment().from_string("{{ ''.__class__ }}").render() or "nothing", markupsafe.Markup("<a>%s</a>") % "<x>", markupsafe.escape("<'\\">"), env.compile("{{ a }}", raw=True))
''',
    "data files": '''
# yaml toml
import yaml, toml, datetime
text = """
a: 1
b: [1, 2.5, true, null, ~, 0x1F, 0o17, 1_000, .inf]
c: &anchor {x: "q\\\\n", y: 'it''s'}
d: *anchor
e: |
  literal
    text
f: >-
  folded
  text
g: 2001-12-14t21:59:43.10-05:00
h: 2002-12-14
i: !!set {p, q}
j: !!binary R0lGODlhDAAMAIQAAP
k: {<<: *anchor, z: 3}
"é": ünï
"""
try:
    data = yaml.load(text.replace("j: !!binary R0lGODlhDAAMAIQAAP\\n", "j: !!binary YWJj\\n"), yaml.SafeLoader)
    print(data)
    print(yaml.dump(data, Dumper=yaml.SafeDumper, allow_unicode=True, sort_keys=False))
    print(yaml.dump([{"a": [1, (2, 3)], "b": {"c": "multi\\nline", "d": "yes", "e": ""}}], default_flow_style=False), list(yaml.scan("a: [b]")), list(yaml.parse("- x"))[:4], yaml.compose("a: 1"))
finally:
    pass
for bad in ("a: [1", "a: b: c", "\\ta: 1", "*x", "!!python/object:os.system {}", "a: 'x", "- a\\nb"):
    try:
        print(yaml.load(bad, yaml.SafeLoader))
    except yaml.YAMLError as e:
        print(type(e).__name__, str(e).replace("\\n", "|"))
t = toml.loads('title = "x"\\n[owner]\\ndob = 1979-05-27T07:32:00Z\\n[[p]]\\nn = 1\\n[[p]]\\nn = 2.5\\n')
print(t, toml.dumps({"a": {"b": [1, 2], "c": "d"}}))
''',
    "markup": '''
# markdown bs4 soupsieve
import markdown, bs4
text = """# Title #

Some *emphasis*, **strong** `code` & <b>html</b> [link](http://x.y "t") ![img](a.png)

1. one
2. two
    * nested

> quote

Header | Two
--- | :---:
a | b

```python
x = 1
```

Term
:   Def

*[HTML]: Hyper
HTML[^1]

[^1]: Note
"""
print(markdown.markdown(text, extensions=["extra", "toc", "sane_lists", "admonition", "meta"]))
soup = bs4.BeautifulSoup("<html><body><div id=a class='x y'><p>One<p>Two &amp; <b>bold</b></div><!-- c --><a href='/u?x=1&y=2'>l</a></body>", "html.parser")
print(soup.prettify(), soup.select("div > p, a[href^='/u']"), soup.find(id="a")["class"], [t.name for t in soup.find_all(True)], soup.get_text("|", strip=True), soup.a.attrs, soup.b.parent.name)
soup.b.replace_with("plain")
soup.a["title"] = "<new>"
soup.body.append(soup.new_tag("hr"))
print(soup, soup.select_one("p:nth-of-type(1)").text, soup.find(string="plain"), list(soup.div.stripped_strings))
''',
    "tables of data": '''
# sqlparse pyparsing xmltodict six
import sqlparse, pyparsing as pp, six
print(sqlparse.format("select a,b from t join u on t.x=u.y where a>1 and b in (select 1) order by a -- c", reindent=True, keyword_case="upper"), sqlparse.split("a; b;"), [str(t.ttype) for t in sqlparse.parse("SELECT 1")[0].tokens])
number = pp.Word(pp.nums).set_parse_action(lambda t: int(t[0]))
expr = pp.infix_notation(number, [("*", 2, pp.OpAssoc.LEFT), ("+", 2, pp.OpAssoc.LEFT)])
print(expr.parse_string("1 + 2 * (3 + 4)").as_list(), pp.OneOrMore(pp.Word(pp.alphas)("w")).parse_string("a b").dump())
try:
    expr.parse_string("1 +* 2", parse_all=True)
except pp.ParseException as e:
    print(e, e.loc, pp.ParseException.explain(e).splitlines()[0])
print(six.moves.urllib.parse.quote("a b"), six.PY3, six.ensure_binary("é"), pp.common.real.run_tests("1.5\\nx", print_results=False)[0])
''',
    "objects to tables": '''
# sqlalchemy
from sqlalchemy import Column, Integer, String, ForeignKey, MetaData, Table, select, func, and_
from sqlalchemy.schema import CreateTable
from sqlalchemy.dialects import sqlite, postgresql, mysql
m = MetaData()
users = Table("users", m, Column("id", Integer, primary_key=True), Column("name", String(50), nullable=False))
posts = Table("posts", m, Column("id", Integer, primary_key=True), Column("user", ForeignKey("users.id")), Column("title", String))
q = select(users.c.name, func.count(posts.c.id).label("n")).join(posts).where(and_(users.c.name.like("a%"), posts.c.id.in_([1, 2]))).group_by(users.c.name).order_by("n")
for d in (sqlite, postgresql, mysql):
    print(q.compile(dialect=d.dialect(), compile_kwargs={"literal_binds": True}))
print(CreateTable(posts).compile(dialect=sqlite.dialect()), users.insert().values(name="x"), users.update().where(users.c.id == 5).values(name="y"), users.delete())
''',
    "web pages": '''
# django asgiref pytz
import django
from django.conf import settings
settings.configure(USE_I18N=False, TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}], ROOT_URLCONF="__main__", ALLOWED_HOSTS=["*"], SECRET_KEY="x", TIME_ZONE="UTC")
django.setup()
from django.http import HttpResponse
from django.template import Context, Template
from django.test import RequestFactory, Client
from django.urls import path
from django.utils import html, text, timezone
from django import forms
urlpatterns = [path("hi/<int:n>/", lambda request, n: HttpResponse(f"hello {n} {request.method}"))]
print(Template("{% for x in xs %}{{ forloop.counter }}{{ x|upper }}{% empty %}none{% endfor %} {{ d|date:'Y' }} {{ '<b>' }}").render(Context({"xs": ["a", "b"], "d": __import__("datetime").date(2020, 1, 1)})))
class F(forms.Form):
    name = forms.CharField(max_length=3)
    age = forms.IntegerField(min_value=0)
f = F({"name": "toolong", "age": "-1"})
print(f.is_valid(), f.errors.as_json(), f["name"])
print(Client().get("/hi/5/").content, Client().get("/nope").status_code, text.slugify("Héllo World"), html.strip_tags("<p>x</p>"), RequestFactory().get("/x?a=1").GET)
''',
    "linters": '''
# pyflakes
import pyflakes.api, pyflakes.reporter, io, sys
out = io.StringIO()
r = pyflakes.reporter.Reporter(out, out)
print(pyflakes.api.check("import os, sys\\ndef f():\\n    x = 1\\n    return y\\nfor i in z: pass\\n'%s %s' % (1,)\\n", "a.py", r), pyflakes.api.check("def f(:\\n", "b.py", r), pyflakes.api.checkPath("/usr/lib/python3.11/argparse.py", r))
print(out.getvalue())
''',
    "installers": '''
# setuptools pkg_resources pip
import warnings
warnings.simplefilter("ignore")
import pkg_resources, setuptools
from setuptools._vendor.packaging import version, requirements, specifiers, markers
print(pkg_resources.parse_version("1.10") > pkg_resources.parse_version("1.9"), requirements.Requirement("a[x]>=1,<2; python_version < '4'"), "1.5" in specifiers.SpecifierSet(">=1,!=1.4"), version.Version("1.0rc1").is_prerelease, markers.Marker("os_name == 'posix'").evaluate(), pkg_resources.get_distribution("pip").project_name, setuptools.find_packages("/usr/lib/python3/dist-packages/pip", include=["_internal.c*"]))
''',
    "pip from the shell": "-m pip --version",
    "tokens and signals": '''
# distro blinker jwt oauthlib
import blinker, distro, jwt, oauthlib.oauth1
s = blinker.signal("s")
s.connect(receiver := lambda sender, **kw: print("received", sender, kw))
s.send("me", x=1)
token = jwt.encode({"a": 1}, "key", algorithm="HS256")
print(token, jwt.decode(token, "key", algorithms=["HS256"]), distro.id(), oauthlib.oauth1.Client("k", "s", nonce="n", timestamp="1").sign("http://x/y")[1])
try:
    jwt.decode(token + "x", "key", algorithms=["HS256"])
except jwt.PyJWTError as e:
    print(type(e).__name__, e)
''',
    # Packages with extension modules, built for CPython 3.11.
    "arrays": '''
# numpy
import numpy as np
print(np.__version__)
a=np.arange(12).reshape(3,4)
print(a, a.sum(), a.T @ a)
print(np.linalg.inv(np.array([[1.,2.],[3.,4.]])))
print(np.random.default_rng(1).normal(size=3))
print(np.sort(np.array([3,1,2])), np.fft.fft([1,2,3,4]))
print(a[a>5], np.array(["a","bc"]), a.dtype, a.mean(axis=0))
x=np.zeros(3,dtype=[('a','i4'),('b','f8')]); x['a']=1; print(x)
print(np.einsum('ij,kj->ik',a,a))
print(memoryview(a)[1,2], bytes(a[0])[:8], np.array([[1,2],[3,4]],dtype=object)*2)
np.testing.assert_allclose(np.linalg.svd(np.eye(3) * 2)[1], [2, 2, 2])
print(np.frompyfunc(lambda a, b: a + b, 2, 1)(a, 1)[0], np.vectorize(str)(a[0]), a.tolist()[1], np.save and a.tobytes()[:8])
try:
    a + np.zeros(5)
except ValueError as error:
    print(error)
for bad in (lambda: a[9], lambda: np.array([1, "x"], dtype=int), lambda: a.reshape(5, 5), lambda: np.dtype("nonsense")):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
import pickle
print((pickle.loads(pickle.dumps(a)) == a).all(), repr(np.float64(1.5)), np.arange("2020-01", "2020-04", dtype="datetime64[M]"), np.ma.masked_less(a, 5).sum())
''',
    "database": '''
# sqlalchemy
from sqlalchemy import create_engine, Column, Integer, String, select
from sqlalchemy.orm import declarative_base, Session
B=declarative_base()
class U(B):
    __tablename__='u'
    id=Column(Integer,primary_key=True); name=Column(String)
e=create_engine('sqlite://'); B.metadata.create_all(e)
with Session(e) as s:
    s.add_all([U(name='a'),U(name='b')]); s.commit()
    print([(u.id,u.name) for u in s.execute(select(U).order_by(U.name.desc())).scalars()])
    s.execute(U.__table__.update().where(U.name == "a").values(name="z"))
    s.rollback()
    print(s.query(U).filter(U.name.in_(["a", "b"])).count(), select(U.name).where(U.id > 1))
''',
}


def needed(program):
    head = re.match(r"\n# (.*)\n", program)
    return head[1].split() if head else [program.split()[1]]


def installed(package):
    return importlib.util.find_spec(package) is not None or pathlib.Path(PACKAGES, package).exists() or pathlib.Path(PACKAGES, package + ".py").exists()


def outcome(python, program):
    with tempfile.TemporaryDirectory() as folder:
        if program.startswith("-m "):
            command = [python, *program.split()]
        else:
            path = pathlib.Path(folder, "program.py")
            path.write_text(program, encoding="utf-8")
            command = [python, str(path)]
        environment = {"LANG": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0", "PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "PYTHONPYCACHEPREFIX": f"{folder}/cache"}
        done = subprocess.run(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=300, check=False)
        text = done.stdout.decode(errors="replace") + done.stderr.decode(errors="replace") + f"\nstatus {done.returncode}"
        return re.sub(r"\b0x[0-9a-f]{6,}", "0xADDRESS", text.replace(folder, "FOLDER"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", default="build/dev/taipan")
    parser.add_argument("--show", action="store_true", help="show what CPython gave")
    parser.add_argument("words", nargs="*")
    options = parser.parse_args()
    python = str(pathlib.Path(options.python).resolve())
    chosen = {name: p for name, p in PROGRAMS.items() if all(w in name for w in options.words)}
    failed = passed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        pairs = []
        for name, program in chosen.items():
            missing = [p for p in needed(program) if not installed(p)]
            if missing:
                print(f"skipped {name}: {' '.join(missing)} not installed")
                continue
            pairs.append((name, pool.submit(outcome, ORACLE, program), pool.submit(outcome, python, program)))
        for name, expected, got in pairs:
            try:
                expected, got = expected.result(), got.result()
            except subprocess.TimeoutExpired:
                expected, got = "", "timed out"
            if options.show:
                print(expected)
            if expected == got:
                passed += 1
                continue
            failed += 1
            print("FAILED", name)
            wanted, have = expected.splitlines(), got.splitlines()
            differing = [i for i in range(max(len(wanted), len(have))) if wanted[i:i + 1] != have[i:i + 1]]
            for i in differing[:4]:
                print(f"    {i + 1}: - {''.join(wanted[i:i + 1])[:300]}\n    {i + 1}: + {''.join(have[i:i + 1])[:300]}")
            if len(have) < len(wanted) or "Traceback" in got:
                print("    …", *have[-4:], sep="\n    ")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
