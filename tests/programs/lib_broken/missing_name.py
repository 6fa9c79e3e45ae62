from .second_module import nothing
