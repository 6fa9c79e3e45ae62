"""http.server answers urllib and http.client over a socket of this machine."""
import http.client
import http.server
import io
import json
import threading
import urllib.error
import urllib.parse
import urllib.request


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def reply(self, status, body, kind="text/plain"):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        path, _, query = self.path.partition("?")
        if path == "/json":
            self.reply(200, json.dumps(urllib.parse.parse_qs(query)).encode(), "application/json")
        elif path == "/redirect":
            self.send_response(302)
            self.send_header("Location", "/json?from=redirect")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif path == "/chunks":
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for piece in b"one ", b"two ", b"three":
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.write(b"0\r\n\r\n")
        else:
            self.reply(404, b"nothing here")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.reply(201, body[::-1], self.headers["Content-Type"])


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
thread.start()
base = f"http://127.0.0.1:{server.server_port}"
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

with opener.open(base + "/json?a=1&a=2&b=%C3%A9", timeout=10) as r:
    print(r.status, r.reason, r.headers["Content-Type"], json.load(r))
with opener.open(base + "/redirect", timeout=10) as r:
    print(r.geturl().removeprefix(base), r.read())
with opener.open(base + "/chunks", timeout=10) as r:
    print(r.read(5), r.read())
try:
    opener.open(base + "/missing", timeout=10)
except urllib.error.HTTPError as e:
    print(e, e.code, e.read())
request = urllib.request.Request(base + "/post", b"a long body " * 5000, {"Content-Type": "x/y"})
with opener.open(request, timeout=10) as r:
    body = r.read()
    print(r.status, r.headers["content-type"], len(body), body[:12])

connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
for i in range(3):
    connection.request("POST", "/keep", io.BytesIO(b"again %d" % i), {"Content-Type": "t/p", "Content-Length": "7"})
    response = connection.getresponse()
    print(response.status, response.version, response.read())
connection.close()

answers = []


def fetch(i):
    with opener.open(f"{base}/json?n={i}", timeout=10) as r:
        answers.append(json.load(r)["n"][0])


threads = [threading.Thread(target=fetch, args=(i,)) for i in range(8)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted(answers, key=int))
server.shutdown()
thread.join()
server.server_close()
try:
    opener.open(base + "/", timeout=10)
except urllib.error.URLError as e:
    print(type(e.reason).__name__)
