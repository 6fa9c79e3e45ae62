"""Syntax trees as objects: making, compiling, refusing."""
import _ast as ast
where = dict(lineno=1, col_offset=0)
n = ast.Name("x", ctx=ast.Load(), **where)
print(n.id, n._fields, n._attributes, n.end_lineno, type(n).__module__)
#> x ('id', 'ctx') ('lineno', 'col_offset', 'end_lineno', 'end_col_offset') None ast
print(eval(compile(ast.Expression(ast.BinOp(ast.Constant(2, **where), ast.Mult(), ast.Constant(21, **where), **where)), "f", "eval")))
#> 42
t = compile("x = [i for i in y if i]\n", "f", "exec", ast.PyCF_ONLY_AST)
print(t.body[0].targets[0].id, t.body[0].value.generators[0].ifs[0].col_offset)  #> x 21
print(compile(t, "f", "exec") == compile("x = [i for i in y if i]\n", "f", "exec"))  #> True
print(ast.withitem.__doc__, ast.unaryop.__doc__, ast.Del.__doc__)
#> withitem(expr context_expr, expr? optional_vars) unaryop = Invert | Not | UAdd | USub Del
ast.Name(1, 2, 3)                       #! TypeError: Name constructor takes at most 2 positional arguments
ast.Name("x", id="y")                   #! TypeError: Name got multiple values for argument 'id'
compile(ast.Expression(ast.Name("x", ast.Load())), "f", "eval")
#! TypeError: required field "lineno" missing from expr
compile(ast.Expression(ast.Name("x", ast.Store(), **where)), "f", "eval")
#! ValueError: expression must have Load context but has Store instead
compile(ast.Expression(ast.Name("None", ast.Load(), **where)), "f", "eval")
#! ValueError: identifier field can't represent 'None' constant
compile(ast.Expression(ast.Constant([], **where)), "f", "eval")  #! TypeError: got an invalid type in Constant: list
compile(ast.Expression(None), "f", "eval")  #! ValueError: field 'body' is required for Expression
compile(ast.Module([1], []), "f", "exec")  #! TypeError: required field "lineno" missing from stmt
compile(ast.Module("x", []), "f", "exec")  #! TypeError: Module field "body" must be a list, not a str
compile(ast.Module(), "f", "exec")      #! TypeError: required field "body" missing from Module
compile(ast.Module([], []), "f", "eval")  #! TypeError: expected Expression node, got Module
compile(ast.Module([None], []), "f", "exec")  #! ValueError: None disallowed in statement list
compile(ast.Module([ast.Pass(lineno=5, end_lineno=3, col_offset=0)], []), "f", "exec")
#! ValueError: AST node line range (5, 3) is not valid
compile(ast.Module([ast.Delete([], **where)], []), "f", "exec")  #! ValueError: empty targets on Delete
compile(ast.Expression(ast.BoolOp(ast.And(), [], **where)), "f", "eval")  #! ValueError: BoolOp with less than 2 values
