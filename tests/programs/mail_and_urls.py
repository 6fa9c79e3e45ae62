"""urllib.parse, html, email, mimetypes, http's constants, ipaddress, json, xml escapes."""
import email
import email.policy
import html
import html.parser
import http
import ipaddress
import json
import mimetypes
import urllib.parse as up
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr, parseaddr, parsedate_to_datetime
from http.cookies import SimpleCookie
from xml.sax.saxutils import escape, quoteattr

for url in ["http://user:pa%20ss@host.org:8080/a/b;p?x=1&y=2#frag", "//host/path", "mailto:a@b", "http://[::1]:80/", "file:///x", "?q", "HTTP://EXAMPLE"]:
    parts = up.urlsplit(url)
    print(parts, parts.hostname, parts.port, parts.geturl(), up.urlparse(url).params)
print(up.urljoin("http://a/b/c/d?q", "../e?f#g"), up.urljoin("http://a/b", "//x/y"), up.quote("a b/ü&"), up.quote_plus("a b/ü&", safe="/"), up.unquote("%C3%BC%zz"), up.unquote_plus("a+b"))
print(up.parse_qs("a=1&a=2&b=&c", keep_blank_values=True), up.parse_qsl("x=%20y&z=1"), up.urlencode({"a": [1, 2], "b": "ü c"}, doseq=True), up.urldefrag("u#f"), up.unquote_to_bytes("a%ff"))
print(html.escape("<a href='x'>\"&\"</a>"), html.unescape("&lt;&eacute;&#233;&#x1F600;&nosuch;&amp;lt;&notit;"), escape("<&>"), quoteattr('a"b'))


class Links(html.parser.HTMLParser):
    def handle_starttag(self, tag, attrs):
        print("start", tag, attrs)

    def handle_endtag(self, tag):
        print("end", tag)

    def handle_data(self, data):
        if data.strip():
            print("data", repr(data))

    def handle_comment(self, data):
        print("comment", data)


Links().feed("<!doctype html><p class=a id='b' hidden>x &amp; y<br/><!-- c --><a href=\"u?a=1&amp;b=2\">l</a><script>if (a<b) {}</script></p>")
m = EmailMessage()
m["Subject"] = "Grüße aus Köln"
m["From"] = "Ann Öst <ann@example.org>"
m["To"] = "bob@example.org, Carl <carl@example.org>"
m.set_content("Hallo Welt – ünïcode\n")
m.add_alternative("<p>Hallo</p>", subtype="html", cte="7bit")
m.add_attachment(b"\0\1\2" * 5, maintype="application", subtype="octet-stream", filename="data.bin")
m.set_boundary("=BOUND=")
for part in m.iter_parts():
    if part.is_multipart():
        part.set_boundary("=INNER=")
print(m.as_string())
back = email.message_from_string(m.as_string(), policy=email.policy.default)
print(back["subject"], back["to"].addresses, back.get_body(("plain",)).get_content(), [p.get_filename() for p in back.iter_attachments()], back.get_content_type())
old = MIMEMultipart("mixed", boundary="xx")
old.attach(MIMEText("é", "plain", "utf-8"))
old.attach(MIMEText("ascii", "plain", "us-ascii"))
print(old.as_string())
raw = email.message_from_string("From: a\nX: 1\n  folded\nBad line\n\nbody")
print(raw.items(), raw.get_payload(), raw.defects)
print(parseaddr('"A, B" <a@b.c>'), formataddr(("Ü", "u@x.y")), parsedate_to_datetime("Mon, 20 Nov 1995 19:12:08 -0500"), format_datetime(parsedate_to_datetime("1 Jan 2020 00:00:00 +0000")))
print(mimetypes.guess_type("a.tar.gz", strict=False), mimetypes.guess_extension("text/html"), http.HTTPStatus(404).phrase, http.HTTPStatus.OK == 200, http.HTTPMethod.GET)
c = SimpleCookie("a=1; b=\"x y\"")
c["s"] = "v"
c["s"]["path"] = "/"
c["s"]["httponly"] = True
print(c, {k: v.value for k, v in c.items()})
net = ipaddress.ip_network("10.0.0.0/29")
print(list(net.hosts())[:2], net.num_addresses, ipaddress.ip_address("10.0.0.5") in net, net.supernet(), list(net.subnets(new_prefix=30)), ipaddress.ip_address("::1").exploded, ipaddress.ip_interface("1.2.3.4/24").network, ipaddress.IPv6Address("2001:db8::").is_private)
for broken in (lambda: ipaddress.ip_address("1.2.3"), lambda: ipaddress.ip_network("10.0.0.1/8"), lambda: up.urlsplit("http://[x"), lambda: up.urlsplit("http://a:b").port, lambda: json.loads('{"a": }'), lambda: json.dumps({1j: 2}), lambda: json.loads("[1,]")):
    try:
        print(broken())
    except Exception as e:
        print(type(e).__name__, e)
