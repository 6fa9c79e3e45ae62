# An extension module of one phase finds itself by its definition.
import readline

print(readline.get_completer(), readline.set_completer(len), readline.get_completer(), readline.set_completer(None))
#> None None <built-in function len> None
