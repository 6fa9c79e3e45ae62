"""An exception in a class body and in a metaclass, uncaught."""


class Meta(type):
    def __new__(mcls, name, bases, namespace):
        if "forbidden" in namespace:
            raise TypeError(f"{name} may not define forbidden")
        return super().__new__(mcls, name, bases, namespace)


class Fine(metaclass=Meta):
    value = 1


print(Fine.value, flush=True)


def make():
    class Bad(Fine):
        allowed = 1
        forbidden = 2
    return Bad


make()
