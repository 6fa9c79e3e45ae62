// The grammar of expressions, arguments and targets. How to read it is told in
// grammar_statements.cpp.
#include "syntax/grammar.h"

namespace taipan::syntax {

const char kExpressionRules[] = R"grammar(
expressions:
| expression (',' expression)+ [','] => Tuple
| expression ',' => Tuple
| expression
expression (memo):
| invalid_expression
| invalid_legacy_expression
| disjunction 'if' disjunction 'else' expression => IfExp
| disjunction
| lambdef
yield_expr:
| 'yield' 'from' expression => YieldFrom
| 'yield' [star_expressions] => Yield
star_expressions:
| star_expression (',' star_expression)+ [','] => Tuple
| star_expression ',' => Tuple
| star_expression
star_expression (memo):
| '*' bitwise_or => Starred
| expression
star_named_expressions:
| ','.star_named_expression+ [','] => $1
star_named_expression:
| '*' bitwise_or => Starred
| named_expression
assignment_expression:
| NAME ':=' ~ expression => v8 "Assignment expressions are" NamedExpr
named_expression:
| assignment_expression
| invalid_named_expression
| expression !':='
disjunction (memo):
| conjunction ('or' conjunction)+ => BoolOp
| conjunction
conjunction (memo):
| inversion ('and' inversion)+ => BoolOp
| inversion
inversion (memo):
| 'not' inversion => UnaryOp
| comparison
comparison:
| bitwise_or compare_op_bitwise_or_pair+ => Compare
| bitwise_or
compare_op_bitwise_or_pair:
| eq_bitwise_or
| noteq_bitwise_or
| lte_bitwise_or
| lt_bitwise_or
| gte_bitwise_or
| gt_bitwise_or
| notin_bitwise_or
| in_bitwise_or
| isnot_bitwise_or
| is_bitwise_or
eq_bitwise_or:
| '==' bitwise_or
noteq_bitwise_or:
| ('!=' => @check_flufl) bitwise_or
lte_bitwise_or:
| '<=' bitwise_or
lt_bitwise_or:
| '<' bitwise_or
gte_bitwise_or:
| '>=' bitwise_or
gt_bitwise_or:
| '>' bitwise_or
notin_bitwise_or:
| 'not' 'in' bitwise_or
in_bitwise_or:
| 'in' bitwise_or
isnot_bitwise_or:
| 'is' 'not' bitwise_or
is_bitwise_or:
| 'is' bitwise_or
bitwise_or (left):
| bitwise_or '|' bitwise_xor => BinOp
| bitwise_xor
bitwise_xor (left):
| bitwise_xor '^' bitwise_and => BinOp
| bitwise_and
bitwise_and (left):
| bitwise_and '&' shift_expr => BinOp
| shift_expr
shift_expr (left):
| shift_expr '<<' sum => BinOp
| shift_expr '>>' sum => BinOp
| sum
sum (left):
| sum '+' term => BinOp
| sum '-' term => BinOp
| term
term (left):
| term '*' factor => BinOp
| term '/' factor => BinOp
| term '//' factor => BinOp
| term '%' factor => BinOp
| term '@' factor => v5 "The '@' operator is" BinOp
| factor
factor (memo):
| '+' factor => UnaryOp
| '-' factor => UnaryOp
| '~' factor => UnaryOp
| power
power:
| await_primary '**' factor => BinOp
| await_primary
await_primary (memo):
| AWAIT primary => v5 "Await expressions are" Await
| primary
primary (left):
| primary '.' NAME => Attribute
| primary genexp => Call
| primary '(' [arguments] ')' => Call
| primary '[' slices ']' => Subscript
| atom
slices:
| slice !',' => $1
| ','.(slice | starred_expression)+ [','] => Tuple
slice:
| [expression] ':' [expression] [':' [expression]] => Slice
| named_expression
atom:
| NAME
| 'True' => @constant
| 'False' => @constant
| 'None' => @constant
| &STRING strings => $2
| NUMBER
| &'(' (tuple | group | genexp) => $2
| &'[' (list | listcomp) => $2
| &'{' (dict | set | dictcomp | setcomp) => $2
| '...' => @constant
group:
| '(' (yield_expr | named_expression) ')' => $2
| invalid_group
lambdef:
| 'lambda' [lambda_params] ':' expression => Lambda
lambda_params:
| invalid_lambda_parameters
| lambda_parameters
lambda_parameters:
| lambda_slash_no_default lambda_param_no_default* lambda_param_with_default* [lambda_star_etc] => v8 "Positional-only parameters are"
| lambda_slash_with_default lambda_param_with_default* [lambda_star_etc] => v8 "Positional-only parameters are"
| lambda_param_no_default+ lambda_param_with_default* [lambda_star_etc]
| lambda_param_with_default+ [lambda_star_etc]
| lambda_star_etc
lambda_slash_no_default:
| lambda_param_no_default+ '/' ','
| lambda_param_no_default+ '/' &':'
lambda_slash_with_default:
| lambda_param_no_default* lambda_param_with_default+ '/' ','
| lambda_param_no_default* lambda_param_with_default+ '/' &':'
lambda_star_etc:
| invalid_lambda_star_etc
| '*' lambda_param_no_default lambda_param_maybe_default* [lambda_kwds]
| '*' ',' lambda_param_maybe_default+ [lambda_kwds]
| lambda_kwds
lambda_kwds:
| invalid_lambda_kwds
| '**' lambda_param_no_default
lambda_param_no_default:
| lambda_param ',' => $1
| lambda_param &':' => $1
lambda_param_with_default:
| lambda_param default ','
| lambda_param default &':'
lambda_param_maybe_default:
| lambda_param default? ','
| lambda_param default? &':'
lambda_param:
| NAME
strings (memo):
| STRING+ => @strings
list:
| '[' [star_named_expressions] ']' => List
tuple:
| '(' [star_named_expression ',' [star_named_expressions]] ')' => Tuple
set:
| '{' star_named_expressions '}' => Set
dict:
| '{' [double_starred_kvpairs] '}' => Dict
| '{' invalid_double_starred_kvpairs '}'
double_starred_kvpairs:
| ','.double_starred_kvpair+ [',']
double_starred_kvpair:
| '**' bitwise_or
| kvpair
kvpair:
| expression ':' expression
for_if_clauses:
| for_if_clause+
for_if_clause:
| ASYNC 'for' star_targets 'in' ~ disjunction ('if' disjunction)* => v6 "Async comprehensions are" Comprehension
| 'for' star_targets 'in' ~ disjunction ('if' disjunction)* => Comprehension
| invalid_for_target
listcomp:
| '[' named_expression for_if_clauses ']' => ListComp
| invalid_comprehension
setcomp:
| '{' named_expression for_if_clauses '}' => SetComp
| invalid_comprehension
genexp:
| '(' (assignment_expression | expression !':=') for_if_clauses ')' => GeneratorExp
| invalid_comprehension
dictcomp:
| '{' kvpair for_if_clauses '}' => DictComp
| invalid_dict_comprehension
arguments (memo):
| args [','] &')' => $1
| invalid_arguments
args:
| ','.(starred_expression | (assignment_expression | expression !':=') !'=')+ [',' kwargs] => Call
| kwargs => Call
kwargs:
| ','.kwarg_or_starred+ ',' ','.kwarg_or_double_starred+
| ','.kwarg_or_starred+
| ','.kwarg_or_double_starred+
starred_expression:
| '*' expression => Starred
kwarg_or_starred:
| invalid_kwarg
| NAME '=' expression => Keyword
| starred_expression
kwarg_or_double_starred:
| invalid_kwarg
| NAME '=' expression => Keyword
| '**' expression => Keyword
star_targets:
| star_target !',' => $1
| star_target (',' star_target)* [','] => Tuple
star_targets_list_seq:
| ','.star_target+ [',']
star_targets_tuple_seq:
| star_target (',' star_target)+ [',']
| star_target ','
star_target (memo):
| '*' (!'*' star_target) => Starred
| target_with_star_atom
target_with_star_atom (memo):
| t_primary '.' NAME !t_lookahead => Attribute
| t_primary '[' slices ']' !t_lookahead => Subscript
| star_atom
star_atom:
| NAME
| '(' target_with_star_atom ')' => $2
| '(' [star_targets_tuple_seq] ')' => Tuple
| '[' [star_targets_list_seq] ']' => List
single_target:
| single_subscript_attribute_target
| NAME
| '(' single_target ')' => $2
single_subscript_attribute_target:
| t_primary '.' NAME !t_lookahead => Attribute
| t_primary '[' slices ']' !t_lookahead => Subscript
t_primary (left):
| t_primary '.' NAME &t_lookahead => Attribute
| t_primary '[' slices ']' &t_lookahead => Subscript
| t_primary genexp &t_lookahead => Call
| t_primary '(' [arguments] ')' &t_lookahead => Call
| atom &t_lookahead => $1
t_lookahead:
| '('
| '['
| '.'
del_targets:
| ','.del_target+ [',']
del_target (memo):
| t_primary '.' NAME !t_lookahead => Attribute
| t_primary '[' slices ']' !t_lookahead => Subscript
| del_t_atom
del_t_atom:
| NAME
| '(' del_target ')' => $2
| '(' [del_targets] ')' => Tuple
| '[' [del_targets] ']' => List
)grammar";

}  // namespace taipan::syntax
