"""Classic ciphers: Caesar, Vigenère, rail fence, Playfair-like square, XOR, run lengths, base64."""
ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def caesar(text, shift):
    table = str.maketrans(ALPHABET + ALPHABET.upper(),
                          (rolled := ALPHABET[shift % 26:] + ALPHABET[:shift % 26]) + rolled.upper())
    return text.translate(table)


def vigenere(text, key, sign=1):
    out, i = [], 0
    for char in text:
        if char.lower() in ALPHABET:
            shift = ALPHABET.index(key[i % len(key)].lower())
            out.append(caesar(char, sign * shift))
            i += 1
        else:
            out.append(char)
    return "".join(out)


def rails(text, n):
    fence = [[] for _ in range(n)]
    for i, char in enumerate(text):
        fence[min(i % (2 * n - 2), -i % (2 * n - 2))].append(char)
    return "".join("".join(rail) for rail in fence)


def unrail(text, n):
    order = rails([chr(i) for i in range(len(text))], n)
    out = [""] * len(text)
    for char, position in zip(text, order):
        out[ord(position)] = char
    return "".join(out)


def xor(data, key):
    return bytes(byte ^ key[i % len(key)] for i, byte in enumerate(data))


def runs(text):
    out, i = "", 0
    while i < len(text):
        j = i
        while j < len(text) and text[j] == text[i]:
            j += 1
        out += f"{j - i}{text[i]}" if j - i > 1 else text[i]
        i = j
    return out


def unruns(text):
    out, number = [], ""
    for char in text:
        if char.isdigit():
            number += char
        else:
            out.append(char * int(number or 1))
            number = ""
    return "".join(out)


B64 = ALPHABET.upper() + ALPHABET + "0123456789+/"


def base64(data):
    out = []
    for i in range(0, len(data), 3):
        chunk = data[i:i + 3]
        number = int.from_bytes(chunk.ljust(3, b"\0"), "big")
        out.append("".join(B64[number >> s & 63] for s in (18, 12, 6, 0))[:len(chunk) + 1].ljust(4, "="))
    return "".join(out)


def unbase64(text):
    bits = "".join(f"{B64.index(c):06b}" for c in text.rstrip("="))
    return bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits) - 7, 8))


message = "Meet me at the Old Bridge, 9 o'clock!"
for shift in (3, 13, -5, 29):
    secret = caesar(message, shift)
    print(secret, caesar(secret, -shift) == message)
secret = vigenere(message, "Lemon")
print(secret, vigenere(secret, "Lemon", -1) == message)
secret = rails(message, 4)
print(secret, unrail(secret, 4) == message)
secret = xor(message.encode(), b"k3y")
print(secret.hex(), xor(secret, b"k3y").decode())
for text in ("aaabbc", "", "x", "zzzzzzzzzzzz", "aabbaa"):
    print(repr(text), runs(text), unruns(runs(text)) == text)
for data in (b"", b"f", b"fo", b"foo", b"foobar", bytes(range(250, 256)), message.encode()):
    print(base64(data), unbase64(base64(data)) == data)


def crack(secret):
    """Guess a Caesar shift by letter frequencies of English."""
    frequent = "etaoinshrdlu"
    score = lambda text: sum(text.lower().count(c) * (len(frequent) - i) for i, c in enumerate(frequent))
    return max(range(26), key=lambda shift: score(caesar(secret, -shift)))


print(crack(caesar("the treasure is hidden under the tree near the river", 17)))
