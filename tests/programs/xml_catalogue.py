"""XML read, built, searched and written."""
import io
import xml.dom.minidom
import xml.etree.ElementTree as ET
import xml.sax

TEXT = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE catalogue [<!ENTITY who "Ann &amp; Bob">]>
<catalogue xmlns:x="http://x.org/ns" year="2024">
  <!-- a comment -->
  <book id="b1" x:lang="de"><title>Größe &lt;1&gt;</title><price>10.50</price>tail</book>
  <book id="b2"><title>&who;</title><price>3</price><x:note><![CDATA[<raw> & ]]></x:note></book>
  <?target data?>
</catalogue>"""
root = ET.fromstring(TEXT)
print(root.tag, root.attrib, len(root), [b.get("id") for b in root.iter("book")], root.find("book[@id='b2']/title").text, root.findtext("book/price"))
print(root.find("book").attrib, root.findall(".//{http://x.org/ns}note")[0].text, root[0][1].tail, [e.tag for e in root.iter()], root.find("x:none", {"x": "u"}))
print(root.findall("book[price='3']"), root.findall("./book[2]")[0].get("id"), [e.tag for e in root.findall("book/*")], "".join(root.itertext()).split())
for book in root.findall("book"):
    book.set("checked", "yes")
    ET.SubElement(book, "stock", {"n": "5"}).text = "é<"
root.remove(root[1])
ET.indent(root, "    ")
print(ET.tostring(root, encoding="unicode"), ET.tostring(root, "ascii", xml_declaration=True)[:60], ET.tostring(root[0], method="text", encoding="unicode"))
print(ET.canonicalize("<b z='1' a=\"2\"><c/>x&#10;</b>"), ET.iselement(root), ET.tostring(ET.fromstring("<a><b/></a>"), short_empty_elements=False))
for event, e in ET.iterparse(io.StringIO(TEXT), events=("start", "end", "comment", "pi", "start-ns")):
    print(event, e if isinstance(e, tuple) else e.tag if isinstance(e.tag, str) else e.text, end="; ")
print()
for bad in ("<a>", "<a></b>", "<a b='1' b='2'/>", "text", "", "<a>&nope;</a>", "<a/><b/>", "<a \x01/>"):
    try:
        ET.fromstring(bad)
    except ET.ParseError as e:
        print(repr(bad), e, e.code, e.position)
tree = ET.ElementTree(ET.Element("r", a="1"))
out = io.BytesIO()
tree.write(out, encoding="utf-8", xml_declaration=True)
print(out.getvalue(), ET.dump(tree.getroot()))


class Handler(xml.sax.ContentHandler):
    def startElement(self, name, attrs):
        print("<", name, dict(attrs))

    def characters(self, text):
        if text.strip():
            print("text", repr(text))

    def endElement(self, name):
        print(">", name)


xml.sax.parseString("<a x='1'>hi<b/></a>", Handler())
dom = xml.dom.minidom.parseString("<a x='1'><b>t</b><!--c--></a>")
dom.documentElement.appendChild(dom.createElement("new")).setAttribute("k", "<v>")
print(dom.toxml(), dom.toprettyxml(indent=" "), dom.getElementsByTagName("b")[0].firstChild.data, [n.nodeName for n in dom.documentElement.childNodes])
parser = ET.XMLPullParser(["end"])
parser.feed("<a><b>1</b>")
print([(e, n.tag) for e, n in parser.read_events()], parser.feed("</a>"), [n.tag for _, n in parser.read_events()])


class Builder:
    def start(self, tag, attrib): print("start", tag)
    def end(self, tag): print("end", tag)
    def data(self, data): print("data", data)
    def close(self): return "closed"


p = ET.XMLParser(target=Builder())
p.feed("<a>x</a>")
print(p.close())
e = ET.Element("e")
e.extend([ET.Element("f"), ET.Element("g")])
e[0:1] = []
print(len(e), e[0].tag, list(e), bool(e is not None), ET.Comment("c").text, ET.QName("u", "t").text)
