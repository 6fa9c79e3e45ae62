from .. import loaded
from . import leaf
from .leaf import relative as _relative


def up():
    return loaded


def sibling():
    from ..star import public
    return leaf.relative() == _relative(), public
