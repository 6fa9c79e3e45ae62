first = "defined before"
from . import cycle_b as b
last = "defined after"
