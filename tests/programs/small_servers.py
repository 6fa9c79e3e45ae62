"""Sockets, selectors, and the library's own servers and clients."""
import http.client
import http.server
import io
import json
import selectors
import socket
import socketserver
import threading
import urllib.error
import urllib.request
import xmlrpc


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = json.dumps({"path": self.path, "agent": self.headers["X-Agent"]}).encode()
        self.send_response(200 if self.path != "/missing" else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        data = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(201, "Made")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data[::-1])

    def log_message(self, *args):
        pass


class Upper(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            self.wfile.write(line.upper())


with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    with urllib.request.urlopen(urllib.request.Request(base + "/a?b=1", headers={"X-Agent": "test"})) as r:
        print(r.status, r.headers["content-type"], json.load(r), r.url == base + "/a?b=1")
    try:
        urllib.request.urlopen(base + "/missing")
    except urllib.error.HTTPError as e:
        print(e, e.code, json.loads(e.read())["path"])
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port)
    for _ in range(2):
        connection.request("POST", "/post", body=b"abcdef", headers={"A": "b"})
        response = connection.getresponse()
        print(response.status, response.reason, response.read(), response.getheader("content-length"))
    connection.request("PUT", "/x")
    response = connection.getresponse()
    print(response.status, response.read()[:15])
    connection.close()
    server.shutdown()
with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Upper) as server:
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    with socket.create_connection(server.server_address, timeout=5) as s, s.makefile("rw", newline="\n") as f:
        for word in ("one", "two"):
            print(word, file=f, flush=True)
            print(f.readline())
    server.shutdown()
a, b = socket.socketpair()
with a, b, selectors.DefaultSelector() as selector:
    selector.register(a, selectors.EVENT_READ, "a is ready")
    print(selector.select(0), b.send(b"hello"), [(k.data, e) for k, e in selector.select(1)], a.recv(2), a.recv_into(buf := bytearray(3)), buf)
    a.setblocking(False)
    try:
        a.recv(1)
    except BlockingIOError as e:
        print(type(e).__name__, e.errno)
    a.settimeout(0.01)
    try:
        a.recv(1)
    except TimeoutError as e:
        print(e)
    b.close()
    print(a.recv(1), a.gettimeout(), a.family.name, a.type.name, a.fileno() > 0)
u1, u2 = socket.socket(type=socket.SOCK_DGRAM), socket.socket(type=socket.SOCK_DGRAM)
u1.bind(("127.0.0.1", 0))
u2.sendto(b"datagram", u1.getsockname())
print(u1.recvfrom(100)[0], socket.inet_aton("1.2.3.4"), socket.ntohs(1), socket.getservbyname("http"), socket.gethostbyname("127.0.0.1"), socket.inet_ntop(socket.AF_INET6, b"\0" * 15 + b"\1"))
u1.close(), u2.close()
for broken in (lambda: socket.create_connection(("127.0.0.1", 1), 1), lambda: socket.inet_aton("x"), lambda: socket.socket().bind(5), lambda: a.recv(1), lambda: socket.socket(99)):
    try:
        print(broken())
    except Exception as e:
        print(type(e).__name__, e)
