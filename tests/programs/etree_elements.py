"""xml.etree.ElementTree: elements as sequences, their errors, copies, pickles, and how trees are built."""
import copy
import pickle
import re
import xml.etree.ElementTree as ET


def show(label, work):
    try:
        result = repr(work())
    except Exception as e:
        result = f"{type(e).__name__}: {e} {vars(e) or ''}"
    print(f"{label:<34}", re.sub(r"0x[0-9a-f]+", "0x…", result))


e = ET.Element("a")
b = ET.SubElement(e, "b", {"q": "1"}, z="2")
for label, work in [
    ("no arguments", lambda: ET.Element()),
    ("attrib is a number", lambda: ET.Element("a", 5)),
    ("attrib by name", lambda: ET.Element("a", attrib=5)),
    ("three positionals", lambda: ET.Element("a", {}, 5)),
    ("attributes both ways", lambda: ET.Element("a", {"x": 1}, y=2).attrib),
    ("tag by name", lambda: ET.Element(tag="a")),
    ("subelement of a number", lambda: ET.SubElement(5, "a")),
    ("subelement", lambda: (b.tag, b.attrib, len(e))),
    ("append", lambda: e.append(5)),
    ("extend with a number", lambda: e.extend(5)),
    ("extend with numbers", lambda: e.extend([5])),
    ("insert at a str", lambda: e.insert("a", e)),
    ("insert a number", lambda: e.insert(0, 5)),
    ("remove a number", lambda: e.remove(5)),
    ("remove a stranger", lambda: e.remove(ET.Element("q"))),
    ("child out of range", lambda: e[5]),
    ("str as index", lambda: e["a"]),
    ("empty slice", lambda: e[5:]),
    ("assign out of range", lambda: e.__setitem__(5, e)),
    ("assign a number", lambda: e.__setitem__(0, 5)),
    ("assign a number to a slice", lambda: e.__setitem__(slice(0, 1), 5)),
    ("assign numbers to a slice", lambda: e.__setitem__(slice(0, 1), [5])),
    ("assign to an extended slice", lambda: e.__setitem__(slice(0, 4, 2), [e, e, e])),
    ("delete out of range", lambda: e.__delitem__(9)),
    ("attrib = number", lambda: setattr(e, "attrib", 5)),
    ("del tag", lambda: delattr(e, "tag")),
    ("unknown attribute", lambda: setattr(e, "foo", 5)),
    ("state", lambda: e.__getstate__()),
    ("state of a number", lambda: e.__setstate__(5)),
    ("makeelement", lambda: e.makeelement("a", 5)),
    ("set", lambda: e.set(1)),
    ("deepcopy", lambda: e.__deepcopy__(5)),
    ("builder: end first", lambda: ET.TreeBuilder().end("a")),
    ("builder: attributes", lambda: ET.TreeBuilder().start("a", None)),
    ("builder: pi", lambda: ET.TreeBuilder().pi("a")),
    ("builder: unknown argument", lambda: ET.TreeBuilder(foo=1)),
    ("parser: positional", lambda: ET.XMLParser(5)),
    ("parser: encoding", lambda: ET.XMLParser(encoding=5)),
    ("parser: feed a number", lambda: ET.XMLParser().feed(5)),
    ("parser: entity", lambda: ET.XMLParser().feed("<a>&foo;</a>")),
    ("parser: close at once", lambda: ET.XMLParser().close()),
    ("parser: mismatch", lambda: ET.fromstring("<a><b></a>")),
    ("parser: unknown event", lambda: ET.XMLPullParser(["foo"])),
    ("reprs", lambda: [e, b, ET.Element("x")]),
]:
    show(label, work)

tree = ET.fromstring("<r>one<a x='1'>two<b/>three</a>four<a>five</a><!-- no --><?p i?></r>")
print([c.tag for c in tree], list(tree.itertext()), [c.tag for c in tree.iter()], [c.text for c in tree.iter("a")])
print(tree.find("a/b"), tree.findtext("a"), tree.findtext("zz", "none"), len(tree.findall(".//b")), tree.find("a[@x='1']").text)
twin, deep = copy.copy(tree), copy.deepcopy(tree)
print(twin[0] is tree[0], deep[0] is tree[0], ET.tostring(deep) == ET.tostring(tree))
print(ET.tostring(pickle.loads(pickle.dumps(tree))))
tree[0:1] = [ET.Element("new"), ET.Element("newer")]
del tree[-1]
print(ET.tostring(tree, encoding="unicode"))
numbers = ET.Element("n")
numbers.extend(ET.Element(f"i{i}") for i in range(10))
numbers[::-3] = [ET.Element("x") for _ in range(4)]
del numbers[1:8:2]
print([c.tag for c in numbers])

builder = ET.TreeBuilder(insert_comments=True, insert_pis=True)
builder.start("root", {"k": "v"})
for piece in "a", "b", "c":
    builder.data(piece)
builder.comment("hey")
builder.data("tail")
builder.pi("target", "rest")
builder.start("in", {})
builder.end("in")
builder.end("root")
print(ET.tostring(builder.close()))


class Target:
    def start(self, tag, attrib):
        print("start", tag, attrib)

    def end(self, tag):
        print("end", tag)

    def data(self, text):
        print("data", repr(text))

    def comment(self, text):
        print("comment", text)

    def pi(self, target, text):
        print("pi", target, text)

    def start_ns(self, prefix, uri):
        print("start_ns", repr(prefix), uri)

    def end_ns(self, prefix):
        print("end_ns", repr(prefix))

    def doctype(self, name, public, system):
        print("doctype", name, public, system)

    def close(self):
        return "closed"


parser = ET.XMLParser(target=Target())
parser.feed("<!DOCTYPE r PUBLIC 'pub' 'sys'><r xmlns='u1' xmlns:p='u2'><!-- c --><?x y?>t<p:q p:a='1'/></r>")
print(parser.close())

pull = ET.XMLPullParser(["start", "end", "comment", "pi", "start-ns", "end-ns"])
for piece in "<a xmlns:p='u'>", "<p:b", " k='1'/>t<!--c--><?p i?>", "</a>":
    pull.feed(piece)
    for event, what in pull.read_events():
        print(event, what if isinstance(what, tuple) or what is None else (what.tag if isinstance(what.tag, str) else what.text))
