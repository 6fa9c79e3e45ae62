# Code objects that no compiler made are looked at before they run: what handlers would trip over is refused.
import dis
import marshal
import types


def make(instructions, consts=(None,), names=(), varnames=(), stacksize=4, flags=0x43, table=b"", cellvars=(), freevars=(), argcount=0):
    raw = bytearray()
    for name, *operand in instructions:
        raw += bytes((dis.opmap[name] if isinstance(name, str) else name, operand[0] if operand else 0))
        raw += bytes(2 * dis._inline_cache_entries[raw[-2]])
    return types.CodeType(argcount, 0, 0, len(varnames), stacksize, flags, bytes(raw), consts, names, varnames, "file", "f", "f", 1, b"", table,
                          freevars, cellvars)


def run(*args, **kwargs):
    code = make(*args, **kwargs)
    try:
        print(eval(code) if not code.co_freevars else types.FunctionType(code, {}, None, None, tuple(types.CellType(1) for _ in code.co_freevars))())
    except SystemError as problem:
        print(problem)


# What is good runs.
run([("RESUME",), ("LOAD_CONST",), ("RETURN_VALUE",)], consts=(42,))
#> 42
run([("RESUME",), ("BUILD_LIST", 0), ("LOAD_CONST",), ("LIST_APPEND", 1), ("RETURN_VALUE",)], consts=(7,))
#> [7]
run([("COPY_FREE_VARS", 1), ("RESUME",), ("LOAD_DEREF", 0), ("RETURN_VALUE",)], freevars=("x",))
#> 1

# Instructions.
run([])
#> invalid bytecode in f at offset 0: there are no instructions
run([("RESUME",)])
#> invalid bytecode in f at offset 0: the code runs over its end
run([("RESUME",), ("LOAD_CONST",), ("EXTENDED_ARG", 1)])
#> invalid bytecode in f at offset 4: EXTENDED_ARG without an instruction
run([(254,), ("RETURN_VALUE",)])
#> invalid bytecode in f at offset 0: 254 is not the number of an instruction
run([(5,), ("RETURN_VALUE",)])
#> invalid bytecode in f at offset 0: 5 is not the number of an instruction
run([("CACHE",), ("RETURN_VALUE",)])
#> invalid bytecode in f at offset 0: 0 is not the number of an instruction
print(make([("RESUME",), ("LOAD_ATTR",)]).co_code[-1])
#> 0
code = make([("RESUME",), ("LOAD_CONST",), ("LOAD_ATTR",), ("RETURN_VALUE",)], names=("real",))
try:
    eval(code.replace(co_code=code.co_code[:8]))
except SystemError as problem:
    print(problem)
#> invalid bytecode in f at offset 4: the caches of LOAD_ATTR are cut off

# Operands.
run([("LOAD_CONST", 1), ("RETURN_VALUE",)])
#> invalid bytecode in f at offset 0: LOAD_CONST has operand 1, but there are 1 constants
run([("LOAD_NAME", 1), ("RETURN_VALUE",)])
#> invalid bytecode in f at offset 0: LOAD_NAME has operand 1, but there are 0 names
run([("LOAD_FAST", 3), ("RETURN_VALUE",)], varnames=("a",))
#> invalid bytecode in f at offset 0: LOAD_FAST has operand 3, but there are 1 variables
run([("LOAD_CONST",), ("LOAD_CONST",), ("BINARY_OP", 26), ("RETURN_VALUE",)])
#> invalid bytecode in f at offset 4: BINARY_OP cannot have operand 26
run([("LOAD_CONST",), ("LOAD_CONST",), ("COMPARE_OP", 6), ("RETURN_VALUE",)])
#> invalid bytecode in f at offset 4: COMPARE_OP cannot have operand 6
run([("LOAD_CONST",), ("COPY", 0), ("RETURN_VALUE",)])
#> invalid bytecode in f at offset 2: COPY cannot have operand 0
run([("LOAD_CONST",), ("MAKE_FUNCTION", 16), ("RETURN_VALUE",)])
#> invalid bytecode in f at offset 2: MAKE_FUNCTION cannot have operand 16

# Cells.
run([("LOAD_DEREF", 0), ("RETURN_VALUE",)], cellvars=("x",))
#> invalid bytecode in f at offset 0: LOAD_DEREF needs a cell, but variable 0 has none
run([("MAKE_CELL", 0), ("RESUME",), ("LOAD_CONST",), ("STORE_FAST", 0), ("LOAD_CONST",), ("RETURN_VALUE",)], cellvars=("x",))
#> invalid bytecode in f at offset 6: STORE_FAST would overwrite the cell of variable 0
run([("RESUME",), ("MAKE_CELL", 0), ("LOAD_CONST",), ("RETURN_VALUE",)], cellvars=("x",))
#> invalid bytecode in f at offset 2: MAKE_CELL behind the start of the function
run([("MAKE_CELL", 0), ("LOAD_CONST",), ("RETURN_VALUE",)], varnames=("x",))
#> invalid bytecode in f at offset 0: MAKE_CELL for variable 0, which is no cell variable
run([("COPY_FREE_VARS", 2), ("LOAD_CONST",), ("RETURN_VALUE",)], freevars=("x",))
#> invalid bytecode in f at offset 0: COPY_FREE_VARS has operand 2, but there are 1 free variables

# Jumps.
run([("JUMP_FORWARD", 9), ("LOAD_CONST",), ("RETURN_VALUE",)])
#> invalid bytecode in f at offset 0: JUMP_FORWARD jumps out of the code
run([("RESUME",), ("LOAD_CONST",), ("JUMP_BACKWARD", 9)])
#> invalid bytecode in f at offset 4: JUMP_BACKWARD jumps out of the code
run([("JUMP_FORWARD", 2), ("LOAD_CONST",), ("UNARY_NOT",), ("RETURN_VALUE",)])
#> invalid bytecode in f at offset 6: RETURN_VALUE takes 1 items from the stack, but there are 0
run([("LOAD_CONST",), ("JUMP_FORWARD", 1), ("LOAD_ATTR",), ("RETURN_VALUE",)], names=("x",))
#> invalid bytecode in f at offset 6: a jump or an exception leads into the middle of an instruction
run([("MAKE_CELL", 0), ("RESUME",), ("JUMP_BACKWARD", 3)], cellvars=("x",))
#> invalid bytecode in f at offset 0: a jump or an exception leads to the start of the function

# The stack.
run([("RETURN_VALUE",)])
#> invalid bytecode in f at offset 0: RETURN_VALUE takes 1 items from the stack, but there are 0
run([("LOAD_CONST",)] * 5 + [("RETURN_VALUE",)])
#> invalid bytecode in f at offset 8: the stack grows beyond its size, 4
run([("PUSH_NULL",), ("RETURN_VALUE",)])
#> invalid bytecode in f at offset 2: RETURN_VALUE wants an object on the stack at 1, but finds NULL
run([("RESUME",), ("LOAD_CONST",), ("JUMP_BACKWARD", 2)])
#> invalid bytecode in f at offset 4: 1 items are on the stack where offset 2 is reached, and 0 by another way
run([("LOAD_CONST",), ("LOAD_CONST",), ("LIST_APPEND", 1), ("RETURN_VALUE",)])
#> invalid bytecode in f at offset 4: LIST_APPEND wants a list on the stack at 1, but finds an object
run([("LOAD_CONST",), ("LIST_TO_TUPLE",), ("RETURN_VALUE",)])
#> invalid bytecode in f at offset 2: LIST_TO_TUPLE wants a list on the stack at 1, but finds an object
run([("LOAD_CONST",), ("PUSH_EXC_INFO",), ("RETURN_VALUE",)])
#> invalid bytecode in f at offset 2: PUSH_EXC_INFO wants an exception on the stack at 1, but finds an object
run([("LOAD_CONST",), ("POP_EXCEPT",), ("LOAD_CONST",), ("RETURN_VALUE",)])
#> invalid bytecode in f at offset 2: POP_EXCEPT wants a handled exception on the stack at 1, but finds an object

# Calls.
run([("PUSH_NULL",), ("LOAD_CONST",), ("PRECALL", 0), ("POP_TOP",), ("RETURN_VALUE",)])
#> invalid bytecode in f at offset 4: no CALL 0 follows PRECALL 0
run([("PUSH_NULL",), ("LOAD_CONST",), ("KW_NAMES", 0), ("PRECALL", 0), ("CALL", 0), ("RETURN_VALUE",)])
#> invalid bytecode in f at offset 4: KW_NAMES wants a tuple of str
run([("PUSH_NULL",), ("LOAD_CONST",), ("KW_NAMES", 0), ("PRECALL", 0), ("CALL", 0), ("RETURN_VALUE",)], consts=(("a",),))
#> invalid bytecode in f at offset 4: more names of arguments than arguments
run([("PUSH_NULL",), ("PUSH_NULL",), ("PRECALL", 0), ("CALL", 0), ("RETURN_VALUE",)])
#> invalid bytecode in f at offset 4: PRECALL wants an object on the stack at 1, but finds NULL

# Generators.
run([("RESUME",), ("LOAD_CONST",), ("YIELD_VALUE",), ("RETURN_VALUE",)])
#> invalid bytecode in f at offset 4: YIELD_VALUE in a function that is no generator
run([("RETURN_GENERATOR",), ("POP_TOP",), ("LOAD_CONST",), ("RETURN_VALUE",)])
#> invalid bytecode in f at offset 0: RETURN_GENERATOR in a function that is no generator
run([("RESUME",), ("RETURN_GENERATOR",), ("RETURN_VALUE",)], flags=0x63)
#> invalid bytecode in f at offset 2: RETURN_GENERATOR behind the start of the function
run([("RETURN_GENERATOR",), ("POP_TOP",), ("LOAD_CONST",), ("YIELD_VALUE",), ("RESUME", 2), ("RETURN_VALUE",)], flags=0x63)
#> invalid bytecode in f at offset 6: no SEND before a YIELD_VALUE that delegates

# The exception table.
run([("RESUME",), ("LOAD_CONST",), ("RETURN_VALUE",)], table=b"\x01")
#> invalid bytecode in f at offset 0: the exception table is malformed
run([("RESUME",), ("LOAD_CONST",), ("RETURN_VALUE",)], table=b"\x80\x09\x00\x00")
#> invalid bytecode in f at offset 0: the exception table has a wrong range
run([("RESUME",), ("LOAD_CONST",), ("RETURN_VALUE",)], table=b"\x80\x01\x09\x00")
#> invalid bytecode in f at offset 0: an exception handler lies outside the code
run([("RESUME",), ("LOAD_CONST",), ("RETURN_VALUE",)], table=b"\x80\x01\x01\x3f")
#> invalid bytecode in f at offset 0: an exception handler wants a stack that is too deep
run([("RESUME",), ("LOAD_CONST",), ("RETURN_VALUE",)], table=b"\x80\x01\x01\x02")
#> invalid bytecode in f at offset 0: an exception handler wants 1 items on the stack, but there are 0

# What the caches held is forgotten.
code = make([("RESUME",), ("LOAD_CONST",), ("LOAD_ATTR",), ("RETURN_VALUE",)], consts=(5,), names=("real",))
raw = bytearray(code.co_code)
raw[6:14] = b"\xff" * 8
print([eval(code.replace(co_code=bytes(raw))) for _ in range(20)][-1])
#> 5

# A function is refused at each call, and works again with another code.
def f():
    return "good"
good = f.__code__
f.__code__ = make([("RETURN_VALUE",)])
for _ in range(2):
    try:
        f()
    except SystemError as problem:
        print(problem)
#> invalid bytecode in f at offset 0: RETURN_VALUE takes 1 items from the stack, but there are 0
#> invalid bytecode in f at offset 0: RETURN_VALUE takes 1 items from the stack, but there are 0
f.__code__ = good
print(f())
#> good

# What handlers check themselves.
run([("LOAD_CONST",), ("MAKE_FUNCTION", 0), ("RETURN_VALUE",)])
#> MAKE_FUNCTION finds wrong kinds of objects
run([("LOAD_CONST",), ("LOAD_CONST",), ("MATCH_KEYS",), ("RETURN_VALUE",)], consts=(5,))
#> MATCH_KEYS wants a tuple of keys
code = make([("RESUME",), ("LOAD_CONST",), ("FOR_ITER", 1), ("RETURN_VALUE",), ("LOAD_CONST",), ("RETURN_VALUE",)])
try:
    eval(code)
except TypeError as problem:
    print(problem)
#> 'NoneType' object is not iterable

# Kinds of variables, counts.
def damaged(find, put):
    data = marshal.dumps(compile("def g(a, b): return lambda: a", "file", "exec").co_consts[0])
    return marshal.loads(data.replace(find, put, 1))
try:
    damaged(b"s\x02\x00\x00\x00\x60\x20", b"s\x02\x00\x00\x00\xa0\x20")
except ValueError as problem:
    print(problem)
#> code: the kinds of variables are malformed
try:
    (lambda: 0).__code__.replace(co_argcount=2**31 - 1, co_kwonlyargcount=2**31 - 1)
except ValueError as problem:
    print(problem)
#> code: co_varnames is too small
huge = (lambda: 0).__code__.replace(co_stacksize=2**31 - 1)
print(huge.co_stacksize)
#> 2147483647
