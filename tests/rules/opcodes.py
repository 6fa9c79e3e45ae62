#!/usr/bin/env python3
"""Compares src/bytecode/opcodes.def with what CPython's own `opcode` and `dis` say (run it with CPython 3.11).

Names, numbers, kinds of operand, cache sizes, specialised forms, and the stack effect of every instruction for
a range of operands, jumping and not.
"""
import dis
import opcode
import pathlib
import re
import sys

TABLE = pathlib.Path(__file__).resolve().parents[2] / "src/bytecode/opcodes.def"


def evaluate(expression, n):
    """The effects are C expressions in n; all of them are Python's too, but for the conditional."""
    if "?" in expression:
        condition, _, rest = expression.partition("?")
        yes, _, no = rest.partition(":")
        return evaluate(yes if eval(condition, {"n": n}) else no, n)
    return eval(expression, {"n": n})


def rows(kind, text):
    for match in re.finditer(rf"^{kind}\((.*)\)\s*$", text, re.MULTILINE):
        yield [part.strip() for part in match[1].split(",")]


def main():
    text = TABLE.read_text()
    table = {row[0]: row for row in rows("OP", text)}
    jumped = {row[0]: row for row in rows("JUMPED", text)}
    specialized = {row[0]: row for row in rows("SPECIALIZED", text)}
    good, problems = 0, []

    def check(condition, what):
        nonlocal good
        if condition:
            good += 1
        else:
            problems.append(what)

    for name in opcode.opmap.keys() | table.keys():
        check(name in table and name in opcode.opmap, f"{name} is only in one of the two")
    kinds = {"local": opcode.haslocal, "constant": opcode.hasconst, "name": opcode.hasname, "global_name": opcode.hasname,
             "deref": opcode.hasfree, "compare": opcode.hascompare}
    for name, number in opcode.opmap.items():
        if name not in table:
            continue
        _, our_number, operand, pops, pushes, caches, flags = table[name]
        check(int(our_number) == number, f"{name} has number {number}")
        check((operand != "none") == (number >= opcode.HAVE_ARGUMENT), f"{name}: operand or none")
        check(int(caches) == opcode._inline_cache_entries[number], f"{name} has {opcode._inline_cache_entries[number]} cache units")
        for kind, numbers in kinds.items():
            if operand == kind:
                check(number in numbers, f"{name} is no {kind} for CPython")
        if number in opcode.hasjrel:
            check(operand in ("forward", "backward") and (operand == "backward") == ("BACKWARD" in name), f"{name} jumps")
        for n in (0, 1, 2, 3, 4, 7, 8, 15, 255, 256, 0x0102, 0x0305) if operand != "none" else (None,):
            if n is not None and (name == "BUILD_SLICE" and n not in (2, 3) or name == "RAISE_VARARGS" and n > 2 or name == "MAKE_FUNCTION" and n > 15
                                  or operand == "depth" and name in ("SWAP", "COPY") and n == 0):
                continue
            for jump in (False, True):
                try:
                    effect = dis.stack_effect(number, n, jump=jump)
                except ValueError:
                    continue
                pair = jumped[name][1:3] if jump and name in jumped else (pops, pushes)
                ours = evaluate(pair[1], n or 0) - evaluate(pair[0], n or 0)
                check(ours == effect, f"{name} {n} {'jumping' if jump else ''}: CPython {effect}, table {ours}")
    for name, (_, number, base) in specialized.items():
        if name in opcode._specialized_instructions:
            check(base in opcode._specializations and name in opcode._specializations[base] or name.endswith("_ADAPTIVE") or name.startswith(("JUMP_BACKWARD", "RESUME")) or base == name.split("__")[0]
                  or any(name in s for s in opcode._specializations.values()), f"{name} is no form of {base}")
    for name in opcode._specialized_instructions:
        check(name in specialized, f"{name} is missing")
    print(*problems, sep="\n", end="\n" if problems else "")
    print(f"{good} passed, {len(problems)} failed")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
