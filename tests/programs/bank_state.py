"""A bank as a state machine with an event log: classes, errors of our own, invariants, replay."""


class BankError(Exception):
    code = "generic"

    def __init_subclass__(cls, code, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.code = code


class Insufficient(BankError, code="funds"):
    def __init__(self, account, needed):
        super().__init__(account.name, needed)
        self.account, self.needed = account, needed

    def __str__(self):
        return f"{self.account.name} has {self.account.balance}, needs {self.needed}"


class Frozen(BankError, code="frozen"):
    pass


class Unknown(BankError, KeyError, code="unknown"):
    __str__ = Exception.__str__


class Event:
    __slots__ = ("kind", "args")

    def __init__(self, kind, *args):
        self.kind, self.args = kind, args

    def __repr__(self):
        return f"{self.kind}({', '.join(map(str, self.args))})"


class Account:
    def __init__(self, name):
        self.name, self._balance, self.frozen, self.history = name, 0, False, []

    @property
    def balance(self):
        return self._balance

    @balance.setter
    def balance(self, value):
        if self.frozen:
            raise Frozen(f"{self.name} is frozen")
        if value < 0:
            raise Insufficient(self, self._balance - value)
        self.history.append(value - self._balance)
        self._balance = value

    def __lt__(self, other):
        return (self.balance, self.name) < (other.balance, other.name)

    def __repr__(self):
        return f"<{self.name}: {self.balance}{' frozen' * self.frozen}>"


class Bank:
    def __init__(self):
        self.accounts, self.log, self.failed = {}, [], {}

    def __getitem__(self, name):
        try:
            return self.accounts[name]
        except KeyError:
            raise Unknown(f"no account {name}") from None

    def apply(self, event):
        try:
            match event:
                case Event(kind="open", args=(name,)):
                    self.accounts[name] = Account(name)
                case Event(kind="deposit", args=(name, int(amount))) if amount > 0:
                    self[name].balance += amount
                case Event(kind="transfer", args=(source, target, int(amount))):
                    a, b = self[source], self[target]
                    a.balance -= amount
                    try:
                        b.balance += amount
                    except BankError:
                        a.balance += amount
                        raise
                case Event(kind="freeze" | "thaw" as kind, args=[name]):
                    self[name].frozen = kind == "freeze"
                case Event(kind=kind, args=args):
                    raise ValueError(f"cannot {kind} {args}")
        except BankError as error:
            self.failed.setdefault(error.code, []).append(f"{event}: {error}")
        else:
            self.log.append(event)

    @classmethod
    def replay(cls, events):
        bank = cls()
        for event in events:
            bank.apply(event)
        return bank

    @property
    def total(self):
        return sum(account.balance for account in self.accounts.values())


bank = Bank()
for line in """open ada
open bob
deposit ada 100
deposit bob 50
transfer ada bob 30
transfer bob ada 500
freeze bob
transfer ada bob 10
deposit bob 5
transfer zoe ada 1
thaw bob
transfer ada bob 70
deposit zoe 1
open zoe
deposit zoe 1""".splitlines():
    kind, *args = line.split()
    bank.apply(Event(kind, *(int(a) if a.isdigit() else a for a in args)))
print(bank.accounts, bank.total)
print(bank.log)
for code, messages in bank.failed.items():
    print(code, *messages, sep="\n  ")
again = Bank.replay(bank.log)
print(repr(again.accounts) == repr(bank.accounts), again.failed, sorted(bank.accounts.values()), max(bank.accounts.values()))
print([account.history for account in bank.accounts.values()])
for event in (Event("deposit", "ada", -5), Event("rob", "ada"), Event("deposit", "ada", "x"), Event("open")):
    try:
        bank.apply(event)
    except ValueError as error:
        print("ValueError:", error)
print([(c.__name__, c.code) for c in BankError.__subclasses__()], Unknown.__mro__[1].__name__, isinstance(Unknown("x"), LookupError))
