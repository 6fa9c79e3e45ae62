"""A dying class gives its metaclass back once."""
import gc
class Meta(type):
    pass
def make():
    class A(metaclass=Meta):
        pass
    class B(A):
        pass
for i in range(200):
    make()
gc.collect()
class C(metaclass=Meta):
    pass
print(type(C) is Meta, Meta.__name__)  #> True Meta
