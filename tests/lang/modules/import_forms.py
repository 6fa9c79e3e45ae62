"""import statement: forms and errors."""
import sys, builtins
import sys as system, builtins as b
from sys import maxsize, path as where
from sys import (byteorder,
    maxunicode as mu,)
print(system is sys, b.len is len, maxsize == sys.maxsize, where is sys.path, byteorder, mu)
#> True True True True little 1114111
import nothing_of_the_kind              #! ModuleNotFoundError: No module named 'nothing_of_the_kind'
import nothing.of.the.kind              #! ModuleNotFoundError: No module named 'nothing'
from nothing_of_the_kind import x       #! ModuleNotFoundError: No module named 'nothing_of_the_kind'
from sys import no_such_name            #! ImportError: cannot import name 'no_such_name' from 'sys' (unknown location)
from sys import *
print("maxsize" in globals(), "__name__" in globals() and __name__)  #> True __main__
from . import x                         #! ImportError: attempted relative import with no known parent package
from .x import y                        #! ImportError: attempted relative import with no known parent package
import sys.path                         #! ModuleNotFoundError: No module named 'sys.path'; 'sys' is not a package
import builtins.len                     #! ModuleNotFoundError: No module named 'builtins.len'; 'builtins' is not a package
def f():
    import sys as local
    from sys import version_info as v
    return local is sys, v[0]
print(f())                              #> (True, 3)
for source in ("import", "import x y", "import x as", "import x as y.z", "from x", "from x import", "from x import y as", "from x import (", "from x import ()", "from x import (y", "from x import y, ", "from x import (y,)", "from x import *, y", "from x import y as z, *", "def f(): from x import *", "class C: from x import *", "from .. import x", "from ... import x", "from .... import x", "from .import x", "import .x", "import x.", "from x. import y", "import x.y.z as w", "from __future__ import nope", "from __future__ import annotations as a", "x = 1; from __future__ import annotations", "'doc'; from __future__ import annotations", "from __future__ import (division, generators)", "import (x)", "from x import (y as z, w)"):
    try: compile(source, "s", "exec"); print("ok   ", source)
    except SyntaxError as e: print("error", source, "->", e.msg)
#> error import -> invalid syntax
#> error import x y -> invalid syntax
#> error import x as -> invalid syntax
#> error import x as y.z -> invalid syntax
#> error from x -> invalid syntax
#> error from x import -> invalid syntax
#> error from x import y as -> invalid syntax
#> error from x import ( -> '(' was never closed
#> error from x import () -> invalid syntax
#> error from x import (y -> '(' was never closed
#> error from x import y,  -> trailing comma not allowed without surrounding parentheses
#> ok    from x import (y,)
#> error from x import *, y -> invalid syntax
#> error from x import y as z, * -> invalid syntax
#> error def f(): from x import * -> import * only allowed at module level
#> error class C: from x import * -> import * only allowed at module level
#> ok    from .. import x
#> ok    from ... import x
#> ok    from .... import x
#> ok    from .import x
#> error import .x -> invalid syntax
#> error import x. -> invalid syntax
#> error from x. import y -> invalid syntax
#> ok    import x.y.z as w
#> error from __future__ import nope -> future feature nope is not defined
#> ok    from __future__ import annotations as a
#> error x = 1; from __future__ import annotations -> from __future__ imports must occur at the beginning of the file
#> ok    'doc'; from __future__ import annotations
#> ok    from __future__ import (division, generators)
#> error import (x) -> invalid syntax
#> ok    from x import (y as z, w)
print(__import__("sys") is sys, __import__("sys", fromlist=["path"]) is sys)  #> True True
__import__("nope")                      #! ModuleNotFoundError: No module named 'nope'
__import__("")                          #! ValueError: Empty module name
__import__(5)                           #! TypeError: module name must be a string
__import__("sys", level=1)              #! KeyError: "'__name__' not in globals"
__import__("sys", level=-1)             #! ValueError: level must be >= 0
__import__()                            #! TypeError: __import__() missing required argument 'name' (pos 1)
sys.modules["fake"] = 5
import fake
print(fake)                             #> 5
sys.modules["gone"] = None
import gone                             #! ModuleNotFoundError: import of gone halted; None in sys.modules
from gone import x                      #! ModuleNotFoundError: import of gone halted; None in sys.modules
del sys.modules["fake"], sys.modules["gone"]
