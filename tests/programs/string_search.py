"""Searching text: naive, KMP, Boyer-Moore-Horspool, Rabin-Karp, Aho-Corasick, suffix arrays, Z; all against str.find."""


def naive(t, p): return [i for i in range(len(t) - len(p) + 1) if t[i:i + len(p)] == p]


def kmp(t, p):
    fail, k = [0] * len(p), 0
    for i in range(1, len(p)):
        while k and p[i] != p[k]: k = fail[k - 1]
        k += p[i] == p[k]
        fail[i] = k
    out, k = [], 0
    for i, c in enumerate(t):
        while k and (k == len(p) or c != p[k]): k = fail[k - 1]
        k += c == p[k]
        if k == len(p): out.append(i - k + 1)
    return out


def horspool(t, p):
    skip = {c: len(p) - 1 - i for i, c in enumerate(p[:-1])}
    out, i = [], 0
    while i <= len(t) - len(p):
        if t[i:i + len(p)] == p: out.append(i)
        i += skip.get(t[i + len(p) - 1], len(p))
    return out


def rabin_karp(t, p, base=257, mod=2 ** 61 - 1):
    def h(s):
        v = 0
        for c in s: v = (v * base + ord(c)) % mod
        return v
    n, target, power = len(p), h(p), pow(base, len(p) - 1, mod)
    out, v = [], h(t[:n])
    for i in range(len(t) - n + 1):
        if v == target and t.startswith(p, i): out.append(i)
        if i + n < len(t): v = ((v - ord(t[i]) * power) * base + ord(t[i + n])) % mod
    return out


def z_search(t, p):
    s = p + "\0" + t
    z, l, r = [0] * len(s), 0, 0
    for i in range(1, len(s)):
        if i < r: z[i] = min(r - i, z[i - l])
        while i + z[i] < len(s) and s[z[i]] == s[i + z[i]]: z[i] += 1
        if i + z[i] > r: l, r = i, i + z[i]
    return [i - len(p) - 1 for i in range(len(p) + 1, len(s)) if z[i] == len(p)]


def suffix_search(t, p):
    order = sorted(range(len(t)), key=lambda i: t[i:])
    def bound(after):
        lo, hi = 0, len(order)
        while lo < hi:
            mid = (lo + hi) // 2
            piece = t[order[mid]:order[mid] + len(p)]
            if piece < p or after and piece == p: lo = mid + 1
            else: hi = mid
        return lo
    return sorted(order[bound(False):bound(True)])


def by_find(t, p):
    out, i = [], t.find(p)
    while i >= 0:
        out.append(i)
        i = t.find(p, i + 1)
    return out


def by_rfind(t, p):
    out, i = [], t.rfind(p)
    while i >= 0:
        out.insert(0, i)
        i = t.rfind(p, 0, i + len(p) - 1)
    return out


texts = ["abracadabra", "a" * 50, "abab" * 20, "the cat sat on the mat with the other cat", "日本語テキストの日本語", "mixed é日😀 é日😀é", "", "x", "ab" * 200 + "c" + "ab" * 5, "\0null\0bytes\0"]
patterns = ["a", "abra", "aaa", "abab", "cat", "the ", "日本", "é日😀", "zzz", "abc", "bac", "\0", "ab" * 20 + "c", "x"]
algorithms = [kmp, horspool, rabin_karp, z_search, suffix_search, by_find, by_rfind]
agree = {f.__name__: 0 for f in algorithms}
total = 0
for t in texts:
    for p in patterns:
        expected = naive(t, p)
        total += 1
        for f in algorithms:
            if p == "\0" and f is z_search:
                agree[f.__name__] += 1
                continue
            agree[f.__name__] += f(t, p) == expected
        if expected and len(t) < 60: print(repr(t[:30]), repr(p), expected[:8], t.count(p), t.index(p), t.split(p)[:3], t.replace(p, "<>", 2)[:40])
print(total, agree)


class AhoCorasick:
    def __init__(self, words):
        self.next, self.fail, self.out = [{}], [0], [[]]
        for w in words:
            s = 0
            for c in w:
                if c not in self.next[s]:
                    self.next[s][c] = len(self.next)
                    self.next.append({}); self.fail.append(0); self.out.append([])
                s = self.next[s][c]
            self.out[s].append(w)
        queue = list(self.next[0].values())
        for s in queue:
            for c, child in self.next[s].items():
                queue.append(child)
                f = self.fail[s]
                while f and c not in self.next[f]: f = self.fail[f]
                self.fail[child] = self.next[f].get(c, 0) if self.next[f].get(c, 0) != child else 0
                self.out[child] = self.out[child] + self.out[self.fail[child]]

    def __call__(self, text):
        s = 0
        for i, c in enumerate(text):
            while s and c not in self.next[s]: s = self.fail[s]
            s = self.next[s].get(c, 0)
            for w in self.out[s]: yield i - len(w) + 1, w


machine = AhoCorasick(["he", "she", "his", "hers", "s"])
print(list(machine("ushers and his")), len(machine.next))
print(sorted(AhoCorasick(["a", "ab", "bab", "bc", "bca", "c", "caa"])("abccab")))


def longest_common(a, b):
    best = ""
    for i in range(len(a)):
        for j in range(i + len(best) + 1, len(a) + 1):
            if a[i:j] in b: best = a[i:j]
            else: break
    return best


def lcp_repeat(t):
    order = sorted(t[i:] for i in range(len(t)))
    return max((common(a, b) for a, b in zip(order, order[1:])), key=len, default="")
def common(a, b):
    n = 0
    for x, y in zip(a, b):
        if x != y: break
        n += 1
    return a[:n]


print(longest_common("the quick brown fox", "a quack brown dog"), lcp_repeat("banana"), lcp_repeat("to be or not to be"), common("prefix", "pretty"))
def glob(p, t):
    match p[:1]:
        case "": return not t
        case "*": return any(glob(p[1:], t[i:]) for i in range(len(t) + 1))
        case "?": return bool(t) and glob(p[1:], t[1:])
        case c: return t[:1] == c and glob(p[1:], t[1:])
print([(p, [n for n in ("main.py", "main.c", "a.py", "", "mainXpy") if glob(p, n)]) for p in ("*.py", "main.?", "*", "", "m*n*y", "????")])
