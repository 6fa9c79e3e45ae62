// The rules that recognise specific mistakes. How to read them is told in grammar_statements.cpp.
#include "syntax/grammar.h"

namespace taipan::syntax {

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
| 'try' ':' block* except_block+ 'except' '*' expression ['as' NAME] ':' => range $5 $6 "cannot have both 'except' and 'except*' on the same 'try'"
| 'try' ':' block* except_star_block+ 'except' [expression ['as' NAME]] ':' => at $5 "cannot have both 'except' and 'except*' on the same 'try'"
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
