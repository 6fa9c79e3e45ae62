"""Counting words, their lengths and neighbours in a text made of a small vocabulary."""
from collections import Counter, defaultdict


def make_text(n):
    vocabulary = [a + b + c for a in ("in", "re", "con", "dis") for b in ("ter", "pas", "vo", "li", "gra")
                  for c in ("ing", "ed", "tion", "er", "ly", "al")]
    state, words = 12345, []
    for i in range(n):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        words.append(vocabulary[state % len(vocabulary)])
        if i % 11 == 10:
            words[-1] += "."
        if i % 37 == 0:
            words[-1] = words[-1].capitalize()
    return "\n".join(" ".join(words[i:i + 12]) for i in range(0, n, 12))


def main():
    text = make_text(40_000)
    counts, lengths, followers = Counter(), defaultdict(int), defaultdict(set)
    previous = None
    for line in text.splitlines():
        for word in line.split():
            word = word.strip(".,;").lower()
            counts[word] += 1
            lengths[len(word)] += 1
            if previous is not None:
                followers[previous].add(word)
            previous = word
    most = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:5]
    by_ending = defaultdict(list)
    for word in counts:
        by_ending[word[-3:]].append(word)
    print(most)
    print(sorted(lengths.items()), max(map(len, followers.values())))
    print({ending: len(words) for ending, words in sorted(by_ending.items())})


for _ in range(18):
    main()
