"""Sockets on this machine: streams, datagrams, Unix sockets, ancillary data, timeouts, threads, errors."""
import array
import errno
import gc
import os
import selectors
import socket
import threading
import warnings

socket.setdefaulttimeout(None)


def show(work):
    try:
        print(repr(work()))
    except Exception as e:
        print(f"{type(e).__name__}: {e}")


# An echo server with a thread per client.
def serve(server, clients):
    def answer(connection):
        with connection:
            while chunk := connection.recv(4096):
                connection.sendall(chunk.upper())

    workers = []
    for _ in range(clients):
        connection, address = server.accept()
        workers.append(threading.Thread(target=answer, args=(connection,)))
        workers[-1].start()
    for worker in workers:
        worker.join()


server = socket.create_server(("127.0.0.1", 0))
port = server.getsockname()[1]
thread = threading.Thread(target=serve, args=(server, 5))
thread.start()
results = {}


def ask(i):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as s:
        message = f"message {i} ".encode() * 1000
        s.sendall(message)
        s.shutdown(socket.SHUT_WR)
        with s.makefile("rb") as f:
            results[i] = f.read() == message.upper()


askers = [threading.Thread(target=ask, args=(i,)) for i in range(5)]
for t in askers:
    t.start()
for t in askers + [thread]:
    t.join()
server.close()
print(sorted(results.items()), server.fileno())

# Datagrams.
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as a, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as b:
    a.bind(("127.0.0.1", 0))
    b.bind(("127.0.0.1", 0))
    print(b.sendto(b"datagram", a.getsockname()), b.sendto(b"flags", 0, a.getsockname()))
    data, sender = a.recvfrom(100)
    buffer = bytearray(10)
    n, again = a.recvfrom_into(buffer)
    print(data, sender == b.getsockname() == again, n, buffer)
    show(lambda: a.sendto(b"x"))
    show(lambda: a.sendto(b"x", "nowhere"))
    show(lambda: a.sendto("x", ("127.0.0.1", 1)))

# A pair, descriptors passed along.
left, right = socket.socketpair()
print(left.family.name, left.type.name, left.proto, left.getblocking(), left.gettimeout())
with open(os.devnull) as f:
    rights = array.array("i", [f.fileno()])
    print(left.sendmsg([b"he", bytearray(b"llo")], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)]))
    data, ancillary, flags, address = right.recvmsg(100, socket.CMSG_SPACE(4))
    level, kind, content = ancillary[0]
    received = array.array("i", content)[0]
    print(data, level == socket.SOL_SOCKET, kind == socket.SCM_RIGHTS, os.path.samestat(os.fstat(received), os.fstat(f.fileno())), address)
    os.close(received)
one, two = bytearray(3), bytearray(5)
left.send(b"scatter!")
print(right.recvmsg_into([one, two]), one, two)
left.send(b"peek")
print(right.recv(4, socket.MSG_PEEK), right.recv_into(one, 2), one, right.recv(10))

# Timeouts and non-blocking sockets.
right.settimeout(0.05)
show(lambda: right.recv(1))
right.setblocking(False)
show(lambda: right.recv(1))
print(right.gettimeout(), right.getblocking())
for value in [-1, "a", float("nan"), 1e40, None, 2, 0.5]:
    show(lambda: (right.settimeout(value), right.gettimeout())[1])
selector = selectors.DefaultSelector()
selector.register(right, selectors.EVENT_READ, "mine")
left.send(b"ready")
print([key.data for key, _ in selector.select(5)], right.recv(10))
selector.close()
left.close()
print(right.recv(10))
right.close()

# Errors and odd arguments.
s = socket.socket()
for work in [
    lambda: s.recv(-1), lambda: s.recv_into(b"abc"), lambda: s.recv_into(bytearray(2), 5), lambda: s.recv(), lambda: s.connect(5),
    lambda: s.connect(("127.0.0.1",)), lambda: s.connect(("127.0.0.1", 70000)), lambda: s.connect(("127.0.0.1", 2**70)),
    lambda: s.connect(("127.0.0.1", "x")), lambda: s.connect((5, 1)), lambda: s.connect(("a\0b", 1)), lambda: s.getpeername(),
    lambda: s.getsockopt(socket.SOL_SOCKET), lambda: s.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE),
    lambda: s.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE, 4), lambda: s.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE, 5000),
    lambda: s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1), lambda: s.setsockopt(1, 2, 3.5), lambda: s.setsockopt(1, 2),
    lambda: s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, b"\1\0\0\0"), lambda: s.listen("x"), lambda: s.shutdown("x"),
    lambda: socket.socket(fileno=-1), lambda: socket.socket(fileno=4.5), lambda: socket.socket(12345), lambda: socket.socket("x"),
    lambda: socket.htons(70000), lambda: socket.htons(-1), lambda: socket.htonl(2**33), lambda: socket.htonl(-1), lambda: socket.ntohl("x"),
    lambda: (socket.htons(1), socket.htonl(1), socket.ntohs(256)), lambda: socket.inet_aton("1.2.3"), lambda: socket.inet_aton("x"),
    lambda: socket.inet_ntoa(b"abc"), lambda: socket.inet_ntoa(b"\x7f\0\0\1"), lambda: socket.inet_pton(socket.AF_INET6, "::1"),
    lambda: socket.inet_pton(socket.AF_INET6, "x"), lambda: socket.inet_ntop(socket.AF_INET6, b"\0" * 15), lambda: socket.inet_ntop(99, b""),
    lambda: socket.inet_ntop(socket.AF_INET6, b"\0" * 15 + b"\1"), lambda: socket.CMSG_LEN(-1), lambda: socket.CMSG_SPACE(10),
    lambda: socket.getaddrinfo("127.0.0.1", 80, type=socket.SOCK_STREAM), lambda: socket.getaddrinfo(5, 80), lambda: socket.getaddrinfo("x", 1.5),
    lambda: socket.getaddrinfo("::1", "http", socket.AF_INET6, socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST),
    lambda: socket.getnameinfo(("127.0.0.1", 80), socket.NI_NUMERICHOST | socket.NI_NUMERICSERV), lambda: socket.getnameinfo(5, 0),
    lambda: socket.gethostbyname("127.0.0.1"), lambda: socket.gethostbyname(5), lambda: socket.getservbyname("http", "tcp"),
    lambda: socket.getservbyname("no such"), lambda: socket.getservbyport(80), lambda: socket.getservbyport(-1),
    lambda: socket.getprotobyname("tcp"), lambda: socket.if_nametoindex("no such"), lambda: socket.if_indextoname(10**6),
    lambda: socket.if_nameindex()[0], lambda: socket.gaierror.__mro__, lambda: socket.close(10**6), lambda: socket.dup("x"),
    lambda: socket.socketpair(99), lambda: socket.SocketType is socket._socket.socket, lambda: s.detach() > 0, lambda: s.fileno(),
    lambda: s.recv(1), lambda: s,
]:
    show(work)
with socket.socket(socket.AF_UNIX) as s:
    show(lambda: s.bind("x" * 200))
    show(lambda: s.connect("no-such-socket"))
    show(lambda: s.connect_ex("no-such-socket") == errno.ENOENT)
    s.bind("sock")
    print(s.getsockname(), s.listen())
    with socket.socket(socket.AF_UNIX) as c:
        c.connect(b"sock")
        connection, address = s.accept()
        with connection:
            print(address, c.getpeername(), connection.get_inheritable())
    os.unlink("sock")
with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as s:
    s.bind("\0abstract")
    print(s.getsockname())

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    lost = socket.socket()
    number = lost.fileno()
    del lost
    gc.collect()
    print([str(w.message).replace(f"fd={number}", "fd=N") for w in caught])


class Mine(socket.socket):
    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.tag = "mine"


with Mine(socket.AF_INET, socket.SOCK_DGRAM) as m:
    print(m.tag, m.family, m.type, isinstance(m, socket.socket), type(m.dup()).__name__)
