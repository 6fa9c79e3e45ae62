"""All ways to place n queens, by backtracking over generators of permutations."""


def placements(n, row=0, columns=frozenset(), up=frozenset(), down=frozenset()):
    if row == n:
        yield ()
        return
    for column in range(n):
        if column in columns or row + column in up or row - column in down:
            continue
        for rest in placements(n, row + 1, columns | {column}, up | {row + column}, down | {row - column}):
            yield (column, *rest)


def by_permutations(n):
    count = 0
    board = list(range(n))

    def place(row):
        nonlocal count
        if row == n:
            count += 1
            return
        for i in range(row, n):
            board[row], board[i] = board[i], board[row]
            if all(abs(board[row] - board[k]) != row - k for k in range(row)):
                place(row + 1)
            board[row], board[i] = board[i], board[row]

    place(0)
    return count


print(sum(1 for _ in placements(11)), by_permutations(10), next(placements(14)))
