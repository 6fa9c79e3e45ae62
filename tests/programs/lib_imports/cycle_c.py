from . import cycle_d
late = 1
