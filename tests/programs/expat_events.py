"""xml.parsers.expat: every event, buffering, errors with their place, attributes of the parser."""
import re
import xml.parsers.expat as expat

DOCUMENT = b"""<?xml version="1.0" encoding="iso-8859-1" standalone="no"?>
<!DOCTYPE q PUBLIC "p" "s" [
<!ELEMENT q (a | b)*>
<!ATTLIST q x CDATA "dflt" y (one|two) #REQUIRED>
<!NOTATION n SYSTEM "u">
<!ENTITY u SYSTEM "f" NDATA n>
<!ENTITY e "abc">
<!ENTITY ext SYSTEM "zz">
]>
<q xmlns:p="uri" y="one"><?pi data?><!--comment--><![CDATA[cd]]>t\xe9xt&e;&ext;<p:a>b</p:a></q>
"""
NAMES = [n for n in dir(expat.ParserCreate()) if n.endswith("Handler") or n == "DefaultHandlerExpand"]
print(NAMES)


def listen(parser, names):
    def listener(name):
        def handler(*args):
            if name == "ExternalEntityRefHandler":  # the order of namespaces in it depends on the hash seed
                args = sorted(args[0].split("\x0c")), *args[1:]
            print("  ", name, args)
            return 1
        return handler
    for name in names:
        setattr(parser, name, listener(name))


for options, skipped in [({}, ("DefaultHandlerExpand",)), ({"namespace_separator": "|"}, ("DefaultHandler",))]:
    parser = expat.ParserCreate(**options)
    listen(parser, [n for n in NAMES if n not in skipped])
    parser.ordered_attributes = "namespace_separator" in options
    parser.buffer_text = True
    print(options, parser.Parse(DOCUMENT, True), parser.buffer_used)


def show(work):
    try:
        print(re.sub(r"0x[0-9a-f]+", "0x…", repr(work())))
    except Exception as e:
        print(f"{type(e).__name__}: {e} {vars(e) or ''}")


p = expat.ParserCreate()
for work in [
    lambda: expat.ParserCreate(5), lambda: expat.ParserCreate("utf-8", "ab"), lambda: expat.ParserCreate("utf-8", 5),
    lambda: expat.ParserCreate(None, None, 5), lambda: expat.ErrorString(4), lambda: expat.ErrorString(4444),
    lambda: p.Parse("<a>", True), lambda: p.Parse(5), lambda: p.ParseFile(5), lambda: setattr(p, "foo", 5),
    lambda: p.foo, lambda: setattr(p, "intern", 5), lambda: setattr(p, "buffer_size", -1),
    lambda: setattr(p, "buffer_size", "a"), lambda: setattr(p, "buffer_size", 2**40),
    lambda: delattr(p, "StartElementHandler"), lambda: delattr(p, "buffer_text"), lambda: p.intern,
    lambda: setattr(p, "ErrorCode", 1), lambda: p.buffer_size, lambda: expat.XMLParserType(),
    lambda: p.SetBase("http://x/"), lambda: p.GetBase(), lambda: p.GetInputContext(), lambda: p.ErrorCode,
    lambda: (p.CurrentLineNumber, p.CurrentColumnNumber, p.CurrentByteIndex),
    lambda: expat.ParserCreate().Parse("<a></b>", True), lambda: expat.ParserCreate().Parse("<a>\n\n&x;</a>", True),
    lambda: expat.ParserCreate("nope").Parse("<a/>", True), lambda: expat.ParserCreate().Parse(b"<?xml version='1.0' encoding='zz'?><a/>", True),
    lambda: expat.errors.codes[expat.errors.XML_ERROR_TAG_MISMATCH], lambda: expat.errors.messages[9],
    lambda: expat.model.XML_CTYPE_CHOICE,
]:
    show(work)

p = expat.ParserCreate()
p.StartElementHandler = lambda name, attributes: print(name, attributes, p.CurrentLineNumber, p.CurrentColumnNumber, p.GetInputContext()[:12])
p.Parse("<a x='1'>\n  <b>")
p.Parse("</b></a>", True)


class Broken:
    def read(self, n):
        return "text"


show(lambda: expat.ParserCreate().ParseFile(Broken()))


def fail(*args):
    raise ValueError("from the handler", args)


p = expat.ParserCreate()
p.EndElementHandler = fail
try:
    p.Parse("<a><b/></a>")
except ValueError as e:
    frames, t = [], e.__traceback__
    while t:
        frames.append((t.tb_frame.f_code.co_name, t.tb_frame.f_code.co_filename.rsplit("/")[-1]))
        t = t.tb_next
    print(e, frames)

outer = expat.ParserCreate()


def entity(context, base, system, public):
    print("entity", context, base, system, public)
    inner = outer.ExternalEntityParserCreate(context)
    inner.StartElementHandler = lambda name, attributes: print("inner", name, attributes)
    inner.Parse("<inside k='v'/>", True)
    return 1


outer.ExternalEntityRefHandler = entity
outer.StartElementHandler = lambda name, attributes: print("outer", name, attributes)
outer.Parse("<!DOCTYPE d [<!ENTITY x SYSTEM 'file'>]><d>&x;<e/></d>", True)
