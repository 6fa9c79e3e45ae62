"""Flipping pancakes: permutations of small lists, integer indices, slices."""
import sys


def fannkuch(n):
    permutation = list(range(n))
    count = [0] * n
    most = checksum = 0
    sign = 1
    while True:
        first = permutation[0]
        if first:
            work = permutation[:]
            flips = 0
            while first:
                work[:first + 1] = work[first::-1]
                flips += 1
                first = work[0]
            if flips > most:
                most = flips
            checksum += flips * sign
        # The next permutation: rotate ever longer beginnings, as counted in `count`.
        if sign > 0:
            permutation[0], permutation[1] = permutation[1], permutation[0]
            sign = -1
        else:
            permutation[1], permutation[2] = permutation[2], permutation[1]
            sign = 1
            i = 2
            while count[i] >= i:
                count[i] = 0
                i += 1
                if i == n:
                    return checksum, most
                permutation.insert(i, permutation.pop(0))
            count[i] += 1


print(*fannkuch(int(sys.argv[1]) if len(sys.argv) > 1 else 9))
