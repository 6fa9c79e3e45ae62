"""Kernels: methods of str and bytes on texts of some size."""

WORDS = [f"word{i % 997}" for i in range(5000)]
LINE = "the quick brown fox jumps over the lazy dog " * 200
TEXT = "\n".join(f"line {i}: some text, with numbers {i * i}" for i in range(20_000))
UNICODE = "naïve café – Ελλάδα, 日本語 " * 4000


def split_join():
    for _ in range(300):
        "-".join(LINE.split())


def split_on_separator():
    for _ in range(60):
        TEXT.split(", ")


def replace():
    for _ in range(300):
        LINE.replace("fox", "horse").replace("o", "0")


def find():
    for _ in range(400):
        TEXT.find("numbers 399960001 ")
        TEXT.rfind("line 0:x")


def count():
    for _ in range(100):
        TEXT.count("some")


def upper_lower():
    for _ in range(100):
        TEXT.upper().lower()


def translate():
    table = str.maketrans("aeiou", "AEIOU")
    for _ in range(12):
        TEXT.translate(table)


def lines():
    for _ in range(40):
        for line in TEXT.splitlines():
            line.partition(": ")


def encode_decode_ascii():
    for _ in range(1500):
        TEXT.encode().decode()


def encode_decode_utf8():
    for _ in range(60):
        UNICODE.encode().decode()


def join_many():
    for _ in range(1500):
        ",".join(WORDS)


def compare():
    other = TEXT[:-1] + "x"
    for _ in range(4000):
        TEXT == other
        TEXT < other


def hash_strings():
    for i in range(300):
        hash(TEXT[i:])


def format_numbers():
    for i in range(200_000):
        f"{i:08d}{i:x}{i / 3:.2f}"


def percent_format():
    for i in range(200_000):
        "%s=%d (%5.1f%%)" % ("name", i, i / 7)
