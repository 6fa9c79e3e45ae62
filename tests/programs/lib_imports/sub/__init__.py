from .leaf import relative
