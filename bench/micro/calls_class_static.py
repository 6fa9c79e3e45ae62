"""Class methods and static methods, from the class and from an instance."""


class C:
    @classmethod
    def of_class(cls, x):
        return x

    @staticmethod
    def of_nobody(x):
        return x


def run(n):
    c = C()
    for i in range(n):
        C.of_class(i)
        C.of_nobody(i)
        c.of_class(i)
        c.of_nobody(i)


run(2_000_000)
