"""Kernels: big ints, regular expressions, json, struct, csv, hashing, compression, pickling."""
import csv
import hashlib
import io
import json
import pickle
import re
import struct
import zlib

TEXT = "\n".join(f"user{i}@example{i % 9}.org called +49-{i % 100:02}-{i * 37 % 100000:05} on 2024-{i % 12 + 1:02}-{i % 28 + 1:02}"
                 for i in range(3000))
RECORDS = [{"id": i, "name": f"name {i}", "tags": ["a", "b", str(i)], "score": i / 7, "ok": i % 2 == 0} for i in range(2000)]


def big_multiplication():
    a = 3 ** 20_000
    for _ in range(60):
        a * (a + 1)


def big_division():
    a, b = 7 ** 12_000, 3 ** 9_000
    for _ in range(60):
        divmod(a, b)


def big_power():
    for i in range(20):
        pow(3 + i, 2 ** 1000 + i, 2 ** 1023 - 57)


def fibonacci():
    a, b = 0, 1
    for _ in range(30_000):
        a, b = b, a + b


def regex_search():
    pattern = re.compile(r"\w+@[\w.]+\.org called \+(\d+)-(\d+)")
    for _ in range(12):
        pattern.findall(TEXT)


def regex_substitute():
    pattern = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
    for _ in range(12):
        pattern.sub(r"\3.\2.\1", TEXT)


def json_dump():
    for _ in range(20):
        json.dumps(RECORDS)


def json_load():
    text = json.dumps(RECORDS)
    for _ in range(20):
        json.loads(text)


def structs():
    layout = struct.Struct("<IhdB")
    for i in range(250_000):
        layout.unpack(layout.pack(i, i & 1000, i / 3, i & 255))


def hashing_compression():
    data = TEXT.encode()
    for _ in range(6):
        zlib.decompress(zlib.compress(data))
        hashlib.sha256(data).digest()
