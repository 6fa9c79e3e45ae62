"""Digests and encodings: hashlib, hmac, base64, binascii, zlib, struct, secrets' shape, uuid, crc."""
import base64
import binascii
import hashlib
import hmac
import io
import quopri
import secrets
import struct
import uuid
import zlib

message = b"The quick brown fox jumps over the lazy dog"
for name in sorted(hashlib.algorithms_guaranteed):
    h = hashlib.new(name, message)
    print(name, h.hexdigest(10) if name.startswith("shake") else h.hexdigest()[:32], h.digest_size, h.block_size)
print(hmac.new(b"key", message, "sha256").hexdigest(), hmac.digest(b"key", message, "md5").hex(), hmac.compare_digest("a", "b"))
print(hashlib.blake2b(message, digest_size=8, key=b"k", person=b"me").hexdigest(), hashlib.blake2s(b"", salt=b"salt").hexdigest()[:16])
print(hashlib.file_digest(io.BytesIO(message * 1000), "sha1").hexdigest())
for encode, decode in [(base64.b64encode, base64.b64decode), (base64.b32encode, base64.b32decode), (base64.b16encode, base64.b16decode), (base64.b85encode, base64.b85decode), (base64.a85encode, base64.a85decode), (base64.urlsafe_b64encode, base64.urlsafe_b64decode), (base64.b32hexencode, base64.b32hexdecode)]:
    code = encode(bytes(range(250, 256)) + message[:9])
    print(encode.__name__, code, decode(code) == bytes(range(250, 256)) + message[:9])
print(base64.encodebytes(message * 2), quopri.encodestring("héllo=\n".encode()), binascii.hexlify(b"abc", "-"), binascii.b2a_uu(b"abc"), binascii.crc32(message), zlib.crc32(message, 5), zlib.adler32(message))
packed = zlib.compress(message * 50, 9)
d = zlib.decompressobj()
print(len(packed) < 200, zlib.decompress(packed) == message * 50, d.decompress(packed + b"rest", 100)[:9], len(d.unconsumed_tail) > 0, d.eof)
for broken in (lambda: base64.b64decode("a"), lambda: base64.b64decode("ab$=", validate=True), lambda: base64.b32decode("1"), lambda: binascii.unhexlify("abc"), lambda: zlib.decompress(b"x"), lambda: hashlib.new("nope"), lambda: struct.unpack("i", b""), lambda: hashlib.md5("text"), lambda: base64.b85decode("~" * 5 + "\t"), lambda: uuid.UUID("12")):
    try:
        print(broken())
    except Exception as e:
        print(type(e).__name__, e)
record = struct.Struct("<h2sxf?q")
blob = record.pack(-5, b"ab", 1.5, True, 2**40)
print(blob, record.size, record.unpack(blob), struct.calcsize("@bi"), list(struct.iter_unpack(">H", b"\0\1\0\2")), struct.pack_into("B", bytearray(2), 1, 7))
print(uuid.uuid5(uuid.NAMESPACE_DNS, "python.org"), uuid.uuid3(uuid.NAMESPACE_URL, "http://x"), uuid.UUID(int=5).hex, uuid.UUID("{12345678-1234-5678-1234-567812345678}").fields, uuid.UUID(bytes=b"0" * 16).version, repr(uuid.UUID(int=1)), uuid.uuid4().version, uuid.UUID(int=3) < uuid.UUID(int=4))
print(len(secrets.token_hex(8)), len(secrets.token_bytes(5)), len(secrets.token_urlsafe(16)), secrets.randbelow(1), secrets.choice([7]), secrets.compare_digest(b"a", b"a"))
