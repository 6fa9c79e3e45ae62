// Python 3.11's grammar with the rules for specific errors, in the order in which they are tried.
//
// A rule is a line `name:` and its alternatives; `(memo)` results are remembered, `(left)` marks left recursion,
// `(plain)` tries no error rules inside. In an alternative: 'token', "soft keyword", NAME and its like, rules,
// ( ) groups, [x] or x? optional, x* x+ repetitions, s.x+ with separators, &x !x look-ahead, ~ no other alternative
// from here on, &&'x' this token or an error. An alternative that is one rule `invalid_…` counts only when
// errors are looked for. What follows `=>` is the value:
//   Name          a node of that kind             $n        the value of the n-th item
//   @name         a function of error_rules.cpp
//   at $n "m"     an error at that item; %s is what it is called, %d its line
//   range $n $m   from one to the other           from $n   from it to where the lexer is
//   here "m"      at the last token               indent "m" $n   the same, as IndentationError; %d is the line of $n
// A `v8 "What is"` before that demands the feature version.
#include "syntax/grammar.h"

namespace taipan::syntax {

const char kStatementRules[] = R"grammar(
file:
| [statements] ENDMARKER
interactive:
| statement_newline
eval:
| expressions NEWLINE* ENDMARKER
func_type:
| '(' [type_expressions] ')' '->' expression NEWLINE* ENDMARKER
fstring:
| star_expressions
statements:
| statement+
statement:
| compound_stmt
| simple_stmts
statement_newline:
| compound_stmt NEWLINE
| simple_stmts
| NEWLINE
| ENDMARKER => @interactive_exit
simple_stmts:
| simple_stmt !';' NEWLINE
| ';'.simple_stmt+ [';'] NEWLINE
simple_stmt (memo):
| assignment
| star_expressions
| &'return' return_stmt
| &('import' | 'from') import_stmt
| &'raise' raise_stmt
| 'pass'
| &'del' del_stmt
| &'yield' yield_stmt
| &'assert' assert_stmt
| 'break'
| 'continue'
| &'global' global_stmt
| &'nonlocal' nonlocal_stmt
compound_stmt:
| &('def' | '@' | ASYNC) function_def
| &'if' if_stmt
| &('class' | '@') class_def
| &('with' | ASYNC) with_stmt
| &('for' | ASYNC) for_stmt
| &'try' try_stmt
| &'while' while_stmt
| match_stmt
assignment:
| NAME ':' expression ['=' annotated_rhs] => v6 "Variable annotation syntax is"
| ('(' single_target ')' | single_subscript_attribute_target) ':' expression ['=' annotated_rhs] => v6 "Variable annotations syntax is"
| (star_targets '=')+ (yield_expr | star_expressions) !'=' [TYPE_COMMENT]
| single_target augassign ~ (yield_expr | star_expressions)
| invalid_assignment
annotated_rhs:
| yield_expr
| star_expressions
augassign:
| '+='
| '-='
| '*='
| '@=' => v5 "The '@' operator is"
| '/='
| '%='
| '&='
| '|='
| '^='
| '<<='
| '>>='
| '**='
| '//='
return_stmt:
| 'return' [star_expressions]
raise_stmt:
| 'raise' expression ['from' expression]
| 'raise'
global_stmt:
| 'global' ','.NAME+
nonlocal_stmt:
| 'nonlocal' ','.NAME+
del_stmt:
| 'del' del_targets &(';' | NEWLINE)
| invalid_del_stmt
yield_stmt:
| yield_expr
assert_stmt:
| 'assert' expression [',' expression]
import_stmt:
| import_name
| import_from
import_name:
| 'import' dotted_as_names
import_from:
| 'from' ('.' | '...')* dotted_name 'import' import_from_targets
| 'from' ('.' | '...')+ 'import' import_from_targets
import_from_targets:
| '(' import_from_as_names [','] ')'
| import_from_as_names !','
| '*'
| invalid_import_from_targets
import_from_as_names:
| ','.import_from_as_name+
import_from_as_name:
| NAME ['as' NAME]
dotted_as_names:
| ','.dotted_as_name+
dotted_as_name:
| dotted_name ['as' NAME]
dotted_name (left):
| dotted_name '.' NAME
| NAME
block (memo):
| NEWLINE INDENT statements DEDENT
| simple_stmts
| invalid_block
decorators:
| ('@' named_expression NEWLINE)+
class_def:
| decorators class_def_raw
| class_def_raw
class_def_raw:
| invalid_class_def_raw
| 'class' NAME ['(' [arguments] ')'] ':' block
function_def:
| decorators function_def_raw
| function_def_raw
function_def_raw:
| invalid_def_raw
| 'def' NAME &&'(' [params] ')' ['->' expression] &&':' [func_type_comment] block
| ASYNC 'def' NAME &&'(' [params] ')' ['->' expression] &&':' [func_type_comment] block => v5 "Async functions are"
params:
| invalid_parameters
| parameters
parameters:
| slash_no_default param_no_default* param_with_default* [star_etc] => v8 "Positional-only parameters are"
| slash_with_default param_with_default* [star_etc] => v8 "Positional-only parameters are"
| param_no_default+ param_with_default* [star_etc]
| param_with_default+ [star_etc]
| star_etc
slash_no_default:
| param_no_default+ '/' ','
| param_no_default+ '/' &')'
slash_with_default:
| param_no_default* param_with_default+ '/' ','
| param_no_default* param_with_default+ '/' &')'
star_etc:
| invalid_star_etc
| '*' param_no_default param_maybe_default* [kwds]
| '*' param_no_default_star_annotation param_maybe_default* [kwds]
| '*' ',' param_maybe_default+ [kwds]
| kwds
kwds:
| invalid_kwds
| '**' param_no_default
param_no_default:
| param ',' TYPE_COMMENT? => $1
| param TYPE_COMMENT? &')' => $1
param_no_default_star_annotation:
| param_star_annotation ',' TYPE_COMMENT? => $1
| param_star_annotation TYPE_COMMENT? &')' => $1
param_with_default:
| param default ',' TYPE_COMMENT?
| param default TYPE_COMMENT? &')'
param_maybe_default:
| param default? ',' TYPE_COMMENT?
| param default? TYPE_COMMENT? &')'
param:
| NAME annotation? => Arg
param_star_annotation:
| NAME star_annotation => Arg
annotation:
| ':' expression
star_annotation:
| ':' star_expression
default:
| '=' expression
| invalid_default
if_stmt:
| invalid_if_stmt
| 'if' named_expression ':' block elif_stmt
| 'if' named_expression ':' block [else_block]
elif_stmt:
| invalid_elif_stmt
| 'elif' named_expression ':' block elif_stmt
| 'elif' named_expression ':' block [else_block]
else_block:
| invalid_else_stmt
| 'else' &&':' block
while_stmt:
| invalid_while_stmt
| 'while' named_expression ':' block [else_block]
for_stmt:
| invalid_for_stmt
| 'for' star_targets 'in' ~ star_expressions ':' [TYPE_COMMENT] block [else_block]
| ASYNC 'for' star_targets 'in' ~ star_expressions ':' [TYPE_COMMENT] block [else_block] => v5 "Async for loops are"
| invalid_for_target
with_stmt:
| invalid_with_stmt_indent
| 'with' '(' ','.with_item+ ','? ')' ':' block => v9 "Parenthesized context managers are"
| 'with' ','.with_item+ ':' [TYPE_COMMENT] block
| ASYNC 'with' '(' ','.with_item+ ','? ')' ':' block => v5 "Async with statements are"
| ASYNC 'with' ','.with_item+ ':' [TYPE_COMMENT] block => v5 "Async with statements are"
| invalid_with_stmt
with_item:
| expression 'as' star_target &(',' | ')' | ':')
| invalid_with_item
| expression
try_stmt:
| invalid_try_stmt
| 'try' &&':' block finally_block
| 'try' &&':' block except_block+ [else_block] [finally_block]
| 'try' &&':' block except_star_block+ [else_block] [finally_block] => v11 "Exception groups are"
except_block:
| invalid_except_stmt_indent
| 'except' expression ['as' NAME] ':' block
| 'except' ':' block
| invalid_except_stmt
except_star_block:
| invalid_except_star_stmt_indent
| 'except' '*' expression ['as' NAME] ':' block
| invalid_except_stmt
finally_block:
| invalid_finally_stmt
| 'finally' &&':' block
match_stmt:
| "match" subject_expr ':' NEWLINE INDENT case_block+ DEDENT => v10 "Pattern matching is"
| invalid_match_stmt
subject_expr:
| star_named_expression ',' star_named_expressions?
| named_expression
case_block:
| invalid_case_block
| "case" patterns guard? ':' block
guard:
| 'if' named_expression
patterns:
| open_sequence_pattern
| pattern
pattern:
| as_pattern
| or_pattern
as_pattern:
| or_pattern 'as' pattern_capture_target
| invalid_as_pattern
or_pattern:
| '|'.closed_pattern+
closed_pattern (memo):
| literal_pattern
| capture_pattern
| wildcard_pattern
| value_pattern
| group_pattern
| sequence_pattern
| mapping_pattern
| class_pattern
literal_pattern:
| signed_number !('+' | '-')
| complex_number
| strings
| 'None'
| 'True'
| 'False'
literal_expr:
| signed_number !('+' | '-')
| complex_number
| strings
| 'None'
| 'True'
| 'False'
complex_number:
| signed_real_number '+' imaginary_number
| signed_real_number '-' imaginary_number
signed_number:
| NUMBER
| '-' NUMBER
signed_real_number:
| real_number
| '-' real_number
real_number:
| NUMBER => @ensure_real
imaginary_number:
| NUMBER => @ensure_imaginary
capture_pattern:
| pattern_capture_target
pattern_capture_target:
| !"_" NAME !('.' | '(' | '=')
wildcard_pattern:
| "_"
value_pattern:
| attr !('.' | '(' | '=')
attr (left):
| name_or_attr '.' NAME => Attribute
name_or_attr:
| attr
| NAME
group_pattern:
| '(' pattern ')' => $2
sequence_pattern:
| '[' maybe_sequence_pattern? ']'
| '(' open_sequence_pattern? ')'
open_sequence_pattern:
| maybe_star_pattern ',' maybe_sequence_pattern?
maybe_sequence_pattern:
| ','.maybe_star_pattern+ ','?
maybe_star_pattern:
| star_pattern
| pattern
star_pattern (memo):
| '*' pattern_capture_target
| '*' wildcard_pattern
mapping_pattern:
| '{' '}'
| '{' double_star_pattern ','? '}'
| '{' items_pattern ',' double_star_pattern ','? '}'
| '{' items_pattern ','? '}'
items_pattern:
| ','.key_value_pattern+
key_value_pattern:
| (literal_expr | attr) ':' pattern
double_star_pattern:
| '**' pattern_capture_target
class_pattern:
| name_or_attr '(' ')'
| name_or_attr '(' positional_patterns ','? ')'
| name_or_attr '(' keyword_patterns ','? ')'
| name_or_attr '(' positional_patterns ',' keyword_patterns ','? ')'
| invalid_class_pattern
positional_patterns:
| ','.pattern+
keyword_patterns:
| ','.keyword_pattern+
keyword_pattern:
| NAME '=' pattern
func_type_comment:
| NEWLINE TYPE_COMMENT &(NEWLINE INDENT)
| invalid_double_type_comments
| TYPE_COMMENT
type_expressions:
| ','.expression+ ',' '*' expression ',' '**' expression
| ','.expression+ ',' '*' expression
| ','.expression+ ',' '**' expression
| '*' expression ',' '**' expression
| '*' expression
| '**' expression
| ','.expression+
)grammar";

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

const char kErrorRules[] = R"grammar(
invalid_arguments:
| args ',' '*' => at $1 "iterable argument unpacking follows keyword argument unpacking"
| expression for_if_clauses ',' [args | expression for_if_clauses] => @bare_generator
| NAME '=' expression for_if_clauses => range $1 $2 "invalid syntax. Maybe you meant '==' or ':=' instead of '='?"
| args for_if_clauses => @generator_among_arguments
| args ',' expression for_if_clauses => @generator_after_arguments
| args ',' args => @positional_after_keyword
invalid_kwarg:
| ('True' | 'False' | 'None') '=' => range $1 $2 "cannot assign to %t"
| NAME '=' expression for_if_clauses => range $1 $2 "invalid syntax. Maybe you meant '==' or ':=' instead of '='?"
| !(NAME '=') expression '=' => range $2 $3 "expression cannot contain assignment, perhaps you meant \"==\"?"
expression_without_invalid (plain):
| disjunction 'if' disjunction 'else' expression => IfExp
| disjunction
| lambdef
invalid_legacy_expression:
| NAME !'(' star_expressions => @legacy_statement
invalid_expression:
| !(NAME STRING | SOFT_KEYWORD) disjunction expression_without_invalid => @forgotten_comma
| disjunction 'if' disjunction !('else' | ':') => range $1 $3 "expected 'else' after 'if' expression"
invalid_named_expression (memo):
| expression ':=' expression => at $1 "cannot use assignment expressions with %s"
| NAME '=' bitwise_or !('=' | ':=') => range $1 $3 "invalid syntax. Maybe you meant '==' or ':=' instead of '='?"
| !(list | tuple | genexp | 'True' | 'None' | 'False') bitwise_or '=' bitwise_or !('=' | ':=') => at $2 "cannot assign to %s here. Maybe you meant '==' instead of '='?"
invalid_assignment:
| invalid_ann_assign_target ':' expression => at $1 "only single target (not %s) can be annotated"
| star_named_expression ',' star_named_expressions* ':' expression => at $1 "only single target (not tuple) can be annotated"
| expression ':' expression => at $1 "illegal target for annotation"
| (star_targets '=')* star_expressions '=' => @invalid_star_target_2
| (star_targets '=')* yield_expr '=' => at $2 "assignment to yield expression not possible"
| star_expressions augassign (yield_expr | star_expressions) => at $1 "'%s' is an illegal expression for augmented assignment"
invalid_ann_assign_target:
| list
| tuple
| '(' invalid_ann_assign_target ')' => $2
invalid_del_stmt:
| 'del' star_expressions => @invalid_del_target_2
invalid_block:
| NEWLINE !INDENT => indent "expected an indented block"
invalid_comprehension:
| ('[' | '(' | '{') starred_expression for_if_clauses => at $2 "iterable unpacking cannot be used in comprehension"
| ('[' | '{') star_named_expression ',' star_named_expressions for_if_clauses => @unparenthesized_comprehension
| ('[' | '{') star_named_expression ',' for_if_clauses => range $2 $3 "did you forget parentheses around the comprehension target?"
invalid_dict_comprehension:
| '{' '**' bitwise_or for_if_clauses '}' => at $2 "dict unpacking cannot be used in dict comprehension"
invalid_parameters:
| param_no_default* invalid_parameters_helper param_no_default => at $3 "non-default argument follows default argument"
| param_no_default* '(' param_no_default+ ','? ')' => range $2 $5 "Function parameters cannot be parenthesized"
| '/' ',' => at $1 "at least one argument must precede /"
| (slash_no_default | slash_with_default) param_maybe_default* '/' => at $3 "/ may appear only once"
| (slash_no_default | slash_with_default)? param_maybe_default* '*' (',' | param_no_default) param_maybe_default* '/' => at $6 "/ must be ahead of *"
| param_maybe_default+ '/' '*' => at $3 "expected comma between / and *"
invalid_parameters_helper:
| slash_with_default
| param_with_default+
invalid_default:
| '=' &(')' | ',') => at $1 "expected default value expression"
invalid_star_etc:
| '*' (')' | ',' (')' | '**')) => at $1 "named arguments must follow bare *"
| '*' ',' TYPE_COMMENT => here "bare * has associated type comment"
| '*' param '=' => at $3 "var-positional argument cannot have default value"
| '*' (param_no_default | ',') param_maybe_default* '*' (param_no_default | ',') => at $4 "* argument may appear only once"
invalid_kwds:
| '**' param '=' => at $3 "var-keyword argument cannot have default value"
| '**' param ',' param => at $4 "arguments cannot follow var-keyword argument"
| '**' param ',' ('*' | '**' | '/') => at $4 "arguments cannot follow var-keyword argument"
invalid_lambda_parameters:
| lambda_param_no_default* invalid_lambda_parameters_helper lambda_param_no_default => at $3 "non-default argument follows default argument"
| lambda_param_no_default* '(' ','.lambda_param+ ','? ')' => range $2 $5 "Lambda expression parameters cannot be parenthesized"
| '/' ',' => at $1 "at least one argument must precede /"
| (lambda_slash_no_default | lambda_slash_with_default) lambda_param_maybe_default* '/' => at $3 "/ may appear only once"
| (lambda_slash_no_default | lambda_slash_with_default)? lambda_param_maybe_default* '*' (',' | lambda_param_no_default) lambda_param_maybe_default* '/' => at $6 "/ must be ahead of *"
| lambda_param_maybe_default+ '/' '*' => at $3 "expected comma between / and *"
invalid_lambda_parameters_helper:
| lambda_slash_with_default
| lambda_param_with_default+
invalid_lambda_star_etc:
| '*' (':' | ',' (':' | '**')) => here "named arguments must follow bare *"
| '*' lambda_param '=' => at $3 "var-positional argument cannot have default value"
| '*' (lambda_param_no_default | ',') lambda_param_maybe_default* '*' (lambda_param_no_default | ',') => at $4 "* argument may appear only once"
invalid_lambda_kwds:
| '**' lambda_param '=' => at $3 "var-keyword argument cannot have default value"
| '**' lambda_param ',' lambda_param => at $4 "arguments cannot follow var-keyword argument"
| '**' lambda_param ',' ('*' | '**' | '/') => at $4 "arguments cannot follow var-keyword argument"
invalid_double_type_comments:
| TYPE_COMMENT NEWLINE TYPE_COMMENT NEWLINE INDENT => here "Cannot have two type comments on def"
invalid_with_item:
| expression 'as' expression &(',' | ')' | ':') => @invalid_star_target_3
invalid_for_target:
| ASYNC? 'for' star_expressions => @invalid_for_target_3
invalid_group:
| '(' starred_expression ')' => at $2 "cannot use starred expression here"
| '(' '**' expression ')' => at $2 "cannot use double starred expression here"
invalid_import_from_targets:
| import_from_as_names ',' NEWLINE => here "trailing comma not allowed without surrounding parentheses"
invalid_with_stmt:
| [ASYNC] 'with' ','.(expression ['as' star_target])+ NEWLINE => here "expected ':'"
| [ASYNC] 'with' '(' ','.(expressions ['as' star_target])+ ','? ')' NEWLINE => here "expected ':'"
invalid_with_stmt_indent:
| [ASYNC] 'with' ','.(expression ['as' star_target])+ ':' NEWLINE !INDENT => indent "expected an indented block after 'with' statement on line %d" $2
| [ASYNC] 'with' '(' ','.(expressions ['as' star_target])+ ','? ')' ':' NEWLINE !INDENT => indent "expected an indented block after 'with' statement on line %d" $2
invalid_try_stmt:
| 'try' ':' NEWLINE !INDENT => indent "expected an indented block after 'try' statement on line %d" $1
| 'try' ':' block !('except' | 'finally') => here "expected 'except' or 'finally' block"
| 'try' ':' block* ((except_block+ except_star_block) | (except_star_block+ except_block)) block* => here "cannot have both 'except' and 'except*' on the same 'try'"
invalid_except_stmt:
| 'except' '*'? expression ',' expressions ['as' NAME] ':' => from $3 "multiple exception types must be parenthesized"
| 'except' '*'? expression ['as' NAME] NEWLINE => here "expected ':'"
| 'except' NEWLINE => here "expected ':'"
| 'except' '*' (NEWLINE | ':') => here "expected one or more exception types"
invalid_finally_stmt:
| 'finally' ':' NEWLINE !INDENT => indent "expected an indented block after 'finally' statement on line %d" $1
invalid_except_stmt_indent:
| 'except' expression ['as' NAME] ':' NEWLINE !INDENT => indent "expected an indented block after 'except' statement on line %d" $1
| 'except' ':' NEWLINE !INDENT => indent "expected an indented block after 'except' statement on line %d" $1
invalid_except_star_stmt_indent:
| 'except' '*' expression ['as' NAME] ':' NEWLINE !INDENT => indent "expected an indented block after 'except*' statement on line %d" $1
invalid_match_stmt:
| "match" subject_expr NEWLINE => here "expected ':'"
| "match" subject_expr ':' NEWLINE !INDENT => indent "expected an indented block after 'match' statement on line %d" $1
invalid_case_block:
| "case" patterns guard? NEWLINE => here "expected ':'"
| "case" patterns guard? ':' NEWLINE !INDENT => indent "expected an indented block after 'case' statement on line %d" $1
invalid_as_pattern:
| or_pattern 'as' "_" => at $3 "cannot use '_' as a target"
| or_pattern 'as' !NAME expression => at $4 "invalid pattern target"
invalid_class_pattern:
| name_or_attr '(' invalid_class_argument_pattern => @positional_patterns_after_keyword
invalid_class_argument_pattern:
| [positional_patterns ','] keyword_patterns ',' positional_patterns => $4
invalid_if_stmt:
| 'if' named_expression NEWLINE => here "expected ':'"
| 'if' named_expression ':' NEWLINE !INDENT => indent "expected an indented block after 'if' statement on line %d" $1
invalid_elif_stmt:
| 'elif' named_expression NEWLINE => here "expected ':'"
| 'elif' named_expression ':' NEWLINE !INDENT => indent "expected an indented block after 'elif' statement on line %d" $1
invalid_else_stmt:
| 'else' ':' NEWLINE !INDENT => indent "expected an indented block after 'else' statement on line %d" $1
invalid_while_stmt:
| 'while' named_expression NEWLINE => here "expected ':'"
| 'while' named_expression ':' NEWLINE !INDENT => indent "expected an indented block after 'while' statement on line %d" $1
invalid_for_stmt:
| [ASYNC] 'for' star_targets 'in' star_expressions NEWLINE => here "expected ':'"
| [ASYNC] 'for' star_targets 'in' star_expressions ':' NEWLINE !INDENT => indent "expected an indented block after 'for' statement on line %d" $2
invalid_def_raw:
| [ASYNC] 'def' NAME '(' [params] ')' ['->' expression] ':' NEWLINE !INDENT => indent "expected an indented block after function definition on line %d" $2
invalid_class_def_raw:
| 'class' NAME ['(' [arguments] ')'] NEWLINE => here "expected ':'"
| 'class' NAME ['(' [arguments] ')'] ':' NEWLINE !INDENT => indent "expected an indented block after class definition on line %d" $1
invalid_double_starred_kvpairs:
| ','.double_starred_kvpair+ ',' invalid_kvpair
| expression ':' '*' bitwise_or => from $3 "cannot use a starred expression in a dictionary value"
| expression ':' &('}' | ',') => at $2 "expression expected after dictionary key and ':'"
invalid_kvpair:
| expression !(':') => @colon_after_key
| expression ':' '*' bitwise_or => from $3 "cannot use a starred expression in a dictionary value"
| expression ':' &('}' | ',') => at $2 "expression expected after dictionary key and ':'"
)grammar";

}  // namespace taipan::syntax
