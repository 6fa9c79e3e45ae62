from .cycle_c import late
